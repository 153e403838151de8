"""The net: every word, table and figure of the lessons is as recorded, or the test says what
changed, in words.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from net import changed, checks, compare, record
from net.adapter import Control, html_lines
from net.compare import Difference
from net.record import Record

pytestmark = pytest.mark.net


@pytest.fixture(scope="module")
def was() -> Record:
    return record.read()


@pytest.fixture(scope="module")
def now() -> Record:
    """The lessons as they are: run once for words, tables and figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("UPHEAVAL_DATA", raising=False)
        return record.recorded_now(record.ROOT)


def nothing(found: list[Difference], what: str) -> None:
    if found:
        head = f"{len(found)} differences from the recorded {what}:"
        pytest.fail(f"{head}\n\n{compare.report(found)}\n\n{compare.RENEW}", pytrace=False)


def test_every_sentence_is_as_recorded(was: Record, now: Record) -> None:
    nothing(compare.texts(was, now), "texts")


def test_every_cell_of_every_table_is_as_recorded(was: Record, now: Record) -> None:
    nothing(compare.tables(was, now), "tables")


def test_every_figure_is_as_recorded(was: Record, now: Record) -> None:
    nothing(compare.figures(was, now), "figures")


def test_every_check_is_as_recorded_under_its_seal_and_without() -> None:
    was = checks.read()
    found = checks.differences(was, checks.specs_now())
    assert not found, "\n".join(one[:400] for one in found)
    assert sum("unsealed" in one for one in was.values()) >= 109, "as many as when words moved"


def test_a_check_that_differs_is_noticed() -> None:
    was = checks.read()
    now = copy.deepcopy(was)
    now["02 check 02.delay"]["unsealed"]["why"] += " "
    now["02 check 02.delay"]["hints"] = ["Look."]
    assert [one.partition(": ")[0] for one in checks.differences(was, now)] == [
        " 02 check 02.delay hints",
        " 02 check 02.delay unsealed why",
    ]


def test_every_computed_state_is_in_the_record(was: Record, now: Record) -> None:
    assert was.computed == now.computed
    assert (
        sum(len(states) for charts in was.tables.values() for states in charts.values())
        > was.computed
    )
    assert set(was.tables) == set(was.figures) == set(was.texts) == set(now.texts)


def test_the_files_hold_what_was_recorded(was: Record, tmp_path: Path) -> None:
    record.write(was, tmp_path)
    again = record.read(tmp_path)
    assert again == was
    sizes = [path.stat().st_size for path in record.RECORDED.rglob("*") if path.is_file()]
    assert sum(sizes) <= 4_000_000, "the record is to stay small; see README.md"


# -- a difference is reported as text
# -------------------------------------------------------------------------------------
def small() -> Record:
    text = """Lesson 02: x.ipynb

=== text under “Look”
  Ten came. Two left.
=== chart line
  control day “Day”: first | second
  key: ● confirmed
--- day=first
  title: Ten soldiers
  description: 10 rows. The U.S. Congress met.
--- day=second
  title: Ten soldiers
  description: 12 rows.

=== check 02.why
  right: This one → Yes.
"""
    table = {
        "columns": ["Day", "Count"],
        "rows": [["1 May", 10], ["2 May", 12]],
        "sources": ["A <x>"],
    }
    figure = {"figure": {"data": [{"x": [1, 2.5], "name": "a"}], "layout": {}}, "narrow": {}}
    both = {state: copy.deepcopy(table) for state in ("day=first", "day=second")}
    drawn = {state: copy.deepcopy(figure) for state in both}
    return Record({"02": text}, {"02": {"line": both}}, {"02": {"line": drawn}}, 2)


def with_text(old: str, new: str) -> list[str]:
    was, now = small(), small()
    now.texts["02"] = now.texts["02"].replace(old, new)
    return [str(one) for one in compare.texts(was, now)]


def test_only_the_sentence_that_differs_is_reported() -> None:
    assert with_text("Two left.", "Three left.") == [
        "Lesson 02, text under “Look”\n    was: Two left.\n    is:  Three left."
    ]
    assert with_text("10 rows.", "11 rows.") == [
        "Lesson 02, chart line (day=first): description\n    was: 10 rows.\n    is:  11 rows."
    ]


def test_an_equal_change_in_several_choices_is_reported_once() -> None:
    differences = with_text("Ten soldiers", "Eleven soldiers")
    assert differences == [
        "Lesson 02, chart line (day=first and 1 more): title\n    was: Ten soldiers\n"
        "    is:  Eleven soldiers"
    ]
    assert "key" in with_text("● confirmed", "● claimed")[0], (
        "what all choices say alike is compared in each"
    )


def test_what_comes_and_goes_is_named() -> None:
    assert with_text("=== check 02.why", "=== check 02.how") == [
        "Lesson 02, check 02.why: is gone",
        "Lesson 02, check 02.how: is new",
    ]
    assert "a choice that is gone" in with_text("--- day=second", "--- day=third")[0]
    assert with_text("  Ten came. Two left.\n", "") == [
        "Lesson 02, text under “Look”\n    was: Ten came. Two left."
    ]


def test_a_verdict_that_turns_is_reported() -> None:
    assert with_text("  right: This one", "  wrong: This one") == [
        "Lesson 02, check 02.why: right, now wrong\n    was: This one → Yes.\n"
        "    is:  This one → Yes."
    ]


def test_an_option_with_cells_is_reported_as_text() -> None:
    line = '  option: A visit {{"date": "{}", "actors": ["RUS", "PRK"]}}'
    was, now = (
        Record({"01": f"=== check 01.a\n{line.format(day)}\n"}, {}, {})
        for day in ("2024-06-18", "2024-06-19")
    )
    (found,) = compare.texts(was, now)
    assert found.was == "A visit (date 2024-06-18, actors RUS and PRK)"
    assert found.now == "A visit (date 2024-06-19, actors RUS and PRK)"


def test_a_cell_is_named_by_its_row_and_column() -> None:
    was, now = small(), small()
    for table in now.tables["02"]["line"].values():
        table["rows"][1][1] = 13
    assert [str(one) for one in compare.tables(was, now)] == [
        "Lesson 02, chart line (day=first and 1 more): table, row “2 May · 12”, column “Count”\n"
        "    was: 12\n    is:  13"
    ]
    now.tables["02"]["line"]["day=first"]["rows"].pop()
    assert "a row that is gone: “2 May · 12”" in compare.report(compare.tables(was, now))


def test_a_number_of_a_figure_is_named_by_its_path() -> None:
    was, now = small(), small()
    now.figures["02"]["line"]["day=second"]["figure"]["data"][0]["x"][1] = 2.5 + 1e-12
    assert compare.figures(was, now) == [], "the last digits are the processor's"
    now.figures["02"]["line"]["day=second"]["figure"]["data"][0]["x"][1] = 2.4
    assert [str(one) for one in compare.figures(was, now)] == [
        "Lesson 02, chart line (day=second): figure, figure.data[0].x[1]\n    was: 2.5\n"
        "    is:  2.4"
    ]


def test_a_report_is_bounded() -> None:
    many = [
        Difference(f"{number % 13:02}", "chart x", "title", "a", "b", ["s"])
        for number in range(5_000)
    ]
    report = compare.report(many)
    assert len(report.splitlines()) < 100 and "and 4975 more differences" in report


def test_filters_are_taken_option_by_option_and_in_pairs() -> None:
    controls = [
        Control("period", "P", ["a", "b", "c"], 0, False),
        Control("one", "O", [*"abcd"], 1, True),
        Control("two", "T", [*"abcde"], 0, True),
    ]
    found = list(record.states("x", controls))
    assert found == list(record.states("x", controls)), "the lot is the same each time"
    assert found[:3] == [{"period": index, "one": 1, "two": 0} for index in range(3)]
    assert found[3:10] == [{"period": 0, "one": index, "two": 0} for index in (0, 2, 3)] + [
        {"period": 0, "one": 1, "two": index} for index in range(1, 5)
    ]
    assert len(found) == 10 + record.PAIRS


def test_html_becomes_lines() -> None:
    assert html_lines('<p>A <b>bold</b> <a href="x">link</a></p><ul><li>one<li>two</ul>') == (
        "A bold link <x>\none\ntwo"
    )


# -- the command -----------------------------------------------------------------------------------
# --------------------
def run_changed(data: Path | None, *lessons: str) -> tuple[int, str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(record.ROOT / "utils"),
        "PYTHONIOENCODING": "utf-8",
    }
    environment |= {"UPHEAVAL_DATA": str(data)} if data else {}
    done = subprocess.run(
        [sys.executable, "-m", "upheaval", "changed", *lessons],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        cwd=data or record.ROOT,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    """A copy of the tables in which one number is another."""
    folder = tmp_path / "data"
    shutil.copytree(record.ROOT / "data", folder)
    table = folder / "estimates.csv"
    text = table.read_text(encoding="utf-8")
    row = (
        "pentagon-2024-11-26-deployed,2024-11-26,U.S. Department of Defense,U.S. Defense Department"
        ",US,deployed_in_russia,"
    )
    assert f"{row}12000," in text
    table.write_text(text.replace(f"{row}12000,", f"{row}12500,"), encoding="utf-8")
    return folder


def test_a_mended_row_shows_exactly_the_sentences_that_change(mended: Path) -> None:
    code, output = run_changed(mended, "11")
    assert code == 1 and output.splitlines()[1] == "5 sentences change:"
    pairs = [
        (line.strip()[5:], after.strip()[5:])
        for line, after in zip(output.splitlines(), output.splitlines()[1:], strict=False)
        if line.startswith("    was: ")
    ]
    assert len(pairs) == 5
    assert all(was != now and was.replace("12,000", "12,500") == now for was, now in pairs)
    assert (
        "Lesson 11, check 11.known: right\n    was: Washington speaks of at least 12,000 soldiers"
        in output
    )
    assert "python tests/net/record.py" in output


def test_where_nothing_changed_it_says_so() -> None:
    code, output = run_changed(None, "00")
    assert code == 0 and output.splitlines()[1:] == ["No sentence of the unit changes."]


def test_a_new_row_is_told_with_all_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An event that changes no sentence of a lesson is read in its list alone."""
    whole = record.read().only(["02"])
    before = copy.deepcopy(whole)
    for states in before.tables["02"].values():
        for one in states.values():
            one["rows"] = [row for row in one["rows"] if "oil" not in str(row)]
    gone = {str(row[-1]) for one in _tables(whole) for row in one["rows"] if "oil" in str(row)}
    monkeypatch.setattr(record, "read", lambda: before)
    monkeypatch.setattr(record, "recorded_now", lambda *_: whole)
    assert changed.main(["02"]) == 1
    output = capsys.readouterr().out
    assert gone and "rows of tables are new" in output and compare.NEW in output
    assert any(text[:60] in output for text in gone)


def _tables(whole: Record) -> list[Any]:
    return [one for states in whole.tables["02"].values() for one in states.values()]


def test_a_table_that_cannot_be_read_is_reported_with_its_own_message(mended: Path) -> None:
    table = mended / "glossary.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("id,", "idd,", 1), encoding="utf-8")
    code, output = run_changed(mended, "00")
    assert code == 1 and "nothing was compared" in output and "glossary.csv" in output


def test_a_lesson_that_is_in_no_record_yet_is_all_new(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = record.read()
    without = [number for number in whole.texts if number != "00"]
    monkeypatch.setattr(record, "read", lambda: whole.only(without))
    assert changed.main(["00"]) == 1
    assert "is new" in capsys.readouterr().out


def test_a_lesson_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert changed.main(["77"]) == 1
    assert "There is no lesson 77." in capsys.readouterr().out
