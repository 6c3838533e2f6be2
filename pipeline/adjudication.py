"""Asks a model about the pairs of two lists that matching left open, one question per record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.utils.crypto import salted_hmac

from governance.questions import Question, Reply, Tier
from pipeline import list_matching
from pipeline.layers.ask import Ask, SameReply
from pipeline.matching.blocking import Lists
from pipeline.matching.matches import Matches
from pipeline.matching.table import Table
from pipeline.matching.verdicts import Asked, Worth, to_ask, with_verdicts, worth
from pipeline.pipeline import Candidate, Case
from pipeline.runner import ask


class CannotAsk(Exception):
    """No question can be asked; the message says why in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Adjudicated:
    """The matches after the verdicts, and what asking came to; `unanswered` counts by why (budget, plan, time-out)."""

    matches: Matches
    asked: int
    answered: int
    calls: int
    cost_microusd: int
    model: str
    is_practice: bool
    bits: Worth
    unanswered: Mapping[str, int]


def require_ready(*, allow_practice: bool) -> None:
    """Raises CannotAsk where there is no database, no approved plan for the task, or no model to ask."""
    try:
        ready = ask.readiness(list_matching.NAME, Tier.LIGHT, allow_practice=allow_practice)
    except DatabaseError as error:
        raise CannotAsk("--adjudicate needs a database with a plan: run “manage.py migrate” first.") from error
    if not ready.is_ready:
        raise CannotAsk(f"--adjudicate can't ask: {ready.reason}")


def adjudicate(
    found: Matches,
    left: Table,
    right: Table | None,
    is_open: Any,
    *,
    run_key: str,
    truth: Mapping[tuple[int, int], bool] | None = None,
    allow_practice: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Adjudicated:
    """Ask about every record with an open pair (flags [pairs]) and judge again with what was said.

    `truth` holds reviewed pairs (row of the left list, row of the right → same or not): with them it is measured how
    much a verdict is worth. The same lists and `run_key` ask the same questions, whose answers are paid once.
    """
    others = right or left
    groups = to_ask(found, is_open)
    layer = Ask(
        tier=Tier.LIGHT,
        prompt=list_matching.PROMPT,
        task=list_matching.NAME,
        fields=tuple(column.name for column in left.columns),
    )
    cases = [_case(group, found, left, others, run_key) for group in groups]
    questions = [step for case in cases if isinstance(step := layer.step(case, ()), Question)]
    replies = ask.ask_beside_runs(questions, run_key, allow_practice=allow_practice, on_progress=progress)
    said = _said(groups, replies)
    bits = _worth(said, found, truth or {})
    lists = Lists(left=len(left), right=len(right) if right else 0)
    moved = {pair: bits.same if is_same else -bits.different for pair, is_same in said.items() if is_same is not None}
    return Adjudicated(
        matches=with_verdicts(found, moved, lists, truth=truth),
        asked=len(replies),
        answered=sum(reply.is_answered for reply in replies),
        calls=sum(len(reply.attempt_ids) for reply in replies if not reply.is_cached),
        cost_microusd=sum(reply.cost_microusd for reply in replies),
        model=next((reply.model for reply in replies if reply.model), ""),
        is_practice=any(reply.is_practice for reply in replies),
        bits=bits,
        unanswered=_unanswered(replies),
    )


def _case(group: Asked, found: Matches, left: Table, right: Table, run_key: str) -> Case:
    marker = salted_hmac("question", f"{run_key}:{group.record}").hexdigest()[:12]
    candidates = tuple(
        Candidate(
            object_id=pair,
            values=_values(left, int(found.left[pair])),
            weight=float(found.weight[pair]),
            probability=float(found.probability[pair]),
            levels=found.level_words(pair),
        )
        for pair in group.pairs
    )
    return Case(object_id=group.record, values=_values(right, group.record), marker=marker, candidates=candidates)


def _values(table: Table, row: int) -> dict[str, str]:
    """A row's values as they stand in the file."""
    return {column.name: value for column in table.columns if (value := column.values[row])}


def _said(groups: Sequence[Asked], replies: Sequence[Reply]) -> dict[int, bool | None]:
    """Number of the pair → whether the model called it the same; None where it could not tell or did not answer."""
    said: dict[int, bool | None] = {}
    for group, reply in zip(groups, replies, strict=True):
        answer = reply.answer if isinstance(reply.answer, SameReply) else None
        chosen = (
            group.pairs[int(answer.candidate.strip()[1:]) - 1] if answer and _is_ref(answer.candidate, group) else None
        )
        for pair in group.pairs:
            if answer is None or answer.answer == "unsure" or (answer.answer == "same" and chosen is None):
                said[pair] = None
            else:
                said[pair] = answer.answer == "same" and pair == chosen
    return said


def _is_ref(text: str, group: Asked) -> bool:
    return text.strip() in {f"c{place}" for place in range(1, len(group.pairs) + 1)}


def _worth(said: Mapping[int, bool | None], found: Matches, truth: Mapping[tuple[int, int], bool]) -> Worth:
    checked = [
        (is_same, truth[key])
        for pair, is_same in said.items()
        if is_same is not None and (key := (int(found.left[pair]), int(found.right[pair]))) in truth
    ]
    return worth([is_same for is_same, _ in checked], [right for _, right in checked])


def _unanswered(replies: Sequence[Reply]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for reply in replies:
        if not reply.is_answered:
            counts[reply.outcome.value] = counts.get(reply.outcome.value, 0) + 1
    return counts
