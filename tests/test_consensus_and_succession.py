"""Consensus goes to its aim in steps all can bear; managers leave with the bonus before the loss shows."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from agents import Firm
from agents.base.table import Table
from agents.firm import EXPLOITATION
from sim import Parameters, Reciprocity
from sim.events.agreeing import step_toward
from sim.events.paying_managers import released, released_to_departed
from sim.events.setting_terms import firms_set_terms
from sim.events.succeeding import managers_succeed, succeed
from tests.worlds import row_of, small

TOGETHER = {"governance": "consensus", "fairness": "shareholder_primacy", "service": "policy_bound"}
STRICT = {"policy.governance.consensus.veto_tolerance": 0.02}


def governed(value: str, **changes: Any) -> Reciprocity:
    """A market whose steady firm decides by consensus and follows a value option."""
    entry = {**TOGETHER, "staff": "flat", "management": "salary", "value": value}
    return small(rng=4, firms={"steady": entry}, **{"population.customers": 400}, **STRICT, **changes)


def test_a_consensus_firm_still_follows_its_value_option() -> None:
    ends = {}
    for value in ("cheap_at_double", "what_the_market_bears", "teaser_and_walk", "drip_fees"):
        model = governed(value)
        model.run_for(37)
        k, f = row_of(model, "steady"), model.recording.firm
        ends[value] = [float(f(name)[-1, k]) for name in ("price", "walk", "hidden_fee")]
    assert ends["teaser_and_walk"][1] >= 0.04
    assert ends["drip_fees"][2] > 0.05 * ends["drip_fees"][0]
    assert ends["what_the_market_bears"][0] > ends["cheap_at_double"][0] + 3.0


def test_each_step_stays_within_what_its_sides_tolerate() -> None:
    model = governed("what_the_market_bears")
    model.run_for(37)
    k, f = row_of(model, "steady"), model.recording.firm
    bill = f("price")[:, k] + f("hidden_fee")[:, k]
    cost = np.maximum(f("unit_cost")[:, k] / f("unit_cost_year_ago")[:, k], 1.0) - 1.0
    earning = np.roll(f("smoothed_profit")[:, k], 1) >= 0.0
    rise = bill[1:] / bill[:-1] - 1.0 - 0.25 * np.roll(cost, 1)[1:]
    assert rise[earning[1:]].max() <= 0.02 + 1e-6
    assert rise.max() > 0.01


def tempted(**changes: Any) -> Reciprocity:
    """A market whose managers are all fully tempted and sure to leave."""
    certain = {"temptation.departure_rate": 1.0, "temptation.departure_horizon": 120.0}
    model = small(rng=4, **certain, **changes)
    model.run_for(2)
    for lever in EXPLOITATION:
        model.table(Firm)[lever.column][:] = 1.0
    model.table(Firm)["manager_horizon"][:] = 0.0
    model.table(Firm)["manager_departures"][:] = 0.0
    return model


def test_a_tempted_manager_leaves_and_the_successor_begins_afresh() -> None:
    model = tempted()
    managers_succeed(model)
    f, paid = model.table(Firm), [p.management.power for p in model.policies]
    gone = f["manager_departures"] > 0.0
    assert gone[np.array(paid) >= 1.0].all()
    assert (f["manager_tenure"][gone] == 0.0).all()
    assert (f["fee_temptation"][gone] == 0.5).all()
    assert (f["manager_tenure"][~gone] > 0.0).all()
    assert (f["fee_temptation"][~gone] == 1.0).all()


def test_who_looks_far_ahead_stays_and_so_does_everybody_without_the_mechanism() -> None:
    model = tempted()
    model.table(Firm)["manager_horizon"][:] = 120.0
    managers_succeed(model)
    assert not model.table(Firm)["manager_departures"].any()
    model = tempted(**{"switches.manager_horizon": False})
    managers_succeed(model)
    assert not model.table(Firm)["manager_departures"].any()


def test_owners_give_a_new_manager_time() -> None:
    old, new = small(rng=4), small(rng=4)
    for model, tenure in ((old, 60.0), (new, 0.0)):
        model.run_burn_in()
        model.table(Firm)["manager_tenure"][:] = tenure
        model.run_for(1)
    assert (new.table(Firm)["manager_horizon"] > old.table(Firm)["manager_horizon"]).all()


def departed(since: float, fallen: float) -> Table:
    """A firm that holds back 240 coins of a manager who left some months ago."""
    firms = Table(Firm, 1)
    firms["departed_escrow"][0], firms["departed_since"][0] = 240.0, since
    firms["past_equity"][0, -1], firms["sustainable_equity"][0] = 1000.0, 1000.0 - fallen
    return firms


def test_clawback_reaches_the_departed_as_far_as_its_years() -> None:
    kept = departed(since=3.0, fallen=0.0)
    assert released_to_departed(0, kept.records, 12.0) == 20.0
    assert kept["departed_escrow"][0] == 220.0
    caught = departed(since=3.0, fallen=500.0)
    assert released_to_departed(0, caught.records, 12.0) == 0.0
    assert caught["departed_escrow"][0] == 0.0
    too_late = departed(since=12.0, fallen=500.0)
    assert released_to_departed(0, too_late.records, 12.0) == 240.0
    assert too_late["departed_escrow"][0] == 0.0


def test_the_departed_keep_what_was_paid_and_leave_what_is_held_back() -> None:
    firms = tempted().table(Firm)
    firms["bonus_escrow"][0], firms["departed_escrow"][0] = 100.0, 50.0
    succeed(0, firms.records, 0.25)
    assert (firms["bonus_escrow"][0], firms["departed_escrow"][0]) == (0.0, 150.0)
    assert firms["walk_temptation"][0] == 0.25


def test_what_the_departed_are_paid_is_posted() -> None:
    model = small(rng=4, firms={"follower": {"clawback": 12.0}}, **{"temptation.departure_rate": 0.0})
    model.run_for(3)
    table, k = model.table(Firm), row_of(model, "follower")
    table["bonus_escrow"][k], table["past_equity"][k] = 1200.0, -1e9
    succeed(k, table.records, 0.5)
    model.run_for(1)
    assert table["departed_escrow"][k] == pytest.approx(1100.0)
    assert table["management_bonus"][k] >= 100.0
    table["past_equity"][k] = 1e9
    model.run_for(1)
    assert table["departed_escrow"][k] == 0.0
    assert np.abs(model.recording.flows.sum(axis=2)).max() < 1e-6


def test_parameters_are_checked() -> None:
    with pytest.raises(ValueError, match="departure_rate"):
        Parameters().changed(**{"temptation.departure_rate": 2.0})


def test_a_veto_undoes_terms_and_not_what_restraint_forgoes_or_how_far_is_looked() -> None:
    model = governed("what_the_market_bears")
    model.run_burn_in()
    model.take_effect()
    k, f = row_of(model, "steady"), model.table(Firm)
    f["restraint"][k], f["unit_cost"][k], f["unit_cost_year_ago"][k] = 1.0, 60.0, 60.0
    f["smoothed_profit"][k] = 1e4
    f["profit_forgone"][k], f["manager_horizon"][k] = 7.0, 1.0
    strict = replace(model.policies[k].governance, veto_tolerance=0.0)
    model.policies[k] = model.policies[k]._replace(governance=strict)
    before = f["price"][k]
    firms_set_terms(model)
    assert f["price"][k] == pytest.approx(before)  # a rise is vetoed
    assert f["profit_forgone"][k] not in (0.0, 7.0)
    assert f["manager_horizon"][k] > 10.0


def test_agreed_steps_go_the_same_part_of_the_way_in_every_term() -> None:
    firms = Table(Firm, 2)
    old = {"anchor_price": 60.0, "price": 60.0, "hidden_fee": 2.0, "walk": 0.0, "quality": 1.0}
    old |= {"wage_offer": 900.0, "supplier_margin": 0.1, "payment_delay": 0.0}
    new = {"anchor_price": 50.0, "price": 50.0, "hidden_fee": 1.0, "walk": 0.01, "quality": 1.1}
    new |= {"wage_offer": 810.0, "supplier_margin": 0.08, "payment_delay": 2.0}
    for name in old:
        firms[name][:] = new[name], old[name]
    firms["unit_cost"][:] = firms["unit_cost_year_ago"][:] = 45.0
    step_toward(0, firms.records, firms.records[1:], 0.04)  # the wage falls by a tenth
    for name in old:
        assert firms[name][0] == pytest.approx(old[name] + 0.4 * (new[name] - old[name])), name


def test_a_successor_takes_over_a_part_of_all_six_levers() -> None:
    firms = tempted().table(Firm)
    succeed(0, firms.records, 0.5)
    assert [firms[lever.column][0] for lever in EXPLOITATION] == [0.5] * 6


def test_managers_leave_at_the_end_of_a_quarter() -> None:
    model = tempted()
    left = []
    for month in (2, 3, 4, 5):
        model.clock = model.parameters.burn_in + month
        model.table(Firm)["manager_departures"][:] = 0.0
        managers_succeed(model)
        left.append(bool(model.table(Firm)["manager_departures"].any()))
    assert left == [True, False, False, True]


def test_clawback_holds_a_bonus_with_what_was_held_before() -> None:
    firms = Table(Firm, 1)
    firms["bonus_escrow"][0] = 100.0
    assert released(0, firms.records, 20.0, 12.0) == 10.0
    assert firms["bonus_escrow"][0] == 110.0
    assert released(0, firms.records, 20.0, 0.0) == 20.0


def test_clawback_reaches_the_departed_in_its_last_month() -> None:
    caught = departed(since=11.0, fallen=500.0)
    assert released_to_departed(0, caught.records, 12.0) == 0.0


def test_a_manager_sees_as_far_as_contract_or_clawback() -> None:
    for clawback, months in ((0.0, 4.0), (30.0, 30.0)):
        entry = {"management": "quarterly_profit", "clawback": clawback}
        model = small(firms={"focal": entry})
        model.run_burn_in()
        model.take_effect()
        model.table(Firm)["owners_pressure"][:] = 0.0
        firms_set_terms(model)
        assert model.table(Firm)["manager_horizon"][0] == months
