"""Which pairs are the same when all are judged together, and how likely each is beside its rivals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.matching import collective
from pipeline.matching.blocking import Lists, Rows
from pipeline.matching.collective import Standing
from pipeline.matching.comparison import DIFFERENT, MISSING
from pipeline.matching.fields import Field
from pipeline.matching.kinds import Kind
from pipeline.matching.weights import probability

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Known = npt.NDArray[np.int8]
SETTLED = 1e6  # bits, for the choice alone: what a person said is no matter of weight
_MOST_BITS = 200.0  # sums of odds stay finite
_NAMES = frozenset({Kind.GIVEN_NAME, Kind.FAMILY_NAME, Kind.PERSON, Kind.COMPANY, Kind.TEXT})
_UNNAMED = 0.95  # two firms at one address share telephone and town: never certain under names that differ


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Per pair [pairs]: accepted or not, its standing, its probability; `cluster` [rows] for one list, else None."""

    is_same: Flags
    standing: Standing
    probability: Floats
    cluster: npt.NDArray[np.int64] | None


def decide(
    left: Rows, right: Rows, weight: Floats, lists: Lists, accept_bits: float, known: Known | None = None,
    apart: Flags | None = None, compared: Floats | None = None,
) -> Decision:  # fmt: skip
    """One-to-one across two lists, clusters within one. `known` [pairs]: 1 and -1 where a person said same or not;
    `apart` [pairs]: never together, whatever others they share, unless a person said the same; `compared` [pairs]: the
    `share_compared` by which a pair counts in a cluster.
    """
    firm = weight if apart is None else np.where(apart, -SETTLED, weight)
    firm = firm if known is None else np.where(known == 0, firm, known * SETTLED)
    if lists.right:
        same = collective.one_to_one(left, right, firm, lists.rows) & (firm >= accept_bits)
        place = collective.standing(left, right, weight, lists.rows)
        return Decision(is_same=same, standing=place, cluster=None, probability=_among_rivals(left, right, firm, lists))
    if compared is not None and known is not None:
        compared = np.where(known == 0, compared, 1.0)
    cluster = collective.clusters(left, right, firm, lists.rows, accept_bits, compared)
    same = cluster[left] == cluster[right]
    place = collective.standing(left, right, weight, lists.rows, same)
    chance = probability(firm)
    return Decision(
        is_same=same, standing=place, cluster=cluster, probability=np.where(same, chance, np.minimum(chance, 0.5))
    )


def share_compared(levels: npt.NDArray[np.int8]) -> Floats:
    """The share of columns both rows of a pair fill [pairs], of levels [pairs × fields]; half a column at least."""
    return np.maximum(0.5, (levels != MISSING).sum(axis=1)) / max(1, levels.shape[1])


def tempered(chance: Floats, fields: Sequence[Field], levels: npt.NDArray[np.int8]) -> Floats:
    """The probabilities [pairs], none near certain where every name both rows have is a different one."""
    names = [f for f, one in enumerate(fields) if one.kind in _NAMES]
    if not names:
        return chance
    given = levels[:, names]
    nameless = (given <= DIFFERENT).all(axis=1) & (given == DIFFERENT).any(axis=1)
    return np.where(nameless, np.minimum(chance, _UNNAMED), chance)


def _among_rivals(left: Rows, right: Rows, weight: Floats, lists: Lists) -> Floats:
    """The probability of each pair where a row has one partner or none: its odds beside those of its row's others.

    Two rivals of 20 bits each are one match at most, so neither is certain; the worse of the two sides counts.
    """
    odds = np.exp2(np.clip(weight, -_MOST_BITS, _MOST_BITS))
    sides = (1.0 + np.bincount(rows, weights=odds, minlength=lists.rows)[rows] for rows in (left, right))
    return np.minimum(*(odds / whole for whole in sides))
