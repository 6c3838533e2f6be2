"""Takes back an answer: what held before holds again, and the question is open as it was."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from pipeline import registry
from pipeline.models import Answer, Decision, Review

from . import acts
from .errors import CannotUndo


def undo(answer: Answer, by: User, now: datetime) -> Decision | None:
    """The decision that holds again (its question is open again where it was); None where none had been changed.

    Raises CannotUndo with a sentence where the answer was taken back already or something was decided since.
    """
    with transaction.atomic():
        if not Answer.objects.filter(pk=answer.pk, withdrawn_at=None).update(withdrawn_at=now):
            raise CannotUndo("This was taken back already.")
        if answer.decision_id is not None:
            return take_back(answer.decision_id, by, now)
        if answer.review is None:
            raise CannotUndo("This goes with another answer; take that one back.")
        Review.objects.filter(pk=answer.review.pk, closed_at=None).update(skipped_at=None)
        return None


def take_back(decision_id: int, by: User, now: datetime) -> Decision:
    """Take back the whole act a person's decision belongs to; raises CannotUndo."""
    decision = Decision.objects.select_related("subject", "by").get(pk=decision_id)
    pipeline = registry.get(decision.subject.pipeline)
    try:
        with transaction.atomic():
            return acts.take_back(decision, pipeline=pipeline, by=by, now=now)
    except IntegrityError as error:
        raise CannotUndo("Somebody decided about this record at the same moment; look again.") from error
