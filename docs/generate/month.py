"""The month as tables: the order, and who reads and writes what."""

import json
import os
import subprocess
import sys
from collections import defaultdict

from agents.base.agent import ColumnAgent
from docs.generate.tables import ROOT, table
from sim.model import Reciprocity
from sim.schedule import MONTH

TYPES: dict[str, type[ColumnAgent]] = {kind.__name__: kind for kind in Reciprocity.agent_classes}
MOST = 0.6  # share of a type's columns from which those written are not named one by one


def order_table() -> str:
    """The month, one event a line."""
    rows = [(event.heading, event.happens, f"`{event.does.__name__}`") for event in MONTH]
    return table(("step", "what happens", "event"), rows)


def access_sections() -> str:
    """Each event with the columns that it reads and writes."""
    parts = []
    for event, (reads, writes) in zip(MONTH, watched(), strict=True):
        rows = [("reads", in_words(reads)), ("writes", in_words(writes, written=True))]
        heading = f"## {event.heading}: {event.happens}"
        where = f"`{event.does.__module__}.{event.does.__name__}`"
        parts.append(f"{heading}\n\n{where}\n\n{table(('', 'columns'), rows)}")
    return "\n".join(parts)


def watched() -> list[tuple[list[str], list[str]]]:
    """Reads and writes of each event, watched in a process of its own that compiles nothing."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-m", "docs.generate.watching"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise RuntimeError(f"watching the month failed:\n{found.stderr}")
    return [(list(reads), list(writes)) for reads, writes in json.loads(found.stdout)]


def in_words(names: list[str], *, written: bool = False) -> str:
    """Columns by type; where most of a type's columns or flows are written, that is said instead."""
    by_type = defaultdict(list)
    for name in names:
        kind, _, column = name.partition(".")
        by_type[kind].append(column)
    told = [f"{kind}: {_named(kind, by_type[kind], written)}" for kind in TYPES if kind in by_type]
    return "; ".join(told) or "-"


def _named(kind: str, names: list[str], written: bool) -> str:
    columns = TYPES[kind].columns
    flows = {name for name, column in columns.items() if column.kind == "flow"}
    if written and len(names) > 12:
        if set(names) <= flows and len(names) > MOST * len(flows):
            return "every flow, to its default"
        if len(names) > MOST * len(columns):
            return "a new one's every column"
    return ", ".join(f"`{name}`" for name in names)


def unread() -> tuple[list[str], list[str]]:
    """Columns that no event read, and that no event wrote, in the year that was watched."""
    seen = watched()
    read = {name for reads, _ in seen for name in reads}
    wrote = {name for _, writes in seen[2:] for name in writes}
    every = [f"{kind}.{name}" for kind, agent in TYPES.items() for name in agent.columns]
    return [name for name in every if name not in read], [name for name in every if name not in wrote]
