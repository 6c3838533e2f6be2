"""What signals see of one deal as it was at the end of a day: values, history, contacts, people, and its peers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from deals.signals.stages import STAGE_DAYS, STAGE_RATES, Phase, Stages


class Part(StrEnum):
    """A person's part in a deal, as far as signals ask for it."""

    ECONOMIC_BUYER = "economic buyer"
    CHAMPION = "champion"
    OTHER = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Touch:
    """A contact with the buying side that was held, or a meeting that is planned.

    `kind` is email, call, meeting or message; `direction` is "in", "out" or "" (not told); `people` are the contacts of
    the buying side who took part. A call that nobody took (`is_reached` false) counts as a message. Automatic mail and
    messages to crowds are no touches.
    """

    activity_id: int
    on: date
    kind: str
    direction: str = ""
    people: tuple[int, ...] = ()
    subject: str = ""
    is_reached: bool = True

    @property
    def evidence(self) -> str:
        return f"activity:{self.activity_id}"

    @property
    def is_two_sided(self) -> bool:
        """A meeting happens on both sides, and so does a call that somebody took."""
        return self.kind == "meeting" or (self.kind == "call" and self.is_reached)

    @property
    def is_inbound(self) -> bool:
        return not self.is_two_sided and self.direction == "in"

    @property
    def is_outbound(self) -> bool:
        return not self.is_two_sided and self.direction == "out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A field took a new value on a day; values are text (ISO for dates, plain digits for amounts)."""

    change_id: int
    on: date
    field: str
    old: str
    new: str

    @property
    def evidence(self) -> str:
        return f"change:{self.change_id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody of the buying side: named in the deal or part of what happened.

    `is_named` says that the deal names the person, not only that an activity did; `is_confirmed` that somebody here
    said so. `left_evidence` points at what tells that the person has left.
    """

    contact_id: int
    name: str
    title: str = ""
    parts: tuple[Part, ...] = ()
    role_ids: tuple[int, ...] = ()
    is_named: bool = False
    is_confirmed: bool = False
    is_senior: bool = False
    email_domain: str = ""
    is_private_address: bool = False
    account_id: int | None = None
    account_name: str = ""
    has_left: bool = False
    left_evidence: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        return tuple(f"role:{pk}" for pk in self.role_ids) or (f"contact:{self.contact_id}",)


@dataclass(frozen=True, kw_only=True)
class Twin:
    """Another open deal of the same account."""

    deal_id: int
    name: str
    base_amount: float | None = None
    close_date: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """A colleague who knows somebody of the account well."""

    colleague: str
    contact_id: int
    name: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Peers:
    """What won deals of the same pipeline and size teach: medians in days, shrunk to the defaults.

    `stage_rates` are shares of deals that were won among those that reached a stage, drawn to the defaults; `reached`
    has the bare numbers behind them, (won, all). `large_amount` is the 75th percentile of amounts in the base currency
    (None: too few to tell).
    """

    won: int = 0
    stage_days: Mapping[str, float] = field(default_factory=dict)
    cycle_days: float = sum(STAGE_DAYS.values())
    stage_rates: Mapping[str, float] = field(default_factory=dict)
    reached: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    large_amount: float | None = None


@dataclass(frozen=True, kw_only=True)
class DealCase:
    """One deal as of the end of `as_of`, everything that signals judge and nothing that came later.

    `unknown` names what cannot be told for that day: a field that the deal's source never fills, that was overwritten
    when the deal closed, "activities" where nobody's mail and calendar are known, "people", "roles",
    "next_activity" where next steps have no dates, "strengths" where nobody has entered what sets us apart.
    `history_since` gives, per field, the first day from which its changes are known (the deal's whole life where that
    lies before its creation). `base_amount` is the amount in the organisation's currency, None without a rate.
    `qualification` maps an item of MEDDPICC to empty, claimed, quoted or confirmed; None where nobody looked.
    `competitor_on` is the day a competitor was named last, `answered_on` the day we last said what sets us apart.
    `senior_ties` are colleagues who know somebody senior of the account, the strongest first.
    """

    deal_id: int
    as_of: date
    name: str = ""
    is_closed: bool = False
    is_won: bool = False
    stage: str = ""
    pipeline: str = ""
    amount: float | None = None
    currency: str = ""
    base_amount: float | None = None
    close_date: date | None = None
    created_on: date | None = None
    next_step: str = ""
    forecast_category: str = ""
    probability: float | None = None
    owner_id: int | None = None
    owner: str = ""
    is_owner_active: bool = True
    account_id: int | None = None
    account: str = ""
    account_domains: frozenset[str] = frozenset()
    last_activity_on: date | None = None
    next_activity_on: date | None = None
    history: tuple[Change, ...] = ()
    history_since: Mapping[str, date] = field(default_factory=dict)
    touches: tuple[Touch, ...] = ()
    planned: tuple[Touch, ...] = ()
    people: tuple[Person, ...] = ()
    twins: tuple[Twin, ...] = ()
    senior_ties: tuple[Tie, ...] = ()
    qualification: Mapping[str, str] | None = None
    competitor: str | None = None
    competitor_on: date | None = None
    answered_on: date | None = None
    stages: Stages = field(default_factory=Stages)
    peers: Peers = field(default_factory=Peers)
    unknown: frozenset[str] = frozenset()
    snoozed: frozenset[str] = frozenset()

    # What is known

    def knows(self, *names: str) -> bool:
        return self.unknown.isdisjoint(names)

    def knows_since(self, name: str, day: date | None) -> bool:
        """Whether every change of the field from `day` on is known; None asks for the deal's whole life."""
        since = self.history_since.get(name)
        start = day if day is not None else self.created_on
        if since is None or start is None:
            return False
        return since <= max(start, self.created_on or start)

    def changes(self, name: str) -> list[Change]:
        """The field's changes, oldest first."""
        return [change for change in self.history if change.field == name]

    # Time

    def days_since(self, day: date) -> int:
        return (self.as_of - day).days

    def back(self, days: int) -> date:
        return self.as_of - timedelta(days=days)

    @property
    def age_days(self) -> int | None:
        return self.days_since(self.created_on) if self.created_on else None

    @property
    def days_to_close(self) -> int | None:
        return -self.days_since(self.close_date) if self.close_date else None

    # Stage

    @cached_property
    def phase(self) -> Phase | None:
        return self.stages.phase(self.stage)

    def is_at_least(self, phase: Phase) -> bool:
        return self.phase is not None and self.phase >= phase

    @cached_property
    def stage_entry(self) -> Change | None:
        """The change that brought the deal into its present stage."""
        return next((c for c in reversed(self.changes("stage")) if c.new == self.stage and c.old != self.stage), None)

    @property
    def stage_since(self) -> date | None:
        """When the deal entered its stage; for one that never left its first, its creation. None: not known."""
        if self.stage_entry:
            return self.stage_entry.on
        return self.created_on if not self.changes("stage") and self.knows_since("stage", None) else None

    def stage_days(self, stage: str) -> float:
        """The median days of won deals in a stage, or the default of its phase."""
        phase = self.stages.phase(stage)
        return self.peers.stage_days.get(stage, STAGE_DAYS[phase] if phase is not None else STAGE_DAYS[Phase.DISCOVERY])

    @property
    def stage_rate(self) -> float | None:
        """The share of deals won from here, 0 to 1."""
        if self.stage in self.peers.stage_rates:
            return self.peers.stage_rates[self.stage]
        return STAGE_RATES[self.phase] if self.phase is not None else None

    # Contacts

    @property
    def last_contact_on(self) -> date | None:
        """The latest touch, or what the CRM itself says where that is later."""
        told = [self.touches[-1].on] if self.touches else []
        if self.last_activity_on and self.last_activity_on <= self.as_of:
            told.append(self.last_activity_on)
        return max(told, default=None)

    @cached_property
    def meetings(self) -> list[Touch]:
        return [touch for touch in self.touches if touch.kind == "meeting"]

    @cached_property
    def told(self) -> list[Touch]:
        """Contacts of which it is known who spoke: us, them, or both."""
        return [touch for touch in self.touches if touch.direction or touch.is_two_sided]

    @cached_property
    def heard(self) -> list[Touch]:
        """Contacts in which they spoke: messages from them, meetings, calls that were taken."""
        return [touch for touch in self.told if touch.is_two_sided or touch.direction == "in"]

    def heard_from(self, people: Iterable[Person]) -> list[Touch]:
        """Contacts in which any of these spoke or took part."""
        ids = {person.contact_id for person in people}
        return [touch for touch in self.heard if not ids.isdisjoint(touch.people)]

    @property
    def has_future_activity(self) -> bool:
        return bool(self.planned) or (self.next_activity_on is not None and self.next_activity_on > self.as_of)

    def meets_within(self, days: int) -> bool:
        """Whether something is scheduled with them in the next `days` days."""
        ahead = [touch.on for touch in self.planned]
        if self.next_activity_on is not None and self.next_activity_on > self.as_of:
            ahead.append(self.next_activity_on)
        return any(self.as_of < day <= self.as_of + timedelta(days=days) for day in ahead)

    # People

    def in_part(self, part: Part) -> list[Person]:
        return [person for person in self.people if part in person.parts]

    def name_of(self, contact_ids: tuple[int, ...]) -> str:
        """The first of these people, "the customer" where none is known."""
        names = {person.contact_id: person.name for person in self.people}
        return next((names[pk] for pk in contact_ids if names.get(pk)), "The customer")
