"""The twin's one decision that must be exact: to stay or to leave, and where to (section 8).

Reconsidering is two events, attention and leaving, whose neutral probabilities multiply to the personal
baseline. Each term is a deviation from a neutral point, so that without behaviour the
shifted-beta-geometric law holds.
"""

from math import exp, log
from typing import TYPE_CHECKING

from benchmarks.twin_draws import gumbel

if TYPE_CHECKING:
    from benchmarks.twin_customer import TwinCustomer
    from benchmarks.twin_firm import TwinFirm

RELATION_NEUTRAL = 0.42  # relationship that reference terms sustain (assumption)
SATISFACTION_NEUTRAL = 0.15  # assumption
OFFERS_NEUTRAL = 2  # assumption
ANNIVERSARY_WEIGHT = 3.0  # of the twelfth month, where the twelve weights sum to 12 (assumption)
ATTENTION_FACTOR = 3.0  # attention is so many times the baseline (assumption)
MOVING_RATE = 0.005  # chance a month of moving away (assumption: 6 % a year)
LOOKING_PROBABILITY = 0.5  # chance a month that a customer without a firm looks for one (assumption)


def choose(customer: "TwinCustomer") -> None:
    """Let one customer decide, and book what it did."""
    model = customer.model
    behaving = model.behaviour
    offers = offers_seen(customer)
    leaving = customer.firm is not None and leaves(customer, offers)
    if not leaving and behaving and customer.draw("moving") < MOVING_RATE:
        model.book_departure(customer, "moved")
        customer.become_new_person()
        customer.join(None)
    elif leaving:
        model.book_departure(customer, "left")
        customer.join(destination(customer, offers))
        model.book_arrival(customer)
    elif customer.firm is None and customer.draw("looking") < LOOKING_PROBABILITY:
        customer.join(destination(customer, list(model.firms)))
        model.book_arrival(customer)
    else:
        customer.tenure += 1


def offers_looked_at(customer: "TwinCustomer") -> int:
    """Return how many rival offers the customer looks at this month."""
    rivals = len(customer.model.firms) - 1
    return min(int(customer.informedness + customer.draw("offers")), rivals)


def offers_seen(customer: "TwinCustomer") -> "list[TwinFirm]":
    """Return the rivals that it looks at, or has heard well of; with two firms there is at most one."""
    looking = offers_looked_at(customer) > 0
    rivals = [firm for firm in customer.model.firms if firm is not customer.firm]
    return [firm for firm in rivals if looking or customer.word[firm] > 0.2]


def log_value_offered(customer: "TwinCustomer", firm: "TwinFirm") -> float:
    """Return log R that the customer expects at a firm."""
    return firm.log_value_offered(customer.worth, customer.taste, customer.informedness)


def log_value_own(customer: "TwinCustomer") -> float:
    """Return log R that the customer expects where it is."""
    return log(customer.worth) + customer.taste * log(customer.expectation) - log(customer.known_bill)


def leaves(customer: "TwinCustomer", offers: "list[TwinFirm]") -> bool:
    """Say whether it pays attention and, if so, leaves (C1 to C4)."""
    twelfth = customer.tenure % 12 == 11
    weight = ANNIVERSARY_WEIGHT if twelfth else (12 - ANNIVERSARY_WEIGHT) / 11
    baseline = 1 - (1 - customer.churn_propensity) ** (weight / 12)
    neutral_attention = min(ATTENTION_FACTOR * baseline, 1 - 1e-12)
    neutral_leaving = min(baseline / neutral_attention, 1 - 1e-9)
    behaving = customer.model.behaviour
    urge = min(max(attention_terms(customer), -3), 3) if behaving else 0.0
    push = min(max(leaving_terms(customer, offers), -5), 5) if behaving else 0.0
    attention = 1 - (1 - neutral_attention) ** exp(urge)
    log_odds = log(neutral_leaving / (1 - neutral_leaving)) + push
    leaving = 1 / (1 + exp(-log_odds))
    return customer.draw("attention") < attention and customer.draw("leaving") < leaving


def attention_terms(customer: "TwinCustomer") -> float:
    """Return what makes it reconsider, on the log-hazard scale (C3)."""
    assert customer.firm is not None
    events = 0.5 * customer.fee_found + 1.7 * customer.refused
    events += 1.2 * (customer.bad and not customer.refused)
    feelings = -0.7 * (customer.satisfaction - SATISFACTION_NEUTRAL) + 0.5 * customer.regret
    feelings += max(-customer.word[customer.firm], 0)
    prices = 1.5 * customer.bill_shock + 2 * max(-log_value_own(customer), 0)
    return events + feelings + prices + 0.20 * (offers_looked_at(customer) - OFFERS_NEUTRAL)


def leaving_terms(customer: "TwinCustomer", offers: "list[TwinFirm]") -> float:
    """Return what makes it leave once it reconsiders, on the log-odds scale (C4)."""
    partnership = 2.0 * (0.5 + customer.relationship_need) * (customer.relationship - RELATION_NEUTRAL)
    unfairness = customer.unfair_price_gap * (0.5 + 0.5 * min(customer.inequity_aversion, 2))
    outside = 4 * max(-log_value_own(customer), 0)
    return best_offer(customer, offers) - partnership + unfairness + 2 * customer.known_fee + outside


def best_offer(customer: "TwinCustomer", offers: "list[TwinFirm]") -> float:
    """Return by how much the best offer seen beats the own firm, in utils; -1 if none is seen (C4)."""
    own = log_value_own(customer)
    gains = (
        1.4 * (log_value_offered(customer, firm) - own)
        + 0.5 * customer.word[firm]
        + 0.5 * (firm.terms.reputation - 0.6)
        for firm in offers
    )
    return max(gains, default=-1.0)


def destination(customer: "TwinCustomer", offers: "list[TwinFirm]") -> "TwinFirm | None":
    """Choose among the acceptable offers and nobody by a multinomial logit (C5)."""
    best_firm, best = None, -1.5 + gumbel(customer.draw("destination_nobody"))
    for firm in offers:
        log_value = log_value_offered(customer, firm)
        attraction = 2.8 * log_value + 0.6 * customer.brand_fit[firm] + customer.word[firm]
        attraction += firm.terms.reputation + gumbel(customer.draw(f"destination_{firm.number}"))
        if log_value > 0 and attraction > best:
            best_firm, best = firm, attraction
    return best_firm
