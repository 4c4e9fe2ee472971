"""What it costs to call a compiled loop that has nothing to do: the price of each event in a tiny market."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from time import process_time
from types import ModuleType
from typing import Any

import numpy as np
from numba.core.registry import CPUDispatcher

from sim import Reciprocity

CALLS, REPEATS = 200, 5


class Watched:
    """A compiled loop that remembers what it was last called with."""

    def __init__(self, loop: Any) -> None:
        self.loop = loop
        self.name = f"{loop.py_func.__module__.rsplit('.', 1)[-1]}.{loop.py_func.__name__}"
        self.arguments: tuple[Any, ...] | None = None

    def __call__(self, *arguments: Any) -> Any:
        self.arguments = arguments
        return self.loop(*arguments)


def modules_of_the_model() -> Iterator[ModuleType]:
    """Give the modules whose functions may call loops."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("agents", "sim"):
            yield module


@contextmanager
def watched_loops() -> Iterator[list[Watched]]:
    """Watch all calls of loops from plain Python; calls among compiled functions are not seen."""
    put: list[tuple[ModuleType, str, Any]] = []
    watched: dict[Any, Watched] = {}
    for module in modules_of_the_model():
        for name, value in list(vars(module).items()):
            if isinstance(value, CPUDispatcher) and value.targetoptions.get("nogil"):
                put.append((module, name, value))
                setattr(module, name, watched.setdefault(value, Watched(value)))
    try:
        yield list(watched.values())
    finally:
        for module, name, value in put:
            setattr(module, name, value)


def emptied(argument: Any) -> Any:
    """Return a table or an array without rows, and a range without end; the rest as it is."""
    if isinstance(argument, np.ndarray):
        return argument[:0]
    return argument


def microseconds(loop: Watched) -> float:
    """Return the least mean time of a call with empty tables; of one that is for one firm, with that firm."""
    assert loop.arguments is not None
    arguments = list(loop.arguments)
    if "k" not in signature(loop.loop.py_func).parameters:  # one firm's row cannot be left out
        arguments = [emptied(argument) for argument in arguments]
    if type(arguments[0]) is int and type(arguments[1]) is int:  # a range of rows: start, stop
        arguments[1] = arguments[0]
    best = float("inf")
    for _ in range(REPEATS):
        begin = process_time()
        for _ in range(CALLS):
            loop.loop(*arguments)
        best = min(best, (process_time() - begin) / CALLS)
    return best * 1e6


def microseconds_by_loop() -> dict[str, float]:
    """Return the cost of an empty call of each loop that the months of a small market call."""
    sizes: dict[str, Any] = {"population.customers": 200, "burn_in": 1}
    model = Reciprocity(rng=1, **sizes)
    model.run_for(4)
    with watched_loops() as loops:
        model.run_for(3)
    called = [loop for loop in loops if loop.arguments is not None]
    return {loop.name: microseconds(loop) for loop in called}
