"""Word: champions and the disappointed talk along the network; opinions heard fade."""

from typing import Any

import numpy as np

from agents import Customer, Firm
from agents.base.compile import AHEAD, fetch, loop, loop_with_room, part
from agents.base.streams import AT_ONCE, fill, gather, of_one
from agents.customer.bonds import relationship_of
from agents.customer.word import blame_probability, is_champion, next_opinion, praise_probability
from sim.events.serving import REFUSED, SILENT, gift_of
from sim.network import contact
from sim.streams import WORD


def customers_talk(model: Any) -> None:
    """Everybody decides what to say, then all is heard at once, in the order of the speakers' rows."""
    customers, firms = model.table(Customer).records, model.table(Firm).records
    said = (model.scratch_rows, model.speakers, model.rows_of_a_range)
    model.over_customers(_speak, customers, firms, model.settings, model.now, *said)
    if model.parameters.switches.word_of_mouth:
        _hear(customers, model.settings, *said)


@loop_with_room
def _speak(
    start: Any,
    stop: Any,
    c: Any,
    f: Any,
    settings: Any,
    time: Any,
    rows: Any,
    speakers: Any,
    rows_of_a_range: Any,
) -> None:
    """Everybody of a range speaks or not; ``rows`` from ``start`` on lists who did, ``speakers`` how many."""
    n, now, end = settings[0], time[0], start
    numbers, luck = np.empty(AT_ONCE, np.int64), np.empty((4, AT_ONCE))
    for first in range(start, stop, AT_ONCE):
        last = min(first + AT_ONCE, stop)
        fill(now.seed, WORD, now.clock, gather(c.number, first, last, numbers), 0, luck)
        for i in range(first, last):
            fetch(c, i + AT_ONCE)
            for j in range(c.opinion.shape[1]):
                c.opinion[i, j] *= 1.0 - n.word.fading
            if n.switches.word_of_mouth and c.firm[i] >= 0:
                _speak_one(i, of_one(luck, i - first), c, f, n, now)
            if c.message[i] != 0:
                rows[end] = i
                end += 1
    if stop > start:
        speakers[start // rows_of_a_range] = end - start


@part
def _speak_one(i: Any, u: Any, c: Any, f: Any, n: Any, now: Any) -> None:
    """Praise, blame or silence; where customers do not reciprocate, all talk as one at neutral would."""
    r, satisfaction, regret = n.bonds.relationship_neutral, n.choice.satisfaction_neutral, 0.0
    bad, found = False, False
    if n.switches.reciprocity_customers:
        r = relationship_of(
            c.abundance[i], c.trust[i], c.dreams[i], c.truth[i], c.balance[i], c.grace[i], n.bonds
        )
        satisfaction, regret = c.satisfaction[i], c.regret[i]
        bad, found = c.outcome[i] == SILENT or c.outcome[i] == REFUSED, c.fee_found[i] > 0
    champion, gift = is_champion(r, satisfaction, n.word), gift_of(i, c, n.switches)
    if u[0] < praise_probability(satisfaction, champion, gift, f.association[c.firm[i]], n.word):
        c.message[i] = 1
    elif u[1] < blame_probability(satisfaction, bad, found, regret, n.word):
        c.message[i] = -1
    else:
        return
    place = int(u[2] * n.word.contacts)
    c.listener[i] = contact(now.seed, i, place, c.firm.size, n.word.rewired_share)


@loop
def _hear(c: Any, settings: Any, rows: Any, speakers: Any, rows_of_a_range: Any) -> None:
    n = settings[0]
    for slab in range(speakers.size):
        first = slab * rows_of_a_range
        for place in range(first, first + speakers[slab]):
            last = first + speakers[slab] - 1
            fetch(c, rows[min(place + 2 * AHEAD, last)])
            fetch(c, c.listener[rows[min(place + AHEAD, last)]])
            _hear_one(rows[place], c, n)


@part
def _hear_one(i: Any, c: Any, n: Any) -> None:
    other, k = c.listener[i], c.firm[i]
    c.opinion[other, k] = next_opinion(c.opinion[other, k], c.message[i], n.word)
    if n.switches.unmet_needs and c.need_known[i] > c.need_known[other]:
        learned = n.experience.need_talk * (1.0 * c.need_known[i] - c.need_known[other])
        c.need_known[other] += learned
