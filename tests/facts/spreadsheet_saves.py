"""What spreadsheet programs make of a CSV file when it is opened and saved, country by country.

Written after what Excel, LibreOffice, Numbers and Google Sheets do; test_spreadsheets.py asks the
real LibreOffice as well, where there is one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from upheaval.facts.month_names import MONTHS

Rows = list[list[str]]


@dataclass(frozen=True)
class Country:
    """How programs write in a country: `day` and `month` are formats of a date."""

    separator: str
    decimal: str
    group: str
    day: str
    month: str
    months: str
    codepage: str
    true: str = "TRUE"
    false: str = "FALSE"

    def a_day(self, when: date) -> str:
        """A full date in short form."""
        return self.day.format(d=when.day, m=when.month, y=when.year)

    def a_month(self, when: date) -> str:
        """A month as Excel shows it, `Jun 24`."""
        name = self.months.split()[when.month - 1]
        return self.month.format(name=name, y=f"{when.year % 100:02}", Y=when.year)


_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
COUNTRIES = {
    "us": Country(",", ".", ",", "{m}/{d}/{y}", "{name}-{y}", _EN, "cp1252"),
    "uk": Country(",", ".", ",", "{d:02}/{m:02}/{y}", "{name}-{y}", _EN, "cp1252"),
    "de": Country(
        ";",
        ",",
        ".",
        "{d:02}.{m:02}.{y}",
        "{name} {y}",
        "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
        "cp1252",
        "WAHR",
        "FALSCH",
    ),
    "fr": Country(
        ";",
        ",",
        "\u202f",
        "{d:02}/{m:02}/{y}",
        "{name}-{y}",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "cp1252",
        "VRAI",
        "FAUX",
    ),
    "es": Country(
        ";",
        ",",
        ".",
        "{d:02}/{m:02}/{y}",
        "{name}-{y}",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "cp1252",
        "VERDADERO",
        "FALSO",
    ),
    "pl": Country(
        ";",
        ",",
        "\u00a0",
        "{d:02}.{m:02}.{y}",
        "{name}.{y}",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "cp1250",
        "PRAWDA",
        "FAŁSZ",
    ),
    "ua": Country(
        ";",
        ",",
        "\u00a0",
        "{d:02}.{m:02}.{y}",
        "{name}.{y}",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
        "cp1251",
        "ІСТИНА",
        "ХИБНІСТЬ",
    ),
    "ru": Country(
        ";",
        ",",
        "\u00a0",
        "{d:02}.{m:02}.{y}",
        "{name}.{y}",
        "янв фев мар апр май июн июл авг сен окт ноя дек",
        "cp1251",
        "ИСТИНА",
        "ЛОЖЬ",
    ),
    "tr": Country(
        ";",
        ",",
        ".",
        "{d}.{m:02}.{y}",
        "{name}.{y}",
        "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
        "cp1254",
        "DOĞRU",
        "YANLIŞ",
    ),
    "kr": Country(",", ".", ",", "{y}. {m}. {d}.", "{name}-{y}", _EN, "cp949"),
    "jp": Country(",", ".", ",", "{y}/{m}/{d}", "{name}-{y}", _EN, "cp932"),
}


def written(rows: Rows, separator: str = ",", end: str = "\r\n") -> str:
    """Rows as CSV text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def cells(rows: Rows, change: Callable[[str], str]) -> Rows:
    """The rows with every cell under the header changed."""
    return [rows[0], *([change(cell) for cell in row] for row in rows[1:])]


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return None


def as_excel(country: Country) -> Callable[[str], str]:
    """What Excel shows of a cell that it has read with the point as decimal mark."""

    def change(cell: str) -> str:
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", cell) and (when := _iso(cell)):
            return country.a_day(when) if len(cell) > 7 else country.a_month(when)
        if re.fullmatch(r"-?\d+(\.\d+)?", cell) and len(cell) < 12:
            return f"{float(cell):.10g}".replace(".", country.decimal)
        return cell

    return change


def decimals(country: Country) -> Callable[[str], str]:
    """What a program that leaves dates alone makes of a number."""
    return lambda cell: (
        cell.replace(".", country.decimal) if re.fullmatch(r"-?\d+\.\d+", cell) else cell
    )


def grouped(country: Country) -> Callable[[str], str]:
    """As `as_excel`, with thousands apart where a cell is a number from 1,000 that is no year."""
    excel = as_excel(country)

    def change(cell: str) -> str:
        if re.fullmatch(r"[1-9]\d{4,}|[3-9]\d{3}", cell):
            return f"{int(cell):,}".replace(",", country.group)
        return excel(cell)

    return change


def truth(country: Country) -> Callable[[str], str]:
    """As `as_excel`, with yes and no as the truth of a ticked column."""
    excel = as_excel(country)
    return lambda cell: {"yes": country.true, "no": country.false}.get(cell) or excel(cell)


def in_one_column(text: str, country: Country) -> str:
    """A file with commas, double-clicked where the list separator is a semicolon, and saved."""
    if country.separator == ",":
        return text.replace("\n", "\r\n")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    width = max(map(len, rows))
    return written([row + [""] * (width - len(row)) for row in rows], ";")


def misread(country: Country) -> Callable[[str], str]:
    """What Excel makes of our numbers when an import keeps the country's decimal mark."""
    if country.decimal == ".":
        return as_excel(country)
    names = {number: name for name, number in reversed(MONTHS.items())}

    def change(cell: str) -> str:
        if pair := re.fullmatch(r"(\d{1,2})\.(\d{1,2})", cell):
            first, second = int(pair[1]), int(pair[2])
            if 1 <= first <= 31 and 1 <= second <= 12:
                return f"{first:02}. {names[second]}"
            if 1 <= first <= 12 and second > 31:
                return f"{names[first]} {second}"
        return cell if "." in cell else as_excel(country)(cell)

    return change


def thousandfold(country: Country) -> Callable[[str], str]:
    """What an import makes of our numbers where the point parts thousands: 64.617 is 64617."""
    if country.decimal == ".":
        return str
    return lambda cell: (
        str(int(cell.replace(".", ""))) if re.fullmatch(r"\d{1,3}(\.\d{3})+", cell) else cell
    )


def saves(text: str, country: Country) -> Iterator[tuple[str, bytes]]:
    """Every way in which a program of this country saves a table, by name."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    mark = country.separator
    excel = cells(rows, as_excel(country))
    yield "excel utf-8", b"\xef\xbb\xbf" + written(excel, mark).encode()
    yield "excel ansi", written(excel, mark).encode(country.codepage, "replace")
    yield "excel unicode text", written(excel, "\t").encode("utf-16")
    yield "excel macintosh", written(excel, mark, "\r").encode("mac_roman", "replace")
    yield "excel thousands", written(cells(rows, grouped(country)), mark).encode()
    yield "excel truth", written(cells(rows, truth(country)), mark).encode()
    yield "excel sep line", f"sep={mark}\r\n".encode() + written(excel, mark).encode()
    yield "excel double click", in_one_column(text, country).encode()
    yield "excel wrong decimals", written(cells(rows, misread(country)), mark).encode()
    wide = [*([*row, "", ""] for row in excel), [""] * (len(rows[0]) + 2)]
    yield "excel edges", written(wide, mark).encode()
    yield "libreoffice", written(cells(rows, decimals(country)), mark, "\n").encode()
    wrong = cells(rows, thousandfold(country))
    yield "libreoffice wrong decimals", written(wrong, mark, "\n").encode()
    yield "numbers", written(cells(rows, as_excel(country)), mark, "\n").encode()
    yield "google sheets", written(cells(rows, decimals(country)), ",").encode()
