"""The exchange: what Pyongyang and Moscow give one another, and where those who count disagree."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from .. import theme
from ..chart import Chart
from ..encoding import (
    At,
    Beyond,
    Category,
    Cell,
    Channel,
    Fixed,
    Position,
    decoration,
    encode,
    encode_layout,
)
from ..facts import evidence, tables
from ..methods import estimates

Row = dict[str, Any]
# Traces are plain dictionaries: plotly.py checks them once, and not for each copy.
Trace = dict[str, Any]
#: Words at a place: x, y, text.
Words = tuple[float, float, str]
#: What the numbers of a trace stand for: what `encode` takes.
Channels = Mapping[str, Channel | Sequence[Channel | None]]

#: Lanes of the chart: a name, its words, and the categories of the table that stand in it.
LANES = {
    "ammunition": ("Shells and other ammunition", ("ammunition",)),
    "missiles": ("Missiles and guns", ("missiles", "artillery")),
    "people": (
        "Soldiers, workers, and what they learn",
        ("troops", "combat-experience", "workers"),
    ),
    "technology": (
        "Missile, submarine and space technology",
        ("missile-tech", "submarine-tech", "space"),
    ),
    "defence": ("Air defence, jamming and drones", ("air-defence", "electronic-warfare", "drones")),
    "economy": ("Money, oil, food and trade", ("money", "oil", "food", "trade")),
    "cover": ("Votes, treaties and recognition", ("diplomatic-cover", "nuclear")),
}
LANE_OF = {category: lane for lane, (_, categories) in LANES.items() for category in categories}

#: The two sides of the exchange: who gives, in words.
SIDES = {"PRK": "Pyongyang", "RUS": "Moscow"}

#: From the strongest status down; a level shows its own status and all before it.
LEVELS = tuple(reversed(estimates.LADDER))
_LEVEL_WORDS = {
    "confirmed": "confirmed only",
    "claimed": "and what one side claims",
    "disputed": "and what is disputed",
    "reported": "and what is only reported",
    "speculated": "all, also what is speculated",
}

#: The day the article was written, as a stop before everything known. Further stops would each
#: weigh 25 kB in a page.
AS_OF = ("2024-11-27",)

#: Items that were not confirmed from the start, and the event whose change of status is theirs.
CONFIRMED_WITH = {
    "prk-troops-combat": "nis-announces-dispatch",
    "prk-missile-kharkiv": "kharkiv-hwasong11",
}

_TITLE_WORDS = {
    "confirmed": "Confirmed",
    "claimed": "Confirmed or claimed",
    "disputed": "Confirmed, claimed or disputed",
    "reported": "All but what is speculated",
}

_KIND_WORDS = {
    "floor": "at least (a floor)",
    "ceiling": "up to (a ceiling)",
    "range": "a range",
    "point": "one number",
    "unknown": "no number",
}

# Pixels.
HEAD, LANE, FOOT = 26, 44, 8
NAME, MARK = 10, 29  # in a lane
LINE, GAP = 17, 12
WIDTH_OF_TEXT = 36  # characters: a column of text on a phone

#: Headings of the tables that drawings refer to, and where words say which side gives.
_FROM, _ITEM, _HOW_MUCH, _STATUS = "From", "Item", "How much", "Status"
_SAID_BY, _COUNTED, _COUNTER = "Said by", "What is counted", "Who counts, and what"
_ENDS = {"PRK": "◀ from Pyongyang", "RUS": "from Moscow ▶"}


# -- what could be known ---------------------------------------------------------------------------
def with_history(items: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """`items` (the table exchange) with ``status_before`` and ``status_since`` for `tables.as_of`.

    The table says how well a thing is known now. Where it was less well known once, the table
    ``events`` says until when (see `CONFIRMED_WITH`). Raises ``KeyError`` when `events` lacks one
    of these events.
    """
    by_id = events.set_index("id")
    event = items["id"].map(CONFIRMED_WITH)
    missing = set(event.dropna()) - set(by_id.index)
    if missing:
        raise KeyError(f"the table events has no row {', '.join(sorted(missing))}")
    return items.assign(
        status_before=event.map(by_id["status_before"]),
        status_since=event.map(by_id["status_since"]),
    )


def level_options() -> list[tuple[str, str]]:
    """(label, value) of every level, the strongest first."""
    return [(f"{theme.STATUS[level].sign} {_LEVEL_WORDS[level]}", level) for level in LEVELS]


def lane_options() -> list[tuple[str, str | None]]:
    """(label, value) of every lane, and all of them at a glance first."""
    return [
        ("All kinds, at a glance", None),
        *((label, lane) for lane, (label, _) in LANES.items()),
    ]


def as_of_options() -> list[tuple[str, str | None]]:
    """(label, value) of the stops of the as-of stepper; the last is everything the tables know."""
    last = f"Everything known ({tables.spell(tables.knowledge_as_of())})"
    return [*((tables.spell(day), day) for day in AS_OF), (last, None)]


# -- both directions -------------------------------------------------------------------------------
def flows(
    items: pd.DataFrame,
    level: str = "speculated",
    lane: str | None = None,
    known: str | None = None,
) -> Chart:
    """What each side gives: one mark an item, from Pyongyang on the left, from Moscow on the right.

    ``items`` is (rows of) the table ``exchange``, best from `with_history`; ``level`` is the
    weakest status shown (all stronger ones with it, in the order of `LEVELS`); ``lane`` is a key of
    `LANES` and gives every item of that kind a line of its own with its quantity in its own unit,
    which no axis could hold together; ``known`` is a day, after which nothing counts. Raises
    ``KeyError`` for an unknown lane and ``ValueError`` for an unknown level.
    """
    if lane is not None and lane not in LANES:
        raise KeyError(lane)
    if level not in LEVELS:
        raise ValueError(f'"{level}" is no status; the words are {", ".join(LEVELS)}.')
    public = [row for row in _rows(items, known) if lane is None or row["lane"] == lane]
    visible = [row for row in public if row["rank"] <= LEVELS.index(level)]
    counts = {giver: (_from(giver, visible), _from(giver, public)) for giver in SIDES}
    return Chart(
        (_item_lines if lane else _glance)(public if visible else [], LEVELS.index(level)),
        title=_title(level, lane, known, counts, visible),
        subtitle=_subtitle(lane, known),
        description=_description(counts, visible, lane),
        table=_table(visible),
        sources=[one for row in visible for one in row["sources"]],
        refs=evidence.refs("exchange", (row["id"] for row in visible)),
        known=known or "",
        name=f"exchange-{lane or 'all'}",
        list_columns={
            "when": "When",
            "status": "Status",
            "title": "Item",
            "body": "How much",
            "note": "Note",
        },
        legend=_legend(visible, public),
        mobile={"labels": False, "marks": 0.8 if lane else 0.6},
    )


def _rows(items: pd.DataFrame, known: str | None = None) -> list[Row]:
    """The items public by a day, in chart order, with lane, rank of status and number."""
    public = tables.as_of(items, known, "period") if known else items
    records = tables.records(public)
    rows = [
        {
            **row,
            "lane": LANE_OF[row["category"]],
            "rank": LEVELS.index(row["status"]),
            "said": estimates.interval(row, "quantity_low", "quantity_high", None),
        }
        for row in records
    ]
    lanes, sides = list(LANES), list(SIDES)
    # The strongest first: the rows of a stronger level are then the first rows of a weaker one,
    # with the same numbers.
    return sorted(
        rows,
        key=lambda row: (
            row["rank"],
            sides.index(row["giver"]),
            lanes.index(row["lane"]),
            row["period"],
            row["id"],
        ),
    )


def _from(giver: str, rows: list[Row]) -> int:
    return sum(row["giver"] == giver for row in rows)


# -- figures ---------------------------------------------------------------------------------------
def _glance(public: list[Row], weakest: int) -> go.Figure:
    """All lanes, strongest status in the middle; what is not shown leaves a dot."""
    positions = _outwards(public)
    reach = max([9, *(abs(x) for x, _ in positions)]) + 1
    top = {lane: HEAD + index * LANE for index, lane in enumerate(LANES)}
    side = decoration("which side gives")

    def channels(here: list[int]) -> Channels:
        """A mark stands on the side of who gives, in the lane of its kind."""
        return {
            "x": [At(_ENDS[public[one]["giver"]], reach - 1, step=1) for one in here],
            "y": [At(LANES[public[one]["lane"]][0], MARK - NAME, "after") for one in here],
        }

    lines = [
        {"type": "line", "x0": 0, "x1": 0, "y0": y + 21, "y1": y + 37, "line": {"width": 2}}
        for y in top.values()
    ]
    return _bare(
        [
            _texts(
                [
                    (0, top[lane] + NAME, f"<b>{theme.escape_html(label)}</b>")
                    for lane, (label, _) in LANES.items()
                ],
                "middle center",
                decoration("names of lanes"),
            ),
            _texts([(-reach, 12, f"<b>{_ENDS['PRK']}</b>")], "middle right", side),
            _texts([(reach, 12, f"<b>{_ENDS['RUS']}</b>")], "middle left", side),
            *_marks(public, positions, weakest, hover=True, channels=channels),
        ],
        HEAD + len(LANES) * LANE + FOOT,
        [-reach - 0.5, reach + 0.5],
        lines,
    )


def _outwards(public: list[Row]) -> list[tuple[float, float]]:
    """Where items stand in their lanes: -1, -2, … for Pyongyang and 1, 2, … for Moscow."""
    positions: list[tuple[float, float]] = []
    taken: Counter[tuple[str, str]] = Counter()
    for row in public:
        lane = (row["giver"], row["lane"])
        taken[lane] += 1
        x = taken[lane] * (-1 if row["giver"] == "PRK" else 1)
        positions.append((x, HEAD + list(LANES).index(row["lane"]) * LANE + MARK))
    return positions


def _item_lines(public: list[Row], weakest: int) -> go.Figure:
    """One lane, a line an item with its quantity; if wide, also who says so and who denies it.

    Every item keeps its place: what is not shown leaves a dot there, as in `_glance`.
    """
    y = 0
    heads: list[Words] = []
    firsts: list[int | None] = []
    positions: dict[int, tuple[float, float]] = {}
    inside: dict[int, list[int]] = {rank: [] for rank in range(len(LEVELS))}
    items: dict[int, list[Words]] = {rank: [] for rank in range(len(LEVELS))}
    voices: dict[int, list[Words]] = {rank: [] for rank in range(len(LEVELS))}
    for giver, name in SIDES.items():
        here = [(number, row) for number, row in enumerate(public) if row["giver"] == giver]
        if here:
            heads.append((0, y + 14, f"<b>From {name}</b>"))
            firsts.append(here[0][0] if here[0][1]["rank"] <= weakest else None)
            y += HEAD
        for number, row in here:
            item = f"{_wrapped(row['item'])}<br><b>{_wrapped(quantity(row))}</b>"
            said = "<br>".join(_wrapped(one) for one in _voices(row))
            positions[number] = (0.02, y + 8)
            inside[row["rank"]].append(number)
            items[row["rank"]].append((0.06, y, item))
            voices[row["rank"]].append((0.54, y, said))
            y += LINE * max(3, item.count("<br>") + 1, said.count("<br>") + 1) + GAP
    texts = _item_texts(public, weakest, inside, items, voices)
    marks = _marks(
        public,
        [positions[number] for number in range(len(public))],
        weakest,
        hover=False,
        channels=lambda _: {"x": Fixed(0.02), "y": _beside(0)},
    )
    heading = _giver_names(heads, firsts)
    return _bare([heading, *texts, *marks], max(y, 60), [0, 1], [])


def _item_texts(
    public: list[Row],
    weakest: int,
    inside: dict[int, list[int]],
    items: dict[int, list[Words]],
    voices: dict[int, list[Words]],
) -> list[Trace]:
    """The items down to the ``weakest`` rank with their quantities, and who says so."""
    return [
        trace
        for rank in range(weakest + 1)
        if items[rank]
        for trace in (
            _texts(
                items[rank],
                "bottom right",
                encode(
                    inside[rank],
                    {"x": Fixed(0.06), "y": _beside(8), "text": Cell(_ITEM, "text")},
                ),
            ),
            _texts(
                voices[rank],
                "bottom right",
                encode(
                    inside[rank],
                    {
                        "x": Fixed(0.54),
                        "y": _beside(8),
                        "text": [
                            _voices_channel(public[one], text)
                            for one, (*_, text) in zip(inside[rank], voices[rank], strict=True)
                        ],
                    },
                ),
                mobile=False,
            ),
        )
    ]


def _giver_names(heads: list[Words], firsts: list[int | None]) -> Trace:
    """Who gives, above the items; it stands for the first of them, where that is shown."""
    return _texts(
        heads,
        "middle right",
        encode(
            firsts,
            {
                "x": Fixed(0),
                "y": [
                    Fixed(at) if first is None else _beside(HEAD + 8 - 14)
                    for first, (_, at, _) in zip(firsts, heads, strict=True)
                ],
                "text": [
                    Fixed(text) if first is None else Cell(_FROM, "text")
                    for first, (*_, text) in zip(firsts, heads, strict=True)
                ],
            },
        ),
    )


def _voices_channel(row: Row, text: str) -> Channel:
    """Words that say more than one cell, who denies it or that nobody is named, are said whole."""
    return Fixed(text) if row["disputed_by"] or not row["claimant"] else Cell(_SAID_BY, "text")


def _beside(above: float) -> Position:
    """In the line of an item, so far above its mark; the items of one side in their order."""
    return Position(group=_FROM, offset=-above)


def _wrapped(text: str) -> str:
    return theme.wrapped(text, WIDTH_OF_TEXT)


def _texts(
    points: list[Words], position: str, meta: Mapping[str, Any], mobile: bool = True
) -> Trace:
    """Words at places; a phone leaves them out unless ``mobile``: it drops texts that have ids."""
    return {
        "type": "scatter",
        "x": [x for x, _, _ in points],
        "y": [y for _, y, _ in points],
        "text": [text for _, _, text in points],
        "mode": "text",
        "textposition": position,
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "meta": meta,
        **({} if mobile else {"ids": [str(number) for number in range(len(points))]}),
    }


def _marks(
    rows: list[Row],
    positions: list[tuple[float, float]],
    weakest: int,
    hover: bool,
    channels: Callable[[list[int]], Channels],
) -> list[Trace]:
    """The items at their places, one trace a status.

    Marks down to the ``weakest`` rank, small dots below it.

    ``hover`` names the items under the pointer; ``channels`` says what the places of some of them
    stand for. What has a dot is not in the table.
    """
    traces: list[Trace] = []
    for rank, status in enumerate(LEVELS):
        here = [number for number, row in enumerate(rows) if row["rank"] == rank]
        at = {
            "type": "scatter",
            "mode": "markers",
            "x": [positions[number][0] for number in here],
            "y": [positions[number][1] for number in here],
            "cliponaxis": False,
        }
        if rank > weakest:
            dots = {"hoverinfo": "skip", "marker": {"size": 4, "color": theme.GREY}}
            traces.append({**at, **dots, "meta": encode([None] * len(here), channels(here))})
            continue
        mark = theme.STATUS[status]
        named = {
            "hovertext": [_hover(rows[number]) for number in here],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        traces.append(
            {
                **at,
                "ids": [str(number) for number in here],
                "marker": _marker(mark),
                **(named if hover else {"hoverinfo": "none"}),
                "meta": encode(
                    here,
                    {
                        **channels(here),
                        **({"hovertext": Cell(_ITEM, "text")} if hover else {}),
                        "marker.symbol": Category(_STATUS),
                    },
                ),
            }
        )
    return [trace for trace in traces if trace["x"]]


def _marker(mark: theme.Mark) -> Row:
    """How a status is drawn."""
    return {
        "symbol": mark.symbol,
        "color": mark.colour,
        "size": 11,
        "opacity": 1,
        "line": {"width": 2, "color": mark.colour},
    }


def _hover(row: Row) -> str:
    return f"<b>{theme.wrapped(row['item'])}</b><br>{theme.wrapped(quantity(row))}"


def _bare(
    traces: list[Trace], height: float, span: list[float], shapes: list[dict[str, Any]]
) -> go.Figure:
    """A figure without scales: places only keep things apart."""
    return theme.figure(
        *traces,
        height=height + 8,
        showlegend=False,
        shapes=shapes,
        meta=encode_layout([{} for _ in shapes]),
        margin={"l": 6, "r": 6, "t": 4, "b": 4, "autoexpand": False},
        xaxis={**theme.BARE_AXIS, "range": span},
        yaxis={**theme.BARE_AXIS, "range": [height, 0]},
    )


# -- words -----------------------------------------------------------------------------------------
def quantity(row: Row) -> str:
    """How much, in the row's unit: `at least 1,000 containers`, `4,000,000 to 6,000,000 shells`."""
    said = row["said"]
    unit = row["unit"] if isinstance(row["unit"], str) else ""
    if said.kind == "unknown":
        return f"{said.text} ({unit})" if unit else str(said.text)
    return f"{said.text} {unit}".strip()


def people(codes: tuple[str, ...]) -> str:
    """States and bodies by short name; of more than four, the first and how many others."""
    names = _names()
    short_names = [names.get(code, code) for code in codes]
    if len(short_names) <= 4:
        return ", ".join(short_names)
    first = next((names[code] for code in ("KOR", "USA") if code in codes), short_names[0])
    return f"{first} and {len(short_names) - 1} other governments"


@functools.cache
def _names() -> dict[str, str]:
    """Short names of states and bodies by code.

    They are looked up for every cell, and never change in a session.
    """
    countries = tables.read("countries")
    return dict(zip(countries["id"], countries["short_name"], strict=True))


def _voices(row: Row) -> list[str]:
    said = (
        f"says so: {people(row['claimant'])}"
        if row["claimant"]
        else "says so: press or researchers"
    )
    return [said, *([f"denies it: {people(row['disputed_by'])}"] if row["disputed_by"] else [])]


def _title(
    level: str,
    lane: str | None,
    known: str | None,
    counts: dict[str, tuple[int, int]],
    visible: list[Row],
) -> str:
    if not sum(there for _, there in counts.values()):
        return f"{LANES[lane][0] if lane else 'Items'}: nothing was public by {tables.spell(known)}"
    question = _TITLE_WORDS.get(level, "How much is confirmed")
    if level == LEVELS[-1]:
        sure = [row for row in visible if row["status"] == "confirmed"]
        counts = {giver: (_from(giver, sure), there) for giver, (_, there) in counts.items()}
    first = next(here for here, there in counts.values() if there)
    here, there = (sum(one) for one in zip(*counts.values(), strict=True))
    few = "only " if first and 2 * here < there else ""
    parts = [
        f"{here or 'none'} of {there} from {SIDES[giver]}"
        for giver, (here, there) in counts.items()
        if there
    ]
    parts[0] = parts[0].replace(
        " from ", " thing from " if " of 1 " in parts[0] else " things from "
    )
    return f"{LANES[lane][0] + '. ' if lane else ''}{question}: {few}{' and '.join(parts)}"


def _subtitle(lane: str | None, known: str | None) -> str:
    when = (
        f"as it stood on {tables.spell(known)}"
        if known
        else f"as of {tables.spell(tables.knowledge_as_of())}"
    )
    what = (
        "each quantity in its own unit, so nothing can be added"
        if lane
        else "one mark an item, quantities differ"
    )
    return f"Things given or expected to be given, {when}; {what}"


def _description(counts: dict[str, tuple[int, int]], visible: list[Row], lane: str | None) -> str:
    total = sum(there for _, there in counts.values())
    if not total:
        return (
            "None of the items of this kind was public by this day. Choose a later day under “Known"
            " by”."
        )
    if not visible:
        return (
            f"None of the {total} items {'of this kind ' if lane else ''}has a status as strong as"
            " this. Choose a longer list under “Status”, or another kind."
        )
    sides = "; ".join(
        f"from {SIDES[giver]} {here} of {there}" for giver, (here, there) in counts.items() if there
    )
    tally = Counter(row["status"] for row in visible)
    status = ", ".join(f"{word} {tally[word]}" for word in LEVELS if tally[word])
    blank = sum(row["said"].kind == "unknown" for row in visible)
    return (
        f"{len(visible)} of the {total} items known {'is' if len(visible) == 1 else 'are'} shown:"
        f" {sides}. By status: {status}. Without any number: {blank or 'none'} of those shown."
    )


def _legend(visible: list[Row], public: list[Row]) -> list[tuple[str, str]]:
    present = {row["status"] for row in visible}
    legend = [(theme.STATUS[word].sign, word) for word in LEVELS if word in present]
    return (
        [*legend, ("·", "known, but weaker than the status chosen")]
        if len(visible) < len(public)
        else legend
    )


def _table(rows: list[Row]) -> pd.DataFrame:
    columns = [
        _FROM,
        "Kind",
        _ITEM,
        _HOW_MUCH,
        "Kind of number",
        "When",
        _STATUS,
        _SAID_BY,
        "Denied by",
        "First public",
        "Note",
    ]
    return pd.DataFrame(
        [
            [
                SIDES[row["giver"]],
                LANES[row["lane"]][0],
                row["item"],
                quantity(row),
                _KIND_WORDS[row["said"].kind],
                tables.spell(row["period"]),
                _status(row),
                people(row["claimant"]),
                people(row["disputed_by"]),
                tables.spell(row["first_reported"]),
                _text(row["note"]),
            ]
            for row in rows
        ],
        columns=columns,
    )


def _status(row: Row) -> str:
    return f"{theme.STATUS[row['status']].sign} {row['status']}"


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


# -- where those who count disagree ----------------------------------------------------------------
#: What is compared: the words under the scale, and how many of the unit make one of them.
COUNTED = {"shells": ("million shells or rounds", 1e6), "money": ("billion U.S. dollars", 1.0)}


def counter_options() -> list[tuple[str, str]]:
    """(label, value) of what `counters` can compare."""
    return [("Shells and rounds", "shells"), ("Money", "money")]


#: The signs of a number, by its kind.
_KINDS_OF_NUMBERS = (
    ("┣━┫", "a range"),
    ("●", "one number"),
    ("●┄▶", "at least: open above"),
    ("◀┄●", "up to: open below"),
)


def counters(items: pd.DataFrame, what: str = "shells") -> Chart:
    """Ranges side by side: who counts shells, or money, and what exactly each of them counts.

    ``items`` is (rows of) the table ``exchange``; ``what`` is a key of `COUNTED`. Rows stand under
    what they count; a floor is open to the right, a ceiling to the left. Raises ``KeyError`` for
    another word.
    """
    scale, divisor = COUNTED[what]
    rows = _counted(items, what, divisor)
    top = max([1.0, *(value for row in rows for value in row["scaled"].numbers)]) * 1.25
    y = 0.0
    heads: list[Words] = []
    labels: list[Words] = []
    middle: list[float] = []
    firsts: list[int] = []
    for at, (row, before) in enumerate(zip(rows, [{"counts": ""}, *rows], strict=False)):
        if row["counts"] != before["counts"]:
            firsts.append(at)
            heads.append((0.0, y + 14, f"<b>{theme.wrapped(row['counts'], 40)}</b>"))
            y += HEAD + LINE * heads[-1][2].count("<br>")
        label = theme.wrapped(f"{row['item']}, {tables.spell(row['period'])}", 42)
        labels.append((0.0, y, label))
        middle.append(y + LINE * (label.count("<br>") + 1) + 14)
        y = middle[-1] + 24
    figure = theme.figure(
        _texts(heads, "middle right", _named(firsts, heads, middle, _COUNTED)),
        _texts(labels, "bottom right", _named(range(len(rows)), labels, middle, _COUNTER)),
        *_spans(rows, middle, top, divisor),
        height=max(y, 60) + 56,
        showlegend=False,
        margin={"l": 6, "r": 10, "t": 4, "b": 52, "autoexpand": False},
        xaxis={**theme.FIXED_AXIS, "range": [0, top], "title": {"text": scale, "standoff": 4}},
        yaxis=theme.row_axis(max(y, 60)),
    )
    return Chart(
        figure,
        title=_counted_title(rows, what),
        description=_counted_description(rows),
        table=_counted_table(rows),
        subtitle=(
            f"What each body says, in {scale}; the rows count different things, so they must not be"
            f" added; as of {tables.spell(tables.knowledge_as_of())}"
        ),
        sources=[one for row in rows for one in row["sources"]],
        refs=evidence.refs("exchange", (row["id"] for row in rows)),
        name=f"exchange-{what}",
        legend=list(_KINDS_OF_NUMBERS),
    )


def _counted(items: pd.DataFrame, what: str, divisor: float) -> list[Row]:
    """The rows that count shells, or billions of dollars, with what they count and its number."""
    headings = {"PRK": "What Pyongyang's deliveries are worth", "RUS": "What Moscow gave back"}
    rows = []
    for row in _rows(items):
        unit = _text(row["unit"])
        shells = (
            what == "shells"
            and row["category"] == "ammunition"
            and re.search(r"\b(shells|rounds)\b", unit)
        )
        if row["said"].numbers and (shells or (what == "money" and unit == "billion USD")):
            low, high = (
                None if end is None else end / divisor
                for end in (row["said"].low, row["said"].high)
            )
            rows.append(
                {
                    **row,
                    "counts": headings[row["giver"]] if what == "money" else f"Counted: {unit}",
                    "scaled": estimates.interval({"low": low, "high": high}),
                    "end": row["period"].split("/")[-1],
                }
            )
    first: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: str(row["end"])):
        first.setdefault(row["counts"], row["end"])
    return sorted(
        rows,
        key=lambda row: (row["giver"], first[row["counts"]], row["counts"], row["end"], row["id"]),
    )


def _named(
    rows: Sequence[int], texts: list[Words], middle: list[float], heading: str
) -> dict[str, Any]:
    """The encoding of words that stand above the marks of rows and say their cells."""
    above = [middle[row] - y for row, (_, y, _) in zip(rows, texts, strict=True)]
    return encode(
        rows,
        {
            "x": Fixed(0.0),
            "y": [Position(group=_COUNTED, offset=-one) for one in above],
            "text": Cell(heading, "text"),
        },
    )


def _number(row: Row, divisor: float, end: str) -> Channel:
    """The number at the ``low`` or the ``high`` end of a row, or a place beyond its only one."""
    kind = row["said"].kind
    if kind == "range":
        return Cell(_HOW_MUCH, "low" if end == "low" else "high", per=divisor)
    if (kind, end) in (("floor", "high"), ("ceiling", "low")):
        return Beyond(_HOW_MUCH, side="right" if end == "high" else "left", per=divisor)
    return Cell(_HOW_MUCH, per=divisor)


#: What stands at the low and the high end of a number, by its kind.
_END_SYMBOLS = {
    "floor": ("circle", "triangle-right"),
    "ceiling": ("triangle-left", "circle"),
    "range": ("line-ns", "line-ns"),
    "point": ("circle", "circle"),
}


def _spans(rows: list[Row], y: list[float], top: float, divisor: float) -> list[Trace]:
    """A line for each row, then the marks at the ends of all of them, then their words."""
    numbers = [[_number(row, divisor, end) for end in ("low", "high")] for row in rows]
    ends = [
        {"floor": (one.low, top * 0.97), "ceiling": (top * 0.012, one.high)}.get(
            one.kind, (one.low, one.high)
        )
        for one in (row["scaled"] for row in rows)
    ]
    lines = _span_lines(rows, y, ends, numbers)
    marks = _span_ends(rows, y, ends, numbers)
    beside = [min(max(row["scaled"].numbers) + top * 0.03, top * 0.7) for row in rows]
    texts = _texts(
        [
            (x, at - 11, f"<b>{row['scaled'].text}</b>")
            for row, x, at in zip(rows, beside, y, strict=True)
        ],
        "middle right",
        encode(
            range(len(rows)),
            {
                # They begin after the highest number, or before it where there is no room.
                "x": [
                    Beyond(
                        _HOW_MUCH,
                        "high" if row["said"].kind == "range" else "number",
                        "right" if x >= max(row["scaled"].numbers) else "left",
                        divisor,
                    )
                    for row, x in zip(rows, beside, strict=True)
                ],
                "y": Position(group=_COUNTED, offset=-11),
                "text": Cell(_HOW_MUCH, "text", per=divisor),
            },
        ),
    )
    return [*lines, marks, texts]


def _span_lines(
    rows: list[Row], y: list[float], ends: list[tuple[Any, Any]], numbers: list[list[Channel]]
) -> list[Trace]:
    """A line for each row, from its low to its high end."""
    return [
        {
            "type": "scatter",
            "x": list(end),
            "y": [at, at],
            "mode": "lines",
            "hoverinfo": "skip",
            "line": {
                "color": theme.BLUE,
                "width": 5 if row["said"].kind == "range" else 2,
                "dash": "solid" if row["said"].kind == "range" else "dot",
            },
            "meta": encode([number] * 2, {"x": numbers[number], "y": Position(group=_COUNTED)}),
        }
        for number, (row, end, at) in enumerate(zip(rows, ends, y, strict=True))
    ]


def _span_ends(
    rows: list[Row], y: list[float], ends: list[tuple[Any, Any]], numbers: list[list[Channel]]
) -> Trace:
    """The marks at both ends of each line."""
    return {
        "type": "scatter",
        "x": [x for end in ends for x in end],
        "y": [at for at in y for _ in range(2)],
        "mode": "markers",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": [symbol for row in rows for symbol in _END_SYMBOLS[row["said"].kind]],
            "size": 10,
            "color": theme.BLUE,
            "line": {"width": 3, "color": theme.BLUE},
        },
        "meta": encode(
            [number for number in range(len(rows)) for _ in range(2)],
            {"x": [one for pair in numbers for one in pair], "y": Position(group=_COUNTED)},
        ),
    }


def _counted_title(rows: list[Row], what: str) -> str:
    given = [row["scaled"] for row in rows if row["giver"] == "PRK"]
    if not given:
        return "No row gives a number"
    low, high = min(one.numbers[0] for one in given), max(one.numbers[-1] for one in given)
    open_above = any(one.kind == "floor" and one.low == high for one in given)
    most = f"{'at least ' if open_above else ''}{estimates.number(high)}"
    if what == "shells":
        return (
            f"From {estimates.number(low)} to {most} million: those who count shells do not count"
            " the same thing"
        )
    back = [row["scaled"].numbers[-1] for row in rows if row["giver"] == "RUS"]
    returned = f"; what came back: at most {estimates.number(max(back))}" if back else ""
    return (
        f"Pyongyang's deliveries: {estimates.number(low)} to {most} billion dollars, by who"
        f" counts{returned}"
    )


def _counted_description(rows: list[Row]) -> str:
    if not rows:
        return "None of the rows gives a number. Choose the other comparison."
    tally = Counter(_KIND_WORDS[row["said"].kind] for row in rows)
    kinds = ", ".join(f"{label} {tally[label]}" for label in _KIND_WORDS.values() if tally[label])
    headings = len({row["counts"] for row in rows})
    open_ = sum(row["said"].kind in ("floor", "ceiling") for row in rows)
    return (
        f"{len(rows)} rows under {headings} headings: no two headings count the same. By kind of"
        f" number: {kinds}. {open_ or 'None'} of them {'is' if open_ == 1 else 'are'} open on one"
        " side."
    )


def _counted_table(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            [
                row["counts"],
                row["item"],
                quantity(row),
                _KIND_WORDS[row["said"].kind],
                tables.spell(row["period"]),
                _status(row),
                people(row["claimant"]),
                tables.spell(row["first_reported"]),
                _text(row["note"]),
            ]
            for row in rows
        ],
        columns=[
            _COUNTED,
            _COUNTER,
            _HOW_MUCH,
            "Kind of number",
            "When",
            _STATUS,
            _SAID_BY,
            "First public",
            "Note",
        ],
    )
