"""The life of one customer: the run is run again with that customer watched, and must be the same run."""

from pathlib import Path
from typing import Any

import polars as pl

from agents.customer.bonds import relationship_of
from experiments.errors import BadInputError
from experiments.manifest import read_manifest
from experiments.run import new_model, read_run
from experiments.tables import AWAY, leavers_table, months_table, panel_table
from sim.model import Reciprocity

OUTCOMES = {
    1: "a service failed, and it kept silent",
    2: "a service failed, and its complaint was refused",
    3: "a service failed, and was put right without care",
    4: "a service failed, and was put right with care",
}
VOICES = {2: "it complimented", 3: "it complained without cause"}
ADDONS = {1: "it asked for another product", 2: "a product was pushed on it", 3: "it took two more products"}
MESSAGES = {1: "it praised the firm to somebody", -1: "it warned somebody against the firm"}


def tell(folder: Path, customer: int) -> None:
    """Run a run again and print one customer's life, month by month.

    Raises
    ------
    BadInputError
        If the folder holds no run, the run comes out differently, or nobody has that number.
    """
    run = read_run(folder)
    try:
        done = int(read_manifest(folder)["months_done"])
        before = pl.read_parquet(folder / "months.parquet")
    except (OSError, ValueError, KeyError, pl.exceptions.PolarsError) as error:
        raise BadInputError(f"{folder}: not the folder of a run: {error}") from None
    model = new_model(run, panel=(customer,))
    reasons = watched(model, customer, done)
    if not months_table(model.recording).equals(before, null_equal=True):
        raise BadInputError(
            f"{folder}: run again, it is not the same run; its versions stand in manifest.json"
        )
    print("\n".join(life(model, customer, reasons)))


def watched(model: Reciprocity, customer: int, months: int) -> dict[int, str]:
    """Run the months; by month, why the customer would stay or go as things stand when the month begins."""
    reasons: dict[int, str] = {}
    model.run_burn_in()
    while model.month < months:
        reason = reason_of(model, customer)
        if reason:
            reasons[model.month] = reason
        model.step()
    return reasons


def reason_of(model: Reciprocity, customer: int) -> str:
    """Why a customer stays or would go; empty if nobody has that number now."""
    try:
        return str(model.customers[customer].explain())
    except (LookupError, ReferenceError):
        return ""


def life(model: Reciprocity, customer: int, reasons: dict[int, str]) -> list[str]:
    """The story: one line a month, and the reasons wherever it left."""
    panel = panel_table(model.recording)
    leaving = leavers_table(model.recording).filter(pl.col("customer") == customer)
    if not panel.height and not leaving.height:
        raise BadInputError(
            f"--customer {customer}: nobody has this number in the reported months; the first customers are "
            f"numbered 0 to {model.parameters.population.customers - 1}, newcomers after them"
        )
    goings = {row["month"]: row for row in leaving.iter_rows(named=True)}
    states = {row["month"]: row for row in panel.iter_rows(named=True)}
    lines = traits(customer, next(iter(states.values()), None))
    for month in sorted(goings.keys() | states.keys()):
        if month in states:
            lines.append(month_line(month, states[month], model))
        if month in goings:
            lines += going_lines(goings[month], reasons.get(month, ""))
    return lines


def traits(customer: int, state: dict[str, Any] | None) -> list[str]:
    """Who it is."""
    if state is None:
        return [f"Customer {customer}"]
    return [
        f"Customer {customer} needs {state['need_rate']:.2f} services a month, each worth about "
        f"{state['worth']:.0f} coins to it, can pay {state['budget']:.0f} coins a month, looks at "
        f"{state['informedness']:.1f} offers a month; how much a relationship matters to it (0 to 1): "
        f"{state['relationship_need']:.2f}.",
        "",
    ]


def month_line(month: int, s: dict[str, Any], model: Reciprocity) -> str:
    """One month in one line."""
    bonds = (s["abundance"], s["trust"], s["dreams"], s["truth"], s["balance"], s["grace"])
    strength = relationship_of(*bonds, model.numbers.bonds)
    bought = "bought nothing"
    if s["purchases"] and s["price_paid"] > 0:
        ratio = s["value"] / s["price_paid"]
        bought = f"{s['purchases']} bought at {s['price_paid']:.1f}, worth {s['value']:.1f} (R {ratio:.2f})"
    said = [
        OUTCOMES.get(s["outcome"]),
        VOICES.get(s["voice"]),
        ADDONS.get(s["addon"]),
        MESSAGES.get(s["message"]),
    ]
    said += ["it found a hidden fee"] if s["fee_found"] else []
    happened = "; ".join(part for part in said if part)
    feeling = f"satisfaction {s['satisfaction']:+.2f}, relationship {strength:.2f}"
    place = f"{s['firm']} ({s['tenure']} months)" if s["firm"] != "nobody" else "nobody"
    return f"month {month:3}  {place:24} {bought:42} {feeling}{f'; {happened}' if happened else ''}"


def going_lines(leaving: dict[str, Any], reason: str) -> list[str]:
    """Why and where to it went."""
    where = "moved away" if leaving["to"] == AWAY else f"went to {leaving['to']}"
    why = f" because of {leaving['cause'].replace('_', ' ')}" if leaving["to"] != AWAY else ""
    others = [cause for cause in leaving["causes"] if cause != leaving["cause"]]
    also = f" (also: {', '.join(others).replace('_', ' ')})" if others else ""
    return [
        f"           it left {leaving['from']} after {leaving['tenure']} months and {where}{why}{also}",
        "           As things stood before that month:",
        *(f"             {line}" for line in reason.splitlines()),
    ]
