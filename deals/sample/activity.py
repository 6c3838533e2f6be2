"""One thing that happened, or will, between a colleague and people of a firm."""

from dataclasses import dataclass
from datetime import datetime

from deals.sample.account_records import AccountRecord, System
from deals.sample.colleagues import Colleague
from deals.sample.contact_records import ContactRecord
from deals.sample.deals import Deal

_ON_SITE = ("Lunch", "visit", "Coffee", "User meeting", "ick-off")


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What it is about: people of one firm, whoever of ours deals with them, and a deal if there is one."""

    owner: Colleague
    contacts: tuple[ContactRecord, ...]
    account: AccountRecord | None
    deal: Deal | None = None


@dataclass(frozen=True, kw_only=True)
class Activity:
    """An e-mail, call, meeting, note or task in one CRM; `is_planned` when it lies ahead, `entered` when noted down."""

    occasion: Occasion
    kind: str
    when: datetime
    contacts: tuple[ContactRecord, ...]
    subject: str
    text: str
    minutes: int = 0
    is_inbound: bool = False
    is_planned: bool = False
    outcome: str = ""
    entered: datetime

    @property
    def system(self) -> System:
        return self.contacts[0].system

    @property
    def owner(self) -> Colleague:
        return self.occasion.owner

    @property
    def account(self) -> AccountRecord | None:
        return self.occasion.account

    @property
    def deal(self) -> Deal | None:
        return self.occasion.deal


def location(meeting: Activity) -> str:
    """Where a meeting is held: most on screen, visits and meals in the town of the first participant."""
    if any(word in meeting.subject for word in _ON_SITE):
        return meeting.contacts[0].person.firm.city.name
    return "Video call" if meeting.when.minute % 4 else ""
