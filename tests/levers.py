"""What each lever costs and gives, and what exploitation brings now and costs later: one row a lever."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from agents import Customer, Employee
from agents.policies import FirmEntry
from sim import Parameters, Reciprocity
from tests.worlds import force, row_of, world

FIRM = "pulling"
Measure = Callable[[Reciprocity], float]


def total(column: str, first: int = 0, last: int | None = None) -> Measure:
    """A monthly number of the firm, summed over months from the fork on."""

    def measure(model: Reciprocity) -> float:
        return float(model.recording.firm(column)[START:, row_of(model, FIRM)][first:last].sum())

    measure.__name__ = column
    return measure


def per_service(column: str) -> Measure:
    """A monthly sum of the firm relative to its services."""

    def measure(model: Reciprocity) -> float:
        return total(column)(model) / total("services")(model)

    measure.__name__ = f"{column} per service"
    return measure


def staff_mean(column: str) -> Measure:
    """Mean over the firm's staff as they are at the end."""

    def measure(model: Reciprocity) -> float:
        e = model.table(Employee)
        return float(e[column][e["firm"] == row_of(model, FIRM)].mean())

    measure.__name__ = column
    return measure


def attachment(model: Reciprocity) -> float:
    """Mean attachment of the firm's customers to an employee."""
    c = model.table(Customer)
    return float(c["attachment"][c["firm"] == row_of(model, FIRM)].mean())


def need_known(model: Reciprocity) -> float:
    """Mean share of their needs that the firm's customers know."""
    c = model.table(Customer)
    return float(c["need_known"][c["firm"] == row_of(model, FIRM)].mean())


def favour(model: Reciprocity) -> float:
    """Quality for those who spend most, less that for those who spend least."""
    c = model.table(Customer)
    rows = np.flatnonzero((c["firm"] == row_of(model, FIRM)) & (c["purchases"] > 0))
    rows = rows[np.argsort(c["lifetime_spend"][rows])]
    third = rows.size // 3
    return float(c["quality"][rows[-third:]].mean() - c["quality"][rows[:third]].mean())


def faded_share(model: Reciprocity) -> float:
    """Share of the stock of relationship that fades in a month."""
    stock = model.recording.firm("mean_relationship") * model.recording.firm("customers")
    k = row_of(model, FIRM)
    return float((model.recording.firm("bonds_faded")[START:, k] / stock[START:, k]).mean())


class ServiceRow(NamedTuple):
    """A lever of service: the level it is raised to, what it costs at once, and what it gives in a year."""

    name: str
    level: float
    cost: tuple[Measure, int]
    benefits: tuple[tuple[Measure, int], ...]


MORE, LESS = 1, -1
ONCE = 1
SERVICE_ROWS = (
    ServiceRow(
        "contribution",
        2.0,
        (total("lever_costs", 0, ONCE), MORE),
        ((total("mean_abundance"), MORE), (need_known, MORE), (total("surplus"), MORE)),
    ),
    ServiceRow(
        "empowerment",
        1.0,
        (total("remedies", 0, ONCE), MORE),
        ((total("recoveries"), MORE), (total("mean_grace"), MORE), (total("mean_morale"), MORE)),
    ),
    ServiceRow(
        "openness",
        1.0,
        (total("lever_costs", 0, ONCE), MORE),
        ((total("complaints"), MORE), (total("compliments"), MORE), (total("mean_dreams"), MORE)),
    ),
    ServiceRow(
        "sharing",
        1.0,
        (total("lever_costs", 0, ONCE), MORE),
        ((staff_mean("customer_knowledge"), MORE), (attachment, LESS), (total("mean_dreams"), MORE)),
    ),
    ServiceRow("listening", 1.0, (total("lever_costs", 0, ONCE), MORE), ((total("insight"), MORE),)),
    ServiceRow("tailoring", 1.0, (total("lever_costs", 0, ONCE), MORE), ((total("mean_quality"), MORE),)),
    ServiceRow(
        "outreach",
        1.0,
        (total("lever_costs", 0, ONCE), MORE),
        ((faded_share, LESS), (total("mean_grace"), MORE), (total("mean_dreams"), MORE)),
    ),
    ServiceRow("training", 1.0, (total("lever_costs", 0, ONCE), MORE), ((staff_mean("skill"), MORE),)),
    ServiceRow(
        "honest_advice",
        1.0,
        (total("addons_pushed", 0, ONCE), LESS),
        ((total("mean_trust"), MORE), (total("mean_truth"), MORE), (total("mean_regret"), LESS)),
    ),
    ServiceRow(
        "guarantee",
        1.0,
        (total("refunds", 0, ONCE), MORE),
        ((total("mean_trust"), MORE), (per_service("surplus"), MORE)),
    ),
    ServiceRow("accessibility", 1.0, (total("lever_costs", 0, ONCE), MORE), ((total("services"), MORE),)),
    ServiceRow("targeting", 1.0, (total("lever_costs", 0, ONCE), MORE), ((favour, MORE),)),
    ServiceRow(
        "association",
        1.0,
        (total("lever_costs", 0, ONCE), MORE),
        ((total("praise"), MORE), (faded_share, LESS), (total("mean_dreams"), MORE)),
    ),
    ServiceRow(
        "advertising",
        0.15,
        (total("lever_costs", 0, ONCE), MORE),
        ((total("awareness"), MORE), (total("won"), MORE)),
    ),
)


class ExploitationRow(NamedTuple):
    """A lever of exploitation: the temptation pulled in full, what it brings soon, and costs later."""

    name: str
    temptation: str
    brings: tuple[Measure, int]
    costs: tuple[tuple[Measure, int], ...]


SOON, LATE = 6, 24
CUSTOMERS_LATE = total("customers", LATE)
EXPLOITATION_ROWS = (
    ExploitationRow(
        "fee",
        "fee_temptation",
        (total("fees", 0, SOON), MORE),
        ((total("mean_truth", LATE), LESS), (total("reputation", LATE), LESS), (CUSTOMERS_LATE, LESS)),
    ),
    ExploitationRow(
        "walk",
        "walk_temptation",
        (total("walk_revenue", 0, SOON), MORE),
        ((total("mean_balance", LATE), LESS), (CUSTOMERS_LATE, LESS)),
    ),
    ExploitationRow(
        "quality_cut",
        "quality_temptation",
        (total("input_bill", 0, SOON), LESS),
        ((total("mean_quality", LATE), LESS), (CUSTOMERS_LATE, LESS)),
    ),
    ExploitationRow(
        "supplier_squeeze",
        "supplier_temptation",
        (total("supplier_bill", 0, SOON), LESS),
        ((total("supplier_trust", LATE), LESS), (total("reliability", LATE), LESS), (CUSTOMERS_LATE, LESS)),
    ),
    ExploitationRow(
        "wage_squeeze",
        "wage_temptation",
        (total("wages", 0, SOON), LESS),
        ((total("mean_service_effort"), LESS), (total("mean_morale"), LESS), (total("quits"), MORE)),
    ),
    ExploitationRow(
        "quota_pressure",
        "quota_temptation",
        (total("addons_pushed", 0, SOON), MORE),
        ((total("mean_regret", LATE), MORE), (total("mean_service_effort"), LESS), (CUSTOMERS_LATE, LESS)),
    ),
)

START = 6
PULLING = FirmEntry(
    value="cost_plus",
    fairness="shareholder_primacy",
    staff="sales_commission",
    management="salary",
    service="policy_bound",
    locked_price=58.0,  # else what a lever costs would be passed on
    restraint=1.0,
)
RIVAL = FirmEntry(value="cost_plus", fairness="shareholder_primacy", management="salary", restraint=1.0)


def market(rng: int) -> Reciprocity:
    """A market at the month in which a lever is pulled; temptations stay where they are put."""
    parameters = Parameters(firms={FIRM: PULLING, "rival": RIVAL, "third": RIVAL})
    changes = {"population.customers": 1_200, "burn_in": 12, "temptation.rate": 0.0}
    model = world(parameters, rng=rng, **changes)
    model.run_for(START)
    return model


def raised(model: Reciprocity, row: ServiceRow, months: int) -> Reciprocity:
    """The same market with one lever of service raised, some months later."""
    other = model.fork(firms={FIRM: {"levers": {row.name: row.level}}})
    other.run_for(months)
    return other


def tempted(model: Reciprocity, row: ExploitationRow, months: int) -> Reciprocity:
    """The same market with one lever of exploitation pulled in full, some months later."""
    other = model.fork()
    force(other, FIRM, **{row.temptation: 1.0})
    other.run_for(months)
    return other
