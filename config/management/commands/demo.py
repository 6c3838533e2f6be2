"""`manage.py demo`: the product with an invented company on this machine, until Ctrl-C."""

import signal
import sys
import time
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.processes import Family, free_port
from config.secret import read_or_create
from governance.models import LanguageModel
from governance.practice import ensure_practice_setup
from governance.practice_prices import PORT as PRACTICE_PORT
from leads.desk import seat_owners
from pipeline import registry
from pipeline.models import Batch, Run
from pipeline.runner.start import start

LOGIN = "demo"
START_S = 60
RUNS_S = 120
TICK_S = 0.3


class _Ended(Exception):
    """Ctrl-C or SIGTERM."""


class Command(BaseCommand):
    help = "Start web, worker and (without a key) the practice model, with an invented company."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the first port to try (default 8000)")
        parser.add_argument("--empty", action="store_true", help="leave the invented company out")

    def handle(self, *args: Any, port: int, empty: bool, **options: Any) -> None:
        for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(one, _raise_ended)
        port = _port(port)
        family = Family({"WINNOW_HTTPS": "0"})
        try:
            self._serve(family, port, empty)
        except _Ended:
            self.stdout.write("\nEnding…")
        finally:
            for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(one, signal.SIG_IGN)
            family.end()

    def _serve(self, family: Family, port: int, is_empty: bool) -> None:
        password = self._prepare(is_empty)
        has_practice = self._start(family, port)
        address = f"http://127.0.0.1:{port}/"
        _wait_for(f"{address}healthz", family)
        if not is_empty:
            self._find_duplicates(family)
        self.stdout.write(self.style.SUCCESS(f"\nWinnow is ready: {address}"))
        self.stdout.write(f"Log in as {LOGIN} with the password {password}")
        if has_practice:
            self.stdout.write("A practice model answers: no real money, and its answers are invented.")
        self.stdout.write("Ctrl-C ends everything.")
        self.stdout.flush()
        while True:
            _check(family)
            time.sleep(TICK_S)

    def _prepare(self, is_empty: bool) -> str:
        """Tables, login and company; the password, which stays the same from start to start."""
        (settings.VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        password = read_or_create(settings.VAR_DIR / "demo-password", length=12)
        user, is_new = get_user_model().objects.get_or_create(
            username=LOGIN, defaults={"is_staff": True, "is_superuser": True, "first_name": "Demo"}
        )
        if is_new:
            user.set_password(password)
            user.save()
        if not is_empty and not Batch.objects.exists():
            self._say("Importing the invented company")
            call_command("seed_sample")
            seat_owners()
        return password

    def _start(self, family: Family, port: int) -> bool:
        """Start the processes; whether the practice model is among them."""
        python, manage = sys.executable, str(settings.BASE_DIR / "manage.py")
        has_practice = not any(
            model.has_key() for model in LanguageModel.objects.filter(is_enabled=True, is_practice=False)
        )
        if has_practice:
            practice_port = _port(PRACTICE_PORT)
            asking = [name for name, one in registry.pipelines().items() if one.model_layers]
            ensure_practice_setup(practice_port, asking)
            family.start(
                "practice model", [python, manage, "practice_model", "--port", str(practice_port)], settings.BASE_DIR
            )
        web = [
            python,
            "-m",
            "gunicorn",
            "config.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "2",
            "--threads",
            "4",
        ]
        family.start(
            "web", [*web, "--log-level", "warning", "--graceful-timeout", "1", "--no-control-socket"], settings.BASE_DIR
        )
        family.start("worker", [python, manage, "worker", "--grace", "3"], settings.BASE_DIR)
        return has_practice

    def _find_duplicates(self, family: Family) -> None:
        """Run each pipeline once, in flow order, so that the pages have something to show."""
        if Run.objects.exists():
            return
        self._say("Finding duplicates")
        until = time.monotonic() + RUNS_S
        for name in registry.pipelines():
            run = start(name)
            while run.is_active and run.state != Run.State.CONSENT and time.monotonic() < until:
                _check(family)
                time.sleep(TICK_S)
                run.refresh_from_db()

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _raise_ended(*_: Any) -> None:
    raise _Ended


def _port(wanted: int) -> int:
    try:
        return free_port(wanted)
    except OSError as error:
        raise CommandError(f"No free port: {error}.") from error


def _check(family: Family) -> None:
    dead = family.dead()
    if dead:
        raise CommandError(f"The {dead[0]} process ended by itself (exit code {dead[1]}); its messages stand above.")


def _wait_for(address: str, family: Family) -> None:
    """Until the web process answers; raises CommandError when it does not within a minute."""
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        _check(family)
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(TICK_S)
    raise CommandError(f"{address} did not answer within {START_S} seconds.")
