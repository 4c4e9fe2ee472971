"""The customer: its traits, its state of mind, and its month in columns."""

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, link, state, trait
from agents.customer.bonds import BONDS


class Customer(ColumnAgent):
    """Somebody who needs a service every now and then, and buys it from one firm at a time."""

    need_rate = trait("purchase/month", "mean need", low=0)
    worth = trait("coins", "what one service of reference quality is worth to it", low=0)
    budget = trait("coins/month", "what it can pay in a month", low=0)
    taste = trait("1", "elasticity of worth to quality", low=0, high=3)
    relationship_need = trait("1", "0: fast and friendly will do; 1: the relationship matters", low=0, high=1)
    inequity_aversion = trait("1", "aversion to getting less than the firm", low=0, high=10)
    guilt = trait("1", "wish to give back when getting more than the firm", low=0, high=1)
    informedness = trait("offer/month", "rival offers that it looks at", low=0, high=40)
    unmet_need = trait("1", "what it cannot diagnose itself", low=0, high=1)
    opportunism = trait("1", "readiness to make unjustified claims", low=0, high=1)

    churn_propensity = state(
        "1/year",
        "yearly chance of leaving at neutral terms, of this relationship",
        dtype="float32",
        low=0,
        high=1,
    )
    firm = link("Firm", "the firm it buys from")
    employee = link("Employee", "the employee who serves it")
    tenure = state("month", "months with the firm", dtype="int16", low=0)
    joined = state(
        "month", "clock at which the relationship began; -1: before the start", dtype="int16", default=-1
    )
    expectation = state("1", "quality it expects", default=1.0, low=0.3, high=2)
    satisfaction = state("1", "satisfaction with the firm", low=-1, high=1)
    abundance = state("1", "bond: help beyond the want", low=0, high=1)
    trust = state("1", "bond: promises kept", low=0, high=1)
    dreams = state("1", "bond: shared direction", low=0, high=1)
    truth = state("1", "bond: claim against delivery", low=0, high=1)
    balance = state("1", "bond: a fair split", low=0, high=1)
    grace = state("1", "bond: warmth", low=0, high=1)
    attachment = state("1", "attachment to the employee rather than the firm", dtype="float32", low=0, high=1)
    lost_attachment = state("1", "attachment to an employee who left", dtype="float32", low=0, high=1)
    lost_since = state("month", "months since that employee left", dtype="int16", low=0)
    lost_employee = link("Employee", "that employee, wherever it works now")
    indebtedness = state(
        "1", "wish to give back for having got more than the firm", dtype="float32", low=0, high=1
    )
    reference_price = state(
        "coins", "the bill for a service that seems usual", dtype="float32", default=60.0, low=0
    )
    known_fee = state("1", "hidden fee found, relative to the price", dtype="float32", low=0)
    regret = state("1", "regret over products that were pushed", dtype="float32", low=0, high=1)
    pending_regret = state("product", "pushed products not yet regretted", dtype="float32", low=0)
    products_held = state("product", "products held", dtype="float32", default=1.0, low=0)
    need_known = state("1", "share of its unmet need that it knows", dtype="float32", low=0, high=1)
    lifetime_spend = state("coins", "coins spent with the firm", dtype="float32", low=0)
    opinion = state("1", "what it heard of each firm", dtype="float32", low=-1, high=1, width="firms")

    purchases = flow("service/month", "services bought", dtype="int16", low=0)
    price_paid = flow("coins", "all that one service cost, fees included and refunds taken off", low=0)
    known_bill = flow(
        "coins", "usual bill for one service as far as known: less points, refunds left in", low=0
    )
    list_paid = flow("coins", "list price paid for one service, fees left out", low=0)
    quality = flow("1", "mean quality of the services", low=0)
    value = flow("coins", "what one service was worth, failures counted", low=0)
    outcome = flow(
        "1", "0 well; 1 failed in silence; 2 refused; 3 remedy alone; 4 care and remedy", dtype="int8", low=0
    )
    bonds_built = flow("1", "relationship built by contact")
    delight_worn_off = flow(
        "1", "satisfaction to come, lost as expectation followed experience", dtype="float32"
    )
    addon = flow("1", "0 none; 1 wanted; 2 pushed; 3 both", dtype="int8", low=0, high=3)
    voice = flow(
        "1", "0 silent; 1 complained; 2 complimented; 3 claimed without cause", dtype="int8", low=0, high=3
    )
    fee_found = flow("1", "whether a hidden fee was found", dtype="int8", low=0, high=1)
    message = flow("1", "+1: praised the firm; -1: blamed it", dtype="int8", low=-1, high=1)
    listener = flow("row", "row of the customer who heard the message", dtype="int32", default=-1, low=-1)
    decision = flow("1", "0 stays; 1 leaves; 2 looks for a firm; 3 moves away", dtype="int8", low=0, high=3)
    destination = flow("row", "row of the firm chosen; -1: nobody", dtype="int16", default=-1, low=-1)
    cause = flow("1", "main cause of leaving, as its place in CAUSES", dtype="int8", default=-1, low=-1)
    causes = flow("1", "all causes that would have kept it, as bits", dtype="int16", low=0)

    @property
    def relationship(self) -> float:
        """The relationship, 0..1: the weighted sum of the six bonds."""
        weights = self.model.parameters.bonds
        return sum(getattr(weights, f"{bond}_weight") * getattr(self, bond) for bond in BONDS)

    def explain(self) -> str:
        """Why the customer stays or would go, term by term."""
        return self.model.explain_customer(self)
