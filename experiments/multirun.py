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
from experiments.errors import BadInputError, InterruptedRunError
from experiments.manifest import read_manifest
from experiments.run import carry_out, say_line

TABLE = "months.parquet"


@hydra.main(version_base="1.3", config_path=f"pkg://{OURS}", config_name="config")
def job(config: DictConfig) -> None:
    """One run of many; Hydra has made its folder, which is taken only if nothing is in it."""
    settings = HydraConfig.get()
    wanted = Path(settings.runtime.output_dir)
    folders.give_up(wanted)
    about = {"overrides": list(settings.overrides.task), "job": settings.job.num}
    lines = [f"run {settings.job.num}: {' '.join(settings.overrides.task)}"]
    carry_out(run_of(config), wanted, about=about, say=lines.append)
    say_line(lines[0])


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
    return Path(sweep)


def collect(folder: Path) -> Path | None:
    """Put the months of all runs below a folder into one table, with what was set for each."""
    import polars as pl  # noqa: PLC0415

    from experiments.tables import MONTHS, save  # noqa: PLC0415

    runs = sorted(_runs(folder), key=lambda found: (found[1].get("job", 0), str(found[0])))
    keys = list(dict.fromkeys(key for _, about in runs for key in _settings(about["overrides"])))
    tables = []
    for part, about in runs:
        setting = _settings(about["overrides"])
        labels = [pl.lit(about.get("job", 0), pl.Int64).alias("run"), pl.lit(part.name).alias("folder")]
        labels += [pl.lit(setting.get(key), pl.String).alias(key) for key in keys]
        tables.append(pl.read_parquet(part / TABLE, schema=MONTHS).select(*labels, *MONTHS))
    if not tables:
        folders.give_up(folder)
        return None
    say_line(f"{len(tables)} runs in one table: {folder / TABLE}")
    return save(pl.concat(tables), folder / TABLE)


def _runs(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    parts = [path.parent for path in folder.rglob(TABLE) if path.parent != folder]
    return [(part, read_manifest(part)) for part in parts if (part / "manifest.json").exists()]


def _settings(overrides: Sequence[str]) -> dict[str, str]:
    return {o.key_or_group: str(o.get_value_element_as_str()) for o in parse(overrides) if not o.is_delete()}
