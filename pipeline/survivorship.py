"""Which of several records' values an entity shows: person-held first, then the newest value that is not empty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# An address is taken as one block from one record: mixing two makes a place that does not exist.
ADDRESS = ("street", "city", "state", "postcode", "country")
# Saying no once is enough, whoever heard it.
SAID_ONCE = frozenset({"opted_out"})


@dataclass(frozen=True, kw_only=True)
class Mention:
    """What one record says: its values, when they were imported, and where they stand (`origin` is passed through)."""

    values: Mapping[str, Any]
    recorded_at: datetime
    record_id: int
    source_id: int = 0
    origin: Any = None


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The value an entity shows and the mention it is taken from (None: a person entered it)."""

    value: Any
    mention: Mention | None


def survive(
    mentions: Iterable[Mention], held: Mapping[str, Mapping[str, Any]], fields: Sequence[str]
) -> dict[str, Chosen]:
    """Choose a value for each of `fields`; a field nobody filled is missing from the result.

    Order of preference: held by a person, newer import, later record. An empty newer value never wins. The address
    comes from the newest mention that has any part of it; opt-outs hold once anybody said so.
    Source: CRM merge practice (spec of leads, section 4.6).
    """
    newest_first = sorted(mentions, key=lambda m: (m.recorded_at, m.record_id), reverse=True)
    chosen: dict[str, Chosen] = {}
    for name in fields:
        if name in held:
            chosen[name] = Chosen(value=held[name]["value"], mention=None)
            continue
        mention = _choose(name, newest_first)
        if mention is not None:
            chosen[name] = Chosen(value=mention.values[name], mention=mention)
    return chosen


def said(mention: Mention, fields: Sequence[str]) -> dict[str, Chosen]:
    """What survives where one record is all there is: every value it fills. The same as `survive` with it alone."""
    values = mention.values
    return {
        name: Chosen(value=values[name], mention=mention)
        for name in fields
        if _is_filled(values.get(name)) and (name not in SAID_ONCE or values[name] is True)
    }


def _choose(name: str, newest_first: Sequence[Mention]) -> Mention | None:
    if name in SAID_ONCE:
        return next((m for m in newest_first if m.values.get(name) is True), None)
    if name in ADDRESS:
        block = next((m for m in newest_first if any(_is_filled(m.values.get(part)) for part in ADDRESS)), None)
        return block if block is not None and _is_filled(block.values.get(name)) else None
    return next((m for m in newest_first if _is_filled(m.values.get(name))), None)


def _is_filled(value: Any) -> bool:
    return value is not None and value != "" and value != []
