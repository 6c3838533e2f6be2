"""Prints what importing and the free pass take: `python tests/benchmarks/speed.py [LEFT RIGHT] [--rows N] [...]`.

LEFT and RIGHT are two lists of the same people (invented ones by default), imported as two sources and matched. Then
N plain contacts, the same file with a note on every tenth, the same again, and N contacts as HubSpot exports them. Each
stage is the command a user types, in a process of its own: start-up is included, and memory is that process's peak.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

# The bars, in seconds on an otherwise idle machine, and in MB.
MOST_IMPORT_S, MOST_FREE_S, MOST_MB = 60, 15, 1024
LIST_ROWS = 10_000
PLAIN = ("id", "first_name", "last_name", "email", "phone", "company", "job_title", "city", "country", "notes")
HUBSPOT = (
    "Record ID", "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number", "Job Title", "Company Name",
    "Contact owner", "Primary Associated Company ID", "Associated Company", "City", "Country/Region",
    "Marketing contact status", "Lead Status", "Lifecycle Stage", "Create Date", "Last Modified Date",
    "Last Activity Date", "LinkedIn URL",
)  # fmt: skip
_SYLLABLES = ("ba", "den", "fi", "gor", "ha", "ker", "lin", "mo", "nes", "pa", "ri", "sol", "ta", "ul", "ver", "win")
_TITLES = ("Buyer", "Head of Sales", "Controller", "Plant Manager", "Managing Director", "Engineer", "Assistant", "")
_PLACES = (("Lyon", "France"), ("Leeds", "United Kingdom"), ("Porto", "Portugal"), ("Austin", "United States"))
_OWNERS = ("ana.ruiz@firm.example", "ben.okoro@firm.example", "cleo.marsh@firm.example")


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What one command took; `output` is the JSON it printed."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    output: dict


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", nargs="*", type=Path, metavar="LEFT RIGHT", help="two CSV files of the same people")
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--database-url", default="", help="an empty database that may be written to")
    parser.add_argument("--only", choices=("lists", "imports"), help="one half")
    parser.add_argument("--profile", type=Path, metavar="FOLDER", help="keep a cProfile of each stage here")
    options = parser.parse_args()
    if len(options.lists) not in (0, 2):
        parser.error("give two lists or none")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": options.database_url or f"sqlite:///{folder}/speed.sqlite3",
            "WINNOW_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        manage("migrate", "--verbosity", "0")
        print(f"{'stage':<34} {'rows':>7} {'wall s':>7} {'CPU s':>7} {'rows/s':>7} {'MB':>6}")
        if options.only != "imports":
            match_lists(options.lists or two_lists(Path(folder)), options.profile)
        if options.only != "lists":
            import_many(Path(folder), options.rows, options.profile)


def match_lists(lists, profile):
    for path, source in zip(lists, "ab", strict=True):
        ingest(f"import list {source}", path, source, profile)
    for turn in ("match", "match again, nothing new"):
        spent = manage("run", "match-contacts", "--wait", "--json", profile=profile and profile / turn)
        found = spent.output
        show(turn, found["cases"] + found["unchanged"], spent)
        print(f"    free pass {found['free_seconds']:.1f} s of at most {MOST_FREE_S}; {found['decided']}, "
              f"{found['review']} for a person")  # fmt: skip


def import_many(folder, rows, profile):
    people = list(invented(rows, Random(1)))
    stages = (
        ("import plain", "plain", PLAIN, map(plain, people)),
        ("import plain, a tenth changed", "plain", PLAIN, (plain(p, p["id"] % 10 == 0) for p in people)),
        ("import plain, nothing changed", "plain", PLAIN, (plain(p, p["id"] % 10 == 0) for p in people)),
        ("import HubSpot", "portal", HUBSPOT, map(hubspot, people)),
    )
    for stage, source, header, lines in stages:
        ingest(stage, write(folder / f"{source}.csv", header, lines), source, profile)
    print(f"    at most {MOST_IMPORT_S} s and {MOST_MB} MB for 50,000 rows")


def ingest(stage, path, source, profile):
    spent = manage("ingest", str(path), "--source", source, "--json", profile=profile and profile / stage)
    file = spent.output["files"][0]
    assert file["state"] == "done" and file["failed"] == 0, file
    show(stage, file["rows"], spent)
    print("    " + ", ".join(f"{file[name]:,} {name}" for name in ("created", "updated", "unchanged", "skipped")))


def manage(*arguments, profile=None):
    """Run a command and measure it; rusage of the very process, its children included."""
    profiled = ("-m", "cProfile", "-o", f"{str(profile).replace(' ', '-')}.prof") if profile else ()
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *profiled, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.PIPE
    ) as job:
        output = job.stdout.read()
        _, status, used = os.wait4(job.pid, 0)
        job.returncode = os.waitstatus_to_exitcode(status)
    if job.returncode:
        sys.exit(f"manage.py {' '.join(arguments)} failed: {output.decode()}")
    return Spent(
        wall_s=time.perf_counter() - started,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
        output=json.loads(output or b"{}"),
    )


def show(stage, rows, spent):
    print(
        f"{stage:<34} {rows:>7,} {spent.wall_s:>7.1f} {spent.cpu_s:>7.1f} {rows / spent.wall_s:>7,.0f} "
        f"{spent.peak_mb:>6.0f}", flush=True,
    )  # fmt: skip


def invented(rows, random):
    """People at companies; one company has about five."""
    companies = [word(random, 3).title() for _ in range(max(rows // 5, 1))]
    for number in range(rows):
        given, family, at = word(random, 2), word(random, 3), random.randrange(len(companies))
        city, country = random.choice(_PLACES)
        yield {
            "id": number, "given": given.title(), "family": family.title(), "company": companies[at], "company_id": at,
            "email": f"{given}.{family}@{companies[at].lower()}.example", "phone": random.randrange(10**7),
            "title": random.choice(_TITLES), "city": city, "country": country, "owner": random.choice(_OWNERS),
            "day": random.randrange(1, 28), "month": random.randrange(1, 13),
        }  # fmt: skip


def word(random, syllables):
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables))


def plain(person, is_changed=False):
    return (
        person["id"], person["given"], person["family"], person["email"], f"+1 212 {person['phone']:07d}",
        f"{person['company']} Ltd", person["title"], "Turin" if is_changed else person["city"], person["country"],
        "met at the fair",
    )  # fmt: skip


def hubspot(person):
    day = f"2024-{person['month']:02d}-{person['day']:02d} 10:{person['day']:02d}"
    return (
        70_000_000 + person["id"], person["given"], person["family"], person["email"], f"(212) {person['phone']:07d}",
        f"+44 20 {person['phone']:08d}", person["title"], person["company"], person["owner"],
        9_000_000 + person["company_id"], person["company"], person["city"], person["country"],
        "Marketing contact", "New", "Lead", day, day.replace("2024", "2025"), day.replace("2024", "2025"),
        f"https://www.linkedin.com/in/{person['given']}-{person['family']}-{person['id']}",
    )  # fmt: skip


def two_lists(folder):
    """Half of the people stand in both lists, with a slip of the pen or without an address in the second."""
    random = Random(2)
    people = list(invented(LIST_ROWS * 3 // 2, random))
    second = [slipped(person, random) for person in people[LIST_ROWS // 2 :]]
    return (
        write(folder / "left.csv", PLAIN, map(plain, people[:LIST_ROWS])),
        write(folder / "right.csv", PLAIN, map(plain, second)),
    )


def slipped(person, random):
    changes = ({}, {"email": ""}, {"family": person["family"][:-1]}, {"given": person["given"][0]}, {"title": ""})
    return person | random.choice(changes)


def write(path, header, lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(lines)
    return path


if __name__ == "__main__":
    main()
