"""Prints what a question for warm paths takes: `python tests/benchmarks/paths.py [--people N] [--ties N]`.

Invented people at companies of very different size, known by colleagues, with meetings behind a part of the ties, in a
PostgreSQL of the benchmark's own. The bar: 100 milliseconds at 100,000 people and 500,000 ties, for the question itself
and for the queries of the page that shows the answer.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.postgres import cluster, find_binaries  # noqa: E402

MOST_MS = 100
COLLEAGUES, COMPANIES, ASKED = 200, 10_000, 100
# The best of these counts: what else the machine does is not the question's.
REPEATS = 3
# The n-th company has a share of people that falls as its square grows: a few are huge, most have a handful.
WORLD = f"""
INSERT INTO deals_colleague (name, email, region, manager, is_active, is_sharing)
  SELECT 'Colleague ' || n, 'c' || n || '@ours.example', '', '', true, n % 10 <> 0
  FROM generate_series(1, {COLLEAGUES}) n;
INSERT INTO deals_account ({{account_columns}})
  SELECT {{account_values}} FROM generate_series(1, {COMPANIES}) n;
INSERT INTO deals_contact ({{contact_columns}})
  SELECT {{contact_values}} FROM generate_series(1, %(people)s) n;
INSERT INTO deals_relationship (colleague_id, contact_id, strength, measured, best, inbound, outbound, last_on,
    first_on, is_dormant, declared_as, is_hidden)
  SELECT colleague, contact, strength, strength, strength, 3, 3, '2026-03-01', '2025-03-01', strength < 20, '', false
  FROM (SELECT DISTINCT ON (colleague, contact) colleague, contact, strength FROM (
    SELECT 1 + floor(random() * {COLLEAGUES})::int colleague, 1 + floor(random() ^ 2 * %(people)s)::int contact,
      random() * 100 strength FROM generate_series(1, %(drawn)s)) drawn) one LIMIT %(ties)s;
INSERT INTO deals_acquaintance (one_id, other_id, strength, is_dormant, last_on)
  SELECT DISTINCT ON (one, other) one, other, random() * 60, false, '2026-03-01'::date FROM (
    SELECT 1 + floor(random() ^ 2 * %(people)s)::int one, 1 + floor(random() * %(people)s)::int other
    FROM generate_series(1, %(people)s)) drawn WHERE one < other;
INSERT INTO deals_activity ({{activity_columns}})
  SELECT {{activity_values}} FROM deals_relationship r WHERE r.id %% 2 = 0;
INSERT INTO deals_participant (activity_id, contact_id)
  SELECT a.id, r.contact_id FROM deals_activity a JOIN deals_relationship r ON a.subject = 'talk ' || r.id;
"""
OWN = {
    "account": {"name": "'Company ' || n"},
    "contact": {
        "full_name": "'Person ' || n",
        "account_id": f"1 + floor(power((n * 7919 % %(people)s)::float / %(people)s, 3) * {COMPANIES})::int",
    },
    "activity": {
        "subject": "'talk ' || r.id",
        "record_id": "r.id",
        "owner_id": "r.colleague_id",
        "kind": "'meeting'",
        "happened_at": "timestamptz '2026-01-01' + (r.id % 100) * interval '1 day'",
    },
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--ties", type=int, default=500_000)
    options = parser.parse_args()
    with cluster(find_binaries()) as url, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": url, "WINNOW_VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        fill(options.people, options.ties)
        ask(options.people)


def fill(people, ties):
    from django.db import connection

    from deals.models import Account, Acquaintance, Activity, Contact, Relationship

    parts = {}
    for name, model in (("account", Account), ("contact", Contact), ("activity", Activity)):
        columns = {
            field.column: OWN[name].get(field.column, empty(field))
            for field in model._meta.concrete_fields
            if not field.primary_key
        }
        parts |= {f"{name}_columns": ", ".join(columns), f"{name}_values": ", ".join(columns.values())}
    sql = WORLD.format(**parts)
    for name, number in (("people", people), ("ties", ties), ("drawn", ties * 2)):
        sql = sql.replace(f"%({name})s", str(number))
    with connection.cursor() as cursor:
        # Activities without the lines of files they would come from.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql.replace("%%", "%"))
        cursor.execute("ANALYZE")
    for model in (Contact, Relationship, Acquaintance, Activity):
        print(f"{model._meta.verbose_name_plural:16} {model.objects.count():>9,}")


def empty(field):
    """What a column holds where nothing is said, as SQL."""
    if field.null:
        return "NULL"
    kinds = {"BooleanField": "false", "JSONField": "'{}'", "DateTimeField": "now()", "CharField": "''",
             "TextField": "''"}  # fmt: skip
    return "true" if field.column == "is_current" else kinds.get(field.get_internal_type(), "0")


def ask(people):
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from deals.models import Contact
    from leads.network.records import paths_to

    settings.ALLOWED_HOSTS = ["*"]
    random, today = Random(3), timezone.now().date()
    wanted = [*(random.randrange(1, people + 1) for _ in range(ASKED)), *busiest()]
    contacts = Contact.objects.select_related("account").in_bulk(wanted)
    client = Client()
    client.force_login(User.objects.create_superuser("asker"))
    client.get(f"/leads/paths/{wanted[0]}/")
    asked, seen, queries, found = [], [], [], 0
    for pk in wanted:
        found += len(paths_to(contacts[pk], today))
        asked.append(min(timed(lambda: paths_to(contacts[pk], today)) for _ in range(REPEATS)))  # noqa: B023
        pages = []
        for _ in range(REPEATS):
            with CaptureQueriesContext(connection) as captured:
                took = timed(lambda: client.get(f"/leads/paths/{pk}/"))  # noqa: B023
            pages.append((took, sum(float(one["time"]) for one in captured.captured_queries)))
        seen.append(min(pages)[0])
        queries.append(min(spent for _, spent in pages))
    print(f"\n{len(wanted)} people, {found / len(wanted):.1f} paths each, the {len(busiest())} best known among them")
    print(f"{'milliseconds':24} {'median':>8} {'p95':>8} {'most':>8}   (at most {MOST_MS})")
    for name, taken in (("the question", asked), ("queries of the page", queries), ("the whole page", seen)):
        taken = sorted(1000 * one for one in taken)
        print(f"{name:24} {taken[len(taken) // 2]:8.1f} {taken[int(0.95 * len(taken))]:8.1f} {taken[-1]:8.1f}")


def timed(do):
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def busiest():
    """Who is known best, and who works at the largest company."""
    from django.db.models import Count

    from deals.models import Contact

    by_ties = Contact.objects.annotate(n=Count("relationships")).order_by("-n").values_list("pk", flat=True)
    first = Contact.objects.values("account").annotate(n=Count("pk")).order_by("-n").values_list("account")[0][0]
    return [*by_ties[:10], *Contact.objects.filter(account=first).values_list("pk", flat=True)[:10]]


if __name__ == "__main__":
    main()
