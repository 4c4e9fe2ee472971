"""Show that a run is going on: a bar on a terminal, plain lines otherwise."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

_LINES = 10


@contextmanager
def progress(
    months: int, say: Callable[[str], None], *, timed: bool = False
) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with the number of months done; ``timed`` lines tell the time left."""
    if sys.stdout.isatty():
        with _bar(months) as advance:
            yield advance
    else:
        yield _timed_lines(months, say) if timed else _lines(months, say)


@contextmanager
def _bar(months: int) -> Iterator[Callable[[int], None]]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("months"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("months", total=months)
        yield lambda done: bar.update(task, completed=done)


def _lines(months: int, say: Callable[[str], None]) -> Callable[[int], None]:
    step = max(-(-months // _LINES), 1)

    def advance(done: int) -> None:
        if done and (done % step == 0 or done == months):
            say(f"  month {done} of {months}")

    return advance


def _timed_lines(months: int, say: Callable[[str], None]) -> Callable[[int], None]:
    started, said = perf_counter(), 0.0

    def advance(done: int) -> None:
        nonlocal said
        gone = perf_counter() - started
        if gone - said > 20.0 or done == months:
            said = gone
            left = gone * (months - done) / max(done, 1)
            say(f"  {100.0 * done / months:.0f} % done, about {left / 60.0:.1f} minutes left")

    return advance


def _at_the_end_of_this_month() -> str:
    return "stopping at the end of this month"


class StopRequest:
    """Turns the first Ctrl-C into a wish to stop soon; the second stops at once.

    Parameters
    ----------
    say : callable
        Called with a line that answers the first.
    when : callable
        Says when it will stop.
    """

    def __init__(
        self, say: Callable[[str], None], when: Callable[[], str] = _at_the_end_of_this_month
    ) -> None:
        self.asked, self._say, self._when = False, say, when
        self._before: Any = None

    def __enter__(self) -> "StopRequest":
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def ask(self) -> None:
        """Ask to stop soon, and say so."""
        self.asked = True
        self._say(f"{self._when()}; Ctrl-C now stops at once")

    def _handle(self, number: int, frame: Any) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.ask()

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
