"""A run's tables, read back as arrays: what figures and report are drawn from."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from agents.customer.choice import CAUSES
from experiments.manifest import read_manifest
from experiments.run import read_run
from experiments.schema import Run
from experiments.tables import AWAY, MARKET, NOBODY, RELEASED
from sim.recording import ELSEWHERE
from sim.recording import NOBODY as NO_FIRM
from sim.recording import RELEASED as SET_FREE


@dataclass(frozen=True)
class Story:
    """One run as it was written down.

    Attributes
    ----------
    run : Run
        What the run was told.
    months : list of int
        Reported months, 0 the first.
    names : list of str
        Firms that were ever in business, in the order of the configuration.
    tables : dict of str to array
        Values by metric: (months, all firms) or (months, 1).
    manifest : dict
        What the manifest says.
    gone : DataFrame, optional
        Who left whom for whom, and why.
    """

    run: Run
    months: list[int]
    names: list[str]
    rows: list[int]
    tables: dict[str, np.ndarray]
    units: dict[str, str]
    manifest: dict[str, Any] = field(default_factory=dict)
    gone: pl.DataFrame | None = None

    @property
    def by_repertoire(self) -> bool:
        """Whether each purchase chose its firm; leaving by contract is then not defined."""
        return self.run.by_repertoire

    @property
    def retention(self) -> str:
        """The metric of retention that is defined for this kind of buying."""
        return "bought_again" if self.by_repertoire else "annual_retention"

    @cached_property
    def served(self) -> np.ndarray:
        """Whether each firm had customers in each month: (months, firms)."""
        return np.nan_to_num(self.tables["customers"][:, self.rows]) > 0.0

    def firm(self, metric: str) -> np.ndarray:
        """One number of every firm, every month, NaN for a firm without customers: (months, firms)."""
        return np.where(self.served, self.tables[metric][:, self.rows], np.nan)

    def total(self, metric: str) -> np.ndarray:
        """A flow or stock of every firm, every month, zero for a firm without customers."""
        return np.nan_to_num(self.firm(metric))

    def market(self, metric: str) -> np.ndarray:
        """One number of the market, every month."""
        return self.tables[metric][:, 0]

    def last(self, metric: str) -> np.ndarray:
        """A number of every firm in the last month: (firms,)."""
        return self.firm(metric)[-1]

    @cached_property
    def won(self) -> np.ndarray:
        """Customers won by every firm, every month, those of a firm's first month included."""
        return np.nan_to_num(self.tables["won"][:, self.rows])

    @cached_property
    def leavers(self) -> dict[str, np.ndarray]:
        """Everybody who left, firms and causes by number, as a recording has them."""
        if self.gone is None:
            return {}
        special = {NOBODY: NO_FIRM, AWAY: ELSEWHERE, RELEASED: SET_FREE}
        places = {name: k for k, name in enumerate(self.names)} | special
        causes = {cause: k for k, cause in enumerate(CAUSES)}
        return {
            "month": self.gone["month"].to_numpy(),
            "joined": self.gone["joined"].to_numpy(),
            "from_firm": np.array([places[name] for name in self.gone["from"]], np.int64),
            "to_firm": np.array([places[name] for name in self.gone["to"]], np.int64),
            "cause": np.array([causes[name] for name in self.gone["cause"]], np.int64),
        }

    def prepare(self) -> None:
        """Take from the tables what figures need, so that copies of this process need not read them."""
        _ = self.won, self.leavers, self.served, self.shown

    @cached_property
    def shown(self) -> list[int]:
        """The firms that small panels are drawn for: the eight with most customers, in their order."""
        size = self.total("customers").mean(axis=0)
        return sorted(np.argsort(-size, kind="stable")[:8].tolist())


def read_story(folder: Path) -> Story:
    """The story that a folder of a run tells.

    Raises
    ------
    BadInputError
        If the folder holds no run.
    """
    return _read(folder, *(_stamp(folder / name) for name in ("months.parquet", "leavers.parquet")))


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=1)
def _read(folder: Path, *_: int) -> Story:
    """Figures and report read the same tables one after the other."""
    table = pl.read_parquet(folder / "months.parquet")
    months = table["month"].unique().sort().to_list()
    parts = table.partition_by("metric", maintain_order=True, as_dict=True)
    tables = {str(key[0]): _values(part, len(months)) for key, part in parts.items()}
    units = {str(key[0]): str(part["unit"][0]) for key, part in parts.items()}
    names = [str(name) for name in table["who"].unique(maintain_order=True) if name != MARKET]
    known = np.nan_to_num(tables["customers"]).any(axis=0) if months else np.zeros(0, bool)
    rows = [int(k) for k in np.flatnonzero(known)]
    gone = folder / "leavers.parquet"
    return Story(
        run=read_run(folder),
        months=months,
        names=[names[k] for k in rows],
        rows=rows,
        tables=tables,
        units=units,
        manifest=read_manifest(folder),
        gone=pl.read_parquet(gone) if gone.exists() else None,
    )


def _values(part: pl.DataFrame, months: int) -> np.ndarray:
    return part["value"].cast(pl.Float64).fill_null(np.nan).to_numpy().reshape(months, -1)
