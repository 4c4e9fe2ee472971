"""The command ``reciprocity validate``."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.errors import BadInputError

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


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("names", nargs="*", metavar="ROW", help="rows to validate; all if none is named")
    parser.add_argument("--list", action="store_true", help="list the rows and run nothing")
    parser.add_argument("--quick", action="store_true", help="small markets, few seeds")
    parser.add_argument("--output", type=Path, default=Path("outputs", "scorecard"), metavar="FOLDER")
    parser.add_argument("--seeds", type=int, metavar="N", help="number of seeds")
    parser.add_argument("--customers", type=int, metavar="N", help="size of the markets")
    parser.add_argument(
        "--workers", type=int, default=2, metavar="N", help="processes; they change no result"
    )
    parser.add_argument("--force", action="store_true", help="run all again")


def validate(given: Namespace) -> int:
    """Hold the model against published regularities; write table, page and figures."""
    from experiments.evidence.catalogue import named  # noqa: PLC0415

    check(given)
    rows = named(given.names)
    if given.list:
        for row in rows:
            print(f"{row.name:32}{row.statistic}")
        return 0
    from experiments.evidence import scorecard as cards  # noqa: PLC0415
    from experiments.questions.command import say  # noqa: PLC0415

    seeds, customers = cards.SEEDS, cards.CUSTOMERS
    if given.quick:
        seeds, customers = cards.QUICK_SEEDS, cards.QUICK_CUSTOMERS
    seeds = seeds if given.seeds is None else given.seeds
    card = cards.scored(
        rows,
        seeds=seeds,
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

    beside = folder / "scorecard"
    beside.mkdir(parents=True, exist_ok=True)
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


def check(given: Namespace) -> None:
    """Refuse numbers that make no sense.

    Raises
    ------
    BadInputError
        A line for each.
    """
    least = {"seeds": 2, "customers": 200, "workers": 1}
    wrong = [
        f"--{name} = {getattr(given, name)}: a whole number of at least {low}"
        + (", or there is no interval" if name == "seeds" else "")
        for name, low in least.items()
        if getattr(given, name) is not None and getattr(given, name) < low
    ]
    if wrong:
        raise BadInputError(*wrong)
