"""The ZIP of all pages: what students get and no more, the same bytes every time, whole or not."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest

from lessons import every, kept_back_pieces, plain_words
from upheaval import __main__ as command_line
from upheaval.publish import archive, execution, page, site_content

LESSONS = every()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, runs: Path) -> Path:
    """The ZIP with all lessons."""
    return archive.build(tmp_path_factory.mktemp("zip"), cache=runs)


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name).decode() for name in opened.namelist()}


@pytest.mark.site
def test_every_lesson_is_there_and_the_list_leads_to_each(whole: Path) -> None:
    found = texts(whole)
    pages = {f"{site_content.NAME}/{one.path.stem}.student.html" for one in LESSONS}
    start = f"{site_content.NAME}/index.html"
    pages.add(f"{site_content.NAME}/{archive.COME_BACK}")
    assert found.keys() == pages | {start} and whole.name == archive.FILE
    links = re.findall(r'href="([^"#]+)"', found[start])
    assert {f"{site_content.NAME}/{link}" for link in links} == pages
    assert archive.HOW in found[start] and "<script" not in found[start]


@pytest.mark.site
def test_nothing_that_is_kept_back_is_in_it(whole: Path) -> None:
    kept_back = kept_back_pieces()
    assert sum(map(len, kept_back.values())) > 100
    everything = "\n".join(plain_words(text) for text in texts(whole).values())
    assert [one for pieces in kept_back.values() for one in pieces if one in everything] == []
    assert "instructor edition" not in everything and len(everything) > 100_000


@pytest.mark.site
def test_the_same_lessons_make_the_same_bytes_in_any_place(
    whole: Path, runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert archive.build(cache=runs).read_bytes() == whole.read_bytes()
    with zipfile.ZipFile(whole) as opened:
        said = {(one.date_time, one.create_system) for one in opened.infolist()}
    assert said == {(site_content.EPOCH, 3)}


@pytest.mark.site
def test_a_page_in_it_is_the_page_that_is_made_alone(whole: Path, tmp_path: Path) -> None:
    path = LESSONS[4].path
    alone = page.build(path, out=tmp_path).read_text("utf-8")
    assert texts(whole)[f"{site_content.NAME}/{path.stem}.student.html"] == alone


def test_a_zip_that_was_there_stays_unless_the_new_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = site_content.zipped({"a.html": b"old"})
    (tmp_path / archive.FILE).write_bytes(old)

    def broken(*_: object) -> None:
        raise execution.PageError("02: cell 3 failed.")

    monkeypatch.setattr(archive, "pages", broken)
    assert command_line.main(["pages", "--out", str(tmp_path)]) == 1
    assert "one that was there is as it was. 02: cell 3 failed." in capsys.readouterr().err
    monkeypatch.setattr(archive, "pages", lambda *_: {"a.html": b"page"})
    with monkeypatch.context() as patch:
        patch.setattr(archive, "zipped", lambda _: b"new")
        patch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        assert command_line.main(["pages", "--out", str(tmp_path)]) == 1
    assert "could not be written: the disk is full. Free some space" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [archive.FILE]
    assert (tmp_path / archive.FILE).read_bytes() == old
    assert command_line.main(["pages", "--out", str(tmp_path / "new.zip")]) == 0
    assert texts(tmp_path / "new.zip") == {f"{site_content.NAME}/a.html": "page"}


def test_a_place_that_cannot_be_written_is_told_before_any_lesson_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "pages", lambda *_: pytest.fail("a lesson was run"))
    with pytest.raises(execution.PageError, match="missing is no folder"):
        archive.build(tmp_path / "missing" / "a.zip")
    assert list(tmp_path.iterdir()) == []
