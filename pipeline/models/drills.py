"""What keeps AI honest: tries at working without it, and how the blind checks of a month were drawn."""

from django.db import models


class Drill(models.Model):
    """Five cases of a pipeline once more without a model; nothing was decided by it. `error` is what broke it."""

    pipeline = models.CharField(max_length=60)
    at = models.DateTimeField()
    cases = models.PositiveSmallIntegerField()
    by_rules = models.PositiveSmallIntegerField(default=0)
    to_person = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["pipeline", "at"], name="drill_by_pipeline")]

    def __str__(self) -> str:
        return f"{self.pipeline} without AI"


class CheckedMonth(models.Model):
    """Of a month's `accepted` results `drawn` are checked blind: those up to `cut` in the lottery (0..1)."""

    pipeline = models.CharField(max_length=60)
    month = models.DateField()
    accepted = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    cut = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pipeline", "month"], name="checked_month_once")]

    def __str__(self) -> str:
        return f"{self.pipeline} {self.month}"
