"""The page of equations says what the code says: its numbers and names stand in the files that it names."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from docs.generate.tables import ROOT

PAGE = ROOT / "docs" / "equations.md"
FREE = {0.0, 1.0, 2.0, 12.0}
"""Numbers that algebra brings along: nothing, a whole, a half or a square, months of a year."""


class Section(NamedTuple):
    """A section of the page: its title, the files of its heading, its formulas, and what is said of them."""

    title: str
    files: list[Path]
    formulas: str
    text: str


def sections() -> list[Section]:
    parts = re.split(r"(?m)^## ", PAGE.read_text(encoding="utf-8"))[1:]
    found = []
    for part in parts:
        title, text = part.split("\n", 1)
        files = [ROOT / path for path in re.findall(r"`((?:agents|sim)/[\w/]+\.py)`", text)]
        formulas = "\n".join(line for line in text.splitlines() if line.startswith("    "))
        found.append(Section(title, files, formulas, text))
    return found


def numbers_in(path: Path) -> set[float]:
    """Every number that stands in a file of Python."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        float(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    }


def numbers_of(formulas: str) -> set[float]:
    """Every number in some formulas; ``[x]a..b`` holds two."""
    plain = formulas.replace("..", " ")
    return {float(text) for text in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])", plain)}


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.title)
def test_every_number_of_a_formula_stands_in_its_files(section: Section) -> None:
    assert section.files
    there = set().union(*map(numbers_in, section.files)) | FREE
    missing = numbers_of(section.formulas) - there
    assert not missing, f"{section.title}: not in {[path.name for path in section.files]}: {sorted(missing)}"


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.title)
def test_every_name_of_a_formula_stands_in_the_model(section: Section) -> None:
    files = [path for folder in ("agents", "sim") for path in (ROOT / folder).rglob("*.py")]
    model = set(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    plain = re.sub(r"_(?:j|g|own|nobody)\b", "", section.formulas)  # of an offer, of a group
    names = set(re.findall(r"\b[a-z]{2,}(?:_[a-z]+)+", plain))
    assert not names - model, f"{section.title}: nowhere in the model: {sorted(names - model)}"
