#!/usr/bin/env python3
"""Measure matching on a truth set of JSON lines, flattened to one list, without labels.

usage: truth_set.py DIR
DIR holds *.jsonl, one record a line with DATA_SOURCE, RECORD_ID and FEATURES (a list of small objects such as
{"NAME_FIRST": …, "NAME_LAST": …} or {"PHONE_NUMBER": …}), and a key *key*.csv with CLUSTER_ID, DATA_SOURCE and
RECORD_ID. Every attribute becomes a column (names and addresses whole, as forms ask for them); the pair F1 of the
command's clusters is printed, then the pairs that are wrong.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import polars as pl
from matching import ROOT, clustered

# How the parts of one feature are written in one cell; a part not named here is a column of its own.
WHOLE = {
    "NAME": ("NAME_FULL", "NAME_ORG", "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST"),
    "ADDRESS": ("ADDR_FULL", "ADDR_LINE1", "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY"),
}
KINDS = ("ADDR_TYPE", "PHONE_TYPE", "RECORD_TYPE", "PASSPORT_COUNTRY", "DRIVERS_LICENSE_STATE", "NATIONAL_ID_COUNTRY")


def main() -> None:
    folder = Path(sys.argv[1])
    rows = [
        flattened(json.loads(line)) for path in sorted(folder.glob("*.jsonl")) for line in path.open() if line.strip()
    ]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    truth = true_pairs(next(folder.glob("*key*.csv")), {row["id"] for row in rows})
    with tempfile.TemporaryDirectory() as scratch:
        given, pairs, clusters = (Path(scratch) / name for name in ("list.csv", "pairs.csv", "clusters.csv"))
        pl.DataFrame({name: [row.get(name) for row in rows] for name in columns}).write_csv(given)
        command = [sys.executable, str(ROOT / "manage.py"), "match", str(given), "--id", "id"]
        print(
            subprocess.run(
                [*command, "--output", pairs, "--clusters", clusters], check=True, capture_output=True, text=True
            ).stdout
        )
        found = set(clustered(clusters))
    report(truth, found, {row["id"]: row for row in rows})


def flattened(record: dict) -> dict[str, str]:
    """One row: the first of several names or addresses stands in the column, the second in a second one."""
    row = {"id": f"{record['DATA_SOURCE']} {record['RECORD_ID']}"}
    for feature in record["FEATURES"]:
        for name, parts in WHOLE.items():
            text = " ".join(feature[part].strip() for part in parts if part in feature)
            if text:
                put(row, name, text)
        for name, value in feature.items():
            if not any(name in parts for parts in WHOLE.values()) and name not in KINDS and not name.startswith("REL_"):
                put(row, name, str(value))
    return row


def put(row: dict[str, str], name: str, text: str) -> None:
    free = name if name not in row else f"{name} 2"
    row.setdefault(free, text)


def true_pairs(key: Path, known: set[str]) -> set[tuple[str, str]]:
    members = defaultdict(list)
    with key.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (one := f"{row['DATA_SOURCE']} {row['RECORD_ID']}") in known:
                members[row["CLUSTER_ID"]].append(one)
    return {(min(a, b), max(a, b)) for ids in members.values() for a, b in combinations(ids, 2)}


def report(truth: set[tuple[str, str]], found: set[tuple[str, str]], rows: dict[str, dict[str, str]]) -> None:
    hit = len(truth & found)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(truth))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    figures = f"F1 {100 * f1:.2f}, P {100 * precision:.2f}, R {100 * recall:.2f}"
    print(f"{len(rows)} records, {len(truth)} true pairs: {figures}")
    for tag, wrong in (("missed", truth - found), ("too many", found - truth)):
        for a, b in sorted(wrong):
            print(f"{tag}: {rows[a]} / {rows[b]}")


if __name__ == "__main__":
    main()
