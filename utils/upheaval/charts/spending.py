"""What NATO's members spend on defence, as a share of output: one edition of figures at a time."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Category, Cell, Fact, Fixed, Position, Said, encode, encode_layout
from ..facts import evidence, tables
from ..facts.wording import whole

Row = dict[str, Any]
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]


@dataclass(frozen=True)
class View:
    """Figures that may stand in one chart: a ``year`` as one ``edition`` of NATO's gives it.

    ``since`` is an earlier year of the same edition to compare with, and ``core`` says that the
    edition knows the goal of 3.5 %.
    """

    label: str
    edition: str
    year: int
    since: int | None = None
    core: bool = False


VIEWS = {
    "jul23": View("2023, as seen in July 2023", "NATO July 2023", 2023),
    "mar24": View("2023, as seen in March 2024", "NATO SG annual report, March 2024", 2023),
    "jun24": View("2024, as seen in June 2024", "NATO June 2024", 2024),
    "aug25": View("2025, as seen in August 2025", "NATO Aug 2025", 2025, core=True),
    "rise": View("From 2014 to 2024, as seen in June 2024", "NATO June 2024", 2024, since=2014),
}

#: Editions in the order in which they came out, with the words of charts.
EDITIONS = {
    "NATO June 2022": "June 2022",
    "NATO July 2023": "July 2023",
    "NATO SG annual report, March 2024": "March 2024",
    "NATO June 2024": "June 2024",
    "NATO Aug 2025": "August 2025",
}

ORDERS = {"share": "By size", "border": "Neighbours of Russia first"}
GUIDELINE, CORE = 2.0, 3.5
#: More missing allies than this, and a view has no fair median.
MANY = 3
#: The edition with a figure for each year since 2014, and how many figures make a course.
LONG_EDITION, LONG = "NATO Aug 2025", 8
#: U.S. administrations by the years of a budget share: from, to, whose.
TERMS = ((2014, 2016, "Obama"), (2017, 2020, "Trump"), (2021, 2024, "Biden"), (2025, 2025, "Trump"))
#: The steps in which a course is told: from year, to year.
STEPS = ((2014, 2016), (2016, 2020), (2020, 2021), (2021, 2024), (2024, 2025))
#: The steps that a title tells: the first Trump term, and the years of Biden's in which Russia's
#: invasion fell.
TOLD = ((2016, 2020), (2021, 2024))

NEAR, FAR = ("◆", "diamond", theme.ORANGE), ("●", "circle", theme.BLUE)
LINE, TOP = 22, 30
_GOAL_LEGEND = ("╌", "NATO's guideline of 2 %")
#: Headings of the tables that drawings refer to.
_ALLY, _SHARE, _NEAR = "Ally", "% of GDP", "Land border with Russia"
#: A line at a goal: the words around the chart say how high it is.
_AT_GOAL = {"x0": Said(), "x1": Said()}


# -- choices for the controls ----------------------------------------------------------------------
def view_options() -> list[tuple[str, str]]:
    """(label, value) of every set of figures."""
    return [(view.label, name) for name, view in VIEWS.items()]


def order_options() -> list[tuple[str, str]]:
    """(label, value) of every order of the allies."""
    return [(label, name) for name, label in ORDERS.items()]


def revised_options(spending: pd.DataFrame, countries: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every ally for which two editions give the same year."""
    return _named({row["country_iso3"] for row in _repeated(spending)}, countries)


def course_options(spending: pd.DataFrame, countries: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every ally whose figures for all years since 2014 stand in one edition."""
    here = spending[spending["edition"] == LONG_EDITION]["country_iso3"].value_counts()
    return _named(set(here[here >= LONG].index), countries)


def _named(codes: set[str], countries: pd.DataFrame) -> list[tuple[str, str]]:
    return sorted((name, code) for code, name in _names(countries).items() if code in codes)


def _bound(title: str) -> str:
    """A title in which no line ends between a number and its sign."""
    return title.replace(" %", "\u00a0%")


def _names(countries: pd.DataFrame) -> dict[str, str]:
    return dict(zip(countries["id"], countries["short_name"], strict=True))


# -- all allies, one edition -----------------------------------------------------------------------
def ranked(
    spending: pd.DataFrame, countries: pd.DataFrame, edition: str = "jun24", order: str = "share"
) -> Chart:
    """The allies by defence spending in per cent of GDP, one edition; Russia's neighbours marked.

    ``spending`` and ``countries`` are (rows of) the tables ``defence_spending`` and ``countries``;
    ``edition`` is a key of `VIEWS`, ``order`` one of `ORDERS`. A view with two years draws a line
    from the first to the second and sorts by the difference, in percentage points. Raises
    ``KeyError`` for an unknown word.
    """
    chosen = VIEWS[edition]
    if order not in ORDERS:
        raise KeyError(f"{order} is none of {', '.join(ORDERS)}")
    rows = _rows(spending, countries, chosen)
    rows.sort(
        key=lambda row: (order == "border" and not row["near"], -_size(row, chosen), row["name"])
    )
    title, description = _ranked_texts(rows, chosen, _missing(rows, spending, countries))
    return Chart(
        _ranked_figure(rows, chosen),
        title=_bound(title),
        subtitle=(
            f"Defence spending in per cent of GDP; {chosen.label[0].lower()}{chosen.label[1:]}"
            f"{'; the figures for the newest year are estimates' if rows else ''}"
        ),
        description=description,
        table=_ranked_table(rows, chosen),
        sources=[one for row in rows for one in row["sources"]],
        refs=evidence.refs("defence_spending", (row["id"] for row in rows)),
        known="rows",
        name=f"spending-{edition}",
        legend=_ranked_legend(rows, chosen),
    )


def _rows(spending: pd.DataFrame, countries: pd.DataFrame, view: View) -> list[Row]:
    """One row an ally of the view: its share, that of the earlier year if any, and its border."""
    names = _names(countries)
    borders = set(countries.loc[countries["nato_next_to_russia"], "id"])
    edition = spending[spending["edition"] == view.edition]
    before = (
        edition[edition["year"] == view.since].set_index("country_iso3")["pct_gdp"].to_dict()
        if view.since
        else {}
    )
    records = tables.records(edition[edition["year"] == view.year])
    return [
        {
            **row,
            "name": names[row["country_iso3"]],
            "near": row["country_iso3"] in borders,
            "share": float(row["pct_gdp"]),
            "before": before.get(row["country_iso3"]),
        }
        for row in records
        if not view.since or row["country_iso3"] in before
    ]


def _size(row: Row, view: View) -> float:
    """What a view sorts by and counts: the share, or how much it rose, in per cent of GDP."""
    return round(row["share"] - row["before"], 2) if view.since else float(row["share"])


def _missing(rows: list[Row], spending: pd.DataFrame, countries: pd.DataFrame) -> list[str]:
    """The allies of the table that a view has no figure for, by name."""
    here = {row["country_iso3"] for row in rows}
    return [name for name, _ in _named(set(spending["country_iso3"]) - here, countries)]


def _ranked_figure(rows: list[Row], view: View) -> go.Figure:
    heights = [TOP + LINE * at for at in range(len(rows))]
    bottom = TOP + LINE * len(rows)
    traces = _since(rows, view, heights) if view.since else []
    now = _heading(view.year)
    for near, (_, symbol, colour) in ((True, NEAR), (False, FAR)):
        here = [at for at, row in enumerate(rows) if row["near"] == near]
        meta = encode(
            here,
            {"x": Cell(now), "y": _LINE, "text": _NAME, "marker.symbol": Category(_NEAR)},
        )
        marks = _marks(
            [rows[at] for at in here], [heights[at] for at in here], "share", symbol, colour
        )
        traces.append({**marks, "meta": meta})
    traces.append(_shares(rows, view, heights))
    goals = [(GUIDELINE, "2 %", "dash"), *([(CORE, "3.5 %", "dot")] if view.core else [])]
    return theme.figure(
        *traces,
        height=bottom + 34,
        showlegend=False,
        meta=encode_layout([_AT_GOAL for _ in goals], [{"x": Said()} for _ in goals]),
        shapes=[_goal(x, dash) for x, _, dash in goals],
        annotations=[
            {
                "x": x,
                "y": 8,
                "text": label,
                "showarrow": False,
                "font": {"size": 12},
                "xanchor": "left",
                "xshift": 3,
            }
            for x, label, _ in goals
        ],
        margin={"l": 128, "r": 8, "t": 2, "b": 30, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "range": [0, 5.3], "dtick": 1, "ticksuffix": " %"},
        yaxis={
            **theme.FIXED_AXIS,
            "range": [bottom, 0],
            "tickvals": heights,
            "showgrid": False,
            "ticks": "",
            "ticktext": [theme.escape_html(row["name"]) for row in rows],
            "tickfont": {"size": 13},
        },
    )


def _since(rows: list[Row], view: View, heights: list[int]) -> list[Trace]:
    """A line from the share of an earlier year, with a mark there, to that of the year shown."""
    now, before = _heading(view.year), _heading(view.since)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "meta": encode(
                [row for at in range(len(rows)) for row in (at, at, None)],
                {"x": [Cell(before), Cell(now), None] * len(rows), "y": _LINE},
            ),
            "line": {"color": theme.GREY, "width": 2},
            "x": [x for row in rows for x in (row["before"], row["share"], None)],
            "y": [y for height in heights for y in (height, height, None)],
        },
        {
            **_marks(rows, heights, "before", "line-ns-open", theme.GREY),
            "meta": encode(range(len(rows)), {"x": Cell(before), "y": _LINE, "text": _NAME}),
        },
    ]


def _shares(rows: list[Row], view: View, heights: list[int]) -> Trace:
    """The number of each state, right of its last mark."""
    now, before = _heading(view.year), _heading(view.since)
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "textfont": {"size": 12},
        "cliponaxis": False,
        "x": [max(row["share"], row["before"] or 0) for row in rows],
        "y": heights,
        "text": [f"\u00a0\u00a0\u00a0{_value(row, view)}" for row in rows],
        "textposition": "middle right",
        "meta": encode(
            range(len(rows)),
            {
                "x": [Cell(before if (row["before"] or 0) > row["share"] else now) for row in rows],
                "y": _LINE,
                "text": Cell("Rise (points)" if view.since else now, "text"),
            },
        ),
    }


#: Where an ally stands: at its name, in the order of the table.
_LINE = Position(named=_ALLY)
_NAME = Cell(_ALLY, "text")


def _heading(year: int | None) -> str:
    return f"{year} ({_SHARE})"


def _marks(rows: list[Row], heights: list[int], column: str, symbol: str, colour: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row[column] for row in rows],
        "y": heights,
        "cliponaxis": False,
        "marker": {
            "symbol": symbol,
            "size": 10,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
        "text": [theme.escape_html(row["name"]) for row in rows],
        "hovertemplate": "<b>%{text}</b>: %{x:.2f} %<extra></extra>",
    }


def _goal(x: float, dash: str) -> Row:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"width": 1.5, "dash": dash, "color": theme.GREY},
    }


def _value(row: Row, view: View) -> str:
    return f"{_size(row, view):+.2f}" if view.since else f"{row['share']:.2f}"


def _median(rows: list[Row], view: View) -> str:
    """The middle of the rows in words: `3.0 %`, or `+1.7 points`."""
    middle = statistics.median(_size(row, view) for row in rows)
    return f"{middle:+.1f} points" if view.since else f"{middle:.1f} %"


def _ranked_texts(rows: list[Row], view: View, missing: list[str]) -> tuple[str, str]:
    """Title and description."""
    if not rows:
        return (
            f"{view.label}: no figure",
            "None of the allies has a figure here. Choose another year and edition.",
        )
    both, middles = _middles(rows, view, missing)
    count = sum(row["share"] >= GUIDELINE for row in rows)
    reach = f"{'all' if count == len(rows) else f'{count} of'} {len(rows)} allies"
    without = f" Without a figure in the pages we read: {', '.join(missing)}." if missing else ""
    if view.since:
        rose = sum(_size(row, view) > 0 for row in rows)
        title = f"{view.since} to {view.year}: the share rose in {rose} of {len(rows)} allies{both}"
        counts = f"{rose} rose, {len(rows) - rose} did not"
    else:
        title = (
            f"{view.label}: {reach} {'shown ' if len(missing) > MANY else ''}at 2 % or more{both}"
        )
        counts = f"{count} at 2 % or more, {len(rows) - count} below"
    allies = "ally" if len(rows) == 1 else "allies"
    return title, f"{len(rows)} {allies}: {counts}. {middles}.{without}"


def _middles(rows: list[Row], view: View, missing: list[str]) -> tuple[str, str]:
    """The middle ally next to Russia and elsewhere, for the title and for the description.

    Where many allies are missing there is no fair middle: the press prints the largest and the
    smallest.
    """
    if len(missing) > MANY:
        return "", "No median: too many allies are missing"
    near, far = ([row for row in rows if row["near"] == one] for one in (True, False))
    middles = [
        f"of the {len(part)} {label}: {_median(part, view)}"
        for part, label in ((near, "with a land border with Russia"), (far, "without one"))
        if part
    ]
    both = (
        f"; middle ally next to Russia {_median(near, view)}, elsewhere {_median(far, view)}"
        if near and far
        else ""
    )
    return both, f"Median {'; '.join(middles)}"


def _ranked_legend(rows: list[Row], view: View) -> list[tuple[str, str]]:
    present = {row["near"] for row in rows}
    return [
        *([(NEAR[0], "has a land border with Russia")] if True in present else []),
        *([(FAR[0], "has none")] if False in present else []),
        *(
            [("|", f"the share in {view.since}"), ("+", "the rise in percentage points")]
            if view.since
            else []
        ),
        *([_GOAL_LEGEND] if rows else []),
        *(
            [("┈", "3.5 % for core defence, agreed in June 2025 for 2035")]
            if rows and view.core
            else []
        ),
    ]


def _ranked_table(rows: list[Row], view: View) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _ALLY: [row["name"] for row in rows],
            **(
                {_heading(view.since): [whole(row["before"]) for row in rows]} if view.since else {}
            ),
            _heading(view.year): [whole(row["share"]) for row in rows],
            **({"Rise (points)": [whole(_size(row, view)) for row in rows]} if view.since else {}),
            _NEAR: ["yes" if row["near"] else "no" for row in rows],
            "Estimate": ["yes" if row["estimate"] else "no" for row in rows],
            "Edition": [EDITIONS[row["edition"]] for row in rows],
            "Note": [row["note"] if isinstance(row["note"], str) else "" for row in rows],
        },
        dtype=object,
    )


# -- one ally, several editions --------------------------------------------------------------------
def revised(spending: pd.DataFrame, countries: pd.DataFrame, ally: str = "ROU") -> Chart:
    """One ally: what each edition says about a year that at least two editions give.

    ``ally`` is a code of the table ``countries``. Raises ``KeyError`` for a code that is not there.
    """
    name = _names(countries)[ally]
    rows = _repeated(spending[spending["country_iso3"] == ally])
    years = sorted({row["year"] for row in rows})
    title, description = _revised_texts(name, rows, years)
    return Chart(
        _revised_figure(rows, years),
        title=_bound(title),
        subtitle=(
            "Defence spending in per cent of GDP, for the same year in different editions of NATO's"
            " figures"
        ),
        description=description,
        table=pd.DataFrame(
            {
                "Year": [row["year"] for row in rows],
                "Edition": [EDITIONS[row["edition"]] for row in rows],
                _SHARE: [whole(row["pct_gdp"]) for row in rows],
                "Estimate": ["yes" if row["estimate"] else "no" for row in rows],
                "Note": [row["note"] if isinstance(row["note"], str) else "" for row in rows],
            },
            dtype=object,
        ),
        sources=[one for row in rows for one in row["sources"]],
        refs=evidence.refs("defence_spending", (row["id"] for row in rows)),
        known="rows",
        name=f"editions-{ally.lower()}",
        legend=[("●", "the newest edition"), ("○", "an earlier edition"), _GOAL_LEGEND]
        if rows
        else [],
    )


def _repeated(spending: pd.DataFrame) -> list[Row]:
    """The rows whose ally and year stand in two editions or more, by year and by edition."""
    in_editions = spending[spending["edition"].isin(EDITIONS)]
    twice = in_editions.groupby(["country_iso3", "year"])["edition"].transform("nunique") > 1
    order = list(EDITIONS)
    records = tables.records(in_editions[twice])
    return sorted(
        records, key=lambda row: (row["country_iso3"], row["year"], order.index(row["edition"]))
    )


def _revised_texts(name: str, rows: list[Row], years: list[int]) -> tuple[str, str]:
    if not rows:
        return f"{name}: no year stands in two editions", "None to compare. Choose another ally."
    by_year = {year: [row for row in rows if row["year"] == year] for year in years}
    gaps = {year: _gap(here) for year, here in by_year.items()}
    year = max(years, key=lambda one: (gaps[one], one))
    story = ", ".join(
        f"{row['pct_gdp']:.2f} % in {EDITIONS[row['edition']]}" for row in by_year[year]
    )
    crosses = len({row["pct_gdp"] >= GUIDELINE for row in by_year[year]}) > 1
    each = "; ".join(
        f"{one}: {f'{gap:.2f} points' if gap else 'none'}" for one, gap in gaps.items()
    )
    counted = f"{len(rows)} figures for {len(years)} year{'' if len(years) == 1 else 's'}"
    side = ", on two sides of the 2 % line" if crosses else ""
    title = (
        f"{name} in {year}: {story}{side}" if gaps[year] else f"{name}: no edition changed a figure"
    )
    return title, f"{counted}. Largest difference between editions, {each}."


def _gap(rows: list[Row]) -> float:
    shares = [row["pct_gdp"] for row in rows]
    return round(float(max(shares) - min(shares)), 2)


def _revised_figure(rows: list[Row], years: list[int]) -> go.Figure:
    y, heads, heights = 16.0, [], []
    for at, row in enumerate(rows):
        if not at or row["year"] != rows[at - 1]["year"]:
            y += 12 if at else 0
            heads.append((y, str(row["year"])))
            y += 24
        heights.append(y)
        y += 24
    ticks = sorted(
        [
            *(
                (height, EDITIONS[row["edition"]])
                for height, row in zip(heights, rows, strict=True)
            ),
            *((height, f"<b>{text}</b>") for height, text in heads),
        ]
    )
    return theme.figure(
        _editions(rows, heights),
        height=max(y, 60) + 30,
        showlegend=False,
        shapes=[_goal(GUIDELINE, "dash")],
        meta=encode_layout([_AT_GOAL]),
        margin={"l": 104, "r": 8, "t": 2, "b": 30, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "range": [0, 5.3], "dtick": 1, "ticksuffix": " %"},
        yaxis={
            **theme.FIXED_AXIS,
            "range": [max(y, 60), 0],
            "showgrid": False,
            "ticks": "",
            "tickfont": {"size": 13},
            "tickvals": [height for height, _ in ticks],
            "ticktext": [text for _, text in ticks],
        },
    )


def _editions(rows: list[Row], heights: list[float]) -> Trace:
    """A mark an edition, with its number; the newest of a year is filled."""
    newest = [
        at + 1 == len(rows) or rows[at + 1]["year"] != row["year"] for at, row in enumerate(rows)
    ]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [float(row["pct_gdp"]) for row in rows],
        "y": heights,
        "text": [f"\u00a0{row['pct_gdp']:.2f}" for row in rows],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "marker": {
            "symbol": ["circle" if one else "circle-open" for one in newest],
            "size": 11,
            "color": theme.BLUE,
            "line": {"width": 2, "color": theme.BLUE},
        },
        "meta": encode(
            range(len(rows)),
            {
                "x": Cell(_SHARE),
                "y": Position(named="Edition"),
                "text": Cell(_SHARE, "text"),
                # No column says which edition is the newest of its year: the order of rows does.
                "marker.symbol": [Fixed("circle" if one else "circle-open") for one in newest],
            },
        ),
    }


# -- one ally, one edition, all years --------------------------------------------------------------
def course(spending: pd.DataFrame, countries: pd.DataFrame, ally: str = "DEU") -> Chart:
    """One ally's share year by year, all from the edition of August 2025, over the terms of U.S.
    presidents.

    ``ally`` is a code of the table ``countries``. Raises ``KeyError`` for a code that is not there.
    """
    name = _names(countries)[ally]
    here = spending[
        (spending["edition"] == LONG_EDITION) & (spending["country_iso3"] == ally)
    ].sort_values("year")
    rows = tables.records(here)
    title, description = _course_texts(name, rows)
    return Chart(
        _course_figure(rows),
        title=title,
        subtitle=(
            "Defence spending in per cent of GDP, 2014 to 2025, seen in August 2025; the last two"
            " are estimates"
        ),
        description=description,
        table=pd.DataFrame(
            {
                "Year": [int(row["year"]) for row in rows],
                _SHARE: [whole(row["pct_gdp"]) for row in rows],
                "Estimate": ["yes" if row["estimate"] else "no" for row in rows],
            },
            dtype=object,
        ),
        sources=[one for row in rows for one in row["sources"]],
        refs=evidence.refs("defence_spending", (row["id"] for row in rows)),
        known="rows",
        name=f"course-{ally.lower()}",
        legend=(
            [
                ("●", "one year"),
                ("○", "an estimate"),
                _GOAL_LEGEND,
                ("┃", "Russia's full-scale invasion"),
            ]
            if rows
            else []
        ),
    )


def changes(rows: list[Row]) -> dict[tuple[int, int], float]:
    """How much a share changed in each of the `STEPS` that the rows cover, in percentage points."""
    share = {int(row["year"]): float(row["pct_gdp"]) for row in rows}
    return {
        (first, last): round(share[last] - share[first], 2)
        for first, last in STEPS
        if first in share and last in share
    }


def _course_texts(name: str, rows: list[Row]) -> tuple[str, str]:
    steps = changes(rows)
    if not steps:
        return f"{name}: no figures year by year", "None to show. Choose another ally."
    texts = {step: f"{points:+.2f} from {step[0]} to {step[1]}" for step, points in steps.items()}
    headline = [
        texts[step].replace(" from", " points from", at == 0)
        for at, step in enumerate(TOLD)
        if step in texts
    ]
    gone = sorted(set(range(2014, 2026)) - {int(row["year"]) for row in rows})
    without = f" No figure for {', '.join(map(str, gone))}." if gone else ""
    last = f", {steps[STEPS[-1]]:+.2f} in 2025 alone" if STEPS[-1] in steps else ""
    title = f"{name}: {', '.join(headline)}{last}"
    return (
        title,
        f"{len(rows)} years. Change in percentage points: {'; '.join(texts.values())}.{without}",
    )


_INVASION = Fact("events", "full-scale-invasion", "date", "fraction")


def _course_figure(rows: list[Row]) -> go.Figure:
    top = max([3.0, *(float(row["pct_gdp"]) + 0.5 for row in rows)])
    goal = {
        "type": "line",
        "x0": 0,
        "x1": 1,
        "xref": "paper",
        "y0": GUIDELINE,
        "y1": GUIDELINE,
        "layer": "below",
        "line": {"width": 1.5, "dash": "dash", "color": theme.GREY},
    }
    war = {
        "type": "line",
        "x0": 2022.15,
        "x1": 2022.15,
        "y0": 0,
        "y1": 0.9,
        "yref": "paper",
        "layer": "below",
        "line": {"width": 2.5, "color": theme.ORANGE},
    }
    return theme.figure(
        _course_line(rows),
        height=300,
        showlegend=False,
        shapes=[*_term_bands(), goal, war],
        meta=encode_layout(
            [
                # Terms are no data: half a year before the first budget and after the last.
                *({"x0": Fixed(first - 0.5), "x1": Fixed(last + 0.5)} for first, last, _ in TERMS),
                {"y0": Said(), "y1": Said()},
                {"x0": _INVASION, "x1": _INVASION},
            ],
            [{"x": Fixed((first + last) / 2)} for first, last, _ in TERMS],
        ),
        annotations=_term_names(),
        margin={"l": 44, "r": 14, "t": 4, "b": 30, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [2013.4, 2025.8],
            "dtick": 2,
            "tick0": 2014,
            "showgrid": False,
            "tickangle": 0,
        },
        yaxis={**theme.FIXED_AXIS, "range": [0, top], "dtick": 1, "ticksuffix": " %"},
    )


def _course_line(rows: list[Row]) -> Trace:
    """The share of each year; an estimate is an empty mark."""
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [int(row["year"]) for row in rows],
        "y": [float(row["pct_gdp"]) for row in rows],
        "line": {"width": 2.5, "color": theme.BLUE},
        "cliponaxis": False,
        "text": [
            f"{row['pct_gdp']:.2f}" if at in (0, len(rows) - 1) else ""
            for at, row in enumerate(rows)
        ],
        "textposition": "top center",
        "textfont": {"size": 13},
        "marker": {
            "symbol": ["circle-open" if row["estimate"] else "circle" for row in rows],
            "size": 9,
            "color": theme.BLUE,
            "line": {"width": 2, "color": theme.BLUE},
        },
        "hovertemplate": "%{x}: %{y:.2f} %<extra></extra>",
        "meta": encode(
            range(len(rows)),
            {
                "x": Cell("Year"),
                "y": Cell(_SHARE),
                "text": Cell(_SHARE, "text"),
                "marker.symbol": Category("Estimate"),
            },
        ),
    }


def _term_bands() -> list[Trace]:
    """Every second term has a grey ground."""
    return [
        {
            "type": "rect",
            "x0": first - 0.5,
            "x1": last + 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "layer": "below",
            "line": {"width": 0},
            "fillcolor": f"rgba(115,123,135,{0.14 if at % 2 else 0.0})",
        }
        for at, (first, last, _) in enumerate(TERMS)
    ]


def _term_names() -> list[Trace]:
    """The president of each term, at its top."""
    return [
        {
            "x": (first + last) / 2,
            "y": 1,
            "yref": "paper",
            "yanchor": "top",
            "text": who,
            "showarrow": False,
            "font": {"size": 12},
        }
        for first, last, who in TERMS
    ]
