"""Streams of chance: each has a name and a fixed number, so that adding one changes no other.

The contract: a stream's number never changes and is never used again; the meaning of a block or of a
place in it changes only with the model's major version (golden trajectories hold it).
"""

CUSTOMER_TRAITS = 1
CUSTOMER_START = 2
EMPLOYEE_TRAITS = 3
SUPPLIER_TRAITS = 4
SERVICE = 10
RECOVERY = 11
SELLING = 12
WORD = 13
CONTACTS = 14
DECISION = 21
OFFERS = 22
DESTINATION = 23
BRAND_FIT = 24
RELATIONSHIP = 25
ASSIGNMENT = 26
PURCHASE = 27
QUITTING = 30
HIRING = 31
SUPPLY_EXIT = 32
VALUATION = 33
SCANDAL = 34
AUDIT = 35
ENTRY = 36
PASSAGE = 37
IMITATION = 38
SURVEY = 39
SUCCESSION = 40
SHUFFLING = 41  # of minds, in a null model alone

NAMES = {name: number for name, number in list(globals().items()) if name.isupper()}
