"""Parameters: one declaration gives the default, the unit, the bounds, the meaning and the source."""

from collections import namedtuple
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, dataclass_transform, get_args, get_type_hints

import numpy as np
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

ASSUMPTION = "assumption"


@dataclass_transform(kw_only_default=True)
def group[T](cls: type[T]) -> type[T]:
    """Declare a parameter group: a validated dataclass that refuses unknown keys, NaN and infinity."""
    config = ConfigDict(extra="forbid", allow_inf_nan=False, validate_assignment=True)
    return dataclass(config=config, kw_only=True)(cls)  # type: ignore[return-value]


def parameter(
    unit: str, meaning: str, low: float | None = None, high: float | None = None, source: str = ASSUMPTION
) -> Any:
    """Describe a number that can be configured: ``name: Annotated[float, parameter(...)] = default``.

    Parameters
    ----------
    unit : str
        Unit of measurement; "1" for a pure number.
    meaning : str
        What it is, in domain words.
    low, high : float, optional
        Bounds, both allowed values.
    source : str
        Author, year and DOI, or the word "assumption".
    """
    return Field(ge=low, le=high, description=meaning, json_schema_extra={"unit": unit, "source": source})


def declared(cls: type) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Yield name, default and description (unit, meaning, low, high, source) of a group's own numbers."""
    hints = get_type_hints(cls, include_extras=True)
    for f in fields(cls):
        for note in get_args(hints[f.name])[1:]:
            extra = getattr(note, "json_schema_extra", None)
            if isinstance(extra, dict):
                yield f.name, f.default, {**extra, "meaning": note.description, **_bounds(note)}


def _bounds(note: Any) -> dict[str, float | None]:
    found: dict[str, float | None] = {"low": None, "high": None}
    for m in note.metadata:
        found["low"] = getattr(m, "ge", found["low"])
        found["high"] = getattr(m, "le", found["high"])
    return found


def numbers_class(cls: type) -> Any:
    """Make, once at import, the named tuple in which compiled loops take a group's numbers."""
    names = [name for name, _, _ in declared(cls)]
    made = namedtuple("Numbers", names, module=cls.__module__)  # type: ignore[misc]
    made.__qualname__ = f"{cls.__qualname__}.Numbers"
    return made


@dataclass_transform(kw_only_default=True)
def compiled_group[T](cls: type[T]) -> type[T]:
    """Declare a parameter group that compiled loops take as a named tuple of floats."""
    made = group(cls)
    made.Numbers = numbers_class(made)  # type: ignore[attr-defined]
    return made


def numbers(part: Any) -> Any:
    """A group's values as the named tuple of floats that loops take."""
    kind = type(part).Numbers
    return kind(*(float(getattr(part, name)) for name in kind._fields))


def one_record(given: Any) -> np.ndarray:
    """A named tuple (of named tuples) as the only record of an array: the quickest to hand to a loop.

    Loops take the record out at their first line, ``n = settings[0]``, and read ``n.choice.nobody``.
    """
    record = np.zeros(1, _record_type(_kinds(given)))
    record[0] = tuple(tuple(part) if isinstance(part, tuple) else part for part in given)
    return record


def _kinds(given: Any) -> tuple[tuple[str, Any], ...]:
    parts = zip(given._fields, given, strict=True)
    return tuple((name, _kinds(part) if isinstance(part, tuple) else type(part)) for name, part in parts)


@cache
def _record_type(kinds: tuple[tuple[str, Any], ...]) -> np.dtype[Any]:
    """One and the same type object for the same fields: Numba then knows it at a glance."""
    fields = [(name, _record_type(kind) if isinstance(kind, tuple) else kind) for name, kind in kinds]
    return np.dtype((np.record, fields))


def whole(name: str, given: Any, most: int, told: str, least: int = 0) -> int:
    """A whole number from ``least`` to ``most``, or an error that says what is allowed."""
    number = isinstance(given, int | float | np.integer | np.floating) and not isinstance(given, bool)
    if not number or not least <= given <= most or given != int(given):
        raise ValueError(f"{name} = {given!r}: allowed: a whole number from {least} to {most}, {told}")
    return int(given)


def walk(part: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (dotted key, value) of every plain value in nested groups and mappings."""
    if is_dataclass(part) and not isinstance(part, type):
        for f in fields(part):
            yield from walk(getattr(part, f.name), f"{prefix}{f.name}.")
    elif isinstance(part, dict):
        for key, value in part.items():
            yield from walk(value, f"{prefix}{key}.")
    else:
        yield prefix[:-1], part
