"""What a notebook needs beside charts: header, source cards, key points, references, errors.

Errors: plain words instead of tracebacks.

    from upheaval import lesson
    lesson.begin("02")

A lesson's facts about itself (question, minutes, objectives, words, key points) stand once, in the
metadata of its notebook under ``upheaval``.
"""

from __future__ import annotations

import functools
import html
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .chart import Chart
from .charts.options import DECISION
from .facts import citations, tables
from .facts.addresses import anchor
from .widgets import Explorer

Json = Any
Explorer.memo_day = DECISION  # evidence is kept for the memo of lesson 11
NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


class Block:
    """A piece of a lesson in two forms: HTML for a page or a notebook, and plain text."""

    def __init__(self, markup: str, text: str):
        self.markup, self.text = markup, text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {
            "text/html": f'<div class="face lesson">{self.markup}</div>',
            "text/plain": self.text,
        }


def table(name: str, *, weak: bool = False) -> pd.DataFrame:
    """The table called ``name``; rows that rest on one weak page only if ``weak`` asks for them.

    Raises `facts.problems.DataProblem`, which a notebook shows as a plain sentence.
    """
    frame = tables.read(name)
    return frame if weak or "weak" not in frame else frame[~frame["weak"]].reset_index(drop=True)


@functools.cache
def about(number: str) -> Json:
    """The metadata of lesson ``number`` ("02").

    Raises ``LookupError`` with the lessons that are there.
    """
    files = {path.name[:2]: path for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))}
    if number not in files:
        raise LookupError(
            f"There is no lesson {number!r} in {NOTEBOOKS}; there are {', '.join(files)}."
        )
    return json.loads(files[number].read_text(encoding="utf-8"))["metadata"]["upheaval"]


def begin(number: str) -> Block:
    """A lesson's header: question, time, objectives, and words to meet, from the glossary."""
    lesson, as_of = about(number), tables.spell(tables.knowledge_as_of())
    glossary = table("glossary").set_index("id")
    terms = [
        (str(glossary.at[word, "term"]), str(glossary.at[word, "definition"]))
        for word in lesson["words"]
    ]
    minutes = f"{lesson['minutes'][0]} minutes together, {lesson['minutes'][1]} minutes on your own"
    objectives = "".join(f"<li>{_text(one)}</li>" for one in lesson["objectives"])
    definitions = "".join(
        f"<dt>{_text(term)}</dt><dd>{_text(meaning)}</dd>" for term, meaning in terms
    )
    return Block(
        f'<p class="face-question">{_text(lesson["question"])}</p><p>{minutes} · knowledge as of'
        f" {as_of}</p><p><strong>After this lesson you"
        f" can</strong></p><ul>{objectives}</ul><details><summary>Words you will meet"
        f" ({len(terms)})</summary><dl>{definitions}</dl></details>",
        "\n".join(
            [
                lesson["question"],
                f"{minutes}; knowledge as of {as_of}.",
                "After this lesson you can",
                *(f"- {one}" for one in lesson["objectives"]),
                "Words you will meet",
                *(f"- {term}: {meaning}" for term, meaning in terms),
            ]
        ),
    )


def end(number: str) -> Block:
    """The key points of a lesson and what comes next."""
    lesson = about(number)
    points = "".join(f"<li>{_text(one)}</li>" for one in lesson["key_points"])
    after = f"<p><strong>Next:</strong> {_text(lesson['next'])}</p>"
    return Block(
        f"<p><strong>Key points</strong></p><ul>{points}</ul>{after}",
        "\n".join(
            ["Key points", *(f"- {one}" for one in lesson["key_points"]), f"Next: {lesson['next']}"]
        ),
    )


def references(*sources: str | pd.Series | Iterable[str]) -> Block:
    """A reference list of source ids or columns ``sources``: each document once, by alphabet."""
    ids: set[str] = set()
    for one in sources:
        if isinstance(one, str):
            ids.add(one)
        else:
            ids.update(
                inner for cell in one for inner in ([cell] if isinstance(cell, str) else cell)
            )
    entries = sorted(citations.entries(ids), key=lambda entry: entry["text"].casefold())
    # The line is a link; on paper the style sheet writes the address behind it.
    items = "".join(f"<li>{anchor(entry['text'], entry['url'])}</li>" for entry in entries)
    return Block(
        '<details class="lesson-references"><summary>References'
        f" ({len(entries)})</summary><ul>{items}</ul></details>",
        "\n".join(f"{entry['text']} {entry['url']}" for entry in entries),
    )


def events_in_words(rows: pd.DataFrame) -> Block:
    """Rows of the table ``events`` as an ordered list: date, title and status."""
    lines = [f"{tables.spell(row.date)}: {row.title} ({row.status})" for row in rows.itertuples()]
    return Block(
        f"<ol>{''.join(f'<li>{_text(line)}</li>' for line in lines)}</ol>", "\n".join(lines)
    )


def cards(rows: pd.DataFrame, known_by: str | None = None) -> Block:
    """Source cards for quotations, alike for every speaker: words, speaker, place, time, sources.

    ``rows`` are rows of the table ``quotes``. With ``known_by`` (an ISO day) a card links only to
    what was public then: the title of a later page can give away how it went.
    """
    if known_by:
        rows = rows.assign(
            sources=rows["sources"].map(lambda ids: citations.public_by(ids, known_by))
        )
    named = rows.assign(name=rows["speaker"].map(table("speakers").set_index("id")["name"]))
    return Block(
        '<div class="lesson-cards">' + "".join(_card(row) for row in named.itertuples()) + "</div>",
        "\n\n".join(
            f"“{row.text}” – {row.name}, {row.role_at_time}, {tables.spell(row.date)}"
            for row in named.itertuples()
        ),
    )


def _card(row: Any) -> str:
    where = f"{row.outlet_or_setting}, {tables.spell(row.date)}"
    translated = " (translated)" if row.translated else ""
    links = "; ".join(anchor(*citations.link(one)) for one in row.sources)
    return (
        '<article class="lesson-card">'
        f"<blockquote><p>“{_text(row.text)}”{translated}</p></blockquote>"
        f"<p><strong>{_text(row.name)}</strong>, {_text(row.role_at_time)}<br>{_text(where)}</p>"
        f'<p class="face-subtitle">{links}</p></article>'
    )


def _text(text: object) -> str:
    return html.escape(str(text))


def _explain_name_error(
    shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None
) -> Sequence[str]:
    """Cells run out of order are the commonest fault in a notebook: say so, in one sentence."""
    name = getattr(error, "name", None) or "something"
    message = (
        f"The name “{name}” is not known yet. Run the cells above this one first (menu Run, then"
        " “Run All Above Selected Cell”), or look for a typing mistake."
    )
    shell._showtraceback(kind, error, [message])
    return [message]


def _explain_errors() -> None:
    try:
        shell = get_ipython()  # type: ignore[name-defined]
    except NameError:
        return
    shell.set_custom_exc((NameError,), _explain_name_error)
    # A chart as the last line of a cell gets the whole face: words, rows and sources, not the bare
    # figure.
    shell.display_formatter.mimebundle_formatter.for_type(
        Chart, lambda chart, **_: Explorer(lambda: chart, name=chart.name)._repr_mimebundle_()
    )


_explain_errors()
