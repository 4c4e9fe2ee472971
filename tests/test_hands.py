"""Copies of this process: what they do comes back, and none outlives the process that made it."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from experiments import hands as module
from experiments.errors import LostProcessError
from experiments.hands import FORK, Aside, hands, shared_out
from experiments.manifest import read_manifest
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
    with pytest.raises(LostProcessError, match="has ended"):
        aside(1)
    aside.close()


def ending_the_one_that_shares(_: int) -> int:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(30.0)
    os._exit(1)


def sharing(_: int) -> list[int]:
    return shared_out(ending_the_one_that_shares, [1, 2])


def test_a_copy_that_is_killed_while_others_draw_for_it_holds_nobody_up() -> None:
    begin = time.perf_counter()
    aside = Aside(partial(twice, 1), sharing)
    with pytest.raises(LostProcessError, match="has ended"):
        aside(1)
    assert time.perf_counter() - begin < 20.0
    aside.close()


def test_one_of_many_that_ended_is_an_error_that_says_so() -> None:
    with pytest.raises(LostProcessError, match="has ended"):
        shared_out(ending, [1, 2])


class TwofoldError(Exception):
    """Cannot be made anew from its text alone."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} in {where}")


def failing_twofold(_: int) -> int:
    raise TwofoldError("no ink", "the pen")


def test_an_error_that_cannot_be_sent_still_tells_its_cause() -> None:
    aside = Aside(partial(twice, 1), failing_twofold)
    with pytest.raises(RuntimeError, match="TwofoldError: no ink in the pen") as caught:
        aside(1)
    assert "failing_twofold" in caught.value.__notes__[0]
    aside.close()


def test_a_copy_that_does_not_end_when_told_to_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    def stubborn() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        deaf.set()
        time.sleep(600.0)

    deaf = FORK.Event()
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    aside: Aside[int, int] = Aside(stubborn, twice)
    assert deaf.wait(30.0)
    aside.close()
    assert aside._copy.exitcode == -signal.SIGKILL


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


WITHOUT_COPY = """
import os, sys
from experiments import studio
from experiments.cli import main

studio.get_ready = lambda _: os._exit(1)
sys.exit(main(["run", *sys.argv[1:]]))
"""


def test_figures_are_made_here_where_the_copy_has_ended(tmp_path: Path) -> None:
    folder, root = tmp_path / "one", Path(__file__).resolve().parents[1]
    words = ["population.customers=150", "burn_in=2", "months=4", "output.report=false"]
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_COPY, *words, f"hydra.run.dir={folder}"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("has ended; figures and report are made without it") == 1
    assert list(folder.glob("figures/*.svg"))
    assert read_manifest(folder)["complete"] is True
