"""What a metric is, and the list of all."""

from collections.abc import Callable
from inspect import getdoc
from typing import Literal, NamedTuple

import numpy as np

from agents import Firm
from sim.recording import Recording

Scope = Literal["firm", "market"]
Compute = Callable[[Recording], np.ndarray]

CONTRACT, REPERTOIRE = "contract", "repertoire"
ANY_BUYING = (CONTRACT, REPERTOIRE)


class Metric(NamedTuple):
    """One observable: a function of a recording.

    Attributes
    ----------
    name, unit, meaning : str
        What it is called, measured in, and is.
    scope : {"firm", "market"}
        Whether there is one for each firm, (months, firms), or one for the market, (months,).
    buying : tuple of str
        The kinds of buying for which it is defined.
    compute : callable
        Its values from a recording; NaN where it is not defined.
    """

    name: str
    unit: str
    meaning: str
    scope: Scope
    buying: tuple[str, ...]
    compute: Compute


METRICS: dict[str, Metric] = {}


def metric(
    unit: str, scope: Scope = "firm", buying: tuple[str, ...] = ANY_BUYING
) -> Callable[[Compute], Compute]:
    """Declare a metric: its name is the function's, its meaning the docstring's first line."""

    def declare(compute: Compute) -> Compute:
        meaning = (getdoc(compute) or "").partition("\n")[0].rstrip(".")
        add(compute.__name__, unit, meaning[:1].lower() + meaning[1:], compute, scope, buying)
        return compute

    return declare


def add(
    name: str,
    unit: str,
    meaning: str,
    compute: Compute,
    scope: Scope = "firm",
    buying: tuple[str, ...] = ANY_BUYING,
) -> None:
    """Put a metric on the list; a firm that is not in business has no value."""
    if name in METRICS:
        raise ValueError(f"there is a metric {name} already")

    def of_firms(recording: Recording) -> np.ndarray:
        return np.where(in_business(recording), compute(recording), np.nan)

    METRICS[name] = Metric(name, unit, meaning, scope, buying, of_firms if scope == "firm" else compute)


def observe(*names: str, buying: tuple[str, ...] = ANY_BUYING) -> None:
    """Put columns of firms on the list, under their own names, units and meanings."""
    for name in names:
        column = Firm.columns[name]
        add(name, column.unit, column.meaning, _column(name), buying=buying)


def _column(name: str) -> Compute:
    return lambda recording: recording.firm(name)


def in_business(recording: Recording) -> np.ndarray:
    """Whether each firm was in business in each month, the month of its closing included: (months, firms)."""
    alive = recording.firm("alive").astype(bool)
    before = np.concatenate([alive[:1], alive[:-1]])
    return alive | before | (recording.firm("customers") > 0.0)
