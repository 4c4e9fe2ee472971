"""What experiments count in a world beside the columns of firms: of their customers, and of who left."""

from collections.abc import Callable
from functools import partial

import numpy as np

from agents import Customer, Firm
from agents.customer.choice import CAUSES, ChoiceParameters
from sim import Reciprocity
from sim.events.serving import CARE, WELL
from sim.recording import NOBODY

CONTENT = ChoiceParameters().satisfaction_neutral
"""Satisfaction that moves nothing by default: who stands above it is satisfied."""


def satisfied(model: Reciprocity) -> np.ndarray:
    """Customers of each firm who are satisfied."""
    c = model.table(Customer)
    return of_firms(model, c["satisfaction"] > CONTENT)


def served_well(model: Reciprocity) -> np.ndarray:
    """Customers of a year or more whose service did not fail this month."""
    return of_firms(model, settled_buyers(model, WELL))


def put_right(model: Reciprocity) -> np.ndarray:
    """Customers of a year or more whose failed service was put right with care this month."""
    return of_firms(model, settled_buyers(model, CARE))


def satisfaction_served_well(model: Reciprocity) -> np.ndarray:
    """Sum of the satisfaction of those whose service did not fail."""
    return of_firms(model, settled_buyers(model, WELL) * model.table(Customer)["satisfaction"])


def satisfaction_put_right(model: Reciprocity) -> np.ndarray:
    """Sum of the satisfaction of those whose failed service was put right with care."""
    return of_firms(model, settled_buyers(model, CARE) * model.table(Customer)["satisfaction"])


def settled_buyers(model: Reciprocity, outcome: int) -> np.ndarray:
    """Who bought this month with an outcome, and has been with its firm for a year."""
    c = model.table(Customer)
    return np.asarray((c["purchases"] > 0) & (c["outcome"] == outcome) & (c["tenure"] >= 12))


def of_firms(model: Reciprocity, values: np.ndarray) -> np.ndarray:
    """A number of customers, summed by firm."""
    firm = model.table(Customer)["firm"]
    mine = firm >= 0
    return np.bincount(firm[mine], weights=values[mine].astype(float), minlength=len(model.firm_names))


PRESENT: dict[str, Callable[[Reciprocity], np.ndarray]] = {
    count.__name__: count
    for count in (satisfied, served_well, put_right, satisfaction_served_well, satisfaction_put_right)
}


def present(model: Reciprocity, name: str) -> np.ndarray:
    """A number of every firm as it stands now."""
    if name in PRESENT:
        return PRESENT[name](model)
    if name.startswith("Customer."):
        values = np.asarray(model.table(Customer)[name.removeprefix("Customer.")], float)
        sizes = of_firms(model, np.ones(values.size))
        return np.divide(of_firms(model, values), sizes, out=np.full(sizes.size, np.nan), where=sizes > 0)
    column, _, place = name.partition("[")
    return np.array(model.table(Firm)[column][:, int(place.removesuffix("]"))])


def left_by(cause: int, gone: dict[str, np.ndarray]) -> np.ndarray:
    """Whether those who left have a main cause."""
    return np.asarray(gone["cause"] == cause)


def satisfied_left(gone: dict[str, np.ndarray]) -> np.ndarray:
    """Whether those who left were satisfied."""
    return np.asarray(gone["satisfaction"] > CONTENT)


COUNTED: dict[str, Callable[[dict[str, np.ndarray]], np.ndarray]] = {
    "satisfied_left": satisfied_left,
    **{f"left_by_{cause}": partial(left_by, place) for place, cause in enumerate(CAUSES)},
}
"""What can be counted of those who left a firm by decision: who moved away or was released did not."""


def counted_leavers(model: Reciprocity, name: str) -> np.ndarray:
    """Customers who left each firm in each month and are so: (months, firms)."""
    gone = model.recording.leavers
    months, firms = len(model.recording.months), len(model.firm_names)
    first = model.recording.months[0] if months else 0
    if not gone["month"].size:
        return np.zeros((months, firms))
    chosen = COUNTED[name](gone) & (gone["to_firm"] >= NOBODY)
    places = (gone["month"][chosen].astype(int) - first) * firms + gone["from_firm"][chosen].astype(int)
    return np.bincount(places, minlength=months * firms).reshape(months, firms).astype(float)
