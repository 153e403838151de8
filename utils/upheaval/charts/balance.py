"""The military balance around Korea: pairs of figures, each measure on a scale of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Category, Cell, Channel, Fixed, Position, Share, encode, encode_layout
from ..facts import tables
from ..facts.wording import whole

Row = dict[str, Any]
Trace = dict[str, Any]


@dataclass(frozen=True)
class Measure:
    """One measure: ``label``, ``unit``, the columns it comes from, how its numbers are written."""

    label: str
    unit: str
    columns: tuple[str, ...]
    write: Callable[[float], str]


def _thousands(value: float) -> str:
    return f"{value:,.0f}"


def _rounded(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


MEASURES = {
    "soldiers": Measure("Soldiers on active duty", "soldiers", ("active_personnel",), _thousands),
    "people": Measure("People", "million people", ("population_m",), _rounded),
    "density": Measure(
        "Soldiers for every 1,000 people",
        "soldiers",
        ("active_personnel", "population_m"),
        _rounded,
    ),
    "economy": Measure("Size of the economy", "billion U.S. dollars", ("gdp_usd_bn",), _rounded),
    "spending": Measure(
        "Military spending", "billion U.S. dollars", ("milex_usd_bn_current",), _rounded
    ),
    "warheads": Measure("Nuclear warheads", "warheads", ("nuclear_warheads",), _thousands),
}

#: Who stands beside the two Koreas.
BESIDE = {
    "none": ("The two Koreas", ()),
    "allies": ("With Seoul's side: United States, Japan", ("USA", "JPN")),
    "partners": ("With Pyongyang's side: Russia, China", ("RUS", "CHN")),
}
NORTH, SOUTH = "PRK", "KOR"
YEARS = (2024, 2021)
NOTHING = "no figure in our sources"
CAUTION = (
    "Counts are not capability: they say nothing about age, training, range or who would fight"
    " beside whom."
)
HEAD, LINE, GAP = 24, 24, 14
#: Where the bars begin, and how long the longest of a panel is, as parts of the width.
BARS, LONGEST = 0.34, 0.32
#: Headings of the table that the drawing refers to, and what its parts show.
_MEASURE, _STATE, _VALUE = "Measure", "State", "Value"
_LINE = Position(group=_MEASURE)
_HEADING = Position(group=_MEASURE, offset=-(HEAD + LINE) / 2)
_END = Share(_VALUE, LONGEST, BARS, _MEASURE)


def year_options() -> list[tuple[str, int]]:
    """(label, value) of every year."""
    return [(str(year), year) for year in YEARS]


def beside_options() -> list[tuple[str, str]]:
    """(label, value) of who stands beside the two Koreas."""
    return [(label, name) for name, (label, _) in BESIDE.items()]


def pairs(
    balance: pd.DataFrame, countries: pd.DataFrame, year: int = 2024, beside: str = "none"
) -> Chart:
    """One panel a measure, each on its own scale, a bar a state; weak figures are outlines.

    ``balance`` is the table ``military_balance`` with its weak rows: which cells are weak stands in
    ``weak_columns``. ``countries`` is the table of that name, ``year`` one of `YEARS`, ``beside`` a
    key of `BESIDE`. Raises ``KeyError`` for another year or word.
    """
    label, others = BESIDE[beside]
    if year not in YEARS:
        raise KeyError(f"{year} is none of {', '.join(map(str, YEARS))}")
    names = dict(zip(countries["id"], countries["short_name"], strict=True))
    here = {row["iso3"]: row for row in tables.records(balance[balance["year"] == year])}
    states = [one for one in (NORTH, SOUTH, *others) if one in here]
    rows = [
        _row(here[state], state, names[state], measure) for measure in MEASURES for state in states
    ]
    with_value = [row for row in rows if row["value"] is not None]
    return Chart(
        _figure(rows, len(states)),
        title=_title(rows, year) if with_value else f"{year}: no figure",
        subtitle=f"{label}; {year}; every measure has a scale of its own",
        description=_description(rows, with_value),
        table=_table(rows, year),
        sources=[here[state]["sources"] for _ in MEASURES for state in states],
        name=f"balance-{year}-{beside}",
        legend=(
            [("■", "a figure"), ("□", "a weak figure: uncertain, rounded, or worked out by us")]
            if with_value
            else []
        ),
    )


def _row(state: Row, code: str, name: str, measure: str) -> Row:
    """One measure of one state, with what is weak about it."""
    columns = MEASURES[measure].columns
    cells: list[float | None] = [
        None if pd.isna(state[one]) else float(state[one]) for one in columns
    ]
    weak = state["weak_columns"] if isinstance(state["weak_columns"], tuple | list) else ()
    return {
        "measure": measure,
        "code": code,
        "name": name,
        "value": _value(measure, cells),
        "weak": any(one in weak for one in columns),
        "note": state["note"] if isinstance(state["note"], str) else "",
    }


def _value(measure: str, cells: list[float | None]) -> float | None:
    if any(cell is None for cell in cells):
        return None
    if measure == "density":
        soldiers, millions = cells
        return (soldiers or 0) / ((millions or 1) * 1000)
    return cells[0]


# -- figure ----------------------------------------------------------------------------------------
def _figure(rows: list[Row], states: int) -> go.Figure:
    """Panels one under the other, with a heading and a bar a state.

    A bar is as long as its share of the longest in its panel.
    """
    texts: list[tuple[float, float, str]] = []
    said: list[tuple[list[int], dict[str, Channel]]] = []
    bars: dict[bool, list[tuple[int, float, float, str]]] = {False: [], True: []}
    y, size = 0.0, HEAD + LINE * states + GAP
    for at, name in enumerate(MEASURES):
        panel, measure = rows[at * states : (at + 1) * states], MEASURES[name]
        longest = max([row["value"] for row in panel if row["value"] is not None], default=0) or 1
        label, unit = theme.escape_html(measure.label), theme.escape_html(measure.unit)
        texts.append((0, y + HEAD / 2, f"<b>{label}</b> ({unit})"))
        heads = list(range(at * states, (at + 1) * states))
        said.append((heads, {"x": Fixed(0), "y": _HEADING, "text": Cell(_MEASURE, "text")}))
        for line, row in enumerate(panel):
            middle, share = y + HEAD + LINE * (line + 0.5), (row["value"] or 0) / longest
            texts += [
                (0, middle, f"\u00a0\u00a0{theme.escape_html(row['name'])}"),
                (BARS + LONGEST * share, middle, f"\u00a0{_said(row)}"),
            ]
            number = [at * states + line]
            said += [
                (number, {"x": Fixed(0), "y": _LINE, "text": Cell(_STATE, "text")}),
                (number, {"x": _END, "y": _LINE, "text": _text_channel(row)}),
            ]
            if row["value"]:
                hover = f"{row['name']}, {measure.label.lower()}: {_said(row)}"
                bars[row["weak"]].append((number[0], middle, LONGEST * share, hover))
        y += size
    traces = [_bars(drawn, weak) for weak, drawn in bars.items() if drawn]
    return theme.figure(
        *traces,
        _labels(texts, said),
        height=y,
        showlegend=False,
        meta=encode_layout(
            undrawn="no figure: the words of the row say so",
            undrawn_rows=[at for at, row in enumerate(rows) if not row["value"]],
        ),
        barmode="overlay",
        margin={"l": 2, "r": 2, "t": 0, "b": 0, "autoexpand": False},
        xaxis={**theme.BARE_AXIS, "range": [0, 1]},
        yaxis={**theme.BARE_AXIS, "range": [y, 0]},
    )


def _labels(
    texts: list[tuple[float, float, str]], said: list[tuple[list[int], dict[str, Channel]]]
) -> Row:
    """Headings, names and numbers, each with the cells that it says."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, *_ in texts],
        "y": [at for _, at, _ in texts],
        "text": [text for *_, text in texts],
        "textposition": "middle right",
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "meta": encode(
            [one for one, _ in said],
            {name: [channels[name] for _, channels in said] for name in ("x", "y", "text")},
        ),
    }


def _bars(drawn: list[tuple[int, float, float, str]], weak: bool) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [BARS] * len(drawn),
        "x": [length for *_, length, _ in drawn],
        "y": [at for _, at, *_ in drawn],
        "width": [12] * len(drawn),
        "hovertext": [theme.escape_html(text) for *_, text in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": "rgba(0,0,0,0)" if weak else theme.BLUE,
            "line": {"width": 2, "color": theme.BLUE},
        },
        "meta": encode(
            [row for row, *_ in drawn],
            {
                "base": Fixed(BARS),
                "x": Share(_VALUE, LONGEST, group=_MEASURE),
                "y": _LINE,
                "width": Fixed(12),
                "hovertext": Cell(_STATE, "text"),
                "marker.color": Category("Weak"),
            },
        ),
    }


def _text_channel(row: Row) -> Channel:
    return Fixed(f"\u00a0{NOTHING}") if row["value"] is None else Cell(_VALUE, "text")


def _said(row: Row) -> str:
    if row["value"] is None:
        return NOTHING
    return MEASURES[row["measure"]].write(row["value"]) + (" (weak)" if row["weak"] else "")


# -- words -----------------------------------------------------------------------------------------
def _ratio(rows: list[Row], measure: str, above: str, below: str) -> float | None:
    found = {row["code"]: row["value"] for row in rows if row["measure"] == measure}
    return found[above] / found[below] if found.get(above) and found.get(below) else None


def _title(rows: list[Row], year: int) -> str:
    soldiers, economy = (
        _ratio(rows, "soldiers", NORTH, SOUTH),
        _ratio(rows, "economy", SOUTH, NORTH),
    )
    first = (
        f"the North has {soldiers:.1f} times the South's soldiers"
        if soldiers
        else "no figure for both armies"
    )
    second = (
        f"the South's economy is about {economy:.0f} times the North's"
        if economy
        else "no figure for the North's economy"
    )
    return f"{year}: {first}; {second}"


def _description(rows: list[Row], with_value: list[Row]) -> str:
    if not with_value:
        return "None of the states has a figure. Choose another year."
    weak = sum(row["weak"] for row in with_value)
    gone = [
        f"{row['name']}, {MEASURES[row['measure']].label.lower()}"
        for row in rows
        if row["value"] is None
    ]
    without = f" Without a figure: {'; '.join(gone)}." if gone else ""
    states = len(rows) // len(MEASURES)
    return (
        f"{len(rows)} rows: {len(MEASURES)} measures of {states} states; {len(with_value)} have a"
        f" figure, {weak} of these {'is' if weak == 1 else 'are'} weak.{without} {CAUTION}"
    )


def _table(rows: list[Row], year: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _MEASURE: [MEASURES[row["measure"]].label for row in rows],
            _STATE: [row["name"] for row in rows],
            _VALUE: [
                None if row["value"] is None else whole(round(row["value"], 1)) for row in rows
            ],
            "Unit": [MEASURES[row["measure"]].unit for row in rows],
            "Year": [year] * len(rows),
            "Weak": [
                "" if row["value"] is None else "yes" if row["weak"] else "no" for row in rows
            ],
            "Note": [row["note"] for row in rows],
        },
        dtype=object,
    )
