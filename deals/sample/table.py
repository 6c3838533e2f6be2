"""Rows to CSV bytes: the one way HubSpot writes them and the other way Salesforce does."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence


def commas(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8 with commas, quoted where needed; columns a row does not name stay empty, others are a KeyError."""
    return _written(header, rows, quoting=csv.QUOTE_MINIMAL).encode()


def all_quoted(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Western European (cp1252), every cell quoted; letters it has no code for become question marks."""
    return _written(header, rows, quoting=csv.QUOTE_ALL).encode("cp1252", "replace")


def semicolons(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8 with a mark at the beginning and semicolons, as a European spreadsheet saves it."""
    return _written(header, rows, quoting=csv.QUOTE_MINIMAL, delimiter=";", lineterminator="\r\n").encode("utf-8-sig")


def _written(
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    quoting: int,
    delimiter: str = ",",
    lineterminator: str = "\n",
) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=quoting, delimiter=delimiter, lineterminator=lineterminator)  # type: ignore[arg-type]
    writer.writerow(header)
    # A template filled per row costs half of looking up every column of a wide table.
    places = {name: place for place, name in enumerate(header)}
    writer.writerows(_cells(row, places) for row in rows)
    return buffer.getvalue()


def _cells(row: Mapping[str, str], places: Mapping[str, int]) -> list[str]:
    cells = [""] * len(places)
    for name, value in row.items():
        cells[places[name]] = value
    return cells
