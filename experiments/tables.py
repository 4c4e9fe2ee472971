"""The tables of a run, each with an explicit schema: what a column is called and which type it has."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from agents.customer import Customer
from agents.customer.choice import CAUSES
from agents.firm import Firm
from experiments.folder import write_whole
from sim.ledger import FLOWS, SECTORS
from sim.metrics import CONTRACT, METRICS

MARKET, NOBODY, AWAY, RELEASED = "market", "nobody", "moved away", "released"

MONTHS: dict[str, Any] = {
    "month": pl.Int32,
    "who": pl.String,
    "metric": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
}
LEAVERS: dict[str, Any] = {
    "month": pl.Int32,
    "customer": pl.Int64,
    "from": pl.String,
    "to": pl.String,
    "tenure": pl.Int32,
    "joined": pl.Int32,
    "cause": pl.String,
    "causes": pl.List(pl.String),
    "satisfaction": pl.Float64,
    "relationship": pl.Float64,
    "value_for_money": pl.Float64,
}
PURCHASES: dict[str, Any] = {
    "month": pl.Int32,
    "customer": pl.Int64,
    "firm": pl.String,
    "count": pl.Int32,
}
FLOW_TABLE: dict[str, Any] = {"month": pl.Int32, "flow": pl.String, "sector": pl.String, "coins": pl.Float64}


class Quantity(NamedTuple):
    """One number by month: what it is, and its values for each who."""

    name: str
    unit: str
    meaning: str
    scope: str


IN_BUSINESS = Quantity("alive", "1", "1: in business at the end of the month; 0: not", "firm")


def quantities(buying: str = CONTRACT) -> list[Quantity]:
    """What ``months.parquet`` holds: metrics defined for this kind of buying, then the columns of firms."""
    defined = [m for m in METRICS.values() if buying in m.buying]
    metrics = [Quantity(m.name, m.unit, m.meaning, m.scope) for m in defined]
    columns = [
        Quantity(name, column.unit, column.meaning, "firm")
        for name, column in Firm.columns.items()
        if not column.many and name not in METRICS
    ]
    return [*metrics, IN_BUSINESS, *columns]


def values_of(recording: Any, quantity: Quantity) -> np.ndarray:
    """A quantity's values: (months, firms), or (months, 1) for the market; NaN where there is none."""
    if quantity.name in METRICS:
        values = np.asarray(METRICS[quantity.name].compute(recording), float)
    elif quantity == IN_BUSINESS:
        values = recording.firm("alive").astype(float)
    else:
        values = np.where(trading(recording), recording.firm(quantity.name), np.nan)
    return values.reshape(len(recording.months), -1)


def trading(recording: Any) -> np.ndarray:
    """Whether each firm was in business in each month, the month in which it closed included."""
    alive = recording.firm("alive").astype(bool)
    before = np.vstack([recording.firm("customers")[:1] > 0, alive[:-1]])
    return alive | before


def months_table(recording: Any) -> pl.DataFrame:
    """Month, who, metric, value, unit; null where a value is not defined."""
    if not recording.months:
        return pl.DataFrame(schema=MONTHS)
    found, months = quantities(recording.buying), np.asarray(recording.months, np.int32)
    values = [values_of(recording, quantity) for quantity in found]
    places = {"firm": np.arange(len(recording.names)) + 1}
    whos = [np.tile(places.get(quantity.scope, np.zeros(1, int)), len(months)) for quantity in found]
    which = np.repeat(np.arange(len(found)), [part.size for part in values])
    columns = {
        "month": np.concatenate([np.repeat(months, part.shape[1]) for part in values]),
        "who": named([MARKET, *recording.names], np.concatenate(whos)),
        "metric": named([quantity.name for quantity in found], which),
        "value": np.concatenate([part.reshape(-1) for part in values]),
        "unit": named([quantity.unit for quantity in found], which),
    }
    return pl.DataFrame(columns, schema=MONTHS).with_columns(pl.col("value").fill_nan(None))


def named(names: Sequence[str], places: np.ndarray) -> pl.Series:
    """The name that stands at each place, counted from the end where it is negative."""
    return pl.Series(names, dtype=pl.String).gather(places % len(names))


def leavers_table(recording: Any) -> pl.DataFrame:
    """Who left whom for whom, when, after how long, and why."""
    found = recording.leavers
    if not found["month"].size:
        return pl.DataFrame(schema=LEAVERS)
    places = [*recording.names, RELEASED, AWAY, NOBODY]  # to_firm: -1 is nobody, -2 moved away, -3 released
    kinds, which = np.unique(found["causes"], return_inverse=True)
    names = {
        "from": named(places, found["from_firm"]),
        "to": named(places, found["to_firm"]),
        "cause": named(CAUSES, found["cause"]),
        "causes": pl.Series([causes_of(int(bits)) for bits in kinds], dtype=pl.List(pl.String)).gather(which),
    }
    data = {name: names[name] if name in names else found[name] for name in LEAVERS}
    series = [pl.Series(name, data[name]).cast(kind) for name, kind in LEAVERS.items()]
    return pl.DataFrame(series).with_columns(pl.col("value_for_money").fill_nan(None))


def purchases_table(recording: Any) -> pl.DataFrame:
    """Who bought how often from which firm, where buying is by repertoire."""
    found = dict(recording.purchases)
    found["firm"] = [recording.names[int(k)] for k in found["firm"]]
    return pl.DataFrame([pl.Series(name, found[name]).cast(kind) for name, kind in PURCHASES.items()])


def causes_of(bits: int) -> list[str]:
    """Every cause in a number whose bits are causes."""
    return [cause for place, cause in enumerate(CAUSES) if bits >> place & 1]


def flows_table(recording: Any) -> pl.DataFrame:
    """Coins that each sector received (+) or paid (-), by month and kind of flow."""
    flows, months = recording.flows, np.asarray(recording.months, np.int32)
    if not flows.size:
        return pl.DataFrame(schema=FLOW_TABLE)
    kinds, sectors = [flow.name for flow in FLOWS], list(SECTORS)
    columns = {
        "month": np.repeat(months, len(kinds) * len(sectors)),
        "flow": np.tile(np.repeat(kinds, len(sectors)), len(months)),
        "sector": np.tile(sectors, len(months) * len(kinds)),
        "coins": flows.reshape(-1),
    }
    series = [pl.Series(name, columns[name], strict=False).cast(kind) for name, kind in FLOW_TABLE.items()]
    return pl.DataFrame(series)


def panel_schema() -> dict[str, Any]:
    """Columns of the table of followed customers."""
    kinds = {"f": pl.Float64, "i": pl.Int64, "b": pl.Boolean}
    columns = {name: kinds[c.dtype.kind] for name, c in Customer.columns.items() if not c.many}
    return {"month": pl.Int32, "customer": pl.Int64, **columns, "firm": pl.String}


def panel_table(recording: Any) -> pl.DataFrame:
    """The followed customers, a row a customer and month, for as long as they are there."""
    found = dict(recording.panel)
    names = [*recording.names, NOBODY]
    found["firm"] = [names[int(k)] for k in found["firm"]]
    return pl.DataFrame([pl.Series(name, found[name]).cast(kind) for name, kind in panel_schema().items()])


def save(table: pl.DataFrame, path: Path) -> Path:
    """Write a table; the file appears whole or not at all."""
    buffer = BytesIO()
    table.write_parquet(buffer, compression="zstd")
    return write_whole(path, buffer.getvalue())
