"""The only place that knows how functions are compiled.

Numba keeps machine code on disk, but does not notice when a rule in another file changes.
So the code is kept in the user's own cache folder under a name made from our compiled
sources, the versions and the processor; folders of older states are pruned.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np

_MARK = "agents.base.compile import"
_KEPT_STATES = 4


def compiled_sources() -> list[Path]:
    """The project's files that hold compiled functions."""
    root = Path(__file__).resolve().parents[2]
    files = sorted(p for part in ("agents", "sim") for p in (root / part).rglob("*.py"))
    return [p for p in files if _MARK in p.read_text(encoding="utf-8")]


def _state() -> str:
    digest = blake2b(digest_size=10)
    switches = (os.environ.get("NUMBA_BOUNDSCHECK", ""), platform.machine(), platform.processor())
    versions = (numba.__version__, llvmlite.__version__, np.__version__, sys.version)
    digest.update(repr((switches, versions, numba.config.CPU_NAME)).encode())  # type: ignore[attr-defined]
    for path in compiled_sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """The folder of compiled code for this state of the sources (mode 700: it holds pickles)."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reciprocity"
    folder = base / _state()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    base.chmod(0o700)
    states = sorted((p for p in base.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for old in states[:-_KEPT_STATES]:
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    os.utime(folder)
    return folder


def _choose_cache() -> bool:
    try:
        numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    except OSError:
        return False
    return True


CACHED = _choose_cache()


def is_warm() -> bool:
    """Whether compiled code of this state of the sources is already on disk."""
    return CACHED and any(Path(numba.config.CACHE_DIR).rglob("*.nbc"))  # type: ignore[attr-defined]


def rule(function: Callable[..., Any]) -> Any:
    """Compile a scalar function: numbers in, one number (or a few) out."""
    return numba.njit(cache=CACHED, error_model="numpy")(function)


def loop(function: Callable[..., Any]) -> Any:
    """Compile a loop over rows: serial on purpose, without the interpreter's lock."""
    return numba.njit(cache=CACHED, nogil=True, error_model="numpy")(function)
