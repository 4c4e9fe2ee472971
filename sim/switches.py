"""Switches: every mechanism of the model can be turned off."""

from typing import Annotated

from agents.base.parameters import compiled_group, parameter


@compiled_group
class Switches:
    """Every mechanism can be switched off; its terms are then exactly zero."""

    reciprocity_customers: Annotated[
        bool,
        parameter(
            "1",
            "customers answer what they experience, by word and deed: satisfaction, failures, bills, fees",
        ),
    ] = True
    reciprocity_employees: Annotated[bool, parameter("1", "kindness of pay moves effort and morale")] = True
    reciprocity_suppliers: Annotated[bool, parameter("1", "kindness of terms moves reliability and exit")] = (
        True
    )
    reciprocity_owners: Annotated[
        bool, parameter("1", "owners' trust slows their trading and calms their pressure")
    ] = True
    word_of_mouth: Annotated[bool, parameter("1", "customers talk")] = True
    erosion_by_time: Annotated[bool, parameter("1", "bonds fade")] = True
    expectation_drift: Annotated[bool, parameter("1", "expectation follows experience and claims")] = True
    loss_aversion: Annotated[
        bool, parameter("1", "losses weigh more than gains, to customers, staff and suppliers")
    ] = True
    fairness_preferences: Annotated[
        bool, parameter("1", "customers mind unequal splits and unfair prices")
    ] = True
    attachment: Annotated[bool, parameter("1", "customers attach to the employee")] = True
    recovery: Annotated[bool, parameter("1", "failures can be put right")] = True
    forgiveness: Annotated[bool, parameter("1", "partners forgive more, and feel betrayal more")] = True
    cross_selling: Annotated[bool, parameter("1", "customers ask for more products")] = True
    overselling: Annotated[bool, parameter("1", "products are pushed on customers")] = True
    gaming: Annotated[bool, parameter("1", "staff game their measures")] = True
    temptation: Annotated[bool, parameter("1", "managers pull levers of exploitation")] = True
    manager_horizon: Annotated[
        bool, parameter("1", "owners shorten the manager's horizon; managers leave before the loss shows")
    ] = True
    insight: Annotated[bool, parameter("1", "firms learn about customers, and use it")] = True
    unmet_needs: Annotated[bool, parameter("1", "customers have needs that they do not know")] = True
    identity: Annotated[bool, parameter("1", "steadiness of conduct scales the bonds")] = True
    advertising: Annotated[bool, parameter("1", "advertising makes awareness")] = True
    reputation: Annotated[bool, parameter("1", "reputation moves choices")] = True
    community: Annotated[bool, parameter("1", "goodwill moves hiring and awareness")] = True
    finance: Annotated[bool, parameter("1", "firms borrow, pay interest and repay")] = True
    entry_exit: Annotated[bool, parameter("1", "firms enter and go bankrupt")] = True
    moving: Annotated[bool, parameter("1", "customers move away and others move in")] = True
    value_comparison: Annotated[bool, parameter("1", "offers of rivals are compared with one's own firm")] = (
        True
    )
    nobody_option: Annotated[bool, parameter("1", "buying from nobody is considered")] = True
