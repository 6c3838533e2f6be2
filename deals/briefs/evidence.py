"""The records of a deal as evidence: bounded, numbered by codes that differ per question, free text marked as data."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.untrusted import visible

MOST_RECORDS = 40
MOST_VALUE = 120
MOST_TEXT = 700
# Written by people outside: never filled into a sentence as a whole, and marked word by word in a prompt.
FREE_TEXT = ("subject", "text")
# What a colleague said is right; the only words of ours that a statement may rest on.
CORRECTION = "correction"
# What happened, as opposed to what something is.
HAPPENINGS = frozenset({"email", "call", "meeting", "note", "task", "message", CORRECTION})


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One record that a statement may rest on.

    `ref` is "deal:1", "note:3"; `values` are texts as they are shown; `record_id` the imported record behind it and
    `source` the name of the system that it came from.
    """

    ref: str
    kind: str
    object_id: int
    record_id: int | None = None
    source: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Which record it is, also after others were added: "note:4711"."""
        return f"{self.kind}:{self.object_id}"

    @property
    def is_happening(self) -> bool:
        return self.kind in HAPPENINGS


def evidence(
    kind: str, number: int, object_id: int, record_id: int | None = None, source: str = "", **values: str
) -> Evidence:
    """A record with its values cleaned and bounded; empty ones are left out."""
    bounded = {
        name: _lines(value) if name in FREE_TEXT else visible(value, MOST_VALUE) for name, value in values.items()
    }
    return Evidence(
        ref=f"{kind}:{number}",
        kind=kind,
        object_id=object_id,
        record_id=record_id,
        source=source,
        values={name: value for name, value in bounded.items() if value},
    )


def _lines(text: str) -> str:
    """Free text with its lines kept: an address, a greeting and a signature are no sentences of the text."""
    lines = (visible(line, MOST_TEXT) for line in text[: 4 * MOST_TEXT].splitlines())
    return "\n".join(line for line in lines if line)[:MOST_TEXT]


def to_json(records: Sequence[Evidence]) -> list[dict[str, Any]]:
    return [asdict(record) for record in records]


def from_json(data: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    return [Evidence(**one) for one in data]


def coded(records: Sequence[Evidence], marker: str) -> dict[str, Evidence]:
    """Ref as a prompt shows it → record. A text can't name another record: its code depends on the question."""
    shown: dict[str, Evidence] = {}
    for number, record in enumerate(records):
        code = hashlib.blake2b(f"{marker}:{number}".encode(), digest_size=3).hexdigest()
        shown[f"{record.kind}:{code}"] = record
    return shown


def in_own_refs(text: str, shown: Mapping[str, Evidence]) -> str:
    """A text whose placeholders name records as the prompt showed them, with the records' own refs."""
    for ref, record in shown.items():
        text = text.replace(f"{{{ref}.", f"{{{record.ref}.")
    return text


def sign(marker: str) -> str:
    """What stands between the words of free text instead of a blank."""
    return f"ˆ{marker[:1]}ˆ" if marker else "ˆ"


def marked(text: str, mark: str) -> str:
    return text.replace("ˆ", "").replace("\n", f"{mark}\n").replace(" ", mark)


def unmarked(text: str, mark: str) -> str:
    """A model's quote of marked text, with blanks again."""
    return " ".join(text.replace(mark, " ").replace("ˆ", " ").split())


def prompt_body(shown: Mapping[str, Evidence], mark: str) -> list[dict[str, str]]:
    """The records as they stand in a prompt."""
    return [
        {
            "ref": ref,
            **{name: marked(value, mark) if name in FREE_TEXT else value for name, value in record.values.items()},
        }
        for ref, record in shown.items()
    ]
