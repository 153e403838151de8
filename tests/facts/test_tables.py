"""Reading the tables: types by the schema, and one clear message for what is wrong."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tiers import few
from upheaval.facts import tables
from upheaval.facts.files import without_formulas
from upheaval.facts.problems import SHOWN, DataProblem, Problem

from .conftest import Copy


@pytest.mark.parametrize("name", tables.names())
def test_every_table_has_the_types_of_its_schema(name: str) -> None:
    frame = tables.read(name)
    fields = tables.schema(name)["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    assert isinstance(frame.index, pd.RangeIndex)
    assert frame.attrs == {"table": name}
    assert frame["id"].is_unique
    for field in fields:
        column = frame[field["name"]]
        match field["type"]:
            case "string":
                assert column.dtype == pd.StringDtype(na_value=np.nan)
            case "integer" | "year":
                assert str(column.dtype) == "Int64"
            case "number":
                assert str(column.dtype) == "float64"
            case "boolean":
                required = field.get("constraints", {}).get("required")
                assert str(column.dtype) == ("bool" if required else "boolean")
            case "date":
                assert str(column.dtype).startswith("datetime64")
            case "list":
                assert all(isinstance(cell, tuple) for cell in column)
        if field.get("constraints", {}).get("required"):
            assert column.notna().all()


@pytest.mark.parametrize("name", tables.names())
def test_a_table_survives_the_round_trip_to_text(name: str) -> None:
    fields = tables.schema(name)["fields"]
    with (tables.folder() / tables.resource(name)["path"]).open(
        encoding="utf-8", newline=""
    ) as file:
        written = list(csv.DictReader(file))
    for row, again in zip(written, tables.read(name).to_dict("records"), strict=True):
        for field in fields:
            assert _same(row[field["name"]], again[field["name"]], field)


def _same(text: str, value: Any, field: dict[str, Any]) -> bool:
    if field["type"] == "list":
        return ";".join(value) == text
    if pd.isna(value):
        return text == ""
    if field["type"] == "boolean":
        return text == ("yes" if value else "no")
    if field["type"] == "date":
        return f"{value:%Y-%m-%d}" == text
    return float(text) == value if field["type"] in ("integer", "number", "year") else text == value


def test_what_is_read_is_a_copy() -> None:
    first = tables.read("glossary")
    first.loc[0, "term"] = "changed"
    assert tables.read("glossary").loc[0, "term"] != "changed"


def test_a_changed_file_is_read_again(copy: Copy) -> None:
    before = tables.read("glossary", copy.path)
    copy.change(
        "glossary",
        lambda row: True,
        definition="A new definition that is longer than the old one was.",
    )
    after = tables.read("glossary", copy.path)
    assert before.loc[0, "definition"] != after.loc[0, "definition"]


def test_the_folder_can_be_chosen(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPHEAVAL_DATA", str(copy.path))
    assert tables.folder() == copy.path
    assert len(tables.read("events")) == len(copy.rows("events"))


def test_columns_may_come_in_another_order(copy: Copy) -> None:
    rows = copy.rows("glossary")
    copy.save("glossary", [dict(reversed(row.items())) for row in rows])
    pd.testing.assert_frame_equal(tables.read("glossary", copy.path), tables.read("glossary"))


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(copy: Copy) -> None:
    text = copy.file("events").read_text(encoding="utf-8").replace("\n", "\r\n")
    copy.file("events").write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    pd.testing.assert_frame_equal(tables.read("events", copy.path), tables.read("events"))


def test_the_date_of_knowledge_can_be_put_into_words() -> None:
    assert tables.spell(tables.knowledge_as_of()).split()[-1].isdigit()


Break = Callable[[Copy], str]
"""Breaks a copy of the data; returns the id of the row, or nothing for the whole file."""


def first(row: dict[str, str]) -> bool:
    """Any row will do."""
    return True


def set_cell(table: str, **cells: str) -> Break:
    """Write these cells into the first row of a table."""
    return lambda copy: copy.change(table, first, **cells)


def write(table: str, data: bytes) -> Break:
    """Replace the file of a table."""

    def break_it(copy: Copy) -> str:
        copy.file(table).write_bytes(data)
        return ""

    return break_it


def rewrite(table: str, change: Callable[[str], bytes]) -> Break:
    """Rewrite the file of a table, from its text to bytes."""

    def break_it(copy: Copy) -> str:
        path = copy.file(table)
        path.write_bytes(change(path.read_text(encoding="utf-8")))
        return ""

    return break_it


def with_semicolons(text: str, mark: str = ";") -> bytes:
    """The file as Excel saves it where the comma is the decimal sign, or with another `mark`."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue().encode("cp1252", "replace")


def remove(table: str) -> Break:
    """Take the file of a table away."""

    def break_it(copy: Copy) -> str:
        copy.file(table).unlink()
        return ""

    return break_it


def without_column(table: str, column: str) -> Break:
    """Take a column away."""

    def break_it(copy: Copy) -> str:
        copy.save(
            table, [{name: row[name] for name in row if name != column} for row in copy.rows(table)]
        )
        return ""

    return break_it


def with_column(table: str, column: str) -> Break:
    """Add a column that the schema does not know."""

    def break_it(copy: Copy) -> str:
        copy.save(table, [{**row, column: "x"} for row in copy.rows(table)])
        return ""

    return break_it


def add_to_line(table: str, line: int, addition: bytes) -> Break:
    """Add bytes to the end of one line of the file (line 2 is the first row)."""

    def break_it(copy: Copy) -> str:
        lines = copy.file(table).read_bytes().split(b"\n")
        lines[line - 1] += addition
        copy.file(table).write_bytes(b"\n".join(lines))
        return lines[line - 1].split(b",")[0].decode()

    return break_it


SAVE = "docs/spreadsheets.md"
BROKEN: list[Any] = [
    pytest.param(
        "events", "", remove("events"), ["no such file", "Put events.csv back"], id="missing file"
    ),
    pytest.param("events", "", write("events", b""), ["an empty file"], id="empty file"),
    pytest.param("events", "", write("events", b" \n\n"), ["an empty file"], id="blank file"),
    pytest.param(
        "glossary",
        "",
        rewrite("glossary", lambda text: text.splitlines()[0].encode()),
        ["no rows"],
        id="header only",
    ),
    pytest.param(
        "events",
        "place",
        without_column("events", "place"),
        ["no such column", "It should be there once"],
        id="missing column",
    ),
    pytest.param(
        "events",
        "mood",
        with_column("events", "mood"),
        ["does not know", "datapackage.json"],
        id="extra column",
    ),
    pytest.param(
        "glossary",
        "",
        add_to_line("glossary", 4, b"caf\xe9"),
        ["not UTF-8", "café", "line 4", SAVE],
        id="cp1252",
    ),
    pytest.param(
        "glossary",
        "sources",
        add_to_line("glossary", 3, b",one more"),
        ["6 cells", "It should be 5", "line 3"],
        id="row too long",
    ),
    pytest.param(
        "glossary",
        "",
        add_to_line("glossary", 3, b'"'),
        ["quotation mark", "line 3"],
        id="stray quotation mark",
    ),
    pytest.param(
        "events",
        "date",
        set_cell("events", date="2024-02-30"),
        ['"2024-02-30"', "no calendar"],
        id="day in no calendar",
    ),
    pytest.param(
        "events",
        "date",
        set_cell("events", date="2023-09/2023-10"),
        ["not a period"],
        id="period where a date is meant",
    ),
    pytest.param(
        "events",
        "date",
        set_cell("events", date=""),
        ["nothing", "must be filled"],
        id="date missing",
    ),
    pytest.param(
        "exchange",
        "period",
        set_cell("exchange", period="spring 2024"),
        ['"spring 2024"', "2023-09/2023-10"],
        id="bad period",
    ),
    pytest.param(
        "resolutions",
        "date",
        set_cell("resolutions", date="2024-10"),
        ["full date"],
        id="partial date where a day is meant",
    ),
    pytest.param(
        "resolutions",
        "yes",
        set_cell("resolutions", yes="1,000"),
        ['"1,000"', "whole number", "separators"],
        id="thousands separator",
    ),
    pytest.param(
        "estimates",
        "best",
        set_cell("estimates", best="3000.5"),
        ['"3000.5"', "whole number such as 3000"],
        id="decimals in a whole number",
    ),
    pytest.param(
        "estimates",
        "best",
        set_cell("estimates", best="many"),
        ['"many"', "whole number such as 3000"],
        id="word for a number",
    ),
    pytest.param(
        "estimates",
        "best",
        set_cell("estimates", best="-5"),
        ['"-5"', "less than 0"],
        id="number below its limit",
    ),
    pytest.param(
        "aid_over_time",
        "amount_eur_bn",
        set_cell("aid_over_time", amount_eur_bn="nan"),
        ['"nan"'],
        id="nan",
    ),
    pytest.param(
        "policies",
        "scale_commitment",
        set_cell("policies", scale_commitment="3"),
        ["more than 2"],
        id="number above its limit",
    ),
    pytest.param(
        "events",
        "status",
        set_cell("events", status="sure"),
        ['"sure"', "confirmed, claimed"],
        id="status unknown",
    ),
    pytest.param(
        "events",
        "status",
        set_cell("events", status="confirmed "),
        ['"confirmed "', "spaces"],
        id="space after a word",
    ),
    pytest.param(
        "events",
        "weak",
        set_cell("events", weak=""),
        ["nothing", "yes or no"],
        id="boolean missing",
    ),
    pytest.param(
        "events",
        "sources",
        set_cell("events", sources=""),
        ["nothing", "must be filled"],
        id="no source",
    ),
    pytest.param(
        "events",
        "sources",
        set_cell("events", sources="a; b"),
        ['"a; b"', "semicolon"],
        id="space in a list",
    ),
    pytest.param(
        "events",
        "sources",
        set_cell("events", sources="ap-2024-kursk;ap-2024-kursk"),
        ["once"],
        id="twice in a list",
    ),
    pytest.param(
        "events",
        "sources",
        set_cell("events", sources="ap-2024-kursc"),
        ['"ap-2024-kursc"', 'Did you mean "ap-2024-kursk"?'],
        id="unknown source",
    ),
    pytest.param(
        "events",
        "landmark",
        set_cell("events", landmark="x" * 27),
        ["27 characters", "At most 26"],
        id="label too long",
    ),
    pytest.param(
        "sources",
        "url",
        set_cell("sources", url="javascript:alert(1)"),
        ["javascript:alert(1)", "https://"],
        id="url that is no address",
    ),
    pytest.param(
        "quotes",
        "speaker",
        set_cell("quotes", speaker=""),
        ["nothing", "without a speaker"],
        id="quotation without speaker",
    ),
    pytest.param(
        "quotes",
        "date",
        set_cell("quotes", date=""),
        ["nothing", "2024-10-23"],
        id="quotation without date",
    ),
    pytest.param(
        "events",
        "id",
        set_cell("events", id="Two Words"),
        ['"Two Words"', "hyphens"],
        id="id with capitals and spaces",
    ),
    pytest.param(
        "glossary",
        "lessons",
        set_cell("glossary", lessons="13"),
        ['"13"', "00 to 12"],
        id="lesson that is not there",
    ),
]


READ: list[Any] = [
    pytest.param("events", "", rewrite("events", with_semicolons), "", id="semicolons"),
    pytest.param(
        "events",
        "",
        rewrite("events", lambda text: with_semicolons(text, "\t")),
        "",
        id="tabs",
    ),
    pytest.param(
        "events", "", rewrite("events", lambda text: text.encode("utf-16")), "", id="UTF-16"
    ),
    pytest.param(
        "events",
        "",
        rewrite("events", lambda text: text.encode("utf-16-le")),
        "",
        id="UTF-16 without mark",
    ),
    pytest.param(
        "events",
        "",
        rewrite("events", lambda text: text.encode() + b",,,\n"),
        "",
        id="empty row",
    ),
    pytest.param(
        "events", "date", set_cell("events", date="23/10/2024"), "2024-10-23", id="Excel's date"
    ),
    pytest.param(
        "estimates", "best", set_cell("estimates", best="3 000"), 3000, id="space in a number"
    ),
    pytest.param(
        "aid_over_time",
        "amount_eur_bn",
        set_cell("aid_over_time", amount_eur_bn="1,5"),
        1.5,
        id="decimal comma",
    ),
    pytest.param("events", "weak", set_cell("events", weak="TRUE"), True, id="Excel's TRUE"),
]


@pytest.mark.parametrize(("table", "column", "break_it", "value"), few(READ, 8))
def test_what_a_spreadsheet_did_is_read_where_it_is_beyond_doubt(
    copy: Copy, table: str, column: str, break_it: Break, value: Any
) -> None:
    break_it(copy)
    frame = tables.read(table, copy.path)
    expected = tables.read(table)
    if column:
        assert frame[column].iloc[0] == value
        frame, expected = frame.drop(columns=column), expected.drop(columns=column)
    pd.testing.assert_frame_equal(frame, expected)


@pytest.mark.parametrize(("table", "column", "break_it", "said"), few(BROKEN, 12))
def test_a_broken_file_gives_a_message_and_never_a_parser_error(
    copy: Copy, table: str, column: str, break_it: Break, said: list[str]
) -> None:
    row = break_it(copy)
    with pytest.raises(DataProblem) as caught:
        tables.read(table, copy.path)
    message = str(caught.value)
    assert message.startswith(f"{table}.csv")
    assert not column or f'column "{column}"' in message
    assert not row or f'row "{row}"' in message
    for phrase in said:
        assert phrase in message
    assert all(problem.expected.endswith(".") for problem in caught.value.problems)


def test_all_problems_of_a_file_are_told_up_to_twenty(copy: Copy) -> None:
    rows = copy.rows("events")
    assert len(rows) > SHOWN + 3
    copy.save(
        "events",
        [
            {**row, "date": f"{3000 + number}"} if number < SHOWN + 3 else row
            for number, row in enumerate(rows)
        ],
    )
    with pytest.raises(DataProblem) as caught:
        tables.read("events", copy.path)
    lines = str(caught.value).splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == "... and 3 more problems."


def test_what_many_cells_share_is_told_once_with_their_lines(copy: Copy) -> None:
    rows = copy.rows("events")
    for row in rows[:23]:
        row["status"] = "sure"
    copy.save("events", rows)
    with pytest.raises(DataProblem) as caught:
        tables.read("events", copy.path)
    (problem,) = caught.value.problems
    assert problem.found == (
        '"sure" here, and the like in 22 more cells (lines 3, 4, 5, 6, 7, 8, 9, 10 and 14 more)'
    )


def test_lists_that_fall_apart_at_semicolons_are_one_problem(copy: Copy) -> None:
    path = copy.file("events")
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    with pytest.raises(DataProblem) as caught:
        tables.read("events", copy.path)
    (problem,) = caught.value.problems
    assert "more rows (columns are separated by semicolons here)" in problem.found
    assert "a text with a semicolon in it" in problem.expected


@pytest.mark.parametrize("table", sorted(tables.RULED))
def test_a_column_that_a_rule_stands_on_cannot_be_renamed_unseen(copy: Copy, table: str) -> None:
    """Renamed in the schema and in the file, the as-of rule would pass over it without a word."""
    column = tables.RULED[table][0]
    path = copy.path / tables.PACKAGE
    package = json.loads(path.read_text(encoding="utf-8"))
    entry = next(one for one in package["resources"] if one["name"] == table)
    field = next(one for one in entry["schema"]["fields"] if one["name"] == column)
    field["name"] = "public_from"
    path.write_text(json.dumps(package), encoding="utf-8")
    sheet = copy.path / entry["path"]
    head, _, rest = sheet.read_text(encoding="utf-8").partition("\n")
    sheet.write_text(head.replace(column, "public_from") + "\n" + rest, encoding="utf-8")
    with pytest.raises(DataProblem, match=f'"{column}": found no such column.*known on a day'):
        tables.read(table, copy.path)


def test_rows_that_lost_the_column_of_the_as_of_rule_are_refused() -> None:
    lost = tables.read("events").drop(columns="first_reported")
    with pytest.raises(ValueError, match="have lost their column"):
        tables.as_of(lost, "2024-10-23")


def test_an_unknown_table_is_named_with_the_nearest() -> None:
    with pytest.raises(DataProblem, match="Did you mean events"):
        tables.read("event")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"resources": 1}', '{"resources": [{}]}', "\x00"])
def test_a_broken_schema_gives_a_message(copy: Copy, text: str) -> None:
    (copy.path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataProblem, match=r"datapackage\.json"):
        tables.read("events", copy.path)


def test_a_type_that_the_schema_cannot_have_is_named(copy: Copy) -> None:
    path = copy.path / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["fields"][1]["type"] = "moment"
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DataProblem, match='"moment"'):
        tables.read("events", copy.path)


def test_a_missing_folder_gives_a_message(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match="no such file"):
        tables.read("events", tmp_path / "nowhere")


def test_a_notebook_shows_the_sentences_and_no_traceback() -> None:
    problem = Problem("events.csv", 'row "x" (line 2)', "date", '"soon"', "It should be a date.")
    lines = DataProblem(problem)._render_traceback_()
    assert lines == [
        "There is a problem with the data.",
        'events.csv, row "x" (line 2), column "date": found "soon". It should be a date.',
    ]


def test_a_data_problem_survives_the_way_between_processes() -> None:
    problem = Problem("events.csv", "", "", "nothing", "It should be there.")
    again = pickle.loads(pickle.dumps(DataProblem([problem])))
    assert again.problems == (problem,)


def test_rows_come_as_dicts_and_as_named_tuples():
    frame = pd.DataFrame({"id": ["a", "b"], "low": [1, 2]}, index=[5, 7])
    assert tables.records(frame) == [{"id": "a", "low": 1}, {"id": "b", "low": 2}]
    assert [(row.Index, row.id, row.low) for row in tables.tuples(frame)] == [
        (5, "a", 1),
        (7, "b", 2),
    ]


def test_a_file_that_is_handed_on_carries_no_formula() -> None:
    for name in tables.names():
        content = (tables.folder() / f"{name}.csv").read_bytes()
        assert without_formulas(content) == content, name
    hostile = b'id,low,note\na,-5,=1+1\nb,+3.5,"@SUM(A1), x"\nc,,-1+1\n'
    expected = b"id,low,note\na,-5,'=1+1\nb,+3.5,\"'@SUM(A1), x\"\nc,,'-1+1\n"
    assert without_formulas(hostile) == expected
