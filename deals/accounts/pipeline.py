"""Is this imported company one we know?"""

from pathlib import Path

from deals.accounts.case import ASKED, alias_key, identify, prepare
from deals.accounts.near import keys
from deals.accounts.records import KIND, link_records, load_cases, present
from deals.traits import of_link
from deals.wording import CORRECTIONS, REASONS
from governance.questions import Tier
from pipeline.layers import Aliases, Ask, MatchWeight, SharedIdentifiers
from pipeline.pipeline import Growth, Pipeline

NAME = "match-accounts"
_PROMPT = (Path(__file__).parent / "same_company.txt").read_text(encoding="utf-8")

match_accounts = Pipeline(
    name=NAME,
    title="Find the same companies",
    subject="deals.Account",
    question="Is this imported company one we know?",
    answers=("same", "new", "unsure"),
    load=load_cases,
    prepare=prepare,
    layers=(
        SharedIdentifiers(identify=identify),
        Aliases(key=alias_key),
        MatchWeight(),
        Ask(tier=Tier.LIGHT, prompt=_PROMPT, task=NAME, fields=ASKED),
        Ask(tier=Tier.STRONG, prompt=_PROMPT, task=NAME, fields=ASKED),
    ),
    present=present,
    growth=Growth(kind=KIND, keys=keys),
    apply=link_records,
    reasons=REASONS,
    corrections=CORRECTIONS,
    traits=of_link,
    thresholds={
        ("ask-light", "same"): 0.95,
        ("ask-light", "new"): 0.95,
        ("ask-strong", "same"): 0.9,
        ("ask-strong", "new"): 0.9,
    },
)
