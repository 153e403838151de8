"""Aid for Ukraine by period: what three groups of donors set aside, and how that is told and drawn.

The numbers are those of the Kiel Institute's Ukraine Support Tracker, in billion euros.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from ..encoding import Cell, Fact, encode, encode_layout
from ..facts import tables
from ..facts.wording import counted, whole
from . import draw
from .draw import Mark, Trace, theme

#: Kinds of aid: words, and the sign of each.
KINDS = {
    "military": ("Military", Mark("square", "■", theme.BLUE, "military")),
    "financial": ("Financial", Mark("diamond", "◆", theme.ORANGE, "financial")),
    "humanitarian": ("Humanitarian", Mark("triangle-down-open", "▽", theme.GREEN, "humanitarian")),
}
#: Groups of donors: (words, colour, dash, symbol, sign that looks like it).
GROUPS = {
    "US": ("United States", theme.BLUE, "solid", "triangle-up", "▲"),
    "Europe": ("Europe", theme.ORANGE, "dash", "diamond", "◆"),
    "Other": ("Other donors", theme.GREEN, "dot", "square", "■"),
}
#: The least sum that counts as money set aside, in billion euros.
LEAST = 0.0005
CHANGE = "2025-01-20"  # the day on which the administration changed
CHANGED = Fact("events", "trump-inaugurated", "date", "middle")
#: A line at that day, and what it stands for.
CHANGE_LINE = draw.vertical(CHANGE, dash="dot", width=2, layer="above")
CHANGE_META = encode_layout([{"x0": CHANGED, "x1": CHANGED}])
QUARTER = "Quarter"
_QUARTERS = ("January to March", "April to June", "July to September", "October to December")

#: The words that several charts of aid share.
TEXTS = {
    "kind": "{kind} aid",
    "quarter": "{months} {year}",
    "covered": "{quarter} ({count} of 3 months)",
    "group": "{group} (billion euros)",
    "group of kind": "{kind}, {group} (billion euros)",
    "hover": "<b>{name}</b><br>%{{text}}<br>%{{y:.1f}} billion euros<extra></extra>",
    "part": " The last quarter holds {months} only.",
    "short": "{how} (last: {months})",
    "change": "{day}: the administration in Washington changes",
}
#: How a legend explains the line at that day, and the groups of donors.
CHANGE_SIGN = ("┊", TEXTS["change"].format(day=tables.spell(CHANGE)))
LEGEND = [*((sign, name) for name, *_, sign in GROUPS.values()), CHANGE_SIGN]

#: Each kind of aid as a name of its own.
NAMED = {kind: TEXTS["kind"].format(kind=label) for kind, (label, _) in KINDS.items()}


# -- sums ------------------------------------------------------------------------------------------
def by_month(aid: pd.DataFrame) -> pd.DataFrame:
    """Billion euros: a row a month, a column each of the `GROUPS`.

    ``aid`` is rows of the table ``aid_over_time`` of one kind.
    """
    months = aid.pivot_table(
        index="period", columns="donor_group", values="amount_eur_bn", aggfunc="sum"
    )
    return months.reindex(columns=list(GROUPS)).astype(float).fillna(0.0)


def by_quarter(aid: pd.DataFrame) -> pd.DataFrame:
    """The same by quarter, each under its first month."""
    return by_month(aid).groupby(quarter_of).sum()


def quarter_of(month: str) -> str:
    """The first month of the quarter in which a month lies: `2024-10` of `2024-11`."""
    return f"{month[:4]}-{3 * _number(month) + 1:02d}"


def _number(month: str) -> int:
    """Which quarter of its year a month lies in, from 0."""
    return (int(month[5:]) - 1) // 3


def quarter_names(aid: pd.DataFrame) -> dict[str, str]:
    """The quarters by their first months; of one that is not covered whole, how far it is."""
    months = pd.Series(sorted(set(aid["period"])), dtype=object)
    names = {}
    for start, covered in months.groupby(months.map(quarter_of)):
        first = str(start)
        name = TEXTS["quarter"].format(months=_QUARTERS[_number(first)], year=first[:4])
        short = len(covered) < 3
        names[first] = TEXTS["covered"].format(quarter=name, count=len(covered)) if short else name
    return names


def ahead_since(sums: pd.DataFrame) -> str | None:
    """The period since which Europe's sum stays above that of the United States, or ``None``."""
    behind = [period for period, row in sums.iterrows() if row["Europe"] <= row["US"]]
    after = [str(period) for period in sums.index if not behind or period > behind[-1]]
    return after[0] if after else None


def last_of(months: pd.DataFrame, group: str) -> str:
    """The last month in which a group set anything aside, of `by_month`; empty if it never did."""
    some = months.index[months[group] >= LEAST]
    return max(some, default="")


def _last_quarter(aid: pd.DataFrame) -> int:
    """How many months of the last quarter are counted."""
    months = sorted(set(aid["period"]))
    return sum(quarter_of(one) == quarter_of(months[-1]) for one in months) if months else 0


def part_of(aid: pd.DataFrame) -> str:
    """A sentence on how much of the last quarter is counted; empty where that is all of it."""
    count = _last_quarter(aid)
    return TEXTS["part"].format(months=counted(count, "month")) if 0 < count < 3 else ""


def by_quarters(how: str, aid: pd.DataFrame) -> str:
    """Words for "by quarter", beside a picture whose last quarter looks like a fall: with how many
    months that one has, where it is not whole.
    """
    count = _last_quarter(aid)
    return TEXTS["short"].format(how=how, months=counted(count, "month")) if 0 < count < 3 else how


# -- words and drawing -----------------------------------------------------------------------------
def money(value: float) -> str:
    """A sum as people read it: one digit behind the point below a hundred, none above."""
    digits = 0 if value >= 100 or not value else 1 if value >= 0.1 else 2
    return f"{value:,.{digits}f}"


def as_of(aid: pd.DataFrame) -> str:
    """The day up to which the tracker counts, in words; empty where there is no row."""
    return tables.spell(str(max(aid["as_of"]))[:10]) if len(aid) else ""


def table(
    sums: pd.DataFrame, time: str, name: Callable[[str], str], headings: Mapping[Any, str]
) -> pd.DataFrame:
    """The sums under headings for people: the name of each period under ``time``, then each column
    of ``headings`` in billion euros.
    """
    columns = {one: [whole(value) for value in rounded(sums[one])] for one in headings}
    return pd.DataFrame(
        {
            time: [name(str(period)) for period in sums.index],
            **{heading: columns[one] for one, heading in headings.items()},
        },
        dtype=object,
    )


def rounded(column: pd.Series) -> list[float]:
    """Sums as they are drawn and as tables have them."""
    return [round(float(value), 2) for value in column]


def middle(period: str) -> str:
    """The middle of a quarter that begins with this month, as an ISO day."""
    return f"{period[:5]}{int(period[5:]) + 1:02d}-15"


def group_line(
    sums: pd.Series, names: Mapping[str, str], group: str, heading: str, name: str, **more: Any
) -> Trace:
    """What a group set aside quarter by quarter, with marks and a dash of its own.

    ``heading`` is the column of the table that holds the sums, ``name`` is for a pointer; ``size``
    of the marks, and what else `draw.line` takes.
    """
    _, colour, dash, symbol, _ = GROUPS[group]
    says: Any = {"x": Cell(QUARTER, "middle"), "y": Cell(heading), "text": Cell(QUARTER, "text")}
    return draw.line(
        [middle(period) for period in sums.index],
        rounded(sums),
        colour,
        encode(range(len(sums)), says),
        dash=dash,
        mode="lines+markers",
        cliponaxis=False,
        marker={"size": more.pop("size"), "symbol": symbol, "color": colour},
        text=[names[period] for period in sums.index],
        hovertemplate=TEXTS["hover"].format(name=name),
        **more,
    )
