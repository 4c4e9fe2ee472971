"""Conduct: service, marketing, governance, loyalty scheme, standards and adaptation."""

from typing import Annotated

from agents.base.parameters import group, parameter
from agents.policies.option import Option, names_of

_LEVEL = "level of the lever"
_BUDGET = "coins relative to revenue"


@group
class Service(Option):
    """How customers are served: levels of the levers of service."""

    empowerment: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.4
    openness: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.35
    sharing: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.3
    listening: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.3
    tailoring: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.0
    training: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.3
    honest_advice: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.0
    outreach: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.0
    extra_staff: Annotated[float, parameter("1", "staff beyond the usual need", 0, 1)] = 0.0
    claim_factor: Annotated[float, parameter("1", "claims beyond the usual", 0.5, 2)] = 1.0


@group
class PolicyBound(Service):
    """Staff may decide nothing: "it is against our policy"."""

    empowerment: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.15
    openness: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.2
    sharing: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.2
    listening: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.2


@group
class Empowered(Service):
    """Staff may put things right."""

    empowerment: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.7
    openness: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.5
    sharing: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.5


@group
class Partnership(Service):
    """Customers are partners: listened to, advised honestly, served by more and freer staff."""

    empowerment: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.8
    openness: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.8
    sharing: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.8
    listening: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.6
    tailoring: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.3
    honest_advice: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.5
    extra_staff: Annotated[float, parameter("1", "staff beyond the usual need", 0, 1)] = 0.05


@group
class LipService(Service):
    """Claims, slogans and surveys that change nothing."""

    empowerment: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.15
    openness: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.2
    sharing: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.2
    listening: Annotated[float, parameter("1", _LEVEL, 0, 1)] = 0.6
    claim_factor: Annotated[float, parameter("1", "claims beyond the usual", 0.5, 2)] = 1.10


SERVICE = (PolicyBound, Empowered, Partnership, LipService)
ServiceName = names_of("ServiceName", SERVICE)


@group
class Marketing(Option):
    """What is spent on winning and keeping customers beyond usual advertising."""

    budget: Annotated[float, parameter("1", "coins relative to revenue", 0, 0.5)] = 0.0
    acquisition_share: Annotated[float, parameter("1", "share of the budget for advertising", 0, 1)] = 0.0


@group
class NoMarketing(Marketing):
    """Nothing beyond usual advertising."""

    @classmethod
    def name(cls) -> str:
        """The option's name in configs."""
        return "none"


@group
class Acquisition(Marketing):
    """A budget for advertising, to win customers."""

    budget: Annotated[float, parameter("1", _BUDGET, 0, 0.5)] = 0.008
    acquisition_share: Annotated[float, parameter("1", "share of the budget for advertising", 0, 1)] = 1.0


@group
class Retention(Marketing):
    """A budget for contact with one's customers beyond transactions, to keep them.

    The default about pays for full contact, ``outreach_cost`` coins a customer-month, at the starting price;
    what a budget exceeds that by is not spent.
    """

    budget: Annotated[float, parameter("1", _BUDGET, 0, 0.5)] = 0.008


MARKETING = (NoMarketing, Acquisition, Retention)
MarketingName = names_of("MarketingName", MARKETING)


@group
class Governance(Option):
    """Who decides."""

    consensus: Annotated[float, parameter("1", "1: stakeholders share in decisions", 0, 1)] = 0.0
    veto_tolerance: Annotated[
        float, parameter("1/quarter", "loss of one side, relative to what it receives, that is vetoed", 0, 1)
    ] = 1.0
    pace: Annotated[float, parameter("1", "speed of change of terms", 0.1, 1)] = 1.0


@group
class Management(Governance):
    """Management decides alone."""


@group
class Consensus(Governance):
    """Stakeholders pool what they know, take their time, and can veto what hurts one side unreasonably."""

    consensus: Annotated[float, parameter("1", "1: stakeholders share in decisions", 0, 1)] = 1.0
    veto_tolerance: Annotated[
        float, parameter("1/quarter", "loss of one side, relative to what it receives, that is vetoed", 0, 1)
    ] = 0.02
    pace: Annotated[float, parameter("1", "speed of change of terms", 0.1, 1)] = 0.7


GOVERNANCE = (Management, Consensus)
GovernanceName = names_of("GovernanceName", GOVERNANCE)


@group
class LoyaltyScheme(Option):
    """What loyalty is paid with."""

    points_rebate: Annotated[float, parameter("1", "points given back, relative to the price", 0, 0.5)] = 0.0
    tenure_discount: Annotated[float, parameter("1/year", "rebate for each year of loyalty", 0, 0.1)] = 0.0


@group
class NoScheme(LoyaltyScheme):
    """No scheme."""

    @classmethod
    def name(cls) -> str:
        """The option's name in configs."""
        return "none"


@group
class Points(LoyaltyScheme):
    """Points, which lock in; of bonds they move only what any lower bill moves, abundance and balance."""

    points_rebate: Annotated[float, parameter("1", "points given back, relative to the price", 0, 0.5)] = 0.02


@group
class TenureReward(LoyaltyScheme):
    """A price that falls with loyalty."""

    tenure_discount: Annotated[float, parameter("1/year", "rebate for each year of loyalty", 0, 0.1)] = 0.01


LOYALTY_SCHEME = (NoScheme, Points, TenureReward)
LoyaltySchemeName = names_of("LoyaltySchemeName", LOYALTY_SCHEME)


@group
class Standards(Option):
    """Whether the firm supports an industry standard."""

    membership: Annotated[float, parameter("1", "0: outside; 1: member; 2: founder", 0, 2)] = 0.0


@group
class NoStandards(Standards):
    """Outside the industry body."""

    @classmethod
    def name(cls) -> str:
        """The option's name in configs."""
        return "none"


@group
class Member(Standards):
    """A member, held to the standard."""

    membership: Annotated[float, parameter("1", "0: outside; 1: member; 2: founder", 0, 2)] = 1.0


@group
class Founder(Standards):
    """A founder, who pays more and is held to the standard."""

    membership: Annotated[float, parameter("1", "0: outside; 1: member; 2: founder", 0, 2)] = 2.0


STANDARDS = (NoStandards, Member, Founder)
StandardsName = names_of("StandardsName", STANDARDS)


@group
class Adaptation(Option):
    """Whether the firm learns from rivals."""

    imitates: Annotated[float, parameter("1", "1: looks at the best rival once a year", 0, 1)] = 0.0
    sharpness: Annotated[float, parameter("1", "how sharply it answers a better result", 0, 20)] = 4.0
    threshold: Annotated[
        float, parameter("1", "rival's over own result at which it copies with chance 1/2", 0, 5)
    ] = 1.25


@group
class NoAdaptation(Adaptation):
    """Policies stay as they are."""

    @classmethod
    def name(cls) -> str:
        """The option's name in configs."""
        return "none"


@group
class Imitation(Adaptation):
    """Once a year it may copy one policy of the most profitable rival."""

    imitates: Annotated[float, parameter("1", "1: looks at the best rival once a year", 0, 1)] = 1.0


ADAPTATION = (NoAdaptation, Imitation)
AdaptationName = names_of("AdaptationName", ADAPTATION)
