"""Many runs with Hydra's --multirun: each in its own folder, and all in one table."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import hydra
from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig

from experiments import folder as folders
from experiments.compose import OURS, Request, composed, parse, points, prepared, quoted, run_of
from experiments.errors import BadInputError, InterruptedRunError, in_a_line
from experiments.manifest import read_manifest
from experiments.run import carry_out, say_line

TABLE = "months.parquet"


@hydra.main(version_base="1.3", config_path=f"pkg://{OURS}", config_name="config")
def job(config: DictConfig) -> None:
    """One run of many; Hydra has made its folder, which is taken only if nothing is in it."""
    settings = HydraConfig.get()
    wanted = Path(settings.runtime.output_dir)
    folders.give_up(wanted)
    overrides = list(settings.overrides.task)
    shown = [text.lstrip("+").removesuffix("=null") for text in overrides if not text.startswith("added=")]
    say_line(f"run {settings.job.num}: {' '.join(shown)}")
    about = {"overrides": overrides, "job": settings.job.num}
    try:
        carry_out(run_of(config), wanted, about=about, say=quiet)
    except InterruptedRunError:  # Hydra would go on with the next run
        raise KeyboardInterrupt from None
    except Exception as error:  # the other runs go on; Hydra raises it again when all are done
        say_line(f"run {settings.job.num} failed: {in_a_line(error)}")
        raise


def quiet(_: str) -> None:
    """Say nothing: many runs have a line each."""


def run_many(request: Request) -> Path:
    """Check every run, carry them out, and put their months into one table.

    Raises
    ------
    BadInputError
        If any of the runs is refused; then none is started.
    """
    ready = prepared(request)
    sweep = _checked(ready)
    folder = folders.claim(sweep)
    where = [f"hydra.sweep.dir={quoted(str(folder))}"]
    root = ["--config-path", str(Path(str(ready.folder)).resolve())] if ready.own_root else []
    before, sys.argv = sys.argv, ["reciprocity run", "--multirun", *root, "--config-name", ready.name]
    sys.argv += [*ready.overrides, *where]
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors are told by us, in one line
    try:
        job()
    except KeyboardInterrupt:
        raise InterruptedRunError(folder) from None
    finally:
        sys.argv = before
        collect(folder)
    return folder


def _checked(request: Request) -> Path:
    """Compose and check every run; the folder for all of them."""
    refused: list[str] = []
    sweep = ""
    for overrides in points(request):
        try:
            one = composed(request._replace(overrides=overrides))
            sweep = sweep or one.sweep_folder
        except BadInputError as error:
            refused += [line for line in error.lines if line not in refused]
    if refused:
        raise BadInputError(*refused)
    if not sweep:
        raise BadInputError("--multirun: no values to run: a range in it is empty")
    return Path(sweep)


def collect(folder: Path) -> Path | None:
    """Put the months of all runs below a folder into one table, with what was set for each."""
    import polars as pl  # noqa: PLC0415

    from experiments.tables import MONTHS, save  # noqa: PLC0415

    runs = sorted(_runs(folder), key=lambda found: (found[1].get("job", 0), str(found[0])))
    if not runs:
        folders.give_up(folder)
        return None
    labels = labels_of(runs)
    tables = [pl.read_parquet(part / TABLE, schema=MONTHS) for part, _ in runs]
    lines = [
        table.select(
            *(pl.lit(labels[key][number]).cast(labels[key].dtype).alias(key) for key in labels), *MONTHS
        )
        for number, table in enumerate(tables)
    ]
    say_line(f"{len(lines)} runs in one table: {folder / TABLE}")
    return save(pl.concat(lines), folder / TABLE)


def labels_of(runs: Sequence[tuple[Path, dict[str, Any]]]) -> dict[str, Any]:
    """What tells the runs apart: number, folder, and every key that was not set alike; numbers as numbers."""
    import polars as pl  # noqa: PLC0415

    settings = [_settings(about["overrides"]) for _, about in runs]
    labels = {
        "run": pl.Series([about.get("job", 0) for _, about in runs], dtype=pl.Int64),
        "folder": pl.Series([part.name for part, _ in runs], dtype=pl.String),
    }
    for key in dict.fromkeys(key for setting in settings for key in setting):
        texts = pl.Series([setting.get(key) for setting in settings], dtype=pl.String)
        if texts.n_unique() > 1:
            kinds = (texts.cast(kind, strict=False) for kind in (pl.Int64, pl.Float64))
            labels[key] = next((s for s in kinds if s.null_count() == texts.null_count()), texts)
    return labels


def _runs(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    parts = [path.parent for path in folder.rglob(TABLE) if path.parent != folder]
    return [(part, read_manifest(part)) for part in parts if (part / "manifest.json").exists()]


def _settings(overrides: Sequence[str]) -> dict[str, str]:
    return {o.key_or_group: str(o.get_value_element_as_str()) for o in parse(overrides) if not o.is_delete()}
