"""Customers who are loyal to an employee more than to the firm, and who leaves when the employee does."""

from experiments.comparing import Claim, Contrast, How, Window, against
from experiments.question import Arm, Question
from experiments.questions import measures as m

OWN_STAYS, OWN_LEAVES, SHARED_STAYS, SHARED_LEAVES = (
    "tied to staff, nobody leaves",
    "tied to staff, stars leave",
    "tied to the firm, nobody leaves",
    "tied to the firm, stars leave",
)
MONTH, STARS = 36, 8
"""The month of the shock, and how many stars leave in it and the months after."""
SHARED = {"firms.steady.levers.sharing": 0.9, "firms.steady.levers.openness": 0.9}
OWN = {"firms.steady.levers.sharing": 0.0, "firms.steady.levers.openness": 0.5}
LEAVE = {
    f"shocks.star_{place}": {"kind": "star_leaves", "month": MONTH + place, "firm": "steady"}
    for place in range(STARS)
}
AFTER = Window(MONTH, MONTH + STARS + 6, How.total)
FOLLOWED = m.sum_of("left_by_employee_left", "customer", "customers lost because their employee left", AFTER)
LOST = m.sum_of("lost", "customer", "customers lost", AFTER)
ATTACHED = m.mean_of("Customer.attachment", "1", "attachment to the employee", Window(MONTH - 12, MONTH))
OWN_EFFECT, SHARED_EFFECT = against(OWN_LEAVES, OWN_STAYS), against(SHARED_LEAVES, SHARED_STAYS)
HELD = Contrast(
    "stars leave less nobody: tied to the firm less to staff",
    {SHARED_LEAVES: 1.0, SHARED_STAYS: -1.0, OWN_LEAVES: -1.0, OWN_STAYS: 1.0},
    OWN_LEAVES,
)

QUESTION = Question(
    name="star_employee",
    asks="Do customers who are loyal to an employee more than to the firm leave with it, "
    "and does a bond with the firm hold them?",
    firm="steady",
    arms={
        OWN_STAYS: Arm(OWN, "staff share no knowledge of customers, so that customers attach to a person"),
        OWN_LEAVES: Arm(
            {**OWN, **LEAVE}, f"the same; from month {MONTH} the star leaves, {STARS} months running"
        ),
        SHARED_STAYS: Arm(
            SHARED, "staff share what they know, and the firm is open: the bond is with the firm"
        ),
        SHARED_LEAVES: Arm({**SHARED, **LEAVE}, "the same, and the stars leave in the same months"),
    },
    measures=(FOLLOWED, LOST, ATTACHED, m.QUALITY, m.RELATIONSHIP, m.CUSTOMERS, m.PROFIT),
    contrasts=(OWN_EFFECT, SHARED_EFFECT, HELD),
    curves=(FOLLOWED, LOST, m.RELATIONSHIP),
    swaps="follower",
    claims=(
        Claim(
            "customers attached to an employee leave with it", FOLLOWED, OWN_EFFECT, 1, 10.0, relative=False
        ),
        Claim("a bond with the firm holds them", FOLLOWED, HELD, -1, 5.0, relative=False, built_in=True),
        Claim(
            "their leaving shows in all customers lost",
            LOST,
            OWN_EFFECT,
            1,
            10.0,
            relative=False,
            beside=True,
        ),
        Claim("sharing costs profit", m.PROFIT, against(SHARED_STAYS, OWN_STAYS), -1, 1.0, beside=True),
    ),
    suspects=(
        Claim(
            "sharing and openness improve service",
            m.QUALITY,
            against(SHARED_STAYS, OWN_STAYS),
            1,
            0.01,
            relative=False,
        ),
        Claim(
            "sharing among staff keeps attachment to one of them low",
            ATTACHED,
            against(SHARED_STAYS, OWN_STAYS),
            -1,
            10.0,
        ),
    ),
    because="One employee serves about sixty customers, so that a few stars move few customers of a firm; "
    "what is lost because of them is counted by cause, customer by customer, and not by the firm's total. "
    "Sharing among staff is what keeps attachment to one of them low, by rule. "
    "Where sharing pays, it is because knowledge of customers improves every service for the price of some "
    "time of staff.",
)
