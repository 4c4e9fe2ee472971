"""Customers' rules with pencil numbers: bonds, experience, purchases, repertoire, traits, value, word."""

from itertools import product

import pytest

from agents.customer import (
    BondParameters,
    ChoiceParameters,
    ExperienceParameters,
    PopulationParameters,
    PurchaseParameters,
    RepertoireParameters,
    ServiceParameters,
    WordParameters,
)
from agents.customer import bonds as b
from agents.customer import experience as e
from agents.customer import purchases as u
from agents.customer import repertoire as r
from agents.customer import traits as t
from agents.customer import value as v
from agents.customer import word as w
from sim.switches import Switches
from tests.pencil import Example, given, name_of, rules_of

SIXTH = {f"{bond}_weight": 1 / 6 for bond in b.BONDS}
BONDS = given(
    BondParameters,
    **SIXTH,
    relationship_neutral=0.4,
    growth=0.1,
    fading=0.02,
    outreach_protection=0.5,
    delight_threshold=1.25,
    delight_speed=3.0,
    identity_weight=0.5,
    envy_weight=0.5,
    attachment_rate=0.1,
    attachment_fading=0.02,
    attachment_shared=0.6,
)
MOOD = given(
    ExperienceParameters,
    satisfaction_base=0.3,
    disconfirmation=2.0,
    loss_aversion=2.25,
    value_weight=0.7,
    quality_weight=0.8,
    reference_value=1.3,
    price_shock_weight=1.0,
    regret_weight=0.6,
    satisfaction_rate=0.25,
    expectation_rate=0.1,
    claim_rate=0.05,
    fee_discovery=0.04,
    regret_fading=0.1,
    regret_size=0.5,
    need_learning=0.1,
)
BUYING = given(
    PurchaseParameters,
    relationship_spending=0.5,
    tenure_spending=0.02,
    gift_spending=0.1,
    poor_value_restraint=10.0,
    spending_years=5.0,
    credit_stretch=0.5,
    walk_years=7.0,
    walk_ceiling=1.4,
    scheme_years=5.0,
    wanted_rate=0.02,
    wanted_relationship=2.0,
    wanted_insight=0.5,
    pushed_rate=0.1,
    most_products=8.0,
)
TASTES = given(PopulationParameters, taste_low=0.6, taste_high=1.2, taste_trend=0.0)
PEOPLE = given(
    PopulationParameters,
    selfish_share=0.3,
    mild_share=0.3,
    strong_share=0.3,
    fierce_share=0.1,
    mild_aversion=0.5,
    strong_aversion=1.0,
    fierce_aversion=4.0,
    mild_guilt=0.25,
    strong_guilt=0.6,
    offers_mean=2.0,
    offers_spread=1.0,
)
SERVING = given(
    ServiceParameters,
    quality_noise=0.1,
    failure_probability=0.03,
    failure_service=4.0,
    failure_reliability=6.0,
    reference_reliability=0.9,
    tailoring_gain=0.1,
    targeting_gain=0.08,
    contribution_gain=0.2,
    contribution_reference=1.5,
    voice_base=0.25,
    voice_openness=0.4,
    voice_relationship=0.2,
    remedy_base=0.1,
    remedy_empowerment=0.85,
)
TALK = given(
    WordParameters,
    positive_rate=0.1,
    champion_rate=0.05,
    champion_relationship=0.55,
    champion_satisfaction=-0.1,
    association_rate=0.06,
    gift_rate=0.04,
    negative_base=0.01,
    negative_rate=0.3,
    weight=0.35,
)
WEIGHED = BONDS._replace(
    abundance_weight=0.3,
    trust_weight=0.25,
    dreams_weight=0.2,
    truth_weight=0.15,
    balance_weight=0.06,
    grace_weight=0.04,
)
KEEPING = given(RepertoireParameters, memory_rate=0.2, memory_fading=0.1)
PULLING = given(
    ChoiceParameters,
    destination_scale=2.0,
    value_weight=1.5,
    word_weight=0.5,
    reputation_weight=0.4,
    relationship_weight=2.0,
)
ON = given(Switches)
OFF = ON._replace(value_comparison=0.0, word_of_mouth=0.0, reputation=0.0)

EXAMPLES = [
    # bonds
    Example(b.relationship_of, (0.6, 0.6, 0.6, 0.3, 0.3, 0.0, BONDS), 0.4),  # (3*.6 + 2*.3)/6
    Example(b.relationship_of, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, WEIGHED), 0.254),  # .03+.05+.06+.06+.03+.024
    Example(b.within, (1.7, 0.0, 1.0), 1.0),
    Example(b.within, (-1.7, 0.0, 1.0), 0.0),
    Example(b.abundance_signal, (1.0, 0.6, 1.4), 0.5),  # .5*.6 + .5*.4
    Example(b.abundance_signal, (0.0, 0.6, 0.7), 0.0),  # nothing met, value below its price
    Example(b.abundance_signal, (0.0, 0.0, 2.08), 0.5),  # more than double counts no more
    Example(b.trust_signal, (1.0, 1.0, False, 0.0, 0.5, 0.5, 0.0, 0.0), 1.0),  # promise kept
    Example(b.trust_signal, (0.9, 1.0, False, 0.0, 0.0, 0.5, 0.0, 0.0), 0.7),  # 1 - 3*.1
    Example(b.trust_signal, (0.9, 1.0, False, 0.0, 1.0, 0.5, 0.0, 0.0), 0.85),  # a partner forgives half
    Example(b.trust_signal, (0.9, 1.0, False, 0.0, 0.0, 0.5, 1.0, 0.0), 0.85),  # so does a guarantee
    Example(b.trust_signal, (1.0, 1.0, False, 0.4, 0.0, 0.5, 0.0, 0.0), 0.8),  # 1 - .5*.4
    Example(b.trust_signal, (1.0, 1.0, True, 0.0, 1.0, 0.5, 1.0, 1.0), 0.0),  # refused
    Example(b.trust_signal, (1.14, 1.2, False, 0.2, 0.0, 0.5, 0.0, 0.5), 0.815),  # (1 - 3*.05)*.9 + .05
    Example(b.trust_signal, (1.2, 1.0, False, 0.4, 1.0, 0.5, 0.0, 0.0), 0.8),  # delight mends no regret
    Example(b.trust_signal, (0.5, 1.0, False, 0.0, 0.0, 0.5, 0.0, 1.0), 0.1),  # nothing kept; the advice
    Example(b.trust_signal, (1.0, 1.0, False, 0.0, 0.0, 0.5, 0.0, 1.0), 1.0),
    Example(b.trust_signal, (0.5, 1.0, False, 0.0, 0.0, 0.5, 0.0, 0.0), 0.0),
    Example(b.dreams_signal, (1.0, 1.0, 1.0, 1.0, 1.0), 1.0),
    Example(b.dreams_signal, (0.5, 0.5, 0.0, 0.0, 0.0), 0.35),
    Example(b.dreams_signal, (0.0, 0.0, 0.5, 0.0, 0.0), 0.15),
    Example(b.dreams_signal, (0.0, 0.0, 0.0, 0.0, 0.0), 0.0),
    Example(b.dreams_signal, (0.5, 0.5, 1.0, 0.0, 0.0), 0.65),  # .2 + .15 + .3
    Example(b.dreams_signal, (0.5, 0.5, 1.0, 1.0, 1.0), 0.85),  # and .1 each
    Example(b.truth_signal, (1.1, 1.0, 0.05, 0.0, 0.0), 0.6),  # 1 - 2*.1 - 4*.05
    Example(b.truth_signal, (0.9, 1.0, 0.0, 0.4, 1.0), 0.9),  # modest claim; (1 - .5*.4) + .1
    Example(b.truth_signal, (1.26, 1.2, 0.0, 0.4, 0.0), 0.72),  # (1 - 2*.05)*.8
    Example(b.truth_signal, (0.9, 1.0, 0.0, 0.0, 0.0), 1.0),  # to claim less is no merit
    Example(b.truth_signal, (0.6, 1.0, 0.1, 0.0, 0.0), 0.6),  # and hides no fee
    Example(b.truth_signal, (1.4, 1.0, 0.1, 0.0, 0.5), 0.05),  # candour cannot fall below nothing
    Example(b.truth_signal, (1.4, 1.0, 0.1, 0.0, 0.0), 0.0),
    Example(b.truth_signal, (1.0, 1.0, 0.0, 0.0, 1.0), 1.0),
    # balance: own share of the gain (90 - 60)/(90 - 40) = .6, firm's .4: .5/(1 + e^-2) + .5
    Example(b.own_share, (90.0, 60.0, 40.0), 0.6),
    Example(b.own_share, (40.0, 60.0, 40.0), -1.0),  # a loss of 20 coins on nothing gained
    Example(b.own_share, (41.5, 39.0, 40.0), 5 / 3),  # 2.5/1.5
    Example(b.own_share, (41.5, 37.0, 40.0), 2.0),
    Example(b.own_share, (30.0, 29.5, 40.0), 0.5),  # worth less than it cost: compared with one coin
    Example(b.wish_to_give_back, (90.0, 60.0, 40.0, 0.5), 0.1),  # .5*(.6 - .4)
    Example(b.wish_to_give_back, (65.0, 60.0, 40.0, 0.5), 0.0),  # the firm got more
    Example(b.wish_to_give_back, (41.5, 37.0, 40.0, 0.6), 1.0),
    Example(b.balance_signal, (90.0, 60.0, 40.0, 0.0, 0.0, 0.0, 1.0, BONDS), 0.940399),
    # own share .2, firm's .8, aversion 1: envy .6, halved .3: .5/(1 + e^.8) + .5
    Example(b.balance_signal, (65.0, 60.0, 40.0, 0.0, 1.0, 0.0, 1.0, BONDS), 0.655013),
    Example(b.balance_signal, (65.0, 60.0, 40.0, 0.0, 1.0, 0.0, 0.0, BONDS), 0.799344),  # .5/(1+e^-.4)+.5
    # as the first, 5 per cent above newcomers and a reward of .02, with aversion to what does not happen
    Example(b.balance_signal, (90.0, 60.0, 40.0, 0.05, 4.0, 0.02, 1.0, BONDS), 0.860399),
    Example(b.balance_signal, (65.0, 60.0, 40.0, 0.0, 0.5, 0.0, 1.0, BONDS), 0.725083),  # .5/(1+e^.2)+.5
    Example(b.balance_signal, (40.0, 60.0, 40.0, 1.0, 4.0, 0.0, 1.0, BONDS), 0.0),
    Example(b.balance_signal, (90.0, 60.0, 40.0, 0.0, 0.0, 0.1, 1.0, BONDS), 1.0),
    Example(b.grace_signal, (1.0, 0.6, 0.4, 0.5), 0.76),  # .4 + .21 + .1 + .05
    Example(b.grace_signal, (0.5, 0.6, 0.4, 0.0), 0.51),  # .2 + .21 + .1
    Example(b.grace_signal, (2.0, 1.0, 1.0, 1.0), 1.0),
    Example(b.grace_signal, (0.0, 0.0, 0.0, 0.0), 0.0),
    Example(b.growth_rate, (1.0, 1.0, True, BONDS), 0.1),
    Example(b.growth_rate, (1.3, 1.0, True, BONDS), 0.3),  # delight at the first service
    Example(b.growth_rate, (1.3, 1.0, False, BONDS), 0.1),  # later it is no longer the first
    Example(b.growth_rate, (1.3, 1.1, True, BONDS), 0.1),  # 1.25*1.1 = 1.375 it was not
    Example(b.growth_rate, (1.2, 0.9, True, BONDS), 0.3),  # 1.25*.9 = 1.125
    Example(b.growth_rate, (1.1, 1.0, True, BONDS), 0.1),
    Example(b.growth_rate, (1.3, 1.0, True, BONDS._replace(growth=0.5)), 1.0),
    Example(b.signal_from, (0.0, 0.0, BONDS), 0.0),
    Example(b.signal_from, (0.6, 0.0, BONDS), 0.6),  # a firm of neutral identity
    Example(b.signal_from, (0.6, -0.4, BONDS), 0.48),  # .6*(1 - .5*.4): with whom does one bond?
    Example(b.signal_from, (0.98, 0.1, BONDS), 1.0),
    Example(b.fading_rate, (0.0, 0.0, BONDS), 0.02),
    Example(b.fading_rate, (0.7, 0.7, BONDS), 0.01),  # contact held at 1 protects half
    Example(b.next_bond, (0.5, 1.0, 0.1, 0.02), 0.539),  # .55*.98
    Example(b.next_bond, (0.0, 0.0, 0.1, 0.02), 0.0),
    Example(b.next_bond, (1.0, 1.0, 1.0, 0.0), 1.0),
    Example(b.next_attachment, (0.2, True, 0.8, 0.5, 0.0, BONDS), 0.22),  # toward .4
    Example(b.next_attachment, (0.0, True, 0.0, 1.0, 0.0, BONDS), 0.0),
    Example(b.next_attachment, (0.5, True, 1.0, 1.4, 0.0, BONDS), 0.55),  # toward 1
    Example(b.next_attachment, (0.2, True, 0.8, 1.0, 0.5, BONDS), 0.236),  # toward .8*.7 = .56
    Example(b.next_attachment, (0.2, False, 0.8, 1.0, 0.5, BONDS), 0.196),
    # experience
    Example(e.weighed, (0.1, 2.25), 0.1),
    Example(e.weighed, (-0.1, 2.25), -0.225),
    Example(e.felt_quality, (1.1, False, False, 0.6, 0.97), 1.1),
    Example(e.felt_quality, (1.0, True, False, 0.6, 0.97), 0.6),
    Example(e.felt_quality, (1.0, True, True, 0.6, 0.97), 0.97),
    Example(e.felt_quality, (1.2, True, True, 0.6, 0.97), 1.164),
    Example(e.squeezed, (0.0,), 0.0),
    Example(e.squeezed, (0.5,), 0.462117),  # tanh
    Example(e.judgement, (1.0, 1.0, 1.0, 1.3, 60.0, 60.0, 0.0, MOOD), 0.3),  # all as usual
    Example(e.judgement, (1.1, 1.0, 1.0, 1.3, 60.0, 60.0, 0.0, MOOD), 0.5),  # .3 + 2*.1
    Example(e.judgement, (0.9, 1.0, 1.0, 1.3, 60.0, 60.0, 0.5, MOOD), -0.45),  # .3 - 2*.225 - .6*.5
    Example(e.judgement, (1.0, 1.0, 1.0, 1.3, 66.0, 60.0, 0.0, MOOD), 0.204690),  # .3 - log 1.1
    Example(e.judgement, (1.0, 1.0, 1.0, 2.6, 60.0, 60.0, 0.0, MOOD), 0.785203),  # .3 + .7*log 2
    Example(e.judgement, (1.2, 1.2, 1.25, 1.3, 60.0, 60.0, 0.0, MOOD), 0.265857),  # .3-.18+.8*log 1.2
    Example(e.judgement, (1.0, 1.0, 1.0, 0.1, 60.0, 60.0, 0.0, MOOD), -1.010262),  # .3 + .7*log(.2/1.3)
    Example(
        e.judgement, (1.0, 1.0, 1.0, 1.3, 66.0, 60.0, 0.0, MOOD._replace(price_shock_weight=0.5)), 0.252345
    ),
    Example(e.next_satisfaction, (0.2, 0.5, 0.0, MOOD), 0.265529),  # .15 + .25*tanh .5
    Example(e.next_satisfaction, (0.99, 9.0, 0.2, MOOD), 1.0),
    Example(e.next_satisfaction, (0.2, 0.0, 0.1, MOOD), 0.25),  # .2 - .05 + .1
    Example(e.next_expectation, (1.0, 1.2, 1.1, MOOD), 1.025),  # 1 + .1*.2 + .05*.1
    Example(e.next_expectation, (1.95, 3.0, 3.0, MOOD), 2.0),
    Example(e.next_expectation, (0.32, 0.1, 0.1, MOOD), 0.3),  # .32 - .15*.22 = .287
    Example(e.delight_worn_off, (1.25, 1.275, MOOD), 0.04),  # 2*.025/1.25
    Example(e.delight_worn_off, (1.0, 1.025, MOOD), 0.05),  # 2*.025
    Example(e.fee_found_probability, (4.0, MOOD), 0.1009275),  # .04*(1 + 2*tanh 1 = 2.523188)
    Example(e.fee_found_probability, (4.0, MOOD._replace(fee_discovery=0.5)), 1.0),
    Example(e.is_beyond_finding, (0.0799, 2.0, MOOD), False),  # .04*(1 + 2*.5)
    Example(e.is_beyond_finding, (0.0801, 2.0, MOOD), True),
    Example(e.is_beyond_finding, (0.1199, 40.0, MOOD), False),  # .04*3
    Example(e.is_beyond_finding, (0.1201, 40.0, MOOD), True),
    Example(e.next_regret, (0.9, 1.0, MOOD), 1.0),
    Example(e.next_regret, (0.0, 0.0, MOOD), 0.0),
    Example(e.next_regret, (0.2, 0.4, MOOD), 0.38),  # .18 + .2
    Example(e.next_need_known, (0.5, 0.6, MOOD), 0.53),  # .5 + .1*.6*.5
    # purchases
    Example(u.purchase_rate, (2.0, 0.2, 0.0, 0.0, 24, 0.5, BUYING), 1.14),  # 2*.5*(1 + .1 + .04)
    Example(u.purchase_rate, (1.0, 0.0, 0.0, 0.0, 120, 1.0, BUYING), 1.1),  # five years count
    Example(u.purchase_rate, (1.0, 0.0, 0.5, 0.0, 0, 1.0, BUYING), 1.05),  # .1*.5 given back
    Example(u.purchase_rate, (1.0, 0.0, 0.0, 0.1, 0, 1.0, BUYING), 0.367879),  # e^(-10*.1)
    Example(
        u.purchase_rate, (1.0, -0.6, 0.0, 0.0, 0, 1.0, BUYING._replace(relationship_spending=2.0)), 0.0
    ),  # 1 - 1.2 is no rate
    Example(u.purchase_rate, (2.0, 0.0, 0.0, 0.01, 0, 1.0, BUYING), 1.809675),  # 2*e^-.1
    Example(u.means_of, (100.0, 0.5, BUYING), 125.0),
    Example(u.affordable, (5, 100.0, 0.0, 30.0, BUYING), 3),
    Example(u.affordable, (5, 100.0, 1.0, 30.0, BUYING), 5),  # 150/30
    Example(u.affordable, (1, 20.0, 0.0, 30.0, BUYING), 0),
    Example(u.affordable, (2, 100.0, 0.0, 30.0, BUYING), 2),  # not more than was wanted
    Example(u.affordable, (50, 1.0, 0.0, 0.01, BUYING), 50),
    Example(u.affordable, (5, 100.0, 0.0, 0.0, BUYING), 5),
    Example(u.list_price_paid, (60.0, 0.2, 0.04, 0.0, 11, BUYING), 48.0),  # teaser
    Example(u.list_price_paid, (60.0, 0.2, 0.04, 0.0, 12, BUYING), 60.0),
    Example(u.list_price_paid, (60.0, 0.2, 0.04, 0.0, 36, BUYING), 64.896),  # 60*1.04^2
    Example(u.list_price_paid, (60.0, 0.0, 0.2, 0.0, 96, BUYING), 84.0),  # the ceiling of 1.4
    Example(u.list_price_paid, (60.0, 0.0, 0.0, 0.01, 30, BUYING), 58.8),  # two years' reward
    Example(
        u.list_price_paid, (60.0, 0.0, 0.04, 0.0, 132, BUYING), 78.955907
    ),  # 60*1.04^7, seven years count
    Example(u.list_price_paid, (60.0, 0.0, 0.0, 0.01, 96, BUYING), 57.0),  # five years' reward at most
    Example(u.list_price_paid, (60.0, 0.0, 0.02, 0.0, 24, BUYING), 61.2),
    Example(
        u.list_price_paid, (60.0, 0.0, 0.0, 0.1, 240, BUYING._replace(scheme_years=20.0)), 6.0
    ),  # nine tenths at most
    Example(u.points_rebate, (60.0, 0.02, 11), 0.0),
    Example(u.points_rebate, (60.0, 0.02, 12), 1.2),
    Example(u.money_back, (60.0, 60.0, 1.0, 2), 30.0),  # one of two failed
    Example(u.money_back, (60.0, 60.0, 1.0, 1), 59.99),
    Example(u.money_back, (0.005, 0.01, 1.0, 1), 0.0),
    Example(u.money_back, (60.0, 60.0, 0.5, 2), 15.0),
    Example(u.known_price, (60.0, 0.05, 60.0, 6.0), 63.0),  # half of the fee was found
    Example(u.known_price, (60.0, 0.20, 60.0, 6.0), 66.0),  # not more than it is
    Example(u.wanted_probability, (0.1, 0.2, 1.0, BUYING), 0.026),  # .02*(1 + .2 + .1)
    Example(u.wanted_probability, (0.1, 0.2, 6.0, BUYING), 0.0),
    Example(
        u.wanted_probability, (-0.48, -0.32, 1.0, BUYING._replace(wanted_relationship=4.0)), 0.0
    ),  # 1 - 2.08
    Example(u.wanted_probability, (0.1, 0.2, 5.9, BUYING), 0.026),
    Example(u.pushed_probability, (2.0, 0.0, BUYING._replace(pushed_rate=0.9)), 1.0),
    # repertoire: 1.5*.2 of value, .5*.4 of word, .4*.5 of name, twice
    Example(r.remembered_gain, (90.0, 60.0), 0.5),
    Example(r.next_memory, (2.0, 0.5, KEEPING), 1.9),  # 1.8 + .1
    Example(r.next_memory, (-4.9, -60.0, KEEPING), -5.0),
    Example(r.offered_pull, (0.2, 0.4, 0.5, ON, PULLING), 1.4),
    Example(r.offered_pull, (0.2, 0.4, 0.5, OFF, PULLING), 0.0),
    Example(r.loyal_pull, (0.3, 5.0, 0.1, 0.25, PULLING), 1.65),  # 5*.3 + 2*.75*.1
    Example(u.pushed_probability, (0.5, 0.4, BUYING), 0.03),  # .1*.5*.6
    # traits
    Example(t.lognormal, (80.0, 0.25, 0.0), 80.0),
    Example(t.lognormal, (80.0, 0.25, 2.0), 131.897702),  # 80*e^.5
    Example(t.uniform_between, (0.6, 1.2, 0.25), 0.75),
    Example(t.taste_of, (0.25, 5.0, TASTES), 0.75),
    Example(t.taste_of, (1.0, 2.0, TASTES._replace(taste_trend=0.1)), 1.263),
    Example(t.taste_of, (0.0, 2.0, TASTES._replace(taste_trend=-0.5)), 0.825),
    Example(t.taste_of, (0.0, 10.0, TASTES._replace(taste_trend=1.0)), 0.0),
    Example(t.taste_of, (1.0, 10.0, TASTES._replace(taste_trend=1.0)), 3.0),
    Example(t.inequity_aversion_of, (0.29, PEOPLE), 0.0),
    Example(t.inequity_aversion_of, (0.31, PEOPLE), 0.5),
    Example(t.inequity_aversion_of, (0.61, PEOPLE), 1.0),
    Example(t.inequity_aversion_of, (0.91, PEOPLE), 4.0),
    Example(t.guilt_of, (0.29, PEOPLE), 0.0),
    Example(t.guilt_of, (0.31, PEOPLE), 0.25),
    Example(t.guilt_of, (0.91, PEOPLE), 0.6),
    Example(t.informedness_of, (0.75, PEOPLE), 3.0),  # 2*(1 + .5)
    Example(t.informedness_of, (0.75, PEOPLE._replace(offers_spread=0.5)), 2.5),
    # value
    Example(v.service_received, (0.9, 0.5, 0.4, 0.5, -0.5, SERVING), 0.898),  # .918 - .02
    Example(v.service_received, (1.0, 0.5, 0.4, 1.0, 0.5, SERVING), 1.06),  # 1.02 + .04
    Example(v.service_received, (0.2, 0.0, 0.0, 1.0, -1.0, SERVING), 0.12),  # .2 - .08
    Example(v.service_received, (0.1, 0.0, 0.0, 1.0, -1.0, SERVING), 0.1),  # a tenth is left
    Example(v.value_rank, (300.0, 100.0), 0.5),  # (3 - 1)/(3 + 1)
    Example(v.value_rank, (0.04, 0.02), 1 / 3),
    Example(v.value_rank, (0.0, 100.0), -1.0),
    Example(v.value_rank, (300.0, 0.0), 0.0),
    Example(v.delivered_quality, (1.1, 0.9, 0.9, 0.0, 3, SERVING), 0.99),
    Example(v.delivered_quality, (1.0, 0.81, 1.0, 2.0, 4, SERVING), 0.994654),  # .9*e^(.1*2/2)
    Example(v.failure_chance, (1.0, 0.9, 1, SERVING), 0.03),
    Example(v.failure_chance, (1.0, 0.9, 2, SERVING), 0.0591),  # 1 - .97^2
    Example(v.delivered_quality, (1.0, 0.9, 1.0, 1.0, 1, SERVING), 1.105171),  # e^.1
    Example(v.failure_chance, (0.5, 0.6, 1, SERVING), 0.3),  # .03*e^3.8 = 1.34, held at .3
    Example(v.failure_chance, (1.25, 0.9, 1, SERVING), 0.011036),  # .03/e
    Example(v.safety, (1.25, 0.9, SERVING), 1.0),  # 4*.25
    Example(v.safety, (1.1, 0.8, SERVING), -0.2),  # .4 - .6
    Example(v.is_beyond_failure, (0.0299, 1.25, 0.9, 2, SERVING), False),  # 2*.03/(1 + 1)
    Example(v.is_beyond_failure, (0.0301, 1.25, 0.9, 2, SERVING), True),
    Example(v.is_beyond_failure, (0.9999, 0.5, 0.9, 1, SERVING), False),  # so unsafe that nothing is known
    Example(v.voice_probability, (0.5, 0.25, SERVING), 0.5),  # .25 + .2 + .05
    Example(v.voice_probability, (1.0, 0.5, SERVING._replace(voice_relationship=1.0)), 0.95),  # 1.15
    Example(v.voice_probability, (0.0, -0.5, SERVING._replace(voice_relationship=1.0)), 0.05),  # -.25
    Example(v.remedy_probability, (0.4, SERVING), 0.44),
    Example(v.remedy_probability, (0.5, SERVING._replace(remedy_base=0.8)), 1.0),  # .8 + .425 is no chance
    Example(v.need_met, (0.75, SERVING), 0.5),
    Example(v.need_met, (6.0, SERVING), 1.0),
    Example(v.worth_of_service, (80.0, 2.0, 1.1, 0.5, 0.5, 1.0, SERVING), 101.64),  # 80*1.21*1.05
    Example(v.worth_of_service, (80.0, 2.0, 1.1, 0.5, 0.5, 0.5, SERVING), 99.22),  # 96.8*1.025
    Example(v.log_worth, (80.0, 2.0, 1.1, 0.5, 0.5, 0.5, SERVING), 4.597339),
    Example(v.log_worth, (80.0, 2.0, 1.0, 0.0, 0.5, 0.5, SERVING), 4.382027),  # log 80
    Example(v.log_worth, (80.0, 2.0, 1.1, 0.5, 0.5, 1.0, SERVING), 4.621437),  # log 101.64
    # word
    Example(w.is_champion, (0.6, 0.0, TALK), True),
    Example(w.is_champion, (0.5, 0.9, TALK), False),
    Example(w.is_champion, (0.6, -0.2, TALK), False),
    Example(w.praise_probability, (0.5, False, 0.0, 0.0, TALK), 0.1),
    Example(w.praise_probability, (0.2, False, 0.0, 0.0, TALK), 0.07),
    Example(w.praise_probability, (1.0, False, 0.0, 0.0, TALK), 0.15),
    Example(w.praise_probability, (-0.9, False, 0.0, 0.0, TALK), 0.0),
    Example(w.praise_probability, (0.5, True, 0.0, 0.5, TALK), 0.18),  # .1 + .05 + .03
    Example(w.praise_probability, (0.5, False, 0.5, 0.0, TALK), 0.12),  # .1 + .04*.5
    Example(w.blame_probability, (0.5, False, False, 0.0, TALK), 0.01),
    Example(w.blame_probability, (-0.4, True, False, 0.5, TALK), 0.37),  # .01 + .3*(.1 + 1 + .1)
    Example(w.blame_probability, (0.5, False, True, 0.0, TALK), 0.31),  # a fee was found
    Example(w.next_opinion, (0.2, -1, TALK), -0.15),
    Example(w.next_opinion, (-0.9, -1, TALK), -1.0),
    Example(w.next_opinion, (0.9, 1, TALK), 1.0),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_by_pencil(example: Example) -> None:
    assert example.rule(*example.given) == pytest.approx(example.expected, abs=1e-6)


def test_every_rule_has_an_example() -> None:
    modules = ("bonds", "experience", "purchases", "repertoire", "traits", "value", "word")
    assert rules_of(f"agents.customer.{name}" for name in modules) == {name_of(x) for x in EXAMPLES}


def test_the_first_look_at_failures_and_fees_never_passes_over_one() -> None:
    """The bounds found without exponentials lie above the chances themselves."""
    for service, reliability, count in product((0.5, 0.8, 1.0, 1.001, 1.4), (0.4, 0.89, 1.0), (1, 2, 7, 60)):
        chance = v.failure_chance(service, reliability, count, SERVING)
        assert not v.is_beyond_failure(chance, service, reliability, count, SERVING)
    for offers in (0.0, 1e-9, 0.3, 4.0, 40.0):
        assert not e.is_beyond_finding(e.fee_found_probability(offers, MOOD), offers, MOOD)
