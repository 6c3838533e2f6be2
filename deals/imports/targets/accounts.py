"""Imported companies: a new record gets an account of its own, a known one updates its account at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from deals.accounts.values import recompute, refresh_domains, set_parents
from deals.imports.fields import ACCOUNT
from deals.imports.targets.entities import update
from deals.models import Account, AccountLink
from deals.models.owners import Owners
from pipeline.entity_values import create
from pipeline.ingest.formats import Target
from pipeline.ingest.staging import Staged
from pipeline.models import Batch, Record
from pipeline.survivorship import Chosen


def write(staged: Sequence[Staged]) -> None:
    owners = Owners.load()
    owners.add_missing(staged[0].record.source_id, (entry.record.values.get("owner") for entry in staged))

    def complete(account: Account, chosen: Mapping[str, Chosen]) -> None:
        account.owner_id = owners.of(chosen.get("owner"))

    created = create(Account, AccountLink, "account", [entry.record for entry in staged if entry.is_new], complete)
    refresh_domains([account.pk for account in created])
    update(AccountLink, "account", [entry for entry in staged if not entry.is_new], recompute)
    set_parents([entry.record for entry in staged])


def settle(batch: Batch) -> None:
    """Parents may stand below their subsidiaries, or in a later file."""
    named: Any = Record.objects.filter(kind="account", row__file__batch=batch, values__has_key="parent_key")
    set_parents(list(named))


ACCOUNTS = Target(
    kind="account", label="Company", label_plural="Companies", order=20, fields=ACCOUNT, write=write, settle=settle
)
