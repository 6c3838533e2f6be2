"""The ideal customer profile: edited in plain words, previewed on every lead and past month before it counts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst

from governance.pages import draw, may, page, person, require
from leads import profile_versions
from leads.admin import profile_form as form
from leads.learning.rules import LearnedRule
from leads.models import Lead, LeadSeat, ProfileVersion, Rejection
from leads.qualification.profile import Profile, from_json
from leads.qualification.titles import FUNCTIONS, function_words
from leads.replay import Replay, replay
from leads.routing import REJECTIONS, fitting_cut
from pipeline import tasks
from pipeline.csv_export import csv_response
from pipeline.models import Run
from pipeline.runner.start import AlreadyRunning, start

CHANGING = "leads.add_profileversion"
SHOWN_CHANGES = 50
_QUARTER_DAYS = 91


@page("leads.view_profileversion")
def lead_profile(request: HttpRequest) -> HttpResponse:
    """The version in force; a POST previews, saves, or downloads what would change."""
    now = timezone.now()
    version, profile = profile_versions.current(now)
    if request.method != "POST":
        return _draw(request, version, form.values_of(profile), {})
    require(request, CHANGING)
    entered = form.read(request.POST, profile)
    if entered.profile is None:
        return _draw(request, version, _given(request), entered.errors)
    found = replay(profile, entered.profile, now)
    if "download" in request.POST:
        header = ("lead", "name", "company", "before", "after", "because")
        rows = ((one.lead, one.name, one.company, one.before, one.after, one.because) for one in found.changes)
        return csv_response("grade-changes", header, rows)  # type: ignore[return-value]
    if "save" in request.POST:
        return _save(request, entered.profile, found, now)
    return _draw(request, version, _given(request), {}, found, is_same=entered.profile == profile)


def _save(request: HttpRequest, profile: Profile, found: Replay, now: datetime) -> HttpResponse:
    changed = {f"{old} → {new}": number for (old, new), number in found.moves.items()}
    made = profile_versions.save(
        profile, by=person(request), now=now, note=request.POST.get("note", ""), changed=changed
    )  # fmt: skip
    said = f"Version {made.number} is in force."
    if may(request, "pipeline.add_run") and Lead.objects.filter(is_current=True).exists():
        try:
            start("qualify-leads", by=request.user)
            tasks.wake_on_commit()
            said += " All leads are being judged by it."
        except AlreadyRunning:
            said += " A qualification is running; start another when it has ended."
    else:
        said += " The next qualification judges all leads by it."
    messages.success(request, said)
    return redirect("lead_profile")


def _draw(
    request: HttpRequest,
    version: ProfileVersion,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    found: Replay | None = None,
    *,
    is_same: bool = False,
) -> HttpResponse:
    return draw(
        request,
        "admin/leads/profile.html",
        title="Ideal customer",
        version=version,
        learned=_learned(version),
        fitting=_fitting(from_json(version.fields)),
        errors=errors,
        wrong=[(*form.place_of(name), one) for name, one in errors.items()],
        lists=[(name, label, hint, values[name], errors.get(name)) for name, (label, hint) in form.LISTS.items()],
        choices=[(name, label, hint, [(one, capfirst(function_words(one)), one in values[name])
                                     for one in FUNCTIONS if one != "other"])
                 for name, (label, hint) in form.CHOICES.items()],
        numbers=[(name, label, values[name], errors.get(name)) for name, (label, _, _) in form.NUMBERS.items()],
        criteria=[(name, label, values[f"{name}-full"], values[f"{name}-half"], errors.get(f"{name}-full"))
                  for name, label in form.CRITERIA.items()],
        events=[(name, label, values[f"{name}-points"], values[f"{name}-days"], errors.get(f"{name}-points"))
                for name, label in form.EVENTS.items()],
        employees=values["employees"],
        employees_half=values["employees_half"],
        employees_error=errors.get("employees") or errors.get("employees_half"),
        person=[(code, words, code == values["ask_person"]) for code, words in form.PERSON.items()],
        note=request.POST.get("note", ""),
        found=found,
        is_same=is_same,
        changes=found.changes[:SHOWN_CHANGES] if found else (),
        moves=sorted(found.moves.items(), key=lambda one: -one[1]) if found else (),
        months=[_month_row(one) for one in found.months] if found else (),
        versions=ProfileVersion.objects.select_related("by")[:10],
        rejected=_rejected(),
        may_change=may(request, CHANGING),
        is_running=Run.objects.filter(pipeline="qualify-leads", state__in=Run.ACTIVE).exists(),
    )  # fmt: skip


def _learned(version: ProfileVersion) -> Sequence[LearnedRule]:
    return from_json(version.fields).learned


def _fitting(profile: Profile) -> tuple[int, int, int] | None:
    """(hot A and B leads, room for leads in all, the heat from which on they would fit) where there are too many."""
    seats = LeadSeat.objects.filter(is_taking=True).aggregate(room=Sum("capacity"))["room"] or 0
    hot = Lead.objects.filter(is_current=True, grade__in=("A", "B"), band=Lead.Band.HOT)
    heats = list(hot.exclude(status__in=Lead.SETTLED).values_list("heat", flat=True))
    cut = fitting_cut(heats, seats, profile.from_hot) if seats else profile.from_hot
    return (len(heats), seats, cut) if cut > profile.from_hot else None


def _given(request: HttpRequest) -> dict[str, Any]:
    given: dict[str, Any] = {name: request.POST.get(name, "") for name in form.values_of(Profile())}
    return {**given, **{name: request.POST.getlist(name) for name in form.CHOICES}}


def _month_row(month: Any) -> tuple[Any, Sequence[tuple[int, int]], str]:
    counts = [(month.before.get(grade, 0), month.after.get(grade, 0)) for grade in ("A", "B", "C", "D", "out")]
    if not month.won:
        return month, counts, "no outcome known"
    return month, counts, f"{month.won_before} → {month.won_after} of {month.won} won graded A or B"


def _rejected() -> tuple[int, Sequence[tuple[str, int, str]]]:
    """What sales handed back in the last quarter, by reason, with the grades it had: what the rules should learn."""
    since = timezone.now() - timedelta(days=_QUARTER_DAYS)
    rows = list(Rejection.objects.filter(withdrawn_at=None, created_at__gte=since).values_list("reason", "grade"))
    by_reason = Counter(reason for reason, _ in rows)
    grades = {reason: Counter(grade for one, grade in rows if one == reason) for reason in by_reason}
    return len(rows), [
        (REJECTIONS[reason], number, ", ".join(f"{n} × {grade or '–'}" for grade, n in sorted(grades[reason].items())))
        for reason, number in by_reason.most_common()
    ]
