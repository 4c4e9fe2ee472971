"""No customers: what is left of a firm."""

from experiments.comparing import Claim, Window, against
from experiments.question import Arm, Question
from experiments.questions import measures as m

GONE, USUAL = "customers desert", "nothing happens"
EFFECT = against(GONE, USUAL)
MONTH, LONG = 36, 24
AFTER = Window(MONTH + 1, MONTH + LONG)
LAST = Window(MONTH + LONG - 6, MONTH + LONG)
SALES = m.sum_of("revenue", "coins/month", "sales", AFTER)
PROFIT = m.sum_of("profit", "coins/month", "profit", AFTER, "profit_without_customers")
DIVIDENDS = m.sum_of("dividend_paid", "coins/month", "dividends", LAST)
WAGES = m.sum_of("wages", "coins/month", "wages", LAST)
JOBS = m.sum_of("staff", "employee", "jobs", LAST)

QUESTION = Question(
    name="no_customers",
    asks="No customers, no sales, no profit, no jobs, no dividends, no wages?",
    firm="steady",
    arms={
        GONE: Arm(
            {"shocks.desertion": {"kind": "desertion", "month": MONTH, "firm": "steady", "duration": LONG}},
            f"in month {MONTH} all customers leave `steady`, and nobody sees it for {LONG} months",
        ),
        USUAL: Arm({}, "the default market"),
    },
    measures=(m.CUSTOMERS, SALES, PROFIT, JOBS, WAGES, DIVIDENDS, m.PROFIT),
    contrasts=(EFFECT,),
    curves=(SALES, JOBS, PROFIT),
    claims=(
        Claim("no customers, no sales", SALES, EFFECT, -1, 95.0, built_in=True),
        Claim("no profit", PROFIT, EFFECT, -1, 95.0, built_in=True),
        Claim("no jobs", JOBS, EFFECT, -1, 95.0, built_in=True),
        Claim("no wages", WAGES, EFFECT, -1, 95.0, built_in=True),
        Claim("no dividends", DIVIDENDS, EFFECT, -1, 95.0, built_in=True),
        Claim("the rivals take it up", SALES, EFFECT, 1, 5.0, who="rivals", beside=True),
    ),
    because="What remains after a while is who still is in business: a firm whose cash is gone closes.",
)
