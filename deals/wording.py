"""Reason codes of matching in words, and the reasons a person may give for a correction."""

from collections.abc import Mapping

from pipeline.matching import guards

ASKED = {
    "timeout": "The model did not answer in time.",
    "failed": "The model's provider reported an error.",
    "refused": "The model declined to answer.",
    "malformed": "The model's answer was not usable.",
    "unaffordable": "The month's budget does not cover the question.",
    "blocked": "The plan does not allow asking a model.",
    "unavailable": "No language model is ready to be asked.",
    "interrupted": "The work was interrupted before a model could be asked.",
}

REASONS: Mapping[str, str] = {
    "same_email": "The same e-mail address.",
    "same_profile": "The same profile address.",
    "same_name_at_domain": "The same name at the same company domain.",
    "same_name_and_domain": "The same company name and the same domain.",
    "same_name": "The same company name; nothing else contradicts it.",
    "alias": "People said so twice in the same words.",
    "weight": "The fields together leave no reasonable doubt.",
    "no_candidate": "Nothing in the records resembles it.",
    "all_unlikely": "The nearest records differ too much.",
    "model_same": "A model found the fields to name the same one.",
    "model_different": "A model found none of the candidates to be the same.",
    "model_unsure": "A model could not tell.",
    "models_unsure": "The models could not tell.",
    "below_threshold": "The evidence is not strong enough to decide without a person.",
    "person": "A person decided.",
    "guard:bridging": "It would join two entries that each stand for several records already.",
    **{f"guard:{code}": words for code, words in guards.WORDS.items()},
    **{f"ask:{code}": words for code, words in ASKED.items()},
}

CORRECTIONS: Mapping[str, str] = {
    "namesake": "Different one with the same or a similar name",
    "colleague": "Colleagues or related companies",
    "moved": "Moved on: the old record is out of date",
    "wrong_data": "The data in one record is wrong",
    "shared_address": "Shared address, phone or mailbox",
    "known": "I know them",
}
