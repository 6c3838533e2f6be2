"""Many rows into a table at a fraction of what `bulk_create` costs: values go to the driver as they are.

Only for the few tables that grow with every imported row and every decision. Callers give values of the columns' own
types (as a model instance holds them after reading); signals, conflicts and deferred fields are not looked after.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.models.base import ModelState
from pydantic_core import PydanticSerializationError, to_json

# What drivers take as it is; every other type goes through the field's own conversion.
_PLAIN = (models.IntegerField, models.FloatField, models.BooleanField, models.CharField, models.TextField)

M = TypeVar("M", bound=models.Model)
Values = Sequence[Any]
# Below this a table of its own costs more than it saves.
_FEWEST_COPIED = 50


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> list[int]:
    """Insert rows of values for `columns` (attribute names such as "record_id") and return their ids, in order.

    Columns left out become NULL. Raises IntegrityError as `bulk_create` does.
    """
    values = list(rows)
    if not values:
        return []
    with transaction.atomic():
        ids = _next_ids(model, len(values))
        _insert(model, (_primary_key(model), *columns), ((pk, *row) for pk, row in zip(ids, values, strict=True)))
    return ids


def reserve(objects: Iterable[models.Model]) -> None:
    """Give new instances of one model the ids that `create` will store them with, later in the same transaction: for
    rows that point at each other."""
    new = list(objects)
    if new:
        for instance, pk in zip(new, _next_ids(type(new[0]), len(new)), strict=True):
            instance.pk = pk


def create(objects: Iterable[models.Model]) -> None:
    """Insert new instances of one model, as `bulk_create` does, under ids that were reserved or are given now."""
    new = list(objects)
    if not new:
        return
    model = type(new[0])
    _stamp(new, model._meta.concrete_fields, is_new=True)
    columns = _columns(model)
    with transaction.atomic():
        reserve(one for one in new if one.pk is None)
        _insert(model, columns, map(attrgetter(*columns), new))
    alias = connection.alias
    for instance in new:
        instance._state.adding, instance._state.db = False, alias


def instance(model: type[M], **values: Any) -> M:
    """A new instance from the value of each column but the id, by attribute name ("record_id"): what the model's own
    constructor makes, which takes ten times as long over defaults and signals."""
    made = model.__new__(model)
    vars(made).update(values, id=None, _state=ModelState())
    return made


@lru_cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def update(objects: Iterable[models.Model], columns: Sequence[str]) -> None:
    """Write these columns of stored instances of one model, as `bulk_update` does."""
    changed = list(objects)
    if not changed:
        return
    model = type(changed[0])
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    _stamp(changed, fields, is_new=False)
    rewrite(model, columns, map(attrgetter(*(field.attname for field in fields), "pk"), changed))


def rewrite(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Write rows of values for `columns`, each followed by the primary key of the row that gets them."""
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    values = list(_prepared(fields, rows))
    if not values:
        return
    quote = connection.ops.quote_name
    table, names, key = quote(model._meta.db_table), [quote(one.column) for one in fields], quote(_primary_key(model))
    with transaction.atomic(), connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(values) >= _FEWEST_COPIED:
            _update_from_copy(cursor, table, names, key, values)
        else:
            setting = ", ".join(f"{name} = %s" for name in names)
            cursor.executemany(f"UPDATE {table} SET {setting} WHERE {key} = %s", values)


def _update_from_copy(cursor: Any, table: str, names: Sequence[str], key: str, lines: Iterable[Values]) -> None:
    """One UPDATE from a table of the transaction's own: a statement a row would be parsed and planned each."""
    columns = ", ".join([*names, key])
    cursor.execute(f"CREATE TEMPORARY TABLE rewritten ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
    with cursor.copy(f"COPY rewritten ({columns}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)
    # Nothing is known of the new table's size, and a batch must not read the whole of a large one.
    cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
    setting = ", ".join(f"{name} = rewritten.{name}" for name in names)
    cursor.execute(f"UPDATE {table} SET {setting} FROM rewritten WHERE {table}.{key} = rewritten.{key}")
    cursor.execute("SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; DROP TABLE rewritten")


def _primary_key(model: type[models.Model]) -> str:
    key: Any = model._meta.pk
    return str(key.column)


def _stamp(objects: Sequence[models.Model], fields: Iterable[Any], *, is_new: bool) -> None:
    """Set what fields fill by themselves; all of a batch are written at one moment."""
    for field in fields:
        if getattr(field, "auto_now", False) or (is_new and getattr(field, "auto_now_add", False)):
            value = field.pre_save(objects[0], is_new)
            for instance in objects:
                setattr(instance, field.attname, value)


def _next_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids nobody else gets: from the sequence, or on SQLite from its counter under the transaction's write lock."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = next(iter(cursor.fetchall()), (0,))[0]
            return list(range(last + 1, last + 1 + count))
        sequence = f"SELECT pg_get_serial_sequence('{connection.ops.quote_name(table)}', 'id')::regclass AS name"
        # Materialized, or the sequence would be looked up for every id.
        cursor.execute(
            f"WITH sequence AS MATERIALIZED ({sequence}) SELECT nextval(name) FROM sequence, generate_series(1, %s)",
            [count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> None:
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    with connection.wrap_database_errors, connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        _store(cursor, table, [field.column for field in fields], _prepared(fields, rows))


def _store(cursor: Any, table: str, names: Sequence[str], lines: Iterable[Values]) -> None:
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", lines)
        return
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _prepared(fields: Sequence[Any], rows: Iterable[Values]) -> Iterable[Values]:
    """The rows as the driver takes them."""
    converters = [(place, convert) for place, field in enumerate(fields) if (convert := _converter(field)) is not None]
    for row in rows:
        line = list(row)
        for place, convert in converters:
            line[place] = convert(line[place])
        yield line


def _dumping(field: Any) -> Callable[[Any], Any]:
    """JSON texts; rows that share one value (a run's versions) have it written out once."""
    last: tuple[Any, Any] = (None, None)

    def dump(value: Any) -> Any:
        nonlocal last
        if value is not last[0]:
            last = (value, json.dumps(value, cls=field.encoder) if field.encoder else _dumps(value))
        return last[1]

    return dump


def _dumps(value: Any) -> str:
    """What `json.dumps` writes, in a third of its time."""
    try:
        return to_json(value).decode()
    except PydanticSerializationError:  # halves of characters, which only JSON's escapes can hold
        return json.dumps(value)


def _converter(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return _dumping(field)
    if field.choices:
        return lambda value: None if value is None else str(value)  # an enum's member is stored as its value
    if isinstance(field, models.ForeignKey):
        return _converter(field.target_field)
    if isinstance(field, _PLAIN):
        return None
    # The same moment stands in thousands of rows.
    return lru_cache(maxsize=1024)(lambda value: field.get_db_prep_save(value, connection))
