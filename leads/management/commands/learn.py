"""manage.py learn: what outcomes say, learned now, with the figures of the newest leads it was not learned from."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from leads.learning import learn
from leads.learning.outcomes import counted
from leads.learning.study import FEWEST
from leads.models import OutcomeStudy


class Command(BaseCommand):
    help = "Learn from leads (or deals) that were won and lost; nothing changes a grade before a person accepts it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", default="lead", choices=OutcomeStudy.Subject.values)
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        made = learn.learn(options["subject"], timezone.now())
        if options["json"]:
            number, won = (made.outcomes, made.won) if made else counted(options["subject"])
            self.stdout.write(json.dumps({"outcomes": number, "won": won, "needs": FEWEST,
                                          **(made.result if made else {})}))  # fmt: skip
        elif made is None:
            number, won = counted(options["subject"])
            self.stdout.write(f"{number:,} outcomes, {won:,} won: at least {FEWEST} are needed, and enough of both.")
        else:
            self._show(made)

    def _show(self, made: OutcomeStudy) -> None:
        told = made.result["validation"]
        ranking = told["ranking"]
        self.stdout.write(f"{made.outcomes:,} outcomes, {made.won:,} won; learned on {told['older']:,}, "
                          f"tried on the newest {told['newest']:,}.")  # fmt: skip
        decided = told["decided"]
        right = 100 * decided["right"] / max(1, decided["number"])
        verdict = "" if made.result["has_pattern"] else "No reliable pattern. "
        self.stdout.write(f"{verdict}AUC {ranking['auc']:.3f} ({ranking['low']:.3f} to {ranking['high']:.3f}); decided "
                          f"{100 * told['decided_share']:.1f} %, right {right:.1f} %.")  # fmt: skip
        for name, leak in made.result["leaks"].items():
            self.stdout.write(f"  {'left out' if leak['is_left_out'] else 'noted'}: {name}. {leak['because']}")
