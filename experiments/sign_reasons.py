"""Why rows of the sign table differ from the prototype, and what they show without what it lacked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from experiments.sign_rows import ARMS, ROWS, Row


class Variant(NamedTuple):
    """A mechanism that the prototype lacked, switched off where the arms part, to see what it carries."""

    says: str
    changes: Mapping[str, Any]
    arms: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows that it looks into."""
        return [row for row in ROWS if row.arm in self.arms]

    def name(self, arm: str) -> str:
        """The name of an arm in this variant."""
        return f"{arm}; {self.says}"


VARIANTS = (
    Variant("no supplier gives up a link", {"supplier.exit_rate": 0.0}, ("squeeze",)),
    Variant(
        "compliments and refusals leave staff cold",
        {"employee.compliment_spirit": 0.0, "employee.refusal_spirit": 0.0},
        ("golden", "quarterly", "salary"),
    ),
    Variant(
        "services fail as seldom as there",
        {"service.failure_probability": 0.03},
        ("golden", "quarterly", "salary"),
    ),
    Variant(
        "services known to be worth less than their bill are bought as before",
        {"purchases.poor_value_restraint": 0.0},
        ("walk", "golden", "quarterly", "salary"),
    ),
)

REASONS = (
    "**Supplier squeeze.** Here suppliers that distrust a firm give up the link, and none takes on a margin "
    "below what it accepts, so that a squeezed firm ends on the spot market; the prototype had no exit. The "
    "design asks for exit: the prototype is wrong. Without exit the row agrees (below).",
    "**Customer equity and late profit (golden rule, salary, quarterly profit, quota).** Customers answer in "
    "number much as there in the second year, a little more in the third; what differs is what one of them "
    "is worth. Here who is charged less buys more, and who is charged more buys less: budgets limit the "
    "purchases of a month, and a service known to be worth less than its bill is bought less often. A firm "
    "that lowers its bills loses margin on each service, but hardly revenue from each customer; the "
    "prototype's customers bought as much at any bill. Without the second of the two, equity and profit come "
    "nearer (below); the rest is open, the budgets apart. The design has budgets, and customers who buy only "
    "what is worth its price: in this the prototype is wrong. Compliments and refusals that move the "
    "staff's spirit, and seldom failures, carry little (below).",
    "**Teaser and walk, profit.** Walked prices pass what a service is worth to many, who know it and buy "
    "less; the prototype's customers bought on. Where they do so here, the row agrees (below).",
    "**Hidden fee, revenue.** Here a budget limits what a customer buys in a month, so that a higher bill "
    "sells less; in the prototype it did not bind. The effect crosses zero earlier.",
    "**Churn in the fifth year (quality, empowerment).** What a better service brings lasts longer here; not "
    "explained.",
    "**Wage rise, effort.** After three years the gift has faded in both; what is left is small in both.",
    "**Primacy in the focal firm.** It agrees as long as the firm's policies are set one by one. A mode "
    "develops, and loads all policies of its next stage over what was changed.",
)
"""Why rows differ, as far as it was looked into."""


def all_arms() -> dict[str, Mapping[str, Any]]:
    """Every world of the table, the variants' included."""
    arms = dict(ARMS)
    for variant in VARIANTS:
        for row in variant.rows:
            for arm in (row.arm, row.base):
                arms[variant.name(arm)] = {**ARMS[arm], **variant.changes}
    return arms
