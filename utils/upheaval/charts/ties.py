"""The network of ties: who is tied with whom, how strongly, and which way."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from .. import theme
from ..chart import Chart
from ..encoding import At, Channel, Fixed, Mapped, Toward, decoration, encode
from ..facts import evidence, tables
from ..methods import networks


@dataclass(frozen=True)
class Group:
    """States on the circle, clockwise from the upper left: joint name, years, and a caution."""

    label: str
    states: tuple[str, ...]
    years: tuple[int, ...]
    caution: str


GROUPS = {
    "four": Group(
        "Russia, China, Iran and North Korea",
        ("RUS", "PRK", "CHN", "IRN"),
        (2000, 2020, 2021, 2022, 2023, 2024, 2025),
        "speculated ties are left out",
    ),
    "allies": Group(
        "the United States, Japan, South Korea and NATO",
        ("USA", "JPN", "KOR", "NATO"),
        (1950, 1955, 1965, 2000, 2022, 2023, 2025),
        "NATO stands for all its members; our table has only their pacts",
    ),
}


@dataclass(frozen=True)
class Family:
    """Kinds of tie shown together: the words for the control and for a title, and the kinds."""

    label: str
    by: str
    kinds: tuple[str, ...]


FAMILIES = {
    "pacts": Family(
        "Pacts and agreements", "by pacts or agreements", ("mutual-defence", "treaty", "agreement")
    ),
    "arms": Family(
        "Arms, technology, troops",
        "by arms, technology, troops or exercises",
        ("arms-transfer", "tech-transfer", "troops", "joint-exercise"),
    ),
    "trade": Family(
        "Trade and sanctions",
        "by trade or around sanctions",
        ("dual-use-trade", "oil-trade", "sanctions-evasion"),
    ),
    "politics": Family("Summits and votes", "by summits or votes", ("summit", "diplomatic-vote")),
}
KINDS = {
    "mutual-defence": "mutual defence",
    "treaty": "treaty",
    "agreement": "agreement",
    "summit": "summit",
    "arms-transfer": "arms",
    "tech-transfer": "technology",
    "dual-use-trade": "dual-use trade",
    "oil-trade": "oil, gas and other trade",
    "sanctions-evasion": "around sanctions",
    "joint-exercise": "exercises",
    "diplomatic-vote": "votes",
    "troops": "troops",
}


@dataclass(frozen=True)
class Line:
    """How a strength is drawn and said: word, adverb for a title, sign in the key, width, dash."""

    word: str
    adverb: str
    sign: str
    width: float
    dash: str


STRENGTH = {
    1: Line("weak", "", "┈┈", 1.5, "dot"),
    2: Line("middling", "at middling strength or more", "╌╌", 3.5, "dash"),
    3: Line("strong", "strongly", "━━", 7, "solid"),
}
#: The headings of the table from which lines and arrows are drawn.
_FROM, _TO, _DIRECTION, _STRENGTH = "From", "To", "Direction", "Strength"
#: Kept out of the drawing: what is expected but not shown is no tie.
SHOWN = tuple(status for status in theme.STATUS if status != "speculated")
#: How far an arrow stays away from the middle of a state and a line from the tip of its arrow;
#: where a word stands.
GAP, HEAD, SIDE, DIAGONAL = 0.17, 0.09, 0.5, 0.27
#: How far the name of a state stands from its middle.
_NAME = 0.13
#: Places are rounded to three decimals.
_NEAR = 0.005


def network(
    ties: pd.DataFrame,
    group: str = "four",
    year: int = 2024,
    kind: str | None = None,
    least: int = 1,
) -> Chart:
    """The ties of one year among the states of a group, one line a pair.

    ``ties`` is the table ``ties``; ``group`` a key of `GROUPS`, ``kind`` a key of `FAMILIES` or
    None for all, and ``least`` the lowest strength, 1 to 3. A line's width, dash and word are the
    strongest tie of the pair; an arrow points to who receives. Ties with the status *speculated*
    are left out. Raises ``KeyError`` for an unknown group or kind, ``ValueError`` for another
    strength.
    """
    states = GROUPS[group].states
    among = ties[ties["a_iso3"].isin(states) & ties["b_iso3"].isin(states)]
    rows = networks.ties_in(among, year, FAMILIES[kind].kinds if kind else None, least, SHOWN)
    pairs = list(networks.pair_strength(rows).itertuples(index=False))
    positions = _positions(states)
    table = _table(rows, names := _names())
    behind = _Behind(table, names, positions)
    figure = theme.figure(
        *_lines(pairs, positions, behind),
        _heads(pairs, positions, behind),
        _strength_labels(pairs, positions, states, behind),
        *_nodes(positions, names),
        height=390,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 4, "b": 4, "autoexpand": False},
        # A circle stays a circle, however wide the page is.
        xaxis={**theme.FIXED_AXIS, "range": [-1.3, 1.3], "visible": False, "constrain": "domain"},
        yaxis={**theme.FIXED_AXIS, "range": [-1.1, 1.1], "visible": False, "scaleanchor": "x"},
    )
    return Chart(
        figure,
        title=_title(rows, pairs, names, group, year, kind, least),
        subtitle=_subtitle(group, year, kind),
        description=_description(rows, pairs, names),
        table=table,
        sources=[one for cell in rows["sources"] for one in cell],
        refs=evidence.refs("ties", rows["id"]),
        known="rows",
        name=f"ties-{group}-{year}",
        legend=[
            *((line.sign, line.word) for line in reversed(STRENGTH.values())),
            ("▶", "points to who receives"),
        ],
        mobile={"marks": 0.85, "layout": {"height": 290}},
    )


# -- choices for the controls ----------------------------------------------------------------------
def year_options(group: str = "four") -> list[tuple[str, int]]:
    """(label, value) of the stops of the year stepper for a group."""
    return [(str(year), year) for year in GROUPS[group].years]


def kind_options() -> list[tuple[str, str | None]]:
    """(label, value) of every family of kinds, and all of them first."""
    return [("All kinds", None), *((family.label, name) for name, family in FAMILIES.items())]


def strength_options() -> list[tuple[str, int]]:
    """(label, value) of the lowest strength shown."""
    return [("Weak or more", 1), ("Middling or more", 2), ("Strong only", 3)]


def _names() -> dict[str, str]:
    """The short name of every country, by its code."""
    countries = tables.read("countries")
    return dict(zip(countries["id"], countries["short_name"], strict=True))


# -- places and lines ------------------------------------------------------------------------------
@functools.cache
def _positions(states: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """The fixed circle, turned so that the first state stands at the upper left."""
    turn = math.pi / len(states)
    circle = networks.circle(states).set_index("state")
    cos, sin = math.cos(turn), math.sin(turn)
    return {
        str(state): (round(x * cos - y * sin, 3), round(x * sin + y * cos, 3))
        for state, x, y in circle.itertuples(name=None)
    }


def _on(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    return round(start[0] + (end[0] - start[0]) * part, 3), round(
        start[1] + (end[1] - start[1]) * part, 3
    )


def _trace(**parts: Any) -> dict[str, Any]:
    """A scatter trace as plain values: plotly then checks it once, in the figure, and not twice."""
    return {"type": "scatter", "hoverinfo": "skip", **parts}


def _ends(pair: Any, positions: dict[str, tuple[float, float]], head: float) -> tuple[float, ...]:
    """Where a pair's line begins and ends: `GAP` from each state, ``head`` more at an arrow."""
    start, end = positions[pair.a], positions[pair.b]
    length = math.dist(start, end)
    first = _on(start, end, (GAP + (head if pair.backward else 0)) / length)
    return (*first, *_on(start, end, 1 - (GAP + (head if pair.forward else 0)) / length))


class _Behind:
    """Which rows of the table a line or an arrow between two states stands for, and where it is."""

    def __init__(
        self,
        table: pd.DataFrame,
        names: Mapping[str, str],
        positions: Mapping[str, tuple[float, float]],
    ):
        self.names, self.positions = names, positions
        cells = zip(table[_FROM], table[_TO], table[_DIRECTION], strict=True)
        self.ties = list(cells)

    def pair(self, pair: Any) -> list[int]:
        """The rows of all ties of a pair."""
        both = {self.names[pair.a], self.names[pair.b]}
        return [row for row, (one, other, _) in enumerate(self.ties) if {one, other} == both]

    def arriving(self, start: str, end: str) -> list[int]:
        """The rows of the ties from one state to another; of mutual ones, if there is no other."""
        one, other = self.names[start], self.names[end]
        ties = list(enumerate(self.ties))
        single = [row for row, tie in ties if tie == (one, other, "one way")]
        return single or [
            row for row, tie in ties if {*tie[:2]} == {one, other} and tie[2] == "both ways"
        ]

    def beside(
        self, start: str, end: str, far: float, columns: tuple[str, ...] = (_FROM, _TO)
    ) -> tuple[At, At]:
        """A place ``far`` from one state on the way to another, seen from the name of the first."""
        (x, y), (to_x, to_y) = self.positions[start], self.positions[end]
        part = far / math.dist((x, y), (to_x, to_y))
        across, up = (to_x - x) * part, (to_y - y) * part - math.copysign(_NAME, y)
        name = self.names[start]
        return (
            At(name, _NEAR, offset=across, columns=columns),
            At(name, _NEAR, offset=up, columns=columns),
        )


def _strongest(drawn: Callable[[Line], Any], rows: Sequence[int] = ()) -> Mapped:
    """A look that tells the strongest tie of the rows."""
    values = {f"{strength} {one.word}": drawn(one) for strength, one in STRENGTH.items()}
    return Mapped(_STRENGTH, values, tuple(rows))


def _lines(
    pairs: Sequence[Any], positions: dict[str, tuple[float, float]], behind: _Behind
) -> list[dict[str, Any]]:
    """The lines, one trace a strength, with a gap between one pair and the next."""
    traces = []
    for strength, style in STRENGTH.items():
        x: list[float | None] = []
        y: list[float | None] = []
        across: list[At | None] = []
        up: list[At | None] = []
        stand: list[list[int] | None] = []
        for pair in [pair for pair in pairs if pair.strength == strength]:
            one = behind.beside(pair.a, pair.b, GAP + (HEAD if pair.backward else 0))
            other = behind.beside(pair.b, pair.a, GAP + (HEAD if pair.forward else 0))
            across += [one[0], other[0], None]
            up += [one[1], other[1], None]
            stand += [behind.pair(pair), behind.pair(pair), None]
            x_start, low, x_end, high = _ends(pair, positions, HEAD)
            x += [x_start, x_end, None]
            y += [low, high, None]
        if x:
            line = {"color": theme.BLUE, "width": style.width, "dash": style.dash}
            says: dict[str, Channel | Sequence[Channel | None]] = {
                "x": across[:-1],
                "y": up[:-1],
                "line.width": _strongest(lambda one: one.width),
                "line.dash": _strongest(lambda one: one.dash),
            }
            meta = encode(stand[:-1], says)
            traces.append(
                _trace(x=x[:-1], y=y[:-1], mode="lines", connectgaps=False, line=line, meta=meta)
            )
    return traces


def _heads(
    pairs: Sequence[Any], positions: dict[str, tuple[float, float]], behind: _Behind
) -> dict[str, Any]:
    """An arrow head at each end where something arrives."""
    x, y, angle, size = [], [], [], []
    stand, ends, ways, sizes = [], [], [], []
    for pair in pairs:
        x_start, low, x_end, high = _ends(pair, positions, 0)
        turn = math.degrees(math.atan2(x_end - x_start, high - low))  # from upwards, clockwise
        for arrives, tip, way, start, end in (
            (pair.forward, (x_end, high), turn, pair.a, pair.b),
            (pair.backward, (x_start, low), turn + 180, pair.b, pair.a),
        ):
            if arrives:
                stand.append(behind.arriving(start, end))
                single = behind.ties[stand[-1][0]][2] == "one way"
                ends.append(behind.beside(end, start, GAP, (_TO,) if single else (_FROM, _TO)))
                ways.append(Toward(behind.names[start], behind.names[end]))
                sizes.append(_strongest(lambda one: 15 + one.width, behind.pair(pair)))
                x.append(tip[0])
                y.append(tip[1])
                angle.append(round(way))
                size.append(15 + STRENGTH[pair.strength].width)
    marker = {
        "symbol": "arrow",
        "angle": angle,
        "size": size,
        "color": theme.BLUE,
        "opacity": 1,
        "line": {"width": 0},
    }
    # An arrow is as large as the line of its pair is strong, whichever way the strong tie goes.
    meta = encode(
        stand,
        {
            "x": [across for across, _ in ends],
            "y": [up for _, up in ends],
            "marker.angle": ways,
            "marker.size": sizes,
            "marker.symbol": Fixed("arrow"),
        },
    )
    return _trace(x=x, y=y, mode="markers", marker=marker, meta=meta)


def _strength_labels(
    pairs: Sequence[Any],
    positions: dict[str, tuple[float, float]],
    states: tuple[str, ...],
    behind: _Behind,
) -> dict[str, Any]:
    """The word for the strength beside each line, where no other line passes."""
    x, y, text, where, fars = [], [], [], [], []
    for pair in pairs:
        left, right = sorted((positions[pair.a], positions[pair.b]))
        across = abs(states.index(pair.a) - states.index(pair.b)) == len(states) // 2
        spot = _on(left, right, DIAGONAL if across else SIDE)
        fars.append(math.dist(left, right) * (DIAGONAL if across else SIDE))
        x.append(spot[0])
        y.append(spot[1])
        text.append(f"\u00a0\u00a0{STRENGTH[pair.strength].word}\u00a0\u00a0")
        if across:
            where.append("top right" if spot[1] > 0 else "bottom right")
        elif abs(left[1] - right[1]) < 0.1:
            y[-1] += math.copysign(0.04, spot[1])
            where.append("top center" if spot[1] > 0 else "bottom center")
        else:
            where.append("middle right" if spot[0] < 0 else "middle left")
    ends = []
    for pair, far in zip(pairs, fars, strict=True):
        first, last = sorted((pair.a, pair.b), key=positions.__getitem__)
        ends.append(behind.beside(first, last, far))
    meta = encode(
        [behind.pair(pair) for pair in pairs],
        {
            "x": [across for across, _ in ends],
            "y": [replace(up, reach=0.05) for _, up in ends],  # a step off a level line
            "text": _strongest(lambda one: one.word),
        },
    )
    return _trace(
        x=x, y=y, mode="text", text=text, textposition=where, textfont={"size": 12}, meta=meta
    )


def _nodes(
    positions: dict[str, tuple[float, float]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The states: a disc, and the name above or below it."""
    x, y = [x for x, _ in positions.values()], [y for _, y in positions.values()]
    discs = _trace(
        x=x,
        y=y,
        mode="markers",
        marker={"symbol": "circle", "size": 26, "color": theme.GREY, "opacity": 1},
        meta=encode(
            [None] * len(positions),
            {
                "x": [At(names[state]) for state in positions],
                "y": [
                    At(names[state], offset=-math.copysign(_NAME, y))
                    for state, (_, y) in positions.items()
                ],
                "marker.symbol": Fixed("circle"),
            },
        ),
    )
    labels = _trace(
        x=x,
        y=[one + math.copysign(_NAME, one) for one in y],
        mode="text",
        cliponaxis=False,
        text=[f"<b>{theme.escape_html(names[state])}</b>" for state in positions],
        textfont={"size": 14},
        textposition=["top center" if one > 0 else "bottom center" for one in y],
        meta=decoration("names of the states"),
    )
    return [discs, labels]


# -- words -----------------------------------------------------------------------------------------
def _title(
    rows: pd.DataFrame,
    pairs: Sequence[Any],
    names: Mapping[str, str],
    group: str,
    year: int,
    kind: str | None,
    least: int,
) -> str:
    if rows.empty:
        return f"{year}: no tie in our table fits these choices"
    possible, strongest = math.comb(len(GROUPS[group].states), 2), max(STRENGTH)
    strong = sum(pair.strength == strongest for pair in pairs)
    tied = f"all {possible}" if len(pairs) == possible else f"{len(pairs)} of {possible}"
    how = f" {STRENGTH[least].adverb}" if least > 1 else ""
    by = f" {FAMILIES[kind].by}" if kind else ""
    share = ", strongly" if strong == len(pairs) else f", {strong or 'none'} of them strongly"
    rest = share if least < strongest else ""
    top = max(pair.ties for pair in pairs)
    most = [pair for pair in pairs if pair.ties == top]
    busiest = (
        f"; most ties: {names[most[0].a]} and {names[most[0].b]} ({top})"
        if len(most) == 1 and len(pairs) > 1
        else ""
    )
    return f"{year}: {tied} pairs tied{how}{by}{rest}{busiest}"


def _subtitle(group: str, year: int, kind: str | None) -> str:
    what = FAMILIES[kind].label if kind else "All kinds of tie"
    return (
        f"{what} among {GROUPS[group].label} on at least one day of {year}; each line is the"
        f" strongest tie of a pair, by our coding from 1 to 3; {GROUPS[group].caution}"
    )


def _description(rows: pd.DataFrame, pairs: Sequence[Any], names: Mapping[str, str]) -> str:
    if rows.empty:
        return (
            "None of the ties in our table fits these choices. Choose another year, “All kinds”, or"
            " a lower strength. A tie that is not in our table may exist all the same."
        )
    counts = Counter(rows["status"])
    status = ", ".join(f"{word} {counts[word]}" for word in theme.STATUS if word in counts)
    ranked = sorted(
        pairs, key=lambda pair: -pair.ties
    )  # pairs come in alphabetical order, and equals stay in it
    by_pair = "; ".join(
        f"{names[pair.a]} and {names[pair.b]} {pair.ties} ({STRENGTH[pair.strength].word})"
        for pair in ranked
    )
    opening = "One tie is shown" if len(rows) == 1 else f"{len(rows)} ties are shown"
    return f"{opening}. By pair: {by_pair}. By status: {status}."


def _table(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The rows in order of their start, under headings for people."""
    arrow = {"mutual": "both ways", "a->b": "one way"}
    columns = [
        "start_date",
        "id",
        "end_date",
        "a_iso3",
        "b_iso3",
        "direction",
        "tie_kind",
        "description",
        "strength",
        "strength_reason",
        "status",
    ]
    cells = [
        (
            names[a],
            names[b],
            arrow[direction],
            KINDS[kind],
            tables.spell(start),
            tables.spell(end),
            what,
            f"{strength} {STRENGTH[strength].word}: {why}",
            f"{theme.STATUS[status].sign} {status}",
        )
        for start, _, end, a, b, direction, kind, what, strength, why, status in sorted(
            zip(*(rows[column] for column in columns), strict=True)
        )
    ]
    return pd.DataFrame(
        cells,
        columns=[
            _FROM,
            _TO,
            _DIRECTION,
            "Kind",
            "Began",
            "Ended",
            "What it is",
            _STRENGTH,
            "Status",
        ],
    )
