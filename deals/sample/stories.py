"""One function per way in which two records of a person come to differ."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from deals.sample.account_records import SYSTEMS
from deals.sample.contact_records import (
    Accounts,
    ContactRecord,
    entered,
    entered_twice,
    numbered,
    private_address,
)
from deals.sample.mess import decoded_twice, mistyped, nickname, phone_as_typed, umlauts_spelt_out
from deals.sample.names import POOLS, VARIANTS
from deals.sample.people import Person, local_part

Both = tuple[ContactRecord, ContactRecord]
# HubSpot's record, Salesforce's record, where accounts stand, chance → the two as they are found.
Story = Callable[[ContactRecord, ContactRecord, Accounts, Random], Both]
STORIES: dict[str, Story] = {}


def build_contact_records(people: list[Person], accounts: Accounts, *, as_of: date, seed: int) -> list[ContactRecord]:
    """Every person's records in both CRMs, duplicates included, in order of entry within each."""
    rng = Random(f"{seed}/contact records")
    drafts: list[ContactRecord] = []
    for person in people:
        drafts += _told(person, accounts, as_of, rng)
    for system in SYSTEMS:
        drafts += entered_twice([draft for draft in drafts if draft.system == system], system, as_of, rng)
    return numbered(drafts)


def _told(person: Person, accounts: Accounts, as_of: date, rng: Random) -> list[ContactRecord]:
    hubspot = entered(person, "hubspot", accounts, as_of, rng)
    salesforce = entered(person, "salesforce", accounts, as_of, rng)
    if person.is_in_hubspot and person.is_in_salesforce:
        return list(STORIES[person.story](hubspot, salesforce, accounts, rng))
    record = hubspot if person.is_in_hubspot else salesforce
    pair = person.story.partition("/")[0]
    return [_half(pair, record)]


def _half(pair: str, record: ContactRecord) -> ContactRecord:
    """One side of two people who look like one: whatever would tell them apart at once is not filled in."""
    match pair, record.system:
        case "near_firm", "salesforce":
            return replace(record, email="", phone="", mobile="", profile_url="")
        case "common_name", "hubspot":
            return replace(record, email="", phone="", mobile="", account=None, company="", profile_url="")
        case "junior", "hubspot":
            return replace(record, family=f"{record.family} {record.person.suffix}", profile_url="")
        case "junior", "salesforce":
            return replace(record, suffix=record.person.suffix, email="", mobile="", profile_url="")
    return record


def _story(tell: Story) -> Story:
    STORIES[tell.__name__] = tell
    return tell


@_story
def plain(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    return hubspot, salesforce


@_story
def nickname_there(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    short = nickname(salesforce.given, rng)
    email = salesforce.email if rng.random() < 0.6 else ""
    return hubspot, replace(salesforce, given=short, email=email)


@_story
def spelt_out(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    given, family = umlauts_spelt_out(hubspot.given), umlauts_spelt_out(hubspot.family)
    if rng.random() < 0.5:
        return replace(hubspot, given=given, family=family), salesforce
    return hubspot, replace(salesforce, given=given, family=family)


@_story
def mistyped_name(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    if rng.random() < 0.3:
        return hubspot, replace(salesforce, given=mistyped(salesforce.given, rng))
    return replace(hubspot, family=mistyped(hubspot.family, rng)), salesforce


@_story
def other_address(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    """The firm changed its pattern of addresses; one CRM still has the old one."""
    firm = hubspot.person.firm
    pattern = "f.last" if firm.mail_pattern == "first.last" else "last.first"
    local = local_part(hubspot.given, hubspot.family, pattern, firm.country.language)
    return replace(hubspot, email=f"{local}@{firm.domain}"), salesforce


@_story
def no_mail_in_salesforce(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    return hubspot, replace(salesforce, email="")


@_story
def no_mail_in_hubspot(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    return replace(hubspot, email=""), salesforce


@_story
def shouted(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    if rng.random() < 0.5:
        return replace(hubspot, given=hubspot.given.lower(), family=hubspot.family.lower()), salesforce
    return hubspot, replace(salesforce, family=salesforce.family.upper(), email=salesforce.email.upper())


@_story
def swapped(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    return replace(hubspot, given=hubspot.family, family=hubspot.given), salesforce


@_story
def decoded_twice_there(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    return hubspot, replace(salesforce, family=decoded_twice(salesforce.family))


@_story
def double_given(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    first = salesforce.given.partition("-")[0]
    return hubspot, replace(salesforce, given=rng.choice((first, salesforce.given.replace("-", " "))))


@_story
def moved(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    """HubSpot still has the old employer; nothing but the name connects the two."""
    return replace(hubspot, mobile="", profile_url=""), _at_next_firm(salesforce, accounts, rng)


@_story
def moved_same_mobile(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    number, country = hubspot.person.mobile, hubspot.person.firm.country.code
    return (
        replace(hubspot, mobile=phone_as_typed(number, country, rng)),
        replace(_at_next_firm(salesforce, accounts, rng), mobile=phone_as_typed(number, country, rng)),
    )


@_story
def moved_old_address(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    """Salesforce knows the new employer but nobody asked for the new address."""
    return hubspot, replace(_at_next_firm(salesforce, accounts, rng), email=hubspot.email)


@_story
def firm_written_otherwise(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    """A hand-typed HubSpot contact: no address, no company record, the firm's name as somebody heard it."""
    firm = hubspot.person.firm
    short = firm.short_name
    typed = rng.choice(
        (f"{short} ({firm.city.name})", short.upper(), f"{short} {firm.city.name}", mistyped(short, rng))
    )
    bare = replace(hubspot, email="", phone="", mobile="", profile_url="", account=None, company=typed)
    return bare, replace(salesforce, profile_url="")


@_story
def married(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    person = hubspot.person
    firm = person.firm
    maiden = rng.choice([n for n in POOLS[firm.country.cultures[0]].surnames if n != person.family])
    local = local_part(person.given, maiden, "first.last", firm.country.language)
    new = f"{maiden}-{person.family}" if rng.random() < 0.4 else person.family
    return (
        replace(hubspot, family=maiden, email=f"{local}@{firm.domain}", mobile="", profile_url=""),
        replace(salesforce, family=new, mobile="", profile_url=""),
    )


@_story
def initial_only(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    bare = replace(salesforce, given=f"{salesforce.given[0]}.", email="", phone="", mobile="", profile_url="")
    return hubspot, bare


@_story
def private_address_here(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    mail = private_address(hubspot.person, rng)
    alone = replace(hubspot, email=mail, phone="", mobile="", account=None, company="", profile_url="")
    return alone, replace(salesforce, mobile="", profile_url="")


@_story
def given_name_misheard(hubspot: ContactRecord, salesforce: ContactRecord, accounts: Accounts, rng: Random) -> Both:
    heard = dict(VARIANTS).get(salesforce.given, salesforce.given)
    bare = replace(salesforce, given=heard, email="", mobile="", phone="", profile_url="")
    return replace(hubspot, profile_url=""), bare


def _at_next_firm(record: ContactRecord, accounts: Accounts, rng: Random) -> ContactRecord:
    firm = record.person.next_firm
    assert firm is not None, f"{record.person.story} needs a firm to move to"
    account = accounts.find("salesforce", firm.key)
    return replace(
        record,
        account=account,
        company=account.name if account else firm.name,
        email=record.person.next_email,
        phone=phone_as_typed(firm.switchboard, firm.country.code, rng) if rng.random() < 0.5 else "",
        mobile="",
        profile_url="",
        city=firm.city.name,
    )
