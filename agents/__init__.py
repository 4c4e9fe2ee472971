"""Who acts: one module per stakeholder, with its columns, its parameters and its rules."""

from agents.community import Community, Government
from agents.creditor import Creditor
from agents.customer import Customer, Habit
from agents.employee import Employee
from agents.firm import Firm
from agents.industry_body import IndustryBody
from agents.shareholder import Shareholder, Stake
from agents.supplier import Supplier, SupplyLink

__all__ = [
    "Community",
    "Creditor",
    "Customer",
    "Employee",
    "Firm",
    "Government",
    "Habit",
    "IndustryBody",
    "Shareholder",
    "Stake",
    "Supplier",
    "SupplyLink",
]
