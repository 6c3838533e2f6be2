"""The free ways to decide about a lead: it is one we have, it is ruled out, its points are clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leads.qualification.case import identify, same_as, twin_of
from pipeline.pipeline import UNSURE, Case, Verdict, Work


@dataclass(frozen=True, kw_only=True)
class SameLead:
    """Joins a record to the earlier one of the same person."""

    name: str = "duplicates"
    label: str = "Duplicate"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._judge(case) for case in work.cases]

    def _judge(self, case: Case) -> Verdict | None:
        anchor = same_as(case)
        found = case.candidate(anchor)
        if found is None:
            return None
        reason = identify(case.values, found.values) or ""
        return Verdict(label="same", score=1.0, reason=reason, anchor=anchor)


@dataclass(frozen=True, kw_only=True)
class RuledOut:
    """A hard disqualifier overrides every point."""

    name: str = "disqualifiers"
    label: str = "Ruled out"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._judge(case) for case in work.cases]

    def _judge(self, case: Case) -> Verdict | None:
        found = case.context.get("assessment", {"against": ()})
        hard = next((one for one in found["against"] if one["is_hard"]), None)
        if hard is None:
            return None
        return Verdict(label="disqualified", score=1.0, reason=f"out:{hard['code']}", evidence=kept(case))


@dataclass(frozen=True, kw_only=True)
class LearnedRules:
    """The grade where rules learned from outcomes, which a person accepted, change what the points alone would give."""

    name: str = "learned-rules"
    label: str = "Learned rules"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._judge(case) for case in work.cases]

    def _judge(self, case: Case) -> Verdict | None:
        found = case.context.get("assessment")
        if found is None or found["asks"] or found["is_for_person"] or found["grade"] == found["unlearned"]:
            return None
        return Verdict(label=found["grade"], score=1.0, reason="learned", evidence=kept(case))


@dataclass(frozen=True, kw_only=True)
class FitAndHeat:
    """The grade by points, where nothing a model could read would change it to one that matters."""

    name: str = "points"
    label: str = "Points"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [self._judge(case) for case in work.cases]

    def _judge(self, case: Case) -> Verdict | None:
        found = case.context.get("assessment")
        if found is None or found["asks"]:
            return None
        if found["is_for_person"]:
            return Verdict(label=UNSURE, score=found["low"] / 100, reason="provisional", evidence=kept(case))
        reason = "soft" if found["against"] else "provisional_points" if found["is_provisional"] else "points"
        return Verdict(label=found["grade"], score=1.0, reason=reason, evidence=kept(case))


def kept(case: Case, **more: Any) -> dict[str, Any]:
    """What a decision about a lead keeps: the assessment, what was known of its surroundings, a possible twin."""
    facts = case.values["facts"]
    twin = twin_of(case) if case.candidates else None
    return {
        "assessment": case.context["assessment"],
        "as_of": case.context["as_of"],
        "profile": case.values["profile"],
        "facts": {name: facts.get(name) for name in ("contact", "account", "claims") if facts.get(name)},
        **({"twin": twin.object_id} if twin else {}),
        **more,
    }
