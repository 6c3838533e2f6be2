"""Prints how well the rules do on the sample: `python tests/benchmarks/sample.py [--scale N] [--database-url URL]`.

Seeds an empty database with the invented company, runs both pipelines without a model, and compares the groups that
come out with the truth: who decided, per source and layer; precision and recall of "same", between two systems and
within one; and what people are asked, by reason.
"""

import argparse
import io
import os
import sys
import tempfile
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

AS_OF = date(2026, 6, 1)
KINDS = {"match-accounts": "account", "match-contacts": "contact"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="times as many of everything, 1 to 100")
    parser.add_argument("--database-url", default="", help="an empty database that may be written to")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": options.database_url or f"sqlite:///{folder}/sample.sqlite3",
            "WINNOW_VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("seed_sample", scale=options.scale, as_of=AS_OF, stdout=io.StringIO())
        for name, kind in KINDS.items():
            report(name, kind, options.scale)


def report(name, kind, scale):
    from pipeline import tasks
    from pipeline.runner import start

    run = start.start(name)
    tasks.drain()
    run.refresh_from_db()
    print(f"\n{name}: {run.state}, {run.cases:,} cases")
    print_deciders(name, kind)
    print_truth(kind, scale)
    print_reviews(name)


def print_deciders(name, kind):
    """Per source the share that each layer decided; "person" is what was left."""
    from pipeline.models import Record, Subject

    source_of = dict(Record.objects.filter(kind=kind).values_list("id", "source__name"))
    decided = Subject.objects.filter(pipeline=name).values_list("object_id", "decision__layer", "decision__label")
    counts = Counter((source_of[pk], layer, label if layer != "person" else "") for pk, layer, label in decided)
    totals = Counter(source_of[pk] for pk, _, _ in decided)
    for source, total in sorted(totals.items()):
        left = sum(n for (at, layer, _), n in counts.items() if at == source and layer == "person")
        print(f"  {source}: {total:,} records, free layers {100 * (total - left) / total:.1f} %")
        for (at, layer, label), count in sorted(counts.items()):
            if at == source:
                print(f"    {layer + ' ' + label:<20} {count:>6,}  {100 * count / total:5.1f} %")


def print_truth(kind, scale):
    """Pairs that stand in one group, against the pairs that the sample says are one."""
    from deals.sample import company

    wanted = {frozenset(link[1:]) for link in company.build(as_of=AS_OF, scale=scale).truth if link[0] == kind}
    source_of, groups = groups_of(kind)
    known = set(source_of)
    wanted = {pair for pair in wanted if pair <= known}
    joined = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
    for title, is_meant in (("between systems", True), ("within one", False)):
        said = {pair for pair in joined if (len({source_of[key] for key in pair}) > 1) == is_meant}
        true = {pair for pair in wanted if (len({source_of[key] for key in pair}) > 1) == is_meant}
        print(f"  same, {title}: precision {share(said & true, said)}, recall {share(said & true, true)}")
        for pair in sorted(sorted(wrong) for wrong in said - true)[:10]:
            print(f"    wrong: {pair[0]} and {pair[1]}")


def share(part, whole):
    return f"{len(part) / len(whole):.4f} ({len(part):,}/{len(whole):,})" if whole else "- (0/0)"


def groups_of(kind):
    """Source by record key as the truth writes it, and the keys that stand together."""
    from deals.models import AccountLink, ContactLink
    from pipeline.models import Record

    link = {"account": AccountLink, "contact": ContactLink}[kind]
    key_of, source_of, groups = {}, {}, {}
    for record in Record.objects.filter(kind=kind).exclude(key__startswith="name:").select_related("source"):
        key = record.values.get("linkedin") if record.source.name == "LinkedIn" else record.key
        key_of[record.pk], source_of[key] = key, record.source.name
    for record, entity in link.objects.filter(closed_at=None).values_list("record_id", f"{kind}_id"):
        if record in key_of:
            groups.setdefault(entity, set()).add(key_of[record])
    return source_of, groups.values()


def print_reviews(name):
    from pipeline.models import Review

    reasons = Review.objects.filter(pipeline=name, closed_at=None).values_list(
        "decision__reason", "decision__path", "decision__dossier__case"
    )
    counts = Counter(worded(*found) for found in reasons)
    print(f"  reviews: {counts.total():,}")
    for reason, count in counts.most_common():
        print(f"    {reason:<40} {count:>6,}")


def worded(reason, path, case):
    """The decision's reason; where no model could be asked, the guards of the best candidate say more."""
    candidates = (case or {}).get("candidates") or [{}]
    guards = max(candidates, key=lambda found: found.get("weight", 0)).get("guards") or ["no guard"]
    return f"{reason} ({', '.join(guards)})" if reason.startswith("ask:") else reason


if __name__ == "__main__":
    main()
