"""Work is shared among processes, which end with the one that started them."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Protocol

from agents.base.compile import is_warm
from experiments.progress import progress
from sim import Parameters, Reciprocity


class Months(Protocol):
    """Work of which it is known how many months it runs."""

    @property
    def months(self) -> int:
        """Months to be run."""


def run_all[T: Months](
    jobs: Sequence[T], workers: int, say: Callable[[str], None], work: Callable[[T], int]
) -> None:
    """Do some work in this process or in several, once the month is compiled; show how far it is.

    Parameters
    ----------
    jobs : sequence
        Pieces of work.
    workers : int
        Processes that share them; they change no result.
    say : callable
        Called with a line about what is done.
    work : callable
        Does one piece, and returns the months that it ran.
    """
    compiled(say)
    done = 0
    with progress(sum(job.months for job in jobs), say, timed=True) as advance:
        for months in results(jobs, workers, work):
            done += months
            advance(done)


def compiled(say: Callable[[str], None]) -> None:
    """Compile the month, unless it is: once, before others would all do it at the same time."""
    if not is_warm():
        say("compiling the model first, which takes up to a minute; later runs start at once")
        small = {"population.customers": 100, "burn_in": 1}
        Reciprocity(Parameters().changed(**small), rng=1).run_for(4)


def results[T, R](jobs: Sequence[T], workers: int, work: Callable[[T], R]) -> Iterable[R]:
    """What the work on each job returns, in the order in which jobs are done.

    Where one fails or the user stops, those under way are still finished, and no other is begun.
    """
    if workers == 1 or len(jobs) <= 1:
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), end_with_parent) as pool:
        try:
            for result in as_completed([pool.submit(work, job) for job in jobs]):
                yield result.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def end_with_parent() -> None:
    """Let this process end as soon as the one that started it is gone, even killed.

    Otherwise it would wait for work for ever: it holds an end of the pipe from which it reads.
    """
    Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
