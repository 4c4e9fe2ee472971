"""The moment: when it is, and what holds for everybody this month."""

from typing import NamedTuple

import numpy as np

from agents.base.parameters import one_record


class Now(NamedTuple):
    """When it is, and what holds for everybody this month."""

    seed: int
    clock: int
    month: int
    demand: float
    informedness: float
    firms: float


_RECORD = one_record(Now(0, 0, 0, 0.0, 0.0, 0.0)).dtype


def as_record(now: Now) -> np.ndarray:
    """The moment as the only record of an array, as loops take it."""
    return np.array([now], _RECORD)
