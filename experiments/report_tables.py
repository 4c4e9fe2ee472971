"""Tables of a report: how each firm behaves, and how each fared."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from agents.policies import FAMILIES, chosen
from experiments.figures.chart import last_year
from experiments.report_facts import Facts

TOLD = {
    "value": "price and quality",
    "fairness": "who gets the surplus",
    "staff": "staff are paid by",
    "management": "managers are paid by",
    "service": "service",
    "governance": "who decides",
}
"""Families of policies of which the report tells, in words."""


def conduct(facts: Facts) -> list[tuple[str, str]]:
    """How each firm was told to behave at the start; nothing for firms that entered later."""
    firms = facts.story.run.firms
    return [(name, behaviour(firms[name])) for name in facts.names if name in firms]


def behaviour(entry: Any) -> str:
    """A firm's options in words."""
    followed = [f"{words}: {chosen(entry, family).replace('_', ' ')}" for family, words in TOLD.items()]
    return " · ".join(followed)


def options_told(facts: Facts) -> list[tuple[str, str]]:
    """What the options that some firm follows mean."""
    found: dict[str, str] = {}
    for family, words in TOLD.items():
        meanings = {option.name(): option.meaning() for option in FAMILIES[family]}
        for entry in facts.story.run.firms.values():
            name = chosen(entry, family)
            found[f"{name.replace('_', ' ')} ({words})"] = meanings[name]
    return list(found.items())


class Row(NamedTuple):
    """One row of the table of results: its name, its values by firm, their form."""

    name: str
    values: Callable[[Facts], np.ndarray]
    form: Callable[[float], str]


def _share(value: float) -> str:
    return f"{100.0 * value:.0f} %"


def _thousands(value: float) -> str:
    return f"{value / 1000.0 + 0.0:,.0f}"


def _two(value: float) -> str:
    return f"{value + 0.0:.2f}"


def _whole(value: float) -> str:
    return f"{value + 0.0:,.0f}"


ROWS = (
    Row("customers at first", lambda facts: facts.story.total("customers")[0], _whole),
    Row("customers at last", lambda facts: facts.customers, _whole),
    Row("kept a year", lambda facts: facts.value(facts.story.retention), _share),
    Row("paid a service, coins", lambda f: f.mean_of_year("mean_price_paid"), _whole),
    Row("R: worth / paid", lambda f: f.mean_of_year("median_value_for_money"), _two),
    Row("satisfaction", lambda facts: facts.mean_of_year("mean_satisfaction"), _two),
    Row("relationship", lambda facts: facts.mean_of_year("mean_relationship"), _two),
    Row("staff morale", lambda facts: facts.mean_of_year("mean_morale"), _two),
    Row("profit, k", lambda facts: facts.profit, _thousands),
    Row(
        "managers' bonus, k",
        lambda facts: last_year(facts.story.total("management_bonus"))[-1],
        lambda value: f"{value / 1000.0 + 0.0:,.1f}",
    ),
    Row("customer equity, k", lambda facts: facts.value("customer_equity"), _thousands),
    Row(
        "that can last, k",
        lambda facts: facts.value("sustainable_equity"),
        _thousands,
    ),
)


def results(facts: Facts) -> tuple[list[str], list[list[str]]]:
    """How each firm fared: headings and rows, a row a quantity."""
    rows = []
    for row in ROWS:
        values = row.values(facts)
        rows.append([row.name, *("-" if not np.isfinite(value) else row.form(value) for value in values)])
    return ["", *facts.names], rows
