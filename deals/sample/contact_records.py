"""How a person is written down in each CRM, and the numbering of those records."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from deals.sample.account_records import SYSTEMS, AccountRecord, System, creation
from deals.sample.accounts import slug
from deals.sample.colleagues import DEVELOPER, Colleague, owner_of
from deals.sample.ids import hubspot_id, salesforce_id
from deals.sample.mess import nickname, phone_as_typed
from deals.sample.people import FREE_MAIL_DOMAINS, Person

_DUPLICATES: dict[System, int] = {"hubspot": 4, "salesforce": 3}


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """A person as one CRM holds them. `company` is text somebody typed, `account` the record it hangs on."""

    id: str
    system: System
    person: Person
    account: AccountRecord | None
    company: str
    given: str
    family: str
    email: str
    phone: str
    mobile: str
    title: str
    city: str
    profile_url: str
    owner: Colleague
    created: datetime
    suffix: str = ""
    has_left: bool = False
    is_duplicate: bool = False


class Accounts:
    """Finds the record of a firm in a system; the first one entered, where there are two."""

    def __init__(self, records: list[AccountRecord]) -> None:
        self._by_firm = {(r.system, r.firm.key): r for r in records if not r.is_duplicate}

    def find(self, system: System, firm_key: int) -> AccountRecord | None:
        return self._by_firm.get((system, firm_key))


def profile_url(person: Person) -> str:
    """A LinkedIn address of the usual form; the ending keeps it from being anybody's."""
    tail = Random(f"profile/{person.key}/{person.family}").randrange(16**7)
    return f"https://www.linkedin.com/in/{slug(person.given)}-{slug(person.family)}-qm{tail:07x}"


def entered(person: Person, system: System, accounts: Accounts, as_of: date, rng: Random) -> ContactRecord:
    """A record without anything wrong but what is usual: missing phones, titles written one way or the other."""
    account = accounts.find(system, person.firm.key)
    title = person.title.otherwise if rng.random() < 0.3 else person.title.text
    country = person.firm.country.code
    has_profile = rng.random() < 0.12
    return ContactRecord(
        id="",
        system=system,
        person=person,
        account=account,
        company=account.name.strip() if account else person.firm.name,
        given=person.given,
        family=person.family,
        email=person.email,
        phone=phone_as_typed(person.phone, country, rng) if rng.random() < 0.75 else "",
        mobile=phone_as_typed(person.mobile, country, rng) if rng.random() < 0.6 else "",
        title=title if rng.random() < 0.9 else "",
        city=person.firm.city.name if rng.random() < 0.7 else "",
        profile_url=profile_url(person) if has_profile else "",
        owner=DEVELOPER if rng.random() < 0.15 else owner_of(country),
        created=creation(as_of, rng),
    )


def entered_twice(records: list[ContactRecord], system: System, as_of: date, rng: Random) -> list[ContactRecord]:
    """Second records of a few people in the same CRM: from a web form, or typed by somebody in a hurry."""
    plain = [r for r in records if r.system == system and r.person.story == "plain" and r.email]
    blocks = 1 + max(record.person.block for record in records)
    chosen = rng.sample(plain, min(len(plain), _DUPLICATES[system] * blocks))
    return [_second(record, number, as_of, rng) for number, record in enumerate(chosen)]


def _second(record: ContactRecord, number: int, as_of: date, rng: Random) -> ContactRecord:
    second = replace(
        record,
        is_duplicate=True,
        created=creation(as_of, rng, since_days=600),
        title="",
        mobile="",
        profile_url="",
        owner=DEVELOPER,
    )
    match number % 3:
        case 0:
            return replace(second, email=private_address(record.person, rng), phone="", account=None, company="")
        case 1:
            return replace(second, email="", given=nickname(record.given, rng))
        case _:
            return replace(second, given=record.given.lower(), family=record.family.lower(), phone="")


def private_address(person: Person, rng: Random) -> str:
    """An address at a free-mail provider; the number keeps namesakes apart."""
    local = f"{slug(person.given)}.{slug(person.family)}"
    return f"{local}{person.key % 89 + 10}@{rng.choice(FREE_MAIL_DOMAINS)}"


def numbered(drafts: list[ContactRecord]) -> list[ContactRecord]:
    """Ids rise with the day of entry, so that a place in one file says nothing about the other."""
    issue = {"hubspot": hubspot_id, "salesforce": salesforce_id}
    records: list[ContactRecord] = []
    for system in SYSTEMS:
        ordered = sorted((d for d in drafts if d.system == system), key=lambda d: (d.created, d.person.key))
        records += [replace(draft, id=issue[system]("contact", number)) for number, draft in enumerate(ordered)]
    return records
