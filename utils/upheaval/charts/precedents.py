"""Soldiers sent to another state's war since 1945: is the deployment of 2024 without precedent?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Beyond, Category, Cell, Fixed, Position, encode, encode_layout
from ..facts import evidence, tables

#: The case that all others are compared with.
CASE = "prk-rus-2024"
LARGE = 10_000


@dataclass(frozen=True)
class Yardstick:
    """One way to compare: label of the control, phrase for a title, and which rows count."""

    label: str
    phrase: str
    counts: Callable[[pd.DataFrame], pd.Series]


YARDSTICKS = {
    "all": Yardstick(
        "All cases",
        "of soldiers sent to another state's war",
        lambda rows: pd.Series(True, rows.index),
    ),
    "large": Yardstick(
        "10,000 soldiers or more",
        "of 10,000 soldiers or more",
        lambda rows: (
            rows["peak_troops_high"].fillna(rows["peak_troops_low"]).ge(LARGE).fillna(False)
        ),
    ),
    "century": Yardstick("Since 2000", "since 2000", lambda rows: rows["start"].ge("2000")),
    "pyongyang": Yardstick(
        "Sent by North Korea",
        "of soldiers sent by North Korea",
        lambda rows: rows["sender_iso3"].eq("PRK"),
    ),
    "treaty": Yardstick(
        "Resting on a treaty", "resting on a treaty", lambda rows: rows["basis_kind"].eq("treaty")
    ),
    "moscow": Yardstick(
        "Sent to fight for Moscow",
        "of soldiers sent to fight for Moscow",
        lambda rows: rows["host_or_ally_iso3"].isin(["RUS", "SUN"]),
    ),
}
#: How openly a case was done, as the table says it: symbol, sign, words for the key and for a
#: title.
OPENNESS = {
    "yes": ("circle", "●", "admitted at the time"),
    "partly": ("triangle-up-open", "△", "partly admitted at the time"),
    "no": ("x", "✕", "not admitted at the time"),
}
ROW, FOOT, TOP = 40, 40, 4
#: How far, as a factor, the dots of an open end reach.
OPEN = 2.5
RANGE, EDGE = (1.9, 6.35), 80  # powers of ten on the axis; a number just inside its left end
#: Where a case's words stand in its row, and under them its mark; headings of the table.
_WORDS, _MARK = 12, 29
_CASE, _PEAK, _ADMITTED = "Case", "Soldiers at one time", "Admitted at the time"


def deployments(cases: pd.DataFrame, compared: str = "all", admitted: str | None = None) -> Chart:
    """Cases by their start, one row each, with the most soldiers at one time, in powers of ten.

    ``cases`` is (rows of) the table ``deployments_abroad``; ``compared`` a key of `YARDSTICKS` and
    ``admitted`` one of `OPENNESS`, or None for all. A bar is a range, dots an end that is not
    known; a case without a figure says so. The case of 2024 is drawn in a colour of its own. Raises
    ``KeyError`` for other values.
    """
    kept = YARDSTICKS[compared].counts(cases)
    if admitted is not None:
        kept &= cases["acknowledged_at_time"].eq(admitted) & bool(OPENNESS[admitted])
    rows = cases[kept].sort_values(["start", "id"]).reset_index(drop=True)
    drawn = list(tables.tuples(rows))
    names = tables.read("countries").set_index("id")["short_name"]
    return Chart(
        _figure(drawn, names),
        title=_title(rows, compared, admitted),
        subtitle=(
            "Most soldiers there at one time, scale in powers of ten, cases since 1945 in our table"
        ),
        description=_description(drawn, names),
        table=_table(rows, drawn, names),
        sources=[one for cell in rows["sources"] for one in cell],
        refs=evidence.refs("deployments_abroad", rows["id"]),
        known="rows",
        name="precedents",
        list_columns={
            "when": "Began",
            "status": "Admitted at the time",
            "title": "Case",
            "body": "Rested on",
            "note": "Read with care",
        },
        legend=_legend(rows),
        mobile={"marks": 0.85},
    )


def _figure(drawn: list[Any], names: pd.Series) -> go.Figure:
    """A row a case, on a scale in powers of ten."""
    height = TOP + ROW * len(drawn)
    return theme.figure(
        *_ranges(drawn),
        *_marks(drawn),
        _labels(drawn, names),
        height=height + FOOT + 4,
        showlegend=False,
        meta=encode_layout(
            undrawn="no figure: the words of the row say so",
            undrawn_rows=[row.Index for row in drawn if not _point(row)],
        ),
        margin={"l": 8, "r": 8, "t": 4, "b": FOOT, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "type": "log",
            "range": list(RANGE),
            "tickvals": [100, 1_000, 10_000, 100_000, 1_000_000],
            "ticktext": ["100", "1,000", "10,000", "100,000", "1 million"],
            "tickfont": {"size": 12},
        },
        yaxis=theme.row_axis(height),
    )


# -- choices for the controls ----------------------------------------------------------------------
def compared_options() -> list[tuple[str, str]]:
    """(label, value) of every yardstick."""
    return [(one.label, name) for name, one in YARDSTICKS.items()]


def admitted_options() -> list[tuple[str, str | None]]:
    """(label, value) of how openly it was done, and any first."""
    return [("Any", None), ("Yes", "yes"), ("Partly", "partly"), ("No", "no")]


# -- marks -----------------------------------------------------------------------------------------
def _y(row: int) -> float:
    return TOP + ROW * row + _MARK


def _colour(case: str) -> str:
    return theme.ORANGE if case == CASE else theme.BLUE


def _point(row: Any) -> float | None:
    """Where a case's mark stands: its only figure, or its range's middle by powers of ten."""
    figures = [float(one) for one in (row.peak_troops_low, row.peak_troops_high) if pd.notna(one)]
    return round((figures[0] * figures[-1]) ** 0.5, 1) if figures else None


def _trace(**parts: Any) -> dict[str, Any]:
    """A scatter trace as plain values: plotly then checks it once, in the figure, and not twice."""
    return {"type": "scatter", **parts}


def _ranges(cases: list[Any]) -> list[dict[str, Any]]:
    """A case's size: a bar from lowest to highest figure, dots where an end is open."""
    traces = []
    for row in cases:
        low, high = row.peak_troops_low, row.peak_troops_high
        if (pd.isna(low) and pd.isna(high)) or (pd.notna(low) and pd.notna(high) and low == high):
            continue
        ends = [
            int(low) if pd.notna(low) else int(high) / OPEN,
            int(high) if pd.notna(high) else int(low) * OPEN,
        ]
        dash = "solid" if pd.notna(low) and pd.notna(high) else "dot"
        traces.append(
            _trace(
                x=ends,
                y=[_y(row.Index)] * 2,
                mode="lines",
                opacity=0.55,
                hoverinfo="skip",
                line={"width": 5, "color": _colour(row.id), "dash": dash},
                meta=encode(
                    [row.Index] * 2,
                    {
                        "x": [
                            Cell(_PEAK, "low") if pd.notna(low) else Beyond(_PEAK, side="left"),
                            Cell(_PEAK, "high") if pd.notna(high) else Beyond(_PEAK),
                        ],
                        "y": Position(),
                    },
                ),
            )
        )
    return traces


def _marks(cases: list[Any]) -> list[dict[str, Any]]:
    traces = []
    for admitted, (symbol, _, label) in OPENNESS.items():
        part = [row for row in cases if row.acknowledged_at_time == admitted and _point(row)]
        if not part:
            continue
        colours = [_colour(row.id) for row in part]
        traces.append(
            _trace(
                ids=[str(row.Index) for row in part],
                x=[_point(row) for row in part],
                y=[_y(row.Index) for row in part],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 13,
                    "color": colours,
                    "opacity": 1,
                    "line": {"width": 2.5, "color": colours},
                },
                hovertemplate=f"{label}<extra></extra>",
                name=label,
                meta=encode(
                    [row.Index for row in part],
                    {
                        "x": Cell(_PEAK, "geometric"),
                        "y": Position(),
                        "marker.symbol": Category(_ADMITTED),
                    },
                ),
            )
        )
    return traces


def _labels(cases: list[Any], names: pd.Series) -> dict[str, Any]:
    return _trace(
        x=[EDGE] * len(cases),
        y=[TOP + ROW * row.Index + _WORDS for row in cases],
        mode="text",
        text=[_label(row, names) for row in cases],
        textposition="middle right",
        textfont={"size": 12},
        hoverinfo="skip",
        cliponaxis=False,
        meta=encode(
            [row.Index for row in cases],
            {"x": Fixed(EDGE), "y": Position(offset=_WORDS - _MARK), "text": Cell(_CASE, "text")},
        ),
    )


def _label(row: Any, names: pd.Series) -> str:
    label = theme.escape_html(f"{_said(row, names)} · {_soldiers(row)}")
    return f"\u00a0<b>{label[:4]}</b>{label[4:]}" if row.id == CASE else f"\u00a0{label}"


def _legend(rows: pd.DataFrame) -> list[tuple[str, str]]:
    legend = [
        (sign, label)
        for admitted, (_, sign, label) in OPENNESS.items()
        if rows["acknowledged_at_time"].eq(admitted).any()
    ]
    low, high = rows["peak_troops_low"], rows["peak_troops_high"]
    both, one = low.notna() & high.notna() & low.ne(high), low.notna() ^ high.notna()
    bars = [("━", "range")] if both.any() else []
    return [*legend, *bars, *([("┈", "only “up to” or “at least”")] if one.any() else [])]


# -- words -----------------------------------------------------------------------------------------
def _who(row: Any, names: pd.Series) -> str:
    """Sender and host. Vietnam was two states then, and the codes know one: the war says which."""
    half = next((half for half in ("North", "South") if f"{half} Vietnamese" in row.conflict), "")
    return f"{names[row.sender_iso3]} for {half} {names[row.host_or_ally_iso3]}".replace("  ", " ")


def _said(row: Any, names: pd.Series) -> str:
    return f"{row.start[:4]} {_who(row, names)}"


def _soldiers(row: Any) -> str:
    low, high = row.peak_troops_low, row.peak_troops_high
    if pd.isna(low) and pd.isna(high):
        return "no figure"
    if pd.isna(high):
        return f"at least {low:,}"
    if pd.isna(low):
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _title(rows: pd.DataFrame, compared: str, admitted: str | None) -> str:
    rule = ", ".join([YARDSTICKS[compared].phrase, *([OPENNESS[admitted][2]] if admitted else [])])
    others = int(rows["id"].ne(CASE).sum())
    holds = bool(rows["id"].eq(CASE).any())
    if not others:
        return f"No other case {rule}: here 2024 stands alone" if holds else f"No case {rule}"
    case = "case" if others == 1 else "cases"
    return (
        f"Not without precedent: {others} other {case} {rule}"
        if holds
        else f"{others} {case} {rule}; the case of 2024 is not among them"
    )


def _description(cases: list[Any], names: pd.Series) -> str:
    if not cases:
        return (
            "None of the cases in our table fits these choices. Choose “Any” under “Admitted at the"
            " time”, or another comparison."
        )
    opening = "One case is shown" if len(cases) == 1 else f"{len(cases)} cases are shown"
    counts = {
        answer: sum(row.acknowledged_at_time == answer for row in cases) for answer in OPENNESS
    }
    admitted = ", ".join(
        f"{counts[answer]} {label}" for answer, (_, _, label) in OPENNESS.items() if counts[answer]
    )
    counted = [row for row in cases if _point(row)]
    largest = max(counted, key=lambda row: _point(row) or 0, default=None)
    rest = f" The largest is {_said(largest, names)} ({_soldiers(largest)})." if largest else ""
    missing = len(cases) - len(counted)
    without = f" For {missing} no figure was found." if missing else ""
    return f"{opening}: {admitted}.{rest}{without}"


def _table(rows: pd.DataFrame, cases: list[Any], names: pd.Series) -> pd.DataFrame:
    later = {"yes": ", admitted later", "partly": ", partly admitted later"}
    return pd.DataFrame(
        {
            "Began": [tables.spell(date) for date in rows["start"]],
            "Ended": [tables.spell(date) if pd.notna(date) else "" for date in rows["end"]],
            _CASE: [f"{_who(row, names)}: {row.conflict}" for row in cases],
            _PEAK: [_soldiers(row) for row in cases],
            _ADMITTED: [
                f"{OPENNESS[row.acknowledged_at_time][1]} {OPENNESS[row.acknowledged_at_time][2]}"
                f"{later.get(row.acknowledged_later, '')}"
                for row in cases
            ],
            "Rested on": [text[0].upper() + text[1:] for text in rows["treaty_basis"]],
            "Read with care": rows["note"],
        }
    )
