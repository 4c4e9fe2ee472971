"""Who leaves in a year, from whom, and why."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import kendalltau, spearmanr

from agents.customer.choice import BEHAVIOURAL, CAUSES
from experiments.evidence.default_market import STUDY
from experiments.evidence.dockings import ENERGY
from experiments.evidence.row import Curve, Row, Sight, line_of, mean_of
from experiments.evidence.tables import table

COUNTERPARTS = {
    "core service failure": ("core_failure",),
    "pricing": ("price_or_value", "unfairness"),
    "response to failed service": ("failed_recovery",),
    "competition": ("competitor",),
}
"""Published causes, and the model's causes that stand for them; others have no counterpart."""


def churn(sight: Sight) -> float:
    """Mean yearly churn of the market (per cent)."""
    return float(100.0 * np.nanmean(sight["churn"]))


def churn_and_size(sight: Sight) -> float:
    """Rank correlation of firms' size and yearly churn, firms in business alone."""
    there = np.isfinite(sight["firm_churn"]) & (sight["firm_size"] > 0.0)
    return float(spearmanr(sight["firm_size"][there], sight["firm_churn"][there]).statistic)


def switching(sight: Sight) -> float:
    """Mean share of customers who switch in a year (per cent)."""
    return float(100.0 * np.nanmean(sight["switched"]))


def shares_of_causes(sight: Sight) -> np.ndarray:
    """How often each published cause would have kept a leaver; who moved away is the involuntary cause."""
    counts = dict(zip(CAUSES[:BEHAVIOURAL], sight["causes"], strict=True))
    named = [sum(counts[cause] for cause in causes) for causes in COUNTERPARTS.values()]
    return np.array([*named, float(sight["moved"][0])])


def published_causes() -> np.ndarray:
    """Per cent who named each of these causes."""
    found = dict(table("keaveney_switching").select("cause", "pct").iter_rows())
    return np.array([found[name] for name in [*COUNTERPARTS, "involuntary"]], float)


def order_of_causes(sight: Sight) -> float:
    """Kendall's tau of the order of causes against the published one."""
    return float(kendalltau(shares_of_causes(sight), published_causes()).statistic)


def by_firm(sights: Sequence[Sight]) -> Curve:
    """Churn of firms by their size, firms of all seeds in order of rank."""
    ranked = [np.argsort(-sight["firm_size"]) for sight in sights]
    values = np.array([100.0 * sight["firm_churn"][rank] for sight, rank in zip(sights, ranked, strict=True)])
    ranks = np.arange(1.0, values.shape[1] + 1.0)
    return Curve(ranks, "rank by size, 1: largest", "% lost a year", (line_of(values),))


ROWS = (
    Row("annual_churn", "yearly churn of a contract market", "%", STUDY, mean_of(churn)),
    Row(
        "churn_falls_in_share",
        "rank correlation of firms' size and yearly churn, among firms unlike in policy",
        "1",
        STUDY,
        mean_of(churn_and_size),
        curve=by_firm,
    ),
    Row(
        "energy_switching",
        "switched in a year at a price gap of 22 %",
        "%",
        ENERGY,
        mean_of(switching),
        outside="customers look at two offers a month and weigh them once they reconsider, which few "
        "do: attention, not the price gap, limits switching; nothing was set from energy",
    ),
    Row(
        "causes_of_leaving",
        "Kendall's tau of the order of five causes of leaving, of those that have a counterpart",
        "1",
        STUDY,
        mean_of(order_of_causes),
        outside="the model counts what would have kept a customer, term by term; people in surveys "
        "name incidents, of which inconvenience and failed encounters have no counterpart here. Its services "
        "fail rarely, and offers of rivals come by every month",
    ),
)
