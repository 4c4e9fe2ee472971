"""Several hands for one task: what can be done in copies of this process, on a machine of several cores."""

import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from traceback import format_exception
from typing import Any

MOST = 4
FORK: Any = get_context("fork") if sys.platform == "linux" else None


def hands() -> int:
    """How many processes to share work among: one where a copy of this process cannot be relied on."""
    return min(len(os.sched_getaffinity(0)), MOST) if sys.platform == "linux" else 1


def shared_out[T](do: Callable[[int], T], items: Sequence[int]) -> list[T]:
    """Do something for each item, in copies of this process; the results, in order.

    What is done must need no thread of this process, as copies have none: drawing does not, reading
    tables with Polars does.
    """
    workers = min(hands(), len(items))
    if workers < 2:
        return [do(item) for item in items]
    with _fork_at_will(), ProcessPoolExecutor(workers, FORK, _begin) as pool:
        try:
            return list(pool.map(do, items))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


class Aside[G, R]:
    """A copy of this process that gets ready to do something while this one goes on with something else.

    Parameters
    ----------
    get_ready : callable
        What the copy does at once.
    do : callable
        What it does with what it is given later; its result, or its error, comes back.
    """

    def __init__(self, get_ready: Callable[[], object], do: Callable[[G], R]) -> None:
        self._line, theirs = FORK.Pipe()
        self._copy = FORK.Process(target=_wait, args=(get_ready, do, theirs, self._line))
        with _fork_at_will():
            self._copy.start()
        theirs.close()

    def __call__(self, given: G) -> R:
        """Let the copy do it; what it found."""
        try:
            self._line.send(given)
            result, error = self._line.recv()
        except (EOFError, BrokenPipeError):
            raise ChildProcessError("the process that was to do it has ended") from None
        if error is not None:
            raise error
        return result

    def close(self) -> None:
        """End the copy, whatever it is doing."""
        self._line.close()
        self._copy.terminate()
        self._copy.join()


def _wait(get_ready: Callable[[], object], do: Callable[[Any], Any], line: Connection, theirs: Any) -> None:
    """In the copy: get ready, and do what is asked for; without a parent the line ends, and so does this."""
    theirs.close()
    _begin()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    get_ready()
    try:
        line.send(_tried(do, line.recv()))
    except (EOFError, BrokenPipeError):
        return


def _tried(do: Callable[[Any], Any], given: Any) -> tuple[Any, Exception | None]:
    try:
        return do(given), None
    except Exception as error:
        error.add_note("".join(format_exception(error)))
        return None, error


def _begin() -> None:
    """A copy lives for seconds: it need not tidy up its memory, and its parent says when to stop."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _fork_at_will() -> Iterator[None]:
    """Copy this process though it has threads: what they do is not needed in the copy."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        yield
