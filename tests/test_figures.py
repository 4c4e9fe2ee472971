"""Figures: what is in them is what the tables say, and the same tables give the same bytes."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from agents.firm import EXPLOITATION, SERVICE_LEVERS
from agents.policies import FAMILIES, chosen
from experiments import gallery, gallery_page
from experiments.figures import CHARTS, erosion, retention, shares, split, survival, temptation, write_all
from experiments.figures.lines import spread
from experiments.figures.story import Story, read_story
from experiments.figures.style import HABITUAL, tones
from experiments.run import carry_out
from experiments.schema import Run, checked
from sim.parameters import Parameters
from sim.shocks import ShockKind
from sim.switches import Switches

QUIET = {"output": {"figures": False, "report": False}}


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = checked({"population": {"customers": 600}, "burn_in": 6, "months": 30, **QUIET})
    return carry_out(run, tmp_path_factory.mktemp("runs") / "one", say=silent)


@pytest.fixture(scope="module")
def story(folder: Path) -> Story:
    return read_story(folder)


def made_up(won: list[float], gone: list[tuple[int, int, str]], run: Run | None = None) -> Story:
    """One firm that won so many each month, and (month joined, month left, to) of those who left."""
    size = np.cumsum(won) - np.array([sum(left < month for _, left, _ in gone) for month in range(len(won))])
    tables = {"customers": size[:, None], "won": np.array(won)[:, None]}
    leavers = {
        "joined": [joined for joined, _, _ in gone],
        "month": [left for _, left, _ in gone],
        "from": ["focal"] * len(gone),
        "to": [to for _, _, to in gone],
        "cause": ["baseline"] * len(gone),
    }
    months = list(range(len(won)))
    return Story(run or Run(), months, ["focal"], [0], tables, {}, gone=pl.DataFrame(leavers))


# -- the figures of a run ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in write_all(folder)}


def test_every_figure_of_a_run_is_drawn_in_both_kinds(drawn: dict[str, bytes]) -> None:
    assert set(drawn) == {f"{chart.name}.{kind}" for chart in CHARTS for kind in ("svg", "png")}
    assert all(len(content) > 2000 for content in drawn.values())


def test_the_same_tables_give_the_same_bytes(drawn: dict[str, bytes], folder: Path) -> None:
    assert drawn == {path.name: path.read_bytes() for path in write_all(folder)}
    assert not any(b"dc:date" in content for content in drawn.values())


def test_a_chart_says_in_words_what_it_shows(story: Story) -> None:
    for chart in CHARTS:
        said = chart.headline(story)
        assert said[0] != " " and "nan" not in said and "inf" not in said, chart.name
        assert chart.shows.endswith("."), chart.name


def test_figures_that_nothing_is_known_for_are_left_out(folder: Path, tmp_path: Path) -> None:
    run = checked({"population": {"customers": 60}, "months": 2, "record": {"leavers": False}, **QUIET})
    short = read_story(carry_out(run, tmp_path / "short", say=silent))
    lacking = {chart.name: chart.lacks(short) for chart in CHARTS}
    assert "13 months" in lacking["retention"] and "13 months" in lacking["survival"]
    assert "record.leavers" in lacking["erosion"] and "record.leavers" in lacking["causes_of_leaving"]
    assert not lacking["market_shares"] and not lacking["bonds"] and not lacking["split_of_value"]


# -- what is in them ---------------------------------------------------------------------------------------


def test_survival_follows_a_cohort_month_by_month() -> None:
    gone = [(0, 1, "nobody")] * 4 + [(0, 2, "moved away")] * 6 + [(0, 3, "nobody")] * 3
    found = survival.curve(made_up([40.0, 0.0, 0.0, 0.0], gone), 0, 0)
    assert found == pytest.approx([1.0, 36 / 40, 36 / 40, 36 / 40 * 27 / 30])


def test_survival_takes_together_those_won_in_different_months() -> None:
    found = survival.curve(made_up([20.0, 20.0, 0.0], [(0, 1, "nobody"), (1, 2, "nobody")]), 0, 0)
    assert found == pytest.approx([1.0, 38 / 40, 38 / 40])  # after two months only the first cohort is seen


def test_the_law_is_the_published_one_at_whole_years() -> None:
    story = made_up([1.0], [])
    values = survival.law(story, 36)
    a, b = story.run.population.churn_a, story.run.population.churn_b
    first = b / (a + b)
    assert values[12] == pytest.approx(first)
    assert values[24] == pytest.approx(first * (b + 1.0) / (a + b + 1.0))


def test_causes_in_the_erosion_figure_add_up_to_all_who_left(story: Story) -> None:
    parts = sum(erosion.lost_by(story, causes) for _, causes in erosion.PARTS.values())
    assert parts == pytest.approx(story.total("lost"))


def test_what_built_and_wore_bonds_is_the_change_of_their_stock(story: Story) -> None:
    stock = story.total("mean_relationship") * story.total("customers")
    built, brought, faded, carried = (story.total(column) for _, column, _ in erosion.STOCK.values())
    change = built[1:] - faded[1:] + brought[:-1] - carried[:-1]
    assert faded.sum() > 0.0
    assert stock[1:] - stock[:-1] == pytest.approx(change, abs=1e-5)


def test_the_six_bonds_add_up_to_the_relationship(story: Story) -> None:
    weights = story.run.bonds
    bonds = ("abundance", "trust", "dreams", "truth", "balance", "grace")
    total = sum(getattr(weights, f"{bond}_weight") * story.total(f"mean_{bond}") for bond in bonds)
    assert total == pytest.approx(story.total("mean_relationship"))


def test_the_split_adds_up_to_the_joint_surplus(story: Story) -> None:
    year = slice(-12, None)
    services = story.total("services")[year].sum(axis=0)
    whole = story.total("joint_surplus")[year].sum(axis=0) / services
    assert sum(split.per_service(story, year).values()) == pytest.approx(whole)


def test_flows_count_everybody_who_left_a_firm_by_decision(story: Story) -> None:
    assert shares.flows(story).sum(axis=1) == pytest.approx(story.total("lost").sum(axis=0))


def test_retention_names_the_firm_that_keeps_most(story: Story) -> None:
    kept = story.last("annual_retention")
    assert retention.headline(story).startswith(story.names[int(np.nanargmax(kept))])


def test_who_is_said_to_exploit_does(story: Story) -> None:
    pulled = np.max([story.total(lever.column) for lever in EXPLOITATION], axis=(0, 1)) > temptation.PULLED
    said = temptation.headline(story)
    assert [name in said for name in story.names] == pulled.tolist()


# -- how they look -----------------------------------------------------------------------------------------


def test_a_firm_keeps_its_colour_when_a_rival_is_missing(story: Story) -> None:
    fewer = Story(story.run, story.months, story.names[1:], story.rows[1:], story.tables, {})
    assert {name: tones(story)[name] for name in fewer.names} == tones(fewer)
    assert len(set(tones(story).values())) == len(HABITUAL)


def test_labels_are_moved_apart_as_little_as_needed() -> None:
    assert spread([0.1, 0.9], 0.1, 0.0, 1.0) == [0.1, 0.9]
    close = spread([0.5, 0.5, 0.52], 0.1, 0.0, 1.0)
    assert np.diff(close).min() > 0.0999
    assert np.mean(close) == pytest.approx(0.5067, abs=0.01)
    low = spread([-0.2, 0.0], 0.1, 0.0, 1.0)
    assert low[0] >= -1e-6 and low[1] - low[0] > 0.0999


# -- the gallery -------------------------------------------------------------------------------------------


def test_the_gallery_shows_everything_there_is() -> None:
    shown: dict[str, set[str]] = {}
    for item in gallery.items():
        shown.setdefault(item.group, set()).add(item.name)
    entries = Parameters().firms.values()
    for family, options in FAMILIES.items():
        everywhere = {
            option.name()
            for option in options
            if all(chosen(entry, family) == option.name() for entry in entries)
        }
        assert shown.get(family, set()) == {option.name() for option in options} - everywhere, family
    assert {name.partition(" ")[0] for name in shown["levers of service"]} == set(SERVICE_LEVERS)
    assert {f"{name}_temptation" for name in shown["levers of exploitation"]} == {
        lever.column for lever in EXPLOITATION
    }
    assert shown["switches off"] == set(Switches.__dataclass_fields__)
    assert shown["shocks"] == {str(kind) for kind in ShockKind}


@pytest.fixture(scope="module")
def found() -> dict[str, np.ndarray]:
    fee = next(item for item in gallery.items() if item.pulled == "fee_temptation")
    entrant = next(item for item in gallery.items() if item.name == "entrant")
    wanted = (gallery.Item("null", "nothing", "focal"), fee, entrant)
    values = gallery.differences(gallery.Job(1, 400, 9, wanted))
    return dict(zip(("nothing", "fee", "entrant"), values, strict=True))


def test_a_world_with_nothing_changed_differs_in_nothing(found: dict[str, np.ndarray]) -> None:
    assert (found["nothing"] == 0.0).all()


def test_hidden_fees_lower_value_for_money_in_the_gallery(found: dict[str, np.ndarray]) -> None:
    assert found["fee"][1, -1] < -0.05
    assert found["entrant"].shape == found["fee"].shape


def test_the_page_holds_a_figure_and_a_table_for_each_group(tmp_path: Path) -> None:
    wanted = [gallery.Item("value", "drip_fees"), gallery.Item("shocks", "scandal")]
    values: Any = np.linspace(0.0, -1.0, 24).reshape(2, 12)
    gone = gallery.Effect(*np.full((3, 2, 12), np.nan))
    page = gallery_page.write(tmp_path, wanted, [gallery.Effect(values, values, values), gone], "two worlds")
    text = page.read_text()
    assert "| drip_fees | focal | -50.0 (-76.1 to -23.9) |" in text and "| scandal | focal | gone |" in text
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {
        "gallery_value.png",
        "gallery_shocks.png",
    }
