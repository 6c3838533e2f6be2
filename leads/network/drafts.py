"""The words of a request for an introduction, made by rule: short, with a way out."""

from collections.abc import Sequence


def request(*, colleague: str, person: str, title: str, company: str, via: str, sender: str) -> str:
    """A message to a colleague who may know `person` (over `via` where named). Empty parts are left out."""
    known_as = ", ".join(part for part in (person, title, company) if part)
    way = f"You know {via}, who may know them." if via else "You seem to know each other."
    lines: Sequence[str] = (
        f"Hi {colleague.split()[0] if colleague.split() else 'there'},",
        "",
        f"I would like to talk to {known_as}. {way}",
        "Would you introduce us? Two lines are plenty, and a no is fine too.",
        "",
        f"Thanks{f', {sender}' if sender else ''}",
    )
    return "\n".join(lines)
