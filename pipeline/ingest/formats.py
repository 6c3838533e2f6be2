"""What an import knows about a file: its format, the records its rows yield, and the fields of each kind of record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# How a cell is read. "list" splits at ';' and "emails" at any separator, both over all their columns; "money" and
# "number" give Decimal text; "currency" an ISO code, also from beside an amount; "date" an ISO day; "instant" an
# ISO 8601 moment in UTC; "flag" true/false; "phone", "email", "domain", "url" are checked and normalised.
Shape = Literal[
    "text", "name", "email", "emails", "phone", "domain", "url", "date", "instant", "money", "currency", "number",
    "flag", "list", "id",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a kind of record: its name in records, its label on screen and how a cell is read.

    `guesses` are header texts (case-folded) that mean this field in files of unknown origin. Fields with the same
    `one_of` need each other: a record has at least one of them. `choices` maps what a cell says (case-folded) to the
    value kept; anything else counts as empty. `mentions` names the kind of record this field names in passing: where
    such a column is guessed, the rows also yield that record, keyed by the name. A field called "key" is the record's
    id in its own system; where a guessed table has none, the first field with `is_identity` keys its records. A field
    that `is_borrowed` is another kind's as well and does not tell which of the two a table holds. `with_key` names a
    `one_of` that this field stands for where the rows have ids: an outcome beside an id is worth keeping though no name
    is told.
    """

    name: str
    label: str
    shape: Shape = "text"
    is_needed: bool = False
    guesses: tuple[str, ...] = ()
    one_of: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    mentions: str = ""
    is_identity: bool = False
    is_borrowed: bool = False
    with_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Emit:
    """One record that every row of a format yields.

    `kind` names an import target, `columns` maps a record's field to the header cell(s) it is read from (the first
    non-empty wins), `key` names the header cell holding the record's id in its own system; without it the key is the
    hash of the row plus an occurrence number, or, where `key_field` is given, the normalised value of that field
    (a deal row that mentions an account by name). A row in which every column in `only_if` is empty yields no such
    record. `unless` is the other way round: where one of these columns is filled there is no such record.
    `constants` are values every record of this emit carries unless a column says otherwise. `patterns` maps a regular
    expression over header cells with one group to a field: all matching columns are collected as a dict {group: cell}
    (HubSpot's `Date entered "Stage"`). `refine(values, row)` has the last word on a record's values, for what one
    system does its own way; `row` maps case-folded header cells to text. It is pure and may raise BadCell.
    """

    kind: str
    columns: Mapping[str, tuple[str, ...]]
    key: str = ""
    key_field: str = ""
    only_if: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    refine: Callable[[Mapping[str, Any], Mapping[str, str]], Mapping[str, Any]] | None = None


@dataclass(frozen=True, kw_only=True)
class Format:
    """A known layout: one table of one system.

    `needs` are header cells (compared case-folded and stripped) that must all be there, `hints` add to the score when
    there; the most specific match wins. `emits` may be empty: the table is recognised and its rows are skipped with
    `skip_reason`. `null_values` count as empty cells. `date_orders` narrows how dates are read ("iso", "dmy", "mdy").
    `time_zone` names the zone of moments that carry none, where the system fixes it. Rows whose `deleted_column` is
    true are skipped. `read_id` brings an id to the one form this system's files agree on. A format without `needs` is
    never recognised by itself; its `hints` help a guess to see that a table has no target.
    """

    name: str
    label: str
    system: str
    needs: tuple[str, ...]
    hints: tuple[str, ...] = ()
    emits: tuple[Emit, ...] = ()
    skip_reason: str = ""
    null_values: frozenset[str] = frozenset()
    date_orders: tuple[str, ...] = ()
    time_zone: str = ""
    deleted_column: str = ""
    read_id: Callable[[str], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """A kind of record and what happens with it: named in settings.IMPORT_TARGETS by the app that owns the kind.

    `order` says in which order kinds are written within a batch (accounts before contacts before deals).
    `write(staged)` brings entities up to date for a list of pipeline.ingest.staging.Staged records inside the slice's
    transaction; `settle(batch)` runs once when a batch is complete (references that can only now be resolved).
    `revert(record_ids)` takes them back.
    """

    kind: str
    label: str
    label_plural: str
    order: int
    fields: tuple[Field, ...]
    write: Callable[[Any], None]
    settle: Callable[[Any], None] | None = None
    revert: Callable[[Any], None] | None = None

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)
