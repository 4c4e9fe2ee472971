"""The gallery: what every option, lever, switch and shock does to one firm, in worlds with the same luck.

``python -m experiments.gallery`` runs all worlds and writes ``docs/gallery.md`` with its figures. A
base world, the default market, is run for two years under the firms' policies; then a copy of it goes
on with one thing changed, and what the treated firm shows is set against the base world.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from agents import Firm
from agents.firm import EXPLOITATION, SERVICE_LEVERS
from agents.policies import FAMILIES, chosen
from agents.policies.entry import MODES
from experiments.arguments import too_small
from experiments.run import say_line
from experiments.sharing import compiled, results
from sim import Parameters, Reciprocity, Record
from sim.shocks import ShockKind
from sim.switches import Switches

PARTING, MONTHS = 24, 60
PLAIN = "steady"
"""The firm to which options and levers are given: its policies are neutral but for one, and no consensus
of its stakeholders vetoes a change."""
RAISED = {"contribution": 1.0, "advertising": 0.04}
"""By how much a lever of service is raised where it is not 0.4."""
STRUCK = (ShockKind.scandal, ShockKind.star_leaves, ShockKind.desertion)
"""Shocks that strike one firm; the others strike the market."""
MEASURES = ("kept", "value", "profit")


@dataclass(frozen=True)
class Item:
    """One thing changed in one firm, or in the market.

    Attributes
    ----------
    group, name : str
        Under which heading it stands, and what it is called there.
    firm : str
        The firm that is looked at.
    changes : dict
        What the copy changes, by dotted key.
    pulled : str
        The temptation of that firm that is set to full pull before every month, if any.
    base : dict
        What already the base world changes.
    """

    group: str
    name: str
    firm: str = "focal"
    changes: Mapping[str, Any] = field(default_factory=dict)
    pulled: str = ""
    base: Mapping[str, Any] = field(default_factory=dict)


class Effect(NamedTuple):
    """Differences from the base world: one array, (seeds, months), a measure."""

    kept: np.ndarray
    value: np.ndarray
    profit: np.ndarray


def items() -> list[Item]:
    """Everything in the gallery, by group."""
    return [*modes(), *options(), *levers(), *exploitation(), *switches(), *shocks()]


def modes() -> Iterator[Item]:
    """Every mode but the one that the focal firm has."""
    entry = Parameters().firms["focal"]
    for mode in MODES:
        if mode != entry.mode:
            yield Item("mode", str(mode), changes={"firms": {"focal": {"mode": str(mode)}}})


def options() -> Iterator[Item]:
    """Every option of every family, given to the plain firm, or to another if it follows it already."""
    entries = Parameters().firms
    for family, found in FAMILIES.items():
        for option in found:
            names = [PLAIN, *(name for name in entries if name != PLAIN)]
            without = [name for name in names if chosen(entries[name], family) != option.name()]
            if without:
                change = {"firms": {without[0]: {family: option.name()}}}
                yield Item(family, option.name(), without[0], change)


def levers() -> Iterator[Item]:
    """Every lever of service, raised above what the plain firm does already."""
    market = Reciprocity(Parameters().changed(**{"population.customers": 50, "burn_in": 0}))
    market.take_effect()
    for lever in SERVICE_LEVERS:
        level = float(getattr(market.firms[PLAIN], lever))
        raised = level + RAISED.get(lever, 0.4)
        raised = raised if lever == "contribution" else min(raised, 0.5 if lever == "advertising" else 1.0)
        name = f"{lever} {level:g} to {raised:g}"
        yield Item("levers of service", name, PLAIN, {"firms": {PLAIN: {"levers": {lever: raised}}}})


def exploitation() -> Iterator[Item]:
    """Every lever of exploitation, at the plain firm without the fairness that forbids some of them."""
    free = {"firms": {PLAIN: {"fairness": "shareholder_primacy", "restraint": 0.4}}}
    for lever in EXPLOITATION:
        name = lever.column.removesuffix("_temptation")
        yield Item("levers of exploitation", name, PLAIN, pulled=lever.column, base=free)


def switches() -> Iterator[Item]:
    """Every mechanism switched off, for all firms."""
    for switch in fields(Switches):
        yield Item("switches off", switch.name, changes={f"switches.{switch.name}": False})


def shocks() -> Iterator[Item]:
    """Every shock, half a year after the worlds part."""
    for kind in ShockKind:
        told = {"kind": str(kind), "month": PARTING + 6, "firm": "focal" if kind in STRUCK else None}
        room = {"market.entrants": 1, "market.entry_rate": 0.0} if kind == ShockKind.entrant else {}
        yield Item("shocks", str(kind), changes={"shocks": {str(kind): told}}, base=room)


def measured(model: Reciprocity, firm: str) -> np.ndarray:
    """What is looked at of a firm: (measures, months), from the parting on.

    Customers kept over twelve months (share), median R, profit over twelve months (coins a month); the
    first year is filled up with months before the parting.
    """
    kept, k = model.recording, model.firm_names.index(firm)
    lost, size, gone = (kept.firm(name)[:, k] for name in ("lost", "customers", "moved_away"))
    rate = np.divide(lost, size - gone, out=np.zeros_like(lost), where=size > gone)
    year = np.ones(12)
    staying = np.exp(np.convolve(np.log(np.maximum(1.0 - rate, 1e-9)), year)[: rate.size])
    profit = np.convolve(kept.firm("profit")[:, k], year / 12.0)[: rate.size]
    value = np.convolve(kept.firm("median_value_for_money")[:, k], np.ones(3) / 3.0)[: rate.size]
    found = np.array([staying, value, profit])
    found[:, size <= 0.0] = np.nan
    return found[:, PARTING:]


def treated(base: Reciprocity, item: Item, months: int) -> Reciprocity:
    """The copy of a base world in which one thing is changed."""
    model = base.fork(**item.changes)
    if not item.pulled:
        model.run_for(months)
        return model
    pull(model, item)
    model.run_for(months, lambda running: pull(running, item))
    return model


def pull(model: Reciprocity, item: Item) -> None:
    """Set a temptation to full pull; managers move it again when they next set terms."""
    model.table(Firm)[item.pulled][model.firm_names.index(item.firm)] = 1.0


class Job(NamedTuple):
    """The worlds of one seed."""

    seed: int
    customers: int
    months: int
    wanted: tuple[Item, ...]


def differences(job: Job) -> np.ndarray:
    """What each item changes: (items, measures, months)."""
    out, trunks = [], {}
    for item in job.wanted:
        key = repr(sorted(item.base.items()))
        if key not in trunks:
            told = Parameters().changed(**{"population.customers": job.customers, **item.base})
            trunk = Reciprocity(told, rng=job.seed, record=Record(leavers=False, flows=False))
            trunk.run_for(PARTING)
            alone = trunk.fork()
            alone.run_for(job.months)
            trunks[key] = trunk, alone
        trunk, alone = trunks[key]
        out.append(measured(treated(trunk, item, job.months), item.firm) - measured(alone, item.firm))
    return np.array(out)


def carry_out(job: Job) -> tuple[int, np.ndarray]:
    """The differences of a job, with its seed."""
    return job.seed, differences(job)


def effects(
    wanted: Sequence[Item],
    *,
    seeds: int,
    customers: int,
    months: int = MONTHS,
    workers: int = 2,
    say: Callable[[str], None] = say_line,
) -> list[Effect]:
    """The effect of each item, in as many worlds as there are seeds."""
    compiled(say)
    jobs = [Job(seed, customers, months, tuple(wanted)) for seed in range(1, seeds + 1)]
    found: dict[int, np.ndarray] = {}
    for seed, result in results(jobs, workers, carry_out, say):
        say(f"  seed {seed} done ({len(found) + 1} of {seeds})")
        found[seed] = result
    by_item = np.array([found[job.seed] for job in jobs]).transpose(
        1, 2, 0, 3
    )  # items, measures, seeds, months
    return [Effect(*measures) for measures in by_item]


def arguments() -> Namespace:
    """What the command line says."""
    parser = ArgumentParser("python -m experiments.gallery", description=__doc__)
    parser.add_argument("--seeds", type=int, default=4, help="pairs of worlds for each item")
    parser.add_argument("--customers", type=int, default=1500, help="customers in each world")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder to write to")
    given = parser.parse_args()
    if wrong := too_small(given, {"seeds": 1, "customers": 100, "workers": 1}):
        parser.error("; ".join(wrong))
    return given


def main() -> None:
    """Run all worlds, draw all sheets, write the page."""
    from experiments.gallery_page import write  # noqa: PLC0415 - worker processes do not draw

    given = arguments()
    wanted = items()
    say_line(f"{len(wanted)} changes, each in {given.seeds} pairs of worlds of {given.customers:,} customers")
    found = effects(wanted, seeds=given.seeds, customers=given.customers, workers=given.workers)
    about = f"{given.seeds} pairs of worlds with {given.customers:,} customers"
    say_line(f"written: {write(given.docs, wanted, found, about)}")


if __name__ == "__main__":
    main()
