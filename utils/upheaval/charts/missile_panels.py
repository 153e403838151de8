"""Missile tests as two panels: bars of how many in a year, and marks of how far each flew."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

import plotly.graph_objects as go

from ..encoding import (
    At,
    Category,
    Cell,
    Channels,
    Count,
    Fact,
    Fixed,
    Median,
    encode,
    encode_layout,
)
from ..facts.wording import whole
from . import draw
from .draw import Row, Trace, blank, theme

#: How a launch ended: symbol and colour of the mark, and its sign in text.
OUTCOMES = {
    "success": (theme.HOLDS[0], theme.BLUE, theme.HOLDS[1]),
    "failure": (theme.FAILS[0], theme.ORANGE, theme.FAILS[1]),
    "unknown": (theme.OPEN[0], theme.GREY, theme.OPEN[1]),
}

#: The event from which on Moscow may pay for soldiers, its day, and its words.
SAILING = ("dprk-troops-embark", "2024-10-08")
SAILS = "the first soldiers sail "
NOT_PUBLISHED, NO_DISTANCE = "no number published", "no distance published"
FLOWN, NOT_SAID = "kilometres flown", "distance not published"
#: Words of outcomes, where they are others than the table's.
PARTS = {"unknown": "outcome not known", NOT_PUBLISHED: f"{NOT_PUBLISHED}, at least one"}
HEIGHT = 560
#: Where the two panels stand, from the bottom (0) to the top (1).
FLIGHTS, BARS = [0.0, 0.54], [0.62, 1.0]
YEAR = 365.25 * 86_400_000  # milliseconds
#: Headings of the table.
DATE, MISSILE, LAUNCHED, OUTCOME = "Date", "Missile", "Launched", "Outcome"
DISTANCE = "Distance (km)"


def middle(rows: list[Row], blank_as: float | None = None, of: str = "distance_km") -> float | None:
    """The median distance of the rows. Rows without one are left out, or count as ``blank_as``."""
    values = [blank_as if blank(row[of]) else float(row[of]) for row in rows]
    published = [one for one in values if one is not None]
    return statistics.median(published) if published else None


def part_label(part: str) -> str:
    """The words of an outcome, and of launches without a number."""
    return PARTS.get(part, part)


def number_of(row: Row) -> int:
    """How many missiles a row counts for; one where nobody gave a number: one at least flew."""
    return 1 if blank(row["number_launched"]) else int(row["number_launched"])


def panels(rows: list[Row], blasts: list[tuple[Any, str]], first: int, last: int) -> go.Figure:
    """Both panels; ``blasts`` are the days of nuclear tests and their ids."""
    span = [f"{first - 1}-12-01", f"{last + 1}-01-31"]
    bars, top = _bars(rows, list(range(first, last + 1)))
    flights, far, strip = _flights(rows, span)
    step = 500 if far < 2500 else 1000
    return draw.fixed_figure(
        *bars,
        _stars(blasts, top * 1.1),
        *flights,
        height=HEIGHT,
        margin=(50, 68, 6, 30),
        xaxis={
            "type": "date",
            "range": span,
            "tickformat": "%Y",
            "tickangle": 0,
            "anchor": "y2",
        },
        yaxis={"range": [0, top * 1.2], "domain": BARS, "nticks": 5},
        yaxis2={
            **draw.FIXED,
            "range": [2.3 * strip, far * 1.12],
            "domain": FLIGHTS,
            "tickformat": ",",
            "tickvals": list(range(0, int(far) + 1, step)),
        },
        barmode="stack",
        **(_sailing() if first <= int(SAILING[1][:4]) <= last else {}),
    )


def _sailing() -> Trace:
    """A line where the first soldiers sail: what was given back can only stand behind it."""
    event, day = SAILING
    at = Fact("events", event, "date", "middle")
    words: Trace = {"yref": "paper", "xanchor": "right", "yanchor": "middle"}
    return {
        "shapes": [draw.vertical(day, dash="dot")],
        "annotations": [draw.note(day, sum((FLIGHTS[1], BARS[0])) / 2, SAILS, **words)],
        "meta": encode_layout([{"x0": at, "x1": at}], [{"x": at}]),
    }


def _stars(blasts: list[tuple[Any, str]], y: float) -> Trace:
    """The days of nuclear tests, above the bars."""
    says: Channels = {
        "x": [Fact("nuclear_tests", one, "date", "middle") for _, one in blasts],
        "y": Fixed(y),
    }
    meta = encode([None] * len(blasts), says)
    x, look = [str(day.date()) for day, _ in blasts], Row(edge=0, cut=True)
    return draw.marks(x, [y] * len(blasts), "star", theme.PURPLE, meta, **look)


def _bars(rows: list[Row], years: list[int]) -> tuple[list[Trace], int]:
    """A bar a year, stacked by outcome, and the highest.

    Launches without a number stand on top, one each: a floor.
    """
    counts = {part: Counter[int]() for part in (*OUTCOMES, NOT_PUBLISHED)}
    inside: dict[tuple[str, int], list[int]] = {}
    for at, row in enumerate(rows):
        part = NOT_PUBLISHED if blank(row["number_launched"]) else row["outcome"]
        counts[part][row["date"].year] += number_of(row)
        inside.setdefault((part, row["date"].year), []).append(at)
    colours = {"success": theme.BLUE, "failure": theme.ORANGE}
    shapes = {"success": "", "failure": "x", "unknown": "/", NOT_PUBLISHED: "."}
    bars = []
    for part, count in counts.items():
        if count:
            length = Count() if part == NOT_PUBLISHED else Cell(LAUNCHED)
            stand = [inside.get((part, year), []) for year in years]
            colour = colours.get(part, theme.GREY)
            bar = draw.columns(
                [f"{year}-07-02" for year in years],
                [count[year] for year in years],
                colour,
                shapes[part],
                encode(stand, {"x": Cell(DATE, "year"), "y": length}),
                width=0.8 * YEAR,
                hovertemplate=f"%{{x|%Y}}: %{{y}} · {part_label(part)}<extra></extra>",
            )
            bars.append(bar)
    return bars, max([4, *(sum(count[year] for count in counts.values()) for year in years)])


def _flights(rows: list[Row], span: list[str]) -> tuple[list[Trace], float, float]:
    """A mark a row, by day and distance; the scale's top; a strip for rows without a distance."""
    far = max([1000.0, *(row["distance_km"] for row in rows if not blank(row["distance_km"]))])
    strip = -0.13 * far
    points = [
        trace
        for outcome in OUTCOMES
        for none in (False, True)
        if (trace := _points(rows, outcome, strip, none))["x"]
    ]
    levels = _levels(rows, far)
    middles = [Median(DISTANCE, none) for *_, none in levels]
    lines = draw.segments(
        [(span[0], span[1])] * len(levels),
        [y for y, *_ in levels],
        theme.GREY,
        (Fixed(span[0]), Fixed(span[1])),
        rows=[None] * len(levels),
        channels={"y": [one for each in middles for one in (each, each, None)]},
        dash="dash",
        yaxis="y2",
    )
    rest = [(far * 1.06, FLOWN)]
    if any(blank(row["distance_km"]) for row in rows):
        rest.append((1.75 * strip, NO_DISTANCE))
    x = [*[span[1]] * len(levels), *[span[0]] * len(rest)]
    says: Channels = {
        "x": [Fixed(one) for one in x],
        "y": [*middles, *(Fixed(y) for y, _ in rest)],
        "text": [*middles, *(Fixed(text) for _, text in rest)],
    }
    notes = draw.texts(
        x,
        [*(y for y, *_ in levels), *(y for y, _ in rest)],
        [*(text for _, text, *_ in levels), *(text for _, text in rest)],
        encode([None] * len(x), says),
        textposition=[*(where for *_, where, _ in levels), *["middle right"] * len(rest)],
        yaxis="y2",
    )
    return [*points, lines, notes], far, strip


def _levels(rows: list[Row], far: float) -> list[tuple[float, str, str, float | None]]:
    """Height, text and position of each middle distance, and what a blank counts as in it."""
    usual, zero = middle(rows), middle(rows, blank_as=0.0)
    levels: list[tuple[float, str, str, float | None]] = (
        [] if usual is None else [(usual, f"{usual:,.0f} km", "middle right", None)]
    )
    if usual is not None and zero is not None and zero != usual:
        close = usual - zero < 0.1 * far
        levels = [
            (usual, f"{usual:,.0f} km", "top right" if close else "middle right", None),
            (zero, f"({zero:,.0f} km)", "bottom right" if close else "middle right", 0.0),
        ]
    return levels


def _points(rows: list[Row], outcome: str, strip: float, none: bool) -> Trace:
    """The rows with one outcome: with a distance, or, in the ``strip``, those without."""
    symbol, colour, _ = OUTCOMES[outcome]
    numbers = [
        at
        for at, row in enumerate(rows)
        if row["outcome"] == outcome and blank(row["distance_km"]) == none
    ]
    here = [rows[at] for at in numbers]
    far = NOT_SAID if none else "%{y:,.0f} km"
    says: Channels = {
        "x": Cell(DATE, "middle"),
        # Without a distance they stand under the words that say so.
        "y": At(NO_DISTANCE, offset=-0.75 * strip) if none else Cell(DISTANCE),
        "hovertext": Cell(MISSILE, "text"),
        "marker.symbol": Category(OUTCOME),
    }
    return draw.marks(
        [str(row["date"].date()) for row in here],
        [strip if none else whole(row["distance_km"]) for row in here],
        symbol,
        colour,
        encode(numbers, says),
        size=8,
        edge=1.5,
        marker={"opacity": 0.9},
        hover=[theme.escape_html(row["missile_name"]) for row in here],
        hovertemplate=f"<b>%{{hovertext}}</b><br>%{{x|%-d %B %Y}} · {far}<extra></extra>",
        yaxis="y2",
    )
