"""What files name by id or by name, found: accounts, contacts and deals of a source, looked up once per slice."""

from collections.abc import Iterable, Mapping
from typing import Any

from deals.models import AccountLink, ContactLink, DealLink, Identity
from pipeline.ingest.extract import mention_key
from pipeline.models import Link

# (record, entity) of a reference; (None, None) where it is not known (yet).
Found = tuple[int | None, int | None]
_NOWHERE: Found = (None, None)


class References:
    """Records of one source by key, with the entity each belongs to now."""

    def __init__(self, source_id: int, values: Iterable[Mapping[str, Any]]) -> None:
        said = list(values)
        self._accounts = _found(AccountLink, "account", source_id, (key for v in said for key in account_keys(v)))
        self._contacts = _found(ContactLink, "contact", source_id, (key for v in said for key in contact_keys(v)))
        self._deals = _found(DealLink, "deal", source_id, (str(v["deal_key"]) for v in said if v.get("deal_key")))
        self._people_at = people_at(email for v in said for email in addresses(v))
        self._by_email = _contacts_by_email(self._people_at)

    def account(self, values: Mapping[str, Any]) -> Found:
        """By id, else by name."""
        return next((found for key in account_keys(values) if (found := self._accounts.get(key))), _NOWHERE)

    def contact(self, key: str) -> Found:
        return self._contacts.get(str(key), _NOWHERE)

    def is_contact(self, email: str) -> bool:
        """Whether the address is a contact's, be it of several."""
        return email in self._people_at

    def contacts(self, values: Mapping[str, Any]) -> list[tuple[int, int]]:
        """(record, contact) of everybody the values name by id or address, each contact record once."""
        named = [self._contacts[key] for key in contact_keys(values) if key in self._contacts]
        named += [self._by_email[email] for email in addresses(values) if email in self._by_email]
        return list(dict.fromkeys(named))

    def deal(self, values: Mapping[str, Any]) -> int | None:
        return self._deals.get(str(values.get("deal_key") or ""), (0, None))[1]


def account_keys(values: Mapping[str, Any]) -> list[str]:
    keys = [str(values["account_key"])] if values.get("account_key") else []
    return [*keys, mention_key(str(values["account"]))] if values.get("account") else keys


def addresses(values: Mapping[str, Any]) -> list[str]:
    """Everybody's address in an activity, the sender's among them."""
    sender = [values["from_email"]] if values.get("from_email") else []
    return list(dict.fromkeys([*(values.get("emails") or ()), *sender]))


def contact_keys(values: Mapping[str, Any]) -> list[str]:
    roles = values.get("roles") or {}
    named = [*(values.get("contact_keys") or ()), *(key for keys in roles.values() for key in keys or ())]
    return list(dict.fromkeys(map(str, named)))


def _found(link: type[Link], field: str, source_id: int, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    rows = link._default_manager.filter(
        record__source=source_id, record__kind=field, record__key__in=set(keys), closed_at=None
    ).values_list("record__key", "record_id", f"{field}_id")
    return {key: (record, entity) for key, record, entity in rows}


def people_at(emails: Iterable[str]) -> dict[str, set[int]]:
    """Address (lower case) → the contacts it belongs to, for the addresses that are known."""
    wanted = {email.lower() for email in emails}
    rows = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in=wanted).values_list("value", "contact_id")
    people: dict[str, set[int]] = {}
    for email, contact in rows:
        people.setdefault(email, set()).add(contact)
    return people


def _contacts_by_email(holders: Mapping[str, set[int]]) -> dict[str, tuple[int, int]]:
    """Addresses that belong to exactly one contact; the record is the contact's oldest."""
    sole = {email: next(iter(found)) for email, found in holders.items() if len(found) == 1}
    links = ContactLink.objects.filter(contact__in=sole.values(), closed_at=None).order_by("-record_id")
    record_of = dict(links.values_list("contact_id", "record_id"))
    return {email: (record_of[contact], contact) for email, contact in sole.items() if contact in record_of}
