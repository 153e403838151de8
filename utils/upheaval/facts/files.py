"""From a file on disk to rows of text, with plain words for what a spreadsheet does to a file."""

from __future__ import annotations

import codecs
import csv
import errno
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..os_errors import reason
from . import first_line
from .plain_text import formula, visible
from .problems import Problem, quoted, row_name
from .wording import counted

SAVE_AS = (
    "In LibreOffice or Google Sheets save as CSV; in Excel choose File, Save As, and the type"
    ' "CSV UTF-8". Semicolons or tabs between the columns do no harm. docs/spreadsheets.md says how'
    " to open a table so that it stays whole."
)
BOM = b"\xef\xbb\xbf"
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_END = "\x00\x1a \r\n"
"""What old programs, and disks that were full, leave at the end of a file."""
_MERGE = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)
_MARKS = {",": ("comma", "commas"), ";": ("semicolon", "semicolons"), "\t": ("tab", "tabs")}
_MARKS |= {"|": ("bar", "bars"), " ": ("space", "spaces")}
_COUNTERS = {"", "Unnamed: 0", "index", "row.names", "rownames", "...1", "X", "X1"}
_SEP_LINE = re.compile(r'"?sep=(.)"?[,;\t]*\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """What reading has put back, or what `mend` offers: a cause, for `count` cells or rows.

    `before` and `after` are an example (both empty where the whole file is meant). What is not
    `sure` is an offer: it is made only where a person has agreed.
    """

    cause: str
    count: int = 1
    before: str = ""
    after: str = ""
    sure: bool = True

    def __str__(self) -> str:
        """The change in words: the cause, how often, and one example."""
        often = f" ({self.count} times)" if self.count > 1 else ""
        example = f": {quoted(self.before)} is {quoted(self.after)}" if self.after else ""
        return f"{self.cause}{often}{example}"


@dataclass
class Sheet:
    """The rows of one CSV file as text: `header`, and `rows` of (line in the file, cells).

    `problems` forbid to read the rows. `changes` are what was put back on the way, `doubts` the
    cells that nobody can be sure of, each cause once, and `told` their (line, column): no rule has
    to name these again. `separator` is what stood between the columns.
    """

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)
    told: set[tuple[int, str]] = field(default_factory=set)
    separator: str = ","


def without_formulas(content: bytes) -> bytes:
    """A CSV file to hand on: an apostrophe before each text that a spreadsheet would calculate.

    The same bytes where there is none, as in all tables that `validate` lets pass.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    number = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")
    safe = [
        [f"'{cell}" if formula(cell) and not number.fullmatch(cell) else cell for cell in row]
        for row in rows
    ]
    if safe == rows:
        return content
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(safe)
    return written.getvalue().encode("utf-8")


def load(path: Path, columns: list[str], encoding: str = "", required: Iterable[str] = ()) -> Sheet:
    """Read the CSV file at `path`, which should have these `columns`, as text.

    What a spreadsheet program does to a file as a whole is read past and named in `changes`:
    UTF-16, semicolons or tabs, a first line `sep=;`, whole rows in one cell, empty rows and
    columns. What is wrong beyond that, an encoding, a header or the number of cells in a row, comes
    back in `problems`; nothing is raised. `mend` gives an `encoding`, in which a file that is not
    UTF-8 is read; then short rows get their empty cells, where none of them is `required`.
    """
    sheet = Sheet()
    text = _text(path, sheet, encoding)
    if text is None:
        return sheet
    _split(text, path.name, columns, sheet)
    if not sheet.problems:
        _cut_edges(sheet, required if encoding else None)
        _cut_row_numbers(sheet, columns)
        _name_columns(path.name, columns, sheet)
    if not sheet.problems:
        _check_width(path.name, sheet)
    return sheet


def _text(path: Path, sheet: Sheet, encoding: str) -> str | None:
    """The text of a file, or None with a problem when it has none."""

    def problem(found: str, expected: str) -> None:
        sheet.problems.append(Problem(path.name, "", "", found, expected))

    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe gives nothing, ever
            raise FileExistsError(errno.EEXIST, "no file")
        data = path.read_bytes()
    except FileNotFoundError:
        problem("no such file", _missing(path))
        return None
    except OSError as error:
        problem(
            f"a file that cannot be read: {reason(error)}",
            "Put the table there as a file that you may read.",
        )
        return None
    if what := first_line.other_kind(data):
        problem(f"{what}, and no table", f"Save the table as {path.name}. {SAVE_AS}")
        return None
    text = _decoded(data, path.name, sheet, encoding)
    if text is not None and text.rstrip()[-1:] in ("\x00", "\x1a"):
        text = text.rstrip(_END) + "\n"
        sheet.changes.append(Change("empty bytes at the end of the file"))
    if text is not None and not text.strip():
        problem(
            "an empty file",
            "The first line should name the columns, and each line after it is one row.",
        )
        return None
    return text


def _missing(path: Path) -> str:
    """What to do about a table that is not there, perhaps because it was saved as a workbook."""
    for ending in (".xlsx", ".xls", ".ods", ".numbers"):
        if path.with_suffix(ending).exists():
            book = path.with_suffix(ending).name
            return f"There is {book}: open it, and save it as {path.name}. {SAVE_AS}"
    return f"Put {path.name} back into the folder {path.parent}."


def _decoded(data: bytes, file: str, sheet: Sheet, encoding: str) -> str | None:
    """The text of a file's bytes, or None with a problem."""
    for mark, name in _WIDE:
        if data.startswith(mark):
            return _wide(data, name, file, sheet)
    start = data[:2000]
    for name, at in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        if len(start) > 3 and not any(byte for first in at for byte in start[first::4]):
            return _wide(data, name, file, sheet)
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) > len(zeros) / 2:
            return _wide(data, name, file, sheet)
    # A zero here and there is a character that nobody sees, and no UTF-16.
    try:
        return data.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        pass
    if encoding:
        text = data.decode(encoding, errors="replace")
        words = _foreign(text)
        cause = f"letters read as {encoding}, as in {', '.join(words[:3])}"
        sheet.changes.append(Change(cause, len(words), sure=False))
        return text
    sheet.problems.append(_not_utf8(data, file))
    return None


def _wide(data: bytes, name: str, file: str, sheet: Sheet) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        found = "a file saved as UTF-16 that is cut off or mixed with another encoding"
        sheet.problems.append(Problem(file, "", "", found, f"Save it as UTF-8. {SAVE_AS}"))
        return None
    cause = 'saved as UTF-16, which Excel calls "Unicode Text"'
    sheet.changes.append(Change("saved as UTF-32" if name.startswith("utf-32") else cause))
    return text


def _foreign(text: str) -> list[str]:
    """The words with letters beyond ASCII, each once."""
    return list(dict.fromkeys(re.findall(r"\w*[^\x00-\x7f]\w*", text)))


def _not_utf8(data: bytes, file: str) -> Problem:
    """One problem for all letters that are not UTF-8, with the first line that has one."""
    lines = data.splitlines()
    bad = [number for number, line in enumerate(lines, 1) if _broken(line)]
    line = lines[bad[0] - 1]
    shown = line.decode("cp1252", errors="replace")
    where = next((place for place, byte in enumerate(line) if byte > 127), 0)
    first = re.split("[,;\t]", shown)[0].strip('" ') if bad[0] > 1 else ""
    count = f", here and in {counted(len(bad) - 1, 'more line')}" if len(bad) > 1 else ""
    example = quoted(shown[max(0, where - 20) : where + 20].strip())
    return Problem(
        file,
        row_name(first, bad[0]),
        "",
        f"letters that are not UTF-8 in {example}{count}",
        "`python start.py validate --mend` shows which letters they would be, and writes them if"
        f" you agree; or save the file as UTF-8. {SAVE_AS}",
    )


def _broken(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _split(text: str, file: str, columns: list[str], sheet: Sheet) -> None:
    """Cut the text into cells at the separator that its first line shows."""
    skipped = 0
    if first := _SEP_LINE.match(text):
        text, skipped = text[first.end() :], 1
        sheet.changes.append(Change("a first line that names the separator"))
    top = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    if merge := _MERGE.search(text):
        line = text.count("\n", 0, merge.start()) + 1 + skipped
        expected = "Choose one of the two versions, and take out the lines that part them."
        where = row_name("", line)
        sheet.problems.append(Problem(file, where, "", "the mark of a merge", expected))
        return
    marks = [mark for mark in ",;\t|" if len(set(columns) & set(_names(top.split(mark)))) > 1]
    marks += [mark for mark in ":~^\x1f " if set(columns) <= set(_names(top.split(mark)))]
    sheet.separator = marks[0] if marks else ","
    if _one_cell(text, columns, sheet):
        text = _joined(text, sheet)
    if sheet.separator != ",":
        _, name = _mark(sheet)
        sheet.changes.append(Change(f"columns separated by {name}"))
    _cells(text, file, sheet, skipped)


def _mark(sheet: Sheet) -> tuple[str, str]:
    """What stands between the columns, in words: one of it, and several."""
    named = _MARKS.get(sheet.separator)
    sign = visible(sheet.separator)
    return named or (sign, f"the sign {sign}")


def _one_cell(text: str, columns: list[str], sheet: Sheet) -> bool:
    """Whether a program has kept each whole row in one cell, because it knows another separator.

    Then the row is in quotation marks, or its lists are cut where a semicolon stood, and empty
    cells fill it up.
    """
    top = text.splitlines()[0]
    if top.startswith('"') and len(set(columns) & set(top.strip('";,').split(","))) > 1:
        cells = next(csv.reader([top], delimiter=","))
        return len(set(columns) & set(_names(cells))) < 2
    filled = re.fullmatch(r"[^;]*,[^;]*;+", top)
    return sheet.separator == "," and filled is not None


def _joined(text: str, sheet: Sheet) -> str:
    """The rows of a file that stood in one cell each, one a line again."""
    mark = ";" if ";" in text.splitlines()[0] or '";' in text else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    lines = [mark.join(cells).rstrip(mark if mark == ";" else "\0") for cells in rows]
    sheet.separator = ","
    sheet.changes.append(Change("whole rows in one cell", len(lines)))
    return "\n".join(lines) + "\n"


def _cells(text: str, file: str, sheet: Sheet, skipped: int) -> None:
    """Cut the text at the sheet's separator into header and rows."""
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=sheet.separator or ","
    )
    line = 1
    try:
        for cells in reader:
            if not sheet.header and any(cell.strip() for cell in cells):
                sheet.header = _names(cells)
            elif cells and sheet.header:
                sheet.rows.append((line + skipped, cells))
            line = reader.line_num + 1
    except csv.Error:
        expected = (
            "Put quotation marks around a text with a comma in it, and write one inside it twice"
            ' ("").'
        )
        row = row_name(_first_cell(text, line), line + skipped)
        sheet.problems.append(
            Problem(file, row, "", "a quotation mark that is not closed, or stands alone", expected)
        )


def _cut_edges(sheet: Sheet, required: Iterable[str] | None) -> None:
    """Take out empty rows and columns; fill short rows, where `required` is asked and not hurt."""
    full = [row for row in sheet.rows if any(cell.strip() for cell in row[1])]
    if len(full) < len(sheet.rows):
        sheet.changes.append(Change("empty rows", len(sheet.rows) - len(full)))
        sheet.rows = full
    width = max([len(sheet.header), *(len(cells) for _, cells in full)])
    names = sheet.header + [""] * (width - len(sheet.header))
    empty = {place for place, name in enumerate(names) if not name} - {
        place
        for _, cells in full
        for place, cell in enumerate(cells)
        if not names[place] and cell.strip()
    }
    if empty:
        sheet.header = [name for place, name in enumerate(sheet.header) if place not in empty]
        sheet.rows = [
            (line, [cell for place, cell in enumerate(cells) if place not in empty])
            for line, cells in full
        ]
        sheet.changes.append(Change("empty columns", len(empty)))
    if required is not None:
        _fill(sheet, set(required))


def _cut_row_numbers(sheet: Sheet, columns: list[str]) -> None:
    """Take out a column in which a program has counted the rows, as pandas and R do."""
    for place, name in enumerate(sheet.header):
        if name in columns or name not in _COUNTERS:
            continue
        found = [cell for _, cells in sheet.rows for cell in cells[place : place + 1]]
        if len(found) == len(sheet.rows) > 1 and found in (
            [str(at) for at in range(len(found))],
            [str(at + 1) for at in range(len(found))],
        ):
            sheet.header = sheet.header[:place] + sheet.header[place + 1 :]
            sheet.rows = [(line, [*row[:place], *row[place + 1 :]]) for line, row in sheet.rows]
            sheet.changes.append(Change("a column in which a program has counted the rows"))
            return


def _fill(sheet: Sheet, required: set[str]) -> None:
    """Fill rows that end early with the empty cells that old versions of Excel leave out."""
    short = [cells for _, cells in sheet.rows if len(cells) < len(sheet.header)]
    missing = {name for cells in short for name in sheet.header[len(cells) :]}
    if short and not missing & required:
        for cells in short:
            cells += [""] * (len(sheet.header) - len(cells))
        sheet.changes.append(Change("empty cells at the end left out", len(short), sure=False))


def _first_cell(text: str, line: int) -> str:
    """The id of the row that starts at `line`, for a row that cannot be cut into cells."""
    lines = text.splitlines()
    return lines[line - 1].split(",")[0].strip('" ') if line <= len(lines) else ""


def _name_columns(file: str, columns: list[str], sheet: Sheet) -> None:
    """Put the names of the columns back, take them out below the first line, and tell the rest."""
    header = first_line.put_back(sheet.header, columns)
    if header != sheet.header:
        before = next(old for old, new in zip(sheet.header, header, strict=True) if old != new)
        after = header[sheet.header.index(before)]
        sheet.changes.append(Change("names of columns in another form", 1, before, after))
    again = [row for row in sheet.rows if _names(row[1]) in (sheet.header, header)]
    if again:
        sheet.rows = [row for row in sheet.rows if row not in again]
        sheet.changes.append(Change("the names of the columns again, as a row", len(again)))
    sheet.header = header
    below = [line for line, cells in sheet.rows if first_line.is_one(cells, columns)]
    sheet.problems += first_line.faults(file, header, columns, below[0] if below else 0)


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().strip('"') for cell in cells]


def _check_width(file: str, sheet: Sheet) -> None:
    """As many cells in each row as in the header; what more than three rows share is told once."""
    width = len(sheet.header)
    first = sheet.header.index("id") if "id" in sheet.header else 0
    odd = [(line, cells) for line, cells in sheet.rows if len(cells) != width]
    mark, name = _mark(sheet)
    expected = (
        f"It should be {width}, one for each column, also where a cell is empty. "
        f"Put quotation marks around a text with a {mark} in it."
    )
    for line, cells in odd[:1] if len(odd) > 3 else odd:
        count = len(cells)
        edge = sheet.header[count] if count < width else sheet.header[-1]
        found = f"{count} cells in this row"
        if len(odd) > 3:
            found += f", and too many or too few in {len(odd) - 1} more rows"
        if sheet.separator != ",":
            found += f" (columns are separated by {name} here)"
        where = row_name(cells[first] if first < count else "", line)
        sheet.problems.append(Problem(file, where, edge, found, expected))
