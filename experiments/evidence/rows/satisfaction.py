"""Satisfaction: the paths of a survey, and satisfaction against share."""

from collections.abc import Callable

import numpy as np
from scipy.stats import kendalltau, pearsonr

from experiments.evidence.default_market import STUDY
from experiments.evidence.row import Row, Sight, mean_of
from experiments.evidence.survey import paths
from experiments.evidence.tables import table

TO_SATISFACTION = ("quality", "value", "image", "expectation")
ORIGINS = {
    "satisfaction": TO_SATISFACTION,
    "loyalty": ("satisfaction", "image"),
    "quality": ("expectation",),
    "value": ("quality", "expectation"),
}
"""From what each construct is explained, as far as the model has it."""


def path(origin: str, to: str) -> Callable[[Sight], float]:
    """One standardised coefficient."""
    return lambda sight: paths(sight["survey"], to, ORIGINS[to])[0][origin]


def explained(to: str) -> Callable[[Sight], float]:
    """R squared of one construct."""
    return lambda sight: paths(sight["survey"], to, ORIGINS[to])[1]


def order(sight: Sight) -> float:
    """Kendall's tau of the four paths to satisfaction against the published ones."""
    ours = paths(sight["survey"], "satisfaction", TO_SATISFACTION)[0]
    found = table("ecsi_paths")
    theirs = dict(found.filter(found["to"] == "Satisfaction").select("from", "path").iter_rows())
    seen = [theirs[name.capitalize()] for name in TO_SATISFACTION]
    return float(kendalltau([ours[name] for name in TO_SATISFACTION], seen).statistic)


def share_against_satisfaction(sight: Sight) -> float:
    """Correlation of yearly growth of customers and change of satisfaction, over firms and years."""
    size = sight["yearly_customers"]
    with np.errstate(divide="ignore", invalid="ignore"):
        growing = np.diff(np.log(size), axis=0)
    change = np.diff(sight["yearly_satisfaction"], axis=0)
    there = np.isfinite(growing)
    return float(pearsonr(growing[there], change[there]).statistic)


_SURVEY = "path in a survey of 250 model customers (standardised regression, one noisy score a construct):"


_MONTH = (
    "quality is that of one month, satisfaction and expectation have gathered over many: "
    "part of what quality does runs through what is expected"
)
_VALUE = (
    "prices of the default market's firms differ much, so value differs for reasons other "
    "than quality, and satisfaction follows it more than where tariffs are alike"
)
_ORDERED = "experience.quality_weight and value_weight are ordered after this survey"


def surveyed(
    name: str, words: str, statistic: Callable[[Sight], float], used: str = "", outside: str = ""
) -> Row:
    """A row of the survey."""
    return Row(name, f"{_SURVEY} {words}", "1", STUDY, mean_of(statistic), used=used, outside=outside)


ROWS = (
    surveyed(
        "ecsi_quality",
        "quality to satisfaction",
        path("quality", "satisfaction"),
        outside=_MONTH,
        used=_ORDERED,
    ),
    surveyed(
        "ecsi_value", "value to satisfaction", path("value", "satisfaction"), outside=_VALUE, used=_ORDERED
    ),
    surveyed("ecsi_image", "image to satisfaction", path("image", "satisfaction")),
    surveyed(
        "ecsi_expectation", "expectation to satisfaction", path("expectation", "satisfaction"), outside=_MONTH
    ),
    surveyed("ecsi_satisfaction_explained", "R2 of satisfaction", explained("satisfaction")),
    surveyed(
        "ecsi_order",
        "order of the four to satisfaction (Kendall's tau)",
        order,
        outside=_VALUE,
        used=_ORDERED,
    ),
    surveyed("ecsi_loyalty", "satisfaction to loyalty", path("satisfaction", "loyalty")),
    surveyed("ecsi_image_loyalty", "image to loyalty", path("image", "loyalty")),
    surveyed("ecsi_loyalty_explained", "R2 of loyalty", explained("loyalty")),
    surveyed("ecsi_quality_from_expectation", "expectation to quality", path("expectation", "quality")),
    surveyed("ecsi_value_from_quality", "quality to value", path("quality", "value"), outside=_VALUE),
    Row(
        "ecsi_complaints",
        "path from satisfaction to how complaints are handled",
        "1",
        absent="of 250 customers too few complain in a month to ask them",
    ),
    Row(
        "share_and_satisfaction",
        "correlation of yearly growth of customers and change of satisfaction, over firms and years",
        "1",
        STUDY,
        mean_of(share_against_satisfaction),
        outside="firms of the default market differ in policy, and those that satisfy grow; service "
        "here does not suffer from serving more varied tastes, which is the reason given for "
        "the published sign",
    ),
)
