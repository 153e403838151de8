"""The documents say what is there: commands, tags, checks, controls, lessons and minutes."""

from __future__ import annotations

import argparse
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lessons import FRAME, NOTEBOOKS, every, run
from rules import mark
from upheaval import bundle
from upheaval.__main__ import parser
from upheaval.widgets import Check
from upheaval.widgets.explorer import controls

ROOT = NOTEBOOKS.parent
README, CONTRIBUTING, GUIDE, KINDS = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md", "teaching/guide.md", "docs/checks-and-controls.md")
)
LESSON, CHART, WIDGET = (
    (ROOT / "docs" / f"add-a-{what}.md").read_text(encoding="utf-8")
    for what in ("lesson", "chart", "widget")
)


def chapter(text: str, heading: str) -> str:
    """The part of a document under a heading of the second level."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of all rows of all tables in Markdown, headings and rules left out."""
    found = [line.strip()[1:-1].split("|") for line in text.splitlines() if line.startswith("| ")]
    rules = {number for number, row in enumerate(found) if set("".join(row)) <= set("- ")}
    return [
        [cell.strip() for cell in row]
        for number, row in enumerate(found)
        if not rules & {number, number + 1}
    ]


# -- commands --------------------------------------------------------------------------------------
def commands() -> dict[str, argparse.ArgumentParser]:
    """The commands of ``python -m upheaval``."""
    (found,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(found.choices)


def test_every_command_and_option_is_documented() -> None:
    there = {
        name: {word for one in command._actions for word in one.option_strings} - {"-h", "--help"}
        for name, command in commands().items()
    }
    start = (ROOT / "start.py").read_text(encoding="utf-8")
    there["test"] = set(re.findall(r'"(--[a-z]+)": ', start))
    assert there["test"], "start.py has options for its tests"
    documented = {
        row[0].strip("`"): set(re.findall(r"`(--[a-z-]+)", row[1]))
        for row in rows(chapter(CONTRIBUTING, "Commands"))
    }
    assert documented == there


# -- cell tags -------------------------------------------------------------------------------------
def test_every_cell_tag_is_documented_and_used() -> None:
    used = {tag for lesson in every() for cell in lesson.cells for tag in cell.tags}
    table = rows(chapter(LESSON, "3. Fill the frame").split("Cell tags make")[1])
    documented = {tag for row in table for tag in re.findall(r"`([^`]+)`", row[0])}
    assert documented == used


# -- checks and controls ---------------------------------------------------------------------------
CHECKS = {
    f"Check.{name}"
    for kind in Check.__mro__
    if kind.__module__.startswith("upheaval.widgets.check")
    for name, one in vars(kind).items()
    if isinstance(one, classmethod) and not name.startswith("_")
}
CONTROLS = {
    name
    for name, one in vars(controls).items()
    if inspect.isclass(one) and issubclass(one, controls.Control) and one is not controls.Control
}


def examples() -> dict[str, str]:
    """The first example in Python under each heading that names a kind."""
    parts = re.split(r"^### `(.+)`$", KINDS, flags=re.MULTILINE)
    blocks = [re.search(r"```python\n(.*?)```", part, re.DOTALL) for part in parts[2::2]]
    return {
        name: block[1] if block else "" for name, block in zip(parts[1::2], blocks, strict=True)
    }


def test_every_kind_of_check_and_control_has_its_chapter() -> None:
    assert set(examples()) == CHECKS | CONTROLS


@pytest.mark.parametrize("name", sorted(CHECKS | CONTROLS))
def test_the_example_makes_what_its_heading_says(name: str, work_folder: object) -> None:
    first = re.search(r"```python\n(.*?)```", KINDS, re.DOTALL)
    assert first
    namespace: dict[str, Any] = {}
    run(first[1], namespace)
    example = examples()[name]
    made = run(example, namespace)
    assert f"{name}(" in example
    if name in CONTROLS:
        assert type(made) is vars(controls)[name]
    else:
        assert isinstance(made, Check)
        assert mark(made.answer_key, next(iter(made.answer_key.get("right", [""]))))["text"]


# -- step by step ----------------------------------------------------------------------------------
def written(document: str, folder: Path) -> list[Path]:
    """The files that a page says, written into `folder`; lines that it adds, put into others."""
    paths = []
    files = r"^`([\w/.]+)`:\n((?:\n```(?:python|ts|css|diff)\n.*?\n```\n)+)"
    for name, rest in re.findall(files, document, re.MULTILINE | re.DOTALL):
        for kind, text in re.findall(r"```(\w+)\n(.*?)```", rest, re.DOTALL):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "diff":
                text = with_lines(path.read_text(encoding="utf-8"), text)
            path.write_text(text, encoding="utf-8", newline="\n")
            paths.append(path)
    return paths


def with_lines(text: str, difference: str) -> str:
    """`text` with the lines that a difference adds ("+") after the one that it shows."""
    shown = [line[1:] for line in difference.splitlines() if not line.startswith("+")]
    added = [line[1:] for line in difference.splitlines() if line.startswith("+")]
    assert len(shown) == 1 and text.count(f"{shown[0]}\n") == 1, shown
    return text.replace(f"{shown[0]}\n", "\n".join([shown[0], *added, ""]))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code, which a new chart or widget becomes a part of."""
    ignored = shutil.ignore_patterns("__pycache__", "recorded")
    for room in ("utils", "tests"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=ignored)
    for name in ("pyproject.toml", "deno.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def nothing_wrong(folder: Path, *command: str) -> None:
    """Run a command in a copy of the collection, with the collection's tables."""
    paths = [folder / "utils", folder / "tests"]
    variables = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "UPHEAVAL_DATA": str(ROOT / "data"),
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"


def fits(folder: Path, paths: list[Path]) -> None:
    """The gates for Python, and the tests among the files."""
    python = [str(path) for path in paths if path.suffix == ".py"]
    tests = [one for one in python if Path(one).name.startswith("test_")]
    assert tests and len(tests) < len(python)
    nothing_wrong(folder, shutil.which("ruff") or "ruff", "check", *python)
    nothing_wrong(folder, shutil.which("ruff") or "ruff", "format", "--check", *python)
    nothing_wrong(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *tests)


@pytest.mark.thorough
def test_the_chart_of_its_page_fits_and_its_tests_pass(copy: Path) -> None:
    fits(copy, written(CHART, copy))


@pytest.mark.thorough
@pytest.mark.slow
def test_the_widget_of_its_page_fits_and_its_tests_pass(copy: Path) -> None:
    paths = written(WIDGET, copy)
    assert {path.suffix for path in paths} == {".py", ".ts", ".css"}
    for gate in (["fmt", "--check"], ["lint"], ["task", "check"], ["task", "test"]):
        nothing_wrong(copy, bundle.deno(), *gate)
    # `python start.py bundle` would make it, with a network.
    (copy / "utils/upheaval/widgets/dist/agreement.js").write_text("", encoding="utf-8")
    fits(copy, paths)


def test_the_lesson_of_its_page_is_a_copy_with_names_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("notebooks", "utils/upheaval/lessons"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", LESSON, re.DOTALL)
    run(code, {})
    (made,) = (one for one in every(tmp_path / "notebooks") if one.number == "13")
    assert made.about["lesson"] == "13" and made.cells[0].source.startswith("# 13 · ")
    assert all(cell.id.startswith("lesson-13-") for cell in made.cells)
    assert not [cell for cell in made.code if '"02' in cell.source]
    assert (tmp_path / "utils/upheaval/lessons/l13.py").is_file()


def test_the_page_on_lessons_names_the_frame_and_the_metadata() -> None:
    headings = [row[0] for row in rows(chapter(LESSON, "3. Fill the frame")) if row[0][0].isupper()]
    assert headings == FRAME
    fields = [row[0] for row in rows(chapter(LESSON, "2. Say what it is"))]
    named = {name for field in fields for name in re.findall(r"`(\w+)`", field)}
    assert named == {name for lesson in every() for name in lesson.about}


# -- lessons ---------------------------------------------------------------------------------------
def minutes(lesson: Any) -> int:
    """The minutes of a lesson, together and alone."""
    return sum(lesson.about["minutes"])


def test_the_table_of_the_readme_is_that_of_the_notebooks() -> None:
    documented = rows(chapter(README, "The lessons"))
    assert [row[0] for row in documented] == [lesson.number for lesson in every()], "README.md"
    for lesson, (_, title, question, time) in zip(every(), documented, strict=True):
        assert title.removesuffix(" (optional)") == lesson.about["title"]
        assert question == lesson.about["question"]
        together, alone = lesson.about["minutes"]
        long = f"2 × {together // 2}, and {alone}"
        assert time == (str(minutes(lesson)) if together < 60 else long)


def test_the_table_of_the_guide_is_that_of_the_notebooks() -> None:
    documented = [row for row in rows(GUIDE) if re.match(r"\d\d \S", row[0]) and len(row) == 5]
    assert [row[0][:2] for row in documented] == [lesson.number for lesson in every()], "guide.md"
    for lesson, (name, time, *_) in zip(every(), documented, strict=True):
        assert lesson.about["title"].startswith(name[3:]), name
        together = lesson.about["minutes"][0]
        assert time == (str(minutes(lesson)) if together < 60 else f"2 × {together // 2}")


def test_the_hours_of_all_lessons_are_their_sum() -> None:
    hours = sum(map(minutes, every())) / 60
    numerals = {11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen"}
    whole = round(hours)
    assert 0 < whole - hours < 0.5, f"{hours:.1f} hours are not nearly {whole}: mend the sentences"
    for name, text in (("README", README), ("guide", GUIDE)):
        assert f"nearly {numerals[whole]} hours" in " ".join(text.split()), name


@pytest.mark.parametrize(("name", "text"), [("README", README), ("guide", GUIDE)])
def test_a_document_names_only_lessons_that_are_there(name: str, text: str) -> None:
    numbers = {lesson.number for lesson in every()}
    named = set(re.findall(r"\blessons? (\d\d)\b", text))
    assert named <= numbers, f"{name}: {sorted(named - numbers)}"
