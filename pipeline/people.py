"""A person's record as both contacts and leads read it: names in one cell, shared addresses, what guards look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nameparser import HumanName

from pipeline.matching.guards import PersonSide
from pipeline.matching.ornaments import bare_name
from pipeline.matching.single import folded
from pipeline.pipeline import Case


def full_name(values: Mapping[str, Any]) -> str:
    return " ".join(part for part in (values.get("given_name"), values.get("family_name")) if part)


def parted(name: str) -> tuple[str, str]:
    """(given, family) of a name in one cell."""
    found = HumanName(bare_name(name))
    return found.first, " ".join(part for part in (found.middle, found.last) if part)


def names_of(raw: Mapping[str, Any]) -> tuple[str, str]:
    """(given, family) from a record's values, parted where a file gives only both in one."""
    given, family = raw.get("given_name") or "", raw.get("family_name") or ""
    return (given, family) if given or family or not raw.get("full_name") else parted(raw["full_name"])


def holders(cases: Sequence[Case]) -> Mapping[str, int]:
    """How many differently named people hold each address and number that stands in several records: three and more
    make it a shared one."""
    often = Counter(value for case in cases for value in _reached_by(case))
    names: dict[str, set[str]] = {value: set() for value, number in often.items() if number > 1}
    for case in cases:
        for value in _reached_by(case):
            if value in names:
                names[value].add(folded(full_name(case.values)))
    return {value: len(held) for value, held in names.items()}


def side(case: Case, held: Mapping[str, int], source: str) -> PersonSide:
    """What guards look at; `held` as `holders` gives it, `source` empty where its ids tell nobody apart."""
    values = case.values
    return PersonSide(
        source=source,
        source_id=str(case.object_id),
        given_name=values["given_name"],
        family_name=values["family_name"],
        company=values["company"],
        emails=tuple(values["emails"]),
        phones=tuple(values["phones"]),
        phone_holders=max((held.get(phone, 1) for phone in values["phones"]), default=1),
        email_holders=max((held.get(email, 1) for email in values["emails"]), default=1),
    )


def _reached_by(case: Case) -> Sequence[str]:
    return (*case.values["emails"], *case.values["phones"])
