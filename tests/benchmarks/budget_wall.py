"""Prints how far a burst gets past a budget: `python tests/benchmarks/budget_wall.py [--quick] [--database-url URL]`.

For budgets of 10, 10.5 and 0.5 calls, 64 and 256 calls, 1, 2 and 4 processes, without faults and with 10 % of
time-outs, lost connections and 5xx and a killed process (where there is more than one). The endpoint counts and bills
on its own side. Every answer is over-estimated four times. A row holds when neither the bill nor the ledger passes the
limit, nine tenths of what is affordable is served (with faults: of the limit less what is booked at an estimate), and
after the leases nothing is held and the ledger's sum is what the budget says is spent.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

COST_OF_ONE, MAX_OUTPUT, LEASE_S = 8, 32, 6
BURST = str(ROOT / "tests" / "governance" / "burst.py")


@dataclass(frozen=True, kw_only=True)
class Case:
    budget_calls: float
    calls: int
    processes: int
    has_faults: bool


def cases(quick):
    budgets, volumes, counts = ((10,), (64,), (4,)) if quick else ((10, 10.5, 0.5), (64, 256), (1, 2, 4))
    for has_faults, budget, volume, count in itertools.product((False, True), budgets, volumes, counts):
        yield Case(budget_calls=budget, calls=volume, processes=count, has_faults=has_faults)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one row without and one with faults")
    parser.add_argument("--database-url", default="", help="an empty database that may be written to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": options.database_url or f"sqlite:///{folder}/wall.sqlite3",
            "WINNOW_VAR_DIR": folder,
            "WINNOW_CALL_LEASE_S": str(LEASE_S),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        bursts = Bursts()
        print(f"{connection.vendor}: an answer costs {COST_OF_ONE}, is reserved at {COST_OF_ONE * 4} micro-dollars\n")
        print(
            "budget  calls  procs  faults | endpoint  billed/limit  spent/limit  served/affordable  held  added  holds"
        )
        broken = sum(not show(case, bursts) for case in cases(options.quick))
        bursts.end()
    print(f"\n{broken} rows broke the wall" if broken else "\nthe wall held in every row")
    sys.exit(bool(broken))


def show(case, bursts):
    """Run one case and print its row; whether the wall held."""
    from governance.models import Attempt, Budget
    from governance.practice_model import PracticeServer, PracticeState

    state = PracticeState(latency_ms=100, hang_s=4, random=Random(7))
    if case.has_faults:
        state.set_faults({"timeout": 0.04, "disconnect": 0.03, "500": 0.03})
    server = PracticeServer(0, state)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    limit = int(case.budget_calls * COST_OF_ONE)
    prepare(server.base_url, limit)
    served = run(case, bursts)
    release()
    server.shutdown()
    server.server_close()
    counted = state.report()
    billed = counted["output_tokens"]
    budget = Budget.objects.get(model__isnull=False)
    attempts = list(Attempt.objects.all())
    spent = sum(attempt.cost_microusd for attempt in attempts)
    estimated = sum(attempt.cost_microusd for attempt in attempts if attempt.is_estimated)
    affordable = int((limit - estimated) / COST_OF_ONE)
    adds_up = spent == budget.spent_microusd and budget.reserved_microusd == 0 and len(attempts) >= counted["calls"]
    holds = max(billed, spent) <= limit and adds_up and served >= 0.9 * affordable
    print(
        f"{case.budget_calls:>6}  {case.calls:>5}  {case.processes:>5}  {'10 %' if case.has_faults else '-':>6} | "
        f"{counted['calls']:>8}  {billed / limit:>12.2f}  {spent / limit:>11.2f}  "
        f"{f'{served}/{affordable}':>17}  {budget.reserved_microusd:>4}  {adds_up!s:>5}  {holds!s:>5}",
        flush=True,
    )
    return holds


def prepare(base_url, limit):
    from governance.models import Attempt, Budget, Exchange, LanguageModel, Plan, PlanVersion, Price, Rollup
    from tests.governance.factories import make_model, make_plan

    for model in (Exchange, Attempt, Rollup, Budget, Price, LanguageModel, PlanVersion, Plan):
        model.objects.all().delete()
    make_model(base_url, limit_microusd=limit, input_rate=0, output_rate=1_000_000, timeout_s=2)
    make_plan()


class Bursts:
    """Processes that ask, kept from row to row; a killed one is replaced."""

    def __init__(self):
        self.running = []

    def take(self, number):
        self.running = [burst for burst in self.running if burst.poll() is None]
        while len(self.running) < number:
            command = [sys.executable, BURST]
            burst = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            assert burst.stdout.readline() == "ready\n"
            self.running.append(burst)
        return self.running[:number]

    def end(self):
        for burst in self.running:
            burst.communicate(timeout=60)


def run(case, bursts):
    """Let the processes ask together, kill one of them midway where faults are on; answers on record."""
    from governance.models import Exchange

    each, asking = case.calls // case.processes, bursts.take(case.processes)
    for number, burst in enumerate(asking):
        burst.stdin.write(f"go p{number} {each} {min(64, each)} {MAX_OUTPUT}\n")
        burst.stdin.flush()
    if case.has_faults and case.processes > 1:
        time.sleep(0.3)
        asking[0].kill()
        asking[0].communicate()
        asking = asking[1:]
    for burst in asking:
        assert sum(json.loads(burst.stdout.readline()).values()) == each
    return Exchange.objects.filter(is_valid=True).count()


def release():
    """Wait for the leases of what was lost, and close it."""
    from django.utils import timezone

    from governance import budgets
    from governance.models import Attempt

    while Attempt.objects.filter(state__in=["open", "unknown"]).exists():
        time.sleep(0.5)
        budgets.sweep(timezone.now())


if __name__ == "__main__":
    main()
