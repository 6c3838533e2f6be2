"""The ledger: one row for each try at a language model, retries and time-outs included."""

from datetime import date

from django.db import models
from django.db.models import Q

from governance.models.language_models import LanguageModel
from governance.models.plans import PlanVersion
from governance.models.prices import Price
from governance.service_tiers import ServiceTier, billed_tier


class AttemptState(models.TextChoices):
    OPEN = "open", "on its way"
    SETTLED = "settled", "paid"
    FAILED = "failed", "failed, not billed"
    UNKNOWN = "unknown", "lost, may be billed"


class Attempt(models.Model):
    """Amounts are micro-dollars. `reserved` is what was held, `cost` what it came to; `is_estimated` says that the
    provider never told and the worst case was taken. Cached and cache-write tokens are part of the input tokens,
    reasoning tokens part of the output tokens. `service_tier` is what was asked for, `response_service_tier` what was
    given, empty where nobody said; `price` is that of the tier given once it is known."""

    State = AttemptState

    fingerprint = models.CharField(max_length=64)
    model = models.ForeignKey(LanguageModel, on_delete=models.PROTECT, related_name="attempts")
    price = models.ForeignKey(Price, on_delete=models.PROTECT, related_name="attempts")
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="attempts")
    # The organisation's day, fixed at reservation: a changed time zone must not move money to another month.
    day = models.DateField()
    task = models.CharField(max_length=100)
    tier = models.CharField(max_length=10)
    service_tier = models.CharField(max_length=20, default=ServiceTier.STANDARD.value)
    run_key = models.CharField(max_length=100)
    layer = models.CharField(max_length=100)
    subject_key = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.OPEN)
    reserved_microusd = models.BigIntegerField()
    cost_microusd = models.BigIntegerField(default=0)
    is_estimated = models.BooleanField(default=False)
    input_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    cache_write_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    reasoning_tokens = models.PositiveIntegerField(default=0)
    max_output_tokens = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    lease_until = models.DateTimeField()
    error = models.CharField(max_length=40, blank=True)
    finish_reason = models.CharField(max_length=40, blank=True)
    response_model = models.CharField(max_length=200, blank=True)
    response_service_tier = models.CharField(max_length=20, blank=True)
    retry_number = models.PositiveSmallIntegerField(default=0)
    is_repair = models.BooleanField(default=False)
    example_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(state=AttemptState.OPEN),
                name="governance_attempt_one_open",
                violation_error_message="The same question is on its way already.",
            ),
            models.CheckConstraint(
                condition=Q(reserved_microusd__gte=0) & Q(cost_microusd__gte=0),
                name="governance_attempt_not_negative",
                violation_error_message="An attempt's amounts can't be below 0.",
            ),
        ]
        indexes = [
            models.Index(fields=["fingerprint"], name="governance_attempt_fingerprint"),
            models.Index(fields=["task", "model", "-id"], name="governance_attempt_task"),
            models.Index(fields=["task", "-id"], name="governance_attempt_latest"),
            models.Index(fields=["run_key", "layer"], name="governance_attempt_run"),
            models.Index(fields=["subject_key"], name="governance_attempt_subject"),
            models.Index(fields=["day", "id"], name="governance_attempt_by_day"),
            models.Index(fields=["model", "day", "id"], name="governance_attempt_model_day"),
            models.Index(fields=["state", "id"], name="governance_attempt_state"),
            models.Index(fields=["started_at"], name="governance_attempt_started"),
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=[AttemptState.OPEN, AttemptState.UNKNOWN]),
                name="governance_attempt_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.subject_key} ({self.get_state_display()})"

    @property
    def given_tier(self) -> str:
        """The service tier it was served at, as far as is known: else the one asked for."""
        return self.response_service_tier or self.service_tier

    @property
    def is_tier_unpriced(self) -> bool:
        """Whether an answer came whose price nobody knew, at a tier not asked for or not confirmed."""
        tier = billed_tier(self.response_service_tier, self.service_tier)
        return bool(self.is_estimated and self.finish_reason) and tier != self.price.service_tier

    @property
    def month(self) -> date:
        """The first day of the month whose budgets pay."""
        return self.day.replace(day=1)
