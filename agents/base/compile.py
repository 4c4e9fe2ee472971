"""The only place that knows how functions are compiled.

Numba keeps machine code on disk, but does not notice when a rule in another file changes. So the code
of a module is kept in the user's own cache folder under a name made from that module's source, the
sources of all that it imports, the versions and the processor; old folders are pruned.
"""

import ctypes
import os
import platform
import re
import shutil
import sys
import warnings
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import llvmlite  # type: ignore[import-untyped]
import llvmlite.binding as llvm  # type: ignore[import-untyped]
import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.registry import cpu_target
from numba.extending import intrinsic

_LINE = 64  # bytes that memory hands over at once
_KEPT = 400  # folders of modules, about ten states of the whole project


def _base() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reciprocity"


@cache
def _source(module: str) -> str:
    """The source of one of the project's modules; empty for others'."""
    if module.split(".", maxsplit=1)[0] not in ("agents", "sim"):
        return ""
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        return ""
    origin = spec.origin if spec else None
    return Path(origin).read_text(encoding="utf-8") if origin and origin.endswith(".py") else ""


_IMPORT = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n(]+)", re.MULTILINE)


@cache
def _imports(module: str) -> tuple[str, ...]:
    """The project's modules that a module imports; packages only pass on what their modules define.

    They are read off its lines: parsing it would take much longer, and this is part of every start.
    """
    found = set()
    for origin, names in _IMPORT.findall(_source(module)):
        found |= {origin} | {f"{origin}.{name}" for name in re.findall(r"\w+", names)}
    return tuple(sorted(name for name in found if _source(name) and not _is_package(name)))


@cache
def _is_package(module: str) -> bool:
    spec = find_spec(module)
    return spec is not None and spec.submodule_search_locations is not None


@cache
def sources_behind(module: str) -> tuple[str, ...]:
    """A module and all modules of compiled rules and column declarations that it rests upon."""
    found, waiting = {module}, [module]
    while waiting:
        for name in _imports(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return tuple(sorted(found))


@cache
def _folder_name(module: str) -> str:
    digest = blake2b(digest_size=10)
    switches = (os.environ.get("NUMBA_BOUNDSCHECK", ""), platform.machine(), platform.processor())
    versions = (numba.__version__, llvmlite.__version__, np.__version__, sys.version)
    digest.update(repr((switches, versions, numba.config.CPU_NAME)).encode())  # type: ignore[attr-defined]
    for name in sources_behind(module):
        digest.update(name.encode() + _source(name).encode())
    return f"{module}-{digest.hexdigest()}"


@cache
def cache_folder(module: str) -> str | None:
    """The folder of a module's compiled code (mode 700: it holds pickles), or None where none can be made."""
    folder = _base() / _folder_name(module)
    try:
        _base().mkdir(parents=True, exist_ok=True, mode=0o700)
        _base().chmod(0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        os.utime(folder)
        _prune()
    except OSError:
        return None
    return str(folder)


@cache
def _prune() -> None:
    """Remove the folders that have not been used for longest."""
    folders = sorted((p for p in _base().iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for old in folders[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def is_warm() -> bool:
    """Whether the compiled code of the month is already on disk.

    A few loops run only at times, such as when a firm closes, and are compiled when they are needed.
    """
    kept = sum(loop.__name__ in _kept_in(loop.stats.cache_path) for loop in _loops)
    return not COMPILING or kept >= _MOST * len(_loops)


def _kept_in(folder: str | None) -> set[str]:
    """Names of the functions whose code a folder holds; its files are called ``module.name-line...``."""
    files = Path(folder).glob("*.nbc") if folder else ()
    return {file.name.rsplit("-", 1)[0].rsplit(".", 1)[-1] for file in files}


def _call_as_today(*names: str) -> None:
    """Let compiled code call these functions of the C library in its present version.

    Numba is linked to those of glibc 2.2.5: the same numbers by way of a check of errors, which takes
    time. Where a library has one version only, nothing changes.
    """
    cpu_target.target_context.refresh()  # Numba names its own first
    library = ctypes.CDLL(None)
    for name in names:
        if hasattr(library, name):
            llvm.add_symbol(name, ctypes.cast(getattr(library, name), ctypes.c_void_p).value)


COMPILING = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
if COMPILING and sys.platform == "linux":
    _call_as_today("exp", "log", "pow")
_MOST = 0.8
_loops: list[Any] = []


def _compile(function: Callable[..., Any], **options: Any) -> Any:
    folder = cache_folder(function.__module__) if COMPILING else None
    numba.config.CACHE_DIR = folder or ""  # type: ignore[attr-defined]
    compiled = numba.njit(cache=folder is not None, error_model="numpy", **options)(function)
    if folder is not None:
        for verb in ("load_overload", "save_overload"):
            setattr(compiled._cache, verb, _or_compile_anew(getattr(compiled._cache, verb)))
    return compiled


def _or_compile_anew(use: Callable[..., Any]) -> Callable[..., Any]:
    """Let a full disk or a damaged file cost time only: Numba would stop with an error that names no file."""

    def tried(*what: Any) -> Any:
        try:
            return use(*what)
        except (OSError, EOFError, UnpicklingError) as error:
            _warn(str(getattr(error, "strerror", None) or error))
            return None

    return tried


@cache
def _warn(reason: str) -> None:
    warnings.warn(
        f"{_base()}: compiled code cannot be kept there, so the next run compiles again: {reason}",
        RuntimeWarning,
        stacklevel=2,
    )


def rule(function: Callable[..., Any]) -> Any:
    """Compile a scalar function: numbers in, one number (or a few) out."""
    return _compile(function, _nrt=False)


def inlined(function: Callable[..., Any]) -> Any:
    """Compile a scalar function into its callers, so that a loop around it can use vector instructions."""
    return _compile(function, _nrt=False, inline="always")


def loop(function: Callable[..., Any]) -> Any:
    """Compile a loop over rows: serial on purpose, without the interpreter's lock.

    It makes and returns no array. So Numba need not count who holds the arrays it is given: an atomic
    operation for every row, which threads would moreover wait for.
    """
    return _known(_compile(function, nogil=True, _nrt=False))


def part(function: Callable[..., Any]) -> Any:
    """Compile a part of a loop, such as what it does with one row, into the loop itself.

    A call that hands on whole tables takes longer than many a part's own work.
    """
    return _known(_compile(function, nogil=True, _nrt=False, forceinline=True))


def loop_with_room(function: Callable[..., Any]) -> Any:
    """Compile a loop that makes or returns an array, such as room to work in."""
    return _known(_compile(function, nogil=True, _nrt=True))


def _known(compiled: Any) -> Any:
    if COMPILING:
        _loops.append(compiled)
    return compiled


def _fetch(context: Any, records: Any, row: Any) -> Any:
    """Types and code of `fetch`, in the form that Numba asks for."""

    def code(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
        size, pointer, word = records.dtype.size, cgutils.voidptr_t, ir.IntType(32)
        table = context.make_array(records)(context, builder, arguments[0])
        number = context.cast(builder, arguments[1], row, types.int64)
        first = builder.mul(number, context.get_constant(types.int64, size))
        start = builder.gep(builder.bitcast(table.data, pointer), [first])
        kind = ir.FunctionType(ir.VoidType(), [pointer, word, word, word])
        ask = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        for byte in (*range(0, size - 1, _LINE), size - 1):
            place = builder.gep(start, [context.get_constant(types.int64, byte)])
            builder.call(ask, [place, word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.void(records, row), code


def _fetch_nothing(records: Any, row: Any) -> None:
    """Do nothing: what is not compiled does not wait for memory."""


fetch: Any = intrinsic(_fetch) if COMPILING else _fetch_nothing
"""``fetch(records, row)`` asks memory for a record that will be read soon; any row may be named."""
AHEAD = 16  # rows of customers between asking for the records that belong to one, and reading them
