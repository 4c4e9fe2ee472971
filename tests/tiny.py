"""A tiny question, and what else tests of experiments share."""

from dataclasses import replace

from experiments.comparing import (
    Claim,
    Window,
    against,
)
from experiments.question import Arm, Question, Setting
from experiments.questions import measures

SMALL = {"population.customers": 300, "burn_in": 3}
EFFECT = against("cheap", "dear")
CUSTOMERS = replace(measures.CUSTOMERS, window=Window(3, 6))
RETENTION = replace(measures.RETENTION, window=Window(0, 6))
TINY = Question(
    name="tiny",
    asks="Is a lower price liked?",
    firm="focal",
    arms={
        "cheap": Arm({"firms.focal.locked_price": 30.0}, "a low price"),
        "dear": Arm({"firms.focal.locked_price": 90.0}, "a high price"),
    },
    settings={
        "main": Setting({}, "the usual market"),
        "without ties": Setting({"switches.attachment": False}, "no ties"),
    },
    swaps="steady",
    measures=(CUSTOMERS, RETENTION),
    claims=(Claim("a low price keeps customers", RETENTION, EFFECT, 1, 0.0, relative=False),),
    contrasts=(EFFECT,),
    curves=(CUSTOMERS, RETENTION),
    base=SMALL,
    months=6,
    seeds=2,
)


def silent(_: str) -> None:
    pass
