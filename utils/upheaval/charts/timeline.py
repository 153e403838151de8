"""The timeline: dated events in lanes by theme."""

from __future__ import annotations

import functools
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import decoration
from ..facts import evidence, tables
from ..protocol import Mobile, RowRules
from . import draw
from .draw import Chart, Trace, chosen, theme
from .timeline_marks import labels_of, marks_of
from .timeline_rows import (
    PERIODS,
    THEMES,
    Period,
    denials_of,
    headline_of,
    name_of,
    object_of,
    rows_of,
    short_name,
    stacked,
    weight_of,
)

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

period_options = draw.offer(PERIODS)
status_options = draw.offer(
    {word: f"{mark.sign} {word}" for word, mark in theme.STATUS.items()}, first="Any status"
)
as_of_options = functools.partial(draw.as_of_options, AS_OF)

DAY = 86_400_000  # milliseconds
#: Pixels above and below the lanes, and how much closer rows without names stand on a phone.
MARGINS, CLOSER = 66, 0.72
DECADES = ["1960-01-01", "1990-01-01"]
TICKS = [
    {"dtickrange": [None, 20 * DAY], "value": "%-d %b\n%Y"},
    {"dtickrange": [20 * DAY, "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]
#: Headings of the table.
_WHAT, _WHY, _PUBLIC = "What happened", "Why it matters", "First public"
_CLAIMED, _DENIED = "Claimed by", "Denied by"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "subtitle": "Dated events by theme, {first} to {last}",
    "landmarks": "; landmarks only from 2022 on",
    "why": "Why it matters, seen from {day}: {why}",
    "span": "somewhere along the line: the day is not known",
    "then": " (what is said; on that day)",
    "since": " ({what}; since {day})",
    "content": "what is said",
    "known by": "known by",
    "all lanes": "All lanes",
    "all actors": "All actors",
}
TEMPLATES: Any = {
    "title": {"many": "{story}", "one": "{story}", "none": "No event fits these choices"},
    "description": {
        "many": (
            "{told} On show: {share} events of this period, {days}. By status: {tally:status}. By"
            " lane: {tally:theme}."
        ),
        "one": "{told} On show: one of the {total} events of this period.",
        "none": (
            "None of the {total} events of this period fits. Choose “All” in one of the"
            " lists, or a later day under “Known by”."
        ),
    },
}


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
    window = chosen(PERIODS, period, "period")
    rows = rows_of(events, window)
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
            "body": _WHAT,
            "note": _WHY,
            "highlights": "Landmarks",
        },
        legend=_legend(rows),
        mobile=_mobile(rows, window),
    )


def _mobile(rows: pd.DataFrame, window: Period) -> Mobile:
    """Smaller marks without names; where names took room for all, rows stand closer, too."""
    made: Mobile = {"marks": 0.75, "labels": False}
    if window.named:
        made["layout"] = {"height": round(CLOSER * stacked(rows, window)[2]) + MARGINS}
    return made


def _figure(rows: pd.DataFrame, window: Period) -> go.Figure:
    """Lanes by theme, an event a mark, the landmarks named."""
    y, tops, height = stacked(rows, window)
    axis = rows["middle"].map(lambda moment: window.panel_of(moment).axis)
    inside = [(one.axis, rows[axis == one.axis]) for one in window.panels]
    traces = [
        marks_of(here[here["status"] == status], y, status) | {"xaxis": name}
        for name, here in inside
        for status in theme.STATUS
    ]
    labels = [labels_of(here, y, window) | {"xaxis": name} for name, here in inside]
    # What became public lies in the last panel: so does the line of the day chosen.
    last = window.panels[-1].axis
    at = {"name": "at:as_of", "line": {"dash": "dash", "width": 1.5}, "xref": last}
    moving = draw.vertical(window.last, layer="above") | at
    return draw.fixed_figure(
        draw.lane_names(
            [THEMES[lane] for lane in tops],
            window.first,
            [top + 13 for top in tops.values()],
            decoration("names of the lanes"),
        ),
        *[trace for trace in [*traces, *labels] if trace["ids"]],
        height=height + MARGINS,
        # Fixed margins: plotly.js draws everything twice where it has to find them.
        margin=(8, 8, 18, 48),
        **_days(window),
        # The lines between lanes are grid lines: cheaper to draw than shapes, as labels are cheaper
        # than annotations.
        yaxis=draw.row_axis(height, lines=tops.values()),
        annotations=[
            # Beside its line: about it, the last day of a period would cut it off.
            draw.note(window.last, 0, TEXTS["known by"], size=11, name="at:as_of")
            | {"yref": "y", "yanchor": "bottom", "xanchor": "right", "xref": last}
        ],
        shapes=[moving],
    )


def _days(window: Period) -> dict[str, Trace]:
    """The axis of each panel: years by two where there are several, else as its length asks for."""
    axes: dict[str, Trace] = {}
    for one in window.panels:
        days: Trace = {"type": "date", "range": [one.first, one.last], "tickformatstops": TICKS}
        if window.parted:
            # The last label of the decades keeps clear of the first year of the next panel.
            decades = one.last == window.parted
            step = {"tickvals": DECADES} if decades else {"dtick": "M24", "tick0": "1960-01-01"}
            days |= {"domain": [one.left, one.right], "tickformat": "%Y", "tickangle": 0, **step}
        axes[one.axis.replace("x", "xaxis")] = draw.FIXED | days
    return axes


# -- choices for the controls ----------------------------------------------------------------------
def theme_options(events: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every lane that has events, and all of them first."""
    return draw.options(THEMES, first=TEXTS["all lanes"], only=set(events["theme"]))


def actor_options(events: pd.DataFrame, least: int = 5) -> list[tuple[str, str | None]]:
    """(label, value): everybody, then each actor of ``least`` events or more, by frequency."""
    counts = events["actors"].explode().value_counts()
    names = draw.short_names()
    frequent = [code for code in counts.index if counts[code] >= least]
    ranked = sorted(frequent, key=lambda code: (-counts[code], code))
    return [(TEXTS["all actors"], None), *((names[code], code) for code in ranked)]


def _legend(rows: pd.DataFrame) -> list[draw.Sign]:
    legend: list[draw.Sign] = [*theme.statuses(rows["status"])]
    if (rows["start"] < rows["end"]).any():
        legend.append(("─●─", TEXTS["span"]))
    return legend


# -- words -----------------------------------------------------------------------------------------
def _subtitle(window: Period) -> str:
    # A window may end after what is known, for the marks at its edge.
    known = tables.knowledge_as_of()
    first, last = (tables.spell(one) for one in (window.first, min(window.last, known)))
    landmarks = TEXTS["landmarks"] if window.landmarks_from != "9999" else ""
    return TEXTS["subtitle"].format(first=first, last=last) + landmarks


def _row_filters(rows: pd.DataFrame) -> RowRules:
    objects = [object_of(row) for row in tables.tuples(rows)]
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
        "story": draw.story_of(
            _told(rows), "event", denials_of(rows), objects, reported=_reported(rows)
        ),
        "templates": TEMPLATES,
    }


def _reported(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """The day that each event is of, and the day on which it became public."""
    return list(zip(rows["date"], rows["first_reported"].fillna(""), strict=True))


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows as a story needs them: called as their labels or their lines in the list are."""
    each = list(tables.tuples(rows))
    return rows.assign(
        name=[short_name(row) or row.title for row in each],
        headline=[headline_of(row) for row in each],
        landmark=[weight_of(row) for row in each],
    )


def _status(row: Any) -> str:
    """A status with its object: the sentence may have been said beyond doubt, and be denied."""
    since = ""
    if pd.notna(row.status_since):
        since = TEXTS["since"].format(
            what=object_of(row) or TEXTS["content"],
            day=tables.spell(f"{row.status_since:%Y-%m-%d}"),
        )
    return f"{theme.STATUS[row.status].sign} {row.status}{TEXTS['then'] if row.until else since}"


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    names, now = draw.short_names(), tables.spell(tables.knowledge_as_of())

    def people(codes: tuple[str, ...]) -> str:
        return "; ".join(names.get(code, code) for code in codes)

    return pd.DataFrame(
        {
            "Date": [tables.spell(date) for date in rows["date"]],
            "Event": [name_of(row) for row in tables.tuples(rows)],
            _WHAT: rows["description"],
            "Lane": rows["theme"].map(THEMES),
            "Actors": rows["actors"].map(people),
            "Place": rows["place"],
            "Status": [_status(row) for row in tables.tuples(rows)],
            _CLAIMED: rows["claimant"].map(people),
            _DENIED: rows["disputed_by"].map(people),
            _PUBLIC: [
                tables.spell(date) if pd.notna(date) else "" for date in rows["first_reported"]
            ],
            _WHY: [
                TEXTS["why"].format(day=now, why=why) if pd.notna(why) else ""
                for why in rows["why_it_matters"]
            ],
        }
    )
