"""Employees: pay, fairness, effort, morale, and when they quit."""

from math import exp, tanh
from typing import Annotated, Any

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, link, state, trait
from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_GIFT = "direction: Fehr, Kirchsteiger and Riedl 1993, doi 10.2307/2118338; size: assumption"
_FADE = "direction: Gneezy and List 2006, doi 10.1111/j.1468-0262.2006.00707.x; size: assumption"
_LAST = (
    "direction: Kube, Maréchal and Puppe 2013, J. Eur. Economic Association 11(4) 853-870; size: assumption"
)
_MULTITASK = "Holmström and Milgrom 1991, doi 10.1093/jleo/7.special_issue.24; size: assumption"
_QUITS = "elasticity of quits to pay between -2 and -3"


class Employee(ColumnAgent):
    """Somebody who serves customers, and may be pushed to sell to them instead."""

    integrity = trait("1", "resistance to gaming a measure", low=0, high=1)
    reciprocal = trait("1", "whether it answers kindness with effort", low=0, high=1)

    firm = link("Firm", "employer; -1: looking for work")
    former_firm = link("Firm", "last employer, to whom it does not return soon")
    wage = state("coins/month", "wage", default=900.0, low=0)
    reference_wage = state("coins/month", "wage that seems fair", default=900.0, low=0)
    skill = state("1", "skill, 1: usual", default=1.0, low=0.2, high=2)
    customer_knowledge = state("1", "knowledge of its customers", default=0.5, low=0, high=1)
    morale = state("1", "morale", default=0.6, low=0, high=1)
    tenure = state("month", "months with the employer, or out of work", dtype="int16", default=24, low=0)
    perceived_fairness = state("1", "kindness of the pay against its reference", low=-1, high=1)
    service_effort = state("1", "effort in serving", default=0.8, low=0, high=2)
    selling_effort = state("1", "effort in selling", low=0, high=2)
    gaming = state("1", "share of effort spent on the measure alone", low=0, high=1)
    service = state("1", "service that its customers get, 1: reference", default=1.0, low=0.5, high=1.4)
    load = state("1", "customers served relative to a full load", default=1.0, low=0)

    served = flow("customer", "customers assigned", low=0)
    served_satisfaction = flow("1", "sum of its customers' satisfaction")
    compliments = flow("1/month", "compliments heard", low=0)
    refusals = flow("1/month", "complaints it had to refuse", low=0)


@compiled_group
class EmployeeParameters:
    """How pay, fairness and measures become effort, service and morale."""

    pool_per_load: Annotated[
        float, parameter("1", "people in the labour market per full load of customers", 0, 10)
    ] = 1.25
    full_load: Annotated[
        float, parameter("customer", "customers that one employee serves well", 1, 10_000)
    ] = 60.0
    reference_wage: Annotated[float, parameter("coins/month", "usual wage in the industry", 1, 1e6)] = 900.0
    reciprocal_share: Annotated[
        float,
        parameter("1", "employees with reciprocal preferences", 0, 1, "Dariel and Riedl 2013, RM/13/034"),
    ] = 0.9
    skill_spread: Annotated[float, parameter("1", "standard deviation of skill", 0, 1)] = 0.15
    intrinsic_effort: Annotated[float, parameter("1", "return to service without any incentive", 0, 2)] = 0.80
    reciprocity: Annotated[float, parameter("1", "rise of that return with kindness", 0, 2, _GIFT)] = 0.30
    kindness_slope: Annotated[
        float, parameter("1", "kindness felt per unit of relative pay", 0, 10, _GIFT)
    ] = 2.0
    loss_aversion: Annotated[float, parameter("1", "weight of unkindness relative to kindness", 1, 4)] = 2.25
    pride: Annotated[float, parameter("1", "return to service from satisfied customers", 0, 1)] = 0.12
    morale_effort: Annotated[float, parameter("1", "return to service from morale above neutral", 0, 2)] = (
        0.20
    )
    sharing_effort: Annotated[float, parameter("1", "return to service from sharing above 0.3", 0, 1)] = 0.075
    substitution: Annotated[
        float, parameter("1", "substitution of selling for serving in the cost of effort", 0, 0.9, _MULTITASK)
    ] = 0.3
    quota_pull: Annotated[float, parameter("1", "return to selling at full quota pressure", 0, 2)] = 0.25
    gaming_rate: Annotated[float, parameter("1", "gaming at full quota and no integrity", 0, 1)] = 0.6
    service_effort_gain: Annotated[float, parameter("1", "rise of service with relative effort", 0, 1)] = 0.30
    knowledge_gain: Annotated[float, parameter("1", "rise of service with customer knowledge", 0, 1)] = 0.15
    skill_gain: Annotated[float, parameter("1", "rise of service with skill", 0, 1)] = 0.125
    overload_loss: Annotated[float, parameter("1", "fall of service with load above 1.1", 0, 2)] = 0.35
    gaming_loss: Annotated[float, parameter("1", "fall of service with gaming", 0, 1)] = 0.10
    gift_fading: Annotated[
        float, parameter("1/month", "speed at which higher pay becomes usual", 0, 1, _FADE)
    ] = 0.12
    grievance_fading: Annotated[
        float, parameter("1/month", "speed at which lower pay becomes usual", 0, 1, _LAST)
    ] = 0.015
    raise_rate: Annotated[float, parameter("1/month", "share of the gap to the wage offer closed", 0, 1)] = (
        0.15
    )
    morale_neutral: Annotated[float, parameter("1", "morale at neutral terms", 0, 1)] = 0.6
    morale_rate: Annotated[float, parameter("1/month", "speed of morale", 0, 1)] = 0.12
    quit_rate: Annotated[float, parameter("1/month", "quits at neutral terms", 0, 0.3)] = 0.010
    quit_elasticity: Annotated[
        float, parameter("1", "fall of log quits with log relative pay", 0, 6, _QUITS)
    ] = 2.5
    quit_morale: Annotated[float, parameter("1", "fall of log quits with morale above neutral", 0, 10)] = 2.5
    knowledge_rate: Annotated[float, parameter("1/month", "speed of learning about customers", 0, 1)] = 0.03
    knowledge_sharing: Annotated[float, parameter("1/month", "further speed at full sharing", 0, 1)] = 0.04
    knowledge_start: Annotated[float, parameter("1", "knowledge of a newly hired", 0, 1)] = 0.25
    training_rate: Annotated[
        float,
        parameter("1/month", "speed of skill toward 1.5, for each unit of training above neutral", 0, 1),
    ] = 0.02
    training_neutral: Annotated[
        float, parameter("1", "training that keeps skill as it is; less lets it fade toward 0.6", 0, 1)
    ] = 0.3
    dismissal_share: Annotated[float, parameter("1/month", "most staff dismissed in a month", 0, 1)] = 0.083
    return_after: Annotated[
        float,
        parameter("month", "months out of work after which one may return to the last employer", 0, 120),
    ] = 6.0
    slack: Annotated[float, parameter("1", "staff above need that is kept", 0, 1)] = 0.08
    compliment_spirit: Annotated[float, parameter("1", "morale target per compliment a month", 0, 1)] = 0.03
    refusal_spirit: Annotated[float, parameter("1", "morale target lost per refusal a month", 0, 1)] = 0.05


@rule
def pay_kindness(pay: float, reference: float, p: Any) -> float:
    """Kindness of pay against its reference, -0.5..0.5; unkindness weighs more (Akerlof and Yellen 1990)."""
    gap = p.kindness_slope * (pay / reference - 1.0)
    return 0.5 * tanh(gap if gap >= 0.0 else p.loss_aversion * gap)


@rule
def service_return(
    kindness: float,
    reciprocal: float,
    service_bonus: float,
    mean_satisfaction: float,
    morale: float,
    sharing: float,
    p: Any,
) -> float:
    """Marginal return to serving: intrinsic, reciprocity, bonus, pride, spirit, sharing."""
    gift = p.reciprocity * reciprocal * kindness
    spirit = p.pride * mean_satisfaction + p.morale_effort * (morale - p.morale_neutral)
    total = p.intrinsic_effort + gift + service_bonus + spirit + p.sharing_effort * (sharing - 0.3)
    return min(max(total, 0.1), 2.0)


@rule
def selling_return(selling_bonus: float, quota_temptation: float, p: Any) -> float:
    """Marginal return to selling: commission, and pressure of quotas."""
    return selling_bonus + p.quota_pull * quota_temptation


@rule
def chosen_service_effort(service: float, selling: float, substitution: float) -> float:
    """Effort in serving where the two tasks are substitutes in cost, corners included."""
    if selling <= substitution * service:
        return min(service, 2.0)
    if service <= substitution * selling:
        return 0.0
    return min(max((service - substitution * selling) / (1.0 - substitution**2), 0.0), 2.0)


@rule
def chosen_selling_effort(service: float, selling: float, substitution: float) -> float:
    """Effort in selling, the other task of the same choice."""
    return chosen_service_effort(selling, service, substitution)


@rule
def gaming_of(quota: float, integrity: float, selling_effort: float, p: Any) -> float:
    """Gaming: more where a quota is out of reach and integrity is low, 0..1."""
    short = min(max(1.0 - selling_effort, 0.0), 1.0)
    return min(max(p.gaming_rate * quota * (1.0 - integrity) * short, 0.0), 1.0)


@rule
def service_given(effort: float, knowledge: float, skill: float, load: float, gaming: float, p: Any) -> float:
    """Service that customers get, 0.5..1.4; 1 at reference effort, knowledge, skill and load."""
    rise = p.service_effort_gain * (effort - 0.8) / 0.8 + p.knowledge_gain * (knowledge - 0.5)
    fall = p.overload_loss * max(load - 1.1, 0.0) + p.gaming_loss * gaming
    return min(max(1.0 + rise + p.skill_gain * (skill - 1.0) - fall, 0.5), 1.4)


@rule
def next_skill(skill: float, training: float, p: Any) -> float:
    """Skill after a month: it grows toward 1.5 by training, and fades toward 0.6 without (assumption)."""
    gap = training - p.training_neutral
    return skill + p.training_rate * gap * max(1.5 - skill if gap > 0.0 else skill - 0.6, 0.0)


@rule
def next_reference_wage(reference: float, pay: float, p: Any) -> float:
    """What pay seems fair: gifts fade, grievances last."""
    rate = p.gift_fading if pay > reference else p.grievance_fading
    return max(reference + rate * (pay - reference), 0.5 * p.reference_wage)


@rule
def morale_target(
    kindness: float,
    mean_satisfaction: float,
    growth: float,
    load: float,
    empowerment: float,
    quota: float,
    p: Any,
) -> float:
    """Where morale goes: pay, proud work, the firm's fortunes, load, freedom, pressure."""
    fortunes = 0.5 * min(max(growth, -0.5), 0.5)
    work = 0.15 * (empowerment - 0.4) - 0.15 * quota - 0.3 * max(load - 1.15, 0.0)
    return p.morale_neutral + 0.5 * kindness + 0.25 * mean_satisfaction + fortunes + work


@rule
def quit_probability(pay: float, outside_wage: float, morale: float, p: Any) -> float:
    """Chance to quit this month."""
    hazard = (
        p.quit_rate
        * (pay / outside_wage) ** -p.quit_elasticity
        * exp(-p.quit_morale * (morale - p.morale_neutral))
    )
    return min(max(hazard, 0.0), 0.3)
