"""Sums per day, run, step and model, so that money pages never add up the ledger."""

from django.db import models

from governance.models.language_models import LanguageModel


class Rollup(models.Model):
    """Written in the transaction that settles an attempt; `day` is the attempt's day."""

    day = models.DateField()
    model = models.ForeignKey(LanguageModel, on_delete=models.PROTECT, related_name="rollups")
    task = models.CharField(max_length=100)
    layer = models.CharField(max_length=100)
    run_key = models.CharField(max_length=100)
    attempts = models.PositiveIntegerField(default=0)
    input_tokens = models.BigIntegerField(default=0)
    cached_tokens = models.BigIntegerField(default=0)
    cache_write_tokens = models.BigIntegerField(default=0)
    output_tokens = models.BigIntegerField(default=0)
    cost_microusd = models.BigIntegerField(default=0)
    estimated_microusd = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "model", "task", "layer", "run_key"],
                name="governance_rollup_unique",
                violation_error_message="This day, model and step of a run have a sum already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.model} {self.task}"
