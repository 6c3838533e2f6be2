"""Reading the ledger for a replay: the sums of each step of a run at a model."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from governance.models import LanguageModel, Rollup
from governance.whatif import Ledger

_COLUMNS = (
    "model_id", "layer", "run_key", "attempts", "input_tokens", "cached_tokens", "cache_write_tokens",
    "output_tokens", "cost_microusd", "estimated_microusd",
)  # fmt: skip


def read_ledger(first: date, until: date, task: str = "", *, cases: int = 0) -> Ledger:
    """The closed calls of the days from `first` up to, not including, `until`, about `cases` different cases."""
    rows = Rollup.objects.filter(day__gte=first, day__lt=until)
    rows = (rows.filter(task=task) if task else rows).order_by("pk")
    columns: Sequence[Sequence[Any]] = list(zip(*rows.values_list(*_COLUMNS), strict=True)) or [()] * len(_COLUMNS)
    (models, model), (steps, step), (runs, run) = map(_places, columns[:3])
    number, read, cached, written, output, cost, estimated = (
        np.array(column, dtype=np.int64) for column in columns[3:]
    )
    names = dict(LanguageModel.objects.values_list("pk", "name"))
    return Ledger(
        models=[names[pk] for pk in models],
        steps=steps,
        runs=runs,
        model=model,
        step=step,
        run=run,
        number=number,
        plain_tokens=read - cached - written,
        cached_tokens=cached,
        written_tokens=written,
        output_tokens=output,
        cost=cost,
        estimated=estimated,
        cases=cases,
    )


def _places(values: Sequence[Any]) -> tuple[list[Any], Any]:
    """The different values, and for each its place among them."""
    known = {value: place for place, value in enumerate(dict.fromkeys(values))}
    return list(known), np.array([known[value] for value in values], dtype=np.int64)
