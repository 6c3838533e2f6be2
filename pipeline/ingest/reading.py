"""An uploaded file opened for reading: its table, its format, its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from governance.models import Organisation
from pipeline import registry
from pipeline.ingest.cells import ReadingSettings
from pipeline.ingest.extract import Extractor, extractor
from pipeline.ingest.formats import Field, Format
from pipeline.ingest.mapping import Guess, as_format, guess, recognise
from pipeline.ingest.rows import SourceRow
from pipeline.ingest.sniff import Sniffed, read_rows, sniff
from pipeline.models import ImportFile, Source

GUESSED = "guessed"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A file's rows and what reads them."""

    sniffed: Sniffed
    format: Format
    rows: Sequence[SourceRow]
    extractor: Extractor


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What a header was found to be. `guessed` is kept where no known format fits."""

    format: Format | None
    guessed: Guess | None = None


def fields() -> Mapping[str, Sequence[Field]]:
    """The fields of every kind of record there is a target for."""
    return {kind: target.fields for kind, target in registry.targets().items()}


def layout(header: Sequence[str], rows: Sequence[SourceRow], kind: str = "") -> Layout:
    """Recognise a header, else guess; format None where a person has to assign the columns.

    With a `kind` somebody said what the rows are: a format that yields something else is read as that all the same.
    """
    known = recognise(header, registry.formats())
    if known.format and (not kind or any(emit.kind == kind for emit in known.format.emits)):
        return Layout(format=known.format)
    kinds = {name: found for name, found in fields().items() if not kind or name == kind}
    guessed = guess(header, rows, kinds, () if kind else registry.formats())
    return Layout(format=format_of(guessed) if guessed.is_complete or guessed.skip_reason else None, guessed=guessed)


def format_of(guessed: Guess) -> Format:
    """The format a guess or a person's mapping amounts to."""
    if guessed.skip_reason:
        return Format(
            name=GUESSED, label="Table without a use here", system="", needs=(), skip_reason=guessed.skip_reason
        )
    label = f"{registry.targets()[guessed.kind].label_plural}, columns guessed"
    return as_format(guessed, fields(), name=GUESSED, label=label)


def to_json(guessed: Guess) -> dict[str, Any]:
    return asdict(guessed)


def format_of_file(file: ImportFile) -> Format:
    """The format a stored file is read by. Raises LookupError where none is set."""
    if file.format == GUESSED:
        stored = file.mapping
        return format_of(Guess(**{**stored, **{n: tuple(stored[n]) for n in ("missing", "unmapped", "kinds")}}))
    for known in registry.formats():
        if known.name == file.format:
            return known
    raise LookupError(f"“{file.name}” has no format “{file.format}”.")


def reader_of(file: ImportFile) -> Reader:
    """Open a stored file. Raises UnreadableFile or LookupError with a sentence."""
    sniffed = sniff(file.body)
    rows = list(read_rows(sniffed))
    known = format_of_file(file)
    settings = settings_of(file.source) if file.source else ReadingSettings()
    return Reader(
        sniffed=sniffed,
        format=known,
        rows=rows,
        extractor=extractor(known, sniffed.header, fields(), rows, settings),
    )


def settings_of(source: Source) -> ReadingSettings:
    """How a source writes dates and numbers where its files do not say."""
    try:
        zone = ZoneInfo(source.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    order: Any = source.date_order or None
    return ReadingSettings(country=Organisation.current().country, zone=zone, order=order)
