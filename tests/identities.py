"""What must hold after every month of every run: money, shares, customers, bonds, bounds."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from agents import Creditor, Customer, Firm, Habit, Shareholder, Stake, Supplier
from agents.customer.bonds import BONDS
from sim import Reciprocity
from sim.ledger import (
    CREDITOR,
    CUSTOMERS,
    DIVIDENDS,
    FIRMS,
    LIQUIDATION,
    LOANS,
    NEW_EQUITY,
    OWNERS,
    SALES,
    SUPPLIER_MARGIN,
    SUPPLIERS,
)

RELATIVE = 1e-9


@dataclass
class Stocks:
    """What is compared between the end of one month and the end of the next."""

    cash: float
    balances: np.ndarray
    lent: float
    written_off: float
    owners: float
    customers: np.ndarray
    bonds: np.ndarray


def relationships(model: Reciprocity) -> np.ndarray:
    """Every customer's relationship."""
    c, weights = model.table(Customer), model.parameters.bonds
    total = np.zeros(len(c))
    for bond in BONDS:
        total += getattr(weights, f"{bond}_weight") * c[bond]
    return total


def stocks_of(model: Reciprocity) -> Stocks:
    """The stocks as they stand."""
    firm = model.table(Customer)["firm"]
    here, size = firm >= 0, len(model.firm_names)
    return Stocks(
        cash=float(model.table(Firm)["cash"].sum()),
        balances=model.ledger.balances.copy(),
        lent=float(model.table(Creditor)["lent"][0]),
        written_off=float(model.table(Creditor)["written_off"][0]),
        owners=float(model.table(Shareholder)["cash"].sum()),
        customers=np.bincount(firm[here], minlength=size),
        bonds=np.bincount(firm[here], weights=relationships(model)[here], minlength=size),
    )


def close(one: Any, other: Any, scale: float) -> bool:
    """Whether numbers agree up to rounding of what passed through them."""
    return bool(np.all(np.abs(np.asarray(one) - np.asarray(other)) <= RELATIVE * max(scale, 1.0)))


def check_money(model: Reciprocity, before: Stocks, after: Stocks) -> None:
    """Rows sum to zero, columns to the change of that sector's money; bills, loans and dividends agree."""
    flows = model.ledger.flows
    assert np.isfinite(flows).all()
    turnover = float(np.abs(flows).sum())
    scale = turnover + abs(before.cash) + float(np.abs(before.balances).max())
    assert close(flows.sum(axis=1), 0.0, turnover)
    assert model.ledger.imbalance() <= RELATIVE
    assert close(flows.sum(axis=0)[FIRMS], after.cash - before.cash, scale)
    assert close(flows.sum(axis=0), after.balances - before.balances, scale)
    assert close(after.balances[FIRMS], after.cash, scale)
    assert close(after.balances.sum(), before.balances.sum(), scale)
    loans = -flows[LOANS, CREDITOR]
    written_off = after.lent - before.lent - loans
    assert close(after.lent, model.table(Firm)["debt"].sum(), scale + after.lent)
    assert after.written_off >= before.written_off
    assert written_off <= RELATIVE * (scale + before.lent)
    income = model.table(Supplier)["income"]
    assert not income.size or close(income.sum(), flows[SUPPLIER_MARGIN, SUPPLIERS], turnover)
    paid_in = flows[DIVIDENDS, OWNERS] + flows[NEW_EQUITY, OWNERS] + flows[LIQUIDATION, OWNERS]
    assert close(after.owners - before.owners, paid_in, scale + abs(after.owners))
    c, price = model.table(Customer), model.parameters.purchases.addon_price
    bills = float(
        (c["purchases"] * c["price_paid"]).sum() + price * ((c["addon"] & 1) + (c["addon"] >> 1)).sum()
    )
    bills += float(model.table(Habit)["spent"].sum())
    assert close(-flows[SALES, CUSTOMERS], bills, turnover)


def check_shares(model: Reciprocity) -> None:
    """The shares of a living firm sum to one, those of a dead one to nothing."""
    stakes = model.table(Stake)
    held = np.bincount(stakes["firm"], weights=stakes["shares_held"], minlength=len(model.firm_names))
    assert np.allclose(held, model.table(Firm)["alive"].astype(float), rtol=0.0, atol=1e-9)


def check_customers(model: Reciprocity, before: Stocks, after: Stocks) -> None:
    """Customers change by those won, lost to rivals, to nobody, moved away and set free, to the last one."""
    f, moves, firms = model.table(Firm), model.moves, len(model.firm_names)
    gone = f["lost_to_rivals"] + f["lost_to_nobody"] + f["moved_away"] + f["released"]
    assert np.array_equal(f["customers"], before.customers)
    assert np.array_equal(after.customers - before.customers, f["won"] - gone)
    assert np.array_equal(f["lost"], f["lost_to_rivals"] + f["lost_to_nobody"])
    assert np.array_equal(moves[:firms, :firms].sum(axis=1), f["lost_to_rivals"])
    assert np.array_equal(moves[:firms, firms], f["lost_to_nobody"])
    assert np.array_equal(moves[:firms, firms + 1], f["moved_away"])
    assert np.array_equal(moves[:, :firms].sum(axis=0), f["won"])
    assert np.array_equal(moves[:firms, :firms].sum(axis=0), f["won_from_rivals"])
    assert not np.diag(moves[:firms, :firms]).any()


def check_bonds(model: Reciprocity, before: Stocks, after: Stocks) -> None:
    """A firm's stock of relationship changes by what was built, faded, carried away and brought."""
    f = model.table(Firm)
    change = f["bonds_built"] - f["bonds_faded"] - f["bonds_carried_away"] + f["bonds_brought"]
    passed = f["bonds_faded"] + f["bonds_carried_away"] + f["bonds_brought"]
    assert close(after.bonds - before.bonds, change, float((before.bonds + after.bonds + passed).sum()))


def check_bounds(model: Reciprocity) -> None:
    """Every column of every table lies within its declared range."""
    for table in model.tables.values():
        table.check()


def watched_months(model: Reciprocity, months: int) -> None:
    """Run burn-in and months, and check everything after each of them."""
    for _ in range(model.parameters.burn_in + months):
        before = stocks_of(model)
        model.step()
        after = stocks_of(model)
        check_money(model, before, after)
        check_shares(model)
        check_customers(model, before, after)
        check_bonds(model, before, after)
        check_bounds(model)
