"""The stand-in endpoint: OpenAI-compatible over real HTTP on loopback, with faults to inject and its own counts."""

import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

from governance.practice_answers import answer_text, wrong_answer_text
from governance.practice_prices import PRACTICE_MODELS
from governance.pricing import Usage, cost_microusd

FAULTS = ("timeout", "disconnect", "429", "500", "refusal", "malformed", "lying", "slow", "missing_usage")
_BYTES_PER_TOKEN = 4
_LONGEST_BODY = 5_000_000


@dataclass(kw_only=True)
class PracticeState:
    """Settings and counts of one endpoint, shared by its threads. Faults are shares in 0..1 by kind."""

    latency_ms: float = 0.0
    faults: dict[str, float] = field(default_factory=dict)
    hang_s: float = 30.0
    slow_ms: float = 3_000.0
    random: Random = field(default_factory=Random)
    counts: Counter[str] = field(default_factory=Counter)
    by_status: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def draw_fault(self) -> str:
        """The kind of fault for the next call, or empty; counts the call."""
        with self.lock:
            self.counts["calls"] += 1
            at = self.random.random()
            for kind, share in self.faults.items():
                if at < share:
                    self.counts[f"fault_{kind}"] += 1
                    return kind
                at -= share
            return ""

    def bill(self, model: str, usage: Usage) -> None:
        rates = next((known.rates for known in PRACTICE_MODELS if known.name == model), PRACTICE_MODELS[0].rates)
        with self.lock:
            self.counts["input_tokens"] += usage.input_tokens
            self.counts["output_tokens"] += usage.output_tokens
            self.counts["cost_microusd"] += cost_microusd(usage, rates)

    def report(self) -> dict[str, Any]:
        with self.lock:
            named = {name: self.counts[name] for name in ("calls", "input_tokens", "output_tokens", "cost_microusd")}
            faults = {name[6:]: count for name, count in self.counts.items() if name.startswith("fault_")}
            return {**named, "by_status": dict(self.by_status), "faults": faults}

    def set_faults(self, faults: Mapping[str, Any]) -> None:
        """Replace the faults. Raises ValueError for an unknown kind or a share outside 0..1."""
        shares = {str(kind): float(share) for kind, share in faults.items()}
        wrong = [kind for kind, share in shares.items() if kind not in FAULTS or not 0 <= share <= 1]
        if wrong or sum(shares.values()) > 1:
            raise ValueError(f"Faults are {', '.join(FAULTS)}, with shares that add up to at most 1.")
        with self.lock:
            self.faults = shares


class PracticeServer(ThreadingHTTPServer):
    """Serves `/v1/chat/completions`, `/v1/models`, `/counts` and, by POST, `/faults`. Loopback only."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port: int = 0, state: PracticeState | None = None) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.state = state or PracticeState()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: PracticeServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path == "/counts":
            self._send(200, self.server.state.report())
        elif self.path == "/v1/models":
            self._send(200, {"object": "list", "data": [{"id": it.name, "object": "model"} for it in PRACTICE_MODELS]})
        else:
            self._send(404, _error("There is nothing at this address."))

    def do_POST(self) -> None:
        try:
            body = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), _LONGEST_BODY)) or b"{}")
        except ValueError:
            return self._send(400, _error("The body is not JSON."))
        if not isinstance(body, dict):
            return self._send(400, _error("The body is not a JSON object."))
        if self.path == "/faults":
            return self._set_faults(body)
        if self.path == "/v1/chat/completions":
            return self._complete(body)
        return self._send(404, _error("There is nothing at this address."))

    def _set_faults(self, body: Mapping[str, Any]) -> None:
        try:
            self.server.state.set_faults(body)
        except (TypeError, ValueError) as err:
            return self._send(400, _error(str(err)))
        return self._send(200, self.server.state.faults)

    def _complete(self, body: Mapping[str, Any]) -> None:
        state = self.server.state
        fault = state.draw_fault()
        time.sleep((state.latency_ms + (state.slow_ms if fault == "slow" else 0)) / 1000)
        if fault == "429":
            return self._send(429, _error("Slow down."), {"Retry-After": "0.2"})
        reply, usage = _completion(body, fault)
        # A time-out, a lost connection and a 500 are billed too: the caller must reckon with that.
        state.bill(str(body.get("model", "")), usage)
        if fault == "timeout":
            time.sleep(state.hang_s)
        if fault in {"timeout", "disconnect"}:
            self.close_connection = True
            return None
        return self._send(500, _error("Injected failure.")) if fault == "500" else self._send(200, reply)

    def _send(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        content = json.dumps(body).encode()
        with self.server.state.lock:
            self.server.state.by_status[str(status)] += 1
        try:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            # The caller gave up: nothing to tell it.
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: prompts hold people's data."""


def _completion(body: Mapping[str, Any], fault: str) -> tuple[dict[str, Any], Usage]:
    """The answer to a chat request, cut at its limit, and what it used."""
    messages = [message for message in body.get("messages", []) if isinstance(message, dict)]
    schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}
    text = answer_text(messages, schema)
    if fault == "lying":
        text = wrong_answer_text(text, schema, messages)
    if fault == "malformed":
        text = "I would say: " + text[: len(text) // 2]
    refusal = "I can't help with that." if fault == "refusal" else None
    said = (refusal or text).encode()
    limit = int(body.get("max_completion_tokens") or 4_096) * _BYTES_PER_TOKEN
    is_cut = len(said) > limit
    said = said[:limit]
    usage = Usage(input_tokens=_tokens(json.dumps(messages, ensure_ascii=False).encode()), output_tokens=_tokens(said))
    words = said.decode(errors="ignore")
    message = {"role": "assistant", "content": None if refusal else words, "refusal": words if refusal else None}
    reply: dict[str, Any] = {
        "id": "practice",
        "object": "chat.completion",
        "created": 0,
        "model": str(body.get("model", "")),
        "service_tier": given_tier(body),
        "choices": [{"index": 0, "finish_reason": "length" if is_cut else "stop", "message": message}],
    }
    if fault != "missing_usage":
        reply["usage"] = {
            "prompt_tokens": usage.input_tokens,
            "completion_tokens": usage.output_tokens,
            "total_tokens": usage.input_tokens + usage.output_tokens,
        }
    return reply, usage


def given_tier(body: Mapping[str, Any]) -> str | None:
    """The service tier a request is served at: the one it asks for."""
    asked = body.get("service_tier")
    return asked if isinstance(asked, str) else None


def _tokens(content: bytes) -> int:
    return -(-len(content) // _BYTES_PER_TOKEN)


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "practice_model"}}
