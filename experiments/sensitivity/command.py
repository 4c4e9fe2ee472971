"""The command ``reciprocity sensitivity``."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.arguments import add_shared, check_numbers, folder_to_write, say

if TYPE_CHECKING:
    from experiments.sensitivity.study import Settings, Study

EXAMPLES = """\
examples:
  reciprocity sensitivity --quick                   a look in about two minutes, too small to rank numbers
  reciprocity sensitivity                           page, table and figure into outputs/sensitivity
  reciprocity sensitivity --output docs             as in the docs
  reciprocity sensitivity "share lost" churn        some results only
  reciprocity sensitivity --span 1.25               numbers move a quarter up, a fifth down
  reciprocity sensitivity --span all                numbers move in their whole declared range
  reciprocity sensitivity --list                    the results that are looked at

What each point showed is kept in outputs/sensitivity/points, so that a run that was stopped goes on where it
was; it is run again only when the model, an experiment or the point changes; --force runs all again."""
QUICK = {"trajectories": 2, "customers": 500, "numbers": 40, "lucks": 1, "end_lucks": 2}
LEAST = {"trajectories": 1, "customers": 50, "numbers": 0, "lucks": 1, "end_lucks": 2, "workers": 1}
"""Least values."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("names", nargs="*", metavar="RESULT", help="results to look at; all if none is named")
    parser.add_argument("--list", action="store_true", help="list the results and run nothing")
    parser.add_argument("--quick", action="store_true", help="few starting points in a small market")
    where = Path("outputs", "sensitivity")
    parser.add_argument("--output", type=Path, default=where, metavar="FOLDER", help=f"where to ({where})")
    parser.add_argument("--trajectories", type=int, metavar="N", help="starting points of moves")
    parser.add_argument("--numbers", type=int, metavar="N", help="most numbers that are moved one by one")
    parser.add_argument("--lucks", type=int, metavar="N", help="seeds at each point")
    parser.add_argument("--end-lucks", type=int, metavar="N", help="seeds at the default and its ends")
    parser.add_argument(
        "--span", default=None, metavar="FACTOR", help="how far numbers move: a factor above 1, or all"
    )
    parser.add_argument(
        "--middle",
        type=float,
        metavar="SHARE",
        help="share of each range, around the default, in which starting points lie (a third)",
    )
    add_shared(parser, "customers")


def sensitivity(given: Namespace) -> int:
    """Move parameters, and write which of them move the headline results."""
    check(given)
    from experiments.sensitivity.results import named  # noqa: PLC0415

    headlines = named(given.names)
    if given.list:
        for line in headlines:
            print(f"{line.name:24}{line.words} ({line.measure.unit})")
        return 0
    from experiments.sensitivity.points import STORE  # noqa: PLC0415
    from experiments.sensitivity.study import studied  # noqa: PLC0415

    folder_to_write(given.output / "sensitivity")
    settings = settings_of(given)
    study = studied(settings, headlines, store=STORE, workers=given.workers, force=given.force, say=say)
    say(f"written to {written(study, given.output)}")
    return 0


def settings_of(given: Namespace) -> "Settings":
    """How large a study is asked for."""
    from experiments.sensitivity.study import Settings  # noqa: PLC0415

    names = ("trajectories", "customers", "numbers", "lucks", "end_lucks", "middle")
    chosen: dict[str, Any] = dict(QUICK) if given.quick else {}
    chosen |= {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    if given.span is not None:
        chosen["span"] = None if given.span == "all" else float(given.span)
    return Settings(**chosen)


def written(study: "Study", folder: Path) -> Path:
    """Write table, figure and page into a folder; the page."""
    from experiments.folder import write_whole  # noqa: PLC0415
    from experiments.sensitivity import figure, page  # noqa: PLC0415
    from experiments.sensitivity.table import as_table  # noqa: PLC0415
    from experiments.tables import save  # noqa: PLC0415

    beside = folder_to_write(folder / "sensitivity")
    save(as_table(study), beside / "points.parquet")
    drawn = figure.save(study, beside).relative_to(folder).as_posix()
    return write_whole(folder / "sensitivity.md", page.page(study, drawn))


def check(given: Namespace) -> None:
    """Refuse numbers that make no sense.

    Raises
    ------
    BadInputError
        A line for each.
    """
    wrong = []
    if given.middle is not None and not 0.0 < given.middle <= 1.0:
        wrong.append(f"--middle = {given.middle:g}: a share above 0 and up to 1")
    if given.span not in (None, "all") and not is_factor(given.span):
        wrong.append(f"--span = {given.span}: a factor above 1 and up to 1000, or all")
    check_numbers(given, LEAST, *wrong)


def is_factor(text: str) -> bool:
    """Whether a text is a factor above one."""
    try:
        return 1.0 < float(text) <= 1000.0
    except ValueError:
        return False
