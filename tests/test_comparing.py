"""Paired comparison: known intervals, and verdicts whichever way numbers fall."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from experiments.comparing import (
    Claim,
    How,
    Interval,
    Verdict,
    Window,
    effect,
    interval,
    visible_from,
)
from experiments.multiplicity import above, chance, stand, stand_out
from tests.tiny import CUSTOMERS, EFFECT


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
    assert found.control == 500.0
    assert found.percent.pairs == 0, "with three seeds a control of 500 cannot be told from nothing"


def test_per_cent_are_those_of_the_mean_control_and_scatter_as_that_ratio_does() -> None:
    dear = np.array([90.0, 100.0, 110.0, 100.0])
    found = effect({"cheap": 1.2 * dear, "dear": dear}, EFFECT)
    assert found.percent == pytest.approx((20.0, 20.0, 20.0, 4)), "a fifth in every seed: no scatter"
    found = effect({"cheap": dear + np.array([18.0, 22.0, 18.0, 22.0]), "dear": dear}, EFFECT)
    assert found.percent.mean == pytest.approx(20.0)
    # less a fifth of the control the differences are 0, 2, -4, 2 coins: standard deviation 2.828 of 100
    assert found.percent.half_width == pytest.approx(3.182446 * 2.828427 / 2.0, rel=1e-5)


def test_per_cent_of_a_loss_keep_the_sign_of_the_difference() -> None:
    lost = np.array([-90.0, -100.0, -110.0])
    assert effect({"cheap": lost + 10.0, "dear": lost}, EFFECT).percent.mean == pytest.approx(10.0)


def test_a_seed_with_next_to_nothing_left_has_no_say_of_its_own() -> None:
    left = np.array([1.0, 150.0, 100.0, 120.0, 90.0, 140.0])
    found = effect({"cheap": left - 10.0, "dear": left}, EFFECT)
    assert found.percent.mean == pytest.approx(-1000.0 * 6 / left.sum())


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


def test_a_claim_among_many_stands_only_where_it_is_clear_enough() -> None:
    rng = np.random.default_rng(3)
    claim = Claim("it rises by one", CUSTOMERS, EFFECT, 1, 1.0, relative=False)
    clear, slight = rng.normal(5.0, 1.0, 30), rng.normal(1.5, 1.0, 30)
    known = ttest_1samp(slight, 1.0, alternative="greater").pvalue
    assert chance(claim, slight) == pytest.approx(known)
    assert chance(claim, -slight) > 0.99
    assert chance(replace(claim, direction=-1), -slight) == pytest.approx(known)
    # of one claim alone the verdict of its interval; of very many only what is very clear
    assert list(stand([known])) == [interval(slight).low > 1.0]
    many = stand([chance(claim, values) for values in (clear, slight, *rng.normal(1.0, 1.0, (198, 30)))])
    assert many[0]
    assert not many[1]
    assert many.sum() <= 2


def test_a_claim_that_nothing_moves_needs_both_edges() -> None:
    claim = Claim("it stays", CUSTOMERS, EFFECT, 0, 1.0, relative=False, about=2.0)
    values = np.random.default_rng(4).normal(2.9, 0.2, 20)
    assert chance(claim, values) == pytest.approx(ttest_1samp(values, 3.0, alternative="less").pvalue)
    assert chance(claim, values - 1.8) == pytest.approx(
        ttest_1samp(values - 1.8, 1.0, alternative="greater").pvalue
    )


def test_effects_without_spread_or_without_pairs_have_a_chance_too() -> None:
    assert above(np.full(4, 2.0), 1.0) == 0.0
    assert above(np.full(4, 2.0), 2.0) == 1.0
    assert above(np.array([5.0, np.nan]), 0.0) == 1.0
    assert list(stand_out([np.full(4, -2.0), np.zeros(4)])) == [True, False]
    assert stand([]).size == 0
