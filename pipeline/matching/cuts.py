"""Where to accept and to reject: cuts that keep a promise, from reviewed pairs (Clopper and Pearson 1934)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts load when first used: lists without reviews are matched before this one has

Floats = npt.NDArray[np.float64]
_STARTS = 4


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """Pairs scoring at least `accept` are taken as the same, those below `reject` as different; None: not proven."""

    accept: float | None
    reject: float | None


def lower_bound(right: int, checked: int, confidence: float = 0.95) -> float:
    """The least true share, at `confidence`, when `right` of `checked` were right; 0 for none checked."""
    return float(scipy.special.betaincinv(right, checked - right + 1, 1 - confidence)) if right else 0.0


def lower_bounds(right: npt.NDArray[np.int64], checked: npt.NDArray[np.int64], confidence: float = 0.95) -> Floats:
    """`lower_bound` of many [n] at once, each of at least one checked."""
    return np.where(right > 0, scipy.special.betaincinv(np.maximum(right, 1), checked - right + 1, 1 - confidence), 0.0)


def upper_bound(wrong: int, checked: int, confidence: float = 0.95) -> float:
    """The largest true share, at `confidence`, when `wrong` of `checked` were wrong; 1 for none checked."""
    return float(scipy.special.betaincinv(wrong + 1, checked - wrong, confidence)) if wrong < checked else 1.0


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
    right = np.cumsum(truth, dtype=np.int64)
    bounds = lower_bounds(right, np.arange(1, len(ranked) + 1), confidence)
    proven = np.flatnonzero(last_of_score & (bounds >= precision))
    accept = float(ranked[proven[-1]]) if len(proven) else None
    return Cuts(accept=accept, reject=_reject(ranked, truth, loss, accept))


def guaranteed_accept(
    scores: Floats, are_matches: npt.NDArray[np.bool_], precision: float = 0.97, confidence: float = 0.95
) -> float | None:
    """The lowest score from which on precision is at least `precision`, with a theorem behind it; None: not proven.

    Learn-then-Test (Angelopoulos and others 2021) by fixed sequences: from four starting points, told by counts alone
    and each with a quarter of the risk, cuts are lowered while an exact binomial test passes. `cuts` accepts more and
    usually keeps its word as well, but looks at all cuts before it chooses: what it says is to be expected, not proven.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, wrong = scores[order], np.cumsum(~are_matches[order])
    ends = np.flatnonzero(np.r_[ranked[1:] != ranked[:-1], True]) if len(ranked) else np.zeros(0, dtype=np.int64)
    risk = (1 - confidence) / _STARTS
    passes = scipy.special.bdtr(wrong[ends].astype(np.float64), ends + 1, 1 - precision) <= risk
    least = int(np.ceil(np.log(risk) / np.log(precision)))  # with fewer checks not even clean ones pass
    starts = (int(np.searchsorted(ends + 1, least * 2**step)) for step in range(_STARTS))
    reached = max((_last_of_run(passes, start) for start in starts), default=-1)
    return float(ranked[ends[reached]]) if reached >= 0 else None


def _last_of_run(passes: npt.NDArray[np.bool_], start: int) -> int:
    """The last of the unbroken passes from `start` on, -1 where there is none."""
    failed = np.flatnonzero(~passes[start:])
    length = int(failed[0]) if len(failed) else len(passes) - start
    return start + length - 1 if length > 0 else -1


def _reject(ranked: Floats, truth: npt.NDArray[np.bool_], loss: float, accept: float | None) -> float | None:
    matches = ranked[truth]
    if not len(matches):
        return None
    kept = int(np.ceil((1 - loss) * len(matches)))
    lowest = float(matches[kept - 1])
    return lowest if accept is None else min(lowest, accept)
