"""What the commands that run many worlds take alike, and how they refuse what makes no sense."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from shlex import quote

from experiments.errors import BadInputError

SIZES = {"seeds": "number of seeds", "customers": "size of the markets"}
LEAST = {"seeds": 2, "customers": 1, "workers": 1}
"""Fewer seeds give no interval."""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def add_shared(parser: ArgumentParser, *sizes: str) -> None:
    """Declare sizes by name, and how the work is done."""
    for name in sizes:
        parser.add_argument(f"--{name}", type=int, metavar="N", help=SIZES[name])
    parser.add_argument(
        "--workers", type=int, default=2, metavar="N", help="processes; they change no result"
    )
    parser.add_argument("--force", action="store_true", help="run all again")


def too_small(given: Namespace, least: Mapping[str, int]) -> list[str]:
    """A line for each number that is smaller than it may be."""
    return [
        f"--{name.replace('_', '-')} = {getattr(given, name)}: a whole number of at least {low}"
        + (", or there is no interval" if name == "seeds" and low > 1 else "")
        for name, low in least.items()
        if getattr(given, name, None) is not None and getattr(given, name) < low
    ]


def check_numbers(given: Namespace, least: Mapping[str, int] = LEAST, *further: str) -> None:
    """Refuse numbers that make no sense, and what else was found wrong.

    Raises
    ------
    BadInputError
        A line for each.
    """
    wrong = [*too_small(given, least), *further]
    if wrong:
        raise BadInputError(*wrong)


def check_names(names: Iterable[str], known: Iterable[str], what: str, where: str) -> None:
    """Refuse names that nothing has; ``where`` is the command that lists all.

    Raises
    ------
    BadInputError
        A line for each.
    """
    known = list(known)
    wrong = [f"{name}: no such {what}; {nearest(name, known, where)}" for name in names if name not in known]
    if wrong:
        raise BadInputError(*wrong)


def nearest(name: str, known: list[str], where: str, most: int = 4) -> str:
    """The names that are most like a name, and where all are listed."""
    near = get_close_matches(name, known, most, 0.0)
    return f"{', '.join(near)} and {len(known) - len(near)} more: {where}"


def folder_to_write(path: Path) -> Path:
    """Make the folder for results before anything is run for them.

    Raises
    ------
    BadInputError
        If it cannot be made or written to.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInputError(f"--output = {path}: cannot make the folder: {error.strerror}") from None
    if not os.access(path, os.W_OK):
        raise BadInputError(f"--output = {path}: the folder cannot be written to")
    return path


def flags(sizes: Mapping[str, int | None]) -> str:
    """Sizes as one gives them to a command; what is left as it is says nothing."""
    return "".join(f" --{name} {value}" for name, value in sizes.items() if value is not None)


def command_line(verb: str, names: Iterable[str], sizes: Mapping[str, int | None]) -> str:
    """The command that does this again."""
    return " ".join(["reciprocity", verb, *map(quote, names)]) + flags(sizes)
