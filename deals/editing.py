"""Values that a person enters: held against every import until they are released, each change on record."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from deals import deal_values
from deals.accounts import values as account_values
from deals.contacts import values as contact_values
from deals.models import Account, Colleague, Contact, Deal, Entity, FieldChange
from deals.provenance import READ_FROM, holders, linked_records
from deals.signals.replay import write_role

RECOMPUTE: Mapping[type[Entity], Callable[[Collection[int], datetime], None]] = {
    Account: account_values.recompute,
    Contact: contact_values.recompute,
    Deal: deal_values.recompute,
}


def hold(model: type[Entity], pk: int, values: Mapping[str, Any], *, by: User, now: datetime) -> list[FieldChange]:
    """Enter `values` (field → value in the field's type) as held by a person.

    Returns the changes recorded, of these fields and of what follows from them. Raises `model.DoesNotExist`.
    """
    with transaction.atomic():
        entity = model.objects.select_for_update().get(pk=pk)
        mark = {"by": by.get_full_name() or by.get_username(), "at": now.isoformat()}
        entity.held |= {name: {"value": _plain(value), **mark} for name, value in values.items()}
        return _recompute(entity, values, by, now)


def release(model: type[Entity], pk: int, name: str, *, by: User, now: datetime) -> list[FieldChange]:
    """Give the field `name` back to the records, wherever it was entered. Raises `model.DoesNotExist`."""
    with transaction.atomic():
        entity = model.objects.select_for_update().get(pk=pk)
        for holder in holders(entity, linked_records(entity))[1:]:
            holder.held.pop(name, None)
            holder.save(update_fields=["held"])
        entity.held.pop(name, None)
        return _recompute(entity, [name], by, now)


def note_roles(
    deal: Deal,
    before: Collection[tuple[int, str]],
    after: Collection[tuple[int, str]],
    *,
    by: User | None,
    now: datetime,
) -> None:
    """Put on record which people got or lost a part in the deal: (contact id, role) before and after."""
    gone, come = set(before) - set(after), set(after) - set(before)
    FieldChange.objects.bulk_create(
        FieldChange(deal=deal, field="role", old=old, new=new, happened_at=now, recorded_at=now, by=by)
        for old, new in [
            *((write_role(*role), "") for role in sorted(gone)),
            *(("", write_role(*role)) for role in sorted(come)),
        ]
    )


def _recompute(entity: Entity, names: Collection[str], by: User, now: datetime) -> list[FieldChange]:
    """Bring the entity up to date and note what became of these fields and of those read from them."""
    model = type(entity)
    follow = {name for name, read in READ_FROM.items() if not set(read).isdisjoint(names)}
    before = _snapshot(entity)
    entity.save(update_fields=["held", "updated_at"])
    RECOMPUTE[model]([entity.pk], now)
    after = _snapshot(model.objects.get(pk=entity.pk))
    return FieldChange.objects.bulk_create(
        FieldChange(
            **{str(model._meta.model_name): entity},
            field=name,
            old=before[name],
            new=after[name],
            happened_at=now,
            recorded_at=now,
            by=by,
        )
        for name in before
        if before[name] != after[name] and (name in names or name in follow)
    )


def _snapshot(entity: Entity) -> dict[str, str]:
    return {name: _text(getattr(entity, name)) for name in ("owner", *entity.COMPUTED)}


def _plain(value: Any) -> Any:
    """`value` as JSON keeps it: a colleague by address or name, as in files; dates in ISO form, amounts as digits."""
    if isinstance(value, Colleague):
        return value.email or value.name
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _text(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)
