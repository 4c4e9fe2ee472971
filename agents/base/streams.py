"""Chance, addressed: every draw is a function of where it is used, never of what was drawn before.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, doi 10.1145/2063384.2063405).
Its key is the seed, its counter the address (number of the agent, clock, stream, block); one
block gives four uniforms. Two runs that differ only in a policy therefore meet the same people
with the same luck, whatever else they draw, in whatever order, on however many threads.
"""

from typing import Any

import numpy as np

from agents.base.compile import inlined, loop, loop_with_room, part, rule

MASK = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
BLOCKS = np.uint64(1 << 16)
STEP = 2.0**-32
AT_ONCE = 32  # agents whose draws a loop takes at a time: few enough that their records stay near


def _philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """One block of Philox4x32-10: four 32-bit words (as uint64) of a 128-bit counter and a 64-bit key."""
    for _ in range(10):
        p0 = MULTIPLIER_0 * c0
        p1 = MULTIPLIER_1 * c2
        c0, c2 = (p1 >> HALF) ^ c1 ^ k0, (p0 >> HALF) ^ c3 ^ k1
        c1, c3 = p1 & MASK, p0 & MASK
        k0 = (k0 + WEYL_0) & MASK
        k1 = (k1 + WEYL_1) & MASK
    return c0, c1, c2, c3


philox = rule(_philox)
_philox_within_a_loop = inlined(_philox)


@rule
def uniforms(seed: Any, stream: Any, clock: Any, number: Any, block: Any) -> Any:
    """Four uniforms in (0, 1) at an address.

    ``number`` is the agent's number within its type, up to 2**63; ``block`` selects further
    groups of four within a stream, up to 65,536.
    """
    who, key = np.uint64(number), np.uint64(seed)
    place = np.uint64(stream) * BLOCKS + np.uint64(block)
    a, b, c, d = philox(who & MASK, who >> HALF, np.uint64(clock), place & MASK, key & MASK, key >> HALF)
    return (a + 0.5) * STEP, (b + 0.5) * STEP, (c + 0.5) * STEP, (d + 0.5) * STEP


@loop
def fill(seed: Any, stream: Any, clock: Any, numbers: Any, block: Any, out: Any) -> None:
    """Fill ``out`` (4, at least as many as numbers) with the uniforms of one block for every number.

    Numbers side by side in memory are drawn for several at once: seven times as fast as one by one.
    """
    key, place = np.uint64(seed), np.uint64(stream) * BLOCKS + np.uint64(block)
    k0, k1, when, where = key & MASK, key >> HALF, np.uint64(clock), place & MASK
    for i in range(numbers.size):
        who = np.uint64(numbers[i])
        a, b, c, d = _philox_within_a_loop(who & MASK, who >> HALF, when, where, k0, k1)
        out[0, i], out[1, i] = (np.float64(a) + 0.5) * STEP, (np.float64(b) + 0.5) * STEP
        out[2, i], out[3, i] = (np.float64(c) + 0.5) * STEP, (np.float64(d) + 0.5) * STEP


@part
def of_one(luck: Any, place: Any) -> Any:
    """The four uniforms of one of those for whom they were filled in."""
    return luck[0, place], luck[1, place], luck[2, place], luck[3, place]


@loop_with_room
def gather(numbers: Any, start: Any, stop: Any, out: Any) -> Any:
    """The numbers of rows ``start`` to ``stop`` side by side, in the first places of ``out``."""
    for i in range(start, stop):
        out[i - start] = numbers[i]
    return out[: stop - start]


def draw(seed: int, stream: int, clock: int, numbers: np.ndarray, block: int = 0) -> np.ndarray:
    """The uniforms (rows, 4) of many agents at one address, as an array."""
    out = np.empty((4, numbers.size))
    fill(np.int64(seed), np.int64(stream), np.int64(clock), numbers.astype(np.int64), np.int64(block), out)
    return out.T
