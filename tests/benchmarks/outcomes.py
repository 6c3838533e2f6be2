"""Prints what is learned from lists with an outcome: `python tests/benchmarks/outcomes.py LIST.csv … [--kind deal]`.

Every file goes through the commands a user types, in a database of its own: imported with its columns guessed, learned
from, the newest fifth kept aside to try it on. With
`--expect COLUMN …` it says which of these the product did not leave out by itself.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--kind", choices=("lead", "deal"), default="lead")
    parser.add_argument("--together", action="store_true", help="import all files into one database")
    parser.add_argument("--expect", nargs="*", default=[], help="columns that know the end")
    options = parser.parse_args()
    for files in [options.files] if options.together else [[path] for path in options.files]:
        with tempfile.TemporaryDirectory() as folder:
            os.environ |= {"WINNOW_VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/outcomes.sqlite3"}
            manage("migrate", "--verbosity", "0")
            kind = [] if options.together else ["--kind", options.kind]
            said = json.loads(manage("ingest", *map(str, files), *kind, "--json"))
            for file in said["files"]:
                print(f"\n{Path(file['path']).name}: {file['created']:,} of {file['rows']:,} rows created")
            before = os.times().children_user
            found = json.loads(manage("learn", "--subject", options.kind, "--json"))
            show(found, options.expect, os.times().children_user - before)


def show(found, expected, cpu_s):
    if "validation" not in found:
        print(f"  {found['outcomes']} outcomes: at least {found['needs']} are needed")
        return
    told, ranking = found["validation"], found["validation"]["ranking"]
    right, number = told["decided"]["right"], told["decided"]["number"]
    print(f"  {'a pattern' if found['has_pattern'] else 'NO RELIABLE PATTERN'}; {found['outcomes']:,} outcomes, "
          f"{found['won']:,} won, ordered by {found['ordered_by']}, {cpu_s:.1f} CPU s")  # fmt: skip
    print(f"  learned on {told['older']:,}, tried on the newest {told['newest']:,}")
    print(
        f"  AUC {ranking['auc']:.3f} ({ranking['low']:.3f} to {ranking['high']:.3f})"
        + (f", {told['unmarked']['auc']:.3f} without noted blanks" if told["unmarked"] else "")
    )
    print(f"  decided {100 * told['decided_share']:.1f} %, right {100 * right / max(number, 1):.1f} %: "
          f"accepted {told['accepted']['right']}/{told['accepted']['number']}, "
          f"rejected {told['rejected']['right']}/{told['rejected']['number']}")  # fmt: skip
    for name, leak in found["leaks"].items():
        print(f"    {'left out' if leak['is_left_out'] else 'noted   '} {name}: {leak['because']}")
    missed = [name for name in expected if not found["leaks"].get(name, {}).get("is_left_out")]
    if expected:
        print(f"  expected but not left out: {', '.join(missed) or 'none'}")


def manage(*arguments):
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return done.stdout


if __name__ == "__main__":
    main()
