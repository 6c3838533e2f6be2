"""The finished runs of a pipeline as forecasts learn from them: what was expected of each and what it came to."""

from django.db.models import Sum

from governance.forecast import PastRun
from pipeline.models import Run, Step
from pipeline.pipeline import Pipeline

_LOOKED_AT = 20


def past_runs(pipeline: Pipeline) -> list[PastRun]:
    """The last runs that asked all they wanted to, oldest first. Where nothing was known yet, nothing was expected."""
    finished = Run.objects.filter(pipeline=pipeline.name, state=Run.State.FINISHED, is_dry_run=False)
    runs = [run for run in finished.order_by("-id")[: 3 * _LOOKED_AT] if _asked_all(run)][:_LOOKED_AT]
    first = Step.objects.filter(run__in=runs, layer=pipeline.model_layers[0].name).order_by()
    costs = dict(first.values_list("run").annotate(cost=Sum("cost_microusd")))
    return [
        PastRun(
            expected_microusd=run.forecast["expected_microusd"] if run.forecast.get("is_from_history") else 0,
            actual_microusd=run.summary["cost_microusd"],
            first_step_microusd=costs.get(run.pk, 0),
        )
        for run in reversed(runs)
    ]


def _asked_all(run: Run) -> bool:
    # A run that a limit or the plan cut short says nothing about what it would have cost.
    return bool(run.forecast.get("questions") and run.summary.get("cost_microusd")) and not run.summary.get("ask_due")
