"""A list's file as a table of texts: CSV in any usual encoding and delimiter, or the first sheet of a workbook."""

import datetime as dt
import io
import zipfile

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from pipeline.ingest.decoding import decode

_MOST_UNPACKED = 500_000_000  # bytes: a workbook of some kilobytes may unpack to more than any memory
_DELIMITERS = (",", ";", "\t", "|")


class UnreadableList(ValueError):
    """The file cannot be read as a list of rows."""


def read(data: bytes) -> pl.DataFrame:
    """Rows as texts, null where empty. Raises UnreadableList in one sentence."""
    if not data.strip():
        raise UnreadableList("The file is empty.")
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data)
    try:
        return _csv(data)
    except pl.exceptions.PolarsError:
        return _csv_again(data)


def _csv(data: bytes) -> pl.DataFrame:
    text = data[3:] if data.startswith(b"\xef\xbb\xbf") else data
    header = text[: text.find(b"\n") if b"\n" in text else len(text)].decode("utf-8", "replace")
    delimiter = max(_DELIMITERS, key=header.count)
    frame = pl.read_csv(io.BytesIO(text), separator=delimiter, infer_schema=False)
    return frame.rename({name: name.strip() for name in frame.columns})


def _csv_again(data: bytes) -> pl.DataFrame:
    """Other encodings and ragged rows."""
    try:
        text = decode(data).text.encode()
        return pl.read_csv(
            io.BytesIO(text), separator=max(_DELIMITERS, key=text.split(b"\n", 1)[0].decode().count),
            infer_schema=False, truncate_ragged_lines=True, encoding="utf8-lossy",
        )  # fmt: skip
    except (pl.exceptions.PolarsError, ValueError) as problem:
        raise UnreadableList(f"The file is no readable CSV: {str(problem).splitlines()[0]}") from problem


def _workbook(data: bytes) -> pl.DataFrame:
    rows = _first_sheet(data)
    if not rows:
        raise UnreadableList("The workbook's first sheet is empty.")
    names = [str(cell).strip() or f"column {place}" for place, cell in enumerate(rows[0], start=1)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UnreadableList(f"The workbook's first row names two columns {twice[0]!r}; give each a name of its own.")
    cells = {name: [_cell(row[place]) for row in rows[1:]] for place, name in enumerate(names)}
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String))


def _first_sheet(data: bytes) -> list[list[object]]:
    """The cells from the first that is filled on, every row as wide as the widest."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > _MOST_UNPACKED:
            most = _MOST_UNPACKED // 10**6
            raise UnreadableList(f"The workbook unpacks to {size // 10**6:,} MB; at most {most:,} MB are read.")
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(row) for row in workbook.get_sheet_by_index(0).to_python(skip_empty_area=True)]
    except (zipfile.BadZipFile, CalamineError, NotImplementedError) as problem:
        raise UnreadableList(f"The workbook cannot be read: {problem}.") from problem


def _cell(value: object) -> str | None:
    """Whole numbers without a point and days without a time of day, as a person would type them."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return str(value) if value not in (None, "") else None
