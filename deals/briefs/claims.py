"""What a model may say about a deal: short statements of fixed kinds, each with its records and a quote."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

MOST_CLAIMS = 12
MOST_TEXT = 240

Ref = Annotated[str, Field(max_length=40)]


class Slot(StrEnum):
    """What a statement is about."""

    SITUATION = "situation"
    CHANGE = "change"
    RISK = "risk"
    PEOPLE = "people"
    NEED = "need"
    OBJECTION = "objection"
    COMPETITION = "competition"
    NEXT_STEP = "next_step"


class Element(StrEnum):
    """What qualifies a deal: the eight letters of MEDDPICC, and objections."""

    METRICS = "metrics"
    ECONOMIC_BUYER = "economic_buyer"
    DECISION_CRITERIA = "decision_criteria"
    DECISION_PROCESS = "decision_process"
    PAPER_PROCESS = "paper_process"
    PAIN = "pain"
    CHAMPION = "champion"
    COMPETITION = "competition"
    OBJECTION = "objection"


class Claim(BaseModel):
    """One statement. Facts stand in `text` as placeholders {record.field}; `quote` is verbatim from a cited record."""

    slot: Slot
    text: str = Field(min_length=1, max_length=MOST_TEXT)
    evidence: list[Ref] = Field(min_length=1, max_length=6)
    quote: str = Field(default="", max_length=MOST_TEXT)


class BriefReply(BaseModel):
    """What the model that writes a brief returns."""

    injection_suspected: bool = False
    claims: list[Claim] = Field(max_length=MOST_CLAIMS)


class Found(BaseModel):
    """One piece of qualification: `value` in a few words, `quote` verbatim from the record `evidence`."""

    element: Element
    value: str = Field(min_length=1, max_length=120)
    evidence: Ref
    quote: str = Field(min_length=1, max_length=MOST_TEXT)


class FoundReply(BaseModel):
    """What the model that looks for qualification returns."""

    injection_suspected: bool = False
    found: list[Found] = Field(max_length=MOST_CLAIMS)
