"""Chapters of a report: which figures, what they are about, and what to notice in them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from experiments.figures import (
    bonds,
    causes,
    chain,
    erosion,
    proxy,
    retention,
    shares,
    split,
    survival,
    temptation,
)
from experiments.figures.chart import FEW, Chart, best_and_worst, ratio
from experiments.report_facts import Facts, coins, listed, of_hundred

ENOUGH_LEAVERS = 30  # of a firm, below which shares of causes say nothing


class Chapter(NamedTuple):
    """One chapter: where it stands, its heading, what it asks, its figures, what to notice."""

    anchor: str
    heading: str
    asks: str
    charts: tuple[Chart, ...]
    notices: Callable[[Facts], list[str]]


def _winning(facts: Facts) -> list[str]:
    said = []
    if facts.winner is not None and facts.flows[:, :-1].any():
        name, gains = facts.names[facts.winner], facts.net_gains(facts.winner)
        rivals = [f"{rival} ({number:,})" for rival, number in gains]
        if rivals:
            said.append(f"On balance {name} took customers from {listed(rivals)}.")
        else:
            said.append(f"{name} ends with most customers though it took none from its rivals on balance.")
    if facts.flows.sum() >= FEW and len(facts.names) > 1:
        nobody = of_hundred(facts.flows[:, -1].sum() / facts.flows.sum())
        said.append(f"Of 100 who left a firm, {nobody} bought from nobody at first.")
    return said


def _staying(facts: Facts) -> list[str]:
    values = facts.story.firm(facts.story.retention)
    said = []
    for k in facts.story.shown:
        known = values[np.isfinite(values[:, k]), k]
        if known.size >= 24 and abs(known[-1] - known[0]) > 0.05:
            way = "rose" if known[-1] > known[0] else "fell"
            kept = f"from {of_hundred(known[0])} to {of_hundred(known[-1])} of 100"
            said.append(f"Retention of {facts.names[k]} {way} {kept}.")
    below = [
        facts.names[k]
        for k in facts.story.shown
        if not facts.story.by_repertoire
        and (curve := survival.curve(facts.story, k, 0)).size > 24
        and curve[-1] < survival.law(facts.story, curve.size - 1)[-1] - 0.03
    ]
    if below:
        said.append(f"Newcomers of {listed(below)} leave sooner than they would at neutral terms (dashed).")
    return said


def _eroding(facts: Facts) -> list[str]:
    enough = facts.story.total("lost").sum(axis=0) >= ENOUGH_LEAVERS
    by_cause = np.where(enough, causes.shares(facts.story), np.nan)
    names = list(causes.WORDS)
    base = by_cause[names.index("baseline")]
    ends = best_and_worst(facts.names, base)
    if ends is None:
        return []
    most, least = ends
    other = f", at {facts.names[least]} {of_hundred(base[least])}" if most != least else ""
    said = [
        f"At {facts.names[most]} {of_hundred(base[most])} of 100 leavers would have left whatever it "
        f"did{other}."
    ]
    own = np.nansum([by_cause[names.index(cause)] for cause in erosion.OWN], axis=0)
    worst = int(np.argmax(own))
    if own[worst] > 0.0:
        driven = f"what the firm did was the main cause for {of_hundred(own[worst])} of 100 leavers"
        said.append(f"The largest part was driven away at {facts.names[worst]}: {driven}.")
    return said


def _bonding(facts: Facts) -> list[str]:
    strength = facts.story.firm("mean_relationship")
    said = []
    for k in facts.story.shown:
        known = strength[np.isfinite(strength[:, k]), k]
        if known.size > 1 and abs(known[-1] - known[0]) >= 0.05:
            way = "grew" if known[-1] > known[0] else "withered"
            said.append(f"Relationships at {facts.names[k]} {way} from {known[0]:.2f} to {known[-1]:.2f}.")
    return said


def _tempted(facts: Facts) -> list[str]:
    most = np.max([np.nan_to_num(pull[-1]) for pull in temptation.pulls(facts.story).values()], axis=0)
    resisting = [
        facts.names[k] for k in facts.story.shown if most[k] <= temptation.PULLED and k in facts.living
    ]
    said = (
        [f"{listed(resisting)} pull{'s' * (len(resisting) == 1)} no lever in the last month."]
        if resisting
        else []
    )
    restraint = facts.value("restraint")
    held = [facts.names[k] for k in facts.story.shown if restraint[k] >= 0.3 and facts.names[k] in resisting]
    if held:
        said.append(
            f"Restraint, part of how they share the surplus, holds back the managers of {listed(held)}."
        )
    months = proxy.parted(facts.story).sum(axis=0)
    if months.max() > 12:
        name = facts.names[int(np.argmax(months))]
        said.append(
            f"Managers of {name} were paid a bonus in {months.max()} months in which the firm's customers "
            "had become worth less than a year before: what was measured was not what mattered."
        )
    return said


def _sharing(facts: Facts) -> list[str]:
    story = facts.story
    year = split.last_served_year(story)
    services = story.total("services")[year].sum(axis=0)
    gain = ratio(story.total("customers_gain")[year].sum(axis=0), services)
    losing = [facts.names[k] for k in story.shown if gain[k] < 0.0]
    said = []
    if losing:
        said.append(
            f"Taken together, customers of {listed(losing)} paid more in the last year than what they got "
            "was worth to them, products pushed on them included. Many stayed all the same, since few look "
            "around: leaving takes attention."
        )
    joint = ratio(story.total("joint_surplus")[year].sum(axis=0), services)
    ends = best_and_worst(facts.names, joint)
    if ends is not None and ends[0] != ends[1]:
        said.append(
            f"The pie itself differs: a service of {facts.names[ends[0]]} creates {coins(joint[ends[0]])} in "
            f"all, one of {facts.names[ends[1]]} {coins(joint[ends[1]])}."
        )
    return said


def _linking(facts: Facts) -> list[str]:
    values = {name: series[-1] for name, series in chain.stages(facts.story).items()}
    profit, staying = values[chain.PROFIT], values[chain.STAYING]
    first, second = best_and_worst(facts.names, staying), best_and_worst(facts.names, profit)
    if first is None or second is None or len(facts.living) < 2:
        return []
    if first[0] == second[0]:
        return [f"{facts.names[first[0]]} both keeps customers best and makes most profit."]
    return [
        f"The chain does not close by itself: {facts.names[first[0]]} keeps customers best, "
        f"{facts.names[second[0]]} makes most profit."
    ]


CHAPTERS = (
    Chapter(
        "won",
        "Who won, and from whom",
        "Customers buy from one firm at a time. Some look around, compare, and leave.",
        (shares.CHART,),
        _winning,
    ),
    Chapter(
        "stayed",
        "Who stayed",
        "A customer who stays need not be won again. How many stay shows whether a firm gives reason to.",
        (retention.CHART, survival.CHART),
        _staying,
    ),
    Chapter(
        "eroded",
        "What wore customers away",
        "Some leave whatever a firm does; some because bonds have faded; some for a better offer; and some "
        "are driven away.",
        (erosion.CHART, causes.CHART, erosion.CHART_OF_BONDS),
        _eroding,
    ),
    Chapter(
        "bound",
        "What bound them",
        "Six bonds carry a relationship. Contact feeds them or hurts them, time wears them down.",
        (bonds.CHART,),
        _bonding,
    ),
    Chapter(
        "tempted",
        "Temptation, and what managers are paid for",
        "Exploiting pays at once and hurts later. Whether a manager gives in depends on what it is paid for, "
        "how far it looks ahead, and what restrains it.",
        (temptation.CHART, proxy.CHART),
        _tempted,
    ),
    Chapter(
        "shared",
        "Who got what",
        "With every service something is created: its worth to the customer, less what was bought in from "
        "outside. Everybody who took part gets a piece.",
        (split.CHART,),
        _sharing,
    ),
    Chapter(
        "linked",
        "From effort to profit",
        "The idea under study: staff who are treated well make an effort, effort makes quality, quality "
        "satisfies, the satisfied stay, and those who stay bring profit.",
        (chain.CHART,),
        _linking,
    ),
)
