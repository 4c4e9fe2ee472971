"""What a bonus destroys, by coin of bonus: pencil numbers and the model's own accounts."""

import numpy as np
import pytest

from experiments.questions import perversity
from experiments.worlds import World, plan_of, run_courses
from sim import Parameters, Reciprocity, metrics
from sim.metrics import METRICS
from sim.metrics.fairness import paid_for_pushed
from sim.metrics.perversity import outcomes
from tests.tiny import SMALL


def pencil(**series: float) -> World:
    months = 12
    filled = dict.fromkeys(perversity.NEEDS, 0.0) | series
    return World(("one",), {name: np.full((months, 1), value) for name, value in filled.items()})


def test_perversity_with_pencil_numbers() -> None:
    plain = pencil(profit=100.0, wages=50.0, customer_equity=1000.0)
    scheme = pencil(profit=90.0, wages=50.0, staff_bonus=10.0, customer_equity=880.0)
    # Narrow: 12 months of 10 coins less profit and 120 coins less equity, for 120 coins of bonus.
    assert perversity.firm_perversity(scheme, plain, [0], 0, 12) == pytest.approx(2.0)
    # All sides: what is paid as bonus is not lost, and the sustainable equity is the same.
    assert perversity.perversity(scheme, plain, [0], 0, 12) == pytest.approx(0.0)


def test_what_pushed_products_cost_customers_is_lost_and_flows_and_bonus_are_discounted_alike() -> None:
    plain = pencil(profit=100.0, wages=50.0)
    # One product of 30 coins is pushed: 20 of them profit before a bonus of 10, and nothing worth to anybody.
    pushed = pencil(profit=110.0, wages=50.0, staff_bonus=10.0, revenue=30.0, addons_pushed=1.0)
    assert perversity.perversity(pushed, plain, [0], 0, 12) == pytest.approx(1.0)


def test_outcomes_of_all_sides_are_the_joint_surplus_of_the_metrics_before_bonus() -> None:
    changes = {**SMALL, "firms.steady.staff": "sales_quota"}
    names = (*perversity.NEEDS, "management_bonus")
    plan = plan_of(changes, {"one": {}}, 0, 4, names)
    world = dict(run_courses(plan.courses, plan.watched, 1))["one"]
    model = Reciprocity(Parameters().changed(**changes), rng=1)
    model.run_for(4)
    joint, of = METRICS["joint_surplus"].compute(model.recording), world.series.__getitem__
    for firm in range(len(world.names)):
        assert outcomes(of)[1:, firm] == pytest.approx(joint[1:, firm])
    assert paid_for_pushed(of).sum() > 0.0


def test_the_index_of_a_question_is_that_of_the_metrics() -> None:
    """One definition: discounted bonus, shares of surplus left out, pushed products worth nothing."""
    names = (*perversity.NEEDS, "management_bonus")
    changes = {**SMALL, "firms.steady.staff": "sales_quota", "firms.steady.management": "quarterly_profit"}
    flat = {**changes, "firms.steady.staff": "flat", "firms.steady.management": "salary"}
    worlds, recordings = [], []
    for one in (changes, flat):
        plan = plan_of(one, {"one": {}}, 0, 14, names)
        worlds.append(dict(run_courses(plan.courses, plan.watched, 1))["one"])
        model = Reciprocity(Parameters().changed(**one), rng=1)
        model.run_for(14)
        recordings.append(model.recording)
    k, (paid, unpaid) = worlds[0].names.index("steady"), recordings
    for since in (0, 2):
        found = perversity.perversity(worlds[0], worlds[1], [k], since, 12)
        assert np.isfinite(found)
        assert metrics.perversity(paid, unpaid, 12, firm=k, since=since) == pytest.approx(found, rel=1e-12)


def test_perversity_is_undefined_without_a_bonus_and_shares_of_surplus_are_none() -> None:
    plain = pencil(wages=50.0)
    shared = pencil(wages=50.0, staff_bonus=10.0, profit_share=5.0, staff=2.0)
    assert np.isnan(perversity.perversity(shared, plain, [0], 0, 12))
