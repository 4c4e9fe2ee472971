"""Chance of the twin: addressed draws, and the laws that they are turned into.

A draw is a function of stream, month and number of the customer, and becomes a value by the inverse
distribution function only. Two runs that differ in a firm's terms then meet the same people with the same
luck.
"""

from math import exp, log
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, digamma, gammaincinv, ndtri

CONTACTS = 8

STREAMS = (
    *("need_rate", "worth", "taste", "relationship_need", "fairness_type", "unmet_need", "informedness"),
    *("brand_fit_0", "brand_fit_1", "first_firm", "first_tenure", "churn_propensity"),
    *(f"contact_{place}" for place in range(CONTACTS)),
    *("purchases", "quality_noise", "failure", "complaint", "recovery", "product_wanted", "product_pushed"),
    *("fee_found", "praise", "warning", "listener"),
    *("offers", "attention", "leaving", "moving", "looking"),
    *("destination_0", "destination_1", "destination_nobody"),
)


class Draws(Protocol):
    """Where the twin gets its uniform numbers; give another one to reproduce another program's luck."""

    def start_month(self, month: int) -> None:
        """Make the draws of this month the current ones."""

    def uniform(self, stream_name: str, customer_number: int) -> float:
        """Return the customer's number of this month in (0, 1)."""


class NumpyDraws:
    """Draws by NumPy: a generator for every (seed, stream, month), read by the number of the customer."""

    def __init__(self, seed: int, customers: int) -> None:
        self.seed = seed
        self.customers = customers
        self.month = 0
        self.current: dict[str, NDArray[np.float64]] = {}

    def start_month(self, month: int) -> None:
        self.month = month
        self.current = {}

    def uniform(self, stream_name: str, customer_number: int) -> float:
        if stream_name not in self.current:
            generator = np.random.default_rng([self.seed, STREAMS.index(stream_name), self.month])
            self.current[stream_name] = np.maximum(generator.random(self.customers), 1e-16)
        return float(self.current[stream_name][customer_number])


def normal(uniform: float) -> float:
    """Return a standard normal value."""
    return float(ndtri(uniform))


def gumbel(uniform: float) -> float:
    """Return a standard Gumbel value, the noise of a multinomial logit choice."""
    return -log(-log(uniform))


def poisson(uniform: float, mean: float) -> int:
    """Return a Poisson count: the first whose cumulated probability exceeds the draw."""
    count = 0
    probability = cumulated = exp(-mean)
    while uniform > cumulated and probability > 0:
        count += 1
        probability *= mean / count
        cumulated += probability
    return count


def gamma(uniform: float, shape: float, mean: float) -> float:
    """Return a Gamma value of this shape and mean."""
    return float(gammaincinv(shape, uniform)) * mean / shape


def beta(uniform: float, first: float, second: float) -> float:
    """Return a Beta value, kept off 0 and 1."""
    return min(max(float(betaincinv(first, second, uniform)), 1e-9), 1 - 1e-9)


def log_gamma_fit(uniform: float, shape: float) -> float:
    """Return the log of a Gamma value less its expected log: a fit of mean zero, in utils."""
    return log(max(float(gammaincinv(shape, uniform)), 1e-12)) - float(digamma(shape))
