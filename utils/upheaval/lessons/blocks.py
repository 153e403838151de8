"""Pieces of a lesson that are neither chart nor question: cards, references, lists, and tables."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from ..charts import place_map
from ..charts.draw import Chart
from ..facts import citations, excerpts, tables
from ..facts.addresses import anchor
from ..widgets import Explorer
from .computed import Words, shown_alike
from .words import shared


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


def on_map(**choices: str) -> Callable[..., Chart]:
    """The chart of a lesson's map: the reports of places, with what the lesson has chosen of it."""
    return partial(place_map.place_map, table("places"), table("place_reports"), **choices)


def row(name: str, one: str) -> dict[str, Any]:
    """The row with the id ``one`` of a table, by column. ``ValueError`` where there is none."""
    found = table(name)
    (cells,) = found[found["id"] == one].to_dict("records")
    return {str(column): cell for column, cell in cells.items()}


def rows_at(explorer: Explorer, **chosen: str) -> pd.DataFrame:
    """The rows on show in ``explorer`` at these options: their ids, by control.

    A control that is not named is at its start. Raises `widgets.explorer.UnknownState`.
    """
    start = {key: one.start for key, one in explorer.controls.items()}
    explorer.selected = {**start, **explorer.selection_of(chosen)}
    return explorer.visible_rows


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
        f'<details class="lesson-references"><summary>{shared()["references"]}'
        f" ({len(entries)})</summary><ul>{items}</ul></details>",
        "\n".join(f"{entry['text']} {entry['url']}" for entry in entries),
    )


def paragraphs(*lines: str) -> Block:
    """Sentences that a cell says, each a paragraph of its own."""
    return Block("".join(f"<p>{escaped(line)}</p>" for line in lines), "\n".join(lines))


def listed(head: str, items: Sequence[str]) -> Block:
    """A sentence, and below it what it leads to, as a list."""
    points = "".join(f"<li>{escaped(one)}</li>" for one in items)
    return Block(
        f"<p>{escaped(head)}</p><ul>{points}</ul>",
        "\n".join([head, *(f"- {one}" for one in items)]),
    )


#: A cell of a `grid`: its words, and what stands small below them (a day, a source).
GridCell = str | tuple[str, str]


def grid(
    columns: Sequence[str], rows: Sequence[tuple[str, Sequence[GridCell]]], corner: str = ""
) -> Block:
    """A small table of words: the heading of each row, then a cell for each of its ``columns``.

    ``corner`` says what the headings of rows are, where they do not say it themselves.

    Where it has little room, each row is a card in which every cell names its column: the style
    sheet does that. It stays a table for who hears it: no engine of today takes the roles of a
    table's parts from how they are displayed (``tests/browser/test_engines.py``).
    """
    heads = "".join(map(_grid_head, columns))
    body = "".join(
        f'<tr><th scope="row">{escaped(head)}</th>'
        + "".join(_grid_cell(name, cell) for name, cell in zip(columns, cells, strict=True))
        + "</tr>"
        for head, cells in rows
    )
    lines = [
        line
        for head, cells in rows
        for line in (head, *(_grid_line(*one) for one in zip(columns, cells, strict=True)))
    ]
    return Block(
        '<div class="lesson-room"><table class="lesson-grid"><thead>'
        f"<tr>{_grid_head(corner)}{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>",
        "\n".join(lines),
    )


def _grid_head(text: str) -> str:
    if not text:
        return "<td></td>"
    return f'<th scope="col">{escaped(text)}</th>'


def _grid_cell(column: str, cell: GridCell) -> str:
    words, small = (cell, "") if isinstance(cell, str) else cell
    below = f'<p class="face-subtitle">{escaped(small)}</p>' if small else ""
    return f'<td data-column="{escaped(column)}"><p>{escaped(words)}</p>{below}</td>'


def _grid_line(column: str, cell: GridCell) -> str:
    words, small = (cell, "") if isinstance(cell, str) else cell
    return f"  {column}{f', {small}' if small else ''}: {words}"


@shown_alike("method")
def method(words: Words) -> Block:
    """Where a method comes from, and who doubts it, folded: ``points`` are its paragraphs."""
    points = words["points"]
    said = "".join(f"<p>{escaped(one)}</p>" for one in points)
    return Block(
        f'<details class="lesson-method"><summary>{shared()["method"]}</summary>{said}</details>',
        "\n\n".join([shared()["method"], *points]),
    )


def events_in_words(rows: pd.DataFrame) -> Block:
    """Rows of the table ``events`` as an ordered list: date, title and status."""
    lines = [f"{tables.spell(row.date)}: {row.title} ({row.status})" for row in rows.itertuples()]
    return Block(
        f"<ol>{''.join(f'<li>{escaped(line)}</li>' for line in lines)}</ol>", "\n".join(lines)
    )


def cards(rows: pd.DataFrame, known_by: str | None = None) -> Block:
    """Source cards for quotations, alike for every speaker: words, speaker, place, time, sources.

    ``rows`` are rows of the table ``quotes``. With ``known_by`` (an ISO day) a card links only to
    what was public then, and quotes no other page: a later one can give away how it went.
    """
    if known_by:
        rows = rows.assign(
            sources=rows["sources"].map(lambda ids: citations.public_by(ids, known_by))
        )
    named = rows.assign(name=rows["speaker"].map(table("speakers").set_index("id")["name"]))
    return Block(
        '<div class="lesson-cards">'
        + "".join(_card(row, known_by or "") for row in named.itertuples())
        + "</div>",
        "\n\n".join(
            f"“{row.text}” – {row.name}, {row.role_at_time}, {tables.spell(row.date)}"
            for row in named.itertuples()
        ),
    )


def cards_of(ids: list[str], known_by: str | None = None) -> Block:
    """`cards` of the quotations with these ``ids``, in their order; a weak one says that it is."""
    return cards(table("quotes", weak=True).set_index("id", drop=False).loc[ids], known_by)


def _card(row: Any, known_by: str) -> str:
    where = f"{row.outlet_or_setting}, {tables.spell(row.date)}"
    translated = " (translated)" if row.translated else ""
    weak = f"<br>{shared()['weak_card']}" if row.weak else ""
    links = "; ".join(anchor(*citations.link(one)) for one in row.sources)
    return (
        '<article class="lesson-card">'
        f"<blockquote><p>“{escaped(row.text)}”{translated}</p></blockquote>"
        f"<p><strong>{escaped(row.name)}</strong>, {escaped(row.role_at_time)}<br>"
        f"{escaped(where)}{weak}</p>"
        f'<p class="face-subtitle">{links}</p>{_says(row.id, known_by)}</article>'
    )


def _says(quote: str, known_by: str) -> str:
    """The sentence that a quotation rests on, folded; see ``widgets/explorer/says.ts``."""
    found = excerpts.said(f"quotes/{quote}", known_by)
    if found is None:
        return ""
    words = shared()
    if not found.sentence:
        return f'<p class="face-unread">{words["unread"]}</p>'
    english = f"<p>{words['says_in_english']}: “{escaped(found.english)}”</p>"
    return (
        f'<details class="face-says"><summary>{words["says"]}</summary>'
        f"<p>“{escaped(found.sentence)}”</p>{english if found.english else ''}"
        f'<p class="face-subtitle">{anchor(*citations.link(found.source))}</p></details>'
    )


def escaped(text: object) -> str:
    """``text`` as HTML that says just that."""
    return html.escape(str(text))
