"""The learned score: logistic, the sum of what each column says, so that every figure can be given a reason in points.

Boosted trees and products of columns were tried beside it and told no more of later leads, but can't be worded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy

from leads.learning import design
from leads.learning.accuracy import UNKNOWN, Ranking, log_loss, ranking
from leads.learning.design import Coding
from leads.learning.table import Flags, Floats, Table
from pipeline.matching.cuts import cuts, lower_bound

STRENGTHS = (0.01, 0.03, 0.1, 0.3)  # of the data against the prior that no column matters; tried in this order
POINTS_PER_DOUBLING = 5  # of the odds
PROMISE = 0.88  # of the leads that are accepted or rejected, at least: they were won or lost indeed
EITHER = 0.85  # of the accepted alone, and of the rejected alone
_BLOCKS, _FIRST = 5, 0.4  # later blocks are each scored by what was known before them, the first two fifths by nothing
_FEWEST_OF_EITHER = 5


@dataclass(frozen=True, kw_only=True)
class Score:
    """`weights` per coding, `intercept`, both in log-odds; `accept` and `reject` are chances (0..1) from which on and
    below which a lead may be taken as won or lost, None where that could not be proven. `ahead` is how well later
    blocks of the leads it was learned from were ranked by what was known before them."""

    codings: tuple[Coding, ...]
    weights: tuple[tuple[float, ...], ...]
    intercept: float
    accept: float | None = None
    reject: float | None = None
    ahead: Ranking = UNKNOWN

    def chances(self, columns: Mapping[str, Sequence[str | None]], rows: int) -> Floats:
        """The chance (0..1) of each lead to be won."""
        return scipy.special.expit(self._logits(design.matrix(self.codings, columns, rows)))  # type: ignore[no-any-return]

    def contributions(self, cells: Mapping[str, str | None]) -> dict[str, float]:
        """Column → what it adds to a lead's log-odds, against the average lead."""
        found = {}
        for one, weights in zip(self.codings, self.weights, strict=True):
            codes, is_here = design.recoded(one, [cells.get(one.name)])
            found[one.name] = float((one.coded(codes, is_here) @ np.array(weights))[0])
        return found

    def chance(self, cells: Mapping[str, str | None]) -> float:
        return float(scipy.special.expit(self.intercept + sum(self.contributions(cells).values())))

    def _logits(self, coded: Floats) -> Floats:
        flat = np.concatenate([np.array(one) for one in self.weights]) if self.weights else np.zeros(0)
        return coded @ flat + self.intercept


def points(log_odds: float) -> int:
    """Log-odds as points: five for each time the odds double."""
    return round(log_odds / float(np.log(2)) * POINTS_PER_DOUBLING)


def learn(table: Table, codings: Sequence[Coding]) -> Score:
    """Fit on a table, oldest first. How much to trust the columns, the calibration and the cuts come from scoring later
    leads by earlier ones only."""
    coded = design.matrix(codings, table.columns, len(table))
    forward = {strength: _forward(coded, table.won, strength) for strength in STRENGTHS}
    best = min(STRENGTHS, key=lambda strength: _loss(forward[strength], table.won))
    slope, shift = _calibration(forward[best], table.won)
    weights, intercept = _fit(coded, table.won, best)
    weights, intercept = weights * slope, intercept * slope + shift
    ends = np.cumsum([one.size for one in codings])[:-1]
    ahead = scipy.special.expit(forward[best] * slope + shift)
    is_scored = ~np.isnan(ahead)
    accept, reject = _cuts(ahead[is_scored], table.won[is_scored])
    return Score(
        codings=tuple(codings),
        weights=tuple(tuple(part.tolist()) for part in np.split(weights, ends)) if len(codings) else (),
        intercept=intercept, accept=accept, reject=reject,
        ahead=ranking(ahead[is_scored], table.won[is_scored]),
    )  # fmt: skip


def to_json(score: Score) -> dict[str, Any]:
    return {
        "codings": [design.to_json(one) for one in score.codings],
        "weights": [[round(value, 6) for value in part] for part in score.weights],
        "intercept": score.intercept, "accept": score.accept, "reject": score.reject,
    }  # fmt: skip


def from_json(data: Mapping[str, Any]) -> Score:
    return Score(
        codings=tuple(design.from_json(one) for one in data["codings"]),
        weights=tuple(tuple(part) for part in data["weights"]),
        intercept=data["intercept"], accept=data["accept"], reject=data["reject"],
    )  # fmt: skip


def _fit(coded: Floats, won: Flags, strength: float) -> tuple[Floats, float]:
    if min(won.sum(), (~won).sum()) < _FEWEST_OF_EITHER or not coded.shape[1]:
        share = (won.sum() + 0.5) / (len(won) + 1)
        return np.zeros(coded.shape[1]), float(np.log(share / (1 - share)))
    found = _regression(C=strength, solver="newton-cholesky").fit(coded, won)
    return found.coef_[0], float(found.intercept_[0])


def _regression(**settings: Any) -> Any:
    # Imported late: scikit-learn takes longer to load than most commands take, and only learning needs it.
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(**settings)


def _forward(coded: Floats, won: Flags, strength: float) -> Floats:
    """Log-odds of each block of later leads by what was known before it; not a number for the first part."""
    logits = np.full(len(won), np.nan)
    borders = np.linspace(_FIRST, 1, _BLOCKS + 1) * len(won)
    for start, end in zip(borders[:-1].astype(int), borders[1:].astype(int), strict=True):
        weights, intercept = _fit(coded[:start], won[:start], strength)
        logits[start:end] = coded[start:end] @ weights + intercept
    return logits


def _loss(logits: Floats, won: Flags) -> float:
    is_scored = ~np.isnan(logits)
    return log_loss(scipy.special.expit(logits[is_scored]), won[is_scored])


def _calibration(logits: Floats, won: Flags) -> tuple[float, float]:
    """Slope and shift that make later leads' log-odds true (Platt 1999); never a slope that turns the order round."""
    is_scored = ~np.isnan(logits)
    said, truth = logits[is_scored], won[is_scored]
    if min(truth.sum(), (~truth).sum()) < _FEWEST_OF_EITHER:
        return 1.0, 0.0
    found = _regression(C=1e3).fit(said[:, None], truth)
    slope = float(found.coef_[0][0])
    return (slope, float(found.intercept_[0])) if slope > 0 else (1.0, 0.0)


def _cuts(chances: Floats, won: Flags) -> tuple[float | None, float | None]:
    """From where on leads count as won, and up to where as lost, so that both together are right for `PROMISE`.

    Bounds, not observed shares, are meant. Both cuts move together, from what either must keep at least up to where
    the two keep the promise: with one thing to choose there is little to be lucky with. Where few leads are won at
    all, rejecting must do better than calling every lead lost: of the rejected at most half as many are won as of all.
    """
    least_lost = 1 - float(won.mean()) / 2
    for floor in np.arange(EITHER, 1.0, 0.01):
        accept = cuts(chances, won, precision=floor).accept
        lost = cuts(-chances, ~won, precision=max(floor, least_lost)).accept
        reject = None if lost is None else -lost
        if accept is not None and reject is not None and reject >= accept:
            continue
        is_accepted = chances >= (2.0 if accept is None else accept)
        is_rejected = chances <= (-1.0 if reject is None else reject)
        right = int((won & is_accepted).sum() + (~won & is_rejected).sum())
        if lower_bound(right, int(is_accepted.sum() + is_rejected.sum())) >= PROMISE:
            return accept, reject
    return None, None
