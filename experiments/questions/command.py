"""The commands ``reciprocity experiments`` and ``reciprocity sign-table``."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.errors import BadInputError

if TYPE_CHECKING:
    from experiments.question import Question

EXAMPLES = """\
examples:
  reciprocity experiments --list                    what there is
  reciprocity experiments cheap_at_double           one experiment: page and figure into outputs/experiments
  reciprocity experiments --all --output docs       all of them, as in the docs
  reciprocity experiments --all --seeds 3 --customers 2000     a quick look
  reciprocity experiments ablation --of golden_rule            which mechanism carries its result

Worlds are kept in outputs/worlds and run again only when the model, the question or the seed changes;
--force runs them again all the same."""
LEAST_SEEDS = 2
"""Fewer give no interval."""


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
    parser.add_argument("--of", metavar="NAME", help="with ablation: the experiment to look into")
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
    if getattr(given, "of", None) and given.names != ["ablation"]:
        wrong.append(
            f"--of = {given.of}: only for ablation: reciprocity experiments ablation --of {given.of}"
        )
    if given.seeds == 1:
        wrong.append(f"--seeds = 1: too few for an interval; at least {LEAST_SEEDS}")
    if wrong:
        raise BadInputError(*wrong)


def wanted(given: Namespace) -> list["Question"]:
    """The experiments that are asked for."""
    from experiments.questions.ablation import ablated  # noqa: PLC0415
    from experiments.questions.catalogue import QUESTIONS, named  # noqa: PLC0415

    if given.of:
        return [ablated(named(given.of))]
    names = list(QUESTIONS) if given.all else given.names
    if not names:
        raise BadInputError("name an experiment, or say --list or --all")
    return [named(name) for name in dict.fromkeys(names)]


def experiments(given: Namespace) -> int:
    """List experiments, or run some and write a page with their figures."""
    checked(given)
    if given.list:
        return listed()
    questions = wanted(given)
    from experiments.folder import write_whole  # noqa: PLC0415
    from experiments.keeping import counted, prepare  # noqa: PLC0415
    from experiments.question import answer  # noqa: PLC0415
    from experiments.questions import contents, figure, page  # noqa: PLC0415

    figures = given.output / "experiments"
    figures.mkdir(parents=True, exist_ok=True)
    base = {"population.customers": given.customers} if given.customers else {}
    by_seeds: dict[int, list[Any]] = {}
    for question in questions:
        by_seeds.setdefault(given.seeds or question.seeds, []).append(question.plan(**base))
    for seeds, plans in by_seeds.items():
        count = counted(plans)
        say(
            f"{len(plans)} experiments, {seeds} seeds: "
            f"{count['worlds']} worlds a seed, {count['months']} months"
        )
        numbers = range(1, seeds + 1)
        prepare(plans, numbers, workers=given.workers, force=given.force, say=say)
    answers, drawings = [], []
    for question in questions:
        found = answer(question, seeds=given.seeds, workers=given.workers, say=say, **base)
        drawing = figure.save(found, figures)
        answers.append(found)
        drawings.append(drawing.relative_to(given.output).as_posix())
        say(f"{question.name}: {page.headline(found)}")
    say(f"written to {write_whole(given.output / 'experiments.md', contents.page(answers, drawings))}")
    return 0


def listed() -> int:
    """Print every experiment with its question."""
    from experiments.questions.catalogue import QUESTIONS  # noqa: PLC0415

    for question in QUESTIONS.values():
        print(f"{question.name:26}{question.asks}")
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
