"""Repeat buying: who buys from which firms, how often, and again; defined where buying is by repertoire.

Definitions after Ehrenberg (1988, Repeat-Buying) and Goodhardt, Ehrenberg and Chatfield (1984, JRSS A
147(5) 621-655). All rest on the recorded purchases of some months, as counts of (customers, firms).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from sim.metrics.arithmetic import divided
from sim.metrics.metric import REPERTOIRE, metric
from sim.recording import ELSEWHERE, Recording

YEAR = 12


class Purchases(NamedTuple):
    """Purchases of some months: ``counts`` is (customers, firms), ``market`` counts who bought or not."""

    customers: np.ndarray
    counts: np.ndarray
    market: float


def purchases_between(recording: Recording, first: int, last: int) -> Purchases:
    """Purchases from month ``first`` to ``last``, of everybody who ever bought in the run, by number."""
    found = recording.purchases
    customers, rows = np.unique(found["customer"].astype(np.int64), return_inverse=True)
    chosen = (found["month"] >= first) & (found["month"] <= last)
    counts = np.zeros((customers.size, len(recording.names)), np.int64)
    np.add.at(counts, (rows[chosen], found["firm"][chosen].astype(np.int64)), found["count"][chosen])
    return Purchases(customers, counts, float(recording.market("size")[-1]))


def penetration(bought: Purchases) -> np.ndarray:
    """Share of all customers in the market who bought from each firm at least once."""
    return (bought.counts > 0).sum(axis=0) / bought.market


def purchase_rate(bought: Purchases) -> np.ndarray:
    """Purchases from each firm by a buyer of it."""
    return divided(bought.counts.sum(axis=0).astype(float), (bought.counts > 0).sum(axis=0))


def requirements_share(bought: Purchases) -> np.ndarray:
    """Share of category requirements: what a firm's buyers bought from it, of all that they bought."""
    everywhere = (bought.counts > 0).T.astype(np.int64) @ bought.counts.sum(axis=1)
    return divided(bought.counts.sum(axis=0).astype(float), everywhere)


def sole_share(bought: Purchases) -> np.ndarray:
    """Share of a firm's buyers who bought from no other."""
    buyers = bought.counts > 0
    sole = buyers & (buyers.sum(axis=1) == 1)[:, None]
    return divided(sole.sum(axis=0).astype(float), buyers.sum(axis=0))


def once_share(bought: Purchases) -> np.ndarray:
    """Share of a firm's buyers who bought from it just once."""
    return divided((bought.counts == 1).sum(axis=0).astype(float), (bought.counts > 0).sum(axis=0))


def duplication(bought: Purchases) -> np.ndarray:
    """Share of each firm's buyers (rows) who bought from each other firm (columns) as well."""
    buyers = (bought.counts > 0).astype(float)
    both = buyers.T @ buyers
    shares = divided(both, np.broadcast_to(np.diag(both)[:, None], both.shape))
    np.fill_diagonal(shares, np.nan)
    return shares


def duplication_coefficient(bought: Purchases) -> float:
    """The D of b(j|i) = D b(j): least squares through the origin, over all pairs of firms."""
    shares = duplication(bought)
    expected = np.broadcast_to(penetration(bought), shares.shape)
    known = np.isfinite(shares)
    return float((shares[known] * expected[known]).sum() / (expected[known] ** 2).sum())


def repeat_rate(earlier: Purchases, later: Purchases) -> np.ndarray:
    """Share of the buyers of one time who buy from the firm again in another."""
    before, after = earlier.counts > 0, later.counts > 0
    return divided((before & after).sum(axis=0).astype(float), before.sum(axis=0))


def histogram(bought: Purchases, most: int) -> np.ndarray:
    """Customers who bought 0, 1, 2, ... times from each firm; in the last row so often or more."""
    held = np.minimum(bought.counts, most)
    found = np.stack([(held == times).sum(axis=0) for times in range(most + 1)]).astype(float)
    found[0] += bought.market - bought.counts.shape[0]
    return found


# -- month by month -----------------------------------------------------------------------------------


class Years(NamedTuple):
    """The purchases of the last twelve months, of the twelve before, and who has not moved away since."""

    last: np.ndarray
    before: np.ndarray
    stayed: np.ndarray


def _years(recording: Recording) -> Iterator[Years]:
    """The two years up to every month, the first of them incomplete."""
    found, months = recording.purchases, recording.months
    customers, rows = np.unique(found["customer"].astype(np.int64), return_inverse=True)
    monthly = [
        _counted(rows[of_month], found, of_month, (customers.size, len(recording.names)))
        for of_month in _slices(found["month"], months)
    ]
    empty = np.zeros((customers.size, len(recording.names)), np.int64)
    last, before, gone = empty.copy(), empty.copy(), _moved(recording, customers)
    for place, month in enumerate(months):
        leaving = monthly[place - YEAR] if place >= YEAR else empty
        last += monthly[place] - leaving
        before += leaving - (monthly[place - 2 * YEAR] if place >= 2 * YEAR else empty)
        yield Years(last, before, gone > month)


def _slices(month: np.ndarray, months: list[int]) -> Iterator[slice]:
    """Where the purchases of each month stand: they are kept in order."""
    ends = np.searchsorted(month, months, side="right")
    starts = np.searchsorted(month, months, side="left")
    yield from map(slice, starts.tolist(), ends.tolist())


def _counted(
    rows: np.ndarray, found: dict[str, np.ndarray], part: slice, shape: tuple[int, int]
) -> np.ndarray:
    counts = np.zeros(shape, np.int64)
    counts[rows, found["firm"][part].astype(np.int64)] = found["count"][part]
    return counts


def _moved(recording: Recording, customers: np.ndarray) -> np.ndarray:
    """Month in which each customer moved away; past all months for who did not, or did so unrecorded."""
    moved = np.full(customers.size, np.iinfo(np.int64).max)
    gone = recording.leavers
    away = np.isin(gone["customer"], customers) & (gone["to_firm"] == ELSEWHERE)
    moved[np.searchsorted(customers, gone["customer"][away].astype(np.int64))] = gone["month"][away]
    return moved


def _monthly(recording: Recording, compute: Callable[[Years], np.ndarray], complete: int) -> np.ndarray:
    """A number of every firm in every month: (months, firms); NaN until enough months are known."""
    out = np.full((len(recording.months), len(recording.names)), np.nan)
    if recording.buying == REPERTOIRE and recording.record.purchases:
        for place, years in enumerate(_years(recording)):
            if place >= complete - 1:
                out[place] = compute(years)
    return out


def _of_last_year(recording: Recording, compute: Callable[[Purchases], np.ndarray]) -> np.ndarray:
    size = float(recording.market("size")[-1]) if recording.months else np.nan
    return _monthly(recording, lambda years: compute(Purchases(np.empty(0), years.last, size)), YEAR)


@metric("customer", buying=(REPERTOIRE,))
def yearly_buyers(recording: Recording) -> np.ndarray:
    """Customers who bought from the firm within twelve months."""
    return _of_last_year(recording, lambda bought: (bought.counts > 0).sum(axis=0))


@metric("1", buying=(REPERTOIRE,))
def yearly_penetration(recording: Recording) -> np.ndarray:
    """Share of all customers who bought from the firm within twelve months."""
    return _of_last_year(recording, penetration)


@metric("purchase/year", buying=(REPERTOIRE,))
def yearly_purchase_rate(recording: Recording) -> np.ndarray:
    """Purchases from the firm within twelve months by a customer who bought from it."""
    return _of_last_year(recording, purchase_rate)


@metric("1", buying=(REPERTOIRE,))
def yearly_requirements_share(recording: Recording) -> np.ndarray:
    """Share of category requirements: what a year's buyers bought from the firm, of all that they bought."""
    return _of_last_year(recording, requirements_share)


@metric("1/year", buying=(REPERTOIRE,))
def bought_again(recording: Recording) -> np.ndarray:
    """Retention: share of the buyers of one year who bought again in the next; who moved away is left out."""

    def kept(years: Years) -> np.ndarray:
        before = (years.before > 0) & years.stayed[:, None]
        return divided(((years.last > 0) & before).sum(axis=0).astype(float), before.sum(axis=0))

    return _monthly(recording, kept, 2 * YEAR)
