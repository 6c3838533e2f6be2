"""Weights of pairs from learnt parameters and the rarity of the values they agree on."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching import contradictions, frequency, sampling, whereabouts
from pipeline.matching.blocking import Lists
from pipeline.matching.comparison import DIFFERENT, MISSING, SCALES, compare_all
from pipeline.matching.fields import Field
from pipeline.matching.joins import Rows
from pipeline.matching.kinds import Kind
from pipeline.matching.weights import Parameters, estimate, probability

Floats = npt.NDArray[np.float64]
_CHUNK = 500_000
# Made for one holder each: that a few values are everybody's (info@) does not make the others more common.
_ONE_HOLDERS = frozenset({Kind.EMAIL, Kind.CODE})


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Weighed pairs of rows: levels and points [pairs × fields], weight [pairs] their exact sum with the prior; `apart`
    [pairs] where two records contradict each other, `proven` where they have in common what only one person has.
    """

    left: Rows
    right: Rows
    levels: npt.NDArray[np.int8]
    points: npt.NDArray[np.float32]
    weight: Floats
    apart: npt.NDArray[np.bool_]
    proven: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.left)

    def take(self, which: npt.NDArray[np.integer]) -> "Pairs":
        return Pairs(
            left=self.left[which], right=self.right[which], levels=self.levels[which], points=self.points[which],
            weight=self.weight[which], apart=self.apart[which], proven=self.proven[which],
        )  # fmt: skip

    def joined(self, *others: "Pairs") -> "Pairs":
        together = (self, *others)
        return Pairs(**{name: np.concatenate([getattr(one, name) for one in together]) for name in vars(self)})


@dataclass(frozen=True, kw_only=True)
class Judge:
    """What was learnt about two lists: `rarity` holds per field the extra bits of each distinct value, `exclusive`
    whether one entity has one value of it (`contradictions`).
    """

    fields: tuple[Field, ...]
    parameters: Parameters
    rarity: tuple[npt.NDArray[np.float32], ...]
    exclusive: tuple[bool, ...]

    def weigh(self, left: Rows, right: Rows, levels: npt.NDArray[np.int8], least_bits: float) -> Pairs:
        """The pairs that weigh at least `least_bits`."""
        parts = [self._weigh(left[part], right[part], levels[part]) for part in _chunks(len(left))]
        kept = [one.take(np.flatnonzero(one.weight >= least_bits)) for one in parts]
        return kept[0].joined(*kept[1:]) if len(kept) > 1 else kept[0]

    def compare_and_weigh(self, left: Rows, right: Rows) -> Pairs:
        """Pairs that were no candidates, weighed like the others."""
        return self._weigh(left, right, compare_all(self.fields, left, right))

    def _weigh(self, left: Rows, right: Rows, levels: npt.NDArray[np.int8]) -> Pairs:
        points = self.parameters.points(levels)
        for f, one in enumerate(self.fields):
            equal = np.flatnonzero(levels[:, f] == SCALES[one.kind].top)
            points[equal, f] += self.rarity[f][one.codes[left[equal]]]
        points = whereabouts.bounded(self.fields, levels, points, self.parameters.prior_bits)
        prior_bits = self.parameters.prior_bits
        apart, proven = contradictions.held_apart(self.fields, self.exclusive, levels, points, prior_bits)
        weight = total(prior_bits, points)
        return Pairs(
            left=left,
            right=right,
            levels=levels,
            points=points,
            weight=weight,
            apart=apart,
            proven=proven & (weight > 0),
        )


def learn(
    fields: tuple[Field, ...],
    lists: Lists,
    left: Rows,
    right: Rows,
    levels: npt.NDArray[np.int8],
    seed: int,
    known: Parameters | None = None,
) -> Judge:
    """Parameters (unless `known`) and rarities from candidate pairs and from pairs drawn at random."""
    kinds = tuple(one.kind for one in fields)
    if known is None:
        known = estimate(kinds, levels, sampling.samples(fields, lists, seed), lists.pairs)
    explained = [np.zeros(len(one.values)) for one in fields]
    present, differing = np.zeros(len(fields)), np.zeros(len(fields))
    for part in _chunks(len(left)):
        likely = probability(total(known.prior_bits, known.points(levels[part])))
        for f, one in enumerate(fields):
            equal = np.flatnonzero(levels[part, f] == SCALES[one.kind].top)
            codes = one.codes[left[part][equal]]
            explained[f] += np.bincount(codes, weights=likely[equal], minlength=len(one.values))
            present[f] += likely[levels[part, f] != MISSING].sum()
            differing[f] += likely[levels[part, f] == DIFFERENT].sum()
    rarity = tuple(
        _rarity(one, float(u[-1]), so_far) for one, u, so_far in zip(fields, known.u, explained, strict=True)
    )
    exclusive = contradictions.exclusive(kinds, present.tolist(), differing.tolist())
    return Judge(fields=fields, parameters=known, rarity=rarity, exclusive=exclusive)


def _rarity(one: Field, average: float, explained: Floats) -> npt.NDArray[np.float32]:
    usual = SCALES[one.kind].random_shares[-1] if one.kind in _ONE_HOLDERS else average
    return frequency.extra_bits(one, average, min(usual, average), explained).astype(np.float32)


def total(prior_bits: float, points: npt.NDArray[np.float32]) -> Floats:
    """Field by field in order, so that whoever adds the same figures up gets the same weight to the last bit."""
    weight = np.full(len(points), prior_bits)
    for f in range(points.shape[1]):
        weight += points[:, f]
    return weight


def _chunks(size: int) -> Iterator[slice]:
    yield from (slice(start, start + _CHUNK) for start in range(0, max(size, 1), _CHUNK))
