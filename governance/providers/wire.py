"""What a provider is sent and what came of it; the same for every vendor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from governance.questions import Message


class Ending(StrEnum):
    """How one call ended. Only ANSWER carries text; what may have been billed differs."""

    ANSWER = "answer"
    TIMEOUT = "timeout"  # sent, nothing came back: may be billed
    DISCONNECTED = "disconnected"  # sent, the connection broke: may be billed
    SERVER_ERROR = "server_error"  # 5xx after sending: may be billed
    RATE_LIMITED = "rate_limited"  # 429: not billed
    REJECTED = "rejected"  # another 4xx: not billed
    UNREACHABLE = "unreachable"  # never sent: not billed


MAYBE_BILLED = frozenset({Ending.TIMEOUT, Ending.DISCONNECTED, Ending.SERVER_ERROR})
WORTH_RETRYING = MAYBE_BILLED | {Ending.RATE_LIMITED, Ending.UNREACHABLE}


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request. `api_key` is empty for a server that needs none and never shown."""

    base_url: str
    request_model: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    max_output_tokens: int
    timeout_s: float
    api_key: str = field(default="", repr=False)
    # What servers differ in: the header of the key, the name of the longest answer, whether a schema may be sent.
    key_header: str = "bearer"
    length_parameter: str = "max_completion_tokens"
    has_schema: bool = True
    # As the server names it; empty: not sent.
    service_tier: str = ""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What came of a call. `usage` is the provider's raw bill, empty when it sent none."""

    ending: Ending
    text: str = ""
    refusal: str = ""
    finish_reason: str = ""
    response_model: str = ""
    service_tier: str = ""  # one of `service_tiers.ServiceTier`, another name, or empty where nothing was said
    usage: Mapping[str, Any] = field(default_factory=dict)
    status: int = 0
    retry_after_s: float | None = None
    duration_ms: int = 0
    detail: str = ""
    # The server's own words on a refusal: for the person who sets the connection up, never for the log.
    said: str = field(default="", repr=False)
