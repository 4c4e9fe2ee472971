"""The barrier around a firm's customers: how far a rival must undercut to win half of them."""

from math import log, nan
from typing import Any

import numpy as np

from agents import Customer, Firm
from agents.customer.choice import (
    BEST_OFFER,
    EVALUATION,
    evaluation_probability,
    neutral_attention,
    neutral_evaluation,
)
from sim.events.attributing import total
from sim.explaining import chances_of, terms_of

DEEPEST = 0.99  # the deepest cut looked at


def barrier(model: Any, sample: int = 400) -> np.ndarray:
    """By how many per cent a rival must undercut for half of a firm's customers to go, one for each firm.

    Asked of customers as they stand, given that they reconsider: the rival is one from whom each
    expects the same quality as from its own firm, of neutral reputation, unknown by word, and its price
    is a cut off what the customer believes it pays now.

    Parameters
    ----------
    model : Reciprocity
        The market as it stands.
    sample : int
        Customers of each firm that are asked, evenly spread over its rows.

    Returns
    -------
    array (firms,)
        Per cent; 0 where half would go for the same price, NaN where no cut would do or nobody is there.
    """
    firm = model.table(Customer)["firm"]
    return np.array(
        [_barrier_of(model, np.flatnonzero(firm == k), sample) for k in range(len(model.table(Firm)))]
    )


def _barrier_of(model: Any, rows: np.ndarray, sample: int) -> float:
    if not rows.size:
        return nan
    asked = rows[np.unique(np.linspace(0, rows.size - 1, min(sample, rows.size)).astype(int))]
    without = [_without_offers(model, int(row)) for row in asked]
    low, high = 0.0, DEEPEST
    if _leaving_share(model, without, low) >= 0.5:
        return 0.0
    if _leaving_share(model, without, high) < 0.5:
        return nan
    while high - low > 1e-5:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if _leaving_share(model, without, middle) >= 0.5 else (middle, high)
    return 100.0 * high


def _without_offers(model: Any, row: int) -> tuple[float, float]:
    """Neutral chance of leaving once one reconsiders, and the terms of it but for rivals' offers."""
    terms = terms_of(model, row)
    baseline = chances_of(model, row, terms)[0]
    attention = neutral_attention(baseline, model.numbers.choice.attention_ratio)
    return neutral_evaluation(baseline, attention), total(terms, EVALUATION) - terms[BEST_OFFER]


def _leaving_share(model: Any, without: list[tuple[float, float]], cut: float) -> float:
    """Share of those asked who would go to a rival that undercuts by so much."""
    p = model.numbers.choice
    offer = -p.value_weight * log(1.0 - cut)
    return float(np.mean([evaluation_probability(neutral, terms + offer, p) for neutral, terms in without]))
