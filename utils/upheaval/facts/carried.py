"""What excerpts are said to carry, held against what they say.

- Each number and each date in a column stands in the sentence, in its English rendering or in the
  note.
- The numbers, states, people and places in a text that several sentences carry stand in one of
  them, in a note of theirs, or in the title of a page: see `names`.
- Who is said to dispute a row is in the sentence that shows that it is disputed.
- Quoted words stand there word for word: see `verbatim`.
- A note with the name of a column and a colon ("date: the page is of that day") says how that
  column follows, and lets no other pass. "title: without Seoul, 12" lets pass these two and nothing
  else of the title, and does not say them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from . import denials, names, verbatim
from .excerpts import NAME, is_untranslated, text_of
from .figures import carries_number, figures_in, numbers_in, scale_of
from .plain_text import LONGEST, faults
from .problems import UNSAID, Problem, quoted
from .said_dates import carries_date
from .tables import Sound, Table

EXPLAIN = 'Take the column out; or say in note what is left out or how it follows: "{column}: …".'
SINGLY = 3
"""How many rows are told one by one in which no sentence says the same name."""
#: Columns that are our own reading of a row: no page says them, and a sentence carries a part.
OURS = frozenset({"note", "why_it_matters", "coding_reason", "strength_reason", "unit", "headline"})
OURS |= {"label", "estimator_short", "other_count", "gist"}


def what_is_carried(sound: Sound) -> Iterator[Problem]:
    """What an excerpt is said to carry, and does not."""
    if NAME not in sound:
        return
    table = sound[NAME]
    general = [sound[denials.NAME]] if denials.NAME in sound else []
    for name in dict.fromkeys(table.column("table")):
        if name in sound and "sources" in sound:
            yield from table.once(_carried, sound[name], sound["sources"], *general)


def _carried(table: Table, other: Table, sources: Table, *general: Table) -> Iterator[Problem]:
    """What the excerpts of the rows of one other table are said to carry, and do not.

    The page of a general denial is no source of a row that it is about, which says other things.
    """
    name, named, pages = other.entry["name"], other.by_id(), sources.by_id()
    denied = {
        (ref, page)
        for one in general
        for row in one.records()
        for ref in row["rows"]
        for page in row["sources"]
    }
    path = other.entry["path"]
    fields = {one["name"]: one for one in other.entry["schema"]["fields"]}
    for at, row in enumerate(table.records()):
        cells = named.get(row["row"]) if row["table"] == name else None
        if cells is None or not text_of(row["sentence"]) or _unreadable(row):
            continue
        # A page that is in no table is told as such.
        cited = row["source"] in cells.get("sources", row["source"])
        # Nobody knows what a page denies while the table of denials cannot be read.
        if row["source"] in pages and not cited and not _denies(name, row, denied, bool(general)):
            found = f"{quoted(row['source'])}, which is no source of that row"
            expected = f"Add it to sources in {path}."
            yield table.problem(at, "source", found, expected, (path, row["row"], "sources"))
        note = text_of(row["note"])
        about = (path, row["row"])
        said = f"{row['sentence']} ; {text_of(row['english'])} ; {without(note)}"
        for column in row["carries"]:
            if column not in fields:
                expected = f"It should be a column of {row['table']}.csv."
                yield table.problem(at, "carries", quoted(column), expected)
            elif is_empty(cells[column]):
                if column == "disputed_by" and cells["status"] == "disputed":
                    continue  # which is told of that row
                found, expected = f"{column}, which is empty there", "Take the column out."
                yield table.problem(at, "carries", found, expected, (*about, column))
            elif _no_denial(column, cells, row["carries"]):
                found = "status, which is disputed, without disputed_by"
                expected = "Take status out: a sentence that denies nothing shows no dispute."
                yield table.problem(at, "carries", found, expected, (*about, column))
            elif column not in explained(note):
                page = text_of(pages[row["source"]]["date"]) if row["source"] in pages else None
                for one in _missing(cells, fields[column], said, page):
                    if one in left_out(note).get(column, ()):
                        continue
                    found = f'{column}, whose "{one}" is not in the sentence'
                    expected = EXPLAIN.format(column=column)
                    yield table.problem(at, "carries", found, expected, (*about, column))


def _missing(
    cells: Mapping[str, Any], field: Mapping[str, Any], said: str, page: str | None
) -> list[str]:
    """The numbers and dates of one cell that a sentence of a page of that date does not say.

    Without a page (None) no date is judged: which year is meant, it alone can tell.
    """
    cell = cells[field["name"]]
    if isinstance(cell, tuple):
        return []
    if field.get("partialDate") or isinstance(cell, date):
        if page is None:
            return []
        written = cell.strftime("%Y-%m-%d") if isinstance(cell, date) else str(cell)
        parts = [one for one in written.split("/") if one]
        return [one for one in parts if not carries_date(said, one, page)]
    if field["type"] in ("integer", "number", "year"):
        found = carries_number(said, float(cell), scale_of(field, cells))
        return [] if found else [f"{cell:,.10g}"]
    return []


def _denies(
    name: str, row: Mapping[str, Any], denied: set[tuple[str, str]], are_known: bool
) -> bool:
    """Whether an excerpt is of the page of a general denial of its row, and of nothing else."""
    by_a_denial = set(row["carries"]) <= {"disputed_by", "status", "status_before", "status_since"}
    return by_a_denial and (not are_known or (f"{name}/{row['row']}", row["source"]) in denied)


def _no_denial(column: str, cells: Mapping[str, Any], carries: Sequence[str]) -> bool:
    """Whether a sentence is said to show a dispute, and not to deny anything."""
    disputed = column == "status" and cells["status"] == "disputed"
    return disputed and "disputed_by" in cells and "disputed_by" not in carries


#: From the start of a word, and so many: else a cell of one endless word takes half an hour.
_NAMED = r"(?<![a-z0-9_])((?:[a-z][a-z0-9_]*(?:, | and )){0,30}[a-z][a-z0-9_]*): "
_WITHOUT = re.compile(_NAMED + r"without ((?:(?!\.(?:\s|$)|[a-z0-9_]+: ).)*)\.?")


@lru_cache(maxsize=4096)
def explained(note: str) -> frozenset[str]:
    """The columns whose value follows by a note: of "low, high: half each" both.

    Of "title: without Seoul" none: see `left_out`.
    """
    named = re.findall(_NAMED + r"(?!without )", note)
    return frozenset(one for some in named for one in re.split(r", | and ", some))


@lru_cache(maxsize=4096)
def left_out(note: str) -> dict[str, frozenset[str]]:
    """What a sentence leaves out of each column, by its note: "title: without Seoul, 12"."""
    found: dict[str, frozenset[str]] = {}
    for some, what in _WITHOUT.findall(note):
        for column in re.split(r", | and ", some):
            items = frozenset(re.split(r", | and ", what.strip()))
            found[column] = found.get(column, frozenset()) | items
    return found


def without(note: str) -> str:
    """A note without what it says is left out, which would seem to be said."""
    return _WITHOUT.sub(" ", note)


def texts_carried(sound: Sound) -> Iterator[Problem]:
    """Numbers and names of a text that no sentence says which is said to carry it."""
    if not {NAME, "sources", *names.TABLES} <= set(sound):
        return
    table, known = sound[NAME], [sound[one] for one in names.TABLES]
    alike: dict[str, list[Problem]] = {}
    for name in dict.fromkeys(table.column("table")):
        if name in sound:
            for said, one in table.once(_texts_carried, sound[name], sound["sources"], *known):
                alike.setdefault(said, []).append(one)
    many = {said: found for said, found in alike.items() if len(found) > SINGLY}
    yield from (one for said, found in alike.items() if said not in many for one in found)
    if many:
        said, (first, *others) = next(iter(many.items()))
        left = len(others) + sum(map(len, list(many.values())[1:]))
        told = f"{first.found}; and the like in {left} more rows"
        right = f"Does a row of {', '.join(names.TABLES)} still say what {quoted(said)} is called?"
        of_names = "countries.csv", "", "name"
        expected = f"{right} Or else: {first.expected}"
        yield replace(first, found=told, expected=expected, about=of_names)


def _texts_carried(
    table: Table, other: Table, pages: Table, *known: Table
) -> Iterator[tuple[str, Problem]]:
    """What no sentence says of a text that some are said to carry, with the problem."""
    strict, loose = known[0].once(names.forms, *known[1:])
    states = {row["id"]: row["short_name"] for row in known[0].records()}
    checked, records = _texts_of(other), table.records()
    (told,), cells_of = table.once(_told, pages), other.by_id()
    for (one, column), places in dict(table.once(_carrying, other)).items():
        cells = cells_of.get(one)
        if cells is None or column not in checked or is_empty(cells[column]):
            continue
        if len(text_of(cells[column])) > LONGEST:
            continue  # which is told of that cell
        rows = [records[at] for at in places]
        if told & set(places) or any(column in explained(text_of(row["note"])) for row in rows):
            continue
        if (other.entry["name"], column) in verbatim.COLUMNS:
            unsaid = _misquoted(cells[column], rows)
        else:
            said = " ; ".join(_all_said(row, pages) for row in rows)
            gone = frozenset().union(
                *(left_out(text_of(row["note"])).get(column, frozenset()) for row in rows)
            )
            items = _unsaid(cells[column], said, gone, strict, loose, states)
            # Of "61 billion" the note may name the figure alone.
            unsaid = ", ".join(one for one in items if not {one, one.partition(" ")[0]} & gone)
        if unsaid:
            found = f"{column}, whose {quoted(unsaid)} is in no sentence that carries it"
            expected = EXPLAIN.format(column=column)
            about = (other.entry["path"], one, column)
            yield unsaid, table.problem(places[0], "carries", found, expected, about, UNSAID)


def _misquoted(cell: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The words of a quotation in which it differs from all sentences that carry it."""
    sentences = tuple(text_of(row["english"]) or text_of(row["sentence"]) for row in rows)
    return verbatim.unsaid(cell, sentences, tuple(text_of(row["note"]) for row in rows))


def _told(table: Table, pages: Table) -> Iterator[frozenset[int]]:
    """The places of excerpts with another fault, for which their words cannot be judged."""
    known = pages.by_id()
    yield frozenset(
        at
        for at, row in enumerate(table.records())
        if not text_of(row["sentence"])
        or row["source"] not in known
        or is_untranslated(row)
        or _unreadable(row)
    )


def _unreadable(row: Mapping[str, Any]) -> bool:
    """Whether a text of an excerpt is none, or too long, which is told of that cell."""
    return any(faults(text_of(row[one])) for one in ("sentence", "english", "note"))


def _texts_of(other: Table) -> frozenset[str]:
    """The columns of a table whose words a page may say: texts, and codes of states."""
    keys = other.entry["schema"].get("foreignKeys", [])
    to = {one["fields"][0]: one["reference"]["resource"] for one in keys}
    to |= {
        one["name"]: one["itemsIn"]["resource"]
        for one in other.entry["schema"]["fields"]
        if "itemsIn" in one
    }
    return frozenset(
        one["name"]
        for one in other.entry["schema"]["fields"]
        if one["name"] not in OURS
        and (
            to.get(one["name"]) == "countries"
            or (
                one["type"] == "string"
                and one["name"] not in to
                and "partialDate" not in one
                and not {"enum", "pattern"} & set(one.get("constraints", {}))
            )
        )
    )


def _carrying(table: Table, other: Table) -> Iterator[tuple[tuple[str, str], list[int]]]:
    """The places of the excerpts that carry a column of a row, by row and column."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, row in enumerate(table.records()):
        if row["table"] == other.entry["name"]:
            for column in row["carries"]:
                found.setdefault((row["row"], column), []).append(at)
    return iter(found.items())


def _all_said(row: Mapping[str, Any], pages: Table) -> str:
    """What an excerpt says: its sentence, note, and the title, author and year of its page."""
    page = pages.by_id().get(row["source"], {})
    own = [text_of(row["sentence"]), text_of(row["english"]), without(text_of(row["note"]))]
    head = [text_of(page.get(one)) for one in ("title", "publisher", "authors")]
    return " ; ".join([*own, *head, text_of(page.get("date"))[:4]])


def _unsaid(
    cell: Any,
    said: str,
    gone: frozenset[str],
    strict: names.Names,
    loose: names.Names,
    states: Mapping[str, str],
) -> list[str]:
    """The figures and names of a cell that are neither `said` nor `gone` by a note."""
    codes = cell if isinstance(cell, tuple) else (cell,) if cell in states else ()
    figures = [] if codes else list(figures_in(cell))
    named = {} if codes else names.named_in(cell, strict)
    if figures:
        known = numbers_in(said)
        known |= {float(int(one)) for one in known if one > 100}  # of 7,687.5 km "some 7,687"
        figures = [one for one in figures if not one[1] & known]
    found: set[str] = set()
    for text in (said, *gone) if codes or named else ():
        found.update(*names.named_in(text, loose).values())
    return [
        *(states.get(one, one) for one in codes if states.get(one, one) not in found),
        *(written for written, _ in figures),
        *(form for form, who in named.items() if not who & found),
    ]


def is_empty(cell: Any) -> bool:
    """Whether a cell of any type has nothing in it."""
    return not cell if isinstance(cell, tuple) else bool(pd.isna(cell))


RULES = (what_is_carried, texts_carried)
"""The rules of this module, in the order in which they are asked."""
