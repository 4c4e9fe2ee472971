"""Statistics of rows of evidence with pencil numbers."""

import numpy as np
import pytest

from agents.base.parameters import numbers
from agents.customer import BondParameters
from experiments.evidence import games
from experiments.evidence.laws.choosing import Dirichlet
from experiments.evidence.repeats import Panel, repeats
from experiments.evidence.repertoire import CONCENTRATION
from experiments.evidence.rows import brands, churn, fairness, satisfaction, survival
from experiments.evidence.tables import table


def test_statistics_with_pencil_numbers() -> None:
    firms = {"firm_churn": np.array([0.1, 0.2, np.nan]), "firm_size": np.array([9.0, 1.0, 0.0])}
    assert churn.churn_and_size(firms) == pytest.approx(-1.0)
    years = np.array([[10.0, 10.0], [20.0, 5.0]])
    moving = {"yearly_customers": years, "yearly_satisfaction": np.array([[0.0, 0.0], [-0.5, 0.5]])}
    assert satisfaction.share_against_satisfaction(moving) == pytest.approx(-1.0)
    types = table("fehr_schmidt_types").select("alpha", "beta").to_numpy()
    people = np.repeat(types, [30, 30, 30, 10], axis=0)
    assert fairness.distance_of_types({"types": people}) == pytest.approx(0.0)
    assert fairness.distance_of_types({"types": people[:60]}) == pytest.approx(0.4)


@pytest.mark.parametrize("own", [0.0, 0.2, 0.45, 0.5, 0.8])
@pytest.mark.parametrize(
    "person", [games.Sharing(0.0, 0.0), games.Sharing(1.0, 0.6), games.Sharing(4.0, 0.6)]
)
def test_players_feel_a_share_by_their_own_rules(own: float, person: games.Sharing) -> None:
    bonds = numbers(BondParameters())
    envy = bonds.envy_weight * person.inequity_aversion * max(1.0 - 2.0 * own, 0.0)
    guilt = person.guilt * max(2.0 * own - 1.0, 0.0)
    gain = games.utility(own, person, bonds) - games.nothing(bonds)
    assert gain == pytest.approx(own - envy - guilt)


def test_survival_of_seeds_is_pooled() -> None:
    cohort = {"exposed": np.array([100.0] * 7), "left": np.array([0.0] * 7)}
    assert survival.survival([cohort, cohort]) == pytest.approx(np.ones(8))


def test_brands_with_pencil_numbers() -> None:
    two = {"penetration": np.array([0.2, 0.1]), "rate": np.array([2.0, 1.5])}
    assert brands.slope_of_rate(two) == pytest.approx(5.0)
    assert brands.range_of_rate(two) == pytest.approx(0.5 / 1.75)
    doubled = {"penetration": np.array([0.2, 0.1]), "duplication": np.array([[1.0, 0.12], [0.24, 1.0]])}
    assert brands.duplication(doubled) == pytest.approx(1.2)
    assert brands.duplication_spread(doubled) == pytest.approx(0.0)


def test_brands_that_follow_the_law_have_no_excess() -> None:
    law = Dirichlet(1.456, 0.7788, CONCENTRATION)
    shares = (0.3, 0.2, 0.1)
    exact = {
        "category": np.array([1.456, 0.7788]),
        "penetration": np.array([law.penetration(share) for share in shares]),
        "rate": np.array([law.rate(share) for share in shares]),
    }
    assert brands.rate_error(exact) == pytest.approx(0.0, abs=1e-6)
    fair = {**exact, "rate": exact["rate"] * 1.2, **{f"plain_{name}": exact[name] for name in exact}}
    assert brands.excess(fair) == pytest.approx(20.0)


def test_purchases_are_counted_as_cdnow_counted_them() -> None:
    month = np.array([1, 3, 4, 5, 13, 3, 14, 20, 3])
    customer = np.array([1, 1, 2, 2, 2, 3, 3, 3, 4])
    firm = np.array([0, 0, 0, 0, 0, 1, 1, 1, 0])
    bought = np.array([1, 1, 1, 2, 3, 1, 1, 1, 2])
    panel = Panel.of({"month": month, "customer": customer, "firm": firm, "count": bought}, 2, 10.0)
    found = repeats(panel, 3)
    # customer 1 bought before; 2, 3 and 4 are new, with 2, 0 and 1 repeats by the ninth month
    assert found["histogram"].tolist() == [1, 1, 1, 0, 0, 0, 0, 0]
    assert found["later"].tolist() == [2.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert found["calibration"][0] == 3
    assert found["tracked"][[0, 2, 8, 10, 17]].tolist() == [1, 3, 3, 6, 8]
