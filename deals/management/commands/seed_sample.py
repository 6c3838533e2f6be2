"""manage.py seed_sample: the invented company, imported by the same code as a user's own files."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from deals.models import Colleague, ExchangeRate
from deals.relationships import records as relationships
from deals.sample import company
from deals.sample.colleagues import COLLEAGUES, DEVELOPER, NETWORKER
from deals.sample.deals import PER_EURO
from governance.models import Organisation
from pipeline import tasks
from pipeline.ingest import upload
from pipeline.models import Batch
from pipeline.progress import wait_for


class Command(BaseCommand):
    help = "Import the invented sample company: two CRM exports and one LinkedIn file with real-life mess."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="times as many of everything, 1 to 100")
        parser.add_argument("--truth", type=Path, metavar="CSV", help="also write which records mean the same")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="the sample's today")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["scale"] <= 100:
            raise CommandError(f"--scale takes 1 to 100, not {options['scale']}.")
        as_of = options["as_of"] or Organisation.current().day(timezone.now())
        sample = company.build(as_of=as_of, scale=options["scale"])
        self._import(sample.files)
        self._import(company.build_leads(as_of=as_of, scale=options["scale"]))
        _add_rates(as_of)
        _share_networks(as_of)
        if options["truth"]:
            options["truth"].write_bytes(company.truth_csv(sample))
            self.stdout.write(f"Truth written to {options['truth']}.")

    def _import(self, files: dict[str, bytes]) -> None:
        batch = upload.stage(list(files.items()), is_sample=True, owner_email=NETWORKER.email)
        upload.start_batch(batch)
        wait_for(lambda: _state(batch), quiet=False)
        for file in batch.files.order_by("id"):
            self.stdout.write(f"{file.name}: {file.rows:,} rows, {file.created:,} created, {file.failed:,} failed")


def _add_rates(as_of: date) -> None:
    """The invented company's exchange rates, where nobody entered any."""
    base = Organisation.current().base_currency
    if base not in PER_EURO or ExchangeRate.objects.exists():
        return
    ExchangeRate.objects.bulk_create(
        ExchangeRate(
            currency=currency,
            valid_from=as_of.replace(year=as_of.year - 3, month=1, day=1),
            rate=Decimal(str(round(PER_EURO[base] / worth, 8))),
        )
        for currency, worth in PER_EURO.items()
        if currency != base
    )


def _share_networks(as_of: date) -> None:
    """All of the invented firm but one agreed to be named in introductions."""
    willing = [one.email for one in COLLEAGUES if one.is_active and one is not DEVELOPER]
    Colleague.objects.filter(email__in=willing).update(is_sharing=True)
    relationships.refresh(as_of)


def _state(batch: Batch) -> tuple[int, int, bool]:
    tasks.drain(seconds=5)
    batch.refresh_from_db()
    files = list(batch.files.all())
    return sum(f.rows for f in files), sum(f.line_count for f in files), batch.state != Batch.State.RUNNING
