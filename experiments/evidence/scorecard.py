"""The scorecard: every row judged, as a table."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from experiments.arguments import command_line
from experiments.errors import BadInputError
from experiments.evidence.row import Curve, Result, Row, Study, judged
from experiments.evidence.studies import sights_of
from experiments.evidence.tables import published
from experiments.keeping import STORE

SEEDS, CUSTOMERS = 30, 3000
QUICK_SEEDS, QUICK_CUSTOMERS = 5, 1000
FEWEST = 2
"""Seeds below which there is no interval."""

SCHEMA: dict[str, Any] = {
    "row": pl.String,
    "statistic": pl.String,
    "unit": pl.String,
    "published": pl.Float64,
    "status": pl.String,
    "source": pl.String,
    "band_low": pl.Float64,
    "band_high": pl.Float64,
    "band": pl.String,
    "model": pl.Float64,
    "model_low": pl.Float64,
    "model_high": pl.Float64,
    "half_width": pl.Float64,
    "seeds": pl.Int64,
    "customers": pl.Int64,
    "verdict": pl.String,
    "outside_by": pl.Float64,
    "counted": pl.Boolean,
    "null": pl.Float64,
    "null_low": pl.Float64,
    "null_high": pl.Float64,
    "null_verdict": pl.String,
    "used": pl.String,
    "not_comparable": pl.String,
    "command": pl.String,
}
"""Columns of the table, and their kinds."""


class Scorecard(NamedTuple):
    """What was found, and on how much."""

    results: list[Result]
    curves: dict[str, Curve]
    seeds: int
    customers: int

    def command(self, *names: str) -> str:
        """The command that makes some rows again, or all of them."""
        sizes: dict[str, int | None] = {"seeds": self.seeds, "customers": self.customers}
        usual = {"seeds": SEEDS, "customers": CUSTOMERS}
        return command_line(
            "validate", names, {name: size for name, size in sizes.items() if size != usual[name]}
        )


def scored(
    rows: Sequence[Row],
    *,
    seeds: int = SEEDS,
    customers: int = CUSTOMERS,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> Scorecard:
    """Measure and judge some rows.

    Raises
    ------
    BadInputError
        If there are too few seeds for an interval, or a table of evidence is missing or damaged.
    """
    if seeds < FEWEST:
        raise BadInputError(f"--seeds = {seeds}: an interval needs at least {FEWEST} seeds")
    known = published()
    without = [row.name for row in rows if row.name not in known]
    if without:
        raise BadInputError(*(f"published.csv: no line for the row {name}" for name in without))
    seen = sights_of(
        needed(rows),
        range(1, seeds + 1),
        customers=customers,
        store=store,
        workers=workers,
        force=force,
        say=say,
    )
    results, curves = [], {}
    for row in rows:
        sights = seen[row.study.name] if row.study and not row.absent else []
        null = seen[row.study.null.name] if sights and row.study and row.study.null else []
        results.append(judged(row, known[row.name], sights, null))
        if row.curve is not None and sights:
            curves[row.name] = row.curve(sights)
    return Scorecard(results, curves, seeds, customers)


def needed(rows: Sequence[Row]) -> list[Study]:
    """Studies that some rows rest on, and their nulls, each once."""
    own = [row.study for row in rows if row.study and not row.absent]
    nulls = [study.null for study in own if study.null]
    return list({study.name: study for study in [*own, *nulls]}.values())


def as_table(card: Scorecard) -> pl.DataFrame:
    """The scorecard, a line a row."""
    lines = [
        (
            result.row.name,
            result.row.statistic,
            result.row.unit,
            result.published.value,
            result.published.status.mark,
            result.published.source,
            result.published.low,
            result.published.high,
            result.published.why,
            result.found.mean,
            result.found.low,
            result.found.high,
            result.found.half_width,
            result.found.pairs,
            card.customers,
            str(result.verdict),
            result.by,
            result.counted,
            *(result.null[:3] if result.null else (None, None, None)),
            str(result.null_verdict) if result.null_verdict else None,
            result.row.used,
            result.row.absent,
            card.command(result.row.name),
        )
        for result in card.results
    ]
    return pl.DataFrame(lines, schema=SCHEMA, orient="row")
