"""Aid for Ukraine from Europe and the United States: by month, by quarter, and added up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Cell, Fact, Position, Said, encode, encode_layout
from ..facts import tables
from ..facts.wording import whole

Trace = dict[str, Any]

KINDS = {
    "total": "All aid",
    "military": "Military aid",
    "financial": "Financial aid",
    "humanitarian": "Humanitarian aid",
}
COUNTS = {
    "added": "Added up since January 2022",
    "quarter": "Quarter by quarter",
    "month": "Month by month",
}

#: The two sides that are drawn, with words, colour, dash and pattern; others stand in the table.
SIDES = {
    "Europe": ("Europe", theme.BLUE, "solid", ""),
    "US": ("United States", theme.ORANGE, "dash", "/"),
}
#: Days that explain a bend: id of the event and the words in the chart.
LANDMARKS = (("supplemental-signed", "U.S. aid law"), ("trump-inaugurated", "Trump in office"))
QUARTERS = ("first", "second", "third", "fourth")
#: The headings of the table.
_TIME = {"quarter": "Quarter", "month": "Month", "added": "Up to"}
_HEADS = {"Europe": "Europe (€ bn)", "US": "United States (€ bn)", "Other": "Other donors (€ bn)"}


def kind_options() -> list[tuple[str, str]]:
    """(label, value) of every kind of aid."""
    return [(label, name) for name, label in KINDS.items()]


def count_options() -> list[tuple[str, str]]:
    """(label, value) of every way to count."""
    return [(label, name) for name, label in COUNTS.items()]


def aid(
    series: pd.DataFrame, events: pd.DataFrame, kind: str = "total", count: str = "added"
) -> Chart:
    """Allocations of Europe and the United States for Ukraine, in billion euros.

    ``series`` is (rows of) the table ``aid_over_time``, ``events`` the table of that name, for the
    days that are marked; ``kind`` is a key of `KINDS`, ``count`` one of `COUNTS`. Raises
    ``KeyError`` for an unknown word.
    """
    label, counting = KINDS[kind], COUNTS[count]
    months = _months(series, kind)
    table = (
        months.cumsum() if count == "added" else _quarters(months) if count == "quarter" else months
    )
    title, description = (
        _title_and_description(table, label, count, str(months.index[-1]))
        if len(table)
        else (f"{label}: no figure", "None of the months has a figure. Choose another kind of aid.")
    )
    cited = [one for cell in series.loc[series["kind"] == kind, "sources"] for one in cell]
    return Chart(
        _bars(table) if count == "quarter" else _lines(table, _days(events), count),
        title=title,
        subtitle=(
            f"{label} that was allocated (set aside), in billion euros;"
            f" {counting[0].lower()}{counting[1:]}; {_period(months)}"
        ),
        description=description,
        table=_table(table, count),
        sources=list(dict.fromkeys(cited)),
        name=f"burden-{kind}-{count}",
        as_of=tables.spell(max(series["as_of"])) if len(series) else "",
        legend=_legend(table, count),
    )


# -- numbers ---------------------------------------------------------------------------------------
def _months(series: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Billion euros of one kind: a row a month, a column a group of donors."""
    here = series[series["kind"] == kind]
    return here.pivot_table(
        index="period", columns="donor_group", values="amount_eur_bn", aggfunc="sum"
    ).fillna(0.0)


def _quarters(months: pd.DataFrame) -> pd.DataFrame:
    """The months added up by quarter, each under the name of its first month."""
    starts = [f"{month[:4]}-{(int(month[5:]) - 1) // 3 * 3 + 1:02d}" for month in months.index]
    return months.groupby(starts).sum()


def ahead_since(added: pd.DataFrame) -> str | None:
    """The month since which Europe's sum stays above that of the United States, or ``None``."""
    behind = [month for month, row in added.iterrows() if row["Europe"] <= row["US"]]
    after = [str(month) for month in added.index if not behind or month > behind[-1]]
    return after[0] if after else None


def _days(events: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Id, day and words of the landmarks that are in the table."""
    days = dict(zip(events["id"], events["date"], strict=True))
    return [(one, days[one], label) for one, label in LANDMARKS if one in days]


# -- figures ---------------------------------------------------------------------------------------
def _lines(table: pd.DataFrame, days: list[tuple[str, str, str]], count: str) -> go.Figure:
    """A line a side, named at its right end."""
    x = [f"{month}-15" for month in table.index]
    top = max([1.0, *(float(table[side].max()) for side in SIDES if side in table)]) * 1.16
    traces = _side_lines(table, x, count)
    ends: list[str] = []  # after which words of the title the number of an end stands
    notes = _day_names(days)
    if count == "added" and len(table):
        ends = [name for side, (name, *_) in SIDES.items() if side in table]
        notes += _end_names(table, x[-1])
    return theme.figure(
        *traces,
        height=340,
        showlegend=False,
        meta=encode_layout(
            [
                {
                    "x0": Fact("events", one, "date", "middle"),
                    "x1": Fact("events", one, "date", "middle"),
                }
                for one, _, _ in days
            ],
            [
                *({"x": Fact("events", one, "date", "middle")} for one, _, _ in days),
                *({"y": said, "text": said} for said in map(Said, ends)),
            ],
        ),
        shapes=_day_lines(days),
        annotations=notes,
        margin={"l": 44, "r": 90 if count == "added" else 12, "t": 6, "b": 30, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "type": "date",
            "dtick": "M12",
            "tickformat": "%Y",
            "tickangle": 0,
            **_span(x),
        },
        yaxis={
            **theme.FIXED_AXIS,
            "range": [0, top],
            "nticks": 6,
            "tickformat": ",d" if top > 8 else ",.1f",
        },
    )


def _side_lines(table: pd.DataFrame, x: list[str], count: str) -> list[Trace]:
    """A line a side."""
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": [round(float(value), 2) for value in table[side]],
            "cliponaxis": False,
            "line": {"color": colour, "width": 2.5, "dash": dash},
            "hovertemplate": f"{name}, %{{x|%B %Y}}: %{{y:,.1f}} billion euros<extra></extra>",
            "meta": encode(
                range(len(table)), {"x": Cell(_TIME[count], "middle"), "y": Cell(_HEADS[side])}
            ),
        }
        for side, (name, colour, dash, _) in SIDES.items()
        if side in table
    ]


def _day_names(days: list[tuple[str, str, str]]) -> list[Trace]:
    """The names of the days: the first left of its line, the others right."""
    return [
        {
            "x": day,
            "y": 1,
            "yref": "paper",
            "yanchor": "top",
            "xanchor": "left" if at else "right",
            "text": label,
            "showarrow": False,
            "font": {"size": 12},
            "xshift": 4 if at else -4,
        }
        for at, (_, day, label) in enumerate(days)
    ]


def _end_names(table: pd.DataFrame, last: str) -> list[Trace]:
    """The last sum of each side, at the end of its line."""
    return [
        {
            "x": last,
            "y": float(table[side].iloc[-1]),
            "xanchor": "left",
            "xshift": 6,
            "showarrow": False,
            "text": f"<b>{short}</b> {table[side].iloc[-1]:,.0f}",
            "font": {"size": 13},
        }
        for side, short in (("Europe", "Europe"), ("US", "U.S."))
        if side in table
    ]


def _day_lines(days: list[tuple[str, str, str]]) -> list[Trace]:
    """A dotted line at each day."""
    return [
        {
            "type": "line",
            "x0": day,
            "x1": day,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "line": {"width": 1.5, "dash": "dot", "color": theme.GREY},
        }
        for _, day, _ in days
    ]


def _span(x: list[str]) -> dict[str, Any]:
    return {"range": [f"{x[0][:7]}-01", f"{x[-1][:7]}-28"]} if x else {}


def _bars(table: pd.DataFrame) -> go.Figure:
    """Two bars a quarter."""
    indices = list(range(len(table)))
    traces: list[Trace] = [
        {
            "type": "bar",
            "x": indices,
            "y": [round(float(value), 2) for value in table[side]],
            "customdata": [_name(str(month), "quarter") for month in table.index],
            "marker": {
                "color": colour,
                "line": {"width": 1, "color": colour},
                "pattern": {"shape": pattern, "fillmode": "replace", "size": 6, "solidity": 0.5},
            },
            "hovertemplate": f"{name}, %{{customdata}}: %{{y:,.1f}} billion euros<extra></extra>",
            "meta": encode(
                range(len(table)),
                {
                    "x": Position(),
                    "y": Cell(_HEADS[side]),
                    "customdata": Cell(_TIME["quarter"], "text"),
                },
            ),
        }
        for side, (name, colour, _, pattern) in SIDES.items()
        if side in table
    ]
    firsts = [at for at in indices if str(table.index[at]).endswith("-01")]
    return theme.figure(
        *traces,
        height=340,
        showlegend=False,
        barmode="group",
        bargap=0.25,
        bargroupgap=0,
        margin={"l": 44, "r": 12, "t": 6, "b": 30, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "tickvals": firsts,
            "ticktext": [str(table.index[at])[:4] for at in firsts],
            "showgrid": False,
            "range": [-0.6, max(len(table), 1) - 0.4],
            "tickangle": 0,
        },
        yaxis={**theme.FIXED_AXIS, "rangemode": "tozero", "nticks": 6},
    )


# -- words -----------------------------------------------------------------------------------------
def _billions(value: float) -> str:
    return f"€{value:,.1f} billion"


def _name(month: str, count: str) -> str:
    """A month in words, or the quarter that begins with it."""
    if count != "quarter":
        return tables.spell(month)
    return f"{QUARTERS[(int(month[5:]) - 1) // 3]} quarter of {month[:4]}"


def _title_and_description(
    table: pd.DataFrame, kind: str, count: str, until: str
) -> tuple[str, str]:
    """Title and description; ``until`` is the last month that the numbers hold."""
    sums = table.iloc[-1] if count == "added" else table.sum()
    units = "quarters" if count == "quarter" else "months"
    span = f"{len(table)} {units}"
    totals = (
        f"In all: Europe {_billions(sums['Europe'])}, the United States {_billions(sums['US'])}, "
        f"other donors {_billions(sums.get('Other', 0.0))}."
    )
    if count == "added":
        since = ahead_since(table)
        ahead = f"Europe ahead since {tables.spell(since)}" if since else "Europe is not ahead"
        title = (
            f"{kind} up to {tables.spell(until)}: Europe {_billions(sums['Europe'])}, "
            f"the United States {_billions(sums['US'])}; {ahead}"
        )
        return title, f"{span}, each added to the ones before. {totals}"
    more = [str(month) for month, row in table.iterrows() if row["US"] > row["Europe"]]
    the = "the " if count == "quarter" else ""
    last = f", last in {the}{_name(more[-1], count)}" if more else ""
    title = (
        f"{kind}: the United States allocated more than Europe in {len(more)} of {len(table)}"
        f" {units}{last}"
    )
    peaks = "; ".join(
        f"{name}: {_billions(float(table[side].max()))} in"
        f" {the}{_name(str(table[side].idxmax()), count)}"
        for side, (name, *_) in SIDES.items()
    )
    short = count == "quarter" and int(until[5:]) % 3
    part = f" The last quarter goes up to {tables.spell(until)} only." if short else ""
    return title, f"{span}. Highest, {peaks}. {totals}{part}"


def _period(months: pd.DataFrame) -> str:
    return (
        f"{tables.spell(months.index[0])} to {tables.spell(months.index[-1])}"
        if len(months)
        else "no months"
    )


def _legend(table: pd.DataFrame, count: str) -> list[tuple[str, str]]:
    if not len(table):
        return []
    signs = ("■", "▨") if count == "quarter" else ("━", "╍")
    return list(zip(signs, (name for name, *_ in SIDES.values()), strict=True))


def _table(table: pd.DataFrame, count: str) -> pd.DataFrame:
    rows = [_name(str(month), count) for month in table.index]
    return pd.DataFrame(
        {
            _TIME[count]: [f"{one[0].upper()}{one[1:]}" for one in rows],
            **{
                heading: [whole(round(float(value), 2)) for value in table[side]]
                for side, heading in _HEADS.items()
                if side in table
            },
        },
        dtype=object,
    )
