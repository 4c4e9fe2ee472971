"""Terms by pencil: what a quarter makes of a surplus, a design, a boast, a standard and a rival."""

from typing import Any

import numpy as np
import pytest

from agents import Firm
from sim.events.aiming import aims_of
from sim.events.opening import month_opens
from sim.events.setting_terms import firms_set_terms, rivals_price, what_firms_see
from tests.worlds import small


def terms_set(firm: dict[str, Any], settings: dict[str, Any] | None = None, **columns: Any) -> Any:
    """The firms after their first terms; the first of them follows an entry and has these numbers."""
    model = small(burn_in=0, firms={"focal": firm}, **(settings or {}))
    model.take_effect()
    month_opens(model)
    f = model.table(Firm)
    f["smoothed_profit"][0] = 0.0
    for name, value in columns.items():
        f[name][0] = value
    firms_set_terms(model)
    return f


HELD: dict[str, Any] = {
    "locked_price": 60.0,
    "value": "cost_plus",
    "service": "policy_bound",
    "management": "salary",
}
HELD |= {"governance": "management"}


def test_a_split_of_the_surplus_with_a_pencil() -> None:
    """4000 before tax, 3000 to split, a sixth or so to each side."""
    known: dict[str, Any] = {"smoothed_profit": 4000.0, "smoothed_services": 500.0, "staff_needed": 5.0}
    f = terms_set(HELD | {"fairness": "equal_split"}, **known)
    assert f["price"][0] == pytest.approx(60.0 - 0.17 * 6.0)
    assert f["profit_share"][0] == pytest.approx(0.17 * 600.0)
    assert f["supplier_margin"][0] == pytest.approx(0.10 + 0.05)  # 0.17 * 3000 / 9500 would be 0.0537
    rich = terms_set(HELD | {"fairness": "equal_split"}, **known | {"smoothed_profit": 40_000.0})
    assert rich["price"][0] == pytest.approx(0.94 * 60.0)  # at most 0.06 of the anchor
    fee = terms_set(HELD | {"fairness": "equal_split", "value": "drip_fees"}, **known)
    assert fee["hidden_fee"][0] == pytest.approx(0.08 * (60.0 - 0.17 * 6.0))


def test_an_obsolete_design_is_worse_and_a_boast_is_at_least_of_the_usual() -> None:
    still = {"temptation.rate": 0.0}
    f = terms_set(HELD | {"fairness": "shareholder_primacy"}, still, obsolescence=0.1, public_quality=0.8)
    assert f["quality"][0] == pytest.approx(0.9)
    assert f["claim"][0] == pytest.approx(1.05)
    lip = terms_set(HELD | {"fairness": "shareholder_primacy", "service": "lip_service"}, public_quality=1.2)
    assert lip["claim"][0] > 1.2 * 1.05
    candid = terms_set(HELD | {"fairness": "golden_rule"}, public_quality=0.8)
    assert candid["claim"][0] == pytest.approx(0.8)


def test_dual_entitlement_keeps_wages_of_the_tempted_unless_it_makes_a_loss() -> None:
    for profit, wage in ((1.0, 900.0), (-1.0, 900.0 * (1.0 - 0.08 * 0.5))):
        entry = HELD | {"fairness": "dual_entitlement"}
        still = {"temptation.rate": 0.0}
        f = terms_set(entry, still, wage_temptation=0.5, smoothed_profit=profit)
        assert f["wage_offer"][0] == pytest.approx(wage)


def test_a_member_presses_its_staff_no_further_than_the_standard() -> None:
    entry = HELD | {"fairness": "shareholder_primacy", "standards": "member"}
    assert terms_set(entry, {"temptation.rate": 0.0}, quota_temptation=0.9)["quota_temptation"][0] == 0.3


def test_what_restraint_forgoes_is_that_of_this_quarter() -> None:
    entry = HELD | {"fairness": "golden_rule", "management": "quarterly_profit"}
    once = terms_set(entry)["profit_forgone"][0]
    assert once > 0.0
    assert terms_set(entry, profit_forgone=1000.0)["profit_forgone"][0] == once


def test_managers_who_do_not_feel_owners_look_as_if_half_of_them_were_transient() -> None:
    horizons = []
    for settings, pressure in (({"switches.manager_horizon": False}, 0.0), ({}, 0.5)):
        entry = HELD | {"management": "stock_options", "fairness": "shareholder_primacy"}
        f = terms_set(entry, settings, owners_pressure=pressure)
        horizons.append(float(f["manager_horizon"][0]))
    assert horizons[0] == horizons[1] == pytest.approx(0.7 * 24.0 + 0.3 * 3.0)


def test_firms_remember_how_custom_followed_their_price() -> None:
    f = terms_set(HELD, past_relative_price=np.arange(8.0), past_relative_custom=np.arange(8.0, 16.0))
    assert f["past_relative_price"][0, 1:].tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert f["past_relative_custom"][0, 1:].tolist() == [8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0]
    mean = 200.0 / 5.0
    assert f["past_relative_custom"][0, 0] == pytest.approx(np.log(f["customers"][0] / mean))


def test_a_firm_of_few_customers_takes_the_markets_worth_for_theirs() -> None:
    few, many = (terms_set(HELD, {"population.customers": size}) for size in (60, 1000))
    assert few["customers"].max() <= 20 and (few["median_worth"][:5] == 82.0).all()
    assert many["customers"].min() > 100 and (many["median_worth"][:5] != 82.0).all()


def test_rivals_are_the_others() -> None:
    prices, customers = np.array([10.0, 20.0, 40.0]), np.array([100.0, 30.0, 10.0])
    assert rivals_price(prices, customers, 0) == 25.0
    assert rivals_price(prices, np.array([100.0, 0.0, 0.0]), 0) == 10.0
    assert customers.tolist() == [100.0, 30.0, 10.0]


def test_a_young_firm_stays_below_the_market() -> None:
    model = small(burn_in=0)
    month_opens(model)
    market = what_firms_see(model)
    for age, most in ((35.0, 0.95 * market.mean_price), (36.0, np.inf)):
        model.table(Firm)["age"][0], model.table(Firm)["unit_cost"][0] = age, 500.0
        aims = aims_of(model, 0, market, 200.0)
        assert aims.target_price <= most and (age < 36.0) == (aims.target_price < 60.0)
