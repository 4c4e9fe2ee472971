"""A small market that tests of metrics look at."""

import numpy as np
import pytest

from agents import Customer
from sim import Reciprocity
from tests.metrics.hand import SMALL


@pytest.fixture(scope="module")
def run() -> tuple[Reciprocity, list[dict[str, np.ndarray]]]:
    """A small market with a bankruptcy-free run, and every customer at the end of every month."""
    states: list[dict[str, np.ndarray]] = []
    model = Reciprocity(rng=4, **SMALL)

    def look(m: Reciprocity) -> None:
        table = m.table(Customer)
        states.append({name: table[name].copy() for name in ("firm", "number", "joined", "tenure")})

    model.run_for(40, look)
    return model, states
