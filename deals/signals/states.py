"""Every deal as it stood at the end of a day: values with later changes taken back, history, and what is not known."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from deals.deal_values import outcome, share
from deals.models import Colleague, Deal, DealLink, FieldChange
from deals.rates import Rates
from deals.signals.case import Change
from deals.signals.clock import Calendar
from deals.signals.replay import Recorded, part, values_at
from pipeline.models import Record

# Fields whose changes are replayed; "role" is kept beside them.
TRACKED = (
    "stage", "amount", "currency", "close_date", "next_step", "forecast_category", "probability", "owner",
    "last_activity_at", "next_activity_at",
)  # fmt: skip
# What closing a deal overwrites: a file imported afterwards tells nothing about the days before.
_OVERWRITTEN = ("stage", "amount", "close_date", "next_step", "forecast_category", "probability")
_OWN_COLUMNS = (
    "pk", "name", "stage", "pipeline", "amount", "currency", "close_date", "next_step", "forecast_category",
    "probability", "owner_id", "last_activity_at", "next_activity_at", "is_closed", "is_won", "created_on",
    "account_id", "account__name", "first_seen_at", "held",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class State:
    """One deal at the end of the day. `roles_later` are changes of its people that came afterwards."""

    pk: int
    name: str
    stage: str
    pipeline: str
    amount: float | None
    currency: str
    base_amount: float | None
    close_date: date | None
    next_step: str
    forecast_category: str
    probability: float | None
    owner_id: int | None
    owner: str
    is_owner_active: bool
    last_activity_on: date | None
    next_activity_on: date | None
    is_closed: bool
    is_won: bool
    closed_on: date | None
    created_on: date | None
    account_id: int | None
    account: str
    first_seen_on: date
    source_id: int
    history: tuple[Change, ...]
    history_since: Mapping[str, date]
    roles_later: tuple[Recorded, ...] = ()
    unknown: frozenset[str] = frozenset()

    @property
    def stages(self) -> list[tuple[str, date]]:
        """Stages with the day the deal came into each, oldest first."""
        return [(change.new, change.on) for change in self.history if change.field == "stage"]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What reading states needs and is the same for all deals of a day."""

    as_of: date
    end: datetime
    calendar: Calendar
    rates: Rates
    colleagues: Mapping[int, tuple[str, bool]]
    told: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def by_name(self) -> dict[str, int]:
        return {name.casefold(): pk for pk, (name, _) in self.colleagues.items()}


def frame_of(as_of: date, calendar: Calendar, rates: Rates) -> Frame:
    people = Colleague.objects.values_list("pk", "name", "is_active")
    return Frame(
        as_of=as_of,
        end=calendar.end_of(as_of),
        calendar=calendar,
        rates=rates,
        colleagues={pk: (name, is_active) for pk, name, is_active in people},
        told=fields_of_history(),
    )


def fields_of_history() -> dict[int, frozenset[str]]:
    """Source → fields whose whole history its files tell, seen from a few rows of theirs."""
    found: dict[int, frozenset[str]] = {}
    rows = Record.objects.filter(kind="stage_change", is_withdrawn=False)
    for source in rows.order_by().values_list("source_id", flat=True).distinct():
        few = rows.filter(source=source).values_list("values", flat=True)[:50]
        names = {name for values in few for name in values}
        found[source] = frozenset({"stage", "amount", "close_date"} & names)
    return found


@dataclass(frozen=True, kw_only=True)
class Book:
    """Every current deal with all its changes, read once: the states of any number of days come out of it."""

    rows: Mapping[int, Mapping[str, Any]]
    recorded: Mapping[int, Sequence[tuple[Recorded, bool, datetime]]]
    source_of: Mapping[int, int]

    def at(self, frame: Frame, deal_ids: Iterable[int] | None = None) -> dict[int, State]:
        """Deals that existed by the end of the day, by id; all of them, or those named."""
        wanted = self.rows if deal_ids is None else deal_ids
        states = (_state(self.rows[pk], self.recorded, self.source_of, frame) for pk in wanted)
        return {state.pk: state for state in states if state is not None}


def read_book(deal_ids: Collection[int] | None = None) -> Book:
    """Of all deals, or those named: three queries, whatever their number."""
    links = DealLink.objects.filter(closed_at=None).order_by("-record_id")
    rows = Deal.objects.filter(is_current=True).order_by("pk")
    changes = FieldChange.objects.filter(deal__is_current=True, field__in=(*TRACKED, "role"))
    if deal_ids is not None:
        links, rows = links.filter(deal__in=deal_ids), rows.filter(pk__in=deal_ids)
        changes = changes.filter(deal__in=deal_ids)
    return Book(
        rows={row[0]: dict(zip(_OWN_COLUMNS, row, strict=True)) for row in rows.values_list(*_OWN_COLUMNS)},
        recorded=_recorded(changes),
        source_of=dict(links.values_list("deal_id", "record__source_id")),
    )


def _recorded(changes: Any) -> dict[int, list[tuple[Recorded, bool, datetime]]]:
    """Deal → its changes, whether a person entered each, and when it was learnt."""
    found: dict[int, list[tuple[Recorded, bool, datetime]]] = {}
    rows = changes.order_by().values_list("deal_id", "pk", "field", "old", "new", "happened_at", "by_id", "recorded_at")
    for deal, pk, name, old, new, happened_at, by, recorded_at in rows.iterator(chunk_size=10_000):
        change = Recorded(pk=pk, field=name, old=old, new=new, happened_at=happened_at)
        found.setdefault(deal, []).append((change, by is not None, recorded_at))
    return found


def _state(
    row: Mapping[str, Any],
    recorded: Mapping[int, Sequence[tuple[Recorded, bool, datetime]]],
    source_of: Mapping[int, int],
    frame: Frame,
) -> State | None:
    created = row["created_on"]
    if created is not None and created > frame.as_of:
        return None
    told = _heeded(recorded.get(row["pk"], ()), row["held"])
    before, later = part(told, frame.end)
    values, lost = values_at(_shown(row, frame), before, later)
    first_seen = frame.calendar.day(row["first_seen_at"])
    source = source_of.get(row["pk"], 0)
    since = history_since(before + later, frame, created, first_seen, frame.told.get(source, frozenset()))
    closed_on = _closed_on(row, before + later, frame)
    was_open = closed_on is not None and closed_on > frame.as_of
    if was_open:
        gone = {name for name in _OVERWRITTEN if since.get(name, first_seen) > frame.as_of and not _told(name, later)}
        values |= dict.fromkeys(gone, "")
        lost = lost | gone
    is_closed, is_won = outcome(values["stage"], None, None)
    if row["is_closed"] and not was_open:
        is_closed, is_won = True, row["is_won"]
    elif not row["is_closed"] and not _told("stage", later):
        is_closed = is_won = False
    return State(
        pk=row["pk"],
        name=row["name"],
        pipeline=row["pipeline"],
        is_closed=is_closed,
        is_won=is_won,
        closed_on=closed_on if not was_open else None,
        created_on=created,
        account_id=row["account_id"],
        account=row["account__name"] or "",
        first_seen_on=first_seen,
        source_id=source,
        history=tuple(_change(change, frame) for change in before if change.field != "role"),
        history_since=since,
        roles_later=tuple(change for change in later if change.field == "role"),
        unknown=lost,
        **_typed(values, row, frame),
    )


def _heeded(told: Iterable[tuple[Recorded, bool, datetime]], held: Mapping[str, Any]) -> list[Recorded]:
    """Without what imports say of a field after a person took it over: the deal does not show that."""
    since = {name: str(mark.get("at") or "") for name, mark in held.items()}
    return [
        change
        for change, is_by_person, learnt in told
        if is_by_person or change.field not in since or learnt.isoformat() <= since[change.field]
    ]


def _told(name: str, changes: Iterable[Recorded]) -> bool:
    return any(change.field == name for change in changes)


def history_since(
    changes: Iterable[Recorded], frame: Frame, created: date | None, first_seen: date, told: frozenset[str]
) -> dict[str, date]:
    """Field → the first day from which its changes are known: the import, or where a file's own history begins."""
    since = dict.fromkeys(TRACKED, min(first_seen, frame.as_of) if first_seen <= frame.as_of else first_seen)
    moved = [frame.calendar.day(change.happened_at) for change in changes if change.field == "stage"]
    if moved and min(moved) < first_seen:
        begin = min(moved)
        if created is not None and begin <= created + timedelta(days=2):
            begin = created
        since |= dict.fromkeys({"stage", *told}, begin)
    return since


def _closed_on(row: Mapping[str, Any], changes: Iterable[Recorded], frame: Frame) -> date | None:
    """The day a closed deal was closed: of its last change of stage, else its close date; None for an open one."""
    if not row["is_closed"]:
        return None
    moves = [change for change in changes if change.field == "stage" and change.new == row["stage"]]
    if moves:
        return frame.calendar.day(moves[-1].happened_at)
    return row["close_date"] or frame.calendar.day(row["first_seen_at"])  # type: ignore[no-any-return]


def _shown(row: Mapping[str, Any], frame: Frame) -> dict[str, str]:
    """The deal's present values as text; its owner by name."""
    texts = {name: "" if row[name] is None else str(row[name]) for name in TRACKED if name != "owner"}
    return texts | {"owner": frame.colleagues.get(row["owner_id"], ("", True))[0]}


def _typed(values: Mapping[str, str], row: Mapping[str, Any], frame: Frame) -> dict[str, Any]:
    amount, currency = number(values["amount"]), values["currency"]
    probability = number(values["probability"])
    owner = values["owner"]
    owner_id = row["owner_id"]
    if owner != frame.colleagues.get(owner_id, ("", True))[0]:
        owner_id = frame.by_name.get(owner.casefold())
    return {
        "stage": values["stage"],
        "amount": amount,
        "currency": currency,
        "base_amount": frame.rates.convert(amount, currency, frame.as_of),
        "close_date": day_of(values["close_date"]),
        "next_step": values["next_step"],
        "forecast_category": values["forecast_category"],
        "probability": share(probability) if probability is not None else None,
        "owner_id": owner_id,
        "owner": owner,
        "is_owner_active": frame.colleagues.get(owner_id, ("", True))[1] if owner_id else True,
        "last_activity_on": _moment_day(values["last_activity_at"], frame),
        "next_activity_on": _moment_day(values["next_activity_at"], frame),
    }


def _change(change: Recorded, frame: Frame) -> Change:
    return Change(
        change_id=change.pk,
        on=frame.calendar.day(change.happened_at),
        field=change.field,
        old=change.old,
        new=change.new,
    )


def number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _moment_day(text: str, frame: Frame) -> date | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    if moment is None:
        return None
    return frame.calendar.day(moment) if moment.tzinfo else moment.date()
