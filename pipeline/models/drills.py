"""Tries at working without AI: what becomes of a few past cases when only the rules and people are there."""

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
