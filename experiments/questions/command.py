"""The commands ``reciprocity experiments`` and ``reciprocity sign-table``."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.arguments import add_shared, check_numbers, command_line, folder_to_write, say
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


def experiments_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``experiments``."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="experiments to run")
    parser.add_argument("--list", action="store_true", help="list them and run nothing")
    parser.add_argument("--all", action="store_true", help="run all of them")
    where = Path("outputs", "experiments")
    parser.add_argument("--output", type=Path, default=where, metavar="FOLDER", help=f"where to ({where})")
    parser.add_argument("--of", metavar="NAME", help="with ablation: the experiment to look into")
    add_shared(parser, "seeds", "customers")


def sign_table_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``sign-table``."""
    where = Path("outputs", "sign_table.md")
    parser.add_argument("--output", type=Path, default=where, metavar="FILE", help=f"where to ({where})")
    add_shared(parser, "seeds")


def wanted(given: Namespace) -> list["Question"]:
    """The experiments that are asked for.

    Raises
    ------
    BadInputError
        A line for each thing that makes no sense.
    """
    from experiments.questions.ablation import ablated  # noqa: PLC0415
    from experiments.questions.catalogue import QUESTIONS, named  # noqa: PLC0415

    found = named(given.names)
    if given.of and given.names != ["ablation"]:
        raise BadInputError(
            f"--of = {given.of}: only for ablation: reciprocity experiments ablation --of {given.of}"
        )
    if given.of == "ablation":
        raise BadInputError("--of = ablation: an experiment other than the ablation itself")
    if given.of:
        return [ablated(question) for question in named([given.of])]
    if given.all or given.list:
        return list(QUESTIONS.values())
    if not found:
        raise BadInputError("name an experiment, or say --list or --all")
    return found


def experiments(given: Namespace) -> int:
    """List experiments, or run some and write a page with their figures."""
    check_numbers(given)
    questions = wanted(given)
    if given.list:
        for question in questions:
            print(f"{question.name:26}{question.asks}")
        return 0
    figures = folder_to_write(given.output / "experiments")
    run_worlds(questions, given)
    from experiments.folder import write_whole  # noqa: PLC0415
    from experiments.question import answer  # noqa: PLC0415
    from experiments.questions import contents, figure, page  # noqa: PLC0415

    answers, drawings = [], []
    for question in questions:
        found = answer(question, seeds=given.seeds, workers=given.workers, say=say, **base_of(given))
        drawing = figure.save(found, figures)
        answers.append(found)
        drawings.append(drawing.relative_to(given.output).as_posix())
        say(f"{question.name}: {page.headline(found)}")
    text = contents.page(answers, drawings, command_of(given))
    say(f"written to {write_whole(given.output / 'experiments.md', text)}")
    return 0


def base_of(given: Namespace) -> dict[str, Any]:
    """What all worlds change in the default market."""
    return {"population.customers": given.customers} if given.customers else {}


def command_of(given: Namespace) -> str:
    """The command that makes the same page again."""
    names = ["--all"] if given.all else list(dict.fromkeys(given.names))
    of = ["--of", given.of] if given.of else []
    return command_line("experiments", [*names, *of], {"seeds": given.seeds, "customers": given.customers})


def run_worlds(questions: Sequence["Question"], given: Namespace) -> None:
    """Run all worlds of some experiments that are not kept yet, each once."""
    from experiments.keeping import counted, prepare  # noqa: PLC0415

    by_seeds: dict[int, list[Any]] = {}
    for question in questions:
        by_seeds.setdefault(given.seeds or question.seeds, []).append(question.plan(**base_of(given)))
    for seeds, plans in by_seeds.items():
        count = counted(plans)
        say(
            f"{len(plans)} experiments, {seeds} seeds: "
            f"{count['worlds']} worlds a seed, {count['months']} months"
        )
        prepare(plans, range(1, seeds + 1), workers=given.workers, force=given.force, say=say)


def sign_table(given: Namespace) -> int:
    """Regenerate the sign table."""
    from experiments.sign_table import write  # noqa: PLC0415

    check_numbers(given)
    folder_to_write(given.output.parent)
    if given.output.is_dir():
        raise BadInputError(f"--output = {given.output}: a folder; name a file")
    table = write(given.output, seeds=given.seeds or 10, workers=given.workers, force=given.force, say=say)
    flagged = [line for line in table if line.flagged]
    say(f"{len(flagged)} of {len(table)} rows differ from the prototype by sign or by more than a factor")
    say(f"written to {given.output}")
    return 0
