"""A market to which everything happens: every kind of shock, members, learners, entrants, exploitation."""

from typing import Any

FIRMS: dict[str, Any] = {
    "partner": {"mode": "reciprocity", "standards": "founder", "adaptation": "imitation", "clawback": 12},
    "seller": {
        "mode": "product_centred",
        "adaptation": "imitation",
        "loyalty_scheme": "points",
        "standards": "member",
    },
    "dripper": {"value": "drip_fees", "management": "stock_options", "levers": {"targeting": 0.5}},
    "steady": {"fairness": "dual_entitlement", "staff": "retention_bonus"},
    "giver": {"value": "contribution", "fairness": "reciprocal", "loyalty_scheme": "tenure_reward"},
    "talker": {"service": "lip_service", "management": "customer_equity", "marketing": "retention"},
}
SHOCKS: dict[str, Any] = {
    "cost": {"kind": "cost", "month": 1, "duration": 2},
    "recession": {"kind": "recession", "month": 2, "duration": 2},
    "scandal": {"kind": "scandal", "month": 3, "firm": "dripper"},
    "star": {"kind": "star_leaves", "month": 4, "firm": "seller"},
    "ban": {"kind": "walking_ban", "month": 5},
    "entrant": {"kind": "entrant", "month": 6},
    "desertion": {"kind": "desertion", "month": 7, "firm": "dripper", "duration": 60},
}
