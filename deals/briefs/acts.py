"""What people do with briefs: accept or refuse a suggestion, mark or correct a sentence, and take it back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from deals.models import DealRole, Qualification, Sentence, SentenceMark, Suggestion

LONGEST_CORRECTION = 200
# Elements that are a person's part in the deal.
_ROLES = {"champion": "Champion", "economic_buyer": "Economic buyer"}


class NotTaken(Exception):
    """The act came too late or does not fit; the message says which."""


def accept(suggestion: Suggestion, *, by: User, now: datetime) -> Qualification:
    """Enter what was suggested as this person's own word: quoted from the customer, and a part where it names one.

    Raises NotTaken where somebody answered before.
    """
    with transaction.atomic():
        _answer(suggestion, Suggestion.State.ACCEPTED, by, now)
        return Qualification.objects.create(
            deal_id=suggestion.deal_id,
            element=suggestion.element,
            value=suggestion.value,
            quote=suggestion.quote,
            evidence=suggestion.evidence,
            level=Qualification.Level.QUOTED,
            suggestion=suggestion,
            role=_role(suggestion),
            by=by,
            created_at=now,
        )


def refuse(suggestion: Suggestion, *, by: User, now: datetime) -> None:
    """Put a suggestion aside for good: the same thing is not proposed again. Raises NotTaken."""
    _answer(suggestion, Suggestion.State.REFUSED, by, now)


def reopen(suggestion: Suggestion, *, now: datetime) -> None:
    """Take an answer back, with all that it entered. Raises NotTaken where there is none."""
    with transaction.atomic():
        answered = Suggestion.objects.filter(pk=suggestion.pk).exclude(state=Suggestion.State.OPEN)
        if not answered.update(state=Suggestion.State.OPEN, by=None, answered_at=None):
            raise NotTaken("This suggestion is open already.")
        entered = Qualification.objects.filter(suggestion=suggestion, withdrawn_at=None)
        DealRole.objects.filter(pk__in=entered.exclude(role=None).values("role")).delete()
        entered.update(withdrawn_at=now)


def mark(sentence: Sentence, mark: str, *, by: User, correction: str = "", now: datetime) -> SentenceMark:
    """Say that a sentence is useful, generic or wrong, with what is right; the person's earlier mark gives way.

    Raises NotTaken for an unknown mark, and for a correction that is too long or of a sentence that is not wrong.
    """
    correction = " ".join(correction.split())
    if mark not in SentenceMark.Mark.values:
        raise NotTaken(f"“{mark}” is no mark; a sentence is useful, generic or wrong.")
    if len(correction) > LONGEST_CORRECTION:
        raise NotTaken(f"The correction has {len(correction)} characters; at most {LONGEST_CORRECTION} are kept.")
    if correction and mark != SentenceMark.Mark.WRONG:
        raise NotTaken("Only a sentence that is wrong can be corrected.")
    with transaction.atomic():
        unmark(sentence, by=by, now=now)
        return SentenceMark.objects.create(sentence=sentence, by=by, mark=mark, correction=correction, created_at=now)


def unmark(sentence: Sentence, *, by: User, now: datetime) -> None:
    """Take this person's mark back."""
    SentenceMark.objects.filter(sentence=sentence, by=by, withdrawn_at=None).update(withdrawn_at=now)


def _answer(suggestion: Suggestion, state: str, by: User, now: datetime) -> None:
    is_open = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.OPEN)
    if not is_open.update(state=state, by=by, answered_at=now):
        raise NotTaken("Somebody answered this suggestion before you.")


def _role(suggestion: Suggestion) -> DealRole | None:
    """The part a person plays by it; None where it names no contact, or where somebody entered the part before."""
    name = _ROLES.get(suggestion.element)
    if name is None or suggestion.contact_id is None:
        return None
    known = DealRole.objects.filter(deal=suggestion.deal_id, contact=suggestion.contact_id, role__iexact=name)
    if known.filter(is_confirmed=True).exists():
        return None
    return DealRole.objects.create(
        deal_id=suggestion.deal_id, contact_id=suggestion.contact_id, role=name, is_confirmed=True
    )
