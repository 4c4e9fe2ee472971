"""What customers do for a firm that gave them more, whom they trust, and what they do not buy."""

import copy

import numpy as np
import pytest

from agents import Customer, Firm
from agents.customer.choice import BEST_OFFER
from sim import Reciprocity
from sim.events.deciding import firms_are_seen
from sim.events.experiencing import customers_take_it_in
from sim.events.serving import customers_are_served
from sim.events.talking import customers_talk
from sim.explaining import terms_of
from sim.metrics import METRICS
from tests.mechanisms import under
from tests.worlds import force, row_of, small


@pytest.fixture(scope="module")
def world() -> Reciprocity:
    model = small(rng=3, **{"population.customers": 1000})
    model.run_for(6)
    return model


def twice(model: Reciprocity, column: str, values: tuple[float, float]) -> tuple[Reciprocity, Reciprocity]:
    """Two copies of a world that differ in one number of every customer."""
    one, other = copy.deepcopy(model), copy.deepcopy(model)
    one.table(Customer)[column][:], other.table(Customer)[column][:] = values
    return one, other


def test_guilt_is_no_liking_for_high_prices(world: Reciprocity) -> None:
    selfish, guilty = twice(world, "guilt", (0.0, 1.0))
    for model in (selfish, guilty):
        customers_are_served(model)
        customers_take_it_in(model)
    np.testing.assert_array_equal(selfish.table(Customer)["balance"], guilty.table(Customer)["balance"])
    assert not selfish.table(Customer)["indebtedness"][selfish.table(Customer)["purchases"] > 0].any()
    assert guilty.table(Customer)["indebtedness"].mean() > 0.1


def test_who_wants_to_give_back_buys_praises_and_forgives(world: Reciprocity) -> None:
    calm, grateful = twice(world, "indebtedness", (0.0, 1.0))
    for model in (calm, grateful):
        model.table(Customer)["expectation"][:] = 1.3
        customers_are_served(model)
    bought = [model.table(Customer)["purchases"].sum() for model in (calm, grateful)]
    assert 1.02 < bought[1] / bought[0] < 1.25
    for model in (calm, grateful):
        model.table(Customer)["purchases"][:] = np.minimum(calm.table(Customer)["purchases"], 1)
        customers_take_it_in(model)
    trust = [model.table(Customer)["trust"].mean() for model in (calm, grateful)]
    assert trust[1] > trust[0]
    calm, grateful = twice(world, "indebtedness", (0.0, 1.0))
    for model in (calm, grateful):
        customers_talk(model)
    praise = [(model.table(Customer)["message"] > 0).sum() for model in (calm, grateful)]
    assert praise[1] > praise[0]


@pytest.mark.parametrize("switch", ["fairness_preferences", "reciprocity_customers"])
def test_nobody_gives_back_where_that_is_switched_off(world: Reciprocity, switch: str) -> None:
    off = under(copy.deepcopy(world), world.parameters.changed(**{f"switches.{switch}": False}))
    calm, grateful = twice(off, "indebtedness", (0.0, 1.0))
    for model in (calm, grateful):
        customers_are_served(model)
        customers_talk(model)
    for column in ("purchases", "message"):
        np.testing.assert_array_equal(calm.table(Customer)[column], grateful.table(Customer)[column])


def test_a_service_known_to_be_worth_less_than_its_bill_is_not_bought(world: Reciprocity) -> None:
    usual, dear = copy.deepcopy(world), copy.deepcopy(world)
    dear.table(Customer)["worth"][:] = 30.0
    blind = world.parameters.changed(**{"switches.nobody_option": False})
    off, dear_off = (under(copy.deepcopy(model), blind) for model in (usual, dear))
    for model in (usual, dear, off, dear_off):
        customers_are_served(model)
    bought = [int(model.table(Customer)["purchases"].sum()) for model in (usual, dear, off, dear_off)]
    assert bought[1] < 0.1 * bought[0]
    assert bought[2] == bought[3] >= bought[0]


def best_offer(model: Reciprocity, row: int) -> float:
    """The best offer against one's own firm, if every rival's came by."""
    return float(terms_of(model, row)[BEST_OFFER])


def test_a_scandal_of_ones_own_firm_makes_rivals_look_better(world: Reciprocity) -> None:
    fine, scandal = copy.deepcopy(world), copy.deepcopy(world)
    row = int(np.flatnonzero(world.table(Customer)["firm"] == 0)[0])
    for model in (fine, scandal):
        model.table(Firm)["reputation"][:] = 0.7
    force(scandal, "focal", reputation=0.45)
    for model in (fine, scandal):
        firms_are_seen(model)
    weight = world.parameters.choice.reputation_weight
    assert best_offer(scandal, row) - best_offer(fine, row) == pytest.approx(weight * 0.25)
    off = under(scandal, world.parameters.changed(**{"switches.reputation": False}))
    calm = under(fine, world.parameters.changed(**{"switches.reputation": False}))
    assert best_offer(off, row) == best_offer(calm, row)


def test_members_of_the_industry_body_stand_higher_with_those_who_look() -> None:
    model = small(rng=3, firms={"steady": {"standards": "member"}})
    model.run_for(4)
    table, k = model.table(Firm), row_of(model, "steady")
    table["reputation"][:] = 0.6
    firms_are_seen(model)
    assert table["seen_reputation"][k] == pytest.approx(0.7)
    assert np.delete(table["seen_reputation"], k) == pytest.approx(0.6)
    table["expelled"][k] = 3.0
    firms_are_seen(model)
    assert table["seen_reputation"][k] == pytest.approx(0.6)


def test_what_is_told_of_the_won_and_of_those_who_left(world: Reciprocity) -> None:
    recording = world.recording
    referred, value = (METRICS[name].compute(recording) for name in ("referred_share", "value_of_won"))
    told = np.isfinite(referred)
    assert told.any()
    assert ((referred[told] >= 0.0) & (referred[told] <= 1.0)).all()
    assert 0.0 < np.nanmean(referred) < 1.0
    assert 0.0 < np.nanmean(value) < 60.0
    gone = recording.leavers
    assert (gone["joined"] == gone["month"] - 1 - gone["tenure"]).all()
    own = (recording.firm("mean_tenure") * recording.firm("customers")).sum(axis=1)
    assert (own > 0.0).all()


def test_nobody_keeps_anything_of_a_relationship_that_ended(world: Reciprocity) -> None:
    model = copy.deepcopy(world)
    model.run_for(24)
    c = model.table(Customer)
    free = c["firm"] < 0
    assert free.any()
    for column, value in {"joined": -1, "expectation": 1.0, "reference_price": 60.0}.items():
        assert (c[column][free] == value).all(), column
    assert not c["indebtedness"][free].any()
