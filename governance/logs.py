"""Log lines that carry what they are about: the run, the layer and the case."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})
_about: ContextVar[Mapping[str, str]] = ContextVar("about", default=_NOTHING)


@contextmanager
def logging_about(**names: object) -> Iterator[None]:
    """Within the block every log line of this thread or task carries `names` (run, layer, case); blocks nest."""
    token = _about.set({**_about.get(), **{name: str(value) for name, value in names.items()}})
    try:
        yield
    finally:
        _about.reset(token)


def _written_at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class TextFormatter(logging.Formatter):
    """One line for people: time, level, logger, message, then run=… layer=… case=…."""

    def format(self, record: logging.LogRecord) -> str:
        about = "".join(f" {name}={_one_line(value)}" for name, value in _about.get().items())
        line = f"{_written_at(record)} {record.levelname} {record.name}: {_one_line(record.getMessage())}{about}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _written_at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_about.get(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _one_line(text: str) -> str:
    # A value from a file must not be able to forge a log line of its own.
    return text.replace("\r", "\\r").replace("\n", "\\n")
