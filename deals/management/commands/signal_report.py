"""manage.py signal_report: whether the signals tell lost deals from won ones, over a year of closed deals."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from deals.signals.assessing import current_settings
from deals.signals.clock import judging_day
from deals.signals.registry import BY_CODE
from deals.signals.report import Rate
from deals.signals.reporting import build_report


class Command(BaseCommand):
    help = "Compare deals that had a signal 30 days before closing with those that did not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="the last day that counts")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["as_of"] or judging_day(timezone.now())
        report = build_report(day, current_settings())
        if options["json"]:
            self.stdout.write(json.dumps({"as_of": day.isoformat(), **report.to_json()}))
            return
        self.stdout.write(report.sentence)
        for line in report.lines:
            if line.fired.number or line.clear.number:
                title = BY_CODE[line.code].title
                self.stdout.write(
                    f"  {line.code} {title:<28} lost with it {_said(line.fired):<24} "
                    f"without {_said(line.clear):<24} {line.tells}"
                )


def _said(rate: Rate) -> str:
    if rate.share is None:
        return "no deals"
    low, high = rate.range
    return f"{rate.share:.0%} ({low:.0%} to {high:.0%}, n={rate.number:,})"
