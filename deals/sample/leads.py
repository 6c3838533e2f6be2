"""Leads of the invented vendor: a webinar's registrations and a bought list, with all that speaks for and against."""

from datetime import date, datetime, time, timedelta
from random import Random

from deals.sample import titles
from deals.sample.accounts import slug
from deals.sample.colleagues import COLLEAGUES
from deals.sample.firms import TRADES
from deals.sample.names import POOLS
from deals.sample.people import FREE_MAIL_DOMAINS
from deals.sample.places import COUNTRIES
from deals.sample.table import commas
from deals.sample.world import World

LEADS_FILE, DID_FILE = "spring-campaign-leads.csv", "spring-campaign-engagements.csv"
HEADER = ["Lead ID", "First name", "Last name", "Email", "Company", "Job title", "Country", "Industry", "Employees",
          "Website", "Lead source", "Campaign", "Lead status", "Notes", "Do not email", "Created"]  # fmt: skip
DID_HEADER = ["Email", "Event type", "Date", "Detail"]
PER_BLOCK = 160
COMPETITOR_DOMAIN = "dispatchwell.example"
_STEMS = ("Orrel", "Vanter", "Hemmel", "Quarn", "Lissom", "Drave", "Pellow", "Morsk", "Tindal", "Kessen", "Arvik",
          "Boldre", "Fennick", "Gresle", "Hallam", "Ivarn", "Joskin", "Kolding", "Lumer", "Nordal")  # fmt: skip
_STRANGE = (
    ("Boss of the yard", "runs the depot and everything that moves on trucks"),
    ("In charge of dispatch", "steers forty vans a day"),
    ("Captain of the machines", "heads the shop floor, wants an offer"),
    ("Digital evangelist", "all about apps and screens"),
    ("Keeper of suppliers", "buys parts, looks at three vendors"),
    ("Happiness guru", ""),
)
_DID = (("Demo request", "asked for a demo"), ("Webinar", "Spare parts on vans"), ("Pricing page", "/prices"),
        ("Download", "Checklist for depots"), ("Email open", ""), ("Link click", "newsletter"),
        ("Reply", "Re: your question"), ("Careers page", "/jobs"))  # fmt: skip
_SOURCES = ("Webinar", "Trade fair", "Bought list", "Website", "Referral")

Row = dict[str, str]


def files(world: World, *, scale: int, seed: int) -> dict[str, bytes]:
    """The two files as of the world's day: 160 × scale leads, and what a third of them did since."""
    rng = Random(f"{seed}/leads")
    rows = [_lead(number, world, rng) for number in range(PER_BLOCK * scale)]
    # Somebody registered twice, under two numbers, once with more to say.
    rows += [row | {"Lead ID": f"{row['Lead ID']}-2", "Notes": "registered again"} for row in rows[3 :: PER_BLOCK // 4]]
    did = [event for row in rows[::3] if row["Email"] for event in _events(row["Email"], world.as_of, rng)]
    return {LEADS_FILE: commas(HEADER, rows), DID_FILE: commas(DID_HEADER, did)}


def _lead(number: int, world: World, rng: Random) -> Row:
    """Every kind of lead comes round in turn, so that each list holds all of them."""
    kind = number % 16
    if kind in (0, 1):
        return _known(number, world, rng)
    row = _stranger(number, world, rng)
    if kind == 2:
        return row | {"Email": f"info@{row['Website']}", "First name": "", "Last name": row["Last name"]}
    if kind == 3:
        return row | {"Email": f"{slug(row['First name'])}.{slug(row['Last name'])}@{rng.choice(FREE_MAIL_DOMAINS)}"}
    if kind == 4:
        return row | {"Do not email": "Yes"}
    if kind == 5:
        return row | {"Website": COMPETITOR_DOMAIN, "Company": "Dispatchwell",
                      "Email": f"{slug(row['First name'])}@{COMPETITOR_DOMAIN}"}  # fmt: skip
    if kind == 6:
        return row | {"Country": "Chile"}
    if kind in (7, 8, 9):
        title, notes = rng.choice(_STRANGE)
        return row | {"Job title": title, "Notes": notes}
    if kind in (10, 11):
        return row | {"Industry": "", "Employees": "", "Country": ""}
    if kind == 12:
        return row | {"Employees": rng.choice(("2", "14000"))}
    return row


def _stranger(number: int, world: World, rng: Random) -> Row:
    country = rng.choice(tuple(COUNTRIES.values()))
    pool, trade = POOLS[country.cultures[0]], rng.choice(TRADES)
    given, family = rng.choice(pool.women + pool.men), rng.choice(pool.surnames)
    word = trade.words[country.language]
    stem = rng.choice(_STEMS)
    domain = f"{slug(stem)}-{slug(word, country.language)}-{number % 97}.example"
    created = world.as_of - timedelta(days=rng.randrange(1, 60))
    return {
        "Lead ID": f"SC-{4000 + number}",
        "First name": given,
        "Last name": family,
        "Email": f"{slug(given, country.language)}.{slug(family, country.language)}@{domain}",
        "Company": f"{stem} {word}",
        "Job title": titles.draw(rng).text,
        "Country": country.name,
        "Industry": trade.hubspot_industry,
        "Employees": str(rng.choice((8, 24, 45, 80, 150, 260, 420, 900, 1800, 4000))),
        "Website": domain,
        "Lead source": rng.choice(_SOURCES),
        "Campaign": "Spring campaign",
        "Lead status": "New",
        "Created": created.isoformat(),
    }


def _known(number: int, world: World, rng: Random) -> Row:
    """Somebody at a firm the vendor deals with (a customer, one with a deal, an old acquaintance), or one of us."""
    if number % 32 == 16:
        us = rng.choice(COLLEAGUES[:5])
        return _stranger(number, world, rng) | {"First name": us.given, "Last name": us.family, "Email": us.email,
                                                "Company": "", "Website": ""}  # fmt: skip
    person = rng.choice(world.people)
    firm = person.firm
    return _stranger(number, world, rng) | {
        "First name": person.given, "Last name": person.family, "Email": person.email, "Company": firm.name,
        "Job title": person.title.text, "Country": firm.country.name, "Industry": firm.trade.hubspot_industry,
        "Employees": str(firm.employees), "Website": firm.domain,
    }  # fmt: skip


def _events(email: str, as_of: date, rng: Random) -> list[Row]:
    found = []
    for kind, detail in rng.sample(_DID, rng.randrange(1, 4)):
        at = datetime.combine(as_of, time(9)) - timedelta(days=rng.randrange(1, 18), minutes=rng.randrange(400))
        found.append({"Email": email, "Event type": kind, "Date": at.strftime("%Y-%m-%d %H:%M"), "Detail": detail})
    return found
