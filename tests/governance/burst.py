"""Asks many questions at once from a process of its own: `python burst.py NAME CALLS THREADS MAX_OUTPUT [PROMPT]`.

Prints how the questions ended, as JSON. The database stands in DATABASE_URL.
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


def main(name: str, calls: str, threads: str, max_output: str, prompt: str = "Same?") -> None:
    questions = [
        question(f"{prompt} {name}-{number}", subject_key=f"{name}-{number}", max_output_tokens=int(max_output))
        for number in range(int(calls))
    ]
    context = gateway.CallContext(run_key=f"burst:{name}", concurrency=int(threads), deadline_s=60)
    print("ready", flush=True)
    sys.stdin.readline()
    replies = gateway.ask(questions, context)
    print(json.dumps(Counter(reply.outcome.value for reply in replies)))


if __name__ == "__main__":
    main(*sys.argv[1:])
