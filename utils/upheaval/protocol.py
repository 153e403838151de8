"""What a chart is on its way to a reader: the types of its payload, as the front end has them.

The same types stand in ``widgets/core/protocol.ts``, which says what each field means;
`tests/widgets/test_protocol.py` compares the two field by field.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

#: One cell of a table.
Cell = str | float | bool | None


class Table(TypedDict):
    """Rows under named columns."""

    columns: list[str]
    rows: list[list[Cell]]


class Reference(TypedDict):
    """A source: its id in the table of sources, its text, its address."""

    id: str
    text: str
    url: str


class Figure(TypedDict):
    """What plotly.js draws."""

    data: list[Any]
    layout: Any


class ListColumns(TypedDict):
    """Which columns of a chart's table make a list, and the label of the rows with a note."""

    when: NotRequired[str]
    status: NotRequired[str]
    title: NotRequired[str]
    body: NotRequired[str]
    note: NotRequired[str]
    highlights: NotRequired[str]


class Mobile(TypedDict):
    """How a chart changes where its box is narrow."""

    marks: NotRequired[float]
    labels: NotRequired[bool]
    layout: NotRequired[Any]


class Templates(TypedDict):
    """The text of a title or a description, for no row, one row and more."""

    none: str
    one: str
    many: str


class RowRules(TypedDict):
    """What is needed to filter a chart's rows, as its author gives it: see `row_filters`."""

    columns: dict[str, list[Any]]
    when: list[str]
    labels: dict[str, dict[str, str]]
    total: int
    span: NotRequired[str | None]
    templates: dict[str, Templates]


class RowFilters(RowRules):
    """The same on its way to the reader, with the numbers of each row's sources."""

    references: list[list[int]]


class Filter(TypedDict):
    """A filter with the reader's choice in it."""

    name: str
    column: str
    rule: Literal["contains", "lte"]
    value: str | None
    label: str


#: A row as evidence: its name (or empty), its kind, the ISO day by which it was public, its status,
#: and numbers of its sources.
RowEvidence = tuple[str, str, str, str, list[int]]


class Payload(TypedDict):
    """A chart with all that stands around it: `Chart.payload`."""

    name: str
    figure: Figure
    title: str
    subtitle: str
    description: str
    table: Table
    references: list[Reference]
    asOf: str
    cite: str
    listColumns: ListColumns
    legend: list[list[str]]
    mobile: Mobile
    empty: bool
    known: NotRequired[str]
    misleading: NotRequired[bool]
    rowEvidence: NotRequired[list[RowEvidence]]
    rowFilters: NotRequired[RowFilters]
    visibleRows: NotRequired[list[int]]
