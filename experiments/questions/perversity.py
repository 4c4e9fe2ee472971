"""Coins of value that each coin of bonus destroys: the index of ``sim.metrics`` for a question's worlds."""

from collections.abc import Sequence

import numpy as np

from experiments.question import Answer
from experiments.worlds import World
from sim.metrics.perversity import NEEDS, bonus_paid, lost_per_coin

__all__ = ["LOOK_AHEADS", "NEEDS", "bonus", "firm_perversity", "of_arms", "perversity"]
LOOK_AHEADS = (12, 24, 48)


def bonus(world: World, firms: Sequence[int]) -> np.ndarray:
    """Bonus of staff and management every month, without shares of the surplus."""
    return np.asarray(bonus_paid(world.series.__getitem__)[:, list(firms)].sum(axis=1))


def perversity(scheme: World, plain: World, firms: Sequence[int], parting: int, months: int) -> float:
    """Coins of value lost to all sides per coin of bonus within ``months`` after the parting."""
    return _index(scheme, plain, firms, parting, months, narrow=False)


def firm_perversity(scheme: World, plain: World, firms: Sequence[int], parting: int, months: int) -> float:
    """The narrow index: the firm's profit after bonus and its plain customer equity, undiscounted."""
    return _index(scheme, plain, firms, parting, months, narrow=True)


def _index(
    scheme: World, plain: World, firms: Sequence[int], parting: int, months: int, *, narrow: bool
) -> float:
    pair = (scheme.series.__getitem__, plain.series.__getitem__)
    return lost_per_coin(*pair, list(firms), slice(parting, parting + months), narrow=narrow)


def of_arms(answer: Answer, scheme: str, plain: str, months: int, *, narrow: bool = False) -> np.ndarray:
    """Perversity of one arm against another: one number a seed."""
    index = firm_perversity if narrow else perversity
    firms, parting = answer.firms("focal"), answer.question.parting
    pairs = zip(answer.of(scheme), answer.of(plain), strict=True)
    return np.array([index(with_, without, firms, parting, months) for with_, without in pairs])
