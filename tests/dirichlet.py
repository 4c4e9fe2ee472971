"""The NBD-Dirichlet law, summed term by term: what repeat buying is where firms are alike.

Purchases of the category are negative binomial, choices among firms Dirichlet-multinomial (Goodhardt,
Ehrenberg and Chatfield 1984, JRSS A 147(5) 621-655). Every statistic follows from one: the share of
customers who buy at least once from some firms that together have the strength ``alpha``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln
from scipy.stats import nbinom


@dataclass(frozen=True)
class Law:
    """Purchases of the category in a time (mean), their shape, and the strength of every firm."""

    mean: float
    shape: float
    strengths: np.ndarray

    def over(self, times: float) -> "Law":
        """The same market over a longer time."""
        return Law(times * self.mean, self.shape, self.strengths)

    @property
    def total(self) -> float:
        """Strength of all firms together."""
        return float(self.strengths.sum())

    def none(self, alpha: float) -> float:
        """Share of customers who buy nothing from firms of this strength together."""
        times = np.arange(2000)
        chance = nbinom.pmf(times, self.shape, self.shape / (self.shape + self.mean))
        if alpha >= self.total:
            return float(chance[0])
        rest = self.total - alpha
        return float((chance * np.exp(betaln(rest + times, alpha) - betaln(rest, alpha))).sum())

    def penetrations(self) -> np.ndarray:
        """Share of customers who buy from each firm."""
        return np.array([1.0 - self.none(alpha) for alpha in self.strengths])

    def rates(self) -> np.ndarray:
        """Purchases by a buyer."""
        return self.mean * self.strengths / self.total / self.penetrations()

    def duplications(self) -> np.ndarray:
        """Share of each firm's buyers (rows) who buy from each other firm."""
        reached, size = self.penetrations(), self.strengths.size
        found = np.full((size, size), np.nan)
        for i in range(size):
            for j in range(size):
                if i != j:
                    either = 1.0 - self.none(self.strengths[i] + self.strengths[j])
                    found[i, j] = (reached[i] + reached[j] - either) / reached[i]
        return found

    def coefficient(self) -> float:
        """The D of the duplication law, by least squares through the origin."""
        shares = self.duplications()
        expected = np.broadcast_to(self.penetrations(), shares.shape)
        known = np.isfinite(shares)
        return float((shares[known] * expected[known]).sum() / (expected[known] ** 2).sum())

    def repeat_rates(self) -> np.ndarray:
        """Share of the buyers of one time who buy in the next of the same length."""
        once, twice = self.penetrations(), self.over(2.0).penetrations()
        return (2.0 * once - twice) / once
