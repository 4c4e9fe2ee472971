"""Which of several brands customers buy: the NBD-Dirichlet law of a market that stands still.

Purchases of the category are negative binomial with mean M and shape K; which brand is bought follows a
Dirichlet-multinomial with concentration S: shares times S (Goodhardt, Ehrenberg and Chatfield 1984,
doi 10.2307/2981696).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import betaln

from experiments.evidence.laws.counting import NegativeBinomial

LARGEST = 400
"""Purchases of the category in a period beyond which there is nobody."""


class Dirichlet(NamedTuple):
    """The law of a market: mean and shape of category purchases, and concentration of brand choice."""

    mean: float
    shape: float
    concentration: float

    @property
    def category(self) -> np.ndarray:
        """Chance of 0, 1, 2, ... purchases of the category in the period."""
        return NegativeBinomial(self.mean, self.shape).probability(np.arange(LARGEST))

    def never(self, share: float) -> np.ndarray:
        """Chance that none of 0, 1, 2, ... category purchases is of brands with this share together."""
        mine, others = self.concentration * share, self.concentration * (1.0 - share)
        return np.asarray(np.exp(betaln(mine, others + np.arange(LARGEST)) - betaln(mine, others)))

    def penetration(self, share: float) -> float:
        """Share of customers who buy the brand at least once in the period."""
        return float(self.category @ (1.0 - self.never(share)))

    def rate(self, share: float) -> float:
        """Purchases of the brand by each of its buyers."""
        return self.mean * share / self.penetration(share)

    def category_rate(self, share: float) -> float:
        """Purchases of the category by each buyer of the brand."""
        counts = np.arange(LARGEST)
        return float(self.category @ (counts * (1.0 - self.never(share)))) / self.penetration(share)

    def share_of_requirements(self, share: float) -> float:
        """Purchases of the brand by its buyers, relative to all that they buy of the category."""
        return self.rate(share) / self.category_rate(share)

    def sole_buyers(self, share: float) -> float:
        """Share of the brand's buyers who buy no other brand in the period."""
        only = self.never(1.0 - share)
        return float(self.category[1:] @ only[1:]) / self.penetration(share)

    def once(self, share: float) -> float:
        """Share of the brand's buyers who buy it once in the period."""
        mine, others = self.concentration * share, self.concentration * (1.0 - share)
        counts = np.arange(1, LARGEST)
        single = counts * np.exp(betaln(mine + 1.0, others + counts - 1.0) - betaln(mine, others))
        return float(self.category[1:] @ single) / self.penetration(share)

    def duplication(self, share: float, other: float) -> float:
        """Share of a brand's buyers who also buy another brand in the period."""
        either = self.penetration(share + other)
        return (self.penetration(share) + self.penetration(other) - either) / self.penetration(share)
