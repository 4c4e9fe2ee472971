"""Fairness: the ultimatum game, vignettes, types."""

from collections.abc import Sequence

import numpy as np

from experiments.evidence.games import OFFERS, STUDY
from experiments.evidence.row import Curve, Line, Row, Sight, mean_of
from experiments.evidence.tables import table

_TYPES = "inequity_aversion and guilt are Fehr and Schmidt's types, who chose them with this game in view"
_HALF = (
    "envy weighs half of what the published types say (bonds.envy_weight), so low offers are taken, and made"
)
_SPLIT = "customers judge a split of the gain, not whether a firm may use a shortage or a rise of its costs"
_HIRED = "the newly hired take what is offered as what is fair: what others were paid is no reference"
_VIGNETTE = "share who would rather nobody gained:"


def offer(sight: Sight) -> float:
    """Mean offer, share of the pie."""
    return float(sight["offers"].mean())


def low_offer(sight: Sight) -> float:
    """Share that refuses a fifth of the pie."""
    return float(sight["refused"][np.isclose(OFFERS, 0.2)][0])


def rejection(sight: Sight) -> float:
    """Share of the offers made that is refused."""
    return float(sight["refused_offers"].mean())


def raised(sight: Sight) -> float:
    """Share who find the raised price unfair."""
    return float(sight["storm"][1])


def raised_with_cost(sight: Sight) -> float:
    """Share who find it unfair where cost rose as much."""
    return float(sight["storm"][2])


def cut(sight: Sight) -> float:
    """Share who answer a cut of their own wage."""
    return float(sight["cut"][0])


def new_wage(sight: Sight) -> float:
    """Share of the newly hired who answer the lower wage."""
    return float(sight["cut"][1])


def distance_of_types(sight: Sight) -> float:
    """Total variation between the types of customers and the published ones."""
    types = table("fehr_schmidt_types")
    found = 0.0
    for share, alpha, beta in types.select("share", "alpha", "beta").iter_rows():
        mine = np.isclose(sight["types"][:, 0], alpha) & np.isclose(sight["types"][:, 1], beta)
        found += abs(float(mine.mean()) - share)
    return found / 2.0


def refusals(sights: Sequence[Sight]) -> Curve:
    """Share that refuses, by offer."""
    values = np.mean([sight["refused"] for sight in sights], axis=0)
    return Curve(OFFERS, "offer, share of the pie", "share that refuses", (Line("model", "model", values),))


ROWS = (
    Row(
        "ultimatum_offer",
        "mean offer in the ultimatum game",
        "1",
        STUDY,
        mean_of(offer),
        outside=_HALF,
        used=_TYPES,
    ),
    Row(
        "ultimatum_low_offer",
        "share that refuses 20 % of the pie",
        "1",
        STUDY,
        mean_of(low_offer),
        outside=_HALF,
        used=_TYPES,
        curve=refusals,
    ),
    Row(
        "ultimatum_rejection",
        "share of offers refused",
        "1",
        STUDY,
        mean_of(rejection),
        outside=_HALF,
        used=_TYPES,
    ),
    Row("unfair_storm", f"{_VIGNETTE} price raised by a third", "1", STUDY, mean_of(raised), outside=_SPLIT),
    Row(
        "fair_cost_rise",
        f"{_VIGNETTE} the same, where cost rose as much",
        "1",
        STUDY,
        mean_of(raised_with_cost),
        outside=_SPLIT,
    ),
    Row("unfair_wage_cut", "share of staff who answer a cut of their own wage", "1", STUDY, mean_of(cut)),
    Row(
        "fair_new_wage",
        "share of newly hired who answer the same lower wage",
        "1",
        STUDY,
        mean_of(new_wage),
        outside=_HIRED,
    ),
    Row(
        "list_or_discount",
        "unfair: above list, or without the discount",
        "1",
        absent="prices have no list beside them",
    ),
    Row(
        "nominal_or_real",
        "unfair: a nominal or a real cut of wages",
        "1",
        absent="the model has no inflation",
    ),
    Row(
        "fairness_types",
        "distance of the customers' types from the published ones",
        "1",
        STUDY,
        mean_of(distance_of_types),
        used="population.*_share, *_aversion, *_guilt",
    ),
)
