"""Two thousand e-mails, calls, meetings and notes (times scale): around deals, as their plots demand, and between."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from deals.sample import conversations, correspondence
from deals.sample.account_records import System, moment
from deals.sample.activity import Activity, Occasion
from deals.sample.contact_records import ContactRecord
from deals.sample.conversations import Talk, Talks
from deals.sample.correspondence import Mail
from deals.sample.deals import Deal
from deals.sample.pipelines import LOST, WON
from deals.sample.wording import CHASERS, MISSED_CALLS, PRODUCTS, TO_DOS, TOPICS

ACTIVITIES_PER_BLOCK = 2000
_KINDS: dict[System, tuple[str, ...]] = {
    "hubspot": ("email", "call", "meeting", "note"),
    "salesforce": ("email", "call", "meeting", "task"),
}
_WEIGHTS = (46, 22, 18, 8)
T = TypeVar("T")
_DURATIONS = (30, 45, 60, 60, 90, 120)


def build_activities(
    deals: list[Deal], contacts: list[ContactRecord], *, as_of: date, scale: int, seed: int
) -> list[Activity]:
    """2,000 × scale activities in order of time."""
    diary = _Diary(as_of, seed)
    for deal in deals:
        diary.keep(deal)
    busy = {contact.id for deal in deals if not deal.is_closed for contact in deal.contacts}
    known = [contact for contact in contacts if contact.id not in busy and not contact.is_duplicate]
    while len(diary.pages) < ACTIVITIES_PER_BLOCK * scale:
        diary.stay_in_touch(diary.rng.choice(known))
    return sorted(diary.pages[: ACTIVITIES_PER_BLOCK * scale], key=lambda page: page.when)


class _Diary:
    """Writes activities down one after the other."""

    def __init__(self, as_of: date, seed: int) -> None:
        self.rng = Random(f"{seed}/activities")
        self.as_of = as_of
        self.pages: list[Activity] = []
        self.told: set[tuple[str, str]] = set()

    def keep(self, deal: Deal) -> None:
        """All there is about one deal, from its first day to its last contact, and what is planned."""
        end = deal.now.when.date() if deal.is_closed else self._ago(deal.silence)
        start = min(deal.created.date(), end - timedelta(days=3))
        span = (end - start).days
        count = max(4, min(20, round(span / 7 * self.rng.uniform(0.8, 1.5))))
        days = sorted(start + timedelta(days=round(span * self.rng.random())) for _ in range(count - 1))
        for turn, day in enumerate(reversed([*days, end])):
            self._touch(deal, moment(day, self.rng), turn=turn, is_last=turn == 0)
        if deal.now.stage == WON:
            self._touch(deal, moment(min(end + timedelta(days=9), self._ago(1)), self.rng))
        self._chase(deal)
        if not deal.is_closed:
            self._plan(deal)

    def stay_in_touch(self, contact: ContactRecord) -> None:
        """Something between deals with somebody no open deal waits for."""
        when = moment(self._ago(self.rng.randint(2, 540)), self.rng)
        occasion = Occasion(owner=contact.owner, contacts=(contact,), account=contact.account)
        self._write(occasion, when, correspondence.KEEPING, conversations.KEEPING)

    def _ago(self, days: int) -> date:
        return self.as_of - timedelta(days=days)

    def _touch(self, deal: Deal, when: datetime, *, turn: int = 0, is_last: bool = False) -> None:
        stage = deal.stage_at(when)
        # A deal's last contact before silence is theirs: what follows is ours and stays without answer.
        is_theirs = is_last and stage != LOST
        mails, talks = correspondence.BY_STAGE[stage], conversations.BY_STAGE[stage]
        self._write(self._occasion(deal, turn), when, mails, talks, is_theirs=is_theirs)

    def _occasion(self, deal: Deal, turn: int) -> Occasion:
        """In the latest talks everybody engaged takes a turn, before that mostly the one we talk to most."""
        is_turn = turn < len(deal.engaged)
        first = deal.engaged[turn if is_turn else 0]
        if not is_turn and self.rng.random() < 0.5:
            first = self.rng.choice(deal.engaged)
        others = [contact for contact in deal.engaged if contact.id != first.id]
        others = self.rng.sample(others, min(len(others), self.rng.choice((0, 1, 1, 2))))
        return Occasion(owner=deal.owner, contacts=(first, *others), account=deal.account, deal=deal)

    def _write(
        self, occasion: Occasion, when: datetime, mails: tuple[Mail, ...], talks: Talks, *, is_theirs: bool = False
    ) -> None:
        first = occasion.contacts[0]
        kind = "email" if is_theirs else self.rng.choices(_KINDS[first.system], _WEIGHTS)[0]
        if kind == "email" and first.email:
            mail = self._fresh(mails, occasion, lambda mail: mail.text)
            self._correspond(occasion, when, mail, is_theirs=is_theirs)
        elif kind == "meeting":
            talk, minutes = self._fresh(talks.meetings, occasion, _words), self.rng.choice(_DURATIONS)
            self._enter(occasion, when, "meeting", talk, minutes=minutes, outcome="Completed")
        elif kind == "note":
            self._enter(occasion, when, "note", ("", self._fresh(talks.notes, occasion, str)))
        elif kind == "task":
            self._enter(occasion, when, "task", (self._fresh(TO_DOS, occasion, str), ""))
        else:
            talk, minutes = self._fresh(talks.calls, occasion, _words), self.rng.randint(4, 32)
            is_inbound = is_theirs or self.rng.random() < 0.2
            self._enter(occasion, when, "call", talk, minutes=minutes, is_inbound=is_inbound, outcome="Connected")

    def _fresh(self, phrases: tuple[T, ...], occasion: Occasion, text: Callable[[T], str]) -> T:
        """Something not yet said in this deal, or to this person between deals, as long as there is any."""
        about = occasion.deal.name if occasion.deal else occasion.contacts[0].id
        unsaid = [phrase for phrase in phrases if (about, text(phrase)) not in self.told]
        phrase = self.rng.choice(unsaid or phrases)
        self.told.add((about, text(phrase)))
        return phrase

    def _correspond(self, occasion: Occasion, when: datetime, mail: Mail, *, is_theirs: bool) -> None:
        """A message of ours and, mostly, the answer some days later; `when` is the answer's day if it is theirs."""
        pause = timedelta(days=self.rng.choice((0, 1, 1, 2, 4)))
        sent, answered = when, moment(when.date() + pause, self.rng)
        if is_theirs:
            sent, answered = moment(when.date() - max(pause, timedelta(days=1)), self.rng), when
        details = self._details(occasion)
        self._enter(occasion, sent, "email", (mail.subject, mail.text), details=details)
        is_in_time = sent < answered and answered.date() <= self._last_answer(occasion.deal)
        if is_theirs or (is_in_time and self.rng.random() < 0.8):
            reply = (f"Re: {mail.subject}", self.rng.choice(mail.replies))
            self._enter(occasion, answered, "email", reply, is_inbound=True, details=details)

    def _last_answer(self, deal: Deal | None) -> date:
        """The last day on which anybody answers."""
        return self._ago(1 if deal is None or deal.is_closed else deal.silence)

    def _chase(self, deal: Deal) -> None:
        """Messages and calls nobody answers, the last of them a few days ago."""
        count = self.rng.randint(*deal.plot.unanswered)
        occasion = Occasion(owner=deal.owner, contacts=deal.engaged[:1], account=deal.account, deal=deal)
        for number in range(count):
            ago = deal.silence - 2 - round((deal.silence - 6) * number / count)
            when = moment(self._ago(ago), self.rng)
            if number == 2 or not deal.engaged[0].email:
                self._enter(occasion, when, "call", self.rng.choice(MISSED_CALLS), minutes=1, outcome="No answer")
            else:
                self._enter(occasion, when, "email", CHASERS[(number + len(deal.name)) % len(CHASERS)])

    def _plan(self, deal: Deal) -> None:
        """The next meeting of a healthy deal; of others now and then a task."""
        day = self.as_of + timedelta(days=self.rng.randint(2, 12))
        day += timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)
        when, entered = moment(day, self.rng), moment(self._ago(self.rng.randint(1, 4)), self.rng)
        occasion = Occasion(owner=deal.owner, contacts=deal.engaged[:2], account=deal.account, deal=deal)
        if deal.plot.meets_soon:
            subject, _ = self.rng.choice(conversations.BY_STAGE[deal.now.stage].meetings)
            self._enter(occasion, when, "meeting", (subject, ""), minutes=60, outcome="Scheduled", entered=entered)
        elif deal.next_step and deal.system == "salesforce" and self.rng.random() < 0.5:
            self._enter(occasion, when, "task", (deal.next_step, ""), entered=entered)

    def _details(self, occasion: Occasion) -> dict[str, str]:
        person, deal = occasion.contacts[0].person, occasion.deal
        return {
            "first": person.given,
            "us": occasion.owner.given,
            "firm": person.firm.name,
            "city": person.firm.city.name,
            "topic": self.rng.choice(TOPICS),
            "product": deal.product if deal else self.rng.choice(PRODUCTS),
            "seats": str(deal.seats if deal else max(10, person.firm.employees // 6)),
        }

    def _enter(
        self,
        occasion: Occasion,
        when: datetime,
        kind: str,
        talk: Talk,
        *,
        minutes: int = 0,
        is_inbound: bool = False,
        outcome: str = "",
        entered: datetime | None = None,
        details: dict[str, str] | None = None,
    ) -> None:
        details = details or self._details(occasion)
        is_with_all = kind in {"meeting", "note"}
        self.pages.append(
            Activity(
                occasion=occasion,
                kind=kind,
                when=when,
                contacts=occasion.contacts if is_with_all else occasion.contacts[:1],
                subject=talk[0].format_map(details),
                text=talk[1].format_map(details),
                minutes=minutes,
                is_inbound=is_inbound,
                is_planned=entered is not None,
                outcome=outcome,
                entered=entered or when,
            )
        )


def _words(talk: Talk) -> str:
    return talk[1]
