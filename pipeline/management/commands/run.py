"""manage.py run PIPELINE: start a run; with --wait work along until it is over and end with the funnel."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Sum

from pipeline import registry, tasks
from pipeline.models import Chunk, Run
from pipeline.progress import wait_for
from pipeline.runner import start


class Command(BaseCommand):
    help = "Start a run of a pipeline."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pipeline", help="its name, such as match-contacts")
        parser.add_argument(
            "--dry-run", action="store_true", help="decide nothing, ask nothing, say what it would cost"
        )
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="judge as of this day")
        parser.add_argument("--wait", action="store_true", help="work along and wait for the end")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = start.start(options["pipeline"], is_dry_run=options["dry_run"], as_of=options["as_of"])
        except (LookupError, start.AlreadyRunning) as error:
            raise CommandError(str(error)) from None
        tasks.wake()
        if options["wait"] or options["dry_run"]:
            wait_for(lambda: self._state(run), quiet=options["json"])
        run.refresh_from_db()
        report = summary(run)
        self.stdout.write(json.dumps(report) if options["json"] else _funnel(run, report))
        if run.state == Run.State.FAILED:
            raise CommandError(run.error)

    def _state(self, run: Run) -> tuple[int, int, bool]:
        tasks.drain(seconds=2)
        run.refresh_from_db()
        sums = run.chunks.exclude(phase=Chunk.Phase.FINISH).aggregate(done=Sum("done"), total=Sum("total"))
        return sums["done"] or 0, sums["total"] or 0, not run.is_active or run.state == Run.State.CONSENT


def summary(run: Run) -> dict[str, Any]:
    """What the command prints: counts by layer, calls, tokens, dollars, seconds."""
    found = run.summary
    ended = run.finished_at or run.started_at
    return {
        "run": run.pk,
        "state": run.state,
        "cases": run.cases,
        "unchanged": run.unchanged,
        "decided": {layer: n for layer, n in found.get("decided", {}).items() if layer != "person"},
        "review": found.get("review", found.get("decided", {}).get("person", 0)),
        "open": found.get("open", 0),
        "calls": found.get("calls", 0),
        "input_tokens": found.get("input_tokens", 0),
        "output_tokens": found.get("output_tokens", 0),
        "cost_usd": found.get("cost_microusd", 0) / 1_000_000,
        "forecast_usd": run.forecast.get("expected_microusd", 0) / 1_000_000,
        "free_seconds": found.get("free_seconds", 0.0),
        "seconds": round((ended - run.started_at).total_seconds(), 3) if run.started_at and ended else 0.0,
    }


def _funnel(run: Run, report: dict[str, Any]) -> str:
    pipeline = registry.get(run.pipeline)
    labels = {layer.name: layer.label for layer in pipeline.layers}
    lines = [f"{pipeline.title}, run {run.pk}: {run.get_state_display().lower()}"]
    lines.append(f"  {report['cases']:>8,} to decide ({report['unchanged']:,} unchanged)")
    lines += [f"  {n:>8,} by {labels.get(layer, layer)}" for layer, n in report["decided"].items()]
    if run.is_dry_run:
        lines.append(f"  {report['open']:>8,} would be asked: about ${report['forecast_usd']:.4f}")
    else:
        lines.append(f"  {report['review']:>8,} wait for a person")
        lines.append(f"  {report['calls']:,} calls, ${report['cost_usd']:.4f}, {report['seconds']:.1f} s")
    return "\n".join(lines)
