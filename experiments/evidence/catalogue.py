"""The list of rows, by group."""

from collections.abc import Sequence

from experiments.errors import BadInputError
from experiments.evidence.row import Row
from experiments.evidence.rows import (
    brands,
    churn,
    docking,
    fairness,
    loyalty,
    new_buyers,
    satisfaction,
    staff,
    survival,
    word,
)

GROUPS: dict[str, tuple[Row, ...]] = {
    "Staying": survival.ROWS,
    "Churn and its causes": churn.ROWS,
    "Repeat buying": (*new_buyers.ROWS, *brands.ROWS),
    "What loyalty is worth": loyalty.ROWS,
    "Satisfaction": satisfaction.ROWS,
    "Word of mouth": word.ROWS,
    "Staff": staff.ROWS,
    "Fairness": fairness.ROWS,
    "Docking": docking.ROWS,
}
ROWS: dict[str, Row] = {row.name: row for rows in GROUPS.values() for row in rows}


def named(names: Sequence[str]) -> list[Row]:
    """The rows of some names; all of them where none is named.

    Raises
    ------
    BadInputError
        A line for each name that no row has.
    """
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        allowed = ", ".join(ROWS)
        raise BadInputError(*(f"{name}: no such row of evidence; there are {allowed}" for name in unknown))
    return [ROWS[name] for name in dict.fromkeys(names)] if names else list(ROWS.values())
