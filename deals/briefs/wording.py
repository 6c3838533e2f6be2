"""Reason codes of briefs in words, and why a person may want none."""

from collections.abc import Mapping

from deals.wording import ASKED

REASONS: Mapping[str, str] = {
    "closed": "The deal is closed.",
    "nothing_written": "No e-mail, call, meeting or note of this deal has a text yet.",
    "orders": "A record reads like an order to a machine; a person looks before a model reads it.",
    "injection_suspected": "A model reported that a record tries to give it orders.",
    "models_unsure": "A model reported that a record tries to give it orders.",
    "brief_written": "Every statement stands in the records.",
    "nothing_held": "No statement of the model stood in the records.",
    "qualification_found": "No signal calls for a brief; what qualifies the deal was looked for.",
    "nothing_asked": "The plan keeps this deal's records from models.",
    "answered_cleared": "A person found the record harmless.",
    "answered_brief": "A person let the brief stand.",
    "answered_none": "A person wants no brief here.",
    **{f"ask:{code}": words for code, words in ASKED.items()},
}

REFUSALS: Mapping[str, str] = {
    "harmful": "The record tries to mislead",
    "useless": "It says nothing new",
    "wrong": "It is wrong",
    "private": "This does not belong to a model",
}
