"""Presets ``experiment=NAME``: the arm that each experiment is about as one run, written from it."""

from pathlib import Path
from typing import Any

from experiments.question import Question
from experiments.worlds import Held

FOLDER = Path(__file__).parents[2] / "configs" / "experiment"


def arm_of(question: Question) -> str:
    """The arm that the first part of the claim is about."""
    weights = question.claims[0].contrast.weights
    return next(arm for arm, weight in weights.items() if weight > 0.0)


def tree_of(question: Question) -> dict[str, Any]:
    """What that arm changes in the default market, as nested mappings; held values left out."""
    course = question.course(arm_of(question), question.main)
    changes = {**course.start, **course.trunk, **course.arm}
    tree: dict[str, Any] = {"experiment_name": question.name, "months": question.months}
    for key, value in changes.items():
        if isinstance(value, Held) or key == "firms":
            continue
        node = tree
        *path, last = key.split(".")
        for step in path:
            node = node.setdefault(step, {})
        node[last] = value
    return tree


def preset(question: Question) -> str:
    """The preset of an experiment, as YAML."""
    from omegaconf import OmegaConf  # noqa: PLC0415 - needed by this alone

    head = [
        "# @package _global_",
        f"# {question.asks}",
        f"# Here one run of the arm `{arm_of(question)}`. "
        f"All arms, paired: reciprocity experiments {question.name}",
    ]
    if "firms" in question.base:
        head += ["defaults:", "  - override /industry: duopoly"]
    return "\n".join([*head, OmegaConf.to_yaml(OmegaConf.create(tree_of(question)))])


def write() -> list[Path]:
    """Write the presets of all experiments but the ablation, which has the arms of another."""
    from experiments.questions.catalogue import QUESTIONS  # noqa: PLC0415 - a cycle otherwise

    written = []
    for question in QUESTIONS.values():
        if question.null_models:
            path = FOLDER / f"{question.name}.yaml"
            path.write_text(preset(question), encoding="utf-8")
            written.append(path)
    return written


if __name__ == "__main__":
    for each in write():
        print(each.name)
