"""The sixty firms (times scale) the invented vendor deals with: groups with subsidiaries, near namesakes, single "
"firms."""

import re
from dataclasses import dataclass
from random import Random

from anyascii import anyascii

from deals.sample import firms, places

FIRMS_PER_BLOCK = 60
# Per block: how many children each group has, how many near-equal pairs, how many firms stand in one CRM only.
_GROUPS = (2, 2, 1, 1)
_TWIN_PAIRS = 3
_ONE_SIDED = 6
_UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("Ä"): "Ae", ord("Ö"): "Oe", ord("Ü"): "Ue"}


@dataclass(frozen=True, kw_only=True)
class Firm:
    """An invented company. `name` has no legal form; `parent` and `twin` are keys of other firms."""

    key: int
    block: int
    name: str
    legal_form: str
    domain: str
    country: places.Country
    city: places.City
    street: str
    postcode: str
    switchboard: str
    trade: firms.Trade
    employees: int
    mail_pattern: str
    parent: int | None = None
    twin: int | None = None
    is_in_hubspot: bool = True
    is_in_salesforce: bool = True

    @property
    def legal_name(self) -> str:
        return f"{self.name} {self.legal_form}"

    @property
    def short_name(self) -> str:
        """What people say: the name without trade and without "Group"."""
        left_out = {*self.trade.words[self.country.language].split(), *firms.GROUP_WORDS.values()}
        return " ".join(word for word in self.name.split() if word not in left_out) or self.name


def ascii_fold(text: str, language: str = "") -> str:
    """Letters as they stand in e-mail addresses; German and Swedish vowels the way their owners write them."""
    if language == "de":
        text = text.translate(_UMLAUTS)
    return str(anyascii(text))


def slug(text: str, language: str = "") -> str:
    return re.sub(r"[^a-z0-9]+", "-", ascii_fold(text, language).lower()).strip("-")


def build_firms(directory: places.Directory, *, scale: int, seed: int) -> list[Firm]:
    """60 × scale firms in order of their keys; names and domains are unique."""
    founder = _Founder(directory, seed)
    for block in range(scale):
        founder.found_block(block)
    return founder.founded


class _Founder:
    """Founds firms one after the other and remembers which names and domains are taken."""

    def __init__(self, directory: places.Directory, seed: int) -> None:
        self.rng = Random(f"{seed}/firms")
        self.directory = directory
        self.founded: list[Firm] = []
        self.stems: set[str] = set()
        self.names: set[str] = set()
        self.domains: set[str] = set()
        self.block = 0
        self.countries = list(places.COUNTRIES.values())
        self.weights = [country.weight for country in self.countries]

    def found_block(self, block: int) -> None:
        self.block = block
        for children in _GROUPS:
            self._group(children)
        for _ in range(_TWIN_PAIRS):
            self._twins()
        singles = FIRMS_PER_BLOCK * (block + 1) - len(self.founded)
        for number in range(singles):
            self._single(is_in_hubspot=number >= _ONE_SIDED, is_in_salesforce=not _ONE_SIDED <= number < 2 * _ONE_SIDED)

    def _single(self, *, is_in_hubspot: bool, is_in_salesforce: bool) -> None:
        country, trade = self._country(), self.rng.choice(firms.TRADES)
        stem = self._stem(country.language)
        name = _named(stem, trade, country.language)
        self._found(name, stem, country, trade, is_in_hubspot=is_in_hubspot, is_in_salesforce=is_in_salesforce)

    def _group(self, children: int) -> None:
        country, trade = self._country(), self.rng.choice(firms.TRADES)
        stem = self._stem(country.language)
        word = firms.GROUP_WORDS[country.language]
        name = f"{word} {stem}" if country.language in firms.TRADE_FIRST else f"{stem} {word}"
        parent = self._found(name, stem, country, trade, size=(900, 9000))
        finance = self.rng.choice(firms.FINANCE_WORDS)
        for name in (f"{stem} {finance}", _named(stem, trade, country.language))[:children]:
            shared = parent.domain if self.rng.random() < 0.4 else ""
            self._found(name, name, country, trade, parent=parent.key, domain=shared)

    def _twins(self) -> None:
        """Two firms that have nothing to do with each other and names a letter or two apart."""
        country = self.rng.choice([places.COUNTRIES[code] for code in ("DE", "US", "GB")])
        trade = self.rng.choice(firms.TRADES)
        starts = [start for start in firms.STEM_PARTS[country.language][0] if start[-1] not in "aeiou"]
        stem, other = self._free_pair(starts, firms.TWIN_ENDS[country.language])
        first = self._found(_named(stem, trade, country.language), stem, country, trade)
        self._found(_named(other, trade, country.language), other, country, trade, twin=first.key)

    def _free_pair(self, starts: list[str], ends: tuple[tuple[str, str], ...]) -> tuple[str, str]:
        pair = ("", "")
        for _ in range(60):
            start, (end, other_end) = self.rng.choice(starts), self.rng.choice(ends)
            pair = (start + end, start + other_end)
            if self.stems.isdisjoint(pair):
                break
        self.stems.update(pair)
        return pair

    def _country(self) -> places.Country:
        return self.rng.choices(self.countries, self.weights)[0]

    def _stem(self, language: str) -> str:
        """A stem nobody has, as long as there are any; later ones repeat and differ by trade."""
        starts, ends = firms.STEM_PARTS[language]
        stem = ""
        for _ in range(40):
            start, end = self.rng.choice(starts), self.rng.choice(ends)
            stem = start + end
            if stem not in self.stems and start.lower() != end:
                break
        self.stems.add(stem)
        return stem

    def _found(
        self,
        name: str,
        short: str,
        country: places.Country,
        trade: firms.Trade,
        *,
        size: tuple[int, int] = (35, 1600),
        domain: str = "",
        parent: int | None = None,
        twin: int | None = None,
        is_in_hubspot: bool = True,
        is_in_salesforce: bool = True,
    ) -> Firm:
        city = self.rng.choice(country.cities)
        while name in self.names:
            name = f"{name} {city.name}" if f"{name} {city.name}" not in self.names else f"{name} {len(self.names)}"
        self.names.add(name)
        firm = Firm(
            key=len(self.founded),
            block=self.block,
            name=name,
            legal_form=self.rng.choice(firms.LEGAL_FORMS[country.code]),
            domain=domain or self._domain(short, name, country),
            country=country,
            city=city,
            street=self._address(country),
            postcode=places.postcode(city, self.rng),
            switchboard=self.directory.landline(country, city),
            trade=trade,
            employees=self._employees(*size),
            mail_pattern=self.rng.choice(
                ("first.last", "first.last", "first.last", "flast", "f.last", "first", "last")
            ),
            parent=parent,
            twin=twin,
            is_in_hubspot=is_in_hubspot,
            is_in_salesforce=is_in_salesforce,
        )
        self.founded.append(firm)
        return firm

    def _domain(self, short: str, name: str, country: places.Country) -> str:
        choices = [slug(short, country.language), slug(name, country.language)]
        if self.rng.random() < 0.3:
            choices.reverse()
        choices.append(f"{choices[-1]}-{country.code.lower()}")
        free = next((c for c in choices if f"{c}.example" not in self.domains), f"{choices[-1]}{len(self.domains)}")
        self.domains.add(f"{free}.example")
        return f"{free}.example"

    def _address(self, country: places.Country) -> str:
        street, number = self.rng.choice(country.streets), self.rng.randint(1, 180)
        is_number_first = country.code in {"US", "GB", "FR"}
        return f"{number} {street}" if is_number_first else f"{street} {number}"

    def _employees(self, low: int, high: int) -> int:
        return int(low * (high / low) ** self.rng.random())


def _named(stem: str, trade: firms.Trade, language: str) -> str:
    word = trade.words[language]
    return f"{word} {stem}" if language in firms.TRADE_FIRST else f"{stem} {word}"
