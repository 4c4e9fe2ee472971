"""The command ``reciprocity``."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from experiments.errors import BadInputError, InterruptedRunError, LostProcessError
from experiments.evidence import command as evidence
from experiments.lean import lean_start
from experiments.questions import command as questions
from experiments.sensitivity import command as sensitivity

if TYPE_CHECKING:
    from experiments.compose import Request

STARTED = perf_counter()

RUN_EXAMPLES = """\
examples:
  reciprocity run                                   the default market, ten years
  reciprocity run firms.focal.value=drip_fees months=240 seed=7
  reciprocity run mode=market_centred               a preset for the focal firm
  reciprocity run industry=reciprocity              a preset for all firms
  reciprocity run +firms.new.mode=market_centred ~firms.dripper
  reciprocity run --multirun seed=1,2,3 mode=market_centred,reciprocity
  reciprocity run --cfg job                         show the configuration, run nothing

All keys: reciprocity describe parameters. Presets: reciprocity describe experiments."""


def run(given: Namespace) -> int:
    """Run one market, or many."""
    if given.multirun:
        return run_several(given)
    with lean_start():
        return run_one(given)


def run_several(given: Namespace) -> int:
    """Run many markets."""
    from experiments.multirun import run_many  # noqa: PLC0415
    from experiments.summary import show_all  # noqa: PLC0415

    show_all(folder := run_many(requested(given)))
    print(f"\nwritten to {folder}")
    return 0


def run_one(given: Namespace) -> int:
    """Run one market, or show its configuration."""
    from experiments.compose import composed, prepared  # noqa: PLC0415

    ready = composed(prepared(requested(given)))
    if given.cfg:
        from omegaconf import OmegaConf  # noqa: PLC0415

        print(OmegaConf.to_yaml(ready.config, resolve=given.resolve), end="")
        return 0
    from experiments.run import carry_out  # noqa: PLC0415

    about = {"overrides": list(given.overrides)}
    folder = carry_out(ready.run, Path(ready.folder), about=about, started=STARTED)
    from experiments.summary import show  # noqa: PLC0415 - Polars is for when the months are over

    show(folder)
    return 0


def requested(given: Namespace) -> "Request":
    """What the command line asks for."""
    from experiments.compose import Request  # noqa: PLC0415

    return Request(tuple(given.overrides), given.config_dir, given.config_name)


def describe(given: Namespace) -> int:
    """Print a table of what there is."""
    from experiments.describe import show  # noqa: PLC0415

    show(given.what, given.search, as_markdown=given.markdown)
    return 0


def explain(given: Namespace) -> int:
    """Tell the life of one customer of a run."""
    from experiments.explain import tell  # noqa: PLC0415

    tell(Path(given.run), given.customer)
    return 0


def run_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``run``: Hydra's own names for what Hydra does."""
    parser.add_argument(
        "overrides", nargs="*", metavar="KEY=VALUE", help="what differs from the default market"
    )
    parser.add_argument("--multirun", "-m", action="store_true", help="run every combination of KEY=A,B,C")
    parser.add_argument("--cfg", "-c", choices=["job"], help="show the configuration and run nothing")
    parser.add_argument("--resolve", action="store_true", help="with --cfg: replace references by values")
    parser.add_argument(
        "--config-dir",
        "--config-path",
        "-cd",
        "-cp",
        metavar="FOLDER",
        help="a folder of presets of your own",
    )
    parser.add_argument(
        "--config-name", "-cn", metavar="NAME", default="config", help="the file to start from"
    )


def describe_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``describe``."""
    topics = ("parameters", "policies", "levers", "metrics", "experiments", "columns", "causes")
    parser.add_argument("what", choices=topics)
    parser.add_argument("search", nargs="?", default="", help="only rows in whose name this stands")
    parser.add_argument("--markdown", action="store_true", help="print Markdown")


def explain_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of ``explain``."""
    parser.add_argument("run", metavar="RUN", help="the folder of a run")
    parser.add_argument("--customer", type=int, required=True, metavar="NUMBER", help="the customer's number")


class Command(NamedTuple):
    """One verb: what it is for, its arguments, what it does."""

    purpose: str
    arguments: Callable[[ArgumentParser], None]
    does: Callable[[Namespace], int]
    examples: str = ""


COMMANDS = {
    "run": Command("run a market into a new folder", run_arguments, run, RUN_EXAMPLES),
    "describe": Command("list names with meaning, unit, bounds, source", describe_arguments, describe),
    "explain": Command("tell the life of one customer of a run", explain_arguments, explain),
    "experiments": Command(
        "compare worlds with the same luck, and say what is found",
        questions.experiments_arguments,
        questions.experiments,
        questions.EXAMPLES,
    ),
    "sign-table": Command(
        "change one policy at a time, beside a prototype",
        questions.sign_table_arguments,
        questions.sign_table,
    ),
    "validate": Command(
        "hold the model against published regularities",
        evidence.arguments,
        evidence.validate,
        evidence.EXAMPLES,
    ),
    "sensitivity": Command(
        "say which parameters move the headline results",
        sensitivity.arguments,
        sensitivity.sensitivity,
        sensitivity.EXAMPLES,
    ),
}


def usage() -> str:
    """What the command can do."""
    verbs = "\n".join(f"  {name:13}{command.purpose}" for name, command in COMMANDS.items())
    return f"usage: reciprocity VERB ...\n\n{verbs}\n\nreciprocity VERB --help says more."


def parsed(arguments: Sequence[str]) -> tuple[Command, Namespace]:
    """The verb and what was given to it."""
    from argparse import RawDescriptionHelpFormatter  # noqa: PLC0415

    verb, *rest = arguments
    command = COMMANDS[verb]
    parser = ArgumentParser(
        f"reciprocity {verb}",
        description=command.purpose,
        epilog=command.examples,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.arguments(parser)
    return command, parser.parse_intermixed_args(rest)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] in ("-h", "--help"):
        print(usage())
        return 0 if arguments else 2
    if arguments[0] not in COMMANDS:
        print(f"error: {arguments[0]}: no such verb\n{usage()}", file=sys.stderr)
        return 2
    return attempted(*parsed(arguments))


def attempted(command: Command, given: Namespace) -> int:
    """Do it, and say in short lines what went wrong; the exit code."""
    try:
        return command.does(given)
    except BadInputError as error:
        return failed(error.lines, 2)
    except (InterruptedRunError, KeyboardInterrupt) as error:
        return failed([str(error) or "stopped"], 130)
    except LostProcessError as error:
        return failed([str(error)], 1)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return failed([f"{where}{error.strerror or error}"], 1)
    return 1


def failed(lines: Sequence[str], code: int) -> int:
    """Say what went wrong; the exit code."""
    for line in lines:
        print(f"error: {line}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
