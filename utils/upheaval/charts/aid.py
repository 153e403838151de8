"""Aid to Ukraine over time: what three groups of donors set aside, quarter by quarter.

The numbers are those of the Kiel Institute's Ukraine Support Tracker, in billion euros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..facts import tables
from . import aid_sums, draw
from .aid_sums import CHANGE_LINE, CHANGE_META, GROUPS, KINDS, NAMED, QUARTER, money
from .draw import Chart, Trace, chosen

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "all": "All kinds of aid",
    "none": "{label}: no number",
    "choose": "None of the months has a number. Choose another kind of aid.",
    "added": "{label} up to {when}, billion euros: {sums}",
    "to the end": "{label}: the United States set some aside to the end of the count",
    "never": "{label}: the United States set nothing aside",
    "last": "{label}: last U.S. money set aside in {month}; Europe set aside {europe} billion"
    " euros after that",
    "subtitle": "{label} set aside (allocated), billion euros, {how}, 2022 to {when}; Kiel"
    " Institute",
    "quarters": "by quarter",
    "piled": "added up",
    "sums": "{ahead} {count} quarters are shown, each with all before it.",
    "not ahead": "Europe is not ahead of the United States at the end.",
    "ahead": "At the end of each quarter from {quarter} on, Europe is ahead of the United States.",
    "years": "Billion euros set aside in 2024 and in 2025: {each}. {count} quarters are shown.",
    "two years": "{group} {first} and {second}",
}
_HEADINGS = {
    group: aid_sums.TEXTS["group"].format(group=name) for group, (name, *_) in GROUPS.items()
}

kind_options = draw.offer({"total": "All kinds", **KINDS})


def over_time(aid: pd.DataFrame, kind: str = "total", added: bool = False) -> Chart:
    """What three groups of donors set aside, by quarter, or ``added`` up since the beginning.

    ``aid`` is the table ``aid_over_time``; ``kind`` is a key of `KINDS` or "total". Raises
    ``KeyError`` for another.
    """
    label = chosen({"total": TEXTS["all"], **NAMED}, kind, "kind of aid")
    here = aid[aid["kind"] == kind]
    names, sums, when = aid_sums.quarter_names(here), aid_sums.by_quarter(here), aid_sums.as_of(aid)
    sums = sums.cumsum() if added else sums
    how = TEXTS["piled"] if added else aid_sums.by_quarters(TEXTS["quarters"], here)
    title, description = TEXTS["none"].format(label=label), TEXTS["choose"]
    if names:
        title = _added(sums, label, when) if added else _last(aid_sums.by_month(here), label)
        description = _ahead(sums, names) if added else _years(sums)
        description += aid_sums.part_of(aid)
    return Chart(
        _lines(sums, names),
        title=title,
        subtitle=TEXTS["subtitle"].format(label=label, how=how, when=when),
        description=description,
        table=aid_sums.table(sums, QUARTER, names.__getitem__, _HEADINGS),
        sources=draw.cited(tables.records(here)),
        name=f"aid-over-time-{kind}",
        as_of=when,
        legend=aid_sums.LEGEND if names else [],
        mobile={"marks": 0.8},
    )


# -- drawing ---------------------------------------------------------------------------------------
def _lines(sums: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """A line a group of donors."""
    traces = [
        aid_sums.group_line(sums[group], names, group, _HEADINGS[group], GROUPS[group][0], size=9)
        for group in GROUPS
    ]
    yaxis = {"rangemode": "tozero", "tickformat": ","}
    return by_year(traces, left=36, until="2026-07-01", yaxis=yaxis)


def by_year(traces: list[Trace], *, left: int, until: str, yaxis: dict[str, Any]) -> go.Figure:
    """A figure over the years since 2022, with a line where the administration changed."""
    return draw.fixed_figure(
        *traces,
        height=340,
        margin=(left, 12, 8, 30),
        xaxis=draw.BY_YEAR | {"range": ["2022-01-01", until]},
        yaxis=yaxis,
        shapes=[CHANGE_LINE],
        meta=CHANGE_META,
    )


# -- words -----------------------------------------------------------------------------------------
def _added(sums: pd.DataFrame, label: str, when: str) -> str:
    """The sum of each group at the end."""
    each = (f"{name} {money(sums[group].iloc[-1])}" for group, (name, *_) in GROUPS.items())
    return TEXTS["added"].format(label=label, sums=", ".join(each), when=when)


def _last(months: pd.DataFrame, label: str) -> str:
    """When the United States last set money aside, and what Europe did after that.

    A quarter may hold two administrations: the months say which of them it was.
    """
    last = aid_sums.last_of(months, "US")
    if last in ("", max(months.index)):
        return TEXTS["to the end" if last else "never"].format(label=label)
    after = float(months.loc[months.index > last, "Europe"].sum())
    return TEXTS["last"].format(label=label, month=tables.spell(last), europe=money(after))


def _ahead(sums: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The quarter since which Europe's sum stays above that of the United States, or none."""
    since = aid_sums.ahead_since(sums)
    ahead = TEXTS["ahead" if since else "not ahead"].format(quarter=names.get(since or ""))
    return TEXTS["sums"].format(count=len(sums), ahead=ahead)


def _years(sums: pd.DataFrame) -> str:
    """What each group set aside in the last year before the change, and in the first after it."""
    years = sums.groupby(lambda period: period[:4]).sum().reindex(["2024", "2025"], fill_value=0.0)
    each = [
        TEXTS["two years"].format(
            group=name, first=money(years[group].iloc[0]), second=money(years[group].iloc[1])
        )
        for group, (name, *_) in GROUPS.items()
    ]
    return TEXTS["years"].format(count=len(sums), each="; ".join(each))
