"""China's dual-use goods for Russia: published figures, each for its own goods and time."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import Cell, Fixed, Position, encode
from ..facts import evidence, tables

Row = dict[str, Any]

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

#: The headings of the table that the drawing shows.
_GOODS, _WHEN = "Goods", "When"
_MILLIONS, _SHARE = "Million U.S. dollars", "Share of Russia's imports (%)"

NOTHING = "no value printed"
LINE, GAP = 17, 16
WIDTH_OF_TEXT = 34
#: Characters of a figure and its time that a phone has room for on one line.
LONGEST = 44


def goods_options() -> list[tuple[str, str]]:
    """(label, value) of every group of goods."""
    return [(label, one) for one, (label, _) in GOODS.items()]


def drawing_options() -> list[tuple[str, str]]:
    """(label, value) of the two ways to draw."""
    return [(label, one) for one, label in DRAWINGS.items()]


def figures(
    trade: pd.DataFrame, sources: pd.DataFrame, goods: str = "machines", drawing: str = "apart"
) -> Chart:
    """Published figures on a group of goods: each a bar over its time, with its number beside it.

    ``trade`` is (rows of) the table ``dual_use_trade``, ``sources`` the table of that name;
    ``goods`` is a key of `GOODS`, ``drawing`` one of `DRAWINGS`. "joined" runs a line through all
    values in dollars, to show what such a line hides. Raises ``KeyError`` for an unknown word.
    """
    label, _ = GOODS[goods]
    if drawing not in DRAWINGS:
        raise KeyError(drawing)
    publishers = dict(zip(sources["id"], sources["publisher"], strict=True))
    rows = [row for row in _rows(trade, publishers) if row["goods"] == goods]
    if drawing == "joined":
        rows = [row for row in rows if not _blank(row["value_usd_millions"])]
    title, description = _title_and_description(rows, label, drawing)
    return Chart(
        (_apart if drawing == "apart" else _joined)(rows),
        title=title,
        subtitle=_subtitle(drawing),
        description=description,
        table=_table(rows),
        sources=[one for row in rows for one in row["sources"]],
        refs=evidence.refs("dual_use_trade", (row["id"] for row in rows)),
        known="rows",
        misleading=drawing == "joined",
        name=f"trade-{goods}",
        legend=(
            _legend(rows)
            if drawing == "apart"
            else [("●", "one published figure"), ("─", "a line that nobody measured")]
        ),
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
def _apart(rows: list[Row]) -> go.Figure:
    """Items below one another; each figure a bar over its time, its number above it."""
    y = 0.0
    heads, texts, bars, marks = [], [], [], []
    heights: list[tuple[int, int]] = []  # of the heads: the row they begin, and how tall they are
    above: list[int] = []  # how far above its bar the text of a row stands
    first = min((row["start"] for row in rows), default=pd.Timestamp("2021-01-01")).replace(
        month=1, day=1
    )
    last = max((row["end"] for row in rows), default=pd.Timestamp("2025-12-31")).replace(
        month=12, day=31
    )
    for number, row in enumerate(rows):
        if not number or row["item"] != rows[number - 1]["item"]:
            head = theme.wrapped(row["item"], WIDTH_OF_TEXT)
            y += 6 if number else 0
            heads.append((first, y, "<br>".join(f"<b>{one}</b>" for one in head.split("<br>"))))
            tall = LINE * (head.count("<br>") + 1) + 6
            heights.append((number, tall))
            y += tall
        said, when = value(row), _when(row)
        # What is too long for a phone goes on two lines, and breaks before the time.
        long = len(said) + len(when) > LONGEST
        texts.append(
            (
                first,
                y,
                theme.escape_html(said) + (",<br>" if long else ", ") + theme.escape_html(when),
            )
        )
        above.append(LINE * (2 if long else 1) + 6)
        y += LINE if long else 0
        bars.append((row["start"], row["end"], y + LINE + 6))
        marks.append((_middle(row), y + LINE + 6))
        y += LINE + GAP
    labels = _labels(rows, [*heads, *texts], heights, above, first)
    return _framed(
        [_times(bars), _middles(marks), labels],
        max(y, 60),
        {"type": "date", "range": [_day(first), _day(last)], "tick0": _day(first)},
        {"range": [max(y, 60), 0], "showgrid": False, "showticklabels": False, "ticks": ""},
        20,
    )


def _times(bars: list[tuple[pd.Timestamp, pd.Timestamp, float]]) -> dict[str, Any]:
    """A bar over the time of each figure."""
    return {
        "type": "scatter",
        "x": [x for start, end, _ in bars for x in (_day(start), _day(end), None)],
        "y": [one for _, _, at in bars for one in (at, at, None)],
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"color": theme.BLUE, "width": 6},
        "meta": encode(
            [one for row in range(len(bars)) for one in (row, row, None)],
            {"x": [Cell(_WHEN, "start"), Cell(_WHEN, "end"), None] * len(bars), "y": Position()},
        ),
    }


def _middles(marks: list[tuple[pd.Timestamp, float]]) -> dict[str, Any]:
    """A mark in the middle of each time."""
    return {
        "type": "scatter",
        "x": [_day(day) for day, _ in marks],
        "y": [at for _, at in marks],
        "mode": "markers",
        "marker": {"size": 9, "color": theme.BLUE},
        "hoverinfo": "skip",
        "meta": encode(range(len(marks)), {"x": Cell(_WHEN, "middle"), "y": Position()}),
    }


def _labels(
    rows: list[Row],
    texts: list[tuple[pd.Timestamp, float, str]],
    heights: list[tuple[int, int]],
    above: list[int],
    first: pd.Timestamp,
) -> dict[str, Any]:
    """The items, then the figures with their times, each above what it names."""
    return {
        "type": "scatter",
        "x": [_day(day) for day, *_ in texts],
        "mode": "text",
        "hoverinfo": "skip",
        "y": [text[1] for text in texts],
        "text": [text[2] for text in texts],
        "textposition": "bottom right",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "meta": encode(
            [*(number for number, _ in heights), *range(len(rows))],
            {
                "x": Fixed(_day(first)),
                # A number stands right above its bar, an item above the first of its numbers.
                "y": [
                    *(Position(offset=-tall - above[number]) for number, tall in heights),
                    *(Position(offset=-one) for one in above),
                ],
                "text": [*(Cell(_GOODS, "text") for _ in heights), *map(_printed, rows)],
            },
        ),
    }


def _joined(rows: list[Row]) -> go.Figure:
    """One line through all values in dollars, in the order of time: what must not be done."""
    order = sorted(range(len(rows)), key=lambda at: (_middle(rows[at]), rows[at]["id"]))
    ordered = [rows[at] for at in order]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "cliponaxis": False,
        "x": [_day(_middle(row)) for row in ordered],
        "y": [float(row["value_usd_millions"]) for row in ordered],
        "line": {"color": theme.ORANGE, "width": 2, "dash": "dot"},
        "marker": {"size": 9, "color": theme.ORANGE},
        "hovertext": [
            f"<b>{theme.wrapped(row['item'])}</b><br>{theme.escape_html(value(row))}, {_when(row)}"
            for row in ordered
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "meta": encode(order, {"x": Cell(_WHEN, "middle"), "y": Cell(_MILLIONS)}),
    }
    return _framed(
        [line],
        320,
        {"type": "date"},
        {
            "rangemode": "tozero",
            "tickformat": ",",
            "title": {"text": "million U.S. dollars", "standoff": 4},
        },
        90,
    )


def _framed(
    traces: list[dict[str, Any]],
    height: float,
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
    left: int,
) -> go.Figure:
    still = {"fixedrange": True, "automargin": False}
    return theme.figure(
        *traces,
        height=height + 38,
        showlegend=False,
        margin={"l": left, "r": 12, "t": 4, "b": 30, "autoexpand": False},
        xaxis={**still, "dtick": "M12", "tickformat": "%Y", **xaxis},
        yaxis={**still, **yaxis},
    )


def _printed(row: Row) -> Cell:
    """The cell that the words above a bar are from: dollars, or a share, or that there are none."""
    if not _blank(row["value_usd_millions"]):
        return Cell(_MILLIONS)
    return Cell(_WHEN, "text") if _blank(row["share_of_russian_imports_pct"]) else Cell(_SHARE)


def _middle(row: Row) -> Any:
    """The middle of the time a figure is for."""
    return row["start"] + (row["end"] - row["start"]) / 2


def _day(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%d"))


# -- words -----------------------------------------------------------------------------------------
def _blank(cell: Any) -> bool:
    return bool(pd.isna(cell))


def value(row: Row) -> str:
    """What was published: `$68 million, 57 % of Russia's imports`, or that no number was."""
    dollars, share = row["value_usd_millions"], row["share_of_russian_imports_pct"]
    parts = []
    if not _blank(dollars):
        parts.append(
            f"${dollars / 1000:,.4g} billion" if dollars >= 1000 else f"${dollars:,.4g} million"
        )
    parts += [] if _blank(share) else [f"{share:.4g} % of imports"]
    return " · ".join(parts) or NOTHING


def _when(row: Row) -> str:
    return tables.spell(row["period"])


def _length(months: int) -> str:
    return "one month" if months == 1 else "a year" if months == 12 else f"{months} months"


def _title_and_description(rows: list[Row], goods: str, drawing: str) -> tuple[str, str]:
    """Title and description."""
    if not rows:
        return (
            f"{goods}: no figure in dollars to join",
            "None of these rows has a value in dollars. Choose “Apart”.",
        )
    items, lengths = {row["item"] for row in rows}, sorted({row["months"] for row in rows})
    figures, kinds = _so_many(len(rows), "figure"), _so_many(len(items), "kind")
    times = (
        f"{figures} for {kinds} of goods, over times of"
        f" {', '.join(_length(one) for one in lengths)}"
    )
    if drawing == "joined":
        if len(rows) == 1:
            return (
                f"{goods}: one figure makes no line",
                f"{times}. There is nothing to join it with.",
            )
        mixed = [
            *([f"{kinds} of goods"] if len(items) > 1 else []),
            *([f"{len(lengths)} lengths of time"] if len(lengths) > 1 else []),
        ]
        why = f"it mixes {' and '.join(mixed)}" if mixed else "nobody measured between its marks"
        return (
            f"{goods}. Do not read this line: {why}",
            (
                f"{times}, joined by a line. That is a mistake: between two marks nobody measured"
                " anything."
            ),
        )
    blank = sum(value(row) == NOTHING for row in rows)
    return (
        f"{goods}: {figures} on {kinds} of goods, and not one series",
        (
            f"{times}. Without a number: {blank or 'none'}. What each says stands above its bar,"
            " and in the table."
        ),
    )


def _so_many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _subtitle(drawing: str) -> str:
    apart = "Value in U.S. dollars or share of Russia's imports, over the time each figure is for"
    joined = "Values in million U.S. dollars, each at the middle of its time"
    return (
        f"{apart if drawing == 'apart' else joined}; as of {tables.spell(tables.knowledge_as_of())}"
    )


def _legend(rows: list[Row]) -> list[tuple[str, str]]:
    return [("━●━", "the time a figure is for: a short bar is one month")] if rows else []


def _table(rows: list[Row]) -> pd.DataFrame:
    numbers = ("value_usd_millions", "share_of_russian_imports_pct")
    return pd.DataFrame(
        [
            [
                row["item"],
                _when(row),
                row["months"],
                *(None if _blank(row[one]) else float(row[one]) for one in numbers),
                row["by"],
                row["note"] if isinstance(row["note"], str) else "",
            ]
            for row in rows
        ],
        columns=[
            _GOODS,
            _WHEN,
            "Months",
            _MILLIONS,
            _SHARE,
            "Published by",
            "Note",
        ],
    )
