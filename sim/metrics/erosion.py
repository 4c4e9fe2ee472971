"""Erosion: what time takes and what competitors take, and why customers go."""

from collections.abc import Callable
from functools import partial

import numpy as np

from agents.customer.choice import CAUSES, EXPECTED_CAUSES, TERMS
from sim.metrics.arithmetic import delayed, divided
from sim.metrics.metric import CONTRACT, add, metric, observe
from sim.recording import Recording

observe(
    "won",
    "won_from_rivals",
    "lost",
    "lost_to_rivals",
    "lost_to_nobody",
    "moved_away",
    "released",
)
observe("bonds_built", "bonds_faded", "bonds_brought", "bonds_carried_away", "delight_worn_off")


@metric("1")
def market_share(recording: Recording) -> np.ndarray:
    """Share of all services that were bought this month."""
    services = recording.firm("services")
    return divided(services, services.sum(axis=1, keepdims=True))


@metric("1/year")
def market_share_trend(recording: Recording) -> np.ndarray:
    """Change of the market share against a year ago, relative to that share; both over twelve months."""
    services = recording.firm("services")
    yearly = np.cumsum(services, axis=0)
    yearly[12:] -= np.cumsum(services, axis=0)[:-12]
    yearly[:11] = np.nan
    share = divided(yearly, yearly.sum(axis=1, keepdims=True))
    return divided(share, delayed(share, 12)) - 1.0


@metric("1/month")
def faded_share(recording: Recording) -> np.ndarray:
    """Share of its customers' relationships that time alone wore off."""
    left = recording.firm("mean_relationship") * recording.firm("customers")
    faded = recording.firm("bonds_faded")
    return divided(faded, left + faded)


@metric("customer/month")
def net_lost_to_rivals(recording: Recording) -> np.ndarray:
    """Customers lost to rivals, less those won from them."""
    return recording.firm("lost_to_rivals") - recording.firm("won_from_rivals")


def lost_to(recording: Recording) -> np.ndarray:
    """Customers that firms (second axis) lost to each firm (third axis), by month."""
    firms = len(recording.names)
    return recording.moves[:, :firms, :firms]


def lost_by_cause(recording: Recording) -> np.ndarray:
    """Leavers by main cause: (months, firms, causes), in the order of CAUSES."""
    gone = recording.leavers
    out = np.zeros((*recording.firm("customers").shape, len(CAUSES)))
    if out.size:
        place = (
            gone["month"].astype(int) - recording.months[0],
            gone["from_firm"].astype(int),
            gone["cause"].astype(int),
        )
        np.add.at(out, place, 1.0)
    return out if recording.record.leavers else np.full(out.shape, np.nan)


LEAVING_CAUSES = CAUSES[: CAUSES.index("moved_away")]


def _told(cause: str) -> str:
    terms = [term.meaning for term in TERMS if term.cause == cause]
    return f" ({'; '.join(terms)})" if terms and cause != "baseline" else ""


def _by_cause(recording: Recording, place: int) -> np.ndarray:
    return lost_by_cause(recording)[:, :, place]


for _place, _cause in enumerate(LEAVING_CAUSES):
    _compute: Callable[[Recording], np.ndarray] = partial(_by_cause, place=_place)
    add(
        f"lost_by_{_cause}",
        "customer/month",
        f"customers lost with the main cause {_cause.replace('_', ' ')}{_told(_cause)}",
        _compute,
    )


@metric("customer/month", buying=(CONTRACT,))
def expected_lost(recording: Recording) -> np.ndarray:
    """Customers expected to leave: their chances, once they reconsidered, summed."""
    return recording.expected_leavings.sum(axis=2)


def _expected_by_cause(recording: Recording, place: int) -> np.ndarray:
    return recording.expected_leavings[:, :, place]


for _place, _cause in enumerate(EXPECTED_CAUSES):
    _compute = partial(_expected_by_cause, place=_place)
    _divided = (
        "customers expected to leave by the baseline: what their chances have at most"
        if _cause == "baseline"
        else f"customers expected to leave by {_cause.replace('_', ' ')}: what their chances have above the "
        "baseline, divided among causes as they push"
    )
    add(f"expected_lost_by_{_cause}", "customer/month", _divided, _compute, buying=(CONTRACT,))


@metric("1", scope="market")
def unserved_share(recording: Recording) -> np.ndarray:
    """Share of customers in the market who buy from nobody."""
    return divided(recording.market("unserved"), recording.market("size"))


@metric("1", scope="market")
def concentration(recording: Recording) -> np.ndarray:
    """Sum of squared market shares (Herfindahl index)."""
    services = recording.firm("services")
    share = divided(services, services.sum(axis=1, keepdims=True))
    return (share**2).sum(axis=1)
