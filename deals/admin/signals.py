"""Signals: which are on, their limits, what a change would do before it is saved, and whether they keep their word."""

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django_q.tasks import async_task

from deals.models import SignalReport, SignalSettings
from deals.shown import tone_of
from deals.signals.assessing import current_settings
from deals.signals.backdrop import backdrop_of
from deals.signals.previewing import Preview, preview, replay
from deals.signals.reassessing import judged_day
from deals.signals.registry import BY_CODE, SIGNALS
from deals.signals.report import Line, Rate, Report
from deals.signals.settings import Settings
from deals.signals.signal import Limit, Signal
from deals.signals.stages import Phase
from governance.models import Organisation
from governance.pages import draw, may, page, person, require
from pipeline.runner.start import AlreadyRunning, start
from pipeline.tasks import wake

_GENERAL = (
    ("small_below", "Small deals are below", 0, 1e12),
    ("enterprise_from", "Enterprise deals start at", 0, 1e12),
    ("small_factor", "Day limits of small deals ×", 0.1, 10),
    ("enterprise_factor", "Day limits of enterprise deals ×", 0.1, 10),
    ("youngest_days", "Deals are judged from day", 0, 365),
)
_PRESETS: dict[str, tuple[float, float]] = {
    "usual": (0.5, 2.0),
    "alike": (1.0, 1.0),
    "patient": (1.0, 3.0),
}
MOST_SHOWN = 25
MOST_STAGES = 60
MOST_STRENGTHS = 500


class NotANumber(Exception):
    """Says which entry is none, and what would be right."""


@page("deals.view_signalsettings")
def signals_page(request: HttpRequest) -> HttpResponse:
    """The form; with “preview” or “replay” what its entries would change; with “save” they count."""
    now = current_settings()
    wanted, seen = now, None
    errors: list[str] = []
    past: list[Preview] = []
    if request.method == "POST":
        require(request, "deals.add_signalsettings")
        wanted, errors = _read(request, now)
        if not errors and request.POST.get("act") == "save":
            return _save(request, wanted)
        if not errors:
            day = judged_day(timezone.now())
            seen = preview(day, now, wanted)
            past = replay(day, now, wanted) if request.POST.get("act") == "replay" else []
    return draw(
        request,
        "admin/deals/signals.html",
        title="Signals",
        rows=[_row(signal, wanted, now, request) for signal in SIGNALS],
        stages=_stages(wanted, request),
        phases=[(phase.value, phase.label) for phase in Phase],
        strengths=request.POST.get("strengths", ", ".join(wanted.strengths))[:MOST_STRENGTHS],
        general=[(name, label, _entered(request, name, getattr(wanted, name))) for name, label, _, _ in _GENERAL],
        base_currency=Organisation.current().base_currency,
        errors=errors,
        seen=_shown(seen) if seen else None,
        past=[_shown(one) for one in past],
        may_edit=may(request, "deals.add_signalsettings"),
        last=SignalSettings.objects.select_related("by").first(),
        presets=_PRESETS,
        report=SignalReport.objects.first(),
    )


@page("deals.view_signalsettings")
def report_page(request: HttpRequest) -> HttpResponse:
    """The newest report; a POST has one made now."""
    if request.method == "POST":
        require(request, "pipeline.add_run")
        async_task("deals.tasks.report_on_signals", True)
        messages.success(request, "The report is being made; large lists take a minute or two. Reload to see it.")
        return redirect("signal_report")
    kept = SignalReport.objects.first()
    report = Report.from_json(kept.values) if kept else None
    enabled = current_settings().enabled
    return draw(
        request,
        "admin/deals/signal_report.html",
        title="Do the signals keep their word?",
        kept=kept,
        report=report,
        lines=[_line(line, line.code in enabled) for line in report.lines if line.fired.number or line.clear.number]
        if report
        else [],
        silent=[BY_CODE[one.code].title for one in report.lines if not (one.fired.number or one.clear.number)]
        if report
        else [],
    )


def _read(request: HttpRequest, now: Settings) -> tuple[Settings, list[str]]:
    """The settings entered, and a sentence for each entry that cannot be read."""
    values: dict[str, Any] = now.to_json()
    errors: list[str] = []
    for name, label, low, high in _GENERAL:
        try:
            values[name] = _number(request.POST.get(name, ""), label, low, high)
        except NotANumber as error:
            errors.append(str(error))
    limits: dict[str, dict[str, float]] = {}
    for signal in SIGNALS:
        for limit in signal.limits:
            field, label = f"{signal.code}-{limit.name}", f"{signal.title}, {limit.label.lower()}"
            try:
                entered = _number(request.POST.get(field, ""), label, limit.low, limit.high)
            except NotANumber as error:
                errors.append(str(error))
                continue
            if entered != limit.default:
                limits.setdefault(signal.code, {})[limit.name] = entered
    values |= {
        "limits": limits,
        "enabled": [one.code for one in SIGNALS if f"on-{one.code}" in request.POST],
        "phases": _phases(request, now),
        "strengths": _strengths(request.POST.get("strengths", "")),
    }
    values["youngest_days"] = int(values["youngest_days"])
    if not errors and values["small_below"] > values["enterprise_from"]:
        errors.append("Small deals must end below where enterprise deals start.")
    return Settings.from_json(values), errors


def _phases(request: HttpRequest, now: Settings) -> dict[str, int]:
    """Stage → the phase chosen for it; a stage left to its name is not among them, one not shown keeps its own."""
    kept = {stage: int(phase) for stage, phase in now.phases.items() if f"phase-{stage}" not in request.POST}
    chosen = {key.removeprefix("phase-"): value for key, value in request.POST.items() if key.startswith("phase-")}
    known = {str(int(phase)) for phase in Phase}
    return kept | {stage[:80]: int(value) for stage, value in chosen.items() if value in known}


def _strengths(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", text[:MOST_STRENGTHS]))
    return list(dict.fromkeys(part for part in parts if len(part) > 2))


def _stages(wanted: Settings, request: HttpRequest) -> list[dict[str, Any]]:
    """Open stages in their order, with the phase a person chose and the one their name speaks for."""
    guessed = backdrop_of(judged_day(timezone.now()), replace(current_settings(), phases={})).stages
    found: dict[str, dict[str, Any]] = {}
    for stages in guessed.values():
        for name in stages.names:
            chosen = wanted.phases.get(name)
            found.setdefault(
                name,
                {
                    "name": name,
                    "guess": stages.phases[name].label,
                    "chosen": "" if chosen is None else str(int(chosen)),
                },
            )
    return list(found.values())[:MOST_STAGES]


def _number(text: str, label: str, low: float, high: float) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise NotANumber(f"{label}: “{text[:20]}” is no number.") from None
    if not low <= number <= high:
        raise NotANumber(f"{label}: {number:g} is not between {low:g} and {high:g}.")
    return number


def _save(request: HttpRequest, wanted: Settings) -> HttpResponse:
    user = person(request)
    SignalSettings.objects.create(values=wanted.to_json(), valid_from=timezone.now(), by=user)
    try:
        start("assess-deals", by=user, as_of=judged_day(timezone.now()))
        wake()
        messages.success(request, "Saved. All deals are being judged anew.")
    except AlreadyRunning:
        messages.success(request, "Saved. The next assessment uses the new limits.")
    return redirect("signals")


def _row(signal: Signal, wanted: Settings, now: Settings, request: HttpRequest) -> dict[str, Any]:
    return {
        "code": signal.code,
        "title": signal.title,
        "about": signal.about,
        "group": signal.group.label,
        "weight": signal.weight,
        "is_on": signal.code in wanted.enabled,
        "is_default": signal.is_on,
        "limits": [_limit(signal, limit, wanted, request) for limit in signal.limits],
        "is_changed": any(wanted.limit(signal.code, one.name) != one.default for one in signal.limits),
    }


def _limit(signal: Signal, limit: Limit, wanted: Settings, request: HttpRequest) -> dict[str, Any]:
    field = f"{signal.code}-{limit.name}"
    return {
        "field": field,
        "label": limit.label,
        "unit": {"percent": "%", "times": "×", "number": "", "people": "", "points": "pts"}.get(limit.unit, limit.unit),
        "value": _entered(request, field, wanted.limit(signal.code, limit.name)),
        "default": f"{limit.default:g}",
        "is_scaled": limit.is_scaled,
    }


def _entered(request: HttpRequest, field: str, value: float) -> str:
    """What was typed, also where it cannot be read, so that it can be corrected."""
    return request.POST.get(field, f"{value:g}")[:20]


def _shown(seen: Preview) -> dict[str, Any]:
    return {
        "seen": seen,
        "bands": [(band, tone_of(band), old, new) for band, old, new in seen.bands if old or new],
        "shifts": [
            (one, tone_of(one.before.health.band), tone_of(one.after.health.band)) for one in seen.shifts[:MOST_SHOWN]
        ],
        "more": max(0, len(seen.shifts) - MOST_SHOWN),
    }


def _line(line: Line, is_on: bool) -> dict[str, Any]:
    return {
        "line": line,
        "title": BY_CODE[line.code].title,
        "is_on": is_on,
        "fired": _rate(line.fired),
        "clear": _rate(line.clear),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = (round(100 * bound) for bound in rate.range)
    share = round(100 * rate.share) if rate.share is not None else None
    return {"low": low, "high": high, "width": max(1, high - low), "share": share, "number": rate.number}
