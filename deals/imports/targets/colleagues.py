"""Imported users of a CRM: our own people, one colleague per address or name."""

from collections.abc import Mapping, Sequence
from typing import Any

from deals.imports.fields import COLLEAGUE
from deals.models import Account, AccountLink, Activity, Colleague, Contact, ContactLink, Deal, DealLink
from deals.models.owners import Owners, named
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch


def write(staged: Sequence[Staged]) -> None:
    owners = Owners.load()
    for entry in staged:
        values = entry.record.values
        known = owners.find(entry.record.source_id, entry.record.key) or _by_text(owners, values)
        colleague = Colleague.objects.get(pk=known) if known else Colleague()
        _fill(colleague, values)
        colleague.save()
        colleague.records.add(entry.record)
        owners.know(colleague.pk, colleague.name, colleague.email)


def _by_text(owners: Owners, values: Mapping[str, Any]) -> int | None:
    return owners.find(0, values.get("email")) or owners.find(0, values.get("name"))


def _fill(colleague: Colleague, values: Mapping[str, Any]) -> None:
    """What the file says; what it leaves out stays."""
    email = values.get("email") or colleague.email
    colleague.name = (named(values.get("name") or "") or colleague.name or email)[:160]
    colleague.email = email[:254]
    colleague.manager = (values.get("manager") or colleague.manager)[:160]
    colleague.region = (values.get("region") or colleague.region)[:80]
    colleague.is_active = values.get("is_active", colleague.is_active) is not False


def settle(batch: Batch) -> None:
    """Owners that files gave as ids before the file that explains them."""
    owners = Owners.load()
    for model, link, field in (
        (Account, AccountLink, "account"),
        (Contact, ContactLink, "contact"),
        (Deal, DealLink, "deal"),
    ):
        rows = link.objects.filter(**{f"{field}__owner": None}, closed_at=None, record__values__has_key="owner")
        for entity, source, values in rows.values_list(f"{field}_id", "record__source_id", "record__values"):
            if owner := owners.find(source, values["owner"]):
                model.objects.filter(pk=entity).update(owner=owner)
    waiting = Activity.objects.filter(owner=None, record__values__has_key="owner")
    for pk, source, values in waiting.values_list("id", "record__source_id", "record__values"):
        if owner := owners.find(source, values["owner"]):
            Activity.objects.filter(pk=pk).update(owner=owner)


COLLEAGUES = Target(
    kind="colleague",
    label="Colleague",
    label_plural="Colleagues",
    order=10,
    fields=COLLEAGUE,
    write=write,
    settle=settle,
)
