"""Why did Pyongyang do it?

Five explanations against the evidence: the worked grid, and what single rows carry.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    At,
    Cell,
    Channel,
    Fact,
    Fixed,
    Mapped,
    Position,
    Said,
    decoration,
    encode,
    encode_layout,
)
from ..facts import evidence as facts
from ..facts import tables
from ..methods import hypotheses as ach

Row = dict[str, Any]
Trace = dict[str, Any]

#: The five explanations: the column of the table, a name, and what exactly is claimed. Each says
#: *above all*, since motives do not exclude one another: a state can want all five.
HYPOTHESES = {
    "money": (
        "Money and goods",
        "Pyongyang wanted above all to be paid: in money, oil, food and goods.",
    ),
    "technology": (
        "Technology",
        (
            "Pyongyang wanted above all military technology: for missiles, satellites, submarines "
            "and air defence."
        ),
    ),
    "experience": (
        "Combat experience",
        "Pyongyang wanted above all that its army learns modern war.",
    ),
    "guarantee": (
        "Treaty and guarantee",
        "Pyongyang wanted above all to bind Russia, so that Russia must help in a crisis in Korea.",
    ),
    "leverage": (
        "Weight with Beijing",
        "Pyongyang wanted above all to depend less on China and to count for more with Beijing.",
    ),
}
NAMES = {hypothesis: name for hypothesis, (name, _) in HYPOTHESES.items()}
LETTERS = dict(zip(HYPOTHESES, "ABCDE", strict=True))

#: Kinds of evidence, in words.
KINDS = {
    "act": "what was done in the open",
    "own-words": "Pyongyang's own words",
    "partner-words": "words of Moscow and Beijing",
    "services": "what Seoul, Kyiv and Washington say",
    "research": "researchers and press",
}

#: How a mark is drawn: plotly's symbol, the same shape as a character, size, colour.
SIGNS = {
    "CC": ("circle", "●", 15, theme.BLUE),
    "C": ("circle-open", "○", 12, theme.BLUE),
    "N": ("circle", "·", 4, theme.GREY),
    "I": ("x-thin-open", "✕", 11, theme.ORANGE),
    "II": ("x", "✖", 15, theme.ORANGE),
}
TINTS = {"CC": 0.34, "C": 0.16, "N": 0.0, "I": 0.16, "II": 0.34}

#: The mark of an explanation on a row, as the table and the drawing show it: its text, and symbol.
_CELLS = {f"{sign} {mark}": symbol for mark, (symbol, sign, _, _) in SIGNS.items()}
_EVIDENCE = "Evidence"

ORDERS = {
    "diagnosticity": "how well a row tells explanations apart",
    "credibility": "how far it can be believed",
    "date": "when it became public",
}
#: The day the article was written, as a stop before everything known.
AS_OF = ("2024-11-27",)

# Pixels, and parts of the width.
HEAD, LINE, LABEL = 100, 46, 0.47
WIDTH_OF_TEXT = 22  # characters: the labels on a phone


def order_options() -> list[tuple[str, str]]:
    """(label, value) of the orders in which rows can stand."""
    return [
        ("Diagnosticity (tells most apart)", "diagnosticity"),
        ("Credibility", "credibility"),
        ("Date", "date"),
    ]


def kind_options() -> list[tuple[str, str | None]]:
    """(label, value) of the kinds of evidence that can be left out; nothing left out first."""
    return [("nothing", None), *((label, kind) for kind, label in KINDS.items())]


def as_of_options() -> list[tuple[str, str | None]]:
    """(label, value) of the stops of the as-of stepper; the last is everything the tables know."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [*((tables.spell(day), day) for day in AS_OF), (last, None)]


def row_options(evidence: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of the rows that can be left out, by date; nothing left out first."""
    rows = evidence.sort_values(["date", "id"], kind="stable")
    return [("nothing", None), *zip(rows["short"], rows["id"], strict=True)]


# -- the worked grid -------------------------------------------------------------------------------
def grid(
    evidence: pd.DataFrame,
    order: str = "diagnosticity",
    without: str | None = None,
    known: str | None = None,
) -> Chart:
    """The worked grid as a heat map with symbols: evidence down, explanations across, scores above.

    ``evidence`` is (rows of) the table ``evidence``; ``order`` is a key of `ORDERS`; ``without`` is
    a kind of evidence to leave out; ``known`` is a day after which nothing counts. Raises
    ``KeyError`` for another order or kind.
    """
    if without is not None and without not in KINDS:
        raise KeyError(without)
    public = tables.as_of(evidence, known) if known else evidence
    rows = _ordered(public[public["kind"] != without], order)
    frame = pd.DataFrame(rows, columns=[*evidence.columns, "spread"])
    scores = ach.inconsistency(frame, list(HYPOTHESES))
    when = (
        f"public by {tables.spell(known)}"
        if known
        else f"as of {tables.spell(tables.knowledge_as_of())}"
    )
    return Chart(
        _map(rows, scores),
        title=_grid_title(rows, scores, without),
        subtitle=(
            "Our marks, which you may contest; numbers: weighted inconsistency score (lower is"
            f" better); {when}"
        ),
        description=_grid_description(frame, scores),
        table=_grid_table(rows),
        sources=sorted({one for row in rows for one in row["sources"]}),
        refs=facts.refs("evidence", (row["id"] for row in rows)),
        known=known or "",
        name="hypotheses-grid",
        list_columns={
            "when": "Public since",
            "title": "Evidence",
            "body": "Why these marks",
            "status": "Marks",
        },
        legend=[
            *((letter, NAMES[hypothesis]) for hypothesis, letter in LETTERS.items()),
            *((sign, ach.WORDS[mark]) for mark, (_, sign, _, _) in SIGNS.items()),
            ("▲", "least against it"),
        ],
        mobile={"labels": False, "marks": 0.76},
    )


def _ordered(evidence: pd.DataFrame, order: str) -> list[Row]:
    """The rows with their diagnosticity as ``spread``, in the order given; ties by date."""
    rows = [
        {**row, "spread": ach.diagnosticity(row[one] for one in HYPOTHESES)}
        for row in tables.records(evidence)
    ]
    by = {
        "diagnosticity": lambda row: -row["spread"],
        "credibility": lambda row: -ach.WEIGHTS[row["credibility"]],
        "date": lambda row: row["date"],
    }[order]
    return sorted(sorted(rows, key=lambda row: (row["date"], row["id"])), key=by)


def _map(rows: list[Row], scores: dict[str, float]) -> go.Figure:
    offsets = [HEAD + LINE * (number + 0.5) for number in range(len(rows))]
    width = (1 - LABEL) / len(HYPOTHESES)
    columns = {
        hypothesis: round(LABEL + width * (number + 0.5), 3)
        for number, hypothesis in enumerate(HYPOTHESES)
    }
    cells = [
        (columns[hypothesis], y, row[hypothesis])
        for row, y in zip(rows, offsets, strict=True)
        for hypothesis in HYPOTHESES
    ]
    height = HEAD + LINE * len(rows)
    lines = [
        {
            "type": "line",
            "x0": 0,
            "x1": 1,
            "y0": HEAD + LINE * n,
            "y1": HEAD + LINE * n,
            "line": {"width": 1},
        }
        for n in range(len(rows) + 1)
    ]
    return theme.figure(
        _tint(cells),
        *_symbols(cells, rows),
        _evidence_texts(rows, offsets),
        *_head_texts(columns, scores),
        height=height + 8,
        showlegend=False,
        shapes=lines,
        meta=encode_layout(shapes=[{} for _ in lines]),
        margin={"l": 4, "r": 4, "t": 4, "b": 4, "autoexpand": False},
        xaxis={**theme.BARE_AXIS, "range": [0, 1]},
        yaxis={**theme.BARE_AXIS, "range": [max(height, 60), 0]},
    )


def _evidence_texts(rows: list[Row], offsets: list[float]) -> Trace:
    """The name of the sums, and the evidence in short, a row each."""
    texts = [
        (0.0, 72.0, "<b>Speaks against it</b>"),
        *(
            (0.0, y, theme.wrapped(row["short"], WIDTH_OF_TEXT))
            for row, y in zip(rows, offsets, strict=True)
        ),
    ]
    return {
        **_texts(texts, "middle right", 12),
        "meta": encode(
            [None, *range(len(rows))],
            {
                "x": Fixed(0.0),
                "y": [Fixed(72.0), *(Position() for _ in rows)],
                "text": [Fixed(texts[0][2]), *(Cell(_EVIDENCE, "text") for _ in rows)],
            },
        ),
    }


def _head_texts(columns: dict[str, float], scores: dict[str, float]) -> list[Trace]:
    """Letter, name and sum of each explanation, and a sign under the least."""
    best = min(scores.values())
    heads = [(x, 12.0, f"<b>{LETTERS[hypothesis]}</b>") for hypothesis, x in columns.items()]
    names = [(x, 40.0, theme.wrapped(NAMES[hypothesis], 11)) for hypothesis, x in columns.items()]
    sums = [(x, 72.0, f"<b>{scores[hypothesis]:.2f}</b>") for hypothesis, x in columns.items()]
    least = [(x, 88.0, "▲") for hypothesis, x in columns.items() if scores[hypothesis] == best]
    under = [*columns, *(hypothesis for hypothesis in columns if scores[hypothesis] == best)]
    says: list[Channel] = [Said(after=NAMES[hypothesis]) for hypothesis in columns]
    says += [Fixed("▲") for _ in under[len(columns) :]]
    return [
        {**_texts(heads, "middle center", 14), "meta": decoration("letters of the explanations")},
        {
            **_texts(names, "middle center", 12, wide=True),
            "meta": encode(
                [None] * len(names),
                {
                    "x": [At(LETTERS[hypothesis]) for hypothesis in columns],
                    "y": Fixed(40.0),
                    "text": [Fixed(name) for *_, name in names],
                },
            ),
        },
        {
            **_texts([*sums, *least], "middle center", 12),
            "meta": encode(
                [None] * len(says),
                {
                    "x": [At(LETTERS[hypothesis]) for hypothesis in under],
                    "y": [Fixed(y) for _, y, _ in (*sums, *least)],
                    "text": says,
                },
            ),
        },
    ]


def _tint(cells: list[tuple[float, float, str]]) -> Trace:
    """A square behind each mark that says something: the heat of the map.

    The symbol on it says it without colour.
    """
    tinted = [number for number, cell in enumerate(cells) if TINTS[cell[2]]]
    said = [cells[number] for number in tinted]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in said],
        "y": [y for _, y, _ in said],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": "square",
            "size": 34,
            "color": [SIGNS[mark][3] for _, _, mark in said],
            "opacity": [TINTS[mark] for _, _, mark in said],
            "line": {"width": 0},
        },
        "meta": _encoded(
            tinted,
            {"marker.opacity": _looks(tinted, {text: TINTS[text.split()[1]] for text in _CELLS})},
        ),
    }


def _encoded(
    numbers: Sequence[int], more: Mapping[str, Channel | Sequence[Channel | None]]
) -> dict[str, Any]:
    """What marks of the map stand for: cells counted row by row, each under its explanation."""
    pairs = [divmod(number, len(HYPOTHESES)) for number in numbers]
    letters = list(LETTERS.values())
    return encode(
        [row for row, _ in pairs],
        {"x": [At(letters[column]) for _, column in pairs], "y": Position(), **more},
    )


def _looks(numbers: Sequence[int], looks: dict[str, Any]) -> list[Mapped]:
    """Each mark looks as the cell of its explanation says."""
    names = list(NAMES.values())
    return [Mapped(names[number % len(HYPOTHESES)], looks) for number in numbers]


def _symbols(cells: list[tuple[float, float, str]], rows: list[Row]) -> list[Trace]:
    hover = [
        f"<b>{theme.wrapped(row['short'])}</b><br>{theme.escape_html(NAMES[hypothesis])}:"
        f" {ach.WORDS[row[hypothesis]]}"
        for row in rows
        for hypothesis in HYPOTHESES
    ]
    quiet = [number for number, cell in enumerate(cells) if cell[2] == "N"]
    traces = [_marks("N", quiet, cells, rows, {"hoverinfo": "skip"})] if quiet else []
    # One trace a mark and column: within a trace plotly takes equal ids for one point, and the id
    # is the row to open.
    for mark, column in itertools.product(("CC", "C", "I", "II"), range(len(HYPOTHESES))):
        here = [
            number
            for number in range(column, len(cells), len(HYPOTHESES))
            if cells[number][2] == mark
        ]
        if here:
            traces.append(
                _marks(
                    mark,
                    here,
                    cells,
                    rows,
                    {
                        "ids": [str(number // len(HYPOTHESES)) for number in here],
                        "hovertext": [hover[number] for number in here],
                        "hovertemplate": "%{hovertext}<extra></extra>",
                    },
                )
            )
    return traces


def _marks(
    mark: str,
    numbers: list[int],
    cells: list[tuple[float, float, str]],
    rows: list[Row],
    more: Trace,
) -> Trace:
    symbol, _, size, colour = SIGNS[mark]
    short = [
        Fact("evidence", rows[number // len(HYPOTHESES)]["id"], "short", "text")
        for number in numbers
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [cells[number][0] for number in numbers],
        "y": [cells[number][1] for number in numbers],
        "cliponaxis": False,
        "marker": {
            "symbol": symbol,
            "size": size,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
        "meta": _encoded(
            numbers,
            {
                "marker.symbol": _looks(numbers, _CELLS),
                **({"hovertext": short} if "hovertext" in more else {}),
            },
        ),
        **more,
    }


def _texts(
    points: Sequence[tuple[float, float, str]], position: str, size: int, wide: bool = False
) -> Trace:
    """Words at places; ``wide`` words have ids, by which a phone drops them."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in points],
        "y": [y for _, y, _ in points],
        "text": [text for _, _, text in points],
        "textposition": position,
        "textfont": {"size": size},
        "hoverinfo": "skip",
        "cliponaxis": False,
        **({"ids": [str(number) for number in range(len(points))]} if wide else {}),
    }


def named(keys: Sequence[str], joint: str = "and") -> str:
    """Explanations by name: `“Technology”`, `“Technology” and “Combat experience”`."""
    quoted = [f"“{NAMES[hypothesis]}”" for hypothesis in keys]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}"


def _grid_title(rows: list[Row], scores: dict[str, float], without: str | None) -> str:
    if not rows:
        return "No evidence is left"
    order = ach.ranking(scores)
    start = f"Without {KINDS[without]}: " if without else ""
    best = scores[order.first[0]]
    if best == 0:
        some = (
            named(order.first)
            if len(order.first) < 3
            else f"{len(order.first)} of {len(scores)} explanations"
        )
        said = f"nothing yet speaks against {some}"
    else:
        said = f"least speaks against {named(order.first)} ({best:.2f})"
    last = order.groups[-1]
    most = f", most against {named(last)} ({scores[last[0]]:.2f})" if len(order.groups) > 1 else ""
    return f"{start}{said}{most}" if start else f"{said[0].upper()}{said[1:]}{most}"


def _grid_description(frame: pd.DataFrame, scores: dict[str, float]) -> str:
    if frame.empty:
        return "None of the evidence is left. Choose a later day, or leave out nothing."
    blunt = int((frame["spread"] == 0).sum())
    turning = int(ach.sensitivity(frame, list(HYPOTHESES))["changes"].sum())
    against = ", ".join(f"{NAMES[hypothesis]} {score:.2f}" for hypothesis, score in scores.items())
    rows = "row" if len(frame) == 1 else "rows"
    return (
        f"{len(frame)} {rows} of evidence, {blunt or 'none'} without diagnostic value (the same"
        f" mark for all). Speaks against: {against}. {turning or 'None'} of the rows, left out"
        " alone, would change who stands best."
    )


def _grid_table(rows: list[Row]) -> pd.DataFrame:
    columns = [
        _EVIDENCE,
        "Kind",
        "Public since",
        "Credibility",
        "Relevance",
        *NAMES.values(),
        "Diagnosticity",
        "Why these marks",
        "Marks",
        "Taken from",
    ]
    return pd.DataFrame(
        [
            [
                row["statement"],
                KINDS[row["kind"]],
                tables.spell(row["date"]),
                row["credibility"],
                row["relevance"],
                *(f"{SIGNS[row[hypothesis]][1]} {row[hypothesis]}" for hypothesis in HYPOTHESES),
                row["spread"],
                row["reason"],
                " ".join(
                    f"{LETTERS[hypothesis]} {SIGNS[row[hypothesis]][1]}"
                    for hypothesis in HYPOTHESES
                ),
                f"table {row['from_table']}, row {row['from_id']}",
            ]
            for row in rows
        ],
        columns=columns,
    )


# -- what single rows carry ------------------------------------------------------------------------
_ALL_ROWS = "With all rows"
COUNTS = {"against": "Speaks against it (weighted)", "for": "Rows that fit it"}


def count_options() -> list[tuple[str, str]]:
    """(label, value) of the two ways to count."""
    return [("What speaks against it", "against"), ("How many rows fit it", "for")]


def standings(evidence: pd.DataFrame, count: str = "against", without: str | None = None) -> Chart:
    """Bars: what speaks against each explanation, or how many rows fit it, one row left out.

    ``evidence`` is (rows of) the table ``evidence``; ``count`` is a key of `COUNTS`; ``without`` is
    the id of the row left out. Raises ``KeyError`` for another way to count or an unknown id.
    """
    if without is not None and without not in set(evidence["id"]):
        raise KeyError(without)
    kept, keys = evidence[evidence["id"] != without], list(HYPOTHESES)
    values, whole = (
        (
            {hypothesis: float(value) for hypothesis, value in ach.support(frame, keys).items()}
            if count == "for"
            else ach.inconsistency(frame, keys)
        )
        for frame in (kept, evidence)
    )
    now, before = (ach.ranking(ach.inconsistency(frame, keys)) for frame in (kept, evidence))
    left = None if without is None else _inside(str(evidence.set_index("id").at[without, "short"]))
    return Chart(
        _bars(values, whole, count, left is not None),
        title=_standing_title(count, values, now, before, left),
        subtitle=(
            f"{COUNTS[count]}, {len(kept)} of {len(evidence)} rows of evidence, as of "
            f"{tables.spell(tables.knowledge_as_of())}"
        ),
        description=_standing_description(count, values, whole, left),
        table=pd.DataFrame(
            [
                [
                    NAMES[hypothesis],
                    values[hypothesis],
                    whole[hypothesis],
                    now.rank(hypothesis),
                    HYPOTHESES[hypothesis][1],
                ]
                for hypothesis in keys
            ],
            columns=[
                "Explanation",
                COUNTS[count],
                _ALL_ROWS,
                "Place by what speaks against it",
                "What it claims",
            ],
        ),
        sources=sorted({one for cell in kept["sources"] for one in cell}),
        name=f"hypotheses-{count}",
        legend=[("▬", "without this row"), ("│", "with all rows")] if left is not None else [],
    )


def _bars(
    values: dict[str, float], whole: dict[str, float], count: str, compared: bool
) -> go.Figure:
    step, top = 52, max(1.0, *values.values(), *whole.values()) * 1.18
    y = [step * number + 36 for number in range(len(values))]
    said = [f"{value:.0f}" if count == "for" else f"{value:.2f}" for value in values.values()]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "x": list(values.values()),
        "y": y,
        "width": 20,
        "hoverinfo": "skip",
        "marker": {"color": theme.BLUE if count == "for" else theme.ORANGE},
        "meta": encode(range(len(values)), {"x": Cell(COUNTS[count]), "y": Position()}),
    }
    before = _before(whole, y)
    labels = _texts(
        [
            (0.0, at - 20.0, f"{theme.escape_html(NAMES[hypothesis])}: <b>{text}</b>")
            for hypothesis, at, text in zip(values, y, said, strict=True)
        ],
        "middle right",
        13,
    )
    labels["meta"] = encode(
        range(len(values)),
        {"x": Fixed(0.0), "y": Position(offset=-20.0), "text": Cell(COUNTS[count])},
    )
    height = step * len(values) + 8
    return theme.figure(
        bars,
        *([before] if compared else []),
        labels,
        height=height + 56,
        showlegend=False,
        bargap=0,
        margin={"l": 6, "r": 10, "t": 4, "b": 52, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [0, top],
            "title": {"text": COUNTS[count], "standoff": 4},
        },
        yaxis=theme.row_axis(height),
    )


def _before(whole: dict[str, float], y: list[int]) -> Trace:
    """The sums of all rows, as strokes across the bars."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(whole.values()),
        "y": y,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"symbol": "line-ns-open", "size": 26, "color": theme.GREY, "line": {"width": 3}},
        "meta": encode(range(len(whole)), {"x": Cell(_ALL_ROWS), "y": Position()}),
    }


def _standing_title(
    count: str, values: dict[str, float], now: ach.Ranking, before: ach.Ranking, left: str | None
) -> str:
    start = f"Without “{left}”: " if left else ""
    if count == "for":
        top, worst = max(values.values()), now.groups[-1][-1]
        most = [hypothesis for hypothesis, value in values.items() if value == top]
        said = f"{start}most rows fit {named(most)} ({top:.0f})"
        return (
            f"{said[0].upper()}{said[1:]}; {values[worst]:.0f} fit {named([worst])}, against which"
            " most speaks"
        )
    verb = "stands" if len(now.first) == 1 else "stand"
    if left is None:
        against = "it" if len(now.first) == 1 else "each"
        return f"{named(now.first)} {verb} best, with {values[now.first[0]]:.2f} against {against}"
    if now.first == before.first:
        return f"{start}{named(now.first)} still {verb} best"
    return f"{start}{named(now.first)} now {verb} best: the first place changes"


def _inside(text: str) -> str:
    """`text` for use inside quotation marks: its own become single ones."""
    return text.replace("“", "‘").replace("”", "’")


def _standing_description(
    count: str, values: dict[str, float], whole: dict[str, float], left: str | None
) -> str:
    show = "{:.0f}" if count == "for" else "{:.2f}"
    values_text = ", ".join(
        f"{NAMES[hypothesis]} {show.format(value)}" for hypothesis, value in values.items()
    )
    moved = [NAMES[hypothesis] for hypothesis in values if values[hypothesis] != whole[hypothesis]]
    change = f" The row left out moves {', '.join(moved) or 'nothing'}." if left else ""
    return f"{len(values)} explanations. {COUNTS[count]}: {values_text}.{change}"
