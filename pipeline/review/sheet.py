"""All that the review page shows of one question: sides, differences, why it is asked, what follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import registry
from pipeline.models import Decision, Record, Review
from pipeline.pipeline import UNSURE, Case, Choice, Pair, Passage, Pipeline, Presentation, Side
from pipeline.wording import is_matching, label_words, layer_words, reason_words

from . import proposals
from .differences import Piece, pieces
from .waterfall import Bar, Step, Waterfall, waterfall

# From which probability on the match weight is put in these words; ours, not measured.
_LEANINGS = (
    (0.99, "almost certainly the same"),
    (0.8, "probably the same"),
    (0.5, "rather the same"),
    (0.2, "rather not the same"),
    (0.01, "probably not the same"),
    (0.0, "almost certainly not the same"),
)
_LEVELS = {"same": "the same", "close": "nearly the same", "different": "different"}
# A blind check looks like a question that no model had an opinion on.
_BLIND = "The rules were not sure about these."


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field on both sides. `level` is same, close, different or missing, empty for what is no field; `words` says
    it more exactly; `bar` is what it adds to the match weight."""

    label: str
    level: str
    words: str
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    bar: Bar | None = None


@dataclass(frozen=True, kw_only=True)
class Option:
    """The record beside one candidate; `percent` is the rules' estimate, 0..100, None where there is none, and `chart`
    how it comes about."""

    number: int
    left: Side
    right: Side
    lines: tuple[Line, ...]
    chart: Waterfall | None
    percent: int | None
    leaning: str
    guards: tuple[str, ...]
    question: str
    on_same: str


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What one model said, or why it said nothing."""

    layer: str
    verdict: str
    said: str
    is_practice: bool
    attempt: int | None


@dataclass(frozen=True, kw_only=True)
class Source:
    """The raw line a record stands in: (column, cell) of what is filled."""

    title: str
    origin: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`is_blind`: what models said is not shown, nor what leads to it."""

    review: Review
    kind: str
    question: str
    options: tuple[Option, ...]
    why: str
    opinions: tuple[Opinion, ...]
    on_new: str
    reasons: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    is_blind: bool = False
    passages: tuple[Passage, ...] = ()
    choices: tuple[Choice, ...] = ()


def sheet(review: Review) -> Sheet:
    """The question with its best three candidates, the proposed one first. Raises LookupError where it is gone."""
    pipeline = registry.get(review.pipeline)
    decision = review.decision
    case = proposals.case_of(decision, pipeline)
    is_blind = review.kind == Review.Kind.AUDIT
    proposed = proposals.NOTHING if is_blind else proposals.proposal(decision, case, pipeline)
    candidates = proposals.shown(case, proposed)
    # Presented once per candidate, so that the words fit whichever is chosen.
    presented = [pipeline.present(case, one.object_id) for one in candidates] or [_alone(pipeline, case, decision)]
    options = tuple(
        _option(number, one, waterfall(case, one.pairs[0], decision), pipeline)
        for number, one in enumerate(presented, start=1)
        if one.pairs
    )
    return Sheet(
        review=review,
        kind=pipeline.title,
        question=presented[0].question,
        options=options,
        why=_BLIND if is_blind else _sentence(reason_words(decision.reason, pipeline)),
        opinions=()
        if is_blind
        else tuple(_opinions(decision, pipeline, {one.right.object_id: one.right.title for one in options})),
        on_new=presented[0].on_new,
        reasons=tuple(pipeline.corrections.items()),
        sources=_sources([case.object_id, *(one.object_id for one in candidates)] if is_matching(pipeline) else []),
        is_blind=is_blind,
        passages=presented[0].passages,
        choices=presented[0].choices,
    )


def _alone(pipeline: Pipeline, case: Case, decision: Decision) -> Presentation:
    """A case without candidates; where the question is not about two records, with what was found about it."""
    if is_matching(pipeline):
        return pipeline.present(case, None)
    return pipeline.present(case, None, decision.evidence)


def leaning(probability: float) -> str:
    """A probability in words."""
    return next(words for least, words in _LEANINGS if probability >= least)


def _option(number: int, presented: Presentation, chart: Waterfall | None, pipeline: Pipeline) -> Option:
    pair = presented.pairs[0]
    return Option(
        number=number,
        left=pair.left,
        right=pair.right,
        lines=_lines(pair, chart),
        chart=chart,
        # What waits for a person is never quite certain.
        percent=None if pair.probability is None else min(99, round(100 * pair.probability)),
        leaning="" if pair.probability is None else leaning(pair.probability),
        guards=tuple(_sentence(reason_words(f"guard:{code}", pipeline)) for code in pair.guards),
        question=presented.question,
        on_same=presented.on_same,
    )


def _lines(pair: Pair, chart: Waterfall | None) -> tuple[Line, ...]:
    if chart is not None:
        return tuple(_line(step) for step in chart.steps)
    return tuple(_line(Step(label=one.label, contrast=one, bar=None)) for one in pair.contrasts)


def _line(step: Step) -> Line:
    contrast, bar = step.contrast, step.bar
    if contrast is None:
        return Line(label=step.label, level="", words="", bar=bar)
    left, right = pieces(contrast.left, contrast.right, contrast.level)
    words = bar.words if bar and contrast.level != "missing" else _LEVELS.get(contrast.level, "")
    return Line(label=step.label, level=contrast.level, words=words, left=left, right=right, bar=bar)


def _opinions(decision: Decision, pipeline: Pipeline, titles: Mapping[int, str]) -> Iterable[Opinion]:
    models = {layer.name for layer in pipeline.model_layers}
    said = {"same": "the same", "new": "not the same", UNSURE: "can't tell"}
    said |= {label: label_words(label) for label in pipeline.answers if label not in said}
    for passage in decision.path:
        if passage.get("layer") not in models:
            continue
        asked = _sentence(reason_words(f"ask:{passage['asked']}", pipeline)) if passage.get("asked") else ""
        attempts: Sequence[int] = passage.get("attempts") or ()
        meant = titles.get(passage.get("anchor") or 0) if len(titles) > 1 else None
        yield Opinion(
            layer=layer_words(passage["layer"], pipeline),
            verdict=said.get(passage.get("label", ""), "no answer") + (f" as {meant}" if meant else ""),
            said=passage.get("said") or ("" if passage.get("label") else passage.get("detail") or asked),
            is_practice=bool(passage.get("is_practice")),
            attempt=attempts[-1] if attempts else None,
        )


def _sources(record_ids: Sequence[int]) -> tuple[Source, ...]:
    found: Mapping[int, Any] = Record.objects.select_related("row__file").in_bulk(list(record_ids))
    return tuple(
        Source(
            title=f"{record.row.file.name}, line {record.row.line}",
            origin=str(record.row_id),
            cells=tuple((head or "(no heading)", cell) for head, cell in record.row.labelled() if str(cell).strip()),
        )
        for record in (found[pk] for pk in record_ids if pk in found)
    )


def _sentence(words: str) -> str:
    """Capital first letter and a full stop, whether the words came as a sentence or as a phrase."""
    words = words.strip()
    return f"{words[0].upper()}{words[1:].rstrip('.')}." if words else ""
