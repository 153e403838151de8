"""One ally's defence spending year by year, over the terms of U.S. presidents."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Category, Cell, Channels, Fact, Fixed, Said, encode, encode_layout
from ..facts import tables
from ..facts.wording import listed, whole
from . import draw
from .draw import Chart, Row, Trace, chosen, theme
from .spending import GOAL_LEGEND, GUIDELINE, SHARE, named

#: The edition with a figure for each year since 2014, and how many figures make a course.
LONG_EDITION, LONG = "NATO Aug 2025", 8
#: U.S. administrations by the years of a budget share: from, to, whose.
TERMS = ((2014, 2016, "Obama"), (2017, 2020, "Trump"), (2021, 2024, "Biden"), (2025, 2025, "Trump"))
#: The steps in which a course is told, by one rule for every president: from the last year before
#: a term to the term's own last (the first from where the figures begin).
STEPS = ((2014, 2016), (2016, 2020), (2020, 2024), (2024, 2025))
#: The steps that a title tells.
TOLD = STEPS[1:]
_INVASION = Fact("events", "full-scale-invasion", "date", "fraction")

#: What the signs of the chart mean.
SIGNS = (
    ("■", "one year"),
    ("□", "an estimate"),
    GOAL_LEGEND,
    ("┃", "Russia's full-scale invasion"),
    ("▒", "terms of a U.S. president, every second one grey"),
)

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "change": "{change} from {first} to {last}",
    "no change": "none",
    "none": "{ally}: no figures year by year",
    "choose": "None to show. Choose another ally.",
    "title": "{ally}, share of GDP: {steps}",
    "step": "{change}{unit} from {first} to {last}",
    "last": "{change}{unit} in 2025 alone",
    "unit": " points",
    "subtitle": "Defence spending in per cent of GDP, 2014 to 2025, seen in August 2025; the last"
    " two are estimates",
    "years": "Change in percentage points: {steps}. {count} years.{without}",
    "without": " No figure for {years}.",
}


def course_options(spending: pd.DataFrame, countries: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every ally whose figures for all years since 2014 stand in one edition."""
    here = spending[spending["edition"] == LONG_EDITION]["country_iso3"].value_counts()
    return named(set(here[here >= LONG].index), countries)


def course(spending: pd.DataFrame, countries: pd.DataFrame, ally: str = "DEU") -> Chart:
    """One ally's share year by year, all from the edition of August 2025, over the terms of U.S.
    presidents.

    ``ally`` is a code of the table ``countries``. Raises ``KeyError`` for a code that is not there.
    """
    name = chosen(draw.short_names(countries), ally, "ally")
    edition = spending[spending["edition"] == LONG_EDITION]
    rows = tables.records(edition[edition["country_iso3"] == ally].sort_values("year"))
    title, description = _texts(name, rows)
    return Chart(
        _figure(rows),
        title=title,
        subtitle=TEXTS["subtitle"],
        description=description,
        table=draw.table(
            rows,
            {
                "Year": draw.number("year", int),
                SHARE: draw.number("pct_gdp", whole),
                "Estimate": draw.yes_or_no("estimate"),
            },
        ),
        **draw.provenance("defence_spending", rows),
        name=f"course-{ally.lower()}",
        legend=SIGNS if rows else [],
        tones={"┃": "orange", "▒": "grey", GOAL_LEGEND[0]: "grey"} if rows else {},
    )


def changes(rows: list[Row]) -> dict[tuple[int, int], float]:
    """How much a share changed in each of the `STEPS` that the rows cover, in percentage points."""
    share = {int(row["year"]): float(row["pct_gdp"]) for row in rows}
    return {
        (first, last): round(share[last] - share[first], 2)
        for first, last in STEPS
        if first in share and last in share
    }


def _texts(name: str, rows: list[Row]) -> tuple[str, str]:
    """Title and description."""
    steps = changes(rows)
    if not steps:
        return TEXTS["none"].format(ally=name), TEXTS["choose"]
    texts = {
        (first, last): TEXTS["change"].format(change=_change(points), first=first, last=last)
        for (first, last), points in steps.items()
    }
    told = [
        TEXTS["last" if step == STEPS[-1] else "step"].format(
            change=draw.signed(steps[step], 2),
            unit="" if at else TEXTS["unit"],
            first=step[0],
            last=step[1],
        )
        for at, step in enumerate(one for one in TOLD if one in steps)
    ]
    gone = sorted(set(range(2014, 2026)) - {int(row["year"]) for row in rows})
    title = TEXTS["title"].format(ally=name, steps=listed(told))
    without = TEXTS["without"].format(years=", ".join(map(str, gone))) if gone else ""
    said = {"count": len(rows), "steps": "; ".join(texts.values()), "without": without}
    return title, TEXTS["years"].format(**said)


def _figure(rows: list[Row]) -> go.Figure:
    """The line over the terms, with the guideline and the day of the invasion."""
    top = max([3.0, *(float(row["pct_gdp"]) + 0.5 for row in rows)])
    goal = draw.vertical(0) | {"x1": 1, "xref": "paper", "y0": GUIDELINE, "y1": GUIDELINE}
    del goal["yref"]
    war = draw.vertical(2022.15) | {"y1": 0.9, "line": {"width": 2.5, "color": theme.ORANGE}}
    # Terms are no data: half a year before the first budget and after the last.
    terms = [{"x0": Fixed(first - 0.5), "x1": Fixed(last + 0.5)} for first, last, _ in TERMS]
    shapes: list[Any] = [*terms, {"y0": Said(), "y1": Said()}, {"x0": _INVASION, "x1": _INVASION}]
    look = {"yref": "paper", "yanchor": "top"}
    return draw.fixed_figure(
        _line(rows),
        height=300,
        margin=(44, 14, 4, 30),
        xaxis={
            "range": [2013.4, 2025.8],
            "dtick": 2,
            "tick0": 2014,
            "showgrid": False,
            "tickangle": 0,
        },
        yaxis={"range": [0, top], "dtick": 1, "ticksuffix": " %"},
        shapes=[*_terms(), goal, war],
        meta=encode_layout(shapes, [{"x": Fixed((first + last) / 2)} for first, last, _ in TERMS]),
        annotations=[draw.note((first + last) / 2, 1, who) | look for first, last, who in TERMS],
    )


def _line(rows: list[Row]) -> Trace:
    """The share of each year; an estimate is an empty mark."""
    says: Channels = {
        "x": Cell("Year"),
        "y": Cell(SHARE),
        "text": Cell(SHARE, "text"),
        "marker.symbol": Category("Estimate"),
    }
    ends = (0, len(rows) - 1)
    marks = draw.marks(
        [int(row["year"]) for row in rows],
        [float(row["pct_gdp"]) for row in rows],
        ["square-open" if row["estimate"] else "square" for row in rows],
        theme.BLUE,
        encode(range(len(rows)), says),
        size=9,
        text=[f"{row['pct_gdp']:.2f}" if at in ends else "" for at, row in enumerate(rows)],
        textposition="top center",
        textfont={"size": 13},
        hovertemplate="%{x}: %{y:.2f} %<extra></extra>",
    )
    return marks | {"mode": "lines+markers+text", "line": {"width": 2.5, "color": theme.BLUE}}


def _terms() -> list[Trace]:
    """Every second term has a grey ground."""
    return [
        draw.vertical(first - 0.5)
        | {
            "type": "rect",
            "x1": last + 0.5,
            "line": {"width": 0},
            "fillcolor": f"rgba(115,123,135,{0.14 if at % 2 else 0.0})",
        }
        for at, (first, last, _) in enumerate(TERMS)
    ]


def _change(points: float) -> str:
    return draw.signed(points, 2) if round(points, 2) else TEXTS["no change"]
