"""Reading an invented file the way an import does."""

from deals.imports.fields import FIELDS
from deals.imports.formats import FORMATS
from pipeline.ingest.cells import ReadingSettings
from pipeline.ingest.extract import extractor
from pipeline.ingest.mapping import as_format, guess, recognise
from pipeline.ingest.sniff import read_rows, sniff


def read(text, **settings):
    """The result of every row."""
    sniffed = sniff(text if isinstance(text, bytes) else text.encode())
    rows = list(read_rows(sniffed))
    layout = recognise(sniffed.header, FORMATS).format
    layout = layout or as_format(guess(sniffed.header, rows, FIELDS, FORMATS), FIELDS)
    reader = extractor(layout, sniffed.header, FIELDS, rows, ReadingSettings(**settings))
    return [reader.extract(row) for row in rows]


def records(text, **settings):
    """(kind, key, values) of every record."""
    return [(item.kind, item.key, dict(item.values)) for result in read(text, **settings) for item in result.records]
