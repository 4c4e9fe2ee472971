"""The readable twin: the customers' month in ordinary Mesa objects.

Two firms with fixed terms, one employee each, and their customers in a market with contracts. It is written
to be read, and to be agreed with: the fast model must do the same with the same draws.
"""

from collections.abc import Mapping
from statistics import fmean, median

import mesa

from benchmarks.twin_customer import TwinCustomer
from benchmarks.twin_draws import Draws, NumpyDraws
from benchmarks.twin_firm import FirmTerms, TwinEmployee, TwinFirm

__all__ = ["FirmTerms", "TwinCustomer", "TwinEmployee", "TwinFirm", "TwinModel"]

PRODUCT_PRICE = 30.0  # coins (assumption)


class TwinModel(mesa.Model):
    """A market of two firms; one step is one month.

    With `behaviour=False` nobody moves away and every term of choice is neutral: what remains is the personal
    baseline of leaving.
    """

    def __init__(
        self,
        terms: Mapping[str, FirmTerms],
        customers: int = 500,
        *,
        seed: int = 1,
        draws: Draws | None = None,
        behaviour: bool = True,
    ) -> None:
        super().__init__(rng=seed)
        if len(terms) != 2:
            raise ValueError(f"the twin is a market of two firms, got {len(terms)}: {', '.join(terms)}")
        self.behaviour = behaviour
        self.draws = draws or NumpyDraws(seed, customers)
        self.month = 0
        self.draws.start_month(0)
        self.firms = [TwinFirm(self, number, name, terms[name]) for number, name in enumerate(terms)]
        self.customers = [TwinCustomer(self, number) for number in range(customers)]
        for customer in self.customers:
            customer.start_with_history()
            customer.meet_contacts(self.customers)
        self.departures: list[tuple[TwinFirm, str]] = []
        self.arrivals: list[TwinFirm] = []
        columns = ["month", "firm", "metric", "value", "unit"]
        self.datacollector = mesa.DataCollector(tables={"months": columns})

    def step(self) -> None:
        """Live one month: service, experience, word, choice."""
        self.month += 1
        self.draws.start_month(self.month)
        everybody = self.agents_by_type[TwinCustomer]
        at_start = {firm: firm.customer_count for firm in self.firms}
        everybody.do("buy")
        everybody.do("experience")
        everybody.do("talk")
        everybody.do("listen")
        lived = {firm: self.month_of(firm) for firm in self.firms}
        self.agents_by_type[TwinFirm].do("update_public_quality")
        self.departures, self.arrivals = [], []
        everybody.do("choose")
        for firm in self.firms:
            self.report(firm, lived[firm] | self.movements_of(firm, at_start[firm]))

    def book_departure(self, customer: TwinCustomer, how: str) -> None:
        """Note that a customer leaves its firm now: it `left`, or it `moved` away."""
        if customer.firm is not None:
            self.departures.append((customer.firm, how))

    def book_arrival(self, customer: TwinCustomer) -> None:
        """Note that a customer has joined its firm now, if it has one."""
        if customer.firm is not None:
            self.arrivals.append(customer.firm)

    def month_of(self, firm: TwinFirm) -> dict[str, tuple[float, str]]:
        """Return what the month was like for a firm's customers, before they choose: value and unit."""
        own = [c for c in self.customers if c.firm is firm]
        buyers = [c for c in own if c.purchases > 0]
        services = sum(c.purchases * c.full_bill - 0.5 * c.put_right * c.price_paid for c in buyers)
        products = sum(c.products_wanted + c.products_pushed for c in own)
        metrics = {"revenue": (services + PRODUCT_PRICE * products, "coins")}
        if own:
            metrics["satisfaction"] = (fmean(c.satisfaction for c in own), "-1..1")
            metrics["relationship"] = (fmean(c.relationship for c in own), "0..1")
        if buyers:
            metrics["value_for_money"] = (median(c.value / c.full_bill for c in buyers), "value per price")
            metrics["failure_share"] = (fmean(c.failed for c in buyers), "share of buyers")
        return metrics

    def movements_of(self, firm: TwinFirm, at_start: int) -> dict[str, tuple[float, str]]:
        """Return who came and went this month; those who moved away do not count against retention."""
        left = self.departures.count((firm, "left"))
        moved = self.departures.count((firm, "moved"))
        metrics: dict[str, tuple[float, str]] = {
            "customers": (firm.customer_count, "customers"),
            "won": (self.arrivals.count(firm), "customers"),
            "left": (left, "customers"),
            "moved": (moved, "customers"),
        }
        if at_start > moved:
            metrics["retention"] = (1 - left / (at_start - moved), "share a month")
        return metrics

    def report(self, firm: TwinFirm, metrics: Mapping[str, tuple[float, str]]) -> None:
        """Add a firm's month to the table."""
        for metric, (value, unit) in metrics.items():
            row = {
                "month": self.month,
                "firm": firm.name,
                "metric": metric,
                "value": float(value),
                "unit": unit,
            }
            self.datacollector.add_table_row("months", row)
