"""Soldiers sent to another state's war since 1945: is the deployment of 2024 without precedent?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..facts import tables

#: The case that all others are compared with.
CASE = "prk-rus-2024"
LARGE = 10_000


@dataclass(frozen=True)
class Yardstick:
    """One way to compare: label of the control, words for a title, and which rows count."""

    label: str
    words: str
    counts: Callable[[pd.DataFrame], pd.Series]


YARDSTICKS = {
    "all": Yardstick("All cases", "of soldiers sent to another state's war",
                     lambda rows: pd.Series(True, rows.index)),
    "large": Yardstick("10,000 soldiers or more", "of 10,000 soldiers or more",
                       lambda rows: rows["peak_troops_high"].fillna(rows["peak_troops_low"]).ge(LARGE).fillna(False)),
    "century": Yardstick("Since 2000", "since 2000", lambda rows: rows["start"].ge("2000")),
    "pyongyang": Yardstick("Sent by North Korea", "of soldiers sent by North Korea",
                           lambda rows: rows["sender_iso3"].eq("PRK")),
    "moscow": Yardstick("Sent to fight for Moscow", "of soldiers sent to fight for Moscow",
                        lambda rows: rows["host_or_ally_iso3"].isin(["RUS", "SUN"])),
}
#: How openly a case was done, as the table says it: symbol, sign, words for the key and for a title.
OPENNESS = {
    "yes": ("circle", "●", "admitted at the time"),
    "partly": ("triangle-up-open", "△", "partly admitted at the time"),
    "no": ("x-open", "✕", "not admitted at the time"),
}
BASES = {
    "treaty": ("A treaty", "resting on a treaty", ("treaty",)),
    "agreement": ("A request or agreement", "resting on a request or an agreement", ("request", "agreement")),
    "many": ("The UN or a coalition", "resting on the United Nations or a coalition", ("united-nations", "coalition")),
    "none": ("Nothing published", "resting on nothing published", ("none",)),
}
ROW, FOOT, TOP = 40, 40, 4
RANGE = (1.9, 6.35)  # powers of ten on the axis


def deployments(cases: pd.DataFrame, compared: str = "all", admitted: str | None = None, basis: str | None = None) -> Chart:
    """Cases in order of their start, one row each, with the most soldiers at one time on a scale of powers of ten.

    ``cases`` is (rows of) the table ``deployments_abroad``; ``compared`` a key of `YARDSTICKS`, ``admitted`` a key of
    `OPENNESS` and ``basis`` one of `BASES`, or None. A bar is a range, an arrow a floor or a ceiling; a case without
    a figure says so. The case of 2024 is drawn in a colour of its own. Raises ``KeyError`` for other values.
    """
    kept = YARDSTICKS[compared].counts(cases)
    if admitted is not None:
        kept &= cases["acknowledged_at_time"].eq(admitted) & bool(OPENNESS[admitted])
    if basis is not None:
        kept &= cases["basis_kind"].isin(BASES[basis][2])
    rows = cases[kept].sort_values(["start", "id"]).reset_index(drop=True)
    names = tables.read("countries").set_index("id")["short_name"]
    height = TOP + ROW * len(rows)
    figure = theme.figure(
        *_ranges(rows),
        *_marks(rows, names),
        _labels(rows, names),
        height=height + FOOT + 4,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 4, "b": FOOT, "autoexpand": False},
        xaxis={"type": "log", "range": list(RANGE), "tickvals": [100, 1_000, 10_000, 100_000, 1_000_000],
               "ticktext": ["100", "1,000", "10,000", "100,000", "1 million"], "fixedrange": True,
               "automargin": False, "tickfont": {"size": 12}},
        yaxis={"range": [height, 0], "showticklabels": False, "ticks": "", "showgrid": False, "fixedrange": True,
               "automargin": False},
    )
    return Chart(
        figure,
        title=_title(rows, compared, admitted, basis),
        subtitle="Most soldiers there at one time, scale in powers of ten, cases since 1945 in our table",
        description=_description(rows, names),
        table=_table(rows, names),
        sources=[one for cell in rows["sources"] for one in cell],
        name="precedents",
        listing={"when": "Began", "status": "Admitted at the time", "title": "Case", "body": "Rested on",
                 "note": "Read with care"},
        key=[(sign, words) for key, (_, sign, words) in OPENNESS.items() if rows["acknowledged_at_time"].eq(key).any()],
        narrow={"marks": 0.85},
    )


# -- choices for the controls ------------------------------------------------------------------------------------------
def compared_options() -> list[tuple[str, str]]:
    """(label, value) of every yardstick."""
    return [(one.label, key) for key, one in YARDSTICKS.items()]


def admitted_options() -> list[tuple[str, str | None]]:
    """(label, value) of how openly it was done, and any first."""
    return [("Either", None), ("Yes", "yes"), ("Partly", "partly"), ("No", "no")]


def basis_options() -> list[tuple[str, str | None]]:
    """(label, value) of what a case rested on, and anything first."""
    return [("Anything", None), *((label, key) for key, (label, _, _) in BASES.items())]


# -- marks -------------------------------------------------------------------------------------------------------------
def _y(row: int) -> float:
    return TOP + ROW * row + 29


def _colour(case: str) -> str:
    return theme.ORANGE if case == CASE else theme.BLUE


def _point(row: Any) -> float | None:
    """Where the mark of a case stands: the middle of its range by powers of ten, or its only figure."""
    known = [float(one) for one in (row.peak_troops_low, row.peak_troops_high) if pd.notna(one)]
    return round((known[0] * known[-1]) ** 0.5, 1) if known else None


def _ranges(rows: pd.DataFrame) -> list[go.Scatter]:
    """The bar from the lowest to the highest figure, one trace a case that has two."""
    return [go.Scatter(x=[int(row.peak_troops_low), int(row.peak_troops_high)], y=[_y(row.Index)] * 2, mode="lines",
                       line={"width": 5, "color": _colour(row.id)}, opacity=0.55, hoverinfo="skip")
            for row in rows.itertuples()
            if pd.notna(row.peak_troops_low) and pd.notna(row.peak_troops_high) and row.peak_troops_low < row.peak_troops_high]


def _marks(rows: pd.DataFrame, names: pd.Series) -> list[go.Scatter]:
    traces = []
    for admitted, (symbol, _, words) in OPENNESS.items():
        part = [row for row in rows.itertuples() if row.acknowledged_at_time == admitted]
        if not part:
            continue
        colours = [_colour(row.id) for row in part]
        traces.append(go.Scatter(
            ids=[str(row.Index) for row in part],
            x=[_point(row) or 10 ** (RANGE[0] + 0.08) for row in part], y=[_y(row.Index) for row in part],
            mode="markers",
            marker={"symbol": symbol, "size": 13, "color": colours, "opacity": 1,
                    "line": {"width": 2.5, "color": colours}},
            hovertext=[f"<b>{_case(row, names)}</b><br>{theme.plain(_soldiers(row))}<br>{words}" for row in part],
            hovertemplate="%{hovertext}<extra></extra>", name=words))
    return traces


def _labels(rows: pd.DataFrame, names: pd.Series) -> go.Scatter:
    text = [f"{'<b>' if row.id == CASE else ''}{_case(row, names)}{'' if _point(row) else ' · no figure found'}"
            f"{'</b>' if row.id == CASE else ''}" for row in rows.itertuples()]
    return go.Scatter(x=[10 ** RANGE[0]] * len(rows), y=[TOP + ROW * row + 12 for row in rows.index], mode="text",
                      text=text, textposition="middle right", textfont={"size": 12.5}, hoverinfo="skip",
                      cliponaxis=False)


# -- words ---------------------------------------------------------------------------------------------------------
def _case(row: Any, names: pd.Series) -> str:
    return theme.plain(f"{row.start[:4]} {names[row.sender_iso3]} for {names[row.host_or_ally_iso3]}")


def _soldiers(row: Any) -> str:
    low, high = row.peak_troops_low, row.peak_troops_high
    if pd.isna(low) and pd.isna(high):
        return "no figure found"
    if pd.isna(high):
        return f"at least {low:,}"
    if pd.isna(low):
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _title(rows: pd.DataFrame, compared: str, admitted: str | None, basis: str | None) -> str:
    rule = ", ".join([YARDSTICKS[compared].words, *([OPENNESS[admitted][2]] if admitted else []),
                      *([BASES[basis][1]] if basis else [])])
    others = int(rows["id"].ne(CASE).sum())
    holds = rows["id"].eq(CASE).any()
    if not others:
        return f"{'Only the case of 2024 fits' if holds else 'No case fits'}: {rule}"
    case = "case" if others == 1 else "cases"
    return (f"Not without precedent: {others} other {case} {rule}" if holds
            else f"{others} {case} {rule}; the case of 2024 is not among them")


def _description(rows: pd.DataFrame, names: pd.Series) -> str:
    if rows.empty:
        return ("None of the cases in our table fits these choices. Choose “Either” or “Anything” in one of the lists, "
                "or another comparison.")
    opening = "One case is shown" if len(rows) == 1 else f"{len(rows)} cases are shown"
    counts = rows["acknowledged_at_time"].value_counts()
    admitted = ", ".join(f"{counts[key]} {words}" for key, (_, _, words) in OPENNESS.items() if key in counts)
    known = [row for row in rows.itertuples() if _point(row)]
    largest = max(known, key=lambda row: _point(row), default=None)  # type: ignore[return-value]
    rest = f" The largest is {_case(largest, names)} ({_soldiers(largest)})." if largest else ""
    missing = len(rows) - len(known)
    without = f" For {missing} no figure was found." if missing else ""
    return f"{opening}: {admitted}.{rest}{without}"


def _table(rows: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    later = {"yes": ", admitted later", "partly": ", partly admitted later"}
    return pd.DataFrame({
        "Began": [tables.spell(date) for date in rows["start"]],
        "Ended": [tables.spell(date) if pd.notna(date) else "" for date in rows["end"]],
        "Case": [f"{names[row.sender_iso3]} for {names[row.host_or_ally_iso3]}: {row.conflict}" for row in rows.itertuples()],
        "Soldiers at one time": [_soldiers(row) for row in rows.itertuples()],
        "Admitted at the time": [f"{OPENNESS[row.acknowledged_at_time][1]} {OPENNESS[row.acknowledged_at_time][2]}"
                                 f"{later.get(row.acknowledged_later, '')}" for row in rows.itertuples()],
        "Rested on": [text[0].upper() + text[1:] for text in rows["treaty_basis"]],
        "Read with care": rows["note"],
    })
