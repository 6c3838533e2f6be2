"""Short ways to write formats down."""

from collections.abc import Mapping


def columns(**cells: str | tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """A record's fields with the header cell, or cells in order of preference, each is read from."""
    return {name: (cell,) if isinstance(cell, str) else cell for name, cell in cells.items()}


def joined(*parts: str | None) -> str:
    """The filled parts with a blank between."""
    return " ".join(part for part in parts if part)
