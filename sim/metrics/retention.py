"""Retention: who stays, how long, and how close."""

import numpy as np

from sim.metrics.arithmetic import delayed, divided
from sim.metrics.metric import CONTRACT, metric, observe
from sim.recording import ELSEWHERE, Recording

observe("customers", "partner_share", "champion_share", "mean_satisfaction", "mean_relationship")
observe("customer_equity", "sustainable_equity")


@metric("1/month", buying=(CONTRACT,))
def retention(recording: Recording) -> np.ndarray:
    """Share of the customers at the start of the month who stay; those who moved away are left out."""
    exposed = recording.firm("customers") - recording.firm("moved_away")
    return 1.0 - divided(recording.firm("lost"), exposed)


@metric("1/year", buying=(CONTRACT,))
def annual_retention(recording: Recording) -> np.ndarray:
    """Share of the customers of a year ago who are still with the firm; those who moved away are left out.

    Exact: who was a customer at the start of month t - 12 and has stayed has a tenure of at least 12
    months at the start of month t, and nobody else has. Who moved away in month t - 12 + j was among
    the customers of month t - 12 if it had been with the firm for at least j months.
    """
    stayed = recording.firm("loyal_customers")
    return divided(stayed, delayed(recording.firm("customers"), 12) - moved_within_a_year(recording))


def moved_within_a_year(recording: Recording) -> np.ndarray:
    """Customers of a year ago who have moved away since: (months, firms), NaN in the first year."""
    moved = recording.moved_by_tenure
    return sum(delayed(moved[:, :, j], 12 - j) for j in range(12))  # type: ignore[return-value]


@metric("1/year", scope="market", buying=(CONTRACT,))
def market_retention(recording: Recording) -> np.ndarray:
    """Annual retention of all firms together."""
    exposed = delayed(recording.firm("customers"), 12) - moved_within_a_year(recording)
    return divided(recording.firm("loyal_customers").sum(axis=1), exposed.sum(axis=1))


@metric("1", buying=(CONTRACT,))
def loyal_share(recording: Recording) -> np.ndarray:
    """Share of customers who have been with the firm for a year or more."""
    return divided(recording.firm("loyal_customers"), recording.firm("customers"))


@metric("1", buying=(CONTRACT,))
def first_year_stayed(recording: Recording) -> np.ndarray:
    """Share of those won in the first year who never left; those who moved away are left out."""
    if not recording.record.leavers:
        return np.full(recording.firm("customers").shape, np.nan)
    won, left, moved = cohort_flows(recording, 0, 11)
    stayers = np.cumsum(won - moved, axis=0)
    return divided(stayers - np.cumsum(left, axis=0), stayers)


def cohort_flows(recording: Recording, first: int, last: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Those won from month ``first`` to ``last``: won, left and moved away, all (months, firms)."""
    months = np.asarray(recording.months)
    chosen = (months >= first) & (months <= last)
    won = np.where(chosen[:, None], recording.firm("won"), 0.0)
    gone = recording.leavers
    mine = (gone["joined"] >= first) & (gone["joined"] <= last)
    away = gone["to_firm"] == ELSEWHERE
    return won, _counted(recording, mine & ~away), _counted(recording, mine & away)


def _counted(recording: Recording, chosen: np.ndarray) -> np.ndarray:
    """Leavers among those chosen, by month and firm."""
    out = np.zeros(recording.firm("customers").shape)
    gone = recording.leavers
    place = (gone["month"][chosen].astype(int) - recording.months[0], gone["from_firm"][chosen].astype(int))
    np.add.at(out, place, 1.0)
    return out


def survival(recording: Recording, firm: int, first: int = 0, last: int = 11) -> np.ndarray:
    """Survival of those whom a firm won from month ``first`` to ``last``, after 0, 1, 2, ... months.

    The product-limit estimate (Kaplan and Meier 1958, doi 10.1080/01621459.1958.10501452): who moves
    away, is set free by a firm that closes, or is still there at the end, is censored.
    """
    months = np.asarray(recording.months)
    end = int(months[-1])
    cohorts = [int(m) for m in months if first <= m <= min(last, end - 1)]
    if not cohorts:
        return np.ones(1)
    at_risk, left = np.zeros(end - cohorts[0] + 1), np.zeros(end - cohorts[0] + 1)
    for cohort in cohorts:
        risk, gone = _exposure(recording, firm, cohort)
        at_risk[1 : 1 + risk.size] += risk
        left[1 : 1 + gone.size] += gone
    observed = np.cumprod(at_risk[1:] > 0.0).astype(bool)
    hazards = divided(left[1:], at_risk[1:])[observed]
    return np.concatenate([[1.0], np.cumprod(1.0 - hazards)])


def _exposure(recording: Recording, firm: int, cohort: int) -> tuple[np.ndarray, np.ndarray]:
    """Of those whom a firm won in one month: how many could leave in each later month, and how many did."""
    won, left, moved = (flow[:, firm] for flow in cohort_flows(recording, cohort, cohort))
    place = cohort - recording.months[0]
    present = won[place] - np.concatenate([[0.0], np.cumsum(left + moved)])[:-1]
    served = recording.firm("customers")[:, firm] > 0.0
    at_risk = np.where(served, np.minimum(present, recording.firm("customers")[:, firm]) - moved, 0.0)
    return at_risk[place + 1 :], left[place + 1 :]
