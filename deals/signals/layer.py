"""The one free layer of the assessment: signals judge, health adds up, nothing is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deals.signals.case import DealCase
from deals.signals.health import Band, attention
from deals.signals.judging import Assessed, assess
from deals.signals.settings import Settings
from pipeline.pipeline import Case, Memory, Verdict, Work

NAME = "signals"
NOTHING = "nothing_wrong"


@dataclass(frozen=True, kw_only=True)
class Signals:
    """Every case gets a verdict: the band of its health, for the reason of its heaviest finding."""

    name: str = NAME
    label: str = "Signals"
    is_model: bool = False

    def judge(self, work: Work) -> Sequence[Verdict | None]:
        return [_verdict({**case.values, "as_of": work.facts["as_of"]}) for case in work.cases]


def prepare(cases: Sequence[Case], memory: Memory) -> Work:
    """The assessments as loaded, less their day: a deal of which nothing changes is not recorded anew every night."""
    days = {case.values["as_of"] for case in cases}
    bare = (
        replace(case, values={name: said for name, said in case.values.items() if name != "as_of"}) for case in cases
    )
    return Work(cases=tuple(bare), memory=memory, facts={"as_of": max(days, default="")})


def judged(case: DealCase, settings: Settings) -> dict[str, Any]:
    """The assessment in plain JSON types: what a decision keeps as evidence."""
    return evidence_of(case, assess(case, settings))


def evidence_of(case: DealCase, assessed: Assessed) -> dict[str, Any]:
    health = assessed.health
    heaviest = health.heaviest
    return {
        "name": case.name,
        "health": health.score,
        "completeness": round(health.completeness, 4),
        "band": str(health.band),
        "attention": round(attention(case.base_amount, case.stage_rate, health, case.days_to_close), 4),
        "base_amount": case.base_amount,
        "stage_since": case.stage_since.isoformat() if case.stage_since else None,
        "code": heaviest.code if heaviest else "",
        "sentence": heaviest.finding.sentence if heaviest else "",
        "findings": [finding.to_json() for finding in assessed.findings],
    }


def _verdict(values: Mapping[str, Any]) -> Verdict:
    return Verdict(
        label=values["band"], score=values["health"] / 100, reason=values["code"] or NOTHING, evidence=values
    )


BANDS: tuple[str, ...] = tuple(Band)
