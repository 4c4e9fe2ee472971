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
from sim.events.deciding import tie_to
from sim.events.experiencing import customers_take_it_in
from sim.events.opening import month_opens
from sim.events.owning import firms_are_judged, owners_trade
from sim.events.serving import SILENT, WELL, customers_are_served
from sim.events.staffing import (
    _hand_over,
    _live,
    _outside_wage,
    note_servers,
    staff_are_paid,
    staff_come_and_go,
)
from sim.events.switching import list_staff
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


def at_work(**columns: float) -> Reciprocity:
    """A market at its start in which the first firm and its staff have these numbers."""
    model = small()
    e, f = model.table(Employee), model.table(Firm)
    mine = e["firm"] == 0
    for name, value in columns.items():
        if name in Employee.columns:
            e[name][mine] = value
        else:
            f[name][0] = value
    return model


def test_what_staff_are_paid_with_a_pencil() -> None:
    pay = {"selling_pay": 60.0, "appraisal_pay": 9.0, "retention_pay": 10.0, "profit_share": 7.0}
    did = {"selling_effort": 0.5, "served": 4.0, "served_satisfaction": 2.0, "wage": 800.0}
    model = at_work(**pay, **did, monthly_retention=0.9)
    e, f = model.table(Employee), model.table(Firm)
    e["gaming"][:] = 0.25
    staff_are_paid(model)
    staff = int((e["firm"] == 0).sum())
    assert f["wages"][0] == 800.0 * staff
    assert f["staff_bonus"][0] == pytest.approx(staff * (60.0 * 0.75 + 9.0 * 1.5 + 10.0 * 0.9**12 + 7.0))


def lived(**columns: float) -> dict[str, float]:
    """One employee of the first firm after a month in its life."""
    model = at_work(**columns)
    e = model.table(Employee)
    i = int(np.flatnonzero(e["firm"] == 0)[0])
    _live(i, 0, e.records, model.table(Firm).records, model.settings[0])
    return {name: float(e[name][i]) for name in ("morale", "wage", "customer_knowledge", "tenure")}


def test_a_month_in_the_life_of_an_employee_with_a_pencil() -> None:
    usual = {"mean_satisfaction": 0.0, "growth": 0.0, "empowerment": 0.4, "morale": 0.6}
    assert lived(**usual)["morale"] == pytest.approx(0.6)
    heard = lived(**usual, compliments=2.0, refusals=3.0, wage_offer=1000.0, sharing=0.5, tenure=7.0)
    assert heard["morale"] == pytest.approx(0.6 + 0.12 * (0.06 - 0.15))
    assert heard["wage"] == pytest.approx(915.0)  # 0.15 of a raise of 100
    assert heard["customer_knowledge"] == pytest.approx(0.5 + 0.05 * 0.4)  # 0.03 + 0.04 * 0.5 of what lacks
    assert heard["tenure"] == 8.0
    assert lived(**usual, quota_temptation=1.0)["morale"] == pytest.approx(0.6 - 0.12 * 0.15)


def test_the_outside_wage_is_that_of_those_with_custom() -> None:
    model = small()
    f = model.table(Firm)
    f["wage_offer"][:2], f["customers"][:2], f["alive"][2:] = (800.0, 1000.0), (29.0, 9.0), False
    assert _outside_wage(f.records) == pytest.approx((800.0 * 30.0 + 1000.0 * 10.0) / 40.0)


def looking(former: int, months: int, reference: float = 900.0) -> Reciprocity:
    """A market in which the first firm needs more staff and one person looks for work."""
    model = small(**{"employee.quit_rate": 0.0, "employee.slack": 1.0})
    e, f = model.table(Employee), model.table(Firm)
    f["customers"][:], f["customers"][0] = 0.0, 60.0 * int((e["firm"] == 0).sum()) + 1.0
    e["firm"][e["firm"] < 0] = 1  # nobody else is free
    free = int(np.flatnonzero(e["firm"] == 1)[0])
    e["firm"][free], e["former_firm"][free], e["tenure"][free] = -1, former, months
    e["reference_wage"][free], e["customer_knowledge"][free], e["morale"][free] = reference, 0.9, 0.1
    f["wage_offer"][0] = 950.0
    staff_come_and_go(model)
    model.table(Employee)["unique_id"][free] = -7  # found by this mark
    return model


def hired(model: Reciprocity) -> dict[str, float]:
    """The one who looked for work, after the month."""
    e = model.table(Employee)
    i = int(np.flatnonzero(e["unique_id"] == -7)[0])
    return {name: float(e[name][i]) for name in (*Employee.columns,) if e[name].ndim == 1}


def test_nobody_returns_to_its_last_employer_at_once() -> None:
    assert hired(looking(0, 2))["firm"] == -1.0
    assert hired(looking(0, 6))["firm"] == 0.0
    assert hired(looking(1, 2))["firm"] == 0.0


def test_the_newly_hired_begin_with_little_knowledge_and_know_what_they_earned() -> None:
    new = hired(looking(1, 2))
    assert (new["wage"], new["customer_knowledge"], new["tenure"]) == (950.0, 0.25, 0.0)
    assert new["morale"] == pytest.approx(0.6)
    assert new["reference_wage"] == pytest.approx(0.97 * 950.0)
    assert hired(looking(1, 2, reference=1200.0))["reference_wage"] == pytest.approx(0.97 * 1200.0)


def test_the_newest_are_dismissed_first() -> None:
    model = small(**{"population.customers": 1200, "employee.quit_rate": 0.0})
    e, f = model.table(Employee), model.table(Firm)
    mine = np.flatnonzero(e["firm"] == 0)
    e["tenure"][mine] = np.arange(10, 10 + mine.size)
    e["tenure"][mine[2]] = 3
    f["customers"][0] = 60.0  # one of four is enough: one of them goes in a month
    staff_come_and_go(model)
    assert e["firm"][mine[2]] != 0 and (np.delete(e["firm"][mine], 2) == 0).all()
    assert f["dismissals"][0] == 1.0


def hand_over(model: Reciprocity) -> None:
    """Hand customers over, as at the end of a month of which the servers have been noted."""
    c, e = model.table(Customer), model.table(Employee)
    list_staff(e.records, model.staff_starts, model.staff_rows)
    staff = (model.staff_starts, model.staff_rows, model.staff_firms, model.servers)
    _hand_over(c.records, e.records, model.table(Firm).records, model.settings, model.now, *staff)


def left_by(to: int) -> tuple[Reciprocity, int, np.ndarray]:
    """A market after an employee of the first firm has gone to another firm, or to none."""
    model = small(**{"population.customers": 1200})
    c, e = model.table(Customer), model.table(Employee)
    month_opens(model)
    person = int(np.flatnonzero(e["firm"] == 0)[0])
    held = np.flatnonzero(c["employee"] == person)
    c["attachment"][held], c["lost_since"][held] = 0.4, 9
    note_servers(model)
    e["firm"][person], e["former_firm"][person] = to, 0
    hand_over(model)
    return model, person, held


def test_customers_of_who_left_know_whom_they_lost() -> None:
    for to in (-1, 1):
        model, person, held = left_by(to)
        c, e = model.table(Customer), model.table(Employee)
        assert held.size > 20 and (c["firm"][held] == 0).all()
        assert (c["lost_attachment"][held] == np.float32(0.4)).all() and not c["attachment"][held].any()
        assert (c["lost_since"][held] == 0).all() and (c["lost_employee"][held] == person).all()
        assert (e["firm"][c["employee"][held]] == 0).all()


def test_who_left_draws_customers_to_its_firm_also_when_hired_later() -> None:
    model, person, held = left_by(-1)
    c, e, n = model.table(Customer), model.table(Employee), model.settings[0]
    i = int(held[0])
    assert not any(tie_to(i, j, c.records, e.records, n) for j in range(5))
    e["firm"][person] = 2
    ties = [tie_to(i, j, c.records, e.records, n) for j in range(5)]
    assert ties == pytest.approx([0.0, 0.0, 0.4 * n.choice.employee_tie, 0.0, 0.0])


def test_who_changed_firm_serves_customers_of_the_new_one_and_no_others() -> None:
    model, person, _ = left_by(1)
    c, e = model.table(Customer), model.table(Employee)
    served = np.bincount(c["employee"][c["employee"] >= 0], minlength=len(e))
    np.testing.assert_allclose(e["load"], served / 60.0)
    assert not (c["firm"][c["employee"] == person] == 0).any()


def test_a_crowded_employee_passes_on_those_who_do_not_mind() -> None:
    model = small(**{"population.customers": 1200})
    c, e = model.table(Customer), model.table(Employee)
    month_opens(model)
    mine, staff = np.flatnonzero(c["firm"] == 0), np.flatnonzero(e["firm"] == 0)
    c["employee"][mine] = staff[0]
    c["attachment"][mine] = 0.05
    c["attachment"][mine[::2]] = 0.5
    note_servers(model)
    hand_over(model)
    assert (c["employee"][mine[::2]] == staff[0]).all()
    moved = c["employee"][mine[1::2]]
    assert (moved != staff[0]).all() and np.isin(moved, staff).all()
    assert not c["attachment"][mine[1::2]].any()  # somebody new
    mean = mine.size / staff.size
    counts = np.bincount(moved, minlength=len(e))[staff[1:]]
    assert (counts <= np.ceil(0.95 * mean)).all() and counts[0] == np.ceil(0.95 * mean)
    served = np.bincount(c["employee"][c["employee"] >= 0], minlength=len(e))
    np.testing.assert_allclose(e["load"], served / 60.0)


def test_the_firm_with_a_better_name_hires_first() -> None:
    model = small(**{"employee.quit_rate": 0.0, "employee.slack": 1.0})
    e, f = model.table(Employee), model.table(Firm)
    month_opens(model)
    f["customers"][:2] = 60.0 * np.bincount(e["firm"][e["firm"] >= 0])[:2] + 1.0  # each is one short
    free = np.flatnonzero(e["firm"] == 2)[:1]  # who looks for work, nobody else does
    e["firm"][free] = -1
    f["goodwill"][:2] = 0.5, 0.9
    staff_come_and_go(model)
    assert e["firm"][free] == 1


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


def test_a_load_is_the_customers_that_somebody_serves_now() -> None:
    model = small(rng=2, **{"employee.quit_rate": 0.1})
    hired_at_once = 0
    for _ in range(12):
        before = model.table(Employee)["firm"].copy()
        model.step()
        c, e = model.table(Customer), model.table(Employee)
        customers = np.bincount(c["employee"][c["employee"] >= 0], minlength=len(e))
        assert e["load"] * model.parameters.employee.full_load == pytest.approx(customers)
        hired_at_once += int(((before >= 0) & (e["firm"] >= 0) & (e["firm"] != before)).sum())
    assert hired_at_once > 0  # who served customers of another firm a month ago
