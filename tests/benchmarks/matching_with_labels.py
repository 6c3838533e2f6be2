#!/usr/bin/env python3
"""Measure what 50 + 250 reviewed pairs add to matching, and whether probabilities can be trusted.

usage: matching_with_labels.py DIR… [--seeds 5] [--matches 50] [--others 250]
Each DIR holds left.csv, links.csv (left_id,right_id) and, for two lists, right.csv. Per set and seed some links and
other pairs are drawn as reviews: the others half among pairs that look alike, half at random from all. Prints F1
without and with them, how many pairs are given a probability of at least .99, and the share of these that is right.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matching import ordered

from pipeline.matching.alignment import pair_up, tables, with_full_names
from pipeline.matching.listing import read
from pipeline.matching.match import Labels, Matches, match
from pipeline.matching.table import Table

LINE = "{:<16}{:>6}{:>9}{:>9}{:>9}{:>11}{:>8}{:>9}"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """Lists with their true links as pairs of row numbers."""

    left: Table
    right: Table | None
    links: set[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--matches", type=int, default=50)
    parser.add_argument("--others", type=int, default=250)
    options = parser.parse_args()
    print(LINE.format("set", "seed", "F1", "P", "R", "change", ">=.99", "right"))
    for folder in options.folders:
        lists = loaded(folder)
        plain = match(lists.left, lists.right)
        alone = report(folder.name, "–", lists, plain)
        for seed in range(1, options.seeds + 1):
            labels = drawn(lists, plain, options.matches, options.others, seed)
            report(folder.name, str(seed), lists, match(lists.left, lists.right, labels=labels), alone)


def loaded(folder: Path) -> Labelled:
    frames = [read((folder / name).read_bytes()) for name in ("left.csv", "right.csv") if (folder / name).exists()]
    left, right = frames[0], frames[1] if len(frames) > 1 else None
    if right is not None:
        left, right = with_full_names(left, right)
    own, other = tables(left, right, pair_up(left, right, skipped=["id"]), ("id", "id"))
    rows, others = ({str(one): row for row, one in enumerate(side.ids)} for side in (own, other or own))
    links = read((folder / "links.csv").read_bytes())
    found = {ordered(rows[a], others[b], right is None) for a, b in links.select("left_id", "right_id").iter_rows()}
    return Labelled(left=own, right=other, links=found)


def drawn(lists: Labelled, plain: Matches, matches: int, others: int, seed: int) -> Labels:
    """Reviews of `matches` links and `others` other pairs, half of them among the pairs that weigh most."""
    random = np.random.default_rng(seed)
    links = sorted(lists.links)
    known = [links[place] for place in random.choice(len(links), min(matches, len(links)), replace=False)]
    alike = [pair for pair in zip(plain.left.tolist(), plain.right.tolist(), strict=True) if pair not in lists.links]
    alike = alike[: 4 * others]
    chosen = {alike[place] for place in random.choice(len(alike), min(others // 2, len(alike)), replace=False)}
    size = len(lists.right or lists.left)
    while len(chosen) < others:
        pair = ordered(int(random.integers(len(lists.left))), int(random.integers(size)), lists.right is None)
        if pair not in lists.links and (lists.right is not None or pair[0] != pair[1]):
            chosen.add(pair)
    pairs = known + sorted(chosen)
    return Labels(
        left=[a for a, _ in pairs], right=[b for _, b in pairs], is_match=[pair in lists.links for pair in pairs]
    )


def report(name: str, seed: str, lists: Labelled, found: Matches, before: float | None = None) -> float:
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    is_true = np.array([pair in lists.links for pair in pairs], dtype=bool)
    same = found.is_same
    if found.cluster is not None:
        sizes = np.bincount(found.cluster)
        accepted = int((sizes * (sizes - 1) // 2).sum())
        hit = sum(found.cluster[a] == found.cluster[b] for a, b in lists.links)
    else:
        accepted, hit = int(same.sum()), int(is_true[same].sum())
    precision, recall = hit / max(1, accepted), hit / len(lists.links)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    sure = found.probability >= 0.99
    change = "" if before is None else f"{100 * (f1 - before):+.2f}"
    right = f"{100 * is_true[sure].mean():.2f}" if sure.any() else ""
    print(
        LINE.format(
            name, seed, *(f"{100 * part:.2f}" for part in (f1, precision, recall)), change, int(sure.sum()), right
        ),
        flush=True,
    )
    return f1


if __name__ == "__main__":
    main()
