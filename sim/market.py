"""The market: how customers buy in it, how firms enter, price, keep cash and pass from stage to stage."""

from enum import StrEnum
from typing import Annotated

from agents.base.parameters import compiled_group, parameter


class Buying(StrEnum):
    """How customers buy."""

    contract = "contract"
    repertoire = "repertoire"


@compiled_group
class MarketParameters:
    """The market in which firms meet customers."""

    buying: Buying = Buying.contract
    price_step: Annotated[float, parameter("1/quarter", "largest change of an anchor price", 0, 2)] = 0.05
    rebate_limit: Annotated[
        float, parameter("1", "largest rebate that fairness gives on the anchor", 0, 0.5)
    ] = 0.06
    frontier_growth: Annotated[
        float, parameter("1/year", "growth of the best quality anybody offers", 0, 0.5)
    ] = 0.0
    informedness_trend: Annotated[
        float, parameter("1/year", "growth of customers' informedness", -0.5, 1)
    ] = 0.0
    entrants: Annotated[int, parameter("firm", "most firms that can enter over a run", 0, 20)] = 0
    entry_rate: Annotated[float, parameter("1/month", "chance of entry while margins tempt", 0, 1)] = 0.01
    entry_margin: Annotated[float, parameter("1", "operating margin that tempts entrants", -1, 1)] = 0.08
    entry_capital: Annotated[float, parameter("coins", "capital that owners pay in", 0, 1e9)] = 120_000.0
    entry_grace: Annotated[
        float,
        parameter(
            "month", "months in which an entrant may have few customers and prices below others", 0, 240
        ),
    ] = 36.0
    entry_advertising: Annotated[
        float,
        parameter("1", "stock of advertising with which an entrant opens, 1: the market's usual", 0, 20),
    ] = 10.0
    entry_price: Annotated[
        float, parameter("1", "price of an entrant relative to the market's mean", 0.1, 2)
    ] = 0.95
    viable_customers: Annotated[
        float, parameter("customer", "customers below which a firm gives up", 0, 1e6)
    ] = 10.0
    cash_reserve: Annotated[
        float, parameter("month", "cash in months of revenue kept before paying out", 0, 24)
    ] = 2.0
    excess_cash: Annotated[float, parameter("month", "cash in months of revenue that is paid out", 0, 60)] = (
        4.0
    )
    partners_needed: Annotated[
        float, parameter("1", "share in partnership and satisfied that lets a firm pass to surrender", 0, 1)
    ] = 0.5
    value_needed: Annotated[float, parameter("1", "median R that lets a firm pass to surrender", 0, 5)] = 1.8
    value_kept: Annotated[float, parameter("1", "median R below which a firm falls back a stage", 0, 5)] = 1.4
    cash_needed: Annotated[
        float, parameter("month", "cash in months of revenue that lets a firm pass to surrender", 0, 24)
    ] = 1.0
    cash_kept: Annotated[
        float,
        parameter("month", "cash in months of revenue below which a firm in surrender falls back", 0, 24),
    ] = 0.5
    passage_months: Annotated[float, parameter("month", "months that the conditions must hold", 1, 120)] = (
        12.0
    )
    fallback_months: Annotated[
        float, parameter("month", "months of weak value or cash before a firm falls back", 1, 120)
    ] = 6.0
    passage_probability: Annotated[float, parameter("1/quarter", "chance of passing once it can", 0, 1)] = (
        0.25
    )
