"""The hot statements of the ledger as SQL: building them through the ORM costs more CPU than a call may add.

Each runs several times per question. They are plain SQL that SQLite and PostgreSQL share.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

_HOLD = """
    UPDATE governance_budget SET reserved_microusd = reserved_microusd + %s
    WHERE month = %s AND {whose} AND limit_microusd >= spent_microusd + reserved_microusd + %s
"""
_MOVE = """
    UPDATE governance_budget SET reserved_microusd = reserved_microusd + %s, spent_microusd = spent_microusd + %s
    WHERE month = %s AND {whose}
    RETURNING id, spent_microusd, limit_microusd
"""
_ROLL_UP = """
    INSERT INTO governance_rollup (day, model_id, task, attempts, input_tokens, cached_tokens, output_tokens,
                                   cost_microusd, estimated_microusd)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (day, model_id, task) DO UPDATE SET
        attempts = governance_rollup.attempts + excluded.attempts,
        input_tokens = governance_rollup.input_tokens + excluded.input_tokens,
        cached_tokens = governance_rollup.cached_tokens + excluded.cached_tokens,
        output_tokens = governance_rollup.output_tokens + excluded.output_tokens,
        cost_microusd = governance_rollup.cost_microusd + excluded.cost_microusd,
        estimated_microusd = governance_rollup.estimated_microusd + excluded.estimated_microusd
"""
_SWITCHES = """
    SELECT is_enabled,
           EXISTS (SELECT 1 FROM governance_planversion WHERE id = %s AND state = 'approved' AND fields_hash = %s),
           EXISTS (SELECT 1 FROM governance_organisation WHERE is_ai_stopped)
    FROM governance_languagemodel WHERE id = %s
"""
_ANSWERED = """
    SELECT 1 FROM governance_attempt JOIN governance_exchange ON attempt_id = governance_attempt.id
    WHERE fingerprint = %s AND state = 'settled' AND is_valid LIMIT 1
"""


def hold(model_id: int | None, month: date, amount: int) -> bool:
    """Add to what a budget holds, if it fits; `model_id` None is the whole month's. Returns whether it did."""
    return _change(_HOLD, model_id, [amount, month], [amount])


def move(model_id: int | None, month: date, *, reserved: int, spent: int) -> tuple[int, int, int] | None:
    """Change what a budget holds and has spent; its key, what it has spent now and its limit, where there is one."""
    statement, whose = _of_budget(_MOVE, model_id)
    return _one(statement, [reserved, spent, month, *whose]) or None  # type: ignore[return-value]


def roll_up(day: date, model_id: int, task: str, amounts: Sequence[int]) -> None:
    """Add attempts, input, cached and output tokens, cost and estimated cost to a day's sums."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLL_UP, [day, model_id, task, *amounts])


def switches(model_id: int, version_id: int, fields_hash: str) -> tuple[bool, bool, bool]:
    """Whether the model is enabled, the plan version still approved as it was, and everything stopped."""
    is_enabled, is_approved, is_stopped = _one(_SWITCHES, [version_id, fields_hash, model_id])
    return bool(is_enabled), bool(is_approved), bool(is_stopped)


def is_answered(fingerprint: str) -> bool:
    """Whether a valid answer is on record."""
    return bool(_one(_ANSWERED, [fingerprint]))


def _change(statement: str, model_id: int | None, before: list[Any], after: list[Any]) -> bool:
    sql, whose = _of_budget(statement, model_id)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*before, *whose, *after])
        return bool(cursor.rowcount)


def _of_budget(statement: str, model_id: int | None) -> tuple[str, list[Any]]:
    condition = "model_id IS NULL" if model_id is None else "model_id = %s"
    return statement.format(whose=condition), [] if model_id is None else [model_id]


def _one(statement: str, values: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() or ()
