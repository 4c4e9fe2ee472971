"""All that can be configured, in one tree."""

from dataclasses import field, fields, is_dataclass
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError, model_validator

from agents.base.parameters import compiled_group, group, numbers, parameter
from agents.community import CommunityParameters, GovernmentParameters
from agents.creditor import CreditorParameters
from agents.customer import (
    BondParameters,
    ChoiceParameters,
    ExperienceParameters,
    PopulationParameters,
    PurchaseParameters,
    RepertoireParameters,
    ServiceParameters,
    WordParameters,
)
from agents.employee import EmployeeParameters
from agents.firm import LeverParameters, StandingParameters, TemptationParameters
from agents.industry_body import IndustryBodyParameters
from agents.policies import FirmEntry, PolicyParameters, resolve
from agents.shareholder import ShareholderParameters
from agents.supplier import SupplierParameters


@compiled_group
class Switches:
    """Every mechanism can be switched off; its terms are then exactly zero."""

    reciprocity_customers: Annotated[
        bool,
        parameter(
            "1",
            "customers answer what they experience: relationship, satisfaction, failures, bills, fairness",
        ),
    ] = True
    reciprocity_employees: Annotated[bool, parameter("1", "kindness of pay moves effort and morale")] = True
    reciprocity_suppliers: Annotated[bool, parameter("1", "kindness of terms moves reliability and exit")] = (
        True
    )
    reciprocity_owners: Annotated[
        bool, parameter("1", "owners' trust slows their trading and calms their pressure")
    ] = True
    word_of_mouth: Annotated[bool, parameter("1", "customers talk")] = True
    erosion_by_time: Annotated[bool, parameter("1", "bonds fade")] = True
    expectation_drift: Annotated[bool, parameter("1", "expectation follows experience and claims")] = True
    loss_aversion: Annotated[bool, parameter("1", "losses weigh more than gains")] = True
    fairness_preferences: Annotated[
        bool, parameter("1", "customers mind unequal splits and unfair prices")
    ] = True
    attachment: Annotated[bool, parameter("1", "customers attach to the employee")] = True
    recovery: Annotated[bool, parameter("1", "failures can be put right")] = True
    forgiveness: Annotated[bool, parameter("1", "partners forgive more, and feel betrayal more")] = True
    cross_selling: Annotated[bool, parameter("1", "customers ask for more products")] = True
    overselling: Annotated[bool, parameter("1", "products are pushed on customers")] = True
    gaming: Annotated[bool, parameter("1", "staff game their measures")] = True
    temptation: Annotated[bool, parameter("1", "managers pull levers of exploitation")] = True
    manager_horizon: Annotated[
        bool, parameter("1", "owners shorten the manager's horizon; managers leave before the loss shows")
    ] = True
    insight: Annotated[bool, parameter("1", "firms learn about customers, and use it")] = True
    unmet_needs: Annotated[bool, parameter("1", "customers have needs that they do not know")] = True
    identity: Annotated[bool, parameter("1", "steadiness of conduct scales the bonds")] = True
    advertising: Annotated[bool, parameter("1", "advertising makes awareness")] = True
    reputation: Annotated[bool, parameter("1", "reputation moves choices")] = True
    community: Annotated[bool, parameter("1", "goodwill moves hiring and awareness")] = True
    finance: Annotated[bool, parameter("1", "firms borrow, pay interest and repay")] = True
    entry_exit: Annotated[bool, parameter("1", "firms enter and go bankrupt")] = True
    moving: Annotated[bool, parameter("1", "customers move away and others move in")] = True
    value_comparison: Annotated[bool, parameter("1", "offers of rivals are compared with one's own firm")] = (
        True
    )
    nobody_option: Annotated[bool, parameter("1", "buying from nobody is considered")] = True


class Buying(StrEnum):
    """How customers buy."""

    contract = "contract"
    repertoire = "repertoire"


@compiled_group
class MarketParameters:
    """The market in which firms meet customers."""

    buying: Buying = Buying.contract
    price_step: Annotated[float, parameter("1/quarter", "largest change of an anchor price", 0, 2)] = 0.05
    rebate_limit: Annotated[
        float, parameter("1", "largest rebate that fairness gives on the anchor", 0, 0.5)
    ] = 0.06
    frontier_growth: Annotated[
        float, parameter("1/year", "growth of the best quality anybody offers", 0, 0.5)
    ] = 0.0
    informedness_trend: Annotated[
        float, parameter("1/year", "growth of customers' informedness", -0.5, 1)
    ] = 0.0
    entrants: Annotated[int, parameter("firm", "most firms that can enter over a run", 0, 20)] = 0
    entry_rate: Annotated[float, parameter("1/month", "chance of entry while margins tempt", 0, 1)] = 0.01
    entry_margin: Annotated[float, parameter("1", "operating margin that tempts entrants", -1, 1)] = 0.08
    entry_capital: Annotated[float, parameter("coins", "capital that owners pay in", 0, 1e9)] = 120_000.0
    entry_grace: Annotated[
        float,
        parameter(
            "month", "months in which an entrant may have few customers and prices below others", 0, 240
        ),
    ] = 36.0
    entry_advertising: Annotated[
        float,
        parameter("1", "stock of advertising with which an entrant opens, 1: the market's usual", 0, 20),
    ] = 10.0
    entry_price: Annotated[
        float, parameter("1", "price of an entrant relative to the market's mean", 0.1, 2)
    ] = 0.95
    viable_customers: Annotated[
        float, parameter("customer", "customers below which a firm gives up", 0, 1e6)
    ] = 10.0
    cash_reserve: Annotated[
        float, parameter("month", "cash in months of revenue kept before paying out", 0, 24)
    ] = 2.0
    excess_cash: Annotated[float, parameter("month", "cash in months of revenue that is paid out", 0, 60)] = (
        4.0
    )
    partners_needed: Annotated[
        float, parameter("1", "share in partnership and satisfied that lets a firm pass to surrender", 0, 1)
    ] = 0.5
    value_needed: Annotated[float, parameter("1", "median R that lets a firm pass to surrender", 0, 5)] = 1.8
    value_kept: Annotated[float, parameter("1", "median R below which a firm falls back a stage", 0, 5)] = 1.4
    passage_months: Annotated[float, parameter("month", "months that the conditions must hold", 1, 120)] = (
        12.0
    )
    fallback_months: Annotated[
        float, parameter("month", "months of weak value before a firm falls back", 1, 120)
    ] = 6.0
    passage_probability: Annotated[float, parameter("1/quarter", "chance of passing once it can", 0, 1)] = (
        0.25
    )


class ShockKind(StrEnum):
    """What can happen to a market."""

    entrant = "entrant"
    cost = "cost"
    recession = "recession"
    scandal = "scandal"
    star_leaves = "star_leaves"
    walking_ban = "walking_ban"
    desertion = "desertion"


@group
class Shock:
    """One event at a month: to a firm, or to the market."""

    kind: ShockKind
    month: Annotated[int, parameter("month", "month in which it happens, 0: the first", 0, 100_000)]
    firm: str | None = None
    size: Annotated[float, parameter("1", "size, relative", 0, 10)] = 0.2
    duration: Annotated[int, parameter("month", "months that it lasts", 1, 100_000)] = 12

    @model_validator(mode="after")
    def _all_used(self) -> "Shock":
        used = USED_BY_SHOCKS[self.kind]
        for f in fields(Shock):
            given = getattr(self, f.name)
            if f.name not in ("kind", "month", *used) and given != f.default:
                known = ", ".join(("month", *used))
                raise ValueError(f"{f.name} = {given}: nothing uses it in a {self.kind}; allowed: {known}")
        return self


USED_BY_SHOCKS: dict[ShockKind, tuple[str, ...]] = {
    ShockKind.entrant: (),
    ShockKind.cost: ("firm", "size", "duration"),
    ShockKind.recession: ("size", "duration"),
    ShockKind.scandal: ("firm",),
    ShockKind.star_leaves: ("firm",),
    ShockKind.walking_ban: (),
    ShockKind.desertion: ("firm", "duration"),
}
"""What each kind of shock reads beside its month."""


DEFAULT_FIRMS: dict[str, dict[str, Any]] = {
    "focal": {"mode": "reciprocity"},
    "follower": {"mode": "market_centred"},
    "walker": {
        "value": "teaser_and_walk",
        "fairness": "shareholder_primacy",
        "staff": "sales_quota",
        "management": "sales_growth",
        "service": "policy_bound",
    },
    "steady": {
        "value": "cost_plus",
        "fairness": "dual_entitlement",
        "staff": "flat",
        "management": "salary",
        "service": "empowered",
    },
    "dripper": {
        "value": "drip_fees",
        "fairness": "shareholder_primacy",
        "staff": "sales_commission",
        "management": "stock_options",
        "service": "policy_bound",
    },
}


def default_firms() -> dict[str, FirmEntry]:
    """The five unlike firms of the default market."""
    return {name: FirmEntry(**policies) for name, policies in DEFAULT_FIRMS.items()}


@group
class Parameters:
    """All that decides a run, but for the seed."""

    burn_in: Annotated[int, parameter("month", "unreported months before policies take effect", 0, 600)] = 24
    population: PopulationParameters = field(default_factory=PopulationParameters)
    purchases: PurchaseParameters = field(default_factory=PurchaseParameters)
    service: ServiceParameters = field(default_factory=ServiceParameters)
    experience: ExperienceParameters = field(default_factory=ExperienceParameters)
    bonds: BondParameters = field(default_factory=BondParameters)
    word: WordParameters = field(default_factory=WordParameters)
    choice: ChoiceParameters = field(default_factory=ChoiceParameters)
    repertoire: RepertoireParameters = field(default_factory=RepertoireParameters)
    employee: EmployeeParameters = field(default_factory=EmployeeParameters)
    supplier: SupplierParameters = field(default_factory=SupplierParameters)
    shareholder: ShareholderParameters = field(default_factory=ShareholderParameters)
    creditor: CreditorParameters = field(default_factory=CreditorParameters)
    community: CommunityParameters = field(default_factory=CommunityParameters)
    government: GovernmentParameters = field(default_factory=GovernmentParameters)
    industry_body: IndustryBodyParameters = field(default_factory=IndustryBodyParameters)
    levers: LeverParameters = field(default_factory=LeverParameters)
    standing: StandingParameters = field(default_factory=StandingParameters)
    temptation: TemptationParameters = field(default_factory=TemptationParameters)
    market: MarketParameters = field(default_factory=MarketParameters)
    switches: Switches = field(default_factory=Switches)
    policy: PolicyParameters = field(default_factory=PolicyParameters)
    firms: dict[str, FirmEntry] = field(default_factory=default_firms)
    shocks: dict[str, Shock] = field(default_factory=dict)

    @model_validator(mode="after")
    def _firms_exist(self) -> "Parameters":
        if not self.firms:
            raise ValueError("firms: at least one firm is needed")
        if len(self.firms) + self.market.entrants > 100:
            raise ValueError("firms: at most 100 firms, entrants included")
        for name, entry in self.firms.items():
            try:
                resolve(entry, self.policy)
            except (ValueError, ValidationError) as error:
                raise ValueError(f"firms.{name}.{one_line(error)}") from None
            if entry.brand_weight != 1.0 and self.market.buying != Buying.repertoire:
                raise ValueError(
                    f"firms.{name}.brand_weight = {entry.brand_weight:g}: needs market.buying = repertoire"
                )
        for name, shock in self.shocks.items():
            if shock.firm is not None and shock.firm not in self.firms:
                raise ValueError(
                    f"shocks.{name}.firm = {shock.firm}: no such firm; allowed: {', '.join(self.firms)}"
                )
        return self

    @property
    def by_repertoire(self) -> bool:
        """Whether each purchase chooses its firm, rather than a contract binding a customer to one."""
        return self.market.buying == Buying.repertoire

    def changed(self, **changes: Any) -> "Parameters":
        """The same parameters but for some, named by dotted key: ``changed(**{"market.price_step": 0.1})``.

        Mappings are merged into what is there: ``changed(firms={"focal": {"value": "drip_fees"}})``; an
        empty one empties it: ``changed(shocks={})``. A group, such as a FirmEntry, takes the whole place.
        """
        tree = as_tree(self)
        for key, value in changes.items():
            _put(tree, key.split("."), value, key)
        return validated(tree)


def as_tree(part: Any) -> Any:
    """Parameters as plain mappings, names and numbers."""
    return TypeAdapter(type(part)).dump_python(part, mode="json")


def _put(tree: dict[str, Any], path: list[str], value: Any, key: str) -> None:
    node = tree
    for step in path[:-1]:
        if not isinstance(node.get(step), dict):
            raise ValueError(f"{key}: unknown key")
        node = node[step]
    if is_dataclass(value):
        node[path[-1]] = as_tree(value)
    elif isinstance(value, dict) and value and isinstance(node.get(path[-1]), dict):
        for inner, content in value.items():
            _put(node[path[-1]], [inner], content, f"{key}.{inner}")
    else:
        node[path[-1]] = value


def validated(tree: Any) -> Parameters:
    """Parameters from plain mappings.

    Raises
    ------
    ValueError
        One short line for each value that is refused: key, value, what is allowed.
    """
    try:
        return TypeAdapter(Parameters).validate_python(tree)
    except ValidationError as error:
        raise ValueError(one_line(error)) from None


def one_line(error: Exception) -> str:
    """A validation error as short lines: key = value: what is allowed."""
    if not isinstance(error, ValidationError):
        return str(error)
    lines = []
    for issue in error.errors(include_url=False):
        key = ".".join(str(part) for part in issue["loc"])
        message = issue["msg"].removeprefix("Value error, ")
        shown = (
            ""
            if isinstance(issue["input"], dict | list) or issue["type"] == "value_error"
            else f" = {issue['input']!r}"
        )
        lines.append(f"{key}{shown}: {message}" if key else message)
    return "\n".join(lines)


class Numbers(NamedTuple):
    """Every group as a named tuple of floats."""

    population: Any
    purchases: Any
    service: Any
    experience: Any
    bonds: Any
    word: Any
    choice: Any
    repertoire: Any
    employee: Any
    supplier: Any
    shareholder: Any
    creditor: Any
    community: Any
    government: Any
    industry_body: Any
    levers: Any
    standing: Any
    temptation: Any
    market: Any
    switches: Any


def all_numbers(parameters: Parameters) -> Numbers:
    """The numbers of all groups; where a mechanism off is one of its numbers at neutral, at neutral."""
    n = Numbers(*(numbers(getattr(parameters, name)) for name in Numbers._fields))
    on, experience, bonds, repertoire = parameters.switches, n.experience, n.bonds, n.repertoire
    if not on.loss_aversion:
        experience = experience._replace(loss_aversion=1.0)
    if not on.erosion_by_time:
        bonds, repertoire = bonds._replace(fading=0.0), repertoire._replace(memory_fading=0.0)
    if not on.forgiveness:
        bonds = bonds._replace(forgiveness=0.0)
    if not on.reciprocity_customers:
        repertoire = repertoire._replace(memory_weight=0.0)
    return n._replace(experience=experience, bonds=bonds, repertoire=repertoire)
