"""The timeline: dated events in lanes by theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Cell, Fact, Fixed, Position, decoration, encode
from ..facts import evidence, tables
from ..protocol import RowRules

#: Lanes from the centre of the story outwards: theme in the table, words on the chart.
THEMES = {
    "dprk-russia": "Pyongyang and Moscow",
    "dprk-weapons": "DPRK weapons",
    "war": "The war in Ukraine and Kursk",
    "korea": "Korean Peninsula",
    "china": "China",
    "diplomacy": "Diplomacy and the UN",
    "us-policy": "U.S. policy",
    "allies": "NATO, EU and other allies",
}


@dataclass(frozen=True)
class Period:
    """A window: first and last day, and from when on (``landmarks_from``) only landmarks show."""

    label: str
    first: str
    last: str
    landmarks_from: str = "9999"


PERIODS = {
    "october": Period("Around 23 October 2024", "2024-09-24", "2024-12-01"),
    "2024": Period("All of 2024", "2024-01-01", "2024-12-31"),
    "war": Period("Since 2022", "2022-01-01", "2026-03-31"),
    "background": Period(
        "Background since 1950", "1949-01-01", "2026-12-31", landmarks_from="2022"
    ),
}

#: Days on which something became public, as stops for the as-of stepper. The last stop is
#: everything known.
AS_OF = (
    "2023-09-13",
    "2024-06-19",
    "2024-08-06",
    "2024-10-08",
    "2024-10-18",
    "2024-10-23",
    "2024-11-05",
    "2024-11-27",
    "2024-12-31",
    "2025-01-20",
    "2025-04-28",
    "2025-12-31",
)

# Sizes in pixels. Marks and labels are stacked for a plot this wide: a wider one only has more
# room, and a narrower one (a phone) drops the labels and draws smaller marks.
WIDTH = 600
MARK, LANDMARK = 10, 14
ROW, LANE_HEAD, LANE_FOOT = 18, 24, 6
LETTER = 6.7
DAY = 86_400_000  # milliseconds
#: Within a lane marks are stacked where there is room; lanes stand apart.
_LANE = Position("any", group="Lane", headed=True)
TICKS = [
    {"dtickrange": [None, 20 * DAY], "value": "%-d %b\n%Y"},
    {"dtickrange": [20 * DAY, "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]


def swimlanes(events: pd.DataFrame, period: str = "october") -> Chart:
    """Events in lanes by theme, one mark an event.

    ``events`` is (rows of) the table ``events``; ``period`` is a key of `PERIODS`. The mark's
    symbol is the status; a line through it is how far the date is known (a month, a year);
    landmarks are larger and named. Marks that fall together are stacked. It has row filters: its
    rows carry the columns to filter by, ``theme``, ``actors``, ``status`` and ``known``, from which
    day to which the row held: an event begins when the public could know of it (``first_reported``
    or the date), and one whose status changed is two rows, before and from ``status_since``. Raises
    ``KeyError`` for an unknown period.
    """
    window = PERIODS[period]
    rows = _rows(events, window)
    return Chart(
        _figure(rows, window),
        subtitle=_subtitle(window),
        table=_table(rows),
        sources=list(rows["sources"]),
        refs=evidence.refs("events", rows["id"]),
        name=f"timeline-{period}",
        row_filters=_row_filters(rows),
        list_columns={
            "when": "Date",
            "status": "Status",
            "title": "Event",
            "body": "What happened",
            "note": "Why it matters",
            "highlights": "Landmarks",
        },
        legend=_legend(rows),
        mobile={"marks": 0.75, "labels": False},
    )


def _figure(rows: pd.DataFrame, window: Period) -> go.Figure:
    """Lanes by theme, an event a mark, the landmarks named."""
    y, tops, height = _stacked(rows, window)
    traces = [_marks(rows[rows["status"] == status], y, status) for status in theme.STATUS]
    return theme.figure(
        _lane_labels(tops, window),
        *[trace for trace in traces if trace.ids],
        _landmark_labels(rows[rows["landmark"].notna()], y, window),
        height=height + 66,
        showlegend=False,
        # Fixed margins: plotly.js draws everything twice where it has to find them.
        margin={"l": 8, "r": 8, "t": 18, "b": 48, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "type": "date",
            "range": [window.first, window.last],
            "tickformatstops": TICKS,
        },
        # The lines between lanes are grid lines: cheaper to draw than shapes, as labels are cheaper
        # than annotations.
        yaxis=theme.row_axis(height, lines=tops.values()),
        annotations=[_as_of_label(window)],
        shapes=[
            {
                "name": "at:as_of",
                "type": "line",
                "x0": window.last,
                "x1": window.last,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"dash": "dash", "width": 1.5},
            }
        ],
    )


# -- choices for the controls ----------------------------------------------------------------------
def period_options() -> list[tuple[str, str]]:
    """(label, value) of every period."""
    return [(period.label, name) for name, period in PERIODS.items()]


def theme_options(events: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every lane that has events, and all of them first."""
    present = set(events["theme"])
    return [
        ("All lanes", None),
        *((label, name) for name, label in THEMES.items() if name in present),
    ]


def actor_options(events: pd.DataFrame, least: int = 5) -> list[tuple[str, str | None]]:
    """(label, value): everybody, then each actor of ``least`` events or more, by frequency."""
    counts = events["actors"].explode().value_counts()
    names = tables.read("countries").set_index("id")["short_name"]
    frequent = sorted(
        (code for code in counts.index if counts[code] >= least),
        key=lambda code: (-counts[code], code),
    )
    return [("All actors", None), *((names[code], code) for code in frequent)]


def status_options() -> list[tuple[str, str | None]]:
    """(label, value) of every status with its sign, and any status first."""
    return [
        ("Any status", None),
        *((f"{mark.sign} {word}", word) for word, mark in theme.STATUS.items()),
    ]


def as_of_options() -> list[tuple[str, str | None]]:
    """(label, value) of the stops of the as-of stepper; the last is everything the tables know."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [*((tables.spell(day), day) for day in AS_OF), (last, None)]


# -- rows and places -------------------------------------------------------------------------------
def _rows(events: pd.DataFrame, window: Period) -> pd.DataFrame:
    """The window's events in order, with ``start``, ``end``, ``middle`` and the day known."""
    span = tables.span(events["date"])
    reported = tables.span(events["first_reported"])["end"]
    rows = events.assign(
        start=span["start"],
        end=span["end"],
        middle=span["start"] + (span["end"] - span["start"]) / 2,
        known=reported.fillna(span["end"]).dt.strftime("%Y-%m-%d"),
        until="",
    )
    since = rows["status_since"].dt.strftime("%Y-%m-%d")
    changed = since.notna()
    before = rows[changed].assign(status=rows["status_before"], until=since)
    rows = pd.concat([before, rows.assign(known=rows["known"].where(~changed, since))])
    inside = rows["end"].ge(window.first) & rows["start"].le(window.last)
    in_view = inside & (rows["landmark"].notna() | rows["date"].lt(window.landmarks_from))
    in_order: pd.DataFrame = rows[in_view].sort_values(
        ["start", "end", "id", "known"], kind="stable"
    )
    return in_order.reset_index(drop=True)


def _extent(row: Any, window: Period) -> tuple[float, float, bool]:
    """An event's extent on the reference width, and whether its label stands on the left."""
    first, last = pd.Timestamp(window.first), pd.Timestamp(window.last)

    def at(moment: pd.Timestamp) -> float:
        return (moment - first) / (last - first) * WIDTH

    half = (LANDMARK if pd.notna(row.landmark) else MARK) / 2 + 1
    first_x, last_x = (
        min(at(row.start), at(row.middle) - half),
        max(at(row.end), at(row.middle) + half),
    )
    if pd.isna(row.landmark):
        return first_x, last_x, False
    label = len(row.landmark) * LETTER + 6
    on_left = last_x + label > WIDTH
    return (first_x - label, last_x, True) if on_left else (first_x, last_x + label, False)


def _stacked(rows: pd.DataFrame, window: Period) -> tuple[list[float], dict[str, float], float]:
    """Where each event stands (y in pixels from the top), where lanes begin, and the height.

    Within a lane every event takes the first row in which nothing that came before is in its way.
    """
    y = [0.0] * len(rows)
    tops: dict[str, float] = {}
    height = 0.0
    for lane in (name for name in THEMES if (rows["theme"] == name).any()):
        tops[lane] = height
        taken: list[list[tuple[float, float]]] = []
        offsets: dict[str, float] = {}
        for row in tables.tuples(rows[rows["theme"] == lane]):
            if row.id in offsets:  # another phase of the same event stands where the first does
                y[row.Index] = offsets[row.id]
                continue
            first_x, last_x, _ = _extent(row, window)
            free = (
                at
                for at, others in enumerate(taken)
                if all(last_x < a or first_x > b for a, b in others)
            )
            row_of_lane = next(free, len(taken))
            if row_of_lane == len(taken):
                taken.append([])
            taken[row_of_lane].append((first_x, last_x))
            y[row.Index] = offsets[row.id] = height + LANE_HEAD + (row_of_lane + 0.5) * ROW
        height += LANE_HEAD + len(taken) * ROW + LANE_FOOT
    return y, tops, height


# -- marks -----------------------------------------------------------------------------------------
def _marks(rows: pd.DataFrame, y: list[float], status: str) -> go.Scatter:
    mark = theme.STATUS[status]
    half = ((rows["end"] - rows["start"]) / 2).dt.total_seconds() * 1000
    hover = [
        f"<b>{theme.wrapped(row.title)}</b><br>{tables.spell(row.date)} · {mark.sign} {status}"
        for row in tables.tuples(rows)
    ]
    return go.Scatter(
        ids=[str(number) for number in rows.index],
        x=[moment.strftime("%Y-%m-%d") for moment in rows["middle"]],
        y=[y[number] for number in rows.index],
        mode="markers",
        marker={
            "symbol": mark.symbol,
            "color": mark.colour,
            "opacity": 1,
            "line": {"width": 2, "color": mark.colour},
            "size": [LANDMARK if named else MARK for named in rows["landmark"].notna()],
        },
        error_x={
            "type": "data",
            "array": half.tolist(),
            "color": mark.colour,
            "thickness": 2,
            "width": 0,
            "visible": bool((half > 0).any()),
        },
        cliponaxis=False,  # an event of the first or last day is drawn whole
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        name=status,
        meta=encode(
            list(rows.index),
            {
                "x": Cell("Date", "middle"),
                "error_x.array": Cell("Date", "half"),
                "y": _LANE,
                "marker.size": [
                    Fixed(LANDMARK if named else MARK) for named in rows["landmark"].notna()
                ],
            },
        ),
    )


def _lane_labels(tops: dict[str, float], window: Period) -> go.Scatter:
    names, y = (THEMES[lane] for lane in tops), [top + 13 for top in tops.values()]
    return theme.lane_names(names, window.first, y, decoration("names of the lanes"))


def _landmark_labels(rows: pd.DataFrame, y: list[float], window: Period) -> go.Scatter:
    """Names beside the marks, a trace of their own: plotly.js loses texts if some are empty."""
    left = [_extent(row, window)[2] for row in tables.tuples(rows)]
    gap = "\u00a0" * 3  # text stands at the middle of its mark
    return go.Scatter(
        ids=[str(number) for number in rows.index],
        x=[moment.strftime("%Y-%m-%d") for moment in rows["middle"]],
        y=[y[number] for number in rows.index],
        mode="text",
        text=[
            f"{theme.escape_html(name)}{gap}" if before else f"{gap}{theme.escape_html(name)}"
            for name, before in zip(rows["landmark"], left, strict=True)
        ],
        textposition=["middle left" if before else "middle right" for before in left],
        textfont={"size": 12},
        hoverinfo="skip",
        meta=encode(
            list(rows.index),
            {
                "x": Cell("Date", "middle"),
                "y": _LANE,
                "text": [Fact("events", one, "landmark", "text") for one in rows["id"]],
            },
        ),
    )


def _as_of_label(window: Period) -> dict[str, object]:
    return {
        "name": "at:as_of",
        "text": "known by",
        "x": window.last,
        "y": 0,
        "yref": "y",
        "yanchor": "bottom",
        "xanchor": "right",  # beside its line: about it, the last day of a period would cut it off
        "showarrow": False,
        "font": {"size": 11},
    }


def _legend(rows: pd.DataFrame) -> list[tuple[str, str]]:
    legend = [
        (mark.sign, word) for word, mark in theme.STATUS.items() if (rows["status"] == word).any()
    ]
    if (rows["start"] < rows["end"]).any():
        legend.append(("─●─", "somewhere along the line: the day is not known"))
    return legend


# -- words -----------------------------------------------------------------------------------------
def _subtitle(window: Period) -> str:
    text = f"Dated events by theme, {tables.spell(window.first)} to {tables.spell(window.last)}"
    return text + ("; landmarks only from 2022 on" if window.landmarks_from != "9999" else "")


def _row_filters(rows: pd.DataFrame) -> RowRules:
    return {
        "columns": {
            "theme": list(rows["theme"]),
            "actors": [list(one) for one in rows["actors"]],
            "status": list(rows["status"]),
            "known": [
                [known, until] if until else known
                for known, until in zip(rows["known"], rows["until"], strict=True)
            ],
        },
        "span": "known",
        "total": rows["id"].nunique(),
        "labels": {"theme": THEMES, "status": {word: word for word in theme.STATUS}},
        "when": [tables.spell(date) for date in rows["date"]],
        "templates": {
            "title": {
                "many": "Busiest lane among {n} events: {most:theme}",
                "one": "One event fits: {first}, in the lane {most:theme}",
                "none": "No event fits these choices",
            },
            "description": {
                "many": (
                    "{n} of the {total} events of this period are shown, from {first} to {last}. By"
                    " status: {tally:status}. By lane: {tally:theme}."
                ),
                "one": (
                    "One of the {total} events of this period is shown: {first}, {tally:status}."
                ),
                "none": (
                    "None of the {total} events of this period fits. Choose “All” in one of the"
                    " lists, or a later day under “Known by”."
                ),
            },
        },
    }


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    names = tables.read("countries").set_index("id")["short_name"]
    now = tables.spell(tables.knowledge_as_of())
    people = lambda codes: "; ".join(names.get(code, code) for code in codes)  # noqa: E731
    return pd.DataFrame(
        {
            "Date": [tables.spell(date) for date in rows["date"]],
            "Event": rows["title"],
            "What happened": rows["description"],
            "Lane": rows["theme"].map(THEMES),
            "Actors": rows["actors"].map(people),
            "Place": rows["place"],
            "Status": [
                f"{theme.STATUS[status].sign} {status}{', then' if until else ''}"
                for status, until in zip(rows["status"], rows["until"], strict=True)
            ],
            "Claimed by": rows["claimant"].map(people),
            "Denied by": rows["disputed_by"].map(people),
            "First public": [
                tables.spell(date) if pd.notna(date) else "" for date in rows["first_reported"]
            ],
            "Why it matters": [
                f"Why it matters, seen from {now}: {why}" if pd.notna(why) else ""
                for why in rows["why_it_matters"]
            ],
        }
    )
