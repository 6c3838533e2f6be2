"""Prints what the gateway adds to the bare openai client: `python tests/benchmarks/gateway_overhead.py [--calls N]`.

CPU milliseconds per call of this process (the endpoint runs in another), one at a time and many at once, and the wall
time of reserve + settle. Bare and gateway take turns; the best of the rounds counts, as other work on the machine can
only add. Give `--database-url` for PostgreSQL.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=150, help="per round")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--database-url", default="", help="an empty database that may be written to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": options.database_url or f"sqlite:///{folder}/overhead.sqlite3",
            "WINNOW_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        with endpoint() as base_url:
            print(f"{connection.vendor}, best of {options.rounds} rounds of {options.calls} calls: CPU ms per call")
            measure(base_url, options.calls, options.rounds)
        print(f"reserve + settle, median of {options.calls}: {reserve_and_settle(options.calls):.2f} ms")


class endpoint:
    """A practice model in a process of its own."""

    def __enter__(self):
        command = [sys.executable, "manage.py", "practice_model", "--port", "0"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        return self.process.stdout.readline().split()[3]

    def __exit__(self, *error):
        self.process.kill()
        self.process.communicate()


def measure(base_url, calls, rounds):
    from governance import gateway
    from tests.governance.factories import make_model, make_plan, question

    model = make_model(base_url, limit_microusd=10**12)
    make_plan()
    for at_once in (1, 64):
        bare, through = [], []
        for turn in range(rounds):
            prompts = [f"bare {at_once} {turn} {number}" for number in range(calls)]
            bare.append(cpu_ms(ask_bare, base_url, model.request_model, prompts, at_once) / calls)
            asked = [question(f"gate {at_once} {turn} {number}") for number in range(calls)]
            context = gateway.CallContext(run_key="overhead", concurrency=at_once)
            through.append(cpu_ms(gateway.ask, asked, context) / calls)
        added = min(through) - min(bare)
        print(f"  {at_once:>2} at once: bare {min(bare):.2f}, gateway {min(through):.2f}, added {added:+.2f}")


def ask_bare(base_url, model, prompts, at_once):
    from openai import OpenAI

    client = OpenAI(base_url=base_url, api_key="none", max_retries=0)

    def one(prompt):
        return client.chat.completions.create(model=model, messages=[{"role": "user", "content": prompt}])

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(one, prompts))


def reserve_and_settle(rounds):
    from django.utils import timezone

    from governance import budgets
    from governance.models import Attempt, LanguageModel, Organisation, PlanVersion

    model, now = LanguageModel.objects.get(), timezone.now()
    price, version, day = model.prices.get(), PlanVersion.objects.get(), Organisation.current().day(now)
    times = []
    for number in range(rounds):
        attempt = Attempt(
            fingerprint=f"round {number}", model=model, price=price, plan_version=version, day=day, task="t",
            tier="light", run_key="r", layer="l", subject_key=str(number), reserved_microusd=9, max_output_tokens=9,
            started_at=now,
        )  # fmt: skip
        started = time.perf_counter()
        budgets.reserve(attempt, [{"role": "user", "text": "Same?"}], lease=timedelta(seconds=30))
        budgets.settle(attempt, budgets.Settlement(cost_microusd=5, answer="{}"), now=now)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def cpu_ms(work, *arguments):
    started = time.process_time()
    work(*arguments)
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    main()
