"""The industry body: dues, standards of quality and candour, audits."""

from typing import Annotated, Any

from agents.base.agent import ColumnAgent
from agents.base.columns import flow
from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter


class IndustryBody(ColumnAgent):
    """An association of firms that holds its members to a standard."""

    dues = flow("coins/month", "dues received", low=0)
    audits = flow("audit/month", "members audited", low=0)
    breaches = flow("breach/month", "breaches found", low=0)


@compiled_group
class IndustryBodyParameters:
    """The standard, and how it is kept."""

    dues: Annotated[float, parameter("1", "dues of a member relative to revenue", 0, 0.1)] = 0.003
    founder_dues: Annotated[float, parameter("1", "further dues of a founder", 0, 0.1)] = 0.001
    quality_floor: Annotated[float, parameter("1", "least quality that members deliver", 0, 2)] = 0.95
    quality_margin: Annotated[
        float, parameter("1", "what members design beyond the floor, since delivery varies", 0, 1)
    ] = 0.02
    fee_ceiling: Annotated[float, parameter("1", "largest hidden fee relative to the price", 0, 1)] = 0.016
    quota_ceiling: Annotated[float, parameter("1", "largest pressure of quotas", 0, 1)] = 0.3
    audit_rate: Annotated[float, parameter("1/month", "chance that a member is audited", 0, 1)] = 0.05
    fine: Annotated[float, parameter("1", "fine relative to yearly dues", 0, 20)] = 2.0
    expulsion: Annotated[float, parameter("month", "months without membership after a breach", 0, 240)] = 24.0
    credibility: Annotated[float, parameter("1", "claim of a member believed beyond reputation", 0, 1)] = 0.2
    standing: Annotated[
        float, parameter("1", "reputation added to a member's in all that compares firms", 0, 1)
    ] = 0.1


@rule
def breaches_standard(quality: float, fee: float, price: float, quota: float, p: Any) -> bool:
    """Whether a member falls below the standard; who has served nobody has no quality to judge."""
    return 0.0 < quality < p.quality_floor or fee > p.fee_ceiling * price + 1e-9 or quota > p.quota_ceiling


@rule
def quality_of_a_member(quality: float, delivered: float, p: Any) -> float:
    """Quality to design so that what is delivered meets the floor, and a little more (1).

    Audits look at what customers got, so a member whose staff and suppliers make less of its design
    (``delivered`` of ``quality`` last month) must design for more, at the cost of its inputs.
    """
    made = delivered / quality if delivered > 0.0 else 1.0
    return p.quality_floor * (1.0 + p.quality_margin) / made
