"""The pieces of a page that stands alone: no file beside it, no address in it, readable on a phone."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 1rem 1rem 4rem; background: #fff; color: #222;
  font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: break-word; }
h1 { font-size: 1.65rem; line-height: 1.2; margin: 0.5rem 0 1rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 3rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0.6rem 0; }
.lead { font-size: 1.125rem; }
.quiet, .firms { color: #666; font-size: 0.9rem; line-height: 1.4; }
figure { margin: 1.25rem auto; max-width: 34rem; }
figure img { width: 100%; height: auto; display: block; }
.notice { border-left: 0.25rem solid #d9d9d9; margin: 1rem 0; padding: 0.1rem 0 0.1rem 0.9rem; }
.notice strong { display: block; }
ul { margin: 0.3rem 0; padding-left: 1.2rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: 0.79rem; line-height: 1.3; width: 100%; }
th, td { border-bottom: 1px solid #e4e4e4; padding: 0.35rem 0 0.35rem 0.4rem;
  text-align: right; vertical-align: top; }
th:first-child { text-align: left; font-weight: 400; padding-left: 0; }
thead th { font-weight: 700; }
.words td { text-align: left; }
dt { font-weight: 600; margin-top: 0.7rem; }
dd { margin: 0.1rem 0 0; }
nav { font-size: 0.95rem; margin: 1.5rem 0; }
nav a { color: #0060a0; margin-right: 0.9rem; white-space: nowrap; line-height: 2; }
code { font-size: 0.85em; word-break: break-all; }
@media print { body { max-width: none; } figure, table { break-inside: avoid; } }
"""


def page(title: str, parts: Iterable[str]) -> str:
    """A whole page."""
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    return head + "\n".join(part for part in parts if part) + "\n</body>\n</html>\n"


def heading(text: str, anchor: str) -> str:
    """The heading of a chapter, to which one can go."""
    return f'<h2 id="{escape(anchor)}">{escape(text)}</h2>'


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; nothing where there is nothing to say."""
    marked = f' class="{kind}"' if kind else ""
    return f"<p{marked}>{escape(text)}</p>" if text else ""


def contents(chapters: Sequence[tuple[str, str]]) -> str:
    """Links to the chapters: (anchor, heading)."""
    links = [f'<a href="#{escape(anchor)}">{escape(text)}</a>' for anchor, text in chapters]
    return f"<nav>{' '.join(links)}</nav>"


def picture(svg: bytes, words: str) -> str:
    """A figure inside the page, with words for those who cannot see it."""
    source = "data:image/svg+xml;base64," + b64encode(svg).decode()
    return f'<figure><img alt="{escape(words)}" src="{source}"></figure>'


def notice(items: Sequence[str]) -> str:
    """What to notice, as a list."""
    if not items:
        return ""
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<div class="notice"><strong>What to notice</strong><ul>{listed}</ul></div>'


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", *, words: bool = False
) -> str:
    """A table that scrolls by itself where the page is narrow; the first column names the rows."""
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in headings)
    body = ""
    for name, *cells in rows:
        body += f'<tr><th scope="row">{escape(name)}</th>'
        body += "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    kind = ' class="words"' if words else ""
    inner = f"<table{kind}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return paragraph(caption, "quiet") + f'<div class="scroll">{inner}</div>'


def definitions(entries: Iterable[tuple[str, str]]) -> str:
    """Words and what they mean."""
    items = "".join(f"<dt>{escape(word)}</dt><dd>{escape(meaning)}</dd>" for word, meaning in entries)
    return f"<dl>{items}</dl>"


def folded(summary: str, content: str) -> str:
    """What is shown when one asks for it."""
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def bullets(items: Iterable[str]) -> str:
    """A plain list."""
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
