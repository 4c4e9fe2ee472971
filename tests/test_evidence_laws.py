"""The analytic laws against published tables, to the digits that were printed."""

import numpy as np
import pytest
from scipy.stats import nbinom

from experiments.evidence.laws.choosing import Dirichlet
from experiments.evidence.laws.counting import (
    BetaGeometricBuying,
    NegativeBinomial,
    ParetoBuying,
    fitted_negative_binomial,
)
from experiments.evidence.laws.staying import LifeTable, Staying, fitted, log_likelihood, of_survivors, pooled
from experiments.evidence.tables import table

HIGH_END, REGULAR = Staying(0.668, 3.806), Staying(0.704, 1.182)


def cohort(column: str) -> np.ndarray:
    return table("sbg_retention")[column].to_numpy()


@pytest.mark.parametrize(
    ("column", "law", "likelihood", "churn"),
    [("high_end_obs", HIGH_END, -1.611, 0.149), ("regular_obs", REGULAR, -1.680, 0.373)],
)
def test_shifted_beta_geometric_is_fitted_as_published(
    column: str, law: Staying, likelihood: float, churn: float
) -> None:
    life = of_survivors(cohort(column))
    found = fitted(life)
    assert (found.a, found.b) == pytest.approx((law.a, law.b), abs=5e-4)
    assert log_likelihood(found, life) == pytest.approx(likelihood, abs=5e-4)
    assert found.mean_churn == pytest.approx(churn, abs=5e-4)
    assert np.abs(100.0 * law.survival(np.arange(1, 8)) - cohort(column)[1:]).mean() < 2.0


def test_refit_gives_further_digits() -> None:
    assert fitted(of_survivors(cohort("high_end_obs")))[:2] == pytest.approx((0.66809, 3.80610), abs=2e-4)
    assert fitted(of_survivors(cohort("regular_obs")))[:2] == pytest.approx((0.70408, 1.18204), abs=2e-4)


def test_retention_has_its_closed_form() -> None:
    years = np.arange(1.0, 13.0)
    closed = (HIGH_END.b + years - 1.0) / (HIGH_END.a + HIGH_END.b + years - 1.0)
    assert HIGH_END.retention(years) == pytest.approx(closed)


def test_beta_discrete_weibull_projects_as_published() -> None:
    found = fitted(of_survivors(cohort("high_end_obs")[:5]), duration=True)
    assert tuple(found) == pytest.approx((0.25934, 1.72256, 1.58435), abs=2e-3)
    projected = table("bdw_projection")
    years = projected["year"].to_numpy()
    printed = Staying(0.25934, 1.72256, 1.58435)
    assert 100.0 * printed.survival(years) == pytest.approx(projected["projected"].to_numpy(), abs=0.006)
    assert 100.0 * found.survival(years) == pytest.approx(projected["projected"].to_numpy(), abs=0.02)


def test_duration_is_found_in_cohorts_that_have_it() -> None:
    for law in (Staying(0.7, 2.0, 1.0), Staying(0.7, 2.0, 0.7), Staying(0.7, 2.0, 1.4)):
        life = of_survivors(law.survival(np.arange(13)), 1e6)
        assert fitted(life, duration=True).c == pytest.approx(law.c, abs=0.01)


def test_who_moves_away_is_not_counted_as_leaving() -> None:
    life = LifeTable(np.array([100.0, 40.0]), np.array([20.0, 10.0]))
    assert life.survival == pytest.approx([1.0, 0.8, 0.6])
    assert pooled([life, life]).exposed == pytest.approx([200.0, 80.0])
    assert life.until(1).left == pytest.approx([20.0])


# -- counting --------------------------------------------------------------------------------------


def estimates(model: str) -> list[float]:
    found = table("repeat_buying_models")
    return found.filter(found["model"] == model)["estimate"].to_list()


BUYING = BetaGeometricBuying(*estimates("BG/NBD"))
COHORT = 2357
TRIALS = 39.0 - np.arange(84) / 7.0
"""Weeks for which a customer is seen, if first purchases are spread evenly over the first twelve weeks."""


def test_conditional_expectation_as_published() -> None:
    assert BUYING.expected_next(39.0, repeats=2, last=30.43, observed=38.86) == pytest.approx(1.226, abs=5e-4)


def test_chances_of_repeats_sum_to_one_and_to_their_mean() -> None:
    chances = [BUYING.probability(count, 20.0) for count in range(400)]
    assert sum(chances) == pytest.approx(1.0, abs=1e-4)
    mean = sum(count * chance for count, chance in enumerate(chances))
    assert mean == pytest.approx(BUYING.expected(20.0), rel=1e-2)


def test_repeat_histogram_of_cdnow() -> None:
    counts = table("cdnow_repeat_histogram")["customers"].to_numpy()
    assert counts.sum() == COHORT
    chances = np.array([np.mean([BUYING.probability(n, t) for t in TRIALS]) for n in range(7)])
    expected = COHORT * np.append(chances, 1.0 - chances.sum())
    assert np.abs(expected - counts).sum() / 2.0 / COHORT < 0.05


@pytest.mark.parametrize("law", [BUYING, ParetoBuying(*estimates("Pareto/NBD"))])
def test_tracking_of_cdnow(law: BetaGeometricBuying | ParetoBuying) -> None:
    seen = table("cdnow_weekly_repeat")["cumulative"].to_numpy()
    expected = COHORT * np.mean([law.expected(t) for t in TRIALS])
    assert expected == pytest.approx(seen[38], rel=0.05)
    later = COHORT * np.mean([law.expected(t + 39.0) for t in TRIALS])
    assert later == pytest.approx(seen[77], rel=0.05)


def test_negative_binomial_is_found_again() -> None:
    counts = nbinom.rvs(0.8, 0.8 / (0.8 + 1.5), size=20_000, random_state=np.random.default_rng(1))
    found = fitted_negative_binomial(counts)
    assert found.mean == counts.mean()
    assert found.shape == pytest.approx(0.8, rel=0.05)
    assert found.longer(2.0) == NegativeBinomial(2.0 * found.mean, found.shape)


# -- choosing --------------------------------------------------------------------------------------

TOOTHPASTE = Dirichlet(1.456, 0.7788, 1.2953)


def test_category_as_published() -> None:
    bought = 1.0 - TOOTHPASTE.category[0]
    assert bought == pytest.approx(0.56, abs=0.005)
    assert TOOTHPASTE.mean / bought == pytest.approx(2.6, abs=0.005)


def test_brands_as_published() -> None:
    for brand in table("dirichlet_toothpaste").iter_rows(named=True):
        share = brand["share"]
        found = (
            TOOTHPASTE.penetration(share),
            TOOTHPASTE.rate(share),
            TOOTHPASTE.category_rate(share),
            TOOTHPASTE.share_of_requirements(share),
            TOOTHPASTE.sole_buyers(share),
            TOOTHPASTE.once(share),
        )
        printed = [brand[name] for name in brand if name.startswith("dir_")]
        assert found == pytest.approx(printed, abs=0.0051), brand["brand"]


def test_duplication_as_published() -> None:
    shares = dict(table("dirichlet_toothpaste").select("brand", "share").iter_rows())
    for line in table("dirichlet_duplication").iter_rows(named=True):
        own = shares[line["buyers_of"]]
        for brand, printed in line.items():
            if brand in shares and printed is not None:
                assert TOOTHPASTE.duplication(own, shares[brand]) == pytest.approx(printed, abs=0.00051)
