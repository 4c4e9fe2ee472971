"""The start: who is there, who is with whom, all firms neutral and alike."""

from functools import lru_cache
from math import ceil, exp, log
from typing import Any

import numpy as np
from scipy.special import betainc, digamma, ndtri

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
from agents.base.compile import loop_with_room
from agents.base.quantiles import beta_table, gamma_table
from agents.base.streams import draw, uniforms
from agents.firm.firm import USUAL_PRICE
from sim.events.switching import draw_all_traits, list_staff, somebody
from sim.habits import brand_tables, build_habits
from sim.parameters import ENTRANT
from sim.streams import CUSTOMER_START, EMPLOYEE_TRAITS, SUPPLIER_TRAITS

LONGEST = 240  # months of tenure that anybody has at the start


def firm_names_of(parameters: Any) -> list[str]:
    """Names of all firms that can be in a run: those configured, then entrants to come."""
    return [*parameters.firms, *(f"{ENTRANT}_{i + 1}" for i in range(parameters.market.entrants))]


def build(model: Any) -> None:
    """Make everybody, in an order that does not matter: all chance is addressed."""
    prepare_laws(model)
    build_firms(model)
    build_employees(model)
    build_customers(model)
    build_habits(model)
    build_suppliers(model)
    build_owners(model)
    for single in (Community, Government, IndustryBody):
        single.create_agents(model, 1)
    Creditor.create_agents(model, 1, lent=float(model.table(Firm)["debt"].sum()))


def prepare_laws(model: Any) -> None:
    """Tables of the laws whose quantiles have no short formula."""
    p = model.parameters.population
    shape = p.fit_concentration / len(model.parameters.firms)
    model.fit_table = gamma_table(shape, 1.0) - float(digamma(shape))
    model.churn_table = beta_table(p.churn_a, p.churn_b)
    model.need_table = gamma_table(p.need_rate_shape, p.need_rate_mean / p.need_rate_shape)
    model.brand_tables = brand_tables(model) if model.parameters.by_repertoire else None


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
        median_worth=p.population.worth_median,
        cash=120_000.0 * scale,
        debt=60_000.0 * scale,
        equity_price=600_000.0 * scale,
        smoothed_profit=12_000.0 * scale,
        quarter_profit=12_000.0 * scale,
        smoothed_revenue=USUAL_PRICE * share * p.population.need_rate_mean,
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
    Customer.create_agents(model, p.population.customers)
    c, e = model.table(Customer).records, model.table(Employee).records
    draw_all_traits(c, model.numbers.population, model.seed, model.need_table)
    starts, rows = np.zeros(len(model.firm_names) + 1, np.int64), np.zeros(len(e), np.int64)
    list_staff(e, starts, rows)
    laws = survivors_laws(p.population.churn_a, p.population.churn_b, p.choice.anniversary)
    _start_relationships(c, model.settings, model.seed, len(p.firms), starts, rows, *laws)


@loop_with_room
def _start_relationships(
    c: Any, settings: Any, seed: Any, firms: Any, starts: Any, rows: Any, laws: Any, log_odds: Any
) -> None:
    n = settings[0]
    for i in range(c.firm.size):
        u = uniforms(seed, CUSTOMER_START, 0, c.number[i], 0)
        k = min(int(u[0] * firms), firms - 1)
        c.firm[i], c.employee[i] = k, somebody(k, u[3], starts, rows)
        c.tenure[i] = min(int(-n.population.initial_tenure * log(u[1])), LONGEST)
        place = np.interp(u[2], laws[c.tenure[i]], log_odds)
        c.churn_propensity[i] = 1.0 / (1.0 + exp(-place))
        neutral = n.bonds.relationship_neutral
        c.abundance[i], c.trust[i], c.dreams[i] = neutral, neutral, neutral
        c.truth[i], c.balance[i], c.grace[i] = neutral, neutral, neutral
        c.satisfaction[i] = n.experience.satisfaction_start


@lru_cache(maxsize=16)
def survivors_laws(a: float, b: float, anniversary: float) -> tuple[np.ndarray, np.ndarray]:
    """Distributions of the churn propensity of who is still there: Beta(a, b + years survived).

    Returns the distribution function for each month of tenure (0..240, a row each) at log-odds of the
    propensity, and these log-odds.
    """
    tenure = np.arange(LONGEST + 1)
    years = tenure // 12 + (tenure % 12) * (12.0 - anniversary) / 11.0 / 12.0
    log_odds = np.linspace(-16.0, 12.0, 449)
    return betainc(a, b + years[:, None], 1.0 / (1.0 + np.exp(-log_odds))), log_odds


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
