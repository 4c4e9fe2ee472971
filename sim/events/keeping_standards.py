"""Standards: members pay dues to the industry body, some are audited, breaches are fined."""

from typing import Any

import numpy as np

from agents import Firm, IndustryBody
from agents.base.compile import loop
from agents.base.streams import draw, uniforms
from agents.industry_body import breaches_standard
from sim.streams import AUDIT

YEAR = 12.0  # months: fines are relative to the dues of a year


def firm_draws(model: Any, stream: int) -> np.ndarray:
    """Four uniforms of the month of every firm in a stream."""
    return draw(model.seed, stream, int(model.clock), model.table(Firm)["number"])


def body_keeps_the_standard(model: Any) -> None:
    """Members pay dues; some are audited, and fined and expelled when they fall below the standard.

    Nobody is audited by a standard before it has set terms by it.
    """
    if not model.in_burn_in:
        _keep_standard(
            model.table(Firm).records, model.table(IndustryBody).records, model.settings, model.now
        )


@loop
def _keep_standard(f: Any, body: Any, settings: Any, time: Any) -> None:
    p, now = settings[0].industry_body, time[0]
    for k in range(f.price.size):
        if not f.alive[k] or f.member[k] <= 0.0:
            continue
        if f.expelled[k] > 0.0:
            f.expelled[k] = max(f.expelled[k] - 1.0, 0.0)
            continue
        rate = p.dues + (p.founder_dues if f.member[k] > 1.0 else 0.0)
        f.dues_paid[k] = rate * max(f.smoothed_revenue[k], 0.0)
        audited = uniforms(now.seed, AUDIT, now.clock, f.number[k], 0)[0] < p.audit_rate
        if audited and f.held_to_standard[k] > 0.0:
            _audit(k, f, body, p)
        body.dues[0] += f.dues_paid[k]


@loop
def _audit(k: Any, f: Any, body: Any, p: Any) -> None:
    """A member below the standard is fined a part of a year's dues, and expelled for a while."""
    body.audits[0] += 1.0
    if breaches_standard(f.mean_quality[k], f.hidden_fee[k], f.price[k], f.quota_temptation[k], p):
        body.breaches[0] += 1.0
        f.expelled[k] = p.expulsion
        f.dues_paid[k] += YEAR * p.fine * f.dues_paid[k]
