"""The invented vendor, Quillmere Systems, and its people: who owns which region."""

from dataclasses import dataclass

VENDOR = "Quillmere Systems"
VENDOR_DOMAIN = "quillmere.example"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """One of the vendor's own people; `regions` are country codes, empty for those without a territory."""

    number: int
    given: str
    family: str
    title: str
    regions: tuple[str, ...] = ()
    is_active: bool = True
    time_zone: str = "Europe/London"

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        return f"{self.given}.{self.family}@{VENDOR_DOMAIN}".lower()


COLLEAGUES: tuple[Colleague, ...] = (
    Colleague(number=0, given="Nadia", family="Ferrante", title="Head of Sales", regions=("FR", "IT", "ES")),
    Colleague(number=1, given="Tom", family="Aldous", title="Account Executive, UK & Ireland", regions=("GB",)),
    Colleague(
        number=2,
        given="Jana",
        family="Reinholt",
        title="Account Executive, DACH",
        regions=("DE", "PL"),
        time_zone="Europe/Berlin",
    ),
    Colleague(
        number=3,
        given="Marcus",
        family="Oyelaran",
        title="Account Executive, North America",
        regions=("US",),
        time_zone="America/Chicago",
    ),
    Colleague(
        number=4,
        given="Pia",
        family="Lindqvist",
        title="Account Executive, Nordics & Benelux",
        regions=("SE", "NL"),
        time_zone="Europe/Stockholm",
    ),
    Colleague(number=5, given="Dev", family="Raman", title="Sales Development Representative"),
    Colleague(number=6, given="Gregor", family="Hale", title="Account Executive", is_active=False),
)
HEAD, DEVELOPER, FORMER = COLLEAGUES[0], COLLEAGUES[5], COLLEAGUES[6]
# Whose LinkedIn connections the sample holds.
NETWORKER = HEAD


def owner_of(country_code: str) -> Colleague:
    """Who looks after firms of a country."""
    return next((c for c in COLLEAGUES if country_code in c.regions), HEAD)
