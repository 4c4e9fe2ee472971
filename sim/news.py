"""What happened to firms, in a line each."""

from typing import Any

from agents import Firm


def news_of(model: Any) -> list[str]:
    """Firms that closed down and modes that changed, by month; and whether no firm is left."""
    events = [(month, f"{model.firm_names[k]} closed down") for month, k in model.closures]
    events += [(month, f"{model.firm_names[k]} became {mode}") for month, k, mode in model.passages]
    lines = [f"month {month}: {what}" for month, what in sorted(events)]
    if not model.table(Firm)["alive"].any():
        lines.append(f"month {model.closures[-1][0]}: no firm is left; the market goes on without any")
    return lines
