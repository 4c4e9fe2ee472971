"""Several hands for one task: what can be done in copies of this process, on a machine of several cores."""

import gc
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Thread
from traceback import format_exception
from typing import Any

from experiments.errors import LostProcessError, in_a_line

MOST = 4
PATIENCE = 10.0
"""Seconds that a copy has to end when it is told to."""
FORK: Any = get_context("fork") if sys.platform == "linux" else None


def hands() -> int:
    """How many processes to share work among: one where a copy of this process cannot be relied on."""
    return min(len(os.sched_getaffinity(0)), MOST) if sys.platform == "linux" else 1


def shared_out[T](do: Callable[[int], T], items: Sequence[int]) -> list[T]:
    """Do something for each item, in copies of this process; the results, in order.

    What is done must need no thread of this process, as copies have none: drawing does not, reading
    tables with Polars does.

    Raises
    ------
    LostProcessError
        If a copy ended before it was done.
    """
    workers = min(hands(), len(items))
    if workers < 2:
        return [do(item) for item in items]
    with _fork_at_will(), ProcessPoolExecutor(workers, FORK, _begin_as_one_of_many) as pool:
        try:
            return list(pool.map(do, items))
        except BrokenProcessPool as error:
            raise LostProcessError("a process that drew has ended") from error
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
        """Let the copy do it; what it found.

        Raises
        ------
        LostProcessError
            If the copy has ended.
        """
        try:
            self._line.send(given)
            result, error = self._line.recv()
        except (EOFError, ConnectionError):
            raise LostProcessError("the process that was to do it has ended") from None
        if error is not None:
            raise error
        return result

    def close(self) -> None:
        """End the copy, whatever it is doing; one that does not end when it is told to is killed."""
        self._line.close()
        self._copy.terminate()
        self._copy.join(PATIENCE)
        self._copy.kill()
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
        sent = _as_can_be_sent(error)
        sent.add_note("".join(format_exception(error)))
        return None, sent


def _as_can_be_sent(error: Exception) -> Exception:
    """An error that can go to another process as it is, or else one that says the same in a line."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # its class decides what goes wrong when it is packed or made anew
        return RuntimeError(in_a_line(error))
    return error


def _begin() -> None:
    """A copy lives for seconds: it need not tidy up its memory, and its parent says when to stop."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _begin_as_one_of_many() -> None:
    gc.disable()
    follow_parent()


def follow_parent() -> None:
    """Leave Ctrl-C to the process that started this one, and end as soon as that is gone, even killed.

    Otherwise this one would wait for work for ever: it holds an end of the pipe from which it reads.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def _fork_at_will() -> Iterator[None]:
    """Copy this process though it has threads: what they do is not needed in the copy."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        yield
