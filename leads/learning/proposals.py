"""Rules that outcomes propose: one value or range of one column, its points, and what later leads said of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from leads.learning import design
from leads.learning.accuracy import Share, share
from leads.learning.columns import Column
from leads.learning.rules import LearnedRule
from leads.learning.score import Score, points
from leads.learning.table import Flags, Floats, Table

MOST = 12
MOST_POINTS = 20
_FEWEST, _FEWEST_LATER = 30, 10
_LEAST_POINTS = 3
_LIKELIER, _LESS_LIKELY = 1.2, 0.7  # times the usual share, that the bound must pass
_TAILS = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A rule with the outcomes it was found in and those of the later leads it was then tried on."""

    rule: LearnedRule
    found: Share
    later: Share

    @property
    def is_for(self) -> bool:
        return self.rule.points > 0


def proposals(score: Score, columns: Sequence[Column], older: Table, later: Table) -> list[Proposal]:
    """The rules worth proposing, the ones that matter most first; never one that a blank cell would fulfil."""
    known = {one.name: (one, np.array(weights)) for one, weights in zip(score.codings, score.weights, strict=True)}
    found: list[tuple[float, Proposal]] = []
    for column in columns:
        if column.name not in known:
            continue
        coding, weights = known[column.name]
        adds = coding.coded(column.codes, column.is_here) @ weights
        codes, _ = design.recoded(coding, later.columns.get(column.name) or [None] * len(later))
        tried = [_tried(rule, rows, codes, column, adds, older.won, later.won) for rule, rows in _candidates(column)]
        passed = sorted((one for one in tried if one is not None), key=lambda one: -one[0])
        # Of overlapping ranges the clearest on either side.
        found += _clearest(passed) if column.is_number else passed
    found.sort(key=lambda one: -one[0])
    return [proposal for _, proposal in found[:MOST]]


def _candidates(column: Column) -> Iterator[tuple[LearnedRule, "range"]]:
    """Rules about a column and the levels (numbers from the first to the last) they cover."""
    if not column.is_number:
        for code, level in enumerate(column.levels):
            yield LearnedRule(column=column.name, value=level), range(code, code + 1)
        return
    bins = len(column.edges) + 1
    placed = column.codes[column.codes >= 0]
    for edge in sorted({int(np.quantile(placed, tail)) for tail in _TAILS if len(placed)}):
        if edge < len(column.edges):
            yield LearnedRule(column=column.name, above=column.edges[edge]), range(edge + 1, bins)
            yield LearnedRule(column=column.name, up_to=column.edges[edge]), range(edge + 1)


def _tried(
    rule: LearnedRule,
    levels: range,
    later_codes: np.ndarray,
    column: Column,
    adds: Floats,
    won: Flags,
    later_won: Flags,
) -> tuple[float, Proposal] | None:
    rows = _within(column.codes, levels)
    if rows.sum() < _FEWEST:
        return None
    worth = max(-MOST_POINTS, min(MOST_POINTS, points(float(adds[rows].mean()))))
    found = share(int(won[rows].sum()), int(rows.sum()))
    then = _within(later_codes, levels)
    later = share(int(later_won[then].sum()), int(then.sum()))
    usual, usual_later = float(won.mean()), float(later_won.mean())
    if abs(worth) < _LEAST_POINTS or later.number < _FEWEST_LATER:
        return None
    is_likelier = worth > 0 and found.low > _LIKELIER * usual and later.low > usual_later
    is_less_likely = worth < 0 and found.high < _LESS_LIKELY * usual and later.high < usual_later
    if not (is_likelier or is_less_likely):
        return None
    clear = abs(found.share - usual) * np.sqrt(found.number)
    return float(clear), Proposal(rule=rule.worth(worth), found=found, later=later)


def _clearest(passed: Sequence[tuple[float, Proposal]]) -> list[tuple[float, Proposal]]:
    sides: dict[bool, tuple[float, Proposal]] = {}
    for one in passed:
        sides.setdefault(one[1].is_for, one)
    return list(sides.values())


def _within(codes: np.ndarray, levels: range) -> Flags:
    return (codes >= levels.start) & (codes < levels.stop)


def figures_of(rule: LearnedRule, columns: Mapping[str, Sequence[str | None]], won: Flags) -> Share:
    """What became of the leads a rule fits."""
    cells = columns.get(rule.column) or []
    fits = np.array([rule.fits(cell) for cell in cells], dtype=bool)
    return share(int(won[fits].sum()), int(fits.sum())) if len(fits) else share(0, 0)
