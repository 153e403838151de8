"""The two scales of policy positions: a line a question, or both scales as a square."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from .. import stories
from ..encoding import Cell, Channel, Count, Fixed, encode
from ..encoding import Row as Stands
from ..facts import evidence
from ..facts.wording import counted
from . import draw
from .draw import Bar, Chart, Dot, Group, Line, Row, Rows, Scale, Trace, theme
from .positions import (
    COLUMNS,
    DIMENSIONS,
    QUESTION,
    SCALES,
    bare,
    code,
    inside,
    rows_of,
    texts,
)

#: The rows of each question, by column.
Held = Mapping[str, dict[str, Row]]

#: Which columns a chart of the scales compares.
GROUPS = {
    "all": ("All three", tuple(COLUMNS)),
    "terms": ("Biden and second Trump administration", ("biden", "trump-2")),
    "election": ("Biden and Trump campaign", ("biden", "trump-campaign")),
    "trump": ("Trump campaign and second administration", ("trump-campaign", "trump-2")),
}
_BOTH = "both"

#: The words of titles, subtitles and descriptions.
TEXTS = {
    "apart": "Points apart, {scale}",
    "all scales": "Both scales at once",
    "across": "commitment to Ukraine: least ◀ ▶ most",
    "up": "▲ working with allies: together",
    "down": "▼ alone",
    "ends": "{scale}: −2 {least}, +2 {most}",
    "of": "{column} {count} of {all}",
    "none": "No question has two positions to compare",
    "choose": "None of the questions has two positions. Choose other columns under “Compare”.",
    "both": "Both our codes above zero: {each}",
    "two": "{scale}, our codes: {first} above {second} on {above} of {count}, level on {level}"
    "{below}",
    "below": ", below on {below}",
    "three": "{scale}, our codes: {first} highest on {above} of {count}; the same code for all on"
    " {level}",
    "codes": "Our codes. {ends}; as of {day}",
    "under": "Below zero on both scales: {each}. {count} shown; a number is how many questions"
    " stand at that place.",
    "spread": "Widest apart ({widest}): {far}. {equal} {count} shown.",
    "same": "The same code: {same}.",
    "not same": "On no question are all the codes the same.",
}


def scale_options() -> list[tuple[str, str]]:
    """(label, value) of both scales, each alone and together."""
    return [*draw.options(SCALES), (TEXTS["all scales"], _BOTH)]


group_options = draw.offer(GROUPS)


# -- the two scales --------------------------------------------------------------------------------
def scales(policies: pd.DataFrame, scale: str = "commitment", group: str = "all") -> Chart:
    """The codes on one scale, a line a question, the widest difference first; or on both scales.

    ``scale`` is a key of `SCALES` or "both", ``group`` a key of `GROUPS`. Only questions for which
    at least two of the columns have a position are shown. Each position is cited by its first
    source; `contrasts` has all of them. Raises ``KeyError`` for unknown words.
    """
    columns = draw.chosen(GROUPS, group, "group of columns")[1]
    draw.chosen(dict.fromkeys([*SCALES, _BOTH]), scale, "scale")
    chosen = list(SCALES) if scale == _BOTH else [scale]
    by_name: dict[str, dict[str, Row]] = {}
    for row in rows_of(policies):
        if row["administration"] in columns:
            by_name.setdefault(row["dimension"], {})[row["administration"]] = row
    found = {name: held for name, held in by_name.items() if len(held) > 1}
    apart = {name: max(_apart(held, one) for one in chosen) for name, held in found.items()}
    order = sorted(found, key=lambda name: -apart[name])
    held_by = {name: found[name] for name in order}
    return Chart(
        _grid(held_by, columns) if scale == _BOTH else None,
        rows=None if scale == _BOTH else _lines(held_by, columns, scale),
        title=_scale_title(held_by, columns, scale),
        subtitle=_scale_subtitle(scale),
        description=_scale_description(held_by, columns, scale),
        table=_scale_table(held_by, columns, chosen),
        sources=[row["sources"][0] for held in held_by.values() for row in held.values()],
        refs=[
            evidence.refs("policies", (row["id"] for row in held.values()))
            for held in held_by.values()
        ],
        name=f"scales-{scale}-{group}",
        legend=[COLUMNS[name].mark for name in columns],
        mobile={"marks": 0.85},
    )


def _apart(held: dict[str, Row], scale: str) -> int:
    codes = [int(row[scale]) for row in held.values()]
    return max(codes) - min(codes)


def _scale_title(held_by: Held, columns: tuple[str, ...], scale: str) -> str:
    if not held_by:
        return TEXTS["none"]
    if scale == _BOTH:
        return TEXTS["both"].format(each=_each(held_by, columns, 1))
    first, *rest = columns
    ways = [_ahead(held, scale, first) for held in held_by.values()]
    above, level, below = (ways.count(way) for way in (1, 0, -1))
    if len(rest) > 1:
        level = sum(not _apart(held, scale) for held in held_by.values())
    of = TEXTS["three" if len(rest) > 1 else "two"]
    said = {
        "first": COLUMNS[first].short,
        "second": inside(COLUMNS[rest[0]].short),
        "above": above or "none",
        "level": level or "none",
        "below": TEXTS["below"].format(below=below) if below else "",
        "count": len(held_by),
    }
    words = SCALES[scale]
    names = (words.name, words.short.capitalize())
    return stories.first_fitting([of.format(scale=name, **said) for name in names])


def _ahead(held: dict[str, Row], scale: str, first: str) -> int | None:
    """Whether a column's code is above all others (1), below them all (−1), the same as theirs (0),
    or neither; None where it has none.
    """
    if first not in held:
        return None
    own = held[first][scale]
    signs = {(own > row[scale]) - (own < row[scale]) for name, row in held.items() if name != first}
    return signs.pop() if len(signs) == 1 else None


def _each(held_by: Held, columns: tuple[str, ...], sign: int) -> str:
    """How many codes of each column are on the side ``sign`` on both scales, of how many."""
    parts = []
    for name in columns:
        rows = [held[name] for held in held_by.values() if name in held]
        here = sum(all(sign * row[scale] > 0 for scale in SCALES) for row in rows)
        said = {"column": inside(COLUMNS[name].short), "count": here, "all": len(rows)}
        parts.append(TEXTS["of"].format(**said))
    return ", ".join(parts)


def _scale_subtitle(scale: str) -> str:
    one = [SCALES[scale]] if scale != _BOTH else list(SCALES.values())
    ends = "; ".join(
        TEXTS["ends"].format(scale=each.name, least=each.least, most=each.most) for each in one
    )
    return TEXTS["codes"].format(ends=ends, day=draw.today())


def _scale_description(held_by: Held, columns: tuple[str, ...], scale: str) -> str:
    if not held_by:
        return TEXTS["choose"]
    count = f"{counted(len(held_by), 'question')} {'is' if len(held_by) == 1 else 'are'}"
    if scale == _BOTH:
        return TEXTS["under"].format(count=count, each=_each(held_by, columns, -1))
    apart = {DIMENSIONS[name]: _apart(held, scale) for name, held in held_by.items()}
    same = "; ".join(name for name, one in apart.items() if not one)
    widest = max(apart.values())
    return TEXTS["spread"].format(
        count=count,
        equal=TEXTS["same" if same else "not same"].format(same=same),
        widest=counted(widest, "point"),
        far="; ".join(name for name, one in apart.items() if one == widest),
    )


def _scale_table(held_by: Held, columns: tuple[str, ...], scales: list[str]) -> pd.DataFrame:
    def codes(column: str, scale: str) -> list[int | None]:
        return [held[column][scale] if column in held else None for held in held_by.values()]

    return pd.DataFrame(
        {
            QUESTION: [DIMENSIONS[name] for name in held_by],
            **{
                _heading(column, scale): codes(column, scale)
                for scale in scales
                for column in columns
            },
            **{
                TEXTS["apart"].format(scale=SCALES[one].short): [
                    _apart(held, one) for held in held_by.values()
                ]
                for one in scales
            },
        },
        dtype=object,
    )


def _heading(column: str, scale: str) -> str:
    """The heading of a code in the table of the scales: "Biden, commitment"."""
    return f"{COLUMNS[column].short}, {SCALES[scale].short}"


def _lines(held_by: Held, columns: tuple[str, ...], scale: str) -> Rows:
    """A line a question: the code of each column, and a line from the lowest to the highest."""
    heads = {name: _heading(name, scale) for name in columns}
    lines = []
    for at, (question, held) in enumerate(held_by.items()):
        codes = {name: int(row[scale]) for name, row in held.items()}
        low, *_, high = sorted(codes, key=lambda name: codes[name])
        reach = Bar(codes[low], codes[high], theme.GREY, "reach", (heads[low], heads[high]))
        dots = [Dot(each, COLUMNS[name].mark, heads[name]) for name, each in codes.items()]
        text = ", ".join(
            f"{inside(COLUMNS[name].short)} {code(each)}" for name, each in codes.items()
        )
        lines.append(Line(at, DIMENSIONS[question], note=text, track=[reach, *dots]))
    parts = SCALES[scale]
    ends = {-2: f" {parts.least}", 2: f" {parts.most}"}
    ticks = [(at, code(at) + ends.get(at, "")) for at in range(-2, 3)]
    of = {"title": QUESTION, "note": tuple(heads.values())}
    return Rows([Group("", lines)], scale=Scale(2.4, ticks, low=-2.4), of=of)


def _grid(held_by: Held, columns: tuple[str, ...]) -> go.Figure:
    """Both scales: at each place a mark and a number for every column that has codes there."""
    cell, left = 62, -3.1
    marks: list[Trace] = []
    words: list[tuple[float, float, str]] = []
    says: list[tuple[Stands, Channel, Channel, Channel]] = []
    for index, column in enumerate(columns):
        counts: dict[tuple[int, int], int] = {}
        stand: dict[tuple[int, int], list[int]] = {}
        for number, held in enumerate(held_by.values()):
            if column in held:
                at = (held[column]["commitment"], held[column]["multilateral"])
                counts[at] = counts.get(at, 0) + 1
                stand.setdefault(at, []).append(number)
        shift = (index - (len(columns) - 1) / 2) * 18
        y = [(2 - rows) * cell + cell / 2 + shift for _, rows in counts]
        look = COLUMNS[column].mark
        across, up = (_heading(column, scale) for scale in SCALES)
        # Upwards is towards 0 on the axis; the mark of each column stands a step aside.
        high = Cell(up, several="each", origin="0", scale=-cell, offset=shift)
        channels: dict[str, Channel] = {
            "x": Cell(across, several="each", offset=-0.15),
            "y": high,
            "marker.symbol": Fixed(look.symbol),
        }
        meta = encode(list(stand.values()), channels)
        x, more = [at - 0.15 for at, _ in counts], Row(size=11, marker={"opacity": 1})
        marks.append(draw.marks(x, y, look.symbol, look.colour, meta, **more))
        says += [
            (rows, Cell(across, several="each", offset=-0.02), high, Count())
            for rows in stand.values()
        ]
        words += [
            (x - 0.02, at, str(count))
            for (x, _), at, count in zip(counts, y, counts.values(), strict=True)
        ]
    bottom = 5 * cell
    lines = _squares(bottom, cell)
    return bare(
        [
            *_scale_texts(bottom, cell),
            texts(words, "middle right", says),
            *marks,
        ],
        bottom + 62,
        [left, 2.6],
        top=-22,
        shapes=lines,
    )


def _squares(bottom: int, cell: int) -> list[Trace]:
    """The lines between the places of the grid."""
    upright = [{"x0": at - 2.5, "x1": at - 2.5, "y0": 0, "y1": bottom} for at in range(6)]
    level = [{"x0": -2.5, "x1": 2.5, "y0": at * cell, "y1": at * cell} for at in range(6)]
    return [{"type": "line", **one, "line": {"width": 1}} for one in [*upright, *level]]


def _scale_texts(bottom: int, cell: int) -> list[Trace]:
    """Numbers along both scales, and what they measure."""
    ends = [(float(x), bottom + 12.0, f"<b>{code(x)}</b>") for x in range(-2, 3)]
    sides = [
        (-2.75, (2 - value) * cell + cell / 2, f"<b>{code(value)}</b>") for value in range(-2, 3)
    ]
    names = [(0.0, bottom + 32.0, TEXTS["across"])]
    axis_texts = [(-2.95, -10, TEXTS["up"]), (-2.95, bottom + 52, TEXTS["down"])]
    return [texts(ends + sides + names, "middle center"), texts(axis_texts, "middle right")]
