"""Chart: a figure with all a reader needs to trust it, and its plain form for any front end."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ... import __version__, row_filters, saving
from ...facts import citations, evidence, excerpts, tables
from ...protocol import (
    Cell,
    Figure,
    ListColumns,
    Mobile,
    Payload,
    RowEvidence,
    RowFilters,
    RowRules,
    RowSays,
)
from . import keys
from .cells import cited
from .rows import Rows
from .theme import Mark

#: A sign of a legend and what it means: two words, or a mark that has both.
Sign = tuple[str, str] | Mark


def provenance(
    table: str, rows: pd.DataFrame | Sequence[dict[str, Any]], known: str = "rows"
) -> dict[str, Any]:
    """``sources``, ``refs`` and ``known`` of a `Chart` that shows these rows of a table."""
    records = tables.records(rows) if isinstance(rows, pd.DataFrame) else rows
    refs = evidence.refs(table, (row["id"] for row in records))
    return {"sources": cited(records), "refs": refs, "known": known}


@dataclass(frozen=True)
class Chart:
    """One figure with its words, its rows and its sources.

    What is a list or a table has no ``figure`` but ``rows`` (`Rows`), which a page shows as HTML.

    ``title`` states what the rows shown say; ``subtitle`` names measure, unit and period;
    ``description`` is one or two sentences computed from the rows (the alternative text); ``table``
    holds the rows shown under headings for people; ``sources`` their source ids, and ``name`` the
    word that files are called by. One with filters gives ``row_filters`` (in the form of
    `upheaval.row_filters`) and leaves title and description to its templates; ``sources`` is then
    one list of ids a row. ``list_columns`` says which columns of the table make an ordered list, by
    their parts: ``when``, ``title``, ``body``, ``status``, ``note``; its ``highlights`` is what
    rows with a note are called together. ``legend`` explains signs, as (sign, word) pairs or marks
    with their meaning; each is shown in the colour in which it is drawn, if that is one, or that
    ``tones`` names.
    ``news`` is what is new since the stop before, where a stepper is an argument of the view.
    ``mobile`` is what changes on a phone: ``{"marks": 0.7}`` scales marks, ``{"labels": False}``
    drops the text beside marks.

    What a reader may keep of it as evidence: ``refs`` says which row of the collection each row of
    the table is ("events/nato-confirms"), empty for none; several where it sums them up. ``known``
    is the day by which all of the chart was public, as ISO text, or "rows" for the last day of its
    rows; without it, that is the day of the data. One that is ``misleading`` on purpose is no
    evidence.
    """

    figure: go.Figure | None
    subtitle: str
    table: pd.DataFrame
    sources: Sequence[Any]
    title: str = ""
    description: str = ""
    name: str = "chart"
    row_filters: RowRules | None = None
    list_columns: ListColumns = field(default_factory=ListColumns)
    legend: Sequence[Sign] = ()
    tones: Mapping[str, str] = field(default_factory=dict)
    mobile: Mobile = field(default_factory=Mobile)
    as_of: str = ""
    refs: Sequence[str | Sequence[str]] = ()
    known: str = ""
    misleading: bool = False
    rows: Rows | None = None
    news: str = ""

    def __post_init__(self) -> None:
        self._check_kinds()
        if (self.figure is None) is (self.rows is None):
            raise ValueError(
                f"The chart “{self.name}” needs a figure, or rows, and not both: give one."
            )
        object.__setattr__(self, "legend", self._signs())
        if self.row_filters is None:
            return
        rows = row_filters.visible_rows(self.row_filters, [])
        for which in ("title", "description"):
            object.__setattr__(self, which, row_filters.text(self.row_filters, which, [], rows))

    def _check_kinds(self) -> None:
        """A reader may make a chart of their own: what is no table is told at once, in words."""
        parts: list[tuple[str, type | tuple[type, ...], str]] = [
            ("figure", (go.Figure, type(None)), "a figure, such as theme.figure(bars)"),
            ("table", pd.DataFrame, "a table of the rows shown"),
            *((words, str, "text") for words in ("title", "subtitle", "description", "name")),
        ]
        for part, kind, wanted in parts:
            if not isinstance(getattr(self, part), kind):
                raise ValueError(f"The {part} of a chart should be {wanted}.")
        if self.sources is None:
            raise ValueError("The sources of a chart should be ids of the table sources.")

    def _signs(self) -> list[tuple[str, str]]:
        return [(one.sign, one.meaning) if isinstance(one, Mark) else one for one in self.legend]

    def payload(self) -> Payload:
        """The chart as plain JSON values: what the face paints, live or from a page.

        Every front end takes this form; dates, arrays and missing values have become text, lists
        and null.
        """
        flat = [one for row in self.sources for one in ([row] if isinstance(row, str) else row)]
        ids = list(dict.fromkeys(flat))
        rows = self._row_evidence({one: index for index, one in enumerate(ids)})
        as_of = self.as_of or tables.spell(tables.knowledge_as_of())
        payload: Payload = {
            "name": self.name,
            "figure": self._figure_json(),
            "title": self.title,
            "subtitle": self.subtitle,
            "description": self.description,
            "table": {
                "columns": [str(column) for column in self.table.columns],
                "rows": rows_json(self.table),
            },
            "references": citations.entries(ids),
            "asOf": as_of,
            "cite": f"Axis of Upheaval: a teaching unit, version {__version__}, data as of {as_of}",
            "listColumns": self.list_columns,
            "legend": [list(pair) for pair in self._signs()],
            "mobile": self.mobile,
            "empty": self.table.empty,
        }
        if tones := keys.tones(self._signs(), self.figure, self.rows) | dict(self.tones):
            payload["tones"] = tones
        if self.rows is not None and not self.table.empty:
            payload["markedRows"] = self.rows.payload()
        if known := self._known(rows) if self.known == "rows" else self.known:
            payload["known"] = known
        if self.misleading:
            payload["misleading"] = True
        if self.news:
            payload["news"] = self.news
        if rows:
            payload["rowEvidence"] = rows
        says = [_says(one) for one in self.refs]
        if any(says):
            payload["rowSays"] = says
        if self.row_filters is not None:
            position = {one: index for index, one in enumerate(ids)}
            references = [[position[one] for one in row] for row in self.sources]
            filters: RowFilters = {**self.row_filters, "references": references}
            payload["rowFilters"] = filters
        return payload

    def _row_evidence(self, position: dict[str, int]) -> list[RowEvidence]:
        """What each row is as evidence; nothing where no row is one of the collection's."""
        own = [() if isinstance(one, str) else tuple(one) for one in self.sources]
        nested = len(own) == len(self.table) and all(own)
        if not self.refs and not nested:
            return []
        refs = self.refs or [""] * len(own)
        column = self.list_columns.get("status", "Status")
        cells = list(self.table[column]) if column in self.table else [""] * len(self.table)
        rows: list[RowEvidence] = []
        for at, (one, cell) in enumerate(zip(refs, cells, strict=True)):
            named = [one] if isinstance(one, str) else list(one)
            found = [each for ref in named if ref and (each := evidence.fact(ref))]
            days = [each.known for each in found]
            cited = own[at] if nested else [page for each in found for page in each.sources]
            here = dict.fromkeys(position[page] for page in cited if page in position)
            rows.append(
                (
                    one if isinstance(one, str) else "",
                    evidence.kind(named[0]) if found else "",
                    max(days) if days and all(days) else "",
                    evidence.status_in(cell) or (found[0].status if len(found) == 1 else ""),
                    list(here),
                )
            )
        return rows

    @staticmethod
    def _known(rows: list[RowEvidence]) -> str:
        """The last day by which a row became public; empty where one of them does not say."""
        days = [known for _, _, known, _, _ in rows]
        return max(days) if days and all(days) else ""

    def _figure_json(self) -> Figure:
        return {"data": [], "layout": {}} if self.figure is None else figure_json(self.figure)

    def standalone(self) -> Figure:
        """The figure, its title inside, as plotly JSON for a front end that has only plotly."""
        figure: Figure = saving.titled(self._figure_json(), self.title, self.subtitle)
        if self.row_filters is None:
            return figure
        return row_filters.marks_of(figure, row_filters.visible_rows(self.row_filters, []))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """A chart alone, as the last line of a cell: the plotly form, its description as text."""
        words = {"text/plain": f"{self.title}\n{self.description}"}
        if self.rows is not None:
            return {saving.HTML: saving.rows_html(self.rows.payload()), **words}
        return {saving.PLOTLY: {**self.standalone(), "config": saving.PLOTLY_CONFIG}, **words}


def _says(ref: str | Sequence[str]) -> RowSays | None:
    """What a source says of the one row that `ref` names; nothing of several, or of none."""
    found = excerpts.said(ref) if isinstance(ref, str) and ref else None
    if found is None:
        return None
    page = citations.link(found.source) if found.source else ("", "")
    return found.sentence, found.english, *page


def figure_json(figure: go.Figure) -> Figure:
    """`figure` as plotly JSON in which every array is a list.

    plotly.py would pack numpy arrays as base64.

    What is no finite number becomes null: JSON has no word for it. The encodings stay behind: they
    are for whoever compares the drawing with the rows (`upheaval.encoding`).
    """

    def unpacked(value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) >= {"dtype", "bdata"}:
                array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
                return unpacked(
                    array.reshape(
                        [int(size) for size in value.get("shape", "-1").split(",")]
                    ).tolist()
                )
            return {name: unpacked(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [unpacked(inner) for inner in value]
        return None if isinstance(value, float) and not math.isfinite(value) else value

    packed = json.loads(figure.to_json())
    for part in (packed["layout"], *packed["data"]):
        part.pop("meta", None)
    plain: Figure = unpacked(packed)
    return plain


def rows_json(table: pd.DataFrame) -> list[list[Cell]]:
    """The cells of `table` as text, numbers and None, row by row."""

    def cell_json(cell: Any) -> Cell:
        if type(cell) is str:  # nearly every cell is
            return cell
        if isinstance(cell, tuple | list):
            return "; ".join(map(str, cell))
        if cell is None or cell is pd.NA or cell != cell:
            return None
        if isinstance(cell, bool | np.bool_):
            return "yes" if cell else "no"
        if isinstance(cell, int | np.integer):
            return int(cell)
        if isinstance(cell, float | np.floating):
            return float(cell) if math.isfinite(cell) else None
        if isinstance(cell, pd.Timestamp):
            return cell.date().isoformat()
        return str(cell)

    return [[cell_json(cell) for cell in row] for row in table.itertuples(index=False, name=None)]
