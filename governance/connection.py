"""Trying a server out: a tiny real question, asked in the forms servers know until one works, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from governance.answers import judge
from governance.fingerprints import reply_schema
from governance.pricing import read_usage
from governance.providers import openai_compatible
from governance.providers.wire import Call, Ending, Sent
from governance.questions import Message, Outcome

_FEW_TOKENS = 16


class Colour(BaseModel):
    """What the tiny question asks for."""

    colour: Literal["red", "blue", "none"]


_QUESTION = (Message(role="user", text="Which colour has the sky on a clear day? Answer with the JSON object only."),)
_LONG_QUESTION = (Message(role="user", text="Count from one to one hundred in words."),)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that was looked at; `is_good` None: not known."""

    title: str
    text: str
    is_good: bool | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a server does. `call` is the form of request that worked, or the first that was tried."""

    call: Call
    lines: tuple[Line, ...]
    is_usable: bool
    is_capped: bool | None = None
    response_model: str = ""


def blank_call(**form: Any) -> Call:
    """The tiny question as a call to the server `form` describes."""
    return Call(messages=_QUESTION, schema=reply_schema(Colour), max_output_tokens=1_000, timeout_s=20.0, **form)


def try_out(call: Call) -> Report:
    """Ask until a form of request is understood: at most five real, tiny calls. Never raises for a server's doings."""
    used, sent = call, openai_compatible.send(call)
    for other in _other_forms(call):
        if not _is_form_refused(sent) and (sent.ending is not Ending.ANSWER or _is_structured(sent)):
            break
        tried = openai_compatible.send(other)
        # A form that is merely refused as well says less than what is known already.
        if tried.ending is Ending.ANSWER and (sent.ending is not Ending.ANSWER or _is_structured(tried)):
            used, sent = other, tried
    if sent.ending is not Ending.ANSWER:
        return Report(call=used, lines=tuple(_failed(used, sent)), is_usable=False)
    is_capped = _keeps_to_limit(used)
    return Report(
        call=used,
        lines=tuple(_answered(used, sent, is_capped)),
        is_usable=_is_structured(sent),
        is_capped=is_capped,
        response_model=sent.response_model,
    )


def _other_forms(call: Call) -> Iterator[Call]:
    lengths = (call.length_parameter, *({"max_completion_tokens", "max_tokens"} - {call.length_parameter}))
    for has_schema in dict.fromkeys((call.has_schema, False)):
        for length in lengths:
            other = replace(call, has_schema=has_schema, length_parameter=length)
            if other != call:
                yield other


def _is_form_refused(sent: Sent) -> bool:
    return sent.ending is Ending.REJECTED and sent.status in {400, 415, 422}


def _is_structured(sent: Sent) -> bool:
    return judge(sent, Colour).outcome is Outcome.ANSWERED


def _keeps_to_limit(call: Call) -> bool | None:
    """Whether a long answer is cut where it should be; the money held for a call relies on it. None: not known."""
    asked = replace(call, messages=_LONG_QUESTION, schema={}, has_schema=False, max_output_tokens=_FEW_TOKENS)
    sent = openai_compatible.send(asked)
    usage = read_usage(sent.usage)
    if sent.ending is not Ending.ANSWER or usage is None:
        return None
    return usage.output_tokens <= _FEW_TOKENS


def _failed(call: Call, sent: Sent) -> Iterator[Line]:
    said = f" It says: “{sent.said}”" if sent.said else ""
    if sent.ending is Ending.UNREACHABLE:
        yield Line(title="Reachable", text=f"Nothing answers at {call.base_url}.", is_good=False)
        return
    if sent.ending is Ending.TIMEOUT:
        yield Line(title="Reachable", text="No answer within 20 seconds. A local server may still be loading "
                   "the model; try again.", is_good=False)  # fmt: skip
        return
    if sent.ending is Ending.DISCONNECTED:
        yield Line(title="Reachable", text="The connection broke before an answer came.", is_good=False)
        return
    yield Line(title="Reachable", text=f"{call.base_url} answers.", is_good=True)
    if sent.status in {401, 403}:
        why = "The key was refused." if call.api_key else "The server wants a key."
        yield Line(title="Key", text=f"{why}{said}", is_good=False)
    elif sent.status == 404:
        yield Line(title="Model", text=f"There is no “{call.request_model}” at this address.{said}", is_good=False)
    elif sent.status == 429:
        yield Line(title="Key", text=f"The key is out of quota, or asked too often.{said}", is_good=False)
    else:
        yield Line(title="Answer", text=f"The question was refused (HTTP {sent.status}).{said}", is_good=False)


def _answered(call: Call, sent: Sent, is_capped: bool | None) -> Iterator[Line]:
    yield Line(title="Reachable", text=f"Answered in {sent.duration_ms / 1000:.1f} s.", is_good=True)
    yield Line(title="Key", text="Accepted." if call.api_key else "None is needed.", is_good=True)
    yield _structured(call, sent)
    usage = read_usage(sent.usage)
    if usage:
        text = f"Reported: {usage.input_tokens} in, {usage.output_tokens} out."
        yield Line(title="Usage", text=text, is_good=True)
    else:
        text = "Not reported: every call will be booked at the most it can cost, shown as estimated."
        yield Line(title="Usage", text=text, is_good=False)
    yield _limit(call, is_capped)
    if sent.service_tier:
        yield Line(title="Processing", text=f"Reported as {sent.service_tier}.", is_good=True)
    if sent.response_model:
        yield Line(title="Model", text=f"Calls itself “{sent.response_model}”.", is_good=True)
    else:
        yield Line(title="Model", text="The server does not say which model answered.", is_good=None)


def _structured(call: Call, sent: Sent) -> Line:
    if not _is_structured(sent):
        text = f"Not in the agreed form. {judge(sent, Colour).problem}"
        return Line(title="Structured answers", text=text, is_good=False)
    if call.has_schema:
        return Line(title="Structured answers", text="Yes, by a JSON schema.", is_good=True)
    text = "Only as the question describes them; the server does not enforce a form. Unfit answers go to a person."
    return Line(title="Structured answers", text=text, is_good=None)


def _limit(call: Call, is_capped: bool | None) -> Line:
    title = "Longest answer"
    if is_capped:
        return Line(title=title, text=f"Kept, as {call.length_parameter}.", is_good=True)
    if is_capped is None:
        return Line(title=title, text="Could not be proven.", is_good=None)
    text = "Ignored: answers may cost more than was held for them. Use this server only at a price of 0."
    return Line(title=title, text=text, is_good=False)
