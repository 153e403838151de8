"""Aid for Ukraine from Europe and the United States: by month, by quarter, and added up."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Cell, Channels, Fact, Position, Said, encode, encode_layout
from ..facts import tables
from . import aid_sums, draw
from .aid_sums import NAMED, ahead_since, rounded
from .draw import Chart, Trace, capital, chosen, theme

KINDS = {"total": "All aid", **NAMED}
COUNTS = {
    "added": "Added up since January 2022",
    "quarter": "Quarter by quarter",
    "month": "Month by month",
}

#: The two sides that are drawn, with words, colour, dash, pattern and a short name; others stand in
#: the table.
SIDES = {
    "Europe": ("Europe", theme.BLUE, "solid", "", "Europe"),
    "US": ("United States", theme.ORANGE, "dash", "/", "U.S."),
}
_RIGHT: Trace = {"xanchor": "left", "xshift": 6}
#: Days that explain a bend: id of the event and the words in the chart.
LANDMARKS = (("supplemental-signed", "U.S. aid law"), ("trump-inaugurated", "Trump in office"))
QUARTERS = ("first", "second", "third", "fourth")
#: The headings of the table.
_TIME = {"quarter": "Quarter", "month": "Month", "added": "Up to"}
_HEADS = {"Europe": "Europe (€ bn)", "US": "United States (€ bn)", "Other": "Other donors (€ bn)"}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "quarter": "{number} quarter of {year}",
    "label": "{name}, {time}: {value} billion euros<extra></extra>",
    "no months": "no months",
    "none": "{kind}: no figure",
    "choose": "None of the months has a figure. Choose another kind of aid.",
    "subtitle": "{kind} allocated (set aside), in billion euros; {how}; {period}",
    "added": "{kind} by {until}: Europe {Europe}, the U.S. {US}; {ahead}",
    "since": "Europe ahead since {month}",
    "behind": "Europe is not ahead",
    "each": "{totals} {span}, each added to the ones before.",
    "more": "{kind}: the U.S. allocated more than Europe in {count} of {span}{last}",
    "last": ", last in {time}",
    "once": "{kind}: the U.S. allocated more than Europe in only one of {span}, {time}",
    "peaks": "Highest, {peaks}. {totals} {span}.{part}",
    "peak": "{side}: {sum} in {time}",
    "part": " The last quarter goes up to {until} only.",
    "totals": "In all: Europe {Europe}, the United States {US}, other donors {Other}.",
}

kind_options = draw.offer(KINDS)
count_options = draw.offer(COUNTS)


def aid(
    series: pd.DataFrame, events: pd.DataFrame, kind: str = "total", count: str = "added"
) -> Chart:
    """Allocations of Europe and the United States for Ukraine, in billion euros.

    ``series`` is (rows of) the table ``aid_over_time``, ``events`` the table of that name, for the
    days that are marked; ``kind`` is a key of `KINDS`, ``count`` one of `COUNTS`. Raises
    ``KeyError`` for an unknown word.
    """
    label, counting = chosen(KINDS, kind, "kind of aid"), chosen(COUNTS, count, "way to count")
    here = series[series["kind"] == kind]
    months = aid_sums.by_month(here)
    sums = {"added": months.cumsum(), "quarter": aid_sums.by_quarter(here)}.get(count, months)
    period = [tables.spell(months.index[at]) for at in (0, -1) if len(months)]
    title, description = TEXTS["none"].format(kind=label), TEXTS["choose"]
    if len(sums):
        title, description = _texts(sums, label, count, str(months.index[-1]))
    how = draw.uncapital(counting)
    signs = ("■", "▨") if count == "quarter" else ("━", "╍")
    sides = [name for name, *_ in SIDES.values()]
    return Chart(
        _bars(sums) if count == "quarter" else _lines(sums, _days(events), count),
        title=title,
        subtitle=TEXTS["subtitle"].format(
            kind=label,
            how=aid_sums.by_quarters(how, here) if count == "quarter" else how,
            period=" to ".join(period) or TEXTS["no months"],
        ),
        description=description,
        table=aid_sums.table(sums, _TIME[count], lambda one: capital(_name(one, count)), _HEADS),
        sources=draw.cited(tables.records(here)),
        name=f"burden-{kind}-{count}",
        as_of=aid_sums.as_of(series),
        legend=list(zip(signs, sides, strict=True)) if len(sums) else [],
    )


def _days(events: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Id, day and words of the landmarks that are in the table."""
    days = dict(zip(events["id"], events["date"], strict=True))
    return [(one, days[one], label) for one, label in LANDMARKS if one in days]


# -- figures ---------------------------------------------------------------------------------------
def _lines(sums: pd.DataFrame, days: list[tuple[str, str, str]], count: str) -> go.Figure:
    """A line a side, named at its right end, and the days that explain a bend."""
    x = [f"{month}-15" for month in sums.index]
    traces, ends = [], []
    for side, (name, colour, dash, _, short) in SIDES.items():
        says = {"x": Cell(_TIME[count], "middle"), "y": Cell(_HEADS[side])}
        meta, y = encode(range(len(sums)), says), rounded(sums[side])
        look: Trace = {"cliponaxis": False, "hovertemplate": _label(name, "%{x|%B %Y}")}
        traces.append(draw.line(x, y, colour, meta, width=2.5, dash=dash, **look))
        if count == "added" and len(sums):
            last = float(sums[side].iloc[-1])
            text = f"<b>{short}</b> {last:,.0f}"
            ends.append((Said(name), draw.note(x[-1], last, text, size=13, **_RIGHT)))
    named = [
        draw.note(day, 1, label, yref="paper", yanchor="top")
        | {"xanchor": "left" if at else "right", "xshift": 4 if at else -4}
        for at, (_, day, label) in enumerate(days)
    ]
    when = [Fact("events", one, "date", "middle") for one, _, _ in days]
    said: list[Any] = [{"x": day} for day in when] + [{"y": end, "text": end} for end, _ in ends]
    top = max([1.0, *(float(sums[side].max()) for side in SIDES)]) * 1.16
    span = {"range": [f"{x[0][:7]}-01", f"{x[-1][:7]}-28"]} if x else {}
    return draw.fixed_figure(
        *traces,
        height=340,
        margin=(44, 90 if count == "added" else 34, 6, 30),
        xaxis=draw.BY_YEAR | {"tickangle": 0, **span},
        yaxis={"range": [0, top], "nticks": 6, "tickformat": ",d" if top > 8 else ",.1f"},
        meta=encode_layout([{"x0": day, "x1": day} for day in when], said),
        shapes=[draw.vertical(day, dash="dot") for _, day, _ in days],
        annotations=[*named, *(note for _, note in ends)],
    )


def _bars(sums: pd.DataFrame) -> go.Figure:
    """Two bars a quarter."""
    indices = list(range(len(sums)))
    names = [_name(str(month), "quarter") for month in sums.index]
    traces = []
    for side, (name, colour, _, pattern, _) in SIDES.items():
        says: Channels = {
            "x": Position(),
            "y": Cell(_HEADS[side]),
            "customdata": Cell(_TIME["quarter"], "text"),
        }
        look = {
            "customdata": names,
            "hovertemplate": _label(name, "%{customdata}"),
        }
        y, meta = rounded(sums[side]), encode(indices, says)
        traces.append(draw.columns(indices, y, colour, pattern, meta, **look))
    firsts = [at for at in indices if str(sums.index[at]).endswith("-01")]
    return draw.fixed_figure(
        *traces,
        height=340,
        margin=(44, 12, 6, 30),
        xaxis={
            "tickvals": firsts,
            "ticktext": [str(sums.index[at])[:4] for at in firsts],
            "showgrid": False,
            "range": [-0.6, max(len(sums), 1) - 0.4],
            "tickangle": 0,
        },
        yaxis={"rangemode": "tozero", "nticks": 6},
        barmode="group",
        bargap=0.25,
        bargroupgap=0,
    )


# -- words -----------------------------------------------------------------------------------------
def _billions(value: float) -> str:
    return f"€{value:,.1f} billion"


def _name(month: str, count: str) -> str:
    """A month in words, or the quarter that begins with it."""
    if count != "quarter":
        return tables.spell(month)
    number = QUARTERS[(int(month[5:]) - 1) // 3]
    return TEXTS["quarter"].format(number=number, year=month[:4])


def _label(name: str, time: str) -> str:
    """What a pointer reads, as plotly's template."""
    return TEXTS["label"].format(name=name, time=time, value="%{y:,.1f}")


def _texts(table: pd.DataFrame, kind: str, count: str, until: str) -> tuple[str, str]:
    """Title and description; ``until`` is the last month that the numbers hold."""
    sums = table.iloc[-1] if count == "added" else table.sum()
    said = {side: _billions(sums.get(side, 0.0)) for side in _HEADS}
    span = f"{len(table)} {'quarters' if count == 'quarter' else 'months'}"
    totals, until_day = TEXTS["totals"].format(**said), tables.spell(until)
    if count == "added":
        since = ahead_since(table)
        ahead = TEXTS["since" if since else "behind"].format(month=since and tables.spell(since))
        title = TEXTS["added"].format(kind=kind, until=until_day, ahead=ahead, **said)
        return title, TEXTS["each"].format(span=span, totals=totals)

    def time(month: Any) -> str:
        return f"{'the ' if count == 'quarter' else ''}{_name(str(month), count)}"

    more = [month for month, row in table.iterrows() if row["US"] > row["Europe"]]
    last = TEXTS["last"].format(time=time(more[-1])) if more else ""
    peaks = [
        TEXTS["peak"].format(
            side=name, sum=_billions(float(table[side].max())), time=time(table[side].idxmax())
        )
        for side, (name, *_) in SIDES.items()
    ]
    short = count == "quarter" and int(until[5:]) % 3
    part = TEXTS["part"].format(until=until_day) if short else ""
    title = TEXTS["more"].format(kind=kind, count=len(more) or "none", span=span, last=last)
    if len(more) == 1:
        title = TEXTS["once"].format(kind=kind, span=span, time=time(more[0]))
    return (
        title,
        TEXTS["peaks"].format(span=span, peaks="; ".join(peaks), totals=totals, part=part),
    )
