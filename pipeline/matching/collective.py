"""Pairs judged together: rivals on either side, one-to-one for two lists, average-link clusters for one."""

import heapq
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

Rows = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
ABSENT_BITS = -8.0  # what a pair that was no candidate counts in a cluster: evidence against
_MOST_BITS = 20.0  # one overwhelming pair never carries a cluster of strangers
_NO_RIVAL = 60.0
_Sum = tuple[float, float, int]  # between two clusters: bits times shares compared, these shares, the pairs weighed


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How each pair stands among those that share a row with it.

    `gap` is the bits between the pair and the best rival on either side (60 where none), below 0 when a rival is
    better; `is_best` says that each is the other's best; `rivals` counts the rivals within 10 bits below the pair's
    weight or above.
    """

    gap: Floats
    is_best: Flags
    rivals: npt.NDArray[np.int32]


def standing(left: Rows, right: Rows, weight: Floats, rows: int, same: Flags | None = None) -> Standing:
    """The standing of each pair [pairs]. Pairs marked `same` (one entity already) are no rivals of each other."""
    pair = np.arange(len(left))
    ends = np.concatenate([left, right]).astype(np.int64)
    of_pair, bits = np.r_[pair, pair], np.r_[weight, weight]
    order = np.lexsort((-bits, ends))
    ends, of_pair, bits = ends[order], of_pair[order], bits[order]
    taken = np.r_[same, same][order] if same is not None else np.zeros(len(ends), dtype=bool)
    gap = np.full(len(left), _NO_RIVAL)
    np.minimum.at(gap, of_pair, bits - _best_other(ends, bits, taken))
    close = _close_rivals(ends, bits, rows)
    rivals = np.zeros(len(left), dtype=np.int32)
    np.maximum.at(rivals, of_pair, close)
    return Standing(gap=np.clip(gap, -_NO_RIVAL, _NO_RIVAL), is_best=gap >= 0, rivals=rivals)


def _best_other(ends: npt.NDArray[np.int64], bits: Floats, taken: Flags) -> Floats:
    """The best weight at the same end among other pairs; where an entry is `taken`, taken ones do not count."""
    best = np.full(len(ends), -np.inf)
    for counted, wanted in ((np.ones(len(ends), dtype=bool), ~taken), (~taken, taken)):
        place = np.flatnonzero(counted)
        starts = np.flatnonzero(np.r_[True, ends[place][1:] != ends[place][:-1]]) if len(place) else place
        group = np.searchsorted(ends[place][starts], ends) if len(starts) else np.zeros(len(ends), dtype=np.int64)
        within = group < len(starts)
        found = np.zeros(len(ends), dtype=bool)
        found[within] = ends[place][starts][group[within]] == ends[within]
        top = np.full(len(ends), -1)
        top[found] = place[starts[group[found]]]
        second = np.full(len(ends), -1)
        follows = np.r_[starts + 1, len(place)][:-1]
        has_second = (follows < np.r_[starts[1:], len(place)]) if len(starts) else follows.astype(bool)
        nexts = np.where(has_second, place[np.minimum(follows, len(place) - 1)], -1) if len(starts) else follows
        second[found] = nexts[group[found]]
        other = np.where(top == np.arange(len(ends)), second, top)
        value = np.where(other >= 0, bits[np.maximum(other, 0)], -np.inf)
        best[wanted] = value[wanted]
    return best


def _close_rivals(ends: npt.NDArray[np.int64], bits: Floats, rows: int) -> npt.NDArray[np.int32]:
    """Other pairs at the same end whose weight is at most 10 bits below this one's (entries sorted by end, then
    weight).
    """
    if not len(ends):
        return np.zeros(0, dtype=np.int32)
    span = float(bits.max() - bits.min()) + 20.0
    place = ends * span - bits
    first = np.searchsorted(ends, ends)
    upto = np.searchsorted(place, ends * span - (bits - 10.0), side="right")
    last = np.searchsorted(ends, ends, side="right")
    return (np.minimum(upto, last) - first - 1).astype(np.int32)


def one_to_one(left: Rows, right: Rows, weight: Floats, rows: int) -> Flags:
    """The pairs kept when every row may be used once, best first; ties go to the lower rows.

    Rounds of mutual best choices give what a greedy pass over the sorted pairs gives, without a loop over pairs.
    """
    kept = np.zeros(len(left), dtype=bool)
    open_pairs = np.lexsort((right, left, -weight))
    rank = np.empty(len(left), dtype=np.int64)
    rank[open_pairs] = np.arange(len(left))
    while len(open_pairs):
        best = np.full(rows, len(left), dtype=np.int64)
        np.minimum.at(best, left[open_pairs], rank[open_pairs])
        np.minimum.at(best, right[open_pairs], rank[open_pairs])
        chosen = open_pairs[
            (best[left[open_pairs]] == rank[open_pairs]) & (best[right[open_pairs]] == rank[open_pairs])
        ]
        kept[chosen] = True
        used = np.zeros(rows, dtype=bool)
        used[left[chosen]] = used[right[chosen]] = True
        open_pairs = open_pairs[~used[left[open_pairs]] & ~used[right[open_pairs]]]
    return kept


def shared_partners(left: Rows, right: Rows, rows: int, most: int = 60) -> npt.NDArray[np.int64]:
    """Pairs of rows (low × rows + high, ascending) that share a partner, one of more than `most` partners aside."""
    partners = np.bincount(left, minlength=rows) + np.bincount(right, minlength=rows)
    kept = (partners[left] <= most) & (partners[right] <= most)
    ends = (np.r_[left[kept], right[kept]], np.r_[right[kept], left[kept]])
    graph = csr_array((np.ones(len(ends[0]), dtype=np.int32), ends), shape=(rows, rows))
    two_steps = (graph @ graph).tocoo()
    upper = two_steps.row < two_steps.col
    return np.sort(two_steps.row[upper].astype(np.int64) * rows + two_steps.col[upper])


def clusters(
    left: Rows, right: Rows, weight: Floats, rows: int, least_bits: float = 0.0, compared: Floats | None = None
) -> npt.NDArray[np.int64]:
    """The cluster of each row [rows], named by its lowest row.

    Average linkage: two clusters join while the mean weight over *all* pairs between them exceeds `least_bits`, a
    pair that was no candidate counting -8 bits. Connected components would let one wrong pair join two large
    clusters. Each pair counts by the share of columns both rows fill (`compared` [pairs], above 0 to 1; None: 1): rows
    that leave most of them empty have little to say against a cluster.
    """
    compared = np.ones(len(left)) if compared is None else compared
    label = np.arange(rows)
    linked = weight > least_bits
    graph = coo_array((np.ones(int(linked.sum()), dtype=bool), (left[linked], right[linked])), shape=(rows, rows))
    _, part = connected_components(graph, directed=False)
    sizes = np.bincount(part, minlength=1)
    pairs_only = linked & (sizes[part[left]] == 2)
    label[right[pairs_only]] = left[pairs_only]
    inside = np.flatnonzero((sizes[part[left]] > 2) & (part[left] == part[right]))
    inside = inside[np.argsort(part[left[inside]], kind="stable")]
    for group in np.split(inside, np.flatnonzero(np.diff(part[left[inside]])) + 1) if len(inside) else []:
        _average_link(left[group], right[group], weight[group], compared[group], least_bits, label)
    return label


def _average_link(
    left: Rows, right: Rows, weight: Floats, compared: Floats, least_bits: float, label: npt.NDArray[np.int64]
) -> None:
    """Join the rows of one component in `label`."""
    members = {int(row): [int(row)] for row in np.unique(np.r_[left, right])}
    sums: dict[int, dict[int, _Sum]] = defaultdict(dict)
    bits = np.minimum(weight, _MOST_BITS) * compared
    for a, b, part, share in zip(left.tolist(), right.tolist(), bits.tolist(), compared.tolist(), strict=True):
        sums[a][b] = sums[b][a] = (part, share, 1)
    queue = [
        (-mean, min(a, b), max(a, b)) for a in sums for b, total in sums[a].items()
        if a < b and (mean := _mean(total, members[a], members[b])) > least_bits
    ]  # fmt: skip
    heapq.heapify(queue)
    while queue:
        mean, a, b = heapq.heappop(queue)
        if (
            a not in members
            or b not in members
            or b not in sums[a]
            or -mean != _mean(sums[a][b], members[a], members[b])
        ):
            continue
        _merge(a, b, members, sums)
        for other, total in sums[a].items():
            if (joined := _mean(total, members[a], members[other])) > least_bits:
                heapq.heappush(queue, (-joined, min(a, other), max(a, other)))
    for first, rows in members.items():
        label[rows] = min(first, *rows)


def _mean(total: _Sum, a: list[int], b: list[int]) -> float:
    bits, compared, counted = total
    absent = len(a) * len(b) - counted
    return (bits + absent * ABSENT_BITS) / (compared + absent)


def _merge(a: int, b: int, members: dict[int, list[int]], sums: dict[int, dict[int, _Sum]]) -> None:
    members[a] += members.pop(b)
    for other, (bits, compared, counted) in sums.pop(b).items():
        sums[other].pop(b, None)
        if other == a:
            continue
        known = sums[a].get(other, (0.0, 0.0, 0))
        sums[a][other] = sums[other][a] = (known[0] + bits, known[1] + compared, known[2] + counted)
