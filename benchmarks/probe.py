"""Measure one thing in a process of its own, and print it as JSON: `python -m benchmarks.probe NAME ...`.

What is imported here at the top is little on purpose: importing the model is one of the things measured.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any


def peak_bytes() -> int:
    """Return the most memory that this process has held.

    Linux's own count where there is one: `getrusage` starts from what the parent held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(lines[0].split()[1]) * 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024


def time_events() -> dict[str, float]:
    """Let every event of the month add its seconds to the mapping that is returned."""
    from sim import model, schedule  # noqa: PLC0415

    seconds: dict[str, float] = {}

    def timed(name: str, does: Callable[[Any], None]) -> Callable[[Any], None]:
        def do(world: Any) -> None:
            start = process_time()
            does(world)
            seconds[name] = seconds.get(name, 0.0) + process_time() - start

        return do

    watched = tuple(event._replace(does=timed(event.does.__name__, event.does)) for event in schedule.MONTH)
    setattr(model, "MONTH", watched)  # noqa: B010 - the month that `step` looks up
    return seconds


def months(customers: int, threads: int, blocks: int, length: int) -> dict[str, Any]:
    """Time blocks of months of the default market, once policies hold; leavers are not kept.

    Nothing is kept beyond the firms' months, so that the peak of memory is the model's own.
    """
    from agents import Customer  # noqa: PLC0415
    from sim import Reciprocity, Record  # noqa: PLC0415

    seconds = time_events()
    begin = perf_counter()
    sizes: dict[str, Any] = {"population.customers": customers, "burn_in": 2}
    model = Reciprocity(rng=1, threads=threads, record=Record(leavers=False, flows=False), **sizes)
    build = perf_counter() - begin
    model.run_for(1)
    seconds.clear()
    wall, core = [], []
    for _ in range(blocks):
        begin, busy = perf_counter(), process_time()
        model.run_for(length)
        wall.append((perf_counter() - begin) / length)
        core.append((process_time() - busy) / length)
    in_all = blocks * length
    return {
        "build": build,
        "wall": wall,
        "core": core,
        "peak": peak_bytes(),
        "record": model.table(Customer).records.dtype.itemsize,
        "events": {name: total / in_all for name, total in seconds.items()},
    }


def classroom(runs: int) -> dict[str, Any]:
    """Time whole runs of a small market, from nothing and from a burn-in that is shared."""
    from sim import Parameters, Reciprocity, Record  # noqa: PLC0415

    kept = Record(leavers=False, flows=False)
    parameters = Parameters().changed(**{"population.customers": 1000})
    Reciprocity(parameters, rng=1, record=kept).run_for(12)
    whole, shared = [], []
    for seed in range(runs):
        begin = process_time()
        Reciprocity(parameters, rng=seed, record=kept).run_for(120)
        whole.append(process_time() - begin)
    start = Reciprocity(parameters, rng=1, record=kept)
    start.run_burn_in()
    for _ in range(runs):
        begin = process_time()
        start.fork().run_for(120)
        shared.append(process_time() - begin)
    seconds = time_events()
    Reciprocity(parameters, rng=1, record=kept).run_for(120)
    events = {name: total / (120 + parameters.burn_in) for name, total in seconds.items()}
    return {"whole": whole, "shared": shared, "events": events}


def start() -> dict[str, Any]:
    """Time import, build and the first year of the default market, in seconds of a core."""
    begin, clock = process_time(), perf_counter()
    from sim import Reciprocity  # noqa: PLC0415

    imported = process_time()
    model = Reciprocity(rng=1, burn_in=0)
    built = process_time()
    model.run_for(1)
    first = process_time()
    model.run_for(12)
    return {
        "import": imported - begin,
        "build": built - imported,
        "first_month": first - built,
        "core": process_time() - begin,
        "wall": perf_counter() - clock,
    }


PROBES: dict[str, Callable[..., dict[str, Any]]] = {"months": months, "classroom": classroom, "start": start}

if __name__ == "__main__":
    print(json.dumps(PROBES[sys.argv[1]](*map(int, sys.argv[2:]))))
