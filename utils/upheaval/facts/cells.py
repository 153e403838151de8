"""From the text of a cell to a value of the type the schema gives its column."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from .addresses import address_fault
from .dates import EARLIEST_YEAR, LATEST_YEAR, bounds
from .plain_text import blank
from .problems import quoted

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DIGITS = 15
"""How many digits of a number are exact, in Python, in JavaScript and in a spreadsheet."""
SPACES = "Take out the spaces around it."
_EXCEL_NUMBER = re.compile(r"[+-]?[0-9.,'\s\u00a0\u202f]+([eE][+-]?[0-9]+)?")


class BadCell(Exception):
    """A cell that its column does not allow: `found` and `expected` are parts of a Problem."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"found {found}. {expected}")
        self.found = found
        self.expected = expected


def convert(text: str, field: dict[str, Any]) -> Any:
    """The value of a cell, by the type and the constraints of its `field` in the Table Schema.

    An empty cell gives None, or an empty tuple in a list column. Raises BadCell.
    """
    rules = field.get("constraints", {})
    if blank(text):
        if rules.get("required"):
            raise BadCell(quoted(text), f"This cell must be filled: {_expected(field)}.")
        if text.strip():
            raise BadCell(quoted(text), "Clear the cell: nobody sees what is in it.")
        return () if field["type"] == "list" else None
    if text != text.strip():
        raise BadCell(quoted(text), SPACES)
    value = TYPES[field["type"]](text, field)
    if "enum" in rules and value not in rules["enum"]:
        raise BadCell(quoted(text), f"It should be one of: {', '.join(map(str, rules['enum']))}.")
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        raise BadCell(quoted(text), f"It should be {_expected(field)}.")
    if field.get("format") == "uri" and (fault := address_fault(text)):
        raise BadCell(quoted(text), fault)
    if "maxLength" in rules and len(text) > rules["maxLength"]:
        raise BadCell(
            f"{len(text)} characters in {quoted(text)}", f"At most {rules['maxLength']} fit here."
        )
    _check_limits(value, text, rules)
    return value


def as_text(cell: Any) -> str:
    """A value as a CSV file writes it."""
    if isinstance(cell, list | tuple):
        return ";".join(map(as_text, cell))
    if (
        cell is None
        or cell is pd.NA
        or cell is pd.NaT
        or (isinstance(cell, float) and math.isnan(cell))
    ):
        return ""
    if isinstance(cell, bool | np.bool_):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return str(cell)


def _check_limits(value: Any, text: str, rules: dict[str, Any]) -> None:
    if "minimum" in rules and value < rules["minimum"]:
        raise BadCell(quoted(text), f"It should not be less than {rules['minimum']}.")
    if "maximum" in rules and value > rules["maximum"]:
        raise BadCell(quoted(text), f"It should not be more than {rules['maximum']}.")


def _expected(field: dict[str, Any]) -> str:
    """What belongs into a column, in words."""
    rules = field.get("constraints", {})
    if "enum" in rules:
        return f"one of {', '.join(map(str, rules['enum']))}"
    kind = field.get("partialDate") or field["type"]
    if kind in _EXPECTED and "wanted" not in field:
        return _EXPECTED[kind]
    example = f", for example {field['example']}" if "example" in field else ""
    return f"{field.get('wanted', 'a text')}{example}"


_EXPECTED: dict[Any, str] = {
    True: "a date such as 2024-10-23, 2024-10 or 2024",
    "period": (
        "a date such as 2024-10-23, 2024-10 or 2024, or a period such as 2023-09/2023-10 "
        "(2023-09/ when its end is open)"
    ),
    "date": "a full date such as 2024-10-23",
    "integer": "a whole number such as 3000",
    "year": "a year such as 2024",
    "number": "a number such as 3000 or 3.5",
    "boolean": "yes or no",
    "list": "one or more entries with a semicolon between them and no spaces",
}
_EXCEL_DATE = (
    "A spreadsheet may have rewritten it: set the column to Text, type the date again, and save."
)
_SPREADSHEET_DATE = (
    r"^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|^\d{1,2}[- .][A-Za-z]{3}|^[A-Za-z]{3}[- .]\d|^\d{5}$"
)
_EXCEL_NUMBER_ADVICE = (
    "Write it without spaces or thousands separators, with a point before decimals."
)


_DIGITS_ADVICE = "Write it with the digits 0 to 9."


def _other_digits(text: str) -> bool:
    return any(letter.isdecimal() and not letter.isascii() for letter in text)


def _string(text: str, field: dict[str, Any]) -> str:
    kind = field.get("partialDate")
    if not kind:
        return text
    try:
        bounds(text)
    except ValueError as reason:
        raise BadCell(quoted(text), _date_advice(text, _expected(field), reason)) from None
    if kind is True and "/" in text:
        raise BadCell(quoted(text), f"It should be {_expected(field)}, not a period.")
    return text


def _date_advice(text: str, expected: str, reason: ValueError) -> str:
    advice = f"It should be {expected}."
    if _other_digits(text):
        return f"{advice} {_DIGITS_ADVICE}"
    if re.fullmatch(r"[0-9]{4}.*", text, re.DOTALL) and "is not a" not in str(reason):
        return f"{reason} {advice}"
    return f"{advice} {_EXCEL_DATE}" if re.search(_SPREADSHEET_DATE, text) else advice


def _date(text: str, field: dict[str, Any]) -> date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError("is not a full date")
        bounds(text)  # the same calendar and the same years as for a date that is less exact
        return date.fromisoformat(text)
    except ValueError as reason:
        raise BadCell(quoted(text), _date_advice(text, _EXPECTED["date"], reason)) from None


def _integer(text: str, field: dict[str, Any]) -> int:
    _check_length(text)
    if _INTEGER.fullmatch(text):
        return int(text)
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", text):
        raise BadCell(
            quoted(text),
            "Does the point part thousands, or decimals? Write a whole number without a point:"
            f" {text.replace('.', '')}, or {text.partition('.')[0]}.",
        )
    if _NUMBER.fullmatch(text) and float(text).is_integer():
        raise BadCell(quoted(text), f"It should be a whole number: {int(float(text))}.")
    raise BadCell(quoted(text), _number_advice(text, _EXPECTED[field["type"]]))


def _year(text: str, field: dict[str, Any]) -> int:
    year = _integer(text, field)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        expected = f"It should be a year from {EARLIEST_YEAR} to {LATEST_YEAR}."
        raise BadCell(quoted(text), expected)
    return year


def _check_length(text: str) -> None:
    """Refuse a number with more digits than are exact: 4,301 of them Python would not even read."""
    if _NUMBER.fullmatch(text) and len(text.replace(".", "").lstrip("+-0")) > _DIGITS:
        found = f"{quoted(text)}, a number of {sum(map(str.isdigit, text))} digits"
        raise BadCell(found, f"At most {_DIGITS} digits can be read exactly.")


def _number(text: str, field: dict[str, Any]) -> float:
    _check_length(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    raise BadCell(quoted(text), _number_advice(text, _EXPECTED["number"]))


def _number_advice(text: str, expected: str) -> str:
    advice = f"It should be {expected}."
    if _other_digits(text):
        return f"{advice} {_DIGITS_ADVICE}"
    return f"{advice} {_EXCEL_NUMBER_ADVICE}" if _EXCEL_NUMBER.fullmatch(text.strip()) else advice


def _boolean(text: str, field: dict[str, Any]) -> bool:
    if text in field["trueValues"]:
        return True
    if text in field["falseValues"]:
        return False
    raise BadCell(
        quoted(text), f"It should be {field['trueValues'][0]} or {field['falseValues'][0]}."
    )


def _list(text: str, field: dict[str, Any]) -> tuple[str, ...]:
    items = tuple(text.split(field["delimiter"]))
    if any(item != item.strip() or not item for item in items):
        raise BadCell(quoted(text), f"It should be {_EXPECTED['list']}.")
    if len(set(items)) < len(items):
        raise BadCell(quoted(text), "Each entry should be there once.")
    if "itemPattern" in field:
        for item in items:
            if not re.fullmatch(field["itemPattern"], item):
                raise BadCell(quoted(item), f"It should be {_expected(field)}.")
    return items


TYPES = {
    "string": _string,
    "date": _date,
    "integer": _integer,
    "year": _year,
    "number": _number,
    "boolean": _boolean,
    "list": _list,
}
"""The types of the Table Schema that the tables use, each with its reader of one cell."""
