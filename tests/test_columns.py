"""Columns and tables: one declaration gives array, attribute, bounds; rows change owners aloud."""

import copy
from typing import Any

import numpy as np
import pytest
from numba import njit

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, link, state, trait
from agents.base.model import ColumnModel
from agents.base.table import AgentGoneError, Table


class Tree(ColumnAgent):
    age = trait("years", "since it was planted", np.int16, low=0, high=3000, source="rings")
    shade_share = trait("share", "of the light it keeps from others", low=0, high=0.3, default=0.1)
    height = state("m", "from the ground to the top", low=0)
    marked = state("", "to be felled", bool)
    growth = flow("m", "this month")
    litter = flow("kg", "leaves shed this month", default=2.0)
    neighbour = link("Tree", "the tallest nearby")
    light = state("share", "by layer of the crown", shape=(3,), low=0, high=1, default=0.5)
    scent = state("share", "of each insect's liking", width="insects", low=0, high=1)


class Fir(Tree):
    cones = state("", "on the tree", np.int32, low=0)


class Wood(ColumnModel):
    agent_classes = (Tree, Fir)


@pytest.fixture
def table() -> Table:
    return Table(Tree, 5, widths={"insects": 2})


@pytest.fixture
def wood() -> Wood:
    model = Wood(rng=1, widths={"insects": 2})
    Tree.create_agents(model, 5, height=[3.0, 1.0, 4.0, 1.5, 9.0])
    return model


# -- declarations --------------------------------------------------------------------------------------


def test_the_class_shows_the_declaration_and_the_agent_the_number(wood: Wood) -> None:
    assert (Tree.height.kind, Tree.height.unit, Tree.age.source) == ("state", "m", "rings")
    assert (
        Tree.age.allowed == "a whole number from 0 to 3000"
        and Tree.height.allowed == "a number of at least 0"
    )
    tree = Tree.at(wood, 2)
    assert tree.height == 4.0 and type(tree.height) is float
    assert tree.age == 0 and type(tree.age) is int
    assert tree.marked is False and tree.neighbour == -1


def test_each_kind_has_its_type() -> None:
    dtypes = [
        Tree.columns[name].dtype.name for name in ("shade_share", "height", "growth", "neighbour", "age")
    ]
    assert dtypes == ["float32", "float64", "float64", "int32", "int16"]


def test_a_subclass_adds_to_the_columns() -> None:
    assert [*Fir.columns] == [*Tree.columns, "cones"] and "cones" not in Tree.columns


@pytest.mark.parametrize("name", ["model", "step", "remove", "unique_id", "row"])
def test_a_name_every_agent_has_is_no_column(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        type("Bad", (ColumnAgent,), {name: state("", "clash")})


def test_a_default_outside_its_bounds_is_found_at_import() -> None:
    with pytest.raises(
        ValueError, match=r"Bad\.height = 0 \[m\] is not allowed; allowed: a number of at least 1"
    ):
        type("Bad", (ColumnAgent,), {"height": state("m", "", low=1)})


def test_a_type_that_no_loop_knows_is_refused() -> None:
    with pytest.raises(TypeError, match="complex128"):
        state("", "", complex)


# -- writing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("height", -0.1),
        ("height", float("nan")),
        ("height", float("inf")),
        ("height", "tall"),
        ("shade_share", 0.31),
        ("shade_share", 1e300),
        ("age", 2.5),
        ("age", 40_000),
        ("marked", 2),
        ("neighbour", -2),
        ("light", [0.1, 0.2, 1.3]),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(wood: Wood, name: str, value: object) -> None:
    tree = Tree.at(wood, 0)
    before = np.array(getattr(tree, name))
    with pytest.raises(ValueError, match=rf"Tree\.{name} = .* allowed: "):
        setattr(tree, name, value)
    assert np.array_equal(getattr(tree, name), before)


@pytest.mark.parametrize(
    ("name", "value"),
    [("shade_share", 0.3), ("height", 7), ("age", 12.0), ("marked", True), ("age", np.int8(3))],
)
def test_a_good_value_is_kept(wood: Wood, name: str, value: float) -> None:
    tree = Tree.at(wood, 0)
    setattr(tree, name, value)
    assert getattr(tree, name) == pytest.approx(value)
    setattr(tree, name, getattr(tree, name))  # what was read can be written, also in single precision


def test_a_row_of_numbers_is_read_as_a_copy(wood: Wood) -> None:
    tree = Tree.at(wood, 0)
    tree.light[:] = 0
    assert tree.light.tolist() == [0.5, 0.5, 0.5]
    tree.light = [0.1, 0.2, 0.3]
    assert wood.table(Tree)["light"][0].tolist() == [0.1, 0.2, 0.3] and tree.scent.shape == (2,)


def test_a_row_of_numbers_in_sets(wood: Wood) -> None:
    trees = wood.agents_by_type[Tree]
    trees.set("light", [0.1, 0.2, 0.3])
    trees.where(trees.get("height") > 3).set("scent", [[0.0, 1.0], [1.0, 0.0]])
    assert trees.get("light").shape == (5, 3) and trees.get("scent").sum(axis=0).tolist() == [1.0, 1.0]
    assert trees.agg("light", lambda rows: rows[:, 2].mean()) == pytest.approx(0.3)
    with pytest.raises(TypeError, match="unhashable"):
        trees.groupby("light")


def test_a_named_width_must_be_given() -> None:
    with pytest.raises(KeyError, match="insects"):
        Table(Tree, 3)


# -- tables --------------------------------------------------------------------------------------------


def test_a_new_table_is_at_its_defaults(table: Table) -> None:
    assert len(table) == table.count() == 5
    assert table["number"].tolist() == [0, 1, 2, 3, 4] and table["unique_id"].tolist() == [1, 2, 3, 4, 5]
    assert table["litter"].tolist() == [2.0] * 5 and table["neighbour"].tolist() == [-1] * 5
    assert table["light"].shape == (5, 3) and table["scent"].shape == (5, 2)


def test_append_keeps_who_was_there(table: Table) -> None:
    table["height"][:] = 1.0
    assert table.append(2, height=[5.0, 6.0], age=4) == slice(5, 7)
    assert table["height"].tolist() == [1.0] * 5 + [5.0, 6.0] and table["age"].tolist() == [0] * 5 + [4, 4]
    for _ in range(20):
        table.append(1)
    assert len(table) == 27 and table["litter"].tolist() == [2.0] * 27 and table["number"][-1] == 26


@pytest.mark.parametrize(
    ("error", "values"),
    [
        (TypeError, {"heigth": 1.0}),
        (TypeError, {"alive": True}),
        (ValueError, {"height": [1.0, 2.0, 3.0]}),
        (ValueError, {"height": [1.0, -2.0]}),
        (ValueError, {"numbers": [7, 7]}),
        (ValueError, {"numbers": [4, 5]}),
    ],
)
def test_a_mistake_in_append_adds_nobody(
    table: Table, error: type[Exception], values: dict[str, Any]
) -> None:
    with pytest.raises(error):
        table.append(2, **values)
    assert len(table) == table.count() == 5


def test_a_mistyped_column_is_told_the_nearest(table: Table) -> None:
    with pytest.raises(TypeError, match="Tree has no column 'heigth'; did you mean 'height'"):
        table.append(1, heigth=1.0)


def test_a_month_starts_with_flows_at_their_default(table: Table) -> None:
    for name in ("growth", "litter", "height"):
        table[name][:] = 5.0
    table.start_month()
    assert (table["growth"][0], table["litter"][0], table["height"][0]) == (0.0, 2.0, 5.0)


def test_check_names_every_column_that_is_wrong(table: Table) -> None:
    table.check()
    table["height"][3], table["growth"][1], table["light"][2, 1] = -1.0, np.nan, 2.0
    with pytest.raises(ValueError, match=r"Tree\.height") as error:
        table.check()
    lines = str(error.value).splitlines()
    assert lines == [
        "Tree.height = -1.0 [m] in 1 of 5; allowed: a number of at least 0",
        "Tree.growth = nan [m] in 1 of 5; allowed: a number",
        "Tree.light = 2.0 [share] in 1 of 15; allowed: a number from 0 to 1",
    ]


# -- views ---------------------------------------------------------------------------------------------


def test_a_view_is_one_object_and_shares_the_arrays(table: Table) -> None:
    assert table.view is table.view
    table.view.height[2] = 8.0
    assert table["height"][2] == 8.0
    assert {"unique_id", "alive", "number", "height"} <= set(table.copied().dtype.names or ())
    table.append(100)
    assert table.view.height.size == 105


def test_a_compiled_loop_reads_and_writes_records(table: Table) -> None:
    @njit
    def grow(trees: Any, by: float) -> None:
        for i in range(trees.height.size):
            if trees.alive[i]:
                trees.height[i] += by

    table["alive"][0] = False
    grow(table.records, 2.0)
    grow(table.records, 1.0)
    assert table["height"].tolist() == [0.0, 3.0, 3.0, 3.0, 3.0]


# -- owners --------------------------------------------------------------------------------------------


def test_a_handle_raises_when_its_row_has_a_new_owner(wood: Wood) -> None:
    old = Tree.at(wood, 1)
    old.remove()
    assert not old.alive and old.height == 1.0  # as in Mesa, who left can still be asked
    new = wood.reuse_rows(Tree, [1], numbers=[70], age=9).to_list()[0]
    assert (new.row, new.number, new.age, new.height, new.unique_id) == (1, 70, 9, 0.0, 6)
    for look in (
        lambda: old.height,
        lambda: old.unique_id,
        lambda: old.row,
        lambda: setattr(old, "height", 1),
    ):
        with pytest.raises(AgentGoneError, match="<Tree 1> has left: its row 1 now belongs to number 70"):
            look()
    assert old != new and not old.alive and new.alive
    old.remove()  # gone already: nothing happens
    assert new.alive


def test_a_newcomer_starts_at_the_defaults(wood: Wood) -> None:
    Tree.at(wood, 4).remove()
    wood.table(Tree).reuse(np.array([4]))
    assert (
        wood.table(Tree)["height"][4],
        wood.table(Tree)["light"][4, 0],
        wood.table(Tree)["number"][4],
    ) == (0, 0.5, 5)


@pytest.mark.parametrize("asked", ["oak", 1.5, None, True, slice(0, 2)])
def test_an_agent_is_found_by_its_number_alone(wood: Wood, asked: object) -> None:
    with pytest.raises(TypeError, match="a Tree is found by its number, not by"):
        wood.table(Tree).row_of(asked)  # type: ignore[arg-type]


def test_only_rows_of_who_left_are_reused(wood: Wood) -> None:
    Tree.at(wood, 1).remove()
    table = wood.table(Tree)
    for rows, numbers in (([1, 2], None), ([1, 1], None), ([1], [3])):
        with pytest.raises(ValueError, match="Tree"):
            table.reuse(np.array(rows), numbers=numbers)


def test_agents_are_found_by_number(wood: Wood) -> None:
    Tree.at(wood, 1).remove()
    wood.reuse_rows(Tree, [1], numbers=[70])
    trees = wood.agents_by_type[Tree]
    assert trees.numbered(70).row == 1 and trees.numbered(4).row == 4
    assert trees.where(trees.get("height") > 3).numbered(4).row == 4
    for number in (1, 99, -1):
        with pytest.raises(AgentGoneError):
            trees.numbered(number)


def test_a_copy_is_a_table_of_its_own(table: Table) -> None:
    _ = table.view
    twin = copy.deepcopy(table)
    twin.view.height[0] = 3.0
    assert twin["height"][0] == 3.0 and table["height"][0] == 0.0
    twin.append(1)
    assert len(table) == 5 and twin["height"].tolist() == [3.0, 0, 0, 0, 0, 0]


def test_a_million_rows_are_made_at_once() -> None:
    table = Table(Tree, 1_000_000, widths={"insects": 2})
    assert table.count() == 1_000_000 and table.row_of(999_999) == 999_999
