"""Asks many questions at once from a process of its own: `python burst.py [NAME CALLS THREADS MAX_OUTPUT]`.

Says "ready", then asks for every line on standard input and prints how the questions ended, as JSON. A line is "go", or
"go NAME CALLS THREADS MAX_OUTPUT" for another burst than that of the arguments. The database stands in DATABASE_URL.
"""

import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from governance import gateway  # noqa: E402
from tests.governance.factories import question  # noqa: E402


def main(*arguments: str) -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(ask(*(line.split()[1:] or arguments))), flush=True)


def ask(name: str, calls: str, threads: str, max_output: str) -> Counter:
    questions = [
        question(f"Same? {name}-{number}", subject_key=f"{name}-{number}", max_output_tokens=int(max_output))
        for number in range(int(calls))
    ]
    context = gateway.CallContext(run_key=f"burst:{name}", concurrency=int(threads), deadline_s=60)
    return Counter(reply.outcome.value for reply in gateway.ask(questions, context))


if __name__ == "__main__":
    main(*sys.argv[1:])
