"""Pricing: what the farsighted learn of their customers, and what surrender gives up."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.policies import FirmEntry, Mode, PolicyParameters, resolve
from agents.policies.conduct import ServiceName
from agents.policies.value import ValueName, WhatTheMarketBears
from sim import Parameters
from tests.worlds import row_of, small


def test_the_farsighted_learn_where_custom_is_heading() -> None:
    bears = WhatTheMarketBears(farsighted=True)
    new = SimpleNamespace(past_relative_price=np.zeros(8), past_relative_custom=np.zeros(8))
    new.monthly_retention, new.customers = 0.985, 2000.0
    assert bears.elasticity(new) == pytest.approx(bears.elasticity_prior)
    turnover = 0.05  # of its way to -4 times the log of its price, which is where custom goes each quarter
    prices = np.array([0.1, -0.1, 0.05, -0.1, 0.1, -0.05, 0.1, -0.1])  # the last quarter first
    custom = np.zeros(8)
    for k in range(6, -1, -1):
        custom[k] = custom[k + 1] + turnover * (-4.0 * prices[k] - custom[k + 1])
    kept = (1.0 - turnover) ** (1 / 3)
    firm = SimpleNamespace(
        past_relative_price=prices, past_relative_custom=custom, monthly_retention=kept, customers=1e9
    )
    assert bears.elasticity(firm) == pytest.approx(4.0, abs=1e-3)
    assert WhatTheMarketBears().elasticity(firm) == pytest.approx(1.5)
    # with 400 customers the belief weighs 2 / (0.05 * 400 * 1.5^2) sums of squares of the price off its trend
    firm.customers, belief = 400.0, 0.1 / 1.5**2
    line = np.polyval(np.polyfit(np.arange(7), prices[6::-1], 1), np.arange(7))
    seen = float(((prices[6::-1] - line) ** 2).sum())
    learned = (4.0 * seen + bears.elasticity_prior * belief) / (seen + belief)
    assert bears.elasticity(firm) == pytest.approx(learned)


def test_who_keeps_all_or_has_nobody_still_reckons() -> None:
    bears = WhatTheMarketBears(farsighted=True)
    firm = SimpleNamespace(past_relative_price=np.zeros(8), past_relative_custom=np.zeros(8))
    for firm.monthly_retention, firm.customers in ((1.0, 2000.0), (0.985, 0.0)):
        assert bears.elasticity(firm) == pytest.approx(bears.elasticity_prior)


def test_surrender_gives_up_its_markup_unless_the_firm_sets_one() -> None:
    parameters, mode = PolicyParameters(), Mode.surrender
    assert resolve(FirmEntry(mode=Mode.reciprocity), parameters).value.least_markup == 0.06
    assert resolve(FirmEntry(mode=mode), parameters).value.least_markup == 0.0
    own = FirmEntry(mode=mode, policy={"value": {"cheap_at_double": {"least_markup": 0.03}}})
    assert resolve(own, parameters).value.least_markup == 0.03
    assert resolve(FirmEntry(mode=mode, value=ValueName.cost_plus), parameters).value.markup == 0.22


def test_what_a_user_sets_goes_before_what_a_mode_sets() -> None:
    changed = Parameters().changed(**{"policy.value.cheap_at_double.least_markup": 0.2})
    assert resolve(FirmEntry(mode=Mode.surrender), changed.policy).value.least_markup == 0.2
    bound = FirmEntry(mode=Mode.surrender, service=ServiceName.policy_bound)
    assert resolve(bound, PolicyParameters()).service.empowerment == 0.15


def test_surrender_frees_its_staff() -> None:
    model = small(**{"firms.focal.mode": "surrender"})
    model.run_for(1)
    assert float(model.firm_at(row_of(model, "focal")).empowerment) == 0.95
