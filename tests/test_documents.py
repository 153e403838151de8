"""The documents say what is there: commands, tags, checks, controls, lessons and minutes."""

from __future__ import annotations

import argparse
import inspect
import re
from typing import Any

import pytest

from lessons import NOTEBOOKS, every, run
from rules import mark
from upheaval.__main__ import parser
from upheaval.widgets import Check
from upheaval.widgets.explorer import controls

ROOT = NOTEBOOKS.parent
README, CONTRIBUTING, GUIDE, KINDS = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md", "teaching/guide.md", "docs/checks-and-controls.md")
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
    table = rows(chapter(CONTRIBUTING, "Add a lesson"))
    documented = {tag for row in table for tag in re.findall(r"`([^`]+)`", row[0])}
    assert documented == used


# -- checks and controls ---------------------------------------------------------------------------
CHECKS = {
    f"Check.{name}"
    for name, one in vars(Check).items()
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
        assert mark(made.answer_key, 0 if made.spec["type"] == "choice" else "")["text"]


# -- lessons ---------------------------------------------------------------------------------------
def minutes(lesson: Any) -> int:
    """The minutes of a lesson, together and alone."""
    return sum(lesson.about["minutes"])


def test_the_table_of_the_readme_is_that_of_the_notebooks() -> None:
    documented = rows(chapter(README, "The lessons"))
    assert [row[0] for row in documented] == [lesson.number for lesson in every()]
    for lesson, (_, title, question, time) in zip(every(), documented, strict=True):
        assert title.removesuffix(" (optional)") == lesson.about["title"]
        assert question == lesson.about["question"]
        together, alone = lesson.about["minutes"]
        long = f"2 × {together // 2}, and {alone}"
        assert time == (str(minutes(lesson)) if together < 60 else long)


def test_the_table_of_the_guide_is_that_of_the_notebooks() -> None:
    documented = [row for row in rows(GUIDE) if re.match(r"\d\d \S", row[0]) and len(row) == 5]
    assert [row[0][:2] for row in documented] == [lesson.number for lesson in every()]
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
