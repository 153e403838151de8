"""Rows that a reader can filter, as far as a first painting without a face needs them.

A chart whose filters multiply beyond a few hundred combinations has *row filters*: it is drawn once
with all its rows, and filters only select among them. The rule stands in
``widgets/explorer/row_filters.ts`` and runs where the reader is. Only where there is no face (a
terminal, a page without scripts, a notebook opened again without its kernel) Python says what of a
chart shows: its rows, by three comparisons (equal, contains, at most), the two sentences that count
them, and the marks that are theirs. ``tests/cases/row_filters.json``, which both sides run, holds
the two equal.

The row filters are ``{"columns": {name: [cell, …]}, "labels": {name: {value: words}}, "when":
[text, …], "total": number, "references": [[index, …], …], "templates": {"title" | "description":
{"none" | "one" | "many": template}}}``, where a cell is one value or a list of values (the row has
each of them), and every list has one entry a row.

A filter is ``{"name", "column", "rule", "value", "label"}``: rule ``contains`` keeps rows whose
cell is or holds the value, rule ``lte`` keeps rows whose cell sorts at or before it. The value
``None`` keeps every row.

A row can stand for a phase: the column named in ``row_filters["span"]`` then holds ``[from, to]``
cells, where ``to`` is the first moment at which the row no longer holds, or just ``from`` for a row
that goes on. Rule ``lte`` on that column keeps the rows that hold at the value; without a value (or
a filter) those without an end. ``row_filters["total"]`` counts things, not phases.

Templates know these words: ``{n}`` rows shown, ``{total}`` rows there are, ``{share}`` ("3 of the
12", "all 12", "both"), ``{first}`` and ``{last}`` (the ``when`` of the first and last row shown),
``{days}`` (the two where they are days: "from 8 to …", "on 23 October 2024"), ``{tally:column}``
("confirmed 12, claimed 3"; of one row only "claimed"), ``{counts:column}`` (": 12 confirmed, 3
claimed"; nothing where the reader chose one of them, as that would only say it again),
``{most:column}`` (the value most rows have: "U.S. policy (9)", or "U.S. policy and Allies (9
each)"), ``{chosen:filter}`` (the label of what the reader chose), ``{asked}`` (all labels chosen,
in brackets), ``{of:filter}`` (what ``of`` has for the value that the reader chose, under "" where
that is everything), and, of a chart with a ``story`` (`stories`), ``{story}`` (its title) and
``{told}`` (its first rows as sentences).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from . import stories
from .phrases import listed
from .protocol import Figure, Filter, MarkedRows, RowGroup, RowLine, RowRules


def visible_rows(row_filters: RowRules, filters: Sequence[Filter]) -> list[int]:
    """Numbers of the rows that every filter keeps, in order."""
    span = row_filters.get("span")
    moment = next((rule["value"] for rule in filters if rule["column"] == span), None)

    def holds(row: int) -> bool:
        if span is None:
            return True
        cell = row_filters["columns"][span][row]
        begin, end = cell if isinstance(cell, list) else (cell, None)
        if moment is None:
            return end is None
        return bool(begin <= moment and (end is None or moment < end))

    def keeps(rule: Filter, row: int) -> bool:
        value, cell = rule["value"], row_filters["columns"][rule["column"]][row]
        if value is None or rule["column"] == span:
            return True
        if rule["rule"] == "lte":
            return bool(cell <= value)
        return value in cell if isinstance(cell, list) else bool(cell == value)

    return [
        row
        for row in range(len(row_filters["when"]))
        if holds(row) and all(keeps(rule, row) for rule in filters)
    ]


def _tally(row_filters: RowRules, column: str, rows: Sequence[int]) -> list[tuple[str, int]]:
    """How many `rows` have each value of `column`, as (label, count), by label; no zeros."""
    cells = [row_filters["columns"][column][row] for row in rows]
    counts = [
        (label, sum(value in cell if isinstance(cell, list) else value == cell for cell in cells))
        for value, label in row_filters["labels"][column].items()
    ]
    return [(label, count) for label, count in counts if count]


def _most(counts: Sequence[tuple[str, int]]) -> str:
    top = max(count for _, count in counts)
    labels = [label for label, count in counts if count == top]
    return f"{listed(labels)} ({top}{' each' if len(labels) > 1 else ''})"


def text(row_filters: RowRules, which: str, filters: Sequence[Filter], rows: Sequence[int]) -> str:
    """The title or description (`which`) for the rows shown."""
    templates = row_filters["templates"][which]
    template = templates["none" if not rows else "one" if len(rows) == 1 else "many"]
    first, last = (row_filters["when"][rows[at]] if rows else "" for at in (0, -1))
    plain = {
        "n": len(rows),
        "total": row_filters["total"],
        "share": stories.share(len(rows), row_filters["total"]),
        "first": first,
        "last": last,
        "days": stories.from_to(first, last),
    }

    def fill(match: re.Match[str]) -> str:
        name, _, of = match[1].partition(":")
        if name in ("story", "told"):
            tell = stories.title if name == "story" else stories.told
            return tell(row_filters["story"], stop_of(row_filters, filters, rows))
        if name == "chosen":
            return next(rule["label"] for rule in filters if rule["name"] == of)
        if name == "of":
            value = next((rule["value"] for rule in filters if rule["name"] == of), None)
            return row_filters["of"][of][value or ""]
        if name == "asked":
            asked = [one["label"] for one in filters if one["value"] is not None]
            return f" ({' · '.join(asked)})" if asked else ""
        if name == "counts":
            counts = _tally(row_filters, of, rows)
            if any(one["column"] == of and one["value"] is not None for one in filters):
                return ""
            return f": {', '.join(f'{count} {label}' for label, count in counts)}"
        if name == "tally":
            tally = _tally(row_filters, of, rows)
            return ", ".join(
                f"{label} {count}" if len(rows) > 1 else label for label, count in tally
            )
        if name == "most":
            return _most(_tally(row_filters, of, rows))
        # Braces that are no placeholder are a row's own text.
        return str(plain.get(name, match[0]))

    return re.sub(r"\{([a-z_]+(?::[a-z_]+)?)\}", fill, template)


def stop_of(row_filters: RowRules, filters: Sequence[Filter], rows: Sequence[int]) -> stories.Stop:
    """Where a reader of a chart with a story stands, with the rows shown."""
    span, story = row_filters.get("span"), row_filters.get("story")
    day = next((one for one in filters if one["column"] == span), None)
    asked = [one["label"] for one in filters if one is not day and one["value"] is not None]
    statuses = row_filters["columns"].get(story["status"], []) if story else []
    stop = stories.Stop(rows, row_filters["when"], statuses, asked=asked)
    if day is None:
        return stop
    stop = replace(stop, label=day["label"], moment=day["value"])
    if "earlier" not in day:
        return stop
    value, last = day["earlier"]
    before = visible_rows(row_filters, [{**day, "value": value}])
    return replace(stop, before=before, last=last, since=value)


def news(row_filters: RowRules, filters: Sequence[Filter], rows: Sequence[int]) -> str:
    """What is new and changed since the last stop; nothing of a chart without a story."""
    if "story" not in row_filters or not rows:
        return ""
    return stories.news(row_filters["story"], stop_of(row_filters, filters, rows))


def lines_of(marked: MarkedRows, rows: Sequence[int], filters: Sequence[Filter] = ()) -> MarkedRows:
    """Rows of HTML with the lines of `rows` only, and of those that stand for no row.

    A line that is ``chosen`` stays where the filter that it names has its value.
    """
    keep, values = {None, *rows}, {one["name"]: one["value"] for one in filters}

    def stays(line: RowLine) -> bool:
        name, value = line.get("chosen", ("", None))
        return line["at"] in keep and values.get(name) == value

    groups: list[RowGroup] = [
        {**group, "lines": [one for one in group["lines"] if stays(one)]}
        for group in marked["groups"]
    ]
    return {**marked, "groups": [group for group in groups if group["lines"]]}


def marks_of(figure: Figure, rows: Sequence[int]) -> Figure:
    """`figure` (plotly JSON) with the marks of `rows` only, where nobody has chosen anything.

    A trace takes part when it has ``ids``, the row number of each of its points: every list in it
    that is as long is cut alike. An annotation or shape named ``row:12`` goes when row 12 goes; one
    named ``at:as_of`` stands at what is chosen in the filter ``as_of``, so here it goes.
    """
    keep = set(rows)

    def cut(value: Any, indices: list[int], length: int) -> Any:
        if isinstance(value, list) and len(value) == length:
            return [value[index] for index in indices]
        if isinstance(value, dict):
            return {name: cut(inner, indices, length) for name, inner in value.items()}
        return value

    def trace(one: dict[str, Any]) -> Any:
        ids = one.get("ids")
        if ids is None:
            return one
        indices = [index for index, row in enumerate(ids) if int(row) in keep]
        return cut(one, indices, len(ids))

    def stays(item: dict[str, Any]) -> bool:
        kind, _, of = str(item.get("name", "")).partition(":")
        return kind != "at" and (kind != "row" or int(of) in keep)

    layout = dict(figure["layout"])
    for part in ("annotations", "shapes"):
        if part in layout:
            layout[part] = [item for item in layout[part] if stays(item)]
    return {**figure, "data": [trace(one) for one in figure["data"]], "layout": layout}
