"""Names to what the apps plugged in by dotted path: pipelines, import targets, import formats."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from .ingest.formats import Format, Target
from .pipeline import Pipeline


@cache
def pipelines() -> dict[str, Pipeline]:
    """All pipelines by name, in flow order."""
    return {pipeline.name: pipeline for pipeline in map(import_string, settings.PIPELINES)}


def get(name: str) -> Pipeline:
    """Raises LookupError with a sentence that names the pipelines there are."""
    try:
        return pipelines()[name]
    except KeyError:
        raise LookupError(f"There is no pipeline “{name}”; there are: {', '.join(pipelines())}.") from None


def objected(values: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Whether each of these records is of somebody who objected."""
    ask: Callable[[Sequence[Mapping[str, Any]]], list[bool]] = import_string(settings.OBJECTIONS)
    return ask(values)


@cache
def targets() -> dict[str, Target]:
    """Import targets by kind, in the order in which they are written."""
    found = [target for path in settings.IMPORT_TARGETS for target in import_string(path)]
    return {target.kind: target for target in sorted(found, key=lambda target: target.order)}


@cache
def formats() -> tuple[Format, ...]:
    """All known file layouts."""
    return tuple(known for path in settings.IMPORT_FORMATS for known in import_string(path))
