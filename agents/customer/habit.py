"""The habit: what one customer has with one firm, where customers buy from several."""

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, link, state

NEVER = 32_000  # months since the last purchase of who never bought, or bought too long ago to count


class Habit(ColumnAgent):
    """The relation of one customer and one firm, where each purchase chooses its firm."""

    customer = link("Customer", "the customer", always=True)
    firm = link("Firm", "the firm", always=True)
    memory = state("1", "what the customer remembers of the firm", dtype="float32", low=-5, high=5)
    since = state(
        "month", "months since the last purchase; 32,000: never", dtype="int16", default=NEVER, low=0
    )
    tenure = state("month", "months since it began to buy, a year without ends it", dtype="int16", low=0)
    purchases = flow("service/month", "services bought from the firm", dtype="int16", low=0)
    spent = flow("coins/month", "coins paid for them, where another firm is the usual one", low=0)
