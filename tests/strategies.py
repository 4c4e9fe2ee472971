"""Random valid configurations: small markets under every policy, lever, switch and shock."""

from typing import Any

from hypothesis import strategies as st

from agents.firm import SERVICE_LEVERS
from agents.policies import FAMILIES, Mode
from sim.shocks import USED_BY_SHOCKS, ShockKind
from sim.switches import Switches

MONTHS = 15
NAMES = ("focal", "rival", "third", "fourth")


def options(family: str) -> st.SearchStrategy[str]:
    """One option of a family, by name."""
    return st.sampled_from([option.name() for option in FAMILIES[family]])


def levels(lever: str) -> st.SearchStrategy[float]:
    """A level within the bounds of a lever of service."""
    return st.floats(0.0, {"contribution": 6.0, "advertising": 0.5}.get(lever, 1.0))


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    """One firm's entry: a mode or none, some families, some levers, some factors."""
    entry: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "mode": st.sampled_from([str(mode) for mode in Mode]),
                **{family: options(family) for family in FAMILIES},
                "clawback": st.floats(0.0, 60.0),
                "quality_factor": st.floats(0.3, 2.0),
                "wage_factor": st.floats(0.3, 3.0),
                "margin_factor": st.floats(0.0, 4.0),
                "payment_delay": st.floats(0.0, 12.0),
                "claim_factor": st.floats(0.5, 2.0),
                "locked_price": st.floats(1.0, 300.0),
                "restraint": st.floats(0.0, 1.0),
            },
        )
    )
    chosen = {lever: levels(lever) for lever in draw(st.sets(st.sampled_from(SERVICE_LEVERS), max_size=4))}
    return entry | {"levers": draw(st.fixed_dictionaries(chosen))}


@st.composite
def shocks(draw: st.DrawFn, firms: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Up to three shocks, some within the run, some to one firm and some to all."""
    many = draw(st.integers(0, 3))
    return {f"shock_{place}": draw(shock(firms)) for place in range(many)}


@st.composite
def shock(draw: st.DrawFn, firms: tuple[str, ...]) -> dict[str, Any]:
    """One shock, with what its kind uses."""
    kind = draw(st.sampled_from(list(ShockKind)))
    said = {
        "firm": draw(st.sampled_from([*firms, None])),
        "size": draw(st.floats(0.0, 1.5)),
        "duration": draw(st.integers(1, 12)),
    }
    used = {name: said[name] for name in USED_BY_SHOCKS[kind]}
    return {"kind": str(kind), "month": draw(st.integers(0, MONTHS - 1)), **used}


NUMBERS: dict[str, st.SearchStrategy[Any]] = {
    "burn_in": st.integers(0, 4),
    "population.customers": st.integers(1, 200),
    "population.need_rate_mean": st.floats(0.05, 4.0),
    "population.budget_median": st.floats(20.0, 600.0),
    "population.worth_median": st.floats(20.0, 200.0),
    "population.offers_mean": st.floats(0.0, 6.0),
    "population.moving_rate": st.floats(0.0, 0.1),
    "population.taste_trend": st.floats(-0.5, 1.0),
    "population.persistence": st.floats(0.0, 1.0),
    "population.initial_tenure": st.floats(0.0, 60.0),
    "choice.anniversary": st.floats(0.0, 12.0),
    "employee.pool_per_load": st.sampled_from([0.0, 0.8, 1.25, 3.0]),
    "employee.full_load": st.sampled_from([10.0, 60.0]),
    "employee.quit_rate": st.floats(0.0, 0.2),
    "supplier.suppliers": st.integers(0, 8),
    "supplier.capacity_ratio": st.sampled_from([0.3, 1.0, 8.0]),
    "supplier.input_cost": st.floats(0.0, 60.0),
    "shareholder.shareholders": st.integers(1, 12),
    "shareholder.transient_share": st.floats(0.0, 1.0),
    "service.failure_probability": st.floats(0.0, 0.3),
    "government.detection": st.floats(0.0, 1.0),
    "government.tax": st.floats(0.0, 0.9),
    "levers.fixed_overhead": st.sampled_from([0.0, 4.0, 60.0]),
    "market.buying": st.sampled_from(["contract", "repertoire"]),
    "repertoire.memory_weight": st.floats(0.0, 50.0),
    "repertoire.memory_rate": st.floats(0.0, 1.0),
    "repertoire.lapse_months": st.integers(1, 24),
    "market.entrants": st.integers(0, 2),
    "market.entry_rate": st.floats(0.0, 1.0),
    "market.entry_margin": st.floats(-1.0, 0.2),
    "market.viable_customers": st.sampled_from([0.0, 2.0, 10.0]),
    "market.frontier_growth": st.floats(0.0, 0.5),
    "market.informedness_trend": st.floats(-0.5, 1.0),
    "industry_body.audit_rate": st.floats(0.0, 1.0),
}


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, Any]:
    """Changes to the default parameters that make a valid small market."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    changes: dict[str, Any] = draw(st.fixed_dictionaries({}, optional=NUMBERS))
    changes = {"population.customers": 120, "burn_in": 2} | changes
    off = draw(st.sets(st.sampled_from(list(Switches.__dataclass_fields__)), max_size=3))
    changes |= {f"switches.{name}": False for name in off}
    changes["shocks"] = draw(shocks(names))
    return {"firms": {name: draw(entries()) for name in names}, "changes": changes}
