"""What outcomes say: how far they tell won from lost, which columns know the end, rules for a person to accept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from governance.pages import draw, may, page, person, require
from leads.learning import learn, rules
from leads.learning.accuracy import share
from leads.learning.outcomes import basis, counted, open_leads
from leads.learning.study import FEWEST, FEWEST_OF_EITHER, is_enough
from leads.learning.telling import in_words
from leads.models import ColumnChoice, Lead, OutcomeStudy, ProfileVersion, ProposedRule
from pipeline import tasks
from pipeline.csv_export import csv_response
from pipeline.models import Run
from pipeline.runner.start import AlreadyRunning, start

SEEING, CHANGING = "leads.view_outcomestudy", "leads.add_profileversion"
_ORDERS = {"date": "by date", "number": "by number", "import": "as they were imported: the list has no date"}
# The chart's inner width and height, and where it begins.
_WIDTH, _HEIGHT, _LEFT, _TOP = 560, 180, 44, 10


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A band of scores on the chart, in its own units."""

    x: float
    expected: float
    won: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, kw_only=True)
class ColumnRow:
    """A column that was noted, and what a person said of it."""

    name: str
    because: str
    is_left_out: bool
    choice: ColumnChoice | None


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    rule: ProposedRule
    condition: str
    points: int
    found: str
    later: str
    bound: str
    since: str


@page(SEEING)
def lead_outcomes(request: HttpRequest) -> HttpResponse:
    subject = _subject(request.GET)
    study = learn.newest(subject)
    number, won = counted(subject)
    is_leads = subject == OutcomeStudy.Subject.LEAD
    result = study.result if study else {}
    told = result.get("validation")
    return draw(
        request,
        "admin/leads/outcomes.html",
        title="What outcomes say",
        subject=subject,
        is_leads=is_leads,
        study=study,
        number=number,
        won=won,
        needed=FEWEST,
        needed_of_either=FEWEST_OF_EITHER,
        percent=min(100, round(100 * number / FEWEST)),
        is_enough=is_enough(number, won),
        is_stale=study is not None and study.basis != basis(subject),
        result=result,
        told=told,
        figures=_figures(told) if told else (),
        ordered=_ORDERS.get(result.get("ordered_by", ""), ""),
        marks=_marks(told["bands"]) if told else (),
        score=result.get("score"),
        columns=_columns(subject, result),
        used=result.get("used", ()),
        unusable=sorted(result.get("unusable", {}).items()),
        rules=_rules() if is_leads else {},
        held=_held() if is_leads else None,
        may_change=may(request, CHANGING),
        may_import=may(request, "pipeline.add_batch"),
        chart={"width": _WIDTH, "height": _HEIGHT, "left": _LEFT, "top": _TOP, "bottom": _TOP + _HEIGHT,
               "right": _LEFT + _WIDTH, "lines": [(_y(one / 100), one) for one in (0, 25, 50, 75, 100)]},
    )  # fmt: skip


@require_POST
@page(SEEING)
def learn_now(request: HttpRequest) -> HttpResponse:
    require(request, CHANGING)
    subject = _subject(request.POST)
    _learn(request, subject)
    return _back(subject)


@require_POST
@page(SEEING)
def column_choice(request: HttpRequest) -> HttpResponse:
    """Count a column all the same, leave it out, or leave that to what its cells show; then learn anew."""
    require(request, CHANGING)
    subject, name = _subject(request.POST), request.POST.get("name", "")[:255]
    chosen = {"count": True, "leave": False, "undo": None}
    study = learn.newest(subject)
    known = {*study.result.get("leaks", {}), *study.result.get("used", ())} if study else set()
    taken = ColumnChoice.objects.filter(subject=subject, name=name).exists()
    if request.POST.get("do") not in chosen or not (name in known or taken):
        messages.error(request, "That column is not among those outcomes were learned from.")
        return _back(subject)
    learn.choose(subject, name, is_counted=chosen[request.POST["do"]], by=person(request), now=timezone.now())
    _learn(request, subject)
    return _back(subject)


@require_POST
@page(SEEING)
def learned_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, refuse, switch off or reconsider a rule."""
    require(request, CHANGING)
    rule = get_object_or_404(ProposedRule, pk=pk)
    acts: dict[str, Callable[..., ProfileVersion | None]] = {
        "accept": learn.accept, "refuse": learn.refuse, "off": learn.switch_off, "reconsider": learn.reconsider,
    }  # fmt: skip
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        messages.error(request, "Choose what to do with the rule.")
        return _back("lead")
    condition = rules.from_json(rule.rule).condition
    try:
        version = act(rule, by=person(request), now=timezone.now())
    except learn.NotPossible as error:
        messages.warning(request, str(error))
        return _back("lead")
    said = {"accept": "counts", "off": "no longer counts", "refuse": "was refused; it is not proposed again",
            "reconsider": "is proposed again"}[request.POST["do"]]  # fmt: skip
    messages.success(request, f"“{condition}” {said}.{_judged_anew(request) if version else ''}")
    return _back("lead")


@page(SEEING)
def download(request: HttpRequest) -> HttpResponseBase:
    """The chance of every lead whose outcome is open."""
    found = learn.score_in_force()
    if found is None:
        messages.warning(request, "There is no pattern to tell chances by.")
        return _back("lead")
    _, score = found
    leads, columns = open_leads()
    chances = score.chances(columns, len(leads))
    header = ("lead", "name", "company", "e-mail", "grade", "chance in percent", "outcomes say")
    return csv_response("chances", header, _rows(request, leads, chances.tolist(), score.accept, score.reject))


def _rows(
    request: HttpRequest, leads: Sequence[int], chances: Sequence[float], accept: float | None, reject: float | None
) -> Iterator[Sequence[Any]]:
    chance_of = dict(zip(leads, chances, strict=True))
    seen = Lead.objects.visible_to(request.user).filter(is_current=True, outcome="").order_by("id")
    for pk, name, company, email, grade in seen.values_list("id", "full_name", "company", "email", "grade").iterator():
        if pk in chance_of:
            chance = chance_of[pk]
            says = "accept" if accept is not None and chance >= accept else (
                "reject" if reject is not None and chance <= reject else "open")  # fmt: skip
            yield pk, name, company, email, grade, round(100 * chance, 1), says


def _subject(given: Mapping[str, Any]) -> str:
    return OutcomeStudy.Subject.DEAL if given.get("of") == "deal" else OutcomeStudy.Subject.LEAD


def _back(subject: str) -> HttpResponse:
    return redirect(reverse("lead_outcomes") + ("?of=deal" if subject == OutcomeStudy.Subject.DEAL else ""))


def _learn(request: HttpRequest, subject: str) -> None:
    made = learn.learn(subject, timezone.now())
    if made is None:
        messages.warning(request, f"At least {FEWEST} outcomes are needed, {FEWEST_OF_EITHER} of them won and as many "
                                  "lost.")  # fmt: skip
    elif made.result["has_pattern"]:
        messages.success(request, f"Learned from {made.outcomes:,} outcomes.")
    else:
        messages.info(request, f"{made.outcomes:,} outcomes show no reliable pattern.")


def _judged_anew(request: HttpRequest) -> str:
    """Start a qualification under the new version of the profile, where that is allowed and none runs."""
    if not (may(request, "pipeline.add_run") and Lead.objects.filter(is_current=True).exists()):
        return " The next qualification judges all leads by it."
    if Run.objects.filter(pipeline="qualify-leads", state__in=Run.ACTIVE).exists():
        return " A qualification is running; start another when it has ended."
    try:
        start("qualify-leads", by=person(request))
    except AlreadyRunning:
        return " A qualification is running; start another when it has ended."
    tasks.wake_on_commit()
    return " All leads are being judged by it."


def _figures(told: Mapping[str, Any]) -> Sequence[tuple[str, str, str]]:
    ranking, decided = told["ranking"], told["decided"]
    said = [(
        f"{100 * ranking['auc']:.0f} of 100", "times a won lead scores above a lost one",
        f"between {100 * ranking['low']:.0f} and {100 * ranking['high']:.0f} (AUC {ranking['auc']:.3f})",
    )]  # fmt: skip
    if told["unmarked"]:
        said.append((f"{100 * told['unmarked']['auc']:.0f} of 100", "without counting whether noted columns are filled",
                     f"AUC {told['unmarked']['auc']:.3f}"))  # fmt: skip
    if decided["number"]:
        said.append((f"{100 * told['decided_share']:.0f} %", "could be accepted or rejected by the score",
                     f"{decided['number']:,} of {told['newest']:,}"))  # fmt: skip
        said.append((f"{100 * decided['right'] / decided['number']:.0f} %", "of these came out that way",
                     f"at least {100 * decided['low']:.0f} %"))  # fmt: skip
    return said


def _held() -> tuple[int, str]:
    """How many C leads are worked all the same, and what became of those with an outcome."""
    held = Lead.objects.filter(is_current=True, is_holdout=True)
    ended = list(held.exclude(outcome="").values_list("outcome", flat=True))
    return held.count(), in_words(share(ended.count(Lead.Outcome.WON), len(ended)))


def _y(part: float) -> float:
    return round(_TOP + _HEIGHT * (1 - part), 1)


def _marks(bands: Sequence[Mapping[str, Any]]) -> Sequence[Mark]:
    step = _WIDTH / max(1, len(bands))
    return [
        Mark(
            x=round(_LEFT + step * (place + 0.5), 1), expected=_y(one["expected"]),
            won=_y(one["right"] / one["number"]), low=_y(one["low"]), high=_y(one["high"]),
            words=f"expected {100 * one['expected']:.0f} %, won {one['right']} of {one['number']} "
                  f"({100 * one['low']:.0f} to {100 * one['high']:.0f} %)",
        )
        for place, one in enumerate(bands)
    ]  # fmt: skip


def _columns(subject: str, result: Mapping[str, Any]) -> Sequence[ColumnRow]:
    """Columns that know the end first, then those only noted, then those a person left out."""
    said = {one.name: one for one in ColumnChoice.objects.filter(subject=subject).select_related("by")}
    noted = result.get("leaks", {})
    rows = [ColumnRow(name=name, because=one["because"], is_left_out=one["is_left_out"], choice=said.get(name))
            for name, one in noted.items()]  # fmt: skip
    rows += [ColumnRow(name=name, because="", is_left_out=False, choice=one)
             for name, one in said.items() if name not in noted]  # fmt: skip
    return sorted(rows, key=lambda one: (not one.is_left_out, one.name.casefold()))


def _rules() -> dict[str, list[RuleRow]]:
    found: dict[str, list[RuleRow]] = {state: [] for state in ProposedRule.State.values}
    for one in ProposedRule.objects.select_related("by", "version"):
        if one.state == ProposedRule.State.PROPOSED and not one.is_standing:
            continue  # newer outcomes no longer bear it out
        found[one.state].append(_rule_row(one))
    for rows in found.values():
        rows.sort(key=lambda row: -abs(row.points))
    return {**found, "decided": [*found["accepted"], *found["off"], *found["refused"]]}


def _rule_row(one: ProposedRule) -> RuleRow:
    rule, figures = rules.from_json(one.rule), one.figures
    later = figures.get("later") or {"number": 0, "low": 0.0, "high": 1.0}
    bound = f"at least {100 * later['low']:.0f} %" if rule.points > 0 else f"at most {100 * later['high']:.0f} %"
    return RuleRow(
        rule=one, condition=rule.condition, points=rule.points, found=in_words(figures["found"]),
        later=in_words(later), bound=bound, since=in_words(figures["all"]) if figures.get("all") else "",
    )  # fmt: skip
