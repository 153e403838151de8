"""One lesson as one file: whole or not at all, the same every time, and nothing in it that should
not be.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

import nbformat
import pytest

from lessons import Lesson, every
from upheaval import __main__ as command_line
from upheaval.publish import page

pytestmark = pytest.mark.thorough

LESSON = next(lesson for lesson in every() if lesson.number == "02")
DATA = re.compile(r'<script type="application/json">.*?</script>', re.DOTALL)


def small(folder: Path, *sources: str, **tagged: list[str]) -> Path:
    """A notebook of a few code cells; `tagged` names tags of cells by their index, as cell_1."""
    cells = [
        nbformat.v4.new_code_cell(
            source, id=f"cell-{index}", metadata={"tags": tagged.get(f"cell_{index}", [])}
        )
        for index, source in enumerate(sources, 1)
    ]
    path = folder / "99_small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The student page of a lesson."""
    return page.build(LESSON.path, out=tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def text(built: Path) -> str:
    return built.read_text(encoding="utf-8")


def test_the_page_is_called_by_lesson_and_edition(built: Path) -> None:
    assert built.name == f"{LESSON.path.stem}.student.html"
    assert [path.name for path in built.parent.iterdir()] == [built.name]


def test_no_text_that_is_kept_back_stands_in_it(text: str) -> None:
    shown = html.unescape(re.sub(r"<[^>]+>", "", DATA.sub("", text)))
    kept_back = [cell for cell in LESSON.cells if cell.tags & {"solution", "instructor"}]
    for cell in kept_back:
        for line in filter(
            lambda line: len(line) > 40, re.sub(r"[*_`]|^[-#] ", "", cell.source).splitlines()
        ):
            assert line not in shown and line not in text, f"{cell}: {line}"
    for tag in ("solution", "instructor"):
        assert f'page-{tag}"' not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "(instructor edition)" not in text and len(kept_back) >= 2


def test_the_policy_lets_exactly_the_page_s_own_scripts_run(text: str) -> None:
    # A memo saved as a page has a policy of its own; it stands in the script that writes it.
    outside = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    policies = [
        tag for tag in re.findall(r"<meta [^>]*>", outside) if "Content-Security-Policy" in tag
    ]
    policy = re.search(r'content="([^"]*)"', policies[0])
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    assert policy and len(policies) == 1 and len(scripts) == 3
    allowed = dict(part.strip().split(" ", 1) for part in html.unescape(policy[1]).split(";"))
    assert allowed["script-src"].split() == [f"'sha256-{one}'" for one in hashes]
    assert allowed["default-src"] == "'none'" and "http" not in policy[1]


def test_nothing_is_fetched_and_nothing_runs_but_the_scripts(text: str) -> None:
    body = DATA.sub("", re.sub(r"<(script|style)>.*?</\1>", "", text, flags=re.DOTALL))
    assert not re.findall(r"<(?:script|link|img|iframe|object|embed|base|form)\b[^>]*", body)
    assert not re.findall(r"<[^>]*\s(?:src|srcset|on\w+|style)=[^>]*>", body)
    assert not re.findall(r'href="(?!https?://|#)[^"]*"', body)
    for script in DATA.findall(text):
        assert script.count("<") == 2, "data cannot end the element that it stands in"


def test_every_widget_is_there_with_words_for_who_runs_no_script(text: str) -> None:
    assert (
        text.count('data-face="check"') >= 3
        and 'data-face="explorer"' in text
        and 'data-face="prompts"' in text
    )
    assert text.count('class="face-plain"') == text.count('data-face="')
    assert "Traceback" not in text and "page-output" in text


def test_the_same_notebook_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    assert page.build(LESSON.path, out=tmp_path / "again.html").read_bytes() == built.read_bytes()


def test_an_instructor_s_page_has_it_all(tmp_path: Path) -> None:
    notebook = small(
        tmp_path,
        "print('for all')",
        "print('a solution')",
        "print('my computer')",
        cell_2=["solution"],
        cell_3=["live-only"],
    )
    student = page.build(notebook, out=tmp_path / "student.html").read_text(encoding="utf-8")
    instructor = page.build(notebook, "instructor", tmp_path / "instructor.html").read_text(
        encoding="utf-8"
    )
    assert "for all" in student and "a solution" not in student and "my computer" not in student
    assert "a solution" in instructor and "my computer" not in instructor
    assert "(instructor edition)" in instructor
    assert "plotly" not in re.sub(
        r"<style>.*?</style>|<script>.*?</script>", "", student, flags=re.DOTALL
    )
    assert len(student) < 200_000, "plotly.js comes only where something is drawn"


def test_a_broken_notebook_is_named_and_the_old_page_stays(tmp_path: Path) -> None:
    page.build(small(tmp_path, "1"), out=tmp_path / "page.html")
    old = (tmp_path / "page.html").read_text(encoding="utf-8")
    notebook = small(tmp_path, "x = 1", "# divide\nx / 0")
    with pytest.raises(page.PageError) as caught:
        page.build(notebook, out=tmp_path / "page.html")
    assert str(caught.value) == (
        "99_small.ipynb: cell 2 (# divide) failed. It says: division by zero. To see all of it,"
        " open the notebook in JupyterLab and run it up to this cell."
    )
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == old
    assert sorted(path.name for path in tmp_path.iterdir()) == ["99_small.ipynb", "page.html"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 3}', "text", "\x00"])
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "odd.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(page.PageError, match=r"odd\.ipynb is not a notebook that can be read"):
        page.build(tmp_path / "odd.ipynb", out=tmp_path)


def test_a_notebook_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.ipynb", tmp_path):
        with pytest.raises(
            page.PageError, match=r"There is no notebook .* Name one of the files in notebooks/"
        ):
            page.build(path)


def test_a_page_that_cannot_be_written_is_told_before_the_lesson_runs(tmp_path: Path) -> None:
    notebook = small(tmp_path, "1 / 0")
    with pytest.raises(page.PageError, match="nowhere is no folder"):
        page.build(notebook, out=tmp_path / "nowhere" / "page.html")


def test_a_page_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(page, "execute", lambda notebook, path: notebook)
    monkeypatch.setattr("os.replace", locked)
    with pytest.raises(page.PageError, match=r"page\.html could not be written: it is protected"):
        page.build(small(tmp_path, "1"), out=tmp_path / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["99_small.ipynb"]


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["page", str(tmp_path / "none.ipynb")]) == 1
    assert "No page was written. There is no notebook" in capsys.readouterr().err
    (tmp_path / "x.html").write_text("a file", encoding="utf-8")
    assert command_line.main(["page", "a.ipynb", "b.ipynb", "--out", str(tmp_path / "x.html")]) == 1
    assert "x.html is no folder, and none can be made there" in capsys.readouterr().err
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == "a file"


def test_a_folder_of_lessons_becomes_a_folder_of_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, str, Path]] = []

    def build(notebook: Path, edition: str, out: Path, left_out: list[str]) -> Path:
        assert not left_out
        made.append((notebook.name, edition, out))
        return out / notebook.name

    monkeypatch.setattr(page, "build", build)
    assert (
        command_line.main(["page", str(LESSON.path.parent), "--out", str(tmp_path / "handouts")])
        == 0
    )
    assert [name for name, _, _ in made] == [one.path.name for one in every()]
    assert {out for _, _, out in made} == {tmp_path / "handouts"} and (
        tmp_path / "handouts"
    ).is_dir()


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_the_title_of_a_page_is_the_lesson_s(lesson: Lesson) -> None:
    title = page.title(nbformat.read(lesson.path, as_version=4))
    assert title == lesson.cells[0].source.splitlines()[0].removeprefix("# ")
    assert page.title(nbformat.v4.new_notebook()) == "Lesson"
