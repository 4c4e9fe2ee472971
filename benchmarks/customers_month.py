"""The customers' month, event by event: what the model does, and what its twin does."""

from collections.abc import Callable
from typing import Any

from benchmarks.twin import TwinModel
from sim.events.deciding import customers_decide, firms_are_seen
from sim.events.experiencing import customers_take_it_in
from sim.events.opening import month_opens
from sim.events.serving import customers_are_served
from sim.events.switching import customers_switch
from sim.events.talking import customers_talk
from sim.model import Reciprocity

EVENTS: dict[str, tuple[tuple[Callable[[Any], None], ...], Callable[[TwinModel], None]]] = {
    "opening": ((month_opens,), TwinModel.open_month),
    "serving": ((customers_are_served,), TwinModel.serve),
    "experiencing": ((customers_take_it_in,), TwinModel.take_in),
    "talking": ((customers_talk,), TwinModel.talk),
    "deciding": ((firms_are_seen, customers_decide), TwinModel.decide),
    "switching": ((customers_switch,), TwinModel.switch),
}


def live(model: Reciprocity) -> None:
    """Let a model's customers live one month, while firms and staff stay as they are."""
    for events, _ in EVENTS.values():
        for event in events:
            event(model)
    model.clock += 1
