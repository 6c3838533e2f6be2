"""Which words tell: one that only one of two texts has may speak against ("upgrade") or be dressing ("retail box")."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from pipeline.matching.fields import Codes
from pipeline.matching.shared_words import Words

Floats = npt.NDArray[np.float64]
_LEAST_SEEN = 4  # reviewed pairs a word must occur in
_FOLDS = 5
_SHARE = 0.5  # the regularisation is for words: measures of likeness count half of their standard deviation


def word_evidence(
    one: Words, a: Codes, b: Codes, alike: npt.NDArray[np.float32], truth: npt.NDArray[np.bool_], seed: int = 7
) -> Floats:
    """Log odds [pairs] from the words of both texts, learnt beside the measures `alike` [pairs × features].

    The first pairs are reviewed (`truth` [known]); each of these is judged by a model that has not seen it.
    """
    from sklearn.model_selection import StratifiedKFold

    known = len(truth)
    told = hstack([_scaled(alike, known), _present_in(one, a, b, known)]).tocsr()
    bits = np.zeros(len(a))
    bits[known:] = _fitted(told[:known], truth, told[known:])
    for learn, check in StratifiedKFold(_FOLDS, shuffle=True, random_state=seed).split(alike[:known], truth):
        bits[check] = _fitted(told[learn], truth[learn], told[check])
    return bits


def _fitted(told: csr_matrix, truth: npt.NDArray[np.bool_], others: csr_matrix) -> Floats:
    from sklearn.linear_model import LogisticRegression

    if not others.shape[0]:
        return np.zeros(0)
    model = LogisticRegression(C=0.05, max_iter=300, solver="liblinear").fit(told, truth)
    return np.asarray(model.decision_function(others), dtype=np.float64)


def _scaled(alike: npt.NDArray[np.float32], known: int) -> csr_matrix:
    from sklearn.preprocessing import StandardScaler

    return csr_matrix(np.clip(StandardScaler().fit(alike[:known]).transform(alike), -5, 5) * _SHARE)


def _present_in(one: Words, a: Codes, b: Codes, known: int) -> csr_matrix:
    """Words both texts have, then words one of them has, where reviewed pairs have them often enough."""
    both = one.counts[a].multiply(one.counts[b]).tocsr()
    either = (one.counts[a] + one.counts[b] - 2 * both).tocsr()
    either.eliminate_zeros()
    found = hstack([both, either]).tocsc()
    return found[:, np.bincount(found[:known].tocsr().indices, minlength=found.shape[1]) >= _LEAST_SEEN].tocsr()
