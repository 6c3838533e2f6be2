"""How many tokens a prompt can be at most, and how many it probably is."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from governance.questions import Message

# A role, separators and the start of the answer, per message.
_TOKENS_PER_MESSAGE = 10
# Measured: emoji 1.4, JSON 2.7, English 3.5, German 5.2. Prompts here are English around JSON.
BYTES_PER_TOKEN = 3.0


def prompt_bytes(messages: Iterable[Message], schema: Mapping[str, Any]) -> int:
    """UTF-8 bytes of the messages' text and of the schema as sent."""
    schema_bytes = len(json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode())
    return schema_bytes + sum(len(message.text.encode()) for message in messages)


def input_bound(messages: Iterable[Message], schema: Mapping[str, Any]) -> int:
    """A bound on the input tokens: a byte-level encoding never has more tokens than bytes."""
    listed = list(messages)
    return prompt_bytes(listed, schema) + _TOKENS_PER_MESSAGE * (len(listed) + 1)


def expected_input_tokens(messages: Iterable[Message], schema: Mapping[str, Any]) -> int:
    """The input tokens to expect, for forecasts; never for a reservation."""
    listed = list(messages)
    return round(prompt_bytes(listed, schema) / BYTES_PER_TOKEN) + _TOKENS_PER_MESSAGE * len(listed)
