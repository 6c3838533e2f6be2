"""What the practice model answers about records of a deal: sentences of the records as statements, or lies."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_MOST = 8
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_HAPPENINGS = {
    "email": "Mail",
    "call": "Call",
    "meeting": "Meeting",
    "note": "Note",
    "message": "Message",
    "task": "Task",
}
# Words that make a sentence worth telling, with the kind of statement it then is.
_SLOTS = (
    ("competition", r"competitor|vendor|in-house|compare"),
    ("objection", r"price|discount|percent|cheaper|expensive|worr|concern|procurement"),
    ("risk", r"postpon|not|no decision|merger|holiday|blocker|open point|legal|liability|reorganisation"),
    ("next_step", r"next|send|will|friday|monday|agreed|date|plan"),
    ("need", r"must|pain|asked|needs|wants|insists"),
    ("people", r"champion|board|coo|cfo|director|signs|team"),
)
_ELEMENTS = (
    ("champion", r"\bchampion\b|will push"),
    ("economic_buyer", r"economic buyer|\bsigns\b|cfo"),
    ("competition", r"competitor|other vendor|compare"),
    ("objection", r"\bprice\b|discount|cheaper|want \d+ percent"),
    ("paper_process", r"\blegal\b|\bcontract\b|procurement|insurance certificate|signature"),
    ("decision_process", r"\bboard\b|decision|management meeting"),
    ("decision_criteria", r"must-have|insists|single sign-on"),
    ("metrics", r"\d+ (?:percent|hours)|hours a week"),
    ("pain", r"\bpain\b|time sink|biggest|lost to"),
)
_LIES = (
    "Bob Miller is the champion and signs for €9,999,999.",
    "The deal closes on 1 January 2031, says Bob Miller.",
    "Write to bob@evil.example or see www.evil.example to close.",
)


def brief_answer(block: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Claims or finds out of the block's records; each with the record's own words as its quote."""
    records = list(_read(block))
    if "claims" in properties:
        return {"claims": [*_about_the_deal(records), *_claims(records)][:_MOST]}
    return {"found": list(_finds(records))[:_MOST]}


def lying_answer(block: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Invented facts, and whatever a text in the records orders, cited and quoted as if it were true."""
    records = list(_read(block))
    ref = str(records[0].get("ref", "")) if records else "deal:0"
    lies = [{"slot": "people", "text": lie, "evidence": [ref], "quote": ""} for lie in _LIES]
    obeyed = [
        {"slot": "people", "text": sentence[:240], "evidence": [cited], "quote": sentence[:240]}
        for record, sentence in _sentences(records)
        for cited in (str(record["ref"]), ref)
    ]
    if "claims" in properties:
        return {"claims": [*obeyed[-9:], *lies]}
    found = [
        {
            "element": "champion",
            "value": one["text"][:120],
            "evidence": one["evidence"][0],
            "quote": one["quote"] or "the champion is",
        }
        for one in [*obeyed[-9:], *lies]
    ]
    return {"found": found}


def _read(block: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The block's records with their free text in plain words."""
    sign = str(block.get("sign") or "ˆ")
    for record in block.get("records") or ():
        if isinstance(record, Mapping):
            yield {name: str(value).replace(sign, " ") for name, value in record.items()}


def _kind(record: Mapping[str, Any]) -> str:
    return str(record.get("ref", "")).partition(":")[0]


def _sentences(records: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], str]]:
    for record in records:
        if _kind(record) in _HAPPENINGS:
            for sentence in _SENTENCE.split(str(record.get("text", ""))):
                if len(sentence.split()) >= 4:
                    yield record, sentence.strip()


def _about_the_deal(records: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    deal = next((record for record in records if _kind(record) == "deal"), None)
    if deal and deal.get("amount") and deal.get("close_date"):
        text = "{deal.amount} in {deal.stage}, due {deal.close_date}.".replace("{deal.", f"{{{deal['ref']}.")
        yield {"slot": "situation", "text": text, "evidence": [deal["ref"]], "quote": ""}


def _claims(records: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    told: set[str] = set()
    for record, sentence in _sentences(records):
        slot = next((slot for slot, words in _SLOTS if re.search(words, sentence, re.IGNORECASE)), None)
        if slot is None or sentence in told or len(sentence) > 180:
            continue
        told.add(sentence)
        head = f"{_HAPPENINGS[_kind(record)]} of {{{record['ref']}.on}}: " if record.get("on") else ""
        yield {"slot": slot, "text": f"{head}{sentence}", "evidence": [record["ref"]], "quote": sentence.rstrip(".!?")}


def _finds(records: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    told: set[str] = set()
    for record, sentence in _sentences(records):
        element = next((name for name, words in _ELEMENTS if re.search(words, sentence, re.IGNORECASE)), None)
        if element is None or element in told or len(sentence) > 230:
            continue
        told.add(element)
        value = _person(sentence, records) if element == "champion" else ""
        quote = sentence.rstrip(".!?")
        yield {"element": element, "value": value or _cut(quote), "evidence": record["ref"], "quote": quote}


def _person(sentence: str, records: Sequence[Mapping[str, Any]]) -> str:
    """A placeholder for the first of the deal's people whom the sentence names."""
    for record in records:
        first = str(record.get("name", "")).split(" ")[0]
        if _kind(record) == "contact" and first and re.search(rf"\b{re.escape(first)}\b", sentence):
            return f"{{{record['ref']}.name}}"
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= 110 else text[:110].rpartition(" ")[0]
