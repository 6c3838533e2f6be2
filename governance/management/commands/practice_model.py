"""`manage.py practice_model`: serve the stand-in endpoint until Ctrl-C."""

import random
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from governance.practice_model import FAULTS, PracticeServer, PracticeState
from governance.practice_prices import PORT


def _fault(text: str) -> tuple[str, float]:
    kind, _, share = text.partition("=")
    try:
        return kind, float(share)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” should read KIND=SHARE, such as timeout=0.1.") from None


class Command(BaseCommand):
    help = "Serve a practice model on this machine: an OpenAI-compatible endpoint with fixed answers, no real money."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=PORT, help="0 takes any free one and prints it")
        parser.add_argument("--latency-ms", type=float, default=0.0)
        parser.add_argument("--fault", type=_fault, action="append", default=[], metavar="KIND=SHARE",
                            help=f"KIND is one of {', '.join(FAULTS)}; SHARE of the calls in 0..1")  # fmt: skip
        parser.add_argument("--hang-s", type=float, default=30.0, help="how long a timeout fault keeps silent")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        state = PracticeState(
            latency_ms=options["latency_ms"], hang_s=options["hang_s"], random=random.Random(options["seed"])
        )
        try:
            state.set_faults(dict(options["fault"]))
            server = PracticeServer(options["port"], state)
        except (ValueError, OSError, OverflowError) as err:
            raise CommandError(str(err)) from err
        self.stdout.write(f"Practice model at {server.base_url} (no real money). Ctrl-C ends it.")
        self.stdout.flush()
        with server, suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.2)
