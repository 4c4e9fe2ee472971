"""Which results change sign: where everything moves, and where one number alone leaves the default."""

from typing import NamedTuple

import numpy as np

from experiments.comparing import Interval
from experiments.sensitivity.points import Stage
from experiments.sensitivity.study import Study


class Turn(NamedTuple):
    """A result that has the other sign where one number alone is at an end of its range."""

    result: int
    place: int
    stage: Stage
    there: Interval

    @property
    def clear(self) -> bool:
        """Whether the interval there leaves zero out."""
        return self.there.clear


class Elsewhere(NamedTuple):
    """Signs of a result at the starting points, where all numbers are moved.

    Attributes
    ----------
    opposite, standing, points : int
        Points at which the sign is not that at the default, at which a firm that is looked at still has
        customers, and in all.
    """

    opposite: int
    standing: int
    points: int


def elsewhere(study: Study, result: int) -> Elsewhere:
    """Signs of a result at the starting points against that at the default."""
    values = study.at(Stage.start)[:, result]
    known = values[np.isfinite(values) & (values != 0.0)]
    opposite = int(np.sum(known * study.default(result).mean < 0.0))
    return Elsewhere(opposite, known.size, values.size)


def turned_by(study: Study, place: int, result: int) -> tuple[int, int]:
    """Moves of a number that turn the sign of a result, and moves for which both signs are known."""
    before = study.at(Stage.start)[:, result]
    after = study.at(Stage.number, study.numbers[place].key)[:, result]
    known = np.isfinite(before) & np.isfinite(after)
    return int(np.sum(before[known] * after[known] < 0.0)), int(known.sum())


def turns(study: Study, result: int) -> list[Turn]:
    """Ends at which a result has the other sign than at the default, where that is clear from zero."""
    default = study.default(result)
    if not default.clear:
        return []
    found = []
    for place, number in enumerate(study.numbers):
        for stage in (Stage.low, Stage.high):
            if (stage, number.key) in study.index:
                there = study.end(stage, place, result)
                if there.mean * default.mean < 0.0:
                    found.append(Turn(result, place, stage, there))
    return found
