"""What a reader has written is never replaced by a file of the same name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from upheaval import __main__ as command_line
from upheaval.publish import execution, own_files, page, paper, platforms
from upheaval.publish.paper import chromium
from upheaval.publish.site_content import zipped
from upheaval.widgets.core import files

LESSON = execution.lessons()[2]


def a_zip() -> bytes:
    """The ZIP of a reader: what is in it was changed on some day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("essay.txt", (2026, 3, 4, 5, 6, 8)), "mine")
    return out.getvalue()


OWN = {
    "page.html": b"<title>My essay</title>",
    "pages.zip": a_zip(),
    "torn.zip": b"PK\x03\x04",
    "notes.txt": b"what I noted",
    "empty.html": b"",
}


@pytest.mark.parametrize("name", OWN)
def test_a_file_of_the_reader_stays_and_is_told_before_anything_runs(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(OWN[name])
    with pytest.raises(page.PageError, match=r"was not made by this command, so it stays\. Rename"):
        own_files.target_of(path, "x.html", {path.suffix})
    assert path.read_bytes() == OWN[name]


def test_a_place_without_an_ending_becomes_a_folder_and_one_with_another_is_refused(
    tmp_path: Path,
) -> None:
    found = own_files.target_of(tmp_path / "week 1" / "handouts", "02.html")
    assert found == tmp_path / "week 1" / "handouts" / "02.html"
    assert not (tmp_path / "week 1").exists(), "nothing is made before there is something to write"
    own_files.write(found, "a page")
    assert found.read_text(encoding="utf-8") == "a page"
    with pytest.raises(page.PageError, match=r"that ends in \.html"):
        own_files.target_of(tmp_path / "handout.pdf", "02.html")
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(page.PageError, match="notes"):
        own_files.target_of(tmp_path / "notes" / "handouts", "02.html")
    with pytest.raises(page.PageError, match="another kind"):
        own_files.target_of(tmp_path / "notes", "02.html")


@pytest.mark.parametrize("words", [["page"], ["page", "--paper"]], ids=" ".join)
def test_the_command_leaves_a_reader_s_page(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "essay.html").write_bytes(OWN["page.html"])
    assert command_line.main([*words, "02", "--out", str(tmp_path / "essay.html")]) == 1
    assert "essay.html is there already and was not made" in capsys.readouterr().err
    assert (tmp_path / "essay.html").read_bytes() == OWN["page.html"]


def test_a_reader_s_pdf_beside_a_handout_stays_and_no_handout_is_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chromium, "print_page", lambda page, pdf: pytest.fail("printed"))
    (tmp_path / "essay.pdf").write_bytes(b"%PDF-1.7 mine %%EOF\n")
    out = tmp_path / "essay.html"
    assert command_line.main(["page", "02", "--paper", "--out", str(out)]) == 1
    assert "essay.pdf is there already and was not made" in capsys.readouterr().err
    assert (tmp_path / "essay.pdf").read_bytes() == b"%PDF-1.7 mine %%EOF\n"
    assert not out.exists()


def test_a_handout_is_made_again_with_its_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def printed(_page: Path, pdf: Path) -> Path:
        pdf.write_bytes(own_files.marked(b"%PDF-1.7 ours %%EOF\n"))
        return pdf

    monkeypatch.setattr(chromium, "print_page", printed)
    first = paper.build(LESSON, tmp_path)
    assert paper.build(LESSON, tmp_path) == first


def made_page(folder: Path) -> Path:
    """A page of a notebook."""
    import nbformat

    shown = page.render(nbformat.v4.new_notebook(), "student")
    (folder / "a.html").write_text(shown, encoding="utf-8")
    return folder / "a.html"


def made_zip(folder: Path) -> Path:
    """A ZIP as all commands make it."""
    (folder / "a.zip").write_bytes(zipped({"a": b"a"}))
    return folder / "a.zip"


def made_questions(folder: Path) -> Path:
    """Questions for Moodle."""
    return platforms.build("gift", ["02"], folder).path


@pytest.mark.parametrize("make", [made_page, made_zip, made_questions])
def test_what_was_made_by_a_command_is_made_again(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = make(tmp_path)
    assert own_files.target_of(path, "x", {path.suffix}) == path


@pytest.mark.parametrize("ending", [".html", ".pdf"])
def test_of_a_handout_that_cannot_be_written_whole_nothing_new_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    whole = files.write_whole

    def full(path: Path, content: str | bytes, private: bool = False) -> None:
        if path.suffix == ending:
            raise OSError(28, "full", str(path))
        whole(path, content, private)

    def printed(_page: Path, pdf: Path) -> Path:
        files.write_whole(pdf, own_files.marked(b"%PDF"))
        return pdf

    monkeypatch.setattr(files, "write_whole", full)
    monkeypatch.setattr(chromium, "print_page", printed)
    with pytest.raises(page.PageError, match=rf"handout\{ending} could not be written: the disk"):
        paper.build(LESSON, tmp_path)
    assert not list(tmp_path.iterdir())
