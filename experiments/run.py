"""Run the readable twin from a configuration: one table and one figure in a fresh folder.

A thin layer until the full model has its own runner.
"""

from math import prod
from pathlib import Path
from typing import Annotated, Any

import hydra
import matplotlib as mpl
import polars as pl
from hydra.core.hydra_config import HydraConfig
from hydra.experimental.callback import Callback
from matplotlib.figure import Figure
from omegaconf import DictConfig, OmegaConf
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from benchmarks.twin import FirmTerms, TwinModel

TABLE_NAME = "months.parquet"
SCHEMA = {"month": pl.Int64, "firm": pl.String, "metric": pl.String, "value": pl.Float64, "unit": pl.String}


@dataclass(config=ConfigDict(extra="forbid"), kw_only=True, frozen=True)
class Settings:
    """What a run is told: seed, months, number of customers, and two firms by name."""

    seed: Annotated[int, Field(ge=0)]
    months: Annotated[int, Field(gt=0)]
    customers: Annotated[int, Field(gt=0)]
    firms: Annotated[dict[str, FirmTerms], Field(min_length=2, max_length=2)]


def read_settings(config: DictConfig) -> Settings:
    """Check a configuration; report all that is wrong with it, a line each."""
    try:
        return TypeAdapter(Settings).validate_python(OmegaConf.to_container(config, resolve=True))
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))} = {e['input']!r}: {e['msg']}" for e in error.errors()]
        raise ValueError("\n".join(["the configuration is not valid", *lines])) from None


def run_twin(settings: Settings) -> pl.DataFrame:
    """Run the market and return its table: month, firm, metric, value, unit."""
    model = TwinModel(settings.firms, settings.customers, seed=settings.seed)
    for _ in range(settings.months):
        model.step()
    return pl.DataFrame(model.datacollector.tables["months"], schema=SCHEMA)


def draw_retention(table: pl.DataFrame, folder: Path) -> None:
    """Draw each firm's retention over the last twelve months: the product of its monthly retention."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    retention = table.filter(pl.col("metric") == "retention")
    for (firm,), months in retention.group_by("firm", maintain_order=True):
        monthly = months["value"].to_list()
        annual = [prod(monthly[end - 12 : end]) for end in range(12, len(monthly) + 1)]
        axes.plot(months["month"].to_list()[11:], annual, label=firm)
    axes.set(
        title="Retention by firm",
        xlabel="month",
        ylabel="share of customers kept over the last 12 months\n(those who moved away left out)",
    )
    axes.yaxis.set_major_formatter("{x:.0%}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(folder / "retention.png", dpi=150)
    with mpl.rc_context({"svg.hashsalt": "reciprocity"}):
        figure.savefig(folder / "retention.svg", metadata={"Date": None})


class CombineRuns(Callback):
    """After a multirun, put the tables of all runs into one, with the overrides that each had."""

    def on_multirun_end(self, config: DictConfig, **_: Any) -> None:
        """Read the parts in the order of the runs and write one table beside them."""
        folder = Path(config.hydra.sweep.dir)
        parts = sorted(folder.glob(f"run-*/{TABLE_NAME}"), key=lambda part: int(part.parent.name[4:]))
        tables = []
        for number, part in enumerate(parts):
            overrides = ",".join(OmegaConf.load(part.parent / ".hydra" / "overrides.yaml"))
            columns = [pl.lit(number).alias("run"), pl.lit(overrides).alias("overrides")]
            tables.append(pl.read_parquet(part).select(*columns, pl.all()))
        if tables:
            pl.concat(tables).write_parquet(folder / TABLE_NAME)
            print(f"{len(tables)} runs in one table: {folder / TABLE_NAME}")


@hydra.main(version_base="1.3", config_path="pkg://configs", config_name="config")
def main(config: DictConfig) -> None:
    """Run one configuration into the folder that Hydra made for it."""
    folder = Path(HydraConfig.get().runtime.output_dir)
    table = run_twin(read_settings(config))
    table.write_parquet(folder / TABLE_NAME)
    draw_retention(table, folder)
    print(f"table and figure in {folder}")
