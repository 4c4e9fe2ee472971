"""What all policy families share: options with a name, and what a firm sees of its market."""

import re
from enum import StrEnum
from typing import Any, NamedTuple


class Market(NamedTuple):
    """What every firm can see when it sets its terms."""

    mean_price: float
    total_customers: float
    wage: float
    input_cost: float
    supplier_margin: float
    tax: float
    worth_median: float


class Sides(NamedTuple):
    """One number for each side that has a stake in a firm."""

    customers: float
    employees: float
    suppliers: float
    shareholders: float
    community: float
    reserve: float = 0.0


class Option:
    """One way to act, chosen by name from its family; its parameters are its fields."""

    @classmethod
    def name(cls) -> str:
        """The option's name in configs: the class name in lower case with underscores."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def meaning(cls) -> str:
        """First line of what it is."""
        return (cls.__doc__ or "").strip().splitlines()[0]


def names_of(title: str, family: tuple[type[Option], ...]) -> Any:
    """The names of a family's options, as an enumeration for configs, found where the family stands."""
    return StrEnum(title, {option.name(): option.name() for option in family}, module=family[0].__module__)
