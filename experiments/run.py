"""Carry out one run: the months, its tables, figures and report, in a new folder that says what it is.

``python -m experiments.run`` is the same as ``reciprocity run``.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from omegaconf import OmegaConf

from agents.base.compile import is_warm
from experiments import folder as folders
from experiments.errors import BadInputError, InterruptedRunError, in_a_line
from experiments.lean import settled
from experiments.manifest import write_manifest
from experiments.progress import StopRequest, progress
from experiments.schema import Run, checked
from experiments.studio import studio, wanted
from sim.model import Reciprocity
from sim.parameters import Parameters, as_tree
from sim.recording import Record

CONFIG = "config.yaml"


def say_line(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


@dataclass
class Job:
    """One run under way.

    Attributes
    ----------
    run, folder
        What it was told, and where its results go.
    about
        What the manifest says beside the run itself: overrides, number of the job.
    say
        How it speaks.
    """

    run: Run
    folder: Path
    about: dict[str, Any] = field(default_factory=dict)
    say: Callable[[str], None] = say_line
    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, what: str, do: Callable[[], Any]) -> Any:
        """Do something and remember how long it took."""
        start = perf_counter()
        try:
            return do()
        finally:
            self.seconds[what] = round(self.seconds.get(what, 0.0) + perf_counter() - start, 3)

    def note(self, model: Reciprocity | None, *, complete: bool) -> None:
        """Write the manifest as things stand."""
        months = len(model.recording.months) if model is not None else 0
        about = {**self.about, "seconds": self.seconds}
        write_manifest(self.folder, self.run, complete=complete, months=months, about=about)


def carry_out(
    run: Run,
    target: Path,
    *,
    about: dict[str, Any] | None = None,
    say: Any = say_line,
    started: float | None = None,
) -> Path:
    """Run the months and write all that belongs to the run into a new folder.

    Parameters
    ----------
    run : Run
        What to run.
    target : Path
        The folder to make; where it exists, one beside it is made.
    about : dict, optional
        What the manifest should say too.
    say : callable
        Called with each line for the user.
    started : float, optional
        When the program started, on the clock of ``perf_counter``: for the account of time.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InterruptedRunError
        If the user stopped it; its partial result is written and marked as such.
    OSError
        If something could not be written; no file is left half-written.
    """
    began = perf_counter() if started is None else started
    with studio(run, say) as draw:
        model = new_model(run)
        job = Job(run, folders.claim(target), about or {}, say, {"start": round(perf_counter() - began, 3)})
        try:
            folders.write_whole(job.folder / CONFIG, config_text(run))
            job.note(None, complete=False)
            settled()
            with StopRequest(say) as stop:
                finished = job.timed("months", lambda: run_months(model, job, stop))
                write_results(model, job, draw, complete=finished)
        except OSError:
            folders.give_up(job.folder)
            raise
        except Exception as error:
            job.about["failed"] = in_a_line(error)
            job.note(model, complete=False)
            raise
    if not finished:
        raise InterruptedRunError(job.folder)
    return job.folder


def config_text(run: Run) -> str:
    """The resolved configuration: a file that runs again as it is."""
    return OmegaConf.to_yaml(OmegaConf.create(as_tree(run)))


def read_run(folder: Path) -> Run:
    """The run that a folder holds.

    Raises
    ------
    BadInputError
        If it holds none.
    """
    path = folder / CONFIG
    try:
        return checked(OmegaConf.to_container(OmegaConf.load(path), resolve=False))
    except OSError as error:
        raise BadInputError(f"{folder}: not the folder of a run ({CONFIG}: {error.strerror})") from None
    except BadInputError:
        raise
    except Exception as error:  # whatever YAML and OmegaConf make of a damaged file
        raise BadInputError(f"{path}: damaged: {' '.join(str(error).split())[:160]}") from None


def new_model(run: Run, **record: Any) -> Reciprocity:
    """The model of a run before its first month."""
    told = {name: getattr(run, name) for name in Parameters.__dataclass_fields__}
    kept = {"panel": tuple(range(min(run.record.panel, run.population.customers)))}
    try:
        parameters = Parameters(**told)
        return Reciprocity(parameters, rng=run.seed, threads=run.threads, record=Record(**{**kept, **record}))
    except ValueError as error:
        raise BadInputError(str(error)) from None


def run_months(model: Reciprocity, job: Job, stop: StopRequest) -> bool:
    """Run burn-in and months; say whether they were all run before the user asked to stop."""
    run = job.run
    job.say(f"running {run.months} months after {run.burn_in} of burn-in: {size_of(run)}, seed {run.seed}")
    if not is_warm():
        job.say("first run here: compiling the model, which takes up to a minute; later runs start at once")
    if run.months and 0 in run.record.snapshots:
        model.run_burn_in()
        keep_snapshot(model, job)
    with progress(run.burn_in + run.months, job.say) as advance:
        while model.month < run.months and not stop.asked:
            model.step()
            advance(model.clock)
            if model.month > 0 and model.month in run.record.snapshots:
                keep_snapshot(model, job)
    return model.month >= run.months


def size_of(run: Run) -> str:
    """How big a market is, in words."""
    return f"{len(run.firms)} firm{'s'[: len(run.firms) > 1]}, {run.population.customers:,} customers"


def keep_snapshot(model: Reciprocity, job: Job) -> None:
    """Save the whole model as it stands after this month."""
    place = job.folder / "snapshots"
    place.mkdir(exist_ok=True)
    folders.make_whole(place / f"month-{model.month:04d}.npz", model.save)


def write_results(
    model: Reciprocity, job: Job, draw: Callable[[Path], dict[str, float]], *, complete: bool
) -> None:
    """Write tables, dictionary, figures, report and, last, the manifest."""
    job.timed("tables", lambda: write_tables(model, job))
    if wanted(job.run) and len(model.recording.months):  # stopped during the burn-in, nothing can be drawn
        job.note(model, complete=False)
        job.seconds |= draw(job.folder)
    job.note(model, complete=complete)


def write_tables(model: Reciprocity, job: Job) -> None:
    """Write the tables and what their columns mean."""
    from experiments import dictionary, tables  # noqa: PLC0415 - Polars is not needed before

    recording = model.recording
    tables.save(tables.months_table(recording), job.folder / "months.parquet")
    if job.run.record.leavers:
        tables.save(tables.leavers_table(recording), job.folder / "leavers.parquet")
    if job.run.record.flows:
        tables.save(tables.flows_table(recording), job.folder / "flows.parquet")
    if job.run.record.purchases and job.run.by_repertoire:
        tables.save(tables.purchases_table(recording), job.folder / "purchases.parquet")
    if job.run.record.panel:
        tables.save(tables.panel_table(recording), job.folder / "panel.parquet")
    folders.write_whole(
        job.folder / "dictionary.md", dictionary.text(job.run.record, str(job.run.market.buying))
    )


if __name__ == "__main__":
    from experiments.cli import main

    sys.exit(main(["run", *sys.argv[1:]]))
