"""What sales does with a lead: accept it, hand it back, give it on, set a reason aside, say who is not the same."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from deals.models import Colleague
from governance.models import Organisation
from leads import profile_versions
from leads.models import Lead, LeadLink, Lift, Rejection
from leads.qualification.disqualifiers import RULES
from leads.qualification.records import NAME
from leads.routing import REJECTIONS, due, handling
from pipeline import registry
from pipeline.models import PairFact, Subject
from pipeline.runner import decide

_LIFTABLE = {rule.code: rule.who for rule in RULES if rule.who != "nobody"}
_OPEN = (Lead.Status.OWNER, Lead.Status.PATH, Lead.Status.REVIEW, Lead.Status.NURTURE, Lead.Status.NONE)


class NotDone(Exception):
    """Why something could not be done, in one sentence."""


def accept(lead: Lead) -> None:
    """The owner takes it on. Raises NotDone where somebody settled it meanwhile."""
    _move(lead, _OPEN, status=Lead.Status.ACCEPTED, due_at=None)


def reject(lead: Lead, reason: str, *, by: User, now: datetime, note: str = "") -> Rejection:
    """Hand it back with one of the eight reasons. Raises NotDone."""
    if reason not in REJECTIONS:
        raise NotDone("Choose one of the eight reasons.")
    former = lead.status
    with transaction.atomic():
        _move(lead, (*_OPEN, Lead.Status.ACCEPTED), status=Lead.Status.REJECTED, due_at=None)
        return Rejection.objects.create(
            lead=lead, reason=reason, note=note.strip()[:200], grade=lead.grade, band=lead.band, former_status=former,
            by=by, created_at=now,
        )  # fmt: skip


def reopen(lead: Lead, *, now: datetime) -> None:
    """Take an acceptance or a rejection back: the lead stands as it did before, its clock begins anew. Raises
    NotDone."""
    with transaction.atomic():
        rejection = Rejection.objects.filter(lead=lead, withdrawn_at=None).first()
        former = rejection.former_status if rejection else Lead.Status.OWNER if lead.owner_id else Lead.Status.NURTURE
        _move(lead, (Lead.Status.ACCEPTED, Lead.Status.REJECTED), status=former,
              due_at=_deadline(lead, now) if former in (Lead.Status.OWNER, Lead.Status.PATH) else None)  # fmt: skip
        Rejection.objects.filter(lead=lead, withdrawn_at=None).update(withdrawn_at=now)


def give(lead: Lead, colleague: Colleague, *, by: User) -> None:
    """Hand it to a colleague; it is theirs from now on. Raises NotDone."""
    status = lead.status if lead.status == Lead.Status.ACCEPTED else Lead.Status.OWNER
    why = f"given by {by.get_full_name() or by.get_username()}"
    _move(lead, (*_OPEN, Lead.Status.ACCEPTED), status=status, owner=colleague, owner_why=why[:80])


def set_aside(lead: Lead, code: str, *, by: User, now: datetime, until: date | None = None, note: str = "") -> Lift:
    """A reason against the lead does not count, for a while or for good; the lead is judged again at the next run.

    Raises NotDone where nobody may set it aside, or somebody did.
    """
    if code not in _LIFTABLE:
        raise NotDone("This reason can't be set aside.")
    try:
        with transaction.atomic():
            return Lift.objects.create(lead=lead, code=code, by=by, note=note.strip()[:200], created_at=now,
                                       until=until)  # fmt: skip
    except IntegrityError as error:
        raise NotDone("This reason is set aside already.") from error


def keep_apart(lead: Lead, other: Lead, *, by: User, now: datetime) -> None:
    """Two leads are two people: never proposed again, parted where they were joined."""
    records = LeadLink.objects.filter(lead__in=[lead, other], closed_at=None).order_by("record")
    of = {one.pk: [link.record_id for link in records if link.lead_id == one.pk] for one in (lead, other)}
    with transaction.atomic():
        PairFact.objects.bulk_create(
            [
                PairFact(kind="lead", low_id=min(a, b), high_id=max(a, b), created_at=now)
                for a in of[lead.pk]
                for b in of[other.pk]
            ],
            ignore_conflicts=True,
        )
        Lead.objects.filter(pk__in=[lead.pk, other.pk]).update(twin=None)


def join(lead: Lead, other: Lead, *, by: User, now: datetime) -> Lead:
    """Two leads are one person: the newer record hangs on the older from now on. The lead that stays; or NotDone."""
    links = LeadLink.objects.filter(lead__in=[lead, other], closed_at=None).order_by("record_id")
    oldest = {one.pk: next((link.record_id for link in links if link.lead_id == one.pk), None) for one in (lead, other)}
    first, second = sorted(filter(None, oldest.values()))[:2] if all(oldest.values()) else (None, None)
    if first is None or second is None or first == second:
        raise NotDone("One of the two is no longer there.")
    with transaction.atomic():
        subject, _ = Subject.objects.select_for_update().get_or_create(pipeline=NAME, object_id=second)
        outcome = decide.Outcome(
            subject=subject, label="same", layer="person", reason="joined_by_hand", anchor=first, score=1.0,
            evidence={"together": [second], "withdrew": []},
        )  # fmt: skip
        decide.record([outcome], pipeline=registry.get(NAME), now=now, by=by)
        # What the other knew counts for the one that stays: it is judged again at the next run.
        Subject.objects.filter(pipeline=NAME, object_id=first).update(case_hash="")
    found = LeadLink.objects.select_related("lead").get(record=first, closed_at=None)
    return found.lead


def _deadline(lead: Lead, now: datetime) -> datetime | None:
    profile = profile_versions.current(now)[1]
    hours = handling(lead.grade, lead.band, profile, is_holdout=lead.is_holdout).hours
    return None if hours is None else due(now, hours, Organisation.current().zone)


def _move(lead: Lead, allowed: tuple[str, ...], **changes: object) -> None:
    """One conditional update: of two people who settle a lead at once, the second is told."""
    if not Lead.objects.filter(pk=lead.pk, status__in=allowed, is_current=True).update(**changes):
        lead.refresh_from_db()
        raise NotDone(f"This lead is “{lead.get_status_display()}” by now; nothing was changed.")
    lead.refresh_from_db()
