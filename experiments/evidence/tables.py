"""The project's own copy of the published tables, with what each must hold."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl

from experiments.errors import BadInputError

FOLDER = Path(__file__).parent / "data"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "published": ("row", "value", "low", "high", "status", "source", "band"),
    "sbg_retention": ("year", "high_end_obs", "regular_obs"),
    "bdw_projection": ("year", "projected"),
    "cdnow_repeat_histogram": ("cal_repeats", "customers", "holdout_mean"),
    "cdnow_weekly_repeat": ("week", "repeat_transactions", "cumulative"),
    "repeat_buying_models": ("model", "parameter", "estimate", "loglik"),
    "dirichlet_toothpaste": ("brand", "share", "pen_obs", "rate_obs", "dir_pen", "dir_rate"),
    "dirichlet_duplication": ("buyers_of",),
    "ecsi_paths": ("from", "to", "path", "r2_to"),
    "fehr_schmidt_types": ("share", "alpha", "beta"),
    "keaveney_switching": ("cause", "pct"),
    "kkt_fairness": ("case", "pct_unfair", "confirmed"),
    "reichheld_5pct": ("industry", "profit_increase_pct", "confirmed"),
    "reichheld_profit_by_year": ("industry", "acquisition", "y1", "y5"),
    "wireless_churn": ("carrier", "period", "monthly_churn_pct", "annualised_pct"),
}
"""Columns that a table must have."""
WORDS: tuple[str, ...] = (
    "row",
    "status",
    "source",
    "band",
    "model",
    "parameter",
    "brand",
    "buyers_of",
    "from",
    "to",
)
WORDS += ("cause", "case", "industry", "carrier", "period")


class Status(NamedTuple):
    """How sure a published figure is."""

    mark: str
    counted: bool
    meaning: str


STATUSES = {
    "C": Status("C", True, "seen in print or in a stored copy"),
    "C*": Status("C*", True, "computed from open data"),
    "P": Status("P", True, "seen in part"),
    "M": Status("M", False, "from memory: grey, and not counted"),
}


def table(name: str, folder: Path | None = None) -> pl.DataFrame:
    """A table of the evidence.

    Raises
    ------
    BadInputError
        If the file is missing, cannot be read, lacks a column, or holds words where numbers belong.
    """
    path = (folder or FOLDER) / f"{name}.csv"
    if not path.is_file():
        raise BadInputError(f"{path}: the table of evidence {name} is missing")
    try:
        found = pl.read_csv(path, comment_prefix="#", infer_schema_length=None)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path}: damaged: {str(error).splitlines()[0]}") from None
    check(found, name, path)
    return found


def check(found: pl.DataFrame, name: str, path: Path) -> None:
    """Refuse a table that is empty, lacks a column, or holds words where numbers belong."""
    missing = [column for column in COLUMNS[name] if column not in found.columns]
    if missing:
        raise BadInputError(f"{path}: damaged: no column {', '.join(missing)}")
    if found.is_empty():
        raise BadInputError(f"{path}: damaged: no rows")
    for column in COLUMNS[name]:
        if column not in WORDS and not found[column].dtype.is_numeric():
            raise BadInputError(f"{path}: damaged: {column} holds something that is not a number")


class Published(NamedTuple):
    """What was published of one regularity, and the band that the model is held against.

    ``value`` is not a number where only a sign or an order was published; ``why`` is the band in words.
    """

    value: float
    low: float
    high: float
    status: Status
    source: str
    why: str


def published(folder: Path | None = None) -> dict[str, Published]:
    """Every published regularity by the name of its row.

    Raises
    ------
    BadInputError
        If the table is missing or damaged.
    """
    found = {}
    for line in table("published", folder).iter_rows(named=True):
        name, low, high = line["row"], bound(line["low"], -1.0), bound(line["high"], 1.0)
        if line["status"] not in STATUSES:
            allowed = ", ".join(STATUSES)
            raise BadInputError(f"published.csv: {name}: status = {line['status']}: one of {allowed}")
        if not low <= high:
            raise BadInputError(f"published.csv: {name}: low = {low} must not exceed high = {high}")
        value = float("nan") if line["value"] is None else float(line["value"])
        found[name] = Published(
            value, low, high, STATUSES[line["status"]], line["source"], line["band"] or ""
        )
    return found


def bound(value: float | None, sign: float) -> float:
    """One edge of a band; an empty one is infinitely far away."""
    return sign * float("inf") if value is None else float(value)
