"""From the model to its twin and back: a twin in a model's state, and a twin's state as columns."""

from collections.abc import Mapping
from inspect import get_annotations
from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from agents.base.streams import draw
from agents.customer.choice import CAUSES
from benchmarks.twin import TwinCustomer, TwinEmployee, TwinFirm, TwinModel
from benchmarks.twin_laws import within
from benchmarks.twin_person import BONDS, Decision, Outcome, Person, Voice
from sim.model import WIDTH, Reciprocity
from sim.streams import CONTACTS

LINKS = ("firm", "employee", "lost_employee")
PLAIN = tuple(name for name in get_annotations(Person) if name in Customer.columns and name not in LINKS)
MONTH = (
    *("purchases", "price_paid", "known_bill", "list_paid", "quality", "value", "message"),
    *("bonds_built", "delight_worn_off"),
)


def twin_from(model: Reciprocity) -> TwinModel:
    """Return a twin in exactly the state of a model."""
    twin = TwinModel(model.parameters, seed=model.seed, clock=model.clock, demand=float(model.demand))
    twin.fit_table, twin.churn_table = model.fit_table.tolist(), model.churn_table.tolist()
    twin.need_table = model.need_table.tolist()
    twin.firms = [TwinFirm(twin, row, name) for row, name in enumerate(model.firm_names)]
    copy_firms(model, twin)
    twin.staff = [TwinEmployee(twin, row) for row in range(len(model.table(Employee)))]
    copy_staff(model, twin)
    twin.customers = [TwinCustomer(twin, row) for row in range(len(model.table(Customer)))]
    copy_customers(model, twin)
    introduce(twin)
    twin.prepare()
    return twin


def copy_firms(model: Reciprocity, twin: TwinModel) -> None:
    """Give the twin's firms the terms, levers and standing of the model's."""
    table = model.table(Firm)
    names = [*(name for name in get_annotations(TwinFirm) if name in table.arrays), "customers"]
    names += ["offered_log_quality", "awareness", "seen_reputation"]
    for name in dict.fromkeys(names):
        for firm, value in zip(twin.firms, table[name].tolist(), strict=True):
            setattr(firm, name, value)


def copy_staff(model: Reciprocity, twin: TwinModel) -> None:
    """Give the twin's employees employers, efforts and morale of the model's."""
    table = model.table(Employee)
    for name in ("service", "service_effort", "selling_effort", "morale"):
        for person, value in zip(twin.staff, table[name].tolist(), strict=True):
            setattr(person, name, value)
    for person, employer in zip(twin.staff, table["firm"].tolist(), strict=True):
        if employer >= 0:
            twin.firms[employer].staff.append(person)


def copy_customers(model: Reciprocity, twin: TwinModel) -> None:
    """Give the twin's customers traits, state and month of the model's."""
    columns = {name: array.tolist() for name, array in model.table(Customer).arrays.items()}
    for i, customer in enumerate(twin.customers):
        customer.number = columns["number"][i]
        for name in (*PLAIN, *MONTH):
            setattr(customer, name, columns[name][i])
        customer.bonds = {bond: columns[bond][i] for bond in BONDS}
        heard = columns["opinion"][i][: len(twin.firms)]  # the column has room for more firms
        customer.opinion = dict(zip(twin.firms, heard, strict=True))
        customer.firm = at(twin.firms, columns["firm"][i])
        customer.lost_employee = at(twin.staff, columns["lost_employee"][i])
        customer.employee = at(twin.staff, columns["employee"][i])
        copy_month(twin, customer, {name: columns[name][i] for name in CODED})


CODED = ("outcome", "voice", "addon", "fee_found", "listener", "decision", "destination", "cause", "causes")


def copy_month(twin: TwinModel, customer: TwinCustomer, codes: Mapping[str, int]) -> None:
    """Give a customer what has happened to it this month so far."""
    customer.outcome, customer.voice = Outcome(codes["outcome"]), Voice(codes["voice"])
    customer.wanted_product, customer.pushed_product = bool(codes["addon"] & 1), bool(codes["addon"] >> 1)
    customer.fee_found, customer.decision = bool(codes["fee_found"]), Decision(codes["decision"])
    customer.listener = at(twin.customers, codes["listener"])
    customer.destination = at(twin.firms, codes["destination"])
    customer.cause = CAUSES[codes["cause"]] if codes["cause"] >= 0 else ""
    customer.causes = [cause for place, cause in enumerate(CAUSES) if codes["causes"] >> place & 1]


def at[A](agents: list[A], row: int) -> A | None:
    """Return the agent of a row, None for -1."""
    return agents[row] if row >= 0 else None


def introduce(twin: TwinModel) -> None:
    """Let everybody meet its contacts: neighbours on a ring, some replaced by somebody at random."""
    p, everybody = twin.parameters.word, twin.customers
    size = len(everybody)
    for place in range(p.contacts):
        luck = draw(twin.seed, CONTACTS, 0, np.arange(size), place).tolist()
        step = place // 2 % max(size - 1, 1) + 1
        step = step if place % 2 == 0 else -step
        for row, customer in enumerate(everybody):
            other = (row + step) % size
            if size > 1 and luck[row][0] < p.rewired_share:
                chosen = int(within(int(luck[row][1] * (size - 1)), 0, size - 2))
                other = chosen + (chosen >= row)
            customer.contacts.append(everybody[other])


def columns_of(twin: TwinModel) -> dict[str, np.ndarray]:
    """Return the twin's customers as the model's columns."""
    rows = [columns_of_one(customer) for customer in twin.customers]
    names = ["number", *Customer.columns]
    types = {"number": np.dtype(np.int64)} | {name: column.dtype for name, column in Customer.columns.items()}
    return {name: np.array([row[name] for row in rows]).astype(types[name]) for name in names}


def with_room(opinions: list[float]) -> list[float]:
    """Return opinions of the firms there are, and nothing heard of those for whom the column has room."""
    return opinions + [0.0] * (-len(opinions) % WIDTH)


def columns_of_one(customer: TwinCustomer) -> dict[str, Any]:
    """Return one customer's numbers by column."""
    return {
        **{name: getattr(customer, name) for name in ("number", *PLAIN, *MONTH)},
        **customer.bonds,
        "opinion": with_room(list(customer.opinion.values())),
        "firm": row_of(customer.firm),
        "lost_employee": row_of(customer.lost_employee),
        "employee": row_of(customer.employee),
        "outcome": customer.outcome,
        "voice": customer.voice,
        "addon": customer.wanted_product + 2 * customer.pushed_product,
        "fee_found": customer.fee_found,
        "listener": row_of(customer.listener),
        "decision": customer.decision,
        "destination": row_of(customer.destination),
        "cause": CAUSES.index(customer.cause) if customer.cause else -1,
        "causes": sum(1 << CAUSES.index(cause) for cause in customer.causes),
    }


def row_of(agent: TwinFirm | TwinEmployee | Person | None) -> int:
    """Return the row of an agent, -1 for none."""
    return agent.row if agent is not None else -1
