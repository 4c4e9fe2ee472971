"""Figures and report of a run: made by a copy of this process, which gets ready while the months go by."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter

from experiments.errors import LostProcessError
from experiments.hands import Aside, hands
from experiments.schema import Run

Seconds = dict[str, float]


def wanted(run: Run) -> tuple[str, ...]:
    """What is to be drawn of a run, by the names of the modules that do it."""
    asked = {"figures": run.output.figures, "report": run.output.report}
    return tuple(part for part, on in asked.items() if on and run.months > 0)


@contextmanager
def studio(run: Run, say: Callable[[str], None]) -> Iterator[Callable[[Path], Seconds]]:
    """A function that makes what is wanted of a run from its folder with tables, and says how long it took.

    Opened before the model is built: a copy of this process that shares a model's memory would hold on to
    all that the model overwrites. In a process that has used Polars no copy is made: it would wait for ever
    for Polars's threads, which it lacks.
    """
    parts = wanted(run)
    if not parts or hands() < 2 or "polars" in sys.modules:
        yield partial(make, parts)
        return
    aside: Aside[Path, Seconds] = Aside(partial(get_ready, parts), partial(make, parts))
    try:
        yield partial(drawn, aside, parts, say)
    finally:
        aside.close()


def drawn(
    aside: Aside[Path, Seconds], parts: Sequence[str], say: Callable[[str], None], folder: Path
) -> Seconds:
    """What the copy makes; where it has ended, as the months are done, this process makes it."""
    try:
        return aside(folder)
    except LostProcessError as error:
        say(f"{error}; figures and report are made without it")
        return make(parts, folder)


def get_ready(parts: Sequence[str]) -> None:
    """Import what draws; it takes as long as some figures."""
    for part in parts:
        import_module(f"experiments.{part}")


def make(parts: Sequence[str], folder: Path) -> Seconds:
    """Make each part of the folder of a run; the seconds that it took."""
    seconds = {}
    for part in parts:
        start, module = perf_counter(), import_module(f"experiments.{part}")
        (module.write_all if part == "figures" else module.write)(folder)
        seconds[part] = round(perf_counter() - start, 3)
    return seconds
