"""Links: the row of another agent, within the table of that type, or none where none is allowed."""

import re
from typing import Any

import numpy as np
import pytest

from agents import Customer, Employee, Firm, Habit, Stake, SupplyLink
from agents.base.agent import ColumnAgent
from agents.base.columns import link
from agents.base.model import ColumnModel
from agents.base.sheet import Sheet
from sim import Reciprocity
from tests.worlds import small


class Isle(ColumnAgent):
    bridge = link("Isle", "the isle that a bridge leads to")
    mainland = link("Coast", "the coast that it belongs to")


class Coast(ColumnAgent):
    ferry = link("Isle", "where its ferry goes", always=True)


@pytest.fixture(scope="module")
def model() -> Reciprocity:
    made = small(**{"market.buying": "repertoire"})
    made.run_for(1)
    return made


LINKS = [
    (Customer, "firm", Firm, True),
    (Customer, "employee", Employee, True),
    (Customer, "lost_employee", Employee, True),
    (Employee, "firm", Firm, True),
    (Habit, "firm", Firm, False),
    (Habit, "customer", Customer, False),
    (SupplyLink, "firm", Firm, False),
    (Stake, "firm", Firm, False),
]


@pytest.mark.parametrize(("kind", "name", "to", "may_be_none"), LINKS)
def test_a_link_set_by_hand_stays_in_range(
    model: Reciprocity, kind: Any, name: str, to: type, may_be_none: bool
) -> None:
    rows, agent = len(model.table(to)), model.agents_by_type[kind][0]
    before = getattr(agent, name)
    allowed = f"allowed: a row of {to.__name__}, 0 to {rows - 1}" + (
        ", or -1 for none" if may_be_none else ""
    )
    with pytest.raises(ValueError, match=re.escape(f"{kind.__name__}.{name} = {rows}") + f".*{allowed}$"):
        setattr(agent, name, rows)
    with pytest.raises(ValueError, match=f"{rows} is not allowed"):
        model.agents_by_type[kind].set(name, rows)
    sheet = Sheet(model.table(kind), agent.row)
    setattr(sheet, name, rows)
    with pytest.raises(ValueError, match=f"{rows} is not allowed"):
        sheet.write()
    assert getattr(agent, name) == before
    setattr(agent, name, rows - 1)
    assert getattr(agent, name) == rows - 1
    if may_be_none:
        setattr(agent, name, -1)
    else:
        with pytest.raises(ValueError, match="-1"):
            setattr(agent, name, -1)
    setattr(agent, name, before)


@pytest.mark.parametrize("row", [7, -2, 2**40])
def test_a_link_written_past_the_columns_is_found_by_the_check(row: int) -> None:
    model = small()
    model.table(Customer).check()
    model.table(Customer)["firm"][[3, 5]] = min(row, 2**31 - 1)
    with pytest.raises(ValueError, match=r"Customer\.firm = .* in 2 of 200; allowed: "):
        model.table(Customer).check()


def test_newcomers_may_name_each_other_and_nobody_who_is_not_there() -> None:
    sea = ColumnModel(rng=1)
    Isle.create_agents(sea, 3, bridge=np.array([1, 2, 0]))
    with pytest.raises(ValueError, match=r"Isle\.bridge = 5 .* 0 to 4, or -1 for none"):
        Isle.create_agents(sea, 2, bridge=np.array([5, 0]))
    sea.tables[Isle].arrays["alive"][0] = False
    with pytest.raises(ValueError, match=r"Isle\.bridge = 3 .* 0 to 2"):
        sea.reuse_rows(Isle, [0], bridge=3)
    sea.table_for(Coast)
    with pytest.raises(ValueError, match="no row: there is no Coast, or -1 for none"):
        Isle(sea, mainland=0)
    with pytest.raises(ValueError, match=r"Coast\.ferry = 3 is not allowed; allowed: a row of Isle, 0 to 2$"):
        Coast(sea, ferry=3)
    assert Coast(sea).ferry == 0


def test_who_is_linked_by_hand_to_staff_of_another_firm_gets_somebody_of_its_own() -> None:
    market = small(rng=1)
    market.run_for(3)
    customers, staff = market.table(Customer), market.table(Employee)
    row = int(np.flatnonzero((customers["firm"] == 0) & (customers["tenure"] > 3))[0])
    customers["employee"][row] = np.flatnonzero(staff["firm"] == 1)[0]
    customers["churn_propensity"][row] = 0.0  # it stays
    market.run_for(1)
    assert customers["firm"][row] == 0
    assert staff["firm"][customers["employee"][row]] == 0
