"""Rows drawn as HTML beside the table of their chart: each number, word, sign and bar is its row's.

``Rows.of`` says which columns what is drawn comes from: "title", "note", "group", "sign", "dot"
(what the signs of a track say), "time" (a track that counts days) and "outline" (a bar is one where
the cell says yes) name a heading; "text" and "track" may name several, and a bar or a sign its own;
"cells" names a heading a column of signs, or, where `Rows.named` has the words of each column, the
one heading whose cell says which; "count" is the one whose cells lines count; "units" needs none: a
sign is counted under the heading that begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from drawing import cells, checker
from upheaval.charts.draw import Bar, Chart, Dot, Line, Mark, Rows, Scale

#: How headings write a unit, and its word.
ABBREVIATED = {"bn": "billion", "percentage": "%", "per cent": "%"}
#: Bars that are no plain ones, by the sign that a legend has for them.
LOOKS = {"range": "━", "outline": "□"}
#: Units whose exchange makes a number wrong, and what stands in their place.
UNITS = ((r"\bbillion", "million"), (r"\bmillion", "billion"), (r"\s?%", " billion"))


def problems(chart: Chart, rows: Rows | None = None) -> list[str]:
    """What the rows drawn say and the table does not; ``rows`` are others, for mutations."""
    drawn = rows or chart.rows
    assert drawn is not None
    return list(_problems(chart, drawn))


def _problems(chart: Chart, rows: Rows) -> Iterator[str]:
    table = chart.table
    if "count" in rows.of:
        yield from _counts(table[rows.of["count"]].tolist(), rows)
        return
    shown = [line.at for line in rows.lines if line.at is not None]
    if sorted(shown) != list(range(len(table))):
        yield f"the rows drawn are {shown}, and the table has {len(table)}"
        return
    for group in rows.groups:
        for line in group.lines:
            row = table.iloc[line.at] if line.at is not None else None
            if row is None:
                if line.track or line.units or line.cells or line.sign or _numbers(line.text):
                    yield from _said(line, chart)
                continue
            faults = [
                *_title(line, table[rows.of["title"]].tolist()),
                *_words(group.title, line, row, rows),
                *_units(f"{line.text} {line.note}", row, rows, chart),
                *_marks(line, row, rows),
            ]
            yield from (f"row {line.at} ({line.title}): {fault}" for fault in faults)
    yield from _apart(rows)
    around = _numbers(f"{chart.title} {chart.description}")
    for column in rows.columns:
        if missing := [one for one in _numbers(column.note) if one not in around]:
            yield f"the head {column.title!r} says {missing}, and no word around the chart"
    yield from _unexplained(chart, rows)
    yield from _mislabelled(chart, rows)
    yield from _ticks(rows)


def _counts(contents: list[Any], rows: Rows) -> Iterator[str]:
    """Lines that count rows: each as many as have its title for a cell, or none, and no row twice.

    A title that is no cell's stands for the empty ones.
    """
    named = [str(one) if isinstance(one, str) else "" for one in contents]
    for line in rows.lines:
        count = named.count(line.title if line.title in named else "")
        bars = [one.high for one in line.track if isinstance(one, Bar)]
        if _numbers(line.text) != [count] or bars != [count]:
            yield f"{line.title} says {line.text!r}, its bar {bars}, and {count} rows have it"
    if sum(_numbers(line.text)[0] for line in rows.lines) != len(contents):
        yield f"the lines count other rows than the {len(contents)} of the table"


def _said(line: Line, chart: Chart) -> Iterator[str]:
    """A line that stands for no row says, and draws, what the title says, and its signs no more.

    A line of one choice of a filter has the title of that choice, and its name.
    """
    title = chart.title
    if line.chosen and chart.row_filters:
        column, value = line.chosen
        title = chart.row_filters["of"][column][value or ""]
        labels = chart.row_filters["labels"][column]
        named = [one for one, label in labels.items() if label in line.title]
        if named != ([value] if value else []):
            yield f"{line.title} stands for {value or 'all'}, and names {named}"
    if line.text not in title:
        yield f"{line.title} {line.text} is not in the title"
    numbers = _numbers(line.text)
    for one in line.track:
        ends = [one.at] if isinstance(one, Dot) else [one.low, one.high]
        arrow = isinstance(one, Dot) and one.mark.sign in "▶◀"
        known = [end for end in ends if end in numbers]
        if not arrow and len(known) < len(ends) - (not isinstance(one, Dot) and one.look == "open"):
            yield f"{line.title} draws {ends}, and says {numbers}"


def _numbers(content: Any) -> list[float]:
    return [number for number, _ in cells.numbers(content)]


def _title(line: Line, contents: list[Any]) -> Iterator[str]:
    """A title is the words of its cell, or its cell has more of these words than any other has."""
    assert line.at is not None
    cell = str(contents[line.at])
    if line.title and (line.title in cell or cell in line.title):
        return
    common = [checker.common_terms(line.title, str(one)) for one in contents]
    if not common[line.at] or common[line.at] < max(common):
        yield f"the cell says {cell!r}"


def _words(group: str, line: Line, row: Any, rows: Rows) -> Iterator[str]:
    """A group is the words of its cell; text and note have the numbers of theirs: "1.2 billion" is
    1,200 where the heading counts millions.
    """
    of = rows.of
    if group and re.split("[,:]", str(row[of["group"]]))[0] not in group:
        yield f"it stands under {group!r}, and its cell says {row[of['group']]!r}"
    for name in ("text", "note"):
        columns = _columns(of.get(name, ()))
        heading = _spelt(columns)
        magnitude = max([1.0, *(n for word, n in checker.MAGNITUDE.items() if word in heading)])
        drawn = checker.amounts(getattr(line, name), magnitude)
        filled = [row[column] for column in columns if pd.notna(row[column])]
        per = rows.per if name == "text" else 1
        said = [number / per for one in filled for number in _numbers(one)]
        rounded = len(drawn) <= len(said) and all(
            abs(one - other) <= (half + 1e-9 if per == 1 else 0.01)
            for (one, half), other in zip(drawn, said, strict=False)
        )
        words = [str(one) for one in filled if not _numbers(one)]
        if missing := [one for one in words if one not in getattr(line, name)]:
            yield f"{name} does not say {missing}"
        if drawn and not rounded:
            yield f"{name} says {drawn}, and the cells {said}"
        elif getattr(line, name) and not drawn and not of.get(name):
            yield f"{name} is of no column"
        elif not drawn and said:
            yield f"{name} leaves out {said}"


def _units(text: str, row: Any, rows: Rows, chart: Chart) -> Iterator[str]:
    """A number is of no other unit than its cell, the heading of its cell or the subtitle is."""
    heading = _spelt([*_columns(rows.of.get("text", ())), *_columns(rows.of.get("note", ()))])
    whole = f"{heading} {_spelt([chart.subtitle, *map(str, row)])}"
    # A number in another magnitude than its heading's is compared as a number.
    counted = any(word in heading for word in checker.MAGNITUDE)
    for unit in ("%", *map(str.lower, checker.UNITS)):
        elsewhere = unit in whole or (counted and unit in checker.MAGNITUDE)
        if re.search(rf"\d\+?\s?{unit}", text, re.I) and not elsewhere:
            yield f"it counts in {unit}, and nothing else here does: {text!r}"


def _spelt(headings: Sequence[str]) -> str:
    """Headings in small letters, with the words that they write in short."""
    said = " ".join(headings).lower()
    return " ".join([said, *(word for short, word in ABBREVIATED.items() if short in said)])


def _columns(named: str | Sequence[str]) -> Sequence[str]:
    return [named] if isinstance(named, str) else named


def _marks(line: Line, row: Any, rows: Rows) -> Iterator[str]:
    of = rows.of
    if line.sign and not _says(row[of["sign"]], line.sign):
        yield f"the sign is {line.sign.sign} {line.sign.meaning!r}, the cell {row[of['sign']]!r}"
    if rows.named:
        at = [number for number, one in enumerate(line.cells) if one]
        if [rows.named[number] for number in at] != [str(row[of["cells"]])]:
            yield f"its signs stand under {at}, and its cell says {row[of['cells']]!r}"
        for one in (line.cells[number] for number in at):
            if one and "sign" in of and not _says(row[of["sign"]], one):
                yield f"its sign is {one.sign} {one.meaning!r}, the cell {row[of['sign']]!r}"
    elif line.cells:
        for column, one in zip(of["cells"], line.cells, strict=True):
            if (not one and str(row[column]).strip()) or (one and not _says(row[column], one)):
                yield f"under {column!r} stands {one}, and the cell says {row[column]!r}"
    for column, number in zip(of["cells"] if line.numbers else (), line.numbers, strict=True):
        if _numbers(row[column]) != [number] and (number or _numbers(row[column])):
            yield f"under {column!r} stands {number}, and the cell says {row[column]!r}"
    if line.units:
        heads = {column.partition(" ")[0]: column for column in map(str, row.index)}
        counts = {mark.sign: count for mark, count in line.units}
        for sign, count in counts.items():
            if sign not in heads or row[heads[sign]] != count:
                yield f"{count} times {sign}, and the table has {row.get(heads.get(sign, ''))}"
        if any(row[head] for sign, head in heads.items() if _is_sign(sign) and sign not in counts):
            yield "not all signs of its row are drawn"
    yield from _track(line, row, rows)
    arrows = {one.mark.sign for one in line.track if isinstance(one, Dot)}
    for sign, words in (("▶", "at least"), ("◀", "up to")):
        if line.track and (words in line.text) is not (sign in arrows):
            yield f"it says {line.text!r}, and its signs are {arrows}"


def _track(line: Line, row: Any, rows: Rows) -> Iterator[str]:
    """The ends of bars are the numbers of the cell, in order; an open one begins at its number."""
    of, track = rows.of, line.track
    arrows = [one for one in track if isinstance(one, Dot) and one.mark.sign in "▶◀"]
    if len(arrows) != sum(isinstance(one, Bar) and one.look == "open" for one in track):
        yield "an open end has no arrow"
    for one in track:
        if "time" in of:
            days = cells.period(row[of["time"]]) or ()
            found = [(float(day.toordinal()), 0.0) for day in days]
        else:
            columns = _columns(one.of or of["track"])
            found = [pair for column in columns for pair in cells.numbers(row[column])]
        said = [number / rows.per for number, _ in found]
        # A cell may print fewer digits than are drawn.
        halves = [(half if half < 0.5 else 0) + 1e-9 for _, half in found]

        def near(
            drawn: list[float], said: list[float] = said, halves: list[float] = halves
        ) -> bool:
            last = zip(drawn, said[-len(drawn) :], halves[-len(drawn) :], strict=True)
            return len(drawn) <= len(said) and all(abs(a - b) <= half for a, b, half in last)

        if isinstance(one, Dot):
            if one.mark.sign in "▶◀":
                if not said or (one.at > max(said)) is not (one.mark.sign == "▶"):
                    yield f"{one.mark.sign} stands at {one.at}, and the cell says {said}"
            elif line.sign and one.mark != line.sign:
                yield f"its sign is {line.sign.sign}, and {one.mark.sign} stands on the scale"
            elif not any(abs(one.at - a) <= half for a, half in zip(said, halves, strict=True)):
                yield f"a sign stands at {one.at}"
            elif "dot" in of and not one.of and not _says(row[of["dot"]], one.mark):
                yield f"{one.mark.sign} is {one.mark.meaning!r}, the cell {row[of['dot']]!r}"
            continue
        ends = {
            "range": [one.low, one.high],
            "reach": [one.low, one.high],
            "bar": [one.high],
            "outline": [one.high],
        }
        if one.look == "open":
            if not said or said[0] not in (one.low, one.high):
                yield f"an open end begins at {one.low} or {one.high}, and the cell says {said}"
        elif not near(ends[one.look]) or one.low > one.high:
            yield f"a bar from {one.low} to {one.high}, and the cell says {said}"
        if "outline" in of and (one.look == "outline") is not (row[of["outline"]] == "yes"):
            yield f"a bar drawn as {one.look}, and {of['outline']!r} is {row[of['outline']]!r}"


def _ticks(rows: Rows) -> Iterator[str]:
    """A tick whose label begins with a number stands there; a track over days has years."""
    for scale in (rows.scale, *(group.scale for group in rows.groups)):
        for at, label in scale.ticks if scale and "time" not in rows.of else ():
            said = _numbers(label)
            number = said[0] * (1e6 if "million" in label else 1) if said else at
            near = any(
                abs(at - one) < 1e-9 for one in (number, number / (100 if "%" in label else 1))
            )
            if re.match(r"[-−+\d]", label) and not near:
                yield f"the tick {label!r} stands at {at}"


def _mislabelled(chart: Chart, rows: Rows) -> Iterator[str]:
    """The legend says of a sign what its mark means, and of no other sign more of it.

    A sign that means "yes" means what its column asks.
    """
    for mark in dict.fromkeys(_all_marks(rows)):
        asked = mark.meaning == "yes" and "dot" in rows.of
        meaning = str(rows.of["dot"]) if asked else mark.meaning
        said = {
            mark.sign in sign: max(
                checker.common_terms(meaning, words)
                for other, words in chart.legend
                if (mark.sign in other) is (mark.sign in sign)
            )
            for sign, _ in chart.legend
        }
        if said.get(True, 0) < said.get(False, 0):
            yield f"the legend says something else of {mark.sign} than {mark.meaning!r}"
        denied = mark.meaning == "no" and "dot" in rows.of
        for sign, words in chart.legend if denied else ():
            if mark.sign in sign and not re.search(r"\b(?:no|none|not|without)\b", words):
                yield f"the legend says {words!r} of {sign}, and the cell says no"
    yield from _headed(chart, rows)


def _is_unnamed(scale: Scale | None) -> bool:
    """Whether a line through all tracks has no words: none on its tick, none on the scale."""
    if scale is None or scale.goal is None or re.search(r"\bline\b", scale.title):
        return False
    return not any(at == scale.goal and re.search(r"[^\W\d]", label) for at, label in scale.ticks)


def _headed(chart: Chart, rows: Rows) -> Iterator[str]:
    """A letter at the head of a column has the words of its heading, and an empty bar those of the
    column whose yes makes it one.
    """
    entries = dict(chart.legend)
    of = rows.of.get("cells", ())
    for column, heading in zip(rows.columns, of, strict=False) if not rows.named else ():
        if column.title in entries and entries[column.title] != heading:
            yield f"the legend says {entries[column.title]!r} of {column.title}: {heading!r}"
        if len(column.title) == 1 and column.title not in entries:
            yield f"the legend does not explain {column.title}"
    outline = rows.of.get("outline")
    words = entries.get(LOOKS["outline"])
    fits = {one: checker.common_terms(one, str(outline)) for one in entries.values()}
    if outline and words and not 0 < fits[words] == max(fits.values()):
        yield f"the legend says {words!r} of {LOOKS['outline']}, which stands for {outline!r}"


def _is_sign(text: str) -> bool:
    return bool(text) and not text[0].isalnum() and text[0] not in "(“"


def _says(content: Any, mark: Mark) -> bool:
    """Whether a cell begins with a sign, or is the word that the sign stands for."""
    text = str(content)
    return text.startswith(mark.sign) or mark.meaning in text


def _all_marks(rows: Rows) -> list[Mark]:
    return [
        mark
        for line in rows.lines
        for mark in (
            line.sign,
            *line.cells,
            *(mark for mark, _ in line.units),
            *(one.mark for one in line.track if isinstance(one, Dot)),
        )
        if mark
    ]


def _apart(rows: Rows) -> Iterator[str]:
    """A sign has one meaning, and a meaning one sign: never by colour alone."""
    pairs = {(mark.sign, mark.meaning) for mark in _all_marks(rows)}
    if len({sign for sign, _ in pairs}) < len(pairs):
        yield f"one sign for several things: {sorted(pairs)}"


def _unexplained(chart: Chart, rows: Rows) -> Iterator[str]:
    known = {sign for sign, _ in chart.legend}
    around = f"{chart.subtitle} {' '.join(label for _, label in chart.legend)}"
    known |= {LOOKS["range"]} if re.search(r"\brange|\bmiddle\b", around) else set()
    drawn = {mark.sign for mark in _all_marks(rows)}
    bars = [one.look for line in rows.lines for one in line.track if isinstance(one, Bar)]
    drawn |= {LOOKS[look] for look in bars if look in LOOKS}
    drawn |= {"■"} if {"bar", "outline"} <= set(bars) else set()
    drawn |= {"╌"} if _is_unnamed(rows.scale) else set()
    drawn |= {"+"} if any(re.match(r"\+\d", line.text) for line in rows.lines) else set()
    for sign in sorted(drawn):
        if not any(sign in one for one in known):
            yield f"the legend does not explain {sign}"


# -- wrong ones ------------------------------------------------------------------------------------
def mutations(rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Each wrong drawing of rows with the name of its fault: exchanged, recounted, left out."""
    lines = rows.lines

    def changed(*pairs: tuple[Line, Line]) -> Rows:
        other = {id(old): new for old, new in pairs}
        groups = [
            replace(group, lines=[other.get(id(one), one) for one in group.lines])
            for group in rows.groups
        ]
        return replace(rows, groups=groups)

    for name in ("at", "title", "text", "note", "sign", "cells", "numbers", "units", "track"):
        values = {repr(getattr(line, name)): line for line in lines if getattr(line, name)}
        if len(values) > 1:
            one, two, *_ = values.values()
            yield (
                f"{name} of two rows exchanged",
                changed(
                    (one, replace(one, **{name: getattr(two, name)})),
                    (two, replace(two, **{name: getattr(one, name)})),
                ),
            )
    if "count" in rows.of or any(line.at is not None for line in lines):
        yield "a row left out", changed_out(rows)
    for line in lines:
        if line.units:
            (mark, count), *rest = line.units
            yield (
                "a sign too many",
                changed((line, replace(line, units=[(mark, count + 1), *rest]))),
            )
            break
    for unit, other in UNITS:
        told = [line for line in lines if line.at is not None and re.search(unit, line.text)]
        if told:
            wrong = [replace(line, text=re.sub(unit, other, line.text)) for line in told]
            yield f"{other} for {unit}", changed(*zip(told, wrong, strict=True))


def changed_out(rows: Rows) -> Rows:
    """The same without the first line that stands for a row."""
    gone = next(line for line in rows.lines if line.at is not None or "count" in rows.of)
    groups = [
        replace(group, lines=[line for line in group.lines if line is not gone])
        for group in rows.groups
    ]
    return replace(rows, groups=groups)
