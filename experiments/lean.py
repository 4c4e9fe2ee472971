"""A start without Python's search for forgotten objects.

A start makes hundreds of thousands of objects that stay to the end. Python looks through all of them again
and again while they are made, and once more when the program ends: together most of a second.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lean_start() -> Iterator[None]:
    """Search for nothing until ``settled`` is called, or this ends."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settled() -> None:
    """After a lean start: search from now on, but not through what is there already."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
