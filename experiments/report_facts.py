"""What a run showed, as numbers and short phrases that sentences are made of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from experiments.figures.chart import last_year, listed, of_hundred
from experiments.figures.shares import flows, shares
from experiments.figures.story import Story

SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
CLEAR_LEAD = 0.02  # of all customers, below which two firms count as even
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Facts:
    """What can be said of a story."""

    story: Story

    @property
    def names(self) -> list[str]:
        """The firms."""
        return self.story.names

    @cached_property
    def customers(self) -> np.ndarray:
        """Customers of each firm in the last month."""
        return self.story.total("customers")[-1]

    @cached_property
    def share(self) -> np.ndarray:
        """Share of all customers with each firm: (months, firms)."""
        return shares(self.story)

    @cached_property
    def living(self) -> list[int]:
        """Firms that have customers in the last month."""
        return [int(k) for k in np.flatnonzero(self.customers > 0.0)]

    @cached_property
    def winner(self) -> int | None:
        """The firm with clearly most customers in the last month, if any."""
        order = np.argsort(-self.customers, kind="stable")
        ahead = self.share[-1][order[0]] - (self.share[-1][order[1]] if order.size > 1 else 0.0)
        return int(order[0]) if self.living and ahead >= CLEAR_LEAD else None

    @cached_property
    def profit(self) -> np.ndarray:
        """Profit before tax of each firm over the last year, as far as it goes (coins)."""
        return last_year(self.story.total("profit"))[-1]

    @cached_property
    def richest(self) -> int | None:
        """The firm with the largest profit of the last year; none where no firm earned anything."""
        found = np.where(self.customers > 0.0, self.profit, -np.inf)
        return int(np.argmax(found)) if self.living and found.max() > 0.0 else None

    def value(self, metric: str) -> np.ndarray:
        """A number of every firm in the last month; NaN where it is not defined."""
        return self.story.last(metric)

    def mean_of_year(self, metric: str) -> np.ndarray:
        """Mean of a number of every firm over the last year, months without customers left out."""
        values = self.story.firm(metric)[-12:]
        known = np.isfinite(values)
        sums = np.where(known, values, 0.0).sum(axis=0)
        return np.divide(sums, known.sum(axis=0), out=np.full(sums.size, np.nan), where=known.any(axis=0))

    def rank(self, values: np.ndarray, firm: int) -> str:
        """The place of a firm among those with a known value, the largest first, in words."""
        known = np.isfinite(values)
        if not known[firm] or known.sum() < 2:
            return ""
        place = int((values[known] > values[firm]).sum())
        if place == 0:
            return "more than anybody else"
        if place == known.sum() - 1:
            return "less than anybody else"
        return f"{PLACES[place]} of {in_words(int(known.sum()))}" if place < len(PLACES) else ""

    @cached_property
    def flows(self) -> np.ndarray:
        """Customers who went from firm (row) to firm or, last, nobody (column)."""
        return flows(self.story)

    def net_gains(self, firm: int) -> list[tuple[str, int]]:
        """From which firms a firm won more customers than it lost to them, the largest first."""
        moved = self.flows[:, :-1]
        net = moved[:, firm] - moved[firm]
        order = np.argsort(-net, kind="stable")
        return [(self.names[k], int(net[k])) for k in order if net[k] > 0]


def in_words(number: int) -> str:
    """A small number in words."""
    return SMALL_NUMBERS[number] if number < len(SMALL_NUMBERS) else f"{number:,}"


def coins(value: float) -> str:
    """An amount of money, rounded as one says it."""
    digits = 3 if abs(value) >= 100_000 else 2 if abs(value) >= 10_000 else 1 if abs(value) >= 1_000 else 0
    return f"{round(value, -digits) + 0.0:,.0f} coins"


def duration(months: int) -> str:
    """A time, in years where it is whole years."""
    if months % 12 == 0 and months:
        years = months // 12
        return f"{in_words(years)} year{'s' * (years != 1)}"
    return f"{in_words(months)} month{'s' * (months != 1)}"


__all__ = ["Facts", "coins", "duration", "in_words", "listed", "of_hundred"]
