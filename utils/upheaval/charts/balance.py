"""The military balance around Korea: pairs of figures, each measure on a scale of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ..facts import tables
from ..facts.wording import listed, whole
from . import draw
from .draw import Bar, Chart, Group, Line, Row, Rows, Scale, chosen


@dataclass(frozen=True)
class Measure:
    """One measure: ``label``, ``unit``, the columns it comes from, how its numbers are written."""

    label: str
    unit: str
    columns: tuple[str, ...]
    write: Callable[[float], str]


def _thousands(value: float) -> str:
    return f"{value:,.0f}"


def _rounded(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


_DOLLARS = "billion U.S. dollars"
#: Units that the name of a measure says, wholly or in part.
_IN = {"soldiers": "", "warheads": "", "million people": ", in millions"}
MEASURES = {
    "soldiers": Measure("Soldiers on active duty", "soldiers", ("active_personnel",), _thousands),
    "people": Measure("People", "million people", ("population_m",), _rounded),
    "density": Measure(
        "Soldiers for every 1,000 people",
        "soldiers",
        ("active_personnel", "population_m"),
        _rounded,
    ),
    "economy": Measure("Size of the economy", _DOLLARS, ("gdp_usd_bn",), _rounded),
    "spending": Measure("Military spending", _DOLLARS, ("milex_usd_bn_current",), _rounded),
    "warheads": Measure("Nuclear warheads", "warheads", ("nuclear_warheads",), _thousands),
}

#: Who stands beside the two Koreas.
BESIDE = {
    "none": ("The two Koreas", ()),
    "allies": ("With Seoul's side: United States, Japan", ("USA", "JPN")),
    "partners": ("With Pyongyang's side: Russia, China", ("RUS", "CHN")),
}
NORTH, SOUTH = "PRK", "KOR"
YEARS = (2024, 2021)
NOTHING = "no figure in our sources"
#: Headings of the table that what is drawn comes from.
_MEASURE, _STATE, _VALUE, _WEAK = "Measure", "State", "Value", "Weak"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "{year}: no figure",
    "title": "{year}: {armies}; {economies}",
    "beside": "{year}: {others} together {sum} million soldiers, North Korea {north}, South Korea"
    " {south}",
    "armies": "the North has {times:.1f} times the South's soldiers",
    "no armies": "no figure for both armies",
    "economies": "the South's economy is about {times:.0f} times the North's",
    "no economies": "no figure for the North's economy",
    "subtitle": "{label}; {year}; every measure has a scale of its own",
    "choose": "None of the states has a figure. Choose another year.",
    "rows": "Counts are not capability: they say nothing about age, training, range or who would"
    " fight beside whom. {count} rows: {measures} measures of {states} states; {figures} have a"
    " figure, {weak} of these {verb} weak.{without}",
    "without": " Without a figure: {names}.",
    "weak": "a weak figure: uncertain, rounded, or worked out by us",
}

year_options = draw.offer({year: str(year) for year in YEARS})
beside_options = draw.offer(BESIDE)


def pairs(
    balance: pd.DataFrame, countries: pd.DataFrame, year: int = 2024, beside: str = "none"
) -> Chart:
    """A group a measure, each on its own scale, a bar a state; weak figures are outlines.

    ``balance`` is the table ``military_balance`` with its weak rows: which cells are weak stands in
    ``weak_columns``. ``countries`` is the table of that name, ``year`` one of `YEARS`, ``beside`` a
    key of `BESIDE`. Raises ``KeyError`` for another year or word.
    """
    label, others = chosen(BESIDE, beside, "group of states")
    chosen(dict.fromkeys(YEARS), year, "year")
    names = draw.short_names(countries)
    here = {row["iso3"]: row for row in tables.records(balance[balance["year"] == year])}
    states = [one for one in (NORTH, SOUTH, *others) if one in here]
    rows = [
        _row(here[state], names[state], measure)
        for measure in MEASURES.values()
        for state in states
    ]
    with_value = [row for row in rows if row["value"] is not None]
    return Chart(
        None,
        rows=_rows(rows),
        title=_title(rows, year, others) if with_value else TEXTS["none"].format(year=year),
        subtitle=TEXTS["subtitle"].format(label=label, year=year),
        description=_description(rows, with_value),
        table=draw.table(rows, _COLUMNS),
        sources=[row["sources"] for row in rows],
        name=f"balance-{year}-{beside}",
        legend=[("■", "a figure"), ("□", TEXTS["weak"])] if with_value else [],
    )


def _row(state: Row, name: str, measure: Measure) -> Row:
    """One measure of one state, rounded to a decimal, with what is weak about it."""
    cells = [state[one] for one in measure.columns]
    value = None if any(map(pd.isna, cells)) else cells[0] / (1000 * cells[1] if cells[1:] else 1)
    weak = state["weak_columns"] if isinstance(state["weak_columns"], tuple | list) else ()
    return {
        **state,
        "measure": measure,
        "name": name,
        "value": value,
        "shown": None if value is None else whole(round(float(value), 1)),
        "weak": any(one in weak for one in measure.columns),
    }


# -- drawing ---------------------------------------------------------------------------------------
def _rows(rows: list[Row]) -> Rows:
    """A group a measure, whose scale ends a little beyond its longest bar."""
    groups = []
    for measure in MEASURES.values():
        here = [(at, row) for at, row in enumerate(rows) if row["measure"] is measure]
        longest = max([row["shown"] or 0 for _, row in here], default=0) or 1
        lines = [Line(at, row["name"], _said(row), track=_track(row)) for at, row in here]
        title = measure.label + _IN.get(measure.unit, f", in {measure.unit}")
        groups += [Group(title, lines, Scale(longest, ()))] if here else []
    of = {"title": _STATE, "text": _VALUE, "group": _MEASURE, "track": _VALUE, "outline": _WEAK}
    return Rows(groups, of=of)


def _track(row: Row) -> list[Bar]:
    look = "outline" if row["weak"] else "bar"
    return [Bar(0, row["shown"], look=look)] if row["shown"] else []


def _said(row: Row) -> str:
    if row["value"] is None:
        return NOTHING
    text: str = row["measure"].write(row["value"])
    return text + (" (weak)" if row["weak"] else "")


# -- words -----------------------------------------------------------------------------------------
def _ratio(rows: list[Row], measure: str, above: str, below: str) -> float | None:
    here = {row["iso3"]: row["value"] for row in rows if row["measure"] is MEASURES[measure]}
    return here[above] / here[below] if here.get(above) and here.get(below) else None


def _title(rows: list[Row], year: int, others: tuple[str, ...]) -> str:
    army = {row["iso3"]: row for row in rows if row["measure"] is MEASURES["soldiers"]}
    known = [army[one] for one in others if one in army and army[one]["value"]]
    if others and len(known) == len(others) and all(army[one]["value"] for one in (NORTH, SOUTH)):
        return TEXTS["beside"].format(
            year=year,
            others=listed([_the(row["name"]) for row in known]),
            sum=_millions(sum(row["value"] for row in known)),
            north=_millions(army[NORTH]["value"]),
            south=_millions(army[SOUTH]["value"]),
        )
    soldiers = _ratio(rows, "soldiers", NORTH, SOUTH)
    economy = _ratio(rows, "economy", SOUTH, NORTH)
    return TEXTS["title"].format(
        year=year,
        armies=TEXTS["armies" if soldiers else "no armies"].format(times=soldiers),
        economies=TEXTS["economies" if economy else "no economies"].format(times=economy),
    )


def _the(name: str) -> str:
    return f"the {name}" if name == "United States" else name


def _millions(soldiers: float) -> str:
    return f"{soldiers / 1e6:.2f}"


def _description(rows: list[Row], with_value: list[Row]) -> str:
    if not with_value:
        return TEXTS["choose"]
    weak = sum(row["weak"] for row in with_value)
    gone = [
        f"{row['name']}, {row['measure'].label.lower()}" for row in rows if row["value"] is None
    ]
    return TEXTS["rows"].format(
        count=len(rows),
        measures=len(MEASURES),
        states=len(rows) // len(MEASURES),
        figures=len(with_value),
        weak=weak,
        verb="is" if weak == 1 else "are",
        without=TEXTS["without"].format(names="; ".join(gone)) if gone else "",
    )


_COLUMNS: draw.Columns = {
    _MEASURE: lambda row: row["measure"].label,
    _STATE: "name",
    _VALUE: lambda row: row["shown"],
    "Unit": lambda row: row["measure"].unit,
    "Year": lambda row: row["year"],
    _WEAK: lambda row: "" if row["value"] is None else draw.yes_or_no("weak")(row),
    "Note": "note",
}
