"""Policy contrasts: what U.S. administrations and campaigns held, with evidence and our codes.

All three columns are treated alike: the same order, words and layout in every chart, list and
table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    At,
    Cell,
    Channel,
    Count,
    Extent,
    Fixed,
    Numbers,
    Position,
    decoration,
    encode,
    encode_layout,
)
from ..encoding import Row as Stands
from ..facts import evidence, tables

Row = dict[str, Any]
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]

#: Whose policy, in the order in which they are always shown: (full name, short name, symbol, sign,
#: colour).
COLUMNS = {
    "biden": ("Biden administration", "Biden", "circle", "●", theme.GREEN),
    "trump-campaign": ("Trump campaign", "Trump campaign", "diamond-open", "◇", theme.ORANGE),
    "trump-2": (
        "Second Trump administration",
        "Trump second term",
        "square-open",
        "□",
        theme.PURPLE,
    ),
}

#: The questions that are compared, in the order of the lists, in words.
DIMENSIONS = {
    "stated-end-state": "The end that is named",
    "speed-timeline": "How fast the war should end",
    "means-of-aid": "How aid is given",
    "congressional-funding": "Money from Congress",
    "conditions-on-kyiv": "Conditions for Kyiv",
    "long-range-strikes": "Strikes into Russia",
    "intelligence-sharing": "Sharing intelligence",
    "territorial-question": "The question of land",
    "security-guarantees": "Security guarantees",
    "talks-with-moscow": "Talks with Moscow",
    "sanctions": "Sanctions on Russia",
    "attitude-to-alliances": "Alliances",
    "nato-burden-sharing": "Who pays in NATO",
    "un-diplomacy": "Votes at the United Nations",
    "minerals-transaction": "What is asked in return",
    "dprk-deployment-response": "Answer to the DPRK deployment",
    "dprk-nuclear-diplomacy": "The DPRK's nuclear weapons",
    "china-linkage-asia-pivot": "China and Asia",
}

#: The two scales: (name, short name, what −2 means, what +2 means, symbol, sign, colour).
SCALES = {
    "commitment": (
        "Commitment to Ukraine",
        "commitment",
        "least",
        "most",
        "circle",
        "●",
        theme.BLUE,
    ),
    "multilateral": (
        "Working with allies",
        "with allies",
        "alone",
        "together",
        "diamond-open",
        "◇",
        theme.ORANGE,
    ),
}

#: Which columns a chart of the scales compares.
GROUPS = {
    "all": ("All three", tuple(COLUMNS)),
    "terms": ("Biden and Trump second term", ("biden", "trump-2")),
    "election": ("Biden and Trump campaign", ("biden", "trump-campaign")),
    "trump": ("Trump campaign and second term", ("trump-campaign", "trump-2")),
}

#: What a chart of marks shows instead of one question: (words for the list, words for the title).
MARKS = {
    "all": ("All questions, as marks", "All questions"),
    "article": ("What the article names, as marks", "What the article names"),
}
NONE_FOUND = "no position found"
_QUESTION, _WHOSE = "Question", "Whose policy"
#: The headings of the codes in the table of contrasts.
_CODES = {"commitment": "Commitment (−2 to 2)", "multilateral": "With allies (−2 to 2)"}

# Pixels, and the places of a code on the horizontal scale.
HEAD, LABEL, TRACK = 48, 17, 22
PANEL = 6  # one column's scale and the gap to the next, in points of the scale


def question_options() -> list[tuple[str, str]]:
    """(label, value): all questions as marks, the article's positions, and every question."""
    return [
        *((label, name) for name, (label, _) in MARKS.items()),
        *((label, name) for name, label in DIMENSIONS.items()),
    ]


def scale_options() -> list[tuple[str, str]]:
    """(label, value) of both scales, each alone and together."""
    return [*((scale[0], name) for name, scale in SCALES.items()), ("Both scales at once", "both")]


def group_options() -> list[tuple[str, str]]:
    """(label, value) of the columns to compare."""
    return [(label, name) for name, (label, _) in GROUPS.items()]


def code(value: int) -> str:
    """A code with its sign: ``+1``, ``0``, ``−2``."""
    return f"{value:+d}".replace("-", "−") if value else "0"


def rows_of(policies: pd.DataFrame) -> list[Row]:
    """The rows of the table ``policies`` as plain records, question by question, columns in order.

    Each has ``commitment`` and ``multilateral`` as whole numbers. Raises ``KeyError`` for a
    question or a column that has no words here.
    """
    questions = {name: index for index, name in enumerate(DIMENSIONS)}
    columns = {name: index for index, name in enumerate(COLUMNS)}
    records = tables.records(policies)
    rows = [{**row, **{scale: int(row[f"scale_{scale}"]) for scale in SCALES}} for row in records]
    return sorted(
        rows, key=lambda row: (questions[row["dimension"]], columns[row["administration"]])
    )


# -- the table of contrasts ------------------------------------------------------------------------
def contrasts(policies: pd.DataFrame, question: str = "all") -> Chart:
    """The columns side by side on a question of `DIMENSIONS`, or many codes as marks (`MARKS`).

    ``policies`` is the table of that name. Raises ``KeyError`` for an unknown question.
    """
    about = DIMENSIONS[question] if question not in MARKS else MARKS[question][1]
    rows = [
        row
        for row in rows_of(policies)
        if question in ("all", row["dimension"]) or (question == "article" and row["in_article"])
    ]
    many = question in MARKS
    return Chart(
        _matrix(rows) if many else _tracks(rows),
        title=_contrast_title(rows, about, many),
        subtitle=(
            "Our codes from −2 to +2 for commitment to Ukraine and for working with allies; as of "
            f"{tables.spell(tables.knowledge_as_of())}"
        ),
        description=_contrast_description(rows, many),
        table=_contrast_table(rows, _shared_codes(rows)),
        sources=[one for row in rows for one in row["sources"]],
        refs=evidence.refs("policies", (row["id"] for row in rows)),
        name=f"policies-{question}",
        list_columns={
            "when": "Whose policy",
            "status": "Date and codes",
            "title": "Position",
            "body": "Evidence",
            "note": "Shared code" if many else "Coding and comment",
            "highlights": "Where the two administrations share a code" if many else "Side by side",
        },
        legend=[(scale[5], scale[0]) for scale in SCALES.values()] if rows else [],
        mobile={"marks": 0.85},
    )


def _shared_codes(rows: list[Row]) -> dict[str, list[str]]:
    """Question → the scales on which Biden and the second Trump term have the same code."""
    at = {(row["dimension"], row["administration"]): row for row in rows}
    return {
        name: [scale for scale in SCALES if at[name, "biden"][scale] == at[name, "trump-2"][scale]]
        for name in DIMENSIONS
        if (name, "biden") in at and (name, "trump-2") in at
    }


def _contrast_title(rows: list[Row], about: str, many: bool) -> str:
    if not rows:
        return f"{about}: no position"
    if many:
        shared = _shared_codes(rows)
        if not shared:
            return f"{about}: {len(rows)} positions, and no question with both administrations"
        if len(shared) == 1:
            # A count of one question would read as a finding, and is none.
            both, scales = next(iter(shared.items()))
            alike = ("other codes", "the same code on one scale", "the same codes")[len(scales)]
            return (
                f"{about}: {len(rows)} positions, and only “{DIMENSIONS[both]}” has both"
                f" administrations, with {alike}"
            )
        counts = {
            scale: sum(scale in scales for scales in shared.values()) or "none" for scale in SCALES
        }
        return (
            f"{about}: the two administrations share our code for commitment on"
            f" {counts['commitment']} of {_of(len(shared))}, and for working with allies on"
            f" {counts['multilateral']}"
        )
    if len(rows) == 1:
        return f"{about}: one position, from the {COLUMNS[rows[0]['administration']][0]}"
    apart = {
        scale: max(row[scale] for row in rows) - min(row[scale] for row in rows) for scale in SCALES
    }
    return (
        f"{about}: {len(rows)} positions, {_points(apart['commitment'])} on commitment "
        f"and {_points(apart['multilateral'])} on working with allies"
    )


def _of(questions: int) -> str:
    return f"{questions} question{'' if questions == 1 else 's'}"


def _points(apart: int) -> str:
    return "the same code" if not apart else f"{apart} point{'' if apart == 1 else 's'} apart"


def _contrast_description(rows: list[Row], many: bool) -> str:
    if not rows:
        return "None of the positions fits. Choose another question."
    count = f"{len(rows)} positions are shown" if len(rows) > 1 else "One position is shown"
    if not many:
        each = "; ".join(f"{COLUMNS[row['administration']][0]}, {_codes(row)}" for row in rows)
        missing = [
            column[0]
            for name, column in COLUMNS.items()
            if name not in {row["administration"] for row in rows}
        ]
        found = (
            f" No position of its own was found for the {' and the '.join(missing)}."
            if missing
            else ""
        )
        return f"{count}: {each}.{found}"
    tally = ", ".join(
        f"{column[0]} {sum(row['administration'] == name for row in rows)}"
        for name, column in COLUMNS.items()
    )
    questions = len({row["dimension"] for row in rows})
    return f"{count}, on {_of(questions)}: {tally}. Each has its evidence in the list."


def _codes(row: Row) -> str:
    return ", ".join(f"{parts[1]} {code(row[scale])}" for scale, parts in SCALES.items())


def _contrast_table(rows: list[Row], shared: dict[str, list[str]]) -> pd.DataFrame:
    """One row a position.

    ``Shared code`` is filled in the two administrations' rows only, where they agree.
    """

    def same(row: Row) -> str:
        scales = (
            shared.get(row["dimension"], []) if row["administration"] != "trump-campaign" else []
        )
        names = " and ".join(SCALES[scale][0] for scale in scales)
        return f"{DIMENSIONS[row['dimension']]}. The same code: {names}" if scales else ""

    return pd.DataFrame(
        [
            [
                DIMENSIONS[row["dimension"]],
                COLUMNS[row["administration"]][0],
                (
                    f"{tables.spell(row['date'])} ·"
                    f" {_codes(row)}{' · named in the article' if row['in_article'] else ''}"
                ),
                row["position"],
                row["evidence"],
                " ".join(
                    one for one in (row["coding_reason"], row["note"]) if isinstance(one, str)
                ),
                row["commitment"],
                row["multilateral"],
                "yes" if row["in_article"] else "no",
                same(row),
            ]
            for row in rows
        ],
        columns=[
            _QUESTION,
            _WHOSE,
            "Date and codes",
            "Position",
            "Evidence",
            "Coding and comment",
            *_CODES.values(),
            "In the article",
            "Shared code",
        ],
    )


def _tracks(rows: list[Row]) -> go.Figure:
    """One question: under each scale a line a column, so that codes stand one below the other."""
    at = {row["administration"]: row for row in rows}
    number = {row["administration"]: index for index, row in enumerate(rows)}
    says: list[tuple[Stands, Channel, Channel, Channel]] = []
    tracks: list[tuple[Stands, Position, str]] = []
    left, y = -7.2, 0.0
    texts: list[tuple[float, float, str]] = []
    lines: list[tuple[float, float]] = []
    marks: list[Trace] = []
    for scale, parts in SCALES.items():
        texts.append((left, y + 13, f"<b>{parts[0]}</b> ({parts[2]} to {parts[3]})"))
        says.append(_fixed_text(*texts[-1]))
        y += 26
        for name, column in COLUMNS.items():
            texts.append((left, y + 12, theme.escape_html(column[1])))
            if name in at:
                row, position = number[name], Position(facet=scale)
                says.append((row, Fixed(left), position, Cell(_WHOSE, "text")))
                says.append((row, Fixed(2.35), position, Cell(_CODES[scale])))
                tracks.append((row, position, ""))
                lines.append((y + 12, 0))
                channels: dict[str, Channel] = {
                    "x": Cell(_CODES[scale]),
                    "y": position,
                    "marker.symbol": Fixed(parts[4]),
                }
                marks.append(
                    {
                        **_mark([at[name][scale]], [y + 12], parts[4], parts[6], 13),
                        "meta": encode([row], channels),
                    }
                )
                texts.append((2.35, y + 12, f"<b>{code(at[name][scale])}</b>"))
            else:
                says.append(_fixed_text(*texts[-1]))
                texts.append((-2, y + 12, NONE_FOUND))
                says.append(_fixed_text(*texts[-1]))
            y += 25
        y += 8
    return _bare(
        [
            _baselines(lines, tracks),
            _texts(texts, "middle right", says),
            *marks,
        ],
        y,
        [left, 3.4],
    )


def _fixed_text(x: float, y: float, text: str) -> tuple[Stands, Channel, Channel, Channel]:
    """Words of the layout: a heading, or that nothing was found."""
    return None, Fixed(x), Fixed(y), Fixed(text)


def _matrix(rows: list[Row]) -> go.Figure:
    """All questions: a small scale for each column, side by side, with both codes on it."""
    names = [name for name in DIMENSIONS if any(row["dimension"] == name for row in rows)]
    top = {name: HEAD + index * (LABEL + TRACK) for index, name in enumerate(names)}
    middle = {name: index * PANEL for index, name in enumerate(COLUMNS)}
    heads = _short_names(middle)
    labels = [(-2.4, y + 9, theme.escape_html(DIMENSIONS[name])) for name, y in top.items()]
    positions = [(middle[row["administration"]], top[row["dimension"]] + LABEL + 9) for row in rows]
    drawn_at = [COLUMNS[row["administration"]][1] for row in rows]  # whose small scale it stands on
    marks = [
        {
            **_mark(
                [x + row[scale] for (x, _), row in zip(positions, rows, strict=True)],
                [y for _, y in positions],
                parts[4],
                parts[6],
                7 if scale == "commitment" else 14,
                [_hover(row) for row in rows],
                rows,
            ),
            "meta": encode(
                range(len(rows)),
                {
                    "x": [Cell(_CODES[scale], origin=name) for name in drawn_at],
                    "y": Position(),
                    "hovertext": Numbers(_WHOSE, tuple(_CODES.values())),
                    "marker.symbol": Fixed(parts[4]),
                },
            ),
        }
        for scale, parts in SCALES.items()
    ]
    first = [next(at for at, row in enumerate(rows) if row["dimension"] == name) for name in names]
    beside = Position(offset=9 - LABEL - 9)
    says = [(row, Fixed(-2.4), beside, Cell(_QUESTION, "words")) for row in first]
    return _bare(
        [
            _baselines(
                [(y, x) for x, y in positions],
                [(row, Position(), name) for row, name in enumerate(drawn_at)],
            ),
            _texts(heads, "bottom center"),
            _texts(labels, "middle right", says),
            *(marks if rows else []),
        ],
        max(HEAD + len(names) * (LABEL + TRACK), 60),
        [-2.7, 2 * PANEL + 2.7],
    )


def _short_names(middle: Mapping[str, float]) -> list[tuple[float, float, str]]:
    """The short name of each column, above its scale."""
    return [
        (middle[name], 12, f"<b>{column[1].replace(' ', '<br>', 1)}</b>")
        for name, column in COLUMNS.items()
    ]


def _hover(row: Row) -> str:
    question = theme.escape_html(DIMENSIONS[row["dimension"]])
    return f"<b>{question}</b><br>{COLUMNS[row['administration']][0]}<br>{_codes(row)}"


# -- the two scales --------------------------------------------------------------------------------
def scales(policies: pd.DataFrame, scale: str = "commitment", group: str = "all") -> Chart:
    """The codes on one scale, a line a question, the widest difference first; or on both scales.

    ``scale`` is a key of `SCALES` or "both", ``group`` a key of `GROUPS`. Only questions for which
    at least two of the columns have a position are shown. Each position is cited by its first
    source; `contrasts` has all of them. Raises ``KeyError`` for unknown words.
    """
    columns = GROUPS[group][1]
    chosen = list(SCALES) if scale == "both" else [scale]
    by_name: dict[str, dict[str, Row]] = {}
    for row in rows_of(policies):
        if row["administration"] in columns:
            by_name.setdefault(row["dimension"], {})[row["administration"]] = row
    found = {name: held for name, held in by_name.items() if len(held) > 1}
    apart = {name: max(_apart(held, one) for one in chosen) for name, held in found.items()}
    order = sorted(found, key=lambda name: -apart[name])
    questions = {name: found[name] for name in order}
    drawn = (
        _grid(questions, columns)
        if scale == "both"
        else _dumbbells(questions, columns, SCALES[scale], scale)
    )
    return Chart(
        drawn,
        title=_scale_title(questions, columns, scale),
        subtitle=_scale_subtitle(scale),
        description=_scale_description(questions, columns, scale),
        table=_scale_table(questions, columns, chosen),
        sources=[row["sources"][0] for held in questions.values() for row in held.values()],
        refs=[
            evidence.refs("policies", (row["id"] for row in held.values()))
            for held in questions.values()
        ],
        name=f"scales-{scale}-{group}",
        legend=[(COLUMNS[name][3], COLUMNS[name][0]) for name in columns],
        mobile={"marks": 0.85},
    )


def _apart(held: dict[str, Row], scale: str) -> int:
    codes = [int(row[scale]) for row in held.values()]
    return max(codes) - min(codes)


def _scale_title(questions: dict[str, dict[str, Row]], columns: tuple[str, ...], scale: str) -> str:
    if not questions:
        return "No question has two positions to compare"
    if scale == "both":
        return "Above zero on both scales: " + ", ".join(
            f"{COLUMNS[name][0]} {above} of {count}"
            for name, above, count in _quadrant(questions, columns, 1)
        )
    spread = {name: _apart(held, scale) for name, held in questions.items()}
    same = sum(not apart for apart in spread.values())
    who = "The two columns" if len(columns) == 2 else "The columns"
    wide = sum(apart >= 2 for apart in spread.values())
    return (
        f"{SCALES[scale][0]}. {who} share our code on {same or 'none'} of {_of(len(questions))}; "
        f"on {wide or 'none'} they lie two points or more apart"
    )


def _quadrant(
    questions: dict[str, dict[str, Row]], columns: tuple[str, ...], sign: int
) -> list[tuple[str, int, int]]:
    """(column, how many of its codes are on the side ``sign`` on both scales, of how many)."""
    held = {name: [one[name] for one in questions.values() if name in one] for name in columns}
    return [
        (name, sum(all(sign * row[scale] > 0 for scale in SCALES) for row in rows), len(rows))
        for name, rows in held.items()
    ]


def _scale_subtitle(scale: str) -> str:
    one = [SCALES[scale]] if scale != "both" else list(SCALES.values())
    ends = "; ".join(f"{parts[0]}: −2 {parts[2]}, +2 {parts[3]}" for parts in one)
    return f"Our codes. {ends}; as of {tables.spell(tables.knowledge_as_of())}"


def _scale_description(
    questions: dict[str, dict[str, Row]], columns: tuple[str, ...], scale: str
) -> str:
    if not questions:
        return "None of the questions has two positions. Choose other columns under “Compare”."
    begin = f"{_of(len(questions))} {'is' if len(questions) == 1 else 'are'} shown"
    if scale == "both":
        below = ", ".join(
            f"{COLUMNS[name][0]} {count} of {all_}"
            for name, count, all_ in _quadrant(questions, columns, -1)
        )
        return (
            f"{begin}. Below zero on both scales: {below}. A number is how many questions stand at"
            " that place."
        )
    same = [DIMENSIONS[name] for name, held in questions.items() if not _apart(held, scale)]
    equal = (
        f"The same code: {'; '.join(same)}."
        if same
        else "On no question are all the codes the same."
    )
    widest = max(_apart(held, scale) for held in questions.values())
    far = [DIMENSIONS[name] for name, held in questions.items() if _apart(held, scale) == widest]
    return (
        f"{begin}. {equal} Widest apart ({widest} point{'' if widest == 1 else 's'}):"
        f" {'; '.join(far)}."
    )


def _scale_table(
    questions: dict[str, dict[str, Row]], columns: tuple[str, ...], chosen: list[str]
) -> pd.DataFrame:
    rows = [
        [
            DIMENSIONS[name],
            *(
                held[column][scale] if column in held else None
                for scale in chosen
                for column in columns
            ),
            *(_apart(held, scale) for scale in chosen),
        ]
        for name, held in questions.items()
    ]
    short = [_heading(column, scale) for scale in chosen for column in columns]
    return pd.DataFrame(
        rows,
        columns=[_QUESTION, *short, *(f"Points apart, {SCALES[one][1]}" for one in chosen)],
        dtype=object,
    )


def _heading(column: str, scale: str) -> str:
    """The heading of a code in the table of the scales: "Biden, commitment"."""
    return f"{COLUMNS[column][1]}, {SCALES[scale][1]}"


#: Sizes that nest, so that equal codes stay visible: the circle inside the diamond inside the
#: square.
_NESTED = {"biden": 8, "trump-campaign": 15, "trump-2": 20}


def _dumbbells(
    questions: dict[str, dict[str, Row]],
    columns: tuple[str, ...],
    parts: tuple[str, ...],
    scale: str,
) -> go.Figure:
    y = {
        name: 26 + index * (LABEL + TRACK + 4) + LABEL + 12 for index, name in enumerate(questions)
    }
    texts = [(-2.3, at - 21, theme.escape_html(DIMENSIONS[name])) for name, at in y.items()]
    heads = [
        (-2, 10, f"<b>−2 {parts[2]}</b>"),
        (0, 10, "<b>0</b>"),
        (2, 10, f"<b>+2 {parts[3]}</b>"),
    ]
    joined = _joined(questions, columns, scale, y)
    marks = _code_marks(questions, columns, scale, y)
    tracks = [(row, Position(), "") for row in range(len(questions))]
    says = [
        (row, Fixed(-2.3), Position(offset=-21), Cell(_QUESTION, "words"))
        for row in range(len(questions))
    ]
    return _bare(
        [
            _baselines([(at, 0) for at in y.values()], tracks),
            joined,
            _texts(heads, "middle center"),
            _texts(texts, "middle right", says),
            *marks,
        ],
        26 + len(y) * (LABEL + TRACK + 4) + 8,
        [-2.6, 2.6],
    )


def _joined(
    questions: dict[str, dict[str, Row]], columns: tuple[str, ...], scale: str, y: dict[str, int]
) -> Trace:
    """A line from the lowest to the highest code of each question."""
    spans: list[tuple[float | None, float | None]] = []
    for name, held in questions.items():
        codes = [row[scale] for row in held.values()]
        spans += [(min(codes), y[name]), (max(codes), y[name]), (None, None)]
    joined: Trace = {
        "type": "scatter",
        "x": [x for x, _ in spans],
        "y": [at for _, at in spans],
        "mode": "lines",
        "line": {"color": theme.GREY, "width": 4},
        "hoverinfo": "skip",
    }
    heads_of = tuple(_heading(column, scale) for column in columns)
    joined["meta"] = encode(
        [one for row in range(len(questions)) for one in (row, row, None)],
        {
            "x": [Extent(heads_of, "low"), Extent(heads_of, "high"), None] * len(questions),
            "y": Position(),
        },
    )
    return joined


def _code_marks(
    questions: dict[str, dict[str, Row]], columns: tuple[str, ...], scale: str, y: dict[str, int]
) -> list[Trace]:
    """A mark for the code of each column, nested where codes are equal."""
    marks = []
    for column in columns:
        rows = [held[column] for held in questions.values() if column in held]
        mark = _mark(
            [row[scale] for row in rows],
            [y[row["dimension"]] for row in rows],
            COLUMNS[column][2],
            COLUMNS[column][4],
            _NESTED[column],
        )
        mark["meta"] = encode(
            [at for at, held in enumerate(questions.values()) if column in held],
            {
                "x": Cell(_heading(column, scale)),
                "y": Position(),
                "marker.symbol": Fixed(COLUMNS[column][2]),
            },
        )
        marks.append(mark)
    return marks


def _grid(questions: dict[str, dict[str, Row]], columns: tuple[str, ...]) -> go.Figure:
    """Both scales: at each place a mark and a number for every column that has codes there."""
    cell, left = 62, -3.1
    marks: list[Trace] = []
    texts: list[tuple[float, float, str]] = []
    says: list[tuple[Stands, Channel, Channel, Channel]] = []
    for index, column in enumerate(columns):
        counts: dict[tuple[int, int], int] = {}
        stand: dict[tuple[int, int], list[int]] = {}
        for number, held in enumerate(questions.values()):
            if column in held:
                at = (held[column]["commitment"], held[column]["multilateral"])
                counts[at] = counts.get(at, 0) + 1
                stand.setdefault(at, []).append(number)
        shift = (index - (len(columns) - 1) / 2) * 18
        y = [(2 - rows) * cell + cell / 2 + shift for _, rows in counts]
        mark = _mark([x - 0.15 for x, _ in counts], y, COLUMNS[column][2], COLUMNS[column][4], 11)
        across, up = (_heading(column, scale) for scale in SCALES)
        # Upwards is towards 0 on the axis; the mark of each column stands a step aside.
        high = Cell(up, several="each", origin="0", scale=-cell, offset=shift)
        channels: dict[str, Channel] = {
            "x": Cell(across, several="each", offset=-0.15),
            "y": high,
            "marker.symbol": Fixed(COLUMNS[column][2]),
        }
        mark["meta"] = encode(list(stand.values()), channels)
        marks.append(mark)
        says += [
            (rows, Cell(across, several="each", offset=-0.02), high, Count())
            for rows in stand.values()
        ]
        texts += [
            (x - 0.02, at, str(count))
            for (x, _), at, count in zip(counts, y, counts.values(), strict=True)
        ]
    bottom = 5 * cell
    lines = _squares(bottom, cell)
    return _bare(
        [
            *_scale_texts(bottom, cell),
            _texts(texts, "middle right", says),
            *marks,
        ],
        bottom + 62,
        [left, 2.6],
        top=-22,
        shapes=lines,
    )


def _squares(bottom: int, cell: int) -> list[Trace]:
    """The lines between the places of the grid."""
    lines = [
        {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": bottom, "line": {"width": 1}}
        for x in (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)
    ]
    lines += [
        {
            "type": "line",
            "x0": -2.5,
            "x1": 2.5,
            "y0": at * cell,
            "y1": at * cell,
            "line": {"width": 1},
        }
        for at in range(6)
    ]
    return lines


def _scale_texts(bottom: int, cell: int) -> list[Trace]:
    """Numbers along both scales, and what they measure."""
    ends = [(float(x), bottom + 12.0, f"<b>{code(x)}</b>") for x in range(-2, 3)]
    sides = [
        (-2.75, (2 - value) * cell + cell / 2, f"<b>{code(value)}</b>") for value in range(-2, 3)
    ]
    names = [(0.0, bottom + 32.0, "commitment to Ukraine: least ◀ ▶ most")]
    axis_texts = [(-2.95, -10, "▲ working with allies: together"), (-2.95, bottom + 52, "▼ alone")]
    return [_texts(ends + sides + names, "middle center"), _texts(axis_texts, "middle right")]


# -- pieces ----------------------------------------------------------------------------------------
def _mark(
    x: list[float],
    y: list[float],
    symbol: str,
    colour: str,
    size: int,
    hover: list[str] | None = None,
    rows: list[Row] | None = None,
) -> Trace:
    """Marks of one symbol.

    With ``rows`` each carries the number of its row, so that a click finds it in the list.
    """
    named = (
        {"hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>"}
        if hover
        else {"hoverinfo": "skip"}
    )
    ids = {"ids": [str(number) for number in range(len(rows))]} if rows else {}
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "markers",
        "cliponaxis": False,
        **named,
        **ids,
        "marker": {
            "symbol": symbol,
            "color": colour,
            "size": size,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
    }


def _baselines(
    middles: list[tuple[float, float]], tracks: Sequence[tuple[Stands, Position, str]]
) -> Trace:
    """Thin lines from −2 to +2 with a tick at 0, for each (y, middle).

    ``tracks`` says of each which row stands on it, its place, and the name that is drawn at its
    middle, if the middle is not the 0 of the axis.
    """
    stand: list[Stands] = []
    x_says: list[Channel | None] = []
    y_says: list[Channel | None] = []
    for row, position, name in tracks:
        for step in (-2.0, 2.0, None, 0.0, 0.0, None):
            stand.append(None if step is None else row)
            here = At(name, offset=step or 0) if name else Fixed(step or 0)
            x_says.append(None if step is None else here)
        tick = (replace(position, offset=aside) for aside in (-5, 5))
        y_says += [position, position, None, *tick, None]
    points: list[tuple[float | None, float | None]] = []
    for y, x in middles:
        points += [(x - 2, y), (x + 2, y), (None, None), (x, y - 5), (x, y + 5), (None, None)]
    return {
        "type": "scatter",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "mode": "lines",
        "line": {"color": theme.GREY, "width": 1},
        "hoverinfo": "skip",
        "meta": encode(stand, {"x": x_says, "y": y_says}),
    }


def _texts(
    points: Sequence[tuple[float, float, str]],
    position: str,
    says: Sequence[tuple[Stands, Channel, Channel, Channel]] | None = None,
) -> Trace:
    """Texts at places; ``says`` is of each its row, and what x, y and the words stand for."""
    if says is None:
        meta = decoration("headings and ends of scales")
    else:
        parts = {
            "x": [x for _, x, _, _ in says],
            "y": [y for _, _, y, _ in says],
            "text": [text for *_, text in says],
        }
        meta = encode([row for row, *_ in says], parts)
    return {
        "meta": meta,
        "type": "scatter",
        "x": [x for x, _, _ in points],
        "y": [y for _, y, _ in points],
        "mode": "text",
        "text": [text for _, _, text in points],
        "textposition": position,
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _bare(
    traces: list[Trace],
    height: float,
    span: list[float],
    top: float = 0,
    shapes: list[dict[str, Any]] | None = None,
) -> go.Figure:
    """A figure without axes: all labels are texts at places."""
    return theme.figure(
        *traces,
        height=height - top + 8,
        showlegend=False,
        shapes=shapes or [],
        meta=encode_layout(shapes=[{} for _ in shapes or []]),
        margin={"l": 6, "r": 6, "t": 4, "b": 4, "autoexpand": False},
        xaxis={**theme.BARE_AXIS, "range": span},
        yaxis={**theme.BARE_AXIS, "range": [height, top]},
    )
