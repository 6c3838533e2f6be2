"""An open deal with people, an account and things that happened, as a sample's files would have left it."""

from django.utils import timezone

from deals.models import Activity, DealRole, Participant
from deals.signals.finding import Finding, Severity, State
from governance.practice import ensure_practice_setup
from pipeline import tasks
from pipeline.models import Decision, Subject
from pipeline.runner import start
from tests.deals.factories import (
    later,
    make_account,
    make_colleague,
    make_contact,
    make_deal,
    make_file,
    make_record,
    make_source,
)

NOTE = "Ada wants a security review before June. Procurement asks for 12 percent discount. Ada is our champion here."


def make_world(texts=(NOTE,), severity=Severity.AMBER, **fields):
    """The deal; a signal of this severity fired (None: it was never assessed)."""
    source = make_source(name="Sample CRM")
    source.is_sample = True
    source.save(update_fields=["is_sample"])
    file = make_file("deals.csv", source=source)
    account = make_account("Brightwater Foods", key="A1", file=file, line=2)
    ada = make_contact(
        "Ada", "Okafor", "ada@brightwater.example", key="C1", file=file, line=3, title="COO", account=account
    )
    values = {"stage": "Proposal", "amount": 120_000, "currency": "EUR", "owner": make_colleague(), "account": account}
    deal = make_deal("Cold store extension", key="D1", file=file, line=4, **{**values, **fields})
    DealRole.objects.create(deal=deal, contact=ada, role="Sponsor")
    for number, text in enumerate(texts):
        make_note(deal, text, file, line=10 + number, people=[ada])
    if severity is not None:
        assess(deal, severity)
    return deal


def make_note(deal, text, file=None, line=10, people=()):
    file = file or deal.links.first().record.row.file
    record = make_record("activity", f"N{line}", file, line, body=text)
    note = Activity.objects.create(
        kind="note", body=text, happened_at=later(-line), recorded_at=later(0), deal=deal, record=record
    )
    Participant.objects.bulk_create(Participant(activity=note, contact=one) for one in people)
    return note


def assess(deal, severity):
    """The last assessment of the deal: its close date passed, or nothing is wrong."""
    fired = Finding(code="S06", state=State.FIRED, severity=severity, sentence="The close date has passed.")
    subject = Subject.objects.get_or_create(pipeline="assess-deals", object_id=deal.pk)[0]
    subject.decision = Decision.objects.create(
        subject=subject,
        label="watch",
        layer="signals",
        reason="S06",
        created_at=timezone.now(),
        evidence={"findings": [fired.to_json()] if severity else []},
    )
    subject.save()


def use_practice(endpoint):
    ensure_practice_setup(endpoint.server_port, ("brief-deals",))


def run():
    started = start.start("brief-deals")
    tasks.drain()
    started.refresh_from_db()
    assert started.state == "finished"
    return started


def decision_of(deal):
    return Subject.objects.get(pipeline="brief-deals", object_id=deal.pk).decision
