"""Is this imported person one we know?"""

from pathlib import Path

from deals.contacts.case import ASKED, alias_key, corroborated, identify, prepare
from deals.contacts.near import SAMPLES, keys
from deals.contacts.records import KIND, link_records, load_cases, moved_since, present
from deals.traits import of_link
from deals.wording import CORRECTIONS, REASONS
from governance.questions import Tier
from pipeline.layers import Aliases, Ask, MatchWeight, SharedIdentifiers
from pipeline.pipeline import Growth, Pipeline

NAME = "match-contacts"
_PROMPT = (Path(__file__).parent / "same_person.txt").read_text(encoding="utf-8")

match_contacts = Pipeline(
    name=NAME,
    title="Find the same people",
    subject="deals.Contact",
    question="Is this imported person one we know?",
    answers=("same", "new", "unsure"),
    load=load_cases,
    prepare=prepare,
    layers=(
        SharedIdentifiers(identify=identify, sole=frozenset({"same_name_at_domain"})),
        Aliases(key=alias_key),
        MatchWeight(corroborated=corroborated),
        Ask(tier=Tier.LIGHT, prompt=_PROMPT, task=NAME, fields=ASKED),
        Ask(tier=Tier.STRONG, prompt=_PROMPT, task=NAME, fields=ASKED),
    ),
    after=("match-accounts",),
    present=present,
    growth=Growth(kind=KIND, keys=keys, moved=moved_since, samples=SAMPLES),
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
