"""Chat Completions at any OpenAI-compatible endpoint: the only module that knows the vendor's library."""

import json
import os
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from governance.providers.wire import Call, Ending, Sent
from governance.service_tiers import said_tier

if TYPE_CHECKING:
    import openai

# A hostile or broken server must not fill the database.
_LONGEST_TEXT = 200_000
_LONGEST_WAIT_S = 60.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def send(call: Call) -> Sent:
    """Send one call and wait for its answer, at most about `call.timeout_s`. Never raises for what the provider did."""
    import openai  # late: it takes a second to load, and most processes never call

    started = time.monotonic()
    try:
        client = _client(call.base_url, call.api_key, os.getpid())
        # Not by the vendor's typed method: that walks through every part of messages and schema, a millisecond.
        response = client.post("/chat/completions", cast_to=httpx2.Response, body=_body(call), options=_options(call))
        return _answer(response.content, _milliseconds(started))
    except openai.APIConnectionError as err:
        return Sent(ending=_broken(err), duration_ms=_milliseconds(started), detail=type(err.__cause__ or err).__name__)
    except openai.APIStatusError as err:
        return _refused_by_status(err, _milliseconds(started))
    except openai.OpenAIError as err:
        # A body the library could not read: the call was made, so it may be billed.
        return Sent(ending=Ending.SERVER_ERROR, duration_ms=_milliseconds(started), detail=type(err).__name__)


def _body(call: Call) -> dict[str, Any]:
    messages = [{"role": message.role, "content": message.text} for message in call.messages]
    body: dict[str, Any] = {
        "model": call.request_model,
        "messages": messages,
        call.length_parameter: call.max_output_tokens,
    }
    if call.service_tier:
        body["service_tier"] = call.service_tier
    if call.has_schema:
        form = {"name": "reply", "strict": True, "schema": dict(call.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    elif call.schema:
        # As many bytes as the reservation counts for the schema and the start of the answer (`tokens.input_bound`).
        schema = json.dumps(dict(call.schema), ensure_ascii=False, separators=(",", ":"))
        messages[-1]["content"] += f"\nJSON as:\n{schema}"
    return body


def _options(call: Call) -> Any:  # the library keeps the type to itself
    from openai import Omit

    timeout = httpx2.Timeout(call.timeout_s, connect=min(5.0, call.timeout_s))
    if call.key_header == "api-key":
        return {"timeout": timeout, "headers": {"api-key": call.api_key, "Authorization": Omit()}}
    return {"timeout": timeout}


@lru_cache(maxsize=32)
def _client(base_url: str, api_key: str, process: int) -> "openai.OpenAI":
    """One client per endpoint and process; its connections are shared by all threads, never across a fork."""
    import openai

    # No redirects: a prompt goes where the budget owner said. No proxy between us and this very machine.
    is_here = urlsplit(base_url).hostname in _LOOPBACK
    http_client = openai.DefaultHttpxClient(follow_redirects=False, trust_env=not is_here)
    return openai.OpenAI(base_url=base_url, api_key=api_key or "none", max_retries=0, http_client=http_client)


def _answer(content: bytes, duration_ms: int) -> Sent:
    try:
        body = json.loads(content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return Sent(ending=Ending.ANSWER, status=200, duration_ms=duration_ms, detail="The reply was not JSON.")
    choices = body.get("choices")
    choice = _mapping(choices[0]) if isinstance(choices, list) and choices else {}
    message = _mapping(choice.get("message"))
    return Sent(
        ending=Ending.ANSWER,
        text=_text(message.get("content"))[:_LONGEST_TEXT],
        refusal=_text(message.get("refusal"))[:2_000],
        finish_reason=_text(choice.get("finish_reason"))[:40],
        response_model=_text(body.get("model"))[:200],
        service_tier=_text(said_tier(body)),
        usage=_mapping(body.get("usage")),
        status=200,
        duration_ms=duration_ms,
    )


def _broken(err: "openai.APIConnectionError") -> Ending:
    from openai import APITimeoutError

    unsent = httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout | httpx2.ProxyError
    if isinstance(err.__cause__, unsent):
        return Ending.UNREACHABLE
    return Ending.TIMEOUT if isinstance(err, APITimeoutError) else Ending.DISCONNECTED


def _refused_by_status(err: "openai.APIStatusError", duration_ms: int) -> Sent:
    if err.status_code >= 500:
        ending = Ending.SERVER_ERROR
    else:
        ending = Ending.RATE_LIMITED if err.status_code == 429 else Ending.REJECTED
    return Sent(
        ending=ending,
        status=err.status_code,
        retry_after_s=_retry_after(err.response.headers),
        duration_ms=duration_ms,
        detail=f"HTTP {err.status_code}",
        said=_said(err.body),
    )


def _said(body: object) -> str:
    error = _mapping(body).get("error", body)
    return _text(error if isinstance(error, str) else _mapping(error).get("message"))[:300]


def _retry_after(headers: Mapping[str, str]) -> float | None:
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT_S) if seconds == seconds else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    # PostgreSQL stores no NUL.
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _milliseconds(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
