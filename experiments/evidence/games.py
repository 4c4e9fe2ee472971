"""Games and vignettes put to the model's own people: their own traits, judged by their own rules.

Customers feel a split through ``balance_signal``, the rule of the month. A person would rather have
nothing for either side than a split that it feels to be worse than no gain at all.
"""

from typing import NamedTuple

import numpy as np

from agents import Customer, Employee, Firm
from agents.customer.bonds import balance_signal, wish_to_give_back
from agents.employee import chosen_service_effort, pay_kindness, service_return
from experiments.evidence.markets import opened
from experiments.evidence.row import Sight, Study
from sim import Reciprocity

PLAYERS = 1000
OFFERS = np.arange(0.0, 0.5001, 0.05)
"""Shares of the pie that a proposer can offer."""
PIE = 100.0
STEEPNESS = 4.0
"""Steepness with which the rule of balance squeezes a split."""
DEAR, USUAL = 4.0 / 3.0, 60.0
"""The storm: a price raised from 15 to 20 dollars, for a service usually sold at 60 coins."""
WAGES = np.linspace(30.0, 110.0, 17)
"""Wages of the laboratory, where 30 clears the market."""
LAB_WAGE, LEAST_EFFORT, MOST_EFFORT = 72.0, 0.1, 2.0
"""Mean wage of the laboratory, which seems fair here, and the bounds of effort in the model's rule."""


class Sharing(NamedTuple):
    """Somebody's concern for fairness."""

    inequity_aversion: float
    guilt: float


def utility(own: float, person: Sharing, bonds: object) -> float:
    """Worth of a share of the gain to a person, in shares of the gain: envy taken off, and guilt.

    The rule of balance squeezes what is felt into a bond, which is undone here. Guilt is a wish to give
    back; in a game one can only give back by taking less, so it counts against what one takes.
    """
    guilt = wish_to_give_back(PIE, PIE * (1.0 - own), 0.0, person.guilt)
    return _unsqueezed(_felt(own, person, bonds, 1.0)) - float(guilt)


def nothing(bonds: object) -> float:
    """Worth of no gain for anybody: there is nothing to envy."""
    return _unsqueezed(_felt(0.0, Sharing(0.0, 0.0), bonds, 0.0))


def _unsqueezed(bond: float) -> float:
    split = min(max(2.0 * bond - 1.0, 1e-9), 1.0 - 1e-9)
    return float(np.log(split / (1.0 - split))) / STEEPNESS


def _felt(own: float, person: Sharing, bonds: object, fairness: float) -> float:
    gain = (PIE, PIE * (1.0 - own), 0.0)
    return float(balance_signal(*gain, 0.0, person.inequity_aversion, 0.0, fairness, bonds))


def people_of(model: Reciprocity) -> list[Sharing]:
    """Concerns for fairness of a thousand customers."""
    c = model.table(Customer)
    pairs = zip(c["inequity_aversion"][:PLAYERS], c["guilt"][:PLAYERS], strict=True)
    return [Sharing(float(aversion), float(guilt)) for aversion, guilt in pairs]


def ultimatum(model: Reciprocity) -> Sight:
    """The ultimatum game: proposers know how often each offer is refused, responders refuse what hurts."""
    bonds, people = model.numbers.bonds, people_of(model)
    worst = nothing(bonds)
    kinds = {kind: [utility(offer, kind, bonds) - worst for offer in OFFERS] for kind in set(people)}
    refused = np.mean([[gain < 0.0 for gain in kinds[person]] for person in people], axis=0)
    best = {}
    for kind in kinds:
        kept = np.array([utility(1.0 - offer, kind, bonds) - worst for offer in OFFERS])
        best[kind] = int(np.argmax((1.0 - refused) * kept))
    chosen = np.array([best[person] for person in people])
    return {"offers": OFFERS[chosen], "refused": refused, "refused_offers": refused[chosen]}


def storm(model: Reciprocity) -> Sight:
    """The shovels: share who would rather nobody gained, at the usual price, raised, and raised with cost."""
    c, bonds, people = model.table(Customer), model.numbers.bonds, people_of(model)
    cost = float(model.table(Firm)["unit_cost"][0])
    found = []
    for price, unit_cost in (
        (USUAL, cost),
        (USUAL * DEAR, cost),
        (USUAL * DEAR, cost + USUAL * (DEAR - 1.0)),
    ):
        unfair = 0
        for worth, person in zip(c["worth"][:PLAYERS], people, strict=True):
            felt = balance_signal(
                float(worth), price, unit_cost, 0.0, person.inequity_aversion, 0.0, 1.0, bonds
            )
            unfair += _unsqueezed(float(felt)) < nothing(bonds)
        found.append(unfair / len(people))
    return {"storm": np.array(found)}


def efforts(model: Reciprocity) -> np.ndarray:
    """Effort of every employee at each wage of the laboratory, on a scale of 0 to 1: (people, wages)."""
    p, e = model.numbers.employee, model.table(Employee)
    found = [
        [
            chosen_service_effort(
                service_return(
                    pay_kindness(wage, LAB_WAGE, p), float(reciprocal), 0.0, 0.0, p.morale_neutral, 0.3, p
                ),
                0.0,
                p.substitution,
            )
            for wage in WAGES
        ]
        for reciprocal in e["reciprocal"]
    ]
    return (np.array(found) - LEAST_EFFORT) / (MOST_EFFORT - LEAST_EFFORT)


def wage_cut(model: Reciprocity) -> Sight:
    """Nine dollars cut to seven: share of staff who feel it unkind and answer it, kept on or newly hired."""
    p, answering = model.numbers.employee, np.array(model.table(Employee)["reciprocal"])
    kept_on = pay_kindness(7.0, 9.0, p) < 0.0
    hired = pay_kindness(7.0, 0.97 * 7.0, p) < 0.0  # what seems fair to the newly hired is what is offered
    return {"cut": np.array([np.mean(answering * kept_on), np.mean(answering * hired)])}


def look(seed: int, customers: int) -> Sight:
    """What the people of one market do in all games."""
    model = opened(seed, max(customers, PLAYERS), {"burn_in": 0})
    c = model.table(Customer)
    pairs = np.column_stack([c["inequity_aversion"], c["guilt"]])
    return {
        **ultimatum(model),
        **storm(model),
        **wage_cut(model),
        "efforts": efforts(model),
        "types": pairs[:PLAYERS],
    }


STUDY = Study("own_people", f"{PLAYERS} customers, and all staff, at the start of the default market", look)
