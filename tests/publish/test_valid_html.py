"""Pages and site are valid HTML by the Nu checker, where there is a Java to run it with."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

import classes
from lessons import every
from upheaval.classroom import page as class_page
from upheaval.publish import answers, come_back_page, paper

ROOT = Path(__file__).resolve().parents[2]
JAVA = shutil.which("java")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        JAVA is None, reason="The Nu checker needs Java: apt-get install default-jre"
    ),
]

#: What the checker's style parser does not know, but every engine that the pages are tested in:
#: container queries, of CSS Containment Level 3.
NEWER_STYLE = re.compile(
    r"CSS: (“container-type”: Property “container-type” doesn't exist"
    r"\.|Unrecognized at-rule “@container”)"
)


def faults(folder: Path) -> list[str]:
    """What the Nu checker calls an error, page by page."""
    deno = shutil.which("deno", path=str(Path(sys.executable).parent))
    assert deno and JAVA
    command = [deno, "run", "--quiet", "--no-config", "--no-lock", "--allow-read"]
    plain = {**os.environ, "NO_COLOR": "1"}
    jar = subprocess.run(
        [*command, str(ROOT / "tests" / "nu.mjs")],
        capture_output=True,
        text=True,
        timeout=300,
        env=plain,
        check=True,
    ).stdout.strip()
    checker = [JAVA, "-jar", jar, "--errors-only", "--skip-non-html", "--format", "json"]
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, timeout=600)
    return [
        f"{Path(one.get('url', '')).name}:{one.get('lastLine')}: {one['message'][:160]}"
        for one in json.loads(done.stderr)["messages"]
        if one["type"] in ("error", "non-document-error")
        and not NEWER_STYLE.fullmatch(one["message"])
    ]


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<!doctype html><title>x</title><a href=x><button>y</button></a>"
        "<style>a { container-type: inline-size; colour: red }"
        "@container (max-width: 9em) { a { top: 0 } }</style>"
    )
    found = faults(tmp_path)
    assert any("button" in one for one in found)
    assert any("colour" in one for one in found), "a wrong word of CSS"
    assert not any("container" in one for one in found), "what it is too old for"


def test_every_page_of_the_site_is_valid(whole_site: Path) -> None:
    assert faults(whole_site) == []


def test_every_lesson_as_one_page_is_valid(built: Callable[..., Path], tmp_path: Path) -> None:
    for lesson in every():
        shutil.copy(built(lesson.path), tmp_path)
    assert len(list(tmp_path.glob("*.html"))) > 9
    assert faults(tmp_path) == []


def test_what_an_instructor_prints_opens_and_collects_is_valid(
    tmp_path: Path, page_mode: None
) -> None:
    """Handouts, the answers to all lessons, what comes back later, and the page of a class."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for lesson in every():
        told = paper.handout.of(nbformat.read(lesson.path, as_version=4))
        (pages / f"{lesson.number}.html").write_text(paper.render(told), encoding="utf-8")
    answers.build(pages / "answers.html")
    come_back_page.build(pages / "come_back.html")
    shutil.copy(class_page.build(classes.made(tmp_path / "class")).path, pages)
    assert len(list(pages.glob("*.html"))) == len(every()) + 3
    assert faults(pages) == []
