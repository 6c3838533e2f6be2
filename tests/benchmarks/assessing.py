"""Prints what assessing deals takes: `python tests/benchmarks/assessing.py [--deals N ...] [--each N]`.

An invented company of N open deals (a tenth as many closed ones beside them) with that many contacts with customers,
written straight into the tables and judged by all signals; then the command a user types, again with nothing new, and
the pages over HTTP. PostgreSQL of its own where it is installed, else SQLite; `--database-url` takes an empty database
of yours.
"""

import argparse
import json
import os
import resource
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

LAST_DAY = date(2026, 3, 31)
WARMING = 3
STAGES = ("Prospecting", "Discovery", "Proposal", "Negotiation")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deals", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--each", type=int, default=50, help="activities per deal")
    parser.add_argument("--database-url", default="", help="an empty database that may be written to")
    options = parser.parse_args()
    print(*(f"{head:>10}" for head in ("deals", "activities", "seconds", "CPU s", "again s", "again CPU", "MB")))
    for number in options.deals:
        with ExitStack() as stack:
            measure(number, options.each, options.database_url or own_database(stack))


def own_database(stack):
    from tests.postgres import cluster, find_binaries

    binaries = find_binaries()
    if binaries:
        return stack.enter_context(cluster(binaries))
    return f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/assessing.sqlite3"


def measure(deals, each, database_url):
    """In a process of its own, so that memory and start-up are that run's."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as answer:
            json.dump(measured(deals, each, database_url), answer)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = json.load(answer)
    os.waitpid(child, 0)
    figures = (told[name] for name in ("first", "first_cpu", "again", "again_cpu", "mb"))
    print(f"{deals:>10,} {deals * each:>10,}", *(f"{figure:>10.1f}" for figure in figures), flush=True)
    print(f"    {'page':<18}{'median ms':>10}{'p95 ms':>10}{'CPU ms':>10}{'kB':>10}")
    for name, figures in told["pages"].items():
        print(f"    {name:<18}", *(f"{figure:>9.0f}" for figure in figures), flush=True)


def measured(deals, each, database_url):
    os.environ |= {
        "DATABASE_URL": database_url,
        "WINNOW_VAR_DIR": tempfile.mkdtemp(prefix="winnow-"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "WINNOW_ALLOWED_HOSTS": "testserver,localhost",
    }
    import django

    django.setup()
    from django.core.management import call_command

    from deals.models import SignalSettings
    from deals.signals.registry import SIGNALS
    from deals.signals.settings import Settings

    call_command("migrate", verbosity=0)
    chosen = invent(deals, each)
    all_on = Settings(enabled=frozenset(one.code for one in SIGNALS))
    SignalSettings.objects.create(values=all_on.to_json(), valid_from=moment(LAST_DAY))
    told = {}
    for turn in ("first", "again"):
        started, used = time.perf_counter(), time.process_time()
        run = assess()
        told[turn] = time.perf_counter() - started
        told[f"{turn}_cpu"] = time.process_time() - used
        assert run["cases"] == (deals if turn == "first" else 0), run
    told["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["pages"] = pages(chosen)
    return told


def pages(deal_ids):
    """Page → median and 95th percentile (ms on the clock), median processor ms, kilobytes."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from deals.models import Colleague

    user = User.objects.create_superuser("bench")
    Colleague.objects.filter(name="Owner 0").update(user=user)
    client = Client()
    client.force_login(user)
    past = (LAST_DAY - timedelta(days=9)).isoformat()
    deals = [reverse("admin:deals_deal_change", args=[pk]) for pk in deal_ids]
    single = {
        "my deals": reverse("deals"),
        "deal list": reverse("admin:deals_deal_changelist"),
        "quarter": reverse("quarter"),
        "week": reverse("weekly_report"),
        "signals": reverse("signals"),
        "signal report": reverse("signal_report"),
    }
    asked = {"deal": deals, "deal, past day": [f"{page}?on={past}" for page in deals]}
    asked |= {name: [page] * 8 for name, page in single.items()}
    with serving(client) as (fetch, used):
        found = {name: timed([partial(fetch, page) for page in wanted], used) for name, wanted in asked.items()}
    return found | {"preview, unserved": timed([previewed] * 3)}


def previewed():
    from deals.signals.assessing import current_settings
    from deals.signals.previewing import preview

    now = current_settings()
    preview(LAST_DAY, now, replace(now, limits={"S01": {"mid": 5}}))
    return 0


@contextmanager
def serving(client):
    """A function that fetches a path as the client's user from gunicorn's one worker, and one that tells the seconds
    of processor that worker has used."""
    import psutil
    from django.conf import settings

    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address, "--log-level", "error"]
    server = psutil.Popen(command, cwd=ROOT)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"

    def fetch(path):
        request = urllib.request.Request(f"http://{address}{path}", headers={"Cookie": cookie, "Host": "localhost"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status == 200 and "/login/" not in answer.url, answer.url
            return len(answer.read())

    def used():
        return sum(sum(worker.cpu_times()[:2]) for worker in server.children())

    try:
        while not answers(address):
            time.sleep(0.2)
        yield fetch, used
    finally:
        server.terminate()
        server.wait()


def answers(address):
    try:
        with urllib.request.urlopen(f"http://{address}/healthz", timeout=60):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def timed(calls, used=time.process_time):
    for call in calls[:WARMING]:
        call()  # what is loaded once and kept
    taken, cpus, sizes = [], [], []
    for call in calls:
        started, before = time.perf_counter(), used()
        sizes.append(call())
        taken.append(1000 * (time.perf_counter() - started))
        cpus.append(1000 * (used() - before))
    return median(taken), sorted(taken)[int(0.95 * (len(taken) - 1))], median(cpus), median(sizes) / 1024


def assess():
    import contextlib
    import io

    from django.core.management import call_command

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        call_command("run", "assess-deals", "--as-of", LAST_DAY.isoformat(), "--wait", "--json", stdout=said)
    return json.loads(said.getvalue())


def invent(deals, each):
    """Deals, people, history and activities as an import leaves them; the ids of forty deals."""
    from deals.models import Account, Activity, Colleague, Contact, Deal, DealLink, DealRole, FieldChange, Participant
    from pipeline import bulk
    from pipeline.models import Batch, ImportFile, Record, Row, Source

    rng = Random(7)
    imported = moment(LAST_DAY, 20)
    source = Source.objects.create(system="bench", name="Bench")
    file = ImportFile.objects.create(batch=Batch.objects.create(state="done"), source=source, name="bench.csv", size=1,
                                     sha256="0" * 64, state="done", imported_at=imported)  # fmt: skip
    owners = [Colleague.objects.create(name=f"Owner {i}").pk for i in range(20)]
    total = deals + deals // 10
    accounts = bulk.insert(Account, ("name", "domain", "first_seen_at", "updated_at", "is_current", "record_count",
                                     "held", "phone", "street", "city", "state", "postcode", "country", "industry",
                                     "type", "description", "linkedin"),
                           ((f"Firm {i}", f"firm{i}.example", imported, imported, True, 1, {}, *[""] * 10)
                            for i in range(total)))  # fmt: skip
    blank = ("given_name", "family_name", "phone", "mobile", "department", "company", "city", "country", "linkedin",
             "source", "bounced")  # fmt: skip
    contacts = bulk.insert(Contact, ("full_name", "email", "title", "account_id", "first_seen_at", "updated_at",
                                     "is_current", "record_count", "held", "opted_out", "has_left", *blank),
                           ((f"Person {i}", f"p{i}@firm{i // 3}.example", "Buyer", accounts[i // 3], imported, imported,
                             True, 1, {}, False, False, *[""] * len(blank)) for i in range(3 * total)))  # fmt: skip
    made = []
    for i in range(total):
        age, is_closed = rng.randint(5, 200), i >= deals
        made.append(
            Deal(name=f"Deal {i}", pipeline="Sales", stage="Closed Won" if is_closed else STAGES[i % 4],
                 amount=rng.randint(1, 200) * 1000, created_on=LAST_DAY - timedelta(days=age), next_step="Call",
                 close_date=LAST_DAY + timedelta(days=rng.randint(-4, -1) if is_closed else rng.randint(-20, 90)),
                 forecast_category="Pipeline", probability=0.4, is_closed=is_closed, is_won=is_closed,
                 account_id=accounts[i],
                 owner_id=owners[i % 20], first_seen_at=imported, record_count=1)
        )  # fmt: skip
    bulk.create(made)
    rows = bulk.insert(Row, ("file_id", "line", "cells", "outcome", "reason"),
                       ((file.pk, i + 2, [], "created", "") for i in range(total * (each + 1))))  # fmt: skip
    records = bulk.insert(Record, ("source_id", "kind", "key", "values", "content_hash", "row_id", "recorded_at",
                                   "is_withdrawn"),
                          ((source.pk, "deal" if i < total else "activity", str(i), {}, "", row, imported, False)
                           for i, row in enumerate(rows)))  # fmt: skip
    bulk.insert(DealLink, ("record_id", "deal_id", "opened_at"),
                ((records[i], deal.pk, imported) for i, deal in enumerate(made)))  # fmt: skip
    bulk.create(
        DealRole(deal=deal, contact_id=contacts[3 * i + n], role=("Champion", "Decision Maker", "End User")[n])
        for i, deal in enumerate(made) for n in range(3)
    )  # fmt: skip
    bulk.create(history(made, rng, imported, FieldChange))
    activities = bulk.insert(Activity, ("kind", "direction", "subject", "body", "status", "happened_at", "recorded_at",
                                        "is_planned", "deal_id", "record_id"),
                             (activity(made[i // each], rng, imported, records[total + i])
                              for i in range(total * each)))  # fmt: skip
    bulk.insert(Participant, ("activity_id", "contact_id"),
                ((pk, contacts[3 * (i // each) + n])
                 for i, pk in enumerate(activities) for n in {i % 3, (i // 7) % 3}))  # fmt: skip
    return [deal.pk for deal in made[: deals : -(-deals // 40)]]


def history(deals, rng, imported, change):
    for i, deal in enumerate(deals):
        span = (LAST_DAY - deal.created_on).days
        days = sorted(rng.sample(range(span + 1), min(span, 4)))
        before = ""
        for stage, day in zip(STAGES[: i % 4 + 1], days, strict=False):
            at = moment(deal.created_on + timedelta(days=day))
            yield change(deal=deal, field="stage", old=before, new=stage, happened_at=at, recorded_at=imported)
            before = stage
        yield change(deal=deal, field="amount", old="90000", new=str(deal.amount), happened_at=moment(deal.created_on),
                     recorded_at=imported)  # fmt: skip


def activity(deal, rng, imported, record):
    kind = rng.choice(("email", "email", "email", "call", "meeting", "note"))
    at = moment(
        deal.created_on + timedelta(days=rng.randint(0, max(1, (LAST_DAY - deal.created_on).days))), rng.randint(7, 18)
    )
    return (
        kind,
        rng.choice(("in", "out")),
        f"About {rng.randint(1, 900)}",
        "",
        "",
        at,
        imported,
        False,
        deal.pk,
        record,
    )


def moment(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


if __name__ == "__main__":
    main()
