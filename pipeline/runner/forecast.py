"""What the questions of a run will cost, before any is asked: the first questions are built and counted."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum

from pipeline.models import Step
from pipeline.pipeline import Case, Pipeline
from pipeline.runner import ask


def forecast(pipeline: Pipeline, cases: Sequence[Case], run_key: str) -> dict[str, Any]:
    """Questions and micro-dollars: `expected` for the first questions with the escalation seen so far, `ceiling` what
    the worst case of every model layer would come to. `is_from_history` is False while no run has escalated yet."""
    questions = ask.first_questions(pipeline, cases)
    if not questions:
        return {"questions": 0, "expected_microusd": 0, "ceiling_microusd": 0, "is_from_history": False}
    first = ask.estimate(questions, run_key)
    dearer, is_from_history = _escalation(pipeline)
    return {
        "questions": len(questions),
        "expected_microusd": round(first.expected_microusd * dearer),
        "ceiling_microusd": first.ceiling_microusd * len(pipeline.model_layers) * ask.MOST_EXCHANGES,
        "is_from_history": is_from_history,
        "why_not": first.why_not,
    }


def _escalation(pipeline: Pipeline) -> tuple[float, bool]:
    """Cost of all model layers over the cost of the first, from the runs so far; 1.0 where there are none."""
    spent = Step.objects.filter(run__pipeline=pipeline.name, is_model=True).values("layer")
    cost = {row["layer"]: row["cost"] for row in spent.annotate(cost=Sum("cost_microusd"), runs=Count("run"))}
    first = cost.get(pipeline.model_layers[0].name, 0)
    return (sum(cost.values()) / first, True) if first else (1.0, False)
