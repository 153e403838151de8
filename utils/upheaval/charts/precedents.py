"""Soldiers sent to another state's war since 1945: is the deployment of 2024 without precedent?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from .. import stories
from ..facts import tables
from ..facts.wording import of_them
from . import draw
from .draw import Bar, Chart, Dot, Group, Line, Mark, Rows, Scale, capital, chosen, theme

#: The case that all others are compared with.
CASE = "prk-rus-2024"
LARGE = 10_000


@dataclass(frozen=True)
class Yardstick:
    """One way to compare: label of the control, phrase for a title, and which rows count."""

    label: str
    phrase: str
    counts: Callable[[pd.DataFrame], pd.Series]


def _large(rows: pd.DataFrame) -> pd.Series:
    most = rows["peak_troops_high"].fillna(rows["peak_troops_low"])
    large: pd.Series = most.ge(LARGE).fillna(False)
    return large


YARDSTICKS = {
    "all": Yardstick(
        "All cases",
        "since 1945",
        lambda rows: pd.Series(True, rows.index),
    ),
    "large": Yardstick("10,000 soldiers or more", "of 10,000 soldiers or more", _large),
    "century": Yardstick("Since 2000", "since 2000", lambda rows: rows["start"].ge("2000")),
    "pyongyang": Yardstick(
        "Sent by North Korea",
        "of soldiers sent by North Korea",
        lambda rows: rows["sender_iso3"].eq("PRK"),
    ),
    "treaty": Yardstick(
        "Resting on a treaty", "resting on a treaty", lambda rows: rows["basis_kind"].eq("treaty")
    ),
    "moscow": Yardstick(
        "Sent to fight for Moscow",
        "of soldiers sent to fight for Moscow",
        lambda rows: rows["host_or_ally_iso3"].isin(["RUS", "SUN"]),
    ),
}
#: How openly a case was done.
_WHOLE, _PART, _NONE = theme.DEGREES
OPENNESS = {
    "yes": replace(_WHOLE, meaning="admitted at the time"),
    "partly": replace(_PART, meaning="partly admitted at the time"),
    "no": replace(_NONE, meaning="not admitted at the time"),
}
_LATER = {"yes": ", admitted later", "partly": ", partly admitted later"}
_TICKS = ((100, "100"), (1e3, "1,000"), (1e4, "10,000"), (1e5, "100,000"), (1e6, "1 million"))
SCALE = Scale(2_200_000, _TICKS, "soldiers at one time", low=70, log=True)
#: How far, as a factor, the dots of an open end reach, and the arrows that they lead to.
OPEN = 2.5
_ABOVE = Mark("triangle-right", "▶", theme.GREY, "open above")
_BELOW = Mark("triangle-left", "◀", theme.GREY, "open below")
#: Headings of the table that what is drawn comes from.
_CASE, _PEAK, _ADMITTED = "Case", "Soldiers at one time", "Admitted at the time"
_BASIS, _NOTE = "Rested on", "Read with care"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "subtitle": "Most soldiers there at one time, scale in powers of ten, cases in our table{weak}",
    "weak": "; {count} that rest on one weak page left out",
    "alone": "No other case {rule}: in our table 2024 is alone",
    "none": "No case {rule}, in our table",
    "one other": "Beside 2024, one case {rule}",
    "others": "Beside 2024, {others} cases {rule}",
    "without it": "{others} {cases} {rule}{largest}; 2024 was {own}",
    "without it, short": "{others} {cases} {rule}; 2024 was {own}",
    "all": "all {admitted}",
    "the one": ": {largest}",
    "of many": "; the largest, {largest}",
    "choose": "None of the cases in our table fits these choices. Choose “Any” under “Admitted at"
    " the time”, or another comparison.",
    "one": "{largest}One case is shown: {admitted}.{blank}",
    "many": "{largest}{count} cases are shown: {admitted}.{blank}",
    "largest": "The largest is {case}. ",
    "blank": " For {count} no figure was found.",
    "up to": "up to {end}",
    "at least": "at least {end}",
    "no figure": "no figure",
    "an open end": "only “up to” or “at least”",
    "line": "; the dashed line is the most of 2024",
    "case of 2024": "in orange: the deployment of 2024",
}

compared_options = draw.offer(YARDSTICKS)
admitted_options = draw.offer({"yes": "Yes", "partly": "Partly", "no": "No"}, first="Any")


def deployments(cases: pd.DataFrame, compared: str = "all", admitted: str | None = None) -> Chart:
    """Cases by size, a line each, with the most soldiers at one time, in powers of ten.

    The largest stands first, by the highest figure that is known; cases without one stand last. A
    line through all is the highest figure of the case of 2024, which also has a colour of its own.

    ``cases`` is (rows of) the table ``deployments_abroad``; ``compared`` a key of `YARDSTICKS` and
    ``admitted`` one of `OPENNESS`, or None for all. Raises ``KeyError`` for other values.
    """
    kept = chosen(YARDSTICKS, compared, "comparison").counts(cases)
    if admitted is not None:
        chosen(OPENNESS, admitted, "degree of openness")
        kept &= cases["acknowledged_at_time"].eq(admitted)
    names = draw.short_names()
    size = cases["peak_troops_high"].fillna(cases["peak_troops_low"])
    order = cases.assign(size=size).sort_values(
        ["size", "start", "id"], ascending=[False, True, True], na_position="last"
    )
    frame = order[kept.loc[order.index]].drop(columns="size").reset_index(drop=True)
    rows = list(tables.tuples(frame))
    return Chart(
        None,
        rows=_rows(rows, names, _own_size(cases)),
        title=_title(rows, names, compared, admitted, _own(cases)),
        subtitle=TEXTS["subtitle"].format(weak=_left_out()),
        description=_description(rows, names),
        table=_table(rows, names),
        **draw.provenance("deployments_abroad", frame),
        name="precedents",
        list_columns={
            "when": "Began",
            "status": _ADMITTED,
            "title": _CASE,
            "body": _BASIS,
            "note": _NOTE,
        },
        legend=_legend(rows),
        tones={"┃": "orange"},
    )


def _ends(row: Any) -> list[float]:
    """The figures of a case: the lowest and the highest, the only one, or none."""
    ends = (row.peak_troops_low, row.peak_troops_high)
    return sorted({float(one) for one in ends if pd.notna(one)})


def _is_open(row: Any) -> bool:
    """Whether one end of a figure is not known."""
    return pd.isna(row.peak_troops_low) is not pd.isna(row.peak_troops_high)


# -- drawing ---------------------------------------------------------------------------------------
def _own_size(cases: pd.DataFrame) -> float | None:
    """The highest figure of the case of 2024, where the table has it."""
    rows = tables.tuples(cases[cases["id"] == CASE])
    return next((_ends(row)[-1] for row in rows if _ends(row)), None)


def _rows(cases: list[Any], names: dict[str, str], goal: float | None) -> Rows:
    """A case a line, with its sign and its size, and ``goal`` as a line through all."""
    lines = [
        Line(row.Index, _said(row, names), _soldiers(row), sign=_mark(row), track=_track(row))
        for row in cases
    ]
    of = {"title": _CASE, "text": _PEAK, "sign": _ADMITTED, "track": _PEAK}
    title = f"{SCALE.title}{TEXTS['line'] if goal else ''}"
    return Rows([Group("", lines)], scale=replace(SCALE, goal=goal, title=title), of=of)


def _mark(row: Any) -> Mark:
    mark = OPENNESS[row.acknowledged_at_time]
    return replace(mark, colour=theme.ORANGE) if row.id == CASE else mark


def _track(row: Any) -> list[Bar | Dot]:
    """A range as a line, one figure as its sign; dots lead to an arrow where an end is open."""
    ends, mark = _ends(row), _mark(row)
    if not ends:
        return []
    only, last = ends[0], ends[-1]
    if only < last:
        return [Bar(only, last, mark.colour, "range")]
    if not _is_open(row):
        return [Dot(only, mark)]
    above = pd.notna(row.peak_troops_low)
    end = only * OPEN if above else only / OPEN
    dots = Bar(min(only, end), max(only, end), mark.colour, "open")
    return [dots, Dot(only, mark), Dot(end, _ABOVE if above else _BELOW)]


def _legend(cases: list[Any]) -> list[draw.Sign]:
    present = {row.acknowledged_at_time for row in cases}
    legend: list[draw.Sign] = [mark for one, mark in OPENNESS.items() if one in present]
    if any(len(_ends(row)) > 1 for row in cases):
        legend.append(("┣━┫", "range"))
    if any(map(_is_open, cases)):
        legend.append(("◀┄ ┄▶", TEXTS["an open end"]))
    if any(row.id == CASE for row in cases):
        legend.append(("┃", TEXTS["case of 2024"]))
    return legend


# -- words -----------------------------------------------------------------------------------------
def _who(row: Any, names: dict[str, str]) -> str:
    """Sender and host. Vietnam was two states then, and the codes know one: the war says which."""
    half = next((half for half in ("North", "South") if f"{half} Vietnamese" in row.conflict), "")
    return f"{names[row.sender_iso3]} for {half} {names[row.host_or_ally_iso3]}".replace("  ", " ")


def _said(row: Any, names: dict[str, str]) -> str:
    return f"{row.start[:4]} {_who(row, names)}"


def _soldiers(row: Any) -> str:
    ends = [f"{one:,.0f}" for one in _ends(row)]
    if _is_open(row):
        return TEXTS["up to" if pd.isna(row.peak_troops_low) else "at least"].format(end=ends[0])
    return " to ".join(ends) or TEXTS["no figure"]


def _own(cases: pd.DataFrame) -> str:
    """How openly the case of 2024 was done, in words."""
    found = cases.loc[cases["id"] == CASE, "acknowledged_at_time"]
    return OPENNESS[found.iloc[0]].meaning if len(found) else ""


def _title(
    cases: list[Any], names: dict[str, str], compared: str, admitted: str | None, own: str
) -> str:
    rules = [YARDSTICKS[compared].phrase, *([OPENNESS[admitted].meaning] if admitted else [])]
    others = [row for row in cases if row.id != CASE]
    few = {0: "alone", 1: "one other"}.get(len(others), "others")
    which = few if len(others) < len(cases) else "without it" if others else "none"
    said = {
        "others": of_them(len(others)),
        "cases": "case" if len(others) == 1 else "cases",
        "rule": ", ".join(rules),
        "own": own,
    }
    told = TEXTS["the one" if len(others) == 1 else "of many"]
    largest = told.format(largest=_largest(others, names)) if others else ""
    if which == "without it":
        short = TEXTS["without it, short"].format(**said)
        return stories.first_fitting([TEXTS[which].format(**said, largest=largest), short])
    title = TEXTS[which].format(**said)
    return title if not others else stories.first_fitting([title + largest, title])


def _left_out() -> str:
    """How many cases of the table no chart shows, for they rest on one weak page."""
    count = int(tables.read("deployments_abroad")["weak"].sum())
    return TEXTS["weak"].format(count=count) if count else ""


def _largest(cases: list[Any], names: dict[str, str]) -> str:
    most = max(cases, key=lambda row: _ends(row)[0] * _ends(row)[-1] if _ends(row) else 0)
    return f"{_said(most, names)} ({_soldiers(most)})"


def _description(cases: list[Any], names: dict[str, str]) -> str:
    if not cases:
        return TEXTS["choose"]
    answers = [row.acknowledged_at_time for row in cases]
    admitted = [
        f"{answers.count(one)} {mark.meaning}" for one, mark in OPENNESS.items() if one in answers
    ]
    if len(admitted) == 1:
        meaning = OPENNESS[answers[0]].meaning
        admitted = [meaning if len(cases) == 1 else TEXTS["all"].format(admitted=meaning)]
    blank = sum(not _ends(row) for row in cases)
    largest = TEXTS["largest"].format(case=_largest(cases, names)) if blank < len(cases) else ""
    return TEXTS["one" if len(cases) == 1 else "many"].format(
        count=len(cases),
        admitted=", ".join(admitted),
        largest=largest,
        blank=TEXTS["blank"].format(count=of_them(blank).lower()) if blank else "",
    )


def _table(cases: list[Any], names: dict[str, str]) -> pd.DataFrame:
    def openly(row: Any) -> str:
        mark = OPENNESS[row.acknowledged_at_time]
        return f"{mark.sign} {mark.meaning}{_LATER.get(row.acknowledged_later, '')}"

    return pd.DataFrame(
        {
            "Began": [tables.spell(row.start) for row in cases],
            "Ended": [tables.spell(row.end) if pd.notna(row.end) else "" for row in cases],
            _CASE: [f"{_who(row, names)}: {row.conflict}" for row in cases],
            _PEAK: [_soldiers(row) for row in cases],
            _ADMITTED: [openly(row) for row in cases],
            _BASIS: [capital(row.treaty_basis) for row in cases],
            _NOTE: [row.note for row in cases],
        }
    )
