"""How often customers buy: the negative binomial, and laws of buying until one dies unseen.

Purchases of a living customer are Poisson, rates Gamma(r, alpha) across customers. Under NBD nobody dies
(Ehrenberg 1959, doi 10.2307/2985810); under Pareto/NBD life is exponential with Gamma(s, beta) rates
(Schmittlein, Morrison and Colombo 1987, doi 10.1287/mnsc.33.1.1); under BG/NBD a customer dies after a
purchase with a chance that is Beta(a, b) across customers (Fader, Hardie and Lee 2005,
doi 10.1287/mksc.1040.0098). Time is in weeks, or in any unit that the parameters share.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1
from scipy.stats import nbinom


class NegativeBinomial(NamedTuple):
    """Purchases of everybody: mean ``mean`` in the period, shape ``shape`` of the Gamma law of rates."""

    mean: float
    shape: float

    def probability(self, counts: np.ndarray) -> np.ndarray:
        """Chance of so many purchases in the period."""
        return np.asarray(nbinom.pmf(counts, self.shape, self.shape / (self.shape + self.mean)))

    def longer(self, times: float) -> "NegativeBinomial":
        """The same customers over a period so many times as long."""
        return NegativeBinomial(self.mean * times, self.shape)


def fitted_negative_binomial(counts: np.ndarray) -> NegativeBinomial:
    """The most likely law of purchases per customer."""
    counts = np.asarray(counts, float)
    mean = float(counts.mean())

    def loss(logs: np.ndarray) -> float:
        shape = float(np.exp(logs[0]))
        return -float(nbinom.logpmf(counts, shape, shape / (shape + mean)).mean())

    found = minimize(loss, [0.0], method="Nelder-Mead", bounds=[(-6.0, 6.0)])
    return NegativeBinomial(mean, float(np.exp(found.x[0])))


class BetaGeometricBuying(NamedTuple):
    """BG/NBD: rates Gamma(r, alpha), chances of dying after a purchase Beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float

    def probability(self, count: int, time: float) -> float:
        """Chance of so many repeat purchases in a period of some length."""
        alive = np.exp(
            betaln(self.a, self.b + count)
            - betaln(self.a, self.b)
            + gammaln(self.r + count)
            - gammaln(self.r)
            - gammaln(count + 1)
            + self.r * np.log(self.alpha / (self.alpha + time))
            + count * np.log(time / (self.alpha + time))
        )
        if count == 0:
            return float(alive)
        died = np.exp(betaln(self.a + 1.0, self.b + count - 1.0) - betaln(self.a, self.b))
        fewer = nbinom.cdf(count - 1, self.r, self.alpha / (self.alpha + time))
        return float(alive + died * (1.0 - fewer))

    def expected(self, time: float) -> float:
        """Mean repeat purchases of a new customer in a period of some length."""
        a, b, share = self.a, self.b, self.alpha / (self.alpha + time)
        series = hyp2f1(self.r, b, a + b - 1.0, 1.0 - share)
        return float((a + b - 1.0) / (a - 1.0) * (1.0 - share**self.r * series))

    def expected_next(self, time: float, repeats: int, last: float, observed: float) -> float:
        """Mean purchases in the next period of a customer with so many repeats, the last at ``last``."""
        r, alpha, a, b = self
        share = (alpha + observed) / (alpha + observed + time)
        series = hyp2f1(r + repeats, b + repeats, a + b + repeats - 1.0, 1.0 - share)
        mean = (a + b + repeats - 1.0) / (a - 1.0) * (1.0 - share ** (r + repeats) * series)
        if repeats == 0:
            return float(mean)
        odds = a / (b + repeats - 1.0) * ((alpha + observed) / (alpha + last)) ** (r + repeats)
        return float(mean / (1.0 + odds))


class ParetoBuying(NamedTuple):
    """Pareto/NBD: rates of buying Gamma(r, alpha), rates of dying Gamma(s, beta)."""

    r: float
    alpha: float
    s: float
    beta: float

    def expected(self, time: float) -> float:
        """Mean repeat purchases of a new customer in a period of some length."""
        lasting = 1.0 - (self.beta / (self.beta + time)) ** (self.s - 1.0)
        return float(self.r * self.beta / (self.alpha * (self.s - 1.0)) * lasting)
