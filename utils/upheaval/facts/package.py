"""The rules of `datapackage.json` itself: a word that is misspelt is told, and never passed over.

`faults(package)` looks at every word of the schema: is it one that something reads, has it the kind
of value that is read there, do the names it uses exist?
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import schema_words as words
from .plain_text import visible
from .problems import Problem, quoted
from .schema_words import Json, Kind, is_number, is_text, is_texts, is_values

NAME = "datapackage.json"


def load(text: str) -> Json:
    """The schema from its text. Raises ValueError: no JSON, a word twice, nested without end."""
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole
        )
    except RecursionError:
        raise ValueError("brackets inside brackets without end") from None


def why(error: ValueError) -> str:
    """What keeps a text from being a schema, without the words of Python's reader of bytes."""
    return "it is not UTF-8" if isinstance(error, UnicodeError) else str(error)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object whose words are there once; JSON itself would keep the last and drop the first."""
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(name for name, _ in pairs if [one for one, _ in pairs].count(name) > 1)
        raise ValueError(f'"{twice}" twice in one group')
    return made


def _whole(text: str) -> float:
    """A whole number; one too long for Python's int as infinity, which no rule allows."""
    return int(text) if len(text) < 20 else float(text)


def _no_number(text: str) -> None:
    raise ValueError(f"{text}, which is no number")


def faults(package: Json) -> list[Problem]:
    """Everything that is wrong with the schema; empty when every word of it is read."""
    if not isinstance(package, dict):
        return [Problem(NAME, "", "", "no group of words in curly brackets", _SHAPE)]
    problems = list(_words(package, words.PACKAGE, "package", "", ""))
    for licence in _groups(package.get("licenses")):
        problems += _words(licence, words.LICENCE, "licence", "licenses", "", tuple(words.LICENCE))
    tables = _groups(package.get("resources"))
    problems += _twice(tables, "name", "table")
    problems += _twice(tables, "path", "file")
    known = {str(entry.get("name")): entry for entry in tables}
    for place, entry in enumerate(tables, 1):
        name = entry.get("name")
        where = f'table "{name}"' if is_text(name) else f"table number {place}"
        problems += _table(entry, where, known)
    return problems


_SHAPE = "It should describe the tables of the folder. Undo the last change, or take a fresh copy."


def _groups(value: Json) -> list[dict[str, Json]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _words(
    group: dict[str, Json],
    known: dict[str, Kind],
    kind: str,
    row: str,
    column: str,
    needed: tuple[str, ...] | None = None,
) -> Iterator[Problem]:
    """The words of one group: those that nothing reads, those of a wrong kind, those missing."""
    misspelt = set()
    for word, value in group.items():
        if word.startswith(("x-", "_")):
            continue
        if word not in known:
            near = difflib.get_close_matches(word, known, n=1)
            misspelt.update(near)
            hint = f'Did you mean "{near[0]}"? ' if near else ""
            expected = f"{hint}Known here: {', '.join(known)}. Begin a word of your own with x-."
            found = f"the word {quoted(word)}, which nothing reads"
            yield Problem(NAME, row, column, found, expected)
        elif not known[word][1](value):
            found = f"{quoted(_short(value))} as {word}"
            yield Problem(NAME, row, column, found, f"It should be {known[word][0]}.")
    for word in words.NEEDED[kind] if needed is None else needed:
        if word not in group and word not in misspelt:
            expected = f'Write it back: "{word}" should be {known[word][0]}.'
            yield Problem(NAME, row, column, f'no "{word}"', expected)


def _short(value: Json) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)[:200]
    except (ValueError, RecursionError):
        return "a value that is too long"


def _twice(groups: list[dict[str, Json]], word: str, what: str) -> Iterator[Problem]:
    seen = set()
    for group in groups:
        value = str(group.get(word))
        if word in group and value in seen:
            found = f"the {what} {quoted(value)} twice"
            yield Problem(NAME, f'table "{group.get("name")}"', "", found, "List each once.")
        seen.add(value)


@dataclass
class _Schema:
    """The schema of one table as its columns see it: their names, and those of all tables."""

    where: str
    tables: dict[str, Json]
    group: dict[str, Json]
    columns: dict[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        fields = _groups(self.group.get("fields"))
        self.columns = {str(one.get("name")): one for one in fields}

    def problem(self, column: str, found: str, expected: str) -> Problem:
        return Problem(NAME, self.where, column, found, expected)

    def column(self, value: Json, word: str, name: str = "") -> Iterator[Problem]:
        """A word that names another column of the table."""
        if is_text(value) and (value not in self.columns or value == name):
            near = difflib.get_close_matches(value, self.columns, n=1)
            hint = f'Did you mean "{near[0]}"? ' if near and near[0] != value else ""
            expected = f"{hint}It should be another column: {', '.join(self.columns)}."
            yield self.problem(name, f"{quoted(value)} as {word}", expected)

    def table(self, value: Json, word: str, name: str = "") -> Iterator[Problem]:
        """A word that names a table."""
        if is_text(value) and value not in self.tables:
            near = difflib.get_close_matches(value, self.tables, n=1)
            hint = f'Did you mean "{near[0]}"? ' if near else ""
            expected = f"{hint}It should be a table: {', '.join(self.tables)}."
            yield self.problem(name, f"{quoted(value)} in {word}", expected)


def _table(entry: dict[str, Json], where: str, known: dict[str, Json]) -> Iterator[Problem]:
    yield from _words(entry, words.RESOURCE, "table", where, "")
    path = str(entry.get("path", ""))
    if path and not re.fullmatch(r"[^/\\:]+\.csv", path):
        expected = "It should be the name of a CSV file beside datapackage.json: events.csv."
        yield Problem(NAME, where, "", f"{quoted(path)} as path", expected)
    if not isinstance(entry.get("schema"), dict):
        return
    schema = _Schema(where, known, entry["schema"])
    yield from _words(schema.group, words.SCHEMA, "schema", where, "")
    fields = _groups(schema.group.get("fields"))
    for twice in _twice(fields, "name", "column"):
        yield schema.problem("", twice.found, twice.expected)
    yield from _id(schema)
    yield from schema.column(entry.get("dateColumn"), "dateColumn")
    for one in fields:
        yield from _column(one, schema)
    if not _misspelt("excerpted", entry):
        yield from _ground(fields, entry.get("excerpted") is True, schema)
    for key in _groups(schema.group.get("foreignKeys")):
        yield from _foreign_key(key, schema)
    keys = schema.group.get("uniqueKeys")
    for key in keys if isinstance(keys, list) else ():
        for one in key if is_texts(key) else ():
            yield from schema.column(one, "uniqueKeys")


def _id(schema: _Schema) -> Iterator[Problem]:
    """Every row has an id, there once: rules and messages name rows by it."""
    if "id" not in schema.columns:
        if "fields" in schema.group:
            yield schema.problem(
                "id", "no such column", "Every table should name its rows by an id."
            )
        return
    column = schema.columns["id"]
    rules = column.get("constraints", {})
    if not isinstance(rules, dict) or _misspelt("constraints", column):
        return
    for word in ("required", "unique"):
        if rules.get(word, _misspelt(word, rules)) is False:
            found = f'an id without "{word}": true'
            yield schema.problem("id", found, f'Write it back: "{word}": true.')


def _misspelt(word: str, group: dict[str, Json]) -> bool:
    """Whether a word stands there misspelt: then that is the one cause, and it is told."""
    unknown = [one for one in group if one not in words.ALL]
    return word not in group and any(difflib.get_close_matches(one, [word], n=1) for one in unknown)


def _column(column: dict[str, Json], schema: _Schema) -> Iterator[Problem]:
    name, kind = str(column.get("name", "")), column.get("type")
    yield from _words(column, words.FIELD, "column", schema.where, name)
    rules = column["constraints"] if isinstance(column.get("constraints"), dict) else {}
    yield from _words(rules, words.CONSTRAINTS, "constraints", schema.where, name, ())
    yield from _limits(rules, kind, name, schema)
    for word in (*column, *rules):
        allowed = words.ONLY_FOR.get(word, words.TYPES)
        if kind in words.TYPES and kind not in allowed:
            expected = f"It should stand at columns of the type {' or '.join(allowed)} alone."
            yield schema.problem(name, f'"{word}" for the type {kind}', expected)
    for word in words.NEEDED_BY.get(str(kind), ()):
        if word not in column and not _misspelt(word, column):
            expected = f'Write it back: "{word}" should be {words.FIELD[word][0]}.'
            yield schema.problem(name, f'no "{word}"', expected)
    for word in ("rowOf", "cellOf", "differsFrom", "notBefore", "atMost"):
        yield from schema.column(column.get(word), word, name)
    for one in column["sumOf"] if is_texts(column.get("sumOf")) else ():
        yield from schema.column(one, "sumOf", name)
    for one in column["rowsIn"] if is_texts(column.get("rowsIn")) else ():
        yield from schema.table(one, "rowsIn", name)
    if isinstance(column.get("itemsIn"), dict):
        link, needed = column["itemsIn"], tuple(words.LINK)
        yield from _words(link, words.LINK, "link", schema.where, name, needed)
        yield from schema.table(link.get("resource"), "itemsIn", name)
    yield from _promised(column, name, schema)


def _ground(fields: list[dict[str, Json]], wanted: bool, schema: _Schema) -> Iterator[Problem]:
    """Columns of an excerpted table that do not say what they rest on; others that say it."""
    for one in fields:
        name = str(one.get("name", ""))
        if wanted and "ground" not in one and not _misspelt("ground", one):
            expected = f'Write "ground": {words.FIELD["ground"][0]}. It is what a cell rests on.'
            yield schema.problem(name, 'no "ground", though the table is excerpted', expected)
        elif "ground" in one and not wanted:
            expected = 'Take it out, or write "excerpted": true at the table.'
            yield schema.problem(name, '"ground" in a table that is not excerpted', expected)
            return


def _limits(rules: dict[str, Json], kind: Json, name: str, schema: _Schema) -> Iterator[Problem]:
    """Limits that contradict each other, and allowed values that the type cannot have."""
    low, high = rules.get("minimum", 0), rules.get("maximum", 10**15)
    if is_number(low) and is_number(high) and low > high:
        found = f"{low} as minimum with {high} as maximum"
        yield schema.problem(name, found, "The minimum should not be above the maximum.")
    wanted = {"string": str, "integer": int, "year": int}.get(str(kind))
    allowed = rules["enum"] if wanted and is_values(rules.get("enum")) else []
    for place, value in enumerate(allowed):
        found = f"{quoted(_short(value))} in enum"
        if not isinstance(value, wanted or str):
            expected = f"It should be a value that a column of the type {kind} can have."
            yield schema.problem(name, found, expected)
        elif isinstance(value, str) and (not value.strip() or visible(value) != value):
            yield schema.problem(name, found, "It should be a word, all of whose letters are seen.")
        elif value in allowed[:place]:
            yield schema.problem(name, f"{found} again", "It should be there once.")


def _foreign_key(key: dict[str, Json], schema: _Schema) -> Iterator[Problem]:
    needed = tuple(words.FOREIGN_KEY)
    yield from _words(key, words.FOREIGN_KEY, "foreign key", schema.where, "", needed)
    for one in key["fields"] if is_texts(key.get("fields")) else ():
        yield from schema.column(one, "fields of a foreign key")
    if isinstance(key.get("reference"), dict):
        reference, needed = key["reference"], tuple(words.REFERENCE)
        yield from _words(reference, words.REFERENCE, "reference", schema.where, "", needed)
        yield from schema.table(reference.get("resource"), "a foreign key")


_PROMISE = re.compile(r"\b(?:[Cc]odes?|ids?) of the table (\w+)")


def _promised(column: dict[str, Json], name: str, schema: _Schema) -> Iterator[Problem]:
    """A column described as ids of a table is held to it: a rule cannot be taken out unseen."""
    said = _PROMISE.search(str(column.get("description")))
    word = "itemsIn" if column.get("type") == "list" else "foreignKeys"
    group = column if word == "itemsIn" else schema.group
    if not said or said[1] not in schema.tables or _misspelt(word, group):
        return
    keys = [str(key.get("fields")) for key in _groups(schema.group.get("foreignKeys"))]
    if "itemsIn" not in column and str([name]) not in keys:
        expected = f'Write "{word}" back, or describe the column otherwise.'
        found = f"no {word}, though it should hold ids of the table {said[1]}"
        yield schema.problem(name, found, expected)
