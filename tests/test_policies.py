"""Policies by pencil: who gets what, what price is aimed at, what pay measures, what is vetoed."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from agents import Firm
from agents.base.table import Table
from agents.policies import FAMILIES, MODES, FirmEntry, Market, Mode, PolicyParameters, Sides, chosen, resolve
from agents.policies.fairness import FAIRNESS, Standing
from sim import Parameters
from sim.events.agreeing import vetoed
from sim.events.aiming import Aims, as_record
from sim.events.learning import imitate
from tests.worlds import row_of, small

NAMED = {
    "fairness": "shareholder_primacy customers_first equal_split equity maximin golden_rule reciprocal "
    "dual_entitlement",
    "value": "cheap_at_double cost_plus match_competitor what_the_market_bears teaser_and_walk drip_fees "
    "contribution",
    "staff": "flat sales_commission sales_quota service_appraisal retention_bonus balanced_scorecard",
    "management": "salary quarterly_profit sales_growth stock_options customer_equity stakeholder_scorecard",
    "service": "policy_bound empowered partnership lip_service",
    "marketing": "none acquisition retention",
    "governance": "management consensus",
    "loyalty_scheme": "none points tenure_reward",
    "standards": "none member founder",
    "adaptation": "none imitation",
}


def policy(family: str, name: str, **changes: float) -> Any:
    """One option with its default parameters, or changed ones."""
    return type(getattr(getattr(PolicyParameters(), family), name))(**changes)


def test_every_family_and_option_is_there() -> None:
    assert {family: sorted(option.name() for option in FAMILIES[family]) for family in FAMILIES} == {
        family: sorted(names.split()) for family, names in NAMED.items()
    }
    assert [str(mode) for mode in Mode] == ["product_centred", "market_centred", "reciprocity", "surrender"]
    for options in FAMILIES.values():
        for option in options:
            assert option.meaning().endswith("."), option


def test_a_mode_is_a_preset_that_one_may_override() -> None:
    for mode, preset in MODES.items():
        for family, name in preset.items():
            assert chosen(FirmEntry(mode=mode), family) == name
    entry = FirmEntry(mode=Mode.reciprocity, value="drip_fees")
    assert chosen(entry, "value") == "drip_fees"
    assert chosen(entry, "fairness") == "golden_rule"
    assert chosen(FirmEntry(), "management") == "salary"


def test_a_firm_may_override_an_options_parameters() -> None:
    entry = FirmEntry(value="drip_fees", policy={"value": {"drip_fees": {"fee_share": 0.2}}})
    assert resolve(entry, PolicyParameters()).value.fee_share == 0.2
    for family, name, key in (
        ("valeu", "drip_fees", "fee_share"),
        ("value", "drip", "x"),
        ("value", "drip_fees", "x"),
    ):
        with pytest.raises(ValueError, match="unknown"):
            resolve(FirmEntry(policy={family: {name: {key: 0.1}}}), PolicyParameters())
    with pytest.raises(ValueError, match=r"firms\.a\..*fee_share"):
        Parameters(
            firms={"a": FirmEntry(value="drip_fees", policy={"value": {"drip_fees": {"fee_share": 9.0}}})}
        )


# references 15, 30, 2, 2, 1: stakes with 35 % of wages 15, 10.5, 2, 2, 1 (30.5 in all)
REFERENCES = Sides(15.0, 30.0, 2.0, 2.0, 1.0)
USUAL = Standing(REFERENCES, Sides(1.2, 1.0, 0.8, 1.5, 0.9), Sides(1.0, 1.0, 1.0, 1.0, 1.0))
SPLITS = [
    ("shareholder_primacy", {}, (0.0, 0.0, 0.0, 0.85, 0.0, 0.15)),
    ("customers_first", {}, (0.55, 0.15, 0.05, 0.05, 0.05, 0.15)),
    ("equal_split", {}, (0.17, 0.17, 0.17, 0.17, 0.17, 0.15)),
    ("equity", {"kept": 0.0}, (0.3, 0.6, 0.04, 0.04, 0.02, 0.0)),
    ("maximin", {"floor": 0.06, "kept": 0.1}, (0.06, 0.06, 0.66, 0.06, 0.06, 0.1)),  # suppliers are worst off
    ("golden_rule", {"kept": 0.39, "wage_stake": 0.35}, (0.3, 0.21, 0.04, 0.04, 0.02, 0.39)),
    ("reciprocal", {"kept": 0.39, "wage_stake": 0.35}, (0.3, 0.21, 0.04, 0.04, 0.02, 0.39)),
    ("dual_entitlement", {}, (0.0, 0.10, 0.05, 0.55, 0.05, 0.25)),
]


@pytest.mark.parametrize(("name", "changes", "shares"), SPLITS)
def test_who_gets_what(name: str, changes: dict[str, float], shares: tuple[float, ...]) -> None:
    assert tuple(policy("fairness", name, **changes).weights(USUAL)) == pytest.approx(shares)


def test_reciprocal_shares_follow_kindness() -> None:
    kinder = USUAL._replace(kindness=USUAL.kindness._replace(suppliers=2.0))
    usual, answered = (policy("fairness", "reciprocal").weights(standing) for standing in (USUAL, kinder))
    # 2 becomes 8 of 36.5
    assert answered.suppliers == pytest.approx(0.85 * 8.0 / 36.5)
    assert answered.customers < usual.customers


@pytest.mark.parametrize("option", FAIRNESS)
def test_shares_sum_to_one_whoever_stands_how(option: Any) -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        sides = [Sides(*rng.gamma(0.5, 2.0, 5)) for _ in range(3)]
        weights = option().weights(Standing(*sides))
        assert sum(weights) == pytest.approx(1.0, abs=1e-12)
        assert min(weights) >= 0.0
    with pytest.raises(ValueError, match=r"sum to 1|must not exceed 1|less than or equal"):
        for key, value in (("reserve", 1.0), ("kept", 1.1), ("floor", 0.2)):
            if hasattr(option, key):
                option(**{key: value})


def test_nothing_at_stake_is_kept_whole() -> None:
    nothing = Standing(Sides(0.0, 0.0, 0.0, 0.0, 0.0), *USUAL[1:])
    assert policy("fairness", "equity").weights(nothing) == Sides(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    with_reserve = Sides(15.0, 30.0, 2.0, 2.0, 1.0, 50.0)  # a reserve puts in nothing
    little = Standing(Sides(0.01, 0.0, 0.0, 0.0, 0.0), *USUAL[1:])
    assert policy("fairness", "equity", kept=0.0).weights(little).customers == 1.0
    kept_none = policy("fairness", "equity", kept=0.0).weights(Standing(with_reserve, *USUAL[1:]))
    assert kept_none.employees == pytest.approx(0.6)


def test_the_floor_of_maximin_leaves_room() -> None:
    assert min(policy("fairness", "maximin", floor=0.2, kept=0.0).weights(USUAL)) == 0.0
    assert policy("fairness", "maximin", floor=0.1, kept=0.5).weights(USUAL).suppliers == pytest.approx(0.1)
    with pytest.raises(ValueError, match="must not exceed 1"):
        policy("fairness", "maximin", floor=0.1, kept=0.51)


def test_dual_entitlement_raises_prices_only_with_costs() -> None:
    fair = policy("fairness", "dual_entitlement")
    firm = SimpleNamespace(smoothed_profit=0.01, unit_cost=44.0, unit_cost_year_ago=40.0, anchor_price=60.0)
    assert fair.price_cap(firm) == pytest.approx(66.0)
    firm.unit_cost = 36.0
    assert fair.price_cap(firm) == 60.0
    assert fair.keeps_wages(firm)
    firm.unit_cost = 60.0  # the anchor need not stay below cost and three per cent
    firm.unit_cost_year_ago = 60.0
    assert fair.price_cap(firm) == pytest.approx(61.8)
    firm.smoothed_profit = 0.0
    assert fair.price_cap(firm) == float("inf") and not fair.keeps_wages(firm)
    firm.smoothed_profit = -1.0
    assert fair.price_cap(firm) == float("inf")
    assert not fair.keeps_wages(firm)


FIRM = SimpleNamespace(
    median_worth=80.0,
    public_quality=1.0,
    unit_cost=40.0,
    contribution=2.0,
    past_relative_price=np.zeros(8),
    past_relative_custom=np.zeros(8),
)
MARKET = Market(
    mean_price=60.0,
    total_customers=1000.0,
    wage=900.0,
    input_cost=19.0,
    supplier_margin=0.1,
    tax=0.25,
    worth_median=82.0,
)
PRICES = [
    ("cheap_at_double", {"value_target": 2.0, "least_markup": -0.1}, 40.0),  # 80/2
    ("cheap_at_double", {"value_target": 2.0, "least_markup": 0.1}, 44.0),  # not below 1.1*40
    ("cost_plus", {"markup": 0.25}, 50.0),
    ("match_competitor", {}, 58.0),
    # elasticity 2.2 as believed: .75*40*2.2/1.2 = 55, below .92*80
    ("what_the_market_bears", {"elasticity_prior": 2.2, "cost_share": 0.75}, 55.0),
    ("what_the_market_bears", {"cost_share": 1.0, "worth_share": 0.8, "elasticity_prior": 1.6}, 64.0),
    ("teaser_and_walk", {"least_markup": 0.15}, 60.0),
    ("drip_fees", {"undercut": 0.95}, 57.0),
    ("contribution", {"premium": 0.015}, 61.8),  # 60*(1 + .015*2)
]


DEAR = SimpleNamespace(**vars(FIRM) | {"median_worth": 100.0, "unit_cost": 60.0})
POOR = SimpleNamespace(**vars(FIRM) | {"public_quality": 0.5, "unit_cost": 90.0})
CHEAP = SimpleNamespace(**vars(POOR) | {"unit_cost": 20.0})
FLOORS = [
    ("match_competitor", {"least_markup": 0.1}, DEAR, 66.0),
    ("teaser_and_walk", {"least_markup": 0.1}, DEAR, 66.0),
    ("drip_fees", {"least_markup": 0.1}, DEAR, 66.0),
    ("contribution", {"least_markup": 0.1, "premium": 0.0}, DEAR, 66.0),
    # worth 80*.5^.9 = 42.871: half of it, or .92 of it where cost is above
    ("cheap_at_double", {"least_markup": -0.5}, POOR, 39.441263),
    ("cheap_at_double", {"least_markup": -0.5}, CHEAP, 21.435469),
    ("what_the_market_bears", {"worth_share": 0.5}, POOR, 21.435469),
]


@pytest.mark.parametrize(("name", "changes", "firm", "price"), FLOORS)
def test_least_prices(name: str, changes: dict[str, float], firm: Any, price: float) -> None:
    assert policy("value", name, **changes).target_price(firm, MARKET, 58.0) == pytest.approx(price)


def test_an_elasticity_is_trusted_within_bounds() -> None:
    prices = np.array([0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1]) + 0.3  # dearer than the market throughout
    custom = np.cumsum(-40.0 * (prices - 0.3)[::-1])[::-1]
    firm = SimpleNamespace(past_relative_price=prices, past_relative_custom=custom)
    assert policy("value", "what_the_market_bears").elasticity(firm) == 5.0
    firm.past_relative_custom = -custom
    assert policy("value", "what_the_market_bears").elasticity(firm) == 1.5
    assert policy("value", "what_the_market_bears", prior_weight=0.0).elasticity(FIRM) == 1.5  # nothing known
    firm.past_relative_custom = custom / 10.0
    level = SimpleNamespace(past_relative_price=prices - 0.3, past_relative_custom=custom / 10.0)
    bears = policy("value", "what_the_market_bears")
    assert bears.elasticity(firm) == pytest.approx(bears.elasticity(level))


@pytest.mark.parametrize(("name", "changes", "price"), PRICES)
def test_what_price_is_aimed_at(name: str, changes: dict[str, float], price: float) -> None:
    assert policy("value", name, **changes).target_price(FIRM, MARKET, 58.0) == pytest.approx(price)


def test_elasticity_is_learned() -> None:
    bears = policy("value", "what_the_market_bears")
    prices = np.array([0.1, -0.1, 0.1, -0.1, 0.1, -0.1, 0.1, -0.1])
    custom = np.cumsum(-4.0 * prices[::-1])[::-1]
    firm = SimpleNamespace(past_relative_price=prices, past_relative_custom=custom)
    assert 3.0 < bears.elasticity(firm) < 4.0
    assert bears.elasticity(FIRM) == pytest.approx(bears.elasticity_prior)


PAID = SimpleNamespace(
    quarter_profit=1000.0,
    smoothed_revenue=5000.0,
    past_revenue=np.linspace(5200.0, 4000.0, 13),
    equity_price=9000.0,
    past_price=np.arange(61) * 100.0,
    sustainable_equity=2400.0,
    past_equity=np.linspace(2400.0, 1200.0, 13),
)
MEASURES = {
    "salary": 0.0,
    "quarterly_profit": 1000.0,
    "sales_growth": 1000.0,
    "stock_options": 9000.0 - 2400.0,  # granted 24 months ago
    "customer_equity": 100.0,
    "stakeholder_scorecard": 1200.0,  # times 1 + .2
}


@pytest.mark.parametrize("name", MEASURES)
def test_what_management_is_paid_for(name: str) -> None:
    assert policy("management", name).measure(PAID, 0.2) == pytest.approx(MEASURES[name])


LOSING = SimpleNamespace(
    quarter_profit=-1000.0,
    smoothed_revenue=3000.0,
    past_revenue=np.full(13, 4000.0),
    equity_price=100.0,
    past_price=np.full(61, 9000.0),
    sustainable_equity=100.0,
    past_equity=np.full(13, 1200.0),
)


@pytest.mark.parametrize("name", MEASURES)
def test_no_measure_is_negative(name: str) -> None:
    assert policy("management", name).measure(LOSING, 0.2) == 0.0


TERMS = {
    "price": 60.0,
    "hidden_fee": 0.0,
    "walk": 0.0,
    "quality": 1.0,
    "wage_offer": 900.0,
    "quota_temptation": 0.0,
    "supplier_margin": 0.1,
    "payment_delay": 0.0,
}
HARMS = {
    "price": 62.0,
    "hidden_fee": 2.0,
    "walk": 0.03,
    "quality": 0.97,
    "wage_offer": 870.0,
    "quota_temptation": 0.03,
    "supplier_margin": 0.07,
    "payment_delay": 3.0,
}


STEADY = {"smoothed_profit": 10.0, "unit_cost": 40.0, "unit_cost_year_ago": 40.0}


def passes(name: str, **terms: float) -> bool:
    """Whether new terms pass in a firm of a kind of governance; what is not named is as before."""
    firms, one = Table(Firm, 2), policy("governance", name)
    for column, value in (TERMS | STEADY).items():
        firms[column][:] = value
    for column, value in terms.items():
        firms[column][0] = value
    before = firms.row_apart()
    before[0] = firms.records[1]
    aims = dict.fromkeys(Aims._fields, 0.0) | {
        "consensus": one.consensus,
        "veto_tolerance": one.veto_tolerance,
    }
    return not vetoed(0, firms.records, before, as_record(Aims(**aims))[0])


@pytest.mark.parametrize("term", HARMS)
def test_what_consensus_vetoes(term: str) -> None:
    harm = {term: HARMS[term]}
    assert not passes("consensus", **harm)
    assert passes("management", **harm)
    assert passes("consensus")
    assert passes("consensus", **harm, smoothed_profit=-1.0)


def test_consensus_lets_prices_rise_with_costs() -> None:
    assert passes("consensus", price=62.0, unit_cost=44.0)
    assert not passes("consensus", price=62.0, unit_cost=40.0)


def test_policies_take_effect_after_the_burn_in_and_only_on_their_firm() -> None:
    model = small(firms={"steady": {"value": "drip_fees", "loyalty_scheme": "points"}})
    model.run_burn_in()
    table, k = model.table(type(model.firm_at(0))), row_of(model, "steady")
    assert (table["price"] == table["price"][0]).all()
    assert (table["points_rebate"] == 0.0).all()
    model.run_for(1)
    assert table["hidden_fee"][k] == pytest.approx(0.08 * table["price"][k])
    assert table["points_rebate"][k] > 0.0
    assert (np.delete(table["points_rebate"], k) == 0.0).all()


def test_imitation_copies_a_policy_of_the_most_profitable() -> None:
    entry = {"adaptation": "imitation", "policy": {"adaptation": {"imitation": {"threshold": 0.0}}}}
    model = small(rng=2, firms={"steady": entry, "walker": entry}, **{"population.customers": 600})
    model.run_for(13)
    now = [model.entries[row_of(model, name)] for name in ("steady", "walker")]
    then = [model.parameters.firms[name] for name in ("steady", "walker")]
    assert now != then


def test_modes_develop_and_fall_back() -> None:
    changes = {"population.customers": 600, "market.value_kept": 5.0, "market.fallback_months": 3.0}
    model = small(**changes)
    model.run_for(8)
    focal = row_of(model, "focal")
    assert [(k, mode) for _, k, mode in model.passages] == [(focal, "market_centred")]
    assert model.entries[focal].mode == Mode.market_centred
    eager = {"market.partners_needed": 0.0, "market.value_needed": 0.0, "market.value_kept": 0.0}
    eager |= {"market.passage_months": 3.0, "market.passage_probability": 1.0, "population.customers": 600}
    model = small(**eager)
    model.run_for(9)
    assert [(k, mode) for _, k, mode in model.passages] == [(focal, "surrender")]
    assert model.table(type(model.firm_at(0)))["stage"][focal] == 5.0


def test_surrender_needs_cash() -> None:
    poor = {"firms.focal.mode": "surrender", "market.fallback_months": 3.0, "population.customers": 600}
    for months, passages in (
        (24.0, ["reciprocity"]),
        (0.0, []),
    ):  # of revenue in cash, more than any firm keeps
        model = small(**poor | {"market.cash_kept": months, "market.value_kept": 0.0})
        model.run_for(5)
        assert [mode for _, _, mode in model.passages] == passages


ADOPTED = {
    "focal": "cost_plus",
    "follower": "match_competitor",
    "walker": "teaser_and_walk",
    "steady": "cheap_at_double",
    "dripper": "drip_fees",
}


def test_learners_copy_what_rivals_did_and_not_what_these_copy_today() -> None:
    """The best learns from the second best, all others from the best as it was."""
    entry = {"adaptation": "imitation", "policy": {"adaptation": {"imitation": {"threshold": 0.0}}}}
    firms = {name: {**entry, "value": value} for name, value in ADOPTED.items()}
    prices = 0
    for rng in range(1, 25):
        model = small(rng=rng, firms=firms, burn_in=0)
        f = model.table(type(model.firm_at(0)))
        f["smoothed_profit"][:], f["equity_price"][:] = (9e4, 1e3, 1e3, 1e3, 8e4), 6e5
        imitate(model)
        for k, (own, best) in enumerate(zip(ADOPTED, ("dripper", *["focal"] * 4), strict=True)):
            found = chosen(model.entries[k], "value")
            assert found in (ADOPTED[own], ADOPTED[best])
            prices += found == ADOPTED[best] and k > 0
    assert prices > 5
