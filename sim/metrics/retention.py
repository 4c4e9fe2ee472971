"""Retention: who stays, how long, and how close."""

from typing import NamedTuple

import numpy as np

from sim.metrics.arithmetic import delayed, divided
from sim.metrics.metric import CONTRACT, metric, observe
from sim.recording import ELSEWHERE, NOBODY, RELEASED, Recording

observe(
    "customers", "mean_tenure", "partner_share", "champion_share", "mean_satisfaction", "mean_relationship"
)
observe("customer_equity", "sustainable_equity")


@metric("1/month", buying=(CONTRACT,))
def retention(recording: Recording) -> np.ndarray:
    """Share of the customers at the start of the month who stay; those who moved away are left out."""
    exposed = recording.firm("customers") - recording.firm("moved_away")
    gone = recording.firm("lost") + recording.firm("released")  # of a firm that closed, those just won too
    return 1.0 - divided(np.minimum(gone, exposed), exposed)


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
def referred_share(recording: Recording) -> np.ndarray:
    """Share of the customers won who had heard well of the firm from other customers."""
    return divided(recording.firm("won_by_referral"), recording.firm("won"))


@metric("coins/month", buying=(CONTRACT,))
def value_of_won(recording: Recording) -> np.ndarray:
    """Mean monthly contribution expected of a customer won: its need, times the margin on one service.

    The margin is the price and fee of the first year less inputs, suppliers' margin and labour of a service.
    """
    of = recording.firm
    cost = divided(of("input_bill") + of("supplier_bill") + of("wages") + of("staff_bonus"), of("services"))
    margin = of("price") * (1.0 - of("teaser")) + of("hidden_fee") - cost
    return divided(of("need_won"), of("won")) * margin


@metric("1", buying=(CONTRACT,))
def loyal_share(recording: Recording) -> np.ndarray:
    """Share of customers who have been with the firm for a year or more."""
    return divided(recording.firm("loyal_customers"), recording.firm("customers"))


@metric("1", buying=(CONTRACT,))
def first_year_stayed(recording: Recording) -> np.ndarray:
    """Share of those won in the first year who never left; those who moved away are left out."""
    if not recording.record.leavers:
        return np.full(recording.firm("customers").shape, np.nan)
    flows = cohort(recording, 0, 11)
    won = np.cumsum(flows.won - flows.moved, axis=0)
    return divided(won - np.cumsum(flows.left + flows.freed, axis=0), won)


class Cohort(NamedTuple):
    """Customers won in some months, and what became of them in each month, all (months, firms)."""

    won: np.ndarray
    left: np.ndarray
    moved: np.ndarray
    freed: np.ndarray


def cohort(recording: Recording, first: int, last: int) -> Cohort:
    """Those won from month ``first`` to ``last``: won, left, moved away, set free by a firm that closed."""
    months = np.asarray(recording.months)
    chosen = (months >= first) & (months <= last)
    won = np.where(chosen[:, None], recording.firm("won"), 0.0)
    gone = recording.leavers
    mine = (gone["joined"] >= first) & (gone["joined"] <= last)
    decided, away = gone["to_firm"] >= NOBODY, gone["to_firm"] == ELSEWHERE
    set_free = gone["to_firm"] == RELEASED
    return Cohort(won, *(_counted(recording, mine & those) for those in (decided, away, set_free)))


def _counted(recording: Recording, chosen: np.ndarray) -> np.ndarray:
    """Leavers among those chosen, by month and firm."""
    out = np.zeros(recording.firm("customers").shape)
    if chosen.any():
        gone = recording.leavers
        place = (gone["month"][chosen] - recording.months[0], gone["from_firm"][chosen])
        np.add.at(out, place, 1.0)
    return out


def survival(recording: Recording, firm: int, first: int = 0, last: int = 11) -> np.ndarray:
    """Survival of those whom a firm won from month ``first`` to ``last``, after 0, 1, 2, ... months.

    The product-limit estimate (Kaplan and Meier 1958, doi 10.1080/01621459.1958.10501452): who moves
    away, is set free by a firm that closes, or is still there at the end, is censored. The curve ends
    where nobody is left to look at.
    """
    months = recording.months
    at_risk, left = np.zeros(len(months)), np.zeros(len(months))
    for month in range(max(first, months[0]), min(last, months[-1]) + 1):
        place = month - months[0]
        flows = Cohort(*(flow[:, firm] for flow in cohort(recording, month, month)))
        gone = np.cumsum(flows.left + flows.moved + flows.freed)
        present = flows.won[place] - gone[place:-1] - flows.moved[place + 1 :]
        at_risk[: present.size] += present
        left[: present.size] += flows.left[place + 1 :]
    seen = np.cumprod(at_risk > 0.0).astype(bool)
    return np.concatenate([[1.0], np.cumprod(1.0 - left[seen] / at_risk[seen])])
