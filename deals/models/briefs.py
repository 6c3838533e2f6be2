"""Briefs: what a model wrote about a deal and could prove, and what people said about each sentence."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pipeline.models import Decision

from .deals import Deal


class Brief(models.Model):
    """The sentences of one decision of the brief pipeline. Never edited; a newer one takes its place."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="briefs")
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="brief")
    written_at = models.DateTimeField()
    removed = models.PositiveSmallIntegerField(default=0, help_text="Statements that the records did not bear out.")
    model = models.CharField(max_length=200, blank=True)
    is_practice = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["deal"], condition=Q(is_current=True), name="one_current_brief_per_deal")
        ]

    def __str__(self) -> str:
        return f"brief of {self.deal_id}"


class Sentence(models.Model):
    """One statement of a brief. `evidence` lists its records: {"ref", "kind", "object_id", "record_id"}.

    `template` is the text before its placeholders were filled, `quoted` the ref of the record that holds the quote.
    """

    brief = models.ForeignKey(Brief, models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    slot = models.CharField(max_length=20)
    text = models.CharField(max_length=1000)
    template = models.CharField(max_length=400)
    quote = models.CharField(max_length=240, blank=True)
    quoted = models.CharField(max_length=40, blank=True)
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ["brief", "position"]
        constraints = [models.UniqueConstraint(fields=["brief", "position"], name="sentence_once_per_place")]

    def __str__(self) -> str:
        return self.text


class SentenceMark(models.Model):
    """What a person said about a sentence. Taken back by `withdrawn_at`; a correction enters later prompts."""

    class Mark(models.TextChoices):
        USEFUL = "useful", "Useful"
        GENERIC = "generic", "Generic"
        WRONG = "wrong", "Wrong"

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="marks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=7, choices=Mark)
    correction = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "by"], condition=Q(withdrawn_at=None), name="one_mark_per_sentence_and_person"
            ),
            models.CheckConstraint(condition=Q(correction="") | Q(mark="wrong"), name="only_wrong_is_corrected"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} by {self.by_id}"
