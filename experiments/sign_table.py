"""The sign table: what follows when one policy changes, with its size beside the prototype's.

``reciprocity sign-table`` writes it; ten seeds of the default market take a few minutes.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from agents.policies import Mode
from experiments.comparing import percents
from experiments.folder import write_whole
from experiments.keeping import STORE, Worlds, worlds_of
from experiments.questions.bases import settled_policies
from experiments.sign_reasons import REASONS, VARIANTS, all_arms
from experiments.sign_rows import PARTING, ROWS, YEARS, Cell, Outcome, Row
from experiments.worlds import Plan, World, plan_of

NOISE = 2.0
"""Standard errors below which an effect is not told from zero."""
FACTOR = 2.0
"""Ratio of sizes beyond which two effects are flagged."""


class Agreement(StrEnum):
    """How an effect compares with the prototype's."""

    unknown = "cannot be told"
    same = ""
    size = "size"
    sign = "SIGN"


class Comparison(NamedTuple):
    """One cell of the table."""

    ours: Cell
    prototype: Cell
    agreement: Agreement


class Line(NamedTuple):
    """One outcome of one change in all years."""

    row: Row
    outcome: Outcome
    cells: tuple[Comparison, ...]

    @property
    def flagged(self) -> bool:
        """Whether any year differs from the prototype."""
        return any(cell.agreement in (Agreement.size, Agreement.sign) for cell in self.cells)

    @property
    def untold(self) -> bool:
        """Whether any year cannot be compared with the prototype."""
        return any(cell.agreement is Agreement.unknown for cell in self.cells)


def plan(**base: Any) -> Plan:
    """All changes, each in a world of its own from month 24 on."""
    needs = {name for row in ROWS for outcome in row.outcomes for name in outcome.needs}
    settled = settled_policies("focal", Mode.reciprocity)
    return plan_of({**settled, **base}, all_arms(), PARTING, PARTING + 12 * max(YEARS), sorted(needs))


def agreement(ours: Cell, prototype: Cell) -> Agreement:
    """Whether two effects agree in sign and, within a factor of two, in size; noise is no disagreement.

    Where an effect or its error is no number, nothing can be told.
    """
    if not np.isfinite([*ours, *prototype]).all():
        return Agreement.unknown
    (mean, error), (other, other_error) = ours, prototype
    if abs(mean - other) <= NOISE * float(np.hypot(error, other_error)):
        return Agreement.same
    clear = abs(mean) > NOISE * error and abs(other) > NOISE * other_error
    if clear and mean * other < 0.0:
        return Agreement.sign
    large, small = max(abs(mean), abs(other)), min(abs(mean), abs(other))
    return Agreement.size if large > FACTOR * small else Agreement.same


def cell(
    outcome: Outcome, firm: int, year: int, changed: Sequence[World], unchanged: Sequence[World]
) -> Cell:
    """Mean effect over seeds and its standard error.

    Per cent are those of the mean unchanged world, whatever its sign, and their error is that of a ratio
    of means: a seed in which next to nothing is left, such as profit of a dying firm, has no
    say of its own. Of a mean of nothing there are no per cent.
    """
    months = slice(PARTING + 12 * (year - 1), PARTING + 12 * year)
    new = np.array([outcome.yearly(world, firm, months) for world in changed])
    old = np.array([outcome.yearly(world, firm, months) for world in unchanged])
    effects = new - old
    if outcome.relative:
        if old.mean() == 0.0:
            return np.nan, np.nan
        effects = percents(effects, old)
    error = effects.std(ddof=1) / np.sqrt(effects.size) if effects.size > 1 else np.nan
    return float(effects.mean()), float(error)


def lines(worlds: Worlds) -> list[Line]:
    """Every row of the table."""
    names = worlds["unchanged"][0].names
    return [
        Line(row, outcome, compared(outcome, names.index(row.firm), worlds[row.arm], worlds[row.base]))
        for row in ROWS
        for outcome in row.outcomes
    ]


def variant_lines(worlds: Worlds) -> dict[str, list[Line]]:
    """The rows looked into, with the mechanism off that the prototype lacked."""
    names = worlds["unchanged"][0].names
    found: dict[str, list[Line]] = {}
    for variant in VARIANTS:
        for row in variant.rows:
            changed, unchanged = (worlds[variant.name(arm)] for arm in (row.arm, row.base))
            for outcome in row.outcomes:
                cells = compared(outcome, names.index(row.firm), changed, unchanged)
                found.setdefault(variant.says, []).append(Line(row, outcome, cells))
    return found


def compared(
    outcome: Outcome, firm: int, changed: Sequence[World], unchanged: Sequence[World]
) -> tuple[Comparison, ...]:
    """One outcome in all years, beside the prototype."""
    found = [cell(outcome, firm, year, changed, unchanged) for year in YEARS]
    pairs = zip(found, outcome.prototype, strict=True)
    return tuple(Comparison(ours, other, agreement(ours, other)) for ours, other in pairs)


def shown(value: Cell) -> str:
    """A mean and its standard error."""
    mean, error = value
    return f"{mean:+.3g} ± {error:.2g}"


def text(table: Sequence[Line], variants: dict[str, list[Line]], seeds: int) -> str:
    """The table as a page."""
    flagged = [line for line in table if line.flagged]
    wrong = [line for line in table if any(cell.agreement is Agreement.sign for cell in line.cells)]
    head = [
        "# What follows when one policy changes",
        "",
        f"Generated by `reciprocity sign-table` ({seeds} seeds). In the default market one policy of one "
        f"firm changes at month {PARTING}; the same world goes on unchanged beside it, with the same people "
        "and the same luck. Each cell: mean effect over the seeds ± its standard error, in units or in per "
        "cent of the unchanged run, in that year after the change; below it, in italics, what a throw-away "
        "prototype of the same equations showed (6,000 customers; coins scaled to this market's firms). "
        "The focal firm's policies are set one by one, so that its mode does not develop: the prototype had "
        "no stages.",
        "",
        f"**SIGN**: the signs differ, both told from zero. **size**: sizes differ by more than a factor of "
        f"{FACTOR:g} and by more than noise. {len(flagged)} of {len(table)} rows are flagged in some year, "
        f"{len(wrong)} of them by sign. **{Agreement.unknown}**: an effect or its error is no number, as "
        f"where the firm is gone; rows with such a year: {sum(line.untold for line in table)}.",
        "",
    ]
    body = [*head, *rendered(table), "", "## Where it differs, and why", "", *(f"- {why}" for why in REASONS)]
    for says, part in variants.items():
        body += ["", f"With a mechanism off that the prototype lacked: {says}.", "", *rendered(part)]
    return "\n".join(body) + "\n"


def rendered(table: Sequence[Line]) -> list[str]:
    """Lines as a table."""
    head = [
        f"| change | outcome | {' | '.join(f'year {year}' for year in YEARS)} |",
        f"|---|---|{'---|' * len(YEARS)}",
    ]
    pairs = zip([None, *table], table, strict=False)
    return head + [_row(line, before) for before, line in pairs]


def _row(line: Line, before: Line | None) -> str:
    change = "" if before is not None and before.row is line.row else line.row.change
    cells = [
        f"{shown(each.ours)}{f' **{each.agreement}**' if each.agreement else ''}<br>*{shown(each.prototype)}*"
        for each in line.cells
    ]
    return f"| {change} | {line.outcome.name} | {' | '.join(cells)} |"


def write(
    path: Path,
    *,
    seeds: int = 10,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> list[Line]:
    """Run what is missing and write the page."""
    worlds = worlds_of(plan(), range(1, seeds + 1), store=store, workers=workers, force=force, say=say)
    table = lines(worlds)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text(table, variant_lines(worlds), seeds))
    return table


if __name__ == "__main__":
    import sys

    from experiments.cli import main

    sys.exit(main(["sign-table", *sys.argv[1:]]))
