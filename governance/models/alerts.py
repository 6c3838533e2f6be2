"""Alerts about a budget: each kind at most once per budget, and a budget is one month's."""

from django.conf import settings
from django.db import models

from governance.models.budgets import Budget
from governance.money import dollars


class AlertKind(models.TextChoices):
    NEAR = "near", "80 % is spent"
    FULL = "full", "no further question fits"
    FORECAST = "forecast", "the month will pass the limit"


class AlertQuerySet(models.QuerySet["Alert"]):
    def undismissed(self) -> "AlertQuerySet":
        return self.filter(dismissed_at=None).select_related("budget__model", "budget__owner")

    def record(self, budget_id: int, kind: AlertKind, *, spent: int, limit: int, expected: int | None = None) -> None:
        """Write an alert unless its budget has one of this kind already; safe to race. Amounts in micro-dollars."""
        alert = Alert(
            budget_id=budget_id, kind=kind, spent_microusd=spent, limit_microusd=limit, expected_microusd=expected
        )
        Alert.objects.bulk_create([alert], ignore_conflicts=True)


class Alert(models.Model):
    """Amounts are what was true when it was raised. `claimed_at`: somebody sends its e-mail; `mailed_at`: it is out."""

    Kind = AlertKind

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=10, choices=AlertKind.choices)
    spent_microusd = models.BigIntegerField()
    limit_microusd = models.BigIntegerField()
    expected_microusd = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "kind"],
                name="governance_alert_once",
                violation_error_message="This alert was given already.",
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What has happened, in words."""
        budget = self.budget
        whom = str(budget.model) if budget.model else "all models together"
        limit, spent = dollars(self.limit_microusd), dollars(self.spent_microusd)
        if self.kind == AlertKind.FORECAST:
            return (
                f"At the present pace {whom} will come to {dollars(self.expected_microusd or 0)} by the end of "
                f"{budget.month:%B}; the limit is {limit}."
            )
        if self.kind == AlertKind.NEAR:
            return f"{spent} of the {limit} for {whom} in {budget.month:%B} is spent."
        if self.spent_microusd >= self.limit_microusd:
            return f"The limit of {limit} for {whom} in {budget.month:%B} is used up. Further cases wait for a person."
        return (
            f"The limit of {limit} for {whom} in {budget.month:%B} does not cover the next question ({spent} is "
            "spent). Further cases wait for a person."
        )
