"""The hot statements of the ledger as SQL: building them through the ORM costs more CPU than a call may add.

Each runs once or twice per question. They are SQL that SQLite and PostgreSQL share, and go out together where none
needs another's result. PostgreSQL plans each once per connection (`prepare_threshold` in the settings): planning them
anew took it longer than running them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model

Fields: TypeAlias = "tuple[Field[Any, Any], ...]"
Row = tuple[Any, ...]


class Statement(NamedTuple):
    """SQL that returns something for each row it touched, and its values."""

    sql: str
    values: Sequence[Any]


_HOLD = """
    UPDATE governance_budget SET reserved_microusd = reserved_microusd + %s
    WHERE month = %s AND {whose} AND limit_microusd >= spent_microusd + reserved_microusd + %s {condition}
    RETURNING id
"""
# Only what is settled has a valid answer. Asking for the state as well made PostgreSQL read all that is settled, by the
# index on it, where the table is new and was never analysed.
_UNANSWERED = """
    AND NOT EXISTS (SELECT 1 FROM governance_attempt JOIN governance_exchange ON attempt_id = governance_attempt.id
                    WHERE fingerprint = %s AND is_valid)
"""
_MOVE = """
    UPDATE governance_budget SET reserved_microusd = reserved_microusd + %s, spent_microusd = spent_microusd + %s
    WHERE month = %s AND {whose}
    RETURNING id, spent_microusd, limit_microusd
"""
_ROLL_UP = """
    INSERT INTO governance_rollup (day, model_id, task, layer, run_key, attempts, input_tokens, cached_tokens,
                                   cache_write_tokens, output_tokens, cost_microusd, estimated_microusd)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (day, model_id, task, layer, run_key) DO UPDATE SET
        attempts = governance_rollup.attempts + excluded.attempts,
        input_tokens = governance_rollup.input_tokens + excluded.input_tokens,
        cached_tokens = governance_rollup.cached_tokens + excluded.cached_tokens,
        cache_write_tokens = governance_rollup.cache_write_tokens + excluded.cache_write_tokens,
        output_tokens = governance_rollup.output_tokens + excluded.output_tokens,
        cost_microusd = governance_rollup.cost_microusd + excluded.cost_microusd,
        estimated_microusd = governance_rollup.estimated_microusd + excluded.estimated_microusd
    RETURNING id
"""
_SWITCHES = """
    SELECT is_enabled,
           EXISTS (SELECT 1 FROM governance_planversion WHERE id = %s AND state = 'approved' AND fields_hash = %s),
           EXISTS (SELECT 1 FROM governance_organisation WHERE is_ai_stopped)
    FROM governance_languagemodel WHERE id = %s
"""
# The open attempt is found by its fingerprint, as its key is not known before the round trip; where somebody else's is
# found instead, its words are there already.
_OPEN_WITHOUT_WORDS = """
    FROM governance_attempt WHERE fingerprint = %s AND state = 'open'
    AND NOT EXISTS (SELECT 1 FROM governance_exchange WHERE attempt_id = governance_attempt.id)
    RETURNING id
"""
# May a model (id) still be asked under a plan version (id, hash)?
MAY_ASK = """
    EXISTS (SELECT 1 FROM governance_languagemodel WHERE id = %s AND is_enabled)
    AND EXISTS (SELECT 1 FROM governance_planversion WHERE id = %s AND state = 'approved' AND fields_hash = %s)
    AND NOT EXISTS (SELECT 1 FROM governance_organisation WHERE is_ai_stopped)
"""


def together(*statements: Statement) -> list[Row]:
    """Run statements in their order, in one round trip where the database can; the first row of each, or ()."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            return [_first(cursor, statement) for statement in statements]
    connection.ensure_connection()
    raw = connection.connection  # Django's own cursors write the values into the SQL, which then is planned each time
    with connection.wrap_database_errors:
        with raw.pipeline():
            cursors = [psycopg.Cursor(raw).execute(statement.sql, statement.values) for statement in statements]
        # Read after the pipeline has ended: an error raised while it is open is followed by a second one.
        return [cursor.fetchone() or () for cursor in cursors]


def insert(row: Model, condition: str = "1 = 1", values: Sequence[Any] = ()) -> Statement:
    """Write an unsaved row if an SQL condition holds; returns its key."""
    fields, sql = _insertion(type(row), condition)
    return Statement(sql, [*_prepared(fields, [getattr(row, field.attname) for field in fields]), *values])


def update(model: type[Model], condition: str, arguments: Sequence[Any], values: Mapping[str, Any]) -> Statement:
    """Change the fields named in `values` where an SQL condition holds; returns the keys."""
    fields, sql = _updating(model, tuple(values), condition)
    return Statement(sql, [*_prepared(fields, list(values.values())), *arguments])


def keep_words(fingerprint: str, row: Model) -> Statement:
    """Write an unsaved exchange for the open attempt of a fingerprint; returns its key."""
    fields, sql = _keeping(type(row))
    return Statement(sql, [*_prepared(fields, [getattr(row, field.attname) for field in fields]), fingerprint])


def hold(model_id: int | None, month: date, amount: int, *, unless_answered: str = "") -> Statement:
    """Add to what a budget holds, if it fits; `model_id` None is the whole month's. Returns its key.

    With a fingerprint in `unless_answered`, nothing is held where that has a valid answer on record.
    """
    whose, known = _whose(model_id)
    condition, fingerprints = (_UNANSWERED, [unless_answered]) if unless_answered else ("", [])
    return Statement(_HOLD.format(whose=whose, condition=condition), [amount, month, *known, amount, *fingerprints])


def move(model_id: int | None, month: date, *, reserved: int, spent: int) -> Statement:
    """Change what a budget holds and has spent; returns its key, what it has spent now and its limit."""
    whose, known = _whose(model_id)
    return Statement(_MOVE.format(whose=whose), [reserved, spent, month, *known])


def roll_up(day: date, model_id: int, step: tuple[str, str, str], amounts: Sequence[int]) -> Statement:
    """Add to a day's sums of a step (task, layer, run key): attempts, input, cached, cache-write and output tokens,
    cost and estimated cost."""
    return Statement(_ROLL_UP, [day, model_id, *step, *amounts])


def switches(model_id: int, version_id: int, fields_hash: str) -> tuple[bool, bool, bool]:
    """Whether the model is enabled, the plan version still approved as it was, and everything stopped."""
    [(is_enabled, is_approved, is_stopped)] = together(Statement(_SWITCHES, [version_id, fields_hash, model_id]))
    return bool(is_enabled), bool(is_approved), bool(is_stopped)


def month_limit(month: date) -> Statement:
    """Whether a month has a budget for everything together; returns its key."""
    return Statement("SELECT id FROM governance_budget WHERE month = %s AND model_id IS NULL", [month])


def _whose(model_id: int | None) -> tuple[str, list[int]]:
    return ("model_id IS NULL", []) if model_id is None else ("model_id = %s", [model_id])


def _first(cursor: Any, statement: Statement) -> Row:
    cursor.execute(statement.sql, statement.values)
    return cursor.fetchone() or ()


@cache
def _insertion(model: type[Model], condition: str) -> "tuple[Fields, str]":
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key)
    columns, marks = _columns(fields), _marks(fields)
    return fields, f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {marks} WHERE {condition} RETURNING id"


@cache
def _keeping(model: type[Model]) -> "tuple[Fields, str]":
    fields = tuple(field for field in model._meta.concrete_fields if not field.primary_key and field.name != "attempt")
    chosen = f"SELECT id, {_marks(fields)} {_OPEN_WITHOUT_WORDS}"
    return fields, f"INSERT INTO {model._meta.db_table} (attempt_id, {_columns(fields)}) {chosen}"


@cache
def _updating(model: type[Model], names: tuple[str, ...], condition: str) -> "tuple[Fields, str]":
    fields = tuple(field for name in names for field in model._meta.concrete_fields if field.name == name)
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    return fields, f"UPDATE {model._meta.db_table} SET {columns} WHERE {condition} RETURNING id"


def _columns(fields: "Fields") -> str:
    return ", ".join(str(field.column) for field in fields)


def _marks(fields: "Fields") -> str:
    """A mark for each value; with its type (but not its length: that would cut) where the database cannot tell it."""
    if connection.vendor != "postgresql":
        return ", ".join("%s" for _ in fields)
    return ", ".join(f"%s::{(field.db_type(connection) or '').split('(')[0]}" for field in fields)


def _prepared(fields: "Fields", values: Sequence[Any]) -> list[Any]:
    """Values as the database takes them, by the rules of their fields."""
    own = connections[DEFAULT_DB_ALIAS]  # the proxy would look it up again for every value
    return [field.get_db_prep_save(value, own) for field, value in zip(fields, values, strict=True)]
