"""The one decision that must be exact: to reconsider, to leave, and where to go.

Two events follow each other. A customer reconsiders with probability ``attention``; if it does, it
leaves with probability ``evaluation``. At neutral terms the two multiply exactly to the personal
monthly baseline, so a market whose mechanisms are switched off obeys the shifted-beta-geometric law
(Fader and Hardie 2007). Every mechanism adds one TERM, a deviation from a stated neutral point.
TERMS is the only list of them: the loop, ``explain`` and the causes of leaving all read it.
"""

from math import exp, log
from typing import Annotated, Any, NamedTuple

import numpy as np

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

ATTENTION, EVALUATION = 0, 1

CAUSES = (
    "failed_recovery",
    "core_failure",
    "unfairness",
    "employee_left",
    "bad_word",
    "price_or_value",
    "competitor",
    "erosion_by_time",
    "baseline",
    "several",
    "moved_away",
    "firm_gone",
)


class Term(NamedTuple):
    """One reason that moves the decision: in which event, under which cause it is counted, and what it is."""

    name: str
    event: int
    cause: str
    meaning: str


TERMS = (
    Term("refusal", ATTENTION, "failed_recovery", "a complaint was refused"),
    Term("betrayal", EVALUATION, "failed_recovery", "a partner was refused or found a fee"),
    Term("failure", ATTENTION, "core_failure", "a service failed and nobody put it right"),
    Term("fee_found", ATTENTION, "unfairness", "a hidden fee was found this month"),
    Term("regret", ATTENTION, "unfairness", "products were pushed on the customer"),
    Term("unfair_price", EVALUATION, "unfairness", "newcomers pay less"),
    Term("known_fee", EVALUATION, "unfairness", "hidden fees are known"),
    Term("bad_word", ATTENTION, "bad_word", "bad things were heard about the firm"),
    Term("price_shock", ATTENTION, "price_or_value", "the bill rose above the reference price"),
    Term("poor_value_noticed", ATTENTION, "price_or_value", "the service is worth less than its price"),
    Term("poor_value", EVALUATION, "price_or_value", "buying nothing would be better"),
    Term("offers", ATTENTION, "competitor", "more offers came by than usual"),
    Term("best_offer", EVALUATION, "competitor", "a rival's offer against one's own firm"),
    Term("satisfaction", ATTENTION, "erosion_by_time", "satisfaction against neutral, whatever moved it"),
    Term("relationship", EVALUATION, "erosion_by_time", "relationship against neutral, whatever moved it"),
    Term("loyalty_scheme", EVALUATION, "baseline", "points would be lost"),
)
TERM_NAMES = tuple(term.name for term in TERMS)
REFUSAL, BETRAYAL, FAILURE, FEE_FOUND, REGRET, UNFAIR_PRICE, KNOWN_FEE, BAD_WORD = range(8)
PRICE_SHOCK, POOR_VALUE_NOTICED, POOR_VALUE, OFFERS, BEST_OFFER, SATISFACTION, RELATIONSHIP, SCHEME = range(
    8, 16
)
TERM_EVENT = np.array([term.event for term in TERMS], np.int64)
TERM_CAUSE = np.array([CAUSES.index(term.cause) for term in TERMS], np.int64)
EMPLOYEE_LEFT = CAUSES.index("employee_left")
COMPETITOR = CAUSES.index("competitor")
BASELINE = CAUSES.index("baseline")
SEVERAL = CAUSES.index("several")
MOVED_AWAY = CAUSES.index("moved_away")
FIRM_GONE = CAUSES.index("firm_gone")
EXPECTED_CAUSES = CAUSES[: BASELINE + 1]  # those among which a chance of leaving is divided
BEHAVIOURAL = 8  # the first eight causes are those that a term or a gone employee can give

_SBG = "Fader and Hardie 2007, doi 10.1002/dir.20074"


@compiled_group
class ChoiceParameters:
    """Weights of the terms, and how offers are found and compared."""

    attention_ratio: Annotated[
        float, parameter("1", "times that a neutral customer reconsiders for each time that it leaves", 1, 10)
    ] = 3.0
    anniversary: Annotated[
        float, parameter("1", "weight of the month before an anniversary; 1: no anniversary", 0, 12)
    ] = 3.0
    satisfaction_neutral: Annotated[float, parameter("1", "satisfaction that moves nothing", -1, 1)] = 0.22
    offers_neutral: Annotated[float, parameter("offer/month", "offers that move nothing", 0, 20)] = 2.0
    satisfaction_weight: Annotated[float, parameter("1", "weight of satisfaction", 0, 5)] = 0.7
    offers_weight: Annotated[float, parameter("1", "weight of offers above neutral", 0, 2)] = 0.20
    bad_word_weight: Annotated[float, parameter("1", "weight of bad word about one's own firm", 0, 5)] = 1.0
    fee_found_weight: Annotated[float, parameter("1", "weight of a fee found", 0, 5)] = 0.5
    failure_weight: Annotated[float, parameter("1", "weight of a failure nobody put right", 0, 5)] = 1.2
    refusal_weight: Annotated[float, parameter("1", "weight of a refused complaint", 0, 5)] = 1.7
    regret_weight: Annotated[float, parameter("1", "weight of regret", 0, 5)] = 0.5
    price_shock_weight: Annotated[float, parameter("1", "weight of a bill above the reference", 0, 10)] = 1.5
    poor_value_attention: Annotated[
        float, parameter("1", "weight of value below price in attention", 0, 10)
    ] = 2.0
    poor_value_weight: Annotated[float, parameter("1", "weight of value below price in leaving", 0, 10)] = 4.0
    employee_weight: Annotated[float, parameter("1", "attention called by a lost employee", 0, 1)] = 0.5
    employee_tie: Annotated[float, parameter("1", "pull of an employee one was attached to", 0, 10)] = 2.0
    employee_memory: Annotated[
        float, parameter("month", "months over which a lost employee matters", 0, 24)
    ] = 3.0
    value_weight: Annotated[
        float, parameter("1", "weight of log value-for-money, own and offered", 0, 10)
    ] = 1.4
    word_weight: Annotated[float, parameter("1", "weight of opinions heard about a rival", 0, 5)] = 0.5
    reputation_weight: Annotated[
        float, parameter("1", "weight of a rival's reputation above one's own firm's", 0, 5)
    ] = 0.5
    relationship_weight: Annotated[float, parameter("1", "weight of the relationship", 0, 10)] = 2.0
    unfairness_weight: Annotated[float, parameter("1", "weight of newcomers' lower prices", 0, 10)] = 1.0
    known_fee_weight: Annotated[float, parameter("1", "weight of hidden fees known", 0, 10)] = 2.0
    betrayal_weight: Annotated[float, parameter("1", "weight of betrayal felt by a full partner", 0, 5)] = 0.5
    scheme_weight: Annotated[float, parameter("1", "pull of points that would be lost", 0, 3)] = 0.4
    scheme_reference: Annotated[
        float, parameter("1", "rebate in points, relative to the bill, that holds fully", 0.0001, 0.5)
    ] = 0.02
    no_offer: Annotated[float, parameter("1", "leaving term where no offer is seen", -5, 0)] = -1.0
    destination_scale: Annotated[
        float, parameter("1", "weight of all else in the destination, relative to leaving", 0, 10)
    ] = 2.0
    fit_weight: Annotated[float, parameter("1", "weight of brand fit in the destination", 0, 5)] = 0.6
    nobody: Annotated[float, parameter("1", "utility of buying from nobody", -10, 10)] = -1.5
    awareness_power: Annotated[float, parameter("1", "power of awareness in which offers are seen", 0, 2)] = (
        0.5
    )
    heard_of: Annotated[float, parameter("1", "opinion that puts a firm among the offers seen", 0, 1)] = 0.2
    search_probability: Annotated[
        float, parameter("1/month", "chance that somebody without a firm looks for one", 0, 1)
    ] = 0.5
    teaser_noticed: Annotated[float, parameter("1", "share of a teaser that counts in comparing", 0, 1)] = 0.7
    claim_believed: Annotated[float, parameter("1", "share of a claim believed at full reputation", 0, 1)] = (
        0.3
    )
    term_limit: Annotated[float, parameter("1", "largest sum of the attention terms", 0.5, 10)] = 3.0
    leaving_limit: Annotated[float, parameter("1", "largest sum of the leaving terms", 0.5, 20)] = 5.0


@rule
def baseline_probability(churn_propensity: float, tenure: float, anniversary: float) -> float:
    """Monthly chance of leaving at neutral terms; twelve months multiply to the yearly propensity."""
    weight = anniversary if tenure % 12 == 11 else (12.0 - anniversary) / 11.0
    return 1.0 - (1.0 - churn_propensity) ** (weight / 12.0)


@rule
def neutral_attention(baseline: float, ratio: float) -> float:
    """Chance of reconsidering at neutral terms."""
    return min(ratio * baseline, 1.0)


@rule
def neutral_evaluation(baseline: float, attention: float) -> float:
    """Chance of leaving when reconsidering at neutral terms: the two multiply to the baseline."""
    return min(max(baseline / attention if attention > 0.0 else 0.0, 1e-9), 1.0 - 1e-9)


@rule
def highest_push(terms: float, p: Any) -> float:
    """Factor, at least 1, by which the terms can raise the chance of reconsidering at most."""
    return exp(min(terms, p.term_limit)) if terms > 0.0 else 1.0


@rule
def is_beyond_attention(
    u: float, churn_propensity: float, tenure: float, push: float, lost_attachment: float, p: Any
) -> bool:
    """Whether a draw lies above what the chance of reconsidering can reach at most.

    1 - (1 - h)^(w/12) <= w/12 * h/(1 - h), and 1 - (1 - r)^e <= max(e, 1) * r: found without powers,
    logarithms and division, and most customers need no more.
    """
    weight = p.anniversary if tenure % 12 == 11 else (12.0 - p.anniversary) * (1.0 / 11.0)
    most = push * p.attention_ratio * weight * churn_propensity
    return 12.0 * (u - p.employee_weight * lost_attachment) * (1.0 - churn_propensity) >= most


@rule
def attention_probability(neutral: float, terms: float, lost_attachment: float, p: Any) -> float:
    """Chance of reconsidering: proportional hazard of the terms, and a lost employee as its own event."""
    z = min(max(terms, -p.term_limit), p.term_limit)
    return 1.0 - (1.0 - neutral) ** exp(z) * (1.0 - p.employee_weight * lost_attachment)


@rule
def evaluation_probability(neutral: float, terms: float, p: Any) -> float:
    """Chance of leaving, having reconsidered: log-odds of neutral plus the terms."""
    x = min(max(terms, -p.leaving_limit), p.leaving_limit)
    return 1.0 / (1.0 + (1.0 - neutral) / neutral * exp(-x))


@rule
def unfair_gap(paid: float, newcomer_price: float) -> float:
    """Own price above newcomers', beyond two per cent (1)."""
    return min(max(paid / newcomer_price - 1.02, 0.0), 1.0)


@rule
def offered_log_quality(public_quality: float, claim: float, reputation: float, p: Any) -> float:
    """Log quality expected from a rival: public quality, and its claim as far as it is trusted."""
    return log(public_quality) + p.claim_believed * reputation * log(claim / public_quality)


@rule
def offered_price(price: float, teaser: float, hidden_fee: float, informedness: float, p: Any) -> float:
    """Price at which a rival's offer is compared; the informed see its fees (coins)."""
    return price * (1.0 - p.teaser_noticed * teaser) + min(informedness / 4.0, 1.0) * hidden_fee


@rule
def awareness(
    customers: float, market_customers: float, firms: float, advertising_stock: float, p: Any
) -> float:
    """Weight of a firm among the offers seen: known through its customers and its advertising."""
    known = (customers + 0.02 * market_customers) / (market_customers / firms)
    return (known * advertising_stock) ** p.awareness_power
