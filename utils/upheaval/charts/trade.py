"""China's dual-use goods for Russia: published figures, each for its own goods and time."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Cell, encode
from ..facts import tables
from ..facts.wording import counted, listed, of_them
from . import draw
from .draw import Bar, Chart, Line, Row, Rows, Scale, blank, chosen, theme

#: Groups of goods: words, and what the name of an item holds. The first that fits takes the item.
GOODS = {
    "machines": ("Machine tools", r"machine"),
    "chips": ("Chips", r"chip|semiconductor|integrated circuit"),
    "listed": (
        "Goods on control lists",
        r"high-priority|high priority|battlefield|hong kong|tier 4|sensitive list",
    ),
    "all": ("All trade, for scale", r"^all goods|^total"),
    "other": ("Other goods", r""),
}

#: Two ways to draw the same figures.
DRAWINGS = {
    "apart": "Apart, as they were published",
    "joined": "Joined by a line: a mistake, to see why",
}

#: The headings of the table that what is drawn comes from.
_GOODS, _WHEN = "Goods", "When"
_MILLIONS, _SHARE = "Million U.S. dollars", "Share of Russia's imports (%)"
NOTHING = "no value printed"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "month": "one month",
    "year": "a year",
    "months": "{count} months",
    "goods": "{kinds} of goods",
    "spans": "{count} lengths of time",
    "billion": "${number:,.4g} billion",
    "million": "${number:,.4g} million",
    "imports": "{number:.4g} % of imports",
    "time": "the time a figure is for: a short bar is one month",
    "figure": "one published figure",
    "nobody": "a line that nobody measured",
    "none": "{goods}: no figure in dollars to join",
    "choose": "None of these rows has a value in dollars. Choose “Apart”.",
    "times": "{figures} for {kinds} of goods, each over {lengths}",
    "one": "{goods}: one figure makes no line",
    "nothing to join": "The only figure in dollars: {newest}. There is nothing to join it with.",
    "line": "{goods}. Do not read this line: {why}",
    "mixes": "it mixes {what}",
    "between": "nobody measured between its marks",
    "mistake": "{times}, joined by a line. That is a mistake: between two marks nobody measured"
    " anything.",
    "title": "{goods}: {figures} on {kinds} of goods, and not one series",
    "apart": "The newest: {newest}. {times}.{blank} What each says stands with"
    " its bar, and in the table.",
    "blank": " {count} of them {have} no number.",
    "bars": "Value in U.S. dollars or share of Russia's imports, over the time each figure is for;"
    " as of {day}",
    "joined": "Values in million U.S. dollars, each at the middle of its time; as of {day}",
}


goods_options = draw.offer(GOODS)
drawing_options = draw.offer(DRAWINGS)


def figures(
    trade: pd.DataFrame, sources: pd.DataFrame, goods: str = "machines", drawing: str = "apart"
) -> Chart:
    """Published figures on a group of goods: each a bar over its time, with its number beside it.

    ``trade`` is (rows of) the table ``dual_use_trade``, ``sources`` the table of that name;
    ``goods`` is a key of `GOODS`, ``drawing`` one of `DRAWINGS`. "joined" runs a line through all
    values in dollars, to show what such a line hides. Raises ``KeyError`` for an unknown word.
    """
    label, _ = chosen(GOODS, goods, "goods")
    chosen(DRAWINGS, drawing, "drawing")
    apart = drawing == "apart"
    publishers = dict(zip(sources["id"], sources["publisher"], strict=True))
    rows = [row for row in _rows(trade, publishers) if row["goods"] == goods]
    if not apart:
        rows = [row for row in rows if not blank(row["value_usd_millions"])]
    title, description = (_apart_texts if apart else _joined_texts)(rows, label)
    bars = [("┣━┫", TEXTS["time"])] if rows else []
    line = [("●", TEXTS["figure"]), ("┈", TEXTS["nobody"])]
    return Chart(
        None if apart else _joined(rows),
        rows=_apart(rows) if apart else None,
        title=title,
        subtitle=TEXTS["bars" if apart else "joined"].format(day=draw.today()),
        description=description,
        table=draw.table(rows, _COLUMNS),
        **draw.provenance("dual_use_trade", rows),
        misleading=not apart,
        name=f"trade-{goods}",
        legend=bars if apart else line,
    )


def _rows(trade: pd.DataFrame, publishers: dict[str, str]) -> list[Row]:
    """The rows with goods, time and publishers, item by item and in time."""
    spans = tables.span(trade["period"])
    records = tables.records(trade)
    rows = [
        {
            **row,
            "goods": group(row["item"]),
            "start": start,
            "end": end,
            "months": _months(start, end),
            "by": "; ".join(dict.fromkeys(publishers.get(one, one) for one in row["sources"])),
        }
        for row, start, end in zip(records, spans["start"], spans["end"], strict=True)
    ]
    first: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: (row["start"], row["id"])):
        first.setdefault(row["item"], row["start"])
    return sorted(rows, key=lambda row: (first[row["item"]], row["item"], row["start"], row["id"]))


def group(item: str) -> str:
    """The group of goods an item belongs to: a key of `GOODS`."""
    return next(one for one, (_, holds) in GOODS.items() if re.search(holds, item.casefold()))


def _months(start: pd.Timestamp, end: pd.Timestamp) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


# -- figures ---------------------------------------------------------------------------------------
def _apart(rows: list[Row]) -> Rows:
    """A group an item; each figure a line, with a bar over its time on one scale of years."""

    def line(at: int, row: Row) -> Line:
        start, end = (one.date().toordinal() for one in (row["start"], row["end"]))
        return Line(at, _when(row), value(row), track=[Bar(start, end, look="range")])

    first = min((row["start"].year for row in rows), default=2021)
    last = max((row["end"].year for row in rows), default=2025) + 1
    years = [(date(year, 1, 1).toordinal(), str(year)) for year in range(first, last + 1)]
    of = {"title": _WHEN, "text": (_MILLIONS, _SHARE), "group": _GOODS, "time": _WHEN}
    return Rows(
        draw.groups((row["item"], line(at, row)) for at, row in enumerate(rows)),
        scale=Scale(years[-1][0], years, low=years[0][0]),
        of=of,
    )


def _joined(rows: list[Row]) -> go.Figure:
    """One line through all values in dollars, in the order of time: what must not be done."""
    order = sorted(range(len(rows)), key=lambda at: (_middle(rows[at]), rows[at]["id"]))
    ordered = [rows[at] for at in order]
    line = draw.line(
        [_day(_middle(row)) for row in ordered],
        [float(row["value_usd_millions"]) for row in ordered],
        theme.ORANGE,
        encode(order, {"x": Cell(_WHEN, "middle"), "y": Cell(_MILLIONS)}),
        dash="dot",
        hover=[
            theme.hover(
                theme.wrapped(row["item"]), f"{theme.escape_html(value(row))}, {_when(row)}"
            )
            for row in ordered
        ],
        mode="lines+markers",
        cliponaxis=False,
        marker={"size": 9, "color": theme.ORANGE},
    )
    return draw.fixed_figure(
        line,
        height=358,
        margin=(90, 12, 4, 30),
        xaxis=draw.BY_YEAR | ({"range": _years_around(rows)} if len(rows) == 1 else {}),
        yaxis={
            "rangemode": "tozero",
            "tickformat": ",",
            "title": {"text": "million U.S. dollars", "standoff": 4},
        },
    )


def _years_around(rows: list[Row]) -> list[str]:
    """Whole years around all of the rows, so that even a single mark stands between two years."""
    first, last = min(row["start"] for row in rows), max(row["end"] for row in rows)
    return [f"{first.year}-01-01", f"{last.year + 1}-01-01"]


def _middle(row: Row) -> Any:
    """The middle of the time a figure is for."""
    return row["start"] + (row["end"] - row["start"]) / 2


def _day(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%d"))


# -- words -----------------------------------------------------------------------------------------
def value(row: Row) -> str:
    """What was published: `$68 million, 57 % of Russia's imports`, or that no number was."""
    dollars, share = row["value_usd_millions"], row["share_of_russian_imports_pct"]
    parts = []
    if not blank(dollars):
        which, unit = ("billion", 1000) if dollars >= 1000 else ("million", 1)
        parts.append(TEXTS[which].format(number=dollars / unit))
    parts += [] if blank(share) else [TEXTS["imports"].format(number=share)]
    return " · ".join(parts) or NOTHING


def _when(row: Row) -> str:
    return tables.spell(row["period"])


def _length(months: int) -> str:
    return TEXTS[{1: "month", 12: "year"}.get(months, "months")].format(count=months)


def _times_of(rows: list[Row]) -> dict[str, str]:
    """How many figures on how many kinds of goods, over which lengths of time."""
    lengths = sorted({row["months"] for row in rows})
    said = {
        "figures": counted(len(rows), "figure"),
        "kinds": counted(len({row["item"] for row in rows}), "kind"),
        "lengths": listed([_length(one) for one in lengths], "or"),
    }
    return said | {"times": TEXTS["times"].format(**said)}


def _joined_texts(rows: list[Row], goods: str) -> tuple[str, str]:
    """Title and description of the line."""
    if not rows:
        return TEXTS["none"].format(goods=goods), TEXTS["choose"]
    if len(rows) == 1:
        only = TEXTS["nothing to join"].format(newest=_newest(rows))
        return TEXTS["one"].format(goods=goods), only
    said = _times_of(rows)
    items, lengths = ({row[one] for row in rows} for one in ("item", "months"))
    mixed = [
        *([TEXTS["goods"].format(**said)] if len(items) > 1 else []),
        *([TEXTS["spans"].format(count=len(lengths))] if len(lengths) > 1 else []),
    ]
    why = TEXTS["mixes"].format(what=" and ".join(mixed)) if mixed else TEXTS["between"]
    return TEXTS["line"].format(goods=goods, why=why), TEXTS["mistake"].format(**said)


def _apart_texts(rows: list[Row], goods: str) -> tuple[str, str]:
    """Title and description of the bars."""
    if not rows:
        return TEXTS["none"].format(goods=goods), TEXTS["choose"]
    said = _times_of(rows)
    without = sum(value(row) == NOTHING for row in rows)
    return TEXTS["title"].format(goods=goods, **said), TEXTS["apart"].format(
        blank=TEXTS["blank"].format(count=of_them(without), have="has" if without == 1 else "have")
        if without
        else "",
        newest=_newest(rows),
        **said,
    )


def _newest(rows: list[Row]) -> str:
    """What the figure of the last time says."""
    last = max(rows, key=lambda row: (row["end"], row["id"]))
    return f"{last['item']}, {value(last)} ({_when(last)})"


_COLUMNS: draw.Columns = {
    _GOODS: "item",
    _WHEN: _when,
    "Months": lambda row: row["months"],
    _MILLIONS: draw.number("value_usd_millions"),
    _SHARE: draw.number("share_of_russian_imports_pct"),
    "Published by": "by",
    "Note": "note",
}
