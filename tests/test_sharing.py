"""Work that is shared among processes: how it ends, whoever ends it."""

import os
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from experiments.cli import Command, attempted
from experiments.sharing import results

ROOT = Path(__file__).resolve().parents[1]


KILLED = """
import os, time
from multiprocessing import active_children
from threading import Thread
from experiments.sharing import results

if __name__ == "__main__":
    Thread(target=lambda: list(results([600.0, 600.0], 2, time.sleep)), daemon=True).start()
    while len(active_children()) < 2:
        time.sleep(0.1)
    time.sleep(5.0)
    print(len(active_children()), "under way", flush=True)
    os.kill(os.getpid(), 9)
"""


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    # what they print to is read to its end only when the last of them is gone
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        stdout=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (-9, b"2 under way\n")


STOPPED = """
import sys, time
from pathlib import Path
from experiments.sharing import results

HERE = Path(__file__).parent

def work(number):
    (HERE / f"begun-{number}").touch()
    while not (HERE / "go").exists():
        time.sleep(0.05)
    (HERE / f"done-{number}").touch()

def say(line):
    print(line, flush=True)

if __name__ == "__main__":
    try:
        print(len(list(results(range(6), 2, work, say))))
    except KeyboardInterrupt:
        sys.exit(130)
"""


@contextmanager
def under_way(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A program that shares six jobs among two processes, as a terminal sees it, once two are under way."""
    script = folder / "stopped.py"
    script.write_text(STOPPED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as program:
        try:
            until(lambda: names(folder, "begun") == {"begun-0", "begun-1"})
            yield program
        finally:
            program.kill()


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60.0
    while not so():
        assert time.monotonic() < end
        time.sleep(0.05)


def names(folder: Path, start: str) -> set[str]:
    return {path.name for path in folder.glob(f"{start}-*")}


TOLD = "stopping once what is under way is finished (2); Ctrl-C now stops at once\n"


def test_ctrl_c_lets_what_is_under_way_finish_and_begins_nothing(tmp_path: Path) -> None:
    with under_way(tmp_path) as program:
        os.killpg(program.pid, signal.SIGINT)
        assert program.stdout is not None
        assert program.stdout.readline() == TOLD
        (tmp_path / "go").touch()
        assert program.communicate(timeout=60)[0] == ""
        assert program.returncode == 130
    assert names(tmp_path, "begun") == {"begun-0", "begun-1"}
    assert names(tmp_path, "done") == {"done-0", "done-1"}


def test_a_second_ctrl_c_ends_what_is_under_way(tmp_path: Path) -> None:
    with under_way(tmp_path) as program:
        os.killpg(program.pid, signal.SIGINT)
        assert program.stdout is not None
        assert program.stdout.readline() == TOLD
        os.killpg(program.pid, signal.SIGINT)
        # the output is closed only when the last process is gone
        assert program.communicate(timeout=60)[0] == ""
        assert program.returncode == 130
    assert names(tmp_path, "done") == set()


def failing_or_slow(path: Path) -> Path:
    if path.name == "fails":
        raise ArithmeticError("money is lost")
    time.sleep(1.0)
    path.touch()
    return path


def test_where_one_fails_those_under_way_are_finished_and_no_other_is_begun(tmp_path: Path) -> None:
    jobs = [tmp_path / name for name in ("fails", "under way", "next", "last")]
    with pytest.raises(ArithmeticError, match="money is lost"):
        list(results(jobs, 2, failing_or_slow))
    assert [path.name for path in tmp_path.iterdir()] == ["under way"]


def test_a_process_that_is_lost_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def share(_: Namespace) -> int:
        return len(list(results([3, 3, 3], 2, os._exit)))

    assert attempted(Command("share", lambda _: None, share), Namespace()) == 1
    assert capsys.readouterr().err.startswith("error: a process that shared the work has ended")


def test_all_jobs_are_done_each_once() -> None:
    assert sorted(results([3, -1, 2, -5, 4], 2, abs)) == [1, 2, 3, 4, 5]
