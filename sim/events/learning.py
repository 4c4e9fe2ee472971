"""Learning: once a year learners may copy the best rival; modes pass to the next stage, or fall back."""

from typing import Any

import numpy as np

from agents import Firm
from agents.base.compile import loop
from agents.base.streams import uniforms
from agents.policies import FAMILIES, Mode, chosen
from agents.policies.entry import MODE_STAGE
from sim.adopting import change_entry
from sim.events.keeping_standards import firm_draws
from sim.streams import IMITATION, PASSAGE

RECIPROCITY, SURRENDER = MODE_STAGE[Mode.reciprocity], MODE_STAGE[Mode.surrender]
UP, BACK = 1, -1  # passages from one stage to another


def firms_learn(model: Any) -> None:
    """Once a year learners may copy the best rival; modes pass to the next stage, or fall back."""
    if model.in_burn_in:
        return
    if model.month % 12 == 11:
        imitate(model)
    develop(model)


def imitate(model: Any) -> None:
    """A learner compares its profit on equity with the best rival's, and may copy one policy of it."""
    if not any(policies.adaptation.imitates > 0.0 for policies in model.policies):
        return
    f = model.table(Firm).view
    results = np.where(f.alive, f.smoothed_profit / np.maximum(f.equity_price, 1e4), -np.inf)
    luck, seen = firm_draws(model, IMITATION), [*model.entries]
    for firm in model.living_firms():
        k, learns = firm.row, model.policies[firm.row].adaptation
        others = np.where(np.arange(results.size) == k, -np.inf, results)
        best = int(np.argmax(others))
        if learns.imitates <= 0.0 or not np.isfinite(others[best]) or others[best] <= 0.0:
            continue
        ratio = others[best] / max(results[k], 1e-4)
        if luck[k, 0] < 1.0 / (1.0 + np.exp(-learns.sharpness * (ratio - learns.threshold))):
            families = [name for name in FAMILIES if name not in ("adaptation", "standards")]
            family = families[int(luck[k, 1] * len(families))]
            change_entry(model, k, **{family: chosen(seen[best], family)})


def develop(model: Any) -> None:
    """Reciprocity may pass to surrender where partners, value and cash carry it.

    Weak value falls back a stage, and so does surrender without cash: its floor.
    """
    table = model.table(Firm)
    passages = np.zeros(len(table), np.int64)
    if _develop(table.records, model.settings, model.now, passages):
        for k in np.flatnonzero(passages):
            weak = Mode.reciprocity if table["stage"][k] >= SURRENDER else Mode.market_centred
            pass_to(model, int(k), Mode.surrender if passages[k] == UP else weak)


@loop
def _develop(f: Any, settings: Any, time: Any, passages: Any) -> Any:
    """Count the months in which a stage's conditions hold or fail; say which firms pass up or fall back."""
    p, now, found = settings[0].market, time[0], 0
    for k in range(f.price.size):
        if f.alive[k] and f.stage[k] >= RECIPROCITY:
            value, revenue = f.median_value_for_money[k], f.smoothed_revenue[k]
            ready = f.support_share[k] >= p.partners_needed and value >= p.value_needed
            ready = ready and f.cash[k] >= p.cash_needed * revenue
            poor = f.stage[k] >= SURRENDER and f.cash[k] < p.cash_kept * revenue
            f.stage_months[k] = f.stage_months[k] + 1.0 if ready else 0.0
            f.fallback_months[k] = f.fallback_months[k] + 1.0 if value < p.value_kept or poor else 0.0
            passages[k] = _passage(k, f, p, now)
            found += passages[k] != 0
    return found


@loop
def _passage(k: Any, f: Any, p: Any, now: Any) -> Any:
    """Where a firm goes from its stage: up by chance, each quarter in which it is ready; back when weak."""
    if f.stage[k] == RECIPROCITY:
        f.objective_equity[k] = min(f.stage_months[k] / p.passage_months, 1.0)
        luck = uniforms(now.seed, PASSAGE, now.clock, f.number[k], 0)[0]
        may_pass = now.month % 3 == 2 and f.stage_months[k] >= p.passage_months
        if may_pass and luck < p.passage_probability:
            return UP
    return BACK if f.fallback_months[k] >= p.fallback_months else 0


def pass_to(model: Any, k: int, mode: Mode) -> None:
    """A firm takes another stage's preset, and the passage is recorded; what it chose by name it keeps."""
    f = model.table(Firm).view
    model.passages.append((int(model.month), k, str(mode)))
    f.stage_months[k], f.fallback_months[k] = 0.0, 0.0
    change_entry(model, k, mode=mode)
