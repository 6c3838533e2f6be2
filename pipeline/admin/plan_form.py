"""The form of a plan's draft: one input per answer, made from the list of answers, and what was typed read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from governance.plan_checks.modes import AMBIGUOUS, WORDS
from governance.plan_fields import LINES, Line, PlanField
from pipeline.admin.money import read_amount

_LONGEST_NAMES = 4000


class Unreadable(ValueError):
    """An answer that can't be taken as typed; the message is for its field."""


@dataclass(frozen=True, kw_only=True)
class Input:
    """One answer as the page draws it: `value` as text, `options` as (value, label, is chosen)."""

    field: PlanField
    value: str = ""
    options: Sequence[tuple[str, str, bool]] = ()
    rows: Sequence[tuple[str, str, Sequence[tuple[str, str, bool]]]] = ()
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A line with its inputs."""

    line: Line
    inputs: tuple[Input, ...]


def asked(
    fields: Mapping[str, Any],
    tasks: Mapping[str, str],
    people: Mapping[int, str],
    errors: Mapping[str, str],
    typed: QueryDict | None = None,
) -> list[Asked]:
    """The form's lines, filled from the stored answers, or from what was typed where that could not be taken."""
    return [
        Asked(line=line, inputs=tuple(_input(one, fields, tasks, people, errors, typed) for one in _shown(line)))
        for line in LINES
    ]


def _shown(line: Line) -> list[PlanField]:
    return [field for field in line.fields if field.key != "prompts"]


def _input(
    field: PlanField,
    fields: Mapping[str, Any],
    tasks: Mapping[str, str],
    people: Mapping[int, str],
    errors: Mapping[str, str],
    typed: QueryDict | None,
) -> Input:
    value = fields.get(field.key)
    error = errors.get(field.key, "")
    if field.kind == "map":
        modes = value if isinstance(value, dict) else {}
        rows = [(key, title, [(mode, words, mode == modes.get(key, AMBIGUOUS)) for mode, words in WORDS.items()])
                for key, title in tasks.items()]  # fmt: skip
        return Input(field=field, rows=rows, error=error)
    choices = _choices(field, tasks, people)
    if choices is not None:
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        options = [(key, label, key in chosen) for key, label in choices.items()]
        return Input(field=field, options=options, error=error)
    if field.kind == "flag":
        return Input(field=field, value="on" if value is True else "", error=error)
    text = typed.get(field.key, "") if typed is not None and error else _text(field, value)
    return Input(field=field, value=text, error=error)


def _choices(field: PlanField, tasks: Mapping[str, str], people: Mapping[int, str]) -> Mapping[str, str] | None:
    if field.key == "tasks":
        return tasks
    if field.kind == "person":
        return {str(key): name for key, name in people.items()}
    return field.choices


def _text(field: PlanField, value: Any) -> str:
    if value is None:
        return ""
    if field.kind == "money":
        return f"{Decimal(value) / 1_000_000:.2f}"
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def read_answers(
    typed: QueryDict, tasks: Mapping[str, str], people: Mapping[int, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers that could be taken, and a sentence for each that could not."""
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for line in LINES:
        for field in _shown(line):
            try:
                answers[field.key] = _read(field, typed, tasks, people)
            except Unreadable as error:
                errors[field.key] = str(error)
    return answers, errors


def _read(field: PlanField, typed: QueryDict, tasks: Mapping[str, str], people: Mapping[int, str]) -> Any:
    if field.kind == "map":
        modes = {key: typed.get(f"{field.key}-{key}", AMBIGUOUS) for key in tasks}
        return {key: mode if mode in WORDS else AMBIGUOUS for key, mode in modes.items()}
    if field.kind == "flag":
        return field.key in typed
    choices = _choices(field, tasks, people)
    if field.kind == "choices" and choices is not None:
        return [key for key in choices if key in typed.getlist(field.key)]
    text = typed.get(field.key, "").strip()
    if choices is not None:
        if text and text not in choices:
            raise Unreadable("Choose one of the list.")
        return (int(text) if field.kind == "person" else text) if text else None
    return _typed(field, text)


def _typed(field: PlanField, text: str) -> Any:
    if field.kind == "names":
        return [part.strip() for part in text[:_LONGEST_NAMES].split(",") if part.strip()] or None
    if field.kind in ("text", "long"):
        if len(text) > field.high:
            raise Unreadable(f"This has {len(text):,} characters; at most {field.high:,} fit.")
        return text
    if not text:
        return None
    if field.kind == "date":
        return _date(text)
    if field.kind == "money":
        amount = read_amount(text)
        if amount is None or amount > field.high:
            raise Unreadable(f"“{text[:30]}” is no amount; write dollars such as 12.50.")
        return amount
    return _number(field, text)


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Unreadable(f"“{text[:30]}” is no date; write it as 2027-01-31.") from None


def _number(field: PlanField, text: str) -> int | float:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise Unreadable(f"“{text[:30]}” is no number.") from None
    if not number.is_finite() or not field.low <= number <= field.high:
        raise Unreadable(f"Write a number from {field.low:,} to {field.high:,}.")
    if field.kind == "decimal":
        return float(number)
    if number != number.to_integral_value():
        raise Unreadable("Write a whole number.")
    return int(number)
