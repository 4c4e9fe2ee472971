"""Compiled code on disk: a disk that is full, a file that is damaged, and what counts as all there."""

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import llvmlite.binding as llvm  # type: ignore[import-untyped]
import pytest

from agents.base import compile as compiling

RULE = "import sys; from agents.base.quantiles import normal; print(round(float(normal(0.5)), 6))"
ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(not compiling.COMPILING, reason="nothing is compiled")


def result_with(cache: Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Use a rule in a process that keeps compiled code there, and can write no file beyond a limit."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-c", RULE],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=True,
    )


def test_a_disk_that_is_full_costs_time_only(tmp_path: Path) -> None:
    done = result_with(tmp_path, limit=500)
    assert done.stdout == "0.0\n"
    assert f"{tmp_path / 'reciprocity'}: compiled code cannot be kept there" in done.stderr
    assert done.stderr.count("File too large") == 1


def test_a_damaged_file_costs_time_only(tmp_path: Path) -> None:
    assert not result_with(tmp_path).stderr
    for index in tmp_path.rglob("quantiles.normal-*.nbi"):
        index.write_bytes(b"")
    done = result_with(tmp_path)
    assert done.stdout == "0.0\n"
    assert "compiled code cannot be kept there" in done.stderr


def test_all_but_a_few_loops_must_be_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"loop_{number}" for number in range(20)]
    loops = [
        SimpleNamespace(__name__=name, stats=SimpleNamespace(cache_path=str(tmp_path))) for name in names
    ]
    monkeypatch.setattr(compiling, "_loops", loops)
    for name in names[:15]:
        (tmp_path / f"module.{name}-12.py312.1.nbc").touch()
    assert not compiling.is_warm()
    (tmp_path / "module.loop_17-3.py312.nbi").touch()  # an index without the code
    assert not compiling.is_warm()
    (tmp_path / "module.loop_17-3.py312.1.nbc").touch()
    assert compiling.is_warm()


@pytest.mark.skipif(sys.platform != "linux", reason="one version of the C library only")
def test_compiled_code_calls_the_present_c_library() -> None:
    library = ctypes.CDLL(None)
    for name in ("exp", "log", "pow"):
        present = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
        assert llvm.address_of_symbol(name) == present
