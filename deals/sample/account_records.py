"""How a firm is written down in each CRM: with or without legal form, misspelt, renamed, twice."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from deals.sample import firms
from deals.sample.accounts import Firm
from deals.sample.colleagues import Colleague, owner_of
from deals.sample.ids import hubspot_id, salesforce_id
from deals.sample.mess import mistyped, phone_as_typed, umlauts_spelt_out

System = Literal["hubspot", "salesforce"]
SYSTEMS: tuple[System, System] = ("hubspot", "salesforce")
_OFFICE_SECONDS = 11 * 3600
_DUPLICATES: dict[System, int] = {"hubspot": 2, "salesforce": 1}


@dataclass(frozen=True, kw_only=True)
class AccountRecord:
    """A firm as one CRM holds it. `website` is empty or as typed; an `is_duplicate` was entered a second time."""

    id: str
    system: System
    firm: Firm
    name: str
    website: str
    phone: str
    owner: Colleague
    created: datetime
    is_duplicate: bool = False


def build_account_records(all_firms: list[Firm], *, as_of: date, seed: int) -> list[AccountRecord]:
    """Records of all firms in both systems, in order of creation within a system, ids rising with it."""
    rng = Random(f"{seed}/account records")
    drafts: list[AccountRecord] = []
    for firm in all_firms:
        drafts += [_draft(firm, system, as_of, rng) for system in SYSTEMS if _stands_in(firm, system)]
    for system in SYSTEMS:
        drafts += _entered_twice([d for d in drafts if d.system == system], system, as_of, rng)
    return _numbered(drafts)


def moment(day: date, rng: Random) -> datetime:
    """Some time in that day's office hours, never on a weekend."""
    if day.weekday() > 4:
        day -= timedelta(days=day.weekday() - 4)
    return datetime(day.year, day.month, day.day, 7) + timedelta(seconds=int(rng.random() * _OFFICE_SECONDS))


def creation(as_of: date, rng: Random, *, since_days: int = 1700) -> datetime:
    """When a record was entered: mostly long before the deals that still run."""
    youngest = 560 if rng.random() < 0.8 else 12
    return moment(as_of - timedelta(days=rng.randint(youngest, since_days)), rng)


def _stands_in(firm: Firm, system: System) -> bool:
    return firm.is_in_hubspot if system == "hubspot" else firm.is_in_salesforce


def _draft(firm: Firm, system: System, as_of: date, rng: Random) -> AccountRecord:
    return AccountRecord(
        id="",
        system=system,
        firm=firm,
        name=_written(firm, system, rng),
        website=_website(firm, system, rng),
        phone=phone_as_typed(firm.switchboard, firm.country.code, rng) if rng.random() < 0.85 else "",
        owner=owner_of(firm.country.code),
        created=creation(as_of, rng),
    )


def _written(firm: Firm, system: System, rng: Random) -> str:
    name = firm.legal_name if rng.random() < (0.3 if system == "hubspot" else 0.7) else firm.name
    # Groups and near namesakes are told apart by their names; a slip there would be another story.
    is_plain = firm.parent is None and firm.twin is None and "Gr" not in firm.name
    slips = (
        (0.05, lambda: mistyped(name, rng) if is_plain else name),
        (0.04, name.upper),
        (0.06, lambda: f"{name} ({firm.city.name})"),
        (0.05, lambda: _in_english(firm)),
        (0.04, lambda: _former_name(firm, rng) if is_plain else name),
        (0.05, lambda: f"{name}  "),
        (0.04, lambda: name.replace(" ", "-", 1) if is_plain else name),
    )
    dice = rng.random()
    for share, slip in slips:
        if dice < share:
            name = slip()
            break
        dice -= share
    return umlauts_spelt_out(name) if not name.isascii() and rng.random() < 0.15 else name


def _in_english(firm: Firm) -> str:
    return firm.name.replace(firm.trade.words[firm.country.language], firm.trade.words["en"])


def _former_name(firm: Firm, rng: Random) -> str:
    """The name before the firm was renamed; its web address tells that it is the same."""
    start, end = (rng.choice(parts) for parts in firms.STEM_PARTS[firm.country.language])
    return f"{start}{end} & {'Söhne' if firm.country.language == 'de' else 'Sons'}"


def _website(firm: Firm, system: System, rng: Random) -> str:
    if rng.random() < (0.08 if system == "hubspot" else 0.14):
        return ""
    if system == "hubspot":
        return firm.domain
    return rng.choice((f"www.{firm.domain}", f"https://www.{firm.domain}/", firm.domain, f"http://{firm.domain}"))


def _entered_twice(drafts: list[AccountRecord], system: System, as_of: date, rng: Random) -> list[AccountRecord]:
    blocks = 1 + max(draft.firm.block for draft in drafts)
    chosen = rng.sample(drafts, _DUPLICATES[system] * blocks)
    return [
        replace(
            draft,
            name=draft.firm.name if draft.name != draft.firm.name else draft.firm.legal_name,
            website="",
            phone="",
            created=creation(as_of, rng, since_days=600),
            is_duplicate=True,
        )
        for draft in chosen
    ]


def _numbered(drafts: list[AccountRecord]) -> list[AccountRecord]:
    issue = {"hubspot": hubspot_id, "salesforce": salesforce_id}
    records: list[AccountRecord] = []
    for system in SYSTEMS:
        ordered = sorted((d for d in drafts if d.system == system), key=lambda d: (d.created, d.firm.key))
        records += [replace(draft, id=issue[system]("account", number)) for number, draft in enumerate(ordered)]
    return records
