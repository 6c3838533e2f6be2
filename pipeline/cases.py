"""Cases to JSON and back, and the hash that tells whether a case changed since it was last judged."""

import hashlib
import json
from typing import Any

from .pipeline import Candidate, Case, Example

# Candidates below this are not what a decision rested on; leaving them out keeps hashes stable as weights drift.
_COUNTED_FROM = 0.01
_ENCODER = json.JSONEncoder(sort_keys=True, default=str)


def to_json(case: Case) -> dict[str, Any]:
    """A plain dict of JSON types; `from_json` gives an equal case back. It shares its values with the case."""
    # `asdict` copies every value deeply, at ten times the price; what a case holds is of JSON types already.
    return vars(case) | {
        "candidates": [vars(candidate) for candidate in case.candidates],
        "examples": [vars(example) for example in case.examples],
    }


def from_json(data: dict[str, Any]) -> Case:
    candidates = tuple(Candidate(**{**c, "guards": tuple(c["guards"])}) for c in data["candidates"])
    examples = tuple(Example(**e) for e in data["examples"])
    return Case(**{**data, "candidates": candidates, "examples": examples})


def case_hash(case: Case) -> str:
    """32 hex digits over the case's own values and those of the candidates that counted.

    Guards stay out: some tell how records are linked by now, which a decision itself changes.
    """
    seen = [
        [c.object_id, c.values]
        for c in sorted(case.candidates, key=lambda c: c.object_id)
        if c.probability >= _COUNTED_FROM
    ]
    text = _ENCODER.encode([case.values, case.source, seen])
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
