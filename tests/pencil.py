"""Pencil examples: a rule, what goes in, what must come out, computed by hand."""

from collections.abc import Iterable
from importlib import import_module
from inspect import getmembers, isfunction
from typing import Any, NamedTuple

from agents.base.parameters import numbers


class Example(NamedTuple):
    """One line of a table: ``rule(*given)`` is ``expected``; the comment beside it shows the sum."""

    rule: Any
    given: tuple[Any, ...]
    expected: Any


def given(group: Any, **values: float) -> Any:
    """A group's numbers with the values that an example names; it must name all that it uses."""
    return numbers(group(**values))


def name_of(example: Example) -> str:
    """The rule's name, as the test's."""
    return str(example.rule.__name__)


def rules_of(modules: Iterable[str]) -> set[str]:
    """Names of all rules that some modules define."""
    found = set()
    for name in modules:
        module = import_module(name)
        for rule, member in getmembers(module):
            own = getattr(member, "__module__", "") == name
            compiled = hasattr(member, "py_func")
            if own and (compiled or (isfunction(member) and not rule.startswith("_"))):
                found.add(rule)
    return found
