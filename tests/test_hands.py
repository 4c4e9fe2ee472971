"""Copies of this process: what they do comes back, and none outlives the process that made it."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from experiments.hands import Aside, hands, shared_out
from experiments.studio import make

pytestmark = pytest.mark.skipif(hands() < 2, reason="copies are used on Linux, on two cores or more")


def twice(number: int) -> int:
    return 2 * number


def failing(_: int) -> int:
    raise OSError(28, "No space left on device", "figures/chain.svg")


def ending(_: int) -> int:
    os._exit(3)


def test_what_a_copy_found_comes_back_in_order() -> None:
    assert shared_out(twice, [3, 1, 2]) == [6, 2, 4]
    aside = Aside(partial(twice, 1), twice)
    assert aside(21) == 42
    aside.close()


def test_an_error_of_a_copy_comes_back_as_it_was() -> None:
    aside = Aside(partial(twice, 1), failing)
    with pytest.raises(OSError, match="No space left") as caught:
        aside(1)
    assert caught.value.filename == "figures/chain.svg"
    aside.close()


def test_a_copy_that_ended_is_an_error_that_says_so() -> None:
    aside = Aside(partial(twice, 1), ending)
    with pytest.raises(ChildProcessError, match="has ended"):
        aside(1)
    aside.close()


def test_a_copy_that_is_not_needed_ends_at_once() -> None:
    begin = time.perf_counter()
    Aside(partial(time.sleep, 60.0), twice).close()
    assert time.perf_counter() - begin < 30.0


ORPHAN = """
import os, time
from functools import partial
from experiments.hands import Aside

aside = Aside(partial(time.sleep, 0.0), abs)
print(aside._copy.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_copy_ends_when_its_maker_is_killed() -> None:
    root = Path(__file__).resolve().parents[1]
    killed = subprocess.run(
        [sys.executable, "-c", ORPHAN], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL  # and its output is closed, which a living copy would hold
    assert killed.stdout.strip().isdigit()


RUN = """
import sys
from experiments import run
from experiments.cli import main

before = run.run_months
def checked(*what):
    found = {"polars", "matplotlib"} & set(sys.modules)  # a start need not wait for them
    assert not found, found
    return before(*what)

run.run_months = checked
sys.exit(main(["run", *sys.argv[1:]]))
"""


def test_figures_are_the_same_made_by_a_copy_or_here(tmp_path: Path) -> None:
    folder, root = tmp_path / "one", Path(__file__).resolve().parents[1]
    words = ["population.customers=150", "burn_in=2", "months=4", f"hydra.run.dir={folder}"]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files = sorted([*folder.glob("figures/*"), folder / "report.html"])
    aside = {path.name: path.read_bytes() for path in files}
    assert set(make(("figures", "report"), folder)) == {"figures", "report"}
    assert len(files) > 5 and aside.keys() == {path.name for path in files}
    figures = [path for path in files if path.suffix != ".html"]  # the report tells the manifest of its time
    assert all(aside[path.name] == path.read_bytes() for path in figures)
