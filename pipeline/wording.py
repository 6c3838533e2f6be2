"""Codes in the user's words: labels, reasons, layers, and what a case is called."""

from collections.abc import Iterable, Mapping
from typing import Any

from governance.questions import Outcome
from pipeline import registry
from pipeline.models import Record
from pipeline.pipeline import Pipeline

# What the runner itself notes where it does not accept a verdict.
_RUNNER = {
    "": "",
    "below_threshold": "not sure enough to decide without a person",
    "models_unsure": "the models were not sure",
    "unsure": "not sure",
    "accepted": "accepted",
    "first_20": "one of the first 20 results under a new version of the plan, which people see first",
    "plan:10": "the plan does not let AI serve this purpose",
    "plan:11": "the plan leaves this field to people",
    "plan:12": "the plan leaves this step to people",
    "plan:20": "the score is lower than the plan asks for",
    "plan:21": "the plan wants a person to see this kind of result",
    f"ask:{Outcome.ANSWERED.value}": "answered",
    f"ask:{Outcome.REFUSED.value}": "the model declined to answer",
    f"ask:{Outcome.MALFORMED.value}": "the model's answer was not in the agreed form",
    f"ask:{Outcome.TIMEOUT.value}": "the model did not answer in time",
    f"ask:{Outcome.FAILED.value}": "the provider answered with an error",
    f"ask:{Outcome.UNAFFORDABLE.value}": "the month's money does not cover the question",
    f"ask:{Outcome.BLOCKED.value}": "the plan does not allow the question",
    f"ask:{Outcome.UNAVAILABLE.value}": "no model could be asked",
    "ask:interrupted": "the run was interrupted before it could be asked",
}
_NAMES = (("full_name",), ("name",), ("first_name", "last_name"), ("given_name", "family_name"))
_TITLE_FIELDS = (*_NAMES, ("title",), ("email",), ("domain",))


def pipeline_title(name: str) -> str:
    """A pipeline's title; its bare name where it is no longer installed."""
    found = registry.pipelines().get(name)
    return found.title if found else name


def label_words(label: str) -> str:
    return label.replace("_", " ").capitalize()


def layer_words(name: str, pipeline: Pipeline | None) -> str:
    """A layer as users know it; "A person" where a person decided or has to."""
    if name == "person":
        return "A person"
    known = {layer.name: layer.label for layer in pipeline.layers} if pipeline else {}
    return known.get(name, label_words(name))


def reason_words(code: str, pipeline: Pipeline | None) -> str:
    """A reason code in words: the pipeline's own, the runner's, or the code made readable."""
    own: Mapping[str, str] = {**pipeline.corrections, **pipeline.reasons} if pipeline else {}
    bare = code.removeprefix("guard:")
    words = (
        own.get(code)
        or own.get(bare)
        or own.get(f"guard:{code}")
        or _RUNNER.get(code)
        or bare.replace("_", " ").replace(":", ": ")
    )
    return words.removesuffix(".")


def title_of(values: Mapping[str, Any], object_id: int) -> str:
    """What a case is called: the first of its values that names it, else its number."""
    for names in _TITLE_FIELDS:
        parts = [str(values[name]).strip() for name in names if isinstance(values.get(name), str)]
        if any(parts):
            return " ".join(filter(None, parts))[:200]
    return f"Record {object_id}"


def titles(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What cases are called, by (pipeline, object id); one query or load per pipeline, none for those that are gone."""
    by_pipeline: dict[str, set[int]] = {}
    for name, object_id in wanted:
        by_pipeline.setdefault(name, set()).add(object_id)
    found = {}
    for name, object_ids in by_pipeline.items():
        pipeline = registry.pipelines().get(name)
        for object_id, values in _values(pipeline, object_ids) if pipeline else ():
            found[name, object_id] = title_of(values, object_id)
    return found


def is_matching(pipeline: Pipeline) -> bool:
    """Whether a pipeline looks for duplicates: its subjects are records and "same" is an answer."""
    return "same" in pipeline.answers


def _values(pipeline: Pipeline, object_ids: set[int]) -> Iterable[tuple[int, Mapping[str, Any]]]:
    # Records say what they are called themselves; loading cases would read all their links as well.
    if is_matching(pipeline):
        return Record.objects.filter(pk__in=object_ids).values_list("pk", "values")
    return ((case.object_id, case.values) for case in pipeline.cases(sorted(object_ids)))
