"""The first paragraphs of a report: what was run, who won, why, and how sure one can be."""

import numpy as np

from experiments.report_facts import Facts, coins, duration, in_words, listed, of_hundred

EVENTS = {
    "entrant": "a new firm entered",
    "cost": "inputs became dearer",
    "recession": "customers' budgets shrank",
    "scandal": "exploitation came to light",
    "star_leaves": "the employee to whom customers were most attached left",
    "walking_ban": "raising prices on the loyal was banned",
    "desertion": "all customers left at once",
}


def what_was_run(facts: Facts) -> str:
    """The setting, for somebody who has read nothing else."""
    story, run = facts.story, facts.story.run
    time = duration(len(story.months))
    stopped = (
        f" (it was to run {duration(run.months)} but was stopped)" if len(story.months) < run.months else ""
    )
    if len(run.firms) == 1:
        market = f"{run.population.customers:,} customers could buy a service from one firm, or do without"
    else:
        market = (
            f"{run.population.customers:,} customers bought a service from {in_words(len(run.firms))} "
            "competing firms, each with its own way of treating customers, staff, suppliers and owners"
        )
    return f"This page tells one run of a computer simulation: for {time}{stopped}, {market}."


def shocks(facts: Facts) -> str:
    """What struck the market, if anything did."""
    struck = sorted(facts.story.run.shocks.values(), key=lambda shock: shock.month)
    told = [
        f"in month {shock.month} {EVENTS[str(shock.kind)]}{f' ({shock.firm})' if shock.firm else ''}"
        for shock in struck
        if shock.month < len(facts.story.months)
    ]
    return f"{listed(told).capitalize()}." if told else ""


def who_won(facts: Facts) -> str:
    """The firm that ends with most customers, and the one that earns most."""
    if not facts.living:
        last = int(np.flatnonzero(facts.story.served.any(axis=1))[-1])
        return (
            f"At the end no firm had a customer left; month {last} was the last in which anybody was served."
        )
    if len(facts.names) == 1:
        return _alone(facts)
    closed = [name for k, name in enumerate(facts.names) if k not in facts.living]
    gone = f" By then {listed(closed)} had no customers left." if closed else ""
    if facts.winner is None:
        return f"At the end no firm led clearly in customers.{gone} {who_earned(facts)}"
    name, share = facts.names[facts.winner], facts.share[:, facts.winner]
    served = f"{of_hundred(share[-1])} of 100 customers, after {of_hundred(share[0])} at the start"
    return f"At the end {name} served most of them: {served}.{gone} {who_earned(facts)}"


def _alone(facts: Facts) -> str:
    share = facts.share[:, 0]
    served = f"{of_hundred(share[-1])} of 100 customers at the end, after {of_hundred(share[0])} at the start"
    return f"{facts.names[0]} served {served}. {who_earned(facts)}"


def who_earned(facts: Facts) -> str:
    """Who made most profit in the last year."""
    span = "the last year" if len(facts.story.months) >= 12 else "the whole run"
    if facts.richest is None:
        return f"Nobody made a profit over {span}."
    name, most = facts.names[facts.richest], coins(facts.profit[facts.richest])
    if len(facts.living) == 1:
        return f"It made {most} of profit over {span}." if facts.richest == facts.winner else ""
    if facts.winner is None or facts.richest == facts.winner:
        return f"Most profit over {span} was made by {name} ({most})."
    own = facts.profit[facts.winner]
    made = f"{coins(own)} of profit" if own >= 0.0 else f"a loss of {coins(-own)}"
    return (
        f"Having most customers was not the same as earning most: over {span} {name} made {most} of profit, "
        f"{facts.names[facts.winner]} {made}."
    )


def why(facts: Facts) -> str:
    """What goes with the winner's success: value, staying, bonds; said as company, not as cause."""
    if facts.winner is None or len(facts.living) < 2:
        return ""
    k, name = facts.winner, facts.names[facts.winner]
    value, kept = facts.mean_of_year("median_value_for_money"), facts.value(facts.story.retention)
    parts = []
    if np.isfinite(value[k]):
        rank = facts.rank(value, k)
        parts.append(
            f"what its typical customer bought was worth {value[k]:.1f} times all that was paid for it"
            + (f" ({rank})" if rank else "")
        )
    if np.isfinite(kept[k]):
        rank = facts.rank(kept, k)
        parts.append(
            f"{of_hundred(kept[k])} of 100 of its customers stay from one year to the next"
            + (f" ({rank})" if rank else "")
        )
    rivals = facts.net_gains(k)
    if rivals:
        parts.append(f"it won more customers than it lost from {listed([rival for rival, _ in rivals[:2]])}")
    return f"What goes with the lead of {name}: {listed(parts)}." if parts else ""


def how_sure(facts: Facts) -> str:
    """What one run can and cannot tell."""
    return (
        f"How sure is this? It is one run with one roll of the dice (seed {facts.story.run.seed}) in a world "
        "made of stated assumptions: one story of what can happen, not a forecast and not yet evidence. "
        "Whether it was luck shows when the same market is run with other seeds."
    )


def first_paragraph(facts: Facts) -> str:
    """Everything that a reader needs who reads no further."""
    said = [what_was_run(facts), shocks(facts), who_won(facts), why(facts), how_sure(facts)]
    return " ".join(part for part in said if part)
