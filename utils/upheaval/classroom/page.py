"""The page of a class: the questions with their keys, and all that was handed in, in one file.

The page marks, compares and counts, by the rules of the lessons (``widgets/classroom.ts``). It
works from disk with the network cut, sends nothing and keeps nothing.
"""

from __future__ import annotations

import functools
import html
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat

from .. import os_errors
from ..lessons import computed, lesson, words, writings
from ..publish import execution, page
from ..publish.execution import PageError, not_written
from ..publish.site_content import ROOT
from ..widgets.core import assets, files, storage
from ..widgets.core.pack import script_json
from ..widgets.core.seal import unseal
from . import reading

Json = Any

FILE = "class.html"
TITLE = "A class: what was handed in"
#: A page that has it in its head is ours and may be replaced.
MARK = reading.OURS
RUBRIC = ROOT / "teaching" / "rubric_memo.md"
STYLE = Path(__file__).with_name("class.css")
ASLEEP = (
    "<strong>This page needs its scripts.</strong> Open the file in a browser (Chrome, Edge,"
    " Firefox or Safari); a preview does not run it."
)


@dataclass(frozen=True)
class Written:
    """The page that was written, and what was found for it."""

    path: Path
    found: reading.Found


def build(folder: Path) -> Written:
    """Read all that ``folder`` holds, which may be a ZIP, and write its page `FILE` into it.

    Nothing else is written or changed. Raises `PageError`.
    """
    target = _target_of(folder)
    if not folder.exists():
        raise PageError(f"{folder} is not there. Name the folder that holds your students' files.")
    if not folder.is_dir() and folder.suffix.lower() != ".zip":
        raise PageError(f"{folder} is one file. Name the folder or the ZIP that holds all of them.")
    _look_first(target)
    try:
        found = reading.read(folder)
    except OSError as error:
        raise PageError(os_errors.sentence(error)) from error
    try:
        files.write_whole(target, render(data(found, folder.name)))
    except OSError as error:
        raise not_written(target, error) from error
    return Written(target, found)


def _target_of(folder: Path) -> Path:
    """The page of what is in ``folder``: in it, or beside a ZIP."""
    return (folder if folder.is_dir() else folder.parent) / FILE


def _look_first(target: Path) -> None:
    """Raise `PageError` where the page cannot be written, before anything is read."""
    if os.path.lexists(target):
        ours = target.is_file() and not target.is_symlink() and MARK in _beginning(target)
        if not ours:
            raise PageError(
                f"{target} is there already and was not made by this command. Rename it, or move"
                " it away, and run the command again."
            )
    if problem := os_errors.room_in(target.parent):
        raise not_written(target, problem)


def _beginning(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(2_000)
    except OSError:
        return ""


# -- what the page is told -------------------------------------------------------------------------
def data(found: reading.Found, folder: str) -> Json:
    """What the page is told: ``ClassData`` in ``widgets/classroom/data.ts``."""
    return {
        **questions(),
        "limits": reading.limits(),
        "folder": folder,
        "files": [asdict(one) for one in found.files],
        "problems": found.problems,
    }


@functools.cache
def questions() -> Json:
    """All that can be handed in, with what is right; it is for instructors alone."""
    return {
        "head": storage.head(),
        "lessons": [_lesson(path) for path in execution.lessons()],
        "forecast": _forecast(),
        "coding": lesson.show("07.coding").spec,
        "grid": lesson.show("09.matrix").spec,
        "memo": _memo(),
    }


def _lesson(path: Path) -> Json:
    notebook = nbformat.read(path, as_version=4)
    number = page.number_of(notebook)
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    calls = [call for source in sources for call in words.CALL.findall(source)]
    checks = [lesson.check(f"{of}.{name}") for kind, of, name in calls if kind == "check"]
    return {
        "number": number,
        "title": f"{number} {words.load(number).content['title']}",
        "checks": [{"spec": one.spec | {"answerKey": ""}, "key": one.answer_key} for one in checks],
        "writings": writings.of(number),
    }


def _forecast() -> Json:
    spec = lesson.show("10.forecast").spec
    outcomes = unseal(spec["sealed"])
    return {
        "head": spec["head"],
        "storageKey": spec["storageKey"],
        "questions": [{"id": one["id"], "text": one["text"]} for one in spec["questions"]],
        "outcomes": [one["outcome"] for one in outcomes],
    }


def _memo() -> Json:
    key, labels = writings.LARGE["11"]["memo"]
    entry, _ = computed.filled("11", "shown", "memo")  # the memo itself takes a second to make
    fields = labels(entry)["fields"]
    return {
        "storageKey": key,
        "fields": [{"name": name, "label": label} for name, label in fields.items()],
        "rubric": rubric(RUBRIC.read_text(encoding="utf-8")),
    }


def rubric(text: str) -> Json:
    """The rows of the first table in ``text`` (Markdown) that begin with a name in bold.

    Each has what earns no point, one, and so on.
    """
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| (.+) \|$", text, re.MULTILINE)
    return [
        {"part": part, "levels": [one.strip() for one in levels.split(" | ")]}
        for part, levels in rows
    ]


# -- the page --------------------------------------------------------------------------------------
def render(told: Json) -> str:
    """The page of a class as the text of an HTML file."""
    script, running = assets.classroom(), assets.scripts_run()
    style = assets.style("classroom") + page.page_style() + STYLE.read_text(encoding="utf-8")
    policy = page.policy([running, script])
    head = [
        '<meta charset="utf-8">',
        MARK,
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(TITLE)}</title>",
        f"<script>{running}</script>",
        f"<style>{style}</style>",
    ]
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en" class="face-page">\n<head>',
            *head,
            '</head>\n<body>\n<a class="page-skip" href="#class">Skip to the class</a>',
            f'<main id="class" tabindex="-1"><p class="face-asleep">{ASLEEP}</p></main>',
            '<footer class="page-foot"><p>Axis of Upheaval: a teaching unit · for the instructor:'
            " answers and solutions stand in it · nothing is sent anywhere</p></footer>",
            f'<script type="application/json" id="class-data">{script_json(told)}</script>',
            f"<script>{script}</script>\n</body>\n</html>\n",
        ]
    )
