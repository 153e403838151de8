"""Quotations as cards, all speakers alike, and as marks in a grid of lanes and columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import Channel, decoration, encode, encode_layout
from ..facts import citations, tables
from ..protocol import ListColumns, Mobile
from . import draw
from .draw import Trace, capital, theme

#: Lanes of the cards: key, and words for people. Bodies of several states have a lane of their own.
LANES = {
    "PRK": "North Korea",
    "RUS": "Russia",
    "UKR": "Ukraine",
    "KOR": "South Korea",
    "CHN": "China",
    "USA": "United States",
    "bodies": "NATO, the EU and the UN",
    "other": "Other states",
}
BODIES = ("NATO", "European Union", "United Nations")

SPEAKERS = {
    "head-of-state": "head of state or government",
    "official": "official or politician",
    "military": "military",
    "scholar": "scholar",
    "think-tank": "think tank",
    "journalist": "journalist",
    "state-media": "state media",
}
TOPICS = {
    "deployment": "the deployment",
    "casualties": "casualties",
    "combat-experience": "combat experience",
    "escalation": "escalation",
    "alliance": "the alliance",
    "payback": "what Russia gives back",
    "korea-security": "security in Korea",
    "china-role": "China's part",
    "nato": "NATO and Europe",
    "aid": "aid for Ukraine",
    "biden-approach": "the Biden approach",
    "trump-approach": "the Trump approach",
    "peace-terms": "terms of peace",
    "asia-pivot": "Asia before Europe",
}
STANCES = {
    "alarmed": "alarmed",
    "sceptical-of-impact": "sceptical of its impact",
    "sees-weakness": "sees weakness or waste",
    "neutral": "neutral",
    "supportive": "supportive",
    "not-about-it": "not about the deployment",
}

#: Stances as charts and cards show them: who denies that there is a deployment takes none to it,
#: and is not neutral.
DENIAL = "denial"
STANCES_SHOWN = {**STANCES, DENIAL: "denies it"}

STATEMENT, PREDICTION = "■", "★"
KIND = "Kind of speaker"
CARD: ListColumns = {
    "when": "Date",
    "status": "Kind of statement",
    "title": "Words",
    "body": "Who, and where",
    "note": "Seen later",
}
#: Columns of the chart of cards: last day, and the label under the column.
PERIODS = (
    ("2024-09-30", "to Sep<br>2024"),
    ("2024-10-17", "1–17<br>Oct"),
    ("2024-10-22", "18–22<br>Oct"),
    ("2024-10-31", "23–31<br>Oct"),
    ("2024-11-30", "Nov<br>2024"),
    ("2025-04-25", "to Apr<br>2025"),
    ("9999-12-31", "after<br>that"),
)

#: The words of cards.
TEXTS = {
    "who": "{name}, {role} ({of}). {where}{notes} Read at: {page} ({kind}).",
    "translated": " Translated.",
    "near": " The page shortens or joins the words.",
    "weak": " Rests on one weak page.",
    "happened": "What happened: {text}",
    "note": "Note: {text}",
    "span": "{what}, {first} to {last}",
}

# Sizes in pixels; ``ACROSS`` marks stand side by side in a column.
ACROSS = 5
MARK, ROW, LANE_HEAD, LANE_FOOT, FOOT = 10, 17, 24, 6, 44
MOBILE: Mobile = {"marks": 0.6}


# -- quotations kept back --------------------------------------------------------------------------
def held_back(quotes: pd.DataFrame, exercise: str) -> pd.DataFrame:
    """The quotations that an exercise asks about, in its order: those ``held_for`` it.

    `quotes`: rows of the table quotes; `exercise`: its name, as ``04.capital``.
    """
    parts = quotes["held_for"].dropna().str.rpartition("/")
    places = parts.loc[parts[0] == exercise, 2].astype(int).sort_values()
    return quotes.loc[places.index]


def on_show(quotes: pd.DataFrame) -> pd.DataFrame:
    """All other quotations: what a chart or card may show before such a question is answered."""
    return quotes[quotes["held_for"].isna()].reset_index(drop=True)


# -- what a card says ------------------------------------------------------------------------------
def cards_of(quotes: pd.DataFrame) -> pd.DataFrame:
    """The quotations by date with all that a card says: one treatment for every speaker."""
    people = tables.read("speakers").set_index("id")["name"]
    kinds = dict(tables.read("sources").set_index("id")["kind"])
    last = tables.span(quotes["date"])["end"]
    cards = quotes.assign(
        known=last.dt.strftime("%Y-%m-%d"),
        lane=lanes_of(quotes),
        stance=stances_of(quotes),
        name=quotes["speaker"].map(people),
        sign=[PREDICTION if one else STATEMENT for one in quotes["is_prediction"]],
    )
    cards["column"] = [
        next(index for index, (end, _) in enumerate(PERIODS) if day <= end)
        for day in cards["known"]
    ]
    cards["who"] = [_who(row, kinds) for row in tables.tuples(cards)]
    cards["later"] = [_later(row) for row in tables.tuples(cards)]
    return cards.sort_values(["known", "id"], kind="stable").reset_index(drop=True)


def stances_of(quotes: pd.DataFrame) -> list[str]:
    """Each quotation's stance to the deployment; a denial of it is a kind of its own."""
    return [
        DENIAL if kind == "denial" else stance
        for kind, stance in zip(quotes["claim_type"], quotes["stance_on_deployment"], strict=True)
    ]


def lanes_of(quotes: pd.DataFrame) -> list[str]:
    """Each quotation's lane: a body of states, a country of the story, or another state."""
    return [
        "bodies" if body in BODIES else country if country in LANES else "other"
        for country, body in zip(quotes["country_iso3"], quotes["affiliation"], strict=True)
    ]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _who(row: Any, kinds: dict[str, str]) -> str:
    """Who spoke, and where; where the words were read, and what kind of outlet that is."""
    known = {"translated": row.translated, "near": row.verified == "near", "weak": row.weak}
    source = row.sources[0]
    return TEXTS["who"].format(
        name=row.name,
        role=row.role_at_time,
        of=row.affiliation,
        where=_sentence(row.outlet_or_setting),
        notes="".join(TEXTS[one] for one, holds in known.items() if holds),
        page=citations.link(source)[0],
        kind=kinds[source].replace("-", " "),
    )


def _later(row: Any) -> str:
    """What is known with hindsight: the outcome, if any, and what a careful reader should know."""
    cells = {"happened": row.what_happened, "note": row.note}
    return " ".join(
        TEXTS[one].format(text=_sentence(cell))
        for one, cell in cells.items()
        if isinstance(cell, str)
    )


def card_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The cards under headings for people."""
    return pd.DataFrame(
        {
            "Date": [tables.spell(date) for date in rows["date"]],
            "Words": [f"“{text}”" for text in rows["text"]],
            "Who, and where": rows["who"],
            "Place": rows["lane"].map(LANES),
            KIND: rows["speaker_kind"].map(SPEAKERS),
            "Topic": rows["topic"].map(TOPICS),
            "Stance": rows["stance"].map(STANCES_SHOWN),
            "Kind of statement": [f"{row.sign} {row.claim_type}" for row in tables.tuples(rows)],
            "Seen later": rows["later"],
        }
    )


def span_of(cards: pd.DataFrame, what: str) -> str:
    """``what``, and from when to when its cards reach."""
    if cards.empty:
        return what
    first, last = (tables.spell(cards["date"].iloc[at]) for at in (0, -1))
    return TEXTS["span"].format(what=what, first=first, last=last)


# -- marks in a grid of lanes and columns ----------------------------------------------------------
def placed(
    lanes: Iterable[str], columns: Iterable[int], order: dict[str, str]
) -> tuple[list[float], list[float], dict[str, float], float]:
    """Where marks stand (x in columns, y in pixels from the top), lane tops, and the height.

    In a cell, marks fill rows of `ACROSS` from the left, in the order given.
    """
    cells = list(zip(lanes, columns, strict=True))
    seen: dict[tuple[str, int], int] = {}
    numbers = []
    for cell in cells:
        numbers.append(seen.get(cell, 0))
        seen[cell] = numbers[-1] + 1
    tops: dict[str, float] = {}
    height = 0.0
    for lane in (name for name in order if any(name == one for one, _ in cells)):
        tops[lane] = height
        deepest = max(count for (one, _), count in seen.items() if one == lane)
        height += LANE_HEAD + -(-deepest // ACROSS) * ROW + LANE_FOOT
    x = [
        column + (number % ACROSS + 0.5) / ACROSS
        for (_, column), number in zip(cells, numbers, strict=True)
    ]
    y = [
        tops[lane] + LANE_HEAD + (number // ACROSS + 0.5) * ROW
        for (lane, _), number in zip(cells, numbers, strict=True)
    ]
    return x, y, tops, height


def marks(
    rows: pd.DataFrame, symbol: str, colour: str, says: Mapping[str, Channel | Sequence[Channel]]
) -> Trace:
    """The cards at their places, one look for all; what they say is read under a pointer."""
    hover = [
        f"<b>“{theme.wrapped(_short(row.text))}”</b><br>{theme.escape_html(row.name)},"
        f" {tables.spell(row.date)}"
        for row in tables.tuples(rows)
    ]
    return draw.marks(
        rows["x"].tolist(),
        rows["y"].tolist(),
        symbol,
        colour,
        encode(list(rows.index), says),
        size=MARK,
        ids=rows.index,
        hover=hover,
        cut=True,
        marker={"opacity": 1},
    )


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def grid(
    traces: list[Trace],
    tops: dict[str, float],
    labels: dict[str, str],
    height: float,
    headings: list[str],
) -> go.Figure:
    """Marks in lanes under their names, between columns with a heading below each."""
    names, y = (capital(labels[lane]) for lane in tops), [top + 13 for top in tops.values()]
    count = len(headings)
    edge = {"line": {"dash": "dot", "width": 1}}
    return draw.fixed_figure(
        draw.lane_names(names, 0, y, decoration("names of the lanes")),
        *[trace for trace in traces if trace["ids"]],
        height=height + FOOT,
        margin=(4, 4, 4, FOOT - 4),
        xaxis={
            "range": [0, count],
            "tickvals": [index + 0.5 for index in range(count)],
            "ticktext": headings,
            "tickfont": {"size": 12},
            "ticks": "",
            "showgrid": False,
            "tickangle": 0,
        },
        yaxis=draw.row_axis(height, lines=tops.values()),
        meta=encode_layout(shapes=[{} for _ in range(1, count)]),
        shapes=[draw.vertical(index) | edge for index in range(1, count)],
    )
