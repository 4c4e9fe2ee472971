"""Metrics: each against a pencil example, or against brute force on a small market."""

from math import nan
from typing import Any

import numpy as np
import pytest

from agents import Creditor, Customer, Firm
from agents.base.table import Table
from agents.customer.choice import CAUSES
from sim import Parameters, Reciprocity, Record
from sim.metrics import (
    METRICS,
    MODULES,
    barrier,
    chain,
    divergence,
    lost_by_cause,
    lost_to,
    misalignment_angle,
    months_to_visible_loss,
    perversity,
    survival,
)
from sim.metrics.arithmetic import gini, rank_correlation, sums_of_last
from sim.metrics.fairness import gains_of, references_of
from sim.metrics.metric import add
from sim.recording import ELSEWHERE, LEAVER, NOBODY, Recording

SMALL: dict[str, Any] = {"population.customers": 2400, "supplier.suppliers": 6, "shareholder.shareholders": 6}


def pencil(months: int, firms: int = 1, **columns: Any) -> Recording:
    """A recording written by hand: columns broadcast to (months, firms); all else is 0."""
    recording = Recording(Record(), [f"firm_{k}" for k in range(firms)], Parameters())
    recording.months = list(range(months))
    columns = {"customers": 1.0, "alive": True, **columns}
    for month in range(months):
        table: Any = np.zeros(firms, Table(Firm).copied().dtype)
        for name, values in columns.items():
            table[name] = np.broadcast_to(np.asarray(values), (months, firms))[month]
        recording._firms.append(table)
        recording._moves.append(np.zeros((firms + 1, firms + 2)))
        recording._market.append((100.0, 1.0, 20.0))
    return recording


def with_leavers(recording: Recording, rows: list[dict[str, int]]) -> Recording:
    """Add leavers; what is not said is 0."""
    part = np.zeros(len(rows), LEAVER)
    for place, row in enumerate(rows):
        for name, value in row.items():
            part[name][place] = value
    recording._leavers = [part]
    return recording


def down(*values: float) -> np.ndarray:
    """A column of months."""
    return np.array(values, float)[:, None]


@pytest.fixture(scope="module")
def run() -> tuple[Reciprocity, list[dict[str, np.ndarray]]]:
    """A small market with a bankruptcy-free run, and every customer at the end of every month."""
    states: list[dict[str, np.ndarray]] = []
    model = Reciprocity(rng=4, **SMALL)

    def look(m: Reciprocity) -> None:
        table = m.table(Customer)
        states.append({name: table[name].copy() for name in ("firm", "number", "joined", "tenure")})

    model.run_for(40, look)
    return model, states


# -- the list -----------------------------------------------------------------------------------------


def test_every_metric_has_a_meaning_a_unit_and_values_of_its_shape(run: Any) -> None:
    model, _ = run
    for name, one in METRICS.items():
        if model.recording.buying not in one.buying:
            continue
        values = one.compute(model.recording)
        shape = (40, 5) if one.scope == "firm" else (40,)
        assert one.name == name and one.unit and one.meaning and one.buying, name
        assert values.shape == shape, name
        assert np.isfinite(values[-1]).any(), f"{name} is nowhere defined in the last month"
        assert not np.isinf(values).any(), name


def test_a_metric_named_like_a_column_is_that_column(run: Any) -> None:
    recording = run[0].recording
    for name in set(METRICS) & set(Firm.columns):
        assert METRICS[name].unit == Firm.columns[name].unit, name
        np.testing.assert_array_equal(METRICS[name].compute(recording), recording.firm(name), err_msg=name)


def test_metrics_of_a_run_without_months_or_leavers_are_empty_or_undefined() -> None:
    empty, unkept = pencil(0, 2), pencil(14, 2)
    unkept.record = Record(leavers=False)
    for one in METRICS.values():
        assert one.compute(empty).size == 0, one.name
        assert len(one.compute(unkept)) == 14, one.name
    assert np.isnan(METRICS["first_year_stayed"].compute(unkept)).all()
    assert np.isnan(METRICS["lost_by_baseline"].compute(unkept)).all()


def test_a_firm_out_of_business_has_no_values() -> None:
    closed = pencil(3, 2, customers=[[5, 5], [5, 5], [0, 5]], alive=[[1, 1], [0, 1], [0, 1]])
    for one in METRICS.values():
        if one.scope == "firm":
            assert np.isnan(one.compute(closed)[2, 0]), one.name
    assert METRICS["customers"].compute(closed)[1, 0] == 5


def test_a_name_stands_on_the_list_once() -> None:
    with pytest.raises(ValueError, match="retention already"):
        add("retention", "1", "again", lambda recording: recording.firm("lost"))


def test_the_modules_declare_all(run: Any) -> None:
    declared = {name for module in MODULES for name in vars(module)}
    own = [name for name in METRICS if name not in Firm.columns]
    loops = [
        name for name in own if name.startswith("lost_by_") or name.endswith(("_gain", "_part", "_ratio"))
    ]
    assert set(own) - set(loops) - {"worst_ratio"} <= declared


# -- retention ----------------------------------------------------------------------------------------


def test_annual_retention_is_that_of_following_every_customer(run: Any) -> None:
    model, states = run
    found = METRICS["annual_retention"].compute(model.recording)
    assert np.isnan(found[:12]).all()
    for month in (13, 20, 39):
        start, months = states[month - 13], states[month - 12 : month]
        for k in range(5):
            members = np.flatnonzero(start["firm"] == k)
            stays, moved = np.ones(members.size, bool), np.zeros(members.size, bool)
            for state in months:
                away = state["number"][members] != start["number"][members]
                other = state["joined"][members] != start["joined"][members]
                moved |= stays & away
                stays &= ~away & ~other & (state["firm"][members] == k)
            assert found[month, k] == pytest.approx(stays.sum() / (members.size - moved.sum()), abs=1e-12)


def test_annual_retention_with_a_pencil() -> None:
    recording = pencil(14, customers=100.0, loyal_customers=80.0)
    recording._firms[3]["moved_by_tenure"][0, :4] = (
        9.0,
        6.0,
        5.0,
        4.0,
    )  # 3 months after month 0, 2 after month 1
    found = METRICS["annual_retention"].compute(recording)[:, 0]
    assert found[12] == pytest.approx(80.0 / (100.0 - 4.0))
    assert found[13] == pytest.approx(80.0 / (100.0 - 5.0))


def test_monthly_retention_leaves_out_who_moved_away() -> None:
    recording = pencil(1, 2, customers=[100.0, 3.0], lost=[9.0, 0.0], moved_away=[10.0, 3.0])
    found = METRICS["retention"].compute(recording)[0]
    assert found[0] == pytest.approx(0.9) and np.isnan(found[1])


def test_survival_with_a_pencil() -> None:
    """Ten are won in month 0: 2 leave in month 1, 3 move away in month 2, 1 leaves in month 3."""
    recording = pencil(
        6,
        customers=down(10, 20, 18, 15, 14, 14),
        won=down(10, 0, 0, 0, 0, 0),
        lost=down(0, 2, 0, 1, 0, 0),
        moved_away=down(0, 0, 3, 0, 0, 0),
    )
    gone = [{"month": 1}] * 2 + [{"month": 2, "to_firm": ELSEWHERE}] * 3 + [{"month": 3, "to_firm": NOBODY}]
    with_leavers(recording, gone)
    assert survival(recording, 0, 0, 0) == pytest.approx([1.0, 0.8, 0.8, 0.64, 0.64, 0.64])
    stayed = METRICS["first_year_stayed"].compute(recording)[:, 0]
    assert stayed == pytest.approx([1.0, 0.8, 5 / 7, 4 / 7, 4 / 7, 4 / 7])


def test_survival_pools_cohorts_and_ends_where_a_firm_closes() -> None:
    recording = pencil(
        5,
        customers=down(0, 4, 8, 6, 0),
        won=down(4, 4, 0, 0, 0),
        lost=down(0, 0, 2, 0, 0),
        released=down(0, 0, 0, 6, 0),
        alive=down(1, 1, 1, 0, 0),
    )
    with_leavers(recording, [{"month": 2, "joined": 0}, {"month": 2, "joined": 1}])
    # after 1 month 8 could leave and 1 did (of the second cohort); after 2 months 4 + 3, and 1 did
    assert survival(recording, 0, 0, 11) == pytest.approx([1.0, 7 / 8, 7 / 8 * 6 / 7, 7 / 8 * 6 / 7])


def test_survival_of_everybody_is_that_of_the_leavers(run: Any) -> None:
    model, _ = run
    recording = model.recording
    left = recording.leavers
    mine = (left["from_firm"] == 0) & (left["joined"] == 3)
    won = recording.firm("won")[3, 0]
    expected, alive = [1.0], won
    for month in range(4, 40):
        here = left["month"] == month
        moved = (mine & here & (left["to_firm"] == ELSEWHERE)).sum()
        gone = (mine & here & (left["to_firm"] != ELSEWHERE)).sum()
        alive -= moved
        expected.append(expected[-1] * (1.0 - gone / alive))
        alive -= gone
    assert survival(recording, 0, 3, 3) == pytest.approx(expected)


# -- erosion ------------------------------------------------------------------------------------------


def held_together(recording: Recording) -> None:
    of = recording.firm
    gone = of("lost_to_rivals") + of("lost_to_nobody") + of("moved_away")
    after = of("customers") + of("won") - gone - METRICS["released"].compute(recording)
    before = np.nan_to_num(after)[:-1]
    np.testing.assert_array_equal(before, of("customers")[1:])
    assert (np.nan_to_num(METRICS["released"].compute(recording)) >= 0.0).all()


def test_changes_of_customers_add_up_exactly(run: Any) -> None:
    recording = run[0].recording
    held_together(recording)
    assert METRICS["released"].compute(recording)[:-1].sum() == 0.0


def test_changes_of_customers_add_up_when_they_desert_and_the_firm_closes() -> None:
    shock = {"gone": {"kind": "desertion", "month": 5, "firm": "focal", "duration": 60}}
    model = Reciprocity(rng=2, shocks=shock, **SMALL)
    model.run_for(12)
    recording = model.recording
    held_together(recording)
    released = METRICS["released"].compute(recording)
    assert released[5, 0] > 100.0
    assert not recording.firm("alive")[-1, 0]
    assert len(survival(recording, 0, 0, 0)) <= 6


def test_lost_to_each_rival_and_by_cause_add_up(run: Any) -> None:
    recording = run[0].recording
    of = recording.firm
    np.testing.assert_array_equal(lost_to(recording).sum(axis=2), of("lost_to_rivals"))
    np.testing.assert_array_equal(lost_to(recording).sum(axis=1), of("won_from_rivals"))
    causes = lost_by_cause(recording)
    np.testing.assert_array_equal(causes[:, :, : CAUSES.index("moved_away")].sum(axis=2), of("lost"))
    np.testing.assert_array_equal(causes[:, :, CAUSES.index("moved_away")], of("moved_away"))
    named = sum(METRICS[name].compute(recording) for name in METRICS if name.startswith("lost_by_"))
    np.testing.assert_array_equal(named, of("lost"))


def test_what_time_wears_off_is_tallied(run: Any) -> None:
    recording = run[0].recording
    assert (recording.firm("bonds_faded") > 0.0).all()
    assert (recording.firm("delight_worn_off") != 0.0).any()


def test_the_stock_of_relationship_changes_by_what_is_recorded(run: Any) -> None:
    """Built by contact, faded with time, carried away, brought: the stock of relationships, exactly."""
    recording = run[0].recording
    of = recording.firm
    stock = of("mean_relationship") * of("customers")
    built, faded = of("bonds_built")[1:], of("bonds_faded")[1:]
    kept = stock[:-1] + of("bonds_brought")[:-1] - of("bonds_carried_away")[:-1]
    np.testing.assert_allclose(kept + built - faded, stock[1:], rtol=1e-5)


def test_faded_share_is_the_rate_of_fading(run: Any) -> None:
    """Nobody reaches out in this market, so bonds fade at the plain rate."""
    model = run[0]
    plain = model.recording.firm("outreach") + model.recording.firm("association") == 0.0
    found = METRICS["faded_share"].compute(model.recording)
    assert plain.any()
    np.testing.assert_allclose(found[plain], model.parameters.bonds.fading, rtol=1e-6)


def test_market_share_and_its_trend_with_a_pencil() -> None:
    services = np.ones((24, 2))
    services[12:, 0] = 3.0
    recording = pencil(24, 2, services=services)
    assert METRICS["market_share"].compute(recording)[[0, 23]].tolist() == [[0.5, 0.5], [0.75, 0.25]]
    trend = METRICS["market_share_trend"].compute(recording)
    assert np.isnan(trend[:23]).all() and trend[23].tolist() == [0.5, -0.5]
    assert METRICS["concentration"].compute(recording)[23] == pytest.approx(0.625)
    assert METRICS["unserved_share"].compute(recording)[0] == pytest.approx(0.2)


# -- fairness -----------------------------------------------------------------------------------------


def test_gains_of_all_sides_are_what_was_created(run: Any) -> None:
    """Worth less cost: surplus of customers and revenue, less what was bought in, less worthless products."""
    recording = run[0].recording
    of = recording.firm
    bought_in = of("input_bill") + of("lever_costs") + of("overhead")
    pushed = run[0].parameters.purchases.addon_price * of("addons_pushed")
    created = of("surplus") + of("revenue") - bought_in - pushed
    np.testing.assert_allclose(METRICS["joint_surplus"].compute(recording), created, atol=1e-6)
    parts = sum(METRICS[name].compute(recording) for name in METRICS if name.endswith("_part"))
    np.testing.assert_allclose(parts, 1.0)


def test_what_is_usual_is_what_the_run_was_told() -> None:
    changes: dict[str, Any] = {"population.customers": 120, "burn_in": 1, "employee.reference_wage": 3000.0}
    model = Reciprocity(rng=1, **changes)
    model.run_for(1)
    usual = references_of(model.recording).employees
    assert usual == pytest.approx(3000.0 * model.recording.firm("staff"))
    dearer = model.fork(**{"employee.reference_wage": 3100.0})
    assert references_of(dearer.recording).employees == pytest.approx(usual * 31.0 / 30.0)


def test_gains_and_ratios_with_a_pencil() -> None:
    usual = Parameters()
    wage, margin = usual.employee.reference_wage, usual.supplier.reference_margin
    recording = pencil(
        2,
        2,
        services=[10.0, 30.0],
        surplus=[300.0, 100.0],
        staff=1.0,
        wages=[wage, 1.5 * wage],
        input_bill=100.0,
        supplier_bill=[100.0 * margin, 50.0 * margin],
        revenue=2000.0,
        profit=400.0,
        tax_paid=[100.0, 140.0],
        equity_price=1000.0,
        dividend_paid=[0.0, 16.0],
    )
    found = {
        name: METRICS[f"{name}_ratio"].compute(recording)[1] for name in ("customers", "employees", "owners")
    }
    assert found["customers"] == pytest.approx([300 / 100, 100 / 300])
    assert found["employees"] == pytest.approx([1.0, 1.5])
    assert found["owners"] == pytest.approx([0.0, 16.0 / (usual.shareholder.required_return * 1000.0)])
    assert METRICS["suppliers_ratio"].compute(recording)[1] == pytest.approx([1.0, 0.5])
    assert METRICS["public_ratio"].compute(recording)[1] == pytest.approx([100 / 140, 1.0])
    assert np.isnan(METRICS["creditor_ratio"].compute(recording)).all()
    assert METRICS["worst_ratio"].compute(recording)[1] == pytest.approx([0.0, 1 / 3])
    assert METRICS["owners_gain"].compute(recording)[0] == pytest.approx([300.0, 260.0])


def test_worst_month_remembers() -> None:
    recording = pencil(30, staff=1.0, wages=np.where(np.arange(30) < 12, 450.0, 1800.0)[:, None])
    lowest = METRICS["worst_month"].compute(recording)[:, 0]
    assert lowest[-1] == lowest.min() == pytest.approx(METRICS["worst_ratio"].compute(recording)[:12].min())
    assert METRICS["worst_ratio"].compute(recording)[-1, 0] > lowest[-1]


def test_pushed_products_are_worth_nothing() -> None:
    recording = pencil(
        1, revenue=130.0, sales=60.0, fees=10.0, addons_wanted=1.0, addons_pushed=1.0, surplus=50.0
    )
    assert gains_of(recording)["customers"][0, 0] == pytest.approx(50.0 - 30.0)


def test_gini_with_a_pencil() -> None:
    assert gini(np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 3.0], [1.0, 3.0, nan]])) == pytest.approx(
        [0, 2 / 3, 0.25]
    )


def test_loans_lost_are_what_the_creditor_wrote_off() -> None:
    model = Reciprocity(rng=2, firms={"focal": {"locked_price": 5.0}}, **SMALL)
    model.run_for(14)
    recording = model.recording
    assert not recording.firm("alive")[-1, 0], "a firm that sells below cost must close"
    written_off = float(model.table(Creditor)["written_off"][0])
    lost = METRICS["defaults"].compute(recording)
    assert written_off > 0.0
    assert np.nansum(lost) == pytest.approx(written_off)
    assert (np.nansum(lost, axis=0)[1:] == 0.0).all()


def test_win_win_and_premium_with_a_pencil() -> None:
    paid = [[60.0, 50.0, 50.0, 40.0, 60.0, 99.0]]
    quality = [[1.2, 1.0, 0.9, 0.9, 1.0, 2.0]]
    recording = pencil(
        1, 6, services=[[4, 4, 4, 4, 4, 0]], win_win=1.0, mean_price_paid=paid, public_quality=quality
    )
    assert METRICS["win_win_share"].compute(recording)[0, 0] == 0.25
    assert METRICS["quality_premium"].compute(recording)[0] == pytest.approx(60.0 / 50.0 - 1.0)


# -- incentives ---------------------------------------------------------------------------------------


def test_shares_of_selling_with_a_pencil() -> None:
    recording = pencil(
        1,
        addons_pushed=3.0,
        addons_wanted=1.0,
        mean_gaming=0.1,
        mean_selling_effort=0.3,
        mean_service_effort=0.9,
        fees=5.0,
        walk_revenue=10.0,
        revenue=100.0,
        staff_bonus=7.0,
        management_bonus=3.0,
        fee_temptation=0.6,
    )
    expected = {
        "oversold_share": 0.75,
        "sham_share": 0.25,
        "effort_distortion": 0.25,
        "fee_share": 0.05,
        "walking_share": 0.1,
        "bonus": 10.0,
        "exploitation": 0.1,
    }
    for name, value in expected.items():
        assert METRICS[name].compute(recording)[0, 0] == pytest.approx(value), name


def test_misaligned_share_with_a_pencil() -> None:
    """Firm 0 is paid in month 0, before it falls from 100 to 90, and in month 1, before it rises to 130."""
    value = np.full((14, 2), 100.0)
    value[12, 0], value[13, 0] = 90.0, 130.0
    bonus = np.zeros((14, 2))
    bonus[:2, 0] = 4.0, 1.0
    found = METRICS["misaligned_share"].compute(
        pencil(14, 2, sustainable_equity=value, management_bonus=bonus)
    )
    fall, rise = 10.0 - 0.5 * 10.0, 30.0 - 0.5 * 30.0
    assert found[12, 0] == 1.0
    assert found[13, 0] == pytest.approx(4 * fall / (4 * fall + 1 * rise))
    assert np.isnan(found[:, 1]).all()


def test_proxy_against_truth_with_a_pencil() -> None:
    rising = np.arange(30.0)[:, None]
    recording = pencil(30, management_bonus=rising, sustainable_equity=rising[::-1])
    found = METRICS["proxy_against_truth"].compute(recording)[:, 0]
    assert np.isnan(found[:23]).all() and found[29] == pytest.approx(-1.0)
    assert np.isnan(METRICS["proxy_against_truth"].compute(pencil(30, sustainable_equity=rising))).all()


def test_divergence_with_a_pencil() -> None:
    """Bonus always rises; value rises for 30 months, then falls."""
    month = np.arange(60.0)
    value = 1000.0 - 10.0 * np.abs(month - 30.0)
    means = sums_of_last(value, 12) / 12.0
    first = next(t for t in range(24, 60) if means[t] < means[t - 12])
    both = pencil(60, 2, management_bonus=month[:, None], sustainable_equity=np.stack([value, month], axis=1))
    assert divergence(both)[0] == first
    assert np.isnan(divergence(both)[1])


def test_months_to_visible_loss_with_a_pencil() -> None:
    pull = np.where(np.arange(40) < 4, 0.05, 0.2)[:, None]
    equity = np.where(np.arange(40) < 16, 100.0, 80.0)[:, None]
    recording = pencil(40, fee_temptation=pull, sustainable_equity=equity)
    # pulled in month 4; with three months at 80 the mean over twelve is 95, with four it is below
    assert months_to_visible_loss(recording).tolist() == [19 - 4]
    assert np.isnan(months_to_visible_loss(pencil(40, sustainable_equity=equity))).all()


def test_perversity_with_a_pencil() -> None:
    """A bonus of 5 a month costs customers 8 and the firm 2 a month, and 100 coins of customer equity."""
    control = pencil(12, 2, wages=10.0, profit=10.0, surplus=20.0, sustainable_equity=500.0)
    treated = pencil(
        12,
        2,
        wages=10.0,
        profit=[3.0, 10.0],
        surplus=[12.0, 20.0],
        sustainable_equity=[400.0, 500.0],
        management_bonus=[5.0, 0.0],
    )
    flows = 10.0 * sum(1.01**-month for month in range(12))
    expected = (flows + 100.0 * 1.01**-12) / 60.0
    assert perversity(treated, control, 12, firm=0) == pytest.approx(expected)
    assert perversity(treated, control, 12) == pytest.approx(expected)
    assert perversity(treated, control, 6, firm=0, since=6) == pytest.approx(
        (10.0 * sum(1.01**-month for month in range(6)) + 100.0 * 1.01**-6) / 30.0
    )
    assert np.isnan(perversity(treated, control, 12, since=6))
    assert np.isnan(perversity(treated, control, 24))
    assert np.isnan(perversity(treated, control, 12, firm=1))
    assert np.isnan(perversity(control, control, 12))


def test_misalignment_angle_of_a_short_and_of_a_long_contract() -> None:
    contracts = {"focal": {"management": "quarterly_profit"}, "follower": {"management": "customer_equity"}}
    model = Reciprocity(rng=1, firms=contracts, **SMALL)
    model.run_for(1)
    short, long = misalignment_angle(model)[:2]
    assert 0.0 <= long < 0.1 and 0.6 < short <= 1.0


# -- chain and barrier --------------------------------------------------------------------------------


def test_chain_finds_lags() -> None:
    rng = np.random.default_rng(5)
    noise = rng.normal(size=110)
    effort = noise[10:] + 0.02 * np.arange(100)
    series: dict[str, Any] = {
        "mean_service_effort": effort,
        "mean_quality": noise[8:-2],
        "mean_satisfaction": noise[5:-5],
        "lost": 5.0 - noise[1:-9],
        "profit": noise[0:-10],
    }
    recording = pencil(100, customers=100.0, **{name: values[:, None] for name, values in series.items()})
    assert [link.lag for link in chain(recording, 0)] == [2.0, 3.0, 4.0, 1.0]
    assert all(link.correlation > 0.99 for link in chain(recording, 0))


def test_chain_of_a_short_or_unmoved_run_is_undefined() -> None:
    assert all(np.isnan(link.lag) for link in chain(pencil(20), 0))
    assert all(np.isnan(link.lag) for link in chain(pencil(40), 0))


def test_barrier_at_neutral_terms_has_a_closed_form() -> None:
    """One in three of those who reconsider leaves at neutral terms; a cut must make it one in two."""
    model = Reciprocity(rng=1, **SMALL)
    model.table(Customer)["churn_propensity"][:] = 0.1
    choice = model.parameters.choice
    odds = choice.attention_ratio - 1.0
    expected = 100.0 * (1.0 - odds ** (-1.0 / choice.value_weight))
    assert barrier(model, sample=50) == pytest.approx(np.full(5, expected), abs=0.01)


def test_barrier_rises_with_the_relationship() -> None:
    model = Reciprocity(rng=1, **SMALL)
    customers = model.table(Customer)
    for bond in ("abundance", "trust", "dreams", "truth", "balance", "grace"):
        customers[bond][customers["firm"] == 0] = 0.9
        customers[bond][customers["firm"] == 1] = 0.1
    customers["firm"][customers["firm"] == 2] = -1
    found = barrier(model, sample=50)
    assert found[0] > found[3] > found[1]
    assert np.isnan(found[2])


def test_rank_correlation_with_ties() -> None:
    assert rank_correlation(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 5.0, 5.0, 9.0])) == pytest.approx(
        1.0
    )
