"""The notebooks run from anywhere without an error, and show what a run shows today."""

from pathlib import Path

import nbformat
import pytest

from notebooks.execute import executed, notebooks, texts


def named(path: Path) -> str:
    return path.stem


def test_both_notebooks_are_there() -> None:
    assert [path.stem for path in notebooks()] == ["01_first_market", "02_retention_needs_value"]


@pytest.mark.parametrize("path", notebooks(), ids=named)
def test_a_fresh_run_says_what_is_saved(path: Path, tmp_path: Path) -> None:
    saved = nbformat.read(path, as_version=4)
    run = executed(path, tmp_path)
    assert texts(run) == texts(saved), "saved outputs are out of date: run `make notebooks`"
    assert not list(tmp_path.iterdir()), "a notebook leaves files behind"


@pytest.mark.parametrize("path", notebooks(), ids=named)
def test_saved_outputs_are_whole_and_free_of_what_changes(path: Path) -> None:
    saved = nbformat.read(path, as_version=4)
    code = [cell for cell in saved.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all("execution" not in cell.metadata for cell in code)
    assert set(saved.metadata.language_info) == {"name"}
    figures = [output for cell in code for output in cell.outputs if "image/png" in output.get("data", {})]
    assert len(figures) >= 4


def test_the_first_market_runs_for_other_years_and_without_a_firm(tmp_path: Path) -> None:
    tried = nbformat.read(notebooks()[0], as_version=4)
    changes = {"MONTHS = 60": "MONTHS = 24", '"population.customers": 1500': '"population.customers": 300'}
    changes['first_customer(market, "walker")'] = "None"
    for old, new in changes.items():
        assert any(old in cell.source for cell in tried.cells), old
        for cell in tried.cells:
            cell.source = cell.source.replace(old, new)
    nbformat.write(tried, tmp_path / "tried.ipynb")
    said = "".join(texts(executed(tmp_path / "tried.ipynb", tmp_path)))
    assert "months seen: 24" in said
    assert "walker has no customers left" in said


def test_the_second_lesson_counts_its_lucks() -> None:
    cells = nbformat.read(notebooks()[1], as_version=4).cells
    code = "".join(cell.source for cell in cells if cell.cell_type == "code")
    assert code.count("range(1, 9)") == 1 and "eight" not in code
