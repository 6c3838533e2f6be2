"""Which format a header is, and for a header nobody knows the likeliest kind of record and field for every column."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from pipeline.ingest.cells import ColumnContext, read_cell
from pipeline.ingest.columns import Fields
from pipeline.ingest.dates import months
from pipeline.ingest.faults import BadCell
from pipeline.ingest.formats import Emit, Field, Format, Shape
from pipeline.ingest.rows import SourceRow

SAMPLE_ROWS = 200
_SAMPLE_CHARS = 300

_EXACT, _WITHOUT_KIND, _ALIKE, _BY_VALUE = 1.0, 0.95, 0.8, 0.6
_ALIKE_RATIO = 90  # token_sort_ratio in percent
_FEWEST_READABLE = 0.5  # of a column's filled cells, for a field of that shape
_FEWEST_FILLED = 0.5  # of the sampled rows, for what a record cannot do without
_FEWEST_FIELDS = 2  # beside an id
_FEWEST_EXPLAINED = 0.3  # of the columns, for a table of that kind, unless it has so many fields:
_MANY_FIELDS = 5
_BORROWED = 0.9  # what a field is worth that another kind has as well
_MOST_UNNAMED = 2  # several tables side by side have more columns without a name
_EMPTY_COLUMN = 0.2
_INCOMPLETE = 0.5  # what a kind is worth that lacks what its records need
_FEWEST_WORDS_OF_ANOTHER_TABLE = 2
_STRICT: frozenset[Shape] = frozenset(
    {"email", "emails", "phone", "domain", "url", "date", "instant", "money", "number", "flag"}
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_UNNAMED = re.compile(r"Column \d+")  # what a header without a name is called
_WORDLESS = re.compile(r"[\W\d_]+")
_PROFILE = re.compile(r"(?:https?://)?(?:\w+\.)?linkedin\.com/in/\S+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """The format of a header, or None; `score` counts the header cells that speak for it.

    Without a format `nearest` is the one that came closest and `missing` the columns it lacks.
    """

    format: Format | None
    score: int = 0
    nearest: Format | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Guess:
    """The likeliest reading of an unknown table.

    `columns` maps header cells to fields of `kind`, `confidence` (0..1) says how sure the kind is, `missing` names by
    label what a record of that kind needs and no column gives, `unmapped` the columns that mean nothing here. With
    `skip_reason` the table has no target. `kinds` lists all kinds, likeliest first, for a person to choose from.
    """

    kind: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    missing: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    skip_reason: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Good enough to import by without asking."""
        return bool(self.kind) and not self.missing


@dataclass(frozen=True, kw_only=True)
class _Reading:
    kind: str
    columns: Mapping[str, str]
    score: float
    missing: tuple[str, ...]


def recognise(header: Sequence[str], formats: Sequence[Format]) -> Recognised:
    """The most specific format all of whose needed cells stand in the header, in any order and case."""
    cells = {_folded(cell) for cell in header}
    matches = [(_score(item, cells), item) for item in formats if item.needs and _needs(item) <= cells]
    if matches:
        score, best = max(matches, key=lambda match: match[0])
        return Recognised(format=best, score=score)
    nearest = max(
        (item for item in formats if item.needs),
        key=lambda item: len(_needs(item) & cells) / len(item.needs),
        default=None,
    )
    missing = tuple(cell for cell in nearest.needs if _folded(cell) not in cells) if nearest else ()
    if nearest is None or len(missing) == len(nearest.needs):
        return Recognised(format=None)
    return Recognised(format=None, nearest=nearest, missing=missing)


def guess(header: Sequence[str], rows: Sequence[SourceRow], fields: Fields, formats: Sequence[Format] = ()) -> Guess:
    """Read an unknown header by its words and its cells; `formats` name the tables that have no target."""
    sample = [row.cells for row in rows if not (row.failure or row.skip) and len(row.cells) == len(header)][
        :SAMPLE_ROWS
    ]
    values = {name: _filled(index, sample) for index, name in enumerate(header)}
    commonness = Counter(
        word
        for items in fields.values()
        for word in {word for item in items if not item.is_borrowed for word in _words_of(item)}
    )
    readings = [_reading(kind, items, header, values, len(sample), commonness) for kind, items in fields.items()]
    readings.sort(key=lambda reading: reading.score * (_INCOMPLETE if reading.missing else 1), reverse=True)
    best = readings[0]
    other = _other_table(header, formats, len(best.columns) if not best.missing else 0)
    kinds = tuple(reading.kind for reading in readings)
    if other:
        return Guess(skip_reason=other.skip_reason, unmapped=tuple(header), kinds=kinds)
    found = sum(1 for name, item in best.columns.items() if item != "key" and (values[name] or not sample))
    explained = len(best.columns) / max(len(header), 1)
    is_patchwork = bool(best.missing) and sum(bool(_UNNAMED.fullmatch(name)) for name in header) > _MOST_UNNAMED
    if is_patchwork or found < _FEWEST_FIELDS or (explained < _FEWEST_EXPLAINED and found < _MANY_FIELDS):
        return Guess(
            skip_reason="No kind of record kept here has columns like these.", unmapped=tuple(header), kinds=kinds
        )
    rival = max((reading.score for reading in readings[1:] if not reading.missing), default=0.0)
    return Guess(
        kind=best.kind,
        columns=best.columns,
        confidence=round(best.score / (best.score + rival), 3) if best.score else 0.0,
        missing=best.missing,
        unmapped=tuple(name for name in header if name not in best.columns),
        kinds=kinds,
    )


def as_format(guessed: Guess, fields: Fields, *, name: str = "guessed", label: str = "Guessed columns") -> Format:
    """The format a guess (or a person's mapping in its form) amounts to; recognised again by its header.

    Records a field mentions in passing are emitted after the kind's own.
    """
    known = {item.name: item for item in fields[guessed.kind]}
    cells: dict[str, tuple[str, ...]] = {}
    for column, field_name in guessed.columns.items():
        cells[field_name] = (*cells.get(field_name, ()), column)
    key = cells.pop("key", ("",))[0]
    if key:
        cells |= dict.fromkeys(_called_by_key(known, cells), (key,))
    needed = [column for column, name_ in guessed.columns.items() if known[name_].one_of or known[name_].is_needed]
    main = Emit(
        kind=guessed.kind, columns=cells, key=key, only_if=tuple(needed), key_field=_key_field(known, cells, key)
    )
    mentions = tuple(
        Emit(kind=known[name_].mentions, columns={"name": columns}, key_field="name", only_if=columns)
        for name_, columns in cells.items()
        if known[name_].mentions
    )
    return Format(name=name, label=label, system="", needs=tuple(guessed.columns), emits=(main, *mentions))


def _called_by_key(known: Mapping[str, Field], cells: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Fields by which a record is called, where nothing names it but its id."""
    named = {known[name].one_of for name in cells}
    return [item.name for item in known.values() if item.is_identity and item.one_of and item.one_of not in named]


def _key_field(known: Mapping[str, Field], cells: Mapping[str, tuple[str, ...]], key: str) -> str:
    return "" if key else next((name for name in cells if known[name].is_identity), "")


def _score(item: Format, cells: set[str]) -> int:
    return len(item.needs) + sum(1 for hint in item.hints if _folded(hint) in cells)


def _needs(item: Format) -> set[str]:
    return {_folded(cell) for cell in item.needs}


def _folded(cell: str) -> str:
    return " ".join(cell.casefold().split())


def _words(text: str) -> str:
    """A header's words: "closeDate", "close_date" and "Close Date" are the same."""
    parted = re.sub(r"(?<=[a-zß-ÿ0-9])(?=[A-Z])", " ", text)
    parted = re.sub(r"__c$", "", parted)
    return " ".join(re.sub(r"[^\w/#%()&']+|_+", " ", parted.casefold()).split())


def _words_of(item: Field) -> set[str]:
    return {_words(item.label), _words(item.name), *map(_words, item.guesses)}


def _filled(index: int, sample: Sequence[Sequence[str]]) -> list[str]:
    return [cells[index].strip()[:_SAMPLE_CHARS] for cells in sample if cells[index].strip()]


def _reading(
    kind: str,
    items: Sequence[Field],
    header: Sequence[str],
    values: Mapping[str, list[str]],
    rows: int,
    commonness: Mapping[str, int],
) -> _Reading:
    """Pair columns and fields of one kind, surest pairs first; each is used once."""
    pairs = sorted(
        (
            (-_likeness(name, item, kind, values[name]), position, place, name, item)
            for position, name in enumerate(header)
            for place, item in enumerate(items)
        ),
        key=lambda pair: pair[:3],
    )
    columns: dict[str, str] = {}
    used: set[str] = set()
    score = 0.0
    for unlikeness, _, _, name, item in pairs:
        if unlikeness == 0:
            break
        if name in columns or item.name in used or not _fits(item, values[name], rows):
            continue
        columns[name] = item.name
        used.add(item.name)
        weight = (1.0 if values[name] or not rows else _EMPTY_COLUMN) * (_BORROWED if item.is_borrowed else 1.0)
        score += (
            weight * -unlikeness / max(commonness[_words(name)], 1) * (1.5 if item.is_needed or item.one_of else 1.0)
        )
    ordered = {name: columns[name] for name in header if name in columns}
    score *= len(columns) / max(len(header), 1)  # the kind that explains more of the table is the likelier one
    return _Reading(kind=kind, columns=ordered, score=score, missing=_missing(items, used))


def _missing(items: Sequence[Field], used: set[str]) -> tuple[str, ...]:
    missing = [item.label for item in items if item.is_needed and item.name not in used]
    for group in dict.fromkeys(item.one_of for item in items if item.one_of):
        members = [item for item in items if item.one_of == group]
        stands_in = [item for item in items if item.with_key == group] if "key" in used else []
        if not any(item.name in used for item in (*members, *stands_in)):
            missing.append(" or ".join(item.label for item in members))
    return tuple(missing)


def _likeness(name: str, item: Field, kind: str, values: Sequence[str]) -> float:
    """How much a header speaks for a field, 0..1; a column of addresses speaks for itself."""
    words = _words(name)
    known = _words_of(item)
    if words in known:
        return _EXACT
    bare = words.removeprefix(kind.replace("_", " ")).strip()
    if bare and bare != words and bare in known:
        return _WITHOUT_KIND
    if len(words) >= 5 and max(fuzz.token_sort_ratio(words, word) for word in known) >= _ALIKE_RATIO:
        return _ALIKE
    if item.shape == "email" and _share(values, _EMAIL) > 0.8:
        return _BY_VALUE
    if item.shape == "url" and "profile" in item.label and _share(values, _PROFILE) > 0.8:
        return _BY_VALUE
    return 0.0


def _share(values: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(1 for value in values if pattern.fullmatch(value)) / len(values) if values else 0.0


def _fits(item: Field, values: Sequence[str], rows: int) -> bool:
    """Whether a column's cells can be read as the field, and are there at all where a record needs them."""
    if (item.is_needed or item.name == "key") and rows and len(values) < _FEWEST_FILLED * rows:
        return False
    if item.one_of and rows and not values:
        return False
    is_named = (item.one_of or item.is_needed) and not item.is_identity
    if is_named and item.shape == "name" and _share(values, _WORDLESS) > 1 - _FEWEST_READABLE:
        return False
    if item.name == "key" and len(set(values)) < 0.9 * len(values):
        return False
    if item.choices and values:
        return sum(value.casefold() in item.choices for value in values) >= _FEWEST_READABLE * len(values)
    if item.shape not in _STRICT or not values:
        return True
    context = ColumnContext()
    return sum(_is_readable(value, item.shape, context) for value in values) >= _FEWEST_READABLE * len(values)


def _is_readable(value: str, shape: Shape, context: ColumnContext) -> bool:
    try:
        return read_cell(value, shape, context=context) is not None
    except BadCell as refusal:
        # Month before day is as good a date here; which it is gets settled when the column is read.
        return (shape in ("date", "instant") and _is_date_like(value)) or (
            refusal.kept is not None and shape == "number"
        )


def _is_date_like(value: str) -> bool:
    words = re.findall(r"[^\W\d_]+", value.casefold())
    return bool(re.fullmatch(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}.*", value)) or any(word in months() for word in words)


def _other_table(header: Sequence[str], formats: Sequence[Format], found: int) -> Format | None:
    """A table without a target, when more of its words stand in the header than fields of any kind were found."""
    cells = [_words(cell) for cell in header]
    counted = [(sum(cell in item.hints for cell in cells), item) for item in formats if not item.needs]
    count, best = max(counted, key=lambda pair: pair[0], default=(0, None))
    return best if count >= max(_FEWEST_WORDS_OF_ANOTHER_TABLE, found) else None
