"""Money: a month's limits and what they mean, what was spent where, and the switch that stops all AI.

The sums are governance's; the page stands here because it counts waiting cases and names pipelines and runs.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from governance import alerts
from governance.models import Attempt, Budget, LanguageModel, Organisation
from governance.money import dollars
from governance.months import following_month
from governance.pages import draw, may, page, require
from governance.price_list import stale_prices
from governance.spending import Month, Spent, consequence, month_of_spending, months_on_record
from governance.templatetags.figures import share
from pipeline import registry
from pipeline.admin.money_tables import CallTable, RunTable, SpentTable, model_shares
from pipeline.admin.runs import with_cost
from pipeline.admin.worth import download
from pipeline.funnel import asks_due
from pipeline.models import Run
from pipeline.wording import pipeline_title

_AMOUNT = re.compile(r"\$?\s*([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{1,6})?\Z")
MOST_MICROUSD = 10**15
_SPENT_COLUMNS = (
    "task", "model", "tier", "is_practice", "attempts", "input_tokens", "output_tokens", "cost_microusd",
    "estimated_microusd",
)  # fmt: skip
_RUN_COLUMNS = ("id", "pipeline", "created_at", "state", "cost_microusd")


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """One budget as the page shows it; `entered` is an amount that was sent and not saved yet, `month_end` what the
    month will come to at its present pace (micro-dollars)."""

    key: str
    label: str
    note: str
    budget: Budget | None
    is_practice: bool
    spent_share: float
    held_share: float
    is_over: bool
    is_editable: bool
    entered: str
    error: str
    warning: str
    needs_confirmation: bool
    month_end: int | None = None


@page("governance.view_budget")
def money_page(request: HttpRequest) -> HttpResponseBase:
    """The page, or one of its tables as CSV (`csv` is spent or runs)."""
    month, task = _asked_month(request.GET.get("month", "")), _asked_task(request)
    asked = request.GET.get("csv", "")
    if asked == "spent":
        return download(f"spent-{month:%Y-%m}", _SPENT_COLUMNS, _of_task(month_of_spending(month).spent, task))
    if asked == "runs":
        return download(f"runs-{month:%Y-%m}", _RUN_COLUMNS, _runs(month, task))
    return _draw(request, month)


@require_POST
@page("governance.view_budget")
def set_limit(request: HttpRequest) -> HttpResponse:
    """Set one limit of the current month. A limit that stops questions is first answered by what follows from it."""
    require(request, "governance.change_budget")
    month = _current_month()
    key, entered = request.POST.get("budget", ""), request.POST.get("limit", "").strip()
    model = _model(key)
    limit = read_amount(entered)
    if limit is None:
        error = f"“{entered[:30]}” is no amount; write dollars such as 12.50."
        return _draw(request, month, sent={key: {"entered": entered[:30], "error": error}})
    known = Budget.objects.filter(model=model, month=month).select_related("model").first()
    warning = consequence(known or Budget(model=model, month=month), limit, waiting=asks_due(), is_current=True)
    if _stops(known, limit) and "confirmed" not in request.POST:
        sent = {key: {"entered": entered, "warning": warning, "needs_confirmation": True}}
        return _draw(request, month, sent=sent)
    Budget.objects.set_limit(model, month, limit, owner=request.user)
    messages.success(request, f"{model or 'Everything together'}: the limit for {month:%B %Y} is now {dollars(limit)}.")
    return redirect(f"{reverse('money')}#budget-{key}")


@require_POST
@page("governance.view_budget")
def dismiss_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the user's own alerts off the screens."""
    require(request, "governance.change_budget")
    mine = {alert.pk: alert for alert in alerts.of(request.user, _current_month())}
    if pk not in mine:
        raise Http404("There is no such notice.")
    alerts.dismiss(mine[pk], request.user)
    return redirect("money")


@require_POST
@page("governance.view_budget")
def switch_ai(request: HttpRequest) -> HttpResponse:
    """Stop all AI, or allow it again; acts on the next question."""
    require(request, "governance.change_budget")
    is_stopped = request.POST.get("stop") == "1"
    Organisation.current()
    Organisation.objects.filter(pk=1).update(is_ai_stopped=is_stopped)
    if is_stopped:
        messages.warning(request, "All AI is stopped from the next question on. The rules go on working.")
    else:
        messages.success(request, "AI may be asked again, within plans and limits.")
    return redirect("money")


def read_amount(text: str) -> int | None:
    """Dollars as written ("12", "12.50", "$1,200") to micro-dollars; None where that is no amount from 0 on."""
    found = _AMOUNT.match(text.strip())
    if found is None:
        return None
    amount = int(Decimal(found[1].replace(",", "") + (found[2] or "")) * 1_000_000)
    return amount if amount <= MOST_MICROUSD else None


def _draw(request: HttpRequest, first_day: date, sent: Mapping[str, dict[str, Any]] | None = None) -> HttpResponse:
    current = _current_month()
    if first_day == current:
        Budget.objects.open_month(current)
    month = month_of_spending(first_day)
    waiting = asks_due()
    is_current, task = first_day == current, _asked_task(request)
    spent = _of_task(month.spent, task)
    tables = {
        "table": SpentTable(spent, prefix="w-", empty_text=f"No model was asked in {first_day:%B %Y}."),
        "runs": RunTable(_runs(first_day, task), prefix="r-", empty_text="No run in this month."),
    }
    for table in tables.values():
        RequestConfig(request, paginate={"per_page": 12}).configure(table)
    chosen = f"month={first_day:%Y-%m}" + (f"&task={task}" if task else "")
    ends = alerts.month_ends(month.budgets, timezone.localdate()) if is_current else {}
    is_editable = first_day == current and may(request, "governance.change_budget")
    return draw(
        request,
        "admin/governance/money.html",
        title=f"Money, {first_day:%B %Y}",
        month=month,
        first_day=first_day,
        is_current=is_current,
        stale_prices=stale_prices(timezone.localdate()) if is_current else (),
        alerts=alerts.of(request.user, current) if is_current else (),
        months=months_on_record(current),
        lines=_lines(
            month, waiting=waiting, is_current=is_current, is_editable=is_editable, sent=sent or {}, ends=ends
        ),
        real_microusd=month.total(is_practice=False),
        estimated_microusd=month.estimated(is_practice=False),
        practice_microusd=month.total(is_practice=True),
        has_practice=any(one.is_practice for one in month.spent),
        waiting=waiting,
        shares=model_shares(spent),
        task=task,
        tasks=[(name, pipeline_title(name)) for name in registry.pipelines()],
        calls=CallTable(_last_calls(task), prefix="c-", empty_text="No model was asked yet.") if is_current else None,
        chosen=chosen,
        ledger_url=f"{reverse('admin:governance_attempt_changelist')}?{chosen}",
        ledger_csv_url=f"{reverse('admin:governance_attempt_export')}?{chosen}",
        **tables,
        is_stopped=Organisation.current().is_ai_stopped,
        may_edit=may(request, "governance.change_budget"),
    )


def _lines(
    month: Month,
    *,
    waiting: int,
    is_current: bool,
    is_editable: bool,
    sent: Mapping[str, dict[str, Any]],
    ends: Mapping[int, int],
) -> Sequence[BudgetLine]:
    practice = month.total(is_practice=True)
    lines = [_line(budget, practice, waiting, is_current, is_editable, sent, ends) for budget in month.budgets]
    if not any(budget.model is None for budget in month.budgets):
        lines.insert(
            0, _unlimited("all", "Everything together", "No overall limit: each model's own counts.", is_editable, sent)
        )
    if is_current:
        held = {budget.model_id for budget in month.budgets}
        without = LanguageModel.objects.exclude(pk__in=[pk for pk in held if pk])
        note = "No limit is set, so it is not asked."
        lines += [
            _unlimited(str(model.pk), str(model), note, is_editable, sent, model.is_practice) for model in without
        ]
    return lines


def _line(
    budget: Budget,
    practice: int,
    waiting: int,
    is_current: bool,
    is_editable: bool,
    sent: Mapping[str, dict[str, Any]],
    ends: Mapping[int, int],
) -> BudgetLine:
    model = budget.model
    key = str(model.pk) if model else "all"
    warning = consequence(budget, budget.limit_microusd, waiting=waiting, is_current=is_current)
    whole = max(budget.limit_microusd, budget.spent_microusd + budget.reserved_microusd)
    shown: dict[str, Any] = {"entered": _plain(budget.limit_microusd), "error": "", "warning": warning}
    return BudgetLine(
        key=key,
        label=str(model) if model else "Everything together",
        note=_note(model, practice),
        budget=budget,
        is_practice=bool(model and model.is_practice),
        spent_share=share(budget.spent_microusd, whole),
        held_share=share(budget.reserved_microusd, whole),
        is_over=_stops(budget, budget.limit_microusd),
        is_editable=is_editable,
        month_end=ends.get(budget.pk),
        **{"needs_confirmation": False, **shown, **sent.get(key, {})},
    )


def _unlimited(
    key: str, label: str, note: str, is_editable: bool, sent: Mapping[str, dict[str, Any]], is_practice: bool = False
) -> BudgetLine:
    shown: dict[str, Any] = {"entered": "", "error": "", "warning": "", "needs_confirmation": False}
    return BudgetLine(
        key=key, label=label, note=note, budget=None, is_practice=is_practice, spent_share=0, held_share=0,
        is_over=False, is_editable=is_editable, **{**shown, **sent.get(key, {})},
    )  # fmt: skip


def _note(model: LanguageModel | None, practice_microusd: int) -> str:
    if model is None:
        # Trying things out stops at the same wall, or nobody could see it work before paying.
        practice = (
            f" {dollars(practice_microusd)} of it is practice money, which counts too." if practice_microusd else ""
        )
        return f"The wall for all models together.{practice}"
    off = "" if model.is_enabled else ", switched off"
    return f"{model.tier.capitalize()} model{off}"


def _stops(budget: Budget | None, limit_microusd: int) -> bool:
    """Whether a limit leaves nothing for a further question."""
    gone = budget.spent_microusd + budget.reserved_microusd if budget else 0
    return limit_microusd <= gone and bool(gone or not limit_microusd)


def _plain(microusd: int) -> str:
    """An amount as it stands in a field: "12.50"."""
    text = f"{Decimal(microusd) / 1_000_000:.6f}".rstrip("0")
    whole, _, cents = text.partition(".")
    return f"{whole}.{cents.ljust(2, '0')}"


def _model(key: str) -> LanguageModel | None:
    if key == "all":
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404("There is no such budget.")
    return get_object_or_404(LanguageModel, pk=int(key))


def _last_calls(task: str) -> QuerySet[Attempt]:
    calls = Attempt.objects.filter(task=task) if task else Attempt.objects.all()
    return calls.select_related("model").order_by("-pk")[:8]


def _of_task(spent: Sequence[Spent], task: str) -> Sequence[Spent]:
    return [one for one in spent if task in ("", one.task)]


def _asked_task(request: HttpRequest) -> str:
    """The pipeline the page is about, "" for all of them."""
    name = request.GET.get("task", "")
    return name if name in registry.pipelines() else ""


def _runs(first_day: date, task: str) -> QuerySet[Run]:
    zone = timezone.get_current_timezone()
    begin = datetime(first_day.year, first_day.month, 1, tzinfo=zone)
    after = following_month(first_day)
    end = datetime(after.year, after.month, 1, tzinfo=zone)
    runs = Run.objects.filter(created_at__gte=begin, created_at__lt=end, is_dry_run=False)
    return with_cost(runs.filter(pipeline=task) if task else runs).order_by("-id")


def _current_month() -> date:
    return Organisation.current().month(timezone.now())


def _asked_month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return _current_month()
