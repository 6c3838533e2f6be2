"""What the questions of a run will cost, before any is asked: the first questions are built and counted."""

from collections.abc import Sequence
from typing import Any

from governance.forecast import band, escalation
from governance.models import PlanVersion
from pipeline.pipeline import Case, Pipeline
from pipeline.runner import ask
from pipeline.runner.past_runs import past_runs


def forecast(
    pipeline: Pipeline, cases: Sequence[Case], run_key: str, draft: PlanVersion | None = None
) -> dict[str, Any]:
    """Questions and micro-dollars, under the plan in force or a draft: `expected` for the first questions with the
    escalation seen so far, `ceiling` what the worst case of every model layer would come to. `is_from_history` is False
    while no run has escalated yet;
    `low` and `high` hold about nine runs of ten, once five are known."""
    questions = ask.first_questions(pipeline, cases)
    if not questions:
        return {"questions": 0, "expected_microusd": 0, "ceiling_microusd": 0, "is_from_history": False}
    first = ask.estimate(questions, run_key, draft)
    past = past_runs(pipeline)
    dearer = escalation(past)
    expected = round(first.expected_microusd * (dearer or 1.0))
    likely = band(expected, past)
    return {
        "questions": len(questions),
        "expected_microusd": expected,
        **({"low_microusd": likely.low_microusd, "high_microusd": likely.high_microusd} if likely else {}),
        "ceiling_microusd": first.ceiling_microusd * len(pipeline.model_layers) * ask.MOST_EXCHANGES,
        "is_from_history": dearer is not None,
        "why_not": first.why_not,
    }
