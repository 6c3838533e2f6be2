"""Entry points for background jobs: closing what dead workers left, alerts, deleting words that have had their time."""

from django.utils import timezone

from governance import alerts, budgets
from governance.models import Exchange

_ROWS_AT_A_TIME = 1_000


def sweep() -> int:
    """Close attempts whose lease has ended at their worst case, shown as estimated. Returns how many."""
    return budgets.sweep(timezone.now())


def watch_budgets() -> int:
    """Raise alerts about the month's limits that are due. Returns how many."""
    return alerts.watch(timezone.now())


def send_alerts() -> int:
    """E-mail the alerts that nobody was told of yet. Returns how many went out."""
    return alerts.deliver(timezone.now())


def purge_exchanges() -> int:
    """Delete prompts and answers whose retention has ended; the ledger's figures stay. Returns how many."""
    deleted = 0
    while keys := list(
        Exchange.objects.filter(purge_after__lt=timezone.now()).values_list("pk", flat=True)[:_ROWS_AT_A_TIME]
    ):
        deleted += Exchange.objects.filter(pk__in=keys).delete()[0]
    return deleted
