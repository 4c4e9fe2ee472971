"""The command ``reciprocity validate``."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.arguments import LEAST as ANY_LEAST
from experiments.arguments import add_shared, check_numbers, folder_to_write, say

if TYPE_CHECKING:
    from experiments.evidence.scorecard import Scorecard

EXAMPLES = """\
examples:
  reciprocity validate --quick                      all rows in two minutes, small markets and few seeds
  reciprocity validate                              all rows: table, page and figures into outputs/scorecard
  reciprocity validate duration_fair annual_churn   rows by name
  reciprocity validate --output docs                as in the docs
  reciprocity validate --list                       what there is

What the seeds showed is kept in outputs/worlds and run again only when the model, the evidence, the seed or
the size of the market changes; --force runs all again."""

LEAST = {**ANY_LEAST, "customers": 200}
"""In smaller markets some studies have nobody to look at."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("names", nargs="*", metavar="ROW", help="rows to validate; all if none is named")
    parser.add_argument("--list", action="store_true", help="list the rows and run nothing")
    parser.add_argument("--quick", action="store_true", help="small markets, few seeds")
    where = Path("outputs", "scorecard")
    parser.add_argument("--output", type=Path, default=where, metavar="FOLDER", help=f"where to ({where})")
    add_shared(parser, "seeds", "customers")


def validate(given: Namespace) -> int:
    """Hold the model against published regularities; write table, page and figures."""
    from experiments.evidence.catalogue import named  # noqa: PLC0415

    check_numbers(given, LEAST)
    rows = named(given.names)
    if given.list:
        for row in rows:
            print(f"{row.name:32}{row.statistic}")
        return 0
    from experiments.evidence import scorecard as cards  # noqa: PLC0415

    folder_to_write(given.output / "scorecard")
    seeds, customers = cards.SEEDS, cards.CUSTOMERS
    if given.quick:
        seeds, customers = cards.QUICK_SEEDS, cards.QUICK_CUSTOMERS
    card = cards.scored(
        rows,
        seeds=given.seeds or seeds,
        customers=given.customers or customers,
        workers=given.workers,
        force=given.force,
        say=say,
    )
    written(card, given.output)
    return 0


def written(card: "Scorecard", folder: Path) -> None:
    """Write table, page and figures into a folder, and say what was found."""
    from experiments.evidence import figure, page  # noqa: PLC0415
    from experiments.evidence.scorecard import as_table  # noqa: PLC0415
    from experiments.folder import write_whole  # noqa: PLC0415
    from experiments.tables import save  # noqa: PLC0415

    beside = folder_to_write(folder / "scorecard")
    drawn = {
        result.row.name: figure.save(result, card.curves[result.row.name], beside)
        for result in card.results
        if result.row.name in card.curves
    }
    places = {name: path.relative_to(folder).as_posix() for name, path in drawn.items()}
    save(as_table(card), beside / "scorecard.parquet")
    text = write_whole(folder / "scorecard.md", page.page(card, places))
    for result in card.results:
        print(f"{result.row.name:32}{page.model(result).replace('<br>', '  '):48}{page.verdict(result)}")
    print(f"{page.summary(card, page.kinds(card.results)['predicted'])}\nwritten to {text}")
