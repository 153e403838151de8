"""Aid to Ukraine as small multiples: a panel a kind, all on one scale, three groups of donors each.

The numbers are those of the Kiel Institute's Ukraine Support Tracker, in billion euros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import encode_layout
from ..facts import tables
from . import aid_sums, draw
from .aid_sums import CHANGE_LINE, CHANGED, GROUPS, KINDS, QUARTER, money
from .draw import Chart, Trace

#: Where the panels stand from left (0) to right (1), and on a phone from bottom to top.
_ACROSS = ((0.0, 0.29), (0.355, 0.645), (0.71, 1.0))
_DOWN = ((0.72, 0.96), (0.36, 0.6), (0.0, 0.24))
_SPAN = ["2022-01-01", "2026-07-01"]

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "last": "Last U.S. money set aside: {each}",
    "last of kind": "{kind} {month}",
    "goes on": "{kind} to the end",
    "never": "{kind} none",
    "added": "Europe and the U.S., billion euros: {each}",
    "sums of kind": "{kind} {europe} and {us}",
    "quarters": "by quarter",
    "now": "now",
    "piled": "added up",
    "none": "No number for any kind of aid",
    "choose": "None of the months has a number. Choose another table.",
    "subtitle": "Set aside (allocated) by kind, billion euros, {how}, 2022 to {when}; Kiel"
    " Institute",
    "sums": "Billion euros in all, {each}. {count} quarters are shown, each with all three kinds.",
    "of kind": "{kind}: {groups}",
}

#: The headings of the table, by kind and group.
_HEADINGS = {
    (kind, group): aid_sums.TEXTS["group of kind"].format(kind=label, group=name)
    for kind, (label, _) in KINDS.items()
    for group, (name, *_) in GROUPS.items()
}


def side_by_side(aid: pd.DataFrame, added: bool = False) -> Chart:
    """What three groups of donors set aside by quarter, or ``added`` up: a panel a kind of aid.

    ``aid`` is the table ``aid_over_time``. All panels have one scale, so that a kind of which
    little was given is seen as little.
    """
    here = aid[aid["kind"].isin(KINDS)]
    names, when = aid_sums.quarter_names(here), aid_sums.as_of(aid)
    each = {kind: aid_sums.by_quarter(here[here["kind"] == kind]) for kind in KINDS}
    # A quarter without a kind adds nothing to it.
    quarters = pd.concat(each, axis=1).reindex(list(names)).fillna(0.0)
    sums = quarters.cumsum() if added else quarters
    title, description = TEXTS["none"], TEXTS["choose"]
    if names:
        title = _added(sums) if added else _last(here)
        description = _description(quarters) + aid_sums.part_of(aid)
    return Chart(
        _figure(sums, names),
        title=title,
        subtitle=TEXTS["subtitle"].format(
            how=TEXTS["piled"] if added else aid_sums.by_quarters(TEXTS["quarters"], here),
            when=when or TEXTS["now"],
        ),
        description=description,
        table=aid_sums.table(sums, QUARTER, names.__getitem__, _HEADINGS),
        sources=draw.cited(tables.records(here)),
        name=f"aid-kinds-{'added' if added else 'quarters'}",
        as_of=when,
        legend=aid_sums.LEGEND if names else [],
        mobile={"marks": 0.9, "layout": _mobile()},
    )


# -- drawing ---------------------------------------------------------------------------------------
def _figure(sums: pd.DataFrame, quarters: Mapping[str, str]) -> go.Figure:
    """A panel a kind, with a line a group of donors, and where the administration changed."""
    traces = [
        _line(sums, quarters, kind, group, at)
        for at, kind in enumerate(KINDS, 1)
        for group in GROUPS
    ]
    top = max([1.0, *sums.max()])
    names = [
        draw.note(0, 1, f"<b>{label}</b>", size=14, xref=f"x{_of(at)} domain")
        | {"yref": f"y{_of(at)} domain", "xanchor": "left", "yanchor": "bottom"}
        for at, (label, _) in enumerate(KINDS.values(), 1)
    ]
    lines = [
        CHANGE_LINE | {"xref": f"x{_of(at)}", "yref": f"y{_of(at)} domain"}
        for at in range(1, len(KINDS) + 1)
    ]
    axes = _axes(_ACROSS, [(0.0, 1.0)] * len(KINDS), top)
    return draw.fixed_figure(
        *traces,
        height=300,
        margin=(40, 12, 26, 30),
        xaxis=axes.pop("xaxis"),
        yaxis=axes.pop("yaxis"),
        **axes,
        shapes=lines,
        annotations=names,
        meta=encode_layout([{"x0": CHANGED, "x1": CHANGED}] * len(KINDS), [{}] * len(KINDS)),
    )


def _of(panel: int) -> str:
    """The number of a panel in the names of its axes: plotly leaves out the first."""
    return "" if panel == 1 else str(panel)


def _axes(across: Any, down: Any, top: float) -> dict[str, Trace]:
    """The axes of all panels, which have one scale."""
    axes: dict[str, Trace] = {}
    for at, (x, y) in enumerate(zip(across, down, strict=True), 1):
        days = {"type": "date", "dtick": "M12", "tickformat": "’%y", "range": _SPAN}
        size = {"range": [0, top * 1.06], "tickformat": ",", "nticks": 5}
        axes[f"xaxis{_of(at)}"] = draw.FIXED | days | {"domain": x, "anchor": f"y{_of(at)}"}
        axes[f"yaxis{_of(at)}"] = draw.FIXED | size | {"domain": y, "anchor": f"x{_of(at)}"}
    return axes


def _mobile() -> Trace:
    """On a phone the panels stand one below the other."""
    places: Trace = {"height": 640}
    for at, y in enumerate(_DOWN, 1):
        places[f"xaxis{_of(at)}"] = {"domain": [0.0, 1.0], "tickformat": "%Y"}
        places[f"yaxis{_of(at)}"] = {"domain": list(y)}
    return places


def _line(
    sums: pd.DataFrame, quarters: Mapping[str, str], kind: str, group: str, panel: int
) -> Trace:
    """What a group set aside of a kind, in the panel of that kind."""
    return aid_sums.group_line(
        sums[kind, group],
        quarters,
        group,
        _HEADINGS[kind, group],
        f"{KINDS[kind][0]}, {GROUPS[group][0]}",
        size=6,
        xaxis=f"x{_of(panel)}",
        yaxis=f"y{_of(panel)}",
    )


# -- words -----------------------------------------------------------------------------------------
def _added(sums: pd.DataFrame) -> str:
    """What Europe and the United States set aside of each kind."""
    ends = sums.iloc[-1]
    each = [
        TEXTS["sums of kind"].format(
            kind=label.lower(), europe=money(ends[kind, "Europe"]), us=money(ends[kind, "US"])
        )
        for kind, (label, _) in KINDS.items()
    ]
    return TEXTS["added"].format(each=", ".join(each))


def _last(aid: pd.DataFrame) -> str:
    """When the United States last set money aside, kind by kind."""
    each = []
    for kind, (label, _) in KINDS.items():
        months = aid_sums.by_month(aid[aid["kind"] == kind])
        last = aid_sums.last_of(months, "US")
        which = "goes on" if last and last == max(months.index) else "last of kind"
        month = tables.spell(last) if last else ""
        each.append(TEXTS[which if last else "never"].format(kind=label.lower(), month=month))
    return TEXTS["last"].format(each=", ".join(each))


def _description(quarters: pd.DataFrame) -> str:
    totals, each = quarters.sum(), []
    for kind, (label, _) in KINDS.items():
        groups = [f"{name} {money(totals[kind, group])}" for group, (name, *_) in GROUPS.items()]
        each.append(TEXTS["of kind"].format(kind=label.lower(), groups=", ".join(groups)))
    return TEXTS["sums"].format(each="; ".join(each), count=len(quarters))
