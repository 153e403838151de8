"""Files as course platforms give them: what is found, what is refused, and what comes of it."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

import rules
from classes import file
from upheaval.__main__ import main
from upheaval.classroom import page, reading
from upheaval.publish.execution import PageError

Json = Any


def zipped(entries: dict[str, bytes | str]) -> bytes:
    """A ZIP with those files in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in entries.items():
            opened.writestr(name, content)
    return made.getvalue()


def places(found: reading.Found) -> list[str]:
    return [one.place for one in found.files]


DROPPED = """({files, limits}) => {
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const given = files.map(({name, at, content}) =>
    ({name, lastModified: at, content: new Blob([bytes(content)])}));
  return rules.classHandedIn.readFiles(given, limits);
}"""


def alike(folder: Path) -> None:
    """The page of a class reads the same in files that are dropped on it as the command does."""
    found = reading.read(folder)
    given = [
        {
            "name": path.name,
            "at": path.stat().st_mtime * 1000,
            "content": base64.b64encode(path.read_bytes()).decode(),
        }
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    assert given
    read = rules.evaluate(DROPPED, {"files": given, "limits": reading.limits()})
    assert [(one["place"], one["text"]) for one in read["files"]] == [
        (one.place, one.text) for one in found.files
    ]
    zipped_days = [one.changed for one in found.files if ".zip/" in one.place]
    assert [one["changed"] for one in read["files"] if ".zip/" in one["place"]] == zipped_days
    assert read["problems"] == found.problems


def test_folders_and_zips_in_one_another_are_read_and_litter_is_not(tmp_path: Path) -> None:
    inner = zipped({"my_work.json": file({}), "__MACOSX/._my_work.json": b"\0"})
    (tmp_path / "all.zip").write_bytes(zipped({"Ann/inner.zip": inner, "Bo\\w.json": file({})}))
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "w.json").write_text(file({}), encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    found = reading.read(tmp_path)
    assert places(found) == [
        "all.zip/Ann/inner.zip/my_work.json",
        "all.zip/Bo/w.json",
        "deep/er/w.json",
    ]
    assert found.problems == []
    alone = reading.read(tmp_path / "all.zip")
    assert places(alone) == places(found)[:2], "a ZIP itself may be named"
    (tmp_path / "deep" / "er" / "w.json").unlink()
    alike(tmp_path)


def test_texts_are_read_in_the_encodings_that_programs_write(tmp_path: Path) -> None:
    text = '{"a": "나"}'
    (tmp_path / "a.json").write_bytes(text.encode("utf-8-sig"))
    (tmp_path / "b.json").write_bytes(text.encode("utf-16"))
    (tmp_path / "c.csv").write_bytes("name;Zoë".encode("cp1252"))
    (tmp_path / "d.json").write_bytes("Zoë".encode("cp1252"))
    found = reading.read(tmp_path)
    assert [one.text for one in found.files] == [text, text, "name;Zoë"]
    assert found.problems == ["d.json was left out: it is no text, or it was damaged on its way."]
    alike(tmp_path)


def test_what_is_damaged_locked_or_too_large_is_named_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 10_000)
    bomb = zipped({"bomb.json": b" " * 5_000_000, "fine.json": file({})})
    (tmp_path / "bomb.zip").write_bytes(bomb)
    # A ZIP that lies about its sizes: what it says is small, what it unpacks is not.
    lie = bytearray(zipped({"lie.json": b" " * 50_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = lie.index(mark) + at
        lie[start : start + 4] = (100).to_bytes(4, "little")
    (tmp_path / "lie.zip").write_bytes(lie)
    nested = zipped({"w.json": file({})})
    for _ in range(reading.DEEPEST + 1):
        nested = zipped({"in.zip": nested})
    (tmp_path / "nested.zip").write_bytes(nested)
    (tmp_path / "half.zip").write_bytes(bomb[:200])
    (tmp_path / "large.json").write_text(" " * 20_000, encoding="utf-8")
    locked = bytearray(zipped({"secret.json": "x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    found = reading.read(tmp_path)
    assert places(found) == ["bomb.zip/fine.json"]
    told = "\n".join(found.problems)
    for name in ("bomb.json", "half.zip", "in.zip", "large.json", "lie.json", "secret.json"):
        assert f"{name} was left out: " in told, told
    assert "more than 4 ZIPs in one another" in told and "it has a password" in told
    assert len(found.problems) == 6
    alike(tmp_path)


def test_work_that_a_program_named_a_text_is_taken_and_other_texts_are_not(tmp_path: Path) -> None:
    for name in ("my_work.json.txt", "MY_WORK.JSON.TXT", "notes.txt", ".json.txt"):
        (tmp_path / name).write_text(file({"02.a": name}), encoding="utf-8")
    found = reading.read(tmp_path)
    assert places(found) == ["MY_WORK.JSON.TXT", "my_work.json.txt"]
    assert [one.partition(" ")[0] for one in found.problems] == [".json.txt,"]
    alike(tmp_path)


def test_a_zip_without_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.zip").write_bytes(zipped({}))
    (tmp_path / "litter.zip").write_bytes(zipped({"__MACOSX/._w.json": b"\0", "Ann/": b""}))
    (tmp_path / "outer.zip").write_bytes(zipped({"Bo.zip": zipped({}), "w.json": file({})}))
    found = reading.read(tmp_path)
    assert found.problems == [
        f"{place} was left out: there is no file in it."
        for place in ("empty.zip", "litter.zip", "outer.zip/Bo.zip")
    ]
    assert places(found) == ["outer.zip/w.json"]
    alike(tmp_path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.json").write_text(file({}), encoding="utf-8")
    folder = tmp_path / "class"
    folder.mkdir()
    try:
        os.symlink(outside, folder / "way out")
        os.symlink(outside / "secret.json", folder / "w.json")
    except OSError:
        pytest.xfail("this system lets nobody make a link")
    entry = zipfile.ZipInfo("link.json")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as opened:
        opened.writestr(entry, "../outside/secret.json")
    found = reading.read(folder)
    assert found.files == [] and len(found.problems) == 3
    assert all("links are not followed" in one for one in found.problems)
    for one in ("way out", "w.json"):
        (folder / one).unlink()
    alike(folder)


def test_too_many_files_end_the_reading_and_others_are_told_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    for at in range(9):
        (tmp_path / f"{at}.docx").write_bytes(b"x")
        (tmp_path / f"w{at}.json").write_text(file({}), encoding="utf-8")
    found = reading.read(tmp_path)
    assert len(found.files) == 3 and len(found.problems) == 2
    assert "the rest was left out" in found.problems[0]
    assert "0.docx, 1.docx" in found.problems[1] and "and 3 more are no files" in found.problems[1]
    alike(tmp_path)


def test_odd_names_of_files_are_shown_as_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"../../\u202eup\n.json": file({})}))
    assert places(reading.read(tmp_path)) == ["a.zip/../../?up?.json"]
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"], "nothing is unpacked"
    (tmp_path / "b.zip").write_bytes(zipped({"Zoë/나.json": file({})}))
    (tmp_path / "c.zip").write_bytes(zipped({"Zo/w.json": file({})}).replace(b"Zo/", b"Z\x89/"))
    assert "c.zip/Zë/w.json" in places(reading.read(tmp_path))
    alike(tmp_path)


def test_a_memo_that_was_saved_as_a_page_is_taken_and_other_pages_are_not(tmp_path: Path) -> None:
    memo = f"<p>Memo</p>{reading.HELD}{file({'11.memo': {}})}</template>"
    (tmp_path / "decision_memo.html").write_text(memo, encoding="utf-8")
    (tmp_path / "onlinetext.html").write_text("<p>See the file</p>", encoding="utf-8")
    found = reading.read(tmp_path)
    assert places(found) == ["decision_memo.html"]
    assert found.problems == [
        "onlinetext.html is no file of answers (these end in .json): left out, look at it yourself."
    ]
    alike(tmp_path)


# -- what comes of it ------------------------------------------------------------------------------
@pytest.mark.thorough
def test_a_whole_class_is_put_together_by_person(a_class: Path) -> None:
    told = page.data(reading.read(a_class), "class")
    found = rules.evaluate(
        """({files, head, forecast}) =>
          rules.classPeople.collected(files, head.about, forecast)""",
        {"files": told["files"], "head": told["head"], "forecast": told["forecast"]},
    )
    names = [one["name"] for one in found["students"]]
    assert len(names) == 20 and {"Amina Bello", "ivanpetrov", "Minh Tran", "Tess Moor"} <= set(
        names
    )
    amina = found["students"][names.index("Amina Bello")]
    assert amina["work"]["02.predict"] == "Said again, and later" and len(amina["files"]) == 2
    notes = "\n".join(found["notes"])
    assert "Amina Bello handed in 2 files" in notes and "saved on 9 March 2026" in notes
    assert "my_work.json holds the same as my_work - copy.json: it was read once." in notes
    assert [one.split()[0] for one in found["problems"]] == ["half.json", "theirs.json"]
    assert [one.split()[0] for one in told["problems"]] == ["broken.zip", "essay.docx"]


@pytest.mark.thorough
def test_every_answer_can_be_marked_and_every_question_is_there(a_class: Path) -> None:
    told = page.data(reading.read(a_class), "class")
    lessons = told["lessons"]
    assert [one["number"] for one in lessons] == [f"{at:02}" for at in range(13)]
    checks = [one for lesson in lessons for one in lesson["checks"]]
    kinds = {one["spec"]["type"] for one in checks}
    assert {"choice", "number", "match", "selection"} <= kinds
    assert all(one["spec"]["answerKey"] == "" and one["key"]["type"] for one in checks)
    rows = rules.evaluate(
        """({lessons, files, head, forecast}) => {
          const {students} = rules.classPeople.collected(files, head.about, forecast);
          return rules.classGradebook.gradebook(lessons, students, new Map());
        }""",
        {name: told[name] for name in ("lessons", "files", "head", "forecast")},
    )
    assert rows["columns"][:3] == ["Student", "Last saved (UTC)", "02 checks right (of 7)"]
    assert len(rows["rows"]) == 20 and all(row[3] > 2 for row in rows["rows"])


@pytest.mark.thorough
def test_the_rubric_is_that_of_the_guide() -> None:
    rows = page.questions()["memo"]["rubric"]
    assert [row["part"] for row in rows][:2] == ["Bottom line", "Evidence"]
    assert all(len(row["levels"]) == 3 for row in rows) and len(rows) == 6


# -- the page --------------------------------------------------------------------------------------
@pytest.mark.thorough
def test_the_page_goes_into_the_folder_and_nothing_else_changes(a_class: Path) -> None:
    before = {
        path: path.stat().st_mtime_ns for path in a_class.rglob("*") if path.name != page.FILE
    }
    written = page.build(a_class)
    assert written.path == a_class / page.FILE
    after = {path: path.stat().st_mtime_ns for path in a_class.rglob("*")}
    del after[written.path]
    assert {path: after[path] for path in before if path != a_class} == {
        path: when for path, when in before.items() if path != a_class
    }
    again = page.build(a_class)
    assert places(again.found) == places(written.found), "its own page is no file of a student"
    text = written.path.read_text(encoding="utf-8")
    assert "default-src 'none'" in text and page.MARK in text
    assert "http://" not in text.split('id="class-data"')[0].replace("http://www.w3.org/", "")


def test_what_is_there_and_not_ours_stays(tmp_path: Path) -> None:
    mine = tmp_path / page.FILE
    mine.write_text("my own page", encoding="utf-8")
    with pytest.raises(PageError, match="was not made by this command"):
        page.build(tmp_path)
    assert mine.read_text(encoding="utf-8") == "my own page"
    for wrong, says in ((tmp_path / "gone", "is not there"), (mine, "is one file")):
        with pytest.raises(PageError, match=says):
            page.build(wrong)


def test_the_command_tells_what_was_left_out_and_why_nothing_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page, "questions", dict)  # the keys of all lessons take seconds
    (tmp_path / "w.json").write_text(file({}), encoding="utf-8")
    (tmp_path / "half.zip").write_bytes(b"PK")
    assert main(["class", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "half.zip was left out: it is no ZIP" in told
    assert f"Written: {tmp_path / page.FILE} (1 file in it)" in told
    assert main(["class", str(tmp_path / "gone")]) == 1
    assert "No page was written." in capsys.readouterr().err


def test_the_page_of_the_same_class_made_before_is_no_file_that_somebody_handed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "questions", dict)
    (tmp_path / "a.json").write_text(file({"02.a": "x"}), encoding="utf-8")
    (tmp_path / "theirs.html").write_text("<h1>Memo</h1>", encoding="utf-8")
    page.build(tmp_path)
    assert reading.read(tmp_path).others == ["theirs.html"]
