"""A list somebody brought back from a trade fair: few addresses, hasty spelling, known people and new ones."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from deals.sample import titles
from deals.sample.accounts import Firm
from deals.sample.colleagues import COLLEAGUES
from deals.sample.mess import mistyped, nickname, umlauts_spelt_out
from deals.sample.names import POOLS
from deals.sample.people import Person
from deals.sample.table import semicolons
from deals.sample.world import World

FILE_NAME = "trade-fair-attendees.csv"
HEADER = [
    "Badge",
    "First name",
    "Last name",
    "Company",
    "Job title",
    "E-mail",
    "City",
    "Country",
    "Talked about",
    "Met by",
]
_INTERESTS = (
    "Dispatch, wants a demo",
    "offline app",
    "just looking",
    "spare parts on vans",
    "call back in two weeks",
    "SAP interface!",
    "price list",
    "asked for references",
    "",
    "",
)
_NEW_FIRMS = (
    "Oxenlode Kitchens",
    "Vantmere Glass",
    "Brühlwiesen Bäder",
    "Skarpnäs Färg",
    "Pellegrola Marmi",
    "Dunhallow Seeds",
)

Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """The file, which badge belongs to whom, and the badges a rule alone can't decide."""

    content: bytes
    badges: tuple[tuple[str, Person], ...]
    doubtful: frozenset[str]


def file(world: World, *, scale: int, seed: int) -> Attendance:
    """About 40 × scale people; half of them are written so that somebody has to look."""
    rng = Random(f"{seed}/attendees")
    known = [p for p in world.people if p.story in {"plain", "nickname_there", "spelt_out", "other_address"}]
    chosen = iter(rng.sample(known, sum(count for _, count in _MANNERS) * scale))
    rows: list[tuple[Row, Person | None, bool]] = []
    for manner, count in _MANNERS:
        for _ in range(count * scale):
            person = next(chosen)
            rows.append((manner(person, rng), person, manner in _DOUBTFUL))
    rows += [(_namesake(person, world.firms, rng), None, True) for person in rng.sample(known, 4 * scale)]
    rows += [(_new(rng), None, False) for _ in range(6 * scale)]
    rng.shuffle(rows)
    badges = [
        f"TF-{number:0{4 if scale < 20 else 6}}"
        for number in rng.sample(range(1000, 9000 * max(1, scale // 9)), len(rows))
    ]
    for (row, _, _), badge in zip(rows, badges, strict=True):
        row["Badge"] = badge
    return Attendance(
        content=semicolons(HEADER, [row for row, _, _ in rows]),
        badges=tuple((row["Badge"], person) for row, person, _ in rows if person),
        doubtful=frozenset(row["Badge"] for row, _, is_doubtful in rows if is_doubtful),
    )


def _row(person: Person, rng: Random, *, company: str, email: str = "", given: str = "") -> Row:
    return {
        "First name": given or person.given,
        "Last name": person.family,
        "Company": company,
        "Job title": person.title.otherwise if rng.random() < 0.6 else "",
        "E-mail": email,
        "City": person.firm.city.name if rng.random() < 0.4 else "",
        "Country": person.firm.country.name if rng.random() < 0.7 else "",
        "Talked about": rng.choice(_INTERESTS),
        "Met by": rng.choice(COLLEAGUES[:5]).given,
    }


def _with_address(person: Person, rng: Random) -> Row:
    return _row(person, rng, company=person.firm.name, email=person.email)


def _short_firm(person: Person, rng: Random) -> Row:
    return _row(person, rng, company=person.firm.short_name)


def _firm_misheard(person: Person, rng: Random) -> Row:
    return _row(person, rng, company=mistyped(umlauts_spelt_out(person.firm.name), rng))


def _short_name(person: Person, rng: Random) -> Row:
    short = nickname(person.given, rng)
    return _row(person, rng, company=person.firm.short_name, given=short if short != person.given else f"{short[0]}.")


def _no_firm(person: Person, rng: Random) -> Row:
    return _row(person, rng, company="")


def _misread_badge(person: Person, rng: Random) -> Row:
    row = _row(person, rng, company=person.firm.name)
    return row | {"Last name": mistyped(umlauts_spelt_out(person.family), rng)}


def _namesake(person: Person, firms: list[Firm], rng: Random) -> Row:
    """Somebody else with the name of a known person, from another of the firms or none at all."""
    other = rng.choice([firm for firm in firms if firm.domain != person.firm.domain])
    title = titles.draw(rng).text
    return _row(person, rng, company=rng.choice((other.name, ""))) | {"Job title": title, "City": other.city.name}


def _new(rng: Random) -> Row:
    pool = POOLS[rng.choice(("en", "de", "sv", "it"))]
    return {
        "First name": rng.choice(pool.women + pool.men),
        "Last name": rng.choice(pool.surnames),
        "Company": rng.choice(_NEW_FIRMS),
        "Job title": titles.draw(rng).text,
        "Talked about": rng.choice(_INTERESTS),
        "Met by": rng.choice(COLLEAGUES[:5]).given,
    }


# How known people are written down, and how many of each.
_MANNERS: tuple[tuple[Callable[[Person, Random], Row], int], ...] = (
    (_with_address, 9),
    (_short_firm, 7),
    (_firm_misheard, 5),
    (_short_name, 4),
    (_no_firm, 3),
    (_misread_badge, 2),
)
_DOUBTFUL = frozenset({_short_firm, _firm_misheard, _short_name, _no_firm, _misread_badge})
