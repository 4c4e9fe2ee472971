"""Whether the firm of best service quality realises a higher price, when firms set prices themselves."""

from experiments.comparing import Claim, against, interval
from experiments.question import Answer, Arm, Question
from experiments.questions import measures as m

TOP, USUAL = "top quality", "usual quality"
EFFECT = against(TOP, USUAL)
FIRMS = ("focal", "follower", "walker", "steady", "dripper")
OWN_PRICES = {
    **{f"firms.{name}.mode": None for name in ("focal", "follower")},
    **{f"firms.{name}.value": "what_the_market_bears" for name in FIRMS},
    **{f"firms.{name}.staff": "flat" for name in FIRMS},
    **{f"firms.{name}.management": "salary" for name in FIRMS},
    **{f"firms.{name}.fairness": "shareholder_primacy" for name in FIRMS},
    **{f"firms.{name}.service": "empowered" for name in FIRMS},
}
PUBLISHED = 0.08
"""Price premium of firms in the top fifth by relative quality: a consultancy figure, not a target."""


def tell(answer: Answer) -> list[str]:
    """The premium beside the figure that is told of it."""
    found = interval(answer.values(m.RELATIVE_PRICE, "focal")[TOP] - 1.0)
    rank = interval(answer.values(m.RELATIVE_QUALITY, "focal")[TOP] - 1.0)
    inside = "holds" if found.low <= PUBLISHED <= found.high else "leaves out"
    return [
        f"In the arm *{TOP}* the firm, one of five and so the top fifth, delivers quality "
        f"{100 * rank.mean:+.1f} % against the others' and realises a price {100 * found.mean:+.1f} % "
        f"[{100 * found.low:+.1f}, {100 * found.high:+.1f}] against theirs; the interval {inside} the 8 % "
        "that consultancies tell of, which depends on how much better the top fifth is.",
    ]


QUESTION = Question(
    name="quality_premium",
    asks="Do firms in the top fifth of relative service quality realise about 8 % higher price?",
    firm="focal",
    base=OWN_PRICES,
    arms={
        TOP: Arm(
            {
                "firms.focal.quality_factor": 1.10,
                "firms.focal.service": "partnership",
                "firms.focal.staff": "service_appraisal",
            },
            "better inputs, more and freer staff, pay by appraisal; the firm prices as it finds best",
        ),
        USUAL: Arm({}, "inputs and staff as at the other firms; prices likewise the firm's own"),
    },
    measures=(
        m.RELATIVE_QUALITY,
        m.RELATIVE_PRICE,
        m.PRICE,
        m.VALUE,
        m.RETENTION,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT,),
    curves=(m.RELATIVE_QUALITY, m.RELATIVE_PRICE, m.PROFIT),
    swaps="steady",
    claims=(
        Claim(
            "better quality realises a higher price",
            m.RELATIVE_PRICE,
            EFFECT,
            1,
            0.02,
            relative=False,
            built_in=True,
        ),
        Claim("quality pays in the fifth year", m.LATE_PROFIT, EFFECT, 1, 2.0),
        Claim("quality wins customers besides", m.CUSTOMERS, EFFECT, 1, 5.0, beside=True),
    ),
    tells=tell,
    because="Prices are the firms' own: a markup on marginal cost by the elasticity that each has estimated, "
    "capped by what the service is worth to its customers. A better service costs more and is worth more: "
    "the price rises with it by rule, unless the estimated elasticity moves. The published regularity "
    "compares firms, not one firm with itself.",
    suspects=(
        Claim(
            "the price does not rise beyond the median customer's worth",
            m.VALUE,
            EFFECT,
            0,
            0.05,
            relative=False,
        ),
    ),
)
