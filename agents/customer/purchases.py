"""What a customer buys, and what it pays: two bills, the true one and the known one."""

from math import exp
from typing import Annotated, Any

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter


@compiled_group
class PurchaseParameters:
    """How often customers buy, and how their bill is made up."""

    relationship_spending: Annotated[
        float, parameter("1", "rise of the purchase rate with the relationship above neutral", 0, 2)
    ] = 0.5
    gift_spending: Annotated[
        float,
        parameter(
            "1",
            "rise of the purchase rate with a full wish to give back",
            0,
            2,
            "sign: guilt of Fehr and Schmidt 1999, doi 10.1162/003355399556151; size: assumption",
        ),
    ] = 0.10
    poor_value_restraint: Annotated[
        float,
        parameter(
            "1", "fall of log purchases with log of the known bill over what is known to be got", 0, 50
        ),
    ] = 8.0
    tenure_spending: Annotated[
        float, parameter("1/year", "rise of the purchase rate with each year of tenure", 0, 0.2)
    ] = 0.02
    spending_years: Annotated[float, parameter("year", "years over which spending rises", 0, 20)] = 5.0
    credit_stretch: Annotated[
        float,
        parameter("1", "budget added by terms of payment that fit the customer, at full accessibility", 0, 2),
    ] = 0.5
    walk_years: Annotated[float, parameter("year", "years over which a price can be walked up", 0, 20)] = 7.0
    walk_ceiling: Annotated[
        float, parameter("1", "highest walked price relative to the list price", 1, 3)
    ] = 1.4
    scheme_years: Annotated[float, parameter("year", "years over which a tenure reward grows", 0, 20)] = 5.0
    addon_price: Annotated[float, parameter("coins", "price of an additional product", 0, 500)] = 30.0
    wanted_rate: Annotated[
        float, parameter("1/month", "chance that a customer at neutral terms wants one more product", 0, 0.5)
    ] = 0.015
    wanted_relationship: Annotated[
        float, parameter("1", "rise of that chance with the relationship above neutral", 0, 10)
    ] = 2.0
    wanted_insight: Annotated[
        float, parameter("1", "rise of that chance with the firm's insight above neutral", 0, 5)
    ] = 0.5
    pushed_rate: Annotated[
        float,
        parameter("1/month", "chance that one unit of selling effort pushes a product on a customer", 0, 1),
    ] = 0.15
    advice_declined: Annotated[
        float, parameter("1", "share of products asked for that fully honest advice advises against", 0, 1)
    ] = 0.2
    most_products: Annotated[float, parameter("product", "most products that a customer holds", 1, 50)] = 8.0


@rule
def purchase_rate(
    need_rate: float,
    relationship_gap: float,
    indebtedness: float,
    shortfall: float,
    tenure: float,
    demand: float,
    p: Any,
) -> float:
    """Expected purchases a month; the loyal buy more (Reichheld and Sasser 1990; size: assumption).

    Who wants to give back buys more. Who knows that a service is worth less than its bill, by the log
    ``shortfall``, buys less and soon nothing: a demand that falls smoothly beyond a reservation price
    (form and size: assumption).
    """
    years = min(tenure / 12.0, p.spending_years)
    growth = 1.0 + p.relationship_spending * relationship_gap + p.tenure_spending * years
    growth += p.gift_spending * indebtedness
    restraint = exp(-p.poor_value_restraint * shortfall) if shortfall > 0.0 else 1.0
    return need_rate * demand * max(growth, 0.0) * restraint


@rule
def means_of(budget: float, accessibility: float, p: Any) -> float:
    """Coins that can be spent in a month at a firm's terms of payment."""
    return budget * (1.0 + p.credit_stretch * accessibility)


@rule
def affordable(wanted: float, budget: float, accessibility: float, bill: float, p: Any) -> float:
    """Purchases that fit into the month's budget, at least one if one was wanted and any can be paid."""
    return min(wanted, int(means_of(budget, accessibility, p) / max(bill, 1e-9)))


@rule
def list_price_paid(
    price: float, teaser: float, walk: float, tenure_discount: float, tenure: float, p: Any
) -> float:
    """Price of one service to a customer of this tenure: teaser in year 1, walked up later (coins).

    A discount for years takes nine tenths at most, as a teaser does (assumption).
    """
    years = tenure // 12
    if years < 1:
        return price * (1.0 - teaser)
    walked = min((1.0 + walk) ** min(years - 1.0, p.walk_years), p.walk_ceiling) if walk > 0.0 else 1.0
    return price * walked * (1.0 - min(tenure_discount * min(float(years), p.scheme_years), 0.9))


@rule
def points_rebate(paid: float, rebate: float, tenure: float) -> float:
    """Coins of a points scheme given back on one service, from the second year on (coins)."""
    return rebate * paid if tenure >= 12 else 0.0


@rule
def money_back(left: float, paid: float, guarantee: float, count: float) -> float:
    """Coins given back on each service of a month in which one failed, by guarantee (coins).

    A hundredth of a coin is kept, so that value over price stays defined (assumption).
    """
    return min(guarantee * paid / count, max(left - 0.01, 0.0))


@rule
def known_price(paid: float, known_fee: float, price: float, hidden_fee: float) -> float:
    """What the customer believes one service costs it: hidden fees count as far as found (coins)."""
    return paid + min(known_fee * price, hidden_fee)


@rule
def wanted_probability(relationship_gap: float, insight_gap: float, products_held: float, p: Any) -> float:
    """Chance that the customer asks for one more product this month."""
    if products_held >= p.most_products - 2.0:
        return 0.0
    warmth = 1.0 + p.wanted_relationship * relationship_gap + p.wanted_insight * insight_gap
    return p.wanted_rate * max(warmth, 0.0)


@rule
def pushed_probability(selling_effort: float, honest_advice: float, p: Any) -> float:
    """Chance that a product not needed is pushed on the customer; honest advice holds it back."""
    return min(p.pushed_rate * selling_effort * (1.0 - honest_advice), 1.0)
