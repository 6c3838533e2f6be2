"""What a day's deals are judged against: stages in order, won peers by size, and what each source tells at all."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Max, Min, Subquery
from django.utils import timezone

from deals.models import Activity, Deal, DealRole, ExchangeRate, FieldChange, Participant
from deals.rates import Rates
from deals.signals.case import Peers
from deals.signals.clock import Calendar
from deals.signals.peers import Past, by_pipeline, learn
from deals.signals.settings import SIZES, Settings
from deals.signals.stages import Stages, order_stages
from deals.signals.states import Book, Frame, State, frame_of, read_book
from governance.models import Organisation
from pipeline.models import Record

# Fields that may be empty because nobody fills them in that system, or because somebody forgot.
_KEPT = ("amount", "close_date", "forecast_category", "probability", "owner_id", "next_step", "next_activity_on")

MOST_REMEMBERED = 3
_REMEMBERED: dict[tuple[object, ...], "_Remembered"] = {}
# Of so many deals the states are read singly; beyond, all are.
_MOST_RENEWED = 500
# All are read again after this long: some of what they rest on (an account's name) leaves no mark.
_WHOLE_AFTER_S = 600
_LONGEST_TRANSACTION = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Backdrop:
    """All deals' states of a day and what they teach."""

    frame: Frame
    settings: Settings
    states: Mapping[int, State]
    active_sources: frozenset[int]
    has_people: bool
    role_sources: frozenset[int]

    @property
    def as_of(self) -> date:
        return self.frame.as_of

    @cached_property
    def stages(self) -> dict[str, Stages]:
        """Per pipeline its open stages in order."""
        shut = {state.stage for state in self.states.values() if state.is_closed}
        seen = [(s.pipeline, s.stage, s.probability) for s in self.states.values() if s.stage and not s.is_closed]
        visits: dict[str, list[tuple[str, ...]]] = {}
        for state in self.states.values():
            path = tuple(stage for stage, _ in state.stages if stage not in shut)
            visits.setdefault(state.pipeline, []).append(path)
            seen += [(state.pipeline, stage, None) for stage in path]
        return {
            pipeline: order_stages(odds, visits.get(pipeline, ()), self.settings.phases)
            for pipeline, odds in by_pipeline(seen).items()
        }

    @cached_property
    def lone_deals(self) -> dict[int, int]:
        """Account → its open deal, where there is exactly one: what happens with the account happens for it."""
        found: dict[int, list[int]] = {}
        for state in self.states.values():
            if state.account_id is not None and not state.is_closed:
                found.setdefault(state.account_id, []).append(state.pk)
        return {account: deals[0] for account, deals in found.items() if len(deals) == 1}

    def on(self, frame: Frame) -> "Backdrop":
        """The same lessons for deals of another day near by, without learning them again."""
        learnt = {"stages": self.stages, "_peers": self._peers, "_kept": self._kept, "lone_deals": self.lone_deals}
        other = replace(self, frame=frame)
        other.__dict__.update(learnt)
        return other

    def stages_of(self, pipeline: str) -> Stages:
        return self.stages.get(pipeline, Stages())

    @cached_property
    def _peers(self) -> dict[tuple[str, str], Peers]:
        pasts: dict[str, list[tuple[str, Past]]] = {}
        amounts: dict[str, list[float]] = {}
        for state in self.states.values():
            if state.base_amount:
                amounts.setdefault(state.pipeline, []).append(state.base_amount)
            if state.is_closed and state.closed_on:
                size = self.settings.size_of(state.base_amount)
                pasts.setdefault(state.pipeline, []).append((size, self._past(state)))
        return {
            (pipeline, size): learn(
                self.stages_of(pipeline),
                [past for its_size, past in pasts.get(pipeline, ()) if its_size == size],
                [past for _, past in pasts.get(pipeline, ())],
                amounts.get(pipeline, ()),
            )
            for pipeline in {state.pipeline for state in self.states.values()}
            for size in SIZES
        }

    def _past(self, state: State) -> Past:
        known = self.stages_of(state.pipeline)
        entered = tuple((stage, on) for stage, on in state.stages if known.place(stage) is not None)
        return Past(is_won=state.is_won, created_on=state.created_on, closed_on=state.closed_on, entered=entered)

    def peers_of(self, state: State) -> Peers:
        return self._peers.get((state.pipeline, self.settings.size_of(state.base_amount)), Peers())

    @cached_property
    def _kept(self) -> dict[int, set[str]]:
        """Source → fields that some deal of it has filled."""
        kept: dict[int, set[str]] = {}
        for state in self.states.values():
            names = kept.setdefault(state.source_id, set())
            names.update(name for name in _KEPT if getattr(state, name) not in (None, ""))
        return kept

    def unknown_of(self, state: State) -> frozenset[str]:
        """What cannot be told about the deal: lost by then, or never kept where it comes from."""
        kept = self._kept.get(state.source_id, set())
        lost = set(state.unknown)
        if not kept & {"next_step", "next_activity_on"}:
            lost.add("next_step")
        if "next_activity_on" not in kept:
            lost.add("next_activity")
        lost |= {name for name in ("amount", "close_date") if name not in kept}
        if "owner_id" not in kept:
            lost.add("owner")
        if state.source_id not in self.active_sources:
            lost |= {"activities", "people"}
        if not self.has_people:
            lost.add("people")
        if not self.settings.strengths:
            lost.add("strengths")
        if state.source_id not in self.role_sources:
            lost.add("roles")
        return frozenset(lost)


def load_backdrop(as_of: date, settings: Settings, book: Book | None = None) -> Backdrop:
    """All deals as of a day, out of a book that was read already or read now."""
    frame = frame_of(as_of, Calendar.current(), load_rates())
    return _over((book or read_book()).at(frame), frame, settings)


def _over(states: Mapping[int, State], frame: Frame, settings: Settings) -> Backdrop:
    roles = DealRole.objects.exclude(role="").order_by().values_list("deal_id", flat=True).distinct()
    return Backdrop(
        frame=frame,
        settings=settings,
        states=states,
        active_sources=_active_sources(states.values(), frame),
        has_people=Participant.objects.exists(),
        role_sources=frozenset(states[pk].source_id for pk in roles if pk in states),
    )


def _active_sources(states: Iterable[State], frame: Frame) -> frozenset[int]:
    """Sources whose activities are here, as far back as the day."""
    first = Activity.objects.aggregate(at=Min("happened_at"))["at"]
    if first is None or first >= frame.end:
        return frozenset()
    sources = {state.source_id for state in states}
    return frozenset(source for source in sources if Record.objects.filter(source=source, kind="activity").exists())


def load_rates() -> Rates:
    rows = ExchangeRate.objects.values_list("currency", "valid_from", "rate")
    return Rates.of(Organisation.current().base_currency, ((c, day, float(rate)) for c, day, rate in rows))


def backdrop_of(as_of: date, settings: Settings) -> Backdrop:
    """The day's backdrop, of which only deals recorded of since are read again: for pages that judge single deals."""
    key = (as_of, repr(settings.to_json()))
    mark = _Mark.now()
    last = _REMEMBERED.get(key)
    if last is not None and last.mark == mark:
        return last.backdrop
    renewed = _renewed(last.backdrop, last.mark.taken_at) if last is not None and last.is_fresh else None
    if last is not None and renewed is not None:
        kept = replace(last, mark=mark, backdrop=renewed)
    else:
        kept = _Remembered(mark=mark, backdrop=load_backdrop(as_of, settings), read_at=time.monotonic())
    _REMEMBERED.pop(key, None)
    while len(_REMEMBERED) >= MOST_REMEMBERED:
        _REMEMBERED.pop(next(iter(_REMEMBERED)), None)
    _REMEMBERED[key] = kept
    return kept.backdrop


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """How far the records went at a moment: it moves with every import, edit, role and rate."""

    deal: int | None
    at: datetime | None
    change: int | None
    activity: int | None
    rate: int | None
    taken_at: datetime = field(compare=False)

    @classmethod
    def now(cls) -> "_Mark":
        taken_at = timezone.now()
        newest = {
            name: Max(Subquery(model._default_manager.order_by("-pk").values("pk")[:1]))
            for name, model in (("change", FieldChange), ("activity", Activity), ("rate", ExchangeRate))
        }
        # One question of the database: every page asks it.
        deals = Deal.objects.aggregate(deal=Max("pk"), at=Max("updated_at"), **newest)
        return cls(**deals, taken_at=taken_at)


@dataclass(frozen=True, kw_only=True)
class _Remembered:
    """A backdrop, the mark it reaches to, and when all of it was read last (seconds of the process's own clock)."""

    mark: _Mark
    backdrop: Backdrop
    read_at: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.read_at < _WHOLE_AFTER_S


def _renewed(old: Backdrop, taken_at: datetime) -> Backdrop | None:
    """The backdrop with the deals recorded of since it was taken read again; None where that is more than a few, or
    where rates, colleagues or what files tell changed, which every state rests on."""
    frame = frame_of(old.as_of, Calendar.current(), load_rates())
    if frame != old.frame:
        return None
    # What was stamped before may have become visible since.
    since = taken_at - _LONGEST_TRANSACTION
    moved = FieldChange.objects.filter(recorded_at__gte=since, deal__isnull=False).order_by()
    touched = Deal.objects.filter(updated_at__gte=since).order_by()
    changed = {
        *moved.values_list("deal_id", flat=True).distinct()[: _MOST_RENEWED + 1],
        *touched.values_list("pk", flat=True)[: _MOST_RENEWED + 1],
    }
    if len(changed) > _MOST_RENEWED:
        return None
    current = set(Deal.objects.filter(is_current=True).values_list("pk", flat=True))
    kept = {pk: state for pk, state in old.states.items() if pk in current and pk not in changed}
    states = kept | read_book(changed).at(frame)
    return _over(dict(sorted(states.items())), frame, old.settings)
