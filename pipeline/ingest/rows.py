"""Text to rows: cells with the line each row starts on, whatever the quoting and the line ends."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CELL_CHARS = 200_000
MAX_ROW_LINES = 5_000  # a quotation mark still open after so many lines was never closed
# Going back after a stray quotation mark reads lines twice; this bounds it for files that are nothing but quotes.
_MAX_LINES_READ_AGAIN = 200_000

_END = "\ue000end of file\ue000"

csv.field_size_limit(2**31 - 1)  # cells are bounded below, where the rest of the file can go on

STRAY_QUOTE = "A quotation mark opens here and is never closed."


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a file: the physical line it starts on (from 1), its cells as text, and why it is not read, if so.

    `failure` says what is damaged; `skip` says why an intact row is no record. At most one of them is filled.
    """

    line: int
    cells: tuple[str, ...]
    failure: str = ""
    skip: str = ""


class _Lines:
    """Physical lines that can be handed back, remembering those the current row has taken."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._returned: deque[str] = deque()
        self._is_finished = False
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._is_finished:
            raise StopIteration
        line = self._returned.popleft() if self._returned else self._lines.readline()
        if not line:
            # A last line of our own shows whether a quotation mark was still open at the end.
            self._is_finished = True
            line = _END
        elif len(self.taken) >= MAX_ROW_LINES:
            self._returned.appendleft(line)
            raise _QuoteStaysOpen
        self.taken.append(line)
        return line

    def hand_back(self, lines: list[str]) -> None:
        self._is_finished = False
        self._returned.extendleft(reversed([line for line in lines if line is not _END]))


class _QuoteStaysOpen(Exception):
    pass


def read_cells(text: str, delimiter: str, *, width: int = 0) -> Iterator[tuple[int, list[str], str]]:
    """Yield (line, cells, failure) for every row that is not a blank line.

    With a `width` a row over several lines that has another width is taken for a stray quotation mark, when the line
    after it has that width by itself: then only the first line fails and reading goes on after it.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter)
    line, budget = 1, _MAX_LINES_READ_AGAIN
    while True:
        lines.taken = []
        try:
            cells = next(reader)
            is_stray = len(lines.taken) > 1 and _is_stray(lines.taken, cells, delimiter, width)
        except StopIteration:
            return
        except (_QuoteStaysOpen, csv.Error):
            cells, is_stray = [], True
        taken = lines.taken
        if taken == [_END] or not taken:
            return
        if not is_stray:
            if cells:
                yield line, cells, ""
            line += len(taken)
            continue
        if budget <= 0:
            yield line, [taken[0].rstrip("\r\n")], STRAY_QUOTE + " Everything after it was left out."
            return
        budget -= len(taken)
        lines.hand_back(taken[1:])
        reader = csv.reader(lines, delimiter=delimiter)
        yield line, _split(taken[0], delimiter), STRAY_QUOTE
        line += 1


def _is_stray(taken: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    if taken[-1] is _END:
        return True
    is_doubtful = len(cells) != width or not _is_strict(taken, delimiter)
    return width > 0 and is_doubtful and _fits(taken[1], delimiter, width)


def _is_strict(lines: list[str], delimiter: str) -> bool:
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True


def _fits(line: str, delimiter: str, width: int) -> bool:
    return line is not _END and len(_split(line, delimiter)) == width


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
