"""Bounds on tokens, and what makes two questions the same."""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from governance.fingerprints import fingerprint, reply_schema
from governance.questions import Message
from governance.tokens import expected_input_tokens, input_bound


class Verdict(BaseModel):
    answer: Literal["same", "different"]
    confidence: float = Field(ge=0, le=1)
    reason: str = Field(default="", max_length=200)


def print_of(**changes):
    values = {
        "model": "light",
        "request_model": "gpt",
        "messages": (Message(role="user", text="Same?"),),
        "schema": {"type": "object"},
        "max_output_tokens": 100,
    }
    return fingerprint(**{**values, **changes})


def test_the_same_question_has_the_same_fingerprint():
    assert print_of() == print_of()


def test_every_part_of_a_question_counts():
    others = {
        print_of(model="strong"),
        print_of(request_model="gpt-2"),
        print_of(messages=(Message(role="system", text="Same?"),)),
        print_of(schema={"type": "array"}),
        print_of(max_output_tokens=101),
    }

    assert len(others - {print_of()}) == 5


def test_a_schema_requires_every_property_and_tells_limits_in_words():
    schema = reply_schema(Verdict)

    assert schema == {
        "type": "object",
        "properties": {
            "answer": {"enum": ["same", "different"], "type": "string"},
            "confidence": {"type": "number", "description": "At least 0. At most 1."},
            "reason": {"type": "string", "description": "At most 200 characters."},
        },
        "required": ["answer", "confidence", "reason"],
        "additionalProperties": False,
    }


def test_a_bound_counts_bytes_not_characters():
    assert input_bound([Message(role="user", text="🙂")], {}) == 4 + 2 + 20


@given(st.text(max_size=300))
def test_an_expectation_never_passes_the_bound(text):
    messages = [Message(role="user", text=text)]

    assert expected_input_tokens(messages, {}) <= input_bound(messages, {})
