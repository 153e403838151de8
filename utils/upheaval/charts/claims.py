"""The article's claims in order: what kind of sentence each is, and how it stands today."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from ..encoding import At, Category, Cell, Fact, decoration, encode, encode_layout
from ..facts import citations, evidence, tables
from ..protocol import ListColumns, RowRules, Story
from . import draw
from .draw import Chart, Mark, Row, Trace, theme

#: The article itself, in the table of sources: every claim was read there.
ARTICLE = evidence.ARTICLE

#: Kinds of sentence, from what can be looked up to what only asks: kind in the table, words on the
#: chart.
KINDS = {
    kind: kind
    for kind in ("fact", "estimate", "interpretation", "opinion", "prediction", "question")
}

#: How a claim stands against later evidence. A square holds at least in the main.
ASSESSMENTS = {
    "supported": Mark(*theme.HOLDS, theme.BLUE, "public evidence agrees"),
    "mostly-supported": Mark(
        *theme.PARTLY, theme.BLUE, "agrees in the main, but not in every part"
    ),
    "mixed": Mark(*theme.MIXED, theme.ORANGE, "agrees in part, speaks against it in part"),
    "contradicted": Mark(*theme.FAILS, theme.ORANGE, "speaks against it"),
    "open": Mark(*theme.OPEN, theme.GREY, "not settled yet"),
    "not-checkable": Mark(*theme.UNTOLD, theme.GREY, "no evidence could settle it"),
}


def word(value: str) -> str:
    """A value of the table in words: "not-checkable" is "not checkable"."""
    return value.replace("-", " ")


#: The same with the value itself in words, and that with its sign.
NAMED = {value: replace(mark, meaning=word(value)) for value, mark in ASSESSMENTS.items()}
SIGNED = {value: mark.signed for value, mark in NAMED.items()}

#: Whether public evidence could show a claim to be right or wrong.
CHECKABLE = {
    "yes": Mark(*theme.HOLDS, theme.BLUE, "evidence could decide it"),
    "partly": Mark(*theme.PARTLY, theme.ORANGE, "evidence could decide a part"),
    "no": Mark(*theme.UNTOLD, theme.GREY, "evidence cannot decide it"),
}

#: What the claims are about, in a few groups: words on the chart, topics in the table.
SUBJECTS = {
    "The war and outside support": ("war", "escalation", "aid", "china", "axis"),
    "The soldiers and the alliance": ("troops", "dprk-russia", "alliance"),
    "What Pyongyang may gain": ("payback", "history"),
    "U.S. policy": ("us-policy",),
    "NATO allies and South Korea": ("allies",),
    "Who the experts are": ("source",),
}
_SUBJECT_OF = {topic: subject for subject, topics in SUBJECTS.items() for topic in topics}

#: Whose view a claim is: speaker in the table, words on the chart.
SPEAKERS = {
    "author": "the article itself",
    "Victor Cha": "Victor Cha, quoted",
    "Matthew Kroenig": "Matthew Kroenig, quoted",
    "author, for NATO allies": "the article, for NATO allies",
}

# Sizes in pixels. Neighbours in the text stand a step apart in height, so that marks do not touch
# on a phone.
MARK, NAME = 12, 12
LANE_HEAD, STEP, LANE_FOOT = 22, 16, 8
TOP = 22
#: Headings of the table that the drawing refers to.
_CLAIM, _ASSESSMENT = "Claim", "Assessment"
LIST: ListColumns = {
    "when": _CLAIM,
    "status": "Labels",
    "title": "What the article says, in our words",
    "body": "What public evidence says",
    "note": "For a careful reader",
}
#: What the lists offer for everything.
_ALL = {"kind": "All kinds", "subject": "All subjects", "assessment": "Any assessment"}

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "axis": "Place in the article: 1 is the title",
    "article": "the article",
    "headline": "{claim}, {verb} {who}",
    "evidence": "{evidence} Read in: {pages}.",
    "claim": "Claim {order}",
    "subtitle": "Claims in the order of the article, in our words, by kind of sentence; the sign is"
    " our assessment",
    "quoted": "the words of a quoted expert",
}
TEMPLATES: Any = {
    "title": {
        "many": "{story}",
        "one": "{story}",
        "none": "No claim fits these choices",
    },
    "description": {
        "many": "{told} Marked: {share} claims, from {first} to {last} in the order of"
        " the article. By kind: {tally:kind}. By assessment: {tally:assessment}. By subject:"
        " {tally:subject}.",
        "one": "{told} It is one of {total} claims; its kind: {tally:kind}.",
        "none": "None of the {total} claims fits. Choose “All” or “Any” in one of the lists: not"
        " every subject has every kind of sentence and every assessment.",
    },
}
#: Which assessment is told in words before the others.
_FIRST = ("contradicted", "mixed", "supported")


# -- choices for the controls ----------------------------------------------------------------------
def kind_options(claims: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every kind of sentence that has claims, and all of them first."""
    return draw.options(KINDS, first=_ALL["kind"], only=set(claims["kind"]))


def subject_options(claims: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every subject that has claims, and all of them first."""
    present = set(claims["topic"].map(_SUBJECT_OF))
    return draw.options({one: one for one in SUBJECTS}, first=_ALL["subject"], only=present)


def assessment_options(claims: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every assessment that has claims, with its sign, and any of them first."""
    return draw.options(SIGNED, first=_ALL["assessment"], only=set(claims["assessment"]))


# -- the claims in order ---------------------------------------------------------------------------
def browser(claims: pd.DataFrame) -> Chart:
    """Every claim in the order of the article, one mark a claim, in lanes by kind of sentence.

    ``claims`` is (rows of) the table ``claims``. The mark's symbol is the assessment; grey bands
    show where the article quotes an expert. It has row filters: its rows carry the columns to
    filter by, ``kind``, ``subject`` and ``assessment``.
    """
    rows = rows_of(claims)
    quoted = _quoted(rows)
    present = [mark for value, mark in NAMED.items() if (rows["assessment"] == value).any()]
    return Chart(
        _figure(rows, quoted),
        subtitle=TEXTS["subtitle"],
        table=draw.table(tables.records(rows), _COLUMNS),
        sources=[[ARTICLE, *sources] for sources in rows["sources"]],
        refs=evidence.refs("claims", rows["id"]),
        name="claims",
        row_filters=_row_filters(rows),
        list_columns=LIST,
        legend=[*present, *([("▒", TEXTS["quoted"])] if quoted else [])],
        mobile={"marks": 0.75},
    )


def rows_of(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims in the order of the article, with their subject."""
    named = claims.assign(subject=claims["topic"].map(_SUBJECT_OF))
    return named.sort_values("order").reset_index(drop=True)


def _quoted(rows: pd.DataFrame) -> list[tuple[str, int, int]]:
    """(name, first place, last place) of each stretch in which one expert speaks."""
    stretches: list[tuple[str, int, int]] = []
    said = rows[rows["speaker_id"].notna()]
    for name, order in zip(said["speaker"].tolist(), said["order"].tolist(), strict=True):
        if stretches and stretches[-1][0] == name and stretches[-1][2] == order - 1:
            stretches[-1] = (name, stretches[-1][1], order)
        else:
            stretches.append((name, order, order))
    return stretches


def _row_filters(rows: pd.DataFrame) -> RowRules:
    return {
        "columns": {name: list(rows[name]) for name in ("kind", "subject", "assessment")},
        "total": len(rows),
        "labels": {
            "kind": KINDS,
            "subject": {subject: subject for subject in SUBJECTS},
            "assessment": {value: mark.meaning for value, mark in NAMED.items()},
        },
        "when": [TEXTS["claim"].format(order=order) for order in rows["order"]],
        "story": _story(rows),
        "templates": TEMPLATES,
    }


def _headline(row: Any) -> str:
    """What a claim says, whole, and who says it: in a title it is not ours."""
    verb = "asks" if row.paraphrase.endswith("?") else "says"
    who = row.speaker if pd.notna(row.speaker_id) else TEXTS["article"]
    claim = draw.words(row.gist) or row.paraphrase.rstrip(".?")
    return TEXTS["headline"].format(claim=claim, verb=verb, who=who)


def _story(rows: pd.DataFrame) -> Story:
    """What the claims say and how we judge them. One that evidence speaks against leads, and of
    others one that it could decide.
    """
    kinds, could = list(rows["assessment"]), list(rows["checkable"])
    return {
        "noun": "claim",
        "headlines": [_headline(row) for row in tables.tuples(rows)],
        "names": {},
        "leading": [
            at
            for one in _FIRST
            for sure in CHECKABLE
            for at in range(len(rows))
            if (kinds[at], could[at]) == (one, sure)
        ],
        "phases": {},
        "status": "assessment",
        "signs": SIGNED,
        "denials": {},
        "objects": {},
        "silent": [],
        "public": {},
        "vague": {},
        "signed": True,
    }


def _labels(row: Row) -> list[str]:
    """Kind, topic, speaker and assessment of a claim in words."""
    topic, speaker = word(row["topic"]), SPEAKERS[row["speaker"]]
    return [row["kind"], topic, speaker, SIGNED[row["assessment"]]]


def _evidence(row: Row) -> str:
    pages = dict.fromkeys(citations.link(source)[0] for source in row["sources"])
    return TEXTS["evidence"].format(evidence=row["later_evidence"], pages="; ".join(pages))


_COLUMNS: draw.Columns = {
    _CLAIM: lambda row: TEXTS["claim"].format(order=row["order"]),
    LIST["title"]: "paraphrase",
    LIST["status"]: lambda row: " · ".join(_labels(row)),
    "Kind": "kind",
    "Topic": lambda row: _labels(row)[1],
    "Said by": lambda row: _labels(row)[2],
    "Could evidence decide?": "checkable",
    _ASSESSMENT: lambda row: SIGNED[row["assessment"]],
    LIST["body"]: _evidence,
    LIST["note"]: lambda row: row["note"],
}


# -- drawing ---------------------------------------------------------------------------------------
def _figure(rows: pd.DataFrame, quoted: list[tuple[str, int, int]]) -> go.Figure:
    """Lanes by kind of sentence, a mark a claim, bands where an expert is quoted."""
    lanes = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    lane = LANE_HEAD + 2 * STEP + LANE_FOOT
    tops = {kind: index * lane for index, kind in enumerate(lanes)}
    last = int(rows["order"].max()) if len(rows) else 1
    height = lane * max(len(lanes), 1)
    names = [KINDS[kind] for kind in tops]
    bands: list[dict[str, Any]] = [
        {"x0": _order_of(rows, first, -0.5), "x1": _order_of(rows, end, 0.5)}
        for _, first, end in quoted
    ]
    middles: list[dict[str, Any]] = [
        {"x": _order_of(rows, first, (end - first) / 2)} for _, first, end in quoted
    ]
    y = [top + NAME for top in tops.values()]
    return draw.fixed_figure(
        draw.lane_names(names, 0, y, decoration("names of lanes")),
        *_marks(rows, tops),
        height=height + TOP + 52,
        margin=(8, 8, 4, 48),
        meta=encode_layout(bands, middles),
        xaxis={
            "range": [-0.2, last + 1],
            "tickmode": "array",
            "tickvals": [1, *range(10, last - 4, 10), last],
            "title": {"text": TEXTS["axis"]},
        },
        yaxis=draw.row_axis(height, top=-TOP, lines=tops.values()),
        shapes=[_band(first, end) for _, first, end in quoted],
        annotations=[
            draw.note((first + end) / 2, -TOP / 2, theme.escape_html(name.split()[-1]))
            for name, first, end in quoted
        ],
    )


def _marks(rows: pd.DataFrame, tops: dict[str, int]) -> list[Trace]:
    """One trace for each sign that has claims, at their places in the article, in their lanes."""
    traces = []
    for value, mark in ASSESSMENTS.items():
        here = rows[rows["assessment"] == value]
        each = list(tables.tuples(here))
        y = [tops[row.kind] + LANE_HEAD + (0.5 + row.order % 2) * STEP for row in each]
        deepest = LANE_HEAD + 1.5 * STEP - NAME
        says: dict[str, Any] = {
            "x": Cell(_CLAIM),
            "y": [At(KINDS[row.kind], deepest, "after") for row in each],
            "hovertext": [Fact("claims", row.id, "paraphrase", "text") for row in each],
            "marker.symbol": Category(_ASSESSMENT),
        }
        look: dict[str, Any] = {"size": MARK, "marker": {"opacity": 1}, "name": word(value)}
        if each:
            trace = draw.marks(
                [row.order for row in each],
                y,
                mark.symbol,
                mark.colour,
                encode(list(here.index), says),
                ids=here.index,
                hover=[_hover(row) for row in each],
                **look,
            )
            traces.append(trace)
    return traces


def _hover(row: Any) -> str:
    head = f"Claim {row.order}, {row.kind}"
    return theme.hover(head, theme.wrapped(row.paraphrase), SIGNED[row.assessment])


def _order_of(rows: pd.DataFrame, order: int, plus: float) -> Fact:
    """The place in the article of the claim with this number, and a little more."""
    return Fact("claims", rows.loc[rows["order"] == order, "id"].iloc[0], "order", plus=plus)


def _band(first: int, end: int) -> Trace:
    """A grey band where the article quotes an expert."""
    return {
        "type": "rect",
        "layer": "below",
        "x0": first - 0.5,
        "x1": end + 0.5,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "fillcolor": "rgba(115,123,135,0.22)",
        "line": {"width": 0},
    }
