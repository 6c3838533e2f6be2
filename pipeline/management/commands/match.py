"""`manage.py match`: match a list with itself or with another, or weigh given pairs; only --adjudicate needs a
database."""

import argparse
import hashlib
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from django.core.management.base import BaseCommand, CommandError

from pipeline.matching import given_pairs
from pipeline.matching.alignment import Pairing, id_column, pair_up, tables, with_full_names
from pipeline.matching.explanation import explain
from pipeline.matching.kinds import Kind
from pipeline.matching.listing import UnreadableList, read
from pipeline.matching.match import Labels, Matches, Settings, match
from pipeline.matching.match_given import Reviewed, match_given
from pipeline.matching.table import Table

_STAGES = ("read", "normalise", "block", "compare", "weigh", "learn", "judge", "adjudicate")
_REVIEW_BITS = -3.3  # a probability of about 0.1
_BEATEN_BITS = -6.6  # a rival a hundred times likelier leaves nothing to ask


class Command(BaseCommand):
    help = "Match one list with itself or two lists with each other, or weigh given pairs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add = parser.add_argument
        add("lists", nargs="*", metavar="LIST", help="one or two lists, CSV or XLSX")
        add("--pairs", metavar="CSV", help="given pairs, both sides in one row, in place of lists")
        add("--id", metavar="COLUMN", help="the column of row ids (default: one called id, else the row number)")
        add("--kinds", default="", metavar="A=KIND,…", help=f"kinds of columns ({', '.join(Kind)}), none to leave out")
        add("--labels", metavar="CSV", help="reviewed pairs: left_id,right_id,label (1 or 0)")
        add("--country", default="US", help="country of national phone numbers (two letters)")
        add("--adjudicate", action="store_true", help="ask a model about the pairs that need a look; needs a plan")
        add("--practice", action="store_true", help="let the practice model answer: a trial with invented answers")
        add("--explain", action="store_true", help="add each field's points, which sum to the weight, and a sentence")
        add("--output", required=True, metavar="PAIRS", help="CSV of pairs to write")
        add("--clusters", metavar="CSV", help="CSV of clusters to write: id,cluster for every row")
        add("--json", action="store_true", help="print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        self.progress = _Progress(sys.stderr.isatty() and not options["json"])
        kinds, skipped = _kinds(options["kinds"])
        try:
            asking = _asking(options) if options["adjudicate"] else None
            if options["pairs"]:
                summary = self._weigh_given(options, kinds)
            elif 1 <= len(options["lists"]) <= 2:
                summary = self._match_lists(options, kinds, skipped, asking)
            else:
                raise CommandError("Give one list, two lists, or --pairs.")
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        finally:
            self.progress.end()
        self.stdout.write(json.dumps(summary) if options["json"] else _sentence(summary))

    def _match_lists(
        self, options: dict[str, Any], kinds: dict[str, Kind], skipped: set[str], asking: ModuleType | None
    ) -> dict[str, Any]:
        started = time.perf_counter()
        frames = [_read(path) for path in options["lists"]]
        left, right = (frames[0], frames[1] if len(frames) > 1 else None)
        ids = (id_column(left, options["id"]), id_column(right, options["id"]) if right is not None else None)
        if right is not None and not kinds:
            left, right = with_full_names(left, right)
        pairings = pair_up(left, right, kinds, {*skipped, *(name for name in ids if name)})
        if not pairings:
            raise CommandError("No column tells rows apart: every column is empty or has one value only.")
        own, other = tables(left, right, pairings, ids)
        self.progress.stage("read")
        reading = time.perf_counter() - started
        labels = _labels(_read(options["labels"]), own, other) if options["labels"] else None
        settings = Settings(country=options["country"].upper())
        found = match(own, other, settings=settings, labels=labels, progress=self.progress.stage)
        asked: dict[str, Any] = {}
        if asking is not None:
            found, asked = self._adjudicate(asking, options, found, own, other, labels)
        decided = _pairs_frame(found, own, other or own, with_reasons=options["explain"])
        decided.write_csv(options["output"], float_precision=4)
        clusters = _clusters(found, own, other)
        if options["clusters"]:
            clusters.write_csv(options["clusters"])
        rows = len(own) + (len(other) if other else 0)
        stats = {"read": reading, **found.stats} | asked.pop("seconds", {})
        return _summary(rows, decided, stats, pairings, clusters["cluster"].n_unique()) | asked

    def _adjudicate(
        self,
        asking: ModuleType,
        options: dict[str, Any],
        found: Matches,
        left: Table,
        right: Table | None,
        labels: Labels | None,
    ) -> tuple[Matches, dict[str, Any]]:
        """The matches after a model's verdicts, and what asking came to, for the summary."""
        started = time.perf_counter()
        truth = _truth(labels, is_one_list=right is None) if labels else {}
        told = asking.adjudicate(
            found, left, right, _is_open(found), run_key=_run_key(options["lists"]), truth=truth,
            allow_practice=options["practice"], progress=lambda done, all_: self.progress.stage("adjudicate"),
        )  # fmt: skip
        return told.matches, {
            "asked": told.asked,
            "answered": told.answered,
            "unanswered": dict(told.unanswered),
            "calls": told.calls,
            "cost_usd": round(told.cost_microusd / 1_000_000, 6),
            "model": told.model + (" (practice model)" if told.is_practice else ""),
            "verdict_bits": {"same": round(told.bits.same, 2), "different": round(told.bits.different, 2)},
            "seconds": {"adjudicate": time.perf_counter() - started},
        }

    def _weigh_given(self, options: dict[str, Any], kinds: dict[str, Kind]) -> dict[str, Any]:
        started = time.perf_counter()
        frame = _read(options["pairs"])
        pairings = given_pairs.pairings(frame, kinds)
        left, right = given_pairs.side_tables(frame, pairings)
        reviewed = None
        if options["labels"]:
            known = _read(options["labels"])
            sides = given_pairs.side_tables(known, pairings)
            reviewed = Reviewed(left=sides[0], right=sides[1], is_match=given_pairs.labels(known))
        self.progress.stage("read")
        found = match_given(left, right, reviewed, options["country"].upper())
        review = (found.weight >= _REVIEW_BITS) & ~found.is_same
        decided = pl.DataFrame(
            {
                "left_id": given_pairs.row_ids(frame, "left"),
                "right_id": given_pairs.row_ids(frame, "right"),
                "weight": found.weight,
                "probability": found.probability,
                "decision": np.where(found.is_same, "same", np.where(review, "review", "different")),
            }
        )
        decided.write_csv(options["output"], float_precision=4)
        stats = {"all": time.perf_counter() - started, "candidates": float(len(frame))}
        return _summary(len(frame), decided, stats, pairings, None)


def _asking(options: dict[str, Any]) -> ModuleType:
    """What asks models; loaded only here, as it brings their libraries along. Raises CommandError where none can."""
    if options["pairs"]:
        raise CommandError("--adjudicate asks about lists; given pairs (--pairs) are only weighed.")
    asking = import_module("pipeline.adjudication")
    try:
        asking.require_ready(allow_practice=options["practice"])
    except asking.CannotAsk as reason:
        raise CommandError(str(reason)) from None
    return asking


def _run_key(paths: list[str]) -> str:
    """The same for the same files, so that what was asked about them is not paid twice."""
    content = b"".join(hashlib.blake2b(Path(path).read_bytes(), digest_size=16).digest() for path in paths)
    return f"match:{hashlib.blake2b(content, digest_size=12).hexdigest()}"


def _truth(labels: Labels, *, is_one_list: bool) -> dict[tuple[int, int], bool]:
    """Reviewed pairs by their rows; of one list the lower first, as matches have them."""
    said = zip(labels.left, labels.right, labels.is_match, strict=True)
    return {((min(a, b), max(a, b)) if is_one_list else (a, b)): is_match for a, b, is_match in said}


def _read(path: str) -> pl.DataFrame:
    try:
        return read(Path(path).read_bytes())
    except (OSError, UnreadableList) as problem:
        raise CommandError(f"{path}: {problem}") from problem


def _kinds(text: str) -> tuple[dict[str, Kind], set[str]]:
    """Kinds given by hand, and the columns to leave out."""
    given: dict[str, Kind] = {}
    skipped = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, kind = part.partition("=")
        if kind.strip().lower() in ("none", "skip"):
            skipped.add(name.strip())
        elif kind.strip().lower() in list(Kind):
            given[name.strip()] = Kind(kind.strip().lower())
        else:
            raise CommandError(f"{part!r} names no kind; write column=kind with one of {', '.join(Kind)}.")
    return given, skipped


def _labels(frame: pl.DataFrame, left: Table, right: Table | None) -> Labels:
    missing = [name for name in ("left_id", "right_id", "label") if name not in frame.columns]
    if missing:
        raise CommandError(f"The labels lack the column {missing[0]!r}; they need left_id, right_id and label.")
    rows = {str(one): row for row, one in enumerate(left.ids)}
    others = {str(one): row for row, one in enumerate(right.ids)} if right else rows
    known = [
        (rows[a], others[b], given_pairs.truth(label))
        for a, b, label in frame.select("left_id", "right_id", "label").iter_rows()
        if a in rows and b in others
    ]
    return Labels(left=[one[0] for one in known], right=[one[1] for one in known], is_match=[one[2] for one in known])


def _is_open(found: Matches) -> npt.NDArray[np.bool_]:
    """Which pairs a person (or a model) should look at."""
    return ~found.is_same & (found.weight >= _REVIEW_BITS) & (found.gap >= _BEATEN_BITS)


def _pairs_frame(found: Matches, left: Table, right: Table, *, with_reasons: bool) -> pl.DataFrame:
    """Pairs worth writing, best first: the same, and those to look at; each field's points where asked for."""
    kept = np.flatnonzero(found.is_same | _is_open(found))
    frame = pl.DataFrame(
        {
            "left_id": pl.Series(left.ids, dtype=pl.String, strict=False).gather(found.left[kept]),
            "right_id": pl.Series(right.ids, dtype=pl.String, strict=False).gather(found.right[kept]),
            "weight": found.weight[kept],
            "probability": found.probability[kept],
            "decision": np.where(found.is_same[kept], "same", "review"),
        }
    )
    return _with_reasons(frame, found, kept) if with_reasons else frame


def _with_reasons(frame: pl.DataFrame, found: Matches, kept: npt.NDArray[np.int64]) -> pl.DataFrame:
    """Rounded first and added up then, so that the points in the file sum exactly to the weight in the file."""
    prior = round(found.prior_bits, 4)
    points = np.round(found.points[kept].astype(np.float64), 4)
    columns = {"points: prior": np.full(len(kept), prior)}
    columns |= {f"points: {name}": points[:, f] for f, name in enumerate(found.names)}
    why = [explain(found.point_words(pair), found.level_words(pair)).sentence for pair in kept.tolist()]
    weight = np.round(prior + points.sum(axis=1), 4)
    return frame.with_columns(pl.Series("weight", weight), **columns, why=pl.Series(why, dtype=pl.String))


def _clusters(found: Matches, left: Table, right: Table | None) -> pl.DataFrame:
    """id and cluster for every row of all lists, left rows first; a cluster is numbered by its first row."""
    ids = pl.Series("id", [*left.ids, *(right.ids if right else ())], dtype=pl.String, strict=False)
    if found.cluster is not None:
        return pl.DataFrame({"id": ids, "cluster": found.cluster})
    cluster = np.arange(len(ids))
    cluster[found.right[found.is_same] + len(left)] = found.left[found.is_same]
    return pl.DataFrame({"id": ids, "cluster": cluster})


def _summary(
    rows: int, decided: pl.DataFrame, stats: dict[str, float], pairings: tuple[Pairing, ...], clusters: int | None
) -> dict[str, Any]:
    return {
        "rows": rows,
        "candidates": int(stats["candidates"]),
        "same": int((decided["decision"] == "same").sum()),
        "review": int((decided["decision"] == "review").sum()),
        "clusters": clusters,
        "calls": 0,
        "cost_usd": 0,
        "seconds": {name: round(value, 3) for name, value in stats.items() if name != "candidates"},
        "kinds": {_field_name(one): str(one.kind) for one in pairings},
    }


def _field_name(one: Pairing) -> str:
    return one.left if one.right in (None, one.left) else f"{one.left} = {one.right}"


def _sentence(summary: dict[str, Any]) -> str:
    seconds = sum(summary["seconds"].values())
    kinds = ", ".join(f"{name}: {kind}" for name, kind in summary["kinds"].items())
    found = f"{summary['same']} pairs are the same, {summary['review']} need a look"
    if "asked" in summary:
        found += f"; {summary['answered']} of {summary['asked']} questions answered for ${summary['cost_usd']:.4f}"
        found += f" by {summary['model']}" if summary["model"] else ""
    return f"{summary['rows']} rows: {found} ({seconds:.1f} s). {kinds}."


class _Progress:
    """A bar over the stages on standard error."""

    def __init__(self, is_shown: bool) -> None:
        self._is_shown = is_shown

    def stage(self, name: str) -> None:
        if self._is_shown and name in _STAGES:
            done = _STAGES.index(name) + 1
            bar = "█" * (done * 4) + "·" * ((len(_STAGES) - done) * 4)
            sys.stderr.write(f"\r{bar} {name:<10}")
            sys.stderr.flush()

    def end(self) -> None:
        if self._is_shown:
            sys.stderr.write("\r" + " " * 50 + "\r")
