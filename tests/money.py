"""Property tests of money, customers, bonds and bounds, as many as asked: ``python -m tests.money 10000``."""

import sys
import time
from typing import Any

from hypothesis import HealthCheck, given, settings

from sim import Parameters, Reciprocity
from tests.identities import watched_months
from tests.strategies import MONTHS, configurations


def hold(configuration: dict[str, Any]) -> None:
    """Everything that must hold, in every month of a market of this configuration."""
    parameters = Parameters(firms=configuration["firms"])
    watched_months(Reciprocity(parameters, rng=11, **configuration["changes"]), MONTHS)


def examples(many: int) -> Any:
    """A test of that many random configurations."""
    quiet = [HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large]
    options = settings(
        max_examples=many, deadline=None, derandomize=True, database=None, suppress_health_check=quiet
    )
    return options(given(configurations())(hold))


def main() -> None:
    """Run as many examples as asked for."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    started = time.perf_counter()
    examples(many)()
    print(f"{many:,} configurations of {MONTHS} months hold ({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    main()
