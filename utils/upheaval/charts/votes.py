"""Votes in the General Assembly on the war: who votes like whom."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..facts import tables
from ..methods import voting

#: The states compared, and which of them the phrase "axis" means.
STATES = ("RUS", "PRK", "CHN", "IRN", "BLR", "VEN", "IND", "BRA", "USA", "KOR", "JPN", "DEU")
FOUR = ("RUS", "PRK", "CHN", "IRN")
ABSENCES = {"drop": "Left out", "as_abstention": "Counted as abstentions"}


@dataclass(frozen=True)
class Measure:
    """A way to count agreement: label of the control, words for the subtitle, and the field of `voting.Agreement`."""

    label: str
    words: str
    field: str


MEASURES = {
    "share": Measure("Equal votes", "share of equal votes", "share"),
    "score": Measure("Half a point for an abstention", "a point for equal votes, half where one abstains", "score"),
}
#: With fewer roll calls than this a pair is not ranked.
ENOUGH = 6
ROW, FOOT = 36, 40


def agreement(roll_calls: pd.DataFrame, state: str = "RUS", absent: str = "drop", measure: str = "share") -> Chart:
    """How alike one state and each of the others vote, highest first; the number of roll calls compared is beside it.

    ``roll_calls`` is the table ``roll_calls``; ``state`` a code of `STATES`, ``absent`` a key of `ABSENCES`,
    ``measure`` one of `MEASURES`. Pairs with fewer than `ENOUGH` roll calls stand last and open. Raises ``ValueError``
    for a state without votes and ``KeyError`` for another measure.
    """
    field, names = MEASURES[measure].field, tables.read("countries").set_index("id")["short_name"]
    found = {other: voting.agreement(roll_calls, state, other, absent) for other in STATES if other != state}
    rows = pd.DataFrame([(other, getattr(one, field), one.same, one.compared, one.left_out, one.share, one.score)
                         for other, one in found.items()],
                        columns=["state", "value", "same", "compared", "left_out", "share", "score"])
    rows = rows.assign(name=rows["state"].map(names), thin=rows["compared"] < ENOUGH)
    rows = rows.sort_values(["thin", "value", "name"], ascending=[True, False, True]).reset_index(drop=True)
    height = ROW * len(rows)
    figure = theme.figure(
        _bars(rows),
        _labels(rows),
        height=height + FOOT + 4,
        showlegend=False,
        margin={"l": 8, "r": 20, "t": 4, "b": FOOT, "autoexpand": False},
        xaxis={"range": [0, 1], "tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25 %", "50 %", "75 %", "100 %"],
               "fixedrange": True, "automargin": False, "tickfont": {"size": 12}},
        yaxis={"range": [height, 0], "showticklabels": False, "ticks": "", "showgrid": False, "fixedrange": True,
               "automargin": False},
        bargap=0,
    )
    votes = roll_calls[roll_calls["country_iso3"].isin(STATES)]
    return Chart(
        figure,
        title=_title(rows, names[state], measure),
        subtitle=f"{MEASURES[measure].words[0].upper()}{MEASURES[measure].words[1:]}, {_calls(roll_calls)} roll calls on the "
                 f"war, 2014 to 2025; absences {ABSENCES[absent].lower()}",
        description=_description(rows, names[state], measure),
        table=_table(rows),
        sources=[one for cell in votes["sources"] for one in cell],
        name=f"votes-{state.lower()}",
        key=[("■", "one of the four"), ("□", "other state")] +
            ([("▨", f"fewer than {ENOUGH} roll calls compared: not ranked")] if rows["thin"].any() else []),
    )


# -- choices for the controls ------------------------------------------------------------------------------------------
def state_options() -> list[tuple[str, str]]:
    """(label, value) of every state."""
    names = tables.read("countries").set_index("id")["short_name"]
    return [(names[state], state) for state in STATES]


def absent_options() -> list[tuple[str, str]]:
    """(label, value) of what to do with an absence."""
    return [(label, key) for key, label in ABSENCES.items()]


def measure_options() -> list[tuple[str, str]]:
    """(label, value) of every way to count."""
    return [(measure.label, key) for key, measure in MEASURES.items()]


# -- marks -------------------------------------------------------------------------------------------------------------
def _bars(rows: pd.DataFrame) -> go.Bar:
    """One bar a state: filled for the four, an outline for others, hatched where too little was compared."""
    four = rows["state"].isin(FOUR)
    hover = [f"<b>{theme.plain(row.name_)}</b><br>{row.same} of {row.compared} votes equal; {row.left_out} left out"
             for row in rows.rename(columns={"name": "name_"}).itertuples()]
    return go.Bar(
        ids=[str(row) for row in rows.index],
        orientation="h", x=[round(value, 4) if pd.notna(value) else 0 for value in rows["value"]],
        y=[ROW * row + 26 for row in rows.index], width=[11] * len(rows),
        marker={"color": [theme.BLUE if one else "rgba(0,0,0,0)" for one in four],
                "line": {"width": 2, "color": [theme.BLUE if one else theme.GREY for one in four]},
                "pattern": {"shape": ["/" if thin else "" for thin in rows["thin"]], "fgcolor": theme.GREY}},
        hovertext=hover, hovertemplate="%{hovertext}<extra></extra>")


def _labels(rows: pd.DataFrame) -> go.Scatter:
    text = [f"{'<b>' if row.state in FOUR else ''}{theme.plain(row.name_)}{'</b>' if row.state in FOUR else ''}"
            f" · {row.same} of {row.compared} equal" for row in rows.rename(columns={"name": "name_"}).itertuples()]
    return go.Scatter(x=[0] * len(rows), y=[ROW * row + 11 for row in rows.index], mode="text", text=text,
                      textposition="middle right", textfont={"size": 12.5}, hoverinfo="skip", cliponaxis=False)


# -- words ---------------------------------------------------------------------------------------------------------
def _calls(roll_calls: pd.DataFrame) -> int:
    return int(roll_calls["resolution"].nunique())


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")


def _title(rows: pd.DataFrame, name: str, measure: str) -> str:
    ranked = rows[~rows["thin"]]
    if ranked.empty:
        return f"Too few roll calls to say with whom {name} votes"

    def end(value: float) -> str:
        part = ranked[ranked["value"] == value]
        how = _percent(value) if measure == "score" else f"{_percent(value)} of the votes"
        return f"{_joined(list(part['name']))} ({how})" if len(part) <= 3 else f"{len(part)} of the others ({how})"

    most, least = ranked["value"].max(), ranked["value"].min()
    if most == least:
        return f"{name} votes alike with all others ({_percent(most)})"
    return f"{name} votes most like {end(most)}, least like {end(least)}"


def _description(rows: pd.DataFrame, name: str, measure: str) -> str:
    listed = "; ".join(f"{row.name_} {_percent(row.value) if pd.notna(row.value) else 'nothing'} over {row.compared}"
                       for row in rows.rename(columns={"name": "name_"}).itertuples())
    return f"{len(rows)} states are compared with {name}, by {MEASURES[measure].words}, each over its roll calls: {listed}."


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "State": rows["name"],
        "Roll calls compared": rows["compared"],
        "Left out": rows["left_out"],
        "Equal votes": rows["same"],
        "Share of equal votes": rows["share"].round(3),
        "With half points": rows["score"].round(3),
    })
