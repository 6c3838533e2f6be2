"""Match weights without labels: Fellegi-Sunter parameters by expectation maximisation on level patterns with counts.

Fellegi and Sunter (1969); Winkler (2000) for term frequencies. A weight is in bits: log2 of the odds that two rows are
one entity. It is the prior plus, per field, log2(m / u) of the level observed; a missing value adds nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.matching.comparison import MISSING, SCALES, Levels
from pipeline.matching.kinds import Kind

Floats = npt.NDArray[np.float64]
_STEPS = 60
_FIRST_STEPS = 3
_SETTLED = 1e-4
_TRUST_MATCHES = 60.0  # our shares of a kind count as much as so many observed matches …
_TRUST_RANDOM = 40.0  # … and so many random pairs
_TRUST_GIVEN = 20.0
_ENOUGH = 10  # other pairs that must agree on a field before a dependence on it is believed
_MIN_DEPENDENCE = 0.02  # bits
_SURELY_OTHER = 0.03
_AGREEING = 3.5  # bits
_MIN_SHARE = 1e-7


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What was learnt: per field the share of each level among matches (`m`) and among other pairs (`u`), missing
    ones left aside (index 0 is 0), and `prior`, the share of matches among all pairs of rows.

    `given[f, g]` are the shares of field f's levels among other pairs that agree on field g, where g makes agreement
    on f likely (a firm's mail domain, a family's address): such agreement is not counted twice.
    """

    kinds: tuple[Kind, ...]
    m: tuple[Floats, ...]
    u: tuple[Floats, ...]
    prior: float
    steps: int
    given: Mapping[tuple[int, int], Floats] = field(default_factory=dict)

    @property
    def prior_bits(self) -> float:
        return float(np.log2(self.prior / (1 - self.prior)))

    def bits(self, one: int, other: int | None = None) -> Floats:
        """The points of each level of field `one` [levels], among pairs that agree on field `other`; 0 for missing."""
        u = self.u[one] if other is None else np.maximum(self.u[one], self.given[one, other])
        points = np.log2(np.maximum(self.m[one], _MIN_SHARE) / np.maximum(u, _MIN_SHARE))
        points[MISSING] = 0.0
        return points

    def points(self, levels: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
        """Bits per pair and field for levels [pairs × fields]: what agreement says that no other field explains."""
        points = np.empty(levels.shape, dtype=np.float32)
        for f in range(levels.shape[1]):
            points[:, f] = self.bits(f)[levels[:, f]]
        for f, g in self.given:
            explained = agrees(levels[:, g], self.kinds[g])
            points[explained, f] = np.minimum(points[explained, f], self.bits(f, g)[levels[explained, f]])
        return points


def agrees(levels: Levels, kind: Kind) -> npt.NDArray[np.bool_]:
    """Whether the level tells of agreement, exact or not, by what is known of its kind."""
    return _telling(kind)[levels]


@cache
def _telling(kind: Kind) -> npt.NDArray[np.bool_]:
    bits = np.log2(np.array(SCALES[kind].match_shares) / np.array(SCALES[kind].random_shares))
    return np.r_[False, bits[:-1] >= _AGREEING, True]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Levels [pairs × fields] of pairs drawn at random: from all (`agreeing` None) or from those equal in one field."""

    levels: npt.NDArray[np.int8]
    agreeing: int | None = None


_Drawn = tuple[npt.NDArray[np.int8], npt.NDArray[np.int64], int | None]


def patterns(levels: npt.NDArray[np.int8]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """The distinct combinations of levels [patterns × fields] and how many pairs have each [patterns]."""
    codes = np.zeros(len(levels), dtype=np.int64)
    for f in range(levels.shape[1]):
        if codes.size and int(codes.max()) >= 2**59:
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
        codes = codes * 8 + levels[:, f]
    _, first, counts = np.unique(codes, return_index=True, return_counts=True)
    return levels[first], counts


def estimate(
    kinds: tuple[Kind, ...], candidates: npt.NDArray[np.int8], samples: Sequence[Sample], all_pairs: int
) -> Parameters:
    """Parameters from the levels [pairs × fields] of candidates and of samples, the first of which is of all pairs.

    `all_pairs` is how many pairs there are in all: pairs that are no candidates are taken as no matches. Shares known
    for each kind stand in for evidence where there is little, so that lists of any size give sound weights.
    """
    seen, counts = patterns(candidates)
    drawn = [(*patterns(sample.levels), sample.agreeing) for sample in samples]
    known = Parameters(
        kinds=kinds, m=tuple(_known_shares(kind, "match_shares") for kind in kinds),
        u=tuple(_known_shares(kind, "random_shares") for kind in kinds),
        prior=_bounded(0.1 * np.sqrt(all_pairs) / max(1, all_pairs), all_pairs), steps=0,
    )  # fmt: skip
    total = 0
    # Known at the start, dependences would explain the matches away; known too late, colleagues would pass for matches.
    for with_dependence, most in ((False, _FIRST_STEPS), (True, _STEPS)):
        for steps in range(1, most + 1):
            before = known.prior
            known = _others(known, drawn, with_dependence)
            known = _matches(known, seen, counts, all_pairs)
            if steps > 3 and abs(np.log(known.prior / before)) < _SETTLED:
                break
        total += steps
    return replace(known, steps=total)


def estimate_given(kinds: tuple[Kind, ...], levels: npt.NDArray[np.int8]) -> Parameters:
    """Parameters where the pairs [pairs × fields] are given: those that are no matches are not random either."""
    seen, counts = patterns(levels)
    known = Parameters(
        kinds=kinds, m=tuple(_known_shares(kind, "match_shares") for kind in kinds),
        u=tuple(_known_shares(kind, "random_shares") for kind in kinds), prior=0.2, steps=0,
    )  # fmt: skip
    for steps in range(1, _STEPS + 1):
        before, chances = known.prior, posterior(known, seen)
        u = tuple(
            _shares(seen[:, f], counts * (1 - chances), _known_shares(kind, "random_shares"), _TRUST_RANDOM)
            for f, kind in enumerate(kinds)
        )
        known = replace(_matches(known, seen, counts, int(counts.sum())), u=u, steps=steps)
        if abs(np.log(known.prior / before)) < _SETTLED:
            break
    return known


def _matches(
    known: Parameters, seen: npt.NDArray[np.int8], counts: npt.NDArray[np.int64], all_pairs: int
) -> Parameters:
    """One step: who are the matches, and what do they look like."""
    weight = counts * posterior(known, seen)
    m = (
        _shares(seen[:, f], weight, _known_shares(k, "match_shares"), _TRUST_MATCHES) for f, k in enumerate(known.kinds)
    )
    return replace(known, m=tuple(m), prior=_bounded((float(weight.sum()) + 0.5) / (all_pairs + 1), all_pairs))


def _others(known: Parameters, drawn: Sequence[_Drawn], with_dependence: bool) -> Parameters:
    """What pairs that are no matches look like: in all, and where they agree on one field.

    Whether a drawn pair is a match is judged by its other fields: a field's own agreement must not decide whether that
    agreement is taken for coincidence.
    """
    u = list(known.u)
    given: dict[tuple[int, int], Floats] = {}
    for levels, counts, g in drawn if with_dependence else drawn[:1]:
        points = known.points(levels)
        weight = known.prior_bits + points.sum(axis=1, dtype=np.float64)
        for f, kind in enumerate(known.kinds):
            are_matches = probability(weight - points[:, f])
            others = counts * np.where(are_matches < _SURELY_OTHER, 1 - are_matches, 0.0)
            if g is None:
                u[f] = _shares(levels[:, f], others, _known_shares(kind, "random_shares"), _TRUST_RANDOM)
            elif f != g and others[levels[:, f] != MISSING].sum() >= _ENOUGH:
                given[f, g] = _shares(levels[:, f], others, u[f], _TRUST_GIVEN)
    return replace(known, u=tuple(u), given=_strongest(given, u))


def _strongest(given: dict[tuple[int, int], Floats], u: list[Floats]) -> dict[tuple[int, int], Floats]:
    """The dependences that matter, each pair of fields in its stronger direction only."""
    bits = {pair: _divergence(shares, u[pair[0]]) for pair, shares in given.items()}
    return {
        (f, g): shares for (f, g), shares in given.items()
        if bits[f, g] >= _MIN_DEPENDENCE and bits[f, g] >= bits.get((g, f), 0.0)
    }  # fmt: skip


def _divergence(shares: Floats, known: Floats) -> float:
    """How many bits too much agreement would count on average (Kullback and Leibler 1951)."""
    inside = shares > 0
    return float((shares[inside] * np.log2(shares[inside] / np.maximum(known[inside], _MIN_SHARE))).sum())


def posterior(known: Parameters, levels: npt.NDArray[np.int8]) -> Floats:
    """The probability of being a match, per row of `levels` [pairs × fields]."""
    return probability(known.prior_bits + known.points(levels).sum(axis=1, dtype=np.float64))


def probability(weight: npt.NDArray[np.floating]) -> Floats:
    """Bits to probability: 0 bits are 0.5, 6.6 bits 0.99."""
    return 1.0 / (1.0 + np.exp2(-np.clip(weight, -1000, 1000)))


def _known_shares(kind: Kind, which: str) -> Floats:
    return np.array([0.0, *getattr(SCALES[kind], which)])


def _shares(levels: npt.NDArray[np.int8], counts: npt.NDArray[np.number], known: Floats, trust: float) -> Floats:
    seen = np.bincount(levels, weights=counts.astype(np.float64), minlength=len(known))
    seen[MISSING] = 0.0
    return (seen + trust * known) / (seen.sum() + trust)


def _bounded(prior: float, all_pairs: int) -> float:
    return float(min(0.5, max(prior, 0.01 / (all_pairs + 1))))
