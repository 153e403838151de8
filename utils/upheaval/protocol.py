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


class Story(TypedDict):
    """What is needed to tell what is new and what changed: see `stories`."""

    noun: str
    headlines: list[str]
    names: dict[str, str]
    leading: list[int]
    phases: dict[str, int]
    status: str
    signs: dict[str, str]
    denials: dict[str, list[tuple[str, str, bool]]]
    objects: dict[str, str]
    silent: list[int]
    public: dict[str, str]
    vague: dict[str, str]
    signed: NotRequired[bool]


class RowRules(TypedDict):
    """What is needed to filter a chart's rows, as its author gives it: see `row_filters`."""

    columns: dict[str, list[Any]]
    when: list[str]
    labels: dict[str, dict[str, str]]
    total: int
    span: NotRequired[str | None]
    story: NotRequired[Story]
    of: NotRequired[dict[str, dict[str, str]]]
    templates: dict[str, Templates]


class RowFilters(RowRules):
    """The same on its way to the reader, with the numbers of each row's sources."""

    references: list[list[int]]


class Filter(TypedDict):
    """A filter with the reader's choice in it; ``earlier`` is the option before (value, label)."""

    name: str
    column: str
    rule: Literal["contains", "lte"]
    value: str | None
    label: str
    earlier: NotRequired[tuple[str | None, str]]


#: A row as evidence: its name (or empty), its kind, the ISO day by which it was public, its status,
#: and numbers of its sources.
RowEvidence = tuple[str, str, str, str, list[int]]


#: What a source says of a row: a sentence, its English where it is in another language, publisher
#: and day of its page, its address; all empty where no sentence was read.
RowSays = tuple[str, str, str, str]


#: A sign in a row: what it looks like, its colour, and its words for whoever hears it.
RowMark = tuple[str, str, str]
#: What stands on a row's scale, from and to as parts of its width: a sign (then both are one), or
#: a "bar", an "outline", a "range", a "reach", an "open" end; and its colour.
RowTrack = tuple[float, float, str, str]


class RowLine(TypedDict):
    """A row drawn as HTML: `Line` in the drawing layer says what each field means."""

    at: int | None
    title: str
    text: str
    note: str
    sign: NotRequired[RowMark]
    cells: NotRequired[list[RowMark | None]]
    numbers: NotRequired[list[int | None]]
    units: NotRequired[list[tuple[RowMark, int]]]
    track: NotRequired[list[RowTrack]]
    chosen: NotRequired[tuple[str, str | None]]


class RowGroup(TypedDict):
    """Rows under a heading, which may be empty, with a scale of their own or without."""

    title: str
    lines: list[RowLine]
    ticks: NotRequired[list[tuple[float, str]]]
    unit: NotRequired[str]


class MarkedRows(TypedDict):
    """What of a chart is a list or a table: HTML, in the place of a figure."""

    columns: list[tuple[str, str, str]]
    ticks: list[tuple[float, str]]
    unit: str
    goal: NotRequired[float]
    worded: NotRequired[bool]
    groups: list[RowGroup]


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
    tones: NotRequired[dict[str, str]]
    mobile: Mobile
    empty: bool
    markedRows: NotRequired[MarkedRows]
    known: NotRequired[str]
    misleading: NotRequired[bool]
    rowEvidence: NotRequired[list[RowEvidence]]
    rowSays: NotRequired[list[RowSays | None]]
    rowFilters: NotRequired[RowFilters]
    news: NotRequired[str]
    visibleRows: NotRequired[list[int]]
