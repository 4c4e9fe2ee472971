"""The readable twin: known laws, the same people under any terms, counts that add up."""

from collections import Counter
from math import inf

import numpy as np
import pytest
from scipy.special import betaln
from scipy.stats import poisson as poisson_law

from benchmarks.twin import FirmTerms, TwinCustomer, TwinModel
from benchmarks.twin_customer import BOND_WEIGHTS, CHURN_FIRST, CHURN_SECOND
from benchmarks.twin_draws import NumpyDraws, poisson

ALIKE = {"one": FirmTerms(), "other": FirmTerms()}
TRAITS = ("need_rate", "worth", "taste", "relationship_need", "inequity_aversion", "guilt", "informedness")


def metric(model: TwinModel, name: str, firm: str) -> list[float]:
    table = model.datacollector.tables["months"]
    rows = zip(table["firm"], table["metric"], table["value"], strict=True)
    return [value for row_firm, row_metric, value in rows if (row_firm, row_metric) == (firm, name)]


def test_without_behaviour_survival_follows_the_shifted_beta_geometric_law() -> None:
    model = TwinModel(ALIKE, customers=2000, seed=7, behaviour=False)
    for customer in model.customers:
        customer.join(model.firms[0])
    alive = set(model.customers)
    for year in (1, 2):
        for _ in range(12):
            model.step()
            alive = {c for c in alive if c.tenure == model.month and c.firm is model.firms[0]}
        law = np.exp(betaln(CHURN_FIRST, CHURN_SECOND + year) - betaln(CHURN_FIRST, CHURN_SECOND))
        tolerance = 4 * np.sqrt(law * (1 - law) / 2000)
        assert len(alive) / 2000 == pytest.approx(law, abs=tolerance)


def test_poisson_counts_are_the_inverse_of_the_distribution_function() -> None:
    for mean in (0.05, 1.0, 6.5):
        for uniform in (0.001, 0.2, 0.5, 0.9, 0.9999):
            assert poisson(uniform, mean) == poisson_law.ppf(uniform, mean)


def test_same_seed_gives_the_same_people_under_other_terms() -> None:
    plain = TwinModel(ALIKE, customers=150, seed=3)
    fees = TwinModel(
        {"one": FirmTerms(hidden_fee=6, quality=0.8), "other": FirmTerms()}, customers=150, seed=3
    )
    for mine, theirs in zip(plain.customers, fees.customers, strict=True):
        assert all(getattr(mine, trait) == getattr(theirs, trait) for trait in TRAITS)
        assert mine.tenure == theirs.tenure


def test_more_customers_change_no_draw_of_the_first_ones() -> None:
    few, many = NumpyDraws(5, 10), NumpyDraws(5, 1000)
    for draws in (few, many):
        draws.start_month(4)
    assert [few.uniform("worth", i) for i in range(10)] == [many.uniform("worth", i) for i in range(10)]


def test_customers_are_what_was_plus_won_less_left_less_moved() -> None:
    model = TwinModel({"cheap": FirmTerms(price=50), "dear": FirmTerms(price=70)}, customers=300, seed=2)
    before = Counter(c.firm.name for c in model.customers if c.firm)
    for _ in range(18):
        model.step()
    for firm in ("cheap", "dear"):
        flows = zip(*(metric(model, name, firm) for name in ("won", "left", "moved")), strict=True)
        expected = before[firm] + sum(won - left - moved for won, left, moved in flows)
        assert metric(model, "customers", firm)[-1] == expected


def test_states_stay_within_their_ranges() -> None:
    harsh = FirmTerms(price=95, quality=0.5, hidden_fee=20, walk=0.2, teaser=0.5, empowerment=0, openness=1)
    model = TwinModel({"harsh": harsh, "fair": FirmTerms()}, customers=150, seed=4)
    ranges = {"satisfaction": (-1, 1), "regret": (0, 1), "attachment": (0, 1), "expectation": (1e-9, inf)}
    for _ in range(24):
        model.step()
        for customer in model.agents_by_type[TwinCustomer]:
            assert all(low <= getattr(customer, name) <= high for name, (low, high) in ranges.items())
            assert all(0 <= customer.bonds[name] <= 1 for name in BOND_WEIGHTS)
            assert all(-1 <= word <= 1 for word in customer.word.values())


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (FirmTerms(price=72), FirmTerms(price=60)),
        (FirmTerms(quality=0.8), FirmTerms(quality=1.1)),
        (FirmTerms(hidden_fee=9), FirmTerms()),
    ],
)
def test_better_terms_keep_more_customers(worse: FirmTerms, better: FirmTerms) -> None:
    kept = []
    for terms in (worse, better):
        model = TwinModel({"focal": terms, "rival": FirmTerms()}, customers=400, seed=6)
        for _ in range(24):
            model.step()
        kept.append(np.prod(metric(model, "retention", "focal")))
    assert kept[0] < kept[1]
