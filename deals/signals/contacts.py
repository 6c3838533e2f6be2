"""Which activities are contacts with the buying side, and which part a role's name means."""

import re
from collections.abc import Iterable

from deals.signals.case import Part

KINDS = frozenset({"email", "call", "meeting", "message"})
# A message to a crowd is a newsletter.
MOST_PEOPLE = 15
_AUTOMATIC = re.compile(
    r"^\W*(automatic reply|auto.?reply|out of (the )?office|abwesen|automatische antwort|réponse automatique"
    r"|undeliverable|delivery (status|failure)|mail delivery|returned mail|read:|accepted:|declined:|tentative:"
    r"|zugesagt:|abgelehnt:|invitation:|updated invitation|cancel+ed:|not read:)",
    re.I,
)
_NOT_HELD = re.compile(r"cancel|no.?show|declin|postpon|reschedul|abgesagt|bounced|failed|draft", re.I)
_UNREACHED = re.compile(
    r"no.?answer|unanswered|voice.?mail|busy|left.*message|missed|nicht erreicht|wrong number", re.I
)
_BUYER = re.compile(r"economic|budget|decision.?maker|signat|entscheider", re.I)
_CHAMPION = re.compile(r"champion|coach|advocate|fürsprecher", re.I)
_SENIOR = re.compile(
    r"\b(ceo|cfo|coo|cio|cto|chief|owner|founder|president|managing director|geschäftsführ\w*|inhaber\w*|director"
    r"|vp|vice president|partner|head of (finance|procurement|purchasing))\b",
    re.I,
)


def is_contact(kind: str, subject: str, status: str, people: int) -> bool:
    """Whether an activity counts: between us and them, held, from a person, to fewer than a crowd."""
    return kind in KINDS and people <= MOST_PEOPLE and not _AUTOMATIC.match(subject) and not _NOT_HELD.search(status)


def is_reached(kind: str, status: str) -> bool:
    """Whether somebody took a call; every other kind reaches."""
    return kind != "call" or not _UNREACHED.search(status)


def parts_of(roles: Iterable[str]) -> tuple[Part, ...]:
    """The parts that role names mean, champion first; "Executive sponsor" is neither."""
    found = set()
    for role in roles:
        if _CHAMPION.search(role) and "executive" not in role.casefold():
            found.add(Part.CHAMPION)
        if _BUYER.search(role):
            found.add(Part.ECONOMIC_BUYER)
    return tuple(part for part in (Part.CHAMPION, Part.ECONOMIC_BUYER) if part in found)


def is_senior(title: str) -> bool:
    """Whether a title is one of those that usually sign; a guess, never a proof."""
    return bool(_SENIOR.search(title))
