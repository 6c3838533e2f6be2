"""Match weights without labels: Fellegi-Sunter parameters by expectation maximisation on level patterns with counts.

Fellegi and Sunter (1969); Winkler (2000) for term frequencies. A weight is in bits: log2 of the odds that two rows are
one entity. It is the prior plus, per field, log2(m / u) of the level observed; a missing value adds nothing.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching.comparison import MISSING, SCALES, Levels
from pipeline.matching.kinds import Kind

Floats = npt.NDArray[np.float64]
_STEPS = 60
_SETTLED = 1e-4
_TRUST_MATCHES = 25.0  # our shares of a kind count as much as so many observed matches …
_TRUST_RANDOM = 40.0  # … and so many random pairs
_MIN_SHARE = 1e-7


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What was learnt: per field the share of each level among matches (`m`) and among other pairs (`u`), missing ones
    left aside (index 0 is 0), and `prior`, the share of matches among all pairs of rows."""

    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    prior: float
    steps: int

    @property
    def prior_bits(self) -> float:
        return float(np.log2(self.prior / (1 - self.prior)))

    def bits(self, field: int) -> Floats:
        """The points of each level of a field [levels]; 0 for missing."""
        points = np.log2(np.maximum(self.m[field], _MIN_SHARE) / np.maximum(self.u[field], _MIN_SHARE))
        points[MISSING] = 0.0
        return points


def patterns(levels: list[Levels]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The distinct combinations of levels [patterns × fields], which one each pair has [pairs] and how many have each."""
    codes = np.zeros(len(levels[0]) if levels else 0, dtype=np.int64)
    for level in levels:
        if codes.size and int(codes.max()) > 2**55:
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
        codes = codes * 8 + level
    _, first, where, counts = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    distinct = (
        np.stack([level[first] for level in levels], axis=1) if levels else np.zeros((len(first), 0), dtype=np.int8)
    )
    return distinct, where, counts


def estimate(kinds: tuple[Kind, ...], candidates: list[Levels], random: list[Levels], all_pairs: int) -> Parameters:
    """Parameters from the levels of candidate pairs and of random pairs (one array per field each).

    `all_pairs` is how many pairs there are in all: pairs that are no candidates are taken as no matches. Shares known for
    each kind stand in for evidence where there is little, so that lists of any size give sound weights.
    """
    seen, _, counts = patterns(candidates)
    drawn, _, drawn_counts = patterns(random)
    m = [_prior_shares(kind, "match_shares") for kind in kinds]
    u = [
        _shares(drawn[:, f], drawn_counts, _prior_shares(k, "random_shares"), _TRUST_RANDOM)
        for f, k in enumerate(kinds)
    ]
    prior, steps = _bounded(0.1 * np.sqrt(all_pairs) / max(1, all_pairs), all_pairs), 0
    for steps in range(1, _STEPS + 1):
        known = Parameters(m=tuple(m), u=tuple(u), prior=prior, steps=steps)
        are_matches, drawn_matches = posterior(known, seen), posterior(known, drawn)
        for f, kind in enumerate(kinds):
            m[f] = _shares(seen[:, f], counts * are_matches, _prior_shares(kind, "match_shares"), _TRUST_MATCHES)
            others = drawn_counts * (1 - drawn_matches)
            u[f] = _shares(drawn[:, f], others, _prior_shares(kind, "random_shares"), _TRUST_RANDOM)
        found = float((counts * are_matches).sum())
        before, prior = prior, _bounded((found + 0.5) / (all_pairs + 1), all_pairs)
        if abs(np.log(prior / before)) < _SETTLED:
            break
    return Parameters(m=tuple(m), u=tuple(u), prior=prior, steps=steps)


def posterior(known: Parameters, levels: npt.NDArray[np.int8]) -> Floats:
    """The probability of being a match, per row of `levels` [pairs × fields]."""
    weight = np.full(len(levels), known.prior_bits)
    for field in range(levels.shape[1]):
        weight += known.bits(field)[levels[:, field]]
    return probability(weight)


def probability(weight: npt.NDArray[np.floating]) -> Floats:
    """Bits to probability: 0 bits are 0.5, 6.6 bits 0.99."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000, 1000)))


def _prior_shares(kind: Kind, which: str) -> Floats:
    return np.array([0.0, *getattr(SCALES[kind], which)])


def _shares(levels: npt.NDArray[np.int8], counts: npt.NDArray[np.number], known: Floats, trust: float) -> Floats:
    seen = np.bincount(levels, weights=counts.astype(np.float64), minlength=len(known))
    seen[MISSING] = 0.0
    return (seen + trust * known) / (seen.sum() + trust)


def _bounded(prior: float, all_pairs: int) -> float:
    return float(min(0.5, max(prior, 0.01 / (all_pairs + 1))))
