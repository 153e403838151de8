"""What spreadsheet programs do to the cells of a CSV file, and how it is undone.

A program that opens a table and saves it again writes dates, numbers and truth in the way of its
country. `put_back` reads such cells where their meaning is beyond doubt: the type in the schema and
the other cells of the file decide. What stays in doubt is told once for each cause, and no guess is
written. A change that is likely but not certain is an *offer*: only `mend` makes it, after it has
shown it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .cells import BadCell, convert
from .files import Change, Sheet
from .month_names import FALSE, MONTHS, NO, TRUE, TWO_MONTHS, YES, spelled
from .plain_text import ERROR_VALUE
from .problems import Problem, quoted, row_name
from .wording import counted

_GAP = "[ \u00a0\u202f\u2009'\u2019]"
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|(?=[^/\n]*/)[^-\n]*-.*|\d{4}/(\d{4})?|/\d{4}")
_TRIPLE = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?:\s?[гржѓ]\.)?")
"""A date of three numbers; behind it a dot, or the first letter of "year" in Slavic languages."""
_EAST = re.compile(r"(\d{4}|\d{2})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
_YEAR_MONTH = re.compile(r"(\d{4})[./-](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
_ZONE = r"\s?(?:Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?\d{2})?"
_MIDNIGHT = re.compile(
    rf"(?:[ T]0{{1,2}}[:.]00(?:[:.]00(?:[.,]0+)?)?{_ZONE}|,? 12:00(?::00)?[\s\u202f]?[Aa][Mm])$"
)
_TIME = re.compile(
    r"(?:[ T]|, )\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    rf"(?:[\s\u202f]?[AaPp][Mm]|{_ZONE})$"
)
"""A time of day behind a date; midnight is how programs write a day of no time."""
_LAKHS = r"-?[1-9]\d?(,\d{2})+,\d{3}"
"""A number as India parts it: 12,34,567."""
_WHOLE = re.compile(
    rf"-?[1-9]\d{{0,2}}((\.|{_GAP})\d{{3}})+,00?|-?[1-9]\d{{0,2}}((,|{_GAP})\d{{3}})+\.00?"
    rf"|{_LAKHS}\.00?|-?\d+[.,]00?|-?\d{{4,}}[.,]0+"
)
"""A whole number with one or two decimals that say nothing: 4.000,00."""
_FAR = {str(year) for year in range(27, 50)}
"""Years of two digits in which nothing of the tables is, 2027 to 2029 and 1930 to 1949.

A day after the 26th therefore tells where the year stands.
"""
_MARKS_OF_DIRECTION = str.maketrans("", "", "\u061c\u200e\u200f\u202a\u202b\u202c\ufeff")
"""What programs put into dates and numbers where writing goes from right to left."""
_SERIAL = re.compile(r"[2-5]\d{4}([.,]0+)?")
_ASKED = re.compile(r"[^\W\d_]\?[^\W\d_]|^\?[^\W\d_]|[^\W\d_]\?+\.\d")
#: Words of whoever wrote a cell by hand, and of no program: the column says what it holds.
_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter|early|mid|late)\b", re.IGNORECASE)
_IN_WORDS = r"(\d{1,4}\W{0,2})?[^\W\d_]+(\W{0,2}[^\W\d_]+)?\W{0,2}\d{1,4}\W?"
"""One or two words among numbers, as a program writes the name of a month."""
_NO_VALUE = frozenset({"nan", "na", "n/a", "<na>", "nat", "none", "null", "nil", "k.a.", "k. a."})
"""What programs of statistics and databases write where there is nothing, in small letters."""
_MONEY = re.compile(
    r"(?<![^\W\d_])(?:us\$|usd|eur|gbp|chf|krw|jpy|cny|rub|uah|pln|zł|kr|руб|грн)(?![^\W\d_])",
    re.IGNORECASE,
)
_ROUNDED = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")


@dataclass(frozen=True)
class Reading:
    """What a cell stands for: `after`, or None where nobody can know; `cause` says what was done.

    `sure` is False for an offer, which needs a person's look.
    """

    cause: str
    after: str | None = None
    sure: bool = True


DOUBTS = {
    "day and month in doubt": (
        "Which is the day and which the month? No date of this file tells. Write them as"
        " year-month-day, such as 2024-06-13."
    ),
    "dates in two orders": (
        "Some dates of this file have the day first, others the month. Write them as"
        " year-month-day, such as 2024-06-13."
    ),
    "the first day, or the whole month": (
        "A spreadsheet shows a month as its first day. Write 2024-06-01 for the day, 2024-06 for"
        " the month; `python start.py validate --mend` writes all of them as days if you agree."
    ),
    "a month whose name is another month elsewhere": (
        "The dates of this file end as Croatian ones do, where lip is June, srp July and lis"
        " October; in Polish lip is July and lis November, and in Czech srp is August. Write them"
        " such as 2024-06."
    ),
    "a month in words that are not known here": (
        "Write months and days in numbers, such as 2024-06 or 2024-06-13; or save the table again"
        " from a spreadsheet that is set to English."
    ),
    "a date with a time of day": (
        "The tables hold days. Write the day without the time, such as 2024-06-13; if the time is"
        " that of another part of the world, look up which day it was there."
    ),
    "a part of the date is lost": "Look it up in the source, and write it such as 2024-06-13.",
    "days counted from 1900": (
        "A spreadsheet counts days so. `python start.py validate --mend` shows the dates that they"
        " would be, and writes them if you agree."
    ),
    "a mark before three digits": (
        "Does it part thousands, or decimals? No number of this file tells. For thousands write the"
        " number without the mark (4000); for decimals write a point and no zeros at the end (4 or"
        " 4.5)."
    ),
    "a number that a spreadsheet took for a date": (
        "The number is lost. Look it up in the source, set the column to Text, and type it again."
    ),
    "a small number in powers of ten": (
        "`python start.py validate --mend` shows it with all its zeros, and writes it if you agree."
        " Look into the source whether digits are missing."
    ),
    "a number cut short by a spreadsheet": (
        "Its last digits are lost. Look it up in the source, and write all of them."
    ),
    "a percent sign beside a number": (
        "Does the column count parts of a hundred, or of one? Write the bare number as the other"
        " rows do, such as 12 or 0.12."
    ),
    "a currency beside a number": (
        "Write the bare number. The name of the column says in which money it counts: is it that"
        " one, and are they thousands, millions or billions?"
    ),
    "words or signs beside a number": (
        "Write the bare number, such as 3000 or 3.5. What else there is to say belongs into a note."
    ),
    "one sign for yes or no": (
        "`python start.py validate --mend` shows the words that they would be, and writes them if"
        " you agree. Or write yes or no."
    ),
    "a word in the place of an empty cell": (
        "Leave the cell empty. `python start.py validate --mend` empties all of them if you agree."
    ),
    "no value, only what a spreadsheet shows in its place": (
        "Make the column wider in the spreadsheet (####), or mend the formula (#NAME?, #REF!), and"
        " save again; or look the value up in the source."
    ),
    "a question mark in the place of a letter": (
        "The program could not save this letter. Type it again, and save the file as UTF-8: in"
        ' Excel the type "CSV UTF-8".'
    ),
    "an id that a spreadsheet took for a date": (
        "Write the id again as the other tables cite it, after setting the column to Text."
    ),
}
"""What stays in doubt, and what a person can do about it."""
BY_CONTEXT = "a mark before three digits"
"""The doubt that would look settled, wrongly, once the rest of its file was mended."""


@dataclass
class Cell:
    """One cell that is not as the collection writes it: where it stands, and its column's field."""

    line: int
    cells: list[str]
    place: int
    field: dict[str, Any]
    row: dict[str, str]

    @property
    def text(self) -> str:
        """What stands in the cell."""
        return self.cells[self.place]


@dataclass
class Evidence:
    """What all cells of a file say of how it was written.

    `decimal` is the decimal mark, or nothing when no number tells or they disagree; `orders` has,
    for each mark between the parts of a date, the orders that all dates of the file allow; `months`
    names the columns of dates in which some cell is a whole month; `final_dots` says whether days
    end with a dot, as in Croatian (13.6.2024.).
    """

    separator: str = ","
    decimal: str = ""
    orders: dict[str, set[str]] = field(default_factory=dict)
    months: set[str] = field(default_factory=set)
    final_dots: bool = False


def put_back(sheet: Sheet, fields: list[dict[str, Any]], file: str, offers: bool = False) -> None:
    """Write what is beyond doubt into the rows of `sheet`, and say so in its `changes`.

    What stays in doubt comes into `doubts`, once for each cause, and its cells into `told`. With
    `offers`, likely changes are made too. `fields` are the columns of the schema.
    """
    cells = list(_unusual(sheet, fields))
    if not cells:
        return
    evidence = _evidence(sheet, fields)
    made: dict[tuple[str, bool], list[tuple[Cell, str]]] = defaultdict(list)
    doubted: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        reading = _read(cell, evidence)
        if reading is None or reading.after == cell.text or not _fits(reading, cell):
            continue
        if reading.after is not None and (reading.sure or offers):
            made[reading.cause, reading.sure].append((cell, cell.text))
            cell.cells[cell.place] = reading.after
        elif reading.cause in DOUBTS:
            doubted[reading.cause].append(cell)
            sheet.told.add((cell.line, cell.field["name"]))
    for (cause, sure), pairs in made.items():
        cell, before = pairs[0]
        sheet.changes.append(Change(cause, len(pairs), before, cell.text, sure))
    sheet.doubts += [_doubt(file, cause, some) for cause, some in doubted.items()]


def _fits(reading: Reading, cell: Cell) -> bool:
    """Whether what a cell stands for is allowed in its column; else its own rules name the cell."""
    if reading.after is None:
        return True
    try:
        convert(reading.after, cell.field)
    except BadCell:
        return False
    return True


def _doubt(file: str, cause: str, cells: list[Cell]) -> Problem:
    """One problem for all cells of one cause: exact for one cell, else with a count."""
    first = cells[0]
    where = row_name(first.row.get("id", ""), first.line)
    columns = list(dict.fromkeys(cell.field["name"] for cell in cells))
    found = f"{quoted(first.text)} ({cause})"
    if len(cells) > 1:
        among = f" of the columns {', '.join(columns)}" if len(columns) > 1 else " of this column"
        found += f", here and in {counted(len(cells) - 1, 'more cell')}{among}"
    return Problem(file, where, columns[0], found, DOUBTS[cause])


def _unusual(sheet: Sheet, fields: list[dict[str, Any]]) -> Iterable[Cell]:
    """The cells that are not written as the collection writes their type."""
    by_name = {one["name"]: one for one in fields}
    known = [(place, by_name[name]) for place, name in enumerate(sheet.header) if name in by_name]
    tests = [(place, one, _usual(one, sheet.separator)) for place, one in known]
    for line, cells in sheet.rows:
        for place, one, usual in tests:
            text = cells[place]
            if text and not usual(text):
                yield Cell(line, cells, place, one, dict(zip(sheet.header, cells, strict=False)))


def _usual(column: dict[str, Any], separator: str) -> Callable[[str], object]:
    """A test whether a cell of this column is as the collection writes it.

    In a file without commas between its columns no number is sure before all others were seen.
    """
    rules = column.get("constraints", {})
    match column["type"]:
        case "integer" | "year":
            return re.compile(r"-?\d+").fullmatch
        case "number":
            # Three digits behind a point may be thousands, if the other numbers have a comma.
            sure = r"-?(\d+|\d+\.(\d{1,2}|\d{4,})|(0|\d{4,})\.\d{3})"
            return re.compile(sure if separator == "," else r"-?\d+").fullmatch
        case "date":
            return re.compile(r"\d{4}-\d{2}-\d{2}").fullmatch
        case "boolean":
            return {*column["trueValues"], *column["falseValues"]}.__contains__
    if column.get("partialDate"):
        return _ISO.fullmatch
    if "enum" in rules:
        return set(rules["enum"]).__contains__
    if "pattern" in rules:
        return re.compile(rules["pattern"]).fullmatch
    return lambda text: (
        text[0] != "#"
        and not text.startswith("Err:")
        and text == text.strip()
        and not _ASKED.search(text)
    )


def _evidence(sheet: Sheet, fields: list[dict[str, Any]]) -> Evidence:
    """What the cells of the whole file tell about decimals and the order of dates."""
    found = Evidence(sheet.separator)
    marks: set[str] = set()
    for column in fields:
        if column["name"] not in sheet.header:
            continue
        place = sheet.header.index(column["name"])
        texts = [cells[place].translate(_MARKS_OF_DIRECTION).strip() for _, cells in sheet.rows]
        texts = [text for text in texts if text]
        if column["type"] in ("number", "integer"):
            marks |= {mark for text in texts for mark in ",." if _decimal(mark).fullmatch(text)}
        elif column["type"] == "date" or column.get("partialDate"):
            _orders(texts, found.orders)
            found.final_dots |= any(re.fullmatch(r"(\d+\. ?){2}\d{4}\.", text) for text in texts)
            if any(_month(text) for text in texts):
                found.months.add(column["name"])
    found.decimal = marks.pop() if len(marks) == 1 else ""
    return found


def _decimal(mark: str) -> re.Pattern[str]:
    """What a number looks like that can only have this decimal mark."""
    one, other = re.escape(mark), re.escape("." if mark == "," else ",")
    return re.compile(
        rf"[-+\u2212]?(0{one}\d+|\d+{one}(\d{{1,2}}|\d{{4,}})|\d{{4,}}{one}\d+"
        rf"|\d{{1,3}}((?:{other}|{_GAP})\d{{3}})+{one}\d+|\d{{1,3}}({other}\d{{3}}){{2,}})"
    )


def _read(cell: Cell, evidence: Evidence) -> Reading | None:
    """What a cell stands for; None where it is left to the rules of its column."""
    text, column = cell.text, cell.field
    if any(letter.isdecimal() and not letter.isascii() for letter in text):
        return None
    if re.fullmatch(ERROR_VALUE, text.strip()):
        return Reading("no value, only what a spreadsheet shows in its place")
    dated = column["type"] == "date" or column.get("partialDate")
    if (_ASKED.search(text) or (dated and "?" in text)) and "://" not in text:
        return Reading("a question mark in the place of a letter")
    if text != text.strip():
        return Reading("spaces around a cell", text.strip(), sure=False)
    if dated or column["type"] in ("integer", "year", "number"):
        bare = text.translate(_MARKS_OF_DIRECTION)
        if bare != text:
            return _without_marks(bare, cell, evidence)
    worded = column["type"] in ("string", "list") and not dated
    if not worded and text.casefold() in _NO_VALUE:
        return Reading("a word in the place of an empty cell", "", sure=False)
    match column["type"]:
        case "integer" | "year":
            return _integer(text.replace("\u2212", "-"), evidence)
        case "number":
            return _number(text.replace("\u2212", "-"), evidence)
        case "boolean":
            return _word(text, [*column["trueValues"], *column["falseValues"]])
        case "list":
            return _padded(text, column)
    if dated:
        return _date(spelled(text.removeprefix("'")), cell, evidence)
    rules = column.get("constraints", {})
    if "enum" in rules:
        return _word(text, rules["enum"])
    if column["name"] == "id" and _named(text):
        return Reading("an id that a spreadsheet took for a date")
    return None


def _without_marks(bare: str, cell: Cell, evidence: Evidence) -> Reading | None:
    """What a cell stands for that has marks of the direction of writing in it."""
    inner = Cell(cell.line, [bare], 0, cell.field, cell.row)
    usual = _usual(cell.field, evidence.separator)(bare)
    return _read(inner, evidence) or (
        Reading("marks of the direction of writing", bare) if usual else None
    )


# Dates


def _orders(texts: list[str], orders: dict[str, set[str]]) -> None:
    """Narrow `orders`, by mark, to those in which every date of a column is a day of a calendar."""
    for text in texts:
        triple = _TRIPLE.fullmatch(_MIDNIGHT.sub("", text))
        if triple and len(triple[1]) < 4:
            orders[triple[2]] = orders.get(triple[2], set("DMY")) & _possible(triple).keys()


def _possible(triple: re.Match[str]) -> dict[str, date]:
    """The days that three numbers can be, by their order: D for day first, M month, Y year."""
    first, mark, second, third = triple[1], triple[2], triple[3], triple[4]
    spelled = {"D": (third, second, first)}
    if mark != ".":
        spelled["M"] = (third, first, second)
    if len(third) < 4:
        spelled["Y"] = (first, second, third)
    if mark == "." and len(first) == len(third) == 2:  # 24.06.13 is another day in Seoul
        spelled = {order: parts for order, parts in spelled.items() if parts[0] not in _FAR}
    days = {}
    for order, (year, month, day) in spelled.items():
        try:
            days[order] = date(_year(year), int(month), int(day))
        except ValueError:
            continue
    return days


def _year(text: str) -> int:
    """A year; of two digits as spreadsheet programs take it, 1930 to 2029."""
    if len(text) not in (2, 4):
        raise ValueError(f"{text} is no year")
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= 30 else 2000)


def _month(text: str) -> str | None:
    """The month that a text names, as 2024-06; None when it names a day, or nothing."""
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return text
    if pair := _YEAR_MONTH.fullmatch(text):
        return _iso(pair[1], pair[2])
    if pair := _MONTH_YEAR.fullmatch(text):
        return _iso(pair[2], pair[1])
    east = _EAST.fullmatch(text)
    if east and not east[3]:
        return _iso(east[1], east[2])
    named = _named(text)
    return named if named and len(named) == len("2024-06") else None


def _iso(year: str, month: str, day: str = "") -> str | None:
    """A partial date of numbers as text, or None when no calendar has it."""
    try:
        found = date(_year(year), int(month), int(day or 1))
    except ValueError:
        return None
    return found.isoformat() if day else f"{found:%Y-%m}"


def _named(text: str) -> str | None:
    """A date with the name of a month in it, as a partial date; "" when a part of it is missing."""
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = re.findall(r"\d+", text)
    if len(months) != 1 or len(text) > 40 or not 1 <= len(numbers) <= 2:
        return None
    if len(words) > 1 and len(numbers) < 2 and len(numbers[0]) < 4:
        return None
    month = str(months[0])
    first = text.strip()[0].isdigit()
    if len(numbers) == 1:
        return "" if len(numbers[0]) < 3 and first else _iso(numbers[0], month)
    if len(numbers[0]) == 4:
        return _iso(numbers[0], month, numbers[1])
    return _iso(numbers[1], month, numbers[0])


def _date(text: str, cell: Cell, evidence: Evidence) -> Reading | None:
    """A date or a month that a program has written in its own way."""
    timed, text = text, _MIDNIGHT.sub("", text)
    if _TIME.search(text):
        return Reading("a date with a time of day")
    partial = bool(cell.field.get("partialDate"))
    if evidence.final_dots and TWO_MONTHS.intersection(re.findall(r"[^\W\d_]+", text.casefold())):
        return Reading("a month whose name is another month elsewhere")
    if _SERIAL.fullmatch(text):
        return _serial(int(re.split("[.,]", text)[0]), cell, evidence)
    if month := _month(text):
        if month == text:
            return None
        if not partial:
            return Reading("a part of the date is lost")
        return Reading("months in the way of a spreadsheet", month)
    if _named(text) == "":
        return Reading("a part of the date is lost")
    if re.fullmatch(r"\d{4}(-\d{2}){2}", text):
        if timed == text:  # nothing but the mark before it
            return Reading("dates with a time or a mark before them", text)
        found = _shortened(text, cell, evidence)
        return replace(found, cause=_TIMED if found.sure else found.cause)
    day = _day(text, evidence)
    if not day and re.fullmatch(_IN_WORDS, text) and not (_named(text) or _SEASON.search(text)):
        return Reading("a month in words that are not known here")
    if not day or day in DOUBTS:
        return Reading(day) if day else None
    return _shortened(day, cell, evidence)


_TIMED = "dates with a time or a mark before them"


def _day(text: str, evidence: Evidence) -> str | None:
    """A full date as 2024-06-13, the name of a doubt, or None when it is no date."""
    if east := _EAST.fullmatch(text):
        return _iso(east[1], east[2], east[3])
    if named := _named(text):
        return named
    if packed := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text):
        return _iso(packed[1], packed[2], packed[3])
    triple = _TRIPLE.fullmatch(text)
    if not triple:
        return None
    if len(triple[1]) == 4:
        return _iso(triple[1], triple[3], triple[4])
    days = _possible(triple)
    orders = evidence.orders.get(triple[2], set())
    agreed = {days[order] for order in (orders & days.keys() or days.keys())}
    if len(agreed) == 1:
        return agreed.pop().isoformat()
    if not agreed:
        return None
    return "day and month in doubt" if orders else "dates in two orders"


def _shortened(day: str, cell: Cell, evidence: Evidence) -> Reading:
    """A full date, cut to what `date_precision` says is known, where a program has lengthened it.

    Where a column has no whole month left, a first day may have been one.
    """
    cause = "dates in the way of a spreadsheet"
    precision = cell.row.get("date_precision") if cell.field["name"] == "date" else None
    if not cell.field.get("partialDate") or not day.endswith("-01"):
        return Reading(cause, day)
    if precision in ("month", "year") and (precision == "month" or day.endswith("-01-01")):
        return Reading(cause, day[: 7 if precision == "month" else 4])
    if precision is None and cell.field["name"] not in evidence.months:
        return Reading("the first day, or the whole month", day, sure=False)
    return Reading(cause, day)


def _serial(days: int, cell: Cell, evidence: Evidence) -> Reading:
    """A day as the number of days since the end of 1899: an offer."""
    found = (date(1899, 12, 30) + timedelta(days=days)).isoformat()
    after = _shortened(found, cell, evidence).after
    return Reading("days counted from 1900", after, sure=False)


# Numbers


def _integer(text: str, evidence: Evidence) -> Reading | None:
    """A whole number in groups of three digits."""
    plain = re.sub(rf"[.,]|{_GAP}", "", text)
    if re.fullmatch(r"-?\d+", text):
        return Reading("minus signs of a spreadsheet", text)
    groups = rf"-?[1-9]\d{{0,2}}({_GAP}\d{{3}})+|-?[1-9]\d{{0,2}}(\.\d{{3}}){{2,}}"
    if re.fullmatch(rf"{groups}|-?[1-9]\d{{0,2}}(,\d{{3}}){{2,}}|{_LAKHS}", text):
        return Reading("thousands apart", plain)
    if _WHOLE.fullmatch(text):
        whole = re.sub(rf"[.,]|{_GAP}", "", re.sub(r"[.,]0+$", "", text))
        return Reading("decimals in the way of a country", whole)
    if single := re.fullmatch(r"-?[1-9]\d{0,2}([.,])\d{3}", text):
        if evidence.decimal == ("." if single[1] == "," else ","):
            return Reading("thousands apart", plain)
        home = "," if evidence.separator == "," else "."
        if not evidence.decimal and single[1] == home and evidence.separator in ",;":
            return Reading("thousands apart", plain)
        return Reading("a mark before three digits")
    return _mistaken(text)


def _number(text: str, evidence: Evidence) -> Reading | None:
    """A number with the decimal mark and the thousands of a country."""
    plain = re.sub(_GAP, "", text)
    if re.fullmatch(rf"{_LAKHS}(\.\d+)?", text):
        return Reading("thousands apart", text.replace(",", ""))
    if re.fullmatch(r"-?\d+", text):
        return Reading("minus signs of a spreadsheet", text)
    if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", text):
        return _three_digits(text, evidence)
    for mark, other in ((",", "."), (".", ",")):
        if _decimal(mark).fullmatch(text):
            after = plain.replace(other, "").replace(mark, ".")
            return Reading("decimals in the way of a country", after)
    if re.fullmatch(rf"-?[1-9]\d{{0,2}}({_GAP}\d{{3}})+", text):
        return Reading("thousands apart", plain)
    return _mistaken(text)


def _three_digits(text: str, evidence: Evidence) -> Reading | None:
    """A number such as 64,617 in a column that may have decimals: only other numbers tell."""
    mark = "," if "," in text else "."
    if mark == "." and evidence.separator == "," and evidence.decimal != ",":
        return None  # as the collection writes it
    semicolons = evidence.separator == ";" and mark == "," and not evidence.decimal
    if evidence.decimal == mark or semicolons:
        return Reading("decimals in the way of a country", text.replace(",", "."))
    return Reading("a mark before three digits")


def _mistaken(text: str) -> Reading | None:
    """A number that went through a spreadsheet's own types and did not come out whole."""
    if re.fullmatch(r"[1-9]([.,]\d{1,4})?[eE]-0?[1-9]", text):
        digits = format(Decimal(text.replace(",", ".")), "f")
        return Reading("a small number in powers of ten", digits, sure=False)
    if _ROUNDED.fullmatch(text):
        return Reading("a number cut short by a spreadsheet")
    triple = _TRIPLE.fullmatch(text)
    if _named(text) is not None or (triple and _possible(triple)):
        return Reading("a number that a spreadsheet took for a date")
    return _decorated(text)


def _decorated(text: str) -> Reading | None:
    """A number with something beside it: what it counts, or how well it is known."""
    if not re.search("[0-9]", text) or re.fullmatch(rf"(?:[0-9.,+-]|{_GAP})+", text):
        return None
    if re.search("[%‰٪％]", text):
        return Reading("a percent sign beside a number")
    if _MONEY.search(text) or any(unicodedata.category(sign) == "Sc" for sign in text):
        return Reading("a currency beside a number")
    return Reading("words or signs beside a number")


# Words


_SIGNS = dict.fromkeys("1yjstd", "yes") | dict.fromkeys("0nf", "no")
"""Signs for yes and no: the numbers of computers, and first letters (j is ja, s is sí or sim)."""


def _word(text: str, allowed: list[Any]) -> Reading | None:
    """An allowed word: yes or no as a program writes truth, or with other capitals, an offer."""
    word = text.casefold()
    truth = "yes" if word in TRUE | YES else "no" if word in FALSE | NO else ""
    if truth in allowed:
        return Reading("truth in the way of a spreadsheet", truth)
    if {"yes", "no"} == set(allowed) and word in _SIGNS:
        return Reading("one sign for yes or no", _SIGNS[word], sure=False)
    for one in allowed:
        if str(one).casefold() == word:
            return Reading("capital letters", str(one), sure=False)
    return None


def _padded(text: str, column: dict[str, Any]) -> Reading | None:
    """A list of codes such as 05, which a spreadsheet takes for the number 5."""
    pattern = column.get("constraints", {}).get("pattern")
    after = ";".join(item.zfill(2) for item in text.split(column["delimiter"]))
    if (
        pattern
        and text.isascii()
        and re.fullmatch(r"[\d;]+", text)
        and re.fullmatch(pattern, after)
    ):
        return Reading("zeros at the start taken away", after)
    return None
