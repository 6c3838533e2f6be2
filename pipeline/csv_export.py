"""Tables as CSV that a spreadsheet opens as text: streamed, and without cells that would run as formulas."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

# What a spreadsheet takes for the start of a formula, also in full-width form and behind blanks or invisible marks.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
# Signed numbers and phone numbers begin alike but hold nothing a formula could call.
_NUMBER = re.compile(r"[+-]?[\d\s().,/-]*\Z")


class _Echo:
    """A file that hands each written line back to the caller."""

    def write(self, line: str) -> str:
        return line


def neutralise(value: Any) -> str:
    """The text of a cell; one that a spreadsheet would calculate gets an apostrophe in front (OWASP: CSV injection)."""
    text = "" if value is None else str(value)
    if not text or text[0].isalnum():
        return text
    if text[0] in "\t\r\n" or (_FORMULA.match(text) and not _NUMBER.match(text)):
        return f"'{text}"
    return text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Lines of a CSV file, the header first, opened by the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([neutralise(cell) for cell in header])
    for row in rows:
        yield writer.writerow([neutralise(cell) for cell in row])


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download of `rows`, sent while they are read. `filename` without its ending, in plain ASCII."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
