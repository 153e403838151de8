"""Aid to Ukraine by donor: promised and set aside, by kind, and as a share of output.

The numbers are those of the Kiel Institute's Ukraine Support Tracker, in billion euros.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ..facts import tables
from ..facts.wording import whole
from . import draw
from .aid_sums import KINDS, as_of, money
from .draw import Bar, Chart, Dot, Group, Line, Mark, Row, Rows, chosen, theme

#: How donors are compared.
MEASURES = {
    "promised": "Promised and set aside",
    "kinds": "Set aside, by kind",
    "gdp": "Set aside, as a share of output",
}
TOP = 20
#: Headings of the table that what is drawn comes from.
_DONOR, _PROMISED, _SET_ASIDE = "Donor", "Promised (billion euros)", "Set aside (billion euros)"
_OF_OUTPUT = "Set aside (% of GDP of 2021)"
_PROMISE = Mark("square-open", "□", theme.ORANGE, "promised (committed)")
_GIFT = Mark("square", "■", theme.BLUE, "set aside (allocated)")

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "none": "No donor",
    "choose": "None of the donors has a number by this measure. Choose another under “Compare”.",
    "promised": "{donor}: {high} billion euros promised, {low} set aside, the widest gap of all",
    "kinds": "{donor}: the most military aid set aside, {military} of its {total} billion euros",
    "gdp": "{donor} set aside {share:.1f} % of a year's output; {us}",
    "us": "the United States, {share:.1f} %, is number {place}",
    "not us": "the United States is not among the first {count}",
    "subtitle": "{measure}, {unit}, January 2022 to {when}; bilateral aid, Kiel Institute",
    "euros": "billion euros",
    "of gdp": "per cent of GDP (2021)",
    "of output": "% of output",
    "many": "{count} of {all} donors are shown.",
    "one": "One of {all} donors is shown.",
    "together": "Together they promised {high} billion euros and have set aside {low}. {begin}",
    "by kind": "Billion euros set aside by them: {parts}. {begin}",
    "from to": "From {first} to {last}. Aid through the institutions of the European Union is not"
    " counted with its members here. {begin}",
}

measure_options = draw.offer(MEASURES)


def by_donor(donors: pd.DataFrame, measure: str = "promised", most: int = TOP) -> Chart:
    """The ``most`` donors with the largest numbers by one ``measure`` (a key of `MEASURES`).

    ``donors`` is the table ``aid_by_donor``. Raises ``KeyError`` for an unknown measure.
    """
    label = chosen(MEASURES, measure, "measure")
    by_iso: dict[str, Row] = {}
    for row in tables.records(donors):
        by_iso.setdefault(row["iso3"], {"donor": row["donor"], "sources": []})[row["measure"]] = row
        by_iso[row["iso3"]]["sources"] += row["sources"]
    every = [row for row in by_iso.values() if _size(row, measure) > 0]
    rows = sorted(every, key=lambda row: -_size(row, measure))[:most]
    unit = TEXTS["of gdp" if measure == "gdp" else "euros"]
    when = as_of(donors)
    kinds = [mark for _, mark in KINDS.values()]
    marks = {"promised": [_PROMISE, _GIFT], "kinds": kinds, "gdp": []}[measure] if rows else []
    return Chart(
        None,
        rows=_rows(rows, measure),
        title=_title(rows, measure) if rows else TEXTS["none"],
        subtitle=TEXTS["subtitle"].format(measure=label, unit=unit, when=when),
        description=_description(rows, measure, len(every)),
        table=draw.table(rows, _COLUMNS),
        sources=[one for row in rows for one in row["sources"]],
        name=f"aid-{measure}",
        as_of=when,
        legend=marks,
    )


def _number(row: Row, measure: str, column: str = "total_eur_bn") -> float | None:
    """A number of a donor, None where it has none."""
    value = row.get(measure, {}).get(column)
    return None if value is None or pd.isna(value) else float(value)


def _value(row: Row, measure: str, column: str = "total_eur_bn") -> float:
    """A number of a donor, 0 where it has none."""
    return _number(row, measure, column) or 0.0


def _size(row: Row, measure: str) -> float:
    """The number that donors are ordered by: promise, sum set aside or its share; 0 if none."""
    if measure == "promised":
        return max(_value(row, "committed"), _value(row, "allocated"))
    return _value(row, "allocated", "pct_gdp" if measure == "gdp" else "total_eur_bn")


# -- drawing ---------------------------------------------------------------------------------------
def _rows(rows: list[Row], measure: str) -> Rows:
    """A donor a line, with its number and what is drawn of it."""
    text, track, columns = {
        "promised": (_gap, _reach, (_SET_ASIDE, _PROMISED)),
        "kinds": (_sum, _kinds, _SET_ASIDE),
        "gdp": (_share, _bar, _OF_OUTPUT),
    }[measure]
    lines = [
        Line(
            at, row["donor"], text(row), _parts(row) if measure == "kinds" else "", track=track(row)
        )
        for at, row in enumerate(rows)
    ]
    ends = [one.at if isinstance(one, Dot) else one.high for line in lines for one in line.track]
    unit = TEXTS["of output" if measure == "gdp" else "euros"]
    scale = draw.scale_to(max(ends, default=1) * 1.04, unit)
    of = {"title": _DONOR, "text": columns, "track": columns}
    note = {"note": tuple(name for name, _ in KINDS.values())} if measure == "kinds" else {}
    return Rows([Group("", lines)], scale=scale, of=of | note)


def _gap(row: Row) -> str:
    return f"{money(_value(row, 'allocated'))} of {money(_value(row, 'committed'))}"


def _sum(row: Row) -> str:
    return money(_value(row, "allocated"))


def _parts(row: Row) -> str:
    """The kinds of aid that make the sum."""
    return ", ".join(
        f"{mark.meaning} {money(_value(row, 'allocated', f'{kind}_eur_bn'))}"
        for kind, (_, mark) in KINDS.items()
    )


def _share(row: Row) -> str:
    return f"{_value(row, 'allocated', 'pct_gdp'):.2f} %"


def _reach(row: Row) -> list[Bar | Dot]:
    """A line from what was set aside to what was promised."""
    ends = [
        (_value(row, "allocated"), _GIFT, _SET_ASIDE),
        (_value(row, "committed"), _PROMISE, _PROMISED),
    ]
    (low, _, first), (high, _, last) = sorted(ends, key=lambda end: end[0])
    return [Bar(low, high, theme.GREY, "reach", (first, last)), *(Dot(*end) for end in ends)]


def _kinds(row: Row) -> list[Bar | Dot]:
    """A sign a kind, at what was set aside."""
    return [
        Dot(_value(row, "allocated", f"{kind}_eur_bn"), mark, name)
        for kind, (name, mark) in KINDS.items()
    ]


def _bar(row: Row) -> list[Bar | Dot]:
    return [Bar(0, _value(row, "allocated", "pct_gdp"))]


# -- words -----------------------------------------------------------------------------------------
def _title(rows: list[Row], measure: str) -> str:
    if measure == "promised":
        widest = max(rows, key=lambda row: _value(row, "committed") - _value(row, "allocated"))
        high, low = (money(_value(widest, one)) for one in ("committed", "allocated"))
        return TEXTS["promised"].format(donor=widest["donor"], high=high, low=low)
    if measure == "kinds":
        most = max(rows, key=lambda row: _value(row, "allocated", "military_eur_bn"))
        return TEXTS["kinds"].format(
            donor=most["donor"],
            military=money(_value(most, "allocated", "military_eur_bn")),
            total=money(_value(most, "allocated")),
        )
    shares = {row["donor"]: _value(row, "allocated", "pct_gdp") for row in rows}
    us = TEXTS["not us"].format(count=len(rows))
    if "United States" in shares:
        place = list(shares).index("United States") + 1
        us = TEXTS["us"].format(share=shares["United States"], place=place)
    first, share = next(iter(shares.items()))
    return TEXTS["gdp"].format(donor=first, share=share, us=us)


def _description(rows: list[Row], measure: str, count: int) -> str:
    if not rows:
        return TEXTS["choose"]
    begin = TEXTS["many" if len(rows) > 1 else "one"].format(count=len(rows), all=count)
    if measure == "promised":
        low, high = (
            money(sum(_value(row, one) for row in rows)) for one in ("allocated", "committed")
        )
        return TEXTS["together"].format(begin=begin, high=high, low=low)
    if measure == "kinds":
        sums = {
            name: sum(_value(row, "allocated", f"{kind}_eur_bn") for row in rows)
            for kind, (name, *_) in KINDS.items()
        }
        parts = ", ".join(f"{name.lower()} {money(total)}" for name, total in sums.items())
        return TEXTS["by kind"].format(begin=begin, parts=parts)
    first, last = (
        f"{row['donor']} ({_value(row, 'allocated', 'pct_gdp'):.2f} %)"
        for row in (rows[0], rows[-1])
    )
    return TEXTS["from to"].format(begin=begin, first=first, last=last)


def _cell(measure: str, column: str = "total_eur_bn") -> Callable[[Row], float | None]:
    """For `draw.table`: a number of a donor; None where nobody published one."""

    def cell(row: Row) -> float | None:
        found = _number(row, measure, column)
        return None if found is None else whole(round(found, 3))

    return cell


_COLUMNS: draw.Columns = {
    _DONOR: "donor",
    _PROMISED: _cell("committed"),
    _SET_ASIDE: _cell("allocated"),
    **{name: _cell("allocated", f"{kind}_eur_bn") for kind, (name, _) in KINDS.items()},
    _OF_OUTPUT: _cell("allocated", "pct_gdp"),
}
