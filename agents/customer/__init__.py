"""Customers: what they need, what they feel, whom they tell, when they leave."""

from agents.customer.bonds import BondParameters
from agents.customer.choice import ChoiceParameters
from agents.customer.customer import Customer
from agents.customer.experience import ExperienceParameters
from agents.customer.habit import Habit
from agents.customer.purchases import PurchaseParameters
from agents.customer.repertoire import RepertoireParameters
from agents.customer.traits import PopulationParameters
from agents.customer.value import ServiceParameters
from agents.customer.word import WordParameters

__all__ = [
    "BondParameters",
    "ChoiceParameters",
    "Customer",
    "ExperienceParameters",
    "Habit",
    "PopulationParameters",
    "PurchaseParameters",
    "RepertoireParameters",
    "ServiceParameters",
    "WordParameters",
]
