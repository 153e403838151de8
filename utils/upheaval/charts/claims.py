"""The article's claims: where each kind of sentence stands, and what the article is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import At, Category, Cell, Fact, Units, decoration, encode, encode_layout
from ..facts import citations, evidence, tables
from ..facts.wording import listed
from ..protocol import RowRules
from ..theme import Mark

#: The article itself, in the table of sources: every claim was read there.
ARTICLE = evidence.ARTICLE

#: Kinds of sentence, from what can be looked up to what only asks: kind in the table, words on the
#: chart.
KINDS = {
    kind: kind
    for kind in ("fact", "estimate", "interpretation", "opinion", "prediction", "question")
}

#: How a claim stands against later evidence. A filled mark holds at least in the main.
ASSESSMENTS = {
    "supported": Mark("circle", "●", theme.BLUE, "public evidence agrees"),
    "mostly-supported": Mark("diamond", "◆", theme.BLUE, "agrees in the main, with a reserve"),
    "mixed": Mark("diamond-open", "◇", theme.ORANGE, "agrees in part, speaks against it in part"),
    "contradicted": Mark("x", "✖", theme.ORANGE, "speaks against it"),
    "open": Mark("circle-open", "○", theme.GREY, "not settled yet"),
    "not-checkable": Mark("square-open", "□", theme.GREY, "no evidence could settle it"),
}

#: Whether public evidence could show a claim to be right or wrong.
CHECKABLE = {
    "yes": Mark("circle", "●", theme.BLUE, "evidence could decide it"),
    "partly": Mark("diamond-open", "◇", theme.ORANGE, "evidence could decide a part"),
    "no": Mark("square-open", "□", theme.GREY, "evidence cannot decide it"),
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

# Sizes in pixels. In the browser of sentences neighbours in the text stand a step apart in height,
# so that marks do not touch on a phone.
MARK, NAME = 12, 12
LANE_HEAD, STEP, LANE_FOOT = 22, 16, 8
TOP = 22
UNITS, UNIT = 20, 22
#: Headings of the table that the drawing refers to.
_CLAIM, _ASSESSMENT = "Claim", "Assessment"


def browser(claims: pd.DataFrame) -> Chart:
    """Every claim in the order of the article, one mark a claim, in lanes by kind of sentence.

    ``claims`` is (rows of) the table ``claims``. The mark's symbol is the assessment; grey bands
    show where the article quotes an expert. It has row filters: its rows carry the columns to
    filter by, ``kind``, ``subject`` and ``assessment``.
    """
    rows = _rows(claims)
    quoted = _quoted(rows)
    return Chart(
        _browser_figure(rows, quoted),
        subtitle=(
            "Claims in the order of the article, in our words, by kind of sentence; the sign is our"
            " assessment"
        ),
        table=_table(rows),
        sources=[[ARTICLE, *sources] for sources in rows["sources"]],
        refs=evidence.refs("claims", rows["id"]),
        name="claims",
        row_filters=_row_filters(rows),
        list_columns={
            "when": "Claim",
            "status": "Labels",
            "title": "What the article says, in our words",
            "body": "What public evidence says",
            "note": "For a careful reader",
        },
        legend=[
            *_legend(rows, ASSESSMENTS, "assessment"),
            *([("▒", "the words of a quoted expert")] if quoted else []),
        ],
        mobile={"marks": 0.75},
    )


def _in_order(chosen: pd.DataFrame, _value: str) -> dict[str, Any]:
    """A mark stands at its place in the article, under the name of its lane."""
    deepest = LANE_HEAD + 1.5 * STEP - NAME
    return encode(
        list(chosen.index),
        {
            "x": Cell(_CLAIM),
            "y": [At(KINDS[kind], deepest, "after") for kind in chosen["kind"]],
            "hovertext": [Fact("claims", one, "paraphrase", "text") for one in chosen["id"]],
            "marker.symbol": Category(_ASSESSMENT),
        },
    )


def _browser_figure(rows: pd.DataFrame, quoted: list[tuple[str, int, int]]) -> go.Figure:
    """Lanes by kind of sentence, a mark a claim, bands where an expert is quoted."""
    lanes = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    lane = LANE_HEAD + 2 * STEP + LANE_FOOT
    tops = {kind: index * lane for index, kind in enumerate(lanes)}
    orders: list[int] = rows["order"].tolist()
    y = [
        tops[kind] + LANE_HEAD + (0.5 + order % 2) * STEP
        for kind, order in zip(rows["kind"].tolist(), orders, strict=True)
    ]
    last = max(orders, default=1)
    height = lane * max(len(lanes), 1)
    return theme.figure(
        _lane_names({KINDS[kind]: top for kind, top in tops.items()}, 0),
        *_marks(rows, orders, y, ASSESSMENTS, "assessment", _in_order),
        height=height + TOP + 52,
        meta=encode_layout(
            [
                {"x0": _order_of(rows, first, -0.5), "x1": _order_of(rows, end, 0.5)}
                for _, first, end in quoted
            ],
            [{"x": _order_of(rows, first, (end - first) / 2)} for _, first, end in quoted],
        ),
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 4, "b": 48, "autoexpand": False},
        xaxis={
            **theme.FIXED_AXIS,
            "range": [-0.2, last + 1],
            "tickmode": "array",
            "tickvals": [1, *range(10, last - 4, 10), last],
            "title": {"text": "Place in the article: 1 is the title"},
        },
        yaxis=theme.row_axis(height, top=-TOP, lines=tops.values()),
        shapes=_quoted_bands(quoted),
        annotations=_quoted_names(quoted),
    )


def _quoted_names(quoted: list[tuple[str, int, int]]) -> list[dict[str, Any]]:
    """Each expert's last name, above the band."""
    return [
        {
            "x": (first + end) / 2,
            "y": -TOP / 2,
            "text": theme.escape_html(name.split()[-1]),
            "showarrow": False,
            "font": {"size": 12},
        }
        for name, first, end in quoted
    ]


def _quoted_bands(quoted: list[tuple[str, int, int]]) -> list[dict[str, Any]]:
    """A grey band where the article quotes an expert."""
    return [
        {
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
        for _, first, end in quoted
    ]


@dataclass(frozen=True)
class View:
    """A way to sort the claims: what rows and marks stand for, with words for both."""

    label: str
    rows: str
    marks: str
    group: str


#: What the make-up of the article can be sorted by.
VIEWS = {
    "kind": View("Kind of sentence, with assessment", "kind", "assessment", "kinds of sentence"),
    "kind-checkable": View(
        "Kind of sentence, with “could evidence decide?”", "kind", "checkable", "kinds of sentence"
    ),
    "checkable": View(
        "“Could evidence decide?”, with assessment", "checkable", "assessment", "degrees"
    ),
    "subject": View("Subject, with assessment", "subject", "assessment", "subjects"),
    "speaker": View("Who says it, with assessment", "speaker", "assessment", "voices"),
}


def make_up(claims: pd.DataFrame, by: str = "kind") -> Chart:
    """What the article is made of: one mark a claim, stacked in rows.

    ``claims`` is (rows of) the table ``claims``; ``by`` is a key of `VIEWS` and says what rows and
    marks stand for. Raises ``KeyError`` for an unknown view.
    """
    view = VIEWS[by]
    marks = {"assessment": ASSESSMENTS, "checkable": CHECKABLE}[view.marks]
    names = _row_names(view.rows)
    rows, counts = _counted(claims, view, names, marks)
    x, y, tops, height = _stacked(rows, view.rows, list(counts.index))
    lanes = {
        f"{names[name]}: {_share(int(counts.loc[name].to_numpy().sum()), len(rows))}": top
        for name, top in tops.items()
    }
    groups, sizes = list(counts.index), counts.sum(axis=1)

    def counted(chosen: pd.DataFrame, value: str) -> dict[str, Any]:
        """A mark is one of those that its group, a row of the table, counts under its sign."""
        deepest = {one: LANE_HEAD - NAME + -(-size // UNITS) * UNIT for one, size in sizes.items()}
        inside = chosen[view.rows].tolist()
        return encode(
            [groups.index(one) for one in inside],
            {
                "x": Units(_head(value, marks)),
                "y": [At(f"{names[one]}:", deepest[one], "after") for one in inside],
                "hovertext": [Fact("claims", one, "paraphrase", "text") for one in chosen["id"]],
            },
        )

    figure = _units_figure(
        _lane_names(lanes, 0.5),
        _marks(rows, x, y, marks, view.marks, counted),
        tops.values(),
        height,
    )
    return Chart(
        figure,
        title=_finding(counts, names, marks),
        subtitle=(
            "One mark is one claim of the article; kinds and assessments are our labels, and you"
            " may contest them"
        ),
        description=_tallies(counts, names, marks, view),
        table=_crosstab(counts, names, marks, view),
        sources=[ARTICLE] if len(rows) else [],
        name=f"make-up-{by}",
        legend=_legend(rows, marks, view.marks),
        mobile={"marks": 0.75},
    )


def _units_figure(
    names: dict[str, Any], marks: list[dict[str, Any]], tops: Iterable[float], height: float
) -> go.Figure:
    """Rows of marks under their names."""
    return theme.figure(
        names,
        *marks,
        height=height + 12,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 4, "b": 8, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "range": [0.4, UNITS + 0.6], "visible": False},
        yaxis=theme.row_axis(height, lines=tops),
    )


def _row_names(rows: str) -> dict[str, str]:
    """The names of the rows of a view, in their order."""
    return {
        "kind": KINDS,
        "speaker": SPEAKERS,
        "subject": {subject: subject for subject in SUBJECTS},
        "checkable": {value: mark.meaning for value, mark in CHECKABLE.items()},
    }[rows]


def _counted(
    claims: pd.DataFrame, view: View, names: dict[str, str], marks: Mapping[str, theme.Mark]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The claims in the order of their marks, and how many each row has of each mark."""
    rows = _rows(claims)
    rows = rows.sort_values(
        [view.marks, "order"],
        key=lambda column: column.map(list(marks).index) if column.name == view.marks else column,
        ignore_index=True,
    )
    counts = pd.crosstab(rows[view.rows], rows[view.marks]).reindex(
        index=[name for name in names if (rows[view.rows] == name).any()],
        columns=[value for value in marks if (rows[view.marks] == value).any()],
    )
    return rows, counts


# -- choices for the controls ----------------------------------------------------------------------
def kind_options(claims: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every kind of sentence that has claims, and all of them first."""
    return [
        ("All kinds", None),
        *((KINDS[kind], kind) for kind in KINDS if (claims["kind"] == kind).any()),
    ]


def subject_options(claims: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every subject that has claims, and all of them first."""
    present = set(claims["topic"].map(_SUBJECT_OF))
    return [
        ("All subjects", None),
        *((subject, subject) for subject in SUBJECTS if subject in present),
    ]


def assessment_options(claims: pd.DataFrame) -> list[tuple[str, str | None]]:
    """(label, value) of every assessment that has claims, with its sign, and any of them first."""
    present = set(claims["assessment"])
    return [
        ("Any assessment", None),
        *(
            (f"{mark.sign} {_word(value)}", value)
            for value, mark in ASSESSMENTS.items()
            if value in present
        ),
    ]


def view_options() -> list[tuple[str, str]]:
    """(label, value) of every view of the make-up."""
    return [(view.label, value) for value, view in VIEWS.items()]


# -- rows and places -------------------------------------------------------------------------------
def _rows(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims in the order of the article, with their subject."""
    return (
        claims.assign(subject=claims["topic"].map(_SUBJECT_OF))
        .sort_values("order")
        .reset_index(drop=True)
    )


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


def _stacked(
    rows: pd.DataFrame, column: str, groups: list[str]
) -> tuple[list[float], list[float], dict[str, float], float]:
    """Where marks stand (x in units, y in pixels from the top), group tops, and the height."""
    x, y = [0.0] * len(rows), [0.0] * len(rows)
    tops: dict[str, float] = {}
    height = 0.0
    for group in groups:
        tops[group] = height
        members = rows.index[rows[column] == group]
        for index, number in enumerate(members):
            x[number] = index % UNITS + 1
            y[number] = height + LANE_HEAD + (index // UNITS + 0.5) * UNIT
        height += LANE_HEAD + -(-len(members) // UNITS) * UNIT + LANE_FOOT
    return x, y, tops, height or 1.0


# -- marks -----------------------------------------------------------------------------------------
def _order_of(rows: pd.DataFrame, order: int, plus: float) -> Fact:
    """The place in the article of the claim with this number, and a little more."""
    return Fact("claims", rows.loc[rows["order"] == order, "id"].iloc[0], "order", plus=plus)


def _marks(
    rows: pd.DataFrame,
    x: Sequence[float],
    y: Sequence[float],
    marks: dict[str, Mark],
    column: str,
    encoded: Callable[[pd.DataFrame, str], dict[str, Any]],
) -> list[go.Scatter]:
    """One trace for each sign that has claims; ``encoded`` gives the encoding of its rows."""
    traces = []
    for value, mark in marks.items():
        chosen = rows[rows[column] == value]
        if len(chosen):
            traces.append(
                go.Scatter(
                    ids=[str(number) for number in chosen.index],
                    x=[x[number] for number in chosen.index],
                    y=[y[number] for number in chosen.index],
                    mode="markers",
                    marker={
                        "symbol": mark.symbol,
                        "color": mark.colour,
                        "size": MARK,
                        "opacity": 1,
                        "line": {"width": 2, "color": mark.colour},
                    },
                    cliponaxis=False,
                    hovertext=[
                        f"<b>Claim {row.order}, {row.kind}</b>"
                        f"<br>{theme.wrapped(row.paraphrase)}"
                        f"<br>{ASSESSMENTS[row.assessment].sign} {_word(row.assessment)}"
                        for row in tables.tuples(chosen)
                    ],
                    hovertemplate="%{hovertext}<extra></extra>",
                    name=_word(value),
                    meta=encoded(chosen, value),
                )
            )
    return traces


def _lane_names(lanes: dict[str, float], x: float) -> go.Scatter:
    y = [top + NAME for top in lanes.values()]
    return theme.lane_names(lanes, x, y, decoration("names of lanes"))


def _legend(rows: pd.DataFrame, marks: dict[str, Mark], column: str) -> list[tuple[str, str]]:
    return [
        (mark.sign, mark.meaning if marks is CHECKABLE else _word(value))
        for value, mark in marks.items()
        if (rows[column] == value).any()
    ]


# -- words -----------------------------------------------------------------------------------------
def _word(value: str) -> str:
    """A value of the table in words: "not-checkable" is "not checkable"."""
    return value.replace("-", " ")


def _share(count: int, total: int) -> str:
    return f"{count} of {total} ({100 * count / total:.0f} %)"


def _row_filters(rows: pd.DataFrame) -> RowRules:
    return {
        "columns": {name: list(rows[name]) for name in ("kind", "subject", "assessment")},
        "total": len(rows),
        "labels": {
            "kind": KINDS,
            "subject": {subject: subject for subject in SUBJECTS},
            "assessment": {value: _word(value) for value in ASSESSMENTS},
        },
        "when": [f"claim {order}" for order in rows["order"]],
        "templates": {
            "title": {
                "many": (
                    "{n} claims. Most frequent kind: {most:kind}. Most frequent assessment: "
                    "{most:assessment}"
                ),
                "one": "One claim fits: {first}. Kind: {most:kind}. Assessment: {most:assessment}",
                "none": "No claim fits these choices",
            },
            "description": {
                "many": (
                    "{n} of the {total} claims are marked, from {first} to {last} in the order of"
                    " the article. By kind: {tally:kind}. By assessment: {tally:assessment}. By"
                    " subject: {tally:subject}."
                ),
                "one": (
                    "One of the {total} claims is marked: {first}, {tally:kind},"
                    " {tally:assessment}."
                ),
                "none": (
                    "None of the {total} claims fits. Choose “All” or “Any” in one of the lists:"
                    " not every subject has every kind of sentence and every assessment."
                ),
            },
        },
    }


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    signs = [f"{ASSESSMENTS[value].sign} {_word(value)}" for value in rows["assessment"]]
    said = [SPEAKERS[speaker] for speaker in rows["speaker"]]
    topics = [_word(topic) for topic in rows["topic"]]
    return pd.DataFrame(
        {
            _CLAIM: [f"Claim {order}" for order in rows["order"]],
            "What the article says, in our words": rows["paraphrase"],
            "Labels": [
                " · ".join(labels) for labels in zip(rows["kind"], topics, said, signs, strict=True)
            ],
            "Kind": rows["kind"],
            "Topic": topics,
            "Said by": said,
            "Could evidence decide?": rows["checkable"],
            _ASSESSMENT: signs,
            "What public evidence says": [
                f"{row.later_evidence} Read in: {_publishers(row.sources)}."
                for row in tables.tuples(rows)
            ],
            "For a careful reader": rows["note"],
        }
    )


def _publishers(sources: tuple[str, ...]) -> str:
    return "; ".join(dict.fromkeys(citations.link(source)[0] for source in sources))


def _most(counts: pd.Series) -> tuple[list[Any], int]:
    """The largest groups and their size."""
    top = int(counts.max())
    return list(counts.index[counts == top]), top


def _finding(counts: pd.DataFrame, names: dict[str, str], marks: dict[str, Mark]) -> str:
    """What the largest row says."""
    if counts.empty:
        return "No claim to show"
    total = int(counts.to_numpy().sum())
    largest, size = _most(counts.sum(axis=1))
    if len(largest) > 1:
        return (
            f"Largest groups: {listed([f'“{names[name]}”' for name in largest])}, {size} of"
            f" {total} claims each"
        )
    signs, often = _most(counts.loc[largest[0]])
    labels = [marks[value].meaning if marks is CHECKABLE else _word(value) for value in signs]
    found = (
        f"Largest group: “{names[largest[0]]}”, {size} of {total} claims"
        f" ({100 * size / total:.0f} %)"
    )
    each = " each" if len(labels) > 1 else ""
    return f"{found}; most often {listed([f'“{word}”' for word in labels])} ({often}{each})"


def _tallies(
    counts: pd.DataFrame, names: dict[str, str], marks: dict[str, Mark], view: View
) -> str:
    if counts.empty:
        return "No row has a claim. Choose more of the table’s rows."
    lines = []
    for name, row in counts.iterrows():
        parts = [
            f"{marks[value].meaning if marks is CHECKABLE else _word(value)} {count}"
            for value, count in zip(map(str, row.index), row, strict=True)
            if count
        ]
        lines.append(f"{names[str(name)]} {int(row.sum())} ({', '.join(parts)})")
    return f"{len(counts)} {view.group}, {int(counts.to_numpy().sum())} claims: {'; '.join(lines)}."


def _head(value: str, marks: dict[str, Mark]) -> str:
    """The heading of the column that counts a sign."""
    return f"{marks[value].sign} {marks[value].meaning if marks is CHECKABLE else _word(value)}"


def _crosstab(
    counts: pd.DataFrame, names: dict[str, str], marks: dict[str, Mark], view: View
) -> pd.DataFrame:
    total = int(counts.to_numpy().sum())
    heads = {value: _head(value, marks) for value in map(str, counts)}
    sums = counts.sum(axis=1)
    return pd.DataFrame(
        {
            view.group.capitalize(): [names[name] for name in counts.index],
            **{head: list(counts[value]) for value, head in heads.items()},
            "All": list(sums),
            "Share of all claims (%)": [round(100 * count / total) for count in sums],
        }
    )
