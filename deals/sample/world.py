"""Everything that is true in the sample and everything both CRMs hold of it, worked out once."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time

from deals.sample.account_records import AccountRecord, System, build_account_records
from deals.sample.accounts import Firm, build_firms
from deals.sample.activities import build_activities
from deals.sample.activity import Activity
from deals.sample.contact_records import Accounts, ContactRecord
from deals.sample.deals import Deal, build_deals
from deals.sample.people import Person, build_people
from deals.sample.places import Directory
from deals.sample.stories import build_contact_records


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Last contact before the export and next one after it, by record id."""

    last: dict[str, datetime]
    next: dict[str, datetime]


@dataclass(frozen=True, kw_only=True)
class World:
    """The firms and people, and their records, deals and activities by system."""

    as_of: date
    firms: list[Firm]
    people: list[Person]
    accounts: list[AccountRecord]
    contacts: list[ContactRecord]
    deals: list[Deal]
    activities: list[Activity]
    dates: Dates
    departed: frozenset[str]

    def accounts_in(self, system: System) -> list[AccountRecord]:
        return [record for record in self.accounts if record.system == system]

    def contacts_in(self, system: System) -> list[ContactRecord]:
        return [record for record in self.contacts if record.system == system]

    def deals_in(self, system: System) -> list[Deal]:
        return [deal for deal in self.deals if deal.system == system]

    def activities_in(self, system: System) -> list[Activity]:
        return [activity for activity in self.activities if activity.system == system]


def build_world(*, as_of: date, scale: int, seed: int) -> World:
    """The same world for the same arguments: 60 firms, 250 people, 80 deals and 2,000 activities, times scale."""
    directory = Directory()
    firms = build_firms(directory, scale=scale, seed=seed)
    people = build_people(firms, directory, scale=scale, seed=seed)
    accounts = build_account_records(firms, as_of=as_of, seed=seed)
    contacts = build_contact_records(people, Accounts(accounts), as_of=as_of, seed=seed)
    deals = build_deals(contacts, as_of=as_of, scale=scale, seed=seed)
    activities = build_activities(deals, contacts, as_of=as_of, scale=scale, seed=seed)
    departed = frozenset(deal.contacts[0].id for deal in deals if deal.plot.name == "champion_left")
    return World(
        as_of=as_of,
        firms=firms,
        people=people,
        accounts=accounts,
        contacts=contacts,
        deals=deals,
        activities=activities,
        dates=_dates(activities, as_of),
        departed=departed,
    )


def _dates(activities: list[Activity], as_of: date) -> Dates:
    last: dict[str, datetime] = {}
    coming: dict[str, datetime] = defaultdict(lambda: datetime.max)
    now = datetime.combine(as_of, time(6))
    for activity in activities:
        ids = [contact.id for contact in activity.contacts]
        ids += [record.id for record in (activity.account, activity.deal) if record]
        for record_id in ids:
            if activity.is_planned:
                coming[record_id] = min(coming[record_id], activity.when)
            elif activity.when < now:
                last[record_id] = max(last.get(record_id, datetime.min), activity.when)
    return Dates(last=last, next=dict(coming))
