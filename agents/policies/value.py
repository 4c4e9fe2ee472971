"""Value: what the firm gives for the money, and what price it aims at."""

from abc import ABC, abstractmethod
from typing import Annotated, Any

import numpy as np

from agents.base.parameters import group, parameter
from agents.policies.option import Market, Option, names_of

_SHARE = "hidden fee relative to the price"

USUAL_TASTE = 0.9
"""Elasticity of worth to quality that firms count on: the mean of customers' tastes by default."""


class Value(Option, ABC):
    """How quality, price, fees and claims are proposed; fairness then gives a rebate on the price."""

    quality: float = 1.0
    contribution: float = 0.0
    teaser: float = 0.0
    walk: float = 0.0
    fee_share: float = 0.0
    advertising_factor: float = 1.0
    worth_share: float = 0.92

    @abstractmethod
    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """The list price (coins) toward which the firm moves its anchor."""

    def least_price(self, firm: Any, markup: float) -> float:
        """Full cost and a markup, but no more than a share of what the service is worth to its customers.

        Beyond that a firm would lose its custom faster than it covers its cost (assumption).
        """
        return min((1.0 + markup) * firm.unit_cost, self.worth_share * worth_to_customers(firm))


def worth_to_customers(firm: Any) -> float:
    """What a service is worth to the firm's median customer at its public quality (coins)."""
    return firm.median_worth * firm.public_quality**USUAL_TASTE


@group
class CheapAtDouble(Value):
    """Price so that the median customer would find the service cheap at double the price."""

    quality: Annotated[float, parameter("1", "quality as designed", 0.5, 1.6)] = 1.08
    advertising_factor: Annotated[float, parameter("1", "advertising relative to usual", 0, 5)] = 0.5
    value_target: Annotated[float, parameter("1", "R aimed at", 1, 5)] = 2.0
    least_markup: Annotated[float, parameter("1", "least markup on full cost", -0.5, 1)] = 0.06

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """Half of what the service is worth, but not below cost."""
        return max(worth_to_customers(firm) / self.value_target, self.least_price(firm, self.least_markup))


@group
class CostPlus(Value):
    """Price at a markup on full cost."""

    markup: Annotated[float, parameter("1", "markup on full cost", -0.5, 3)] = 0.22

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """Full cost and the markup."""
        return (1.0 + self.markup) * firm.unit_cost


@group
class MatchCompetitor(Value):
    """Follow the rivals' list prices, but not below cost."""

    least_markup: Annotated[float, parameter("1", "least markup on full cost", -0.5, 1)] = 0.02

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """The rivals' mean price, weighted by customers."""
        return max(rivals_price, self.least_price(firm, self.least_markup))


@group
class WhatTheMarketBears(Value):
    """Charge the monopoly markup on an elasticity estimated from one's own last eight quarters."""

    elasticity_prior: Annotated[
        float, parameter("1", "elasticity believed before there is experience", 1.1, 10)
    ] = 2.2
    prior_weight: Annotated[
        float, parameter("1", "weight of that belief, as a sum of squares of log relative prices", 0, 1)
    ] = 0.01
    farsighted: Annotated[
        bool, parameter("1", "asks where custom is heading, not only what it did within the quarter")
    ] = False
    elasticity_spread: Annotated[
        float, parameter("1", "standard deviation of that belief, if farsighted", 0.1, 10)
    ] = 1.5
    elasticity_low: Annotated[float, parameter("1", "lowest estimate trusted", 1.05, 10)] = 1.5
    elasticity_high: Annotated[float, parameter("1", "highest estimate trusted", 1.1, 20)] = 5.0
    cost_share: Annotated[float, parameter("1", "marginal relative to full cost", 0.1, 1)] = 0.75
    worth_share: Annotated[float, parameter("1", "most of the median worth that is charged", 0.1, 2)] = 0.92

    def elasticity(self, firm: Any) -> float:
        """Elasticity of custom to one's relative price, shrunk toward the prior.

        Who is not farsighted takes what custom did within the quarter for its whole answer to the price.
        By contract that is a small part of it: the more such a firm has seen, the less sensitive it
        thinks its customers (a mistake, and assumption).
        """
        price = np.asarray(firm.past_relative_price)[::-1][1:]
        custom = np.asarray(firm.past_relative_custom)[::-1]
        centred, answer, belief = price - price.mean(), np.diff(custom), self.prior_weight
        if self.farsighted:
            turnover = max(1.0 - firm.monthly_retention**3, 0.01)
            centred, answer = without_trend(price), heading(custom, turnover)
            belief = 2.0 / (turnover * max(firm.customers, 1.0)) / self.elasticity_spread**2
        seen = max(belief + float(centred @ centred), 1e-12)
        slope = (float(centred @ answer) - belief * self.elasticity_prior) / seen
        return min(max(-slope, self.elasticity_low), self.elasticity_high)

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """Lerner's rule on the estimated elasticity, capped by what the service is worth."""
        e = self.elasticity(firm)
        return min(
            self.cost_share * firm.unit_cost * e / (e - 1.0), self.worth_share * worth_to_customers(firm)
        )


def heading(custom: np.ndarray, turnover: float) -> np.ndarray:
    """Where the log of custom was going each quarter, if it goes as much of its way as it turns over.

    Partial adjustment, Nerlove 1958, J. Farm Economics 40(2) 301-311. Those who come and go by chance
    (Poisson) blur it with a variance of 2 over turnover and customers.
    """
    return np.asarray(custom[:-1] + np.diff(custom) / turnover)


def without_trend(values: np.ndarray) -> np.ndarray:
    """What is left of a series beside its line in time: custom has trends of its own."""
    time = np.arange(values.size) - 0.5 * (values.size - 1)
    centred = values - values.mean()
    return np.asarray(centred - time * float(time @ centred) / float(time @ time))


@group
class TeaserAndWalk(Value):
    """Win customers with a first-year rebate, then raise the price to those who stay."""

    teaser: Annotated[float, parameter("1", "rebate in the first year", 0, 0.9)] = 0.20
    walk: Annotated[float, parameter("1/year", "yearly rise to the loyal", 0, 0.5)] = 0.04
    least_markup: Annotated[float, parameter("1", "least markup on full cost", -0.5, 1)] = 0.15

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """The market's mean price, but not below cost and markup."""
        return max(market.mean_price, self.least_price(firm, self.least_markup))


@group
class DripFees(Value):
    """A list price below the market's, and fees that are not in it."""

    fee_share: Annotated[float, parameter("1", _SHARE, 0, 1)] = 0.08
    undercut: Annotated[float, parameter("1", "list price relative to the market's mean", 0.3, 1.5)] = 0.96
    least_markup: Annotated[float, parameter("1", "least markup on full cost", -0.5, 1)] = 0.02

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """A little below the market's mean price."""
        return max(self.undercut * market.mean_price, self.least_price(firm, self.least_markup))


@group
class Contribution(Value):
    """Give what customers need beyond what they ask for, at a price a little above the market's."""

    quality: Annotated[float, parameter("1", "quality as designed", 0.5, 1.6)] = 1.08
    contribution: Annotated[float, parameter("coins/month", "spent on each customer's unmet needs", 0, 6)] = (
        1.0
    )
    premium: Annotated[float, parameter("1", "price premium per coin of contribution", 0, 0.2)] = 0.015
    least_markup: Annotated[float, parameter("1", "least markup on full cost", -0.5, 1)] = 0.05

    def target_price(self, firm: Any, market: Market, rivals_price: float) -> float:
        """The market's mean price and a premium for what is contributed."""
        base = max(market.mean_price, self.least_price(firm, self.least_markup))
        return base * (1.0 + self.premium * firm.contribution)


VALUE = (CheapAtDouble, CostPlus, MatchCompetitor, WhatTheMarketBears, TeaserAndWalk, DripFees, Contribution)
ValueName = names_of("ValueName", VALUE)
