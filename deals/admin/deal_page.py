"""What the page of a deal shows beside its values: health, people, forecast, timeline, and what is new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from deals.admin.findings import GroupBar, Shown, groups, proofs_of, read_findings, show, unknown
from deals.admin.sections import changed_by, label_of_field
from deals.models import Activity, Assessment, Deal, DealVisit, FieldChange, Snooze
from deals.models.assessments import LONGEST_SNOOZE
from deals.shown import tone_of
from deals.signals.assessing import as_shown, current_settings
from deals.signals.backdrop import Backdrop, backdrop_of
from deals.signals.case import DealCase, Part, Person, Touch
from deals.signals.finding import Finding
from deals.signals.health import Health, health_of
from deals.signals.judging import assess, is_judged
from deals.signals.reassessing import judged_day
from deals.signals.records import load_deals
from deals.signals.report import ENOUGH, wilson
from deals.signals.rules.forecast_mismatch import category_of
from deals.signals.rules.wrong_company import fits
from governance.pages import person
from pipeline.admin.links import change_page

WAS, SHOWN = "was", "shown"
# Eight are shown at once, the rest on demand; all there are stand in lists of their own.
MOST_LINES = 24
WEEKS = 12
_FIRST_DAY = date(1990, 1, 1)
_AXIS, _UNIT, _MOST_BARS = 17, 4, 2
# Looking again within this time is one visit.
ONE_VISIT = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A line of the timeline: an activity or a change of a field."""

    at: datetime
    icon: str
    is_change: bool
    text: str
    detail: str
    url: str
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Contacts of a week on one side, in a picture of 144 × 34 with its axis at 17."""

    x: int
    y: int
    height: int
    side: str


@dataclass(frozen=True, kw_only=True)
class Face:
    """One person as a picture: what came from them and meetings upwards, what came from us downwards, by week."""

    name: str
    title: str
    initials: str
    url: str
    parts: tuple[str, ...]
    tone: str
    note: str
    bars: tuple[Bar, ...]
    last: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Everything the template shows of a deal's health; `assessed_on` is None where the deal is not judged."""

    mode: str
    day: date
    today: date
    is_closed: bool
    health: Health | None
    band: str
    tone: str
    lines: Sequence[Shown]
    groups: Sequence[GroupBar]
    unknown: Sequence[tuple[str, str]]
    snoozed: Sequence[Snooze]
    faces: Sequence[Face]
    forecast: Sequence[tuple[str, str, str]]
    events: Sequence[Event]
    news: Sequence[str]
    news_since: datetime | None
    first_import: date
    why_not: str
    days: dict[str, date]

    @property
    def completeness(self) -> int:
        return round(100 * self.health.completeness) if self.health else 0


def panel(request: HttpRequest, deal: Deal) -> Panel:
    """As it is shown now; with ?on=DAY as it was then, with &how=shown as it was shown then."""
    now = timezone.now()
    today = judged_day(now)
    asked = _day(request.GET.get("on", ""), today)
    mode = (SHOWN if request.GET.get("how") == SHOWN else WAS) if asked else ""
    day = asked or today
    case, backdrop = _case(deal, day)
    findings = _findings(deal, day, mode, case, backdrop)
    health = health_of(findings) if findings is not None else None
    band = str(health.band) if health else ""
    proofs = proofs_of(line.finding for line in health.lines) if health else {}
    before = _visit(request, deal, now) if not mode else None
    return Panel(
        mode=mode,
        day=day,
        today=today,
        is_closed=case.is_closed if case else deal.is_closed,
        health=health,
        band=band,
        tone=tone_of(band),
        lines=show(health, proofs) if health else [],
        groups=groups(health) if health else [],
        unknown=unknown(findings or ()),
        snoozed=_snoozed(deal, today) if not mode else (),
        faces=_faces(case) if case else [],
        forecast=_forecast(case, health) if case else [],
        events=_events(request, deal, backdrop.frame.end if mode else None),
        news=_news(deal, before, health) if before else (),
        news_since=before,
        first_import=backdrop.frame.calendar.day(deal.first_seen_at),
        why_not=_why_not(deal, case, day, mode),
        days={"first": today + timedelta(days=1), "usual": today + timedelta(days=7), "last": today + LONGEST_SNOOZE},
    )


def _day(text: str, today: date) -> date | None:
    """The day asked for, at most today; None where it is none."""
    try:
        return min(max(date.fromisoformat(text), _FIRST_DAY), today)
    except ValueError:
        return None


def _case(deal: Deal, day: date) -> tuple[DealCase | None, Backdrop]:
    backdrop = backdrop_of(day, current_settings())
    return next(load_deals(backdrop, [deal.pk]), None), backdrop


def _findings(deal: Deal, day: date, mode: str, case: DealCase | None, backdrop: Backdrop) -> Sequence[Finding] | None:
    """What signals say, or said; None where the deal is not judged or was not shown."""
    if mode == SHOWN:
        kept = as_shown(deal.pk, day)
    else:
        kept = Assessment.objects.filter(deal=deal, is_latest=True).select_related("decision").first()
    if deal.is_closed and not mode:
        return None
    if mode == SHOWN or (not mode and kept is not None):
        return read_findings(kept.decision.evidence) if kept else None
    if case is None or not is_judged(case, backdrop.settings):
        return None
    return assess(case, backdrop.settings).findings


def _why_not(deal: Deal, case: DealCase | None, day: date, mode: str) -> str:
    """Why there is no health to show."""
    if mode == SHOWN:
        return "Nothing had been shown yet on that day."
    if case is None:
        return f"The deal did not exist on {date_format(day, 'j F Y')}."
    if case.is_closed or (deal.is_closed and not mode):
        return "Closed deals are not judged."
    return "The deal is too young to be judged."


def _snoozed(deal: Deal, today: date) -> list[Snooze]:
    running = Snooze.objects.filter(deal=deal, ended_at=None, since__lte=today, until__gt=today)
    return list(running.select_related("by"))


# What is new


def _visit(request: HttpRequest, deal: Deal, now: datetime) -> datetime | None:
    """Notes the visit; when the user was here before it, None at the first."""
    user = person(request)
    visit = DealVisit.objects.filter(deal=deal, user=user).first()
    if visit is None:
        DealVisit.objects.get_or_create(deal=deal, user=user, defaults={"at": now})
        return None
    if now - visit.at < ONE_VISIT:
        return visit.before
    DealVisit.objects.filter(pk=visit.pk, at=visit.at).update(at=now, before=visit.at)
    return visit.at


def _news(deal: Deal, since: datetime, health: Health | None) -> list[str]:
    """What was recorded since, a short sentence each."""
    found = []
    changes = FieldChange.objects.filter(deal=deal, recorded_at__gt=since).exclude(field="role").order_by("-pk")[:5]
    found += [_changed(change) for change in changes]
    number = Activity.objects.filter(deal=deal, recorded_at__gt=since).count()
    if number:
        found.append("1 new activity" if number == 1 else f"{number:,} new activities")
    old = Assessment.objects.filter(deal=deal, assessed_at__lte=since).order_by("-pk").first()
    if old is not None and health is not None and old.health != health.score:
        found.append(f"Health {old.health} → {health.score}")
    return found


def _changed(change: FieldChange) -> str:
    label = label_of_field(Deal, change.field)
    old, new = (_short(text) for text in (change.old, change.new))
    return f"{label}: {old or 'nothing'} → {new or 'nothing'}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


# People


def _faces(case: DealCase) -> list[Face]:
    """People named in the deal, then those who only took part, the busiest first; at most ten."""
    met: dict[int, list[Touch]] = {}
    for touch in case.touches:
        for contact in touch.people:
            met.setdefault(contact, []).append(touch)
    ordered = sorted(case.people, key=lambda p: (not p.is_named, -len(met.get(p.contact_id, ())), p.contact_id))
    return [_face(case, person, met.get(person.contact_id, ())) for person in ordered[:10]]


def _face(case: DealCase, person: Person, touches: Sequence[Touch]) -> Face:
    heard = [touch for touch in touches if touch.is_inbound or touch.is_two_sided]
    names = {Part.CHAMPION: "champion", Part.ECONOMIC_BUYER: "economic buyer"}
    is_stranger = person.is_named and not person.is_confirmed and not fits(case, person)
    if person.has_left:
        tone, note = "bad", "seems to have left"
    elif is_stranger:
        tone, note = "warn", f"of another company? {person.email_domain or person.account_name}"
    elif heard and case.days_since(heard[-1].on) <= 30:
        tone, note = "good", ""
    else:
        tone, note = "", "" if person.is_named else "not named in the deal"
    return Face(
        name=person.name,
        title=person.title,
        initials="".join(word[0] for word in person.name.split()[:2]).upper(),
        url=reverse("admin:deals_contact_change", args=[person.contact_id]),
        parts=tuple(names[part] for part in person.parts if part in names),
        tone=tone,
        note=note,
        bars=_bars(case, touches),
        last=f"heard {case.days_since(heard[-1].on)} d ago"
        if heard
        else ("not heard yet" if touches else "no contact"),
        count=len(touches),
    )


def _bars(case: DealCase, touches: Iterable[Touch]) -> tuple[Bar, ...]:
    """The last week stands right; what came from us hangs below the line, all else stands above it."""
    weeks: dict[int, dict[str, int]] = {}
    for touch in touches:
        week = WEEKS - 1 - case.days_since(touch.on) // 7
        if week >= 0:
            side = "met" if touch.is_two_sided else "in" if touch.is_inbound else "out"
            sides = weeks.setdefault(week, {})
            sides[side] = min(_MOST_BARS, sides.get(side, 0) + 1)
    bars = []
    for week, sides in sorted(weeks.items()):
        x, above = 12 * week + 2, _UNIT * sides.get("in", 0)
        heights = {side: _UNIT * number for side, number in sides.items()}
        tops = {"in": _AXIS - above, "met": _AXIS - above - heights.get("met", 0), "out": _AXIS}
        bars += [
            Bar(x=x, y=tops[side], height=heights[side], side=side) for side in ("in", "met", "out") if side in sides
        ]
    return tuple(bars)


# Forecast


def _forecast(case: DealCase, health: Health | None) -> list[tuple[str, str, str]]:
    """(what, what the CRM says, what the evidence says)."""
    needed = sum(case.stage_days(stage) for stage in case.stages.from_here(case.stage))
    likely = date_format(case.as_of + timedelta(days=round(needed)), "j M Y") if needed else "unknown"
    category = category_of(case.forecast_category) or case.forecast_category
    score = f"health {health.score} of 100" if health and health.completeness >= 0.5 else "not enough data"
    return [
        ("Category", category or "none", score),
        (
            "Probability",
            f"{round(100 * case.probability)} %" if case.probability is not None else "none",
            _won_from_here(case),
        ),
        (
            "Closes",
            date_format(case.close_date, "j M Y") if case.close_date else "no date",
            f"about {likely}, at the pace of won deals" if needed else "unknown",
        ),
    ]


def _won_from_here(case: DealCase) -> str:
    """The share of deals won from this stage: a range while few deals have shown it."""
    won, number = case.peers.reached.get(case.stage, (0, 0))
    if number >= ENOUGH:
        return f"{round(100 * won / number)} % of {number:,} deals were won from here"
    if number:
        low, high = (round(100 * bound) for bound in wilson(won, number))
        return f"{won} of {number} deals were won from here: {low} to {high} %"
    return f"usually {round(100 * case.stage_rate)} %; no deal of yours has shown it" if case.stage_rate else "unknown"


# The timeline

_ICONS = {
    "email": "mail", "call": "call", "meeting": "groups", "note": "sticky_note_2", "task": "task_alt",
    "message": "chat",
}  # fmt: skip


# What a line of the timeline says of an activity, read without what its row and record hold.
_TOLD = ("pk", "kind", "direction", "is_planned", "subject", "happened_at", "owner__name",
         "record__row", "record__row__line", "record__row__file__name")  # fmt: skip
_KINDS, _DIRECTIONS = dict(Activity.Kind.choices), dict(Activity.Direction.choices)


def _events(request: HttpRequest, deal: Deal, end: datetime | None) -> list[Event]:
    """The latest activities and changes together, newest first; up to the end of a past day."""
    activities = deal.activities.visible_to(request.user).exclude(happened_at=None)  # type: ignore[attr-defined]
    changes = FieldChange.objects.filter(deal=deal).exclude(field__in=("last_activity_at", "next_activity_at", "role"))
    if end is not None:
        activities, changes = activities.filter(happened_at__lt=end), changes.filter(happened_at__lt=end)
    found = [
        *(_activity(one) for one in activities.values_list(*_TOLD, named=True)[:MOST_LINES]),
        *(_change(one) for one in changes.select_related("by", "row__file")[:MOST_LINES]),
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)[:MOST_LINES]


def _activity(one: Any) -> Event:
    kind = _KINDS.get(one.kind, one.kind)
    planned = "planned" if one.is_planned else ""
    parts = (kind, _DIRECTIONS[one.direction] if one.direction else "", planned, one.owner__name or "")
    return Event(
        at=one.happened_at,
        icon=_ICONS.get(one.kind, "event_note"),
        is_change=False,
        text=one.subject or kind,
        detail=" · ".join(part for part in parts if part),
        url=change_page("deals_activity", one.pk),
        source=f"{one.record__row__file__name}, line {one.record__row__line:,}",
        source_url=change_page("pipeline_row", one.record__row),
    )


def _change(one: FieldChange) -> Event:
    by = changed_by(one)
    return Event(
        at=one.happened_at,
        icon="edit",
        is_change=True,
        text=_changed(one),
        detail="" if by.url else str(by.value),
        url="",
        source=str(by.value) if by.url else "",
        source_url=by.url,
    )
