"""`validate --mend`: shows first, keeps the old file, puts back what can be put back."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from facts.conftest import Copy
from facts.spreadsheet_saves import COUNTRIES, as_excel, cells, saves, written
from tiers import few
from upheaval.__main__ import main
from upheaval.facts import mend, tables, validate

#: Many saves of many tables: longer than the fast loop has room for.
pytestmark = pytest.mark.thorough


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
        ("ru", "excel ansi"),
        ("kr", "excel ansi"),
        ("jp", "excel ansi"),
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


def test_mending_takes_no_evidence_from_what_stays_in_doubt(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        list(copy.rows("aid_by_donor")[0]),
        *(list(r.values()) for r in copy.rows("aid_by_donor")),
    ]
    place = rows[0].index("pct_gdp")
    saved = cells(rows, as_excel(COUNTRIES["de"]))
    saved[1][place] = "1.585"
    copy.file("aid_by_donor").write_text(written(saved, ";"), encoding="utf-8")
    before = copy.file("aid_by_donor").read_bytes()
    assert main(["validate", str(copy.path), "--mend", "--yes"]) == 1
    said = capsys.readouterr().out
    assert "It is left as it is" in said
    assert '"1.585" (a mark before three digits)' in said
    assert copy.file("aid_by_donor").read_bytes() == before


@pytest.mark.parametrize("country", ["us", "de", "uk"])
@pytest.mark.slow
def test_what_mending_leaves_in_doubt_is_told_alike_before_and_after(
    copy: Copy, country: str
) -> None:
    for table in (name for name in tables.names() if name != "errata"):  # see test_errata.py
        before = copy.file(table).read_bytes()
        for program in ("excel utf-8", "excel thousands", "excel wrong decimals"):
            copy.file(table).write_bytes(dict(saves(before.decode(), COUNTRIES[country]))[program])
            entry = tables.resource(table)
            told = {one.found.partition(",")[0] for one in tables.parse(entry, copy.path).problems}
            mending = mend._mending(entry, copy.path)
            if mending and not mending.held:
                mend.write(mending)
            after = tables.parse(entry, copy.path)
            assert {one.found.partition(",")[0] for one in after.problems} <= told
            assert after.problems or tables.read(table).equals(after.frame)
        copy.file(table).write_bytes(before)


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
    assert main(["validate", str(copy.path), "--mend", "--yes"]) == 1
    said = capsys.readouterr().err
    assert "events.csv is as it was, for it could not be written: it is protected" in said
    assert copy.file("events").read_bytes() == after
    assert not list(copy.path.glob(".events-*"))


def test_a_workbook_in_the_place_of_a_table_is_named(copy: Copy) -> None:
    copy.file("events").rename(copy.path / "events.xlsx")
    (problem,) = [one for one in validate.check(copy.path) if one.file == "events.csv"]
    assert "There is events.xlsx: open it, and save it as events.csv." in problem.expected


def _entered(copy: Copy, country: str, months: bool = True) -> None:
    """Ten events, two quotations and a corrected number, typed into a spreadsheet of a country.

    Excel makes dates of months as well; LibreOffice leaves `months` as they are.
    """
    excel = as_excel(COUNTRIES[country])

    def typed(cell: str) -> str:
        return excel(cell) if months or not re.fullmatch(r"\d{4}-\d{2}", cell) else cell

    for table, rows in _edited(copy).items():
        text = [list(rows[0]), *(list(row.values()) for row in rows)]
        saved = written(cells(text, typed), COUNTRIES[country].separator)
        copy.file(table).write_bytes(b"\xef\xbb\xbf" + saved.encode())


def _edited(copy: Copy) -> dict[str, list[dict[str, str]]]:
    """The tables with what is new in them, and the sentences that the new rows need."""
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
    excerpts = [row for row in copy.rows("excerpts") if row["row"] != one["id"]]
    said = [("events", row, f"“{row['title']}” on {row['date']}", "title;date") for row in events]
    said = said[-10:] + [("quotes", row, row["text"], "text") for row in quotes[-2:]]
    for table, row, sentence, carries in (*said, ("estimates", one, "4,500 of them", "best")):
        new = {"table": table, "row": row["id"], "sentence": sentence, "carries": carries}
        new |= {"id": f"{table}-{row['id']}-1", "source": row["sources"].split(";")[0], "note": ""}
        fields = [one for one in tables.schema(table)["fields"] if one["ground"] != "ours"]
        if rest := [one["name"] for one in fields if row[one["name"]]]:
            also = [one for one in rest if one not in carries.split(";")]
            new |= {"carries": ";".join([carries, *also]), "note": f"{', '.join(also)}: so told."}
        excerpts.append({**excerpts[0], **new})
    return {"events": events, "quotes": quotes, "estimates": estimates, "excerpts": excerpts}


@pytest.fixture
def by_hand(copy: Copy, tmp_path: Path) -> Copy:
    """A second copy, with the same rows typed into the files by hand."""
    other = Copy(tmp_path / "hand")
    shutil.copytree(copy.path, other.path)
    for table, rows in _edited(other).items():
        other.save(table, rows)
    return other


TYPED = ("events", "quotes", "estimates", "excerpts")


def arrives(copy: Copy, by_hand: Copy) -> None:
    """What was entered is there as by hand: for the lessons, and in the files after mending."""
    assert validate.check(copy.path) == validate.check(by_hand.path) == []
    for table in TYPED:
        assert tables.read(table, copy.path).equals(tables.read(table, by_hand.path))
    for mending in mend.plan(copy.path):
        mend.write(mending)
    for table in TYPED:
        assert copy.file(table).read_bytes() == by_hand.file(table).read_bytes()


@pytest.mark.parametrize("country", ["de", "us"])
def test_what_is_entered_through_a_spreadsheet_arrives_as_by_hand(
    copy: Copy, by_hand: Copy, country: str
) -> None:
    _entered(copy, country)
    arrives(copy, by_hand)


LANGUAGES = {"de": ("1031", "de-DE"), "us": ("1033", "en-US")}
"""Microsoft's number of a language, which LibreOffice uses in its filters, and its name."""


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("soffice") and not os.environ.get("CI"),
    reason="needs LibreOffice: sudo apt-get install --no-install-recommends libreoffice-calc",
)
@pytest.mark.parametrize("country", LANGUAGES)
def test_the_real_libreoffice_gives_the_same_rows(
    copy: Copy, by_hand: Copy, tmp_path: Path, country: str
) -> None:
    _entered(copy, country, months=False)
    number, language = LANGUAGES[country]
    _profile(tmp_path, language)
    tokens = f"{ord(COUNTRIES[country].separator)},34,76,1,,{number},false,true"
    book, saved = tmp_path / "book", tmp_path / "saved"
    sheets = [copy.file(table) for table in TYPED]
    _office(tmp_path, "ods:calc8", book, sheets, f"--infilter=CSV:{tokens}")
    books = [book / f"{table}.ods" for table in TYPED]
    _office(tmp_path, f"csv:Text - txt - csv (StarCalc):{tokens}", saved, books)
    for table in TYPED:
        shutil.copy(saved / f"{table}.csv", copy.file(table))
    lines = copy.file("events").read_text(encoding="utf-8").splitlines()
    assert ("06/25/50" if country == "us" else "25.06.50") in lines[1]
    arrives(copy, by_hand)


def _profile(home: Path, language: str) -> None:
    """A profile of LibreOffice whose country is that of `language`."""
    file = home / "profile" / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"'
        f' oor:op="fuse"><value>{language}</value></prop></item></oor:items>',
        encoding="utf-8",
    )


def _office(home: Path, to: str, out: Path, files: list[Path], *options: str) -> None:
    """Have LibreOffice open files and save them in another form."""
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", to, "--outdir", out]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)


#: What programs of one country or another write, and one that nobody meets.
ENCODINGS = (
    *("cp1252", "cp1250", "cp1251", "cp1254", "cp949", "gb18030", "koi8_u", "cp1253", "cp1255"),
    *("cp037", "cp1256", "cp1257", "cp850", "cp866", "cp874", "utf-7"),
)


@pytest.mark.parametrize(
    "encoding",
    few(ENCODINGS, 5, pytest.mark.slow),
)
def test_an_encoding_is_guessed_right_or_not_at_all(copy: Copy, encoding: str) -> None:
    """KOI8 was read as cp1251 and Chinese as a Mac's, and --yes wrote that into the table."""
    path = copy.file("sources")
    before = path.read_text(encoding="utf-8").encode(encoding, "replace")
    path.write_bytes(before)
    for mending in mend.plan(copy.path):
        if any(change.cause.startswith("letters read as") for change in mending.changes):
            rows = list(csv.reader(io.StringIO(before.decode(encoding), newline="")))
            assert list(csv.reader(io.StringIO(mending.text, newline=""))) == rows
