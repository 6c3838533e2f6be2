"""A deal's values as they were: what it shows now, with every later change taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """One field change as it is stored."""

    pk: int
    field: str
    old: str
    new: str
    happened_at: datetime


def part(changes: Iterable[Recorded], end: datetime) -> tuple[list[Recorded], list[Recorded]]:
    """(happened before `end`, later), each in order of time; a change told twice by two files counts once."""
    ordered = told_once(sorted(changes, key=lambda change: (change.happened_at, change.pk)))
    before = [change for change in ordered if change.happened_at < end]
    return before, ordered[len(before) :]


def told_once(changes: Iterable[Recorded]) -> list[Recorded]:
    """Changes in order of time, without those to a value that the field had already come to; "1200.0" is "1200".

    A list imported in April shows a stage that its history entered in March: the move was in March. But where the value
    that is said to be left was never told of, something lies between that nobody told: such a change counts.
    """
    reached: dict[str, str] = {}
    left: dict[str, set[str]] = {}
    kept = []
    for change in changes:
        old, new = plain(change.old), plain(change.new)
        past = left.setdefault(change.field, {""})
        if change.field != "role" and reached.get(change.field) == new and old in past:
            continue
        past |= {old, reached.get(change.field, "")}
        reached[change.field] = new
        kept.append(change)
    return kept


def plain(text: str) -> str:
    """Text by which two files' spellings of one value are compared: dates without a time, numbers without zeros."""
    if len(text) > 10 and text[4:5] == "-" and text[10:11] in ("T", " "):
        return text[:10]
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text


def values_at(
    shown: Mapping[str, str], before: Sequence[Recorded], later: Sequence[Recorded]
) -> tuple[dict[str, str], frozenset[str]]:
    """Field → text as of the parting moment, and the fields whose value then nobody can tell.

    `shown` is what the deal shows now. A field changed later had the value that the first later change replaced; where
    that change tells none, the last earlier one's; where there is none of these either, it is not known.
    """
    reached = {change.field: change.new for change in before}
    replaced: dict[str, str] = {}
    for change in later:
        replaced.setdefault(change.field, change.old)
    values, unknown = dict(shown), set()
    for name, old in replaced.items():
        values[name] = old or reached.get(name, "")
        if not values[name] and name == "stage":
            unknown.add(name)
    return values, frozenset(unknown)


def roles_at(shown: Iterable[tuple[int, str]], later: Sequence[Recorded]) -> set[tuple[int, str]]:
    """(contact, part) of a deal with later changes taken back, newest first; such a change reads "contact part"."""
    roles = set(shown)
    for change in reversed(later):
        if change.field == "role":
            roles -= {told for told in (read_role(change.new),) if told}
            roles |= {told for told in (read_role(change.old),) if told}
    return roles


def write_role(contact_id: int, role: str) -> str:
    return f"{contact_id} {role}".strip()


def read_role(text: str) -> tuple[int, str] | None:
    contact, _, role = text.partition(" ")
    return (int(contact), role) if contact.isdecimal() else None
