"""What a firm's policies ask for when it sets its terms, as the numbers that loops take."""

from typing import Any, NamedTuple

import numpy as np

from agents import Employee, Firm
from agents.base.sheet import Sheet
from agents.firm.firm import USUAL_RETENTION
from agents.policies import Market, Policies, Sides
from agents.policies.value import worth_to_customers

USUAL_EFFORT = float(Employee.columns["service_effort"].default)
FAIR_VALUE = 1.5
"""Worth over price, for the median customer, that a firm counts as fair to customers (assumption)."""


class Aims(NamedTuple):
    """What a firm wants of its terms this quarter, before temptation pulls.

    Attributes
    ----------
    target_price, locked_price : float
        List price toward which it moves, and the one that it is held at, 0 if none (coins).
    pace, consensus, veto_tolerance : float
        How governance moves and stops terms.
    customers, employees, suppliers, shareholders, community : float
        Share of the surplus that fairness gives to each side.
    candid, keeps_wages : float
        Whether fairness forbids claims beyond what is so, and lower wages now (1: it does).
    teaser, walk, fee_share, quality : float
        What value proposes; quality with the firm's own factor.
    wage_factor, margin_factor, payment_delay, claim_factor : float
        What the firm sets itself, relative to the usual; the delay in months.
    power, horizon, cautious, sales_only : float
        How management is paid; the horizon is the longer of contract and clawback (months).
    """

    target_price: float
    locked_price: float
    pace: float
    consensus: float
    veto_tolerance: float
    customers: float
    employees: float
    suppliers: float
    shareholders: float
    community: float
    candid: float
    keeps_wages: float
    teaser: float
    walk: float
    fee_share: float
    quality: float
    wage_factor: float
    margin_factor: float
    payment_delay: float
    claim_factor: float
    power: float
    horizon: float
    cautious: float
    sales_only: float


_RECORD = np.dtype((np.record, [(name, np.float64) for name in Aims._fields]))


def as_record(aims: Aims) -> np.ndarray:
    """A firm's aims as the only record of an array, as loops take them."""
    return np.array([tuple(aims)], _RECORD)


def aims_of(model: Any, k: int, market: Market, rivals_price: float) -> Aims:
    """What the policies of the firm of row ``k`` ask for, from the state of the firm and of the market."""
    firm, entry, policies = Sheet(model.table(Firm), k), model.entries[k], model.policies[k]
    value, fairness, governance, manager = (
        policies.value,
        policies.fairness,
        policies.governance,
        policies.management,
    )
    shares = fairness.weights(Stakes(model, firm))
    return Aims(
        target_price=target_price(model, firm, policies, market, rivals_price),
        locked_price=entry.locked_price or 0.0,
        pace=governance.pace,
        consensus=governance.consensus,
        veto_tolerance=governance.veto_tolerance,
        customers=shares.customers,
        employees=shares.employees,
        suppliers=shares.suppliers,
        shareholders=shares.shareholders,
        community=shares.community,
        candid=fairness.candid,
        keeps_wages=fairness.keeps_wages(firm),
        teaser=value.teaser,
        walk=value.walk,
        fee_share=value.fee_share,
        quality=value.quality * entry.quality_factor,
        wage_factor=entry.wage_factor,
        margin_factor=entry.margin_factor,
        payment_delay=entry.payment_delay,
        claim_factor=entry.claim_factor * policies.service.claim_factor,
        power=manager.power,
        horizon=max(manager.horizon, entry.clawback),
        cautious=manager.cautious,
        sales_only=manager.sales_only,
    )


def target_price(model: Any, firm: Any, policies: Policies, market: Market, rivals_price: float) -> float:
    """The price that value aims at, as far as fairness allows; a young firm stays below the market's."""
    target = min(policies.value.target_price(firm, market, rivals_price), policies.fairness.price_cap(firm))
    p = model.parameters.market
    return min(target, p.entry_price * market.mean_price) if firm.age < p.entry_grace else target


class Stakes:
    """What a firm knows of its stakeholders when it splits the surplus, worked out when it is asked for.

    It is a `Standing` to the options of fairness, of which most ask for one part or none.
    """

    def __init__(self, model: Any, firm: Any) -> None:
        self.model, self.firm, self.parameters = model, firm, model.parameters

    @property
    def references(self) -> Sides:
        """Coins a month that each side puts in, or is owed, at reference terms (assumption)."""
        firm, p = self.firm, self.parameters
        revenue = max(firm.smoothed_revenue, 1.0)
        services = max(firm.smoothed_services, 1.0)
        return Sides(
            customers=0.15 * revenue,
            employees=firm.mean_wage * firm.staff_needed + 1.0,
            suppliers=p.supplier.reference_margin * p.supplier.input_cost * services,
            shareholders=0.5 * p.shareholder.required_return * max(firm.equity_price, 1.0) + 1.0,
            community=0.01 * revenue,
        )

    @property
    def ratios(self) -> Sides:
        """Each side's outcome over its reference."""
        firm, p = self.firm, self.parameters
        surplus = max(firm.smoothed_profit * (1.0 - p.government.tax), 0.0)
        e = self.model.table(Employee).view
        mine = e.firm == firm.row
        usual = float(e.reference_wage[mine].mean()) if mine.any() else p.employee.reference_wage
        return Sides(
            worth_to_customers(firm) / firm.price / FAIR_VALUE,
            firm.mean_wage / usual if firm.mean_wage > 0.0 else 1.0,
            firm.supplier_margin / p.supplier.reference_margin,
            surplus / self.references.shareholders,
            firm.goodwill / p.community.goodwill_neutral,
        )

    @property
    def kindness(self) -> Sides:
        """Each side's observed kindness, 1 at reference; hasty owners are unkind (assumption)."""
        firm, p = self.firm, self.parameters
        return Sides(
            firm.monthly_retention / USUAL_RETENTION,
            max(firm.mean_service_effort / USUAL_EFFORT, 0.01),
            firm.reliability / p.service.reference_reliability,
            1.25 - 0.5 * firm.transient_share,
            firm.goodwill / p.community.goodwill_neutral,
        )
