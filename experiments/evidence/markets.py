"""The markets that rows look at, each as changes to the default market."""

from typing import Any

from agents.policies import Mode
from experiments.nulls import OFF
from experiments.questions.bases import settled_policies
from sim import Parameters, Reciprocity, Record
from sim.parameters import DEFAULT_FIRMS, as_tree, validated

FIRMS = tuple(DEFAULT_FIRMS)
COHORTS = {"high_end": (0.668, 3.806), "regular": (0.704, 1.182)}
"""Shapes of the Beta law of yearly churn of two published cohorts (Fader and Hardie 2007)."""
NOTHING_PULLS: dict[str, Any] = {
    f"switches.{name}": False
    for name in ("reciprocity_customers", "word_of_mouth", "value_comparison", "nobody_option", "moving")
}
"""The null of leaving: every term of the decision is zero."""
EXPLOITS: dict[str, Any] = {
    "mode": None,
    "value": "teaser_and_walk",
    "fairness": "shareholder_primacy",
    "staff": "sales_quota",
    "management": "sales_growth",
    "service": "policy_bound",
}
"""Policies of the default market's firm that raises prices on the loyal."""


def unmoved(changes: dict[str, Any], off: bool) -> dict[str, Any]:
    """The same market, where nobody reciprocates if ``off``."""
    return {**changes, **OFF} if off else changes


def null(cohort: str) -> dict[str, Any]:
    """Nothing but the personal baseline of a published cohort decides who leaves."""
    a, b = COHORTS[cohort]
    return {**NOTHING_PULLS, "population.churn_a": a, "population.churn_b": b, "burn_in": 0}


def all_fair() -> dict[str, Any]:
    """Every firm as the preset reciprocity, settled."""
    return {key: value for firm in FIRMS for key, value in settled_policies(firm, Mode.reciprocity).items()}


def all_exploit() -> dict[str, Any]:
    """Every firm wins with a rebate, raises prices on the loyal, and presses its staff to sell."""
    return {f"firms.{firm}.{key}": value for firm in FIRMS for key, value in EXPLOITS.items()}


def all_plain() -> dict[str, Any]:
    """Every firm follows the neutral option of every family."""
    families = {key: None for entry in DEFAULT_FIRMS.values() for key in entry}
    return {f"firms.{firm}.{key}": value for firm in FIRMS for key, value in families.items()}


def opened(seed: int, customers: int, changes: dict[str, Any], *, leavers: bool = False) -> Reciprocity:
    """A market at its start; ``firms`` among the changes stands in place of the default market's firms."""
    others = {key: value for key, value in changes.items() if key != "firms"}
    parameters = Parameters().changed(**{"population.customers": customers, **others})
    if "firms" in changes:
        parameters = validated({**as_tree(parameters), "firms": changes["firms"]})
    return Reciprocity(parameters, rng=seed, record=Record(leavers=leavers, flows=False))
