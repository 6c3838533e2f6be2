"""An account's values from its records, and what moves along when a record of it does."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import OuterRef, Subquery

from deals.models import Account, AccountDomain, AccountLink, Activity, Contact, Deal
from deals.models.owners import Owners
from pipeline.entity_values import refresh
from pipeline.models import Record
from pipeline.survivorship import Chosen


def recompute(account_ids: Collection[int], now: datetime) -> None:
    """Refresh the accounts' values and the domains they are known by."""
    owners = Owners.load()

    def complete(account: Account, chosen: Mapping[str, Chosen]) -> None:
        account.owner_id = owners.of(chosen.get("owner"))

    refresh(Account, AccountLink, "account", account_ids, complete, now)
    refresh_domains(account_ids)


def refresh_domains(account_ids: Collection[int]) -> None:
    AccountDomain.objects.filter(account__in=list(account_ids)).delete()
    links = AccountLink.objects.filter(account__in=list(account_ids), closed_at=None)
    said = {(account, values.get("domain")) for account, values in links.values_list("account_id", "record__values")}
    AccountDomain.objects.bulk_create(
        AccountDomain(account_id=account, domain=domain[:255]) for account, domain in sorted(said, key=str) if domain
    )


def repoint(record_ids: Collection[int]) -> None:
    """Contacts, deals and activities follow the account record they name."""
    now_at = AccountLink.objects.filter(record=OuterRef("account_record"), closed_at=None).values("account")[:1]
    for model in (Contact, Deal, Activity):
        model.objects.filter(account_record__in=list(record_ids)).update(account=Subquery(now_at))  # type: ignore[attr-defined]


def set_parents(records: Collection[Record]) -> None:
    """Point subsidiaries at their parents, where the parent's id is known in the same source."""
    named = {
        record.pk: (record.source_id, record.values["parent_key"])
        for record in records
        if record.values.get("parent_key")
    }
    if not named:
        return
    parents = {
        (source, key): account
        for source, key, account in AccountLink.objects.filter(
            record__key__in={key for _, key in named.values()}, closed_at=None
        ).values_list("record__source_id", "record__key", "account_id")
    }
    links = AccountLink.objects.filter(record__in=list(named), closed_at=None)
    children = dict(links.values_list("record_id", "account_id"))
    for record, place in named.items():
        parent, child = parents.get(place), children.get(record)
        if parent and child and parent != child:
            Account.objects.filter(pk=child).update(parent=parent)
