"""What the practice model answers: fixed heuristics over the prompt's JSON, so that the same prompt gives the same."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from governance.practice_briefs import brief_answer, lying_answer
from governance.practice_leads import UNKNOWN, lead_reading

_BLOCK = re.compile(r"```json\s*\n(.*?)\n\s*```", re.DOTALL)
_SAME_FROM, _DIFFERENT_BELOW = 0.86, 0.62
# Field names that name the record; the others only support or contradict.
_NAMES = ("name", "full_name", "first_name", "last_name", "company", "account", "title")
_LONGEST_REASON = 200
# Forms that ask for statements or finds about the records of a deal.
_ABOUT_RECORDS = frozenset({"claims", "found"})


def answer_text(messages: Sequence[Mapping[str, Any]], schema: Mapping[str, Any]) -> str:
    """The JSON answer to a chat: a judgement where the form asks for one about candidates, else the plainest value."""
    answer = smallest_value(schema, schema)
    properties = schema.get("properties", {})
    blocks = list(_json_blocks(messages))
    lead = next((block for block in reversed(blocks) if "lead" in block and "wanted" in block), None)
    if isinstance(answer, dict) and lead is not None:
        open_ = {name: UNKNOWN for name in properties if f"{name}_quote" in properties}
        said = {**open_, **lead_reading(lead)}
        answer |= {name: value for name, value in said.items() if name in properties}
    elif isinstance(answer, dict) and (records := _records_asked_about(blocks, properties)) is not None:
        answer |= brief_answer(records, properties)
    elif isinstance(answer, dict) and "answer" in properties:
        case = next((block for block in reversed(blocks) if "case" in block), None)
        if case is not None:
            known = [example for block in blocks for example in _mappings(block.get("examples"))]
            judged = _judgement(case, known, _labels(properties["answer"], schema))
            answer |= {name: value for name, value in judged.items() if name in properties}
    return json.dumps(answer, ensure_ascii=False)


def wrong_answer_text(text: str, schema: Mapping[str, Any], messages: Sequence[Mapping[str, Any]] = ()) -> str:
    """The same form with another answer, said with full confidence: what a lying model returns."""
    answer = json.loads(text)
    properties = schema.get("properties", {})
    records = _records_asked_about(list(_json_blocks(messages)), properties)
    if isinstance(answer, dict) and records is not None:
        answer |= lying_answer(records, properties)
    if isinstance(answer, dict) and "answer" in answer:
        others = [label for label in _labels(properties["answer"], schema) if label not in (answer["answer"], "unsure")]
        answer["answer"] = others[0] if others else answer["answer"]
    if isinstance(answer, dict) and "confidence" in answer:
        answer["confidence"] = 0.99
    return json.dumps(answer, ensure_ascii=False)


def smallest_value(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    """The plainest value that satisfies a JSON schema (of the kind pydantic writes)."""
    if "$ref" in schema:
        return smallest_value(_resolve(schema, root), root)
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if choices:
        nothing = any(choice.get("type") == "null" for choice in choices)
        return None if nothing else smallest_value(choices[0], root)
    return _plainest(schema, root)


def _plainest(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            return {name: smallest_value(item, root) for name, item in schema.get("properties", {}).items()}
        case "array":
            return [smallest_value(schema.get("items", {}), root)] * int(schema.get("minItems", 0))
        case "string":
            return "practice answer"[: int(schema.get("maxLength", 100))].ljust(int(schema.get("minLength", 0)), ".")
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
    return None


def _judgement(case: Mapping[str, Any], examples: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> dict[str, Any]:
    values = _values(case.get("case"))
    candidates = _mappings(case.get("candidates"))
    if not candidates:
        return _said("different", labels, 0.9, "There is no candidate to compare with.")
    scored = [(_alikeness(values, _values(candidate)), candidate) for candidate in candidates]
    likeness, best = max(scored, key=lambda pair: pair[0])
    ref = str(best.get("ref", best.get("id", "")))
    example = _nearest(values, best, examples)
    if example is not None:
        reason = "A person answered a case of the same shape this way."
        return _said(str(example.get("answer", "")), labels, 0.95, reason, ref)
    if likeness >= _SAME_FROM:
        return _said(
            "same", labels, round(likeness, 2), f"Names and contact details agree ({likeness:.0%} alike).", ref
        )
    if likeness < _DIFFERENT_BELOW:
        return _said("different", labels, round(1 - likeness, 2), f"Too little agrees ({likeness:.0%} alike).", ref)
    return _said("unsure", labels, 0.5, f"Some details agree, others do not ({likeness:.0%} alike).", ref)


def _said(label: str, labels: Sequence[str], confidence: float, reason: str, ref: str = "") -> dict[str, Any]:
    # "new" and "different" say the same, from a person's and from a prompt's point of view.
    synonyms = {"new": "different", "different": "new"}
    if label not in labels:
        label = synonyms.get(label, "unsure") if synonyms.get(label) in labels else "unsure"
    if label not in labels and labels:
        label = labels[-1]
    candidate = ref if label in {"same", "unsure"} else ""
    return {"answer": label, "candidate": candidate, "confidence": confidence, "reason": reason[:_LONGEST_REASON]}


def _nearest(
    values: Mapping[str, Any], candidate: Mapping[str, Any], examples: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Of the examples with the same comparison levels, the one whose two sides read most alike; the first on a tie."""
    levels = candidate.get("levels")
    alike = [example for example in examples if levels and example.get("levels") == levels]
    if not alike:
        return None
    other = _values(candidate)
    return max(
        alike, key=lambda it: _alikeness(values, _values(it.get("left"))) + _alikeness(other, _values(it.get("right")))
    )


def _alikeness(left: Mapping[str, Any], right: Mapping[str, Any]) -> float:
    """0..1 over the fields both sides hold; names count double, an equal e-mail decides."""
    total = weights = 0.0
    for field in left.keys() & right.keys():
        one, two = _folded(left[field]), _folded(right[field])
        if not one or not two:
            continue
        if "email" in field and one == two:
            return 0.97
        weight = 2.0 if field in _NAMES else 1.0
        total += weight * SequenceMatcher(None, one, two, autojunk=False).ratio()
        weights += weight
    return total / weights if weights else 0.0


def _folded(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    words = re.findall(r"[\w@.]+", " ".join(str(item) for item in items if item is not None).lower())
    return " ".join(sorted(words))[:200]


def _values(side: Any) -> Mapping[str, Any]:
    if not isinstance(side, Mapping):
        return {}
    values = side.get("values")
    return values if isinstance(values, Mapping) else side


def _labels(schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[str]:
    resolved = _resolve(schema, root) if "$ref" in schema else schema
    return [str(label) for label in resolved.get("enum", [])]


def _resolve(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = root.get("$defs", {}).get(str(schema["$ref"]).rsplit("/", 1)[-1], {})
    return found


def _records_asked_about(
    blocks: Sequence[Mapping[str, Any]], properties: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """The records of a deal, where the form asks for statements or finds about them."""
    if properties.keys().isdisjoint(_ABOUT_RECORDS):
        return None
    return next((block for block in blocks if "records" in block), None)


def _json_blocks(messages: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for message in messages:
        if message.get("role") != "user":
            continue
        for block in _BLOCK.findall(str(message.get("content", ""))):
            try:
                value = json.loads(block)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
