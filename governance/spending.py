"""A month's money: limits, spent, held and left per model, and where it went. Sums come from the roll-ups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from governance.models import Budget, Rollup
from governance.money import dollars
from governance.months import following_month


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a task spent at a model in a month; amounts in micro-dollars, `estimated` is part of `cost`."""

    task: str
    model: str
    tier: str
    is_practice: bool
    attempts: int
    input_tokens: int
    output_tokens: int
    cost_microusd: int
    estimated_microusd: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month's budgets (everything together first) and what was spent, real and practice money apart."""

    first_day: date
    budgets: Sequence[Budget]
    spent: Sequence[Spent]

    def total(self, *, is_practice: bool) -> int:
        return sum(one.cost_microusd for one in self.spent if one.is_practice == is_practice)

    def estimated(self, *, is_practice: bool) -> int:
        return sum(one.estimated_microusd for one in self.spent if one.is_practice == is_practice)


def months_on_record(current: date, limit: int = 36) -> list[date]:
    """The months that have budgets, and the current one; newest first."""
    known = Budget.objects.order_by("-month").values_list("month", flat=True).distinct()[:limit]
    return sorted({*known, current}, reverse=True)


def month_of_spending(first_day: date) -> Month:
    """Two queries, however large the ledger is."""
    budgets = Budget.objects.filter(month=first_day).select_related("model")
    return Month(
        first_day=first_day,
        budgets=sorted(budgets, key=_everything_first),
        spent=tuple(_spent(first_day)),
    )


def _everything_first(budget: Budget) -> tuple[bool, bool, str, int]:
    model = budget.model
    return (model is not None, bool(model and model.is_practice), model.tier if model else "", budget.pk)


def _spent(first_day: date) -> Iterable[Spent]:
    rows = (
        Rollup.objects.filter(day__gte=first_day, day__lt=following_month(first_day))
        .order_by("task", "model__tier", "model__name")
        .values("task", "model__label", "model__name", "model__tier", "model__is_practice")
        .annotate(
            number=Sum("attempts"),
            input=Sum("input_tokens"),
            output=Sum("output_tokens"),
            cost=Sum("cost_microusd"),
            estimated=Sum("estimated_microusd"),
        )
    )
    for row in rows:
        yield Spent(
            task=row["task"],
            model=row["model__label"] or row["model__name"],
            tier=row["model__tier"],
            is_practice=row["model__is_practice"],
            attempts=row["number"],
            input_tokens=row["input"],
            output_tokens=row["output"],
            cost_microusd=row["cost"],
            estimated_microusd=row["estimated"],
        )


def consequence(budget: Budget, limit_microusd: int, *, waiting: int, is_current: bool) -> str:
    """What follows from a limit, in plain words; empty where nothing worth saying does.

    `waiting` counts the cases that wait for a person because no model could be asked.
    """
    gone = budget.spent_microusd + budget.reserved_microusd
    who = f"to {budget.model}" if budget.model else "to any model"
    month = f"{budget.month:%B %Y}"
    if not is_current:
        return f"{month} is not the current month; the limit is on record only." if limit_microusd < gone else ""
    if limit_microusd <= gone and (gone or not limit_microusd):
        wait = {0: "No case waits now.", 1: "1 case waits now."}.get(waiting, f"{waiting:,} cases wait now.")
        how = f"{dollars(budget.spent_microusd)} is spent"
        held = f" and {dollars(budget.reserved_microusd)} is held" if budget.reserved_microusd else ""
        return (
            f"No further question will be asked {who} in {month}: {how}{held}, the limit is {dollars(limit_microusd)}. "
            f"Cases wait for a person or the next month. {wait}"
        )
    if limit_microusd and gone >= 0.8 * limit_microusd:
        left = dollars(limit_microusd - gone)
        return f"{100 * gone // limit_microusd} % of the limit is gone; {left} is left for {month}."
    return ""


@dataclass(frozen=True, kw_only=True)
class Day:
    """What a task spent at a model on a day; amounts in micro-dollars, `estimated` is part of `cost`."""

    day: date
    task: str
    model_id: int
    model: str
    is_practice: bool
    calls: int
    cost_microusd: int
    estimated_microusd: int


def days_of_spending(first: date, until: date, task: str = "") -> list[Day]:
    """The days from `first` up to, not including, `until`, oldest first; one query over the roll-ups."""
    rows = Rollup.objects.filter(day__gte=first, day__lt=until)
    rows = rows.filter(task=task) if task else rows
    sums = rows.order_by("day", "model__tier", "model__name", "task").values_list(
        "day", "task", "model_id", "model__label", "model__name", "model__is_practice"
    )
    return [
        Day(
            day=day,
            task=task,
            model_id=model_id,
            model=label or name,
            is_practice=is_practice,
            calls=calls,
            cost_microusd=cost,
            estimated_microusd=estimated,
        )
        for day, task, model_id, label, name, is_practice, calls, cost, estimated in sums.annotate(
            Sum("attempts"), Sum("cost_microusd"), Sum("estimated_microusd")
        )
    ]
