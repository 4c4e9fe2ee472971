"""All that can be configured, in one tree."""

from dataclasses import field, is_dataclass
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError, model_validator

from agents.base.parameters import group, numbers, parameter, walk
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
from sim.market import Buying, MarketParameters
from sim.shocks import Shock
from sim.switches import Switches

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


ENTRANT = "entrant"
NOT_NAMES = ("market", "nobody", "moved away", "released")  # what tables call those who are no firm


def refuse_unreadable(name: str, entrants: int) -> None:
    """Refuse a firm's name that tables could not tell from something else."""
    if not name.strip() or not name.isprintable():
        raise ValueError(f"firms: {name!r} is no name that can be read in a table")
    if name in NOT_NAMES or (entrants and name.startswith(f"{ENTRANT}_")):
        raise ValueError(f"firms.{name}: in tables this word means something else; give another name")


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
            refuse_unreadable(name, self.market.entrants)
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


def unknown(name: str) -> str:
    """What to say of a key that no group has."""
    names = {key.rsplit(".", 1)[-1] for key, _ in walk(Parameters())}
    near = get_close_matches(name, sorted(names), 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"unknown key{'; the seed is given as rng' if name == 'seed' else hint}"


def one_line(error: Exception) -> str:
    """A validation error as short lines: key = value: what is allowed."""
    if not isinstance(error, ValidationError):
        return str(error)
    lines = []
    for issue in error.errors(include_url=False):
        key = ".".join(str(part) for part in issue["loc"])
        message = issue["msg"].removeprefix("Value error, ")
        if issue["type"] == "unexpected_keyword_argument":
            message = unknown(str(issue["loc"][-1]))
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
    employee, supplier = n.employee, n.supplier
    if not on.loss_aversion:
        experience, employee, supplier = (
            group._replace(loss_aversion=1.0) for group in (experience, employee, supplier)
        )
    if not on.erosion_by_time:
        bonds, repertoire = bonds._replace(fading=0.0), repertoire._replace(memory_fading=0.0)
    if not on.forgiveness:
        bonds = bonds._replace(forgiveness=0.0)
    if not on.reciprocity_customers:
        repertoire = repertoire._replace(memory_weight=0.0)
    return n._replace(
        experience=experience, bonds=bonds, repertoire=repertoire, employee=employee, supplier=supplier
    )
