"""A colleague's LinkedIn connections: half of them known contacts, the rest people met along the way."""

from datetime import timedelta
from random import Random

from deals.sample import titles
from deals.sample.contact_records import profile_url
from deals.sample.names import POOLS
from deals.sample.people import Person
from deals.sample.table import commas
from deals.sample.world import World

HEADER = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
CONNECTIONS_PER_BLOCK = 120
_KNOWN_PER_BLOCK = 62
_HIDDEN_PER_BLOCK = 3
_PREAMBLE = (
    "Notes:\n"
    '"Some e-mail addresses are missing from this list. An address is shown only where the connection has chosen '
    'to let people they are connected with see it."\n'
    "\n"
)
_OTHER_FIRMS = (
    "Freelance",
    "Self-employed",
    "Hazelmoor Consulting",
    "Brightfen Advisory",
    "University of Ostermark",
    "Tidewell Partners",
    "Copperlane Media",
    "Nordquay Ventures",
    "Fennimore & Sloe",
    "Stellarbeck Recruiting",
    "Kolmgard Software",
    "",
)
_OTHER_TITLES = (
    "Management Consultant",
    "Founder",
    "Interim Manager Operations",
    "Senior Recruiter",
    "Lecturer, Logistics",
    "Product Manager | B2B SaaS",
    "Investor & Board Member",
    "Sales Director",
    "Marketing Manager",
    "Helping teams plan better 🚀",
)
_ORNAMENTS = (" PhD", ", MBA", " 🌱", " ⭐", ", PMP®")


def file(world: World, *, seed: int) -> tuple[bytes, list[tuple[Person, str]]]:
    """Connections.csv and which known people stand in it, by their profile address."""
    blocks = 1 + world.firms[-1].block
    rng = Random(f"{seed}/linkedin")
    known = rng.sample(
        [person for person in world.people if not person.story.startswith("junior")], _KNOWN_PER_BLOCK * blocks
    )
    strangers = CONNECTIONS_PER_BLOCK * blocks - len(known) - _HIDDEN_PER_BLOCK * blocks
    rows = [_known(person, rng) for person in known]
    rows += [_stranger(rng) for _ in range(strangers)]
    rows += [{} for _ in range(_HIDDEN_PER_BLOCK * blocks)]
    rng.shuffle(rows)
    ages = sorted(rng.randint(3, 3200) for _ in rows)
    for row, age in zip(rows, ages, strict=True):
        day = world.as_of - timedelta(days=age)
        row["Connected On"] = f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}"
    return _PREAMBLE.encode() + commas(HEADER, rows), [(person, profile_url(person)) for person in known]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _known(person: Person, rng: Random) -> dict[str, str]:
    firm = person.next_firm or person.firm
    email = person.next_email or person.email
    return {
        "First Name": person.given,
        "Last Name": person.family + (rng.choice(_ORNAMENTS) if rng.random() < 0.08 else ""),
        "URL": profile_url(person),
        "Email Address": email if rng.random() < 0.05 else "",
        "Company": firm.name if rng.random() < 0.7 else firm.legal_name,
        "Position": person.title.otherwise if rng.random() < 0.5 else person.title.text,
    }


def _stranger(rng: Random) -> dict[str, str]:
    pool = POOLS[rng.choice(("en", "us", "de", "fr", "it", "es", "sv", "nl", "in"))]
    given, family = rng.choice(pool.women + pool.men), rng.choice(pool.surnames)
    is_ours = rng.random() < 0.25
    return {
        "First Name": given,
        "Last Name": family + (rng.choice(_ORNAMENTS) if rng.random() < 0.08 else ""),
        "URL": f"https://www.linkedin.com/in/qm-{rng.randrange(16**9):09x}",
        "Company": rng.choice(_OTHER_FIRMS),
        "Position": titles.draw(rng).text if is_ours else rng.choice(_OTHER_TITLES),
    }
