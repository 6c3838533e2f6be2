"""The tables of Salesforce's data export about people and firms: User, Account, Contact."""

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from deals.sample import salesforce_headers as headers
from deals.sample.account_records import AccountRecord
from deals.sample.colleagues import COLLEAGUES, HEAD, VENDOR, Colleague
from deals.sample.contact_records import ContactRecord
from deals.sample.ids import NULL_ID, salesforce_id
from deals.sample.names import POOLS
from deals.sample.pipelines import WON
from deals.sample.table import all_quoted
from deals.sample.world import World

_SALUTATIONS = {"de": ("Frau", "Herr")}
_WOMEN = frozenset(name for pool in POOLS.values() for name in pool.women)
_MEN = frozenset(name for pool in POOLS.values() for name in pool.men)
_SOURCES = ("", "", "Web", "Trade Show", "Partner Referral", "Word of mouth", "Purchased List", "Phone Inquiry")
_REMARKS = (
    "Prefers to be called after 15:00.",
    "Speaks for the works council too.",
    "Met at the user meeting, wants to be kept posted.",
    "Assistant books all appointments.",
    "Reads mails on Monday mornings only.",
    "Part time, in the office Tue-Thu.",
)


def stamp(when: datetime | None) -> str:
    return when.isoformat(" ") if when else ""


def day_stamp(day: date | None) -> str:
    return f"{day.isoformat()} 00:00:00" if day else ""


@cache
def user_id(colleague: Colleague) -> str:
    return salesforce_id("user", colleague.number)


def trail(created: datetime, by: str, modified: datetime | None = None) -> dict[str, str]:
    """The five columns every table has: who made and last touched the row."""
    last = stamp(max(created, modified or created))
    return {
        "CreatedDate": stamp(created),
        "CreatedById": by,
        "LastModifiedDate": last,
        "LastModifiedById": by,
        "SystemModstamp": last,
    }


def files(world: World) -> dict[str, bytes]:
    """User.csv, Account.csv and Contact.csv."""
    rng = Random(f"{world.as_of}/salesforce")
    customers = {deal.account.id for deal in world.deals_in("salesforce") if deal.now.stage == WON}
    ids = {r.firm.key: r.id for r in world.accounts_in("salesforce") if not r.is_duplicate}
    return {
        "User.csv": all_quoted(headers.USER, (_user(colleague, world.as_of) for colleague in COLLEAGUES)),
        "Account.csv": all_quoted(
            headers.ACCOUNT, (_account(r, world, ids, customers) for r in world.accounts_in("salesforce"))
        ),
        "Contact.csv": all_quoted(headers.CONTACT, (_contact(r, world, rng) for r in world.contacts_in("salesforce"))),
    }


def _user(colleague: Colleague, as_of: date) -> dict[str, str]:
    hired = datetime.combine(as_of - timedelta(days=2300 - 97 * colleague.number), time(8, 12, 40))
    seen = datetime.combine(as_of - timedelta(days=1 if colleague.is_active else 131), time(16, 3, 9))
    return {
        "Id": user_id(colleague),
        "Username": f"{colleague.email}.crm",
        "FirstName": colleague.given,
        "LastName": colleague.family,
        "CompanyName": VENDOR,
        "Department": "Sales",
        "Title": colleague.title,
        "Country": "United Kingdom",
        "Email": colleague.email,
        "Alias": (colleague.given[0] + colleague.family[:4]).lower(),
        "CommunityNickname": f"{colleague.given}.{colleague.family}".lower(),
        "IsActive": str(int(colleague.is_active)),
        "IsSystemControlled": "0",
        "TimeZoneSidKey": colleague.time_zone,
        "UserRoleId": NULL_ID,
        "LocaleSidKey": "en_GB",
        "ReceivesInfoEmails": "0",
        "EmailEncodingKey": "ISO-8859-1",
        "DefaultCurrencyIsoCode": "EUR",
        "CurrencyIsoCode": "EUR",
        "ProfileId": NULL_ID,
        "UserType": "Standard",
        "LanguageLocaleKey": "en_US",
        "ManagerId": NULL_ID if colleague is HEAD else user_id(HEAD),
        "LastLoginDate": stamp(seen),
        "ForecastEnabled": "1",
        "ContactId": NULL_ID,
        "AccountId": NULL_ID,
        **trail(hired, user_id(HEAD), seen),
    }


def _account(record: AccountRecord, world: World, ids: dict[int, str], customers: set[str]) -> dict[str, str]:
    firm, is_full = record.firm, not record.is_duplicate
    last = world.dates.last.get(record.id)
    full = {
        "BillingStreet": firm.street,
        "BillingCity": firm.city.name,
        "BillingState": firm.city.region,
        "BillingPostalCode": firm.postcode,
        "Industry": firm.trade.salesforce_industry if firm.key % 8 else "",
        "NumberOfEmployees": str(firm.employees) if firm.key % 5 else "",
        "AnnualRevenue": str(firm.employees * (85 + firm.key * 41 % 210) * 1000) if firm.key % 4 == 0 else "",
        "Type": "Customer" if record.id in customers else "Prospect",
        "ParentId": ids.get(firm.parent, NULL_ID) if firm.parent is not None else NULL_ID,
    }
    return {
        "Id": record.id,
        "IsDeleted": "0",
        "MasterRecordId": NULL_ID,
        "Name": record.name,
        "RecordTypeId": NULL_ID,
        "ParentId": NULL_ID,
        "BillingCountry": firm.country.name,
        "BillingCountryCode": firm.country.code,
        "Phone": record.phone,
        "Website": record.website,
        "CurrencyIsoCode": firm.country.currency,
        "OwnerId": user_id(record.owner),
        "LastActivityDate": day_stamp(last.date() if last else None),
        "IsExcludedFromRealign": "0",
        "OperatingHoursId": NULL_ID,
        **(full if is_full else {}),
        **trail(record.created, user_id(record.owner), last),
    }


def _contact(record: ContactRecord, world: World, rng: Random) -> dict[str, str]:
    firm = record.account.firm if record.account else record.person.firm
    last = world.dates.last.get(record.id)
    has_left = record.id in world.departed
    return {
        "Id": record.id,
        "IsDeleted": "0",
        "MasterRecordId": NULL_ID,
        "AccountId": record.account.id if record.account else NULL_ID,
        "Salutation": _salutation(record, rng),
        "FirstName": record.given,
        "LastName": record.family,
        "Suffix": record.suffix,
        "RecordTypeId": NULL_ID,
        "MailingCity": record.city,
        "MailingCountry": firm.country.name if record.city else "",
        "MailingCountryCode": firm.country.code if record.city else "",
        "Phone": record.phone,
        "MobilePhone": record.mobile,
        "ReportsToId": NULL_ID,
        "Email": record.email,
        "Title": record.title,
        "Department": record.person.title.department if rng.random() < 0.6 else "",
        "LeadSource": rng.choice(_SOURCES),
        "Description": rng.choice(_REMARKS) if rng.random() < 0.06 else "",
        "CurrencyIsoCode": firm.country.currency,
        "OwnerId": user_id(record.owner),
        "HasOptedOutOfEmail": str(int(rng.random() < 0.03)),
        "HasOptedOutOfFax": "0",
        "DoNotCall": "0",
        "LastActivityDate": day_stamp(last.date() if last else None),
        "EmailBouncedReason": "550 5.1.1 mailbox unavailable" if has_left else "",
        "EmailBouncedDate": stamp(datetime.combine(world.as_of - timedelta(days=6), time(9, 31, 5)))
        if has_left
        else "",
        "LinkedIn__c": record.profile_url,
        **trail(record.created, user_id(record.owner), last),
    }


def _salutation(record: ContactRecord, rng: Random) -> str:
    given = record.person.given
    is_woman = given in _WOMEN
    if rng.random() > 0.25 or is_woman == (given in _MEN):
        return ""
    woman, man = _SALUTATIONS.get(record.person.firm.country.language, ("Ms.", "Mr."))
    return woman if is_woman else man
