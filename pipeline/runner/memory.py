"""What people taught, as it stood when the run began: the same for every chunk and after every restart."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Max, Q

from governance import plans
from governance.models import Organisation
from governance.plan_checks import At, PlanFacts
from governance.plan_checks.modes import ALWAYS
from pipeline.layers import match_weight
from pipeline.matching.cuts import guaranteed_accept
from pipeline.models import Answer, ExampleUse, PairFact, Run, Threshold
from pipeline.pipeline import Example, Memory, Pipeline, Terms
from pipeline.runner.accept import DEFAULT_THRESHOLD

# The newest answers are enough: selection takes eight, and older ones have lost most of their weight.
_MOST_EXAMPLES = 2000
_MONTH_DAYS = 30.44
# While blind checks are missing or do not prove enough, models need a higher score; above 1 nothing is accepted.
_TIGHTENING, _TIGHTER, _NEVER = frozenset({22, 23}), 0.05, 1.01


def freeze(pipeline: Pipeline, now: datetime, draft: PlanFacts | None = None) -> dict[str, Any]:
    """What goes into `Run.memory`: ids of the answers that may be quoted, and the versions of all that decides.

    With a `draft` as if that were the plan already.
    """
    thresholds = dict(pipeline.thresholds) | _proven(pipeline)
    for row in Threshold.objects.filter(pipeline=pipeline.name, valid_from__lte=now).order_by("valid_from"):
        thresholds[row.layer, row.label] = row.value
    version, plan = plans.governing(pipeline.name, Organisation.current().day(now))
    plan = draft or plan
    if plan is not None and plan.accept_percent is not None:
        least = plan.accept_percent / 100
        for key in ((layer.name, label) for layer in pipeline.model_layers for label in pipeline.answers):
            thresholds[key] = max(least, thresholds.get(key, DEFAULT_THRESHOLD))
    if draft is None and version is not None and _TIGHTENING & plans.failing_lines(version, At.NIGHTLY):
        for key in ((layer.name, label) for layer in pipeline.model_layers for label in pipeline.answers):
            thresholds[key] = min(_NEVER, thresholds.get(key, DEFAULT_THRESHOLD) + _TIGHTER)
    return {
        "answers": _quotable(pipeline, plan, now),
        "terms": _terms(pipeline, plan),
        "thresholds": [[layer, label, value] for (layer, label), value in sorted(thresholds.items())],
        "plan": str(version or "none"),
        "prompt": prompt_version(pipeline),
    }


def _proven(pipeline: Pipeline) -> dict[tuple[str, str], float]:
    """The probability from which people's answers prove that the match weight may join records, where they do.

    People answer what no layer before them settled, so of the pairs a lower cut would join these are the harder ones.
    """
    if match_weight.NAME not in {layer.name for layer in pipeline.free_layers}:
        return {}
    answers = Answer.objects.filter(pipeline=pipeline.name, withdrawn_at=None, split=Answer.Split.LEARN)
    judged = []
    for answer in answers.exclude(dossier=None).select_related("dossier")[:_MOST_EXAMPLES]:
        found = answer.dossier.case["candidates"] if answer.dossier else []
        best = max(found, key=lambda one: one.get("probability", 0), default=None)
        if best and answer.label in ("same", "new") and not best.get("guards"):
            is_same = answer.label == "same" and answer.anchor == best["object_id"]
            judged.append((float(best.get("probability", 0)), is_same))
    scores, truth = np.array([score for score, _ in judged]), np.array([said for _, said in judged], dtype=bool)
    cut = guaranteed_accept(scores, truth)
    return {} if cut is None else {(match_weight.NAME, "same"): min(DEFAULT_THRESHOLD, max(0.5, cut))}


def _quotable(pipeline: Pipeline, plan: PlanFacts | None, now: datetime) -> list[int]:
    """The newest answers as far as the plan lets them count: the given ones of so many months, and older ones that
    stood in a question since."""
    answers = Answer.objects.filter(pipeline=pipeline.name, withdrawn_at=None, split=Answer.Split.LEARN)
    quotable = answers.exclude(features={}).exclude(dossier=None).order_by("-id")
    if plan is not None and plan.correction_months is not None:
        since = now - timedelta(days=_MONTH_DAYS * plan.correction_months)
        used = ExampleUse.objects.filter(answer__created_at__lt=since, attempt__started_at__gte=since)
        quotable = quotable.filter(Q(created_at__gte=since) | Q(pk__in=used.values("answer")))
    return list(quotable.values_list("id", flat=True)[:_MOST_EXAMPLES])


def _terms(pipeline: Pipeline, plan: PlanFacts | None) -> dict[str, Any]:
    if plan is None:
        return {}
    return {
        "fields_out": None if plan.fields_out is None else sorted(plan.fields_out),
        "sources": None if plan.sources is None else sorted(plan.sources),
        "most_examples": plan.max_examples,
        "alias_after": plan.alias_after or Terms.alias_after,
        "asks_always": plan.modes.get(pipeline.name) == ALWAYS,
    }


def versions(run: Run) -> dict[str, Any]:
    """What a decision of this run keeps of it: plan, prompt, thresholds."""
    return {name: run.memory[name] for name in ("plan", "prompt", "thresholds") if name in run.memory}


def prompt_version(pipeline: Pipeline) -> str:
    """Eight hex digits that change with any word of the pipeline's instructions."""
    return text_version("\x1f".join(layer.prompt for layer in pipeline.model_layers))


def text_version(text: str) -> str:
    """Eight hex digits that change with any word of the text."""
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def thresholds_of(run: Run) -> dict[tuple[str, str], float]:
    """(layer, label) → score from which an answer is accepted in this run."""
    return {(layer, label): value for layer, label, value in run.memory.get("thresholds", ())}


def recall(run: Run, pipeline: Pipeline) -> Memory:
    """The frozen memory of a run. Pairs kept apart are read fresh: an answer given meanwhile must never be overrun."""
    answers = list(
        Answer.objects.filter(id__in=run.memory.get("answers", ()))
        .select_related("dossier", "by", "subject")
        .order_by("-id")
    )
    terms = dict(run.memory.get("terms", {}))
    sources = terms.pop("sources", None)
    quoted = _last_quoted(answers)
    examples = (example_of(answer, run.created_at, quoted.get(answer.pk), sources) for answer in answers)
    facts = PairFact.objects.filter(withdrawn_at=None).values_list("low", "high")
    return Memory(
        examples=tuple(example for example in examples if example is not None),
        never_same=frozenset(facts),
        reviewed=tuple(pair for answer in reversed(answers) for pair in reviewed_pairs(answer)),
        thresholds=thresholds_of(run),
        terms=Terms(**terms | {"fields_out": _set(terms.get("fields_out"))}),
    )


def reviewed_pairs(answer: Answer) -> list[tuple[int, int, bool]]:
    """Pairs of object ids (low, high) and whether the answer says they are the same: the match it names, or all that
    were shown and are not."""
    one = answer.subject.object_id
    if answer.label == "same" and answer.anchor is not None:
        return [(min(one, answer.anchor), max(one, answer.anchor), True)]
    if answer.label != "new" or not answer.dossier:
        return []
    shown = (candidate["object_id"] for candidate in answer.dossier.case["candidates"])
    return [(min(one, other), max(one, other), False) for other in shown]


def _set(names: Collection[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _last_quoted(answers: Collection[Answer]) -> dict[int, datetime]:
    uses = ExampleUse.objects.filter(answer__in=answers).order_by().values_list("answer")
    return dict(uses.annotate(last=Max("attempt__started_at")))


def example_of(
    answer: Answer,
    now: datetime | None = None,
    quoted_at: datetime | None = None,
    sources: Collection[str] | None = None,
) -> Example | None:
    """The answer as it is quoted: the case beside the candidate it was about; None where that is not on record, or
    where either side comes from none of the `sources` that a model may see."""
    case = answer.dossier.case if answer.dossier else None
    if not case or not case["candidates"]:
        return None
    shown = next((c for c in case["candidates"] if c["object_id"] == answer.anchor), case["candidates"][0])
    if sources is not None and not {case["source"], shown["source"]} - {""} <= set(sources):
        return None
    last = max(answer.created_at, quoted_at or answer.created_at)
    return Example(
        answer_id=answer.pk,
        label=answer.label,
        reason=answer.reason,
        note=answer.note,
        author=answer.by.get_short_name() or answer.by.get_username(),
        left=case["values"],
        right=shown["values"],
        features=shown["features"],
        levels=shown["levels"],
        is_correction=answer.is_correction,
        age_months=max(0, int((now - last).days / _MONTH_DAYS)) if now else 0,
    )
