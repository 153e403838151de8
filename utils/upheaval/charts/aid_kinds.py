"""Aid to Ukraine as small multiples: a panel a kind, all on one scale, three groups of donors each.

The numbers are those of the Kiel Institute's Ukraine Support Tracker, in billion euros.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Cell, encode, encode_layout
from ..facts import tables
from ..facts.wording import whole
from . import draw
from .aid import CHANGE_LINE, CHANGE_SIGN, CHANGED, GROUPS, KINDS, QUARTER, money, quarters
from .draw import Chart, Trace

Row = dict[str, Any]

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
    "piled": "added up",
    "heading": "{kind}, {group} (billion euros)",
    "hover": "<b>{kind}, {group}</b><br>%{{text}}<br>%{{y:.1f}} billion euros<extra></extra>",
    "none": "No number for any kind of aid",
    "choose": "None of the months has a number. Choose another table.",
    "subtitle": "Set aside (allocated) by kind, billion euros, {how}, January 2022 to {when}; Kiel"
    " Institute",
    "sums": "Billion euros in all, {each}. {count} quarters are shown, each with all three kinds.",
    "of kind": "{kind}: {groups}",
}


def side_by_side(aid: pd.DataFrame, added: bool = False) -> Chart:
    """What three groups of donors set aside by quarter, or ``added`` up: a panel a kind of aid.

    ``aid`` is the table ``aid_over_time``. All panels have one scale, so that a kind of which
    little was given is seen as little.
    """
    rows = _rows(aid, added)
    when = tables.spell(str(max(aid["as_of"]))[:10]) if len(aid) else ""
    signs = [(sign, name) for name, *_, sign in GROUPS.values()]
    return Chart(
        _figure(rows),
        title=_title(aid, rows, added),
        subtitle=TEXTS["subtitle"].format(
            how=TEXTS["piled" if added else "quarters"], when=when or "now"
        ),
        description=_description(aid, rows),
        table=pd.DataFrame(
            {
                QUARTER: [row["name"] for row in rows],
                **{
                    _heading(kind, group): [whole(round(row[kind][group], 2)) for row in rows]
                    for kind in KINDS
                    for group in GROUPS
                },
            },
            dtype=object,
        ),
        sources=sorted({one for cell in aid["sources"] for one in cell}) if rows else [],
        name=f"aid-kinds-{'added' if added else 'quarters'}",
        as_of=when,
        legend=[*signs, CHANGE_SIGN] if rows else [],
        mobile={"marks": 0.9, "layout": _mobile()},
    )


def _rows(aid: pd.DataFrame, added: bool) -> list[Row]:
    """A row a quarter, with the sums of each kind by group of donors."""
    held: dict[str, Row] = {}
    for kind in KINDS:
        for row in quarters(aid[aid["kind"] == kind], added):
            one = held.setdefault(row["name"], {"name": row["name"], "middle": row["middle"]})
            one[kind] = {group: row[group] for group in GROUPS}
    nothing = dict.fromkeys(GROUPS, 0.0)
    made = sorted(held.values(), key=lambda row: row["middle"])
    for row, before in zip(made, [{}, *made], strict=False):
        for kind in KINDS:  # a quarter without the kind adds nothing
            row.setdefault(kind, before.get(kind, nothing) if added else nothing)
    return made


def _heading(kind: str, group: str) -> str:
    return TEXTS["heading"].format(kind=KINDS[kind][0], group=GROUPS[group][0])


# -- drawing ---------------------------------------------------------------------------------------
def _figure(rows: list[Row]) -> go.Figure:
    """A panel a kind, with a line a group of donors, and where the administration changed."""
    traces = [_line(rows, kind, group, at + 1) for at, kind in enumerate(KINDS) for group in GROUPS]
    top = max([1.0, *(row[kind][group] for row in rows for kind in KINDS for group in GROUPS)])
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


def _line(rows: list[Row], kind: str, group: str, panel: int) -> Trace:
    """What a group set aside of a kind, with marks and a dash of its own."""
    name, colour, dash, symbol, _ = GROUPS[group]
    says: Any = {
        "x": Cell(QUARTER, "middle"),
        "y": Cell(_heading(kind, group)),
        "text": Cell(QUARTER, "text"),
    }
    return draw.line(
        [row["middle"] for row in rows],
        [round(row[kind][group], 2) for row in rows],
        colour,
        encode(range(len(rows)), says),
        dash=dash,
        mode="lines+markers",
        cliponaxis=False,
        marker={"size": 6, "symbol": symbol, "color": colour},
        text=[row["name"] for row in rows],
        hovertemplate=TEXTS["hover"].format(kind=KINDS[kind][0], group=name),
        xaxis=f"x{_of(panel)}",
        yaxis=f"y{_of(panel)}",
    )


# -- words -----------------------------------------------------------------------------------------
def _title(aid: pd.DataFrame, rows: list[Row], added: bool) -> str:
    """When the United States last set money aside, kind by kind; or both sums of each kind."""
    if not rows:
        return TEXTS["none"]
    if added:
        each = [
            TEXTS["sums of kind"].format(
                kind=label.lower(),
                europe=money(rows[-1][kind]["Europe"]),
                us=money(rows[-1][kind]["US"]),
            )
            for kind, (label, _) in KINDS.items()
        ]
        return TEXTS["added"].format(each=", ".join(each))
    return TEXTS["last"].format(each=", ".join(_last(aid, kind) for kind in KINDS))


def _last(aid: pd.DataFrame, kind: str) -> str:
    """The last month in which the United States set aside aid of a kind."""
    months = aid[aid["kind"] == kind]
    some = months[(months["donor_group"] == "US") & (months["amount_eur_bn"] >= 0.0005)]
    last = max(some["period"], default="")
    which = "goes on" if last and last == max(months["period"]) else "last of kind"
    label = KINDS[kind][0].lower()
    return TEXTS[which if last else "never"].format(
        kind=label, month=tables.spell(last) if last else ""
    )


def _description(aid: pd.DataFrame, rows: list[Row]) -> str:
    if not rows:
        return TEXTS["choose"]
    each = []
    for kind, (label, _) in KINDS.items():
        sums = aid[aid["kind"] == kind].groupby("donor_group")["amount_eur_bn"].sum()
        groups = [
            f"{name} {money(float(sums.get(group, 0.0)))}" for group, (name, *_) in GROUPS.items()
        ]
        each.append(TEXTS["of kind"].format(kind=label.lower(), groups=", ".join(groups)))
    return TEXTS["sums"].format(each="; ".join(each), count=len(rows))
