"""A chart on paper: one state of an explorer with its words, drawn when the handout is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ... import row_filters
from ...lessons.blocks import escaped
from ...widgets import Explorer
from ...widgets.core.pack import script_json
from ...widgets.explorer import UnknownState
from . import forms

Json = Any

#: Pixels that a chart is drawn in: it fills a sheet between its margins, or half of one.
WIDE, HALF = 700, 400
#: Rows that a list has on paper.
MOST = 32


def chart(
    explorer: Explorer,
    chosen: Mapping[str, object],
    half: bool = False,
    columns: Sequence[str] = (),
) -> str:
    """One state of ``explorer`` in HTML; ``chosen`` maps controls to ids of their options.

    What is not named is as at the beginning. A chart can be ``half`` as wide as the sheet, and have
    its rows below it, with these ``columns`` of its table. Raises `UnknownState`.
    """
    begin = {key: one.start for key, one in explorer.controls.items()}
    explorer.selected = {**begin, **explorer.selection_of(chosen)}
    payload, rows = explorer.payload(), explorer._visible()
    title, _, description = explorer.to_text().partition("\n")
    under = " · ".join(filter(None, [payload["subtitle"], *_asked(explorer, chosen)]))
    legend = payload["legend"]
    if "markedRows" in payload:
        marked = row_filters.lines_of(
            payload["markedRows"], rows, explorer.filters(explorer.selected)
        )
        shown = lines(marked, [sign for sign, _ in legend])
        # Ranges and colours are drawn beside the lines on a screen, and nowhere on paper.
        legend = [one for one in legend if one[0] in shown]
        if not marked["columns"] and not half:  # a line of a list seldom fills half a sheet
            shown = f'<div class="paper-list">{shown}</div>'
    elif payload["empty"] or not rows:
        shown = f"<p>{escaped(description)}</p>"
    else:
        shown = _drawing(payload, rows, f"{title} {description}", half)
    signs = "".join(f"<span>{sign} {escaped(text)}</span> " for sign, text in legend)
    return (
        f'<figure class="paper-chart{" paper-half" if half else ""}"><figcaption>'
        f"<strong>{escaped(title)}</strong> <span>{escaped(under)}</span>"
        f"{f'<p>{signs}</p>' if signs else ''}</figcaption>{shown}</figure>"
        f"{_table(explorer, rows, columns) if columns else ''}"
    )


def _asked(explorer: Explorer, chosen: Mapping[str, object]) -> list[str]:
    """What was chosen, in the words of the controls: the days, and what is not as it begins."""
    return [
        f"{one.label}: {one.labels[explorer.selected[key]]}"
        for key, one in explorer.controls.items()
        if key in chosen or one.rule == "lte"
    ]


def _drawing(payload: Json, rows: list[int], alt: str, half: bool) -> str:
    figure = payload["figure"]
    if "rowFilters" in payload:
        figure = row_filters.marks_of(figure, rows)
    told = {"figure": figure, "width": HALF if half else WIDE, "alt": alt}
    if half and payload.get("mobile"):
        told["mobile"] = payload["mobile"]
    return f'<div data-drawing><script type="application/json">{script_json(told)}</script></div>'


def _table(explorer: Explorer, rows: list[int], columns: Sequence[str]) -> str:
    """Rows of a chart's table: what a mark does not say and a question asks for."""
    table = explorer.payload()["table"]
    if unknown := [one for one in columns if one not in table["columns"]]:
        there = ", ".join(table["columns"])
        raise UnknownState(f"The table has no column “{unknown[0]}”. There are: {there}.")
    at = [table["columns"].index(one) for one in columns]
    heads = "".join(f"<th>{escaped(one)}</th>" for one in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escaped(table['rows'][row][one])}</td>" for one in at) + "</tr>"
        for row in rows
    )
    return f'<div class="paper-table">{forms.table(f"<tr>{heads}</tr>", body)}</div>'


def lines(marked: Json, known: Sequence[str] = ()) -> str:
    """The rows of a chart that is a list or a table (`MarkedRows`), as a table for paper.

    Signs that are ``known``, for the legend tells them, stand without their words. Of a list longer
    than `MOST` the rest is counted.
    """
    wide = len(marked["columns"]) + 1
    heads = "".join(f"<th>{escaped(' '.join(filter(None, one)))}</th>" for one in marked["columns"])
    head = f"<tr><td></td>{heads}</tr>" if heads else ""
    body: list[str] = []
    count = 0
    for group in marked["groups"]:
        shown = group["lines"][: max(0, MOST - count)]
        count += len(group["lines"])
        if group["title"] and shown:
            body.append(f'<tr><th colspan="{wide}">{escaped(group["title"])}</th></tr>')
        body += [_row(one, known) for one in shown]
    if count > MOST:
        body.append(f'<tr><td colspan="{wide}">… and {count - MOST} more in the lesson</td></tr>')
    return forms.table(head, "".join(body), "paper-rows")


def _row(line: Json, known: Sequence[str]) -> str:
    marks = line.get("cells", [])
    numbers = [f" {one}" if one else "" for one in line.get("numbers", [None] * len(marks))]
    cells = "".join(
        f"<td>{escaped(f'{_said(mark, known)}{number}')}</td>"
        for mark, number in zip(marks, numbers, strict=True)
    )
    units = "; ".join(f"{_said(mark, known)}: {count}" for mark, count in line.get("units", []))
    first = " ".join(filter(None, (_said(line.get("sign"), known), line["title"])))
    rest = " ".join(filter(None, (line["text"], line["note"], units)))
    return f"<tr><td><strong>{escaped(first)}</strong> {escaped(rest)}</td>{cells}</tr>"


def _said(mark: Json, known: Sequence[str]) -> str:
    if not mark:
        return ""
    sign, _, text = mark
    return str(sign) if sign in known else f"{sign} {text}".strip()
