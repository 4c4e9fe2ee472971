"""The commands ``reciprocity experiments`` and ``reciprocity sign-table``."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from experiments.errors import BadInputError

EXAMPLES = """\
examples:
  reciprocity experiments --list                    what there is
  reciprocity experiments cheap_at_double           one experiment: page and figure into outputs/experiments
  reciprocity experiments --all --output docs       all of them, as in the docs
  reciprocity experiments --all --seeds 3 --customers 2000     a quick look

Worlds are kept in outputs/worlds and run again only when the model, the question or the seed changes."""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def shared_arguments(parser: ArgumentParser) -> None:
    """Declare what both commands take."""
    parser.add_argument("--seeds", type=int, metavar="N", help="number of seeds")
    parser.add_argument(
        "--workers", type=int, default=2, metavar="N", help="processes; they change no result"
    )
    parser.add_argument("--force", action="store_true", help="run all again")


def experiments_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``experiments``."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="experiments to run")
    parser.add_argument("--list", action="store_true", help="list them and run nothing")
    parser.add_argument("--all", action="store_true", help="run all of them")
    parser.add_argument("--output", type=Path, default=Path("outputs", "experiments"), metavar="FOLDER")
    parser.add_argument("--customers", type=int, metavar="N", help="size of the market")
    shared_arguments(parser)


def sign_table_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``sign-table``."""
    where = Path("outputs", "sign_table.md")
    parser.add_argument("--output", type=Path, default=where, metavar="FILE", help=f"where to ({where})")
    shared_arguments(parser)


def checked(given: Namespace) -> None:
    """Refuse numbers that make no sense.

    Raises
    ------
    BadInputError
        A line for each.
    """
    wrong = [
        f"--{name} = {getattr(given, name)}: a whole number of at least 1"
        for name in ("seeds", "workers", "customers")
        if getattr(given, name, None) is not None and getattr(given, name) < 1
    ]
    if wrong:
        raise BadInputError(*wrong)


def experiments(given: Namespace) -> int:
    """List experiments, or run some and write a page with their figures."""
    from experiments.questions.catalogue import QUESTIONS, named  # noqa: PLC0415

    checked(given)
    if given.list:
        for question in QUESTIONS.values():
            print(f"{question.name:20}{question.asks}")
        return 0
    names = list(QUESTIONS) if given.all else given.names
    if not names:
        raise BadInputError("name an experiment, or say --list or --all")
    wanted = [named(name) for name in names]
    from experiments.comparing import answer  # noqa: PLC0415
    from experiments.folder import write_whole  # noqa: PLC0415
    from experiments.questions import figure, page  # noqa: PLC0415

    figures = given.output / "experiments"
    figures.mkdir(parents=True, exist_ok=True)
    base = {"population.customers": given.customers} if given.customers else {}
    sections = []
    for question in wanted:
        say(f"{question.name}: {question.asks}")
        found = answer(question, seeds=given.seeds, workers=given.workers, force=given.force, say=say, **base)
        drawing = figure.save(found, figures)
        sections.append(page.section(found, drawing.relative_to(given.output).as_posix()))
        say(f"  {page.headline(found)}")
    say(f"written to {write_whole(given.output / 'experiments.md', page.page(sections))}")
    return 0


def sign_table(given: Namespace) -> int:
    """Regenerate the sign table."""
    from experiments.sign_table import write  # noqa: PLC0415

    checked(given)
    table = write(given.output, seeds=given.seeds or 10, workers=given.workers, force=given.force, say=say)
    flagged = [line for line in table if line.flagged]
    say(f"{len(flagged)} of {len(table)} rows differ from the prototype by sign or by more than a factor")
    say(f"written to {given.output}")
    return 0
