"""What needs somebody now: each in a sentence, with the place where it is settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from deals.models import Assessment
from deals.signals.mine import colleague_of, look_at
from deals.signals.reassessing import judged_day
from governance import alerts
from governance.models import AlertKind, Organisation, Plan
from governance.money import dollars
from governance.pages import may
from governance.plan_checks import At
from governance.plans import in_force, open_findings
from governance.spending import Month
from leads.models import Lead
from pipeline import registry
from pipeline.models import Batch, Decision, Run, Subject
from pipeline.run_progress import progress
from pipeline.wording import pipeline_title

# A limit is spoken of from this share on.
_NEAR = 0.8


@dataclass(frozen=True, kw_only=True)
class Need:
    """`tone` is main, warn or live (in progress, `percent` done); `runs` are pipelines the button starts."""

    sentence: str
    detail: str = ""
    action: str = ""
    link: str = ""
    tone: str = ""
    percent: float | None = None
    runs: tuple[str, ...] = ()


def needs(
    request: HttpRequest, waiting: Mapping[str, int], month: Month, uncompared: Mapping[str, int]
) -> tuple[Need, ...]:
    """What the user of `request` may act on or should know, the most urgent first."""
    active = list(Run.objects.filter(state__in=Run.ACTIVE).order_by("id"))
    found = [
        *_questions(request, waiting),
        *_overdue(request),
        *_consents(active),
        *_in_progress(active),
        *_deals(request),
        *_comparing(request, uncompared, {run.pipeline for run in active}),
        *_unasked(request, month, {run.pipeline for run in active}),
        *_own_approval(request),
        *_plans(request),
        *_alerts(request, month),
        *_limits(request, month),
    ]
    return tuple(found)


def _questions(request: HttpRequest, waiting: Mapping[str, int]) -> Iterable[Need]:
    number = sum(waiting.values())
    if not number:
        return
    detail = ", ".join(f"{pipeline_title(name)}: {waiting[name]:,}" for name in waiting) if len(waiting) > 1 else ""
    yield Need(
        sentence=f"{_counted(number, 'question waits', 'questions wait')} for an answer.",
        detail=detail,
        action="Answer" if may(request, "pipeline.add_answer") else "Look",
        link=reverse("review"),
        tone="main",
    )


def _overdue(request: HttpRequest) -> Iterable[Need]:
    """Leads whose owner should have acted by now."""
    if not may(request, "leads.view_lead"):
        return
    worked = Lead.objects.visible_to(request.user).filter(status__in=(Lead.Status.OWNER, Lead.Status.PATH))
    late = worked.filter(is_current=True, due_at__lt=timezone.now()).count()
    if late:
        link = f"{reverse('admin:leads_lead_changelist')}?standing=late"
        yield Need(sentence=f"{_counted(late, 'lead is', 'leads are')} overdue.", action="Look", link=link, tone="warn")


def _consents(active: Iterable[Run]) -> Iterable[Need]:
    for run in active:
        if run.state == Run.State.CONSENT:
            yield Need(
                sentence=f"“{pipeline_title(run.pipeline)}” would cost more than the plan allows without consent.",
                action="Decide",
                link=reverse("run_page", args=[run.pk]),
                tone="main",
            )


def _in_progress(active: Iterable[Run]) -> Iterable[Need]:
    for batch in Batch.objects.filter(state=Batch.State.RUNNING).order_by("id")[:3]:
        far = progress(batch)
        link = reverse("import_batch", args=[batch.pk])
        yield Need(sentence="An import is going on.", detail=far.sentence, link=link, action="Watch", tone="live",
                   percent=far.percent)  # fmt: skip
    for run in active:
        if run.state != Run.State.CONSENT:
            far = progress(run)
            link = reverse("run_page", args=[run.pk])
            yield Need(sentence=f"“{pipeline_title(run.pipeline)}” is running.", detail=far.sentence, link=link,
                       action="Watch", tone="live", percent=far.percent)  # fmt: skip


def _deals(request: HttpRequest) -> Iterable[Need]:
    """At most seven deals, told by the sentence of the first."""
    if not may(request, "deals.view_deal") or not Assessment.objects.filter(is_latest=True).exists():
        return
    mine = look_at(colleague_of(request.user), judged_day(timezone.now()))
    if mine.items:
        first = mine.items[0]
        number = len(mine.items)
        yield Need(
            sentence="1 deal needs a look." if number == 1 else f"{number} deals need a look.",
            detail=f"{first.assessment.deal}: {first.finding.sentence}.",
            action="My deals",
            link=reverse("deals"),
        )


def _comparing(request: HttpRequest, uncompared: Mapping[str, int], running: set[str]) -> Iterable[Need]:
    number = sum(uncompared.values())
    if number and not running:
        yield Need(
            sentence=f"{_counted(number, 'new record has', 'new records have')} not been compared yet.",
            detail="The rules look for duplicates at no cost; what a model may be asked is forecast first.",
            action="Find duplicates" if may(request, "pipeline.add_run") else "",
            runs=tuple(uncompared),
            tone="main",
        )


def _unasked(request: HttpRequest, month: Month, running: set[str]) -> Iterable[Need]:
    """Cases no model could be asked about, by what stood in the way, with the reason as it was recorded last."""
    due = Subject.objects.filter(is_ask_due=True).order_by().values("pipeline", "decision__reason")
    groups: dict[str, list[tuple[int, int]]] = {}
    stuck: set[str] = set()
    for row in due.annotate(number=Count("id"), last=Max("decision")):
        groups.setdefault(row["decision__reason"] or "", []).append((row["number"], row["last"]))
        stuck.add(row["pipeline"])
    paths = dict(
        Decision.objects.filter(pk__in=[max(last for _, last in group) for group in groups.values()]).values_list(
            "reason", "path"
        )
    )
    again = tuple(name for name in registry.pipelines() if name in stuck)
    again = again if may(request, "pipeline.add_run") and not running else ()
    for reason, group in groups.items():
        number = sum(one for one, _ in group)
        yield _unasked_for(reason.removeprefix("ask:"), number, _detail(paths.get(reason, [])), month, again)


def _unasked_for(code: str, number: int, recorded: str, month: Month, again: tuple[str, ...]) -> Need:
    cases = _counted(number, "case waits", "cases wait")
    if code == "unaffordable":
        detail = _left(month) or recorded
        return Need(sentence=f"{cases} for money.", detail=detail, action="Money", link=reverse("money"), tone="warn",
                    runs=again)  # fmt: skip
    if code == "blocked":
        link = _address("plan", "admin:governance_plan_changelist")
        return Need(sentence=f"{cases} for the plan.", detail=recorded, action="Plan" if link else "", link=link,
                    tone="warn", runs=again)  # fmt: skip
    link = _address("admin:governance_languagemodel_changelist")
    return Need(sentence=f"{cases} for a model.", detail=recorded, action="Models" if link else "", link=link,
                tone="warn", runs=again)  # fmt: skip


def _own_approval(request: HttpRequest) -> Iterable[Need]:
    """Once per installation: whether authors may approve their own plan."""
    if (
        may(request, "governance.change_planversion")
        and Organisation.current().may_approve_own_plan is None
        and Plan.objects.exists()
    ):
        yield Need(
            sentence="May authors approve their own plan here?",
            detail="Four eyes are safer; alone in a small firm you may have to.",
            action="Answer",
            link=reverse("plan"),
        )


def _plans(request: HttpRequest) -> Iterable[Need]:
    """What the last night found about plans that are the user's, or theirs to approve."""
    if not may(request, "governance.view_plan"):
        return
    for version in in_force(Organisation.current().day(timezone.now())):
        people = (version.fields.get("owner"), version.fields.get("deputy"))
        if request.user.pk not in people and not may(request, "governance.change_planversion"):
            continue
        found = open_findings(version, At.NIGHTLY)
        if found:
            more = f" And {_counted(len(found) - 1, 'more line', 'more lines')}." if len(found) > 1 else ""
            link = f"{reverse('plan_page', args=[version.plan_id])}?version={version.number}"
            yield Need(sentence=f"The plan “{version.plan}” needs a look.", detail=found[0].sentence + more,
                       action="Plan", link=link, tone="warn")  # fmt: skip


def _alerts(request: HttpRequest, month: Month) -> Iterable[Need]:
    for alert in alerts.of(request.user, month.first_day):
        # That much is spent is said below, with the figure as it stands now.
        if alert.kind != AlertKind.NEAR or not alert.budget.left_microusd:
            yield Need(sentence=alert.sentence, action="Money", link=reverse("money"), tone="warn")


def _limits(request: HttpRequest, month: Month) -> Iterable[Need]:
    if not may(request, "governance.view_budget"):
        return
    for budget in month.budgets:
        gone = budget.spent_microusd + budget.reserved_microusd
        # Where nothing is left, the cases that wait for money say so, or nothing waits and nobody need act.
        if budget.left_microusd and gone >= _NEAR * budget.limit_microusd:
            whom = str(budget.model) if budget.model else "all models together"
            yield Need(
                sentence=f"{dollars(gone)} of the {dollars(budget.limit_microusd)} for {whom} this month is gone.",
                action="Money",
                link=reverse("money"),
                tone="warn",
            )


def _left(month: Month) -> str:
    """The limit that binds, by name, as it stands now."""
    if not month.budgets:
        return "No limit is set for this month, and without one nothing is asked."
    budget = min(month.budgets, key=lambda one: one.left_microusd)
    whom = str(budget.model) if budget.model else "all models together"
    return (
        f"The limit for {whom} in {month.first_day:%B} is {dollars(budget.limit_microusd)}; "
        f"{dollars(budget.left_microusd)} is left."
    )


def _detail(path: Iterable[Mapping[str, object]]) -> str:
    told = [str(passage["detail"]) for passage in path if passage.get("detail")]
    return told[-1] if told else ""


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _address(*names: str) -> str:
    """Where the first of these pages is; empty while none exists."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
