"""Prints how long the money pages take over a large ledger: `python tests/benchmarks/money_pages.py DATABASE_URL`.

The database is one that `manage.py seed_ledger 1000000` has filled; nothing is written but a superuser and the session.
Milliseconds per request as the server sees it: CPU of this process, and the wall's median and 95th percentile.
"""

import argparse
import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database_url")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": options.database_url,
            "WINNOW_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        from django.db import connection

        import config.wsgi  # noqa: F401  (as a server's process loads everything)

        client = logged_in()
        print(f"{connection.vendor}, {calls():,} calls on record, {options.rounds} requests each\n")
        print(f"{'page':<34} {'cpu ms':>7} {'median':>7} {'p95':>7}")
        for name, url in pages():
            print_row(name, client, url, options.rounds)


def logged_in():
    from django.contrib.auth import get_user_model
    from django.test import Client

    user, _ = get_user_model().objects.get_or_create(
        username="benchmark", defaults={"is_staff": True, "is_superuser": True}
    )
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    client.force_login(user)
    return client


def calls():
    from governance.models import Attempt

    return Attempt.objects.count()


def pages():
    from django.urls import reverse

    from governance.models import Attempt, LanguageModel

    newest = Attempt.objects.order_by("-pk").first()
    ledger = reverse("admin:governance_attempt_changelist")
    model = LanguageModel.objects.get(name="seeded-strong")
    yield "money", reverse("money")
    yield "what it was worth, 30 days", f"{reverse('money_worth')}?days=30"
    yield "what it was worth, a year", f"{reverse('money_worth')}?days=365"
    yield "what if, 30 days", f"{reverse('what_if')}?days=30&price_factor=10&volume=1"
    yield (
        "what if, a year, another model",
        (f"{reverse('what_if')}?days=365&price_factor=2&volume=3&old=seeded-strong&new=seeded-light"),
    )
    yield "limits", reverse("admin:governance_budget_changelist")
    yield "ledger", ledger
    yield "ledger, a month", f"{ledger}?month={newest.day:%Y-%m}"
    yield "ledger, a model", f"{ledger}?model__id__exact={model.pk}"
    yield "ledger, a pipeline", f"{ledger}?task={newest.task}"
    yield "ledger, lost calls", f"{ledger}?state__exact=unknown"
    yield "ledger, a day and model", f"{ledger}?day__exact={newest.day}&model__id__exact={model.pk}"
    yield "ledger, a month and pipeline", f"{ledger}?month={newest.day:%Y-%m}&task={newest.task}"
    yield "ledger, a pipeline and model", f"{ledger}?task={newest.task}&model__id__exact={model.pk}"
    yield (
        "ledger, month, model and state",
        f"{ledger}?month={newest.day:%Y-%m}&model__id__exact={model.pk}&state__exact=settled",
    )
    yield (
        "ledger, month, model, lost calls",
        f"{ledger}?month={newest.day:%Y-%m}&model__id__exact={model.pk}&state__exact=unknown",
    )
    yield "ledger, a month, lost calls", f"{ledger}?month={newest.day:%Y-%m}&state__exact=unknown"
    yield "ledger, its last page", f"{ledger}?p=500"
    yield "ledger, a month's last page", f"{ledger}?month={newest.day:%Y-%m}&p=500"
    yield "ledger, a model's last page", f"{ledger}?model__id__exact={model.pk}&p=500"
    yield "ledger, a pipeline's last page", f"{ledger}?task={newest.task}&p=500"
    yield "one call", reverse("attempt_page", args=[newest.pk])
    yield "one call, the first", reverse("attempt_page", args=[Attempt.objects.order_by("pk").first().pk])


def print_row(name, client, url, rounds):
    times, cpu = [], []
    for _ in range(rounds + 1):
        started, started_cpu = time.perf_counter(), time.process_time()
        response = client.get(url, HTTP_HOST="localhost")
        times.append(1000 * (time.perf_counter() - started))
        cpu.append(1000 * (time.process_time() - started_cpu))
        assert response.status_code == 200, f"{url}: {response.status_code}"
    # The first request compiles templates and fills the caches of the connection.
    times, cpu = sorted(times[1:]), cpu[1:]
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    print(f"{name:<34} {statistics.median(cpu):>7.0f} {statistics.median(times):>7.0f} {p95:>7.0f}", flush=True)


if __name__ == "__main__":
    main()
