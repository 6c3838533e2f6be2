"""What does the owner of this deal have to know that its numbers don't say?"""

from pathlib import Path

from deals.briefs.case import prepare
from deals.briefs.finding import FindQualification
from deals.briefs.marks import outcome_of_run
from deals.briefs.presenting import present
from deals.briefs.records import NAME, load_cases, store
from deals.briefs.rules import ABSENT, FactsAlone, NoneNeeded, Orders
from deals.briefs.traits import at_stake, of_brief
from deals.briefs.wording import REASONS, REFUSALS
from deals.briefs.writing import WriteBrief
from pipeline.pipeline import Pipeline

_HERE = Path(__file__).parent

brief_deals = Pipeline(
    name=NAME,
    title="Write briefs of deals",
    subject="deals.Deal",
    question="What does the owner of this deal have to know?",
    answers=("brief", "found", "none", "cleared", "unsure"),
    load=load_cases,
    prepare=prepare,
    layers=(
        NoneNeeded(),            # closed, or nothing was written about it
        Orders(),                # a record that speaks to a machine: a person looks first
        FactsAlone(),            # what stands where no model answers
        FindQualification(prompt=(_HERE / "qualification.txt").read_text(encoding="utf-8")),
        WriteBrief(prompt=(_HERE / "brief.txt").read_text(encoding="utf-8")),
    ),
    after=("assess-deals",),
    fallback=(FactsAlone().name, ABSENT),
    is_answer_final=False,
    present=present,
    apply=store,
    reasons=REASONS,
    corrections=REFUSALS,
    # What does not hold was dropped before; how much of it may be is for the plan to say.
    thresholds={("write-brief", "brief"): 0.0, ("find-qualification", "found"): 0.5},
    action="suggest",
    traits=of_brief,
    amount=at_stake,
    outcome=outcome_of_run,
)  # fmt: skip
