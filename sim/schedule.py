"""The month, from the first event to the last (ODD: process overview and scheduling)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.events.accounting import books_are_kept
from sim.events.deciding import customers_decide, firms_are_seen
from sim.events.experiencing import customers_take_it_in
from sim.events.facing_rivals import rivals_come_and_go
from sim.events.keeping_standards import body_keeps_the_standard
from sim.events.learning import firms_learn
from sim.events.opening import month_opens
from sim.events.owning import firms_are_judged, owners_trade
from sim.events.paying_managers import management_is_paid
from sim.events.preferring import usual_firms_change
from sim.events.serving import customers_are_served
from sim.events.setting_terms import firms_set_terms
from sim.events.shopping import customers_shop
from sim.events.staffing import staff_are_paid, staff_come_and_go
from sim.events.striking import shocks_strike
from sim.events.succeeding import managers_succeed
from sim.events.supplying import suppliers_deliver
from sim.events.switching import customers_switch
from sim.events.talking import customers_talk
from sim.events.tallying import month_is_tallied
from sim.events.visiting import customers_visit_others
from sim.events.working import staff_choose_effort


class Event(NamedTuple):
    """One line of the month."""

    heading: str
    happens: str
    does: Callable[[Any], None]


MONTH = (
    Event("0 Opening", "flows start at nothing, customers are counted", month_opens),
    Event("0 Opening", "what was announced strikes", shocks_strike),
    Event("1 Terms", "each quarter firms set terms", firms_set_terms),
    Event("2 Supply", "suppliers answer the kindness of their terms", suppliers_deliver),
    Event("3 Work", "staff choose serving, selling and gaming", staff_choose_effort),
    Event("4 Service", "by contract: customers buy, and are served well or badly", customers_are_served),
    Event("4 Service", "by repertoire: each purchase chooses a firm", customers_shop),
    Event("5 Experience", "satisfaction, expectation and bonds move", customers_take_it_in),
    Event("6 Word", "champions and the disappointed talk", customers_talk),
    Event("7 Choice", "firms are seen by those who look", firms_are_seen),
    Event("7 Choice", "by contract: some reconsider: stay, leave, look, move away", customers_decide),
    Event("7 Choice", "by repertoire: usual firms change, some move away", usual_firms_change),
    Event("7 Choice", "the customers' month is summed", month_is_tallied),
    Event("7 Choice", "by repertoire: the others are bought from, all is remembered", customers_visit_others),
    Event("7 Choice", "customers go where they decided", customers_switch),
    Event("8 Accounts", "staff are paid", staff_are_paid),
    Event("8 Accounts", "management is paid", management_is_paid),
    Event("8 Accounts", "members pay dues, some are audited", body_keeps_the_standard),
    Event("8 Accounts", "books are kept, double entry", books_are_kept),
    Event("9 People", "morale, quits, dismissals, hires", staff_come_and_go),
    Event("10 Owners", "shareholders value, trade and press", owners_trade),
    Event("10 Owners", "each quarter some tempted managers leave with their bonus", managers_succeed),
    Event("10 Owners", "market and community judge the firms", firms_are_judged),
    Event("11 Rivals", "bankrupt firms leave, entrants come", rivals_come_and_go),
    Event("11 Rivals", "learners imitate, modes develop", firms_learn),
)
