"""Quotations: who said what and where, how sure the words sound, and what became of predictions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    At,
    Bin,
    Cell,
    Channel,
    Fixed,
    Mapped,
    Part,
    Position,
    decoration,
    encode,
    encode_layout,
)
from ..facts import citations, evidence, tables
from ..methods import language
from ..protocol import ListColumns, Mobile, RowRules

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
    "neutral": "neutral",
    "supportive": "supportive",
    "not-about-it": "not about the deployment",
}
#: Filters of the cards: the option for everything, the column, and the labels.
FILTERS = {
    "lane": ("All places", "lane", LANES),
    "kind": ("All speakers", "speaker_kind", SPEAKERS),
    "topic": ("All topics", "topic", TOPICS),
    "stance": ("All stances", "stance_on_deployment", STANCES),
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
#: Stops of the as-of stepper; the last is everything known. Hindsight begins after all of them.
AS_OF = (
    "2024-10-17",
    "2024-10-18",
    "2024-10-23",
    "2024-10-31",
    "2024-11-27",
    "2025-01-20",
    "2025-04-28",
    "2025-12-31",
)
LATER = "9999"


@dataclass(frozen=True)
class Outcome:
    """What became of a prediction: ``sign``, ``label``, ``heading``, plotly's symbol and colour.

    Also how a cell ``what_happened`` begins that says so.
    """

    sign: str
    label: str
    heading: str
    symbol: str
    colour: str
    begins: str


#: The coding is a judgement of ours that a reader may contest; it stands in the data, as the first
#: words of a cell.
OUTCOMES = {
    "right": Outcome(
        "●", "came true", "came<br>true", "circle", theme.BLUE, r"(largely )?(right|kept)\b"
    ),
    "partly": Outcome("◇", "in part", "in<br>part", "diamond-open", theme.PURPLE, r"partly\b"),
    "wrong": Outcome(
        "✕",
        "not so far",
        "not<br>so far",
        "x-thin-open",
        theme.ORANGE,
        r"(wrong|not (kept|so far))\b",
    ),
    "open": Outcome("○", "open", "open", "circle-open", theme.GREY, r"open\b"),
}
CERTAINTY = {
    "sure": "only words of certainty",
    "both": "words of certainty and of doubt",
    "careful": "only words of doubt",
    "plain": "neither",
}
PROMISES = {"prediction": "prediction", "promise": "promise"}
#: How outcomes may be grouped: words for people, labels of the lanes, and the column.
GROUPS = {
    "kind": ("kind of speaker", SPEAKERS, "speaker_kind"),
    "place": ("place", LANES, "lane"),
    "promise": ("prediction or promise", PROMISES, "claim_type"),
    "certainty": ("words of the sentence", CERTAINTY, "certainty"),
}
#: Kinds of words (keys of `language.HEDGE_KINDS`) that bear on how sure a sentence is, under names
#: for readers.
WORDS = {
    "modal": "helping verbs",
    "probability": "words of likelihood",
    "belief": "words of belief",
    "evidential": "words about evidence",
    "booster": "words of certainty",
}
#: So many sentences stand beside a word that was found.
MOST_SENTENCES = 3

STATEMENT, PREDICTION = "●", "◆"
CARD: ListColumns = {
    "when": "Date",
    "status": "Kind of statement",
    "title": "Words",
    "body": "Who, and where",
    "note": "Seen later",
}
_RANGE = "Range"
# Sizes in pixels; ``ACROSS`` marks stand side by side in a column. The strip of likelihood has a
# label above each bar.
ACROSS = 5
MARK, ROW, LANE_HEAD, LANE_FOOT, FOOT = 10, 17, 24, 6, 44
HEAD, SCALE_ROW, FOUND_ROW = 30, 52, 38
MOBILE: Mobile = {"marks": 0.6}


# -- quotations kept back --------------------------------------------------------------------------
#: Quotations for the question "Which capital said this?": the beginnings of the hashes of their
#: ids, so that neither this file nor a notebook tells who said them.
HELD_BACK = ("69403011", "6ae769ff", "93c054e2", "a83700bd", "054c4e1c")


def held_back(quotes: pd.DataFrame) -> pd.DataFrame:
    """The quotations that a lesson asks about, in the order of `HELD_BACK`.

    `quotes`: rows of the table quotes.
    """
    order = {mark: index for index, mark in enumerate(HELD_BACK)}
    marks = quotes["id"].map(_hash)
    return quotes[marks.isin(HELD_BACK)].sort_values(
        "id", key=lambda ids: ids.map(_hash).map(order)
    )


def on_show(quotes: pd.DataFrame) -> pd.DataFrame:
    """All other quotations: what a chart or card may show before that question is answered."""
    return quotes[~quotes["id"].map(_hash).isin(HELD_BACK)].reset_index(drop=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


# -- cards by place and date -----------------------------------------------------------------------
def by_place(quotes: pd.DataFrame) -> Chart:
    """Quotations as marks, lanes by place and columns by date; the list below has their cards.

    `quotes` is (rows of) the table quotes. A diamond is a prediction or a promise, a circle any
    other statement; all places are drawn alike. A date of which only the month is known stands in
    the column of its last day. It has row filters: its rows carry the columns to filter by,
    ``lane``, ``kind``, ``topic``, ``stance`` and ``known``. Every quotation is two rows, before and
    with hindsight; only the second, which holds when no day is chosen, tells what was seen later.
    """
    cards = _cards(quotes)
    x, y, tops, height = _placed(cards["lane"], cards["column"], LANES)
    cards = cards.assign(x=x, y=y)
    rows = pd.concat(
        [cards.assign(until=LATER, later=""), cards.assign(known=LATER, until="")],
        ignore_index=True,
    )
    rows["sources"] = [
        ids[:1] if until else ids for ids, until in zip(rows["sources"], rows["until"], strict=True)
    ]
    symbols = {STATEMENT: "circle", PREDICTION: "diamond"}
    says: dict[str, Channel] = {
        "x": Bin("Date", tuple(end for end, _ in PERIODS)),
        "y": Position("any", group="Place", headed=True),
        "marker.symbol": Mapped("Kind of statement", symbols),
    }
    traces = [
        _marks(rows[rows["sign"] == sign], symbols[sign], colour, says)
        for sign, colour in ((STATEMENT, theme.BLUE), (PREDICTION, theme.ORANGE))
    ]
    return Chart(
        _grid(traces, tops, LANES, height, [label for _, label in PERIODS]),
        subtitle=_span_of(cards, "Quotations by place and date"),
        table=_card_table(rows),
        sources=list(rows["sources"]),
        refs=evidence.refs("quotes", rows["id"]),
        name="quotations",
        row_filters=_card_row_filters(rows),
        list_columns=CARD,
        legend=[
            (STATEMENT, "statement"),
            (PREDICTION, "prediction or promise"),
            ("", "a month without a day stands at its end"),
        ],
        mobile=MOBILE,
    )


def _cards(quotes: pd.DataFrame) -> pd.DataFrame:
    """The quotations by date with all that a card says: one treatment for every speaker."""
    people = tables.read("speakers").set_index("id")["name"]
    kinds = dict(tables.read("sources").set_index("id")["kind"])
    last = tables.span(quotes["date"])["end"]
    cards = quotes.assign(
        known=last.dt.strftime("%Y-%m-%d"),
        lane=_lanes(quotes),
        name=quotes["speaker"].map(people),
        sign=[PREDICTION if one else STATEMENT for one in quotes["is_prediction"]],
    )
    cards["column"] = [
        next(index for index, (end, _) in enumerate(PERIODS) if day <= end)
        for day in cards["known"]
    ]
    cards["who"] = [
        f"{row.name}, {row.role_at_time} ({row.affiliation}). {_sentence(row.outlet_or_setting)}"
        f"{' Translated.' if row.translated else ''}"
        f"{' The page shortens or joins the words.' if row.verified == 'near' else ''}"
        f" Read at: {_read_at(row.sources[0], kinds)}"
        for row in tables.tuples(cards)
    ]
    named = {row.id: f"{row.name}, {tables.spell(row.date)}" for row in tables.tuples(cards)}
    cards["later"] = [_later(row, named) for row in tables.tuples(cards)]
    return cards.sort_values(["known", "id"], kind="stable").reset_index(drop=True)


def _lanes(quotes: pd.DataFrame) -> list[str]:
    """Each quotation's lane: a body of states, a country of the story, or another state."""
    return [
        "bodies" if body in BODIES else country if country in LANES else "other"
        for country, body in zip(quotes["country_iso3"], quotes["affiliation"], strict=True)
    ]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _read_at(source: str, kinds: dict[str, str]) -> str:
    """Where the words were read, and what kind of outlet that is."""
    return f"{citations.link(source)[0]} ({kinds[source].replace('-', ' ')})."


def _later(row: Any, named: dict[str, str]) -> str:
    """What is known with hindsight: the outcome, if any, and what a careful reader should know.

    `named` has words for the ids of rows, to which notes point.
    """
    happened = (
        f"What happened: {_sentence(row.what_happened)}"
        if isinstance(row.what_happened, str)
        else ""
    )
    note = f"Note: {_sentence(row.note)}" if isinstance(row.note, str) else ""
    text = f"{happened} {note}".strip()
    return re.sub(
        r"\brow ([a-z0-9]+(?:-[a-z0-9]+)+)", lambda found: named.get(found[1], found[0]), text
    )


def _card_row_filters(rows: pd.DataFrame) -> RowRules:
    present = {"lane": LANES, "kind": SPEAKERS, "topic": TOPICS, "stance": STANCES}
    return {
        "columns": {
            "lane": list(rows["lane"]),
            "kind": list(rows["speaker_kind"]),
            "topic": list(rows["topic"]),
            "stance": list(rows["stance_on_deployment"]),
            "known": [
                [known, until] if until else known
                for known, until in zip(rows["known"], rows["until"], strict=True)
            ],
        },
        "span": "known",
        "total": rows["id"].nunique(),
        "labels": present,
        "when": [tables.spell(date) for date in rows["date"]],
        "templates": {
            "title": {
                "many": "{n} quotations: largest lane {most:lane}, commonest stance {most:stance}",
                "one": "One quotation fits: {first}, {tally:lane}",
                "none": "No quotation fits these choices",
            },
            "description": {
                "many": (
                    "{n} of the {total} quotations are shown, from {first} to {last}. By place:"
                    " {tally:lane}. By stance to the deployment: {tally:stance}."
                ),
                "one": (
                    "One of the {total} quotations is shown: {first}, {tally:lane}; stance:"
                    " {tally:stance}."
                ),
                "none": (
                    "None of the {total} quotations fits. Choose “All” in one of the lists, or a"
                    " later day under “Known by”."
                ),
            },
        },
    }


def _card_table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Date": [tables.spell(date) for date in rows["date"]],
            "Words": [f"“{text}”" for text in rows["text"]],
            "Who, and where": rows["who"],
            "Place": rows["lane"].map(LANES),
            "Kind of speaker": rows["speaker_kind"].map(SPEAKERS),
            "Topic": rows["topic"].map(TOPICS),
            "Stance": rows["stance_on_deployment"].map(STANCES),
            "Kind of statement": [f"{row.sign} {row.claim_type}" for row in tables.tuples(rows)],
            "Seen later": rows["later"],
        }
    )


# -- what became of predictions --------------------------------------------------------------------
def outcome(what_happened: object) -> str | None:
    """The key of `OUTCOMES` that a cell `what_happened` begins with; ``None`` for no such one."""
    text = str(what_happened).casefold()
    return next((name for name, one in OUTCOMES.items() if re.match(one.begins, text)), None)


def certainty(text: object) -> str:
    """How sure a sentence sounds, as a key of `CERTAINTY`, by what `language.hedges` finds."""
    kinds = {one.kind for one in language.hedges(text)} & set(WORDS)
    if kinds == {"booster"}:
        return "sure"
    return "plain" if not kinds else "both" if "booster" in kinds else "careful"


def outcomes(quotes: pd.DataFrame, group: str = "kind") -> Chart:
    """Predictions and promises: a lane for each value of a group, a column for what became of them.

    `quotes` is rows of the table quotes; those that are no prediction, or whose outcome is not
    coded, are left out. `group` is a key of `GROUPS`. Marks are counted, never shared out: the
    groups are far too small for per cents. Raises ``KeyError`` for an unknown group.
    """
    label, labels, column = GROUPS[group]
    cards = _cards(quotes[quotes["is_prediction"]])
    cards["outcome"] = cards["what_happened"].map(outcome)
    cards = cards[cards["outcome"].notna()].reset_index(drop=True)
    cards["certainty"] = cards["text"].map(certainty)
    columns = {name: index for index, name in enumerate(OUTCOMES)}
    x, y, tops, height = _placed(cards[column], cards["outcome"].map(columns), labels)
    cards = cards.assign(x=x, y=y)
    table = _outcomes_table(cards, labels, label, column)
    says: dict[str, Channel] = {
        "y": Position("any", group=_capital(label), headed=True),
        "marker.symbol": Mapped("Outcome", {one.sign: one.symbol for one in OUTCOMES.values()}),
    }
    traces = [
        _marks(part, one.symbol, one.colour, {**says, "x": _in_column(part["x"])})
        for name, one in OUTCOMES.items()
        for part in [cards[cards["outcome"] == name]]
    ]
    return Chart(
        _grid(traces, tops, labels, height, [one.heading for one in OUTCOMES.values()]),
        title=_outcomes_title(cards, column, labels),
        subtitle=_span_of(cards, f"Predictions and promises by {label}, counted one by one"),
        description=_outcomes_description(cards, column, labels),
        table=table,
        sources=[one for row in cards["sources"] for one in row],
        refs=evidence.refs("quotes", cards["id"]),
        name=f"outcomes-{group}",
        list_columns=CARD,
        legend=[(one.sign, one.label) for one in OUTCOMES.values()],
        mobile=MOBILE,
    )


def _in_column(positions: Iterable[float]) -> list[Channel]:
    """Each mark stands in the column of its outcome, so far from the middle, where it is named."""
    return [At(reach=0.001, offset=x % 1 - 0.5, columns=("Outcome",)) for x in positions]


def _outcomes_title(cards: pd.DataFrame, column: str, labels: dict[str, str]) -> str:
    counts = cards["outcome"].value_counts()
    came_true = cards[cards["outcome"] == "right"][column].value_counts()
    title = (
        f"{counts.get('right', 0)} of {len(cards)} predictions and promises came true, "
        f"{counts.get('partly', 0)} in part"
    )
    if came_true.empty:
        return title
    first = [
        f"{labels[name]} ({came_true[name]} of {(cards[column] == name).sum()})"
        for name in labels
        if came_true.get(name) == came_true.max()
    ]
    return f"{title}; most in full: {' and '.join(first)}"


def _outcomes_description(cards: pd.DataFrame, column: str, labels: dict[str, str]) -> str:
    if cards.empty:
        return "None is left. Choose quotations that are predictions or promises."
    lanes = {name: cards[cards[column] == name] for name in labels}
    by_lane = [
        f"{_capital(labels[name])}: {_tally(lane)}" for name, lane in lanes.items() if len(lane)
    ]
    return f"{len(cards)} predictions and promises: {_tally(cards)}. {'; '.join(by_lane)}."


def _tally(cards: pd.DataFrame) -> str:
    counts = cards["outcome"].value_counts()
    return ", ".join(
        f"{counts[name]} {one.label}" for name, one in OUTCOMES.items() if name in counts
    )


def _outcomes_table(
    cards: pd.DataFrame, labels: dict[str, str], label: str, column: str
) -> pd.DataFrame:
    table = _card_table(cards)
    table.insert(
        2, "Outcome", [f"{OUTCOMES[name].sign} {OUTCOMES[name].label}" for name in cards["outcome"]]
    )
    if _capital(label) not in table:
        table.insert(3, _capital(label), cards[column].map(labels))
    return table


# -- marks in a grid of lanes and columns ----------------------------------------------------------
def _placed(
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


def _marks(
    rows: pd.DataFrame, symbol: str, colour: str, says: Mapping[str, Channel | Sequence[Channel]]
) -> go.Scatter:
    return go.Scatter(
        ids=[str(number) for number in rows.index],
        x=rows["x"].tolist(),
        y=rows["y"].tolist(),
        mode="markers",
        marker={
            "symbol": symbol,
            "color": colour,
            "opacity": 1,
            "size": MARK,
            "line": {"width": 2, "color": colour},
        },
        hovertext=[
            f"<b>“{theme.wrapped(_short(row.text))}”</b><br>{theme.escape_html(row.name)},"
            f" {tables.spell(row.date)}"
            for row in tables.tuples(rows)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        meta=encode(list(rows.index), says),
    )


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _grid(
    traces: list[go.Scatter],
    tops: dict[str, float],
    labels: dict[str, str],
    height: float,
    headings: list[str],
) -> go.Figure:
    names = _lane_names(tops, labels)
    count = len(headings)
    return theme.figure(
        names,
        *[trace for trace in traces if trace.ids],
        height=height + FOOT,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 4, "b": FOOT - 4, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [0, count],
            "tickvals": [index + 0.5 for index in range(count)],
            "ticktext": headings,
            "tickfont": {"size": 12},
            "ticks": "",
            "showgrid": False,
            "tickangle": 0,
        },
        yaxis=theme.row_axis(height, lines=tops.values()),
        meta=encode_layout(shapes=[{} for _ in range(1, count)]),
        shapes=[
            {
                "type": "line",
                "x0": index,
                "x1": index,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"dash": "dot", "width": 1},
                "layer": "below",
            }
            for index in range(1, count)
        ],
    )


def _lane_names(tops: dict[str, float], labels: dict[str, str]) -> go.Scatter:
    """The name of each lane, at its top."""
    names, y = (_capital(labels[lane]) for lane in tops), [top + 13 for top in tops.values()]
    return theme.lane_names(names, 0, y, decoration("names of the lanes"))


def _span_of(cards: pd.DataFrame, what: str) -> str:
    if cards.empty:
        return what
    return (
        f"{what}, {tables.spell(cards['date'].iloc[0])} to {tables.spell(cards['date'].iloc[-1])}"
    )


# -- words of likelihood ---------------------------------------------------------------------------
def likelihood(quotes: pd.DataFrame, bands: pd.DataFrame, kind: str = "probability") -> Chart:
    """The bands of ICD 203 in per cent, and under them one kind of words found in the quotations.

    `quotes` is rows of the table quotes, `bands` the table probability_words, `kind` a key of
    `WORDS`. A word of the directive has the range of its band; for any other word the directive
    names none, and a dotted line from end to end says so. Words are found by `language.hedges`, a
    list of words that knows no grammar. Raises ``KeyError`` for an unknown kind.
    """
    found = _found(quotes, bands, kind)
    scale = pd.DataFrame(
        {
            "word": bands["term"],
            "other": bands["other_term"],
            "low": bands["low_pct"],
            "high": bands["high_pct"],
        }
    )
    with_band = int(found["low"].notna().sum())
    return Chart(
        _strip(scale, found, WORDS[kind]),
        title=_likelihood_title(len(found), with_band, WORDS[kind]),
        subtitle=(
            "Range in per cent that ICD 203 gives to a word; below, words found in our quotations"
        ),
        description=(
            f"{len(scale) + len(found)} rows: the {len(scale)} bands of ICD 203, and {len(found)} "
            f"{WORDS[kind]} found in our quotations, of which {with_band or 'none'} "
            f"{'has' if with_band < 2 else 'have'} a band. {_most_used(found)}"
        ),
        table=_likelihood_table(scale, found),
        sources=[*bands["sources"], *found["sources"]],
        name=f"likelihood-{kind}",
        list_columns={"when": "Range", "status": "From", "title": "Word", "body": "Sentence"},
        legend=[("▬", "the range of a band"), ("┄", "no band: the directive does not say")],
    )


def _found(quotes: pd.DataFrame, bands: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One kind of words in the quotations, most frequent first: count, band, one sentence."""
    if kind not in WORDS:
        raise KeyError(kind)
    people = tables.read("speakers").set_index("id")["name"]
    used: dict[str, dict[str, Any]] = {}
    for row in tables.tuples(quotes):
        for one in language.hedges(row.text):
            if one.kind == kind:
                used.setdefault(_listed_form(one.word), {})[row.id] = row
    rows = []
    for word, by_id in used.items():
        low, high = _range_of(word, bands)
        where = list(by_id.values())
        rows.append(
            {
                "word": word,
                "count": len(where),
                "low": low,
                "high": high,
                "sentence": "  ".join(
                    f"“{one.text}” ({people[one.speaker]}, {tables.spell(one.date)})"
                    for one in where[:MOST_SENTENCES]
                ),
                "sources": tuple(dict.fromkeys(one.sources[0] for one in where)),
            }
        )
    frame = pd.DataFrame(rows, columns=["word", "count", "low", "high", "sentence", "sources"])
    return frame.sort_values(["count", "word"], ascending=[False, True]).reset_index(drop=True)


def _listed_form(word: str) -> str:
    """A word as it stands in a list: one space between its parts, small letters but for "I"."""
    return re.sub(r"\bi\b", "I", " ".join(word.casefold().split()))


def _range_of(word: str, bands: pd.DataFrame) -> tuple[float | None, float | None]:
    """The range in per cent of the band of a word of likelihood, or ``None`` twice."""
    for one in language.likelihood_words(word, bands):
        if one.band and _listed_form(one.word) == word:
            row = next(row for row in tables.records(bands) if row["id"] == one.band)
            return float(row["low_pct"]), float(row["high_pct"])
    return None, None


def _likelihood_title(count: int, with_band: int, label: str) -> str:
    if not count:
        return f"There are no {label} in these quotations"
    how_many, verb = {0: ("None", "has"), 1: ("One", "has")}.get(
        with_band, (str(with_band), "have")
    )
    return f"{how_many} of the {count} {label} in our quotations {verb} a band in ICD 203"


def _most_used(found: pd.DataFrame) -> str:
    if found.empty:
        return "Choose another kind of word."
    first = found.iloc[0]
    return f"Most used: “{first['word']}”, in {_times(first['count'])}."


def _times(count: int) -> str:
    return f"{count} quotation{'' if count == 1 else 's'}"


def _likelihood_table(scale: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    def spelled(low: float, high: float) -> str:
        return f"{low:.0f} to {high:.0f} %" if pd.notna(low) else "no band"

    terms = [f"{row.word} · {row.other}" for row in tables.tuples(scale)]
    both = pd.concat(
        [
            scale.assign(word=terms, source="ICD 203", sentence=""),
            found.assign(source=[f"our quotations: {_times(count)}" for count in found["count"]]),
        ]
    )
    return pd.DataFrame(
        {
            "Word": both["word"],
            _RANGE: [
                spelled(low, high) for low, high in zip(both["low"], both["high"], strict=True)
            ],
            "From": both["source"],
            "Sentence": both["sentence"],
        }
    )


def _strip(scale: pd.DataFrame, found: pd.DataFrame, label: str) -> go.Figure:
    second = HEAD + SCALE_ROW * len(scale) + 6
    y_scale = [HEAD + SCALE_ROW * index for index in range(len(scale))]
    y_found = [second + HEAD + FOUND_ROW * index for index in range(len(found))]
    height = second + HEAD + FOUND_ROW * len(found)
    ranges = list(zip(found["low"], found["high"], y_found, strict=True))
    banded_ends = [one for one in ranges if pd.notna(one[0])]
    unknown = [(0.0, 100.0, at) for low, _, at in ranges if pd.isna(low)]
    banded = [len(scale) + at for at, one in enumerate(ranges) if pd.notna(one[0])]
    others = [len(scale) + at for at, one in enumerate(ranges) if pd.isna(one[0])]
    ends = (Cell(_RANGE, "low"), Cell(_RANGE, "high"))
    return theme.figure(
        _bars(
            zip(scale["low"], scale["high"], y_scale, strict=True),
            SCALE_ROW,
            range(len(scale)),
            ends,
            color=theme.BLUE,
            width=9,
        ),
        _bars(banded_ends, FOUND_ROW, banded, ends, color=theme.ORANGE, width=9),
        _bars(
            unknown,
            FOUND_ROW,
            others,
            (Fixed(0.0), Fixed(100.0)),
            color=theme.GREY,
            width=2,
            dash="dot",
        ),
        _bar_labels(scale, y_scale, found, y_found),
        _texts(
            [
                ("<b>The directive ICD 203</b>", 0, "right", 16),
                (f"<b>In our quotations: {label}</b>", 0, "right", second + 16),
            ],
            decoration("headings"),
        ),
        height=height + 40,
        showlegend=False,
        margin={"l": 8, "r": 24, "t": 4, "b": 36, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [0, 100],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0", "25", "50", "75", "100 %"],
        },
        yaxis=theme.row_axis(height, lines=[second]),
    )


def _bars(
    ends: Iterable[tuple[float, float, float]],
    row: int,
    rows: Sequence[int],
    says: tuple[Channel, Channel],
    **line: object,
) -> go.Scatter:
    """Bars from (low, high, top of the row): near the foot of their rows, under the labels.

    ``rows`` are those of the table, and ``says`` is what both ends stand for.
    """
    x, y = [], []
    for low, high, top in ends:
        x += [low, high, None]
        y += [top + row - 14, top + row - 14, None]
    # A row without a band is told by a dotted line, and not by colour.
    looks = {"no band": "dot", "": None}
    meta = encode(
        [one for at in rows for one in (at, at, None)],
        {
            "x": [*says, None] * len(rows),
            "y": Position(offset=row - 14),
            "line.dash": Mapped(_RANGE, looks),
        },
    )
    return go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", meta=meta)


def _bar_labels(
    scale: pd.DataFrame, y_scale: list[int], found: pd.DataFrame, y_found: list[int]
) -> go.Scatter:
    """Where a label's text is anchored.

    It begins where its bar begins (left half), ends where it ends (right half), or stands over its
    middle.
    """

    def beside(low: float, high: float) -> tuple[float, str]:
        return (
            (low, "right")
            if high < 50
            else (high, "left")
            if low > 50
            else ((low + high) / 2, "center")
        )

    labels = [
        (
            f"{theme.escape_html(word)} · {low}–{high} %<br>{theme.escape_html(other)}",
            *beside(low, high),
            top + 16,
        )
        for word, other, low, high, top in zip(
            *(scale[part] for part in scale), y_scale, strict=True
        )
    ]
    labels += [
        (f"“{theme.escape_html(word)}” · {_times(count)}", 0, "right", top + 10)
        for word, count, top in zip(found["word"], found["count"], y_found, strict=True)
    ]
    parts: dict[str, Part] = {"right": "low", "left": "high", "center": "mean"}
    bands = [Cell(_RANGE, parts[side]) for _, _, side, _ in labels[: len(scale)]]
    meta = encode(
        range(len(labels)),
        {
            "x": [*bands, *(Fixed(0) for _ in y_found)],
            "y": [*(Position(offset=16) for _ in y_scale), *(Position(offset=10) for _ in y_found)],
            "text": Cell("Word", "text"),
        },
    )
    return _texts(labels, meta)


def _texts(labels: list[tuple[str, float, str, float]], meta: dict[str, object]) -> go.Scatter:
    """Texts as (text, x, on which side of x, y), with what they stand for."""
    return go.Scatter(
        x=[x for _, x, _, _ in labels],
        y=[y for _, _, _, y in labels],
        mode="text",
        hoverinfo="skip",
        text=[text for text, _, _, _ in labels],
        textfont={"size": 12},
        cliponaxis=False,
        textposition=[f"middle {side}" for _, _, side, _ in labels],
        meta=meta,
    )


# -- choices for the controls ----------------------------------------------------------------------
def options(quotes: pd.DataFrame, which: str) -> list[tuple[str, str | None]]:
    """(label, value) of a filter of `by_place` over these quotations, everything first.

    `which` is ``lane``, ``kind``, ``topic`` or ``stance``. Raises ``KeyError`` for another.
    """
    every, column, labels = FILTERS[which]
    present = set(_lanes(quotes) if which == "lane" else quotes[column])
    return [
        (every, None),
        *((_capital(label), name) for name, label in labels.items() if name in present),
    ]


def as_of_options() -> list[tuple[str, str | None]]:
    """(label, value) of the stops of the as-of stepper; the last is everything the tables know."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [*((tables.spell(day), day) for day in AS_OF), (last, None)]


def word_options() -> list[tuple[str, str]]:
    """(label, value) of every kind of word in the strip of likelihood."""
    return [(_capital(label), name) for name, label in WORDS.items()]


def group_options() -> list[tuple[str, str]]:
    """(label, value) of every way to group the outcomes."""
    return [(_capital(label), name) for name, (label, _, _) in GROUPS.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
