"""Asks a light model what a title or a note says, where the answer could change the grade: enumerated, with a quote."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from governance.questions import Message, Question, Tier
from leads.qualification.assessment import with_fit
from leads.qualification.case import ASKED
from leads.qualification.fit import Firmographics, fit, with_readings
from leads.qualification.layers import kept
from leads.qualification.profile import Profile, from_json
from leads.qualification.titles import FUNCTIONS, SENIORITIES
from pipeline.matching.single import folded
from pipeline.pipeline import UNSURE, Case, Exchange, Verdict

UNKNOWN = "unknown"
OTHER = "none of these"
MOST_CHARACTERS = 400
# A reading below this is left to a person.
LEAST_CONFIDENCE = 0.6


@dataclass(frozen=True, kw_only=True)
class ReadLead:
    """One question per lead about what is open and could be read; `prompt` is the instruction text."""

    prompt: str
    task: str
    tier: Tier = Tier.LIGHT
    is_model: bool = True
    name: str = "ask-light"
    label: str = "Light model"

    def step(self, case: Case, exchanges: Sequence[Exchange]) -> Question | Verdict | None:
        found = case.context.get("assessment")
        # Rules decide what no answer could change; the runner asks only about what they left.
        if found is None or not found["asks"] or any(one["is_hard"] for one in found["against"]):
            return None
        if not exchanges:
            return self._question(case, found["asks"])
        answer = exchanges[-1].reply.answer
        return self._verdict(case, found, answer) if answer is not None else None

    def _question(self, case: Case, wanted: Sequence[str]) -> Question | None:
        values = _visible(case)
        if not values:
            return None
        profile = from_json(case.context["profile"])
        body = {
            "task": self.task,
            "wanted": list(wanted),
            "lead": values,
            **({"functions": list(FUNCTIONS)} if "function" in wanted else {}),
            **({"industries": [*_industries(profile), OTHER]} if "industry" in wanted else {}),
        }
        text = json.dumps(body, ensure_ascii=False, indent=1).replace("```", "'''")
        data = f"<data {case.marker}>\n```json\n{text}\n```\n</data {case.marker}>"
        return Question(
            task=self.task,
            layer=self.name,
            tier=self.tier,
            subject_key=str(case.object_id),
            messages=(Message(role="system", text=self.prompt), Message(role="user", text=data)),
            reply_type=reply_type(_industries(profile)),
            max_output_tokens=200,
            sources=frozenset({case.source}) - {""},
            fields=frozenset(ASKED),
        )

    def _verdict(self, case: Case, found: Mapping[str, Any], answer: BaseModel) -> Verdict:
        profile = from_json(case.context["profile"])
        said = answer.model_dump()
        readings = {name: reading(said, name, case) for name in found["asks"]}
        known = Firmographics(**{**case.context["known"], "texts": tuple(case.context["known"]["texts"])})
        points = fit(with_readings(known, {name: one["value"] for name, one in readings.items()}), profile)
        told = ", ".join(f"{name}: {one['value'] or 'does not say'}" for name, one in readings.items())
        evidence = kept(case, readings=readings, said=told, confidence=said["confidence"])
        evidence["assessment"] = with_fit(found, points)
        if said["confidence"] < LEAST_CONFIDENCE or (found["is_for_person"] and points.is_provisional):
            return Verdict(label=UNSURE, score=said["confidence"], reason="provisional", evidence=evidence)
        return Verdict(label=points.grade, score=said["confidence"], reason="read", evidence=evidence)


def reading(said: Mapping[str, Any], name: str, case: Case) -> dict[str, str]:
    """One answer, taken only where its quote stands in what was asked about; else the text does not say."""
    value, quote = said.get(name, UNKNOWN), str(said.get(f"{name}_quote") or "")
    shown = folded(" ".join(_visible(case).values()))
    is_quoted = bool(folded(quote)) and folded(quote) in shown
    return {"value": value if value != UNKNOWN and is_quoted else "", "quote": quote[:200] if is_quoted else ""}


@lru_cache(maxsize=32)
def reply_type(industries: tuple[str, ...]) -> type[BaseModel]:
    """The form of an answer: every value from a closed list."""
    quote = (str, Field(default="", max_length=200, description="The deciding words as they stand in the data."))
    fields: dict[str, Any] = {
        "seniority": (Literal[(*SENIORITIES, UNKNOWN)], UNKNOWN),
        "seniority_quote": quote,
        "function": (Literal[(*FUNCTIONS, UNKNOWN)], UNKNOWN),
        "function_quote": quote,
        "industry": (Literal[(*industries, OTHER, UNKNOWN)], UNKNOWN),
        "industry_quote": quote,
        "confidence": (float, Field(ge=0, le=1)),
    }
    return create_model("LeadReading", **fields)


def _industries(profile: Profile) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*profile.industries, *profile.industries_half)))


def _visible(case: Case) -> dict[str, str]:
    """The texts that may be shown and are filled, of the group where there is one, without invisible characters."""
    values = {**case.values, **{k: v for k, v in case.values.get("merged", {}).items() if k in case.values}}
    texts = {name: "".join(c for c in str(values.get(name) or "") if c.isprintable() or c == " ") for name in ASKED}
    return {name: text[:MOST_CHARACTERS] for name, text in texts.items() if text.strip()}
