"""What became of predictions and promises, counted one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ..encoding import At, Channel, Mapped, Position
from ..facts import evidence
from ..methods import language
from ..phrases import LONGEST
from . import draw
from .cards import (
    CARD,
    LANES,
    MOBILE,
    SPEAKERS,
    card_table,
    cards_of,
    grid,
    marks,
    placed,
    span_of,
)
from .draw import Chart, capital, chosen, theme


@dataclass(frozen=True)
class Outcome:
    """What became of a prediction: ``label``, ``heading``, plotly's symbol, ``sign`` and colour.

    Also the cells ``outcome`` of the table that stand in its column.
    """

    label: str
    heading: str
    symbol: str
    sign: str
    colour: str
    cells: tuple[str, ...]


#: The columns of the chart. The coding is a judgement of ours that a reader may contest; it stands
#: in the table's column ``outcome``.
OUTCOMES = {
    "right": Outcome(
        "came true",
        "came<br>true",
        *theme.HOLDS,
        theme.BLUE,
        ("right", "largely-right", "kept", "largely-kept"),
    ),
    "partly": Outcome(
        "in part", "in<br>part", *theme.PARTLY, theme.PURPLE, ("partly-right", "partly-kept")
    ),
    "wrong": Outcome("failed", "failed", *theme.FAILS, theme.ORANGE, ("wrong", "not-kept")),
    "open": Outcome("open", "open", *theme.OPEN, theme.GREY, ("open",)),
    "untested": Outcome(
        "never tested",
        "never<br>tested",
        *theme.UNTOLD,
        theme.GREY,
        ("condition-not-met", "overtaken"),
    ),
}
#: The column of the chart for every cell ``outcome``.
COLUMN_OF = {cell: name for name, one in OUTCOMES.items() for cell in one.cells}
CERTAINTY = {
    "sure": "only words of certainty",
    "both": "words of certainty and of doubt",
    "careful": "only words of doubt",
    "plain": "words of neither kind",
}
PROMISES = {"prediction": "prediction", "promise": "promise"}
#: How outcomes may be grouped: words for people, labels of the lanes, and the column.
GROUPS = {
    "kind": ("kind of speaker", SPEAKERS, "speaker_kind"),
    "place": ("place", LANES, "lane"),
    "promise": ("prediction or promise", PROMISES, "claim_type"),
    "certainty": ("words of the sentence", CERTAINTY, "certainty"),
}
#: Kinds of words (keys of `language.HEDGE_KINDS`) that bear on how sure a sentence is.
_SURE = ("modal", "probability", "belief", "evidential", "booster")

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "title": "Of our {count} predictions and promises {right} came true",
    "group": "{label} {right} of {count}",
    "subtitle": "Predictions and promises by {group}, counted one by one",
    "none": "None is left. Choose quotations that are predictions or promises.",
    "count": "{each}. In all, {count} predictions and promises that we chose: {tally}.",
}


def group_options() -> list[tuple[str, str]]:
    """(label, value) of every way to group the outcomes."""
    return draw.options(GROUPS, lambda group: capital(group[0]))


def certainty(text: object) -> str:
    """How sure a sentence sounds, as a key of `CERTAINTY`, by what `language.hedges` finds."""
    kinds = {one.kind for one in language.hedges(text)} & set(_SURE)
    if kinds == {"booster"}:
        return "sure"
    return "plain" if not kinds else "both" if "booster" in kinds else "careful"


def outcomes(quotes: pd.DataFrame, group: str = "kind") -> Chart:
    """Predictions and promises: a lane for each value of a group, a column for what became of them.

    `quotes` is rows of the table quotes; those that are no prediction are left out. `group` is a
    key of `GROUPS`. Marks are counted, never shared out: the groups are far too small for per
    cents. Raises ``KeyError`` for an unknown group.
    """
    label, labels, column = chosen(GROUPS, group, "group")
    cards = cards_of(quotes[quotes["is_prediction"]])
    cards["outcome"] = cards["outcome"].map(COLUMN_OF)
    cards["certainty"] = cards["text"].map(certainty)
    columns = {name: index for index, name in enumerate(OUTCOMES)}
    x, y, tops, height = placed(cards[column], cards["outcome"].map(columns), labels)
    cards = cards.assign(x=x, y=y)
    table = _table(cards, labels, label, column)
    says: dict[str, Channel] = {
        "y": Position("any", group=capital(label), headed=True),
        "marker.symbol": Mapped("Outcome", {one.sign: one.symbol for one in OUTCOMES.values()}),
    }
    traces = [
        marks(part, one.symbol, one.colour, {**says, "x": _in_column(part["x"])})
        for name, one in OUTCOMES.items()
        for part in [cards[cards["outcome"] == name]]
    ]
    return Chart(
        grid(traces, tops, labels, height, [one.heading for one in OUTCOMES.values()]),
        title=_title(cards, column, labels),
        subtitle=span_of(cards, TEXTS["subtitle"].format(group=label)),
        description=_description(cards, column, labels),
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


def _title(cards: pd.DataFrame, column: str, labels: dict[str, str]) -> str:
    """How many came true, of each group: the largest first, the others together."""
    right = cards["outcome"] == "right"
    title = TEXTS["title"].format(right=right.sum(), count=len(cards))
    sizes = cards[column].value_counts()
    groups = sorted((name for name in labels if name in sizes), key=lambda name: -sizes[name])
    for most in range(len(groups), 0, -1):
        named = [(labels[name], cards[column] == name) for name in groups[:most]]
        rest = ~cards[column].isin(groups[:most])
        each = ", ".join(
            TEXTS["group"].format(label=label, right=(right & here).sum(), count=here.sum())
            for label, here in [*named, *([("others", rest)] if rest.any() else [])]
        )
        if len(f"{title}: {each}") <= LONGEST:
            return f"{title}: {each}"
    return title


def _description(cards: pd.DataFrame, column: str, labels: dict[str, str]) -> str:
    if cards.empty:
        return TEXTS["none"]
    lanes = [(label, cards[cards[column] == name]) for name, label in labels.items()]
    each = "; ".join(f"{capital(label)}: {_tally(lane)}" for label, lane in lanes if len(lane))
    return TEXTS["count"].format(count=len(cards), tally=_tally(cards), each=each)


def _tally(cards: pd.DataFrame) -> str:
    counts = cards["outcome"].value_counts()
    return ", ".join(
        f"{counts[name]} {one.label}" for name, one in OUTCOMES.items() if name in counts
    )


def _table(cards: pd.DataFrame, labels: dict[str, str], label: str, column: str) -> pd.DataFrame:
    table = card_table(cards)
    signed = [f"{OUTCOMES[name].sign} {OUTCOMES[name].label}" for name in cards["outcome"]]
    table.insert(2, "Outcome", signed)
    if capital(label) not in table:
        table.insert(3, capital(label), cards[column].map(labels))
    return table
