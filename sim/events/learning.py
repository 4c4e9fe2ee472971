"""Learning: once a year learners may copy the best rival; modes pass to the next stage, or fall back."""

from typing import Any

import numpy as np

from agents import Firm
from agents.policies import FAMILIES, Mode, chosen
from agents.policies.entry import MODE_STAGE
from sim.adopting import change_entry
from sim.events.keeping_standards import firm_draws
from sim.streams import IMITATION, PASSAGE


def firms_learn(model: Any) -> None:
    """Once a year learners may copy the best rival; modes pass to the next stage, or fall back."""
    if model.in_burn_in:
        return
    if model.month % 12 == 11:
        imitate(model)
    develop(model)


def imitate(model: Any) -> None:
    """A learner compares its profit on equity with the best rival's, and may copy one policy of it."""
    f = model.table(Firm).view
    results = np.where(f.alive, f.smoothed_profit / np.maximum(f.equity_price, 1e4), -np.inf)
    luck = firm_draws(model, IMITATION)
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
            change_entry(model, k, **{family: chosen(model.entries[best], family)})


def develop(model: Any) -> None:
    """Reciprocity may pass to surrender where partners and value carry it; weak value falls back."""
    p, f = model.parameters.market, model.table(Firm).view
    maturing = np.flatnonzero(model.table(Firm)["stage"] >= MODE_STAGE[Mode.reciprocity])
    luck = firm_draws(model, PASSAGE)[:, 0] if maturing.size and model.month % 3 == 2 else None
    for k in maturing[f.alive[maturing]]:
        value = f.median_value_for_money[k]
        ready = f.support_share[k] >= p.partners_needed and value >= p.value_needed
        ready = ready and f.cash[k] >= f.smoothed_revenue[k]
        f.stage_months[k] = f.stage_months[k] + 1.0 if ready else 0.0
        f.fallback_months[k] = f.fallback_months[k] + 1.0 if value < p.value_kept else 0.0
        if f.stage[k] == MODE_STAGE[Mode.reciprocity]:
            f.objective_equity[k] = min(f.stage_months[k] / p.passage_months, 1.0)
            if luck is not None and f.stage_months[k] >= p.passage_months and luck[k] < p.passage_probability:
                pass_to(model, int(k), Mode.surrender)
        if f.fallback_months[k] >= p.fallback_months:
            pass_to(model, int(k), Mode.reciprocity if f.stage[k] >= 5.0 else Mode.market_centred)


def pass_to(model: Any, k: int, mode: Mode) -> None:
    """A firm takes another stage's preset, and the passage is recorded; what it chose by name it keeps."""
    f = model.table(Firm).view
    model.passages.append((int(model.month), k, str(mode)))
    f.stage_months[k], f.fallback_months[k] = 0.0, 0.0
    change_entry(model, k, mode=mode)
