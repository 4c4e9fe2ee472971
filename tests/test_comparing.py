"""Paired comparison: known intervals, worlds that differ in nothing, verdicts whichever way numbers fall."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from agents import Customer
from agents.policies import Mode
from experiments.comparing import (
    Claim,
    How,
    Interval,
    Verdict,
    Window,
    against,
    effect,
    interval,
    visible_from,
)
from experiments.errors import BadInputError
from experiments.keeping import kept, worlds_of
from experiments.nulls import MIND, POLICIES_SWAPPED, RECIPROCITY_OFF, SORTING_ONLY, memory_shuffled
from experiments.question import PARTNER, Arm, Question, Setting, answer
from experiments.questions import contents, figure, measures, page, perversity
from experiments.questions.bases import settled_policies
from experiments.questions.catalogue import QUESTIONS, named
from experiments.worlds import Held, World, plan_of, run_courses
from sim import Parameters, Reciprocity, Record
from sim.metrics import METRICS

SMALL = {"population.customers": 300, "burn_in": 3}
EFFECT = against("cheap", "dear")
CUSTOMERS = replace(measures.CUSTOMERS, window=Window(3, 6))
RETENTION = replace(measures.RETENTION, window=Window(0, 6))
TINY = Question(
    name="tiny",
    asks="Is a lower price liked?",
    firm="focal",
    arms={
        "cheap": Arm({"firms.focal.locked_price": 30.0}, "a low price"),
        "dear": Arm({"firms.focal.locked_price": 90.0}, "a high price"),
    },
    settings={
        "main": Setting({}, "the usual market"),
        "without ties": Setting({"switches.attachment": False}, "no ties"),
    },
    swaps="steady",
    measures=(CUSTOMERS, RETENTION),
    claims=(Claim("a low price keeps customers", RETENTION, EFFECT, 1, 0.0, relative=False),),
    contrasts=(EFFECT,),
    curves=(CUSTOMERS, RETENTION),
    base=SMALL,
    months=6,
    seeds=2,
)


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


def test_interval_is_students_t() -> None:
    values = np.array([1.0, 2.0, 4.0, 4.5, 0.5])
    known = ttest_1samp(values, 0.0).confidence_interval(0.95)
    found = interval(values)
    assert (found.low, found.high) == pytest.approx((known.low, known.high))
    assert found.mean == values.mean()
    assert found.pairs == 5


def test_one_seed_gives_no_bounds_and_undefined_values_are_left_out() -> None:
    assert interval(np.array([3.0, np.nan])) == Interval(3.0, -np.inf, np.inf, 1)
    assert not interval(np.array([3.0])).clear
    assert interval(np.array([np.nan])).pairs == 0


def test_effect_is_paired_within_seeds() -> None:
    luck = np.array([100.0, 500.0, 900.0])
    found = effect({"cheap": luck + 10.0, "dear": luck}, EFFECT)
    assert found.difference == pytest.approx((10.0, 10.0, 10.0, 3))
    assert found.percent.mean == pytest.approx(np.mean(1000.0 / luck))
    assert found.control == 500.0


def test_per_cent_of_nothing_mean_nothing() -> None:
    found = effect({"cheap": np.array([5.0, 6.0]), "dear": np.array([1e-12, 0.0])}, EFFECT)
    assert found.percent.pairs == 0
    assert found.difference.mean == pytest.approx(5.5)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (2.0, 3.0, Verdict.holds),
        (0.5, 3.0, Verdict.weak),
        (0.2, 0.8, Verdict.nothing),
        (-0.5, 0.5, Verdict.nothing),
        (-0.5, 3.0, Verdict.undecided),
        (-3.0, -2.0, Verdict.opposite),
        (-0.9, -0.1, Verdict.slight),
        (-3.0, -0.5, Verdict.slight),
    ],
)
@pytest.mark.parametrize("direction", [1, -1])
def test_verdict_follows_the_interval(low: float, high: float, verdict: Verdict, direction: int) -> None:
    claim = Claim("it matters", CUSTOMERS, EFFECT, direction, 1.0, relative=False)
    low, high = sorted((direction * low, direction * high))
    seen = Interval((low + high) / 2.0, low, high, 10)
    found = effect({"cheap": np.ones(2), "dear": np.ones(2)}, EFFECT)._replace(difference=seen)
    assert claim.verdict(found) is verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.12, -0.08, Verdict.holds),
        (-0.15, -0.08, Verdict.undecided),
        (-0.20, -0.14, Verdict.moved),
        (-0.01, 0.01, Verdict.moved),
    ],
)
def test_an_effect_can_be_claimed_to_be_about_so_much(low: float, high: float, verdict: Verdict) -> None:
    claim = Claim("about a tenth", CUSTOMERS, EFFECT, 0, 0.03, relative=False, about=-0.10)
    found = effect({"cheap": np.ones(2), "dear": np.ones(2)}, EFFECT)
    assert claim.verdict(found._replace(difference=Interval(0.0, low, high, 10))) is verdict


def test_what_may_go_the_other_way_a_little_is_contradicted_only_beyond_that() -> None:
    claim = Claim("nothing rises", CUSTOMERS, EFFECT, -1, -0.01, relative=False)
    found = effect({"cheap": np.ones(2), "dear": np.ones(2)}, EFFECT)
    for low, high, verdict in (
        (0.001, 0.009, Verdict.holds),
        (0.005, 0.02, Verdict.undecided),
        (0.02, 0.03, Verdict.opposite),
    ):
        assert claim.verdict(found._replace(difference=Interval(0.0, low, high, 10))) is verdict


def test_window_counts_from_the_parting() -> None:
    values = np.arange(10.0)
    assert Window(1, 3).of(values, parting=4) == 5.5
    assert Window(1, 3, How.total).of(values, parting=4) == 11.0
    assert Window(1, 3, How.last).of(values, parting=4) == 6.0


def test_visible_from_wants_a_lasting_sign() -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(0.0, 0.1, (8, 30))
    steps = np.zeros(30)
    steps[4], steps[12:] = 5.0, -2.0
    assert visible_from(noise + steps) == (12, -1)
    assert visible_from(noise) is None


def test_arms_that_change_nothing_are_the_unbroken_run_bit_for_bit() -> None:
    plan = plan_of(SMALL, {"same": {}, "again": {}}, 2, 5, ("profit", "customers", "Customer.truth"))
    worlds = dict(run_courses(plan.courses, plan.watched, 3))
    unbroken = Reciprocity(Parameters().changed(**SMALL), rng=3, record=Record(leavers=False, flows=False))
    unbroken.run_for(5)
    for name in ("profit", "customers"):
        assert np.array_equal(worlds["same"].series[name], unbroken.recording.firm(name))
    for name, values in worlds["same"].series.items():
        assert values.shape == (5, 5)
        assert np.array_equal(values, worlds["again"].series[name], equal_nan=True)


def test_before_the_parting_arms_are_one_and_after_it_a_held_price_is_kept() -> None:
    arms = {"free": {}, "held": {"firms.steady.locked_price": Held("steady", "anchor_price")}}
    plan = plan_of(SMALL, arms, 4, 10, ("anchor_price", "profit"))
    worlds = dict(run_courses(plan.courses, plan.watched, 1))
    free, held = (worlds[name].series["anchor_price"] for name in ("free", "held"))
    assert np.array_equal(free[:4], held[:4])
    steady = worlds["held"].names.index("steady")
    assert np.all(held[4:, steady] == held[3, steady])
    assert np.any(free[4:, steady] != free[3, steady])


def test_worlds_are_kept_and_run_again_only_when_asked_or_changed(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    said: list[str] = []
    first = worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    ran = len(said)
    again = worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    assert ran > 0
    assert len(said) == ran
    assert np.array_equal(first["one"][0].series["profit"], again["one"][0].series["profit"])
    worlds_of(plan, [1], store=tmp_path, workers=1, force=True, say=said.append)
    assert len(said) > ran
    other = plan_of({**SMALL, "market.price_step": 0.1}, {"one": {}}, 0, 2, ("profit",))
    assert len({course.key(1) for course in (other.courses["one"], plan.courses["one"])}) == 2
    assert plan.courses["one"].key(1) != plan.courses["one"].key(2)


def test_processes_change_no_result(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    alone = worlds_of(plan, [1, 2], store=tmp_path / "a", workers=1, say=silent)
    shared = worlds_of(plan, [1, 2], store=tmp_path / "b", workers=2, say=silent)
    for mine, theirs in zip(alone["one"], shared["one"], strict=True):
        assert np.array_equal(mine.series["profit"], theirs.series["profit"])


def test_kept_world_is_read_as_it_was(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 1, ("group_customers[3]", "Customer.truth"))
    worlds = worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)
    assert worlds["one"][0].names == kept(tmp_path / f"{plan.courses['one'].key(1)}.npz").names
    assert set(worlds["one"][0].series) == {"group_customers[3]", "Customer.truth"}


def test_a_question_is_answered_with_page_and_figure(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    dear, cheap = (found.values(CUSTOMERS, "focal")[arm] for arm in ("dear", "cheap"))
    assert np.all(cheap > dear)
    everybody = found.values(CUSTOMERS, "total")
    rivals = found.values(CUSTOMERS, "rivals")
    assert everybody["cheap"] == pytest.approx(cheap + rivals["cheap"])
    lines = contents.page([found], ["tiny.svg"])
    assert TINY.asks in lines
    assert "### Null models" in lines
    assert "parts of the claim hold" in page.headline(found)
    drawing = figure.save(found, store)
    assert drawing.read_text(encoding="utf-8").lstrip().startswith("<?xml")
    assert (store / "tiny.png").stat().st_size > 10_000


def test_the_headline_says_what_the_numbers_say_either_way(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    claim = Claim("a low price drives customers away", CUSTOMERS, EFFECT, -1, 0.0, relative=False)
    wrong = replace(found, question=replace(TINY, claims=(claim,)))
    sign = found.effect(CUSTOMERS, EFFECT).difference
    assert "0 of 1 parts of the claim hold" in page.headline(wrong)
    word = "contradicts that" if sign.clear else "leaves open whether"
    assert f"it {word} a low price drives customers away (" in page.headline(wrong)


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
    joint = METRICS["joint_surplus"].compute(model.recording)
    for firm in range(len(world.names)):
        assert perversity.outcomes(world, [firm])[1:] == pytest.approx(joint[1:, firm])
    assert perversity.paid_for_pushed(world, range(len(world.names))).sum() > 0.0


def test_perversity_is_undefined_without_a_bonus_and_shares_of_surplus_are_none() -> None:
    plain = pencil(wages=50.0)
    shared = pencil(wages=50.0, staff_bonus=10.0, profit_share=5.0, staff=2.0)
    assert np.isnan(perversity.perversity(shared, plain, [0], 0, 12))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_experiment_can_be_composed_and_names_its_outcomes(question: Question) -> None:
    plan = question.plan()
    for course in plan.courses.values():
        everything = course.parameters(course.trunk, course.arm)
        assert set(everything.firms) == set(course.at_start.firms)
        for changes in course.later.values():
            everything.changed(**changes)
    assert question.parting < question.months
    for measure in question.measures:
        assert 0 <= measure.window.first < measure.window.stop <= question.months - question.parting
    for claim in (*question.claims, *question.suspects):
        assert claim.measure in question.measures
        assert sum(claim.contrast.weights.values()) == pytest.approx(0.0)
        assert set(claim.contrast.weights) <= set(question.arms)
        assert claim.contrast.control in question.arms
        assert claim.setting is None or claim.setting in question.settings
    assert question.null_models or question.name == "ablation"


def test_settled_policies_are_those_of_the_mode_without_its_stages() -> None:
    start = Parameters().changed(**settled_policies("focal", "reciprocity"))  # type: ignore[arg-type]
    by_mode = Reciprocity(rng=1, **SMALL)  # type: ignore[arg-type]
    settled = Reciprocity(start.changed(**SMALL), rng=1)
    for model in (by_mode, settled):
        model.run_for(1)
    assert by_mode.policies[0] == settled.policies[0]
    assert by_mode.firms["focal"].contribution == settled.firms["focal"].contribution
    assert settled.firms["focal"].stage == 0.0


def test_an_unknown_experiment_is_refused() -> None:
    with pytest.raises(BadInputError, match="no such experiment; there are"):
        named("nonsense")


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.5, 0.5, Verdict.holds),
        (1.5, 2.0, Verdict.moved),
        (-3.0, -1.5, Verdict.moved),
        (-0.5, 1.5, Verdict.undecided),
        (-np.inf, np.inf, Verdict.undecided),
    ],
)
def test_that_nothing_moves_is_a_claim_of_its_own(low: float, high: float, verdict: Verdict) -> None:
    claim = Claim("nothing happens", CUSTOMERS, EFFECT, 0, 1.0, relative=False)
    found = effect({"cheap": np.ones(2), "dear": np.ones(2)}, EFFECT)
    assert claim.verdict(found._replace(difference=Interval(0.0, low, high, 10))) is verdict


def test_a_shared_burn_in_changes_no_result(tmp_path: Path) -> None:
    base = {**SMALL, **settled_policies("focal", Mode.reciprocity), "firms.steady.staff": "sales_quota"}
    plan = plan_of(base, {"one": {}}, 0, 5, ("profit", "mean_trust"))
    told = dict(run_courses(plan.courses, plan.watched, 2, tmp_path))["one"]
    again = dict(run_courses(plan.courses, plan.watched, 2, tmp_path))["one"]
    assert len(list(tmp_path.glob("burn-in-*.npz"))) == 1
    unbroken = Reciprocity(Parameters().changed(**base), rng=2)
    unbroken.run_for(5)
    for name in plan.watched:
        assert np.array_equal(told.series[name], unbroken.recording.firm(name))
        assert np.array_equal(again.series[name], told.series[name])


def test_shuffled_minds_are_the_same_minds_in_other_heads() -> None:
    model = Reciprocity(rng=1, **SMALL)  # type: ignore[arg-type]
    model.run_for(2)
    c = model.table(Customer)
    mine = np.flatnonzero(c["firm"] >= 0)
    before = np.column_stack([c[name][mine] for name in MIND]).T
    memory_shuffled(model)
    after = np.column_stack([c[name][mine] for name in MIND]).T
    assert not np.array_equal(before, after)
    assert np.array_equal(np.sort(before, axis=1), np.sort(after, axis=1))
    assert sorted(map(tuple, before.T)) == sorted(map(tuple, after.T))


def test_swapped_policies_are_the_other_firms(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    swapped = found.values(CUSTOMERS, "steady", POLICIES_SWAPPED.name)
    assert np.all(swapped["cheap"] > swapped["dear"])
    course = TINY.in_null(TINY.course("cheap", "main"), POLICIES_SWAPPED)
    firms = course.parameters(course.trunk, course.arm).firms
    assert firms["steady"].locked_price == 30.0
    assert firms["focal"].locked_price is None
    assert str(firms["steady"].mode) == "reciprocity"


def test_a_role_goes_before_a_firm_that_is_called_like_it(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    of_steady = replace(found, question=replace(TINY, firm="steady"))
    names = found.of("cheap")[0].names
    assert of_steady.firms("focal") == [names.index("steady")]
    assert of_steady.firms("follower") == [names.index("follower")]
    swapped = replace(found, question=replace(TINY, firm="steady", swaps="focal"))
    assert swapped.firms(PARTNER) == [names.index("focal")]


def test_every_part_says_what_becomes_of_it_in_its_null(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    holds = Claim("cheap prices win", CUSTOMERS, EFFECT, 1, 0.0, relative=False)
    fails = replace(holds, direction=-1)
    told = replace(found, question=replace(TINY, claims=(holds, fails)))
    fates = {"survives", "survives, smaller", "does not survive", "turns round", "cannot be told"}
    if found.effect(CUSTOMERS, EFFECT).difference.low > 0.0:
        assert page.fate(told, holds, RECIPROCITY_OFF) in fates
        assert page.fate(told, holds, POLICIES_SWAPPED) in page.WHERE.values()
    assert page.fate(told, fails, RECIPROCITY_OFF) == ""


def test_what_a_null_freezes_is_not_judged_in_it_and_a_check_is_no_finding(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    holds = Claim("cheap prices win", CUSTOMERS, EFFECT, 1, 0.0, relative=False)
    felt = replace(holds, says="it is felt", measure=replace(CUSTOMERS, felt=True))
    check = replace(holds, says="the rules say so", built_in=True)
    told = replace(found, question=replace(TINY, claims=(holds, felt, check)))
    assert page.null_cell(told, felt, SORTING_ONLY) == "not comparable: frozen by the null"
    assert page.fate(told, felt, SORTING_ONLY) == ""
    assert "frozen" not in page.null_cell(told, felt, RECIPROCITY_OFF)
    assert page.fate(told, check, RECIPROCITY_OFF) == ""
    assert " of 2 parts of the claim hold" in page.headline(told)
    assert page.CHECK in page.claim_line(told, check)
    assert page.CHECK not in page.claim_line(told, holds)
    assert "Of 2 claims with a sign" in contents.by_chance([told])


def test_a_longer_run_with_more_watched_serves_a_shorter_one(tmp_path: Path) -> None:
    said: list[str] = []
    long = plan_of(SMALL, {"one": {}}, 0, 4, ("profit", "customers"))
    short = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    first = worlds_of(long, [1], store=tmp_path, workers=1, say=said.append)["one"][0]
    ran = len(said)
    cut = worlds_of(short, [1], store=tmp_path, workers=1, say=said.append)["one"][0]
    assert len(said) == ran
    assert np.array_equal(cut.series["profit"], first.series["profit"][:2])
    more = plan_of(SMALL, {"one": {}}, 0, 2, ("profit", "staff"))
    assert "staff" in worlds_of(more, [1], store=tmp_path, workers=1, say=said.append)["one"][0].series
    assert len(said) > ran


def test_a_damaged_world_is_refused_in_one_line(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)
    path = tmp_path / f"{plan.courses['one'].key(1)}.npz"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(BadInputError, match=r"damaged.*--force"):
        worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)
    again = worlds_of(plan, [1], store=tmp_path, workers=1, force=True, say=silent)
    assert again["one"][0].series["profit"].shape == (2, 5)
