"""An account record as a case: the values compared, what identifies a company, what forbids linking two."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from pipeline import candidates
from pipeline.matching import guards as toolkit
from pipeline.matching.guards import is_free_mail
from pipeline.matching.kinds import Kind
from pipeline.matching.single import company_core
from pipeline.pipeline import Candidate, Case, Memory, Work

COLUMNS = {
    "name": Kind.COMPANY,
    "domain": Kind.DOMAIN,
    "phone": Kind.PHONE,
    "street": Kind.STREET,
    "city": Kind.CITY,
    "postcode": Kind.POSTCODE,
}
# Neighbours in one building share street and postcode; without a like name or domain they are two companies.
REQUIRED = {"name": "weak", "domain": "similar"}
LABELS = {
    "name": "Name",
    "domain": "Domain",
    "phone": "Phone",
    "street": "Street",
    "city": "City",
    "postcode": "Postcode",
    "country": "Country",
    "industry": "Industry",
    "parent": "Parent",
}
ASKED = ("name", "domain", "phone", "street", "city", "postcode", "country", "industry", "parent")


def values_of(raw: Mapping[str, Any], *, is_mention: bool) -> dict[str, Any]:
    """The values compared, from a record's values. A mention is a bare name in another row (a deal's account)."""
    values = {name: raw.get(name) or "" for name in LABELS}
    values["domain"] = raw.get("domain") or raw.get("website") or ""
    return values | {"is_mention": is_mention}


def prepare(cases: Sequence[Case], memory: Memory, country: str = "US") -> Work:
    """All companies beside their best candidates."""
    guards = partial(_guards, country=country)
    return candidates.prepare(cases, memory, columns=COLUMNS, required=REQUIRED, guards=guards, country=country)


def _side(case: Case, *, is_one_list: bool) -> toolkit.CompanySide:
    values = case.values
    return toolkit.CompanySide(
        source=case.source if is_one_list else "",
        source_id=str(case.object_id),
        name=values["name"],
        domain=values["domain"],
        country=values["country"],
        parent=values["parent"],
    )


def _guards(case: Case, other: Case, rivals: int, *, country: str) -> tuple[str, ...]:
    # A mention has no id of its own, so "same source under different ids" says nothing about it.
    is_one_list = not (case.values["is_mention"] or other.values["is_mention"])
    left, right = _side(case, is_one_list=is_one_list), _side(other, is_one_list=is_one_list)
    found = toolkit.company_guards(left, right, candidates=rivals)
    is_bridge = case.group != other.group and case.group_size > 1 and other.group_size > 1
    return (*found, "bridging") if is_bridge else found


def identify(case: Case, candidate: Candidate) -> str | None:
    """What two companies share: the same name at the same domain, or the same name with nothing against it."""
    left, right = case.values, candidate.values
    same_name = _core(left) == _core(right) != ""
    domains = {values["domain"].lower() for values in (left, right) if values["domain"]}
    if same_name and len(domains) == 1 and left["domain"] and not is_free_mail(left["domain"]):
        return "same_name_and_domain"
    is_bare = left["is_mention"] or right["is_mention"]
    if same_name and is_bare and len(domains) < 2:
        return "same_name"
    return None


def alias_key(values: Mapping[str, Any]) -> str:
    """A company's name without its legal form: what an alias of people holds for."""
    return _core(values)


def _core(values: Mapping[str, Any]) -> str:
    return company_core(values["name"])
