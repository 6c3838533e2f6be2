"""What can be wrong with a file or a cell, in one plain sentence each."""


class UnreadableFile(ValueError):
    """The whole file cannot be read; the message is one sentence for the user."""


class BadCell(ValueError):
    """A cell does not say what its column should.

    The message is one sentence for the user. `kept` is what the record keeps all the same (a phone number as typed,
    the good ones of several addresses), or None when the value is left out.
    """

    def __init__(self, sentence: str, *, kept: str | list[str] | None = None) -> None:
        super().__init__(sentence)
        self.kept = kept


def quoted(text: str, limit: int = 60) -> str:
    """The text in quotation marks, on one line, cut to `limit` characters."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= limit else line[: limit - 1] + '…'}”"
