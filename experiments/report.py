"""The report of a run: one page that stands alone and tells the run's story, with its figures in it."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from experiments import report_page as html
from experiments.figures import FOLDER, svg_of
from experiments.figures.chart import Chart
from experiments.figures.story import Story, read_story
from experiments.folder import write_whole
from experiments.report_chapters import CHAPTERS, Chapter
from experiments.report_facts import Facts, duration, in_words
from experiments.report_lead import first_paragraph
from experiments.report_tables import conduct, options_told, results
from experiments.report_words import GLOSSARY, LIMITS

NAME = "report.html"
CAPTION = (
    "How they fared. Means, profit and bonus are of the last twelve months, k: thousand coins, "
    "-: not defined. The words are explained at the end."
)


def write(folder: Path) -> Path:
    """Write the report of a run beside its tables.

    Parameters
    ----------
    folder : Path
        The folder of a run; figures already drawn in it are used, others are drawn.
    """
    return write_whole(folder / NAME, text(read_story(folder), folder))


def text(story: Story, folder: Path) -> str:
    """The page."""
    title = f"Report of a run: {story.run.experiment_name or listed_firms(story)}"
    return html.page(title, [f"<h1>{escape(heading(story))}</h1>", *parts(story, folder)])


def listed_firms(story: Story) -> str:
    """How many firms, for the title."""
    return f"{in_words(len(story.run.firms))} firm{'s' * (len(story.run.firms) != 1)}"


def heading(story: Story) -> str:
    """The run in a line."""
    question = (story.run.experiment_name or "").replace("_", " ")
    market = f"{listed_firms(story).capitalize()}, {story.run.population.customers:,} customers"
    line = f"{market}, {duration(len(story.months))}" if story.months else market
    return f"{question.capitalize()}: {line[0].lower()}{line[1:]}" if question else line


def parts(story: Story, folder: Path) -> Iterator[str]:
    """Everything below the heading."""
    if not story.names:
        yield html.paragraph(nothing_to_tell(story), "lead")
        yield from made(story)
        return
    facts = Facts(story)
    yield html.paragraph(first_paragraph(facts), "lead")
    chapters = [(chapter.anchor, chapter.heading) for chapter in CHAPTERS]
    yield html.contents([("firms", "The firms"), *chapters, ("words", "Words"), ("made", "How it was made")])
    yield from firms(facts)
    for chapter in CHAPTERS:
        yield from told(chapter, facts, folder)
    yield html.heading("What one run cannot tell", "limits")
    yield html.bullets(LIMITS)
    yield html.heading("Words", "words")
    yield html.definitions(GLOSSARY)
    yield from made(story)


def nothing_to_tell(story: Story) -> str:
    """What to say of a run without a month, or without a customer."""
    why = "no firm ever had a customer" if story.months else "it has no reported month"
    return f"There is nothing to tell of this run: {why}."


def firms(facts: Facts) -> Iterator[str]:
    """How each firm behaved, and how it fared."""
    yield html.heading("The firms, side by side", "firms")
    headings, rows = results(facts)
    yield html.table(headings, rows, CAPTION)
    yield "<h3>How they were told to behave</h3>"
    yield html.definitions(conduct(facts))
    yield html.folded("What these ways to behave mean", html.definitions(options_told(facts)))


def told(chapter: Chapter, facts: Facts, folder: Path) -> Iterator[str]:
    """One chapter: what it asks, its figures, what to notice, and what could not be drawn."""
    yield html.heading(chapter.heading, chapter.anchor)
    yield html.paragraph(chapter.asks)
    for chart in chapter.charts:
        missing = chart.lacks(facts.story)
        if missing:
            yield html.paragraph(
                f"The figure “{chart.name.replace('_', ' ')}” is left out: {missing}.", "quiet"
            )
        else:
            words = f"{chart.headline(facts.story)}. {chart.shows}"
            yield html.picture(drawn(chart, facts.story, folder), words)
    yield html.notice(chapter.notices(facts))


def drawn(chart: Chart, story: Story, folder: Path) -> bytes:
    """A figure as it stands in the folder, or drawn now."""
    path = folder / FOLDER / f"{chart.name}.svg"
    return path.read_bytes() if path.exists() else svg_of(chart, story)


def made(story: Story) -> Iterator[str]:
    """Seed, configuration, versions: all that is needed to make it again."""
    about, run = story.manifest, story.run
    yield html.heading("How it was made", "made")
    overrides = " ".join(about.get("overrides", [])) or "none: the default market"
    rows = [
        ["seed", str(run.seed)],
        ["months", f"{len(story.months)}, after {run.burn_in} unreported ones"],
        ["what differs from the default", overrides],
        ["hash of the configuration", str(about.get("config_hash", "unknown"))],
        ["revision of the sources", str(about.get("git_revision") or "unknown")],
        ["versions", ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())],
    ]
    yield html.table(["", ""], rows, words=True)
    yield html.paragraph(
        "The folder of this page holds config.yaml, which runs again as it is; tables of every month, of who "
        "left and of all money flows; dictionary.md, which says what each number means; and manifest.json, "
        "with the hash of every file."
    )
