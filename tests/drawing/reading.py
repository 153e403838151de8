"""What lets a drawing be read, beside its numbers: marks in sight, axes, legend, and texts.

`checker.problems` compares the numbers with their cells; these functions look at what stands
around them. A right number is read wrongly where the axis cuts it off, where the legend gives its
look another name, or where its label names another column.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from drawing import cells

if TYPE_CHECKING:
    from drawing.checker import Checker, Point

Json = Any

#: Less than this much of its ink, and a mark is not seen.
FAINT = 0.15
_SAID = re.compile(r"[^\W\d_]{3,}")


def faults(checker: Checker) -> Iterator[str]:
    """Every fault of one drawing: a sentence each."""
    yield from unseen(checker)
    yield from joined_over_gaps(checker)
    yield from off_axis(checker)
    yield from tick_labels(checker)
    yield from axis_titles(checker)
    yield from overlaid(checker)
    yield from strange_terms(checker)
    yield from other_rows(checker)
    yield from open_ends(checker)
    yield from other_columns(checker)
    yield from landmarks(checker)
    yield from short_lines(checker)
    yield from end_labels(checker)
    yield from scale_labels(checker)
    yield from dividers(checker)
    yield from on_marks(checker)


# -- marks -----------------------------------------------------------------------------------------
def unseen(checker: Checker) -> Iterator[str]:
    """Traces that are not painted, or too faint to be seen, and error bars that are hidden."""
    for number, trace in enumerate(checker.drawing["data"]):
        marker = trace.get("marker") or {}
        strength = (trace.get("opacity", 1), marker.get("opacity", 1))
        faint = any(isinstance(one, int | float) and one < FAINT for one in strength)
        size = marker.get("size", 6)
        if trace.get("visible", True) is not True or faint or size == 0:
            yield f"trace {number} is not seen"
        for way in ("error_x", "error_y"):
            bar = trace.get(way) or {}
            long = any((bar.get("array") or []) + (bar.get("arrayminus") or []))
            if long and bar.get("visible") is False:
                yield f"the error bars of trace {number} are not seen"
            if bar.get("symmetric") is True and bar.get("arrayminus"):
                yield f"the error bars of trace {number} are drawn alike on both sides"


def joined_over_gaps(checker: Checker) -> Iterator[str]:
    """A line that is broken where nothing is known stays broken; one over time never turns back."""
    for number, trace in enumerate(checker.drawing["data"]):
        if "lines" not in trace.get("mode", "") or "rows" not in (trace.get("meta") or {}):
            continue
        if trace.get("connectgaps") and None in (trace.get("x") or []):
            yield f"trace {number} joins what gaps keep apart"
        stand = [set(one) for one in trace["meta"]["rows"] if isinstance(one, list)]
        sums = len(stand) > 2 and all(one < other for one, other in itertools.pairwise(stand))
        if sums and (trace.get("line") or {}).get("shape") != "hv":
            yield f"trace {number} adds up, and says that sums grow between two days"
        x = trace["meta"]["channels"].get("x") or {}
        if isinstance(x, dict) and x.get("part") in ("start", "middle", "end"):
            days = [str(one) for one in trace.get("x") or [] if one is not None]
            if days != sorted(days) and None not in trace["x"]:
                yield f"trace {number} goes back in time"


def open_ends(checker: Checker) -> Iterator[str]:
    """A line to an end that nobody knows is broken; beside such lines, one between two is whole."""
    lines: dict[bool, set[str]] = {True: set(), False: set()}
    for point in checker.points:
        ends = point.trace["meta"]["channels"].get("x")
        lengths = isinstance(ends, list) and any(
            one and other and one != other for one, other in itertools.pairwise(ends)
        )
        if point.trace.get("mode") == "lines" and isinstance(ends, list) and lengths:
            is_open = any(one and one["is"] == "Beyond" for one in ends)
            lines[is_open].add(value_of(point.trace, "line", "dash") or "solid")
    if "solid" in lines[True]:
        yield "a line to an open end is drawn like one between two numbers"
    if lines[True] and lines[False] - {"solid"}:
        yield "a line between two numbers is drawn like one to an open end"


def value_of(trace: Json, part: str, name: str) -> Any:
    """A property of a part of a trace; None where it has none."""
    return (trace.get(part) or {}).get(name)


# -- axes ------------------------------------------------------------------------------------------
def scale(axis: Json) -> tuple[float, float] | None:
    """Both ends of an axis as numbers, in days where it is one of days; None where it has none."""
    ends = axis.get("range")
    if not ends or any(one is None for one in ends):
        return None
    if axis.get("type") == "log":
        return 10 ** float(ends[0]), 10 ** float(ends[1])
    return amount(ends[0]), amount(ends[1])


def amount(value: Any) -> float:
    """A place on an axis as a number; a day as the days since 1970."""
    if isinstance(value, str) and re.match(r"\d{4}-\d\d", value):
        return float((pd.Timestamp(value) - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1))
    return float(value)


def off_axis(checker: Checker) -> Iterator[str]:
    """Marks beyond the ends of their axis, and axes that begin or run as nobody reads them."""
    from drawing.checker import axis_name

    placed = {
        (axis_name(point.trace, way), bool(channel and channel["is"] == "Position"))
        for point in checker.points
        for way in ("x", "y")
        if (channel := point.channels.get(way))
    }
    for point in checker.points:
        if point.trace.get("mode") == "text":
            continue
        for way in ("x", "y"):
            axis = axis_name(point.trace, way)
            ends = scale(checker.drawing["layout"].get(axis, {}))
            if ends is None:
                continue
            for value in reach(point, way):
                if not min(ends) - 1e-6 <= value <= max(ends) + 1e-6:
                    yield f"point {point.at} stands at {value:g} on {axis}, which ends before"
    for axis, is_position in placed:
        whole = checker.drawing["layout"].get(axis, {})
        labelled = whole.get("showticklabels", True) and whole.get("visible", True)
        ends = scale(whole) if labelled else None
        if ends and ends[0] > ends[1] and not is_position and (axis, True) not in placed:
            yield f"{axis} runs backwards"


def reach(point: Point, way: str) -> Iterator[float]:
    """How far a mark reaches along an axis: where it stands, the end of a bar."""
    value = point.drawn(way)
    if value is None:
        return
    try:
        at = amount(value)
    except ValueError:  # a name, where the axis has names
        return
    along = "x" if point.trace.get("orientation") == "h" else "y"
    yield at + (amount(point.drawn("base") or 0) if way == along else 0)


def tick_labels(checker: Checker) -> Iterator[str]:
    """A tick label says the number at which it stands, or words of the row that stands there."""
    from drawing.checker import axis_name, to_text

    rows_at: dict[str, dict[float, set[int]]] = {}
    for point in checker.points:
        for way in ("x", "y"):
            channel = point.channels.get(way)
            if channel and channel["is"] == "Position" and point.rows and not channel["offset"]:
                value = point.drawn(way)
                if isinstance(value, int | float):
                    rows = rows_at.setdefault(axis_name(point.trace, way), {})
                    rows.setdefault(round(float(value), 6), set()).add(point.rows[0])
    for name, axis in checker.drawing["layout"].items():
        if not re.fullmatch(r"[xy]axis\d*", name) or not axis.get("ticktext"):
            continue
        for text, at in zip(map(to_text, axis["ticktext"]), axis["tickvals"], strict=True):
            rows = rows_at.get(name, {}).get(round(amount(at), 6))
            if rows:
                said = " ".join(to_text(one) for row in rows for one in checker.table.iloc[row])
                if text not in said:
                    yield f"{name} says {text!r} beside a row that does not"
            elif name not in rows_at and not _SAID.search(text):
                said = [one * per for one, _ in cells.numbers(text)[:1] for per in (1, 0.01)]
                if said and not any(math.isclose(one, amount(at)) for one in said):
                    yield f"{name} says {text!r} at {at}"


def axis_titles(checker: Checker) -> Iterator[str]:
    """The title of an axis names no other magnitude than the columns that are drawn on it."""
    from drawing.checker import MAGNITUDE, axis_name, to_text

    for name, axis in checker.drawing["layout"].items():
        title = axis.get("title") if re.fullmatch(r"[xy]axis\d*", name) else None
        title_text = to_text((title or {}).get("text", "")).casefold()
        drawn = {
            f"{channel['column']} {checker.content(point.rows[0], channel['column'])}".casefold()
            for point in checker.points
            for way in ("x", "y")
            if axis_name(point.trace, way) == name
            if (channel := point.channels.get(way)) and channel["is"] == "Cell"
            if point.rows and channel["part"] in ("number", "low", "high")
        }
        scaled = {
            channel["per"]
            for point in checker.points
            for channel in point.channels.values()
            if channel and channel.get("per", 1) != 1
        }
        for size, many in MAGNITUDE.items():
            if many in scaled:
                continue
            if size in title_text and drawn and not any(size in one for one in drawn):
                yield f"{name} is said to count {size}s, and {sorted(drawn)[0]!r} does not"
        others = [str(one).casefold() for one in checker.table.columns]
        if title_text in others and drawn and not any(one.startswith(title_text) for one in drawn):
            yield f"{name} has the title {title_text!r}, and that column is not drawn on it"


def overlaid(checker: Checker) -> Iterator[str]:
    """Bars of several traces at one place do not hide one another."""
    if checker.drawing["layout"].get("barmode", "group") != "overlay":
        return
    taken: dict[tuple[Any, ...], int] = {}
    for point in checker.points:
        if point.trace["type"] == "bar":
            across = "y" if point.trace.get("orientation") == "h" else "x"
            position = (point.trace.get("yaxis", "y"), point.drawn(across))
            first = taken.setdefault(position, id(point.trace))
            if first != id(point.trace):
                yield f"two bars stand one over the other at {position[1]}"
                return


# -- legend and texts ------------------------------------------------------------------------------
def terms_of(text: Any) -> set[str]:
    """The words of three letters and more, in small letters."""
    return {one.casefold() for one in _SAID.findall(str(text))}


def unique_terms(columns: Iterable[str]) -> dict[str, set[str]]:
    """The words of each heading that no other of these headings has."""
    terms = {one: terms_of(one) for one in columns}
    return {
        one: mine - set().union(*(theirs for other, theirs in terms.items() if other != one))
        for one, mine in terms.items()
    }


def column_of(point: Point) -> str | None:
    """The column whose numbers a mark draws, where it is one number of one column."""
    whole = point.trace["meta"]["channels"]
    for way in ("x", "y"):
        channel = point.channels.get(way)
        every = whole.get(way) if isinstance(whole.get(way), list) else [whole.get(way)]
        alone = len({one.get("column") for one in every if one}) == 1
        number = channel and channel["is"] == "Cell" and channel["part"] == "number"
        if channel and number and alone and not channel["less"]:
            return str(channel["column"])
    return None


#: Words that a label may have of itself: they tell nothing.
SMALL = frozenset(
    (
        *("all", "and", "are", "first", "for", "from", "its", "known"),
        *("last", "not", "one", "other", "same", "the", "time", "with"),
    )
)


def other_rows(checker: Checker) -> Iterator[str]:
    """A label does not say the name of another row and leave out that of its own."""
    from drawing.checker import common_terms, hover_text, signless, to_text

    named = [
        [signless(one) if isinstance(one, str) else "" for one in checker.table[column]]
        for column in checker.table.columns
    ]
    # A name stands for its row alone.
    named = [names for names in named if len(set(names)) == len(names) > 1]
    firsts = [to_text(one) for one in checker.table.iloc[:, 0]]
    for point in checker.points:
        head = head_of(point)
        if head and len(point.rows) == 1 and len(set(firsts)) == len(firsts) > 1:
            fits = [common_terms(head, one) for one in firsts]
            if fits[point.rows[0]] < max(fits) > 2:
                yield f"the label of {firsts[point.rows[0]]!r} begins with {head!r}"
                return
        label = to_text(hover_text(point.trace, point.at))
        for names in named if label and len(point.rows) == 1 else ():
            name, spoken = (
                names[point.rows[0]],
                [one for one in names if len(one) > 5 and one in label],
            )
            if name and spoken and name not in label and not any(name in one for one in spoken):
                yield f"the label of {name!r} says {spoken[0]!r}"
                return


def head_of(point: Point) -> str:
    """The name with which a label begins, in bold."""
    from drawing.checker import to_text

    found = re.match(r"<b>(.*?)</b><br>", str(point.drawn("hovertext") or ""))
    return to_text(found[1]) if found else ""


def strange_terms(checker: Checker) -> Iterator[str]:
    """A label has no word that neither its row nor anything around the figure has."""
    from drawing.checker import MAGNITUDE, hover_text, terms_in, to_text

    drawn = [trace["text"] for trace in checker.drawing["data"] if trace.get("mode") == "text"]
    around = " ".join([checker.around, *(to_text(one) for texts in drawn for one in texts)])
    for point in checker.points:
        label = hover_text(point.trace, point.at)
        if not label or not point.rows:
            continue
        behind = " ".join(to_text(one) for one in checker.behind(point))
        rows = " ".join(to_text(one) for row in point.rows for one in checker.table.iloc[row])
        stems = {one[:4] for one in terms_in(f"{behind} {rows} {around}")}
        strange = {one for one in terms_of(label) - SMALL - set(MAGNITUDE) if one[:4] not in stems}
        if strange:
            yield f"nothing but a label says {' '.join(sorted(strange))}: {label!r}"
            return


def other_columns(checker: Checker) -> Iterator[str]:
    """A label that names another drawn column than the one whose number it stands beside."""
    from drawing.checker import hover_text, to_text

    marks = [one for one in checker.points if one.trace.get("mode") != "text" and one.rows]
    columns = unique_terms(dict.fromkeys(filter(None, map(column_of, marks))))
    for point in marks if len(columns) > 1 else ():
        column, said = column_of(point), terms_of(hover_text(point.trace, point.at))
        if column is None or not said:
            continue
        behind = " ".join(to_text(one) for row in point.rows for one in checker.table.iloc[row])
        named = columns[column] & said
        for other, unique in columns.items():
            if other != column and unique and unique <= said - terms_of(behind) and not named:
                yield f"a label of {column!r} names {other!r}"
                return
    for point in checker.points:
        looks = point.channels.get("marker.symbol")
        label = to_text(hover_text(point.trace, point.at))
        if looks and looks["is"] == "Mapped" and label:
            every = [str(one) for one in checker.table.columns]
            others = [one for one in every if one != looks["column"] and f"{one}:" in label]
            if others and looks["column"] not in label:
                yield f"a label of {looks['column']!r} names {others[0]!r}"
                return


def landmarks(checker: Checker) -> Iterator[str]:
    """Words beside a place of a fact are of that fact, and not of another that is named."""
    from drawing.checker import common_terms, tables, to_text

    layout = checker.drawing["layout"]
    named: list[tuple[str, Json]] = []
    for thing, says in zip(
        layout.get("annotations", []), layout["meta"].get("annotations", []), strict=False
    ):
        if (fact := says.get("x")) and fact["is"] == "Fact":
            named.append((to_text(thing.get("text", "")), fact))
    rows = {}
    for _, fact in named:
        frame = tables.read(fact["table"]).set_index("id")
        rows[fact["id"]] = " ".join(
            str(one) for one in frame.loc[fact["id"]] if pd.notna(one) is True
        )
    for text, fact in named:
        fits = {one: common_terms(text, row) for one, row in rows.items()}
        if fits[fact["id"]] < max(fits.values()):
            yield f"{text!r} stands at the place of {fact['id']}"


def short_lines(checker: Checker) -> Iterator[str]:
    """A line at a day or a number crosses the picture: a stump is not seen as one."""
    for number, shape in enumerate(checker.drawing["layout"].get("shapes", [])):
        for way, other in (("x", "y"), ("y", "x")):
            if shape.get("type") == "line" and shape.get(f"{other}ref") == "paper":
                level = shape.get(f"{way}0") == shape.get(f"{way}1")
                if level and abs(shape[f"{other}1"] - shape[f"{other}0"]) < 0.5:
                    yield f"shape {number} is a stump"


def end_labels(checker: Checker) -> Iterator[str]:
    """A name beside the end of a line is the one after which its number is said."""
    from drawing.checker import to_text

    layout = checker.drawing["layout"]
    things = layout.get("annotations", [])
    for thing, says in zip(things, layout["meta"].get("annotations", []), strict=False):
        after = (says.get("text") or {}).get("after")
        named = terms_of(to_text(thing.get("text", "")))
        if after and named and not named & terms_of(after):
            yield f"{to_text(thing['text'])!r} has the number of {after!r}"


_LEVEL = re.compile(r"[−+-]?\d+(?: [^\W\d]+)?")


def scale_labels(checker: Checker) -> Iterator[str]:
    """A number that is written on a scale stands at it, and words beside it are said elsewhere."""
    from drawing.checker import axis_name, to_text

    scales = dict(scales_of(checker))
    for trace in checker.drawing["data"]:
        if "decoration" not in (trace.get("meta") or {}):
            continue
        axes = {way: axis_name(trace, way) for way in ("x", "y")}
        for text, x, y in zip(map(to_text, trace["text"]), trace["x"], trace["y"], strict=True):
            if text[:1] in "▲▼":
                yield from beyond_all(checker, text, float(y))
            if not _LEVEL.fullmatch(text) or not any(one in scales for one in axes.values()):
                continue
            number = cells.numbers(text)[0][0]
            position = {"x": float(x), "y": float(y)}
            wanted = {way: scales.get(axis, [])[:] for way, axis in axes.items()}
            if not any(
                math.isclose(position[way], start + per * number, abs_tol=1e-6)
                for way, levels in wanted.items()
                for start, per in levels
            ):
                yield f"{text!r} does not stand at its number"
            if _SAID.search(text) and text not in to_text(checker.around):
                yield f"{text!r} is written on the scale, and nothing else here says so"


def scales_of(checker: Checker) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Axes without tick labels on which numbers are drawn: where 0 stands, and how long 1 is."""
    from drawing.checker import axis_name

    found: dict[str, set[tuple[float, float]]] = {}
    for point in checker.points:
        for way in ("x", "y"):
            channel, axis = point.channels.get(way), axis_name(point.trace, way)
            quiet = not checker.drawing["layout"].get(axis, {}).get("showticklabels", True)
            if quiet and channel and channel["is"] == "Cell" and channel["part"] == "number":
                starts, per = [0.0], channel["scale"]
                if channel["origin"]:
                    named = checker.labels(point.trace, way)
                    starts = [float(at) for text, at in named if text == channel["origin"]]
                found.setdefault(axis, set()).update((one, per) for one in starts)
    yield from ((axis, sorted(levels)) for axis, levels in found.items())


def beyond_all(checker: Checker, text: str, y: float) -> Iterator[str]:
    """The words ▲ stand above every mark, and the words ▼ below."""
    marks = [
        float(one.drawn("y"))
        for one in checker.points
        if one.trace.get("mode") == "markers" and one.drawn("y") is not None
    ]
    if " " in text and marks and not (y < min(marks) if text[0] == "▲" else y > max(marks)):
        yield f"{text!r} stands on the wrong side"


def dividers(checker: Checker) -> Iterator[str]:
    """Lines that divide marks pass between them."""
    layout = checker.drawing["layout"]
    says = layout["meta"].get("shapes", [])
    lines: dict[str, list[float]] = {"x": [], "y": []}
    for shape, channels in zip(layout.get("shapes", []), says, strict=False):
        for way in lines:
            level = shape.get("type") == "line" and shape.get(f"{way}0") == shape.get(f"{way}1")
            if level and not channels and isinstance(shape[f"{way}0"], int | float):
                lines[way].append(float(shape[f"{way}0"]))
    for way, levels in lines.items():
        steps = [b - a for a, b in itertools.pairwise(sorted(set(levels)))]
        for point in checker.points if steps else ():
            if point.trace.get("mode") == "markers" and point.drawn(way) is not None:
                near = min(abs(amount(point.drawn(way)) - one) for one in levels)
                channel = point.channels.get(way)
                number = channel is not None and channel["is"] == "Cell"
                if near < min(steps) / (5 if number else 12):
                    yield f"a line that divides marks passes through one at {point.drawn(way)}"
                    return


def on_marks(checker: Checker) -> Iterator[str]:
    """Words above a mark do not reach up to the mark of the row before (axes in pixels only)."""
    from drawing.checker import axis_name

    layout = checker.drawing["layout"]
    marks: dict[str, dict[int, float]] = {}
    for point in checker.points:
        if (
            point.trace.get("mode") != "text"
            and len(point.rows) == 1
            and point.drawn("y") is not None
        ):
            channel = point.channels.get("y")
            if channel and channel["is"] == "Position" and not channel["offset"]:
                at = marks.setdefault(axis_name(point.trace, "y"), {})
                at[point.rows[0]] = amount(point.drawn("y"))
    for point in checker.points:
        channel, axis = point.channels.get("y"), axis_name(point.trace, "y")
        ends = scale(layout.get(axis, {}))
        pixels = ends is not None and abs(ends[0] - ends[1]) > 0.5 * (layout.get("height") or 0) > 0
        if point.trace.get("mode") != "text" or not pixels or len(point.rows) != 1:
            continue
        position = point.drawn("textposition") or "middle"
        if not channel or channel["is"] != "Position" or not position.startswith("top"):
            continue
        lines = str(point.drawn("text")).count("<br>") + 1
        y, size = amount(point.drawn("y")), (point.trace.get("textfont") or {}).get("size", 14)
        over = [
            row
            for row, at in marks.get(axis, {}).items()
            if row != point.rows[0] and y - lines * size * 1.3 <= at <= y
        ]
        if over:
            yield f"the words of row {point.rows[0]} stand on the mark of row {over[0]}"
            return


__all__ = ["faults"]
