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
)

REASONS = (
    "**Supplier squeeze.** Here suppliers that distrust a firm give up the link, and none takes on a margin "
    "below what it accepts, so that a squeezed firm ends on the spot market; the prototype had no exit. The "
    "design asks for exit: the prototype is wrong. Without exit the row agrees (below).",
    "**Customer equity (golden rule, salary, quarterly profit, quota).** Customer equity follows the number "
    "of customers, and here that number answers conduct more strongly from the second year on. No single "
    "mechanism carries it: refused complaints and compliments move the staff's spirit here, and a budget "
    "limits what a customer buys; each of them carries a part (the first: below). Identity, forgiveness, "
    "insight and unmet needs, the cost of levers and the community carry none of it, and customer equity in "
    "one piece, as in the prototype, says the same as by tenure group. Where the effect crosses zero, the "
    "sign of one year differs; the order of the signs in time is the same.",
    "**Hidden fee, revenue.** Here a budget limits what a customer buys in a month, so that a higher bill "
    "sells less; in the prototype it did not bind. The effect crosses zero earlier.",
    "**Empowerment.** Here openness, and remedies for unjustified claims, have a price, which the prototype "
    "left out: virtue is not free. What it brings lasts longer here, as with quality.",
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
