"""The data dictionary that lies beside every result: what each table, column and metric is."""

from collections.abc import Iterable
from typing import Any

from agents.customer import Customer
from experiments import describe, tables
from sim.ledger import FLOWS, SECTORS
from sim.metrics import REPERTOIRE

HEAD = """\
# What is in this folder

One month is one row's time; month 0 is the first month under the firms' own policies, after the burn-in.
Money is in coins. A value that is not defined in a month is null.
`config.yaml` is the whole configuration and runs again as it is. `manifest.json` says by which versions
the result was made, whether it is complete, and the hash of every file.
"""

MONTHS = {
    "month": "month, 0: the first reported one",
    "who": f"name of the firm, or `{tables.MARKET}` for the whole market",
    "metric": "name of the quantity; the list is below",
    "value": "its value",
    "unit": 'its unit; "1" is a pure number',
}
LEAVERS = {
    "month": "month in which the customer left",
    "customer": "number of the customer",
    "from": "firm that it left",
    "to": f"firm that it went to, `{tables.NOBODY}`, `{tables.AWAY}` or, its firm gone, `{tables.RELEASED}`",
    "tenure": "months that it had been a customer",
    "joined": "month in which it had come; negative: before the reported months",
    "cause": "main cause of leaving; the list is below",
    "causes": "all causes without any one of which, with the same luck, it would have stayed",
    "satisfaction": "satisfaction when it left, -1 to 1",
    "relationship": "strength of the relationship when it left, 0 to 1",
    "value_for_money": "R: value over all that was paid, in that month; null if it bought nothing",
}
PURCHASES = {
    "month": "month",
    "customer": "number of the customer",
    "firm": "firm from which it bought",
    "count": "services that it bought there in that month",
}
FLOW_TABLE = {
    "month": "month",
    "flow": "kind of flow; the list is below",
    "sector": f"one of {', '.join(SECTORS)}",
    "coins": "coins received (+) or paid (-); for each month and flow they sum to zero",
}


def text(record: Any, buying: str) -> str:
    """The data dictionary of a run that kept what ``record`` says, for this kind of buying."""
    parts = [HEAD, *_table("months.parquet", MONTHS, tables.MONTHS), _metrics(buying)]
    if record.leavers:
        parts += _table("leavers.parquet", LEAVERS, tables.LEAVERS)
        parts += ["### Causes of leaving\n", describe.markdown(describe.causes())]
    if record.flows:
        parts += _table("flows.parquet", FLOW_TABLE, tables.FLOW_TABLE)
        rows = [(flow.name, flow.meaning) for flow in FLOWS]
        parts += ["### Kinds of flow\n", describe.markdown(describe.Table(("flow", "meaning"), rows))]
    if record.purchases and buying == REPERTOIRE:
        parts += _table("purchases.parquet", PURCHASES, tables.PURCHASES)
    if record.panel:
        parts += _table("panel.parquet", _panel(), tables.panel_schema())
    return "\n".join(parts)


def _table(name: str, meanings: dict[str, str], schema: dict[str, Any]) -> Iterable[str]:
    rows = [(column, str(kind), meanings[column]) for column, kind in schema.items()]
    return [f"## {name}\n", describe.markdown(describe.Table(("column", "type", "meaning"), rows))]


def _metrics(buying: str) -> str:
    rows = [(q.name, q.unit, q.scope, q.meaning) for q in tables.quantities(buying)]
    table = describe.markdown(describe.Table(("metric", "unit", "of a", "meaning"), rows))
    return f"### Metrics\n\n{table}"


def _panel() -> dict[str, str]:
    columns = {name: f"{c.meaning} ({c.unit})" for name, c in Customer.columns.items() if not c.many}
    return {"month": "month", "customer": "number of the customer", **columns, "firm": "its firm, or nobody"}
