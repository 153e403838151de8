"""The student's folder: copies without solutions, which no new version collides with or eats."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from lessons import SECRET_TAGS, Lesson, every
from upheaval import __main__, copies, doctor
from upheaval.lessons import words
from upheaval.publish import editions
from upheaval.widgets.core import files

ROOT = Path(__file__).resolve().parents[1]
FIRST, TIMELINE = "00_start_here.ipynb", "02_a_timeline.ipynb"
NEWER = (
    "my_lessons/02_a_timeline.ipynb is changed by you: it stays as you left it, and a newer version"
    " is here. To get the new one and keep yours beside it: python start.py fresh 02"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection of two lessons, in a folder with a space and letters of other scripts."""
    home = tmp_path / "Мой курс 수업"
    (home / "notebooks").mkdir(parents=True)
    for name in (FIRST, TIMELINE, copies.FINDER):
        shutil.copy(ROOT / "notebooks" / name, home / "notebooks")
    monkeypatch.setattr(__main__, "ROOT", home)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return home


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def publish(root: Path, text: str = "Newer words.") -> None:
    """A new version of lesson 02: its second cell of prose says something else."""
    edit(root / "notebooks" / TIMELINE, lambda one: one["cells"][2].update(source=[text]))


def touch(root: Path) -> Path:
    """The student adds a word to the first cell of lesson 02, as JupyterLab stores it."""
    copy = root / "my_lessons" / TIMELINE
    edit(copy, lambda one: one["cells"][0].update(source=["# My own title"]))
    return copy


def run_all(copy: Path) -> None:
    """What Run All and Save leave behind, as far as files are concerned."""

    def run(notebook: dict[str, Any]) -> None:
        for number, cell in enumerate(notebook["cells"]):
            cell["metadata"].setdefault("jupyter", {})["outputs_hidden"] = False
            if cell["cell_type"] == "code":
                output = {"output_type": "stream", "name": "stdout", "text": [str(number)]}
                cell.update(execution_count=number, outputs=[output])
        notebook["metadata"]["widgets"] = {"state": {}}

    edit(copy, run)


def names(root: Path) -> set[str]:
    inside = {path.name for path in (root / "my_lessons").iterdir()}
    return inside - {"__pycache__"}  # Python's own, which JupyterLab does not show


def sources(copy: Path) -> list[str]:
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


def fails(error: OSError) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


# -- what a copy holds -----------------------------------------------------------------------------
def longer_texts(node: Any) -> Iterator[str]:
    """The longer texts in a lesson's words: questions, options and the reasons behind them."""
    if isinstance(node, str) and len(node) > 60:
        yield node
    if isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from longer_texts(one)


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_a_copy_has_neither_solutions_nor_notes_nor_words(lesson: Lesson) -> None:
    copy = editions.for_students(lesson.raw)
    text = "\n".join("".join(cell["source"]) for cell in copy["cells"])
    kept_back = [cell.source for cell in lesson.cells if cell.tags & SECRET_TAGS]
    assert kept_back and not [one for one in kept_back if one in text]
    told = words.load(lesson.number).content
    # What paper replaces is a sentence of the notebook.
    hidden = set(longer_texts({name: one for name, one in told.items() if name != "paper"}))
    assert hidden and [one for one in hidden if one in text] == []
    assert "lesson.check(" in text and "Check." not in text
    assert not any(cell.get("outputs") for cell in copy["cells"])
    nbformat.validate(nbformat.from_dict(copy))


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_a_copy_s_code_is_the_lesson_s(lesson: Lesson) -> None:
    before = {cell.id: cell.source for cell in lesson.cells}
    for cell in editions.for_students(lesson.raw)["cells"]:
        assert "".join(cell["source"]) == before[cell["id"]]


def test_a_copy_of_a_copy_is_the_copy() -> None:
    once = editions.for_students(every()[2].raw)
    assert editions.for_students(once) == once, "as in the student's ZIP"


@pytest.mark.parametrize("tags", [[], ["hide-input"]])
def test_a_check_that_would_show_its_answers_is_refused(tags: list[str]) -> None:
    cell = nbformat.v4.new_code_cell("Check.choice()", metadata={"tags": tags}, id="a")
    with pytest.raises(ValueError, match="cell a makes a check, so its code shows the answers"):
        editions.for_students(nbformat.v4.new_notebook(cells=[cell]))


# -- a start ---------------------------------------------------------------------------------------
def test_the_first_start_makes_the_folder_without_a_word(root: Path) -> None:
    folder = copies.prepare(root)
    assert (folder.path, folder.told) == (root / "my_lessons", [])
    assert names(root) == {FIRST, TIMELINE, copies.FINDER}


def test_a_start_runs_nothing_and_loads_neither_charts_nor_tables(root: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from upheaval import copies\n"
        "copies.prepare(Path(sys.argv[1])); copies.prepare(Path(sys.argv[1]))\n"
        "slow = {'upheaval.widgets', 'pandas', 'plotly', 'nbformat', 'nbclient', 'anywidget'}\n"
        "print(sorted(slow & set(sys.modules)) if len(sys.argv) > 2 else '')"
    )
    command = [sys.executable, "-c", script, str(root)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "utils")}
    subprocess.run(command, check=True, env=environment)
    second = [*command, "say"]
    done = subprocess.run(second, check=True, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_what_nobody_changed_is_renewed_without_a_word(root: Path) -> None:
    copies.prepare(root)
    publish(root)
    (root / "notebooks" / "03_new.ipynb").write_bytes((root / "notebooks" / FIRST).read_bytes())
    assert copies.prepare(root).told == []
    assert sources(root / "my_lessons" / TIMELINE)[2] == "Newer words."
    assert names(root) == {FIRST, TIMELINE, "03_new.ipynb", copies.FINDER}


def test_a_lesson_that_was_only_run_is_renewed_and_keeps_its_outputs(root: Path) -> None:
    copies.prepare(root)
    copy = root / "my_lessons" / TIMELINE
    run_all(copy)
    publish(root)
    edit(root / "notebooks" / TIMELINE, lambda one: one["cells"][6].update(source=["1 + 1"]))
    assert copies.prepare(root).told == []
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    assert cells[4]["outputs"] and cells[4]["execution_count"] == 4
    assert cells[6]["outputs"] == [] and cells[6]["source"] == ["1 + 1"]


def test_without_a_new_version_no_file_is_written(root: Path) -> None:
    copies.prepare(root)
    copy = touch(root)
    before = {path: path.stat().st_mtime_ns for path in copy.parent.iterdir()}
    assert copies.prepare(root).told == []
    assert {path: path.stat().st_mtime_ns for path in copy.parent.iterdir()} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one["cells"].pop(7),
        lambda one: one["cells"].append({**one["cells"][0], "id": "mine"}),
        lambda one: one["cells"].reverse(),
        lambda one: one["cells"][7].update(source="mine"),
        lambda one: one["metadata"].pop(editions.MARK),
        lambda one: one["metadata"].update({editions.MARK: 5}),
    ],
    ids=["deleted", "added", "moved", "edited", "unmarked", "odd mark"],
)
def test_what_is_changed_stays_and_one_sentence_says_how_to_get_the_new_one(
    root: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    copies.prepare(root)
    copy = root / "my_lessons" / TIMELINE
    edit(copy, change)
    before = copy.read_bytes()
    publish(root)
    assert copies.prepare(root).told == [NEWER]
    assert copy.read_bytes() == before and names(root) == {FIRST, TIMELINE, copies.FINDER}


def test_several_are_told_in_one_sentence(root: Path) -> None:
    copies.prepare(root)
    for name in (FIRST, TIMELINE):
        edit(root / "my_lessons" / name, lambda one: one["cells"].pop())
        edit(root / "notebooks" / name, lambda one: one["cells"].pop(0))
    (told,) = copies.prepare(root).told
    assert told.startswith(f"my_lessons/{FIRST} and my_lessons/{TIMELINE} are changed by you: they")
    assert told.endswith("python start.py fresh 00 02")


# -- a new version ---------------------------------------------------------------------------------
def test_git_pull_neither_collides_with_the_student_s_work_nor_eats_it(root: Path) -> None:
    def git(folder: Path, *words: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(folder), *who, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    shutil.copy(ROOT / ".gitignore", root)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=one")
    mine = root.parent / "mine"
    git(root, "clone", "--quiet", str(root), str(mine))
    copies.prepare(mine)
    copy = touch(mine)
    (mine / "notebooks" / "my_work.json").write_text("{}", encoding="utf-8")
    before = copy.read_bytes()
    assert git(mine, "status", "--porcelain") == ""
    publish(root)
    git(root, "commit", "--quiet", "--all", "--message=two")
    git(mine, "pull", "--quiet", "--ff-only")
    assert copies.prepare(mine).told == [NEWER] and copy.read_bytes() == before
    assert (mine / "notebooks" / "my_work.json").read_text(encoding="utf-8") == "{}"


def test_a_folder_that_is_taken_to_a_new_copy_of_the_collection_is_known_there(root: Path) -> None:
    copies.prepare(root)
    beside = root.parent / "a second ZIP"
    shutil.copytree(root / "notebooks", beside / "notebooks")
    publish(beside)
    shutil.copytree(root / "my_lessons", beside / "my_lessons")
    assert copies.prepare(beside).told == []
    assert sources(beside / "my_lessons" / TIMELINE)[2] == "Newer words."
    shutil.rmtree(beside / "my_lessons")
    touch(root)
    shutil.copytree(root / "my_lessons", beside / "my_lessons")
    assert copies.prepare(beside).told == [NEWER]


# -- fresh -----------------------------------------------------------------------------------------
def test_fresh_brings_the_new_one_and_keeps_the_old_beside(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies.prepare(root)
    copy = touch(root)
    publish(root)
    for number in (1, 2):
        before = copy.read_bytes()
        assert __main__.main(["fresh", "2"]) == 0
        said = capsys.readouterr().out
        aside = copy.with_name(f"02_a_timeline.mine-{number}.ipynb")
        assert aside.read_bytes() == before and f"Your old copy is {aside.name}" in said
        assert sources(copy)[2] == "Newer words." and sources(copy)[0] != "# My own title"
        assert copies.prepare(root).told == [], "nothing is left to tell"
        touch(root)


def test_fresh_leaves_what_nobody_changed_and_makes_what_is_missing(root: Path) -> None:
    copies.prepare(root)
    copy = root / "my_lessons" / TIMELINE
    assert copies.fresh(root, ["02"]) == [f"{copy} is fresh already: nobody has changed it."]
    copy.unlink()
    assert copies.fresh(root, ["02", "0"])[0] == f"Here it is: {copy}."
    assert names(root) == {FIRST, TIMELINE, copies.FINDER}


def test_fresh_knows_no_other_lesson(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["fresh", "77"]) == 1
    assert capsys.readouterr().err == "There is no lesson 77; there are 00, 02.\n"
    assert not (root / "my_lessons").exists()


@pytest.mark.parametrize("step", ["rename", "write"])
def test_fresh_that_cannot_write_leaves_the_copy_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    copies.prepare(root)
    copy = touch(root)
    before, there = copy.read_bytes(), names(root)
    if step == "rename":
        monkeypatch.setattr(files, "PAUSES", ())
        monkeypatch.setattr(files.Path, "rename", fails(PermissionError(13, "held")))
    else:
        monkeypatch.setattr(copies, "_write", fails(OSError(28, "No space left")))
    with pytest.raises(copies.CopyError, match=r"is as it was: (it is pro|the disk is)"):
        copies.fresh(root, ["02"])
    assert copy.read_bytes() == before and names(root) == there


# -- JupyterLab ------------------------------------------------------------------------------------
@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What JupyterLab is started with, each time."""
    found: list[list[str]] = []
    lab = SimpleNamespace(main=lambda: found.append(sys.argv))
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", lab)
    monkeypatch.setattr(sys, "argv", ["upheaval"])
    return found


def test_lab_opens_the_student_s_copy_of_the_first_lesson(
    root: Path, started: list[list[str]]
) -> None:
    assert __main__.main(["lab", "--no-browser", "--port", "9"]) == 0
    assert __main__.main(["lab", "--edition", "student"]) == 0
    assert __main__.main(["lab", "other.ipynb"]) == 0
    first, student, other = started
    lesson = f"--LabApp.default_url=/lab/tree/my_lessons/{FIRST}"
    assert lesson in first and first[-3:] == ["--no-browser", "--port", "9"]
    assert f"--ServerApp.root_dir={root}" in first and "--LabApp.news_url=None" in first
    assert student[-1] == lesson and lesson not in other and other[-1] == "other.ipynb"


def test_a_browser_gets_an_address_and_no_file(
    root: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One from snap or flatpak, and Windows' own in WSL, cannot see a file of this disk."""
    monkeypatch.setattr(sys, "platform", "linux")
    (root / "a b").mkdir()
    (root / "a b" / "my #1.ipynb").touch()
    monkeypatch.chdir(root / "a b")
    assert __main__.main(["lab"]) == 0
    assert __main__.main(["lab", "--no-browser", "my #1.ipynb"]) == 0
    assert __main__.main(["lab", "--ServerApp.use_redirect_file=True"]) == 0
    monkeypatch.setattr(sys, "platform", "win32")
    assert __main__.main(["lab"]) == 0
    first, named, wished, windows = started
    assert "--ServerApp.use_redirect_file=False" not in wished, "a reader's own word counts"
    assert "--ServerApp.use_redirect_file=False" in first and first[-1].endswith(f"/{FIRST}")
    address = "--LabApp.default_url=/lab/tree/a%20b/my%20%231.ipynb"
    assert named[-2:] == [address, "--no-browser"]
    assert "--ServerApp.use_redirect_file=False" not in windows, "there the file is safer"


def test_the_kernel_is_ours_where_a_user_has_another_of_its_name(
    root: Path, started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupyter_client.kernelspec import KernelSpecManager

    theirs = tmp_path / "theirs"
    for folder in (theirs / "kernels" / "python3", tmp_path / "path" / "kernels" / "python3"):
        folder.mkdir(parents=True)
        other = {"argv": ["/opt/other/python"], "display_name": "Mine", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(other), "utf-8")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(theirs))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "path"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    assert KernelSpecManager().get_kernel_spec("python3").display_name == "Mine"
    said = doctor.kernel(root)
    assert said.level == "note" and str(tmp_path / "path") in said.said
    assert __main__.main(["lab"]) == 0
    assert KernelSpecManager().get_kernel_spec("python3").display_name != "Mine"
    assert doctor.kernel(root).level == "good"


def test_lab_opens_the_notebooks_themselves_for_an_instructor(
    root: Path, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert __main__.main(["lab", "--edition", "instructor", "--port=9"]) == 0
    assert started[0][-2:] == [f"--LabApp.default_url=/lab/tree/notebooks/{FIRST}", "--port=9"]
    assert not (root / "my_lessons").exists(), "an instructor needs none"
    copies.prepare(root)
    for name in (FIRST, TIMELINE):  # as in the student's ZIP
        shutil.move(root / "my_lessons" / name, root / "notebooks" / name)
    assert __main__.main(["lab", "--edition", "instructor"]) == 1
    assert "holds no solutions and no notes" in capsys.readouterr().err
    assert __main__.main(["lab"]) == 0 and len(started) == 2
    assert started[1][-1] == f"--LabApp.default_url=/lab/tree/my_lessons/{FIRST}"


def test_lab_tells_before_it_starts_what_is_newer_and_what_is_in_the_way(
    root: Path, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    copies.prepare(root)
    touch(root)
    publish(root)
    assert __main__.main(["lab"]) == 0 and capsys.readouterr().out == f"{NEWER}\n"
    shutil.rmtree(root / "my_lessons")
    (root / "my_lessons").touch()
    assert __main__.main(["lab"]) == 1 and len(started) == 1
    assert "is no folder that can be opened" in capsys.readouterr().err


def test_lab_shows_the_home_folder_where_the_copies_are_there(
    read_only: Path, started: list[list[str]]
) -> None:
    home = read_only.parent / "home" / "my_lessons"
    assert __main__.main(["lab"]) == 0
    address = f"--LabApp.default_url=/lab/tree/{FIRST}"
    assert started[0][-1] == address and f"--ServerApp.root_dir={home}" in started[0]


# -- odd states ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b'{"cells": 5, "metadata": {}}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"metadata": {}, "cells": [{"cell_type": "code"}]}',
        b"<<<<<<< HEAD",
    ],
    ids=["empty", "half", "list", "cells", "bytes", "deep", "no source", "conflict"],
)
def test_a_copy_that_is_no_notebook_stays_and_is_told(root: Path, text: bytes) -> None:
    copies.prepare(root)
    copy = root / "my_lessons" / TIMELINE
    copy.write_bytes(text)
    (told,) = copies.prepare(root).told
    assert told.startswith(f"my_lessons/{TIMELINE} is no notebook that can be read. To get the new")
    assert copy.read_bytes() == text
    copies.fresh(root, ["02"])
    assert (copy.parent / "02_a_timeline.mine-1.ipynb").read_bytes() == text
    assert copies.prepare(root).told == []


def test_a_folder_in_place_of_a_copy_is_kept_too(root: Path) -> None:
    (root / "my_lessons" / TIMELINE / "inner").mkdir(parents=True)
    (told,) = copies.prepare(root).told
    assert f"my_lessons/{TIMELINE} is not brought up to date: " in told
    copies.fresh(root, ["02"])
    assert (root / "my_lessons" / "02_a_timeline.mine-1.ipynb" / "inner").is_dir()


def test_a_copy_that_a_sync_holds_stays_until_the_next_start(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies.prepare(root)
    copy = root / "my_lessons" / TIMELINE
    before, there = copy.read_bytes(), names(root)
    publish(root)
    with monkeypatch.context() as sync:
        sync.setattr(files, "PAUSES", ())
        sync.setattr(files.os, "replace", fails(PermissionError(13, "held")))
        (told,) = copies.prepare(root).told
    assert told == (
        f"my_lessons/{TIMELINE} is not brought up to date: it is protected, or another program"
        " holds it (a sync, a virus scanner)."
    )
    assert copy.read_bytes() == before and names(root) == there, "and no half of a file"
    assert copies.prepare(root).told == [] and sources(copy)[2] == "Newer words."


def test_a_full_disk_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_write", fails(OSError(28, "No space left on device")))
    with pytest.raises(copies.CopyError, match=r"could not be put into .*: the disk is full"):
        copies.prepare(root)


@pytest.mark.parametrize("link", [False, True], ids=["file", "dangling link"])
def test_a_file_in_place_of_the_folder_is_told_and_stays(root: Path, link: bool) -> None:
    own = root / "my_lessons"
    own.symlink_to(root / "gone") if link else own.write_text("mine", encoding="utf-8")
    with pytest.raises(copies.CopyError, match="Give it another name, then run the same command"):
        copies.prepare(root)
    assert own.is_symlink() if link else own.read_text(encoding="utf-8") == "mine"


@pytest.fixture
def read_only(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The collection in a folder that cannot be written; permissions do not stop root."""
    tried, write = copies._possible, copies._write

    def forbidden(path: Path) -> bool:
        return root in (path, *path.parents)

    def write_outside(path: Path, text: str) -> None:
        fails(OSError(30, "Read-only file system"))() if forbidden(path) else write(path, text)

    with monkeypatch.context() as patch:
        patch.setattr(copies, "_possible", lambda folder: not forbidden(folder) and tried(folder))
        patch.setattr(copies, "_write", write_outside)
        yield root


def test_in_a_read_only_collection_the_copies_are_in_the_home_folder(read_only: Path) -> None:
    folder, home = copies.prepare(read_only), read_only.parent / "home" / "my_lessons"
    said = f"{read_only} cannot be written, so your lessons and your answers are in {home}."
    assert folder.path == home and folder.told == [said]
    assert {path.name for path in home.iterdir()} == {FIRST, TIMELINE}


def test_copies_in_a_folder_that_became_read_only_are_opened_there(
    root: Path, request: pytest.FixtureRequest
) -> None:
    copies.prepare(root)
    copy = touch(root)
    before = copy.read_bytes()
    publish(root)
    request.getfixturevalue("read_only")
    folder = copies.prepare(root)
    assert folder.path == root / "my_lessons" and copy.read_bytes() == before
    assert folder.told[0].startswith(f"{root / 'my_lessons'} cannot be written. Your lessons are")


def test_no_place_at_all_is_told(read_only: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_possible", lambda folder: False)
    with pytest.raises(copies.CopyError, match=r"Neither .* nor .* can be written, so there is no"):
        copies.prepare(read_only)


def test_a_broken_collection_is_told_and_the_copies_stay(root: Path) -> None:
    copies.prepare(root)
    copy = touch(root)
    before = copy.read_bytes()
    (root / "notebooks" / TIMELINE).write_text("<<<<<<< HEAD", encoding="utf-8")
    with pytest.raises(copies.CopyError, match="cannot be read: it is no whole notebook"):
        copies.prepare(root)
    shutil.rmtree(root / "notebooks")
    with pytest.raises(copies.CopyError, match="There are no lessons in"):
        copies.prepare(root)
    assert copy.read_bytes() == before


# -- what is written in a copy ---------------------------------------------------------------------
def test_what_was_written_is_found_where_it_was(root: Path) -> None:
    shutil.copytree(ROOT / "utils" / "upheaval", root / "utils" / "upheaval")
    kept = ROOT / "tests" / "net" / "recorded" / "kept" / "my_work.json"
    shutil.copy(kept, root / "notebooks" / "my_work.json")
    copies.prepare(root)
    script = (
        "from upheaval.widgets.core import storage\n"
        "import json; print(json.dumps([storage.store.all(), storage.store.put('99.x', 'new')]))"
    )
    environment = {name: one for name, one in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root / "my_lessons",
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    before = json.loads(kept.read_text(encoding="utf-8"))["work"]
    assert json.loads(done.stdout) == [before, "Kept in my_work.json, in the folder notebooks."]
    after = json.loads((root / "notebooks" / "my_work.json").read_text(encoding="utf-8"))["work"]
    assert after == before | {"99.x": "new"} and names(root) == {FIRST, TIMELINE, copies.FINDER}


@pytest.mark.parametrize(
    ("here", "where"),
    [
        ("course/my_lessons", "course/notebooks"),
        ("my_lessons", "my_lessons"),
        ("course/notebooks", "course/notebooks"),
        ("course/other", "course/other"),
    ],
)
def test_only_copies_beside_the_notebooks_keep_their_work_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, where: str
) -> None:
    for name in ("course/notebooks", "course/my_lessons", "course/other", "my_lessons"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / here)
    assert files.work_folder() == tmp_path / where
