"""Tables of what the code declares: parameters, columns, levers, metrics, terms, streams, flows, rules."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from typing import Any

import numpy as np

from agents.base.columns import Kind
from agents.customer.choice import ATTENTION, CAUSES, TERMS
from agents.firm import EXPLOITATION, Firm
from agents.firm.levers import LEVERS
from agents.policies import FAMILIES
from docs.generate.everything import FIRMS, SHOCKS
from experiments.catalogue import digits, parameters
from sim import streams
from sim.ledger import FLOWS, SECTORS
from sim.metrics import METRICS
from sim.model import Reciprocity
from sim.parameters import Parameters

ROOT = Path(__file__).parents[2]

HEADLINES = (
    "annual_retention",
    "bought_again",
    "yearly_requirements_share",
    "retention",
    "first_year_stayed",
    "market_share",
    "market_share_trend",
    "faded_share",
    "delight_worn_off",
    "lost_by_baseline",
    "net_lost_to_rivals",
    "median_value_for_money",
    "double_share",
    "sustainable_equity",
    "joint_surplus",
    "inequality",
    "win_win_share",
    "misaligned_share",
)


def table(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Markdown of a table; bars inside cells become slashes."""
    cells = [list(headings)]
    cells += [["---"] * len(cells[0]), *([str(cell).replace("|", "/") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in cells)


def shown(value: Any) -> str:
    """A default as one writes it in a config."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def bound(number: float | None) -> str:
    """A bound, empty where there is none."""
    return "" if number is None or not np.isfinite(number) else digits(number)


def parameter_table() -> str:
    """Every key that can be set."""
    headings = ("key", "unit", "default", "least", "most", "meaning", "source")
    rows = []
    for row in parameters().values():
        meaning = f"{row.meaning}: {', '.join(row.choices)}" if row.choices else row.meaning
        numbers = (row.unit, shown(row.default), bound(row.low), bound(row.high))
        rows.append((f"`{row.key}`", *numbers, meaning, row.source))
    return table(headings, rows)


def column_tables() -> str:
    """Every number of every agent, a table a type."""
    parts = []
    for agent in Reciprocity.agent_classes:
        rows = []
        for name, column in agent.columns.items():
            bounds = (column.default, bound(column.low), bound(column.high))
            rows.append((f"`{name}`", column.kind, column.unit, *bounds, column.meaning))
        about = (getdoc(agent) or "").partition("\n")[0]
        headings = ("column", "kind", "unit", "default", "least", "most", "meaning")
        parts.append(f"## {agent.__name__}\n\n{about}\n\n{table(headings, rows)}")
    return "\n".join(parts)


def entity_table() -> str:
    """Types of agents, with how many numbers each has."""
    kinds: tuple[Kind, ...] = ("trait", "state", "flow", "link")
    rows = []
    for agent in Reciprocity.agent_classes:
        found = [column.kind for column in agent.columns.values()]
        about = (getdoc(agent) or "").partition("\n")[0]
        rows.append((agent.__name__, about, *(found.count(kind) for kind in kinds)))
    return table(("entity", "what it is", "traits", "states", "flows", "links"), rows)


def initial_table() -> str:
    """How many agents of each kind the default market begins with, and how long it runs."""
    p = Parameters()
    model = Reciprocity(p)
    rows: list[tuple[Any, ...]] = [
        (kind.__name__, f"{int(model.table(kind)['alive'].sum()):,}") for kind in Reciprocity.agent_classes
    ]
    rows += [
        ("customers of each firm", f"{p.population.customers // len(p.firms):,}"),
        ("months of burn-in", p.burn_in),
    ]
    return table(("what", "at the start of the default market"), rows)


def lever_table() -> str:
    """Every lever with what it costs and what it brings."""
    headings = ("lever", "kind", "cost", "benefit")
    pulls = ", ".join(f"`{lever.column}`" for lever in EXPLOITATION)
    note = f"\nA lever of exploitation is pulled as far as its column of temptation says: {pulls}.\n"
    return table(headings, [(f"`{lever.name}`", *lever[1:]) for lever in LEVERS]) + note


def option_table() -> str:
    """Every option of every family."""
    rows = [
        (family, f"`{option.name()}`", (getdoc(option) or "").partition("\n")[0])
        for family, options in FAMILIES.items()
        for option in options
    ]
    return table(("family", "option", "what it is"), rows)


def metric_table(names: Iterable[str] | None = None) -> str:
    """Every observable, or those named; those marked are columns of firms as they are."""
    headings = ("observable", "of a", "unit", "buying", "definition")
    chosen = METRICS.values() if names is None else [METRICS[name] for name in names]
    rows = [
        (
            f"`{m.name}`{' *' if m.name in Firm.columns else ''}",
            m.scope,
            m.unit,
            ", ".join(m.buying),
            m.meaning,
        )
        for m in chosen
    ]
    return table(headings, rows)


def headline_table() -> str:
    """The observables in whose definition something was chosen that matters most."""
    return metric_table(HEADLINES)


def term_table() -> str:
    """Every term of the decision to leave, and the cause under which it is counted."""
    rows = [
        (f"`{t.name}`", "reconsidering" if t.event == ATTENTION else "leaving", t.cause, t.meaning)
        for t in TERMS
    ]
    counted = {term.cause for term in TERMS}
    others = ", ".join(f"`{cause}`" for cause in CAUSES if cause not in counted)
    return (
        table(("term", "in", "cause", "what it is"), rows)
        + f"\nCauses without a term of their own: {others}.\n"
    )


def stream_table() -> str:
    """Every stream of chance and its number."""
    return table(("stream", "number"), [(name.lower(), number) for name, number in streams.NAMES.items()])


def flow_table() -> str:
    """The flow matrix over a year of a small market: who receives (+), who pays (-), who does both."""
    settings: dict[str, Any] = {"population.customers": 1500, "market.entrants": 1, "market.entry_rate": 1}
    model = Reciprocity(rng=1, firms=FIRMS, shocks=SHOCKS, **settings)
    model.run_for(13)
    flows = np.round(model.recording.flows, 6)
    signs = {(True, False): "+", (False, True): "-", (True, True): "+/-", (False, False): ""}
    received, paid = (flows > 0.0).any(axis=0), (flows < 0.0).any(axis=0)
    rows = [
        (flow.name, *(signs[bool(r), bool(p)] for r, p in zip(*row, strict=True)), flow.meaning)
        for flow, *row in zip(FLOWS, received, paid, strict=True)
    ]
    return table(("flow", *SECTORS, "what it is"), rows)


def rule_table() -> str:
    """Every rule: where it stands and the quantity that it returns."""
    rows = [
        (f"`{module}.{name}`", f"{', '.join(arguments)}", meaning)
        for module, name, arguments, meaning in rules()
    ]
    return table(("rule", "of", "what it returns"), rows)


def rules() -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Module, name, arguments and meaning of every compiled rule of the stakeholders."""
    for path in sorted((ROOT / "agents").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "base" in parts or parts[-1] == "__init__":
            continue
        module = import_module(".".join(parts))
        for name, value in vars(module).items():
            rule = getattr(value, "py_func", None)
            if rule is not None and rule.__module__ == module.__name__ and not name.startswith("_"):
                arguments = rule.__code__.co_varnames[: rule.__code__.co_argcount]
                yield ".".join(parts[1:]), name, arguments, (getdoc(rule) or "").partition("\n")[0]
