"""The 250 people (times scale) who work at the firms, each with the story their records in two CRMs will tell."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from deals.sample import places, titles
from deals.sample.accounts import Firm, ascii_fold, slug
from deals.sample.names import COMMON_NAMES, DOUBLE_GIVEN, LOOKALIKES, NICKNAMES, POOLS, VARIANTS

PEOPLE_PER_BLOCK = 250
FREE_MAIL_DOMAINS = ("postbox.example", "mailhaus.example", "webpost.example", "freepost.example")

# How often each story is told per block. People of "both" stories stand in both CRMs.
BOTH: dict[str, int] = {
    "plain": 79,
    "nickname_there": 16,
    "spelt_out": 12,
    "mistyped_name": 10,
    "other_address": 14,
    "no_mail_in_salesforce": 18,
    "no_mail_in_hubspot": 4,
    "shouted": 6,
    "swapped": 2,
    "moved_same_mobile": 3,
    "moved_old_address": 2,
    "decoded_twice_there": 1,
    "double_given": 2,
    # One person, but a rule alone can't say so:
    "firm_written_otherwise": 4,
    "married": 3,
    "initial_only": 3,
    "moved": 3,
    "private_address_here": 3,
    "given_name_misheard": 2,
}
# Two people with one record each who look like one.
PAIRS: dict[str, int] = {"near_firm": 3, "common_name": 2, "junior": 2}
DOUBTFUL = frozenset(
    {
        "firm_written_otherwise",
        "married",
        "initial_only",
        "moved",
        "private_address_here",
        "given_name_misheard",
        *PAIRS,
    }
)
MOVES = frozenset({"moved", "moved_same_mobile", "moved_old_address"})
HUBSPOT_ONLY = 26
SALESFORCE_ONLY = PEOPLE_PER_BLOCK - sum(BOTH.values()) - 2 * sum(PAIRS.values()) - BOTH["initial_only"] - HUBSPOT_ONLY
_LOOKALIKE_COLLEAGUES = 5


@dataclass(frozen=True, kw_only=True)
class Person:
    """An invented person. `other` is the key of somebody they are mistaken for, `next_firm` where they went."""

    key: int
    block: int
    given: str
    family: str
    firm: Firm
    title: titles.Title
    email: str
    phone: str
    mobile: str
    story: str
    suffix: str = ""
    other: int | None = None
    next_firm: Firm | None = None
    next_email: str = ""

    @property
    def is_in_hubspot(self) -> bool:
        return not self.story.startswith("salesforce") and not self.story.endswith("/salesforce")

    @property
    def is_in_salesforce(self) -> bool:
        return not self.story.startswith("hubspot") and not self.story.endswith("/hubspot")


def build_people(firms: list[Firm], directory: places.Directory, *, scale: int, seed: int) -> list[Person]:
    """250 × scale people in order of their keys; no two have the same e-mail address."""
    census = _Census(firms, directory, seed)
    for block in range(scale):
        census.count_block(census.by_block[block], block)
    return census.people


class _Census:
    """Fills firms with people, block by block."""

    def __init__(self, firms: list[Firm], directory: places.Directory, seed: int) -> None:
        self.rng = Random(f"{seed}/people")
        self.directory = directory
        self.people: list[Person] = []
        self.addresses: set[str] = set()
        self.names: Counter[tuple[str, str]] = Counter()
        self.headcount: Counter[int] = Counter()
        self.families: set[tuple[int, str]] = set()
        self.block = 0
        self.by_block: dict[int, list[Firm]] = {}
        for firm in firms:
            self.by_block.setdefault(firm.block, []).append(firm)

    def count_block(self, firms: list[Firm], block: int) -> None:
        self.block = block
        self.shared = [firm for firm in firms if firm.is_in_hubspot and firm.is_in_salesforce]
        self._pairs(firms)
        for story, count in BOTH.items():
            for number in range(count):
                self._one_of_both(story, number)
        self._one_sided("hubspot_only", HUBSPOT_ONLY, [firm for firm in firms if firm.is_in_hubspot])
        self._one_sided("salesforce_only", SALESFORCE_ONLY, [firm for firm in firms if firm.is_in_salesforce])

    def _one_of_both(self, story: str, number: int) -> None:
        firm = self._firm(self.shared)
        if story == "plain" and number < 2 * _LOOKALIKE_COLLEAGUES:
            self._lookalike(firm, number)
        elif story == "initial_only":
            self._namesake_initial(firm)
        else:
            given, family = self._name_for(story, firm)
            self._add(firm, given, family, story, next_firm=self._other_firm(firm) if story in MOVES else None)

    def _lookalike(self, firm: Firm, number: int) -> None:
        """Every second one is a colleague of the last: same family name, a given name a letter apart."""
        if number % 2 == 0:
            given = self.rng.choice(LOOKALIKES)[0]
            self._add(firm, given, self._family(firm), "plain")
            return
        last = self.people[-1]
        self._add(last.firm, dict(LOOKALIKES)[last.given], last.family, "plain")

    def _namesake_initial(self, firm: Firm) -> None:
        """Two colleagues share family name and initial; one CRM has only the initial of the first."""
        family = self._family(firm)
        first, second = self.rng.choice(
            (("John", "James"), ("Stefan", "Sabine"), ("Mark", "Monica"), ("Peter", "Paula"))
        )
        person = self._add(firm, first, family, "initial_only")
        self._add(firm, second, family, "hubspot_only", other=person.key)

    def _pairs(self, firms: list[Firm]) -> None:
        twins = [firm for firm in firms if firm.twin is not None]
        by_key = {firm.key: firm for firm in firms}
        for firm in twins[: PAIRS["near_firm"]]:
            assert firm.twin is not None
            given, family = self._name_for("pair", firm)
            self._pair("near_firm", (given, family), by_key[firm.twin], firm)
        for _ in range(PAIRS["common_name"]):
            firm = self._firm([firm for firm in self.shared if firm.country.language in COMMON_NAMES])
            name = self.rng.choice(COMMON_NAMES[firm.country.language])
            self._pair("common_name", name, firm, self._other_firm(firm))
        for _ in range(PAIRS["junior"]):
            firm = self._firm([firm for firm in self.shared if firm.country.language == "en"])
            self._pair("junior", self._name_for("junior", firm), firm, firm)

    def _pair(self, story: str, name: tuple[str, str], left: Firm, right: Firm) -> None:
        suffixes = ("Sr.", "Jr.") if story == "junior" else ("", "")
        first = self._add(left, *name, f"{story}/hubspot", suffix=suffixes[0])
        self._add(right, *name, f"{story}/salesforce", suffix=suffixes[1], other=first.key)

    def _one_sided(self, story: str, count: int, firms: list[Firm]) -> None:
        lonely = [firm for firm in firms if firm.is_in_hubspot != firm.is_in_salesforce]
        for number in range(count):
            # Firms that stand in one CRM come first: each has two people or more, not none.
            firm = lonely[number % len(lonely)] if number < 2 * len(lonely) + 4 else self._firm(firms)
            self._add(firm, *self._name_for(story, firm), story)

    def _add(
        self,
        firm: Firm,
        given: str,
        family: str,
        story: str,
        *,
        suffix: str = "",
        other: int | None = None,
        next_firm: Firm | None = None,
    ) -> Person:
        self.families.add((firm.key, family))
        self.names[given, family] += 1
        self.headcount[firm.key] += 1
        person = Person(
            key=len(self.people),
            block=self.block,
            given=given,
            family=family,
            firm=firm,
            title=titles.draw(self.rng),
            email=self._address(given, family, firm),
            phone=self.directory.landline(firm.country, firm.city) if self.rng.random() < 0.62 else firm.switchboard,
            mobile=self.directory.mobile(firm.country, firm.city, self.rng)
            if story == "moved_same_mobile" or self.rng.random() < 0.45
            else "",
            story=story,
            suffix=suffix,
            other=other,
            next_firm=next_firm,
            next_email=self._address(given, family, next_firm) if next_firm else "",
        )
        self.people.append(person)
        return person

    def _address(self, given: str, family: str, firm: Firm) -> str:
        local = local_part(given, family, firm.mail_pattern, firm.country.language)
        full = local_part(given, family, "first.last", firm.country.language)
        choices = [local, full, *(f"{full}{number}" for number in range(2, 60))]
        address = next(a for a in (f"{choice}@{firm.domain}" for choice in choices) if a not in self.addresses)
        self.addresses.add(address)
        return address

    def _firm(self, firms: list[Firm]) -> Firm:
        """One of the emptier firms, now and then any: all have somebody, some have many."""
        if self.rng.random() < 0.25:
            return self.rng.choice(firms)
        return min(self.rng.sample(firms, min(5, len(firms))), key=lambda firm: (self.headcount[firm.key], firm.key))

    def _other_firm(self, firm: Firm) -> Firm:
        away = [f for f in self.shared if f.domain != firm.domain and f.parent != firm.key and f.key != firm.parent]
        near = [f for f in away if f.country is firm.country and f.twin != firm.key and firm.twin != f.key]
        return self.rng.choice(near or away)

    def _family(self, firm: Firm) -> str:
        pool = POOLS[firm.country.cultures[0]]
        return self.rng.choice(
            [name for name in pool.surnames if (firm.key, name) not in self.families] or pool.surnames
        )

    def _name_for(self, story: str, firm: Firm) -> tuple[str, str]:
        """A name that suits the story and, as long as names last, belongs to nobody else."""
        name = self._draw(story, firm)
        for _ in range(60):
            if self.names[name] == 0 and (firm.key, name[1]) not in self.families:
                break
            name = self._draw(story, firm)
        return name

    def _draw(self, story: str, firm: Firm) -> tuple[str, str]:
        culture = self._culture(story, firm)
        pool = POOLS[culture]
        is_woman = self.rng.random() < 0.45
        given, family = self.rng.choice(pool.women if is_woman else pool.men), self.rng.choice(pool.surnames)
        if story == "nickname_there":
            given = self.rng.choice([name for name in NICKNAMES if name in pool.women or name in pool.men])
        elif story == "married":
            given = self.rng.choice(pool.women)
        elif story == "double_given":
            given = self.rng.choice(DOUBLE_GIVEN)
        elif story == "given_name_misheard":
            given = self.rng.choice(VARIANTS)[0]
        elif story in {"spelt_out", "decoded_twice_there"}:
            accented = [name for name in pool.surnames if not name.isascii()]
            family = self.rng.choice(accented or pool.surnames)
        elif story == "junior":
            given, family = self.rng.choice(POOLS["en"].men), self.rng.choice(POOLS["en"].surnames)
        if culture == "pl" and given in pool.women and family.endswith("ki"):
            family = f"{family[:-1]}a"
        return given, family

    def _culture(self, story: str, firm: Firm) -> str:
        if story == "nickname_there":
            return "en"
        if story in {"spelt_out", "decoded_twice_there"}:
            local = firm.country.cultures[0]
            return local if local in {"de", "sv", "fr", "es"} else self.rng.choice(("de", "de", "sv"))
        return self.rng.choice(firm.country.cultures)


def local_part(given: str, family: str, pattern: str, language: str) -> str:
    """The part before the @, after a firm's pattern such as first.last or flast."""
    first, last = slug(given, language), slug(ascii_fold(family, language), language)
    parts = {
        "first.last": f"{first}.{last}",
        "flast": f"{first[0]}{last}",
        "f.last": f"{first[0]}.{last}",
        "first": first,
        "last": last,
        "last.first": f"{last}.{first}",
    }
    return parts[pattern]
