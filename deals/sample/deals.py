"""The eighty deals (times scale): who, how much, and every change of stage, amount and close date with its day."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from deals.sample.account_records import AccountRecord, System, moment
from deals.sample.colleagues import FORMER, Colleague, owner_of
from deals.sample.contact_records import ContactRecord
from deals.sample.ids import hubspot_id, salesforce_id
from deals.sample.pipelines import LOST, WON
from deals.sample.plots import PLOTS, Plot
from deals.sample.wording import LOSS_REASONS, NEXT_STEPS, PRODUCTS

PER_EURO = {"EUR": 1.0, "USD": 1.1, "GBP": 0.9, "SEK": 11.0}
_NAMES = (
    "{firm} - {product}, {seats} users",
    "{firm} - {product}",
    "{firm}: {product} pilot {city}",
    "{firm} {city} rollout",
    "{product} for {firm}",
    "{firm} / {seats} technicians",
    "{firm} - field service planning",
)
_REPEAT_NAMES = (
    "{firm} renewal {year}",
    "{firm} - expansion {city}",
    "{firm}: {product} add-on",
    "{firm} +{seats} users",
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """The state of a deal from a moment on: stage 0 to 4, 5 won or 6 lost; the amount in whole currency units."""

    when: datetime
    stage: int
    amount: int | None
    close: date


@dataclass(frozen=True, kw_only=True)
class Deal:
    """A deal as one CRM holds it. `contacts` come in the order of their weight; the first is who we talk to most."""

    id: str
    system: System
    plot: Plot
    account: AccountRecord
    contacts: tuple[ContactRecord, ...]
    engaged: tuple[ContactRecord, ...]
    name: str
    kind: str
    product: str
    seats: int
    currency: str
    owner: Colleague
    changes: tuple[Change, ...]
    silence: int
    next_step: str = ""
    loss_reason: str = ""

    @property
    def created(self) -> datetime:
        return self.changes[0].when

    @property
    def now(self) -> Change:
        return self.changes[-1]

    @property
    def is_closed(self) -> bool:
        return self.now.stage in {WON, LOST}

    def stage_at(self, when: datetime) -> int:
        """The stage the deal was in at that moment."""
        stage = self.changes[0].stage
        for change in self.changes:
            if change.when > when:
                break
            stage = change.stage
        return stage


def build_deals(contacts: list[ContactRecord], *, as_of: date, scale: int, seed: int) -> list[Deal]:
    """80 × scale deals in order of creation within each system."""
    desk = _Desk(contacts, as_of, seed)
    drafts = [
        desk.draft(plot, number, block) for block in range(scale) for plot in PLOTS for number in range(plot.count)
    ]
    issue = {"hubspot": hubspot_id, "salesforce": salesforce_id}
    deals: list[Deal] = []
    for system in ("hubspot", "salesforce"):
        ordered = sorted((d for d in drafts if d.system == system), key=lambda d: (d.created, d.name))
        deals += [replace(draft, id=issue[system]("deal", number)) for number, draft in enumerate(ordered)]
    return deals


class _Desk:
    """Draws up deals and remembers which firms have some already."""

    def __init__(self, contacts: list[ContactRecord], as_of: date, seed: int) -> None:
        self.rng = Random(f"{seed}/deals")
        self.as_of = as_of
        self.staff: dict[tuple[System, int], list[ContactRecord]] = defaultdict(list)
        for contact in contacts:
            if contact.account and not contact.is_duplicate:
                self.staff[contact.system, contact.account.firm.key].append(contact)
        self.firms: dict[tuple[System, int], list[int]] = defaultdict(list)
        for (system, firm_key), staff in self.staff.items():
            self.firms[system, staff[0].person.block].append(firm_key)
        self.load: dict[tuple[System, int], int] = defaultdict(int)
        self.last: dict[System, Deal] = {}

    def draft(self, plot: Plot, number: int, block: int) -> Deal:
        system: System = plot.system or ("hubspot" if number % 9 in {0, 2, 4, 6, 7} else "salesforce")
        original = self.last.get(system) if plot.name == "look_alike" else None
        firm_key = original.account.firm.key if original else self._firm(system, plot, block)
        staff = sorted(self.staff[system, firm_key], key=lambda c: (c.person.title.role != "Champion", c.person.key))
        account = staff[0].account
        assert account is not None
        engaged = tuple(staff[: self._in(plot.people)])
        is_repeat = self.load[system, firm_key] > 0 or self.rng.random() < 0.25
        self.load[system, firm_key] += 1
        product = self.rng.choice(PRODUCTS)
        seats = max(12, min(600, round(account.firm.employees * self.rng.uniform(0.07, 0.25))))
        silence = self._in(plot.silence)
        deal = Deal(
            id="",
            system=system,
            plot=plot,
            account=account,
            contacts=engaged + self._stranger(plot, system, block, firm_key),
            engaged=engaged,
            name=self._name(account, product, seats, is_repeat),
            kind="Existing Business" if is_repeat else "New Business",
            product=product,
            seats=seats,
            currency=account.firm.country.currency,
            owner=FORMER if plot.name == "no_owner" else owner_of(account.firm.country.code),
            changes=self._changes(plot, seats, account.firm.country.currency, silence),
            silence=silence,
            next_step=self._next_step(plot, engaged),
            loss_reason=self.rng.choice(LOSS_REASONS) if plot.name == "lost" else "",
        )
        if original:
            deal = replace(deal, name=_almost(original.name), currency=original.currency)
        if not deal.is_closed:
            self.last[system] = deal
        return deal

    def _in(self, limits: tuple[int, int]) -> int:
        return self.rng.randint(*limits)

    def _firm(self, system: System, plot: Plot, block: int) -> int:
        """A firm of the block with enough people, those with fewest deals first."""
        enough = [key for key in self.firms[system, block] if len(self.staff[system, key]) >= plot.people[0]]
        sample = self.rng.sample(enough, min(6, len(enough)))
        return min(sample, key=lambda key: (self.load[system, key], key))

    def _stranger(self, plot: Plot, system: System, block: int, firm_key: int) -> tuple[ContactRecord, ...]:
        """Somebody of another firm whom a slip of the mouse hung on this deal."""
        if plot.name != "stranger":
            return ()
        others = [key for key in self.firms[system, block] if key != firm_key]
        return (self.staff[system, self.rng.choice(others)][0],)

    def _next_step(self, plot: Plot, engaged: tuple[ContactRecord, ...]) -> str:
        if not plot.has_next_step or plot.stages[0] >= WON:
            return ""
        return self.rng.choice(NEXT_STEPS).format(first=engaged[0].person.given)

    def _name(self, account: AccountRecord, product: str, seats: int, is_repeat: bool) -> str:
        pattern = self.rng.choice(_REPEAT_NAMES if is_repeat else _NAMES)
        firm = account.firm
        year = self.as_of.year + 1
        return pattern.format(firm=firm.name, product=product, seats=seats, city=firm.city.name, year=year)

    def _changes(self, plot: Plot, seats: int, currency: str, silence: int) -> tuple[Change, ...]:
        steps = self._stage_days(plot, silence)
        final, estimate = self._amounts(plot, seats, currency)
        is_closed = steps[-1][1] in {WON, LOST}
        close = (
            moment(steps[-1][0], self.rng).date() if is_closed else self.as_of + timedelta(days=self._in(plot.close_in))
        )
        events = [(day, "stage", stage) for day, stage in steps]
        pushes = self._pushes(plot, steps)
        events += [(day, "push", days) for day, days in pushes]
        planned = (
            close - timedelta(days=sum(days for _, days in pushes)) + timedelta(days=is_closed * self._in((-15, 25)))
        )
        drop = self._in(plot.drop_percent)
        if drop:
            since = (self.as_of - steps[-1][0]).days
            events.append((self.as_of - timedelta(days=self._in((2, since - 2))), "drop", drop))
        return self._replay(
            sorted(events, key=lambda event: event[0]), planned, close if is_closed else None, estimate, final
        )

    def _replay(
        self,
        events: list[tuple[date, str, int]],
        planned: date,
        closed: date | None,
        estimate: int | None,
        final: int | None,
    ) -> tuple[Change, ...]:
        stage, amount, close = 0, estimate, planned
        changes: list[Change] = []
        for day, what, value in events:
            if what == "stage":
                stage = value
                amount = final if stage >= 3 else amount
                close = closed if closed and stage >= WON else close
            elif what == "push":
                close += timedelta(days=value)
            elif amount:
                amount = amount * (100 - value) // 10_000 * 100
            when = moment(closed or day, self.rng) if stage >= WON else moment(day, self.rng)
            if changes and when <= changes[-1].when:
                when = changes[-1].when + timedelta(minutes=7)
            changes.append(Change(when=when, stage=stage, amount=amount, close=close))
        return tuple(changes)

    def _stage_days(self, plot: Plot, silence: int) -> list[tuple[date, int]]:
        """When each stage was entered; the last entry lies `in_stage` days back, the first `age` days before."""
        last = self._in(plot.stages)
        path = [*range(last + 1)] if last < LOST else [*range(self._in((1, 4)) + 1), LOST]
        if plot.name == "moved_back":
            path = [0, 1, 2, 3, 2]
        in_stage = max(self._in(plot.in_stage), silence + 1)
        age = max(self._in(plot.age), 6 * len(path))
        lead = age if last >= WON else max(age - in_stage, 6 * (len(path) - 1))
        start = self.as_of - timedelta(days=in_stage + (lead if len(path) > 1 else 0))
        shares = [0.0, *sorted(self.rng.uniform(0.08, 0.9) for _ in path[2:]), 1.0][: len(path)]
        return [(start + timedelta(days=round(lead * share)), stage) for share, stage in zip(shares, path, strict=True)]

    def _pushes(self, plot: Plot, steps: list[tuple[date, int]]) -> list[tuple[date, int]]:
        count, start = self._in(plot.pushes), steps[0][0]
        span = (self.as_of - start).days
        days = sorted(round(span * self.rng.uniform(0.35, 0.96)) for _ in range(count))
        return [(start + timedelta(days=day), self.rng.choice((14, 21, 30, 31, 45))) for day in days]

    def _amounts(self, plot: Plot, seats: int, currency: str) -> tuple[int | None, int | None]:
        """The offered amount, and the rounder guess before there was an offer; a year's licences."""
        if plot.name == "no_amount":
            return None, None
        price = self.rng.choice((24, 29, 34, 39)) * 12 * PER_EURO[currency]
        final = round(seats * price * self.rng.choice((1, 1, 0.95, 0.92, 0.88)) / 10) * 10
        step = 10_000 if currency == "SEK" else 1_000
        return final, max(step, round(final * self.rng.uniform(0.85, 1.2) / step) * step)


def _almost(name: str) -> str:
    """The same deal entered again with slightly other words."""
    return name.replace("Quillmere ", "") if "Quillmere " in name else f"{name} (new)"
