"""One ally's defence spending: what each edition of NATO's figures says about the same year."""

from __future__ import annotations

import pandas as pd

from ..facts import tables
from ..facts.wording import counted, whole
from . import draw
from .draw import Chart, Dot, Line, Mark, Row, Rows, Scale, chosen, short_names, theme
from .spending import EDITIONS, GOAL_LEGEND, GUIDELINE, SHARE, bound, named

_YEAR, _EDITION, _WHICH = "Year", "Edition", "Which"
_NEWEST = Mark("square", "■", theme.BLUE, "the newest edition")
_EARLIER = Mark("square-open", "□", theme.BLUE, "an earlier edition")
_COLUMNS: draw.Columns = {
    _YEAR: draw.number("year", int),
    _EDITION: lambda row: EDITIONS[row["edition"]],
    SHARE: draw.number("pct_gdp", whole),
    "Estimate": draw.yes_or_no("estimate"),
    "Note": "note",
}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "{ally}: no year stands in two editions",
    "choose": "None to compare. Choose another ally.",
    "story": "{ally} in {year}: {story}{side}",
    "side": ", on two sides of the 2 % line",
    "same": "{ally}: no edition changed a figure",
    "subtitle": "Defence spending in per cent of GDP, for the same year in different editions of"
    " NATO's figures",
    "gaps": "Largest difference between editions, {gaps}. {count} figures for {years}.",
}


def revised_options(spending: pd.DataFrame, countries: pd.DataFrame) -> list[tuple[str, str]]:
    """(label, value) of every ally for which two editions give the same year."""
    return named({row["country_iso3"] for row in _repeated(spending)}, countries)


def revised(spending: pd.DataFrame, countries: pd.DataFrame, ally: str = "ROU") -> Chart:
    """One ally: what each edition says about a year that at least two editions give.

    ``ally`` is a code of the table ``countries``. Raises ``KeyError`` for a code that is not there.
    """
    name = chosen(short_names(countries), ally, "ally")
    rows = _repeated(spending[spending["country_iso3"] == ally])
    years = [row["year"] for row in rows]
    title, description = _texts(name, rows)
    marks = [_EARLIER if year in years[at + 1 :] else _NEWEST for at, year in enumerate(years)]
    table = draw.table(rows, _COLUMNS)
    table.insert(4, _WHICH, [mark.meaning for mark in marks])
    return Chart(
        None,
        rows=_rows(rows, marks),
        title=bound(title),
        subtitle=TEXTS["subtitle"],
        description=description,
        table=table,
        **draw.provenance("defence_spending", rows),
        name=f"editions-{ally.lower()}",
        legend=[_NEWEST, _EARLIER, GOAL_LEGEND] if rows else [],
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


def _texts(name: str, rows: list[Row]) -> tuple[str, str]:
    """Title and description."""
    if not rows:
        return TEXTS["none"].format(ally=name), TEXTS["choose"]
    by_year: dict[int, list[Row]] = {}
    for row in rows:
        by_year.setdefault(row["year"], []).append(row)
    gaps = {year: _gap(here) for year, here in by_year.items()}
    year = max(gaps, key=lambda one: (gaps[one], one))
    here = by_year[year]
    story = ", ".join(f"{row['pct_gdp']:.2f} % in {EDITIONS[row['edition']]}" for row in here)
    crosses = len({row["pct_gdp"] >= GUIDELINE for row in here}) > 1
    each = [f"{one}: {f'{gap:.2f} points' if gap else 'none'}" for one, gap in gaps.items()]
    said = {"ally": name, "year": year, "story": story, "side": TEXTS["side"] if crosses else ""}
    description = TEXTS["gaps"].format(
        count=len(rows), years=counted(len(gaps), "year"), gaps="; ".join(each)
    )
    return TEXTS["story" if gaps[year] else "same"].format(**said), description


def _gap(rows: list[Row]) -> float:
    shares = [row["pct_gdp"] for row in rows]
    return round(float(max(shares) - min(shares)), 2)


def _rows(rows: list[Row], marks: list[Mark]) -> Rows:
    """A line an edition under its year, with its number; the newest of a year is filled."""

    def line(at: int, share: float) -> Line:
        edition, mark = EDITIONS[rows[at]["edition"]], marks[at]
        return Line(at, edition, f"{share:.2f} %", sign=mark, track=[Dot(share, mark)])

    each = [(row["year"], line(at, float(row["pct_gdp"]))) for at, row in enumerate(rows)]
    ticks = [(0, "0"), (GUIDELINE, "guideline: 2 %"), (4, "4 %")]
    scale = Scale(5.3, ticks, goal=GUIDELINE)
    of = {"title": _EDITION, "text": SHARE, "track": SHARE, "sign": _WHICH, "group": _YEAR}
    return Rows(draw.groups(each), scale=scale, of=of)
