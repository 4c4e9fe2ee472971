"""The parts of the bench: what is measured, beside what is aimed at."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

HOME = Path(__file__).parent.parent
KEPT = {"PYTHONDONTWRITEBYTECODE": ""}  # bytecode lies on disk, as after `make setup`
SIZES = {10_000: (3, 12), 100_000: (2, 6), 1_000_000: (2, 3)}  # customers: blocks of months, their length


class Row(NamedTuple):
    """One figure of the bench.

    Attributes
    ----------
    part, what, unit : str
        Which part of the bench it belongs to, what is measured, in which unit.
    value : float
        The figure.
    aim : str
        What it should be, such as ``"<= 300"``; empty if nothing is asked of it.
    beside : str
        The figure in relation to another one, or how it was come by.
    """

    part: str
    what: str
    value: float
    unit: str
    aim: str = ""
    beside: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met, None if there is none."""
        if not self.aim:
            return None
        sign, bound = self.aim.split()
        return self.value >= float(bound) if sign == ">=" else self.value <= float(bound)


def probed(*words: object, **environment: str) -> dict[str, Any]:
    """Return what a probe measures in a process of its own.

    Raises
    ------
    RuntimeError
        If the probe fails; with what it said last.
    """
    command = [sys.executable, "-m", "benchmarks.probe", *map(str, words)]
    return json.loads(said_by(command, **environment).splitlines()[-1])


def said_by(command: list[str], **environment: str) -> str:
    """Return what a command prints, from the project's folder."""
    done = subprocess.run(
        command, cwd=HOME, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:])}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


Details = dict[str, Any]


def twin(details: Details) -> Iterator[Row]:
    """Compare the customers' month with the readable twin's, from the same state and with the same draws."""
    from agents import Customer  # noqa: PLC0415 - other parts do without the model
    from benchmarks.customers_month import live  # noqa: PLC0415
    from benchmarks.twin_copy import columns_of, twin_from  # noqa: PLC0415
    from sim import Reciprocity, Record  # noqa: PLC0415

    customers = 10_000
    sizes: dict[str, Any] = {"population.customers": customers, "burn_in": 6}
    model = Reciprocity(rng=1, record=Record(leavers=False, flows=False), **sizes)
    model.run_for(6)
    readable, ours, theirs = twin_from(model), [], []
    compared = model.fork()
    for _ in range(3):
        readable.prepare()
        theirs.append(seconds_of(readable.live))
        live(compared)
    live(model)  # warm
    for _ in range(24):
        ours.append(seconds_of(lambda: live(model)))
    slow, fast = min(theirs) / customers, min(ours) / customers
    columns = columns_of(readable)
    moved = sum((compared.table(Customer)["firm"] != columns["firm"]).tolist())
    details["twin_ns"] = slow * 1e9
    yield Row("twin", "customers' month of the twin, 10,000 customers", slow * 1e9, "ns/customer-month")
    yield Row("twin", "customers' month of the model, same state", fast * 1e9, "ns/customer-month")
    yield Row("twin", "the twin is slower by", slow / fast, "times", ">= 100", "filling of draws not counted")
    yield Row("twin", "customers elsewhere than in the twin, 3 months on", moved, "customers", "<= 0")


def seconds_of(do: Callable[[], None]) -> float:
    """Return how much of a core something takes."""
    begin = process_time()
    do()
    return process_time() - begin


def model(details: Details) -> Iterator[Row]:
    """Time the whole model by size and threads; measure its memory at a million customers."""
    probed("months", 1_000, 1, 1, 1)  # compiles what is not on disk, which takes memory
    small = probed("months", 1_000, 1, 1, 1)["peak"]
    for customers, blocks in SIZES.items():
        alone = probed("months", customers, 1, *blocks)
        details["events"][customers] = alone["events"]
        yield from month_rows(customers, alone, probed("months", customers, 2, *blocks), details)
    peak = (alone["peak"] - small) / customers
    about = f"{alone['record']} of them the customer's record"
    yield Row("model", f"peak memory, {customers:,} customers", peak, "bytes/customer", "<= 300", about)
    yield Row("model", f"build of {customers:,} customers", alone["build"], "s")


def month_rows(customers: int, alone: Details, both: Details, details: Details) -> Iterator[Row]:
    """Give the month's cost on one thread, in seconds of a core, and on two, in seconds of the wall."""
    what, unit = f"whole month, {customers:,} customers", "ns/customer-month"
    aim = "<= 300" if customers == max(SIZES) else ""
    ns = min(alone["core"]) / customers * 1e9
    yield Row("model", f"{what}, 1 thread", ns, unit, aim, faster_than_twin(ns, details))
    ns, faster = min(both["wall"]) / customers * 1e9, min(alone["wall"]) / min(both["wall"])
    yield Row("model", f"{what}, 2 threads", ns, unit, "", f"{faster:.2f} times as fast, by the wall clock")


def faster_than_twin(ns: float, details: Details) -> str:
    """Return how much faster than the twin's customers' month a whole month is, if that was timed."""
    return f"{details['twin_ns'] / ns:.0f} times faster than the twin" if "twin_ns" in details else ""


def huge(details: Details) -> Iterator[Row]:
    """Time ten million customers for a year, on two threads."""
    found = probed("months", 10_000_000, 2, 1, 12)
    ns = found["wall"][0] / 1e7 * 1e9
    yield Row("huge", "whole month, 10,000,000 customers, 2 threads", ns, "ns/customer-month")
    yield Row("huge", "a year of 10,000,000 customers, 2 threads", 12 * found["wall"][0], "s")
    yield Row("huge", "peak memory", found["peak"] / 1e9, "GB")


def classroom(details: Details) -> Iterator[Row]:
    """Time whole runs of 1,000 customers, 5 firms, 120 months."""
    found = probed("classroom", 5)
    details["events"][1_000] = found["events"]
    whole, shared = 1.0 / median(found["whole"]), 1.0 / median(found["shared"])
    about = "1,000 customers, 5 firms"
    yield Row("classroom", "runs of 24 + 120 months", whole, "runs/s", ">= 10", about)
    yield Row("classroom", "runs of 120 months from a shared burn-in", shared, "runs/s", ">= 10", about)


def calls(details: Details) -> Iterator[Row]:
    """Time each compiled loop called with nothing to do."""
    from benchmarks.empty_calls import microseconds_by_loop  # noqa: PLC0415

    found = details["calls"] = microseconds_by_loop()
    slowest = max(found, key=lambda name: found[name])
    about = f"{slowest}; {len(found)} loops, together {sum(found.values()):.0f}"
    yield Row("calls", "slowest empty call of a loop", found[slowest], "microseconds", "<= 50", about)


def start(details: Details) -> Iterator[Row]:
    """Time what a user waits for beside the months, with compiled code on disk."""
    probed("start", **KEPT)
    said_by([sys.executable, "-c", "import experiments.multirun, experiments.report"], **KEPT)
    found = probed("start", **KEPT)
    yield Row("start", "import of the model", found["import"], "s")
    yield Row("start", "build of the default market", found["build"], "s")
    yield Row("start", "first month, loading compiled code", found["first_month"], "s")
    with tempfile.TemporaryDirectory() as folder:
        busy, clock = core_of_children(), perf_counter()
        said_by([sys.executable, "-m", "experiments.cli", "run", f"hydra.run.dir={folder}/run"], **KEPT)
        core, wall = core_of_children() - busy, perf_counter() - clock
        spent = json.loads((Path(folder) / "run" / "manifest.json").read_text())["seconds"]
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items())
    about = f"by the wall clock: {parts}; whole run: {core:.1f} s of a core"
    yield Row(
        "start",
        "warm `reciprocity run` less its months, wall clock",
        wall - spent["months"],
        "s",
        "<= 5",
        about,
    )


def core_of_children() -> float:
    """Return how much of a core the processes started from here have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold(details: Details) -> Iterator[Row]:
    """Time a first run with no compiled code on disk, less the same with it."""
    with tempfile.TemporaryDirectory() as folder:
        first = probed("start", XDG_CACHE_HOME=folder)
        again = probed("start", XDG_CACHE_HOME=folder)
    about = f"by the wall clock {first['wall'] - again['wall']:.0f}"
    yield Row("cold", "compiling at a first run", first["core"] - again["core"], "s", "<= 60", about)


PARTS: dict[str, Callable[[Details], Iterator[Row]]] = {
    "twin": twin,
    "model": model,
    "classroom": classroom,
    "calls": calls,
    "start": start,
    "cold": cold,
    "huge": huge,
}
