"""What NATO's members spend on defence, as a share of output: one edition of figures at a time."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

import pandas as pd

from ..facts import tables
from ..facts.wording import whole
from . import draw
from .draw import Bar, Chart, Dot, Group, Line, Mark, Row, Rows, Scale, chosen, theme


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

#: Whether an ally has a land border with Russia, and how the legend says so.
BORDER = {
    True: (Mark("diamond", "◆", theme.ORANGE, "yes"), "has a land border with Russia"),
    False: (Mark("square", "■", theme.BLUE, "no"), "has none"),
}
GOAL_LEGEND = ("╌", "NATO's guideline of 2 %")
#: Headings of the tables that what is drawn comes from.
_ALLY, SHARE, _NEAR, _RISE = "Ally", "% of GDP", "Land border with Russia", "Rise (points)"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "near": "with a land border with Russia",
    "elsewhere": "without one",
    "before": "the share in {year}",
    "rise": "the rise in percentage points",
    "points": "{change} points",
    "none": "{view}: no figure",
    "choose": "None of the allies has a figure here. Choose another year and edition.",
    "rose": "{since} to {year}: the share rose in {rose} of {count} allies{both}",
    "rose or not": "{good} rose, {rest} did not",
    "share": "{view}: {reach} {count} allies {shown}at 2 % or more{both}",
    "above or below": "{good} at 2 % or more, {rest} below",
    "all above": "all at 2 % or more",
    "rows": "{middles}. {count} {allies}: {counts}.{without}",
    "without": " Without a figure in the pages we read: {names}.",
    "no median": "No median: too many allies are missing",
    "median": "Median {each}",
    "middle": "of the {count} {which}: {median}",
    "both": "; middle share near Russia {near}, elsewhere {far}",
    "subtitle": "Defence spending in per cent of GDP; {view}{estimates}",
    "estimates": "; the newest year is an estimate",
    "goal": "per cent of GDP; NATO's guideline is 2 %",
    "goals": "per cent of GDP; NATO's guideline is 2 %, and 3.5 % for core defence were agreed in"
    " June 2025 for 2035",
}


view_options = draw.offer(VIEWS)
order_options = draw.offer(ORDERS)


def named(codes: set[str], countries: pd.DataFrame) -> list[tuple[str, str]]:
    """(name, code) of these states, by name."""
    return sorted(
        (name, code) for code, name in draw.short_names(countries).items() if code in codes
    )


def bound(title: str) -> str:
    """A title in which no line ends between a number and its sign."""
    return title.replace(" %", "\u00a0%")


def ranked(
    spending: pd.DataFrame, countries: pd.DataFrame, edition: str = "jun24", order: str = "share"
) -> Chart:
    """The allies by defence spending in per cent of GDP, one edition; Russia's neighbours marked.

    ``spending`` and ``countries`` are (rows of) the tables ``defence_spending`` and ``countries``;
    ``edition`` is a key of `VIEWS`, ``order`` one of `ORDERS`. A view with two years draws a line
    from the first to the second and sorts by the difference, in percentage points. Raises
    ``KeyError`` for an unknown word.
    """
    view = chosen(VIEWS, edition, "edition")
    chosen(ORDERS, order, "order")
    rows = _rows(spending, countries, view)
    rows.sort(
        key=lambda row: (order == "border" and not row["near"], -_size(row, view), row["name"])
    )
    missing = _missing(rows, spending, countries)
    return Chart(
        None,
        rows=_rows_of(rows, view),
        title=bound(_title(rows, view, missing)),
        subtitle=TEXTS["subtitle"].format(
            view=draw.uncapital(view.label),
            estimates=TEXTS["estimates"] if rows else "",
        ),
        description=_description(rows, view, missing),
        table=_table(rows, view),
        **draw.provenance("defence_spending", rows),
        name=f"spending-{edition}",
        legend=_legend(rows, view),
    )


def _rows(spending: pd.DataFrame, countries: pd.DataFrame, view: View) -> list[Row]:
    """One row an ally of the view: its share, that of the earlier year if any, and its border."""
    names = draw.short_names(countries)
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
    return [name for name, _ in named(set(spending["country_iso3"]) - here, countries)]


# -- drawing ---------------------------------------------------------------------------------------
def _rows_of(rows: list[Row], view: View) -> Rows:
    """An ally a line: the sign of its border at its share, with a line from an earlier year."""
    lines = []
    for at, row in enumerate(rows):
        track: list[Bar | Dot] = [Dot(row["share"], BORDER[row["near"]][0])]
        if view.since:
            low, high = sorted((row["before"], row["share"]))
            reach = (_heading(view.since), _heading(view.year))
            meaning = TEXTS["before"].format(year=view.since)
            before = Mark("line-ns-open", "|", theme.GREY, meaning)
            track = [
                Bar(low, high, theme.GREY, "reach", reach if low == row["before"] else reach[::-1]),
                Dot(row["before"], before, reach[0]),
                *track,
            ]
        lines.append(Line(at, row["name"], _value(row, view), track=track))
    goals = [(GUIDELINE, "2 %"), *([(CORE, "3.5 %")] if view.core else [])]
    unit = TEXTS["goals" if view.core else "goal"]
    of = {
        "title": _ALLY,
        "text": _RISE if view.since else _heading(view.year),
        "track": _heading(view.year),
        "dot": _NEAR,
    }
    return Rows(
        [Group("", lines)],
        scale=Scale(5.3, [(0, "0"), *goals, (5, "5 %")], unit, goal=GUIDELINE),
        of=of,
    )


def _heading(year: int | None) -> str:
    return f"{year} ({SHARE})"


# -- words -----------------------------------------------------------------------------------------
def _value(row: Row, view: View) -> str:
    return draw.signed(_size(row, view), 2) if view.since else f"{row['share']:.2f} %"


def _median(rows: list[Row], view: View) -> str:
    """The middle of the rows in words: `3.0 %`, or `+1.7 points`."""
    middle = statistics.median(_size(row, view) for row in rows)
    points = TEXTS["points"].format(change=draw.signed(middle, 1))
    return points if view.since else f"{middle:.1f} %"


def _sides(rows: list[Row], missing: list[str]) -> dict[bool, list[Row]]:
    """The allies next to Russia and the others; none of them where there is no fair middle.

    Where many allies are missing, the press prints the largest and the smallest.
    """
    if len(missing) > MANY:
        return {True: [], False: []}
    return {near: [row for row in rows if row["near"] == near] for near in (True, False)}


def _title(rows: list[Row], view: View, missing: list[str]) -> str:
    if not rows:
        return TEXTS["none"].format(view=view.label)
    near, far = _sides(rows, missing).values()
    both = near and far
    medians = {"near": _median(near, view), "far": _median(far, view)} if both else {}
    said = {"count": len(rows), "both": TEXTS["both"].format(**medians) if both else ""}
    if view.since:
        rose = sum(_size(row, view) > 0 for row in rows)
        return TEXTS["rose"].format(since=view.since, year=view.year, rose=rose, **said)
    above = sum(row["share"] >= GUIDELINE for row in rows)
    reach = "all" if above == len(rows) else f"{above} of"
    shown = "shown " if len(missing) > MANY else ""
    return TEXTS["share"].format(view=view.label, reach=reach, shown=shown, **said)


def _description(rows: list[Row], view: View, missing: list[str]) -> str:
    if not rows:
        return TEXTS["choose"]
    good = [_size(row, view) > 0 if view.since else row["share"] >= GUIDELINE for row in rows]
    which_counts = "rose or not" if view.since else "all above" if all(good) else "above or below"
    counts = TEXTS[which_counts].format(good=sum(good), rest=len(rows) - sum(good))
    which = {True: TEXTS["near"], False: TEXTS["elsewhere"]}
    each = [
        TEXTS["middle"].format(count=len(part), which=which[near], median=_median(part, view))
        for near, part in _sides(rows, missing).items()
        if part
    ]
    many = len(missing) > MANY
    return TEXTS["rows"].format(
        count=len(rows),
        allies="ally" if len(rows) == 1 else "allies",
        counts=counts,
        middles=TEXTS["no median"] if many else TEXTS["median"].format(each="; ".join(each)),
        without=TEXTS["without"].format(names=", ".join(missing)) if missing else "",
    )


def _legend(rows: list[Row], view: View) -> list[tuple[str, str]]:
    present = {row["near"] for row in rows}
    since = [("|", TEXTS["before"].format(year=view.since)), ("+", TEXTS["rise"])]
    borders = [(mark.sign, label) for near, (mark, label) in BORDER.items() if near in present]
    return [*borders, *(since if view.since else []), *([GOAL_LEGEND] if rows else [])]


def _table(rows: list[Row], view: View) -> pd.DataFrame:
    before = {_heading(view.since): draw.number("before", whole)} if view.since else {}
    rise = {_RISE: lambda row: whole(_size(row, view))} if view.since else {}
    columns: draw.Columns = {
        _ALLY: "name",
        **before,
        _heading(view.year): draw.number("share", whole),
        **rise,
        _NEAR: draw.yes_or_no("near"),
        "Estimate": draw.yes_or_no("estimate"),
        "Edition": lambda row: EDITIONS[row["edition"]],
        "Note": "note",
    }
    return draw.table(rows, columns)
