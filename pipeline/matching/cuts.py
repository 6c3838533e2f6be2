"""Where to accept and to reject: cuts that keep a promise, from reviewed pairs (Clopper and Pearson 1934)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """Pairs scoring at least `accept` are taken as the same, those below `reject` as different; None: not proven."""

    accept: float | None
    reject: float | None


def lower_bound(right: int, checked: int, confidence: float = 0.95) -> float:
    """The least true share, at `confidence`, when `right` of `checked` were right; 0 for none checked."""
    return float(betaincinv(right, checked - right + 1, 1 - confidence)) if right else 0.0


def upper_bound(wrong: int, checked: int, confidence: float = 0.95) -> float:
    """The largest true share, at `confidence`, when `wrong` of `checked` were wrong; 1 for none checked."""
    return float(betaincinv(wrong + 1, checked - wrong, confidence)) if wrong < checked else 1.0


def cuts(
    scores: Floats,
    are_matches: npt.NDArray[np.bool_],
    precision: float = 0.97,
    loss: float = 0.01,
    confidence: float = 0.95,
) -> Cuts:
    """Cuts from reviewed pairs, drawn evenly from all scores.

    Accept is the lowest score from which on the lower bound of precision reaches `precision`; reject the highest
    below which at most `loss` of all matches lie: the promise is about matches lost, as a good negative predictive
    value hides a large loss where matches are few.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, truth = scores[order], are_matches[order]
    last_of_score = np.r_[ranked[1:] != ranked[:-1], True] if len(ranked) else np.zeros(0, dtype=bool)
    right = np.cumsum(truth)
    bounds = betaincinv(np.maximum(right, 1), np.arange(1, len(ranked) + 1) - right + 1, 1 - confidence)
    proven = np.flatnonzero(last_of_score & (right > 0) & (bounds >= precision))
    accept = float(ranked[proven[-1]]) if len(proven) else None
    return Cuts(accept=accept, reject=_reject(ranked, truth, loss, accept))


def _reject(ranked: Floats, truth: npt.NDArray[np.bool_], loss: float, accept: float | None) -> float | None:
    matches = ranked[truth]
    if not len(matches):
        return None
    kept = int(np.ceil((1 - loss) * len(matches)))
    lowest = float(matches[kept - 1])
    return lowest if accept is None else min(lowest, accept)
