"""Policy contrasts: what U.S. administrations and campaigns held, with evidence and our codes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from .. import stories
from ..encoding import Cell, Channels, Fixed, Numbers, Position, encode
from ..facts import tables
from ..facts.wording import counted, listed
from ..protocol import ListColumns
from . import draw
from .draw import Chart, Dot, Group, Line, Row, Rows, Scale, Trace, chosen, theme
from .positions import (
    COLUMNS,
    DIMENSIONS,
    HEAD,
    LABEL,
    QUESTION,
    SCALES,
    TRACK,
    bare,
    baselines,
    code,
    inside,
    rows_of,
    texts,
)

#: What a chart of marks shows instead of one question: (words for the list, words for the title).
MARKS = {
    "all": ("All questions, as marks", "All questions"),
    "article": ("What the article names, as marks", "What the article names"),
}
#: The day that the article is read as of: it names nothing that came later.
ARTICLE = "2024-11-27"
NONE_FOUND = "no position found"
_WHOSE, _DATED, _CODING, _SHARED = (
    "Whose policy",
    "Date and codes",
    "Coding and comment",
    "Shared code",
)
_LIST: ListColumns = {"when": _WHOSE, "status": _DATED, "title": "Position", "body": "Evidence"}
#: What is noted of each position, in a chart of marks and beside one question.
_NOTES: tuple[ListColumns, ListColumns] = (
    {"note": _CODING, "highlights": "Side by side"},
    {"note": _SHARED, "highlights": "Where the two administrations share a code"},
)
_IN_ARTICLE = "In the article"
#: The headings of the codes in the table of contrasts.
_CODES = {"commitment": "Commitment (−2 to 2)", "multilateral": "With allies (−2 to 2)"}
PANEL = 6  # one column's scale and the gap to the next, in points of the scale

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "{about}: no position",
    "no pair": "{about}: {each}; the second Trump administration came later",
    "pairs": "Two administrations, {questions}: the same code for commitment on {commitment}, for"
    " working with allies on {multilateral}",
    "one": "{about}: one position, from the {whose}",
    "apart": "{about}, commitment by our codes: {each}",
    "apart, in short": "{about}, commitment as coded: {each}",
    "held": "{code} for {whose}",
    "all": "all three",
    "codes": "Our codes from −2 to +2 for commitment to Ukraine and for working with allies; as of"
    " {day}",
    "and the": " and the ",
    "choose": "None of the positions fits. Choose another question.",
    "shown": "{count} positions are shown",
    "one shown": "One position is shown",
    "side by side": "With allies, by our codes: {each}. They lie {commitment} on commitment and"
    " {multilateral} on working with allies. {count}.{missing}",
    "missing": " No position of its own was found for the {columns}.",
    "tally": "Each has its evidence in the list. {count}, on {questions}: {each}.",
    "named": " · named in the article",
    "named before": " · its subject is named in the article, of November 2024",
    "same code": "{question}. The same code: {scales}",
}


def question_options() -> list[tuple[str, str]]:
    """(label, value): all questions as marks, the article's positions, and every question."""
    return [*draw.options(MARKS), *draw.options(DIMENSIONS)]


# -- the table of contrasts ------------------------------------------------------------------------
def contrasts(policies: pd.DataFrame, question: str = "all") -> Chart:
    """The columns side by side on a question of `DIMENSIONS`, or many codes as marks (`MARKS`).

    ``policies`` is the table of that name. Raises ``KeyError`` for an unknown question.
    """
    words = {name: label for name, (_, label) in MARKS.items()}
    about = chosen(words | DIMENSIONS, question, "question")
    rows = [
        row
        for row in rows_of(policies)
        if question in ("all", row["dimension"]) or (question == "article" and row["in_article"])
    ]
    many = question in MARKS
    return Chart(
        _matrix(rows) if many else None,
        rows=None if many else _lines(rows),
        title=_contrast_title(rows, about, many),
        subtitle=TEXTS["codes"].format(day=draw.today()),
        description=_contrast_description(rows, many),
        table=draw.table(rows, _columns(_shared_codes(rows))),
        **draw.provenance("policies", rows, known=""),
        name=f"policies-{question}",
        list_columns=_LIST | _NOTES[many],
        legend=[scale.mark for scale in SCALES.values()] if rows else [],
        mobile={"marks": 0.85},
    )


def _shared_codes(rows: list[Row]) -> dict[str, list[str]]:
    """Question → the scales on which the two administrations have the same code."""
    at = {(row["dimension"], row["administration"]): row for row in rows}
    return {
        name: [scale for scale in SCALES if at[name, "biden"][scale] == at[name, "trump-2"][scale]]
        for name in DIMENSIONS
        if (name, "biden") in at and (name, "trump-2") in at
    }


def _contrast_title(rows: list[Row], about: str, many: bool) -> str:
    if not rows:
        return TEXTS["none"].format(about=about)
    if many:
        return _shared_title(rows, about)
    if len(rows) == 1:
        return TEXTS["one"].format(about=about, whose=COLUMNS[rows[0]["administration"]].name)
    each = [
        f"{inside(COLUMNS[row['administration']].short)} {code(row['commitment'])}" for row in rows
    ]
    said = {"about": about, "each": ", ".join(each)}
    return stories.first_fitting(
        [TEXTS[one].format(**said) for one in ("apart", "apart, in short")]
    )


def _held(rows: list[Row], scale: str) -> list[str]:
    """Each code on a scale with those who hold it, in the order of the columns."""
    holders: dict[int, list[str]] = {}
    for row in rows:
        holders.setdefault(row[scale], []).append(
            f"the {inside(COLUMNS[row['administration']].name)}"
        )
    return [
        TEXTS["held"].format(
            code=code(one), whose=listed(names) if len(names) < 3 else TEXTS["all"]
        )
        for one, names in holders.items()
    ]


def _shared_title(rows: list[Row], about: str) -> str:
    """How many codes the two administrations share, or whose positions these are."""
    shared, held = _shared_codes(rows), [row["administration"] for row in rows]
    if not shared:
        each = ", ".join(
            f"{inside(column.short)} {held.count(name)}"
            for name, column in COLUMNS.items()
            if name in held
        )
        return TEXTS["no pair"].format(about=about, each=each)
    alike = {
        scale: sum(scale in scales for scales in shared.values()) or "none" for scale in SCALES
    }
    return TEXTS["pairs"].format(questions=counted(len(shared), "question"), **alike)


def _contrast_description(rows: list[Row], many: bool) -> str:
    if not rows:
        return TEXTS["choose"]
    count = TEXTS["shown" if len(rows) > 1 else "one shown"].format(count=len(rows))
    held = [row["administration"] for row in rows]
    if many:
        each = ", ".join(f"{column.name} {held.count(name)}" for name, column in COLUMNS.items())
        asked = counted(len({row["dimension"] for row in rows}), "question")
        return TEXTS["tally"].format(count=count, questions=asked, each=each)
    each = "; ".join(_held(rows, "multilateral"))
    gone = TEXTS["and the"].join(
        column.name for name, column in COLUMNS.items() if name not in held
    )
    missing = TEXTS["missing"].format(columns=gone) if gone else ""
    said = {"count": count, "each": each, "missing": missing}
    for scale in SCALES:
        codes = [row[scale] for row in rows]
        said[scale] = _points(max(codes) - min(codes))
    return TEXTS["side by side"].format(**said)


def _points(apart: int) -> str:
    return f"{counted(apart, 'point')} apart" if apart else "level"


def _codes(row: Row) -> str:
    return ", ".join(f"{parts.short} {code(row[scale])}" for scale, parts in SCALES.items())


def _columns(shared: dict[str, list[str]]) -> draw.Columns:
    """The columns of the table, one row a position.

    ``Shared code`` is filled in the two administrations' rows only, where they agree.
    """

    def same(row: Row) -> str:
        ours = row["administration"] != "trump-campaign"
        scales = [SCALES[one].name for one in shared.get(row["dimension"], []) if ours]
        said = {"question": DIMENSIONS[row["dimension"]], "scales": " and ".join(scales)}
        return TEXTS["same code"].format(**said) if scales else ""

    def dated(row: Row) -> str:
        later = str(row["date"]) > ARTICLE
        named = TEXTS["named before" if later else "named"] if row["in_article"] else ""
        return f"{tables.spell(row['date'])} · {_codes(row)}{named}"

    def coding(row: Row) -> str:
        return " ".join(one for one in (row["coding_reason"], row["note"]) if isinstance(one, str))

    return {
        QUESTION: lambda row: DIMENSIONS[row["dimension"]],
        _WHOSE: lambda row: COLUMNS[row["administration"]].name,
        _DATED: dated,
        "Position": "position",
        "Evidence": "evidence",
        _CODING: coding,
        **{heading: draw.number(scale, int) for scale, heading in _CODES.items()},
        _IN_ARTICLE: draw.yes_or_no("in_article"),
        _SHARED: same,
    }


def _lines(rows: list[Row]) -> Rows:
    """One question: a line a column, with its codes on both scales, or that it has none."""
    at = {row["administration"]: index for index, row in enumerate(rows)}
    lines = []
    for name, column in COLUMNS.items():
        if name in at:
            row = rows[at[name]]
            track = [Dot(row[scale], one.mark, _CODES[scale]) for scale, one in SCALES.items()]
            lines.append(Line(at[name], column.name, _codes(row), track=track))
        else:
            lines.append(Line(None, column.name, NONE_FOUND))
    ends = [f"{one.mark.signed} ({one.least} to {one.most})" for one in SCALES.values()]
    ticks = [(step, code(step)) for step in range(-2, 3)]
    of = {"title": _WHOSE, "text": tuple(_CODES.values())}
    return Rows([Group("", lines)], scale=Scale(2.4, ticks, "; ".join(ends), low=-2.4), of=of)


def _matrix(rows: list[Row]) -> go.Figure:
    """All questions: a small scale for each column, side by side, with both codes on it."""
    names = [name for name in DIMENSIONS if any(row["dimension"] == name for row in rows)]
    top = {name: HEAD + index * (LABEL + TRACK) for index, name in enumerate(names)}
    middle = {name: index * PANEL for index, name in enumerate(COLUMNS)}
    heads = [
        (middle[name], 12, f"<b>{column.short.replace(' ', '<br>')}</b>")
        for name, column in COLUMNS.items()
    ]
    labels = [(-2.4, y + 9, theme.escape_html(DIMENSIONS[name])) for name, y in top.items()]
    positions = [(middle[row["administration"]], top[row["dimension"]] + LABEL + 9) for row in rows]
    drawn_at = [
        COLUMNS[row["administration"]].short for row in rows
    ]  # whose small scale it stands on
    marks = [_marks(rows, positions, drawn_at, one) for one in SCALES]
    first = [next(at for at, row in enumerate(rows) if row["dimension"] == name) for name in names]
    beside = Position(offset=9 - LABEL - 9)
    says = [(row, Fixed(-2.4), beside, Cell(QUESTION, "words")) for row in first]
    return bare(
        [
            baselines(
                [(y, x) for x, y in positions],
                [(row, Position(), name) for row, name in enumerate(drawn_at)],
            ),
            texts(heads, "bottom center"),
            texts(labels, "middle right", says),
            *(marks if rows else []),
        ],
        max(HEAD + len(names) * (LABEL + TRACK), 60),
        [-2.7, 2 * PANEL + 2.7],
    )


def _marks(
    rows: list[Row], positions: list[tuple[int, int]], drawn_at: list[str], scale: str
) -> Trace:
    """The codes on one of the scales, each on the small scale of whose policy it is."""
    look = SCALES[scale].mark
    says: Channels = {
        "x": [Cell(_CODES[scale], origin=name) for name in drawn_at],
        "y": Position(),
        "hovertext": Numbers(_WHOSE, tuple(_CODES.values())),
        "marker.symbol": Fixed(look.symbol),
    }
    return draw.marks(
        [x + row[scale] for (x, _), row in zip(positions, rows, strict=True)],
        [y for _, y in positions],
        look.symbol,
        look.colour,
        encode(range(len(rows)), says),
        size=7 if scale == "commitment" else 14,
        ids=range(len(rows)),
        hover=[_hover(row) for row in rows],
        marker={"opacity": 1},
    )


def _hover(row: Row) -> str:
    question = theme.escape_html(DIMENSIONS[row["dimension"]])
    return theme.hover(question, COLUMNS[row["administration"]].name, _codes(row))
