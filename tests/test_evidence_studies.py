"""The studies look at what they say they look at."""

import numpy as np
import pytest

from agents import Customer, Firm
from experiments.evidence import cohorts, default_market, dockings, repertoire, survey, wages
from experiments.evidence.markets import FIRMS, all_exploit, all_fair, all_plain, null, opened, unmoved
from sim import Parameters

FEW = 300


def test_margins_of_customers_sum_to_what_firms_reckon() -> None:
    model = opened(3, FEW, {})
    model.run_for(30)
    before = np.array(model.table(Customer)["firm"])
    model.run_for(1)
    f, p = model.table(Firm).view, model.parameters
    direct = f.input_bill + f.supplier_bill + f.staff_bonus + f.lever_costs
    direct = direct + p.levers.addon_cost * (f.addons_wanted + f.addons_pushed)
    direct = direct - f.advertising * np.maximum(f.smoothed_revenue, 0.0)
    service = p.employee.reference_wage / p.employee.full_load
    reckoned = f.revenue - direct - service * f.customers
    mine = before >= 0
    found = np.bincount(before[mine], default_market.margins(model, before)[mine], minlength=len(FIRMS))
    assert found == pytest.approx(reckoned, rel=1e-6)


def test_the_default_market_answers_every_row() -> None:
    shown = default_market.look(1, FEW)
    assert shown["survey"].shape[1] == len(survey.CONSTRUCTS)
    assert 20 <= shown["survey"].shape[0] <= survey.ASKED
    assert shown["months"].sum() > 0.0
    assert np.all(shown["causes"] >= 0.0)
    assert shown["yearly_customers"].shape == (5, len(FIRMS))


def test_paths_are_standardised_coefficients() -> None:
    rng = np.random.default_rng(1)
    replies = rng.standard_normal((4000, len(survey.CONSTRUCTS)))
    replies[:, 4] = 0.6 * replies[:, 2] + 0.8 * rng.standard_normal(4000)
    found, explained = survey.paths(replies, "satisfaction", ("quality", "value"))
    assert found == pytest.approx({"quality": 0.6, "value": 0.0}, abs=0.03)
    assert explained == pytest.approx(0.36, abs=0.03)


def test_cohorts_add_up() -> None:
    model = opened(2, FEW, {}, leavers=True)
    model.run_for(36)
    table = cohorts.life_table(model.recording, 2)
    won = model.recording.firm("won")[:12].sum()
    gone = model.recording.leavers
    mine = (gone["joined"] >= 0) & (gone["joined"] < 12)
    first = mine & (gone["month"] - gone["joined"] <= 12)
    stayed_on = won - first.sum()
    assert table.left[0] == np.count_nonzero(first & (gone["to_firm"] != -2))
    assert table.exposed[0] - table.left[0] == stayed_on
    assert table.exposed[1] <= stayed_on


def test_wages_that_do_not_change_leave_the_world_as_it_was() -> None:
    shown = wages.look(1, FEW)
    alone = opened(1, FEW, all_plain())
    alone.run_for(wages.BEFORE + wages.AFTER)
    effort = alone.recording.firm("mean_service_effort")[-wages.AFTER :, wages.FOCAL].mean()
    assert shown["effort"][np.flatnonzero(wages.FACTORS == 1.0)[0]] == effort
    assert np.all(np.diff(shown["pay"]) > 0.0)


def test_under_the_ban_all_pay_one_price() -> None:
    model = opened(1, 3 * FEW, all_exploit())
    model.run_for(dockings.PARTING)
    assert [firm.teaser > 0.0 for firm in model.living_firms()] == [True] * len(FIRMS)
    banned = model.fork(**dockings.ONE_PRICE)
    banned.run_for(4)
    assert [(firm.teaser, firm.walk) for firm in banned.living_firms()] == [(0.0, 0.0)] * len(FIRMS)


def test_markets_are_what_they_say() -> None:
    fair, exploit, plain = (Parameters().changed(**make()) for make in (all_fair, all_exploit, all_plain))
    for market, value in ((fair, "cheap_at_double"), (exploit, "teaser_and_walk"), (plain, None)):
        assert [entry.value for entry in market.firms.values()] == [value] * len(FIRMS)
        assert {entry.mode for entry in market.firms.values()} == {None}
    assert Parameters().changed(**null("regular")).population.churn_b == 1.182
    assert not Parameters().changed(**unmoved({}, off=True)).switches.reciprocity_owners
    assert unmoved({}, off=False) == {}


def test_one_brand_alone_is_fair() -> None:
    model = opened(1, FEW, repertoire.market(fair=True))
    firms = list(model.parameters.firms.values())
    assert [entry.value for entry in firms].count("cheap_at_double") == 1
    assert firms[repertoire.FAIR].value == "cheap_at_double"
    assert {entry.locked_price for entry in firms} == {repertoire.PRICE}


def test_brands_of_a_repertoire_market_are_counted() -> None:
    shown = repertoire.look_neutral(1, FEW)
    assert shown["penetration"].shape == shown["rate"].shape == (8,)
    assert np.argmax(shown["penetration"]) == 0
    assert np.all(shown["rate"] >= 1.0)
    assert np.diag(shown["duplication"]) == pytest.approx(np.ones(8))
