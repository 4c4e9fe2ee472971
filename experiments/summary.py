"""What a run shows at a glance, on the screen."""

from pathlib import Path
from typing import NamedTuple

import polars as pl

from experiments.describe import Table, print_table
from experiments.manifest import read_manifest
from experiments.tables import AWAY, MARKET, NOBODY, RELEASED


class Headline(NamedTuple):
    """One column: its heading, the metric, over how many last months it is summed, its form, its scale."""

    heading: str
    metric: str
    months: int
    form: str
    scale: float = 1.0


HEADLINES = (
    Headline("customers", "customers", 1, ",.0f"),
    Headline("share of services", "market_share", 1, ".1%"),
    Headline("kept a year", "annual_retention", 1, ".1%"),
    Headline("bought again", "bought_again", 1, ".1%"),
    Headline("median R", "median_value_for_money", 1, ".2f"),
    Headline("customer equity", "customer_equity", 1, ",.0f", 1000.0),
    Headline("morale", "mean_morale", 1, ".2f"),
    Headline("profit", "profit", 12, ",.1f", 1000.0),
    Headline("staff bonus", "staff_bonus", 12, ",.1f", 1000.0),
    Headline("managers' bonus", "management_bonus", 12, ",.1f", 1000.0),
    Headline("misaligned", "misaligned_share", 1, ".0%"),
)


MONEY = "money in thousands of coins; profit and bonus of the last twelve months"


def show(folder: Path) -> None:
    """Print the summary of a run and the paths of what it wrote."""
    months = pl.read_parquet(folder / "months.parquet")
    if months.height:
        last = int(months["month"].max())  # type: ignore[arg-type]
        print_table(by_firm(months), f"After {last + 1} months ({MONEY})", numbers=True)
        if (folder / "leavers.parquet").exists():
            print_table(
                who_to_whom(folder), "Who lost how many customers to whom (rows lost them)", numbers=True
            )
    paths(folder)


def by_firm(months: pl.DataFrame) -> Table:
    """Headline numbers of every firm."""
    names = months.filter(pl.col("who") != MARKET)["who"].unique(maintain_order=True).to_list()
    known = set(months["metric"].unique())
    shown = [headline for headline in HEADLINES if headline.metric in known]
    values = {headline: _values(months, headline) for headline in shown}
    rows = [(name, *(_formed(values[headline].get(name), headline) for headline in shown)) for name in names]
    return Table(("firm", *(headline.heading for headline in shown)), rows)


def _values(months: pl.DataFrame, headline: Headline) -> dict[str, float | None]:
    last = int(months["month"].max())  # type: ignore[arg-type]
    part = months.filter((pl.col("metric") == headline.metric) & (pl.col("month") > last - headline.months))
    if headline.months == 1:
        return dict(part.select("who", "value").iter_rows())
    return dict(part.group_by("who", maintain_order=True).agg(pl.col("value").sum()).iter_rows())


def _formed(value: float | None, headline: Headline) -> str:
    return "-" if value is None else format(value / headline.scale, headline.form)


def show_all(folder: Path) -> None:
    """Print a line for each run of many: what tells it apart, and its first firm's headline numbers."""
    months = pl.read_parquet(folder / "months.parquet")
    place = months.columns.index("month")
    labels = [name for name in months.columns[:place] if name != "folder"]
    firm = months["who"][0]
    headings: tuple[str, ...] = ()
    rows = []
    for label, part in months.group_by(labels, maintain_order=True):
        table = by_firm(part.select(months.columns[place:]))
        headings, mine = table.headings[1:], next(row for row in table.rows if row[0] == firm)
        rows.append((*map(str, label), *mine[1:]))
    print_table(
        Table((*labels, *headings), rows), f"The firm {firm} at the end of each run ({MONEY})", numbers=True
    )


def who_to_whom(folder: Path) -> Table:
    """Customers lost by each firm (rows) to each other place (columns)."""
    leavers = pl.read_parquet(folder / "leavers.parquet", columns=["from", "to"])
    groups = leavers.group_by("from", "to").len()
    counts = {(lost, won): number for lost, won, number in groups.iter_rows()}
    months = pl.read_parquet(folder / "months.parquet", columns=["who"])
    firms = [name for name in months["who"].unique(maintain_order=True) if name != MARKET]
    released = [RELEASED] if any(won == RELEASED for _, won in counts) else []
    places = [*firms, NOBODY, AWAY, *released]
    rows = [
        (lost, *("" if lost == won else f"{counts.get((lost, won), 0):,}" for won in places))
        for lost in firms
    ]
    return Table(("from \\ to", *places), rows)


def paths(folder: Path) -> None:
    """Print what was written, and how long it took."""
    about = read_manifest(folder)
    seconds = about.get("seconds", {})
    spent = ", ".join(f"{what} {duration:.1f} s" for what, duration in seconds.items())
    print(f"\nwritten to {folder}{f' ({spent})' if spent else ''}")
    report = folder / "report.html"
    for path in sorted(p for p in folder.iterdir() if p != report and not p.name.startswith(".")):
        print(f"  {path.name}{'/' if path.is_dir() else ''}")
    if report.exists():
        print(f"  {report.name}    open this first")
