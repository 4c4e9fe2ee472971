"""Time the model: `python -m benchmarks`, or `make bench`; a table on the screen, and JSON."""

import json
import os
import platform
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import page
from benchmarks.page import shown
from benchmarks.parts import HOME, PARTS, Details, Row

DEFAULT = tuple(name for name in PARTS if name != "huge")


def given(arguments: list[str] | None = None) -> Namespace:
    """Return what was asked for."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--huge", action="store_true", help="ten million customers for a year as well")
    parser.add_argument("--out", type=Path, default=HOME / "outputs" / "bench.json", help="file of results")
    parser.add_argument("--page", type=Path, help="only write this page of the docs from the file of results")
    chosen = parser.parse_args(arguments)
    if unknown := [part for part in chosen.parts if part not in PARTS]:
        parser.error(f"no part {', '.join(unknown)}; parts: {', '.join(PARTS)}")
    chosen.parts = chosen.parts or list(DEFAULT)
    chosen.parts += ["huge"] if chosen.huge and "huge" not in chosen.parts else []
    return chosen


def machine() -> dict[str, Any]:
    """Return on what the figures were taken, and how busy it was."""
    packages = ("numpy", "numba", "llvmlite", "mesa", "scipy", "polars", "matplotlib")
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HOME, capture_output=True, text=True, check=False
    )
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "load_before": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in packages},
        "revision": revision.stdout.strip(),
    }


def processor() -> str:
    """Return the processor's name."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def table_of(rows: list[Row], about: dict[str, Any]) -> Table:
    """Return the figures as a table."""
    title = f"{about['processor']}, {about['cores']} cores, Python {about['python']}, {about['revision']}"
    clocks = "seconds of a core, but of the wall clock where it says so and for two threads"
    table = Table(title=title, caption=f"load before: {about['load_before']:.1f}; {clocks}")
    for heading in ("part", "what"):
        table.add_column(heading)
    table.add_column("figure", justify="right")
    for heading in ("unit", "aim", "met", "beside it"):
        table.add_column(heading)
    for row in rows:
        met = {True: "yes", False: "[red]no[/red]", None: ""}[row.met]
        table.add_row(row.part, row.what, shown(row.value), row.unit, row.aim, met, row.beside)
    return table


def events_table(events: dict[int, dict[str, float]], least: float = 0.01) -> Table:
    """Return which events the month goes to, by number of customers."""
    sizes = sorted(events)
    table = Table(title="share of the month by event, one thread, seconds of a core")
    table.add_column("event")
    for size in sizes:
        table.add_column(f"{size:,} customers", justify="right")
    totals = {size: sum(events[size].values()) for size in sizes}
    names = dict.fromkeys(name for size in sizes for name in events[size])
    for name in names:
        shares = [events[size].get(name, 0.0) / totals[size] for size in sizes]
        if max(shares) >= least:
            table.add_row(name, *(f"{share:.1%}" for share in shares))
    table.add_row("the whole month, ms", *(f"{totals[size] * 1e3:,.2f}" for size in sizes))
    return table


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, write; the exit status says whether every part could be measured."""
    chosen = given(arguments)
    if chosen.page:
        if not chosen.out.exists():
            print(f"no results at {chosen.out}: run make bench first", file=sys.stderr)
            return 2
        page.write(json.loads(chosen.out.read_text()), chosen.page)
        return 0
    console = Console() if sys.stdout.isatty() else Console(width=150)
    about = machine()
    rows: list[Row] = []
    failed: list[str] = []
    details: Details = {"events": {}}
    for part in chosen.parts:
        console.print(f"[dim]{part}: {PARTS[part].__doc__}[/dim]")
        try:
            rows += PARTS[part](details)
        except RuntimeError as error:
            failed.append(str(error))
            console.print(f"[red]{part} failed:[/red] {error}")
    console.print(table_of(rows, about))
    if details["events"]:
        console.print(events_table(details["events"]))
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    figures = [row._asdict() | {"met": row.met} for row in rows]
    written = {"machine": about, "figures": figures, "details": details, "failed": failed}
    chosen.out.write_text(json.dumps(written, indent=1) + "\n")
    console.print(f"written to {chosen.out}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
