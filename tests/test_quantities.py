"""Quantities are what their names say: a usual bill, a year, a reference, a mechanism that is off."""

import copy
from typing import Any

import numpy as np
import pytest

from agents import Customer, Employee, Firm, Shareholder, Stake
from agents.firm.firm import USUAL_RETENTION
from agents.policies import Sides
from sim import Reciprocity
from sim.events.aiming import Stakes
from sim.events.experiencing import customers_take_it_in
from sim.events.owning import firms_are_judged, owners_trade
from sim.events.serving import SILENT, WELL, customers_are_served
from sim.events.talking import customers_talk
from sim.events.working import staff_choose_effort
from sim.parameters import Parameters, all_numbers
from tests.mechanisms import without
from tests.worlds import force, row_of, small


def served(guarantee: float) -> Reciprocity:
    """A market just served, in which focal, whose services often fail, gives so much money back."""
    world = small(rng=5, **{"population.customers": 1000})
    world.run_for(6)
    force(world, "focal", guarantee=guarantee, reliability=0.5, hidden_fee=0.0)
    customers_are_served(world)
    return world


def test_a_refund_is_no_part_of_the_bill_that_one_gets_used_to() -> None:
    plain, refunded = served(0.0), served(1.0)
    c, other = refunded.table(Customer), plain.table(Customer)
    failed = (c["firm"] == row_of(refunded, "focal")) & (c["outcome"] != WELL) & (c["purchases"] == 1)
    assert failed.sum() > 10
    assert c["price_paid"][failed].max() < 1.0
    np.testing.assert_array_equal(c["known_bill"], other["known_bill"])
    for world in (plain, refunded):
        customers_take_it_in(world)
    np.testing.assert_array_equal(c["reference_price"], other["reference_price"])
    put_right = failed & (c["value"] > 0.0)  # what is worth nothing cannot be cheap
    assert put_right.sum() > 5
    assert (c["satisfaction"][put_right] > other["satisfaction"][put_right]).all()


def test_points_are_part_of_the_usual_bill_whether_or_not_one_buys() -> None:
    world = small(rng=5, firms={"steady": {"loyalty_scheme": "points"}}, **{"population.customers": 1000})
    world.run_for(14)
    customers_are_served(world)
    c, k = world.table(Customer), row_of(world, "steady")
    mine = (c["firm"] == k) & (c["tenure"] >= 12)
    share = world.table(Firm)["points_rebate"][k]
    assert share > 0.0
    for some in (mine & (c["purchases"] == 0), mine & (c["purchases"] > 0)):
        assert some.sum() > 10
        known = np.minimum(c["known_fee"] * world.table(Firm)["price"][k], world.table(Firm)["hidden_fee"][k])
        np.testing.assert_allclose(c["known_bill"][some], (c["list_paid"] * (1.0 - share) + known)[some])


def talk_after(world: Reciprocity, satisfaction: float, outcome: int) -> np.ndarray:
    """What customers would say had they all fared the same."""
    one = copy.deepcopy(world)
    table = one.table(Customer)
    table["satisfaction"][:], table["outcome"][:] = satisfaction, outcome
    table["regret"][:] = table["fee_found"][:] = 1 if outcome else 0
    customers_talk(one)
    return table["message"].copy()


def test_who_does_not_reciprocate_talks_alike_however_it_was_treated() -> None:
    world = small(rng=3, **{"population.customers": 2000})
    world.run_for(3)
    null = without(world, "reciprocity_customers")
    np.testing.assert_array_equal(talk_after(null, -1.0, SILENT), talk_after(null, 0.9, WELL))
    assert (talk_after(world, -1.0, SILENT) < 0).sum() > 3 * (talk_after(world, 0.9, WELL) < 0).sum()


def test_what_managers_are_measured_against_is_a_year_and_a_vesting_ago() -> None:
    world = small(rng=3)
    world.run_for(1)
    f, seen = world.table(Firm), []
    for _ in range(30):
        seen.append(
            {name: f[name].copy() for name in ("smoothed_revenue", "sustainable_equity", "equity_price")}
        )
        world.run_for(1)
    now = len(seen)  # the next bonus is worked out from what stands now
    for past, name in (("past_revenue", "smoothed_revenue"), ("past_equity", "sustainable_equity")):
        np.testing.assert_array_equal(f[past][:, -1], seen[now - 12][name])
    np.testing.assert_array_equal(f["past_price"][:, 24], seen[now - 24]["equity_price"])


def test_every_side_is_as_kind_as_usual_at_reference() -> None:
    world = small(rng=3)
    reference = world.parameters.service.reference_reliability
    force(world, "focal", monthly_retention=USUAL_RETENTION, reliability=reference, transient_share=0.5)
    force(world, "focal", goodwill=world.parameters.community.goodwill_neutral)
    usual = float(Employee.columns["service_effort"].default)
    force(world, "focal", mean_service_effort=usual)
    firm = world.table(Firm).view[row_of(world, "focal")]
    assert tuple(Stakes(world, firm).kindness) == pytest.approx(tuple(Sides(1.0, 1.0, 1.0, 1.0, 1.0)))


@pytest.mark.parametrize("buying", ["contract", "repertoire"])
def test_terms_of_payment_stretch_the_whole_budget(buying: str) -> None:
    """Who needs far more than it can pay buys half as much again on terms that fit."""
    people = {
        "population.customers": 1000,
        "population.need_rate_mean": 6.0,
        "population.budget_median": 120.0,
    }
    bought = []
    for accessibility in (0.0, 1.0):
        levers = {"levers": {"accessibility": accessibility}}
        firms = dict.fromkeys(("focal", "follower", "walker", "steady", "dripper"), levers)
        options = {"market.buying": buying, "purchases.credit_stretch": 1.0}
        world = small(rng=3, firms=firms, **people, **options)
        world.run_for(2)
        bought.append(world.table(Firm)["services"].sum())
    assert 1.4 < bought[1] / bought[0] < 2.4


def test_without_loss_aversion_nobody_minds_losses_more() -> None:
    on, off = (
        all_numbers(Parameters().changed(**{"switches.loss_aversion": switch})) for switch in (True, False)
    )
    for group in ("experience", "employee", "supplier"):
        assert getattr(on, group).loss_aversion == 2.25
        assert getattr(off, group).loss_aversion == 1.0


def test_without_pushing_products_nobody_games_more() -> None:
    world = small(rng=3)
    world.run_for(12)
    null = without(world, "overselling")
    for model in (world, null):
        staff_choose_effort(model)
    assert world.table(Employee)["gaming"].max() > 0.1
    assert null.table(Employee)["selling_effort"].max() == 0.0
    np.testing.assert_array_equal(world.table(Employee)["gaming"], null.table(Employee)["gaming"])


def test_where_nobody_talks_nothing_is_said() -> None:
    world = small(rng=3)
    null = without(world, "word_of_mouth")
    for model, talks in ((world, True), (null, False)):
        model.table(Customer)["satisfaction"][:] = -1.0
        customers_talk(model)
        assert model.table(Customer)["message"].any() == talks
        assert (model.table(Customer)["listener"] >= 0).any() == talks


def test_who_does_not_reciprocate_makes_no_reputation_by_conduct() -> None:
    world = small(rng=3)
    world.run_for(3)
    reputations = []
    for model in (world, without(world, "reciprocity_customers")):
        for satisfaction, fee in ((-0.5, 0.2), (0.9, 0.0)):
            one = copy.deepcopy(model)
            one.table(Firm)["mean_satisfaction"][:], one.table(Firm)["mean_known_fee"][:] = satisfaction, fee
            firms_are_judged(one)
            reputations.append(one.table(Firm)["reputation"].copy())
    assert (reputations[1] > reputations[0]).all()
    np.testing.assert_array_equal(reputations[3], reputations[2])


def judged(growth: float = 0.0, **columns: float) -> Any:
    """The firms after the market judged them, the first of them with these numbers."""
    model = small(**{"market.frontier_growth": growth})
    f = model.table(Firm)
    f["smoothed_revenue"][:], f["advertising"][:], f["services"][:], f["customers"][:] = 1e4, 0.05, 1.0, 100.0
    f["price"][:], f["claim"][:] = 60.0, 1.0
    for name, value in columns.items():
        f[name][0] = value
    firms_are_judged(model)
    return f


def test_standing_with_a_pencil() -> None:
    f = judged(advertising=0.1, complaints=6.0, compliments=4.0, openness=0.5, listening=0.2, insight=0.3)
    assert f["advertising_stock"][0] == pytest.approx(1.0 + 0.2 * (5.0 * 0.1 / 0.3 - 1.0))
    assert f["insight"][0] == pytest.approx(0.3 + 0.05 * (0.2 + 0.5 * 0.5 * 0.1 * 12.0 - 0.3))
    assert judged(mean_quality=1.5)["public_quality"][0] == pytest.approx(1.04)
    assert judged(mean_quality=0.0, services=0.0)["public_quality"][0] == 1.0
    behind = judged(growth=0.12, insight=0.5, listening=0.5, obsolescence=0.1)
    assert behind["obsolescence"][0] == pytest.approx(0.1 + 0.01 * 0.5 * 0.8)


def test_identity_is_lost_by_changes_either_way_and_by_boasts_of_what_is_not_delivered() -> None:
    usual = {"identity": 0.9, "service_spread": 0.0}
    steady = judged(**usual)["identity"][0]
    assert steady == pytest.approx(0.9 + 0.042 * 0.1)
    for price in (57.0, 63.0):  # a twentieth, six times over
        assert judged(**usual, price=price)["identity"][0] == pytest.approx(steady - 0.042 * 0.3)
    boast = judged(**usual, claim=1.1, mean_quality=1.0, quality=1.0)["identity"][0]
    assert boast == pytest.approx(steady - 0.042 * 0.2)
    assert judged(**usual, claim=1.1, mean_quality=1.1)["identity"][0] == steady


def test_trading_with_a_pencil() -> None:
    """Two owners of whom the transient one thinks more of a firm that grows."""
    settings = {
        "shareholder.shareholders": 2,
        "shareholder.valuation_noise": 0.0,
        "shareholder.transient_share": 0.5,
    }
    model = small(**settings)
    f, s = model.table(Firm), model.table(Stake)
    transient = model.table(Shareholder)["transient"]
    assert sorted(transient.tolist()) == [0.0, 1.0]
    f["smoothed_profit"][0], f["growth"][0], f["cash"][0], f["debt"][0] = 800.0, 1.0, 0.0, 0.0
    f["customer_equity"][0], f["equity_price"][0], f["dividend_paid"][0] = 0.0, 75_000.0, 586.5
    owners_trade(model)
    hasty, patient = 600.0 / 0.008 * 1.3, 600.0 / 0.008 * 0.4
    bid = 0.5 * hasty + 0.5 * patient
    assert (
        f["equity_price"][0] == pytest.approx(75_000.0 + 0.15 * (bid - 75_000.0)) == pytest.approx(73_312.5)
    )
    assert s["trust"][:2] == pytest.approx(0.5)  # the dividend is 0.008 of the price, as required
    wanted = [0.5 * (1.0 + 0.5 * 0.5), 0.5 * (1.0 - 0.1 * 0.5)]  # values are held within a half of the bid
    share = wanted[0] / sum(wanted)
    assert f["transient_share"][0] == pytest.approx(share)
    assert f["owners_turnover"][0] == pytest.approx(share - 0.5)
    assert f["owners_pressure"][0] == pytest.approx(share)
    f["dividend_paid"][0], f["equity_price"][0] = 0.0, 75_000.0
    owners_trade(model)
    assert s["trust"][:2] == pytest.approx(0.5 - 0.05 * 0.25)
