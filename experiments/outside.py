"""Somebody else's configuration files must not run code: they are looked through before Hydra reads them.

Hydra itself makes objects from ``_target_`` (callbacks, launchers, sweepers) and calls functions from
``${name:...}`` (resolvers). A file from outside the package may therefore hold neither, and of Hydra's own
node only ``run.dir``, ``sweep.dir`` and a launcher or sweeper chosen by name.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from omegaconf import DictConfig, OmegaConf

from experiments.errors import BadInputError

_MOST_FILES = 2000
_HEADER = re.compile(r"^\s*#\s*@\s*package\s+(\S+)", re.M)
_REFERENCE = re.compile(r"\$\{\.*[A-Za-z_][\w.\[\]]*\}")
_BY_NAME = ("hydra/launcher", "hydra/sweeper")
_FOLDERS = {("run", "dir"), ("sweep", "dir")}


def check_folder(folder: Path) -> None:
    """Refuse a folder of configuration files in which something could run code.

    Raises
    ------
    BadInputError
        A line for each finding: the file, the key, what is allowed.
    """
    if not folder.is_dir():
        raise BadInputError(f"{folder}: no such folder of configuration files")
    files = list(_yaml_files(folder))
    if len(files) > _MOST_FILES:
        raise BadInputError(
            f"{folder}: more than {_MOST_FILES} YAML files; name a folder of configuration files"
        )
    findings = [f"{path}: {line}" for path in files for line in _findings(path, path.relative_to(folder))]
    if findings:
        raise BadInputError(*findings)


def _yaml_files(folder: Path) -> Iterator[Path]:
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in sorted(folders) if not name.startswith(".git")]
        if os.path.realpath(place) in seen:
            folders.clear()
            continue
        seen.add(os.path.realpath(place))
        yield from (Path(place, name) for name in sorted(names) if name.endswith((".yaml", ".yml")))


def _findings(path: Path, place: Path) -> Iterator[str]:
    if place.parts[0] == "hydra":
        yield "a file in a folder hydra/ is not allowed; choose a launcher or sweeper by name"
        return
    try:
        text = path.read_text(encoding="utf-8")
        content = OmegaConf.load(path)
    except Exception as error:
        yield f"not a readable YAML file: {' '.join(str(error).split())[:160]}"
        return
    for package in _HEADER.findall(text):
        if _touches_hydra(package):
            yield f"@package {package}: a file may not be placed into hydra"
    if isinstance(content, DictConfig):
        tree = OmegaConf.to_container(content, resolve=False)
        yield from _hydra_node(tree)
        yield from _defaults(tree)
        yield from _values(tree, "")
    elif text.strip():
        yield from _values(OmegaConf.to_container(content, resolve=False), "")


def _touches_hydra(package: str) -> bool:
    return "hydra" in re.split(r"[./]", package)


def _hydra_node(tree: Any) -> Iterator[str]:
    """Find what is not allowed in Hydra's own node."""
    rule = "not allowed; of hydra only run.dir, sweep.dir, and a launcher or sweeper by name in defaults"
    for key, node in tree.items():
        if str(key).startswith("hydra."):
            yield f"{key}: {rule}"
        if key != "hydra" or node is None:
            continue
        if not isinstance(node, dict):
            yield f"hydra: {rule}"
            continue
        for part, inner in node.items():
            names = inner if isinstance(inner, dict) else [None]
            yield from (
                f"hydra.{part}{f'.{name}' if name else ''}: {rule}"
                for name in names
                if (part, name) not in _FOLDERS
            )


def _defaults(tree: Any) -> Iterator[str]:
    """Find entries of a defaults list that reach into Hydra or out of the folder."""
    entries = tree.get("defaults") or []
    for entry in entries if isinstance(entries, list) else [entries]:
        pairs = entry.items() if isinstance(entry, dict) else [(entry, None)]
        for key, option in pairs:
            name = str(key).removeprefix("override ").removeprefix("optional ").strip()
            group, _, package = name.partition("@")
            by_name = group.strip("/") in _BY_NAME and isinstance(option, str) and not package
            if ".." in f"{name}{option}":
                yield f"defaults: {name}: a path out of the folder is not allowed"
            elif "/" in str(option) and by_name:
                yield f"defaults: {name}: {option}: a name, without a path"
            elif not by_name and (_touches_hydra(group.strip("/")) or _touches_hydra(package)):
                yield f"defaults: {name}: of hydra only hydra/launcher and hydra/sweeper, by name"


def _values(node: Any, key: str) -> Iterator[str]:
    """Find what makes objects or calls functions."""
    if isinstance(node, dict):
        for name, inner in node.items():
            below = f"{key}.{name}" if key else str(name)
            if name == "_target_":
                yield f"{below}: not allowed, it would run code"
            else:
                yield from _values(str(name), below)
                yield from _values(inner, below)
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _values(inner, f"{key}[{number}]")
    elif isinstance(node, str) and "${" in _REFERENCE.sub("", node):
        yield f"{key} = {node}: a resolver is not allowed, it would run code; a reference is written ${{key}}"
