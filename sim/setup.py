"""The start: who is there, who is with whom, all firms neutral and alike."""

from math import ceil
from typing import Any

import numpy as np
from scipy.special import betaincinv, digamma, ndtri

from agents import (
    Community,
    Creditor,
    Customer,
    Employee,
    Firm,
    Government,
    IndustryBody,
    Shareholder,
    Stake,
    Supplier,
    SupplyLink,
)
from agents.base.quantiles import beta_table, gamma_table
from agents.base.streams import draw
from sim.events.switching import draw_all_traits
from sim.streams import CUSTOMER_START, EMPLOYEE_TRAITS, SUPPLIER_TRAITS

ENTRANT = "entrant"


def firm_names_of(parameters: Any) -> list[str]:
    """Names of all firms that can be in a run: those configured, then entrants to come."""
    return [*parameters.firms, *(f"{ENTRANT}_{i + 1}" for i in range(parameters.market.entrants))]


def build(model: Any) -> None:
    """Make everybody, in an order that does not matter: all chance is addressed."""
    prepare_laws(model)
    build_firms(model)
    build_employees(model)
    build_customers(model)
    build_suppliers(model)
    build_owners(model)
    for single in (Community, Government, IndustryBody):
        single.create_agents(model, 1)
    Creditor.create_agents(model, 1, lent=float(model.table(Firm)["debt"].sum()))


def prepare_laws(model: Any) -> None:
    """Tables of the laws whose quantiles have no short formula."""
    p = model.parameters.population
    shape = p.fit_concentration / len(model.firm_names)
    model.fit_table = gamma_table(shape, 1.0) - float(digamma(shape))
    model.churn_table = beta_table(p.churn_a, p.churn_b)
    model.need_table = gamma_table(p.need_rate_shape, p.need_rate_mean / p.need_rate_shape)


def build_firms(model: Any) -> None:
    """Firms at reference terms; places for entrants stay empty."""
    p = model.parameters
    slots, start = len(model.firm_names), len(p.firms)
    share = p.population.customers / start
    scale = share / 1200.0  # the books of a firm with 1,200 customers, in proportion (assumption)
    Firm.create_agents(
        model,
        slots,
        wage_offer=p.employee.reference_wage,
        supplier_margin=p.supplier.reference_margin,
        mean_worth=p.population.worth_median,
        cash=120_000.0 * scale,
        debt=60_000.0 * scale,
        equity_price=600_000.0 * scale,
        smoothed_profit=12_000.0 * scale,
        quarter_profit=12_000.0 * scale,
        smoothed_revenue=60.0 * share * p.population.need_rate_mean,
        smoothed_services=share * p.population.need_rate_mean,
        smoothed_customers=share,
        staff_needed=float(ceil(share / p.employee.full_load)),
    )
    f = model.table(Firm).view
    f.past_terms[:] = (1.0, 1.0, 0.0, 1.0)
    f.past_revenue[:], f.past_price[:] = f.smoothed_revenue[:, None], f.equity_price[:, None]
    f.alive[start:] = False
    f.cash[start:], f.debt[start:], f.equity_price[start:] = 0.0, 0.0, 0.0
    model.generation = np.array([1] * start + [0] * (slots - start), np.int64)


def build_employees(model: Any) -> None:
    """The labour market: staff of each firm, and a pool that looks for work."""
    p = model.parameters
    firms, load = len(p.firms), p.employee.full_load
    needed = ceil(p.population.customers / firms / load)
    pool = (
        ceil(p.employee.pool_per_load * p.population.customers / load) if p.employee.pool_per_load > 0 else 0
    )
    luck = draw(model.seed, EMPLOYEE_TRAITS, 0, np.arange(pool))
    rows = np.arange(pool)
    Employee.create_agents(
        model,
        pool,
        firm=np.where(rows < needed * firms, rows % firms, -1) if pool else -1,
        integrity=luck[:, 0],
        reciprocal=(luck[:, 1] < p.employee.reciprocal_share).astype(float),
        skill=np.clip(1.0 + p.employee.skill_spread * ndtri(luck[:, 2]), 0.6, 1.5),
        wage=p.employee.reference_wage,
        reference_wage=p.employee.reference_wage,
        morale=p.employee.morale_neutral,
    )


def build_customers(model: Any) -> None:
    """Customers, spread over the firms, some of them there for years already."""
    p = model.parameters
    size, firms = p.population.customers, len(p.firms)
    numbers = np.arange(size)
    Customer.create_agents(model, size)
    table = model.table(Customer)
    c = table.view
    draw_all_traits(table.records, model.numbers.population, model.seed, model.need_table)
    luck = draw(model.seed, CUSTOMER_START, 0, numbers)
    c.firm[:] = np.minimum((luck[:, 0] * firms).astype(np.int32), firms - 1)
    c.tenure[:] = np.minimum(-p.population.initial_tenure * np.log(luck[:, 1]), 240.0).astype(np.int16)
    c.churn_propensity[:] = survivors_propensity(p.population, c.tenure, luck[:, 2], p.choice.anniversary)
    for bond in ("abundance", "trust", "dreams", "truth", "balance", "grace"):
        table[bond][:] = p.bonds.relationship_neutral
    c.satisfaction[:] = p.experience.satisfaction_start
    assign_staff(model, c, luck[:, 3])


def survivors_propensity(p: Any, tenure: np.ndarray, u: np.ndarray, anniversary: float) -> np.ndarray:
    """Churn propensity of those who are still there after some tenure: Beta(a, b + years survived)."""
    ordinary = (12.0 - anniversary) / 11.0
    years = tenure // 12 + (tenure % 12) * ordinary / 12.0
    levels, place = np.unique(years, return_inverse=True)
    grid = np.concatenate([[1e-9], np.linspace(0.0, 1.0, 258)[1:-1] ** 1.5, [1.0 - 1e-9]])
    if u.size < 20_000:
        return np.clip(betaincinv(p.churn_a, p.churn_b + years, u), 0.0, 1.0)
    out = np.empty(u.size)
    order = np.argsort(place, kind="stable")
    bounds = np.searchsorted(place[order], np.arange(levels.size + 1))
    for level in range(levels.size):
        rows = order[bounds[level] : bounds[level + 1]]
        values = betaincinv(p.churn_a, p.churn_b + levels[level], grid)
        out[rows] = np.interp(u[rows], grid, values)
    return np.clip(out, 0.0, 1.0)


def assign_staff(model: Any, c: Any, u: np.ndarray) -> None:
    """Every customer meets one of its firm's staff."""
    e = model.table(Employee).view
    for k in range(len(model.parameters.firms)):
        staff = np.flatnonzero(e.firm == k)
        mine = np.flatnonzero(c.firm == k)
        if staff.size:
            c.employee[mine] = staff[np.minimum((u[mine] * staff.size).astype(np.int64), staff.size - 1)]


def build_suppliers(model: Any) -> None:
    """Suppliers, and a few links of each firm."""
    p = model.parameters
    size, links, slots = p.supplier.suppliers, p.supplier.links, len(model.firm_names)
    luck = draw(model.seed, SUPPLIER_TRAITS, 0, np.arange(size))
    need = p.population.customers * p.population.need_rate_mean
    Supplier.create_agents(
        model,
        size,
        capability=np.clip(
            p.supplier.capability_mean + p.supplier.capability_spread * ndtri(luck[:, 0]), 0.8, 1.05
        ),
        capacity=p.supplier.capacity_ratio * need / max(size, 1),
    )
    rows = np.arange(slots * links)
    living = rows // links < len(p.firms)
    SupplyLink.create_agents(
        model,
        slots * links,
        firm=rows // links,
        supplier=np.where(living & (rows % links < size), rows % max(size, 1), -1),
        margin=p.supplier.reference_margin,
        reference_margin=p.supplier.reference_margin,
    )


def build_owners(model: Any) -> None:
    """Shareholders with equal stakes in every firm."""
    p = model.parameters.shareholder
    size, slots, start = p.shareholders, len(model.firm_names), len(model.parameters.firms)
    rank = (np.arange(size) * 0.6180339887498949) % 1.0  # spreads the two types evenly
    Shareholder.create_agents(
        model,
        size,
        transient=(rank < p.transient_share).astype(float)
        if 0.0 < p.transient_share < 1.0
        else p.transient_share,
        required_return=p.required_return,
    )
    rows = np.arange(slots * size)
    Stake.create_agents(
        model,
        slots * size,
        firm=rows // size,
        shareholder=rows % size,
        shares_held=np.where(rows // size < start, 1.0 / size, 0.0),
    )
