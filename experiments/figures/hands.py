"""Several hands for one task: on a machine of several cores, figures are drawn two at a time."""

import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

MOST = 4


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
    with warnings.catch_warnings(), ProcessPoolExecutor(workers, get_context("fork"), _begin) as pool:
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        try:
            return list(pool.map(do, items))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _begin() -> None:
    """A copy lives for seconds: it need not tidy up its memory, and its parent says when to stop."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
