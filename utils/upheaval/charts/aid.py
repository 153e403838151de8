"""Aid to Ukraine: promised and set aside, by donor and over time, and Washington's packages.

The first two draw the Kiel Institute's Ukraine Support Tracker (billion euros), the third the list
of announcements (million dollars), which is incomplete and stands beside the official totals.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    Category,
    Cell,
    Channel,
    Fact,
    Fixed,
    Numbers,
    Part,
    Position,
    encode,
    encode_layout,
)
from ..facts import evidence, tables

Row = dict[str, Any]
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]

#: Kinds of aid: (words, colour, pattern of the bar, sign that looks like it).
KINDS = {
    "military": ("Military", theme.BLUE, "", "█"),
    "financial": ("Financial", theme.ORANGE, "/", "▨"),
    "humanitarian": ("Humanitarian", theme.GREEN, ".", "⣿"),
}
#: Groups of donors: (words, colour, dash).
GROUPS = {
    "US": ("United States", theme.BLUE, "solid"),
    "Europe": ("Europe", theme.ORANGE, "dash"),
    "Other": ("Other donors", theme.GREEN, "dot"),
}
SYMBOLS = {"US": "circle", "Europe": "diamond", "Other": "square"}
SIGNS = {"US": "●", "Europe": "◆", "Other": "■"}

#: How donors are compared.
MEASURES = {
    "promised": "Promised and set aside",
    "kinds": "Set aside, by kind",
    "gdp": "Set aside, as a share of output",
}
TOP = 20
CHANGE = "2025-01-20"  # the day on which the administration changed
_CHANGED = Fact("events", "trump-inaugurated", "date", "middle")
#: Headings of the tables that drawings refer to.
_DONOR, _PROMISED, _SET_ASIDE = "Donor", "Promised (billion euros)", "Set aside (billion euros)"
_OF_OUTPUT, _QUARTER = "Set aside (% of GDP of 2021)", "Quarter"
_ANNOUNCED, _WAY, _MILLIONS = "Announced", "Way", "Million U.S. dollars"
_NAMED = {"includes_himars_ammo": "Ammunition for HIMARS", "includes_uas": "Drones"}

#: What of the packages is marked, or that they are added up: (words for the list, words in a
#: title).
PARTS = {
    "himars": ("Ammunition for HIMARS", "ammunition for HIMARS", "includes_himars_ammo"),
    "uas": ("Drones (UAS)", "drones (UAS)", "includes_uas"),
}
ANSWERS = {
    "yes": ("named in the list", "circle", "●", theme.BLUE),
    "no": ("list read, not named", "x-thin-open", "✕", theme.ORANGE),
    "unknown": ("list not read in full", "circle-open", "○", theme.GREY),
    "sale": ("a proposed sale, which the buyer pays", "square-open", "□", theme.PURPLE),
}
NO_ROWS = (
    "No announcement",
    "None of the announcements is in this table. Choose another under “Show”.",
)
SINCE = "U.S. security assistance committed since 24 February 2022"


def measure_options() -> list[tuple[str, str]]:
    """(label, value) of the ways to compare donors."""
    return [(label, name) for name, label in MEASURES.items()]


def kind_options() -> list[tuple[str, str]]:
    """(label, value) of all aid and each kind."""
    return [("All kinds", "total"), *((texts[0], kind) for kind, texts in KINDS.items())]


def package_options() -> list[tuple[str, str]]:
    """(label, value): what is marked, or the list added up beside official totals."""
    return [
        *((texts[0], part) for part, texts in PARTS.items()),
        ("Added up, beside official totals", "sum"),
    ]


def _records(frame: pd.DataFrame) -> list[Row]:
    return tables.records(frame)


# -- by donor --------------------------------------------------------------------------------------
def by_donor(donors: pd.DataFrame, measure: str = "promised", most: int = TOP) -> Chart:
    """The ``most`` donors with the largest numbers by one ``measure`` (a key of `MEASURES`).

    ``donors`` is the table ``aid_by_donor``. Raises ``KeyError`` for an unknown measure.
    """
    by_iso: dict[str, Row] = {}
    for row in _records(donors):
        by_iso.setdefault(row["iso3"], {"donor": row["donor"], "sources": []})[row["measure"]] = row
        by_iso[row["iso3"]]["sources"] += row["sources"]
    every = [row for row in by_iso.values() if _size(row, measure) > 0]
    rows = sorted(every, key=lambda row: -_size(row, measure))[:most]
    title, figure = {"promised": _promised, "kinds": _by_kind, "gdp": _by_output}[measure](rows)
    unit = "per cent of the donor's output (GDP) of 2021" if measure == "gdp" else "billion euros"
    when = tables.spell(str(max(donors["as_of"]))[:10]) if len(donors) else ""
    return Chart(
        figure,
        title=title,
        subtitle=(
            f"{MEASURES[measure]}, {unit}, January 2022 to {when}; bilateral aid counted by the"
            " Kiel Institute"
        ),
        description=_donor_description(rows, measure, len(every)),
        table=_donor_table(rows),
        sources=[one for row in rows for one in row["sources"]],
        name=f"aid-{measure}",
        as_of=when,
        legend=(
            {
                "promised": [("○", "promised (committed)"), ("●", "set aside (allocated)")],
                "gdp": [],
                "kinds": [(sign, label.lower()) for label, _, _, sign in KINDS.values()],
            }[measure]
            if rows
            else []
        ),
    )


def _size(row: Row, measure: str) -> float:
    """The number that donors are ordered by: promise, sum set aside or its share; 0 if none."""
    if measure == "promised":
        return max(
            _number(row.get(name, {}).get("total_eur_bn")) for name in ("committed", "allocated")
        )
    return _number(row.get("allocated", {}).get("pct_gdp" if measure == "gdp" else "total_eur_bn"))


def _number(value: Any) -> float:
    return 0.0 if value is None or pd.isna(value) else float(value)


def money(value: float) -> str:
    """A sum as people read it: one digit behind the point below a hundred, none above."""
    return (
        f"{value:,.0f}"
        if value >= 100 or not value
        else f"{value:,.1f}"
        if value >= 0.1
        else f"{value:,.2f}"
    )


def _whole(value: float, digits: int = 2) -> float:
    """A number for a table: rounded, and without ".0" where it is whole."""
    short = round(float(value), digits)
    return int(short) if short.is_integer() else short


def _promised(rows: list[Row]) -> tuple[str, go.Figure]:
    pairs = [
        (
            _number(row.get("committed", {}).get("total_eur_bn")),
            _number(row.get("allocated", {}).get("total_eur_bn")),
        )
        for row in rows
    ]
    y = _offsets(len(rows))
    gap = [(x, at) for (high, low), at in zip(pairs, y, strict=True) for x in (high, low, None)]
    traces: list[Trace] = [
        {
            "type": "scatter",
            "x": [x for x, _ in gap],
            "y": [at for _, at in gap],
            "mode": "lines",
            "hoverinfo": "skip",
            "line": {"color": theme.GREY, "width": 3},
            "meta": encode(
                [row for at in range(len(rows)) for row in (at, at, None)],
                {"x": [Cell(_PROMISED), Cell(_SET_ASIDE), None] * len(rows), "y": Position()},
            ),
        },
        _dots([high for high, _ in pairs], y, "circle-open", theme.ORANGE, 15, _PROMISED),
        _dots([low for _, low in pairs], y, "circle", theme.BLUE, 9, _SET_ASIDE),
        _labels(
            rows,
            y,
            [f"{money(low)} of {money(high)}" for high, low in pairs],
            (_SET_ASIDE, _PROMISED),
        ),
    ]
    widest = max(
        range(len(rows)), key=lambda index: pairs[index][0] - pairs[index][1], default=None
    )
    title = (
        "No donor"
        if widest is None
        else (
            f"{rows[widest]['donor']}: {money(pairs[widest][0])} billion euros promised,"
            f" {money(pairs[widest][1])} set aside, the widest gap of all"
        )
    )
    return title, _bars(traces, max((high for high, _ in pairs), default=1), len(rows))


def _by_kind(rows: list[Row]) -> tuple[str, go.Figure]:
    y = _offsets(len(rows))
    traces: list[Trace] = []
    for kind, (_, colour, pattern, _) in KINDS.items():
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": y,
                "width": 12,
                "hoverinfo": "skip",
                "x": [_number(row["allocated"][f"{kind}_eur_bn"]) for row in rows],
                "marker": {"color": colour, "line": {"width": 0}, "pattern": {"shape": pattern}},
                "meta": _bar_of(KINDS[kind][0], len(rows)),
            }
        )
    sums = [_number(row["allocated"]["total_eur_bn"]) for row in rows]
    traces.append(_labels(rows, y, [money(one) for one in sums], (_SET_ASIDE,)))
    most = max(rows, key=lambda row: _number(row["allocated"]["military_eur_bn"]), default=None)
    title = (
        "No donor"
        if most is None
        else (
            f"{most['donor']}: the most military aid set aside,"
            f" {money(_number(most['allocated']['military_eur_bn']))} of"
            f" {money(_number(most['allocated']['total_eur_bn']))} billion euros in all"
        )
    )
    return title, _bars(traces, max(sums, default=1), len(rows))


def _by_output(rows: list[Row]) -> tuple[str, go.Figure]:
    y = _offsets(len(rows))
    shares = [_number(row["allocated"]["pct_gdp"]) for row in rows]
    traces: list[Trace] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": y,
            "x": shares,
            "width": 12,
            "hoverinfo": "skip",
            "marker": {"color": theme.BLUE},
            "meta": _bar_of(_OF_OUTPUT, len(rows)),
        },
        _labels(rows, y, [f"{share:.2f} %" for share in shares], (_OF_OUTPUT,)),
    ]
    if not rows:
        return "No donor", _bars(traces, 1, 0)
    first = f"{rows[0]['donor']} set aside {shares[0]:.1f} % of a year's output"
    us = next((index for index, row in enumerate(rows) if row["donor"] == "United States"), None)
    also = (
        f"; the United States, {shares[us]:.1f} %, is number {us + 1}"
        if us is not None
        else (f"; the United States is not among the first {len(rows)}")
    )
    return f"{first}{also}", _bars(traces, max(shares), len(rows))


def _offsets(count: int) -> list[float]:
    return [24.0 + index * 38 for index in range(count)]


def _bar_of(heading: str, count: int) -> dict[str, Any]:
    """The encoding of a bar a donor, as long as its number under a heading of the table."""
    return encode(range(count), {"x": Cell(heading), "y": Position()})


def _dots(
    x: list[float], y: list[float], symbol: str, colour: str, size: int, heading: str
) -> Trace:
    return {
        "meta": _bar_of(heading, len(x)),
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "markers",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": symbol,
            "color": colour,
            "size": size,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
    }


def _labels(rows: list[Row], y: list[float], texts: list[str], of: tuple[str, ...]) -> Trace:
    """The donor and its number above each line, so that a phone needs no margin for names.

    ``of`` are the columns whose numbers the ``texts`` say.
    """
    return {
        "type": "scatter",
        "x": [0] * len(rows),
        "y": [at - 15 for at in y],
        "mode": "text",
        "hoverinfo": "skip",
        "text": [
            f"<b>{theme.escape_html(row['donor'])}</b> {text}"
            for row, text in zip(rows, texts, strict=True)
        ],
        "textposition": "middle right",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "meta": encode(
            range(len(rows)),
            {"x": Fixed(0), "y": Position(offset=-15), "text": Numbers(_DONOR, of)},
        ),
    }


def _bars(traces: list[Trace], highest: float, count: int) -> go.Figure:
    height = count * 38 + 8
    return theme.figure(
        *traces,
        height=height + 34,
        showlegend=False,
        barmode="stack",
        margin={"l": 8, "r": 12, "t": 2, "b": 30, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "range": [0, highest * 1.04], "tickformat": ",", "nticks": 6},
        yaxis=theme.row_axis(height),
    )


def _donor_description(rows: list[Row], measure: str, count: int) -> str:
    if not rows:
        return "None of the donors has a number by this measure. Choose another under “Compare”."
    begin = (
        f"{len(rows)} of {count} donors are shown"
        if len(rows) > 1
        else f"One of {count} donors is shown"
    )
    if measure == "promised":
        low = sum(_number(row.get("allocated", {}).get("total_eur_bn")) for row in rows)
        high = sum(_number(row.get("committed", {}).get("total_eur_bn")) for row in rows)
        return (
            f"{begin}. Together they promised {money(high)} billion euros and have set aside"
            f" {money(low)}."
        )
    if measure == "kinds":
        parts = ", ".join(
            f"{label.lower()}"
            f" {money(sum(_number(row['allocated'][f'{kind}_eur_bn']) for row in rows))}"
            for kind, (label, *_) in KINDS.items()
        )
        return f"{begin}. Billion euros set aside by them: {parts}."
    shares = [(row["donor"], _number(row["allocated"]["pct_gdp"])) for row in rows]
    return (
        f"{begin}, from {shares[0][0]} ({shares[0][1]:.2f} %) to {shares[-1][0]}"
        f" ({shares[-1][1]:.2f} %). Aid through the institutions of the European Union is not"
        " counted with its members here."
    )


def _donor_table(rows: list[Row]) -> pd.DataFrame:
    def cell(row: Row, measure: str, column: str) -> float | None:
        value = row.get(measure, {}).get(column)
        return None if value is None or pd.isna(value) else _whole(value, 3)

    return pd.DataFrame(
        [
            [
                row["donor"],
                cell(row, "committed", "total_eur_bn"),
                *(
                    cell(row, "allocated", column)
                    for column in (
                        "total_eur_bn",
                        "military_eur_bn",
                        "financial_eur_bn",
                        "humanitarian_eur_bn",
                        "pct_gdp",
                    )
                ),
            ]
            for row in rows
        ],
        columns=[
            _DONOR,
            _PROMISED,
            _SET_ASIDE,
            *(label for label, *_ in KINDS.values()),
            _OF_OUTPUT,
        ],
        dtype=object,
    )


# -- over time -------------------------------------------------------------------------------------
def over_time(aid: pd.DataFrame, kind: str = "total", added: bool = False) -> Chart:
    """What three groups of donors set aside, by quarter, or ``added`` up since the beginning.

    ``aid`` is the table ``aid_over_time``; ``kind`` is a key of `KINDS` or "total". Raises
    ``KeyError`` for another.
    """
    label = "All kinds of aid" if kind == "total" else f"{KINDS[kind][0]} aid"
    rows = _quarters(aid[aid["kind"] == kind], added)
    when = tables.spell(str(max(aid["as_of"]))[:10]) if len(aid) else ""
    return Chart(
        _lines(rows),
        title=_time_title(rows, label, added),
        subtitle=(
            f"{label} set aside (allocated), billion euros,"
            f" {'added up' if added else 'by quarter'}, January 2022 to {when}; Kiel Institute"
        ),
        description=_time_description(rows, added),
        table=pd.DataFrame(
            [[row["name"], *(_whole(row[group]) for group in GROUPS)] for row in rows],
            dtype=object,
            columns=[_QUARTER, *map(_group_heading, GROUPS)],
        ),
        sources=sorted({one for cell in aid["sources"] for one in cell}) if rows else [],
        name=f"aid-over-time-{kind}",
        as_of=when,
        legend=(
            [
                *((SIGNS[group], group_texts[0]) for group, group_texts in GROUPS.items()),
                ("┊", f"{tables.spell(CHANGE)}: the administration in Washington changes"),
            ]
            if rows
            else []
        ),
        mobile={"marks": 0.8},
    )


_QUARTERS = ("January to March", "April to June", "July to September", "October to December")


def _quarters(aid: pd.DataFrame, added: bool) -> list[Row]:
    """Sums by quarter, with its middle and how many of its months the tracker covers."""
    held: dict[str, Row] = {}
    for row in _records(aid):
        year, month = int(row["period"][:4]), int(row["period"][5:])
        quarter = (month - 1) // 3
        name = f"{_QUARTERS[quarter]} {year}"
        one = held.setdefault(
            name,
            {
                "name": name,
                "year": year,
                "middle": f"{year}-{quarter * 3 + 2:02d}-15",
                "months": set(),
                **dict.fromkeys(GROUPS, 0.0),
            },
        )
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


def _group_heading(group: str) -> str:
    return f"{GROUPS[group][0]} (billion euros)"


def _lines(rows: list[Row]) -> go.Figure:
    traces: list[Trace] = [
        {
            "type": "scatter",
            "x": [row["middle"] for row in rows],
            "y": [round(row[group], 2) for row in rows],
            "mode": "lines+markers",
            "cliponaxis": False,
            "line": {"color": colour, "width": 2, "dash": dash},
            "marker": {"size": 9, "symbol": SYMBOLS[group], "color": colour},
            "text": [row["name"] for row in rows],
            "hovertemplate": (
                f"<b>{label}</b><br>%{{text}}<br>%{{y:.1f}} billion euros<extra></extra>"
            ),
            "meta": encode(
                range(len(rows)),
                {
                    "x": Cell(_QUARTER, "middle"),
                    "y": Cell(_group_heading(group)),
                    "text": Cell(_QUARTER, "text"),
                },
            ),
        }
        for group, (label, colour, dash) in GROUPS.items()
    ]
    return theme.figure(
        *traces,
        height=340,
        showlegend=False,
        shapes=[_CHANGE_LINE],
        meta=_CHANGE_META,
        margin={"l": 36, "r": 12, "t": 8, "b": 30, "autoexpand": False},
        xaxis={**_YEARS, "range": ["2022-01-01", "2026-07-01"]},
        yaxis={**theme.FIXED_AXIS, "rangemode": "tozero", "tickformat": ","},
    )


def _time_title(rows: list[Row], label: str, added: bool) -> str:
    if not rows:
        return f"{label}: no number"
    if added:
        last = rows[-1]
        sums = ", ".join(f"{GROUPS[group][0]} {money(last[group])}" for group in GROUPS)
        return f"{label}: {sums} billion euros"
    given = [row for row in rows if row["US"] >= 0.0005]
    if not given or given[-1] is rows[-1]:
        return f"{label}: the United States set some aside to the end of the count"
    return f"{label}: the United States last set something aside in {given[-1]['name']}"


def _time_description(rows: list[Row], added: bool) -> str:
    if not rows:
        return "None of the months has a number. Choose another kind of aid."
    if added:
        behind = [index for index, row in enumerate(rows) if row["Europe"] <= row["US"]]
        since = behind[-1] + 1 if behind else 0
        return f"{len(rows)} quarters are shown, each with all before it. " + (
            "Europe is not ahead of the United States at the end."
            if since == len(rows)
            else f"Europe is ahead of the United States from {rows[since]['name']} to the end."
        )
    years = {
        year: {group: sum(row[group] for row in rows if row["year"] == year) for group in GROUPS}
        for year in (2024, 2025)
    }
    return (
        f"{len(rows)} quarters are shown. Billion euros set aside in 2024 and in 2025: "
        + "; ".join(
            f"{group_texts[0]} {money(years[2024][group])} and {money(years[2025][group])}"
            for group, group_texts in GROUPS.items()
        )
        + "."
    )


# -- U.S. packages ---------------------------------------------------------------------------------
def packages(announced: pd.DataFrame, totals: pd.DataFrame, show: str = "himars") -> Chart:
    """The listed announcements and what they hold, or all added up beside official totals.

    ``announced`` is the table ``aid_packages``, ``totals`` the table ``aid_totals``; ``show`` is a
    key of `PARTS` or "sum". Proposed sales are drawn apart and never added: a sale is not aid.
    Raises ``KeyError`` for another ``show``.
    """
    if show != "sum" and show not in PARTS:
        raise KeyError(show)
    spans = tables.span(announced["date"])
    every = [
        {**row, "day": day} for row, day in zip(_records(announced), spans["start"], strict=True)
    ]
    rows = sorted(
        (row for row in every if show != "sum" or row["authority"] != "other"),
        key=lambda row: (row["day"], row["id"]),
    )
    official = _official(totals) if show == "sum" else []
    title, description = _sum_texts(rows, official) if show == "sum" else _package_texts(rows, show)
    return Chart(
        _summed(rows, official) if show == "sum" else _dated(rows, PARTS[show][2]),
        title=title,
        description=description,
        table=_package_table(rows),
        subtitle=(
            f"{_SUM_NOTE if show == 'sum' else _SCALE_NOTE};"
            f" an incomplete list, as of {tables.spell(tables.knowledge_as_of())}"
        ),
        sources=[one for row in [*rows, *official] for one in row["sources"]],
        refs=evidence.refs("aid_packages", (row["id"] for row in rows)),
        name=f"packages-{show}",
        legend=(
            (
                [("●", "this list, added up"), ("◇", "official total since 24 February 2022")]
                if show == "sum"
                else [(sign, label) for label, _, sign, _ in ANSWERS.values()]
            )
            if rows
            else []
        ),
        mobile={"marks": 0.8},
    )


_CHANGE_LINE = {
    "type": "line",
    "x0": CHANGE,
    "x1": CHANGE,
    "y0": 0,
    "y1": 1,
    "yref": "paper",
    "line": {"width": 2, "dash": "dot", "color": theme.GREY},
}
_CHANGE_META = encode_layout([{"x0": _CHANGED, "x1": _CHANGED}])
_YEARS = {**theme.FIXED_AXIS, "type": "date", "dtick": "M12", "tickformat": "%Y"}
_SUM_NOTE = "Announcements added up, in billion U.S. dollars"
_SCALE_NOTE = (
    "Announcements by day and amount in million U.S. dollars, each line twice the one below or more"
)


def _official(totals: pd.DataFrame) -> list[Row]:
    """Official totals of one measure, since the day of the invasion, that name their own day.

    Other measures cannot stand on the same line, and a total without a day has no place on it.
    """
    same = (
        (totals["measure"] == SINCE)
        & (totals["source_kind"] == "official")
        & (totals["as_of"].str.len() == 10)
    )
    rows = [{**row, "day": pd.Timestamp(row["as_of"])} for row in _records(totals[same])]
    return sorted(rows, key=lambda row: row["day"])


def _package_texts(rows: list[Row], show: str) -> tuple[str, str]:
    _, named, column = PARTS[show]
    counts = {answer: sum(_answer(row, column) == answer for row in rows) for answer in ANSWERS}
    if not rows:
        return NO_ROWS
    aid = len(rows) - counts["sale"]
    title = (
        f"{counts['yes']} of {aid} announcements of aid name {named}; for {counts['unknown']} we"
        " have not read the whole list"
    )
    split = "; ".join(f"{ANSWERS[answer][0]} {count}" for answer, count in counts.items() if count)
    return (
        title,
        (
            f"{len(rows)} announcements are shown, from {tables.spell(rows[0]['date'])} to "
            f"{tables.spell(rows[-1]['date'])}: {split}."
        ),
    )


def _answer(row: Row, column: str) -> str:
    return "sale" if row["authority"] == "other" else str(row[column])


def _sum_texts(rows: list[Row], official: list[Row]) -> tuple[str, str]:
    total = sum(row["amount_usd_millions"] for row in rows) / 1000
    if not rows:
        return NO_ROWS
    begin = (
        f"{len(rows)} announcements are shown, {money(total)} billion dollars if one adds them up"
    )
    if not official:
        return (
            f"This list adds up to {money(total)} billion dollars, which is no official total",
            f"{begin}.",
        )
    then = official[-1]
    here = sum(row["amount_usd_millions"] for row in rows if row["day"] <= then["day"]) / 1000
    day = tables.spell(then["as_of"])
    return (
        (
            f"By {day} this list adds up to {money(here)} billion dollars; the official total of"
            f" that day is {money(then['amount'])}"
        ),
        (
            f"{begin}. Beside them stand {len(official)} official totals. The two differ: some"
            " announcements are missing here, and not all of the money was for Ukraine alone."
        ),
    )


def _dated(rows: list[Row], column: str) -> go.Figure:
    traces: list[Trace] = []
    for answer, (label, symbol, _, colour) in reversed(ANSWERS.items()):
        here = [(number, row) for number, row in enumerate(rows) if _answer(row, column) == answer]
        if here:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "cliponaxis": False,
                    "ids": [str(number) for number, _ in here],
                    "x": [_day(row) for _, row in here],
                    "y": [row["amount_usd_millions"] for _, row in here],
                    "marker": {
                        "symbol": symbol,
                        "color": colour,
                        "size": 10,
                        "opacity": 1,
                        "line": {"width": 2, "color": colour},
                    },
                    # Of some announcements only the month is known: the label says no day then.
                    "hovertext": [tables.spell(row["date"]) for _, row in here],
                    "hovertemplate": (
                        "<b>%{hovertext}</b><br>%{y:,} million"
                        f" dollars<br>{label}<extra></extra>"
                    ),
                    "meta": encode(
                        [number for number, _ in here],
                        {
                            "x": Cell(_ANNOUNCED, "start"),
                            "y": Cell(_MILLIONS),
                            "hovertext": Cell(_ANNOUNCED, "text"),
                            "marker.symbol": Category(_WAY if answer == "sale" else _NAMED[column]),
                        },
                    ),
                }
            )
    return _framed(
        traces,
        {
            "type": "log",
            "range": [1.6, 3.9],
            "tickvals": [50, 100, 200, 500, 1000, 2000, 5000],
            "ticktext": ["50", "100", "200", "500", "1,000", "2,000", "5,000"],
        },
    )


def _summed(rows: list[Row], official: list[Row]) -> go.Figure:
    running, total = [], 0.0
    for row in rows:
        total += row["amount_usd_millions"] / 1000
        running.append(round(total, 3))

    def up_to(at: int) -> list[int]:
        """The row itself, which gives the day, and those before it."""
        return [at, *range(at)]

    channels: dict[str, Channel] = {
        "x": Cell(_ANNOUNCED, "start"),
        "y": Cell(_MILLIONS, per=1000),
    }
    traces: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [_day(row) for row in rows],
            "y": running,
            "hoverinfo": "skip",
            "line": {"color": theme.BLUE, "width": 2, "shape": "hv"},
            "cliponaxis": False,
            "meta": encode([up_to(at) for at in range(len(rows))], channels),
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [_day(row) for row in rows[-1:]],
            "y": running[-1:],
            "marker": {"color": theme.BLUE, "size": 11},
            "hoverinfo": "skip",
            "cliponaxis": False,
            "meta": encode([up_to(len(rows) - 1)] if rows else [], channels),
        },
    ]
    if official:
        traces.append(_official_totals(official))
    return _framed(traces, {"rangemode": "tozero", "tickformat": ","})


def _official_totals(official: list[Row]) -> Trace:
    """The government's own totals, by day."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_day(row) for row in official],
        "y": [row["amount"] for row in official],
        "cliponaxis": False,
        "marker": {
            "symbol": "diamond-open",
            "size": 12,
            "color": theme.ORANGE,
            "line": {"width": 2, "color": theme.ORANGE},
        },
        "hovertemplate": (
            "<b>%{x|%-d %B %Y}</b><br>official total: %{y} billion dollars<extra></extra>"
        ),
        "meta": encode(
            [None] * len(official),
            {
                "x": [_total(row, "as_of", "middle") for row in official],
                "y": [_total(row, "amount") for row in official],
            },
        ),
    }


def _total(row: Row, column: str, part: Part = "number") -> Fact:
    return Fact("aid_totals", row["id"], column, part)


def _framed(traces: list[Trace], yaxis: dict[str, Any]) -> go.Figure:
    return theme.figure(
        *traces,
        height=340,
        showlegend=False,
        shapes=[_CHANGE_LINE],
        meta=_CHANGE_META,
        margin={"l": 50, "r": 12, "t": 8, "b": 30, "autoexpand": False},
        xaxis={**_YEARS, "range": ["2022-01-01", "2026-01-15"]},
        yaxis={**theme.FIXED_AXIS, **yaxis},
    )


def _day(row: Row) -> str:
    return str(row["day"].strftime("%Y-%m-%d"))


def _package_table(rows: Iterable[Row]) -> pd.DataFrame:
    said = {"yes": "yes", "no": "no", "unknown": "not known"}
    return pd.DataFrame(
        [
            [
                tables.spell(row["date"]),
                row["authority"],
                row["amount_usd_millions"],
                row["notable_items"],
                said[row["includes_himars_ammo"]],
                said[row["includes_uas"]],
                row["note"] if isinstance(row["note"], str) else "",
            ]
            for row in rows
        ],
        columns=[
            _ANNOUNCED,
            _WAY,
            _MILLIONS,
            "What the list names",
            *_NAMED.values(),
            "Note",
        ],
    )
