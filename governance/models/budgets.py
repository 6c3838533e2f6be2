"""What may be spent: one row per model and month, and one per month for everything together."""

from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, Sum

from governance import months
from governance.models.language_models import LanguageModel


class BudgetQuerySet(models.QuerySet["Budget"]):
    def binding(self, model_id: int, month: date) -> "BudgetQuerySet":
        """The budgets a call of a model falls under: the model's and the whole month's."""
        return self.filter(Q(model=model_id) | Q(model=None), month=month)

    def open_month(self, month: date) -> None:
        """Give a month its rows, each copied from the newest earlier limit. Idempotent, safe to race."""
        known = set(self.filter(month=month).values_list("model_id", flat=True))
        last: dict[int | None, Budget] = {}
        for budget in self.filter(month__lt=month).order_by("month"):
            last[budget.model_id] = budget
        Budget.objects.bulk_create(
            [
                Budget(model_id=model_id, month=month, limit_microusd=budget.limit_microusd, owner_id=budget.owner_id)
                for model_id, budget in last.items()
                if model_id not in known
            ],
            ignore_conflicts=True,
        )

    def set_limit(
        self, model: LanguageModel | None, month: date, limit_microusd: int, *, owner: Any = None
    ) -> "Budget":
        """Set a month's limit (micro-dollars, ≥ 0) for a model, or for everything when `model` is None.

        Who sets a limit owns the budget from then on: `owner` is a user, None leaves it as it was.

        A budget that begins in mid-month starts from what the ledger shows.
        """
        with transaction.atomic():
            # Reservations lock their model's row before they look for the month's: none can slip past the sums.
            list(self.filter(month=month, model__isnull=False).order_by("pk").select_for_update())
            budget, is_new = self.get_or_create(model=model, month=month, defaults={"limit_microusd": limit_microusd})
            values: dict[str, Any] = {"limit_microusd": limit_microusd} | ({"owner": owner} if owner else {})
            self.filter(pk=budget.pk).update(**values, **(_ledger_sums(model, month) if is_new else {}))
        budget.refresh_from_db()
        return budget


def _ledger_sums(model: LanguageModel | None, month: date) -> dict[str, int]:
    attempts = apps.get_model("governance", "Attempt").objects.filter(
        day__gte=month, day__lt=months.following_month(month), **({"model": model} if model else {})
    )
    held = attempts.filter(state__in=["open", "unknown"]).aggregate(total=Sum("reserved_microusd"))["total"]
    spent = attempts.aggregate(total=Sum("cost_microusd"))["total"]
    return {"reserved_microusd": held or 0, "spent_microusd": spent or 0}


class Budget(models.Model):
    """`reserved` is held for calls that are out, `spent` is the ledger's sum; both move only by conditional UPDATE."""

    model = models.ForeignKey(
        LanguageModel, on_delete=models.PROTECT, null=True, blank=True, related_name="budgets",
        help_text="Empty: everything together.",
    )  # fmt: skip
    month = models.DateField(help_text="Its first day.")
    limit_microusd = models.BigIntegerField()
    reserved_microusd = models.BigIntegerField(default=0, editable=False)
    spent_microusd = models.BigIntegerField(default=0, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="budgets",
        help_text="Who is told when the limit comes near; empty: everybody who may set limits.",
    )  # fmt: skip

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-month", F("model").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "month"],
                name="governance_budget_unique",
                violation_error_message="This model has a budget for that month already.",
            ),
            # NULLs are distinct in a unique index; nulls_distinct=False is missing on SQLite.
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(model=None),
                name="governance_budget_unique_whole_month",
                violation_error_message="That month has an overall budget already.",
            ),
            models.CheckConstraint(
                condition=Q(limit_microusd__gte=0) & Q(reserved_microusd__gte=0) & Q(spent_microusd__gte=0),
                name="governance_budget_not_negative",
                violation_error_message="A budget's amounts can't be below 0.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="governance_budget_month_is_first_day",
                violation_error_message="A month is named by its first day.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model or 'Everything'}, {self.month:%B %Y}"

    @property
    def left_microusd(self) -> int:
        """What can still be reserved; 0 when the limit was set below what is gone."""
        return max(0, self.limit_microusd - self.spent_microusd - self.reserved_microusd)
