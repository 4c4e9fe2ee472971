"""Cohorts of customers won in one year, followed year by year."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from experiments.evidence.laws.staying import LifeTable
from experiments.evidence.markets import COHORTS, all_exploit, all_fair, null, opened, unmoved
from experiments.evidence.row import Sight, Study, beside_null
from sim.metrics.retention import cohort
from sim.recording import Recording

YEARS = 12
"""Years for which a cohort is followed."""


def life_table(recording: Recording, years: int = YEARS) -> LifeTable:
    """All who were won in the first year, by any firm, followed for some years.

    Who moves away, or is set free by a firm that closes, is left out from the year in which that happens.
    """
    left, censored = np.zeros(years), np.zeros(years)
    won = 0.0
    for month in range(12):
        flows = cohort(recording, month, month)
        won += flows.won.sum()
        place = (np.arange(len(recording.months)) - month - 1) // 12
        seen = (place >= 0) & (place < years)
        np.add.at(left, place[seen], flows.left.sum(axis=1)[seen])
        np.add.at(censored, place[seen], (flows.moved + flows.freed).sum(axis=1)[seen])
    gone = np.concatenate([[0.0], np.cumsum(left + censored)[:-1]])
    return LifeTable(won - gone - censored, left)


def followed(seed: int, customers: int, changes: dict[str, Any]) -> Sight:
    """The life table of the customers won in the first year of a market."""
    model = opened(seed, customers, changes, leavers=True)
    model.run_for(12 * (YEARS + 1))
    return life_table(model.recording)._asdict()


def table_of(sight: Sight) -> LifeTable:
    """The life table that a seed showed."""
    return LifeTable(sight["exposed"], sight["left"])


MARKETS: dict[str, Callable[[], dict[str, Any]]] = {
    "high_end": partial(null, "high_end"),
    "regular": partial(null, "regular"),
    "full": dict,
    "fair": all_fair,
    "exploitative": all_exploit,
}
"""The markets whose newcomers are followed."""


def look(seed: int, customers: int, market: str, off: bool = False) -> Sight:
    """The cohort of one market, where nobody reciprocates if ``off``."""
    return followed(seed, customers, unmoved(MARKETS[market](), off))


HIGH_END, REGULAR = (
    Study(f"cohort_{name}", "nothing pulls; chances of a published cohort", partial(look, market=name))
    for name in COHORTS
)
FULL, FAIR, EXPLOIT = (
    beside_null(f"cohort_{name}", meaning, partial(look, market=name))
    for name, meaning in (
        ("full", "the default market, everything on"),
        ("fair", "five firms with the settled policies of the preset reciprocity"),
        ("exploitative", "five firms that walk prices up and press to sell"),
    )
)
