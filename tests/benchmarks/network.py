"""Prints how well strength tells who will be in touch: `python tests/benchmarks/network.py MESSAGES RECIPIENTS PEOPLE`.

The mail of one company: MESSAGES.csv (mid, t in epoch seconds, subject, sender), RECIPIENTS.csv (mid, rcpt),
PEOPLE.tsv (number, name, …, without a head). Everybody becomes a colleague and a contact, every message an activity,
through the commands that users type. Ties as of the end of 2000 rank the pairs; what came until May 2001 is the truth.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

MOST_IMPORT_S, LEAST_ALL, LEAST_TIED = 60, 0.88, 0.81
KNOWN_BY, UNTIL = date(2000, 12, 31), date(2001, 5, 31)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("messages", "recipients", "people"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"WINNOW_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        manage("migrate", "--verbosity", "0")
        people, later = write(options, Path(folder))
        started = time.perf_counter()
        names = ("users.csv", "contacts.csv", "emails.csv")
        said = json.loads(manage("ingest", *(str(Path(folder) / name) for name in names), "--json"))
        took = time.perf_counter() - started
        for file in said["files"]:
            print(f"{file['path'].rsplit('/')[-1]:14} {file['rows']:>6} rows, {file['created']} created, "
                  f"{file['skipped']} skipped, {file['failed']} failed")  # fmt: skip
        print(f"import {took:.1f} s (at most {MOST_IMPORT_S})\n")
        judge(people, later)


def write(options, folder):
    """The three files as a CRM would export them; who is known by the day, and the pairs in touch later."""
    to = defaultdict(set)
    for row in csv.DictReader(options.recipients.open()):
        to[row["mid"]].add(row["rcpt"])
    names = {line.split("\t")[0]: line.split("\t")[1] for line in options.people.read_text().splitlines() if line}
    known, later = set(), set()
    with (folder / "emails.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Record ID", "Email subject", "Email Direction", "Activity date", "Activity assigned to",
                      "Associated Contact IDs"])  # fmt: skip
        for row in csv.DictReader(options.messages.open()):
            at, others = datetime.fromtimestamp(int(row["t"]), UTC), sorted(to[row["mid"]] - {row["sender"]})
            out.writerow([row["mid"], row["subject"], "OUTGOING_EMAIL", f"{at:%Y-%m-%d %H:%M}", mail(row["sender"]),
                          ";".join(others)])  # fmt: skip
            pairs = {tuple(sorted((int(row["sender"]), int(other)))) for other in others}
            if at.date() <= KNOWN_BY:
                known |= {int(row["sender"]), *map(int, others)}
            elif at.date() <= UNTIL:
                later |= pairs
    with (folder / "users.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["User ID", "Full name", "Email"])
        out.writerows([f"u{key}", name, mail(key)] for key, name in names.items())
    with (folder / "contacts.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Record ID", "First Name", "Last Name", "Email"])
        out.writerows([key, *name.split(" ", 1), mail(key)] for key, name in names.items())
    return known, later


def mail(key):
    return f"p{key}@company.example"


def judge(people, later):
    """AUC of each way to rank, over all pairs of people known by the day and over those already in touch."""
    import django

    django.setup()
    from sklearn.metrics import roc_auc_score

    from deals.models import Colleague, Contact
    from deals.relationships import records
    from deals.relationships.likely import likeliness
    from deals.relationships.strength import Side, measure

    number = {pk: int(email[1:].split("@")[0]) for pk, email in Contact.objects.values_list("pk", "email")}
    owner = {pk: int(email[1:].split("@")[0]) for pk, email in Colleague.objects.values_list("pk", "email") if email}
    happened = defaultdict(list)
    for (colleague, contact), found in records.read(KNOWN_BY).ours.items():
        one, other = owner[colleague], number[contact]
        side = Side.US if one < other else Side.THEM
        for interaction in found:
            happened[min(one, other), max(one, other)].append(type(interaction)(
                on=interaction.on, kind=interaction.kind, side=side, people=interaction.people))  # fmt: skip
    tie = {pair: measure(found, KNOWN_BY) for pair, found in happened.items()}
    strength = {pair: found.strength if found else 0 for pair, found in tie.items()}
    near = defaultdict(set)
    for one, other in happened:
        near[one].add(other)
        near[other].add(one)
    pairs = list(combinations(sorted(people), 2))
    tied = [pair for pair in pairs if pair in happened]

    def likely(pair):
        return likeliness(strength.get(pair, 0), [len(near[one]) for one in near[pair[0]] & near[pair[1]]])

    ways = {
        "number of mails": lambda pair: len(happened.get(pair, ())),
        "strength": lambda pair: strength.get(pair, 0),
        "strength and common contacts": likely,
    }
    print(f"{'AUC':30}  all {len(pairs):,} pairs   {len(tied):,} tied pairs")
    for name, way in ways.items():
        found = [
            roc_auc_score([pair in later for pair in some], [way(pair) for pair in some]) for some in (pairs, tied)
        ]
        print(f"{name:30}  {found[0]:14.3f}   {found[1]:14.3f}")
    print(f"{'to reach':30}  {LEAST_ALL:14.3f}   {LEAST_TIED:14.3f}")


def manage(*arguments):
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return done.stdout


if __name__ == "__main__":
    main()
