"""The sample's people imported, asked about at a practice endpoint, and what was decided, for tests of whole runs."""

from datetime import date

from django.db.models import F
from django.utils import timezone

from deals.contacts.records import LINKAGE as PEOPLE
from deals.models import ContactLink
from deals.sample import company
from governance.models import Attempt, Budget, Exchange, Rollup
from governance.practice import ensure_practice_setup
from pipeline import tasks
from pipeline.ingest import upload
from pipeline.linking import regroup
from pipeline.models import Answer, Chunk, Decision, Dossier, Effect, ExampleUse, PairFact, Review, Run, Step, Subject

AS_OF = date(2026, 6, 1)
PIPELINES = ("match-accounts", "match-contacts")
PEOPLE_FILES = ("companies", "contacts", "Account.csv", "Contact.csv", "Connections.csv")


def import_people(left_out=""):
    """The companies and people of the sample, without deals and activities and without the file `left_out`."""
    files = company.build(as_of=AS_OF).files
    names = [name for name in files if any(part in name for part in PEOPLE_FILES) and name != left_out]
    wanted = [(name, files[name]) for name in names]
    return import_files(wanted)


def import_files(files):
    batch = upload.stage(files, is_sample=True)
    upload.start_batch(batch)
    tasks.drain()
    return batch


def use_practice(port, limit_microusd=5_000_000):
    ensure_practice_setup(port, PIPELINES, limit_microusd=limit_microusd)


def decisions():
    """What stands about each subject: label, anchor, layer, reason."""
    standing = Subject.objects.exclude(decision=None).order_by("pipeline", "object_id")
    return list(
        standing.values_list(
            "pipeline", "object_id", "decision__label", "decision__anchor", "decision__layer", "decision__reason"
        )
    )


def forget_runs():
    """Back to the moment after the import: no decision, no question, nothing spent."""
    Subject.objects.update(decision=None)
    Decision.objects.update(supersedes=None)
    for model in (ExampleUse, Effect, PairFact, Answer, Review, Decision, Dossier, Step, Chunk, Run, Subject):
        model.objects.filter(**({"run__isnull": False} if model is Chunk else {})).delete()
    for model in (Exchange, Attempt, Rollup):
        model.objects.all().delete()
    Budget.objects.update(spent_microusd=F("spent_microusd") - F("spent_microusd"), reserved_microusd=0)
    regroup(PEOPLE, ContactLink.objects.filter(closed_at=None).values_list("record_id", flat=True), timezone.now())


def ledger_sum():
    return sum(Attempt.objects.values_list("cost_microusd", flat=True))
