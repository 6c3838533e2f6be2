#!/usr/bin/env python3
"""Measure the weighing of given pairs beside single scorers of rapidfuzz.

usage: given_pairs.py PAIRS.csv [REVIEWED.csv]
PAIRS.csv holds both sides and the truth in one row; REVIEWED.csv, of the same columns, trains. The truth of PAIRS.csv
is used to score alone. Prints precision, recall and F1 at the command's own cut, how many of the pairs given at least
.99 are right, and the F1 of each scorer at the threshold that suits it best (an advantage no user has).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
from matching import ROOT
from rapidfuzz import fuzz, process

from pipeline.matching import given_pairs
from pipeline.matching.listing import read

SCORERS = (fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.WRatio)
LINE = "{:<18}{:>8}{:>8}{:>8}"


def main() -> None:
    path, *reviewed = map(Path, sys.argv[1:])
    frame = read(path.read_bytes())
    truth = given_pairs.labels(frame)
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "pairs.csv"
        labels = ["--labels", str(reviewed[0])] if reviewed else []
        command = [
            sys.executable,
            str(ROOT / "manage.py"),
            "match",
            "--pairs",
            str(path),
            *labels,
            "--output",
            str(output),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        decided = pl.read_csv(output)
    print(LINE.format(path.name[:17], "F1", "P", "R"))
    same = (decided["decision"] == "same").to_numpy()
    print(LINE.format("winnow", *figures(int((same & truth).sum()), int(same.sum()), int(truth.sum()))))
    for scorer in SCORERS:
        print(LINE.format(scorer.__name__, *best(frame, scorer, truth)))
    sure = (decided["probability"] >= 0.99).to_numpy()
    print(f"{int(sure.sum())} pairs of at least .99, {int(truth[sure].sum())} of them right")


def best(frame: pl.DataFrame, scorer: object, truth: np.ndarray) -> list[str]:
    """Figures of one scorer over all columns joined, at its best threshold."""
    fields = [pair for pair in given_pairs.sides(frame) if not given_pairs.is_id(*pair)]
    left, right = (
        frame.select(pl.concat_str([pair[side] for pair in fields], separator=" ", ignore_nulls=True)).to_series()
        for side in (0, 1)
    )
    scores = process.cpdist(left.str.to_lowercase().to_list(), right.str.to_lowercase().to_list(), scorer=scorer)
    hits = [(int((truth & (scores >= cut)).sum()), int((scores >= cut).sum())) for cut in np.unique(scores)]
    hit, found = max(hits, key=lambda one: one[0] / (one[1] + truth.sum()))
    return figures(hit, found, int(truth.sum()))


def figures(hit: int, found: int, true: int) -> list[str]:
    return [f"{100 * part:.2f}" for part in (2 * hit / max(1, found + true), hit / max(1, found), hit / max(1, true))]


if __name__ == "__main__":
    main()
