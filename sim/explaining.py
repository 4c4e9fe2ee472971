"""Why a customer stays or would go, told from the same terms that decide it."""

from typing import Any

import numpy as np

from agents import Customer, Employee, Firm, Habit
from agents.customer.choice import (
    ATTENTION,
    EVALUATION,
    TERMS,
    attention_probability,
    baseline_probability,
    evaluation_probability,
    neutral_attention,
    neutral_evaluation,
)
from agents.customer.habit import NEVER
from sim.events import attributing, deciding
from sim.events.deciding import firms_are_seen
from sim.events.shopping import weigh


def terms_of(model: Any, row: int) -> np.ndarray:
    """The terms of one customer's decision as they stand, if every living rival's offer came by."""
    c, f, e = (model.table(kind).records for kind in (Customer, Firm, Employee))
    n = model.settings[0]
    k, alive = int(model.table(Customer)["firm"][row]), model.table(Firm)["alive"]
    terms = np.zeros(attributing.TERMS + 1)
    keys = np.where(alive & (np.arange(alive.size) != k), -1.0, deciding.UNSEEN)
    offers = int(n.choice.offers_neutral)
    deciding.attention_terms(row, k, offers, c, f, n, terms)
    deciding.leaving_terms(row, k, c, f, e, n, model.now[0], keys, terms)
    return terms


def chances_of(model: Any, row: int, terms: np.ndarray) -> tuple[float, float, float]:
    """Neutral monthly chance of leaving, chance of reconsidering, and of leaving once reconsidered."""
    table, p = model.table(Customer), model.numbers.choice
    c = table.view
    m = baseline_probability(c.churn_propensity[row], c.tenure[row], p.anniversary)
    rho0 = neutral_attention(m, p.attention_ratio)
    lost = deciding.lost_attachment_of(row, table.records, model.settings[0])
    rho = attention_probability(rho0, attributing.total(terms, ATTENTION), lost, p)
    pi = evaluation_probability(neutral_evaluation(m, rho0), attributing.total(terms, EVALUATION), p)
    return float(m), float(rho), float(pi)


def explain_customer(model: Any, customer: Any) -> str:
    """Why a customer stays or would go, term by term, in words and numbers."""
    if model.parameters.by_repertoire:
        return explain_habits(model, customer)
    if customer.firm < 0:
        return f"Customer {customer.number} has no firm and looks for one now and then."
    firm = model.firm_names[customer.firm]
    if model.clock == 0 or customer.tenure == 0:  # nothing paid there, nothing felt
        return f"Customer {customer.number} is with {firm}, which has not served it yet: let a month go by."
    terms = terms_of(model, customer.row)
    m, rho, pi = chances_of(model, customer.row, terms)
    lines = [
        f"Customer {customer.number} has been with {firm} for {customer.tenure} months.",
        f"At neutral terms it would leave this month with a chance of {m:.2%}; "
        f"as things are, with {rho * pi:.2%} if every rival's offer came by.",
        f"It reconsiders with a chance of {rho:.2%}:",
        *term_lines(terms, ATTENTION),
        f"Having reconsidered, it leaves with a chance of {pi:.2%}:",
        *term_lines(terms, EVALUATION),
    ]
    return "\n".join(lines)


def explain_habits(model: Any, customer: Any) -> str:
    """Where a customer's next purchase would go, and what it remembers of each firm."""
    row, names = customer.row, model.firm_names
    if model.clock == 0:
        return f"Customer {customer.number} has bought nothing yet."
    chances = np.diff(chances_to_choose(model, row), prepend=0.0)
    habits = model.table(Habit).arrays
    usual = names[customer.firm] if customer.firm >= 0 else "no firm"
    lines = [f"Customer {customer.number} buys from firm to firm; its usual one is {usual}."]
    for k in np.argsort(-chances, kind="stable"):
        place = row * len(names) + k
        since = int(habits["since"][place])
        last = "never bought from" if since >= NEVER else f"last bought from {since} months ago"
        lines.append(
            f"  {chances[k]:.1%}  {names[k]}: remembered with {habits['memory'][place]:+.2f}, {last}"
        )
    return "\n".join(lines)


def chances_to_choose(model: Any, row: int) -> np.ndarray:
    """The chance that the next purchase goes to a firm or one before it, as things stand."""
    firms, found = model.table(Firm), np.empty(len(model.firm_names))
    before = {name: firms[name].copy() for name in ("awareness", "offered_log_quality", "seen_reputation")}
    firms_are_seen(model)
    tables = (model.table(kind).records for kind in (Customer, Firm, Habit))
    total = weigh(row, *tables, model.settings[0], model.now[0], model.brand_tables, found)
    for name, values in before.items():
        firms[name][:] = values
    return found / total if total > 0.0 else np.zeros(found.size)


def term_lines(terms: np.ndarray, event: int) -> list[str]:
    """One line for each term that pulls, strongest first."""
    pulls = [(terms[i], term) for i, term in enumerate(TERMS) if term.event == event and terms[i] != 0.0]
    pulls.sort(key=lambda pull: -abs(pull[0]))
    lines = [f"  {value:+.3f}  {term.name.replace('_', ' ')}: {term.meaning}" for value, term in pulls]
    return lines or ["  nothing pulls it either way"]
