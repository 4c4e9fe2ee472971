"""Every parameter of a run, as declared: the source of ``describe``, of the docs and of error messages."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from agents.base.parameters import declared
from agents.policies.entry import NEUTRAL
from experiments.schema import ENTRIES, Run

PLACE = {"firms": "<firm>", "shocks": "<shock>"}
MEANINGS = {
    "market.buying": "how customers buy",
    "firms.<firm>.mode": "preset of the firm's policies",
    "firms.<firm>.policy": "parameters of options for this firm alone: policy.<family>.<option>.<parameter>",
    "shocks.<shock>.kind": "what happens",
    "shocks.<shock>.firm": "the firm to which it happens; null: the market",
    **{
        f"firms.<firm>.{family}": f"option of the family {family}; null: as the mode says, else {neutral}"
        for family, neutral in NEUTRAL.items()
    },
}
"""Meanings of what is chosen by name."""


class Row(NamedTuple):
    """One parameter: where it stands, what it is, and what is allowed."""

    key: str
    kind: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    nullable: bool
    meaning: str
    source: str

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.choices:
            text = f"one of {', '.join(self.choices)}"
        else:
            text = self.kind + _range(self.low, self.high)
            text += f" ({self.unit})" if self.unit not in ("", "1") else ""
        return text + (", or null" if self.nullable else "")


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return "" if high is None else f" of at most {digits(high)}"
    return f" of at least {digits(low)}" if high is None else f" from {digits(low)} to {digits(high)}"


def digits(number: float) -> str:
    """A number as people write it."""
    return f"{int(number):,}" if number == int(number) else f"{number:g}"


@cache
def parameters() -> dict[str, Row]:
    """Every parameter by key, with ``<firm>`` and ``<shock>`` where a name of the user's stands."""
    return {row.key: row for row in _rows(Run, "")}


def _rows(cls: Any, prefix: str) -> Iterator[Row]:
    hints = get_type_hints(cls, include_extras=True)
    described = {name: note for name, _, note in declared(cls)}
    for f in fields(cls):
        key, kind = f"{prefix}{f.name}", _bare(hints[f.name])
        if key in PLACE:
            yield from _rows(ENTRIES[key], f"{key}.{PLACE[key]}.")
        elif is_dataclass(kind):
            yield from _rows(kind, f"{key}.")
        else:
            yield _row(key, hints[f.name], _default(f), described.get(f.name, {}))


def _row(key: str, hint: Any, default: Any, note: dict[str, Any]) -> Row:
    kind = _bare(hint)
    choices = tuple(str(member.value) for member in kind) if _is_enum(kind) else ()
    return Row(
        key,
        _in_words(kind),
        default,
        note.get("unit", "1"),
        note.get("low"),
        note.get("high"),
        choices,
        NoneType in get_args(_unannotated(hint)),
        note.get("meaning") or MEANINGS.get(key, ""),
        note.get("source", ""),
    )


def _default(f: Any) -> Any:
    if f.default is not MISSING:
        return getattr(f.default, "value", f.default)
    return f.default_factory() if f.default_factory is not MISSING else "required"


def _unannotated(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _bare(hint: Any) -> Any:
    """The type without its description and without null."""
    hint = _unannotated(hint)
    if get_origin(hint) in (Union, UnionType):
        return next(kind for kind in get_args(hint) if kind is not NoneType)
    return hint


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _in_words(kind: Any) -> str:
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    origin = get_origin(kind)
    if origin is list:
        return "a list of whole numbers"
    return "a mapping" if origin is dict else words.get(kind, "a name")


def general(key: str) -> str:
    """A key with the user's own names replaced: ``firms.focal.value`` is ``firms.<firm>.value``.

    A firm's own parameter of an option is that option's parameter.
    """
    parts = key.split(".")
    if parts[0] == "firms" and parts[2:3] == ["policy"] and len(parts) > 3:
        return ".".join(parts[2:])
    if parts[0] in PLACE and len(parts) > 1:
        parts[1] = PLACE[parts[0]]
    return ".".join(parts)


def allowed(key: str) -> str:
    """What is allowed at a key, in words; empty where the key is none."""
    row = parameters().get(general(key))
    return row.allowed if row else ""


def unknown(key: str) -> str:
    """Say of a key that it does not exist, and which ones come near."""
    wanted, known = general(key).split("."), [name.split(".") for name in parameters()]
    for depth, part in enumerate(wanted):
        siblings = sorted(
            {name[depth] for name in known if name[:depth] == wanted[:depth] and len(name) > depth}
        )
        if part not in siblings:
            return f"unknown key; {_suggestion('.'.join(wanted[: depth + 1]), part, siblings)}"
    return "unknown key"


def _suggestion(key: str, part: str, siblings: list[str]) -> str:
    if not siblings:
        return f"nothing stands below {key.rpartition('.')[0]}"
    close = get_close_matches(part, siblings, n=3)
    elsewhere = sorted((n for n in parameters() if n.rpartition(".")[2] == part), key=lambda n: n.count("."))[
        :1
    ]
    if close or elsewhere:
        return f"did you mean {' or '.join(close or elsewhere)}?"
    return f"allowed: {', '.join(siblings[:12])}{', ...' if len(siblings) > 12 else ''}"
