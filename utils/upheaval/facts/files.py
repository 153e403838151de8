"""From a file on disk to rows of text, with plain words for what a spreadsheet does to a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from .problems import Problem, quoted, row_name

SAVE_AS = (
    'In Excel choose File, Save As, and the type "CSV UTF-8 (comma delimited)"; in LibreOffice'
    ' choose "Text CSV" with the character set Unicode (UTF-8) and the comma as separator.'
)
BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass
class Sheet:
    """The rows of one CSV file as text: `header`, and `rows` of (line in the file, cells)."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def starts_with_bom(path: Path) -> bool:
    """Whether a file begins with UTF-8's byte order mark; False for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(BOM)) == BOM
    except OSError:
        return False


def load(path: Path, columns: list[str]) -> Sheet:
    """Read the CSV file at `path`, which should have these `columns`, as text.

    What is wrong with the file as a whole, its encoding, separator, header or the number of cells
    in a row, comes back in `problems`; nothing is raised. A byte order mark is accepted.
    """
    sheet = Sheet()
    text = _text(path, sheet)
    if text is None:
        return sheet
    _split(text, path.name, columns, sheet)
    if not sheet.problems:
        _check_header(path.name, columns, sheet)
    if not sheet.problems:
        _check_cells(path.name, sheet)
    return sheet


def _text(path: Path, sheet: Sheet) -> str | None:
    """The file's text; a byte that is not UTF-8 becomes a lone surrogate, found cell by cell."""

    def problem(found: str, expected: str) -> None:
        sheet.problems.append(Problem(path.name, "", "", found, expected))

    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problem("no such file", f"Put {path.name} back into the folder {path.parent}.")
        return None
    except OSError as error:
        problem(
            f"a file that cannot be read ({error.strerror or error})",
            "Check that you may read this file.",
        )
        return None
    # A zero here and there is a character that nobody sees: told with its row and column.
    if data.startswith(_UTF16) or data[:2000].count(0) > len(data[:2000]) / 4:
        problem(
            'a file saved as UTF-16 (Excel calls this "Unicode Text")',
            f"Save it as UTF-8. {SAVE_AS}",
        )
        return None
    text = data.removeprefix(BOM).decode("utf-8", errors="surrogateescape")
    if not text.strip():
        problem(
            "an empty file",
            "The first line should name the columns, and each line after it is one row.",
        )
        return None
    return text


def _split(text: str, file: str, columns: list[str], sheet: Sheet) -> None:
    """Cut the text into cells, unless its first line shows that the comma is not its separator."""
    first = text.splitlines()[0]
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark in first and len(set(columns) & set(_names(first.split(mark)))) > 1:
            found = f"columns separated by {name}"
            sheet.problems.append(
                Problem(file, "line 1", "", found, f"Separate the columns with commas. {SAVE_AS}")
            )
            return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if line == 1:
                sheet.header = _names(cells)
            elif cells:
                sheet.rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        expected = (
            "Put quotation marks around a text with a comma in it, and write one inside it twice"
            ' ("").'
        )
        row = row_name(_first_cell(text, line), line)
        sheet.problems.append(
            Problem(file, row, "", "a quotation mark that is not closed, or stands alone", expected)
        )


def _first_cell(text: str, line: int) -> str:
    """The id of the row that starts at `line`, for a row that cannot be cut into cells."""
    lines = text.splitlines()
    return lines[line - 1].split(",")[0].strip('" ') if line <= len(lines) else ""


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().strip('"') for cell in cells]


def _check_header(file: str, columns: list[str], sheet: Sheet) -> None:
    """Every column once, none besides; their order is free."""
    columns_text = f"The columns of {file} are: {', '.join(columns)}."
    for name in columns:
        count = sheet.header.count(name)
        if count != 1:
            found = "no such column in line 1" if count == 0 else f"this column {count} times"
            sheet.problems.append(
                Problem(file, "line 1", name, found, f"It should be there once. {columns_text}")
            )
    for name in dict.fromkeys(sheet.header):
        if name not in columns:
            found = (
                "a column without a name" if not name else "a column that the schema does not know"
            )
            expected = f"Take it out, or describe it in datapackage.json. {columns_text}"
            sheet.problems.append(Problem(file, "line 1", name, found, expected))
    if not sheet.problems and not sheet.rows:
        sheet.problems.append(
            Problem(file, "", "", "no rows under the first line", "There should be at least one.")
        )


def _check_cells(file: str, sheet: Sheet) -> None:
    """As many cells in each row as in the header, and every one of them UTF-8."""
    width = len(sheet.header)
    first = sheet.header.index("id") if "id" in sheet.header else 0
    for line, cells in sheet.rows:
        name = row_name(cells[first] if first < len(cells) else "", line)
        if not any(cell.strip() for cell in cells):
            sheet.problems.append(
                Problem(file, f"line {line}", "", "an empty row", "Take the row out.")
            )
        elif len(cells) != width:
            edge = sheet.header[len(cells)] if len(cells) < width else sheet.header[-1]
            expected = (
                f"It should be {width}, one for each column, also where a cell is empty. "
                "Put quotation marks around a text with a comma in it."
            )
            sheet.problems.append(
                Problem(file, name, edge, f"{len(cells)} cells in this row", expected)
            )
        for column, cell in zip(sheet.header, cells, strict=False):
            if any("\udc80" <= letter <= "\udcff" for letter in cell):
                decoded = cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
                found = f"letters that are not UTF-8 in {quoted(decoded)}"
                sheet.problems.append(
                    Problem(file, name, column, found, f"Save the file as UTF-8. {SAVE_AS}")
                )
