"""Standards: members pay dues to the industry body, some are audited, breaches are fined."""

from typing import Any

import numpy as np

from agents import Firm, IndustryBody
from agents.base.streams import draw
from agents.industry_body import breaches_standard
from sim.streams import AUDIT


def firm_draws(model: Any, stream: int) -> np.ndarray:
    """Four uniforms of the month of every firm in a stream."""
    return draw(model.seed, stream, int(model.clock), model.table(Firm)["number"])


def body_keeps_the_standard(model: Any) -> None:
    """Members pay dues; some are audited, and fined and expelled when they fall below the standard."""
    f, p = model.table(Firm).view, model.numbers.industry_body
    if model.in_burn_in or not model.table(Firm)["member"].any():
        return
    luck = firm_draws(model, AUDIT)[:, 0]
    body = model.table(IndustryBody).view
    for k in np.flatnonzero((f.member > 0.0) & f.alive):
        f.expelled[k] = max(f.expelled[k] - 1.0, 0.0)
        if f.expelled[k] > 0.0:
            continue
        dues = (p.dues + (p.founder_dues if f.member[k] > 1.0 else 0.0)) * max(f.smoothed_revenue[k], 0.0)
        if luck[k] < p.audit_rate:
            body.audits[0] += 1.0
            if breaches_standard(f.mean_quality[k], f.hidden_fee[k], f.price[k], f.quota_temptation[k], p):
                body.breaches[0] += 1.0
                f.expelled[k] = p.expulsion
                dues += 12.0 * p.fine * dues
        f.dues_paid[k] = dues
        body.dues[0] += dues
