"""Who of a deal's people a text is about: a statement may not lend one person's words to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deals.briefs.atoms import atoms, folded
from deals.briefs.evidence import Evidence

# Where a record of something that happened names who took part.
TAKING_PART = ("from", "with", "people")


@dataclass(frozen=True, kw_only=True)
class Known:
    """One of the deal's people: the spellings of each part of the name, in order."""

    ref: str
    parts: tuple[frozenset[str], ...]

    def is_in(self, found: Iterable[frozenset[str]]) -> bool:
        """Whether any part of the name is among the words; initials say too little."""
        words = list(found)
        return any(part & word for part in self.parts if max(map(len, part)) > 1 for word in words)


def known_people(records: Sequence[Evidence]) -> tuple[Known, ...]:
    """The contacts among the records."""
    named = [(record.ref, record.values.get("name", "")) for record in records if record.kind == "contact"]
    return tuple(Known(ref=ref, parts=tuple(folded(part) for part in name.split())) for ref, name in named if name)


def people_in(text: str, people: Sequence[Known]) -> frozenset[str]:
    """Refs of the people whom a text names by a part of their name with a capital letter.

    Where it names some by more parts than others, only by the most: "Ada Lind" is not Tom Lind.
    """
    words = [word.keys for word in atoms(text).words if word.is_capital]
    counts = {
        one.ref: sum(any(part & word for word in words) for part in one.parts) for one in people if one.is_in(words)
    }
    shared = {ref for ref, count in counts.items() if not _is_outdone(ref, counts, people, words)}
    return frozenset(shared)


def taking_part(record: Evidence, people: Sequence[Known]) -> frozenset[str]:
    """Refs of the people who took part in what happened."""
    return frozenset().union(*(people_in(record.values.get(name, ""), people) for name in TAKING_PART))


def _is_outdone(ref: str, counts: dict[str, int], people: Sequence[Known], words: Sequence[frozenset[str]]) -> bool:
    """Whether every word that names this person belongs to the fuller name of another."""
    one = next(known for known in people if known.ref == ref)
    own = [word for word in words if any(part & word for part in one.parts)]
    return any(
        counts[other.ref] > counts[ref] and all(any(part & word for part in other.parts) for word in own)
        for other in people
        if other.ref in counts and other.ref != ref
    )
