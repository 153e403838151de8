"""The words of `datapackage.json` that something reads, each with the kind of value read there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .dates import bounds, precision
from .plain_text import visible

TYPES = ("string", "date", "integer", "year", "number", "boolean", "list")
"""The types of the Table Schema that the tables use."""

Json = Any
Kind = tuple[str, Callable[[Json], bool]]


def is_text(value: Json) -> bool:
    """Whether it is a text that can be seen, on one line."""
    return isinstance(value, str) and bool(value.strip()) and visible(value) == value


def is_number(value: Json) -> bool:
    """Whether it is a number that can be read exactly."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _is_date(value: Json) -> bool:
    try:
        return is_text(value) and "/" not in value and bool(bounds(value))
    except ValueError:
        return False


def _is_day(value: Json) -> bool:
    return _is_date(value) and precision(value) == "day"


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9


def _is_pattern(value: Json) -> bool:
    try:
        return is_text(value) and bool(re.compile(value))
    except (re.error, RecursionError, OverflowError):
        return False


def is_texts(value: Json) -> bool:
    """Whether it is a list of texts, each there once."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(map(is_text, value))
        and len(set(value)) == len(value)
    )


def is_values(value: Json) -> bool:
    """Whether it is a list of texts or numbers."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, str | int | float) for one in value)
    )


def _is_objects(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


_TEXT: Kind = ("a text", is_text)
_COLUMN: Kind = ("the name of a column", is_text)
_COLUMNS: Kind = ("a list of names of columns", is_texts)
_TRUTH: Kind = ("true or false", lambda value: isinstance(value, bool))
_OBJECT: Kind = (
    "a group of words in curly brackets",
    lambda value: isinstance(value, dict) and bool(value),
)
_OBJECTS: Kind = ("a list of groups in curly brackets", _is_objects)
_KEYS: Kind = (
    "a list of lists of names of columns",
    lambda value: isinstance(value, list) and bool(value) and all(map(is_texts, value)),
)
_PATTERN: Kind = ("a regular expression", _is_pattern)
_ANYTHING: Kind = ("", lambda value: True)
_NUMBER: Kind = ("a number", is_number)

PACKAGE: dict[str, Kind] = {
    **dict.fromkeys(("name", "title", "description", "version"), _TEXT),
    "knowledgeAsOf": ("a date such as 2026-02", _is_date),
    "nextLook": ("a day such as 2027-03-01", _is_day),
    **dict.fromkeys(("knowledgeNote", "$schema", "id", "created", "homepage", "image"), _TEXT),
    **dict.fromkeys(("licenses", "resources", "contributors", "sources"), _OBJECTS),
    **dict.fromkeys(("keywords",), ("a list of texts", is_texts)),
    "profile": _TEXT,
}
RESOURCE: dict[str, Kind] = {
    **dict.fromkeys(("name", "title", "description", "path"), _TEXT),
    "type": ("table", lambda value: value == "table"),
    "format": ("csv", lambda value: value == "csv"),
    "mediatype": ("text/csv", lambda value: value == "text/csv"),
    "encoding": ("utf-8", lambda value: value == "utf-8"),
    "dateColumn": _COLUMN,
    **dict.fromkeys(("excerpted", "mayBeEmpty"), _TRUTH),
    "schema": _OBJECT,
    **dict.fromkeys(("profile", "$schema", "homepage", "hash"), _TEXT),
    "bytes": _ANYTHING,
    **dict.fromkeys(("licenses", "sources"), _OBJECTS),
}
SCHEMA: dict[str, Kind] = {
    "fields": _OBJECTS,
    "fieldsMatch": ("equal", lambda value: value in ("equal", "exact")),
    "primaryKey": ('["id"]', lambda value: value in (["id"], "id")),
    "foreignKeys": _OBJECTS,
    "uniqueKeys": _KEYS,
    "$schema": _TEXT,
    **dict.fromkeys(("name", "title", "description"), _TEXT),
}
FIELD: dict[str, Kind] = {
    **dict.fromkeys(("name", "description", "title", "wanted", "example", "unit"), _TEXT),
    "type": (f"one of {', '.join(TYPES)}", lambda value: value in TYPES),
    "format": ("uri", lambda value: value in ("uri", "default")),
    "constraints": _OBJECT,
    "partialDate": (
        'true or "period"',
        lambda value: value is True or value is False or value == "period",
    ),
    "ground": ("sentence, day or ours", lambda value: value in ("sentence", "day", "ours")),
    "delimiter": ("one sign", lambda value: is_text(value) and len(value) == 1),
    "itemType": ("string", lambda value: value == "string"),
    "itemsIn": _OBJECT,
    "itemPattern": _PATTERN,
    "rowsIn": ("a list of names of tables", is_texts),
    **dict.fromkeys(("rowOf", "cellOf", "differsFrom", "notBefore", "atMost"), _COLUMN),
    "sumOf": _COLUMNS,
    **dict.fromkeys(("trueValues", "falseValues"), ("a list of texts", is_texts)),
    "rdfType": _TEXT,
}
CONSTRAINTS: dict[str, Kind] = {
    **dict.fromkeys(("required", "unique"), _TRUTH),
    "enum": ("a list of values", is_values),
    "pattern": _PATTERN,
    "maxLength": ("a whole number above 0", _is_whole),
    **dict.fromkeys(("minimum", "maximum"), _NUMBER),
}
LINK: dict[str, Kind] = {"resource": _TEXT, "field": ("id", lambda value: value == "id")}
FOREIGN_KEY: dict[str, Kind] = {"fields": _COLUMNS, "reference": _OBJECT}
REFERENCE: dict[str, Kind] = {
    "resource": _TEXT,
    "fields": ('["id"]', lambda value: value == ["id"]),
}
LICENCE: dict[str, Kind] = dict.fromkeys(("name", "path", "title"), _TEXT)
NEEDED = {
    "package": (
        *("name", "title", "description", "version", "licenses", "resources"),
        *("knowledgeAsOf", "knowledgeNote", "nextLook"),
    ),
    "table": ("name", "type", "title", "description", "path", "schema"),
    "schema": ("fields", "fieldsMatch", "primaryKey"),
    "column": ("name", "type", "title", "description"),
}
NEEDED_BY = {"list": ("delimiter",), "boolean": ("trueValues", "falseValues")}
ONLY_FOR = {
    "delimiter": ("list",),
    "itemType": ("list",),
    "itemsIn": ("list",),
    "itemPattern": ("list",),
    "rowsIn": ("list",),
    "partialDate": ("string",),
    "format": ("string",),
    "rowOf": ("string",),
    "cellOf": ("string",),
    "trueValues": ("boolean",),
    "falseValues": ("boolean",),
    "pattern": ("string",),
    "maxLength": ("string",),
    "minimum": ("integer", "number", "year"),
    "maximum": ("integer", "number", "year"),
    "sumOf": ("integer", "number"),
    "atMost": ("integer", "number", "year"),
}
"""Words that mean something for columns of these types alone: elsewhere nothing would read them."""
ALL = {
    *PACKAGE,
    *RESOURCE,
    *SCHEMA,
    *FIELD,
    *CONSTRAINTS,
    *LINK,
    *FOREIGN_KEY,
    *REFERENCE,
    *LICENCE,
}
"""All words, of whatever group."""
