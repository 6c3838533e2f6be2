"""What makes two questions the same: model, words, form of the answer and its longest length."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import BaseModel

from governance.questions import Message


@cache
def reply_schema(reply_type: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a reply as providers' strict mode wants it: every property required, no others allowed.

    Shared between callers: not to be changed.
    """
    schema: dict[str, Any] = _strict(reply_type.model_json_schema())
    return schema


def fingerprint(
    *, model: str, request_model: str, messages: Iterable[Message], schema: dict[str, Any], max_output_tokens: int
) -> str:
    """SHA-256 in hex. `max_output_tokens` is what was asked for, before any clamping by the budget."""
    words = [[message.role, message.text] for message in messages]
    text = json.dumps([model, request_model, words, schema, max_output_tokens], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _strict(value) for key, value in node.items() if key not in _DROPPED and key not in _IN_WORDS}
    limits = [words.format(node[key]) for key, words in _IN_WORDS.items() if key in node]
    if limits:
        kept["description"] = " ".join([str(node.get("description", "")), *limits]).strip()
    if isinstance(node.get("properties"), dict):
        kept["properties"] = {name: _strict(item) for name, item in node["properties"].items()}
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
    return kept


_DROPPED = {"title", "default", "properties", "required", "additionalProperties", "pattern", "format"}
# Azure and others refuse a schema with these keywords, so the model is told in words; the answer is validated anyway.
_IN_WORDS = {
    "minLength": "At least {} characters.",
    "maxLength": "At most {} characters.",
    "minimum": "At least {}.",
    "maximum": "At most {}.",
    "minItems": "At least {} items.",
    "maxItems": "At most {} items.",
}
