"""What of a case may leave the house: the fields a plan names."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from pipeline.pipeline import Case


def limited(case: Case, fields: Collection[str] | None) -> Case:
    """The case with the values of these fields alone, on every side; all of it where `fields` is None.

    The comparison of a field that stays tells about it too, so that goes along.
    """
    if fields is None:
        return case
    known = {name for values in (case.values, *(one.values for one in case.candidates)) for name in values}
    hidden = known - set(fields)
    return replace(
        case,
        values=_without(case.values, hidden),
        candidates=tuple(
            replace(one, values=_without(one.values, hidden), levels=_without(one.levels, hidden))
            for one in case.candidates
        ),
        examples=tuple(
            replace(one, left=_without(one.left, hidden), right=_without(one.right, hidden),
                    levels=_without(one.levels, hidden))
            for one in case.examples
        ),
    )  # fmt: skip


def _without(values: Mapping[str, Any], hidden: set[str]) -> Mapping[str, Any]:
    return {name: value for name, value in values.items() if name not in hidden}
