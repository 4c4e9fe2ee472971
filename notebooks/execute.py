"""Runs a notebook from a clean kernel, and keeps only what is the same whenever it is run."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).parent
LONGEST_CELL = 600  # seconds: a first run compiles the model


def notebooks() -> list[Path]:
    """All notebooks, in reading order."""
    return sorted(HERE.glob("*.ipynb"))


def executed(notebook: Path, folder: Path) -> NotebookNode:
    """The notebook with the outputs of a fresh run in a folder; the file is left as it is.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    run = nbformat.read(notebook, as_version=4)
    about = run.metadata.copy()
    client = NotebookClient(run, timeout=LONGEST_CELL, record_timing=False)
    client.execute(cwd=str(folder))
    run.metadata = about  # the run adds the version of Python
    for cell in run.cells:
        if cell.cell_type == "code":  # warnings of libraries name the machine's folders
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return run


def texts(notebook: NotebookNode) -> list[str]:
    """What each code cell prints, figures left out."""
    return [
        "".join(
            output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def main() -> None:
    """Run every notebook and write its outputs into it."""
    for path in notebooks():
        print(path.relative_to(HERE.parent), flush=True)
        run = executed(path, HERE)
        nbformat.write(run, path)


if __name__ == "__main__":
    main()
