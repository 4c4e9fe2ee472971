"""The docs: generated pages are fresh, links lead somewhere, and recipes work as printed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docs.generate.pages import DOCS, PARTS, WHOLE, rendered
from docs.generate.tables import ROOT
from experiments.cli import main
from experiments.compose import Request, composed, points, prepared

README = ROOT / "README.md"
PAGES = sorted(path for path in DOCS.rglob("*.md") if not path.name.startswith("gallery"))


def test_generated_pages_are_fresh() -> None:
    stale = [
        path.relative_to(ROOT)
        for path, text in rendered().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run make docs: {', '.join(map(str, stale))}"


def test_every_generated_part_stands_on_a_page() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    assert set(re.findall(r"<!-- begin (\w+) -->", text)) == set(PARTS)
    assert {path.stem for path in (DOCS / "tables").glob("*.md")} == set(WHOLE)
    for name in WHOLE:
        assert f"(tables/{name}.md)" in text, f"no page leads to {name}"


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_paths_named_in_the_docs_exist() -> None:
    for page in DOCS.glob("*.md"):
        for path in re.findall(
            r"`((?:agents|sim|experiments|configs|docs)/[\w/.]+)`", page.read_text("utf-8")
        ):
            assert (ROOT / path).exists(), f"{page.name}: {path}"


# -- the README ---------------------------------------------------------------------------------------


def readme(language: str) -> str:
    """The blocks of one language in the README."""
    return "\n".join(re.findall(rf"```{language}\n(.*?)```", README.read_text("utf-8"), re.DOTALL))


def test_the_lines_of_python_in_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec(readme("python"), names)
    assert len(re.findall(r"(?m)^\d+ customers, R \d", capsys.readouterr().out)) == 2
    world, text = names["world"], README.read_text("utf-8")
    asked = int(re.findall(r"`world\.customers\[(\d+)\]\.explain\(\)`", text)[0])
    assert f"Customer {asked} has been with " in world.customers[asked].explain()
    with pytest.raises(LookupError, match="42"):
        world.customers[42]


def test_commands_of_the_readme_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    lines = re.findall(r"(?m)^\.venv/bin/reciprocity ([^#\n]*)", readme("sh"))
    assert len(lines) > 8
    for line in lines:
        words = line.split()
        if words[0] == "explain":
            assert main([*words]) == 2  # there is no such run
        elif words[0] == "run" and "--multirun" not in words:
            assert main([*words, "--cfg", "job"]) == 0
        elif words[0] == "run":
            ready = prepared(Request(tuple(word for word in words[1:] if word != "--multirun")))
            assert [composed(ready._replace(overrides=point)).run.seed for point in points(ready)]
        elif words[0] != "describe":
            assert main([*(word for word in words if word != "--quick"), "--list"]) == 0
        else:
            assert main(words) == 0
    assert "error" not in capsys.readouterr().err.replace("error: outputs/DATE/TIME", "")


def test_targets_of_make_in_the_docs_are_there() -> None:
    rules = re.findall(r"(?m)^(\w[\w-]*):", (ROOT / "Makefile").read_text("utf-8"))
    for page in (README, *DOCS.glob("*.md")):
        for target in re.findall(r"`?make ([a-z-]+)(?:`| +#)", page.read_text("utf-8")):
            assert target in rules, f"{page.name}: make {target}"


# -- recipes ------------------------------------------------------------------------------------------


def blocks(language: str) -> list[str]:
    """The blocks of one language on the page of recipes."""
    text = (DOCS / "adding.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def hunks(diff: str) -> list[tuple[str, str, str]]:
    """File, old and new lines of each hunk; the old ones of a new file are empty."""
    found, path, new = [], "", False
    for part in re.split(r"(?m)^(?=--- |@@)", diff):
        if part.startswith("--- "):
            names = re.match(r"--- (\S+)\n\+\+\+ b/(\S+)\n", part)
            assert names, part
            new, path = names.group(1) == "/dev/null", names.group(2)
        elif part.startswith("@@"):
            lines = part.splitlines()[1:]
            old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in (" ", "-"))
            assert bool(old) != new, f"{path}: only a new file has no old lines"
            found.append((path, old, "".join(f"{line[1:]}\n" for line in lines if line[:1] in (" ", "+"))))
    return found


def apply(root: Path, path: str, old: str, new: str) -> None:
    """Apply one hunk, whose old lines must stand in the file exactly once."""
    target = root / path
    before = target.read_text(encoding="utf-8") if old else ""
    if old:
        assert before.count(old) == 1, f"{path}: these lines stand there {before.count(old)} times:\n{old}"
    target.write_text(before.replace(old, new) if old else new, encoding="utf-8")


def test_recipes_work_as_printed(tmp_path: Path) -> None:
    for name in ("agents", "sim", "configs", "experiments"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    recipes = [hunk for diff in blocks("diff") for hunk in hunks(diff)]
    assert {path for path, _, _ in recipes} >= {
        "agents/customer/word.py",
        "sim/schedule.py",
        "agents/__init__.py",
    }
    for recipe in recipes:
        apply(tmp_path, *recipe)
    script = tmp_path / "to_see_it.py"
    script.write_text("\n".join(blocks("python")), encoding="utf-8")
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "tithing" not in done.stderr and "equal_split" in done.stdout
