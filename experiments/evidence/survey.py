"""A survey of model customers at one date, and the paths among what they answer.

Paths are standardised regression coefficients of one score a construct: with a single score, partial least
squares and ordinary least squares are the same thing.
"""

from collections.abc import Sequence

import numpy as np

from agents import Customer, Firm
from agents.customer.experience import felt_quality
from sim import Reciprocity
from sim.events.serving import CARE, REMEDY, WELL
from sim.explaining import terms_of

ASKED = 250
"""Customers asked, as in the published survey."""
RELIABILITY = 0.8
"""Share of the variance of an answer that is not noise of measurement (assumption)."""
CONSTRUCTS = ("image", "expectation", "quality", "value", "satisfaction", "loyalty")


def answers(model: Reciprocity, firm: np.ndarray) -> np.ndarray:
    """Noisy standardised scores of 250 customers who bought this month and are still there: (asked, six).

    Image: reputation and word heard, weighted as in choices. Quality as felt. Value as known. Loyalty: how
    much less likely than at neutral terms the customer is to leave if every rival's offer came by.
    """
    c = model.table(Customer).view
    rng = np.random.default_rng((model.seed, model.month))
    there = np.flatnonzero((c.firm >= 0) & (c.firm == firm) & (c.purchases > 0))
    rows = np.sort(rng.choice(there, min(ASKED, there.size), replace=False))
    scores = np.column_stack([score(model, rows, name) for name in CONSTRUCTS])
    spread = scores.std(axis=0)
    exact = (scores - scores.mean(axis=0)) / np.where(spread > 0.0, spread, 1.0)
    noise = rng.standard_normal(exact.shape)
    return np.asarray(np.sqrt(RELIABILITY) * exact + np.sqrt(1.0 - RELIABILITY) * noise)


def score(model: Reciprocity, rows: np.ndarray, construct: str) -> np.ndarray:
    """What some customers would say of one construct if they measured it without noise."""
    c, f, p = model.table(Customer).view, model.table(Firm).view, model.parameters
    own = c.firm[rows]
    if construct == "image":
        heard = c.opinion[rows, own]
        return np.asarray(p.choice.reputation_weight * f.reputation[own] + p.choice.word_weight * heard)
    if construct == "quality":
        return np.array([felt(model, row) for row in rows])
    if construct == "value":
        return np.asarray(c.value[rows] / c.known_bill[rows])
    if construct == "loyalty":
        return np.array([-terms_of(model, int(row))[:-1].sum() for row in rows])
    return np.array(model.table(Customer)[construct][rows], float)


def felt(model: Reciprocity, row: int) -> float:
    """Quality as this customer felt it, failures included."""
    c, p = model.table(Customer).view, model.parameters.service
    put_right = c.outcome[row] in (CARE, REMEDY)
    failed = c.outcome[row] != WELL
    return float(felt_quality(c.quality[row], failed, put_right, p.failed_worth, p.remedied_worth))


def paths(replies: np.ndarray, to: str, origins: Sequence[str]) -> tuple[dict[str, float], float]:
    """Standardised coefficients of a regression on several constructs, and its R squared."""
    scores = (replies - replies.mean(axis=0)) / replies.std(axis=0)
    x = scores[:, [CONSTRUCTS.index(name) for name in origins]]
    y = scores[:, CONSTRUCTS.index(to)]
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    explained = 1.0 - float(((y - x @ slopes) ** 2).sum() / (y**2).sum())
    return dict(zip(origins, (float(slope) for slope in slopes), strict=True)), explained
