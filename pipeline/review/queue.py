"""Which question comes next: the highest stake first, what was put off last."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, F, Q, QuerySet

from pipeline.models import Review

Anyone = User | AnonymousUser


def open_questions(user: Anyone, pipeline: str | None = None) -> QuerySet[Review]:
    """What waits for an answer and `user` may see, in the order in which it is asked; of one pipeline or of all."""
    is_staff = user.is_active and getattr(user, "is_staff", False)
    found = Review.objects.filter(closed_at=None) if is_staff else Review.objects.none()
    if pipeline:
        found = found.filter(pipeline=pipeline)
    return found.order_by(F("skipped_at").asc(nulls_first=True), "-stake", "id")


def next_question(user: Anyone, pipeline: str | None = None, after: Review | None = None) -> Review | None:
    """The first open question, or the first behind `after`; None at the end of the queue."""
    found = open_questions(user, pipeline)
    if after is not None:
        found = found.filter(_behind(after))
    return found.select_related("decision__dossier", "subject").first()


def counts(user: Anyone) -> dict[str, int]:
    """Open questions by pipeline; a pipeline without any is missing."""
    found = open_questions(user).order_by().values("pipeline").annotate(number=Count("id"))
    return {row["pipeline"]: row["number"] for row in found}


def _behind(review: Review) -> Q:
    if review.skipped_at is not None:
        same_moment = Q(skipped_at=review.skipped_at)
        return Q(skipped_at__gt=review.skipped_at) | same_moment & _lower(review)
    return Q(skipped_at__isnull=False) | _lower(review)


def _lower(review: Review) -> Q:
    return Q(stake__lt=review.stake) | Q(stake=review.stake, id__gt=review.id)
