"""Clauses of treaties side by side: what sets them off, what must be done, who has a say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .. import theme
from ..chart import Chart
from ..encoding import At, Category, Cell, Fact, Fixed, Position, decoration, encode
from ..facts import evidence, tables


@dataclass(frozen=True)
class Question:
    """One thing to ask of every clause: the column that answers, and its values, least first.

    A value is (value, heading of a column of the chart, words for a title).
    """

    label: str
    column: str
    answers: tuple[tuple[str, str, str], ...]


QUESTIONS = {
    "obligation": Question(
        "What must be done?",
        "obligation",
        (
            ("consult", "talk", "talks"),
            ("no-help-to-attacker", "not help<br>the attacker", "no help for the attacker"),
            ("act-as-decided", "act: each<br>decides how", "action that each side decides on"),
            ("all-means", "help at once,<br>all means", "help at once with all means"),
        ),
    ),
    "trigger": Question(
        "What sets it off?",
        "trigger",
        (
            ("threat", "a threat", "a threat"),
            ("attack", "an attack", "an attack"),
            ("attack-in-area", "an attack in<br>a named area", "an attack in a named area"),
            (
                "attack-and-war",
                "an attack and<br>a state of war",
                "an attack that brings a state of war",
            ),
        ),
    ),
    "limits": Question(
        "Who has a say?",
        "limits",
        (
            ("no-help", "no help<br>is owed", "no help owed"),
            ("own-judgement", "each judges<br>the need", "each side's own judgement"),
            ("own-law", "own laws<br>decide too", "each side's own laws"),
            ("none", "words leave<br>no choice", "no choice in the words"),
        ),
    ),
}
#: Which treaties: label, and a rule on the parties.
GROUPS = {
    "all": "All clauses",
    "moscow": "Moscow and Pyongyang",
    "four": "Others of the four",
    "washington": "The United States",
}
#: How sure we are of the words: symbol on the chart, sign in the key, meaning.
WORDING = {
    "official": ("circle", "●", "official English text"),
    "translation": ("square", "■", "published translation"),
    "described": ("diamond-open", "◇", "described by others, text not seen"),
}
COLOURS = {"moscow": theme.BLUE, "four": theme.PURPLE, "washington": theme.ORANGE}
HEAD, ROW, LIFT, DROP = 48, 50, 13, 35


def compared(clauses: pd.DataFrame, question: str = "obligation", group: str = "all") -> Chart:
    """Clauses in order of signature, one row each, with a mark in the column of its answer.

    ``clauses`` is the table ``treaty_clauses``; ``question`` a key of `QUESTIONS`, ``group`` one of
    `GROUPS`. The mark says how we know the words. The list under the chart has the words
    themselves. Raises ``KeyError`` for others.
    """
    ask = QUESTIONS[question]
    rows = _in_order(clauses, group)
    clauses_in_order = list(tables.tuples(rows))
    figure = theme.figure(
        *_marks(clauses_in_order, ask),
        _labels(clauses_in_order),
        _headings(ask),
        height=HEAD + ROW * len(rows) + 8,
        showlegend=False,
        margin={"l": 4, "r": 4, "t": 4, "b": 4, "autoexpand": False},
        xaxis=theme.row_axis(
            -0.5, top=len(ask.answers) - 0.5, lines=[at + 0.5 for at in range(len(ask.answers) - 1)]
        ),
        yaxis=theme.row_axis(
            HEAD + ROW * len(rows), lines=[HEAD + ROW * at for at in range(len(rows))]
        ),
    )
    return Chart(
        figure,
        title=_title(rows, ask, group),
        subtitle=f"{ask.label} Our coding of {len(rows)} clauses, by year of signature",
        description=_description(clauses_in_order, ask),
        table=_table(rows, clauses_in_order),
        sources=[one for cell in rows["sources"] for one in cell],
        refs=evidence.refs("treaty_clauses", rows["id"]),
        known="rows",
        name=f"clauses-{question}",
        list_columns={
            "when": "Clause",
            "title": "What must be done",
            "body": "Words",
            "status": "In force",
            "note": "Read with care",
            "highlights": "The words themselves",
        },
        legend=[
            (sign, meaning)
            for wording, (_, sign, meaning) in WORDING.items()
            if wording in set(rows["wording"])
        ],
    )


def _in_order(clauses: pd.DataFrame, group: str) -> pd.DataFrame:
    """The clauses of a group in order of signature, with who agreed to them."""
    names = tables.read("countries").set_index("id")["short_name"]
    rows = clauses.assign(
        group=[_group(parties) for parties in clauses["parties"]],
        who=["–".join(names[code] for code in parties) for parties in clauses["parties"]],
    )
    return (
        rows[rows["group"].eq(group) | (group == "all")]
        .sort_values(["signed", "id"])
        .reset_index(drop=True)
    )


# -- choices for the controls ----------------------------------------------------------------------
def question_options() -> list[tuple[str, str]]:
    """(label, value) of every question."""
    return [(question.label, name) for name, question in QUESTIONS.items()]


def group_options() -> list[tuple[str, str]]:
    """(label, value) of every group of treaties."""
    return [(label, name) for name, label in GROUPS.items()]


# -- marks -----------------------------------------------------------------------------------------
def _trace(**parts: Any) -> dict[str, Any]:
    """A trace as plain values, by default a scatter: so plotly checks it once, not twice."""
    return {"type": "scatter", **parts}


def _group(parties: tuple[str, ...]) -> str:
    if set(parties) & {"USA", "NATO"}:
        return "washington"
    return "moscow" if "PRK" in parties and set(parties) & {"RUS", "SUN"} else "four"


def _y(row: int) -> float:
    return HEAD + ROW * row + DROP


def _hover(row: Any) -> str:
    """A clause's name, and its words or what we know of them."""
    return f"<b>{_name(row)}</b><br>" + theme.wrapped(
        row.excerpt if pd.notna(row.excerpt) else row.note
    )


def _marks(clauses: list[Any], ask: Question) -> list[dict[str, Any]]:
    column = {value: at for at, (value, _, _) in enumerate(ask.answers)}
    under = {value: At(heading.replace("<br>", " ")) for value, heading, _ in ask.answers}
    traces = []
    for wording, (symbol, _, meaning) in WORDING.items():
        part = [row for row in clauses if row.wording == wording]
        if not part:
            continue
        colours = [COLOURS[row.group] for row in part]
        traces.append(
            _trace(
                ids=[str(row.Index) for row in part],
                x=[column[getattr(row, ask.column)] for row in part],
                y=[_y(row.Index) for row in part],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 15,
                    "color": colours,
                    "opacity": 1,
                    "line": {"width": 2, "color": colours},
                },
                hovertext=[_hover(row) for row in part],
                hovertemplate="%{hovertext}<extra></extra>",
                name=meaning,
                meta=encode(
                    [row.Index for row in part],
                    {
                        "x": [under[getattr(row, ask.column)] for row in part],
                        "y": Position(),
                        "hovertext": [
                            Fact(
                                "treaty_clauses",
                                row.id,
                                "excerpt" if pd.notna(row.excerpt) else "note",
                                "text",
                            )
                            for row in part
                        ],
                        "marker.symbol": [
                            Category("wording", "treaty_clauses", row.id) for row in part
                        ],
                    },
                ),
            )
        )
    return traces


def _said(row: Any) -> str:
    return f"{row.signed[:4]} {row.who}, {row.article}"


def _name(row: Any) -> str:
    return theme.escape_html(_said(row))


def _labels(clauses: list[Any]) -> dict[str, Any]:
    return _trace(
        x=[-0.5] * len(clauses),
        y=[HEAD + ROW * row.Index + LIFT for row in clauses],
        mode="text",
        text=[f"\u00a0<b>{_name(row)}</b>" for row in clauses],
        textposition="middle right",
        textfont={"size": 12.5},
        hoverinfo="skip",
        cliponaxis=False,
        meta=encode(
            [row.Index for row in clauses],
            {"x": Fixed(-0.5), "y": Position(offset=LIFT - DROP), "text": Cell("Clause", "text")},
        ),
    )


def _headings(ask: Question) -> dict[str, Any]:
    return _trace(
        x=list(range(len(ask.answers))),
        y=[HEAD / 2 - 2] * len(ask.answers),
        mode="text",
        text=[heading for _, heading, _ in ask.answers],
        textposition="middle center",
        textfont={"size": 11.5},
        hoverinfo="skip",
        cliponaxis=False,
        meta=decoration("the answers, as headings of columns"),
    )


# -- words -----------------------------------------------------------------------------------------
def _title(rows: pd.DataFrame, ask: Question, group: str) -> str:
    labels = {value: said for value, _, said in ask.answers}
    if group == "moscow":
        years = rows.groupby(rows["signed"].str[:4], sort=True)[ask.column]
        return "; ".join(
            f"{year}: {', then '.join(labels[value] for value in values)}" for year, values in years
        )
    counts = rows[ask.column].value_counts()
    counted = [
        f"{labels[value]} ({counts[value]})"
        for value, _, _ in reversed(ask.answers)
        if value in counts
    ]
    opening = {
        "obligation": "What is promised",
        "trigger": "What sets it off",
        "limits": "What is left open",
    }
    return f"{opening[ask.column]}: {', '.join(counted)}"


def _description(clauses: list[Any], ask: Question) -> str:
    labels = {value: said for value, _, said in ask.answers}
    answers = "; ".join(f"{_said(row)}: {labels[getattr(row, ask.column)]}" for row in clauses)
    opening = "One clause is shown" if len(clauses) == 1 else f"{len(clauses)} clauses are shown"
    unseen = sum(row.wording == "described" for row in clauses)
    rest = f" For {unseen} of them we rely on what others say of the text." if unseen else ""
    return f"{opening}. {answers}.{rest}"


def _table(rows: pd.DataFrame, clauses: list[Any]) -> pd.DataFrame:
    said = {
        ask.column: {value: text for value, _, text in ask.answers} for ask in QUESTIONS.values()
    }

    return pd.DataFrame(
        {
            "Clause": [_clause(row) for row in clauses],
            "Treaty": rows["treaty"],
            "In force": [_force(row) for row in clauses],
            "Set off by": rows["trigger"].map(said["trigger"]),
            "What must be done": [
                text[0].upper() + text[1:] for text in rows["obligation"].map(said["obligation"])
            ],
            "Who has a say": rows["limits"].map(said["limits"]),
            "Automatic": rows["automatic"],
            "Words": [_quoted(row) for row in clauses],
            "Read with care": rows["note"],
        }
    )


def _clause(row: Any) -> str:
    return f"{tables.spell(row.signed)}, {row.who}, {row.article}"


def _force(row: Any) -> str:
    parts = [(row.in_force, "in force from"), (row.ended, "ended")]
    return ", ".join(f"{label} {tables.spell(date)}" for date, label in parts if pd.notna(date))


def _quoted(row: Any) -> str:
    if pd.isna(row.excerpt):
        return "No text that we can quote."
    return (
        f"“{row.excerpt}” ({'said of the article' if row.wording == 'described' else row.wording})"
    )
