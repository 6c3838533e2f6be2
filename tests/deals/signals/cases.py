"""A sound deal in its proposal stage, told shortly, and ways to change one thing about it."""

from dataclasses import replace
from datetime import date, timedelta

from deals.signals.case import Change, DealCase, Part, Peers, Person, Touch
from deals.signals.judging import assess
from deals.signals.registry import BY_CODE
from deals.signals.settings import Settings
from deals.signals.stages import Phase, Stages

TODAY = date(2026, 3, 31)
STAGES = Stages(
    names=("Contacted", "Discovery", "Proposal", "Negotiation"),
    phases={
        "Contacted": Phase.EARLY,
        "Discovery": Phase.DISCOVERY,
        "Proposal": Phase.PROPOSAL,
        "Negotiation": Phase.NEGOTIATION,
    },
)
ADA = Person(
    contact_id=1,
    name="Ada Okafor",
    title="Head of Logistics",
    parts=(Part.CHAMPION,),
    role_ids=(11,),
    is_named=True,
    email_domain="brightwater.example",
    account_id=5,
)
TOM = Person(
    contact_id=2,
    name="Tom Reyes",
    title="Finance Director",
    parts=(Part.ECONOMIC_BUYER,),
    role_ids=(12,),
    is_named=True,
    is_senior=True,
    email_domain="brightwater.example",
    account_id=5,
)


def ago(days):
    return TODAY - timedelta(days=days)


def ahead(days):
    return TODAY + timedelta(days=days)


def touch(days_ago, kind="email", direction="in", people=(1,), pk=None, subject=""):
    return Touch(
        activity_id=pk or 1000 - days_ago,
        on=ago(days_ago),
        kind=kind,
        direction="" if kind in ("meeting", "call") else direction,
        people=people,
        subject=subject,
    )


def sent(*days_ago, **more):
    return tuple(touch(one, direction="out", **more) for one in days_ago)


def got(*days_ago, **more):
    return tuple(touch(one, direction="in", **more) for one in days_ago)


def met(*days_ago, people=(1, 2)):
    return tuple(touch(one, kind="meeting", people=people) for one in days_ago)


def in_order(*groups):
    return tuple(sorted((one for group in groups for one in group), key=lambda one: one.on))


def change(days_ago, field, old, new, pk=None):
    return Change(change_id=pk or 500 - days_ago, on=ago(days_ago), field=field, old=str(old), new=str(new))


HISTORY_FIELDS = ("stage", "amount", "close_date", "next_step", "owner")
SOUND = DealCase(
    deal_id=7,
    as_of=TODAY,
    name="Cold store extension",
    stage="Proposal",
    pipeline="Sales",
    amount=50_000,
    currency="EUR",
    base_amount=50_000,
    close_date=ahead(60),
    created_on=ago(50),
    next_step="Send the plan to Ada",
    forecast_category="Pipeline",
    probability=0.5,
    owner_id=3,
    owner="Marta Quist",
    account_id=5,
    account="Brightwater Foods",
    account_domains=frozenset({"brightwater.example"}),
    history=(change(30, "stage", "Contacted", "Discovery"), change(10, "stage", "Discovery", "Proposal")),
    history_since=dict.fromkeys(HISTORY_FIELDS, ago(50)),
    touches=in_order(sent(20, 9), got(18, 3), met(12)),
    planned=(Touch(activity_id=99, on=ahead(20), kind="meeting", people=(1,)),),
    people=(ADA, TOM),
    qualification=dict.fromkeys(
        (
            "metrics", "economic_buyer", "decision_criteria", "decision_process", "paper_process", "pain", "champion",
            "competition",
        ), "confirmed",
    ),
    competitor="",
    stages=STAGES,
    peers=Peers(won=20, cycle_days=86, large_amount=80_000),
)  # fmt: skip


def deal(**changes):
    """The sound deal with these fields instead."""
    return replace(SOUND, **changes)


def judged(code, case, settings=None, **limits):
    """What one signal says of the case, it alone being on."""
    settings = settings or Settings(small_below=0, limits={code: limits} if limits else {})
    return assess(case, replace(settings, enabled=frozenset({code}))).findings[0]


def weight(code):
    return BY_CODE[code].weight
