#!/usr/bin/env python3
"""Measure matching on labelled lists, beside Splink where it is installed.

usage: matching.py DIR… [--rename SEED] [--corrupt SEED] [--peer "PYTHON SCRIPT"]
Each DIR holds left.csv, links.csv (left_id,right_id) and, for two lists, right.csv. Prints per set F1 at the command's
own default, seconds of the whole process and of the processor, peak memory, candidates, and the share of true pairs
among those weighed. On a machine shared with others compare processor seconds. --rename renames columns to f1, f2, …
and shuffles them first; --corrupt puts fresh slips into 3 % of the cells and empties 2 %. The peer is run as
`PYTHON SCRIPT LEFT RIGHT PAIRS_OUT` (for lists whose columns it knows) and scored the same way.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
COLUMNS = "{:<16}{:>8}{:>8}{:>8}{:>9}{:>9}{:>9}{:>12}{:>9}{:>9}"
SLIPS, GAPS = 0.03, 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rename", type=int, default=0)
    parser.add_argument("--corrupt", type=int, default=0)
    parser.add_argument("--peer", default="")
    options = parser.parse_args()
    print(COLUMNS.format("set", "F1", "P", "R", "seconds", "cpu", "MB", "candidates", "blocked", "p>=.99"))
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as scratch:
            measure(folder, Path(scratch), options.rename, options.corrupt, options.peer.split())


def measure(folder: Path, scratch: Path, rename: int, corrupt: int, peer: list[str]) -> None:
    lists = prepared(folder, scratch, rename, corrupt)
    is_one = len(lists) == 1
    truth = set(pairs_of(folder / "links.csv", is_one))
    output, clusters = scratch / "pairs.csv", scratch / "clusters.csv"
    command = [sys.executable, str(ROOT / "manage.py"), "match", *map(str, lists), "--id", "id"]
    command += ["--output", str(output), "--clusters", str(clusters), "--json"]
    seconds, memory, printed = timed(command)
    found = set(clustered(clusters)) if is_one else set(pairs_of(output, False, "same"))
    summary = json.loads(printed.splitlines()[-1])
    report(folder.name, truth, found, seconds, memory, summary["candidates"], *trust(lists, truth))
    if peer and not is_one:
        seconds, memory, _ = timed([*peer, *map(str, lists), str(output)])
        report("  peer", truth, set(pairs_of(output, False)), seconds, memory)


def prepared(folder: Path, scratch: Path, rename: int, corrupt: int) -> list[Path]:
    """The lists as they are, or with other names and another order of columns, or with fresh errors."""
    paths = [folder / name for name in ("left.csv", "right.csv") if (folder / name).exists()]
    if not rename and not corrupt:
        return paths
    order, luck = np.random.default_rng(rename), np.random.default_rng(corrupt)
    for path in paths:
        frame = pl.read_csv(path, infer_schema=False)
        names = [name for name in frame.columns if name != "id"]
        if corrupt:
            frame = frame.with_columns(pl.Series(name, corrupted(frame[name].to_list(), luck)) for name in names)
        if rename:
            order.shuffle(names)
            frame = frame.select("id", *(pl.col(name).alias(f"f{n}") for n, name in enumerate(names, 1)))
        frame.write_csv(scratch / path.name)
    return [scratch / path.name for path in paths]


def corrupted(values: list[str | None], luck: np.random.Generator) -> list[str | None]:
    """A letter left out, doubled or changed places with the next in some values, others emptied."""
    draws = luck.random(len(values))
    return [
        None if draw > 1 - GAPS else slip(value, luck) if draw < SLIPS and value else value
        for value, draw in zip(values, draws, strict=True)
    ]


def slip(value: str, luck: np.random.Generator) -> str:
    place, kind = int(luck.integers(0, len(value))), int(luck.integers(3))
    letter, following = value[place], value[place + 1 : place + 2]
    return (
        value[:place] + ("", 2 * letter + following, following + letter)[kind] + value[place + (1 if not kind else 2) :]
    )


def timed(command: list[str]) -> tuple[tuple[float, float], float, str]:
    """Wall and processor seconds, peak megabytes and standard output of a process of its own."""
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}.")
    return (time.perf_counter() - before, usage.ru_utime + usage.ru_stime), peak(usage), printed


def peak(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024


def trust(lists: list[Path], truth: set[tuple[str, str]]) -> tuple[float, float]:
    """The share of true pairs among those weighed, and how many of those accepted with at least .99 are right."""
    from pipeline.matching.alignment import pair_up, tables
    from pipeline.matching.listing import read
    from pipeline.matching.match import match

    frames = [read(path.read_bytes()) for path in lists]
    left, right = frames[0], frames[1] if len(frames) > 1 else None
    own, other = tables(left, right, pair_up(left, right, skipped=["id"]), ("id", "id"))
    found = match(own, other)
    a = np.array(own.ids)[found.left]
    b = np.array((other or own).ids)[found.right]
    keys = [ordered(x, y, other is None) for x, y in zip(a.tolist(), b.tolist(), strict=True)]
    is_true = np.array([key in truth for key in keys], dtype=bool)
    sure = found.is_same & (found.probability >= 0.99)
    return is_true.sum() / len(truth), float(is_true[sure].mean()) if sure.any() else 0.0


def ordered(a: str, b: str, is_one: bool) -> tuple[str, str]:
    return (b, a) if is_one and b < a else (a, b)


def pairs_of(path: Path, is_one: bool, decision: str = "") -> Iterator[tuple[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not decision or row["decision"] == decision:
                yield ordered(row["left_id"], row["right_id"], is_one)


def clustered(path: Path) -> Iterator[tuple[str, str]]:
    members = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            members[row["cluster"]].append(row["id"])
    for ids in members.values():
        yield from (ordered(a, b, True) for a, b in combinations(ids, 2))


def report(
    name: str, truth: set[tuple[str, str]], found: set[tuple[str, str]], seconds: tuple[float, float], memory: float,
    candidates: int = 0, blocked: float = 0.0, sure: float = 0.0,
) -> None:  # fmt: skip
    hit = len(truth & found)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(truth))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    figures = (f"{100 * part:.2f}" for part in (f1, precision, recall))
    rest = (
        f"{seconds[0]:.1f}",
        f"{seconds[1]:.1f}",
        f"{memory:.0f}",
        candidates or "",
        f"{100 * blocked:.2f}",
        f"{100 * sure:.2f}",
    )
    print(COLUMNS.format(name, *figures, *rest), flush=True)


if __name__ == "__main__":
    main()
