"""Reason codes of qualification in words, and why a person may grade otherwise."""

from collections.abc import Mapping

from leads.qualification.disqualifiers import WORDS
from pipeline.matching import guards

REASONS: Mapping[str, str] = {
    "same_email": "The same e-mail address.",
    "same_profile": "The same profile address.",
    "same_name_at_domain": "The same name at the same company domain.",
    "points": "The points are clear: nothing still unknown would change the grade to one that matters.",
    "learned": "Rules learned from outcomes, which a person accepted, change its grade.",
    "provisional_points": "Graded by what is known; much is not.",
    "soft": "Something speaks against it, so that it gets a C at most.",
    "provisional": "Too little is known to grade it, and it could be a good one.",
    "read": "A model read the title or the notes.",
    "joined_by_hand": "A person joined the two.",
    "kept_apart": "A person said that these are two people.",
    **{f"out:{code}": words for code, words in WORDS.items()},
    **{f"guard:{code}": words for code, words in guards.WORDS.items()},
    "guard:bridging": "It would join two leads that each stand for several records already.",
}

CORRECTIONS: Mapping[str, str] = {
    "knows_company": "I know the company",
    "knows_person": "I know the person",
    "looked_up": "I looked it up",
    "wrong_data": "The data is wrong",
    "other_business": "Other part of the business",
}
