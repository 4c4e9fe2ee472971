"""A firm's entry in the configuration: which option of each family it follows, and what it sets itself."""

from dataclasses import field, fields, make_dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from agents.base.parameters import group, parameter
from agents.firm.levers import Levers
from agents.policies.conduct import (
    ADAPTATION,
    GOVERNANCE,
    LOYALTY_SCHEME,
    MARKETING,
    SERVICE,
    STANDARDS,
    AdaptationName,
    GovernanceName,
    LoyaltySchemeName,
    MarketingName,
    ServiceName,
    StandardsName,
)
from agents.policies.fairness import FAIRNESS, FairnessName
from agents.policies.incentives import MANAGEMENT, STAFF, ManagementName, StaffName
from agents.policies.option import Option
from agents.policies.value import VALUE, ValueName

FAMILIES: dict[str, tuple[type[Option], ...]] = {
    "value": VALUE,
    "fairness": FAIRNESS,
    "staff": STAFF,
    "management": MANAGEMENT,
    "service": SERVICE,
    "marketing": MARKETING,
    "governance": GOVERNANCE,
    "loyalty_scheme": LOYALTY_SCHEME,
    "standards": STANDARDS,
    "adaptation": ADAPTATION,
}


def _options_group(title: str, family: tuple[type[Option], ...]) -> Any:
    """The parameters of a family's options, one field an option."""
    members = [(option.name(), option, field(default_factory=option)) for option in family]
    made = make_dataclass(title, members, kw_only=True)
    made.__module__, made.__doc__ = __name__, f"Parameters of the options of the family {title}."
    return group(made)


ValueOptions = _options_group("ValueOptions", VALUE)
FairnessOptions = _options_group("FairnessOptions", FAIRNESS)
StaffOptions = _options_group("StaffOptions", STAFF)
ManagementOptions = _options_group("ManagementOptions", MANAGEMENT)
ServiceOptions = _options_group("ServiceOptions", SERVICE)
MarketingOptions = _options_group("MarketingOptions", MARKETING)
GovernanceOptions = _options_group("GovernanceOptions", GOVERNANCE)
LoyaltySchemeOptions = _options_group("LoyaltySchemeOptions", LOYALTY_SCHEME)
StandardsOptions = _options_group("StandardsOptions", STANDARDS)
AdaptationOptions = _options_group("AdaptationOptions", ADAPTATION)


@group
class PolicyParameters:
    """Parameters of every option of every family: ``policy.<family>.<option>.<parameter>``."""

    value: ValueOptions = field(default_factory=ValueOptions)  # type: ignore[valid-type]
    fairness: FairnessOptions = field(default_factory=FairnessOptions)  # type: ignore[valid-type]
    staff: StaffOptions = field(default_factory=StaffOptions)  # type: ignore[valid-type]
    management: ManagementOptions = field(default_factory=ManagementOptions)  # type: ignore[valid-type]
    service: ServiceOptions = field(default_factory=ServiceOptions)  # type: ignore[valid-type]
    marketing: MarketingOptions = field(default_factory=MarketingOptions)  # type: ignore[valid-type]
    governance: GovernanceOptions = field(default_factory=GovernanceOptions)  # type: ignore[valid-type]
    loyalty_scheme: LoyaltySchemeOptions = field(default_factory=LoyaltySchemeOptions)  # type: ignore[valid-type]
    standards: StandardsOptions = field(default_factory=StandardsOptions)  # type: ignore[valid-type]
    adaptation: AdaptationOptions = field(default_factory=AdaptationOptions)  # type: ignore[valid-type]


class Mode(StrEnum):
    """Presets of a firm's policies, in the order of maturity."""

    product_centred = "product_centred"
    market_centred = "market_centred"
    reciprocity = "reciprocity"
    surrender = "surrender"


@group
class FirmEntry:
    """One firm: an option of each family (null: as its mode says, else the neutral option)."""

    mode: Mode | None = None
    value: ValueName | None = None
    fairness: FairnessName | None = None
    staff: StaffName | None = None
    management: ManagementName | None = None
    service: ServiceName | None = None
    marketing: MarketingName | None = None
    governance: GovernanceName | None = None
    loyalty_scheme: LoyaltySchemeName | None = None
    standards: StandardsName | None = None
    adaptation: AdaptationName | None = None
    clawback: Annotated[float, parameter("month", "months that bonus is held back", 0, 60)] = 0.0
    quality_factor: Annotated[float, parameter("1", "quality relative to what value proposes", 0.3, 2)] = 1.0
    wage_factor: Annotated[float, parameter("1", "wage offer relative to the usual", 0.3, 3)] = 1.0
    margin_factor: Annotated[float, parameter("1", "supplier margin relative to the usual", 0, 4)] = 1.0
    payment_delay: Annotated[float, parameter("month", "delay of payment to suppliers", 0, 12)] = 0.0
    claim_factor: Annotated[float, parameter("1", "usual claim relative to public quality", 0.5, 2)] = 1.05
    locked_price: Annotated[
        float | None,
        parameter("coins", "anchor price held whatever the policy aims at; null: free", 0.01, 1e6),
    ] = None
    restraint: Annotated[float | None, parameter("1", "restraint; null: as fairness says", 0, 1)] = None
    brand_weight: Annotated[
        float,
        parameter(
            "1",
            "weight of the brand in steady preferences relative to others', where buying is by repertoire",
            0.001,
            1000,
        ),
    ] = 1.0
    levers: Levers = field(default_factory=Levers)
    policy: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)


NEUTRAL = {
    "value": "cost_plus",
    "fairness": "shareholder_primacy",
    "staff": "flat",
    "management": "salary",
    "service": "empowered",
    "marketing": "none",
    "governance": "management",
    "loyalty_scheme": "none",
    "standards": "none",
    "adaptation": "none",
}

MODES: dict[Mode, dict[str, str]] = {
    Mode.product_centred: {
        "value": "what_the_market_bears",
        "fairness": "shareholder_primacy",
        "staff": "sales_quota",
        "management": "sales_growth",
        "service": "policy_bound",
    },
    Mode.market_centred: {
        "value": "match_competitor",
        "fairness": "shareholder_primacy",
        "staff": "sales_commission",
        "management": "quarterly_profit",
        "service": "policy_bound",
    },
    Mode.reciprocity: {
        "value": "cheap_at_double",
        "fairness": "golden_rule",
        "staff": "service_appraisal",
        "management": "stakeholder_scorecard",
        "service": "partnership",
        "governance": "consensus",
    },
    Mode.surrender: {
        "value": "cheap_at_double",
        "fairness": "customers_first",
        "staff": "service_appraisal",
        "management": "customer_equity",
        "service": "partnership",
        "governance": "consensus",
    },
}
MODE_STAGE = {
    None: 0.0,
    Mode.product_centred: 2.0,
    Mode.market_centred: 3.0,
    Mode.reciprocity: 4.0,
    Mode.surrender: 5.0,
}
MODE_CONTRIBUTION = {Mode.reciprocity: 1.0, Mode.surrender: 1.5}
MODE_OVERRIDES: dict[Mode, dict[str, dict[str, dict[str, float]]]] = {
    Mode.surrender: {
        "value": {"cheap_at_double": {"least_markup": 0.0}},
        "service": {"partnership": {"empowerment": 0.95}},
    },
}
"""What a mode sets in the options that it follows, unless the user or the firm has set it."""


class Policies(NamedTuple):
    """A firm's options, resolved: one object of each family."""

    value: Any
    fairness: Any
    staff: Any
    management: Any
    service: Any
    marketing: Any
    governance: Any
    loyalty_scheme: Any
    standards: Any
    adaptation: Any


def chosen(entry: FirmEntry, family: str) -> str:
    """The name of the option that a firm follows in a family."""
    explicit = getattr(entry, family)
    if explicit is not None:
        return str(explicit)
    preset = MODES[entry.mode] if entry.mode is not None else {}
    return preset.get(family, NEUTRAL[family])


def resolve(entry: FirmEntry, parameters: PolicyParameters) -> Policies:
    """The options that a firm follows, with its own overrides of their parameters.

    Raises
    ------
    ValueError
        If an override names a family, option or parameter that does not exist, or is out of bounds.
    """
    check_overrides(entry)
    resolved = []
    for family in FAMILIES:
        name = chosen(entry, family)
        option = getattr(getattr(parameters, family), name)
        overrides = {**set_by_mode(entry, family, option), **entry.policy.get(family, {}).get(name, {})}
        resolved.append(replace(option, **overrides) if overrides else option)
    return Policies(*resolved)


def set_by_mode(entry: FirmEntry, family: str, option: Any) -> dict[str, float]:
    """What a firm's mode sets in an option; numbers that are not at their defaults stay as they are."""
    preset = MODE_OVERRIDES.get(entry.mode, {}) if entry.mode is not None else {}
    usual = type(option)()
    return {
        key: value
        for key, value in preset.get(family, {}).get(option.name(), {}).items()
        if getattr(option, key) == getattr(usual, key)
    }


def check_overrides(entry: FirmEntry) -> None:
    """Refuse overrides of what does not exist."""
    for family, options in entry.policy.items():
        if family not in FAMILIES:
            raise ValueError(f"policy.{family}: unknown family; allowed: {', '.join(FAMILIES)}")
        names = {option.name(): option for option in FAMILIES[family]}
        for name, overrides in options.items():
            if name not in names:
                raise ValueError(f"policy.{family}.{name}: unknown option; allowed: {', '.join(names)}")
            known = {f.name for f in fields(names[name])}  # type: ignore[arg-type]
            for key in overrides:
                if key not in known:
                    raise ValueError(
                        f"policy.{family}.{name}.{key}: unknown; allowed: {', '.join(sorted(known))}"
                    )
