"""Two thousand e-mails, calls, meetings and notes (times scale): around deals as their plots demand, and between "
"them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from deals.sample import conversations, correspondence
from deals.sample.account_records import AccountRecord, System, moment
from deals.sample.colleagues import Colleague
from deals.sample.contact_records import ContactRecord
from deals.sample.conversations import Talks
from deals.sample.correspondence import Mail
from deals.sample.deals import Deal
from deals.sample.ids import hubspot_id, salesforce_id
from deals.sample.pipelines import LOST, WON
from deals.sample.wording import CHASERS, MISSED_CALLS, PRODUCTS, TO_DOS, TOPICS

ACTIVITIES_PER_BLOCK = 2000
_KINDS = {"hubspot": ("email", "call", "meeting", "note"), "salesforce": ("email", "call", "meeting", "task")}
_WEIGHTS = (46, 22, 18, 8)
_DURATIONS = (30, 45, 60, 60, 90, 120)


@dataclass(frozen=True, kw_only=True)
class Activity:
    """Something that happened between a colleague and people of a firm; `is_planned` when it lies ahead."""

    id: str
    system: System
    kind: str
    when: datetime
    subject: str
    text: str
    owner: Colleague
    contacts: tuple[ContactRecord, ...]
    account: AccountRecord | None
    deal: Deal | None = None
    minutes: int = 0
    is_inbound: bool = False
    is_planned: bool = False
    outcome: str = ""


def build_activities(
    deals: list[Deal], contacts: list[ContactRecord], *, as_of: date, scale: int, seed: int
) -> list[Activity]:
    """2,000 × scale activities in order of time, ids rising with it within a system and kind."""
    diary = _Diary(as_of, seed)
    for deal in deals:
        diary.keep(deal)
    busy = {contact.id for deal in deals if not deal.is_closed for contact in deal.contacts}
    known = [contact for contact in contacts if contact.id not in busy and not contact.is_duplicate]
    while len(diary.pages) < ACTIVITIES_PER_BLOCK * scale:
        diary.stay_in_touch(diary.rng.choice(known))
    return _numbered(diary.pages[: ACTIVITIES_PER_BLOCK * scale])


class _Diary:
    """Writes activities down one after the other."""

    def __init__(self, as_of: date, seed: int) -> None:
        self.rng = Random(f"{seed}/activities")
        self.as_of = as_of
        self.pages: list[Activity] = []

    def keep(self, deal: Deal) -> None:
        """All there is about one deal, from its first day to its last contact, and what is planned."""
        end = deal.now.when.date() if deal.is_closed else self.as_of - timedelta(days=deal.silence)
        start = min(deal.created.date(), end - timedelta(days=3))
        span = (end - start).days
        count = max(4, min(20, round(span / 7 * self.rng.uniform(0.8, 1.5))))
        days = sorted(start + timedelta(days=round(span * self.rng.random())) for _ in range(count - 1))
        for day in [*days, end]:
            self._touch(deal, moment(day, self.rng), is_last=day == end)
        if deal.now.stage == WON:
            self._touch(deal, moment(min(end + timedelta(days=9), self.as_of - timedelta(days=1)), self.rng))
        self._chase(deal)
        self._plan(deal)

    def stay_in_touch(self, contact: ContactRecord) -> None:
        """Something between deals with somebody no open deal waits for."""
        when = moment(self.as_of - timedelta(days=self.rng.randint(2, 540)), self.rng)
        base = self._base(contact.system, when, contact.owner, (contact,), contact.account)
        self._write(base, correspondence.KEEPING, conversations.KEEPING)

    def _touch(self, deal: Deal, when: datetime, *, is_last: bool = False) -> None:
        stage = deal.stage_at(when)
        people = self._present(deal)
        base = replace(self._base(deal.system, when, deal.owner, people, deal.account), deal=deal)
        # A deal's last contact before silence is theirs: what follows is ours and stays without answer.
        is_theirs = is_last and stage != LOST
        self._write(base, correspondence.BY_STAGE[stage], conversations.BY_STAGE[stage], is_theirs=is_theirs)

    def _present(self, deal: Deal) -> tuple[ContactRecord, ...]:
        first = deal.engaged[0] if self.rng.random() < 0.5 else self.rng.choice(deal.engaged)
        others = [contact for contact in deal.engaged if contact.id != first.id]
        return (first, *self.rng.sample(others, min(len(others), self.rng.choice((0, 1, 1, 2)))))

    def _write(self, base: Activity, mails: tuple[Mail, ...], talks: Talks, *, is_theirs: bool = False) -> None:
        kind = "email" if is_theirs else self.rng.choices(_KINDS[base.system], _WEIGHTS)[0]
        if kind == "email" and base.contacts[0].email:
            self._correspond(replace(base, contacts=base.contacts[:1]), self.rng.choice(mails), is_theirs)
        elif kind == "meeting":
            subject, text = self.rng.choice(talks.meetings)
            self._enter(base, "meeting", subject, text, minutes=self.rng.choice(_DURATIONS), outcome="Completed")
        elif kind == "note":
            self._enter(base, "note", "", self.rng.choice(talks.notes))
        elif kind == "task":
            self._enter(base, "task", self.rng.choice(TO_DOS), "")
        else:
            self._call(base, self.rng.choice(talks.calls), is_inbound=is_theirs or self.rng.random() < 0.2)

    def _call(self, base: Activity, talk: conversations.Talk, *, is_inbound: bool) -> None:
        base = replace(base, contacts=base.contacts[:1])
        minutes = self.rng.randint(4, 32)
        self._enter(base, "call", *talk, minutes=minutes, is_inbound=is_inbound, outcome="Connected")

    def _correspond(self, base: Activity, mail: Mail, is_theirs: bool) -> None:
        """A message of ours and, three times in four, the answer some days later."""
        pause = timedelta(days=self.rng.choice((0, 1, 1, 2, 4)))
        if is_theirs:
            sent, answered = moment(base.when.date() - max(pause, timedelta(days=1)), self.rng), base.when
        else:
            sent, answered = base.when, moment(base.when.date() + pause, self.rng)
        details = self._details(base)
        self._enter(replace(base, when=sent), "email", mail.subject, mail.text, details=details)
        if is_theirs or (sent < answered and answered.date() <= self._last_day(base.deal) and self.rng.random() < 0.8):
            answer = replace(base, when=answered)
            reply = self.rng.choice(mail.replies)
            self._enter(answer, "email", f"Re: {mail.subject}", reply, is_inbound=True, details=details)

    def _last_day(self, deal: Deal | None) -> date:
        """The last day on which anybody answers."""
        if deal is None or deal.is_closed:
            return self.as_of - timedelta(days=1)
        return self.as_of - timedelta(days=deal.silence)

    def _chase(self, deal: Deal) -> None:
        """Messages and calls nobody answers, the last of them a few days ago."""
        count = self.rng.randint(*deal.plot.unanswered)
        for number in range(count):
            ago = deal.silence - 2 - round((deal.silence - 6) * number / count)
            when = moment(self.as_of - timedelta(days=ago), self.rng)
            base = replace(self._base(deal.system, when, deal.owner, deal.engaged[:1], deal.account), deal=deal)
            if number == 2 or not base.contacts[0].email:
                subject, text = self.rng.choice(MISSED_CALLS)
                self._enter(base, "call", subject, text, minutes=1, outcome="No answer")
            else:
                subject, text = CHASERS[(number + len(deal.name)) % len(CHASERS)]
                self._enter(base, "email", subject, text)

    def _plan(self, deal: Deal) -> None:
        if deal.is_closed:
            return
        if deal.plot.meets_soon:
            day = self.as_of + timedelta(days=self.rng.randint(2, 12))
            base = self._base(
                deal.system, _workday(moment(day, self.rng), self.as_of), deal.owner, deal.engaged[:2], deal.account
            )
            subject, _ = self.rng.choice(conversations.BY_STAGE[deal.now.stage].meetings)
            planned = replace(base, deal=deal, is_planned=True)
            self._enter(planned, "meeting", subject, "", minutes=60, outcome="Scheduled")
        elif deal.next_step and deal.system == "salesforce" and self.rng.random() < 0.5:
            due = moment(self.as_of + timedelta(days=self.rng.randint(1, 9)), self.rng)
            base = self._base(deal.system, _workday(due, self.as_of), deal.owner, deal.engaged[:1], deal.account)
            self._enter(replace(base, deal=deal, is_planned=True), "task", deal.next_step, "")

    def _base(
        self,
        system: System,
        when: datetime,
        owner: Colleague,
        contacts: tuple[ContactRecord, ...],
        account: AccountRecord | None,
    ) -> Activity:
        return Activity(
            id="",
            system=system,
            kind="",
            when=when,
            subject="",
            text="",
            owner=owner,
            contacts=contacts,
            account=account,
        )

    def _details(self, base: Activity) -> dict[str, str]:
        person = base.contacts[0].person
        return {
            "first": person.given,
            "us": base.owner.given,
            "firm": person.firm.name,
            "city": person.firm.city.name,
            "topic": self.rng.choice(TOPICS),
            "product": base.deal.product if base.deal else self.rng.choice(PRODUCTS),
            "seats": str(base.deal.seats if base.deal else max(10, person.firm.employees // 6)),
        }

    def _enter(
        self,
        base: Activity,
        kind: str,
        subject: str,
        text: str,
        *,
        minutes: int = 0,
        is_inbound: bool = False,
        outcome: str = "",
        details: dict[str, str] | None = None,
    ) -> None:
        details = details or self._details(base)
        self.pages.append(
            replace(
                base,
                kind=kind,
                subject=subject.format_map(details),
                text=text.format_map(details),
                minutes=minutes,
                is_inbound=is_inbound,
                outcome=outcome,
            )
        )


def location(meeting: Activity) -> str:
    """Where a meeting is held: most on screen, visits and meals in the town of the first participant."""
    if any(word in meeting.subject for word in ("Lunch", "visit", "Coffee", "User meeting", "Kick-off", "kick-off")):
        return meeting.contacts[0].person.firm.city.name
    return "Video call" if meeting.when.minute % 4 else ""


def _workday(when: datetime, as_of: date) -> datetime:
    """A planned moment never before the day after the export."""
    return when if when.date() > as_of else when + timedelta(days=3)


def _numbered(pages: list[Activity]) -> list[Activity]:
    ordered = sorted(pages, key=lambda page: page.when)
    counts: dict[tuple[str, str], int] = {}
    numbered: list[Activity] = []
    for page in ordered:
        kind = page.kind if page.system == "hubspot" else "event" if page.kind == "meeting" else "task"
        number = counts[page.system, kind] = counts.get((page.system, kind), -1) + 1
        issue = hubspot_id if page.system == "hubspot" else salesforce_id
        numbered.append(replace(page, id=issue(kind, number)))
    return numbered
