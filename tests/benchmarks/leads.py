"""Prints what qualifying leads takes by rules alone: `python tests/benchmarks/leads.py [--rows N ...] [--postgres]`.

For each size N invented leads are imported into a fresh database and qualified twice, by the commands a user types;
with `--postgres` in a server of the benchmark's own. The bar: 100,000 leads in 60 seconds, growing evenly from 10,000.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.postgres import cluster, find_binaries  # noqa: E402

MOST_S = 60
HEADER = ("lead id", "first name", "last name", "email", "company", "job title", "country", "industry", "employees",
          "lead source", "campaign", "created")  # fmt: skip
_SYLLABLES = ("ba", "den", "fi", "gor", "ha", "ker", "lin", "mo", "nes", "pa", "ri", "sol", "ta", "ul", "ver", "win")
_TITLES = ("Buyer", "Head of Operations", "Controller", "Plant Manager", "Managing Director", "Engineer", "Assistant",
           "Director of Procurement", "VP Operations", "IT Manager", "")  # fmt: skip
_COUNTRIES = ("Germany", "France", "United Kingdom", "Sweden", "")
_INDUSTRIES = ("Machinery", "Logistics", "Banking", "Food Production", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    print(f"{'stage':<28} {'leads':>8} {'wall s':>7} {'CPU s':>7} {'MB':>6}")
    for rows in options.rows:
        with cluster(find_binaries()) if options.postgres else nullcontext("") as url, \
                tempfile.TemporaryDirectory() as folder:  # fmt: skip
            os.environ |= {"DATABASE_URL": url or f"sqlite:///{folder}/leads.sqlite3", "WINNOW_VAR_DIR": folder}
            manage("migrate", "--verbosity", "0")
            path = written(Path(folder) / "leads.csv", rows)
            show("import", rows, manage("ingest", str(path), "--kind", "lead", "--json"))
            first = manage("run", "qualify-leads", "--wait", "--json")
            show("qualify", rows, first)
            print(f"    free pass {first[3]['free_seconds']:.1f} s of at most {MOST_S} for 100,000; "
                  f"{first[3]['decided']}, {first[3]['calls']} calls")  # fmt: skip
            show("again, nothing new", rows, manage("run", "qualify-leads", "--wait", "--json"))


def written(path, rows):
    """Five people to a company; one in fifty stands in the list twice, with another job."""
    random = Random(5)
    companies = [word(random, 3) for _ in range(max(rows // 5, 1))]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        last = None
        for number in range(rows):
            given, family, at = word(random, 2), word(random, 3), random.choice(companies)
            if number % 50 == 49:
                given, family, at = last
            last = (given, family, at)
            writer.writerow((
                f"L{number}", given.title(), family.title(), f"{given}.{family}@{at}.example", f"{at.title()} Ltd",
                random.choice(_TITLES), random.choice(_COUNTRIES), random.choice(_INDUSTRIES),
                random.choice(("", "8", "40", "120", "300", "900", "5000")), "Fair", "Spring", "2026-04-01",
            ))  # fmt: skip
    return path


def word(random, syllables):
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables))


def manage(*arguments):
    """Run a command; (wall seconds, CPU seconds, peak MB, the JSON it printed)."""
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.PIPE) as job:
        output = job.stdout.read()
        _, status, used = os.wait4(job.pid, 0)
        job.returncode = os.waitstatus_to_exitcode(status)
    if job.returncode:
        sys.exit(f"manage.py {' '.join(arguments)} failed: {output.decode()}")
    wall = time.perf_counter() - started
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, json.loads(output or b"{}")


def show(stage, rows, spent):
    print(f"{stage:<28} {rows:>8,} {spent[0]:>7.1f} {spent[1]:>7.1f} {spent[2]:>6.0f}", flush=True)


if __name__ == "__main__":
    main()
