"""How healthy is this deal, and what is wrong with it?"""

from deals.signals.assessing import load_cases, present, store
from deals.signals.layer import BANDS, NAME, NOTHING, Signals, prepare
from deals.signals.registry import SIGNALS
from pipeline.pipeline import Pipeline

assess_deals = Pipeline(
    name="assess-deals",
    title="Assess deals",
    subject="deals.Deal",
    question="What is wrong with this deal?",
    answers=BANDS,
    load=load_cases,
    prepare=prepare,
    layers=(Signals(),),
    present=present,
    apply=store,
    reasons={**{signal.code: signal.title for signal in SIGNALS}, NOTHING: "Nothing wrong"},
    thresholds={(NAME, band): 0.0 for band in BANDS},
    after=("match-accounts", "match-contacts"),
    is_dated=True,
)
