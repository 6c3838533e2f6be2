"""Countries, cities, streets and telephone numbers, the numbers from ranges kept free for fiction where there are "
"any."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True)
class City:
    """A town with its dialling code, the fixed beginning of local numbers there, and its postcode area."""

    name: str
    code: str
    stem: str
    postcode: str
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class Country:
    """A country as an address names it; `mobiles` are beginnings of mobile numbers."""

    code: str
    name: str
    dial: str
    language: str
    cultures: tuple[str, ...]
    currency: str
    weight: int
    cities: tuple[City, ...]
    streets: tuple[str, ...]
    mobiles: tuple[str, ...]
    trunk: str = "0"


def _city(line: str) -> City:
    name, code, stem, postcode, region = f"{line}|".split("|")[:5]
    return City(name=name, code=code, stem=stem, postcode=postcode, region=region)


def _cities(*lines: str) -> tuple[City, ...]:
    return tuple(map(_city, lines))


COUNTRIES: dict[str, Country] = {
    c.code: c
    for c in (
        Country(
            code="DE",
            name="Germany",
            dial="49",
            language="de",
            cultures=("de", "de", "de", "de", "de", "de", "tr", "pl"),
            currency="EUR",
            weight=15,
            cities=_cities(
                "Berlin|30|23125|10###|Berlin",
                "Hamburg|40|66969|20###|Hamburg",
                "München|89|99998|80###|Bayern",
                "Köln|221|4710|50###|Nordrhein-Westfalen",
                "Frankfurt am Main|69|90009|60###|Hessen",
            ),
            streets=("Am Güterbahnhof", "Industriestraße", "Lindenallee", "Werftweg", "Bergmannstraße", "Hafenring"),
            mobiles=("176040690", "17139200"),
        ),
        Country(
            code="US",
            name="United States",
            dial="1",
            language="en",
            cultures=("us", "us", "us", "en", "en", "en", "es", "in", "zh"),
            currency="USD",
            weight=14,
            cities=_cities(
                "Chicago|312|55501|606##|IL",
                "Columbus|614|55501|432##|OH",
                "Minneapolis|612|55501|554##|MN",
                "Austin|512|55501|787##|TX",
                "Charlotte|704|55501|282##|NC",
                "Denver|303|55501|802##|CO",
                "Portland|503|55501|972##|OR",
                "Milwaukee|414|55501|532##|WI",
                "Pittsburgh|412|55501|152##|PA",
                "Boise|208|55501|837##|ID",
            ),
            streets=("Commerce Pkwy", "Foundry St", "Lakeshore Dr", "Industrial Blvd", "Mill Creek Rd", "Union Ave"),
            mobiles=(),
            trunk="",
        ),
        Country(
            code="GB",
            name="United Kingdom",
            dial="44",
            language="en",
            cultures=("en", "en", "en", "en", "en", "in", "pl"),
            currency="GBP",
            weight=12,
            cities=_cities(
                "London|20|79460|E14 #NQ",
                "Manchester|161|4960|M17 #LD",
                "Leeds|113|4960|LS9 #PB",
                "Birmingham|121|4960|B24 #TR",
                "Bristol|117|4960|BS11 #XE",
                "Glasgow|141|4960|G51 #HS",
                "Sheffield|114|4960|S9 #WG",
            ),
            streets=("Wharf Road", "Tannery Lane", "Station Approach", "Kiln Street", "Canal Bank", "Foundry Lane"),
            mobiles=("7700900",),
        ),
        Country(
            code="FR",
            name="France",
            dial="33",
            language="fr",
            cultures=("fr", "fr", "fr", "fr", "it"),
            currency="EUR",
            weight=4,
            cities=_cities("Lyon|4|6571|690##", "Nantes|2|6191|440##", "Lille|3|5301|590##", "Paris|1|9900|750##"),
            streets=("rue des Tanneurs", "avenue de la Gare", "quai des Forges", "rue du Moulin"),
            mobiles=("63998",),
        ),
        Country(
            code="SE",
            name="Sweden",
            dial="46",
            language="sv",
            cultures=("sv", "sv", "sv", "sv", "tr"),
            currency="SEK",
            weight=4,
            cities=_cities("Stockholm|8|465004|11# ##", "Göteborg|31|39006|41# ##", "Malmö|40|62804|21# ##"),
            streets=("Hamngatan", "Verkstadsgatan", "Kvarnvägen", "Järnvägsgatan"),
            mobiles=("7017406",),
        ),
        Country(
            code="NL",
            name="Netherlands",
            dial="31",
            language="nl",
            cultures=("nl", "nl", "nl", "nl", "tr"),
            currency="EUR",
            weight=3,
            cities=_cities("Rotterdam|10|000|30## DK", "Utrecht|30|000|35## HB", "Eindhoven|40|000|56## AP"),
            streets=("Havenstraat", "Molenweg", "Ambachtsweg", "Stationsplein"),
            mobiles=("6000",),
        ),
        Country(
            code="ES",
            name="Spain",
            dial="34",
            language="es",
            cultures=("es",),
            currency="EUR",
            weight=3,
            cities=_cities("Zaragoza|976|00|500##", "Valencia|960|00|460##", "Bilbao|944|00|480##"),
            streets=("Calle del Molino", "Avenida del Puerto", "Polígono Las Eras", "Calle Herreros"),
            mobiles=("60000",),
            trunk="",
        ),
        Country(
            code="PL",
            name="Poland",
            dial="48",
            language="pl",
            cultures=("pl",),
            currency="EUR",
            weight=3,
            cities=_cities("Poznań|61|000|60-###", "Wrocław|71|000|50-###", "Gdańsk|58|000|80-###"),
            streets=("ul. Fabryczna", "ul. Portowa", "ul. Młyńska", "ul. Kolejowa"),
            mobiles=("50000",),
            trunk="",
        ),
        Country(
            code="IT",
            name="Italy",
            dial="39",
            language="it",
            cultures=("it",),
            currency="EUR",
            weight=2,
            cities=_cities("Brescia|030|000|251##", "Torino|011|000|101##", "Bologna|051|000|401##"),
            streets=("via dell'Industria", "via Molino Nuovo", "corso Stazione"),
            mobiles=("30000",),
            trunk="",
        ),
    )
}


class Directory:
    """Hands out telephone numbers (E.164) that nobody else in the sample has."""

    def __init__(self) -> None:
        self._given: dict[str, int] = defaultdict(int)

    def landline(self, country: Country, city: City) -> str:
        """A number in that city; the longer the list, the more digits behind the stem."""
        stem = country.dial + city.code + city.stem
        # Seven steps in a ring of a hundred or a thousand: neighbours in a firm don't get neighbouring numbers.
        return self._next(stem, width=2 if country.code in {"US", "SE"} else _width(country, city))

    def mobile(self, country: Country, city: City, rng: Random) -> str:
        """A mobile number; the United States have no numbers of their own for them."""
        if not country.mobiles:
            return self.landline(country, city)
        stem = country.dial + rng.choice(country.mobiles)
        return self._next(stem, width=_mobile_width(country, stem))

    def _next(self, stem: str, *, width: int) -> str:
        count = self._given[stem]
        self._given[stem] += 1
        if count < 10**width:
            return f"+{stem}{(count * 37 + 11) % 10**width:0{width}}"
        if stem.startswith("1"):
            return self._other_area()
        # German extensions grow; elsewhere the number stays unknown.
        return f"+{stem}{count - 10**width:0{width + 2}}" if stem.startswith("49") else ""

    def _other_area(self) -> str:
        """555-0100 to 555-0199 are free in every American area code."""
        count = self._given["overflow"]
        self._given["overflow"] += 1
        code = 201 + count // 100
        return f"+1{code}55501{count % 100:02}" if code < 990 and str(code) not in _AMERICAN_CODES else ""


_AMERICAN_CODES = frozenset(city.code for city in COUNTRIES["US"].cities)


def _width(country: Country, city: City) -> int:
    total = {"DE": 0, "GB": 10, "FR": 9, "NL": 9, "ES": 9, "PL": 9, "IT": 10}[country.code]
    return total - len(city.code) - len(city.stem) if total else 3


def _mobile_width(country: Country, stem: str) -> int:
    if country.code in {"DE", "SE"}:
        return 2
    total = {"GB": 10, "FR": 9, "NL": 9, "ES": 9, "PL": 9, "IT": 10}[country.code]
    return max(2, total - len(stem) + len(country.dial))


def postcode(city: City, rng: Random) -> str:
    return "".join(str(rng.randrange(10)) if letter == "#" else letter for letter in city.postcode)
