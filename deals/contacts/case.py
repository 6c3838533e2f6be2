"""A contact record as a case: the values compared, what identifies a person, what forbids linking two."""

from collections.abc import Mapping, Sequence, Set
from functools import partial
from typing import Any

from deals.contacts.mail_providers import mail_providers
from deals.contacts.names import as_filed, compared
from pipeline import candidates
from pipeline.matching import guards as toolkit
from pipeline.matching.kinds import Kind
from pipeline.matching.nicknames import is_compatible
from pipeline.matching.ornaments import bare_name
from pipeline.matching.single import folded
from pipeline.people import full_name, holders, names_of, side
from pipeline.pipeline import Candidate, Case, Memory, Work

COLUMNS = {
    "given_name": Kind.GIVEN_NAME,
    "family_name": Kind.FAMILY_NAME,
    "company": Kind.COMPANY,
    "emails": Kind.EMAIL,
    "phones": Kind.PHONE,
    "title": Kind.TEXT,
    "city": Kind.CITY,
}
# Two records whose names contradict each other are two people, however much of their company they share.
REQUIRED = {"given_name": "similar", "family_name": "similar", "emails": "equal"}
LABELS = {
    "given_name": "First name",
    "family_name": "Last name",
    "company": "Company",
    "emails": "E-mail",
    "phones": "Phone",
    "title": "Title",
    "city": "City",
    "country": "Country",
    "linkedin": "Profile",
}
# Comparison levels that don't speak for two records being one person.
_SAYS_NOTHING = frozenset({"missing", "different", "weak", "related", "same domain", "same block"})
# What may stand in a question to a model.
ASKED = ("given_name", "family_name", "company", "title", "emails", "phones", "city", "country")


def values_of(raw: Mapping[str, Any], company: str) -> dict[str, Any]:
    """The values compared, from a record's values; `company` is the name of its account where it has one."""
    given, family = names_of(raw)
    return {
        "given_name": given,
        "family_name": family,
        "company": company or raw.get("company") or "",
        "emails": _distinct([raw.get("email"), *(raw.get("emails") or [])]),
        "phones": _distinct([raw.get("mobile"), raw.get("phone")]),
        "title": raw.get("title") or "",
        "city": raw.get("city") or "",
        "country": raw.get("country") or "",
        "linkedin": raw.get("linkedin") or "",
    }


def _distinct(values: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(str(value) for value in values if value))


def prepare(cases: Sequence[Case], memory: Memory, country: str = "US") -> Work:
    """All people beside their best candidates; guards know how many people share an address, a number or a domain."""
    people = compared(cases)
    check = partial(_guards, holders=holders(people), providers=mail_providers(people), country=country)
    work = candidates.prepare(people, memory, columns=COLUMNS, required=REQUIRED, guards=check, country=country)
    return as_filed(work, cases, people)


def _guards(
    case: Case, other: Case, rivals: int, *, holders: Mapping[str, int], providers: Set[str], country: str
) -> tuple[str, ...]:
    left, right = side(case, holders, case.source), side(other, holders, other.source)
    found = toolkit.person_guards(left, right, candidates=rivals, country=country, providers=providers)
    return (*found, *_bridging(case, other))


def _bridging(case: Case, other: Case) -> tuple[str, ...]:
    """Two entities that each hold several records already are never joined without a person."""
    is_bridge = case.group != other.group and case.group_size > 1 and other.group_size > 1
    return ("bridging",) if is_bridge else ()


def identify(case: Case, candidate: Candidate) -> str | None:
    """The identifier two people share: e-mail or profile; or domain, family name and compatible given names."""
    left, right = case.values, candidate.values
    if not is_compatible(_folded_name(left, "given_name"), _folded_name(right, "given_name")):
        return None
    if _lower(left["emails"]) & _lower(right["emails"]):
        return "same_email"
    if left["linkedin"] and left["linkedin"].rstrip("/").lower() == right["linkedin"].rstrip("/").lower():
        return "same_profile"
    if _same_name_at_domain(left, right):
        return "same_name_at_domain"
    return None


def corroborated(candidate: Candidate) -> bool:
    """Whether more than name and company agrees (mail address, number, job): namesakes in one firm are real."""
    levels = candidate.levels
    return any(levels.get(field, "missing") not in _SAYS_NOTHING for field in ("emails", "phones", "title"))


def _same_name_at_domain(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    is_named = all(values["given_name"] and values["family_name"] for values in (left, right))
    same_family = _folded_name(left, "family_name") == _folded_name(right, "family_name")
    # Only mail domains count: a company both records name says less (namesakes without an address are not rare).
    domains = _mail_domains(left) & _mail_domains(right)
    return is_named and same_family and any(not toolkit.is_free_mail(domain) for domain in domains)


def _folded_name(values: Mapping[str, Any], part: str) -> str:
    return folded(bare_name(values[part]))


def _mail_domains(values: Mapping[str, Any]) -> set[str]:
    return {email.rpartition("@")[2].lower() for email in values["emails"]} - {""}


def _lower(values: Sequence[str]) -> set[str]:
    return {value.lower() for value in values}


def alias_key(values: Mapping[str, Any]) -> str:
    """A person's name and company, folded: what an alias of people holds for."""
    return f"{folded(bare_name(full_name(values)))} · {folded(values['company'])}" if full_name(values) else ""
