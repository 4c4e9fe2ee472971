"""Lists of what there is, from where it is declared: for the screen, and as Markdown for the docs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from importlib.resources import files
from typing import Any, NamedTuple

from experiments.errors import BadInputError


class Table(NamedTuple):
    """A list of things: headings, and a row a thing."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def parameters() -> Table:
    """Every key that can be set."""
    from experiments import catalogue  # noqa: PLC0415

    headings = ("key", "meaning", "default", "allowed", "source")
    rows = [
        (row.key, row.meaning, shown(row.default), row.allowed, row.source)
        for row in catalogue.parameters().values()
    ]
    return Table(headings, rows)


def policies() -> Table:
    """Every option of every family, with the parameters that it has."""
    from agents.policies import FAMILIES  # noqa: PLC0415

    def settings(option: Any) -> str:
        default = option()
        return ", ".join(f"{f.name} {shown(getattr(default, f.name))}" for f in fields(option))

    rows = [
        (family, option.name(), option.meaning(), settings(option))
        for family, options in FAMILIES.items()
        for option in options
    ]
    return Table(("family", "option", "meaning", "parameters"), rows)


def levers() -> Table:
    """Every lever: what it costs, and what it brings."""
    from agents.firm.levers import LEVERS  # noqa: PLC0415

    rows = [(lever.name, lever.kind, lever.cost, lever.benefit) for lever in LEVERS]
    return Table(("lever", "kind", "cost", "benefit"), rows)


def metrics() -> Table:
    """Every quantity that is observed each month."""
    from sim.metrics import METRICS  # noqa: PLC0415

    rows = [(m.name, m.unit, m.scope, ", ".join(m.buying), m.meaning) for m in METRICS.values()]
    return Table(("metric", "unit", "of a", "buying", "meaning"), rows)


def experiments() -> Table:
    """Every preset that can be chosen on the command line."""
    from experiments.compose import GROUPS  # noqa: PLC0415

    unlike = ("industry=unlike", "The five unlike firms of the default market.", "default")
    rows = [unlike, *(row for group in reversed(GROUPS) for row in presets(group))]
    return Table(("preset", "meaning", "sets"), rows)


def presets(group: str) -> Iterator[tuple[str, str, str]]:
    """The presets of a group: how to choose one, what its first lines say, where it writes."""
    found = [path for path in (files("configs") / group).iterdir() if path.name.endswith(".yaml")]
    for path in sorted(found, key=lambda path: path.name):
        comments = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                break
            comments.append(line.removeprefix("#").strip())
        package = next((c.split()[1] for c in comments if c.startswith("@package")), group)
        said = " ".join(c for c in comments if not c.startswith("@"))
        yield f"{group}={path.name.removesuffix('.yaml')}", said, package.replace("_global_", "any key")


def columns() -> Table:
    """Every number of every agent."""
    from sim.model import Reciprocity  # noqa: PLC0415

    rows = [
        (f"{agent.__name__}.{name}", column.kind, column.unit, column.allowed, column.meaning)
        for agent in Reciprocity.agent_classes
        for name, column in agent.columns.items()
    ]
    return Table(("column", "kind", "unit", "bounds", "meaning"), rows)


def causes() -> Table:
    """Every cause of leaving, with the terms that are counted under it."""
    from agents.customer.choice import CAUSES, TERMS  # noqa: PLC0415

    terms: dict[str, str] = {}
    for term in TERMS:
        line = f"{term.name.replace('_', ' ')} ({term.meaning})"
        terms[term.cause] = f"{terms[term.cause]}; {line}" if term.cause in terms else line
    rows = [(cause, terms.get(cause) or OTHER_CAUSES.get(cause, "")) for cause in CAUSES]
    return Table(("cause", "what is counted under it"), rows)


OTHER_CAUSES = {
    "employee_left": "the employee to whom the customer was attached left the firm",
    "several": "only two or more causes together made the customer leave",
    "moved_away": "the customer left the market",
    "firm_gone": "the firm closed, or all its customers were taken: no decision of theirs",
}

TOPICS: dict[str, Callable[[], Table]] = {
    "parameters": parameters,
    "policies": policies,
    "levers": levers,
    "metrics": metrics,
    "experiments": experiments,
    "columns": columns,
    "causes": causes,
}


def shown(value: Any) -> str:
    """A default as one writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def markdown(table: Table) -> str:
    """A table as Markdown."""
    rows = [table.headings, tuple("---" for _ in table.headings), *table.rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows) + "\n"


def show(topic: str, search: str = "", *, as_markdown: bool = False) -> None:
    """Print the table of a topic, or the rows in whose name something stands."""
    table = TOPICS[topic]()
    named = 2 if topic == "policies" else 1
    rows = [row for row in table.rows if search in ".".join(row[:named])]
    if not rows:
        raise BadInputError(f"{search}: no {topic} of this name; reciprocity describe {topic} lists all")
    found = table._replace(rows=rows)
    if as_markdown:
        print(markdown(found), end="")
    else:
        print_table(found)


def print_table(table: Table, title: str | None = None, *, numbers: bool = False) -> None:
    """Print a table, as wide as the terminal or, elsewhere, as 140 characters; numbers are not broken."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    drawn = Drawn(box=None, pad_edge=False)
    for heading in table.headings:
        if numbers and drawn.columns:
            drawn.add_column(heading.replace(" ", "\n"), no_wrap=True, justify="right")
        else:
            drawn.add_column(heading, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(cell) for cell in row))
    if title is not None:
        console.print(f"\n{title}", highlight=False)
    console.print(drawn)
