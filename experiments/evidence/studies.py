"""What rows are measured on: runs that several rows share, kept so that none is run twice."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.errors import BadInputError
from experiments.evidence.row import Sight, Study
from experiments.folder import make_whole
from experiments.keeping import STORE, opened
from experiments.sharing import compiled, results
from experiments.worlds import code_version

JUDGING = ("row", "scorecard", "catalogue", "page", "figure", "command", "published")
"""Files that only judge what studies show; so do the modules of rows."""


@cache
def evidence_version() -> str:
    """A hash of all that decides what a study shows: model, code of the studies, tables."""
    root = Path(__file__).parent
    digest = sha256(code_version().encode())
    policies = root.parent / "questions" / "bases.py"
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.csv"), policies]):
        if path.stem not in JUDGING and path.parent.name != "rows":
            digest.update(str(path.relative_to(root.parent)).encode() + path.read_bytes())
    return digest.hexdigest()


class Job(NamedTuple):
    """One seed of a study that is still to be run, and where it is kept."""

    study: Study
    seed: int
    customers: int
    place: Path


def place_of(study: Study, seed: int, customers: int, store: Path) -> Path:
    """Where a seed of a study is kept: a name that changes whenever what it shows would."""
    told = json.dumps([evidence_version(), study.name, seed, customers])
    return store / f"evidence-{sha256(told.encode()).hexdigest()[:24]}.npz"


def carry_out(job: Job) -> str:
    """Run one seed of a study and keep what it shows; its name."""
    shown = job.study.look(job.seed, job.customers)
    keep(shown, job.place)
    return f"{job.study.name}, seed {job.seed}"


def keep(shown: Sight, path: Path) -> None:
    """Write what a seed showed; the file appears whole or not at all."""
    arrays = {name: np.asarray(values, float) for name, values in shown.items()}

    def write(part: Path) -> None:
        with part.open("wb") as file:
            np.savez_compressed(file, **arrays)  # type: ignore[arg-type]

    path.parent.mkdir(parents=True, exist_ok=True)
    make_whole(path, write)


def kept(path: Path) -> Sight:
    """Read what a seed showed.

    Raises
    ------
    BadInputError
        If the file is damaged.
    """
    with opened(path) as file:
        return {name: file[name] for name in file.files}


def is_kept(path: Path, say: Callable[[str], None]) -> bool:
    """Whether it is kept what a seed showed; a damaged file stops nobody, but it is said."""
    try:
        return path.exists() and bool(kept(path))
    except BadInputError:
        say(f"  {path}: damaged, so it is run again")
        return False


def sights_of(
    studies: Sequence[Study],
    seeds: Sequence[int],
    *,
    customers: int,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> dict[str, list[Sight]]:
    """What the seeds of some studies show: read where it is kept, run where it is not."""
    places = {study.name: [place_of(study, seed, customers, store) for seed in seeds] for study in studies}
    jobs = [
        Job(study, seed, customers, place)
        for study in studies
        for seed, place in zip(seeds, places[study.name], strict=True)
        if force or not is_kept(place, say)
    ]
    run_all(jobs, workers, say)
    return {name: [kept(path) for path in paths] for name, paths in places.items()}


def run_all(jobs: Sequence[Job], workers: int, say: Callable[[str], None]) -> None:
    """Run jobs in this process or in several, once the month is compiled."""
    if jobs:
        compiled(say)
    for done, name in enumerate(results(jobs, workers, carry_out, say), 1):
        say(f"  {name} done ({done} of {len(jobs)})")
