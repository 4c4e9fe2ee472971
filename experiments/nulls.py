"""Null models: the same comparison in markets in which nobody can reciprocate, or memory means nothing.

A result that survives its null is not a result of reciprocity. One that does not survive where nobody
answers how it was treated rests on that answer, reciprocal or not: the null cannot tell the two apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents import Customer
from agents.base.streams import draw
from agents.customer.bonds import BONDS
from sim import Reciprocity
from sim.streams import SHUFFLING

OFF = {f"switches.reciprocity_{who}": False for who in ("customers", "employees", "suppliers", "owners")}
FROZEN = {
    "bonds.growth": 0.0,
    "bonds.fading": 0.0,
    "bonds.newcomer_share": 1.0,
    "bonds.attachment_rate": 0.0,
    "bonds.attachment_fading": 0.0,
    "experience.satisfaction_rate": 0.0,
    "experience.satisfaction_fading": 0.0,
    "experience.remedy_delight": 0.0,
    "experience.satisfaction_start": 0.22,
    "experience.regret_size": 0.0,
    "experience.need_learning": 0.0,
    "experience.need_talk": 0.0,
    "switches.expectation_drift": False,
    "switches.word_of_mouth": False,
    "switches.reciprocity_employees": False,
    "switches.reciprocity_suppliers": False,
    "switches.reciprocity_owners": False,
    "employee.morale_rate": 0.0,
}
"""What freezes feelings: those who start anew start at the neutral point and stay there."""
MIND = (
    *BONDS,
    "satisfaction",
    "expectation",
    "attachment",
    "lost_attachment",
    "lost_since",
    "lost_employee",
    "indebtedness",
    "reference_price",
    "known_fee",
    "regret",
    "pending_regret",
    "need_known",
    "opinion",
)
"""All that a customer carries in its head from month to month, as columns."""


@dataclass(frozen=True)
class Null:
    """One null model.

    Attributes
    ----------
    name, meaning : str
        What it is called, and what it does to both arms of a contrast.
    changes : mapping
        What both arms change when they part.
    disturbed : str
        What is done to people's minds every month, by its name in ``DISTURBED``.
    exchanges : bool
        Whether the focal firm and another have each other's policies.
    freezes : bool
        Whether it holds fast what people feel, so that no measure of it can be judged there.
    """

    name: str
    meaning: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    disturbed: str = ""
    exchanges: bool = False
    freezes: bool = False


RECIPROCITY_OFF = Null(
    "reciprocity off",
    "the four switches of reciprocity are off: nobody answers how it was treated, by relationship, "
    "satisfaction, failures, bills or fairness, reciprocal or not",
    OFF,
)
SORTING_ONLY = Null(
    "sorting only",
    "people differ, see prices and qualities and sort themselves among firms, while bonds, satisfaction, "
    "expectation, regret, morale and word stay as they are; a failure, a refusal, a fee found or a dearer "
    "bill still calls attention, and usual prices are still learned",
    FROZEN,
    freezes=True,
)
MEMORY_SHUFFLED = Null(
    "memory shuffled",
    "every month all customers of all firms exchange their states of mind by lot, so that what a firm "
    "does is answered by somebody, but not by those to whom it was done",
    disturbed="memory_shuffled",
)
POLICIES_SWAPPED = Null(
    "policies swapped",
    "another firm has the focal firm's policies, and the focal firm has that firm's: an effect that "
    "stays with the focal firm's name is not one of its policies",
    exchanges=True,
)
NULLS = (RECIPROCITY_OFF, SORTING_ONLY, MEMORY_SHUFFLED, POLICIES_SWAPPED)


def memory_shuffled(model: Reciprocity) -> None:
    """All customers who have a firm exchange their states of mind: each gets that of the next in a lot.

    The lot is addressed by seed, month and number of the customer, so that it is the same in all arms.
    """
    c = model.table(Customer)
    rows = np.flatnonzero(c["firm"] >= 0)
    lots = draw(model.seed, SHUFFLING, model.clock, c["number"][rows])[:, 0]
    rows = rows[np.argsort(lots, kind="stable")]
    for name in MIND:
        c[name][rows] = np.roll(c[name][rows], 1, axis=0)


DISTURBED: dict[str, Callable[[Reciprocity], None]] = {"memory_shuffled": memory_shuffled}
