"""Folders that never overwrite another, and files that appear whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import time

from experiments.errors import BadInputError

DAY = 86_400.0  # seconds


def claim(wanted: Path) -> Path:
    """Make a new folder; where one of this name exists, the first free of ``name-2``, ``name-3``, ...

    Making a folder is atomic, so two runs that start in the same second get two folders.

    Raises
    ------
    BadInputError
        If it has no name, something other than a folder stands there, or none can be made.
    """
    if not wanted.name:
        raise BadInputError("the output folder has no name; choose output.folder=...")
    try:
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if wanted.exists() and not wanted.is_dir():
            raise FileExistsError
        for number in count(1):
            place = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
            with suppress(FileExistsError):
                place.mkdir()
                return place
    except (FileExistsError, NotADirectoryError):
        raise BadInputError(
            f"{wanted}: a file stands where the output folder should be; choose output.folder=..."
        ) from None
    except OSError as error:
        raise BadInputError(f"{wanted}: cannot make the output folder: {error.strerror}") from None
    raise AssertionError("unreachable")


def give_up(folder: Path) -> None:
    """Remove a folder in which nothing was written, and those above it that it alone needed."""
    for place in (folder, folder.parent):
        with suppress(OSError):
            place.rmdir()


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write a file that appears whole or not at all, even if the disk fills or the machine stops.

    Raises
    ------
    OSError
        If it cannot be written; then nothing is left of it.
    """
    data = content.encode() if isinstance(content, str) else content
    return make_whole(path, lambda part: _write_through(part, data))


def make_whole(path: Path, make: Callable[[Path], None]) -> Path:
    """Let ``make`` write a file under another name, and give it its own name once it is on disk."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        make(part)
        os.replace(part, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None
    finally:
        part.unlink(missing_ok=True)
    return path


def sweep_up(folder: Path) -> None:
    """Remove what killed processes left of files that they were writing: nobody writes one for a day."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):  # another process may have been quicker
            if time() - part.stat().st_mtime > DAY:
                part.unlink()


def _write_through(part: Path, data: bytes) -> None:
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()
