"""What a model read out of a text once: titles and industries repeat, and nobody pays for the same words twice."""

from django.db import models

from pipeline.models import Decision


class Reading(models.Model):
    """The answer about one text, also that it does not say (`value` empty): misses are billed too, so they are kept.

    `is_sample` readings come from the practice model and are used for invented leads alone.
    """

    class Kind(models.TextChoices):
        SENIORITY = "seniority", "How senior"
        FUNCTION = "function", "What work"
        INDUSTRY = "industry", "Which industry"

    kind = models.CharField(max_length=9, choices=Kind)
    key = models.CharField(max_length=64, help_text="A hash of the text that was read.")
    value = models.CharField(max_length=120, blank=True)
    quote = models.CharField(max_length=200, blank=True)
    is_sample = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "is_sample"],
                name="reading_once_per_text",
                violation_error_message="This text was read already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value or 'does not say'}"
