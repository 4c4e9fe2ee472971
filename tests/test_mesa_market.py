"""The market wears Mesa's face: sets of agents, the data collector, batch runs."""

import warnings
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet

from agents import Customer, Employee, Firm
from sim import Reciprocity
from tests.worlds import different, small, world


@pytest.fixture
def market() -> Reciprocity:
    model = small()
    model.run_for(3)
    return model


def test_everybody_is_there(market: Reciprocity) -> None:
    assert isinstance(market, mesa.Model)
    assert isinstance(market.agents, AbstractAgentSet)
    assert set(market.agent_types) == set(market.agents_by_type) == set(market.agent_classes)
    assert len(market.agents) == sum(table.count() for table in market.tables.values())
    ids = market.agents.get("unique_id")
    assert len(set(ids)) == len(ids)
    assert len(market.agents_by_type[Firm]) == 5
    assert len(market.agents_by_type[Customer]) == 200


def test_get_set_and_agg(market: Reciprocity) -> None:
    customers, table = market.agents_by_type[Customer], market.table(Customer)
    by_birth = np.argsort(table["unique_id"])
    assert np.allclose(customers.get("worth"), table["worth"][by_birth], rtol=0.0)
    assert customers.agg("satisfaction", np.mean) == pytest.approx(
        market.table(Customer)["satisfaction"].mean()
    )
    customers.set("trust", 0.25)
    assert (market.table(Customer)["trust"] == 0.25).all()
    with pytest.raises(ValueError, match=r"Customer\.trust = 2"):
        customers.set("trust", 2.0)


def test_select_sort_and_group(market: Reciprocity) -> None:
    customers, table = market.agents_by_type[Customer], market.table(Customer)
    mine = customers.select(lambda customer: customer.firm == 2)
    assert len(mine) == np.count_nonzero(table["firm"] == 2) > 10
    richest = customers.sort("budget", ascending=False).to_list()[0]
    assert richest.budget == table["budget"].max()
    sizes = customers.groupby("firm").count()
    assert sizes == {k: np.count_nonzero(table["firm"] == k) for k in np.unique(table["firm"])}


def test_do_and_map(market: Reciprocity) -> None:
    customers = market.agents_by_type[Customer].select(lambda customer: customer.firm >= 0, at_most=5)
    told = customers.map("explain")
    assert len(told) == 5
    assert all("has been with" in text for text in told)
    seen: list[int] = []
    market.agents_by_type[Employee].shuffle_do(lambda employee: seen.append(employee.number))
    staff = market.table(Employee)["number"]
    assert sorted(seen) == sorted(staff)
    assert seen != list(staff)
    total: list[float] = []
    market.agents_by_type[Firm].do(lambda firm: total.append(firm.profit))
    assert sum(total) == pytest.approx(market.recording.firm("profit")[-1].sum())


def test_a_handle_is_a_mesa_agent(market: Reciprocity) -> None:
    customer = market.customers[7]
    assert isinstance(customer, mesa.Agent)
    assert customer.model is market
    assert customer.number == 7
    assert customer == market.customers[7]
    with pytest.raises(AttributeError, match="did you mean 'satisfaction'"):
        customer.satisfction = 1.0


def test_agents_cannot_be_put_in_or_taken_out(market: Reciprocity) -> None:
    customers = market.agents_by_type[Customer]
    someone, before = market.customers[3], len(customers)
    with pytest.raises(TypeError, match=r"agents join by being made: .*, not by set\.add"):
        customers.add(someone)
    for verb in (customers.discard, customers.remove):
        with pytest.raises(TypeError, match=r"agents leave by agent\.remove\(\), not by way of a set"):
            verb(someone)
    assert someone.alive and len(market.agents_by_type[Customer]) == len(customers) == before


def test_people_stay_in_their_rows_and_a_firm_taken_out_closes_down(market: Reciprocity) -> None:
    for person in (market.agents_by_type[Customer][0], market.agents_by_type[Employee][0]):
        with pytest.raises(TypeError, match="cannot be removed: customers move away"):
            person.remove()
        assert person.alive
    firm = market.agents_by_type[Firm][1]
    firm.remove()
    market.run_for(2)
    assert not market.table(Firm)["alive"][1] and not (market.table(Customer)["firm"] == 1).any()
    assert market.closures == [(market.month - 2, 1)]


def test_people_who_are_made_find_room(market: Reciprocity) -> None:
    for _ in range(3):
        Employee(market, firm=0, wage=900.0, reference_wage=900.0, morale=0.7)
    before = len(market.table(Customer))
    Customer.create_agents(
        market, 60, worth=85.0, budget=500.0, need_rate=1.0, taste=1.0, reference_price=60.0
    )
    market.run_for(3)
    assert len(market.table(Customer)) == before + 60 == market.scratch.size


def test_the_data_collector(market: Reciprocity) -> None:
    collected = market.datacollector.get_model_vars_dataframe()
    assert list(collected["month"]) == [0, 1, 2]
    assert np.allclose(collected["profit"], market.recording.firm("profit").sum(axis=1))
    assert np.array_equal(collected["unserved"], market.recording.market("unserved"))
    own = mesa.DataCollector(
        model_reporters={"staff": lambda model: len(model.agents_by_type[Employee])},
        agenttype_reporters={Firm: {"cash": "cash", "price": lambda firm: firm.price}},
    )
    for _ in range(2):
        market.step()
        own.collect(market)
    frame = own.get_agenttype_vars_dataframe(Firm)
    assert frame.shape == (10, 2)
    assert np.array_equal(frame["cash"].to_numpy()[-5:], market.table(Firm)["cash"])


def test_the_data_collector_counts_those_in_business_and_at_work() -> None:
    model = small(rng=3, firms={"steady": {"locked_price": 10.0}}, **{"market.entrants": 1})
    firms, staff = [], []

    def look(m: Reciprocity) -> None:
        firms.append(len(list(m.living_firms())))
        staff.append(sum(employee.firm >= 0 for employee in m.employees))

    model.run_for(12, look)
    collected = model.datacollector.get_model_vars_dataframe()
    assert list(collected["firms"]) == firms and 4 in firms and 5 in firms
    assert list(collected["employed"]) == staff and 0 < staff[-1] < len(model.employees)
    assert np.allclose(collected["revenue"], model.recording.firm("revenue").sum(axis=1))


def test_the_data_collector_takes_the_mean_over_those_who_have_a_firm() -> None:
    """Those who desert a firm are with none when the month is tallied."""
    shock = {"gone": {"kind": "desertion", "month": 2, "firm": "dripper", "duration": 6}}
    model = small(shocks=shock)
    means: list[float] = []
    keep = model.recording.keep_leavers

    def look_and_keep(model: Any) -> None:
        table = model.table(Customer)
        means.append(float(table["satisfaction"][table["firm"] >= 0].mean()))
        keep(model)

    model.recording.keep_leavers = look_and_keep  # type: ignore[method-assign]
    model.run_for(5)
    collected = model.datacollector.get_model_vars_dataframe()
    assert list(collected["mean_satisfaction"]) == pytest.approx(means)


def test_the_data_collector_knows_no_mean_of_nobody() -> None:
    model = small(shocks={"gone": {"kind": "desertion", "month": 1, "duration": 2}})
    model.run_for(2)
    collected = model.datacollector.get_model_vars_dataframe()
    assert list(np.isnan(collected["mean_satisfaction"])) == [False, True]


def test_collecting_changes_nothing(market: Reciprocity) -> None:
    again = small()
    again.run_for(3)
    mesa.DataCollector(agent_reporters={"id": "unique_id"}).collect(market)
    market.step()
    again.step()
    assert different(market, again) == set()


def test_batch_run() -> None:
    parameters = {"population.customers": [60, 120], "burn_in": 2, "switches.temptation": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Mesa 4 will do without it
        results = mesa.batch_run(
            Reciprocity,
            parameters,
            rng=[1, 2],
            max_steps=6,
            data_collection_period=-1,
            display_progress=False,
        )
    assert [run["population.customers"] for run in results] == [60, 120, 60, 120]
    assert all(run["month"] == 3 and run["firms"] >= 1 for run in results)
    alone = small(rng=2, **{"population.customers": 120, "burn_in": 2, "switches.temptation": False})
    alone.run_for(4)
    assert results[3]["profit"] == alone.recording.firm("profit")[-1].sum()


def test_a_seed_is_drawn_where_none_is_given() -> None:
    one, other = (world(rng=None, **{"population.customers": 60}) for _ in range(2))
    assert one.seed != other.seed
    again = world(rng=one.seed, **{"population.customers": 60})
    assert different(one, again) == set()
