"""Prints what a few new rows take beside many known ones: `python tests/benchmarks/growth.py [--known N] [--new N]`.

N invented contacts are imported and matched; then a second file of which half are known people with a slip of the pen,
and then the same run again with nothing new. Each stage is the command a user types, in a process of its own.
"""

import argparse
import os
import tempfile
from pathlib import Path
from random import Random

from speed import PLAIN, ingest, invented, manage, plain, show, slipped, write


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--known", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--database-url", default="", help="an empty database that may be written to")
    parser.add_argument("--profile", type=Path, metavar="FOLDER", help="keep a cProfile of each stage here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": options.database_url or f"sqlite:///{folder}/growth.sqlite3",
            "WINNOW_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        manage("migrate", "--verbosity", "0")
        print(f"{'stage':<34} {'rows':>7} {'wall s':>7} {'CPU s':>7} {'rows/s':>7} {'MB':>6}")
        grow(Path(folder), options.known, options.new, options.profile)


def grow(folder, known, new, profile):
    random = Random(3)
    people = list(invented(known + new // 2, random))
    later = [slipped(person, random) for person in random.sample(people[:known], new - new // 2)] + people[known:]
    ingest("import the known", write(folder / "known.csv", PLAIN, map(plain, people[:known])), "known", profile)
    match("match the known", profile)
    ingest("import the new", write(folder / "new.csv", PLAIN, map(plain, later)), "new", profile)
    match("match the new", profile)
    match("match again, nothing new", profile)


def match(stage, profile):
    spent = manage("run", "match-contacts", "--wait", "--json", profile=profile and profile / stage)
    found = spent.output
    show(stage, found["cases"] + found["unchanged"], spent)
    print(f"    free pass {found['free_seconds']:.1f} s, {found['cases']:,} judged, {found['unchanged']:,} left as is; "
          f"{found['decided']}, {found['review']} for a person", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
