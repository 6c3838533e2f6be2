"""A match weight learnt from reviewed pairs: logistic regression and extremely randomised trees, later boosting too.

The mean of the models' log odds is calibrated on predictions each model made for pairs it had not seen.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from pipeline.matching.cuts import lower_bounds
from pipeline.matching.weights import probability

Floats = npt.NDArray[np.float64]
LEAST_MATCHES = 20  # with fewer reviewed matches, or others, nothing is learnt
BOOSTING_FROM = 500
_FOLDS = 5
_SURE = 0.98


@dataclass(frozen=True, kw_only=True)
class Scorer:
    """`bits(features)` gives calibrated log2 odds; from `accept_bits` on F1 is expected to be best, from `sure_bits` on
    reviews prove what is all but certain (`surely`).
    """

    models: tuple[Any, ...]
    slope: float
    offset: float
    accept_bits: float
    sure_bits: float
    unseen: Floats
    """Bits each reviewed pair got from models that had not seen it, in the order given."""

    def bits(self, features: npt.NDArray[np.float32]) -> Floats:
        """Weight in bits per row of `features` [pairs × features]."""
        return _bits(self.slope * _mean_log_odds(self.models, features) + self.offset)


def train(features: npt.NDArray[np.float32], labels: npt.NDArray[np.bool_], seed: int = 7) -> Scorer | None:
    """A scorer from reviewed pairs [pairs × features] and whether each is a match; None with too few of a kind."""
    if min(int(labels.sum()), int((~labels).sum())) < LEAST_MATCHES:
        return None
    # Imported late: scikit-learn takes longer to start than a short list to match, and only labels need it.
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    unseen = np.zeros(len(labels))
    for learn, check in StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(features, labels):
        models = _fitted(features[learn], labels[learn], len(labels), seed)
        unseen[check] = _mean_log_odds(models, features[check])
    calibration = LogisticRegression(C=10.0).fit(unseen[:, None], labels)
    slope, offset = float(calibration.coef_[0, 0]), float(calibration.intercept_[0])
    bits = _bits(slope * unseen + offset)
    return Scorer(
        models=_fitted(features, labels, len(labels), seed), slope=slope, offset=offset,
        accept_bits=best_cut(bits), sure_bits=surely(bits, labels), unseen=bits,
    )  # fmt: skip


def best_cut(bits: Floats) -> float:
    """The weight from which on accepting is expected to give the best F1, midway to the next pair below.

    Expected from the calibrated weights themselves: the cut that was best on a few hundred reviews is mostly chance.
    """
    ranked = np.sort(bits)[::-1]
    right = np.cumsum(probability(ranked))
    best = int(np.argmax(2 * right / (np.arange(1, len(ranked) + 1) + right[-1])))
    below = ranked[best + 1] if best + 1 < len(ranked) else ranked[best] - 1
    return float((ranked[best] + below) / 2)


def surely(bits: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """The lowest weight from which on reviews prove that 98 of 100 pairs match, at 95 % confidence; inf: none.

    A curve fitted to all weights says little of its far end: a chance of .99 is only claimed where reviews show it.
    """
    order = np.argsort(-bits, kind="stable")
    right = np.cumsum(truth[order], dtype=np.int64)
    proven = np.flatnonzero(lower_bounds(right, np.arange(1, len(order) + 1)) >= _SURE)
    return float(bits[order[proven[-1]]]) if len(proven) else np.inf


def _fitted(
    features: npt.NDArray[np.float32], labels: npt.NDArray[np.bool_], reviewed: int, seed: int
) -> tuple[Any, ...]:
    from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    models: list[Any] = [
        make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000, class_weight="balanced")),
        ExtraTreesClassifier(100, min_samples_leaf=2, class_weight="balanced", random_state=seed, n_jobs=1),
    ]
    if reviewed >= BOOSTING_FROM:
        models.append(
            HistGradientBoostingClassifier(
                max_iter=200, learning_rate=0.06, max_leaf_nodes=15, max_features=0.3, l2_regularization=1.0,
                early_stopping=False, random_state=seed,
            )
        )  # fmt: skip
    with threadpool_limits(1):  # small fits: threads that wait for each other cost more than they bring
        return tuple(model.fit(features, labels) for model in models)


def _mean_log_odds(models: tuple[Any, ...], features: npt.NDArray[np.float32]) -> Floats:
    chances = [np.clip(model.predict_proba(features)[:, 1], 1e-4, 1 - 1e-4) for model in models]
    return np.mean([np.log(chance / (1 - chance)) for chance in chances], axis=0)


def _bits(log_odds: Floats) -> Floats:
    return log_odds / np.log(2)
