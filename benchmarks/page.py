"""The bench's figures as a page of the docs, written from its JSON and from nothing else."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

HEAD = """# How long a run takes

Written by `make bench-docs` from the figures that `make bench` left in `outputs/bench.json`. Judge speed by
ratios of two rows of one table: absolute times of another, or of a busy, machine say little. Seconds are
those of a core, but of the wall clock where a row says so and for two threads.

"""


def shown(value: float) -> str:
    """Return a figure with three digits that matter."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def page_of(bench: Mapping[str, Any]) -> str:
    """Return the page: machine and versions, the figures with what was aimed at, and where the month goes."""
    about = bench["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    lines = [
        f"Measured {about['when'][:10]} on {about['processor']}, {about['cores']} cores (load before: "
        f"{about['load_before']:.1f}), Python {about['python']}, {versions}; revision `{about['revision']}`.",
        "",
        "| part | what | figure | unit | aim | met | beside it |",
        "|---|---|---:|---|---|---|---|",
    ]
    for row in bench["figures"]:
        met = {True: "yes", False: "**no**", None: ""}[row["met"]]
        cells = (row["part"], row["what"], shown(row["value"]), row["unit"], row["aim"], met, row["beside"])
        lines.append("| " + " | ".join(cells) + " |")
    for failure in bench["failed"]:
        lines += ["", f"Could not be measured: {failure}"]
    return HEAD + "\n".join([*lines, "", *events_of(bench["details"]["events"])])


def events_of(events: Mapping[str, Mapping[str, float]], least: float = 0.01) -> list[str]:
    """Return a table of the events to which the month goes, by number of customers."""
    if not events:
        return []
    sizes = sorted(events, key=int)
    totals = {size: sum(events[size].values()) for size in sizes}
    lines = ["## Where the month goes", "", "Share of the month by event, one thread.", ""]
    lines += ["| event | " + " | ".join(f"{int(size):,} customers" for size in sizes) + " |"]
    lines += ["|---|" + "---:|" * len(sizes)]
    for name in dict.fromkeys(name for size in sizes for name in events[size]):
        shares = [events[size].get(name, 0.0) / totals[size] for size in sizes]
        if max(shares) >= least:
            lines.append(f"| {name.replace('_', ' ')} | " + " | ".join(f"{x:.1%}" for x in shares) + " |")
    lines.append(
        "| the whole month, ms | " + " | ".join(f"{totals[size] * 1e3:,.2f}" for size in sizes) + " |"
    )
    return [*lines, ""]


def write(bench: Mapping[str, Any], page: Path) -> None:
    """Write the page whole, or not at all."""
    part = page.with_suffix(".part")
    part.write_text(page_of(bench), encoding="utf-8")
    part.replace(page)
