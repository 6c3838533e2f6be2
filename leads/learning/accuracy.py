"""How well a score tells won from lost, with its uncertainty."""

from dataclasses import dataclass

import numpy as np
import scipy

from leads.learning.table import Flags, Floats
from pipeline.matching.cuts import lower_bound, upper_bound


@dataclass(frozen=True, kw_only=True)
class Share:
    """`right` of `number`, and between what the true share lies (Clopper and Pearson, 95 % on each side)."""

    right: int
    number: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.number if self.number else 0.0


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """`auc` is the chance that a lead that was won scores above one that was lost; `low`..`high` its 95 % interval."""

    auc: float
    low: float
    high: float


UNKNOWN = Ranking(auc=0.5, low=0.0, high=1.0)


def share(right: int, number: int) -> Share:
    if not number:
        return Share(right=0, number=0, low=0.0, high=1.0)
    return Share(right=right, number=number, low=lower_bound(right, number), high=upper_bound(right, number))


def ranking(scores: Floats, won: Flags) -> Ranking:
    """Area under the ROC curve with the interval of DeLong and others (1988), by mid-ranks; (0.5, 0, 1) without both
    outcomes."""
    plus, minus = scores[won], scores[~won]
    if len(plus) < 2 or len(minus) < 2:
        return UNKNOWN
    ranks = _mid_ranks(np.r_[plus, minus])
    above = (ranks[: len(plus)] - _mid_ranks(plus)) / len(minus)
    below = 1 - (ranks[len(plus) :] - _mid_ranks(minus)) / len(plus)
    auc = float(above.mean())
    error = float(np.sqrt(above.var(ddof=1) / len(plus) + below.var(ddof=1) / len(minus)))
    wide = float(scipy.special.ndtri(0.975)) * error
    return Ranking(auc=auc, low=max(0.0, auc - wide), high=min(1.0, auc + wide))


def _mid_ranks(values: Floats) -> Floats:
    """Ranks from 1 on, equal values sharing the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(np.cumsum(counts) - (counts - 1) / 2)[place]


def log_loss(chances: Floats, won: Flags) -> float:
    """Mean bits of surprise per lead; lower is better."""
    safe = np.clip(chances, 1e-6, 1 - 1e-6)
    return float(-np.mean(np.where(won, np.log2(safe), np.log2(1 - safe))))
