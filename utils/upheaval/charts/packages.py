"""Washington's packages of arms: what each list names, and all of them beside official totals.

The list of announcements (million dollars) is incomplete.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Category, Cell, Channel, Fact, Part, encode
from ..facts import evidence, tables
from ..facts.wording import counted
from . import draw
from .aid import by_year
from .aid_sums import CHANGE_SIGN, money
from .draw import Chart, Mark, Row, Trace, chosen, theme

_ANNOUNCED, _WAY, _MILLIONS = "Announced", "Way", "Million U.S. dollars"
_NAMED = {"includes_himars_ammo": "Ammunition for HIMARS", "includes_uas": "Drones"}
_SAID = {"yes": "yes", "no": "no", "unknown": "not known"}
#: What of the packages is marked: (words for the list, words in a title, column).
PARTS = {
    "himars": ("Ammunition for HIMARS", "ammunition for HIMARS", "includes_himars_ammo"),
    "uas": ("Drones (UAS)", "drones (UAS)", "includes_uas"),
}
ANSWERS = {
    "yes": Mark("square", "■", theme.BLUE, "named in the list"),
    "no": Mark("square-open", "□", theme.ORANGE, "list read, not named"),
    "unknown": Mark("cross-thin-open", "+", theme.GREY, "list not read in full"),
    "sale": Mark("triangle-down-open", "▽", theme.PURPLE, "a proposed sale, which the buyer pays"),
    "other": Mark("hexagon-open", "⬡", theme.PURPLE, "money that a law allows, and no package yet"),
}
#: What is no announcement of aid, and is never added: a sale, and money without a package.
NO_AID = ("sale", "other")
SINCE = "U.S. security assistance committed since 24 February 2022"
_SUM = "sum"
_OFFICIAL = "<b>%{x|%-d %B %Y}</b><br>official total: %{y} billion dollars<extra></extra>"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "mark": "<b>%{{hovertext}}</b><br>%{{y:,}} million dollars<br>{meaning}<extra></extra>",
    "list": "this list, added up",
    "official": "official total since 24 February 2022",
    "none": "No announcement",
    "choose": "None of the announcements is in this table. Choose another under “Show”.",
    "named": "Since the first ({day}) {yes} of {aid} announcements name {part}{unread}",
    "unread": "; {lists} not read in full",
    "not named": "No announcement that we have read in full names {part}",
    "shown": "From {first} to {last}: {split}. {count} announcements are shown.{before}",
    "before": " {count} of them are older than the first that names {part}: the title does not"
    " count them.",
    "sum": "This list adds up to {total} billion dollars, which is no official total",
    "by day": "By {day} this list adds up to {here} billion dollars; the official total of that day"
    " is {official}",
    "added": "{beside}{count} announcements are shown, {total} billion dollars if one adds them"
    " up.",
    "beside": "Sum and official totals differ: a gap in the list makes its sum smaller, money that"
    " was not for Ukraine alone makes it larger, and official totals can lag. Official totals:"
    " {count}. ",
    "summed": "Announcements added up, in billion U.S. dollars",
    "dated": "Announcements by day, million U.S. dollars, each line twice the one below or more",
    "subtitle": "{what}; incomplete, as of {day}",
}


package_options = draw.offer({**PARTS, _SUM: "Added up, beside official totals"})


def packages(announced: pd.DataFrame, totals: pd.DataFrame, show: str = "himars") -> Chart:
    """The listed announcements and what they hold, or all added up beside official totals.

    ``announced`` is the table ``aid_packages``, ``totals`` the table ``aid_totals``; ``show`` is a
    key of `PARTS` or "sum". Proposed sales, and money without a package, are drawn apart and never
    added: see `NO_AID`.
    Raises ``KeyError`` for another ``show``.
    """
    chosen(dict.fromkeys([*PARTS, _SUM]), show, "part of the packages")
    summed = show == _SUM
    days = announced.assign(day=tables.span(announced["date"])["start"])
    kept = days[~days["authority"].isin(NO_AID)] if summed else days
    rows = tables.records(kept.sort_values(["day", "id"]))
    official = _official(totals) if summed else []
    title, description = _sum_texts(rows, official) if summed else _part_texts(rows, show)
    signs = [("■", TEXTS["list"]), ("⬡", TEXTS["official"])] if summed else [*ANSWERS.values()]
    return Chart(
        _summed(rows, official) if summed else _dated(rows, PARTS[show][2]),
        title=title,
        description=description,
        table=draw.table(rows, _COLUMNS),
        subtitle=TEXTS["subtitle"].format(
            what=TEXTS["summed" if summed else "dated"],
            day=draw.today(),
        ),
        sources=draw.cited([*rows, *official]),
        refs=evidence.refs("aid_packages", (row["id"] for row in rows)),
        name=f"packages-{show}",
        legend=[*signs, CHANGE_SIGN] if rows else [],
        mobile={"marks": 0.8},
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
    rows = [{**row, "day": pd.Timestamp(row["as_of"])} for row in tables.records(totals[same])]
    return sorted(rows, key=lambda row: row["day"])


def _part_texts(rows: list[Row], show: str) -> tuple[str, str]:
    """Title and description of what the lists name."""
    if not rows:
        return TEXTS["none"], TEXTS["choose"]
    _, part, column = PARTS[show]
    # A share is over the packages that could have held it: from the first that names it on.
    first_day = min((row["day"] for row in rows if _answer(row, column) == "yes"), default=None)
    since = [row for row in rows if first_day is not None and row["day"] >= first_day]
    answers = [_answer(row, column) for row in rows]
    meanings = {one: mark.meaning for one, mark in ANSWERS.items()}
    split = draw.tally(answers, meanings, joint="; ")
    older = sum(answer not in NO_AID for answer in answers) - _counts(since, column)["aid"]
    before = TEXTS["before"].format(count=older, part=part) if since and older else ""
    first, last = (tables.spell(row["date"]) for row in (rows[0], rows[-1]))
    counts = _counts(since, column)
    lists = f"{counted(counts['unknown'], 'list')} {'is' if counts['unknown'] == 1 else 'are'}"
    title = TEXTS["named" if since else "not named"].format(
        part=part,
        day=tables.spell(since[0]["date"]) if since else "",
        unread=TEXTS["unread"].format(lists=lists) if counts["unknown"] else "",
        **counts,
    )
    return title, TEXTS["shown"].format(
        count=len(rows), first=first, last=last, split=split, before=before
    )


def _counts(rows: list[Row], column: str) -> dict[str, int]:
    """How many announcements of aid there are, and how many of them give each answer."""
    answers = [_answer(row, column) for row in rows]
    counts = {answer: answers.count(answer) for answer in ANSWERS if answer not in NO_AID}
    return {**counts, "aid": sum(counts.values())}


def _answer(row: Row, column: str) -> str:
    return str(row["authority"] if row["authority"] in NO_AID else row[column])


def _sum_texts(rows: list[Row], official: list[Row]) -> tuple[str, str]:
    """Title and description of all added up."""
    if not rows:
        return TEXTS["none"], TEXTS["choose"]
    total = money(sum(row["amount_usd_millions"] for row in rows) / 1000)
    beside = TEXTS["beside"].format(count=len(official)) if official else ""
    description = TEXTS["added"].format(count=len(rows), total=total, beside=beside)
    if not official:
        return TEXTS["sum"].format(total=total), description
    then = official[-1]
    here = sum(row["amount_usd_millions"] for row in rows if row["day"] <= then["day"]) / 1000
    day = tables.spell(then["as_of"])
    said = {"here": money(here), "official": money(then["amount"])}
    return TEXTS["by day"].format(day=day, **said), description


def _dated(rows: list[Row], column: str) -> go.Figure:
    """A mark an announcement, by day and amount."""
    traces: list[Trace] = []
    for answer, mark in reversed(ANSWERS.items()):
        here = [number for number, row in enumerate(rows) if _answer(row, column) == answer]
        some = [rows[number] for number in here]
        says: dict[str, Channel] = {
            "x": Cell(_ANNOUNCED, "start"),
            "y": Cell(_MILLIONS),
            "hovertext": Cell(_ANNOUNCED, "text"),
            "marker.symbol": Category(_WAY if answer in NO_AID else _NAMED[column]),
        }
        if not here:
            continue
        # Of some announcements only the month is known: the label says no day then.
        label = TEXTS["mark"].format(meaning=mark.meaning)
        traces.append(
            draw.marks(
                [_day(row) for row in some],
                [row["amount_usd_millions"] for row in some],
                mark.symbol,
                mark.colour,
                encode(here, says),
                size=10,
                ids=here,
                hover=[tables.spell(row["date"]) for row in some],
                marker={"opacity": 1},
                hovertemplate=label,
            )
        )
    yaxis = {
        "type": "log",
        "range": [1.6, 3.9],
        "tickvals": [50, 100, 200, 500, 1000, 2000, 5000],
        "ticktext": ["50", "100", "200", "500", "1,000", "2,000", "5,000"],
    }
    return by_year(traces, left=50, until="2026-01-15", yaxis=yaxis)


def _summed(rows: list[Row], official: list[Row]) -> go.Figure:
    """The sum as it grows, a mark at its end, and the government's own totals by day."""
    running, total = [], 0.0
    for row in rows:
        total += row["amount_usd_millions"] / 1000
        running.append(round(total, 3))
    days = [_day(row) for row in rows]
    # A row stands for itself, which gives the day, and those before it.
    up_to = [[at, *range(at)] for at in range(len(rows))]
    says: dict[str, Channel] = {"x": Cell(_ANNOUNCED, "start"), "y": Cell(_MILLIONS, per=1000)}
    growth = draw.line(days, running, theme.BLUE, encode(up_to, says), cliponaxis=False)
    growth["line"]["shape"] = "hv"
    last = encode(up_to[-1:], says)
    end = draw.marks(days[-1:], running[-1:], "square", theme.BLUE, last, size=11, edge=0)
    totals = [_official_totals(official)] if official else []
    yaxis = {"rangemode": "tozero", "tickformat": ","}
    return by_year([growth, end, *totals], left=50, until="2026-01-15", yaxis=yaxis)


def _official_totals(official: list[Row]) -> Trace:
    """The government's own totals, by day."""

    def fact(row: Row, column: str, part: Part = "number") -> Fact:
        return Fact("aid_totals", row["id"], column, part)

    says = {
        "x": [fact(row, "as_of", "middle") for row in official],
        "y": [fact(row, "amount") for row in official],
    }
    return draw.marks(
        [_day(row) for row in official],
        [row["amount"] for row in official],
        "hexagon-open",
        theme.ORANGE,
        encode([None] * len(official), says),
        hovertemplate=_OFFICIAL,
    )


def _day(row: Row) -> str:
    return str(row["day"].strftime("%Y-%m-%d"))


def _named(column: str) -> Callable[[Row], str]:
    return lambda row: _SAID[row[column]]


_COLUMNS: draw.Columns = {
    _ANNOUNCED: draw.spelled("date"),
    _WAY: "authority",
    _MILLIONS: lambda row: row["amount_usd_millions"],
    "What the list names": lambda row: row["notable_items"],
    **{head: _named(column) for column, head in _NAMED.items()},
    "Note": "note",
}
