"""The network of ties: who is tied with whom, how strongly, and which way."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..facts import tables
from ..methods import networks


@dataclass(frozen=True)
class Group:
    """States on the circle, clockwise from the upper left, with what the group is called and a caution."""

    label: str
    states: tuple[str, ...]
    caution: str


GROUPS = {
    "four": Group("Russia, China, Iran, North Korea", ("RUS", "PRK", "CHN", "IRN"), "no treaty joins all four"),
    "allies": Group("United States and allies", ("USA", "JPN", "KOR", "NATO"),
                    "NATO stands for all its members; the table holds only pacts here"),
}


@dataclass(frozen=True)
class Family:
    """Kinds of tie that are shown together: the words for the control and for a title, and the kinds."""

    label: str
    by: str
    kinds: tuple[str, ...]


FAMILIES = {
    "pacts": Family("Pacts and agreements", "by pacts or agreements", ("mutual-defence", "treaty", "agreement")),
    "arms": Family("Arms, technology, troops", "by arms, technology, troops or exercises",
                   ("arms-transfer", "tech-transfer", "troops", "joint-exercise")),
    "trade": Family("Trade and sanctions", "by trade or around sanctions",
                    ("dual-use-trade", "oil-trade", "sanctions-evasion")),
    "politics": Family("Summits and votes", "by summits or votes", ("summit", "diplomatic-vote")),
}
KINDS = {
    "mutual-defence": "mutual defence", "treaty": "treaty", "agreement": "agreement", "summit": "summit",
    "arms-transfer": "arms", "tech-transfer": "technology", "dual-use-trade": "dual-use trade",
    "oil-trade": "oil, gas and other trade", "sanctions-evasion": "around sanctions", "joint-exercise": "exercises",
    "diplomatic-vote": "votes", "troops": "troops",
}
YEARS = (2000, 2010, 2020, 2021, 2022, 2023, 2024, 2025)


@dataclass(frozen=True)
class Line:
    """How a strength is drawn and said: the word, the adverb for a title, a sign for the key, width and dash."""

    word: str
    adverb: str
    sign: str
    width: float
    dash: str


STRENGTH = {
    1: Line("weak", "at least weakly", "┈┈", 1.5, "dot"),
    2: Line("middling", "at least middlingly", "╌╌", 3.5, "dash"),
    3: Line("strong", "strongly", "━━", 7, "solid"),
}
#: Kept out of the drawing: what is expected but not shown is no tie.
SHOWN = tuple(status for status in theme.STATUS if status != "speculated")
#: How far a line stays away from the middle of a state, and where on a line its word stands.
GAP, SIDE, DIAGONAL = 0.2, 0.5, 0.3


def network(ties: pd.DataFrame, group: str = "four", year: int = 2024, kind: str | None = None, least: int = 1) -> Chart:
    """The ties of one year among the states of a group, one line a pair.

    ``ties`` is the table ``ties``; ``group`` a key of `GROUPS`, ``kind`` a key of `FAMILIES` or None for all, and
    ``least`` the lowest strength, 1 to 3. A line's width, dash and word are the strongest tie of the pair; an arrow
    points to who receives. Ties with the status *speculated* are left out. Raises ``KeyError`` for an unknown group or
    kind, ``ValueError`` for another strength.
    """
    states = GROUPS[group].states
    rows = networks.ties_in(ties, year, FAMILIES[kind].kinds if kind else None, least, SHOWN)
    rows = rows[rows["a_iso3"].isin(states) & rows["b_iso3"].isin(states)].reset_index(drop=True)
    pairs = networks.pair_strength(rows)
    places = _places(states)
    names = tables.read("countries").set_index("id")["short_name"]
    figure = theme.figure(
        *(line for pair in pairs.itertuples() for line in _lines(pair, places, names)),
        _words(pairs, places, states),
        *_nodes(places, names),
        height=330,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 4, "b": 4, "autoexpand": False},
        xaxis={"range": [-1.25, 1.25], "visible": False, "fixedrange": True, "automargin": False},
        yaxis={"range": [-1.15, 1.15], "visible": False, "fixedrange": True, "automargin": False},
    )
    return Chart(
        figure,
        title=_title(rows, pairs, names, group, year, kind, least),
        subtitle=_subtitle(group, year, kind),
        description=_description(rows, pairs, names, group, year),
        table=_table(rows, names),
        sources=[one for cell in rows["sources"] for one in cell],
        name=f"ties-{group}-{year}",
        key=[*((line.sign, line.word) for line in reversed(STRENGTH.values())), ("▶", "points to who receives")],
        narrow={"marks": 0.8},
    )


# -- choices for the controls ------------------------------------------------------------------------------------------
def group_options() -> list[tuple[str, str]]:
    """(label, value) of every group."""
    return [(group.label, key) for key, group in GROUPS.items()]


def year_options() -> list[tuple[str, int]]:
    """(label, value) of the stops of the year stepper."""
    return [(str(year), year) for year in YEARS]


def kind_options() -> list[tuple[str, str | None]]:
    """(label, value) of every family of kinds, and all of them first."""
    return [("All kinds", None), *((family.label, key) for key, family in FAMILIES.items())]


def strength_options() -> list[tuple[str, int]]:
    """(label, value) of the lowest strength shown."""
    return [("Weak or more", 1), ("Middling or more", 2), ("Strong only", 3)]


# -- places and lines ----------------------------------------------------------------------------------------------
def _places(states: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """The fixed circle, turned so that the first state stands at the upper left."""
    turn = math.pi / len(states)
    circle = networks.circle(states).set_index("state")
    return {state: (round(x * math.cos(turn) - y * math.sin(turn), 4), round(x * math.sin(turn) + y * math.cos(turn), 4))
            for state, x, y in circle.itertuples(name=None)}


def _on(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    return round(start[0] + (end[0] - start[0]) * part, 4), round(start[1] + (end[1] - start[1]) * part, 4)


def _lines(pair: object, places: dict[str, tuple[float, float]], names: pd.Series) -> list[go.Scatter]:
    """The line of a pair, and an arrow head at each end where something arrives."""
    start, end = places[pair.a], places[pair.b]
    near = GAP / math.dist(start, end)
    ends = [_on(start, end, near), _on(start, end, 1 - near)]
    look = STRENGTH[pair.strength]
    hover = (f"<b>{theme.plain(names[pair.a])} and {theme.plain(names[pair.b])}</b><br>{pair.ties} "
             f"{'tie' if pair.ties == 1 else 'ties'}, the strongest {look.word}<br>"
             + theme.wrapped(", ".join(KINDS[kind] for kind in pair.kinds)))
    line = go.Scatter(x=[x for x, _ in ends], y=[y for _, y in ends], mode="lines", hoverinfo="text", hovertext=hover,
                      line={"color": theme.BLUE, "width": look.width, "dash": look.dash})
    heads = []
    for arrives, path in ((pair.forward, ends), (pair.backward, ends[::-1])):
        if arrives:
            heads.append(go.Scatter(x=[x for x, _ in path], y=[y for _, y in path], mode="markers", hoverinfo="skip",
                                    marker={"symbol": "arrow", "angleref": "previous", "size": [0, 15 + look.width],
                                            "color": theme.BLUE, "opacity": 1}))
    return [line, *heads]


def _words(pairs: pd.DataFrame, places: dict[str, tuple[float, float]], states: tuple[str, ...]) -> go.Scatter:
    """The word for the strength beside each line, where no other line passes."""
    x, y, text, where = [], [], [], []
    for pair in pairs.itertuples():
        apart = abs(states.index(pair.a) - states.index(pair.b))
        first, second = sorted((places[pair.a], places[pair.b]), key=lambda place: -place[1])
        spot = _on(first, second, DIAGONAL if apart == len(states) // 2 else SIDE)
        level, left = abs(first[1] - second[1]) < 0.1, spot[0] < 0
        x.append(spot[0])
        y.append(spot[1])
        text.append(f"\u00a0{STRENGTH[pair.strength].word}\u00a0")
        where.append(("top center" if spot[1] > 0 else "bottom center") if level else
                     ("middle right" if left else "middle left"))
    return go.Scatter(x=x, y=y, mode="text", text=text, textposition=where, textfont={"size": 12}, hoverinfo="skip")


def _nodes(places: dict[str, tuple[float, float]], names: pd.Series) -> list[go.Scatter]:
    """The states: a disc, and the name above or below it."""
    x, y = [x for x, _ in places.values()], [y for _, y in places.values()]
    discs = go.Scatter(x=x, y=y, mode="markers", hoverinfo="skip",
                       marker={"symbol": "circle", "size": 26, "color": theme.GREY, "opacity": 1})
    labels = go.Scatter(x=x, y=[one + math.copysign(0.16, one) for one in y], mode="text", hoverinfo="skip",
                        text=[f"<b>{theme.plain(names[state])}</b>" for state in places], textfont={"size": 14},
                        textposition=["top center" if one > 0 else "bottom center" for one in y], cliponaxis=False)
    return [discs, labels]


# -- words ---------------------------------------------------------------------------------------------------------
def _of(count: int, possible: int) -> str:
    return f"all {possible} pairs are" if count == possible else f"{count} of {possible} pairs {'is' if count == 1 else 'are'}"


def _title(rows: pd.DataFrame, pairs: pd.DataFrame, names: pd.Series, group: str, year: int, kind: str | None,
           least: int) -> str:
    by = f" {FAMILIES[kind].by}" if kind else ""
    if rows.empty:
        return f"No tie in our table fits: {year}, {GROUPS[group].label}"
    possible, strong = math.comb(len(GROUPS[group].states), 2), int((pairs["strength"] == max(STRENGTH)).sum())
    tied = _of(len(pairs), possible)
    how = f" {STRENGTH[least].adverb}" if least > 1 else ""
    rest = "" if least == max(STRENGTH) else f", {strong if strong else 'none'} of them strongly"
    most = pairs[pairs["ties"] == pairs["ties"].max()]
    busiest = (f"; most ties: {names[most['a'].iloc[0]]} and {names[most['b'].iloc[0]]} ({most['ties'].iloc[0]})"
               if len(most) == 1 and len(pairs) > 1 else "")
    return f"In {year} {tied} tied{how}{by}{rest}{busiest}"


def _subtitle(group: str, year: int, kind: str | None) -> str:
    what = FAMILIES[kind].label.lower() if kind else "all kinds of tie"
    return (f"Strongest tie of each pair (our coding from 1 to 3), {what}, held on at least one day of {year}; "
            f"{GROUPS[group].caution}")


def _description(rows: pd.DataFrame, pairs: pd.DataFrame, names: pd.Series, group: str, year: int) -> str:
    if rows.empty:
        return ("None of the ties in our table fits these choices. Choose another year, “All kinds”, or a lower "
                "strength. No row here does not prove that there was no tie.")
    counts = rows["status"].value_counts()
    status = ", ".join(f"{word} {counts[word]}" for word in theme.STATUS if word in counts)
    listed = "; ".join(f"{names[pair.a]} and {names[pair.b]} {pair.ties} ({STRENGTH[pair.strength].word})"
                       for pair in pairs.sort_values(["ties", "a", "b"], ascending=[False, True, True]).itertuples())
    opening = "One tie is shown" if len(rows) == 1 else f"{len(rows)} ties are shown"
    return f"{opening}. By pair: {listed}. By status: {status}."


def _table(rows: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    rows = rows.sort_values(["start_date", "id"])
    arrow = {"mutual": "both ways", "a->b": "one way"}
    return pd.DataFrame({
        "From": rows["a_iso3"].map(names),
        "To": rows["b_iso3"].map(names),
        "Direction": rows["direction"].map(arrow),
        "Kind": rows["tie_kind"].map(KINDS),
        "Began": [tables.spell(date) for date in rows["start_date"]],
        "Ended": [tables.spell(date) if pd.notna(date) else "" for date in rows["end_date"]],
        "What it is": rows["description"],
        "Strength": [f"{strength} {STRENGTH[strength].word}: {why}"
                     for strength, why in zip(rows["strength"], rows["strength_reason"], strict=True)],
        "Status": [f"{theme.STATUS[status].sign} {status}" for status in rows["status"]],
    })
