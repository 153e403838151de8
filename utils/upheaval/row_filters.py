"""Rows that a reader can filter: which of them show, and how titles and descriptions count them.

A chart whose filters multiply beyond a few hundred combinations is *factored*: it is drawn once
with all its rows, and filters only select among them. The rule stands here in Python (a kernel, the
tests, a first painting) and in ``widgets/explorer/row_filters.ts`` (the face);
`tests/widgets/test_two_sides.py` holds the two equal, state by state.

Everything here works on plain JSON values, the form in which a chart reaches a page.

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

Templates know these words: ``{n}`` rows shown, ``{total}`` rows there are, ``{first}`` and
``{last}`` (the ``when`` of the first and last row shown), ``{tally:column}`` ("confirmed 12,
claimed 3"), ``{most:column}`` (the value most rows have: "U.S. policy (9)", or "U.S. policy and
Allies (9 each)"), ``{chosen:filter}`` (the label of what the reader chose).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = Any


def visible_rows(
    row_filters: Mapping[str, Json], filters: Sequence[Mapping[str, Json]]
) -> list[int]:
    """Numbers of the rows that every filter keeps, in order."""

    span = row_filters.get("span")
    moment = next((rule["value"] for rule in filters if rule["column"] == span), None)

    def holds(row: int) -> bool:
        if span is None:
            return True
        cell = row_filters["columns"][span][row]
        begin, end = cell if isinstance(cell, list) else (cell, None)
        return end is None if moment is None else begin <= moment and (end is None or moment < end)

    def keeps(rule: Mapping[str, Json], row: int) -> bool:
        value, cell = rule["value"], row_filters["columns"][rule["column"]][row]
        if value is None or rule["column"] == span:
            return True
        if rule["rule"] == "lte":
            return cell <= value
        return value in cell if isinstance(cell, list) else cell == value

    return [
        row
        for row in range(len(row_filters["when"]))
        if holds(row) and all(keeps(rule, row) for rule in filters)
    ]


def tally(
    row_filters: Mapping[str, Json], column: str, rows: Sequence[int]
) -> list[tuple[str, int]]:
    """How many `rows` have each value of `column`, as (label, count), by label; no zeros."""
    cells = [row_filters["columns"][column][row] for row in rows]
    counts = [
        (label, sum(value in cell if isinstance(cell, list) else value == cell for cell in cells))
        for value, label in row_filters["labels"][column].items()
    ]
    return [(label, count) for label, count in counts if count]


def _joined(labels: Sequence[str]) -> str:
    return f"{', '.join(labels[:-1])} and {labels[-1]}" if len(labels) > 1 else labels[0]


def text(
    row_filters: Mapping[str, Json],
    which: str,
    filters: Sequence[Mapping[str, Json]],
    rows: Sequence[int],
) -> str:
    """The title or description (`which`) for the rows shown."""
    templates = row_filters["templates"][which]
    template = templates["none" if not rows else "one" if len(rows) == 1 else "many"]

    def fill(match: re.Match[str]) -> str:
        name, _, of = match[1].partition(":")
        if name == "chosen":
            return next(rule["label"] for rule in filters if rule["name"] == of)
        if name == "tally":
            return ", ".join(f"{label} {count}" for label, count in tally(row_filters, of, rows))
        if name == "most":
            counts = tally(row_filters, of, rows)
            top = max(count for _, count in counts)
            labels = [label for label, count in counts if count == top]
            return f"{_joined(labels)} ({top}{' each' if len(labels) > 1 else ''})"
        return str(
            {
                "n": len(rows),
                "total": row_filters["total"],
                "first": row_filters["when"][rows[0]] if rows else "",
                "last": row_filters["when"][rows[-1]] if rows else "",
            }[name]
        )

    return re.sub(r"\{([a-z_]+(?::[a-z_]+)?)\}", fill, template)


def filter_figure(figure: Json, rows: Sequence[int], filters: Sequence[Mapping[str, Json]]) -> Json:
    """`figure` (plotly JSON) with the marks of `rows` only.

    A trace takes part when it has ``ids``, the row number of each of its points: every list in it
    that is as long is cut alike. An annotation or shape named ``row:12`` goes when row 12 goes; one
    named ``at:as_of`` moves to the date chosen in the filter ``as_of``, and goes when nothing is
    chosen there.
    """
    keep = set(rows)
    selected = {rule["name"]: rule["value"] for rule in filters}

    def cut(value: Json, indices: list[int], length: int) -> Json:
        if isinstance(value, list) and len(value) == length:
            return [value[index] for index in indices]
        if isinstance(value, dict):
            return {name: cut(inner, indices, length) for name, inner in value.items()}
        return value

    def trace(one: Json) -> Json:
        if "ids" not in one:
            return one
        indices = [index for index, row in enumerate(one["ids"]) if int(row) in keep]
        return cut(one, indices, len(one["ids"]))

    def stays(item: Json) -> bool:
        kind, _, of = str(item.get("name", "")).partition(":")
        return (
            (int(of) in keep)
            if kind == "row"
            else selected.get(of) is not None
            if kind == "at"
            else True
        )

    def moved(item: Json) -> Json:
        kind, _, of = str(item.get("name", "")).partition(":")
        if kind != "at":
            return item
        return {**item, **{name: selected[of] for name in ("x", "x0", "x1") if name in item}}

    layout = dict(figure["layout"])
    for part in ("annotations", "shapes"):
        if part in layout:
            layout[part] = [moved(item) for item in layout[part] if stays(item)]
    return {**figure, "data": [trace(one) for one in figure["data"]], "layout": layout}


def apply(payload: Mapping[str, Json], filters: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    """The chart `payload` as `filters` leave it: marks, rows, references, words.

    For what a payload is see `chart.Chart.payload`.

    The rows gain a last column with the ids of their sources, which a packed state stores as
    numbers.
    """
    row_filters = payload["rowFilters"]
    rows = visible_rows(row_filters, filters)
    cited = sorted({index for row in rows for index in row_filters["references"][row]})
    table, ids = payload["table"], [one["id"] for one in payload["references"]]
    cells = [
        [*table["rows"][row], "; ".join(ids[index] for index in row_filters["references"][row])]
        for row in rows
    ]
    return {
        **{name: value for name, value in payload.items() if name != "rowFilters"},
        "figure": filter_figure(payload["figure"], rows, filters),
        "title": text(row_filters, "title", filters, rows),
        "description": text(row_filters, "description", filters, rows),
        "table": {**table, "columns": [*table["columns"], "Source ids"], "rows": cells},
        "references": [payload["references"][index] for index in cited],
        "visibleRows": rows,
        "empty": not rows,
    }
