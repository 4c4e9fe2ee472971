"""Rows shared among threads: a loop over many rows is called for ranges of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from os import getpid
from typing import Any

RANGE = 32_768  # rows that one call of a loop works on; never depends on the number of threads


def share_rows(loop: Callable[..., Any], size: int, threads: int, arguments: tuple[Any, ...]) -> None:
    """Call a loop for ranges of so many rows that do not depend on the number of threads."""
    starts = range(0, size, RANGE)
    if len(starts) == 1 or threads == 1:
        for start in starts:
            loop(start, min(start + RANGE, size), *arguments)
        return
    pool = _workers(threads, getpid())
    list(pool.map(lambda start: loop(start, min(start + RANGE, size), *arguments), starts))


@cache
def _workers(threads: int, process: int) -> ThreadPoolExecutor:
    """Threads, kept from one loop to the next; a process that was forked makes its own."""
    return ThreadPoolExecutor(threads, f"rows of {process}")
