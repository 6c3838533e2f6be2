"""/healthz: does the database answer, and does somebody take tasks from the queue? No login, no secrets."""

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.models import OrmQ

log = logging.getLogger(__name__)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with status "ok" or "late" (tasks wait too long: no worker runs), 503 where the database fails."""
    try:
        waiting = _waiting_tasks()
    except DatabaseError:
        log.exception("The health check could not read the database")
        return JsonResponse({"status": "failed", "database": "failed"}, status=503)
    is_late = waiting["oldest_s"] > settings.QUEUE_LATE_S
    return JsonResponse({"status": "late" if is_late else "ok", "database": "ok", "queue": waiting})


def _waiting_tasks() -> dict[str, Any]:
    # A task in a worker's hands has its lock in the future (when it would be handed out again).
    now = timezone.now()
    found = OrmQ.objects.filter(lock__lte=now).aggregate(tasks=Count("id"), oldest=Min("lock"))
    age = (now - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return {"waiting": found["tasks"], "oldest_s": round(age, 1)}
