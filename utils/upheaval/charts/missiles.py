"""Missile tests: how many in a year, how they ended, how far they flew, and blanks read as 0."""

from __future__ import annotations

import functools
import statistics
from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import At, Category, Cell, Count, Fact, Fixed, Median, encode
from ..facts import evidence, tables
from ..facts.wording import whole

Row = dict[str, Any]
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]

#: Classes of the table and their words.
CLASSES = {
    "SRBM": "Short range (SRBM)",
    "MRBM": "Medium range (MRBM)",
    "IRBM": "Intermediate range (IRBM)",
    "ICBM": "Intercontinental (ICBM)",
    "SLBM": "From a submarine (SLBM)",
    "SLV": "Satellite launcher (SLV)",
    "cruise": "Cruise missile",
    "hypersonic": "Called hypersonic",
    "unknown": "Type not known",
}

#: How a launch ended: symbol and colour of the mark, and its sign in text.
OUTCOMES = {
    "success": ("circle", theme.BLUE, "●"),
    "failure": ("x", theme.ORANGE, "✕"),
    "unknown": ("circle-open", theme.GREY, "○"),
}

NOT_PUBLISHED, NO_DISTANCE = "no number published", "no distance published"
HEIGHT = 560
#: Where the two panels stand, from the bottom (0) to the top (1).
FLIGHTS, BARS = [0.0, 0.54], [0.62, 1.0]
YEAR = 365.25 * 86_400_000  # milliseconds
#: Headings of the table.
DATE, MISSILE, LAUNCHED, OUTCOME = "Date", "Missile", "Launched", "Outcome"
DISTANCE = "Distance (km)"


def class_options() -> list[tuple[str, str | None]]:
    """(label, value) of every class, and all of them first."""
    return [("All classes", None), *((label, one) for one, label in CLASSES.items())]


def outcome_options() -> list[tuple[str, str | None]]:
    """(label, value) of every outcome, and any of them first."""
    return [
        ("Any outcome", None),
        *((f"{sign} {one}", one) for one, (_, _, sign) in OUTCOMES.items()),
    ]


def launches(
    tests: pd.DataFrame, nuclear: pd.DataFrame, kind: str | None = None, outcome: str | None = None
) -> Chart:
    """Missile tests by year in two panels: how many, by outcome, and how far each flew.

    ``tests`` and ``nuclear`` are (rows of) the tables ``missile_tests`` and ``nuclear_tests``,
    whose days are stars; ``kind`` and ``outcome`` select a class and an outcome. A row is the
    launches of one missile type on one date that went alike. Blanks (a number or a distance that
    nobody published) stay blanks; beside the middle of the distances a line shows what a careless
    program would find that reads blanks as 0. Raises ``KeyError`` for an unknown word.
    """
    for word, labels in ((kind or "SRBM", CLASSES), (outcome or "unknown", OUTCOMES)):
        if word not in labels:
            raise KeyError(f"{word} is none of {', '.join(labels)}")
    fits = tests["class"].eq(kind or tests["class"]) & tests["outcome"].eq(
        outcome or tests["outcome"]
    )
    first, last = (
        int(value) for value in (tests["date"].dt.year.min(), tests["date"].dt.year.max())
    )
    rows = tables.records(tests[fits].sort_values(["date", "id"]))
    by_day = sorted(zip(nuclear["date"], nuclear["id"], strict=True))
    blasts = [day for day, _ in by_day]
    here = [(day, one) for day, one in by_day if first <= day.year <= last]
    in_span = [day for day, _ in here]
    about = f"{CLASSES[kind] if kind else 'All classes'}{f', outcome {outcome}' if outcome else ''}"
    return Chart(
        _figure(rows, here, first, last),
        title=(
            f"{about}: {_counted(rows)}; {_measured(rows)}"
            if rows
            else f"{about}: no such launch in the table"
        ),
        subtitle=(
            f"Above: missiles launched a year, {first} to {last}. Below: kilometres flown over the"
            " ground, one mark a row. Ballistic missiles as CNS counts them, cruise missiles as"
            " CSIS does"
        ),
        description=_description(rows),
        table=_table(rows),
        sources=[
            *(one for row in rows for one in row["sources"]),
            *(one for cell in (nuclear["sources"] if rows else ()) for one in cell),
        ],
        refs=evidence.refs("missile_tests", (row["id"] for row in rows)),
        known="rows",
        name="missiles",
        legend=[*_legend(rows), ("★", _nuclear_label(in_span, blasts))] if rows else [],
        mobile={"marks": 0.7},
    )


# -- figure ----------------------------------------------------------------------------------------
def _figure(rows: list[Row], blasts: list[tuple[Any, str]], first: int, last: int) -> go.Figure:
    """Both panels; ``blasts`` are the days of nuclear tests and their ids."""
    span = [f"{first - 1}-12-01", f"{last + 1}-01-31"]
    bars, top = _bars(rows, list(range(first, last + 1)))
    flights, far, strip = _flights(rows, span)
    stars = {
        "type": "scatter",
        "x": [str(day.date()) for day, _ in blasts],
        "y": [top * 1.1] * len(blasts),
        "mode": "markers",
        "hoverinfo": "skip",
        "marker": {"symbol": "star", "size": 12, "color": theme.PURPLE},
        "meta": encode(
            [None] * len(blasts),
            {
                "x": [Fact("nuclear_tests", one, "date", "middle") for _, one in blasts],
                "y": Fixed(top * 1.1),
            },
        ),
    }
    step = 500 if far < 2500 else 1000
    still = {"fixedrange": True, "automargin": False}
    return theme.figure(
        *bars,
        stars,
        *flights,
        height=HEIGHT,
        showlegend=False,
        barmode="stack",
        margin={"l": 50, "r": 68, "t": 6, "b": 30, "autoexpand": False},
        xaxis={
            **still,
            "type": "date",
            "range": span,
            "tickformat": "%Y",
            "tickangle": 0,
            "anchor": "y2",
        },
        yaxis={**still, "range": [0, top * 1.2], "domain": BARS, "nticks": 5},
        yaxis2={
            **still,
            "range": [2.3 * strip, far * 1.12],
            "domain": FLIGHTS,
            "tickformat": ",",
            "tickvals": list(range(0, int(far) + 1, step)),
        },
    )


def _bars(rows: list[Row], years: list[int]) -> tuple[list[Trace], int]:
    """A bar a year, stacked by outcome, and the highest.

    Launches without a number stand on top, one each: a floor.
    """
    counts = {part: Counter[int]() for part in (*OUTCOMES, NOT_PUBLISHED)}
    inside: dict[tuple[str, int], list[int]] = {}
    for at, row in enumerate(rows):
        part, year = (
            NOT_PUBLISHED if _blank(row["number_launched"]) else row["outcome"],
            row["date"].year,
        )
        counts[part][year] += _number(row)
        inside.setdefault((part, year), []).append(at)
    looks = {
        "success": (theme.BLUE, ""),
        "failure": (theme.ORANGE, "x"),
        "unknown": (theme.GREY, "/"),
        NOT_PUBLISHED: (theme.GREY, "."),
    }
    bars = [
        {
            "type": "bar",
            "x": [f"{year}-07-02" for year in years],
            "y": [count[year] for year in years],
            "width": 0.8 * YEAR,
            "hovertemplate": f"%{{x|%Y}}: %{{y}} · {_part_label(part)}<extra></extra>",
            "marker": {
                "color": looks[part][0],
                "line": {"width": 1, "color": looks[part][0]},
                "pattern": {
                    "shape": looks[part][1],
                    "fillmode": "replace",
                    "size": 6,
                    "solidity": 0.5,
                },
            },
            "meta": encode(
                [inside.get((part, year), []) for year in years],
                {
                    "x": Cell(DATE, "year"),
                    "y": Count() if part == NOT_PUBLISHED else Cell(LAUNCHED),
                },
            ),
        }
        for part, count in counts.items()
        if count
    ]
    return bars, max([4, *(sum(count[year] for count in counts.values()) for year in years)])


def _flights(rows: list[Row], span: list[str]) -> tuple[list[Trace], float, float]:
    """A mark a row, by day and distance; the scale's top; a strip for rows without a distance."""
    far = max([1000.0, *(row["distance_km"] for row in rows if not _blank(row["distance_km"]))])
    strip = -0.13 * far
    points = [
        trace
        for outcome in OUTCOMES
        for blank in (False, True)
        if (trace := _points(rows, outcome, strip, blank))["x"]
    ]
    levels = _levels(rows, far)
    lines = _level_lines(levels, span)
    blanks = any(_blank(row["distance_km"]) for row in rows)
    texts = [
        *((span[1], y, text, position) for y, text, position, _ in levels),
        (span[0], far * 1.06, "kilometres flown", "middle right"),
        *([(span[0], 1.75 * strip, NO_DISTANCE, "middle right")] if blanks else []),
    ]
    middles = [Median(DISTANCE, blank) for *_, blank in levels]
    rest = texts[len(levels) :]
    notes = {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "textfont": {"size": 12},
        "yaxis": "y2",
        "cliponaxis": False,
        "x": [x for x, *_ in texts],
        "y": [y for _, y, *_ in texts],
        "text": [text for _, _, text, _ in texts],
        "textposition": [position for *_, position in texts],
        "meta": encode(
            [None] * len(texts),
            {
                "x": [Fixed(x) for x, *_ in texts],
                "y": [*middles, *(Fixed(y) for _, y, *_ in rest)],
                "text": [*middles, *(Fixed(text) for _, _, text, _ in rest)],
            },
        ),
    }
    return [*points, lines, notes], far, strip


def _levels(rows: list[Row], far: float) -> list[tuple[float, str, str, float | None]]:
    """Height, text and position of each middle distance, and what a blank counts as in it."""
    middle, zero = _middle(rows), _middle(rows, blank=0.0)
    levels: list[tuple[float, str, str, float | None]] = (
        [] if middle is None else [(middle, f"{middle:,.0f} km", "middle right", None)]
    )
    if middle is not None and zero is not None and zero != middle:
        close = middle - zero < 0.1 * far
        levels = [
            (middle, f"{middle:,.0f} km", "top right" if close else "middle right", None),
            (zero, f"({zero:,.0f} km)", "bottom right" if close else "middle right", 0.0),
        ]
    return levels


def _level_lines(levels: list[tuple[float, str, str, float | None]], span: list[str]) -> Trace:
    """A line at each middle distance."""
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": [*span, None] * len(levels),
        "yaxis": "y2",
        "y": [value for y, *_ in levels for value in (y, y, None)],
        "line": {"color": theme.GREY, "width": 2, "dash": "dash"},
        "meta": encode(
            [None] * 3 * len(levels),
            {
                "x": [Fixed(span[0]), Fixed(span[1]), None] * len(levels),
                "y": [
                    one
                    for *_, blank in levels
                    for one in (Median(DISTANCE, blank), Median(DISTANCE, blank), None)
                ],
            },
        ),
    }


def _points(rows: list[Row], outcome: str, strip: float, blank: bool) -> Trace:
    """The rows with one outcome: with a distance, or, in the ``strip``, those without."""
    symbol, colour, _ = OUTCOMES[outcome]
    numbers = [
        at
        for at, row in enumerate(rows)
        if row["outcome"] == outcome and _blank(row["distance_km"]) == blank
    ]
    here = [rows[at] for at in numbers]
    far = "distance not published" if blank else "%{y:,.0f} km"
    return {
        "type": "scatter",
        "x": [str(row["date"].date()) for row in here],
        "mode": "markers",
        "cliponaxis": False,
        "yaxis": "y2",
        "y": [strip if blank else whole(row["distance_km"]) for row in here],
        "hovertext": [theme.escape_html(row["missile_name"]) for row in here],
        "hovertemplate": f"<b>%{{hovertext}}</b><br>%{{x|%-d %B %Y}} · {far}<extra></extra>",
        "marker": {
            "symbol": symbol,
            "color": colour,
            "size": 8,
            "opacity": 0.9,
            "line": {"width": 1.5, "color": colour},
        },
        "meta": encode(
            numbers,
            {
                "x": Cell(DATE, "middle"),
                # Without a distance they stand under the words that say so.
                "y": At(NO_DISTANCE, offset=-0.75 * strip) if blank else Cell(DISTANCE),
                "hovertext": Cell(MISSILE, "text"),
                "marker.symbol": Category(OUTCOME),
            },
        ),
    }


# -- words -----------------------------------------------------------------------------------------
def _blank(value: Any) -> bool:
    return bool(pd.isna(value))


def _middle(rows: list[Row], blank: float | None = None) -> float | None:
    """The median distance of the rows. Rows without one are left out, or count as ``blank``."""
    values = [blank if _blank(row["distance_km"]) else float(row["distance_km"]) for row in rows]
    published = [one for one in values if one is not None]
    return statistics.median(published) if published else None


def _part_label(part: str) -> str:
    return {"unknown": "outcome not known", NOT_PUBLISHED: f"{NOT_PUBLISHED}, at least one"}.get(
        part, part
    )


def _number(row: Row) -> int:
    """How many missiles a row counts for; one where nobody gave a number: one at least flew."""
    return 1 if _blank(row["number_launched"]) else int(row["number_launched"])


def _counted(rows: list[Row]) -> str:
    """How many missiles, and in which year most of them."""
    years: Counter[int] = Counter()
    for row in rows:
        years[row["date"].year] += _number(row)
    total, most = years.total(), max(years.values(), default=0)
    busiest = [str(year) for year in sorted(years) if years[year] == most]
    peak = (
        f"most in {' and '.join(busiest)}"
        if len(busiest) < 3
        else f"never more than {most} in a year"
    )
    floor = "at least " if any(_blank(row["number_launched"]) for row in rows) else ""
    return f"{floor}{total} missile{'' if total == 1 else 's'}, {peak}"


def _measured(rows: list[Row]) -> str:
    """The middle of the distances, and what it would be if blanks were 0."""
    median, zero = _middle(rows), _middle(rows, blank=0.0)
    if median is None or zero is None:
        return "nobody published a distance"
    middle = f"the middle flight is {median:,.0f} km"
    if not any(_blank(row["distance_km"]) for row in rows):
        return middle
    return f"{middle} ({zero:,.0f} if blanks are read as 0)"


def _description(rows: list[Row]) -> str:
    if not rows:
        return "None of the launches fits. Choose another class or another outcome."
    tally = Counter(row["outcome"] for row in rows)
    ends = ", ".join(f"{_part_label(one)} {tally[one]}" for one in OUTCOMES if tally[one])
    numbers, distances = (
        sum(_blank(row[one]) for row in rows) for one in ("number_launched", "distance_km")
    )
    return (
        f"{len(rows)} row{'' if len(rows) == 1 else 's'}. By outcome: {ends}. Blank: the number in "
        f"{numbers or 'none'}, the distance in {distances or 'none'}."
    )


@functools.cache
def _spelled(day: Any) -> str:
    """A day in words; each is written in many states of the chart."""
    return tables.spell(day)


def _legend(rows: list[Row]) -> list[tuple[str, str]]:
    present = {row["outcome"] for row in rows}
    bars = {"success": "■", "failure": "▩", "unknown": "▨"}
    legend = [
        (f"{bars[one]} {sign}", _part_label(one))
        for one, (_, _, sign) in OUTCOMES.items()
        if one in present
    ]
    if any(_blank(row["number_launched"]) for row in rows):
        legend.append(("░", _part_label(NOT_PUBLISHED)))
    if _middle(rows) is not None:
        legend.append(("╌", "middle of the distances (in brackets: if blanks were 0)"))
    return legend


def _nuclear_label(in_span: list[Any], blasts: list[Any]) -> str:
    before = [str(day.year) for day in blasts if day not in in_span]
    return (
        f"nuclear test ({len(in_span)} here{'; before: ' + ' and '.join(before) if before else ''})"
    )


def _table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            [
                _spelled(row["date"]),
                row["missile_name"],
                row["class"],
                None if _blank(row["number_launched"]) else int(row["number_launched"]),
                f"{OUTCOMES[row['outcome']][2]} {row['outcome']}",
                *(
                    None if _blank(row[one]) else whole(row[one])
                    for one in ("apogee_km", "distance_km")
                ),
                row["note"] if isinstance(row["note"], str) else "",
            ]
            for row in rows
        ],
        columns=[
            DATE,
            MISSILE,
            "Class",
            LAUNCHED,
            OUTCOME,
            "Highest point (km)",
            DISTANCE,
            "Note",
        ],
        dtype=object,
    )
