"""What the twin's month makes its customer feel, expect and know (section 6).

Satisfaction is a judgement of level and surprise, bonds answer signals, and all of it fades.
"""

from math import exp, log, tanh
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.twin_customer import TwinCustomer
    from benchmarks.twin_firm import TwinFirm

LOSS_AVERSION = 2.25  # Tversky and Kahneman 1992


def clip(value: float, lowest: float, highest: float) -> float:
    """Return the value, kept within the two bounds."""
    return min(max(value, lowest), highest)


def felt(gain: float) -> float:
    """Return how a gain or loss is felt: losses weigh more."""
    return gain if gain >= 0 else LOSS_AVERSION * gain


def experience(customer: "TwinCustomer") -> None:
    """Let the month change what it feels, expects and knows; without contact, feelings fade."""
    if customer.firm is None:
        return
    ripened = 0.15 * customer.regret_pending  # X1: a regret comes about half a year late
    customer.regret_pending -= ripened
    customer.regret = clip(0.96 * customer.regret + 0.5 * ripened, 0, 1)
    if customer.purchases > 0:
        felt_quality = customer.quality * (0.6 if customer.bad else 0.97 if customer.put_right else 1)  # X2
        disconfirmation = (felt_quality - customer.expectation) / customer.expectation
        judge(customer, disconfirmation)
        learn(customer, customer.firm)
        bond(customer, customer.firm, disconfirmation)
    else:
        customer.known_fee *= 0.97
        customer.attachment *= 0.99
    for name in customer.bonds:
        customer.bonds[name] *= 0.99  # X7: erosion by time


def judge(customer: "TwinCustomer", disconfirmation: float) -> None:
    """Move satisfaction toward the month's judgement: a level, and what was unexpected (X3)."""
    judgement = 0.30 + 2 * felt(disconfirmation) + 0.8 * log(customer.quality)
    judgement += 0.7 * log(max(customer.value / customer.known_bill, 0.2) / 1.3)
    judgement -= customer.bill_shock + 0.6 * customer.regret
    customer.satisfaction += 0.25 * (tanh(judgement) - customer.satisfaction) + 0.10 * customer.put_right
    customer.satisfaction = clip(customer.satisfaction, -1, 1)


def learn(customer: "TwinCustomer", firm: "TwinFirm") -> None:
    """Get used to quality and price (X4), and perhaps find the hidden fee (X5)."""
    customer.expectation += 0.06 * (customer.quality - customer.expectation)
    customer.expectation += 0.01 * (firm.terms.claim - customer.expectation)
    customer.reference_price += 0.10 * (customer.known_bill - customer.reference_price)
    finding = 0.04 * (1 + 2 * tanh(customer.informedness / 4))
    customer.fee_found = firm.terms.hidden_fee > 0 and customer.draw("fee_found") < finding
    customer.known_fee = (
        firm.terms.hidden_fee / firm.terms.price if customer.fee_found else 0.97 * customer.known_fee
    )


def bond(customer: "TwinCustomer", firm: "TwinFirm", disconfirmation: float) -> None:
    """Move each bond toward its signal (X7), and the attachment to the employee (X9)."""
    for name, signal in signals(customer, firm, disconfirmation).items():
        customer.bonds[name] += 0.08 * (signal - customer.bonds[name])
    closeness = customer.relationship_need * firm.employee.service * (1 - 0.6 * firm.terms.sharing)
    customer.attachment += 0.08 * (clip(closeness, 0, 1) - customer.attachment)


def signals(customer: "TwinCustomer", firm: "TwinFirm", disconfirmation: float) -> dict[str, float]:
    """Return what the month says for each bond, 0..1 (X7)."""
    terms, employee = firm.terms, firm.employee
    candour = 1 - 0.5 * customer.regret
    help_given = clip(terms.contribution * customer.unmet_need / 1.5, 0, 1)
    surplus = clip(customer.value / customer.known_bill - 1, 0, 1)
    promises_kept = clip(1 + 3 * min(disconfirmation, 0), 0, 1)
    exaggeration = max(terms.claim / customer.quality - 1, 0)
    return {
        "abundance": 0.5 * help_given + 0.5 * surplus,
        "trust": 0.0 if customer.refused else promises_kept * candour,
        "dreams": 0.4 * terms.openness + 0.3 * terms.sharing + 0.3 * terms.consensus,
        "truth": clip(1 - 2 * exaggeration - 4 * customer.known_fee, 0, 1) * candour,
        "balance": balance_signal(customer, terms.unit_cost),
        "grace": clip(
            0.4 * employee.service_effort + 0.35 * employee.morale + 0.25 * terms.empowerment, 0, 1
        ),
    }


def balance_signal(customer: "TwinCustomer", unit_cost: float) -> float:
    """Return how fair the split of the gain and the price beside a newcomer's are felt to be, 0..1."""
    own = clip((customer.value - customer.known_bill) / max(customer.value - unit_cost, 1), -1, 2)
    envy = 0.5 * customer.inequity_aversion * max(1 - 2 * own, 0)
    guilt = 0.5 * customer.guilt * max(2 * own - 1, 0)
    fair_split = 1 / (1 + exp(-4 * (own - envy - guilt - 0.1)))
    return clip(0.5 * fair_split + 0.5 * (1 - 4 * customer.unfair_price_gap), 0, 1)
