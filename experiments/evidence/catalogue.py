"""The list of rows, by group."""

from collections.abc import Sequence

from experiments.arguments import check_names
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
    check_names(names, ROWS, "row of evidence", "reciprocity validate --list")
    return [ROWS[name] for name in dict.fromkeys(names)] if names else list(ROWS.values())
