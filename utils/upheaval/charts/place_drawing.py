"""The drawing of the map: its parts, its ground, and the marks and names on it."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from .. import encoding
from ..encoding import Cell, Channels, Fact, decoration, encode
from ..facts import tables
from ..methods.geography import Point, shortest_way
from . import draw
from .draw import Row, Trace, theme


@dataclass(frozen=True)
class Part:
    """A part of the world: its edges in degrees, its height in pixels, and what is named on it.

    ``ground`` is its name among the outlines, ``frame`` is west, east, south, north. ``near`` are
    places without a report that help a reader to find the others; ``names`` says beside which place
    a name stands, and on which side of it. ``states`` are names of states with the point of each.
    """

    label: str
    ground: str
    frame: tuple[float, float, float, float]
    height: int
    mobile: int
    near: tuple[str, ...]
    names: dict[str, str]
    states: tuple[tuple[str, float, float], ...]


_RIGHT, _LEFT, _ABOVE = "middle right", "middle left", "top left"
#: Between a name and the mark on this side of which it stands.
GAPS = dict.fromkeys((_RIGHT, _LEFT, "bottom right"), "\u00a0" * 3) | {_ABOVE: "\u00a0"}
PARTS = {
    "way": Part(
        "The whole way",
        "way",
        (19, 143, 34, 70),
        390,
        180,
        ("moscow", "pyongyang", "kursk"),  # the title measures the way to Kursk from the first day
        {
            "kursk": _ABOVE,
            "donetsk": "bottom right",
            "vladivostok": _LEFT,
            "moscow": _RIGHT,
            "pyongyang": _LEFT,
        },
        (("RUSSIA", 88, 61), ("CHINA", 84, 37), ("KAZAKHSTAN", 67, 48.3), ("MONGOLIA", 105, 46.5)),
    ),
    "ports": Part(
        "Ports and training grounds",
        "ports",
        (120, 143, 37, 52.6),
        520,
        330,
        ("pyongyang", "seoul"),
        {
            "vladivostok": _LEFT,
            "rajin": _LEFT,
            "ussuriysk": _LEFT,
            "pyongyang": _ABOVE,
            "seoul": _LEFT,
        },
        (("RUSSIA", 133.5, 51.6), ("CHINA", 125.5, 45.5), ("JAPAN", 140.4, 37.9)),
    ),
    "border": Part(
        "Kursk, Donetsk and the border",
        "border",
        (29.6, 41.4, 46.6, 52.9),
        460,
        300,
        ("kyiv", "sumy", "kharkiv", "belgorod"),
        {"kursk": _LEFT, "sumy": _LEFT, "kharkiv": _LEFT},
        (("RUSSIA", 39, 52.3), ("UKRAINE", 32.6, 49.3), ("BELARUS", 30.6, 52.5)),
    ),
}

#: Headings of the table; the encodings of the figure name them.
PLACE, NORTH, EAST, STATUS = "Place", "Degrees north", "Degrees east", "Status"
#: How far the second mark of a place stands aside, as a share of the map's width.
ASIDE = 0.016


def figure(rows: list[Row], where: dict[str, Row], part: Part) -> go.Figure:
    """The reports ``rows`` on one part of the map; ``where`` are the places by their ids."""
    shown = {row["place"] for row in rows}
    traces = [_way(where)] if "kursk" in shown and part.ground == "way" else []
    near = [where[one] for one in part.near if one not in shown]
    marked = [_marks(rows, where, part, status) for status in theme.STATUS]
    return draw.map_figure(
        part.ground,
        part.frame,
        *traces,
        _states(part),
        _dots(near),
        *[trace for trace in marked if trace["x"]],
        _names([where[one] for one in where if one in shown] + near, part),
        height=part.height,
    )


def _way(where: dict[str, Row]) -> Trace:
    """The shortest way from the port of landing to Kursk: which way they went is not known."""
    way = shortest_way(point(where["vladivostok"]), point(where["kursk"]))
    return draw.line(
        [place.longitude for place in way],
        [place.latitude for place in way],
        theme.GREY,
        encoding.shortest_way("places", "vladivostok", "kursk"),
        dash="dot",
    )


def _states(part: Part) -> Trace:
    """The names of states, in small capitals: they are nobody's data."""
    return draw.texts(
        [east for _, east, _ in part.states],
        [north for _, _, north in part.states],
        [name for name, _, _ in part.states],
        decoration("names of states"),
        textposition="middle center",
        textfont={"size": 11, "color": theme.GREY},
    )


def _dots(near: list[Row]) -> Trace:
    """Places without a report, as small dots."""
    says: Channels = {
        "x": [Fact("places", row["id"], "longitude") for row in near],
        "y": [Fact("places", row["id"], "latitude") for row in near],
    }
    return draw.marks(
        [row["longitude"] for row in near],
        [row["latitude"] for row in near],
        "square",
        theme.GREY,
        encode([None] * len(near), says),
        size=6,
        edge=0,
    )


def _marks(rows: list[Row], where: dict[str, Row], part: Part, status: str) -> Trace:
    """The reports of one status; a further report of a place stands beside the first."""
    mark, step = theme.STATUS[status], ASIDE * (part.frame[1] - part.frame[0])
    mine = [at for at, row in enumerate(rows) if row["status"] == status]
    aside = [step * sum(rows[at]["place"] == one["place"] for one in rows[:at]) for at in mine]
    says: Channels = {
        "x": [Cell(EAST, offset=one) for one in aside],
        "y": Cell(NORTH),
    }
    hover = [
        f"<b>{theme.wrapped(rows[at]['statement'])}</b><br>{tables.spell(rows[at]['period'])}"
        f" · {mark.sign} {status}"
        for at in mine
    ]
    return draw.marks(
        [where[rows[at]["place"]]["longitude"] + one for at, one in zip(mine, aside, strict=True)],
        [where[rows[at]["place"]]["latitude"] for at in mine],
        mark.symbol,
        mark.colour,
        encode(mine, says),
        ids=mine,
        hover=hover,
        name=status,
    )


def _names(places: list[Row], part: Part) -> Trace:
    """The names of places beside their marks."""
    named = [row for row in places if row["id"] in part.names or part.ground != "way"]
    sides = [part.names.get(row["id"], _RIGHT) for row in named]
    says: Channels = {
        "x": [Fact("places", row["id"], "longitude") for row in named],
        "y": [Fact("places", row["id"], "latitude") for row in named],
        "text": [Fact("places", row["id"], "name", "text") for row in named],
    }
    return draw.texts(
        [row["longitude"] for row in named],
        [row["latitude"] for row in named],
        [
            f"{row['name']}{GAPS[side]}" if side.endswith("left") else f"{GAPS[side]}{row['name']}"
            for row, side in zip(named, sides, strict=True)
        ],
        encode([None] * len(named), says),
        textposition=sides,
        size=13,
    )


def point(place: Row) -> Point:
    """Where a row of ``places`` lies."""
    return Point(place["latitude"], place["longitude"])
