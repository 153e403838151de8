"""What two administrations did after the day of the decision, by the option it comes nearest to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pandas as pd

from ..facts import evidence, tables
from . import draw
from .draw import Chart, Dot, Group, Line, Row, Rows, Scale, chosen
from .options import DECISION
from .positions import COLUMNS, inside

ADMINISTRATIONS = {name: COLUMNS[name].mark for name in ("biden", "trump-2")}
#: Whose acts they are, in the title of both: after the election of 2024 one Trump is enough.
_WHOSE = {"biden": "Biden", "trump-2": "Trump"}
#: The day on which the administration changed.
HANDOVER = "2025-01-20"
#: Days on the scale: its ends, and between them those with a name.
_DAYS = [
    (date(2024, 11, 20).toordinal(), ""),
    (date.fromisoformat(HANDOVER).toordinal(), "20 January 2025"),
    (date(2025, 7, 1).toordinal(), "July 2025"),
    (date(2025, 11, 10).toordinal(), ""),
]
_SCALE = Scale(_DAYS[-1][0], _DAYS, low=_DAYS[0][0], goal=_DAYS[1][0])
_DATE, _WHAT, _WHO, _NEAREST = "Date", "What", "Who", "Nearest to"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "both": "Acts that we chose are most often near: {most}",
    "one": "Acts of the {who} that we chose are most often near {most}",
    "most": "{who}, {options}",
    "acts": "Acts after {day} by the option they come nearest to; the choice of acts and the"
    " coding are ours",
    "near": "{who}: {options}.",
    "count": "{each} {count} acts, which we chose, are shown.",
    "change": "20 January 2025: the administration in Washington changes",
}

who_options = draw.offer(ADMINISTRATIONS, lambda mark: mark.meaning, first="Both")


def aftermath(
    acts: pd.DataFrame, events: pd.DataFrame, options: pd.DataFrame, who: str | None = None
) -> Chart:
    """What each administration did after `DECISION`, in lanes by the option it comes nearest to.

    ``acts``, ``events`` and ``options`` are the tables option_acts, events and options; ``who`` is
    a key of `ADMINISTRATIONS`, or None for both. Raises ``KeyError`` for an unknown one, or for an
    act whose event is missing.
    """
    shown = [who] if who else list(ADMINISTRATIONS)
    for one in shown:
        chosen(ADMINISTRATIONS, one, "administration")
    rows = _dated(acts[acts["administration"].isin(shown)], events)
    ordered = options.sort_values("order")
    titles = dict(zip(ordered["id"], ordered["title"], strict=True))
    counts = {
        name: Counter(act["option"] for act in rows if act["administration"] == name)
        for name in shown
    }
    columns: draw.Columns = {
        _DATE: draw.spelled("date"),
        _WHAT: "title",
        _WHO: lambda act: act["who"].signed,
        _NEAREST: lambda act: titles[act["option"]],
        "Why": "reason",
    }
    return Chart(
        None,
        rows=_rows(rows, titles),
        title=_title(counts, titles),
        subtitle=TEXTS["acts"].format(day=tables.spell(DECISION)),
        description=_description(len(rows), counts, titles),
        table=draw.table(rows, columns),
        sources=draw.cited(rows),
        refs=evidence.refs("events", (act["event"] for act in rows)),
        name="aftermath",
        list_columns={
            "when": _DATE,
            "status": _WHO,
            "title": _WHAT,
            "body": _NEAREST,
            "note": "Why",
        },
        legend=[*(ADMINISTRATIONS[name] for name in shown), ("┊", TEXTS["change"])],
    )


def _dated(acts: pd.DataFrame, events: pd.DataFrame) -> list[Row]:
    """The acts by day, with date and title of their events and the mark of who acted."""
    of = events.set_index("id").loc[acts["event"]]
    marks = acts["administration"].map(ADMINISTRATIONS)
    dated = acts.assign(date=list(of["date"]), title=list(of["title"]), who=marks)
    return tables.records(dated.sort_values("date", kind="stable"))


def _title(counts: Mapping[str, Counter[str]], titles: Mapping[str, str]) -> str:
    """Which option the acts come nearest to: of each administration in the same words."""
    if len(counts) == 1:
        [(name, count)] = counts.items()
        who = inside(COLUMNS[name].name)
        return TEXTS["one"].format(who=who, most=_most(count, titles))
    most = [
        TEXTS["most"].format(who=_WHOSE[name], options=_most(count, titles))
        for name, count in counts.items()
    ]
    return TEXTS["both"].format(most="; ".join(most))


def _most(count: Counter[str], titles: Mapping[str, str]) -> str:
    """The options that most acts come nearest to."""
    most = max(count.values())
    return draw.quoted(titles[one] for one in titles if count[one] == most)


def _description(total: int, counts: Mapping[str, Counter[str]], titles: Mapping[str, str]) -> str:
    def near(count: Counter[str]) -> str:
        return ", ".join(f"{titles[option]} {count[option] or 'none'}" for option in titles)

    each = [
        TEXTS["near"].format(who=ADMINISTRATIONS[name].meaning, options=near(count))
        for name, count in counts.items()
    ]
    return TEXTS["count"].format(count=total, each=" ".join(each))


def _rows(acts: list[Row], titles: Mapping[str, str]) -> Rows:
    """A group an option, an act a line with the sign of who acted, at its day."""
    groups = []
    for option, title in titles.items():
        lines = []
        for at, act in enumerate(acts):
            if act["option"] == option:
                day, mark = date.fromisoformat(act["date"]).toordinal(), act["who"]
                lines.append(
                    Line(at, act["title"], tables.spell(act["date"]), track=[Dot(day, mark)])
                )
        groups.append(Group(title, lines))
    of = {"title": _WHAT, "text": _DATE, "group": _NEAREST, "time": _DATE, "dot": _WHO}
    return Rows(groups, scale=_SCALE, of=of)
