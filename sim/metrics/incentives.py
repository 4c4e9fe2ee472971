"""Incentives: what is paid for, what it does, and whether the two point the same way."""

from math import nan

import numpy as np

from agents.firm import EXPLOITATION
from sim.metrics.arithmetic import delayed, divided, rank_correlation, sums_of_last
from sim.metrics.metric import metric, observe
from sim.recording import Recording

observe(
    "staff_bonus", "management_bonus", "mean_regret", "mean_gaming", "restraint", "scandal", "fees_tempted"
)
observe(*(lever.column for lever in EXPLOITATION))

AHEAD = 12  # months over which a bonus is set against what became of value
VISIBLE_LOSS = 0.05  # fall of customer equity that everybody sees (assumption)
PULLED = 0.1  # temptation from which a lever counts as pulled (assumption)


@metric("coins/month")
def bonus(recording: Recording) -> np.ndarray:
    """Bonus of staff and of management, the profit share included."""
    return recording.firm("staff_bonus") + recording.firm("management_bonus")


@metric("1")
def oversold_share(recording: Recording) -> np.ndarray:
    """Share of additional products that were pushed on customers."""
    pushed = recording.firm("addons_pushed")
    return divided(pushed, pushed + recording.firm("addons_wanted"))


@metric("1")
def sham_share(recording: Recording) -> np.ndarray:
    """Share of what the sales measure counts that is gaming and not selling."""
    sham = recording.firm("mean_gaming")
    return divided(sham, sham + recording.firm("mean_selling_effort"))


@metric("1")
def effort_distortion(recording: Recording) -> np.ndarray:
    """Selling as a share of all effort."""
    selling = recording.firm("mean_selling_effort")
    return divided(selling, selling + recording.firm("mean_service_effort"))


@metric("1")
def fee_share(recording: Recording) -> np.ndarray:
    """Share of revenue that is hidden fees."""
    return divided(recording.firm("fees"), recording.firm("revenue"))


@metric("1")
def walking_share(recording: Recording) -> np.ndarray:
    """Share of revenue that is prices walked up on the loyal."""
    return divided(recording.firm("walk_revenue"), recording.firm("revenue"))


@metric("1")
def exploitation(recording: Recording) -> np.ndarray:
    """Mean pull of the levers of exploitation."""
    return np.mean([recording.firm(lever.column) for lever in EXPLOITATION], axis=0)


@metric("1")
def misaligned_share(recording: Recording) -> np.ndarray:
    """Share of bonus so far that was paid in months after which value fell, weighted by the change.

    Value is customer equity at the sustainable margin; its change over the next twelve months is taken
    less the firm's own share of the market's change. 0: bonus came only before rises; 1: only before
    falls; one half: unrelated. It describes, it does not say what caused what.
    """
    value = recording.firm("sustainable_equity")
    total = value.sum(axis=1, keepdims=True)
    change = value - delayed(value, AHEAD)
    expected = divided(delayed(value, AHEAD), delayed(total, AHEAD)) * (total - delayed(total, AHEAD))
    gain = np.nan_to_num(change - expected)
    paid = np.nan_to_num(delayed(bonus(recording), AHEAD))
    fell = np.cumsum(paid * np.maximum(-gain, 0.0), axis=0)
    return divided(fell, np.cumsum(paid * np.abs(gain), axis=0))


@metric("1")
def proxy_against_truth(recording: Recording) -> np.ndarray:
    """Rank correlation of management's bonus with sustainable customer equity over the last 24 months."""
    proxy, truth = recording.firm("management_bonus"), recording.firm("sustainable_equity")
    out = np.full(proxy.shape, np.nan)
    for month in range(23, len(proxy)):
        window = slice(month - 23, month + 1)
        for firm in range(proxy.shape[1]):
            out[month, firm] = rank_correlation(proxy[window, firm], truth[window, firm])
    return out


def divergence(recording: Recording, months: int = 6) -> np.ndarray:
    """The month from which management's bonus rose while customer equity fell: one for each firm.

    Both are means over twelve months, set against a year ago, and must go apart for some months in a
    row; NaN where they never do.
    """
    rising = _yearly_change(recording.firm("management_bonus")) > 0.0
    falling = _yearly_change(recording.firm("sustainable_equity")) < 0.0
    apart = sums_of_last((rising & falling).astype(float), months) >= months
    found = np.array([np.argmax(column) if column.any() else nan for column in apart.T])
    return found - months + 1.0 + recording.months[0]


def _yearly_change(values: np.ndarray) -> np.ndarray:
    """Change of the mean over twelve months against a year ago; NaN in the first two years."""
    means = sums_of_last(values, 12) / 12.0
    means[:11] = np.nan
    return means - delayed(means, 12)


def months_to_visible_loss(recording: Recording) -> np.ndarray:
    """Months from the first lever of exploitation pulled to a visible loss of customer equity, by firm.

    A lever counts as pulled above a tenth; the loss is visible when sustainable customer equity, as a
    mean over twelve months, lies five per cent below what it was at the start. NaN where it does not.
    """
    pulled = np.max([recording.firm(lever.column) for lever in EXPLOITATION], axis=0) > PULLED
    equity = recording.firm("sustainable_equity")
    means = sums_of_last(equity, 12) / np.minimum(np.arange(1, len(equity) + 1), 12)[:, None]
    out = np.full(equity.shape[1], nan)
    for firm in range(equity.shape[1]):
        if pulled[:, firm].any():
            start = int(np.argmax(pulled[:, firm]))
            below = means[start:, firm] < (1.0 - VISIBLE_LOSS) * equity[start, firm]
            out[firm] = float(np.argmax(below)) if below.any() else nan
    return out
