"""Numbers as sentences say them."""

from datetime import date


def days(number: float) -> str:
    return "1 day" if round(number) == 1 else f"{round(number):,} days"


def times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
