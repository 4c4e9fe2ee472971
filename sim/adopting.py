"""A firm adopts policies: options of each family become levels of levers, pay and restraint."""

from dataclasses import replace
from typing import Any

from agents import Firm
from agents.base.sheet import Sheet
from agents.firm import SERVICE_LEVERS
from agents.firm.firm import USUAL_PRICE
from agents.policies import FirmEntry, Policies, resolve
from agents.policies.entry import MODE_CONTRIBUTION, MODE_STAGE
from sim.parameters import Parameters


def adopt(model: Any, k: int, entry: FirmEntry) -> None:
    """The firm of row ``k`` follows an entry from now on; prices move later, by steps."""
    model.entries[k] = entry
    model.policies[k] = p = resolve(entry, model.parameters.policy)
    firm = Sheet(model.table(Firm), k)
    for lever in SERVICE_LEVERS:
        setattr(firm, lever, level_of(lever, entry, p, model.parameters))
    for name in ("service_bonus", "selling_bonus", "quota", "selling_pay", "appraisal_pay", "retention_pay"):
        setattr(firm, name, getattr(p.staff, name))
    firm.points_rebate, firm.tenure_discount = (
        p.loyalty_scheme.points_rebate,
        p.loyalty_scheme.tenure_discount,
    )
    firm.consensus, firm.member = p.governance.consensus, p.standards.membership
    firm.restraint = p.fairness.restraint if entry.restraint is None else entry.restraint
    if firm.stage != MODE_STAGE[entry.mode]:  # in the same stage what has grown stays
        firm.stage = MODE_STAGE[entry.mode]
        firm.objective_equity = 1.0 if firm.stage >= 5.0 else 0.0
    firm.write()
    model.extra_staff[k] = p.service.extra_staff


def change_entry(model: Any, k: int, **changes: Any) -> None:
    """The firm of row ``k`` changes some of its policies."""
    adopt(model, k, replace(model.entries[k], **changes))


def levels_rest_on(parameters: Parameters) -> tuple[Any, ...]:
    """The parameters by which a firm's entry becomes levels."""
    spent = parameters.standing.advertising_neutral, parameters.population.need_rate_mean
    return parameters.policy, *spent, parameters.levers.outreach_cost


def level_of(lever: str, entry: FirmEntry, p: Policies, parameters: Parameters) -> float:
    """Level of a lever of service: what the firm sets itself, else what its policies say."""
    own = getattr(entry.levers, lever)
    if own is not None:
        return own
    if lever == "advertising":
        usual = parameters.standing.advertising_neutral * p.value.advertising_factor
        return min(usual + p.marketing.budget * p.marketing.acquisition_share, 0.5)
    if lever == "contribution":
        return max(p.value.contribution, MODE_CONTRIBUTION.get(entry.mode, 0.0))  # type: ignore[arg-type]
    if lever == "outreach":
        kept = p.marketing.budget * (1.0 - p.marketing.acquisition_share)
        spent = (
            USUAL_PRICE * parameters.population.need_rate_mean * kept
        )  # coins a customer-month at the starting price
        return min(p.service.outreach + spent / max(parameters.levers.outreach_cost, 1e-9), 1.0)
    return float(getattr(p.service, lever, 0.0))
