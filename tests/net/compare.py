"""What differs between two records, in words: which lesson, which thing, in which states, what was
and what is.
"""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from net.record import Record

Json = Any
Lines = list[tuple[str, str]]

#: Two numbers of a figure this near are one: a processor or a library may round the last digits its
#: own way.
NEAR = 1e-9
#: How many differences of one figure are looked for, and how many groups of differences a report
#: shows.
IN_ONE_FIGURE = 40
SHOWN = 25

RENEW = (
    "If all of this is meant, renew the record and say in the commit why it changed:\n"
    "    python tests/net/record.py"
)

_LABEL = re.compile(r"([a-zA-Z_ ]{1,24}|control [^“]* “[^”]*”): (.*)")
# A sentence ends before a capital letter, a digit or a quotation mark; "U.S. policy" and "Mr. X" go
# on.
_SENTENCES = re.compile(
    r"(?<![A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)(?<=[.!?:])[”\")]*\s+(?=[A-ZА-Я“\"(0-9])| ⏎ "
)


@dataclass
class Difference:
    """One difference: `what` of a `thing` in a lesson, in all the `states` that share it."""

    lesson: str
    thing: str
    what: str
    was: str
    now: str
    states: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        where = f"Lesson {self.lesson}, {self.thing}"
        if self.states and self.states != [""]:
            more = f" and {len(self.states) - 1} more" if len(self.states) > 1 else ""
            where += f" ({self.states[0]}{more})"
        lines = [f"{where}{': ' if self.what else ''}{self.what}"]
        lines += [f"    was: {self.was}"] if self.was else []
        lines += [f"    is:  {self.now}"] if self.now else []
        return "\n".join(lines)


def report(found: list[Difference], most: int = SHOWN) -> str:
    """The differences as text, at most so many; then how many more there are."""
    lines = [str(one) for one in found[:most]]
    if len(found) > most:
        rest: dict[str, int] = {}
        for one in found[most:]:
            rest[one.lesson] = rest.get(one.lesson, 0) + 1
        each = ", ".join(f"lesson {number}: {count}" for number, count in rest.items())
        lines.append(f"… and {len(found) - most} more differences ({each}).")
    return "\n".join(lines)


# -- texts -----------------------------------------------------------------------------------------
# ----------------
def texts(was: Record, now: Record) -> list[Difference]:
    """The sentences that differ; equal changes in several states of a chart are one difference."""
    found: dict[tuple[str, ...], Difference] = {}
    for number in sorted({*was.texts, *now.texts}):
        before, after = parsed(was.texts.get(number, "")), parsed(now.texts.get(number, ""))
        for thing in {**before, **after}:
            if thing not in before or thing not in after:
                _note(found, number, thing, "is new" if thing in after else "is gone", "", "", "")
                continue
            for state, what, old, new in _in_thing(before[thing], after[thing]):
                # An answer that was right and is wrong has the same text: then the label is the
                # difference.
                old, new = (as_text(one) if what == "option" else one for one in (old, new))
                pairs = [(old, new)] if old == new else sentences_that_differ(old, new)
                for one, other in pairs:
                    _note(found, number, thing, what, one, other, state)
    return list(found.values())


def as_text(option: str) -> str:
    """An option whose recorded line ends in the cells that rules compare, without JSON."""
    name, brace, rest = option.partition(" {")
    try:
        cells = json.loads(f"{{{rest}") if brace else {}
    except ValueError:
        return option
    listed = {one: cell if isinstance(cell, list) else [cell] for one, cell in cells.items()}
    texts = (f"{one} {' and '.join(map(str, cell))}" for one, cell in listed.items())
    return f"{name} ({', '.join(texts)})" if cells else option


def _note(found: dict[tuple[str, ...], Difference], *parts: str) -> None:
    *what, state = parts
    found.setdefault(tuple(what), Difference(*what)).states.append(state)


def parsed(text: str) -> dict[str, dict[str, Lines]]:
    """A file of texts as {thing: {state: labelled lines}}; a chart's state has its own lines and
    those of all.
    """
    things: dict[str, dict[str, Lines]] = {}
    state, lines = "", things.setdefault("its file", {}).setdefault("", [])
    for line in text.splitlines():
        if line.startswith("=== "):
            thing, state = line[4:], ""
            lines = things.setdefault(thing, {}).setdefault("", [])
        elif line.startswith("--- "):
            state = line[4:]
            lines = things[thing].setdefault(state, [])
        elif line.startswith("  "):
            labelled = None if thing.startswith("text under") else _LABEL.fullmatch(line[2:])
            lines.append((labelled[1], labelled[2]) if labelled else ("", line[2:]))
        elif line:
            lines.append(("", line))
    for held in things.values():
        every = (
            [one for one in held.get("", []) if not one[0].startswith("control ")]
            if len(held) > 1
            else []
        )
        for name in held:
            if name:
                own = {label for label, _ in held[name]}
                held[name] += [one for one in every if one[0] not in own]
        if len(held) > 1:
            held[""] = [one for one in held[""] if one[0].startswith("control ")]
    return things


def _in_thing(was: dict[str, Lines], now: dict[str, Lines]) -> Iterator[tuple[str, str, str, str]]:
    """(state, what, was, is) for each line that differs."""
    for state in {**was, **now}:
        if state not in was or state not in now:
            yield state, "a choice that is new" if state in now else "a choice that is gone", "", ""
        elif state:
            before, after = dict(was[state]), dict(now[state])
            for label in {**before, **after}:
                if before.get(label, "") != after.get(label, ""):
                    yield state, label, before.get(label, ""), after.get(label, "")
        elif was[state] != now[state]:
            for gone, come in changed_parts(was[state], now[state]):
                both = len(gone) == len(come)
                pairs = (
                    zip(gone, come, strict=True)
                    if both
                    else [*((one, None) for one in gone), *((None, one) for one in come)]
                )
                for old, new in pairs:
                    yield state, _label(old, new), old[1] if old else "", new[1] if new else ""


def _label(old: tuple[str, str] | None, new: tuple[str, str] | None) -> str:
    if old and new and old[0] != new[0]:
        return f"{old[0]}, now {new[0]}"
    return (old or new or ("", ""))[0]


def changed_parts(was: list[Any], now: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """The stretches of two lists that differ."""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield was[a:b], now[c:d]


def sentences_that_differ(was: str, now: str) -> Iterator[tuple[str, str]]:
    """Of two texts the sentences that differ, side by side. Texts without any give themselves,
    once.
    """
    if not was or not now:
        yield was, now
        return
    for gone, come in changed_parts(_SENTENCES.split(was), _SENTENCES.split(now)):
        if len(gone) == len(come):
            yield from zip(gone, come, strict=True)
        else:
            yield " ".join(gone), " ".join(come)


# -- tables and figures
# ------------------------------------------------------------------------------------------------
def tables(was: Record, now: Record) -> list[Difference]:
    """The rows and cells that differ, in every state of every chart that both records have."""
    found: dict[tuple[str, ...], Difference] = {}
    for number, chart, state, before, after in _both(was.tables, now.tables):
        for what, old, new in _in_table(before, after):
            _note(found, number, f"chart {chart}", what, old, new, state)
    return list(found.values())


def figures(was: Record, now: Record) -> list[Difference]:
    """What differs in the figures as plotly gets them: where in the JSON, what was, what is."""
    found: dict[tuple[str, ...], Difference] = {}
    for number, chart, state, before, after in _both(was.figures, now.figures):
        for _, (path, old, new) in zip(range(IN_ONE_FIGURE), in_json(before, after), strict=False):
            _note(found, number, f"chart {chart}", f"figure, {path}", old, new, state)
    return list(found.values())


def _both(was: Json, now: Json) -> Iterator[tuple[str, str, str, Json, Json]]:
    for number, charts in was.items():
        for chart, states in charts.items():
            others = now.get(number, {}).get(chart, {})
            for state, before in states.items():
                if state in others and others[state] != before:
                    yield number, chart, state, before, others[state]


def _in_table(was: Json, now: Json) -> Iterator[tuple[str, str, str]]:
    for gone, come in changed_parts(was["columns"], now["columns"]):
        yield "columns of the table", ", ".join(gone), ", ".join(come)
    for gone, come in changed_parts(was["sources"], now["sources"]):
        yield "sources", "; ".join(gone), "; ".join(come)
    if was["columns"] != now["columns"]:
        return
    old, new = ([json.dumps(row) for row in one["rows"]] for one in (was, now))
    for gone, come in changed_parts(old, new):
        before, after = ([json.loads(row) for row in part] for part in (gone, come))
        if len(before) == len(after):
            for one, other in zip(before, after, strict=True):
                for column, cell, another in zip(was["columns"], one, other, strict=True):
                    if cell != another:
                        yield (
                            f"table, row {_row(one)}, column “{column}”",
                            _said(cell),
                            _said(another),
                        )
        else:
            yield from ((f"table, a row that is gone: {_row(one)}", "", "") for one in before)
            yield from ((f"{NEW}: {_row(one)}", "", _cells(one)) for one in after)


NEW = "table, a row that is new"


def _cells(row: list[Json]) -> str:
    """All that a reader is shown of a row."""
    return " · ".join(_said(cell) for cell in row if cell not in (None, ""))


def _row(row: list[Json]) -> str:
    cells = [str(cell) for cell in row if cell is not None][:2]
    return "“" + " · ".join(cell if len(cell) < 70 else f"{cell[:70]}…" for cell in cells) + "”"


def _said(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) < 300 else f"{text[:300]}…"


def in_json(was: Json, now: Json, path: str = "") -> Iterator[tuple[str, str, str]]:
    """(where, was, is) for all that differs between two JSON values; numbers are compared up to
    `NEAR`.
    """
    if isinstance(was, dict) and isinstance(now, dict):
        for name in {**was, **now}:
            inner = f"{path}.{name}" if path else name
            if name not in was or name not in now:
                yield inner, _said(was.get(name, "not there")), _said(now.get(name, "not there"))
            else:
                yield from in_json(was[name], now[name], inner)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for at, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from in_json(one, other, f"{path}[{at}]")
    elif not _same(was, now):
        yield path, _said(was), _said(now)


def _same(was: Json, now: Json) -> bool:
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (was, now))
    return math.isclose(was, now, rel_tol=NEAR, abs_tol=NEAR) if numbers else was == now


def counted(found: Iterable[Difference], one: str, many: str) -> str:
    """``12 cells of tables``."""
    count = sum(1 for _ in found)
    return f"{count} {one if count == 1 else many}"
