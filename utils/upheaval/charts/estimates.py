"""How many soldiers: points, ranges, floors and ceilings, never two measures on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    Beyond,
    Cell,
    Channel,
    Fixed,
    Position,
    Said,
    decoration,
    encode,
    encode_layout,
)
from ..facts import evidence, tables
from ..methods import estimates as method
from ..methods.estimates import DefensibleRange, Interval
from ..protocol import ListColumns, RowRules

#: Measures that the explorer offers: (words for a list, words after a number).
MEASURES = {
    "deployed_in_russia": ("In Russia", "soldiers in Russia"),
    "in_kursk": ("In the Kursk region", "soldiers in the Kursk region"),
    "planned_total": ("Planned or expected", "soldiers planned or expected"),
    "cumulative_sent": ("Sent in all", "soldiers sent in all"),
    "killed_and_wounded": ("Killed and wounded together", "soldiers killed or wounded"),
    "killed": ("Killed", "soldiers killed"),
    "wounded": ("Wounded", "soldiers wounded"),
}

#: Rows that count something else than their measure for all DPRK soldiers. They are drawn, and
#: leave the range alone.
OTHER_COUNTS = {
    "hur-2024-12-14-casualties": "Russian and DPRK units together",
    "us-2024-12-27-week": "in one week",
    "dprk-2025-08-22-portraits": "portraits only",
    "dprk-2025-08-29-portraits": "portraits only",
    "dprk-2025-12-12-engineers-killed": "one regiment only",
}

#: Days for the as-of stepper; the last is everything known. 23 October 2024 is left to the reader:
#: it is the task.
DAYS = ("2024-10-18", "2024-11-05", "2024-11-27", "2024-12-23", "2025-01-22", "2025-04-30", None)

#: December 2024: days on which a new number came out, and the end of the month, when it had been
#: passed on.
DECEMBER = ("2024-12-14", "2024-12-18", "2024-12-19", "2024-12-23", "2024-12-27", "2024-12-31")
DECEMBER_MEASURES = ("killed", "wounded", "killed_and_wounded")
#: Pages that told the week's number in other words, by source, with the measure that their words
#: name.
RETOLD = {"online-2024-kirbykilled": "killed", "cosmic-2024-kirbydied": "killed"}
RETOLD_OF = "us-2024-12-27-week"

#: The rows of the bug hunt, in the order in which the misleading drawing lines them up.
HUNT = (
    "us-2024-10-31-kursk",
    "nis-2024-11-20-kursk",
    "pentagon-2024-11-26-deployed",
    "umerov-2024-11-05-plan",
)
MISLEADING = "Deliberately misleading drawing for the bug hunt of lesson 03: do not use"

SIDES = {"ROK": "South Korea", "UKR": "Ukraine", "US": "United States"}
OTHERS = "Others"
_CAPITALS = {"ROK": "Seoul", "UKR": "Kyiv", "US": "Washington"}
_COLOURS = {"ROK": theme.BLUE, "UKR": theme.ORANGE, "US": theme.GREEN, OTHERS: theme.PURPLE}

#: Names short enough for a phone, with the capital where the table's name needs it; the table keeps
#: the full name.
_SHORT = {
    "NIS": "Seoul’s NIS",
    "NIS source via Yonhap": "Seoul, via Yonhap",
    "HUR": "Kyiv’s HUR",
    "HUR (Budanov)": "Kyiv’s HUR",
    "ROK Joint Chiefs of Staff": "Seoul’s Joint Chiefs",
    "ROK Ministry of National Defense": "Seoul’s defence ministry",
    "ROK estimates (Yonhap)": "Seoul, via Yonhap",
    "Ukraine Ministry of Defence": "Kyiv’s defence ministry",
    "Ukraine Centre for Countering Disinformation": "Kyiv’s disinformation centre",
    "U.S. Department of Defense": "U.S. Defense Department",
    "DPRK state media, as counted by press": "DPRK portraits, press count",
    "KCNA (portraits shown)": "DPRK state media",
    "KCNA (Kim's speech)": "DPRK state media",
}

_KIND_WORDS = {"point": "one number", "range": "from–to", "floor": "at least", "ceiling": "up to"}
_KIND_SIGNS = {"point": "●", "range": "●─●", "floor": "┃─▷", "ceiling": "◁─┃"}

#: A row of the table as a dict, with ``said``, ``side``, ``role``, ``publishers`` and ``place``; or
#: a piece of a figure in plotly's plain form, which is checked once where an object of plotly's
#: would be checked twice.
Row = dict[str, Any]

# Sizes in pixels, as in the timeline: a row is a line of text with its mark below.
_ROW, _HEAD, _TICKS = 46, 26, 34
# An open end is drawn this long, as a share of the scale: it says "on from here", not how far.
_ARROW = 0.10
_ROOM = 1.18  # the scale ends this much beyond the highest number
_NAME, _MARK = 9, 30  # within a row

#: Headings of the table that drawings refer to.
_WHEN, _ESTIMATE, _MEASURE, _LOW, _HIGH = "Published", "Estimate", "Measure", "Lowest", "Highest"


# -- the explorer ----------------------------------------------------------------------------------
def ranges(
    estimates: pd.DataFrame,
    measure: str = "deployed_in_russia",
    day: str | None = None,
    publishers: int = 1,
) -> Chart:
    """What was public about a measure by one day, and the range that it leaves; a row an estimate.

    ``estimates`` is (rows of) the table of that name; ``measure`` a key of `MEASURES`; ``day`` an
    ISO date (``None``: everything known); ``publishers`` the least number of independent publishers
    behind a row. The shaded band is `methods.estimates.defensible_range`: of each side only the
    last day's numbers, without `OTHER_COUNTS`. It has a row filter for ``side``. Raises
    ``KeyError`` for an unknown measure.
    """
    counted = MEASURES[measure][1]
    public = _public(estimates[estimates["measure"] == measure], day)
    carried = public[public["publishers"] >= publishers]
    found = _range(carried, measure)
    rows = _records(carried, found)
    scale = _scale(
        method.interval(row) for row in tables.records(public[["id", "low", "high", "best"]])
    )
    height = max(len(rows), 1) * _ROW + 8
    figure = theme.figure(
        *_drawn(rows, scale, 8),
        height=height + _TICKS,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 0, "b": _TICKS, "autoexpand": False},
        xaxis={**_AXIS, "range": [0, scale]},
        yaxis={**_NO_AXIS, "range": [height, 0]},
        shapes=_band(found, scale),
        meta=encode_layout(_band_meta(found, scale)),
    )
    when = tables.spell(day or tables.knowledge_as_of())
    return Chart(
        figure,
        subtitle=f"{counted[:1].upper()}{counted[1:]}: public estimates, in order of publication"
        + ("; two independent publishers or more" if publishers > 1 else ""),
        table=_table(rows),
        sources=[row["sources"] for row in rows],
        refs=_refs(rows),
        name=f"estimates-{measure.replace('_', '-')}",
        row_filters=_row_filters(rows, found, counted, when, publishers),
        list_columns=_LIST_COLUMNS,
        legend=_legend(rows, found),
    )


def measure_options() -> list[tuple[str, str]]:
    """(label, value) of every measure but the wounded, whom only one side counts."""
    return [(label, measure) for measure, (label, _) in MEASURES.items() if measure != "wounded"]


def side_options() -> list[tuple[str, str | None]]:
    """(label, value) of the sides, all of them first."""
    return [("All sides", None), *((name, side) for side, name in SIDES.items()), (OTHERS, OTHERS)]


def day_options(days: Sequence[str | None] = DAYS) -> list[tuple[str, str | None]]:
    """(label, value) of the stops of an as-of stepper."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [(tables.spell(day) if day else last, day) for day in days]


def publisher_options() -> list[tuple[str, int]]:
    """(label, value) of how many independent publishers a row needs."""
    return [("One is enough", 1), ("Two or more", 2)]


def voices(estimates: pd.DataFrame) -> pd.Series:
    """Who can replace whose number: the side, and for "independent" the estimator itself."""
    return estimates["estimator_side"].mask(
        estimates["estimator_side"] == "independent", estimates["estimator"]
    )


def whole(estimates: pd.DataFrame) -> pd.DataFrame:
    """The estimates without `OTHER_COUNTS`: counts of a part, or of more than DPRK soldiers."""
    return estimates[~estimates["id"].isin(OTHER_COUNTS)]


# -- one week in December --------------------------------------------------------------------------
def december(estimates: pd.DataFrame, day: str = DECEMBER[-1], telling: str = "said") -> Chart:
    """December 2024 by measure, each on its own scale: as said, or with how it was ``retold``.

    ``day`` is one of `DECEMBER`. A retelling is no estimate: it is marked ✕, and stands where its
    words put it. Raises ``ValueError`` when ``telling`` is neither ``said`` nor ``retold``.
    """
    if telling not in ("said", "retold"):
        raise ValueError(f"telling is {telling!r}; it may be 'said' or 'retold'")
    public = _public(estimates[estimates["measure"].isin(DECEMBER_MEASURES)], day)
    public = public[tables.span(public["date"])["start"] >= "2024-12-01"]
    said = _records(public, None)
    retold = _retold(estimates, day) if telling == "retold" else []
    rows = [row | {"index": index} for index, row in enumerate([*said, *retold])]
    when = tables.spell(day)
    return Chart(
        _panels(rows, DECEMBER_MEASURES),
        title=_december_title(public, retold, when),
        subtitle=f"DPRK soldiers, 1 December 2024 to {when}; each measure on a scale of its own",
        description=_december_description(said, retold, when, telling),
        table=_table(rows),
        sources=_cited(rows),
        refs=[*_refs(said), *("" for _ in retold)],  # a retelling is no estimate
        known=day,
        name=f"december-2024-{telling}",
        list_columns=_LIST_COLUMNS,
        legend=_legend(rows, None),
    )


def telling_options() -> list[tuple[str, str]]:
    """(label, value) of the two tellings."""
    return [("as it was said", "said"), ("and as it was retold", "retold")]


def _retold(estimates: pd.DataFrame, day: str) -> list[Row]:
    """The retellings public by ``day``, as table rows, with the measure their words name."""
    original = _records(estimates[estimates["id"] == RETOLD_OF].assign(publishers=0), None)[0]
    pages = tables.read("sources").set_index("id").loc[list(RETOLD)]
    known = tables.span(pages["date"])["end"] <= tables.span([day])["end"].iloc[0]
    return [
        original
        | {
            "id": f"retold-{page.Index}",
            "date": page.date,
            "estimator": page.publisher,
            "measure": RETOLD[page.Index],
            "as_of_note": page.note,
            "sources": (page.Index,),
            "role": "retold",
            "status": "",
            "note": "A retelling of the White House's number of 27 December 2024, and no estimate.",
        }
        for page in tables.tuples(pages[known])
    ]


def _december_title(said: pd.DataFrame, retold: Sequence[Row], when: str) -> str:
    if retold:
        number = method.number(retold[0]["said"].low)
        return f"A week’s {number} killed or wounded was retold as {number} killed: a mistake (✕)"
    both = said[said["measure"] == "killed_and_wounded"]
    found = _range(both, "killed_and_wounded")
    if found is None:
        return f"{when}: no number yet for all DPRK soldiers killed or wounded"
    who = " and ".join(
        name for side, name in _CAPITALS.items() if (whole(both)["estimator_side"] == side).any()
    )
    if (said["id"] == RETOLD_OF).any():
        return f"{when}: Washington counts one week; the totals of {who} run from {found.text}"
    verb = "disagree" if " and " in who else "alone speaks"
    return f"{when}: {who} {verb}: {found.text} killed and wounded"


def _december_description(
    said: Sequence[Row], retold: Sequence[Row], when: str, telling: str
) -> str:
    numbers = {
        measure: sum(row["measure"] == measure for row in said) for measure in DECEMBER_MEASURES
    }
    counts = ", ".join(
        f"{MEASURES[measure][0].lower()} {count}" for measure, count in numbers.items() if count
    )
    total = len(said) + len(retold)
    text = (
        f"{'One row is' if total == 1 else f'{total} rows are'} shown. Estimates public by {when}:"
        f" {counts}."
    )
    if other := sum(row["id"] in OTHER_COUNTS for row in said):
        text += f" {other} of them {_verb(other, 'count')} something else than all DPRK soldiers."
    if retold:
        text += (
            f" {len(retold)} rows are pages that retold the White House's number with a word it did"
            " not use."
        )
    elif telling == "retold":
        text += (
            " No retelling was found by then: the number came on 27 December 2024. Choose a later"
            " day."
        )
    return text


# -- the bug hunt ----------------------------------------------------------------------------------
def bug_hunt(estimates: pd.DataFrame, drawing: str = "misleading") -> Chart:
    """Four rows of the table, drawn ``misleading`` (and labelled so everywhere) or ``honest``.

    Raises ``ValueError`` for another drawing, ``KeyError`` when a row of `HUNT` is missing.
    """
    if drawing not in ("misleading", "honest"):
        raise ValueError(f"drawing is {drawing!r}; it may be 'misleading' or 'honest'")
    frame = estimates.set_index("id", drop=False).loc[list(HUNT)].reset_index(drop=True)
    rows = _records(frame.assign(publishers=_publishers(frame)), None)
    table, sources = _table(rows), _cited(rows)
    if drawing == "honest":
        measures = [
            measure for measure in MEASURES if any(row["measure"] == measure for row in rows)
        ]
        return Chart(
            _panels(rows, measures),
            title=f"The same {len(rows)} rows answer {len(measures)} different questions",
            subtitle=(
                "DPRK soldiers by measure, October and November 2024; each measure on a scale of"
                " its own"
            ),
            description=(
                f"{len(rows)} estimates are shown, on {len(measures)} scales that begin at zero."
                " Floors and ceilings have an open end, and a plan is called a plan. No trend can"
                " be read from them."
            ),
            table=table,
            sources=sources,
            refs=_refs(rows),
            known="rows",
            name="bug-hunt-honest",
            legend=_legend(rows, None),
        )
    numbers = [row["said"].numbers[-1] for row in rows]
    low, high, cut = (method.number(value) for value in (numbers[0], numbers[-1], _cut(numbers)))
    table.insert(0, "Warning", MISLEADING)
    return Chart(
        _misleading_bars(rows, numbers),
        title=f"Deliberately misleading: “North Korean army grows from {low} to {high}!”",
        subtitle="A drawing with faults built in, for the bug hunt: do not pass it on",
        description=(
            f"{len(rows)} bars, deliberately misleading, rise from {low} to {high}; the axis begins"
            f" at {cut}. The table says what each number really was."
        ),
        table=table,
        sources=sources,
        misleading=True,
        name="deliberately-misleading-bug-hunt",
    )


def _refs(rows: Iterable[Row]) -> list[str]:
    return evidence.refs("estimates", (row["id"] for row in rows))


def hunt_options() -> list[tuple[str, str]]:
    """(label, value) of the two drawings."""
    return [("drawn to mislead", "misleading"), ("drawn honestly", "honest")]


def _cut(numbers: Sequence[float]) -> float:
    """Where the misleading axis begins: just under the lowest bar."""
    return float(int(min(numbers) * 0.9 / 1000) * 1000)


def _misleading_bars(rows: Sequence[Row], numbers: Sequence[float]) -> go.Figure:
    heading = [_LOW if row["said"].kind == "floor" else _HIGH for row in rows]
    bars = go.Bar(
        x=list("ABCDEFGH"[: len(numbers)]),
        y=list(numbers),
        marker={"color": theme.ORANGE},
        cliponaxis=False,
        text=[method.number(value) for value in numbers],
        textposition="outside",
        hoverinfo="skip",
        meta=encode(
            range(len(rows)),
            {
                "x": Position(),
                "y": [Cell(one) for one in heading],
                "text": [Cell(one, "text") for one in heading],
            },
        ),
    )
    floor, top = _cut(numbers), max(numbers)
    return theme.figure(
        bars,
        height=330,
        showlegend=False,
        margin={"l": 58, "r": 8, "t": 20, "b": 30, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "showgrid": False, "ticks": ""},
        yaxis={
            **theme.FIXED_AXIS,
            "range": [floor, top + (top - floor) * 0.08],
            "tickformat": ",d",
            "nticks": 6,
        },
        annotations=[
            {
                "text": "<b>DELIBERATELY<br>MISLEADING</b>",
                "showarrow": False,
                "xref": "paper",
                "yref": "paper",
                "x": 0.02,
                "y": 0.98,
                "xanchor": "left",
                "yanchor": "top",
                "align": "left",
                "font": {"size": 20, "color": theme.GREY},
            }
        ],
    )


# -- rows and ranges -------------------------------------------------------------------------------
def _public(rows: pd.DataFrame, day: str | None) -> pd.DataFrame:
    """The rows public by a day, by date, with how many independent ``publishers`` carry each."""
    public = tables.as_of(rows, day, "date") if day else rows
    public = public.assign(publishers=_publishers(public), _end=tables.span(public["date"])["end"])
    return public.sort_values(["_end", "id"], kind="stable").drop(columns="_end")


def _publishers(rows: pd.DataFrame) -> pd.Series:
    """How many independent publishers stand behind each row."""
    sources = tables.read("sources")
    cited = {one for ids in rows["sources"] for one in ids}
    return method.independent(rows, sources[sources["id"].isin(cited)])


def _range(public: pd.DataFrame, measure: str) -> DefensibleRange | None:
    """The range that public rows of a measure leave; ``None`` if none counts all soldiers."""
    counted = whole(public)
    if counted.empty:
        return None
    return method.defensible_range(
        counted.assign(voice=voices(counted)), measure, tables.knowledge_as_of(), by="voice"
    )


def _records(rows: pd.DataFrame, found: DefensibleRange | None) -> list[Row]:
    """The rows as dicts with what they say, place, side, and role beside the range.

    The role is "" (in the range), "replaced", or the words of `OTHER_COUNTS`.
    """
    replaced = set(found.replaced) if found else set()
    return [
        {
            **row,
            "index": index,
            "said": method.interval(row),
            "side": row["estimator_side"] if row["estimator_side"] in SIDES else OTHERS,
            "role": OTHER_COUNTS.get(row["id"], "replaced" if row["id"] in replaced else ""),
        }
        for index, row in enumerate(tables.records(rows))
    ]


def _scale(said: Iterable[Interval]) -> float:
    """Where a scale ends: a little beyond the highest number. It always begins at zero."""
    return max((value for one in said for value in one.numbers), default=1.0) * _ROOM


def _cited(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(one for row in rows for one in row["sources"]))


def _apart(role: str) -> bool:
    """Whether a role says that the row counts something else than its measure."""
    return role not in ("", "replaced", "retold")


def _verb(count: int, verb: str) -> str:
    return f"{verb}s" if count == 1 else verb


# -- drawing ---------------------------------------------------------------------------------------
_AXIS = {**theme.FIXED_AXIS, "tickformat": ",d", "nticks": 6, "side": "bottom"}
_NO_AXIS = {**theme.FIXED_AXIS, "showticklabels": False, "showgrid": False, "ticks": ""}
_GAP = "\u00a0" * 3


def _drawn(rows: Sequence[Row], scale: float, top: float, axis: str = "") -> list[Row]:
    """The traces of rows, from ``top`` pixels down, on the axes ``x`` and ``y`` plus ``axis``."""
    if not rows:
        return []
    on = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "cliponaxis": False}
    groups, beside = _grouped(rows, scale, top)
    indices = [row["index"] for row in rows]
    names = [Cell(_ESTIMATE if row["role"] == "retold" else _WHEN, "text") for row in rows]
    x, position, text, ys = (list(column) for column in zip(*beside, strict=True))
    label = {
        "type": "scatter",
        "mode": "text",
        "textfont": {"size": 12},
        "hoverinfo": "skip",
        "ids": [str(row["index"]) for row in rows],
    }
    return [
        *(
            _trace(marks, theme.GREY if role else _COLOURS[side], role == "replaced", on)
            for (side, role, _), marks in groups.items()
        ),
        {
            "x": [0] * len(rows),
            "y": [y - (_MARK - _NAME) for y in ys],
            "text": [_label(row) for row in rows],
            "textposition": "middle right",
            **label,
            **on,
            "meta": encode(
                indices,
                {"x": Fixed(0), "y": Position(offset=_NAME - _MARK), "text": names},
            ),
        },
        {
            "x": x,
            "y": ys,
            "text": text,
            "textposition": position,
            **label,
            **on,
            "meta": encode(
                indices,
                {
                    "x": list(map(_beside_what, rows, position)),
                    "y": Position(),
                    "text": Cell(_ESTIMATE, "text"),
                },
            ),
        },
    ]


def _grouped(
    rows: Sequence[Row], scale: float, top: float
) -> tuple[dict[tuple[str, str, int], list[Row]], list[tuple[Any, ...]]]:
    """The marks of rows in groups that make a trace each, and the texts beside them."""
    # A row's first and second mark stand in traces of their own: plotly.js draws a trace's ids once
    # each.
    groups: dict[tuple[str, str, int], list[Row]] = {}
    beside = []
    for at, row in enumerate(rows):
        y = top + at * _ROW
        text_beside = theme.escape_html(
            _row_text(row) + (f", {row['role']}" if _apart(row["role"]) else "")
        )
        beside.append((*_beside(row["said"], scale), f"{_GAP}{text_beside}{_GAP}", y + _MARK))
        common = {
            "ids": str(row["index"]),
            "y": y + _MARK,
            "hovertext": _hover(row),
            "row": row["index"],
        }
        for number, mark in enumerate(_marks(row["said"], scale, row["role"])):
            role = row["role"] if row["role"] in ("replaced", "retold") else ""
            groups.setdefault((row["side"], role, number), []).append(mark | common)
    return groups, beside


def _trace(marks: Sequence[Row], colour: str, pale: bool, on: Row) -> Row:
    def column(name: str) -> list[Any]:
        return [mark[name] for mark in marks]

    return {
        "type": "scatter",
        "ids": column("ids"),
        "x": column("x"),
        "y": column("y"),
        "mode": "markers",
        "marker": {
            "symbol": column("symbol"),
            "size": column("size"),
            "color": colour,
            "line": {"width": 2, "color": colour},
            "opacity": 0.6 if pale else 1,
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": column("plus"),
            "arrayminus": column("minus"),
            "width": 0,
            "thickness": 1.5 if pale else 3,
            "color": colour,
        },
        "hovertext": column("hovertext"),
        "hovertemplate": "%{hovertext}<extra></extra>",
        **on,
        "meta": encode(
            column("row"),
            {
                "x": column("x is"),
                "y": Position(),
                # Round for a number, upright for the end that is known, an arrow for the open one.
                "marker.symbol": [Fixed(one) for one in column("symbol")],
                "marker.size": [Fixed(one) for one in column("size")],
                "error_x.array": column("plus is"),
                "error_x.arrayminus": column("minus is"),
                "hovertext": Cell(_ESTIMATE, "text"),
            },
        ),
    }


def _marks(said: Interval, scale: float, role: str) -> list[Row]:
    """The marks of one row: places, symbols, how far a line reaches, and what each stands for."""

    def mark(
        x: float | None,
        channel: Channel,
        symbol: str,
        size: int = 11,
        minus: float = 0,
        plus: float = 0,
        plus_is: Channel | None = None,
        minus_is: Channel | None = None,
    ) -> Row:
        return {
            "x": x,
            "symbol": symbol,
            "size": size,
            "minus": minus,
            "plus": plus,
            "x is": channel,
            "plus is": plus_is or Fixed(0),
            "minus is": minus_is or Fixed(0),
        }

    low, high = Cell(_LOW), Cell(_HIGH)

    arrow = scale * _ARROW
    if role == "retold":
        return [mark(said.numbers[0], Cell(_ESTIMATE, "high"), "x-thin", 13)]
    dot = "circle-open" if _apart(role) else "circle"
    if said.kind == "floor":
        return [
            mark(said.low, low, "line-ns", 15, plus=arrow, plus_is=Fixed(arrow)),
            mark(said.numbers[0] + arrow, Beyond(_LOW, by=arrow), "triangle-right-open", 10),
        ]
    if said.kind == "ceiling":
        back = min(arrow, said.numbers[0])
        return [
            mark(said.high, high, "line-ns", 15, minus=back, minus_is=Fixed(back)),
            mark(said.numbers[0] - back, Beyond(_HIGH, side="left"), "triangle-left-open", 10),
        ]
    if said.kind == "range":
        length = said.numbers[-1] - said.numbers[0]
        return [
            mark(said.low, low, dot, plus=length, plus_is=Cell(_HIGH, less=_LOW)),
            mark(said.high, high, dot),
        ]
    return [mark(said.low, low, dot)]


def _beside_what(row: Row, position: str) -> Channel:
    """What the place of the words beside a number stands for: the end of its mark on that side."""
    on_right = position == "middle right"
    if row["role"] == "retold":
        return Cell(_ESTIMATE, "high")
    if row["said"].kind == "floor":
        return Beyond(_LOW) if on_right else Cell(_LOW)
    if row["said"].kind == "ceiling":
        return Cell(_HIGH) if on_right else Beyond(_HIGH, side="left")
    return Cell(_HIGH if on_right and row["said"].kind == "range" else _LOW)


def _beside(said: Interval, scale: float) -> tuple[float, str]:
    """Where the words of a number begin, and on which side of that place: the roomier one."""
    after = said.numbers[-1] + (scale * _ARROW if said.kind == "floor" else 0)
    before = said.numbers[0] - (
        min(scale * _ARROW, said.numbers[0]) if said.kind == "ceiling" else 0
    )
    return (
        (after, "middle right")
        if after <= scale * 0.5 or before < scale * 0.4
        else (before, "middle left")
    )


def _row_text(row: Row) -> str:
    """What a row says; a retelling in the measure of its words, without the floor it lost."""
    said: Interval = row["said"]
    if row["role"] != "retold":
        return said.text
    return f"as {method.number(said.numbers[0])} {MEASURES[row['measure']][0].lower()}"


def _label(row: Row) -> str:
    if row["role"] == "retold":
        return f"✕ retold by {theme.escape_html(row['estimator'])}"
    day = " ".join(
        word if word.isdigit() else word[:3] for word in tables.spell(row["date"]).split()
    )
    name = theme.escape_html(_SHORT.get(row["estimator"], row["estimator"]))
    return f"{theme.STATUS[row['status']].sign} <b>{name}</b>, {day}"


def _hover(row: Row) -> str:
    text = theme.escape_html(f"{tables.spell(row['date'])}: {_row_text(row)}")
    note = theme.wrapped(row["as_of_note"])
    return f"<b>{theme.escape_html(row['estimator'])}</b><br>{text}<br>{note}"


def _band(found: DefensibleRange | None, scale: float) -> list[Row]:
    """The range as shading; paler on a side that is open."""
    if found is None or found.low is None or found.high is None:
        return []

    def shade(x0: float, x1: float, strength: float) -> Row:
        return {
            "type": "rect",
            "x0": x0,
            "x1": x1,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "fillcolor": f"rgba(115,123,135,{strength})",
            "line": {"width": 0},
        }

    edge = {
        "type": "line",
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"width": 1.5, "dash": "dot", "color": theme.GREY},
    }
    return [
        shade(found.low, found.high, 0.22),
        *([shade(found.high, scale, 0.09)] if found.open_above else []),
        *([shade(0, found.low, 0.09)] if found.open_below else []),
        *({**edge, "x0": x, "x1": x} for x in sorted({found.low, found.high})),
    ]


def _band_meta(found: DefensibleRange | None, scale: float) -> list[dict[str, Channel]]:
    """What the shapes of `_band` stand for: the title says the range; what is open ends nowhere."""
    if found is None or found.low is None or found.high is None:
        return []
    said = Said()
    edge: dict[str, Channel] = {"x0": said, "x1": said}
    above: dict[str, Channel] = {"x0": said, "x1": Fixed(scale)}
    below: dict[str, Channel] = {"x0": Fixed(0), "x1": said}
    return [
        edge,
        *([above] if found.open_above else []),
        *([below] if found.open_below else []),
        *(edge for _ in {found.low, found.high}),
    ]


def _panels(rows: Sequence[Row], measures: Sequence[str]) -> go.Figure:
    """One panel a measure, one under the other, each with a scale of its own from zero."""
    inside = [[row for row in rows if row["measure"] == measure] for measure in measures]
    total = sum(_panel_size(panel) + _TICKS for panel in inside)
    traces: list[Row] = []
    layout: Row = {}
    top = 0.0
    for number, (measure, panel) in enumerate(zip(measures, inside, strict=True), start=1):
        axis, size = str(number) if number > 1 else "", _panel_size(panel)
        scale = _scale(row["said"] for row in panel)
        traces.append(_panel_heading(measure, panel, axis))
        traces += _drawn(panel, scale, _HEAD, axis)
        layout[f"xaxis{axis}"] = {
            **_AXIS,
            "range": [0, scale],
            "anchor": f"y{axis}",
            "showticklabels": bool(panel),
            "showgrid": bool(panel),
            "ticks": "outside" if panel else "",
        }
        layout[f"yaxis{axis}"] = {
            **_NO_AXIS,
            "range": [size, 0],
            "anchor": f"x{axis}",
            "domain": [1 - (top + size) / total, 1 - top / total],
        }
        top += size + _TICKS
    return theme.figure(
        *traces,
        height=total,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 0, "b": 0, "autoexpand": False},
        **layout,
    )


def _panel_heading(measure: str, panel: Sequence[Row], axis: str) -> Row:
    """The name of a measure, above its panel."""
    heading = MEASURES[measure][0] + ("" if panel else ": nothing published yet")
    return {
        "type": "scatter",
        "x": [0],
        "y": [12],
        "mode": "text",
        "textposition": "middle right",
        "text": [f"<b>{theme.escape_html(heading)}</b>"],
        "textfont": {"size": 14},
        "hoverinfo": "skip",
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "cliponaxis": False,
        "meta": (
            encode(
                [[row["index"] for row in panel]],
                {"x": Fixed(0), "y": Fixed(12), "text": Cell(_MEASURE, "text")},
            )
            if panel
            else decoration("a measure without a number yet")
        ),
    }


def _panel_size(panel: Sequence[Row]) -> int:
    return _HEAD + _ROW * len(panel)


# -- words -----------------------------------------------------------------------------------------
_LIST_COLUMNS: ListColumns = {
    "when": "Published",
    "status": "Status",
    "title": "Estimate",
    "body": "What exactly was counted",
}


def _finding(found: DefensibleRange | None, counted: str, when: str) -> str:
    if found is None:
        return f"{when}: no number for all {counted}, only for a part of them"
    return f"{when}: what was public leaves {found.text} {counted}"


def _row_filters(
    rows: Sequence[Row], found: DefensibleRange | None, counted: str, when: str, publishers: int
) -> RowRules:
    total, title = len(rows), _finding(found, counted, when)
    such = " carried by two independent publishers" if publishers > 1 else ""
    if total:
        none = (
            f"None of the {total} estimates public by {when} comes from this side. Choose “All"
            " sides”."
        )
    else:
        ways = "another measure, or “One is enough”" if publishers > 1 else "or another measure"
        none = (
            f"None is shown: no estimate of {counted}{such} was public by {when}. Choose a later"
            f" day, {ways}."
        )
    more = _about_all(rows, found)
    one = (
        f"One of the {total} estimates public by {when} is shown"
        if total > 1
        else f"One estimate, the only one public by {when}, is shown"
    )
    return {
        "columns": {
            "side": [row["side"] for row in rows],
            "kind": [row["said"].kind for row in rows],
        },
        "labels": {"side": {**SIDES, OTHERS: OTHERS}, "kind": _KIND_WORDS},
        "when": [tables.spell(row["date"]) for row in rows],
        "total": total,
        "templates": {
            "title": {
                "many": title,
                "one": title,
                "none": (
                    f"{{chosen:side}}: no number of {counted} by {when}"
                    if total
                    else f"{when}: no public number of {counted}{such}"
                ),
            },
            "description": {
                "many": (
                    f"{{n}} of the {total} estimates public by {when} are shown. By kind:"
                    f" {{tally:kind}}. By side: {{tally:side}}.{more}"
                ),
                "one": f"{one}: {{tally:kind}}, {{tally:side}}.",
                "none": none,
            },
        },
    }


def _about_all(rows: Sequence[Row], found: DefensibleRange | None) -> str:
    """What holds for all rows of a state, whichever side the reader looks at."""
    text = ""
    if replaced := sum(row["role"] == "replaced" for row in rows):
        are = "is" if replaced == 1 else "are"
        text += f" Of all of them, {replaced} {are} grey: the same side had a newer number."
    if other := sum(_apart(row["role"]) for row in rows):
        text += (
            f" {other} {_verb(other, 'count')} something else, and {_verb(other, 'stay')} out of"
            " the range."
        )
    if found is not None and len(found.ids) > 1:
        text += (
            f" The newest numbers {'fit together' if found.shared else 'contradict each other'}."
        )
    return text


def _legend(rows: Sequence[Row], found: DefensibleRange | None) -> list[tuple[str, str]]:
    kinds = {row["said"].kind for row in rows if row["role"] != "retold"}
    roles = {row["role"] for row in rows}
    statuses = {row["status"] for row in rows}
    return [
        *((_KIND_SIGNS[kind], label) for kind, label in _KIND_WORDS.items() if kind in kinds),
        *([("▒", "the range that these leave")] if found is not None else []),
        *([("grey:", "replaced, the same side has a newer number")] if "replaced" in roles else []),
        *(
            [("○", "or words after the number: counts something else")]
            if any(map(_apart, roles))
            else []
        ),
        *([("before a name:", _statuses(statuses))] if statuses - {""} else []),
        *([("✕", "retold with a wrong word: no estimate")] if "retold" in roles else []),
    ]


def _statuses(present: set[str]) -> str:
    return ", ".join(
        f"{mark.sign} {word}" for word, mark in theme.STATUS.items() if word in present
    )


def _table(rows: Sequence[Row]) -> pd.DataFrame:
    in_range = {
        "": "yes",
        "replaced": "no: the same side has a newer number",
        "retold": "no: a retelling, no estimate",
    }
    return pd.DataFrame(
        {
            _WHEN: [tables.spell(row["date"]) for row in rows],
            _ESTIMATE: [f"{row['estimator']}: {_row_text(row)}" for row in rows],
            "Side": [SIDES.get(row["estimator_side"], row["estimator_side"]) for row in rows],
            _MEASURE: [MEASURES[row["measure"]][0] for row in rows],
            "Kind": [
                "retelling" if row["role"] == "retold" else _KIND_WORDS[row["said"].kind]
                for row in rows
            ],
            _LOW: [
                None if row["role"] == "retold" else _whole_number(row["said"].low) for row in rows
            ],
            _HIGH: [_whole_number(row["said"].high) for row in rows],
            "What exactly was counted": [row["as_of_note"] for row in rows],
            "In the range": [in_range.get(row["role"], f"no: {row['role']}") for row in rows],
            "Independent publishers": [row["publishers"] for row in rows],
            "Status": [
                f"{theme.STATUS[row['status']].sign} {row['status']}" if row["status"] else ""
                for row in rows
            ],
            "Note": [row["note"] for row in rows],
        }
    )


def _whole_number(value: float | None) -> int | None:
    return None if value is None else int(value)
