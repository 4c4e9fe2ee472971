"""Survival obeys the shifted-beta-geometric law: in the null, and in the full model at neutral terms.

Of a cohort of n relationships, n S(t) are expected after t years, S(t) = B(a, b + t)/B(a, b), with a
standard error of sqrt(n S (1 - S)). Every cohort and year is one comparison; the largest deviation of all
must lie below the normal quantile at alpha = 0.001 divided by the number of comparisons (Bonferroni),
and the deviation pooled over cohorts below 3.5 standard errors for each year.
"""

from typing import Any

import numpy as np
import pytest
from scipy.special import betaln
from scipy.stats import norm

from agents import Customer, Employee, Firm
from agents.base.compile import COMPILING
from agents.customer import choice
from agents.policies import FirmEntry
from sim import Reciprocity
from sim.events import attributing, deciding
from tests.worlds import alike, world

PUBLISHED = [(0.668, 3.806), (0.704, 1.182)]
YEARS = 6
SCALE = 1.0 if COMPILING else 0.05  # a smaller market has larger errors, by which it is judged
NULL = {
    f"switches.{name}": False
    for name in ("reciprocity_customers", "word_of_mouth", "value_comparison", "nobody_option", "moving")
}


def law(a: float, b: float, years: Any) -> Any:
    """Share of a cohort that is still there after some years."""
    return np.exp(betaln(a, b + years) - betaln(a, b))


def years_of(tenure: np.ndarray, anniversary: float) -> np.ndarray:
    """Years by the weights of months, of which the one before an anniversary is heavier."""
    return tenure // 12 + (tenure % 12) * (12.0 - anniversary) / 11.0 / 12.0


def deviations(observed: Any, chances: Any, sizes: Any) -> Any:
    """Observed less expected survivors in standard errors."""
    spread = np.sqrt(sizes * chances * (1.0 - chances))
    return (observed - sizes * chances) / np.where(spread > 0.0, spread, 1.0)


def agrees(z: np.ndarray, pooled: np.ndarray) -> None:
    """No single deviation is too large for the number of comparisons, and no pooled one."""
    assert np.abs(z).max() < norm.isf(0.001 / z.size / 2.0), np.abs(z).max()
    assert np.abs(pooled).max() < 3.5, pooled


def start_cohort_agrees(model: Reciprocity, tenure: np.ndarray, a: float, b: float) -> None:
    """Those met at the start after some tenure T leave with chances of Beta(a, b + T)."""
    gone, anniversary = model.recording.leavers, model.parameters.choice.anniversary
    months = len(model.recording.months)
    stayed = np.full(tenure.size, months)
    mine = gone["joined"] < 0
    stayed[gone["customer"][mine]] = gone["month"][mine]
    z = []
    for years in range(1, months // 12 + 1):
        before = law(a, b, years_of(tenure, anniversary))
        chances = law(a, b, years_of(tenure + 12 * years, anniversary)) / before
        spread = np.sqrt((chances * (1.0 - chances)).sum())
        z.append(((stayed >= 12 * years).sum() - chances.sum()) / spread)
    agrees(np.array(z), np.array(z))


def acquired_cohorts_agree(model: Reciprocity, a: float, b: float) -> int:
    """Everybody won in one month is a cohort; returns the number of comparisons."""
    gone, months = model.recording.leavers, len(model.recording.months)
    sizes = model.recording.moves[:, :, :-2].sum(axis=(1, 2))
    z, pooled = [], []
    for years in range(1, YEARS):
        first_lost = np.bincount(
            gone["joined"][(gone["joined"] >= 0) & (gone["tenure"] < 12 * years)], minlength=months
        )
        seen = slice(0, months - 12 * years)
        chance = np.full(months, law(a, b, years))[seen]
        observed, size = (sizes - first_lost)[seen], sizes[seen]
        z.append(deviations(observed, chance, size))
        pooled.append(deviations(observed.sum(), chance[0], size.sum()))
    agrees(np.concatenate(z), np.array(pooled))
    return sum(part.size for part in z)


@pytest.mark.parametrize(("a", "b"), PUBLISHED)
def test_the_null_obeys_the_law(a: float, b: float) -> None:
    changes = {"population.customers": int(100_000 * SCALE), "population.churn_a": a, "population.churn_b": b}
    model = world(rng=12, **NULL, burn_in=0, **changes)
    tenure = model.table(Customer)["tenure"].astype(int)
    model.run_for(12 * YEARS)
    start_cohort_agrees(model, tenure, a, b)
    assert acquired_cohorts_agree(model, a, b) > 150


def test_the_law_is_not_obeyed_where_terms_pull() -> None:
    pulls = {**NULL, "switches.value_comparison": True, "population.customers": 30_000}
    model = world(rng=12, burn_in=0, **pulls)
    model.run_for(12 * YEARS)
    with pytest.raises(AssertionError):
        acquired_cohorts_agree(model, *PUBLISHED[0])


# -- the full model at neutral terms ---------------------------------------------------------------

FIRMS, EACH = 4, 7_500 if COMPILING else 1_500
PRICE = 60.0
STEADY = FirmEntry(
    value="cost_plus",
    fairness="shareholder_primacy",
    staff="flat",
    management="salary",
    service="empowered",
    locked_price=PRICE,
    restraint=1.0,
    claim_factor=1.0,
)
ALIKE = {
    # customers are alike, and buy every month
    "population.need_rate_mean": 20.0,
    "population.need_rate_shape": 100.0,
    "population.worth_spread": 0.0,
    "population.budget_spread": 0.0,
    "population.offers_spread": 0.0,
    "population.selfish_share": 1.0,
    "population.mild_share": 0.0,
    "population.strong_share": 0.0,
    "population.fierce_share": 0.0,
    "population.unmet_need_high": 0.0,
    "population.moving_rate": 0.0,
    # nothing happens to a service, and nobody talks
    "service.quality_noise": 0.0,
    "service.failure_probability": 0.0,
    "word.positive_rate": 0.0,
    "word.champion_rate": 0.0,
    "word.negative_base": 0.0,
    "word.negative_rate": 0.0,
    # one employee a firm, with room for those who come, who neither learns, tires nor quits
    "employee.full_load": 10_000.0,
    "employee.skill_spread": 0.0,
    "employee.knowledge_rate": 0.0,
    "employee.knowledge_sharing": 0.0,
    "employee.morale_rate": 0.0,
    "employee.quit_rate": 0.0,
    "supplier.capability_spread": 0.0,
    # a service costs the same from the first month on
    "creditor.base_rate": 0.0,
    "creditor.leverage_rate": 0.0,
    "creditor.churn_rate": 0.0,
    "levers.winning_cost": 0.0,
    # standing stays at its start
    "standing.identity_rate": 0.0,
    "standing.reputation_rate": 0.0,
    # bonds and satisfaction of a newcomer are those of anybody
    "bonds.newcomer_share": 1.0,
    "experience.claim_rate": 0.0,
    "burn_in": 0,
}


FEW = 800


def neutral_points(customers: int) -> tuple[dict[str, float], dict[str, float]]:
    """The parameters under which every term is neutral: what a market of like firms settles at.

    Small markets run until they stand still; the reliability, satisfaction and relationship that they
    sustain become neutral points, and staff who take pride in satisfied customers serve as usual.
    Returns the parameters, and what firms know of satisfaction and cost when they have stood still.
    """
    found = ALIKE | {
        "population.customers": customers,
        "choice.offers_neutral": float(FIRMS - 1),
        "population.offers_mean": float(FIRMS - 1),
        "bonds.identity_neutral": Firm.columns["identity"].default,
    }
    found["service.reference_reliability"] = 0.95 * 0.95
    for _ in range(4):
        scale = {"population.customers": FEW, "employee.full_load": 1.5 * FEW / FIRMS}
        scale["employee.reference_wage"] = 900.0 * FEW / customers  # as much labour in a service
        model = alike(FIRMS, STEADY, **{**found, **scale})
        model.run_for(300)
        c, p = model.table(Customer), model.parameters
        satisfaction = float(c["satisfaction"].mean())
        relationship = float(model.table(Firm)["mean_relationship"].mean())
        reliability = float(model.table(Firm)["reliability"].mean())
        found |= {
            "choice.satisfaction_neutral": satisfaction,
            "experience.satisfaction_start": satisfaction,
            "bonds.relationship_neutral": relationship,
            "service.reference_reliability": reliability,
            "employee.intrinsic_effort": 0.8 - p.employee.pride * satisfaction - sharing_effort(model),
        }
    known = {name: float(model.table(Firm)[name].mean()) for name in ("mean_satisfaction", "unit_cost")}
    return found, known


def sharing_effort(model: Reciprocity) -> float:
    """Effort that sharing adds at the level of these firms."""
    p = model.parameters.employee
    return p.sharing_effort * (float(model.table(Firm)["sharing"][0]) - 0.3)


def largest_terms(model: Reciprocity) -> dict[str, float]:
    """The largest term of any customer's decision, by name, all offers seen."""
    c, f, e = (model.table(kind).records for kind in (Customer, Firm, Employee))
    numbers, largest = model.settings[0], np.zeros(attributing.TERMS + 1)
    firms = model.table(Customer)["firm"]
    for row in range(0, firms.size, 97):
        k = int(firms[row])
        keys = np.where(np.arange(FIRMS) != k, -1.0, deciding.UNSEEN)
        terms = np.zeros(attributing.TERMS + 1)
        offers = min(deciding.offers_of(row, 0.5, c, model.now[0]), FIRMS - 1)
        deciding.attention_terms(row, k, offers, c, f, numbers, terms)
        deciding.leaving_terms(row, k, c, f, e, numbers, model.now[0], keys, terms)
        largest = np.maximum(largest, np.abs(terms))
    return dict(zip(choice.TERM_NAMES, largest, strict=False))


def test_the_full_model_at_neutral_terms_obeys_the_law() -> None:
    a, b = PUBLISHED[0]
    parameters, known = neutral_points(FIRMS * EACH)
    model = alike(FIRMS, STEADY, rng=7, **parameters)
    assert all(getattr(model.parameters.switches, name) for name in model.numbers.switches._fields)
    for name, value in known.items():
        model.table(Firm)[name][:] = value
    tenure = model.table(Customer)["tenure"].astype(int)
    for _ in range(12 * YEARS):
        model.run_for(1)
        if model.month % 12 == 6:
            assert max(largest_terms(model).values()) < 5e-3, largest_terms(model)
    start_cohort_agrees(model, tenure, a, b)
    assert acquired_cohorts_agree(model, a, b) > 150
