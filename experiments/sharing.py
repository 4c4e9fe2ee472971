"""Work is shared among processes, which end with the one that started them."""

import signal
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from threading import current_thread, main_thread
from typing import Protocol

from agents.base.compile import is_warm
from experiments.errors import LostProcessError
from experiments.hands import follow_parent
from experiments.progress import StopRequest, progress
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
        for months in results(jobs, workers, work, say):
            done += months
            advance(done)


def compiled(say: Callable[[str], None]) -> None:
    """Compile the month, unless it is: once, before others would all do it at the same time."""
    if not is_warm():
        say("compiling the model first, which takes up to a minute; later runs start at once")
        small = {"population.customers": 100, "burn_in": 1}
        Reciprocity(Parameters().changed(**small), rng=1).run_for(4)


def results[T, R](
    jobs: Sequence[T], workers: int, work: Callable[[T], R], say: Callable[[str], None] = print
) -> Iterable[R]:
    """What the work on each job returns, in the order in which jobs are done.

    Where several processes share the jobs and one job fails, or the user stops, those under way are still
    finished, and no other is begun; a user who insists ends them too. One process alone stops at once.

    Raises
    ------
    LostProcessError
        If one of the processes ended before its job was done; the others are ended too.
    """
    if workers == 1 or len(jobs) <= 1:
        yield from map(work, jobs)
    else:
        yield from _shared(jobs, workers, work, say)


def _shared[T, R](
    jobs: Sequence[T], workers: int, work: Callable[[T], R], say: Callable[[str], None]
) -> Iterator[R]:
    waiting = iter(jobs)
    under_way: set[Future[R]] = set()

    def when() -> str:
        return f"stopping once what is under way is finished ({sum(not job.done() for job in under_way)})"

    with StopRequest(say, when) as stop, _processes(workers) as pool:
        under_way = _begun(pool, work, islice(waiting, workers))
        while under_way:
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            if under_way and not stop.asked and any(_failed(job) for job in done):
                stop.ask()
            found = [job.result() for job in done]
            if not stop.asked:
                under_way |= _begun(pool, work, islice(waiting, len(done)))
            yield from found
        if stop.asked:
            raise KeyboardInterrupt


def _failed[R](job: Future[R]) -> bool:
    """Whether a job came to nothing, but its process lives."""
    return not isinstance(job.exception(), BrokenProcessPool | None)


def _begun[T, R](pool: ProcessPoolExecutor, work: Callable[[T], R], jobs: Iterable[T]) -> set[Future[R]]:
    """Begin some jobs. A process that is started for them is deaf to Ctrl-C from its first moment on."""
    if current_thread() is not main_thread():
        return {pool.submit(work, job) for job in jobs}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return {pool.submit(work, job) for job in jobs}
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that finish what is under way when this ends, unless the user insists."""
    others = frozenset(active_children())
    pool = ProcessPoolExecutor(workers, get_context("spawn"), follow_parent)
    try:
        with _killed_if_the_user_insists(others):
            yield pool
    except BrokenProcessPool as error:
        raise LostProcessError(
            "a process that shared the work has ended, perhaps for want of memory; fewer processes need less"
        ) from error
    finally:
        with _killed_if_the_user_insists(others):
            pool.shutdown()


@contextmanager
def _killed_if_the_user_insists(others: Container[BaseProcess]) -> Iterator[None]:
    """Kill the processes that this one has started, but not the others, where Ctrl-C stops it."""
    try:
        yield
    except KeyboardInterrupt:
        for process in active_children():
            if process not in others:
                process.kill()
        raise
