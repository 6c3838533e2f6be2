"""Review: one question at a time, by keys, buttons or plain forms."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.models import PlanVersion
from governance.pages import draw, may, page, person, require
from governance.plan_limits import confirm, limits_of
from pipeline import registry
from pipeline.models import Answer, Review, Run
from pipeline.pipeline import UNSURE
from pipeline.review import answers, queue, undo
from pipeline.review.errors import NotTaken, QuestionClosed, WrongAnswer
from pipeline.review.sheet import Sheet, sheet
from pipeline.wording import pipeline_title, title_of

SEEING = "pipeline.view_review"
ANSWERING = "pipeline.add_answer"
RECENT = 10
_SAID = {"same": "Joined", "new": "Kept apart", UNSURE: "Put off"}


@dataclass(frozen=True, kw_only=True)
class Toast:
    """One sentence about what just happened; `tone` is good or warn."""

    text: str
    tone: str = "good"


@dataclass(frozen=True, kw_only=True)
class Recent:
    """One of the person's last answers, in words."""

    answer: Answer
    said: str
    title: str


@require_safe
@page(SEEING)
def review(request: HttpRequest) -> HttpResponse:
    """The next question; `?pipeline=` keeps to one kind, `?after=` leafs on without answering."""
    after = request.GET.get("after", "")
    behind = Review.objects.filter(pk=after).first() if after.isdecimal() else None
    return _show(request, queue.next_question(request.user, _kind(request), behind))


@require_safe
@page(SEEING)
def review_item(request: HttpRequest, pk: int) -> HttpResponse:
    """This question; one that is closed says so and gives way to the next."""
    found = get_object_or_404(Review.objects.select_related("decision__dossier", "subject"), pk=pk)
    if found.closed_at is None:
        return _show(request, found)
    messages.info(request, answers.closed_because(found))
    return redirect(_address(request))


@require_POST
@page(SEEING)
def review_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer and go on to the next question."""
    require(request, ANSWERING)
    found = get_object_or_404(Review, pk=pk)
    try:
        toast = _take(request, found)
    except WrongAnswer as error:
        return _go_on(request, Toast(text=str(error), tone="warn"), found.pk)
    except (QuestionClosed, LookupError) as error:
        toast = Toast(text=str(error), tone="warn")
    return _go_on(request, toast)


@require_POST
@page(SEEING)
def review_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer back and show its question again."""
    require(request, ANSWERING)
    given = get_object_or_404(Answer, pk=pk)
    try:
        decision = undo.undo(given, person(request), timezone.now())
    except NotTaken as error:
        return _go_on(request, Toast(text=str(error), tone="warn"))
    toast = Toast(text="Taken back; the question is open again.")
    if decision is None:
        return _go_on(request, toast, given.review_id)
    again = Review.objects.filter(decision=decision, closed_at=None).first()
    return _go_on(request, toast if again else Toast(text="Taken back."), again.pk if again else None)


@require_POST
@page(SEEING)
def review_limits(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm having read what AI is known to get wrong; back to the question."""
    require(request, ANSWERING)
    confirm(get_object_or_404(PlanVersion, pk=pk), request.user)
    question = request.POST.get("review", "")
    return _go_on(request, Toast(text="Noted."), int(question) if question.isdecimal() else None)


def _take(request: HttpRequest, found: Review) -> Toast:
    label, now = request.POST.get("label", ""), timezone.now()
    if label == UNSURE:
        answers.put_off(found, by=person(request), now=now)
        return Toast(text="Put off; it comes again at the end.")
    anchor = request.POST.get("anchor", "")
    given = answers.answer(
        found,
        by=person(request),
        label=label,
        anchor=int(anchor) if anchor.isdecimal() else None,
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
        now=now,
    )
    if found.kind == Review.Kind.AUDIT:
        return Toast(text=f"{_SAID.get(label, 'Answered')}. This was a blind check: AI had decided {_agreed(given)}.")
    # An exam pair must never teach what it examines.
    use = "used in future questions" if given.split == Answer.Split.LEARN else "set aside to check later answers by"
    if label not in _SAID:
        return Toast(text="Answered.")
    return Toast(text=f"{_SAID[label]}; {use}.")


def _agreed(given: Answer) -> str:
    return "otherwise, and your answer stands" if given.is_correction else "the same"


def _go_on(request: HttpRequest, toast: Toast, pk: int | None = None) -> HttpResponse:
    """To the named or the next question: as a part of the page for a script, as a redirect for a plain form."""
    if not _is_script(request):
        level = messages.SUCCESS if toast.tone == "good" else messages.WARNING
        messages.add_message(request, level, toast.text)
        return redirect(_address(request, pk))
    named = queue.open_questions(request.user).select_related("decision__dossier", "subject").filter(pk=pk or 0)
    shown = named.first() or queue.next_question(request.user, _kind(request))
    return render(request, "admin/pipeline/review/_desk.html", {**_desk(request, shown), "toast": toast})


def _show(request: HttpRequest, shown: Review | None) -> HttpResponse:
    if _is_script(request):
        return render(request, "admin/pipeline/review/_desk.html", _desk(request, shown))
    return draw(request, "admin/pipeline/review/page.html", title="Review", **_desk(request, shown))


def _desk(request: HttpRequest, shown: Review | None) -> dict[str, Any]:
    counts, kind, laid_out = queue.counts(request.user), _kind(request), _sheet(shown)
    return {
        "sheet": laid_out,
        "is_lost": shown is not None and laid_out is None,
        "shown": shown,
        "kind": kind,
        "kinds": [(name, pipeline_title(name), number) for name, number in _in_order(counts)],
        "limits": limits_of(shown.pipeline, request.user, timezone.now()) if shown and laid_out else None,
        "left": counts.get(kind, 0) if kind else sum(counts.values()),
        "left_in_all": sum(counts.values()),
        "may_answer": may(request, ANSWERING),
        "recent": _recent(request),
        "address": _address(request, shown.pk if shown else None),
        "has_runs": shown is not None or Run.objects.exists(),
        "is_running": shown is None and Run.objects.filter(state__in=Run.ACTIVE).exists(),
    }


def _sheet(shown: Review | None) -> Sheet | None:
    if shown is None:
        return None
    try:
        return sheet(shown)
    except LookupError:
        return None


def _in_order(counts: dict[str, int]) -> Iterable[tuple[str, int]]:
    known = [name for name in registry.pipelines() if name in counts]
    return [(name, counts[name]) for name in (*known, *sorted(counts.keys() - set(known)))]


def _recent(request: HttpRequest) -> list[Recent]:
    own = Answer.objects.filter(by=request.user.pk, withdrawn_at=None).select_related("dossier", "subject")
    return [_worded(one) for one in own[:RECENT]]


def _worded(one: Answer) -> Recent:
    case = one.dossier.case if one.dossier else {}
    left = title_of(case.get("values", {}), one.subject.object_id)
    beside = next((c for c in case.get("candidates", ()) if c["object_id"] == one.anchor), None)
    right = title_of(beside["values"], beside["object_id"]) if beside else ""
    sign = {"same": "=", "new": "≠"}.get(one.label, "?")
    return Recent(answer=one, said=_SAID.get(one.label, one.label), title=f"{left} {sign} {right}" if right else left)


def _kind(request: HttpRequest) -> str | None:
    return request.POST.get("pipeline") or request.GET.get("pipeline") or None


def _address(request: HttpRequest, pk: int | None = None) -> str:
    place = reverse("review_item", args=[pk]) if pk else reverse("review")
    kind = _kind(request)
    return f"{place}?{urlencode({'pipeline': kind})}" if kind else place


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
