"""Levers: what each does good or harm, and what it costs or brings. Virtue is not free."""

from typing import Annotated, Any, NamedTuple

from agents.base.compile import rule
from agents.base.parameters import compiled_group, group, parameter


class Lever(NamedTuple):
    """One lever: its unit, what it costs and what it does, for the reader and the generated table."""

    name: str
    kind: str
    cost: str
    benefit: str


LEVERS = (
    Lever(
        "contribution",
        "service",
        "its coins for each customer",
        "abundance; worth of a known need; needs learned",
    ),
    Lever("empowerment", "service", "remedies, justified and not", "failures put right; grace; morale"),
    Lever(
        "openness", "service", "handling of voice", "complaints heard instead of silence; dreams; compliments"
    ),
    Lever(
        "sharing",
        "service",
        "time of staff",
        "knowledge of customers; less attachment to one employee; dreams",
    ),
    Lever("listening", "service", "surveys", "insight"),
    Lever("tailoring", "service", "effort on each service", "service, as far as insight reaches"),
    Lever("outreach", "service", "contact with each customer", "slower fading of bonds; grace; dreams"),
    Lever("training", "service", "coins for each employee", "skill"),
    Lever("honest_advice", "service", "products not sold, asked for or pushed", "trust and truth; no regret"),
    Lever("guarantee", "service", "refunds", "a failure costs the customer less and breaks less trust"),
    Lever("accessibility", "service", "credit to customers", "purchases beyond the month's budget"),
    Lever("targeting", "service", "data; worse service for the others", "better service where value is"),
    Lever("association", "service", "meetings of customers", "praise; slower fading of bonds; dreams"),
    Lever("advertising", "service", "its share of revenue", "awareness among those who look for offers"),
    Lever("fee", "exploitation", "truth, word, scandals once found", "a fee on every service"),
    Lever("walk", "exploitation", "unfairness felt by the loyal", "rising prices on the loyal"),
    Lever("quality_cut", "exploitation", "quality", "cheaper inputs"),
    Lever(
        "supplier_squeeze",
        "exploitation",
        "reliability, trust, suppliers' exit",
        "a lower margin, and credit by paying late",
    ),
    Lever("wage_squeeze", "exploitation", "effort, morale, quits", "lower wages"),
    Lever(
        "quota_pressure", "exploitation", "effort in service, regret, gaming", "products pushed on customers"
    ),
)
SERVICE_LEVERS = tuple(lever.name for lever in LEVERS if lever.kind == "service")

_LEVEL = "level of the lever; null: as the firm's policies set it"


@group
class Levers:
    """Levels of the levers of service that a firm sets itself, over what its policies say."""

    contribution: Annotated[float | None, parameter("coins/month", _LEVEL, 0, 6)] = None
    empowerment: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    openness: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    sharing: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    listening: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    tailoring: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    outreach: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    training: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    honest_advice: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    guarantee: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    accessibility: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    targeting: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    association: Annotated[float | None, parameter("1", _LEVEL, 0, 1)] = None
    advertising: Annotated[float | None, parameter("1", _LEVEL, 0, 0.5)] = None


@compiled_group
class LeverParameters:
    """What one month of a lever at its full level costs, and how far the levers of exploitation reach."""

    listening_cost: Annotated[float, parameter("coins/customer", "surveys", 0, 20)] = 0.5
    openness_cost: Annotated[float, parameter("coins/customer", "handling of voice", 0, 20)] = 0.3
    outreach_cost: Annotated[float, parameter("coins/customer", "contact beyond transactions", 0, 20)] = 0.5
    association_cost: Annotated[float, parameter("coins/customer", "meetings", 0, 20)] = 0.4
    targeting_cost: Annotated[float, parameter("coins/customer", "data on lifetime value", 0, 20)] = 0.3
    tailoring_cost: Annotated[float, parameter("coins/service", "effort of tailoring", 0, 50)] = 1.0
    accessibility_cost: Annotated[float, parameter("1", "credit, relative to sales", 0, 0.5)] = 0.01
    training_cost: Annotated[float, parameter("coins/employee", "training", 0, 500)] = 20.0
    sharing_cost: Annotated[float, parameter("coins/employee", "time for sharing", 0, 500)] = 10.0
    consensus_saving: Annotated[
        float, parameter("1", "share of lever costs that consensus saves", 0, 0.5)
    ] = 0.10
    consensus_cost: Annotated[
        float, parameter("coins/customer", "time of all who decide together, at full consensus", 0, 20)
    ] = 0.2
    service_overhead: Annotated[float, parameter("coins/service", "overhead of a service", 0, 100)] = 5.0
    fixed_overhead: Annotated[
        float,
        parameter(
            "coins/customer", "overhead of a firm, for each customer of an average firm at the start", 0, 100
        ),
    ] = 2.5
    winning_cost: Annotated[float, parameter("coins/customer", "cost of taking on a newcomer", 0, 500)] = 8.0
    addon_cost: Annotated[float, parameter("coins/product", "cost of an additional product", 0, 500)] = 10.0
    fee_reach: Annotated[float, parameter("1", "hidden fee at full pull, relative to the price", 0, 0.5)] = (
        0.08
    )
    walk_reach: Annotated[float, parameter("1/year", "rise on the loyal at full pull", 0, 0.5)] = 0.04
    quality_reach: Annotated[float, parameter("1", "quality cut at full pull", 0, 0.5)] = 0.08
    supplier_reach: Annotated[
        float, parameter("1", "share of suppliers' margin taken at full pull", 0, 1)
    ] = 0.64
    delay_reach: Annotated[float, parameter("month", "payment delay at full pull", 0, 12)] = 2.0
    wage_reach: Annotated[float, parameter("1", "wage cut at full pull", 0, 0.5)] = 0.08


@rule
def customer_levers_cost(
    listening: float,
    openness: float,
    outreach: float,
    association: float,
    targeting: float,
    p: Any,
) -> float:
    """Cost of the levers that are paid for each customer (coins a customer-month)."""
    contact = p.outreach_cost * outreach + p.association_cost * association + p.targeting_cost * targeting
    return p.listening_cost * listening + p.openness_cost * openness + contact


@rule
def staff_levers_cost(training: float, sharing: float, p: Any) -> float:
    """Cost of the levers that are paid for each employee (coins an employee-month)."""
    return p.training_cost * training + p.sharing_cost * sharing


@rule
def full_cost(costs: float, fixed: float, services: float, normal_services: float) -> float:
    """Full cost of one service at normal volume (coins).

    Fixed overhead is spread over normal volume, so that a firm that loses custom does not think its
    services dearer for it and price itself out of the market (IAS 2 Inventories, paragraph 13: the
    overhead of a unit is not increased as a consequence of low production). What is sold beyond normal
    volume bears its part.
    """
    return max(costs - fixed, 0.0) / services + min(fixed, costs) / max(services, normal_services)
