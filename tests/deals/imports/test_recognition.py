import pytest

from deals.imports.fields import FIELDS
from deals.imports.formats import FORMATS
from pipeline.ingest.extract import extractor
from pipeline.ingest.mapping import recognise
from pipeline.ingest.sniff import read_rows, sniff
from tests.deals.imports.headers import HEADERS, VARIANTS


@pytest.mark.parametrize(("name", "header"), [*HEADERS.items(), *VARIANTS])
def test_every_layout_is_recognised_as_itself(name, header):
    assert recognise(header.split(","), FORMATS).format.name == name


def test_sixty_custom_columns_change_nothing():
    header = [*HEADERS["hubspot_contacts"].split(","), *(f"Custom {number}" for number in range(60))]

    assert recognise(header, FORMATS).format.name == "hubspot_contacts"


def test_a_list_of_people_is_no_known_layout():
    assert recognise(("First Name", "Last Name", "Email", "Company"), FORMATS).format is None


def test_names_of_formats_are_unique():
    assert len({item.name for item in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("name", [item.name for item in FORMATS])
def test_a_format_names_only_fields_there_are_or_says_why_it_skips(name):
    [layout] = [item for item in FORMATS if item.name == name]

    assert bool(layout.emits) != bool(layout.skip_reason)
    for emit in layout.emits:
        named = {*emit.columns, *emit.patterns.values(), *emit.constants}
        assert named <= {item.name for item in FIELDS[emit.kind]}


@pytest.mark.parametrize("name", list(HEADERS))
def test_a_row_of_words_in_any_layout_is_one_row_out(name):
    header = HEADERS[name]
    sniffed = sniff(f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode())
    [row] = read_rows(sniffed)

    result = extractor(recognise(sniffed.header, FORMATS).format, sniffed.header, FIELDS, [row]).extract(row)

    assert result.outcome in ("read", "skipped", "failed")
    assert bool(result.records) == (result.outcome == "read")
