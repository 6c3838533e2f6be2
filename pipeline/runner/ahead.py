"""Work out the next while the database stores the last: two kinds of waiting that need not wait for each other."""

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Generator[T]:
    """The items, each made in a thread of its own while the caller is busy with the one before.

    Making them must not touch the database. What making one raises comes up when its turn comes.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as thread:
        coming = thread.submit(_next, items)
        while found := coming.result():
            coming = thread.submit(_next, items)
            yield found[0]


def _next(items: Iterator[T]) -> list[T]:
    """The next item alone in a list, which is empty at the end."""
    return list(islice(items, 1))
