"""Word of mouth: how much praise for each blame, and for whom."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import linregress

from experiments.evidence.default_market import STUDY
from experiments.evidence.row import Curve, Line, Row, Sight, mean_of


def ratio(sight: Sight) -> float:
    """Positive over negative messages."""
    return float(sight["praise"].sum() / sight["blame"].sum())


def slope(sight: Sight, kind: str) -> float:
    """Slope of firms' shares of messages on their shares of customers."""
    size, told = sight["firm_size"], sight[kind]
    return float(linregress(size / size.sum(), told / told.sum()).slope)


def praise_slope(sight: Sight) -> float:
    """Slope of shares of praise."""
    return slope(sight, "praise")


def flatter(sight: Sight) -> float:
    """Slope of shares of blame less that of praise."""
    return slope(sight, "blame") - slope(sight, "praise")


def by_share(sights: Sequence[Sight]) -> Curve:
    """Shares of messages by share of customers, firms in order of size."""
    ranked = [np.argsort(sight["firm_size"]) for sight in sights]
    pairs = list(zip(sights, ranked, strict=True))
    size, praise, blame = (
        np.mean([sight[name][rank] / sight[name].sum() for sight, rank in pairs], axis=0)
        for name in ("firm_size", "praise", "blame")
    )
    lines = (
        Line("praise", "model", praise),
        Line("blame", "other", blame),
        Line("in proportion to customers", "published", size),
    )
    return Curve(size, "share of customers", "share of messages", lines)


ROWS = (
    Row(
        "word_ratio",
        "positive messages for each negative one",
        "1",
        STUDY,
        mean_of(ratio),
        used="word.positive_rate, negative_base and negative_rate name this source",
    ),
    Row(
        "praise_follows_share",
        "slope of firms' shares of praise on their shares of customers",
        "1",
        STUDY,
        mean_of(praise_slope),
        outside="the largest firm of the default market is also the one that satisfies most, and only "
        "the satisfied praise; published brands are more alike",
        curve=by_share,
    ),
    Row("blame_is_flatter", "slope of blame less slope of praise", "1", STUDY, mean_of(flatter)),
)
