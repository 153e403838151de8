"""Aid to Ukraine over time: what three groups of donors set aside, quarter by quarter.

The numbers are those of the Kiel Institute's Ukraine Support Tracker, in billion euros.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Cell, Fact, encode, encode_layout
from ..facts import tables
from ..facts.wording import whole
from . import draw
from .draw import Chart, Mark, Trace, chosen, theme

Row = dict[str, Any]

#: Kinds of aid: words, and the sign of each.
KINDS = {
    "military": ("Military", Mark("square", "■", theme.BLUE, "military")),
    "financial": ("Financial", Mark("diamond", "◆", theme.ORANGE, "financial")),
    "humanitarian": ("Humanitarian", Mark("triangle-down-open", "▽", theme.GREEN, "humanitarian")),
}
#: Groups of donors: (words, colour, dash, symbol, sign that looks like it).
GROUPS = {
    "US": ("United States", theme.BLUE, "solid", "triangle-up", "▲"),
    "Europe": ("Europe", theme.ORANGE, "dash", "diamond", "◆"),
    "Other": ("Other donors", theme.GREEN, "dot", "square", "■"),
}
CHANGE = "2025-01-20"  # the day on which the administration changed
CHANGED = Fact("events", "trump-inaugurated", "date", "middle")
#: A line at that day, and what it stands for.
CHANGE_LINE = draw.vertical(CHANGE, dash="dot", width=2, layer="above")
CHANGE_META = encode_layout([{"x0": CHANGED, "x1": CHANGED}])
QUARTER = "Quarter"
_QUARTERS = ("January to March", "April to June", "July to September", "October to December")

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "{label}: no number",
    "choose": "None of the months has a number. Choose another kind of aid.",
    "added": "{label} up to {when}, billion euros: {sums}",
    "to the end": "{label}: the United States set some aside to the end of the count",
    "never": "{label}: the United States set nothing aside",
    "last": "{label}: last U.S. money set aside in {month}; Europe set aside {europe} billion"
    " euros after that",
    "subtitle": "{label} set aside (allocated), billion euros, {how}, January 2022 to {when}; Kiel"
    " Institute",
    "sums": "{ahead} {count} quarters are shown, each with all before it.",
    "not ahead": "Europe is not ahead of the United States at the end.",
    "ahead": "At the end of each quarter from {quarter} on, Europe is ahead of the United States.",
    "years": "Billion euros set aside in 2024 and in 2025: {each}. {count} quarters are shown.",
}
#: How a legend explains the line at that day.
CHANGE_SIGN = ("┊", f"{tables.spell(CHANGE)}: the administration in Washington changes")

kind_options = draw.offer({"total": "All kinds", **KINDS})


def money(value: float) -> str:
    """A sum as people read it: one digit behind the point below a hundred, none above."""
    digits = 0 if value >= 100 or not value else 1 if value >= 0.1 else 2
    return f"{value:,.{digits}f}"


def over_time(aid: pd.DataFrame, kind: str = "total", added: bool = False) -> Chart:
    """What three groups of donors set aside, by quarter, or ``added`` up since the beginning.

    ``aid`` is the table ``aid_over_time``; ``kind`` is a key of `KINDS` or "total". Raises
    ``KeyError`` for another.
    """
    named = {name: f"{label} aid" for name, (label, *_) in KINDS.items()}
    label = chosen({"total": "All kinds of aid"} | named, kind, "kind of aid")
    months = aid[aid["kind"] == kind]
    rows = quarters(months, added)
    when = tables.spell(str(max(aid["as_of"]))[:10]) if len(aid) else ""
    signs = [(sign, name) for name, *_, sign in GROUPS.values()]
    return Chart(
        _lines(rows),
        title=_title(rows, months, label, added, when),
        subtitle=TEXTS["subtitle"].format(
            label=label, how="added up" if added else "by quarter", when=when
        ),
        description=_description(rows, added),
        table=pd.DataFrame(
            {
                QUARTER: [row["name"] for row in rows],
                **{
                    _heading(group): [whole(round(row[group], 2)) for row in rows]
                    for group in GROUPS
                },
            },
            dtype=object,
        ),
        sources=sorted({one for cell in aid["sources"] for one in cell}) if rows else [],
        name=f"aid-over-time-{kind}",
        as_of=when,
        legend=[*signs, CHANGE_SIGN] if rows else [],
        mobile={"marks": 0.8},
    )


def quarters(aid: pd.DataFrame, added: bool) -> list[Row]:
    """Sums by quarter in billion euros, or ``added`` up, a row a quarter.

    ``aid`` is rows of the table ``aid_over_time`` of one kind. A row has its ``name`` (and how many
    of its months the tracker covers, where that is not all), ``year``, ``middle`` (an ISO day),
    ``months`` and the sum of each of the `GROUPS`.
    """
    held: dict[str, Row] = {}
    for row in tables.records(aid):
        year, quarter = int(row["period"][:4]), (int(row["period"][5:]) - 1) // 3
        name = f"{_QUARTERS[quarter]} {year}"
        middle = f"{year}-{quarter * 3 + 2:02d}-15"
        empty = {"name": name, "year": year, "middle": middle, "months": set()}
        one = held.setdefault(name, {**empty, **dict.fromkeys(GROUPS, 0.0)})
        one["months"].add(row["period"])
        one[row["donor_group"]] += float(row["amount_eur_bn"])
    rows = sorted(held.values(), key=lambda row: row["middle"])
    total = dict.fromkeys(GROUPS, 0.0)
    for row in rows:
        if len(row["months"]) < 3:
            row["name"] += f" ({len(row['months'])} of 3 months)"
        if added:
            total = {group: total[group] + row[group] for group in GROUPS}
            row.update(total)
    return rows


def _heading(group: str) -> str:
    return f"{GROUPS[group][0]} (billion euros)"


def _lines(rows: list[Row]) -> go.Figure:
    """A line a group of donors, with marks and a dash of its own."""
    x, text = [row["middle"] for row in rows], [row["name"] for row in rows]
    traces = [
        draw.line(
            x,
            [round(row[group], 2) for row in rows],
            colour,
            encode(
                range(len(rows)),
                {
                    "x": Cell(QUARTER, "middle"),
                    "y": Cell(_heading(group)),
                    "text": Cell(QUARTER, "text"),
                },
            ),
            dash=dash,
            mode="lines+markers",
            cliponaxis=False,
            marker={"size": 9, "symbol": symbol, "color": colour},
            text=text,
            hovertemplate=f"<b>{name}</b><br>%{{text}}<br>%{{y:.1f}} billion euros<extra></extra>",
        )
        for group, (name, colour, dash, symbol, _) in GROUPS.items()
    ]
    yaxis = {"rangemode": "tozero", "tickformat": ","}
    return by_year(traces, left=36, until="2026-07-01", yaxis=yaxis)


def by_year(traces: list[Trace], *, left: int, until: str, yaxis: dict[str, Any]) -> go.Figure:
    """A figure over the years since 2022, with a line where the administration changed."""
    return draw.fixed_figure(
        *traces,
        height=340,
        margin=(left, 12, 8, 30),
        xaxis={"type": "date", "dtick": "M12", "tickformat": "%Y", "range": ["2022-01-01", until]},
        yaxis=yaxis,
        shapes=[CHANGE_LINE],
        meta=CHANGE_META,
    )


def _title(rows: list[Row], months: pd.DataFrame, label: str, added: bool, when: str) -> str:
    if not rows:
        return TEXTS["none"].format(label=label)
    if added:
        sums = ", ".join(f"{GROUPS[group][0]} {money(rows[-1][group])}" for group in GROUPS)
        return TEXTS["added"].format(label=label, sums=sums, when=when)
    # A quarter may hold two administrations: the months say which of them it was.
    some = months[(months["donor_group"] == "US") & (months["amount_eur_bn"] >= 0.0005)]
    last = max(some["period"], default="")
    if last in ("", max(months["period"])):
        return TEXTS["to the end" if last else "never"].format(label=label)
    europe = months[(months["donor_group"] == "Europe") & (months["period"] > last)]
    after = float(europe["amount_eur_bn"].sum())
    return TEXTS["last"].format(label=label, month=tables.spell(last), europe=money(after))


def _ahead_since(rows: list[Row]) -> str:
    """The quarter since which Europe's sum stays above that of the United States, or nothing."""
    behind = [index for index, row in enumerate(rows) if row["Europe"] <= row["US"]]
    since = behind[-1] + 1 if behind else 0
    return str(rows[since]["name"]) if since < len(rows) else ""


def _description(rows: list[Row], added: bool) -> str:
    if not rows:
        return TEXTS["choose"]
    if added:
        since = _ahead_since(rows)
        ahead = TEXTS["ahead" if since else "not ahead"].format(quarter=since)
        return TEXTS["sums"].format(count=len(rows), ahead=ahead)

    def sum_of(group: str, year: int) -> str:
        return money(sum(row[group] for row in rows if row["year"] == year))

    each = [
        f"{name} {sum_of(group, 2024)} and {sum_of(group, 2025)}"
        for group, (name, *_) in GROUPS.items()
    ]
    return TEXTS["years"].format(count=len(rows), each="; ".join(each))
