"""A start without Python's search for forgotten objects.

A start makes hundreds of thousands of objects that stay to the end. Python looks through all of them again
and again while they are made, and once more when the program ends: together most of a second.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class _Start:
    """The start of the program: whether it is lean now."""

    lean = False


@contextmanager
def lean_start() -> Iterator[None]:
    """Search for nothing until ``settled`` is called, or this ends; who never searches goes on so."""
    _Start.lean = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if _Start.lean:
            _search_again()


def settled() -> None:
    """After a lean start: search from now on, but not through what is there already."""
    if _Start.lean:
        gc.freeze()
        _search_again()


def _search_again() -> None:
    _Start.lean = False
    gc.enable()
