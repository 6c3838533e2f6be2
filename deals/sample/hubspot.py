"""The export files of HubSpot's screens: companies, contacts, deals."""

from collections.abc import Mapping
from datetime import date, datetime
from random import Random

from deals.sample.account_records import AccountRecord
from deals.sample.contact_records import ContactRecord
from deals.sample.deals import Deal
from deals.sample.pipelines import HUBSPOT_PIPELINE, HUBSPOT_STAGES, LOST, WON
from deals.sample.table import commas
from deals.sample.world import World


def _columns(names: str) -> list[str]:
    return names.split(",")


COMPANY_HEADER = _columns(
    "Record ID,Company name,Company Domain Name,Company owner,Create Date,Phone Number,Last Activity Date,City,"
    "Country/Region,Industry,Number of Employees,Annual Revenue,Lifecycle Stage,Parent Company"
)
CONTACT_HEADER = _columns(
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,Last Activity Date,"
    "Lead Status,Marketing contact status,Create Date,Associated Company,Company Name,Job Title,Mobile Phone "
    "Number,City,"
    "Country/Region,Lifecycle Stage,Buying Role,LinkedIn URL,Email hard bounce reason,Next Activity Date"
)
DEAL_HEADER = [
    *_columns(
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency,Close Date,Deal owner,Deal Type,Forecast category,"
        "Deal probability,Next step,Closed Lost Reason,Create Date,Last Activity Date,Next Activity Date,"
        "Associated Company,Associated Company IDs (Primary),Associated Contact,Associated Contact IDs"
    ),
    *(f'Date entered "{stage.name}" ({HUBSPOT_PIPELINE})' for stage in HUBSPOT_STAGES),
]
_LEAD_STATUS = ("", "New", "Open", "In progress", "Connected", "Attempted to contact", "Unqualified", "Bad timing")


def file_name(view: str, as_of: date) -> str:
    return f"hubspot-crm-exports-all-{view}-{as_of:%Y-%m-%d}.csv"


def clock(when: datetime | None) -> str:
    return when.isoformat(" ", "minutes") if when else ""


def files(world: World) -> dict[str, bytes]:
    """Companies, contacts and deals, in the order in which they refer to each other."""
    customers = {deal.account.id for deal in world.deals_in("hubspot") if deal.now.stage == WON}
    prospects = {deal.account.id for deal in world.deals_in("hubspot") if not deal.is_closed}
    in_deals = {contact.id for deal in world.deals_in("hubspot") for contact in deal.contacts}
    names = {record.firm.key: record.name.strip() for record in world.accounts_in("hubspot") if not record.is_duplicate}
    rng = Random(f"{world.as_of}/hubspot")
    return {
        file_name("companies", world.as_of): commas(
            COMPANY_HEADER, (_company(r, world, customers, prospects, names) for r in world.accounts_in("hubspot"))
        ),
        file_name("contacts", world.as_of): commas(
            CONTACT_HEADER, (_contact(r, world, customers, in_deals, rng) for r in world.contacts_in("hubspot"))
        ),
        file_name("deals", world.as_of): commas(DEAL_HEADER, (_deal(d, world) for d in world.deals_in("hubspot"))),
    }


def _company(
    record: AccountRecord, world: World, customers: set[str], prospects: set[str], names: Mapping[int, str]
) -> dict[str, str]:
    firm, is_full = record.firm, not record.is_duplicate
    return {
        "Record ID": record.id,
        "Company name": record.name,
        "Company Domain Name": record.website,
        "Company owner": record.owner.name,
        "Create Date": clock(record.created),
        "Phone Number": record.phone,
        "Last Activity Date": clock(world.dates.last.get(record.id)),
        "City": firm.city.name if is_full else "",
        "Country/Region": firm.country.name if is_full or firm.key % 2 else "",
        "Industry": firm.trade.hubspot_industry if is_full and firm.key % 9 else "",
        "Number of Employees": str(_rounded(firm.employees)) if is_full and firm.key % 7 else "",
        "Annual Revenue": str(_rounded(firm.employees) * (90 + firm.key * 37 % 200) * 1000)
        if is_full and firm.key % 3
        else "",
        "Lifecycle Stage": _lifecycle(record.id, customers, prospects),
        "Parent Company": names.get(firm.parent, "") if firm.parent is not None and is_full else "",
    }


def _lifecycle(account_id: str, customers: set[str], prospects: set[str]) -> str:
    return "Customer" if account_id in customers else "Opportunity" if account_id in prospects else "Lead"


def _contact(
    record: ContactRecord, world: World, customers: set[str], in_deals: set[str], rng: Random
) -> dict[str, str]:
    account = record.account
    is_customer = account is not None and account.id in customers
    return {
        "Record ID": record.id,
        "First Name": record.given,
        "Last Name": record.family,
        "Email": record.email,
        "Phone Number": record.phone,
        "Mobile Phone Number": record.mobile,
        "Contact owner": record.owner.name if rng.random() < 0.94 else "",
        "Primary Associated Company ID": account.id if account else "",
        "Associated Company": account.name.strip() if account else "",
        "Company Name": record.company if account is None or rng.random() < 0.5 else "",
        "Last Activity Date": clock(world.dates.last.get(record.id)),
        "Next Activity Date": clock(world.dates.next.get(record.id)),
        "Lead Status": rng.choice(_LEAD_STATUS),
        "Marketing contact status": "Marketing contact" if record.email else "Non-marketing contact",
        "Create Date": clock(record.created),
        "Job Title": record.title,
        "City": record.city,
        "Country/Region": record.person.firm.country.name if record.city else "",
        "Lifecycle Stage": "Customer" if is_customer else "Opportunity" if record.id in in_deals else "Lead",
        "Buying Role": _buying_role(record, rng) if record.id in in_deals else "",
        "LinkedIn URL": record.profile_url,
        "Email hard bounce reason": "Unknown user" if record.id in world.departed else "",
    }


def _buying_role(record: ContactRecord, rng: Random) -> str:
    role = record.person.title.role
    return role if rng.random() < 0.8 else f"{role};Influencer" if role != "Influencer" else ""


def _deal(deal: Deal, world: World) -> dict[str, str]:
    stage = HUBSPOT_STAGES[deal.now.stage]
    entered = {
        f'Date entered "{HUBSPOT_STAGES[change.stage].name}" ({HUBSPOT_PIPELINE})': clock(change.when)
        for before, change in zip((None, *deal.changes), deal.changes, strict=False)
        if before is None or before.stage != change.stage
    }
    return {
        "Record ID": deal.id,
        "Deal Name": deal.name,
        "Deal Stage": stage.name,
        "Pipeline": HUBSPOT_PIPELINE,
        "Amount": str(deal.now.amount) if deal.now.amount else "",
        "Currency": deal.currency,
        "Close Date": deal.now.close.isoformat(),
        "Deal owner": deal.owner.name if deal.owner.is_active else f"{deal.owner.name} (Deactivated User)",
        "Deal Type": deal.kind,
        "Forecast category": stage.forecast,
        "Deal probability": f"{stage.probability / 100:g}",
        "Next step": deal.next_step,
        "Closed Lost Reason": deal.loss_reason if deal.now.stage == LOST else "",
        "Create Date": clock(deal.created),
        "Last Activity Date": clock(world.dates.last.get(deal.id)),
        "Next Activity Date": clock(world.dates.next.get(deal.id)),
        "Associated Company": deal.account.name.strip(),
        "Associated Company IDs (Primary)": deal.account.id,
        "Associated Contact": ";".join(f"{c.given} {c.family}" for c in deal.contacts),
        "Associated Contact IDs": ";".join(c.id for c in deal.contacts),
        **entered,
    }


def _rounded(employees: int) -> int:
    return employees if employees < 100 else round(employees, -1)
