"""`validate --mend`: shows first, keeps the old file, puts back what can be put back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from facts.conftest import Copy
from facts.spreadsheet_saves import COUNTRIES, as_excel, cells, saves, written
from upheaval.__main__ import main
from upheaval.facts import mend, tables, validate


def save_as(copy: Copy, table: str, country: str, program: str) -> bytes:
    """Put a simulated save in the place of a table, and return what stood there."""
    path = copy.file(table)
    before = path.read_bytes()
    path.write_bytes(dict(saves(before.decode(), COUNTRIES[country]))[program])
    return before


@pytest.mark.parametrize("country", ["us", "de", "pl", "ua", "kr"])
def test_a_mended_file_is_the_committed_one_again(copy: Copy, country: str) -> None:
    before = save_as(copy, "events", country, "excel utf-8")
    (mending,) = mend.plan(copy.path)
    mend.write(mending)
    assert copy.file("events").read_bytes() == before


@pytest.mark.parametrize(
    ("country", "program"),
    [
        ("us", "excel ansi"),
        ("de", "excel ansi"),
        ("fr", "excel ansi"),
        ("pl", "excel ansi"),
        ("ua", "excel ansi"),
        ("us", "excel macintosh"),
        ("de", "excel macintosh"),
    ],
)
def test_letters_of_another_encoding_are_an_offer_that_reads_right(
    copy: Copy, country: str, program: str
) -> None:
    before = save_as(copy, "quotes", country, program)
    assert len(validate.check(copy.path)) == 1
    (mending,) = mend.plan(copy.path)
    assert any(not change.sure for change in mending.changes)
    saved = before.decode()
    lost = [letter for letter in "—…‘–’" if not survives(letter, country, program)]
    for letter in lost:
        saved = saved.replace(letter, "?")
    assert mending.text == saved


def survives(letter: str, country: str, program: str) -> bool:
    """Whether the program's encoding has this letter."""
    encoding = "mac_roman" if "mac" in program else COUNTRIES[country].codepage
    return letter.encode(encoding, "replace") != b"?"


def test_nothing_is_written_without_a_yes(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_as(copy, "events", "de", "excel utf-8")
    after = copy.file("events").read_bytes()
    for answer in ("", "n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n" if answer else ""))
        assert main(["validate", str(copy.path), "--mend"]) == 0
        assert "Nothing was written." in capsys.readouterr().out
    assert copy.file("events").read_bytes() == after
    assert not list(copy.path.glob(f"*{mend.KEPT}*"))


def test_a_yes_writes_and_keeps_the_old_file_under_a_free_name(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, name in enumerate(("events.csv.before-mend", "events.csv.before-mend-2")):
        save_as(copy, "events", "de", "excel utf-8")
        saved = copy.file("events").read_bytes()
        monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
        given = ["validate", str(copy.path), "--mend"]
        assert main(given if number == 0 else [*given, "--yes"]) == 0
        said = capsys.readouterr().out
        assert '"25.06.1950" is "1950-06-25"' in said
        assert "columns separated by semicolons" in said
        assert said.index("This would be put back") < said.index("Written: ")
        assert (copy.path / name).read_bytes() == saved
    assert validate.check(copy.path) == []


def test_what_cannot_be_put_back_is_listed_and_left(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = copy.rows("estimates")
    rows[0].update(best="####", date="23.10.2024")
    copy.save("estimates", rows)
    assert main(["validate", str(copy.path), "--mend", "--yes"]) == 1
    said = capsys.readouterr().out
    assert "Make the column wider" in said
    assert "More may follow" in said
    first = copy.rows("estimates")[0]
    assert (first["best"], first["date"]) == ("####", "2024-10-23")


def test_days_counted_from_1900_are_an_offer(copy: Copy) -> None:
    copy.change("missile_tests", lambda row: True, date="40997")
    (problem,) = validate.check(copy.path)
    assert '"40997"' in str(problem)
    assert "--mend" in problem.expected
    (mending,) = mend.plan(copy.path)
    assert [change.sure for change in mending.changes] == [False]
    mend.write(mending)
    assert copy.rows("missile_tests")[0]["date"] == "2012-03-29"


def test_a_sound_folder_has_nothing_to_mend(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in copy.path.iterdir()}
    assert main(["validate", str(copy.path), "--mend", "--yes"]) == 0
    assert "Nothing to put back" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in copy.path.iterdir()} == before


def test_a_file_that_cannot_be_written_stays_and_is_told(
    copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_as(copy, "events", "de", "excel utf-8")
    after = copy.file("events").read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    main(["validate", str(copy.path), "--mend", "--yes"])
    said = capsys.readouterr().out
    assert "events.csv could not be written (Permission denied). It is as it was." in said
    assert copy.file("events").read_bytes() == after
    assert not list(copy.path.glob(".events-*"))


def test_a_workbook_in_the_place_of_a_table_is_named(copy: Copy) -> None:
    copy.file("events").rename(copy.path / "events.xlsx")
    (problem,) = [one for one in validate.check(copy.path) if one.file == "events.csv"]
    assert "There is events.xlsx: open it, and save it as events.csv." in problem.expected


def _entered(copy: Copy, country: str) -> None:
    """Ten events, two quotations and a corrected number, typed into a spreadsheet of a country."""
    for table, rows in _edited(copy).items():
        text = [list(rows[0]), *(list(row.values()) for row in rows)]
        saved = cells(text, as_excel(COUNTRIES[country]))
        copy.file(table).write_bytes(
            b"\xef\xbb\xbf" + written(saved, COUNTRIES[country].separator).encode()
        )


def _edited(copy: Copy) -> dict[str, list[dict[str, str]]]:
    """The three tables with what is new in them."""
    events, quotes, estimates = copy.rows("events"), copy.rows("quotes"), copy.rows("estimates")
    model = next(row for row in events if row["date_precision"] == "day" and not row["landmark"])
    for number in range(10):
        day = f"2024-11-{number + 1:02}"
        new = {**model, "id": f"new-event-{number}", "title": f"New event {number}", "date": day}
        events.append({**new, "status_before": "", "status_since": "", "first_reported": ""})
    events[-1].update(date="2024-12", date_precision="month")
    for number in range(2):
        quotes.append({**quotes[0], "id": f"new-quote-{number}", "text": f"“New” words {number}"})
    one = next(row for row in estimates if row["best"] == "4000")
    one["best"] = "4500"
    return {"events": events, "quotes": quotes, "estimates": estimates}


@pytest.mark.parametrize("country", ["de", "us"])
def test_what_is_entered_through_a_spreadsheet_arrives_as_by_hand(
    copy: Copy, tmp_path: Path, country: str
) -> None:
    by_hand = Copy(tmp_path / "hand")
    by_hand.path.mkdir()
    for path in copy.path.iterdir():
        (by_hand.path / path.name).write_bytes(path.read_bytes())
    for table, rows in _edited(by_hand).items():
        by_hand.save(table, rows)
    _entered(copy, country)
    assert validate.check(copy.path) == validate.check(by_hand.path) == []
    for table in ("events", "quotes", "estimates"):
        one, other = tables.read(table, copy.path), tables.read(table, by_hand.path)
        assert one.equals(other)
    for mending in mend.plan(copy.path):
        mend.write(mending)
    for table in ("events", "quotes", "estimates"):
        assert list(csv.reader(copy.file(table).open(encoding="utf-8", newline=""))) == list(
            csv.reader(by_hand.file(table).open(encoding="utf-8", newline=""))
        )
