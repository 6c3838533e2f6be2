"""Lead lists imported and qualified in one process, for tests of the whole way."""

from pipeline import tasks
from pipeline.ingest import upload
from pipeline.runner import start
from tests.deals.factories import IMPORTED, make_account, make_contact, make_deal, make_file, make_record  # noqa: F401

HEADER = "id,first name,last name,email,company,title,country,industry,employees,lead source"
GOOD = "L1,Ada,Okafor,ada@mill.example,Mill Ltd,Director of Operations,Germany,Machinery,120,Fair"


def bring_in(*lines, header=HEADER, name="leads.csv", is_sample=True):
    """Import rows of a lead list; the batch."""
    text = "\n".join((header, *lines)) + "\n"
    batch = upload.stage([(name, text.encode())], is_sample=is_sample, source_name=name.partition(".")[0])
    upload.start_batch(batch)
    tasks.drain()
    batch.refresh_from_db()
    return batch


def qualify(**options):
    run = start.start("qualify-leads", **options)
    tasks.drain()
    run.refresh_from_db()
    return run
