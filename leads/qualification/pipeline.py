"""Is this lead worth a call?"""

from pathlib import Path

from leads.measures import reply_rate
from leads.qualification.case import complete, prepare
from leads.qualification.layers import FitAndHeat, LearnedRules, RuledOut, SameLead
from leads.qualification.presenting import present
from leads.qualification.reading import LEAST_CONFIDENCE, ReadLead
from leads.qualification.records import NAME, apply, load_cases
from leads.qualification.traits import of_grade
from leads.qualification.wording import CORRECTIONS, REASONS
from pipeline.pipeline import Pipeline

_PROMPT = (Path(__file__).parent / "read_lead.txt").read_text(encoding="utf-8")

qualify_leads = Pipeline(
    name=NAME,
    title="Qualify leads",
    subject="leads.Lead",
    question="Is this lead worth a call?",
    answers=("A", "B", "C", "D", "disqualified", "same", "unsure"),
    load=load_cases,
    prepare=prepare,
    complete=complete,
    layers=(
        SameLead(),
        RuledOut(),
        LearnedRules(),
        FitAndHeat(),
        ReadLead(prompt=_PROMPT, task=NAME),
    ),
    is_dated=True,
    after=("match-accounts", "match-contacts"),
    present=present,
    apply=apply,
    reasons=REASONS,
    corrections=CORRECTIONS,
    traits=of_grade,
    measures={"reply_rate": reply_rate},
    thresholds={("ask-light", grade): LEAST_CONFIDENCE for grade in ("A", "B", "C", "D")},
)
