"""The manifest: what made a result, by which versions, and what belongs to it."""

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import machine, platform, python_version
from typing import Any

from experiments.folder import digest, write_whole
from experiments.schema import LABELS, Run
from sim.parameters import as_tree

NAME = "manifest.json"
_PACKAGES = ("reciprocity", "mesa", "numba", "numpy", "polars", "hydra-core", "pydantic", "matplotlib")


def config_hash(run: Run) -> str:
    """Hash of all that decides what happens: not of labels, threads, what is recorded and where it goes."""
    tree = {key: value for key, value in as_tree(run).items() if key not in LABELS}
    return sha256(json.dumps(tree, sort_keys=True, allow_nan=False).encode()).hexdigest()


def write_manifest(folder: Path, run: Run, *, complete: bool, months: int, about: dict[str, Any]) -> Path:
    """Write the manifest of a folder, with the hash of every file that stands in it now."""
    files = sorted(
        p for p in folder.rglob("*") if p.is_file() and p.name != NAME and not p.name.startswith(".")
    )
    content = {
        "complete": complete,
        "months_done": months,
        "months_asked": run.months,
        "seed": run.seed,
        "experiment_name": run.experiment_name,
        "config_hash": config_hash(run),
        "git_revision": git_revision(),
        "versions": {"python": python_version(), **versions(), "platform": platform(), "machine": machine()},
        **about,
        "files": {str(path.relative_to(folder)): digest(path) for path in files},
    }
    return write_whole(folder / NAME, json.dumps(content, indent=2, allow_nan=False) + "\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder."""
    content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{folder / NAME}: not a manifest")
    return content


@cache
def versions() -> dict[str, str]:
    """Versions of what a result depends on."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


@cache
def git_revision() -> str | None:
    """Revision of the sources, with ``+changes`` if they differ from it; none outside a checkout."""
    root = Path(__file__).resolve().parents[1]
    if not (root / ".git").exists():
        return None
    revision = _git(root, ["rev-parse", "HEAD"])
    changed = _git(root, ["status", "--porcelain", "--untracked-files=no"])
    return None if revision is None else revision + ("+changes" if changed else "")


def _git(root: Path, arguments: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
