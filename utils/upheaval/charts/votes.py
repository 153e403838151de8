"""Votes in the General Assembly on the war: who votes like whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import theme
from ..chart import Chart
from ..encoding import Cell, Fixed, Numbers, Position, encode, encode_layout
from ..facts import tables
from ..facts.wording import listed
from ..methods import voting

#: The states compared, and which of them the phrase "axis" means.
STATES = ("RUS", "PRK", "CHN", "IRN", "BLR", "VEN", "IND", "BRA", "USA", "KOR", "JPN")
FOUR = ("RUS", "PRK", "CHN", "IRN")
ABSENCES = {"drop": "Left out", "as_abstention": "Counted as abstentions"}


@dataclass(frozen=True)
class Measure:
    """A way to count agreement: label, phrase of a subtitle, field of `voting.Matrix`, heading."""

    label: str
    phrase: str
    field: str
    heading: str


MEASURES = {
    "share": Measure(
        "Equal votes", "share of equal votes", "share", heading="Share of equal votes"
    ),
    "score": Measure(
        "Half a point for an abstention",
        "a point for equal votes, half where one abstains",
        "score",
        heading="With half points",
    ),
}
#: With fewer roll calls than this a pair is not ranked.
ENOUGH = 6
ROW, FOOT = 36, 40


def agreement(
    roll_calls: pd.DataFrame, country: str = "RUS", absent: str = "drop", measure: str = "share"
) -> Chart:
    """How alike one state and the others vote, highest first, with the number of votes compared.

    ``roll_calls`` is the table ``roll_calls``; ``country`` a code of `STATES`, ``absent`` a key of
    `ABSENCES`, ``measure`` one of `MEASURES`. Pairs with fewer than `ENOUGH` roll calls stand last,
    without a bar. Raises ``ValueError`` for a state without votes and ``KeyError`` for another
    measure.
    """
    names = tables.read("countries").set_index("id")["short_name"]
    cast = roll_calls[roll_calls["country_iso3"].isin(STATES)]
    matrix = voting.agreement_matrix(cast, list(dict.fromkeys([country, *STATES])), absent)
    rows = _ranked(matrix, country, cast["resolution"].nunique(), measure, names)
    height = ROW * len(rows)
    figure = theme.figure(
        _bars(rows, MEASURES[measure].heading),
        _labels(rows),
        height=height + FOOT + 4,
        showlegend=False,
        margin={"l": 8, "r": 20, "t": 4, "b": FOOT, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [0, 1],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": ["0", "25 %", "50 %", "75 %", "100 %"],
            "tickfont": {"size": 12},
        },
        yaxis=theme.row_axis(height),
        bargap=0,
        meta=encode_layout(
            undrawn="too few roll calls to compare", undrawn_rows=list(rows.index[rows["thin"]])
        ),
    )
    return Chart(
        figure,
        title=_title(rows, _the(names[country]), measure),
        subtitle=_subtitle(roll_calls, measure, absent),
        description=_description(rows, _the(names[country]), measure),
        table=_table(rows),
        sources=[one for cell in cast["sources"] for one in cell],
        name=f"votes-{country.lower()}",
        legend=[("■", "Russia, China, Iran and North Korea"), ("□", "other states")],
    )


def _ranked(
    matrix: voting.Matrix, country: str, calls: int, measure: str, names: pd.Series
) -> pd.DataFrame:
    """Each of the other `STATES` beside ``country``, a row each, in the order drawn."""
    rows: list[dict[str, Any]] = []
    for state in STATES:
        if state != country:
            found = {name: getattr(matrix, name).at[country, state] for name in matrix._fields}
            compared = int(found["compared"])
            rows.append(
                {
                    **found,
                    "state": state,
                    "label": names[state],
                    "value": found[MEASURES[measure].field],
                    "same": round(found["share"] * compared) if compared else 0,
                    "left_out": calls - compared,
                    "thin": compared < ENOUGH,
                }
            )
    rows.sort(key=lambda row: (row["thin"], -row["value"] if row["compared"] else 1, row["label"]))
    return pd.DataFrame(rows)


# -- choices for the controls ----------------------------------------------------------------------
def state_options() -> list[tuple[str, str]]:
    """(label, value) of every state."""
    names = tables.read("countries").set_index("id")["short_name"]
    return [(names[state], state) for state in STATES]


def absent_options() -> list[tuple[str, str]]:
    """(label, value) of what to do with an absence."""
    return [(label, name) for name, label in ABSENCES.items()]


def measure_options() -> list[tuple[str, str]]:
    """(label, value) of every way to count."""
    return [(measure.label, name) for name, measure in MEASURES.items()]


# -- marks -----------------------------------------------------------------------------------------
def _trace(**parts: Any) -> dict[str, Any]:
    """A trace as plain values, by default a scatter: so plotly checks it once, not twice."""
    return {"type": "scatter", **parts}


def _bars(rows: pd.DataFrame, heading: str) -> dict[str, Any]:
    """A bar a state: filled for the four, else an outline; none where too little was compared."""
    drawn = rows[~rows["thin"]]
    four = drawn["state"].isin(FOUR)
    return _trace(
        type="bar",
        ids=[str(row) for row in drawn.index],
        orientation="h",
        x=[round(value, 4) for value in drawn["value"]],
        y=[ROW * row + 26 for row in drawn.index],
        width=[11] * len(drawn),
        marker={
            "color": [theme.BLUE if one else "rgba(0,0,0,0)" for one in four],
            "line": {"width": 2, "color": [theme.BLUE if one else theme.GREY for one in four]},
        },
        hovertemplate="%{x:.0%}<extra></extra>",
        meta=encode(list(drawn.index), {"x": Cell(heading), "y": Position(), "width": Fixed(11)}),
    )


def _labels(rows: pd.DataFrame) -> dict[str, Any]:
    text = [_label(row) for row in tables.tuples(rows)]
    return _trace(
        x=[0] * len(rows),
        y=[ROW * row + 11 for row in rows.index],
        mode="text",
        text=text,
        textposition="middle right",
        textfont={"size": 12.5},
        hoverinfo="skip",
        cliponaxis=False,
        # Each name stands right above its bar.
        meta=encode(
            list(rows.index),
            {"x": Fixed(0), "y": Position(offset=11 - 26), "text": _COUNTED},
        ),
    )


#: The words above a bar: "Iran · 5 of 12 equal".
_COUNTED = Numbers("State", ("Equal votes", "Roll calls compared"))


def _label(row: Any) -> str:
    name = (
        f"<b>{theme.escape_html(row.label)}</b>"
        if row.state in FOUR
        else theme.escape_html(row.label)
    )
    rest = ", too few to rank" if row.thin else ""
    return f"\u00a0{name} · {row.same} of {row.compared} equal{rest}"


# -- words -----------------------------------------------------------------------------------------
def _the(name: str) -> str:
    return f"the {name}" if name == "United States" else name


def _subtitle(roll_calls: pd.DataFrame, measure: str, absent: str) -> str:
    phrase, calls = MEASURES[measure].phrase, roll_calls["resolution"].nunique()
    return (
        f"{phrase[0].upper()}{phrase[1:]}, {calls} roll calls of the General Assembly about Ukraine"
        f" since 2014; absences {ABSENCES[absent].lower()}"
    )


def _percent(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")


def _title(rows: pd.DataFrame, name: str, measure: str) -> str:
    ranked = rows[~rows["thin"]]
    if ranked.empty:
        return f"Too few roll calls to say with whom {name} votes"

    def end(value: float) -> str:
        part = ranked[ranked["value"] == value]
        how = _percent(value) if measure == "score" else f"{_percent(value)} of the votes"
        return (
            f"{listed([_the(label) for label in part['label']])} ({how})"
            if len(part) <= 3
            else f"{len(part)} of the others ({how})"
        )

    most, least = ranked["value"].max(), ranked["value"].min()
    if most == least:
        return f"{name[0].upper()}{name[1:]} votes alike with all others ({_percent(most)})"
    return f"{name[0].upper()}{name[1:]} votes most like {end(most)}, least like {end(least)}"


def _description(rows: pd.DataFrame, name: str, measure: str) -> str:
    states = "; ".join(
        f"{label} {_percent(value) if compared else 'nothing to compare'} over {compared}"
        for label, value, compared in zip(
            rows["label"], rows["value"], rows["compared"], strict=True
        )
    )
    return (
        f"{len(rows)} states are compared with {name}, by {MEASURES[measure].phrase}, each over the"
        f" number of roll calls given: {states}."
    )


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "State": rows["label"],
            "Roll calls compared": rows["compared"],
            "Left out": rows["left_out"],
            "Equal votes": rows["same"],
            **{one.heading: rows[one.field].round(3) for one in MEASURES.values()},
        }
    )
