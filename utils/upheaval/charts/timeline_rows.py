"""Which events a period of the timeline has, and where each has room in its lane."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..facts import tables
from .draw import words

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


# Sizes in pixels. Marks and labels are stacked for a plot this wide: a wider one only has more
# room, and a narrower one (a phone) drops the labels and draws smaller marks.
WIDTH = 600
MARK, LANDMARK = 10, 14
ROW, LANE_HEAD, LANE_FOOT = 18, 24, 6
LETTER = 6.7
#: Parts of the width: the panel of what lies before a parted day, and the gap behind it.
BEFORE, BETWEEN = 0.36, 0.05


@dataclass(frozen=True)
class Panel:
    """A part of the picture with an axis of its own, from one day to another and from ``left`` to
    ``right``, as parts of the width.
    """

    axis: str
    first: str
    last: str
    left: float
    right: float

    def at(self, moment: pd.Timestamp) -> float:
        """Where a moment stands on the reference width, in pixels."""
        first, last = pd.Timestamp(self.first), pd.Timestamp(self.last)
        part: float = (moment - first) / (last - first)
        return (self.left + part * (self.right - self.left)) * WIDTH


@dataclass(frozen=True)
class Period:
    """A window: first and last day, and from when on (``landmarks_from``) only landmarks show.

    What lies before a ``parted`` day has a panel of its own, so that decades with few events leave
    room to the years with many. In one that is ``named`` every mark has its name beside it, and not
    the landmarks alone.
    """

    label: str
    first: str
    last: str
    landmarks_from: str = "9999"
    parted: str = ""
    named: bool = False

    @property
    def panels(self) -> list[Panel]:
        """The panels from left to right: most often it is one."""
        if not self.parted:
            return [Panel("x", self.first, self.last, 0.0, 1.0)]
        return [
            Panel("x", self.first, self.parted, 0.0, BEFORE),
            Panel("x2", self.parted, self.last, BEFORE + BETWEEN, 1.0),
        ]

    def panel_of(self, moment: pd.Timestamp) -> Panel:
        """The panel in which a moment stands; one outside stands in the nearest."""
        later = [one for one in self.panels if moment >= pd.Timestamp(one.first)]
        return later[-1] if later else self.panels[0]


PERIODS = {
    "october": Period("Around 23 October 2024", "2024-09-24", "2024-12-01", named=True),
    "2024": Period("All of 2024", "2024-01-01", "2024-12-31"),
    "war": Period("Since 2022", "2022-01-01", "2026-03-31"),
    "background": Period(
        "Background since 1950",
        "1949-01-01",
        "2026-12-31",
        landmarks_from="2022",
        parted="2022-01-01",
    ),
}


def rows_of(events: pd.DataFrame, window: Period) -> pd.DataFrame:
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


def short_name(row: Any) -> str:
    """The name beside an event's mark, wherever it has one: a landmark's, or ours."""
    return str(row.landmark) if pd.notna(row.landmark) else words(row.label)


def name_of(row: Any) -> str:
    """What an event is called: by its name on the chart, where it has one, and what that was."""
    name = short_name(row)
    return f"{name}: {row.title}" if name else str(row.title)


#: Where each of the two capitals denied the deployment, in words that were public: rows of tables.
DENIED = {
    "RUS": (("events", "kremlin-fake-news"), ("quotes", "nebenzya-barefaced-lies")),
    "PRK": (("events", "dprk-groundless-rumours"),),
}
#: Where each of them admitted it.
_ADMITTED = ("gerasimov-acknowledges", "dprk-acknowledges")


def about_deployment(row: Any) -> bool:
    """Whether an event says that the soldiers were there: its denial fell with the admissions."""
    days = tables.read("events").set_index("id")["date"]
    first, last = (pd.Timestamp(days[event]) for event in _ADMITTED)
    return bool(row.status_before == "disputed" and first <= row.status_since <= last)


#: Who denies a row: the ISO day (empty where it is not known), the capital, and whether that was
#: before the row itself was public.
Denial = tuple[str, str, bool]


def denial_days() -> dict[str, list[str]]:
    """The days on which each of the two capitals denied the deployment."""
    days = {name: tables.read(name).set_index("id")["date"] for name in ("events", "quotes")}
    return {code: [str(days[name][one]) for name, one in said] for code, said in DENIED.items()}


def denials_of(rows: pd.DataFrame) -> list[list[Denial]]:
    """Who denies what each row says, and when; of no row that is not disputed.

    The denials of the deployment itself have days: the rows of `DENIED`. A row was about it if its
    status changed when the two capitals admitted it. A row that became disputed later than it was
    public was denied on that day. Of others the tables have no day: those are disputed, and no
    title says who denies them.
    """
    capitals = tables.read("countries").set_index("id")["capital"]
    days = denial_days()
    found: list[list[Denial]] = []
    for row in tables.tuples(rows):
        named: list[Denial] = []
        if row.until and about_deployment(row):
            named = [
                (day, str(capitals[code]), day < row.known)
                for code in DENIED
                if code in row.disputed_by or not row.disputed_by
                for day in days[code]
            ]
        elif pd.notna(row.status_since) and len(row.disputed_by) == 1:
            named = [(row.known, str(capitals[row.disputed_by[0]]), False)]
        found.append((named or [("", "", False)]) if row.status == "disputed" else [])
    return found


#: A number in a headline, which nobody confirmed with the presence of soldiers.
_NUMBER = re.compile(r"\d")
#: Of what the status of such a row is said.
PRESENCE = "the presence, not the number"


def object_of(row: Any) -> str:
    """Of what a row's status is said, where that is less than its headline; else empty.

    When the two capitals admitted the soldiers, they gave no number.
    """
    admitted = row.status == "confirmed" and about_deployment(row)
    return PRESENCE if admitted and _NUMBER.search(row.headline) else ""


#: Who a headline names at its end: ", officials say", ", New York Times reports".
_SAID_BY = re.compile(r", [^,]* (?:say|says|report|reports)$")


def headline_of(row: Any) -> str:
    """What a row tells as a headline: without who said so first, once the actor itself has."""
    settled = row.status == "confirmed" and pd.notna(row.status_since)
    return _SAID_BY.sub("", row.headline) if settled else str(row.headline)


def weight_of(row: Any) -> int:
    """How near a row is to the deployment, which leads: 0 where it is no landmark and not of it."""
    of_both = row.theme == "dprk-russia" or (row.theme == "war" and "PRK" in row.actors)
    about_it = about_deployment(row)
    if pd.notna(row.landmark):
        return 3 if about_it or of_both else 1
    return 2 if about_it else 0


def label_of(row: Any, window: Period) -> str:
    """What stands beside an event's mark in a window; empty where nothing does."""
    return short_name(row) if window.named or pd.notna(row.landmark) else ""


def extent(row: Any, window: Period) -> tuple[float, float, bool]:
    """An event's extent on the reference width, and whether its label stands on the left."""
    at = window.panel_of(row.middle).at
    half = (LANDMARK if pd.notna(row.landmark) else MARK) / 2 + 1
    first_x, last_x = (
        min(at(row.start), at(row.middle) - half),
        max(at(row.end), at(row.middle) + half),
    )
    if not (label := label_of(row, window)):
        return first_x, last_x, False
    wide = len(label) * LETTER + 6
    on_left = last_x + wide > WIDTH
    return (first_x - wide, last_x, True) if on_left else (first_x, last_x + wide, False)


def stacked(rows: pd.DataFrame, window: Period) -> tuple[list[float], dict[str, float], float]:
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
            first_x, last_x, _ = extent(row, window)
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
