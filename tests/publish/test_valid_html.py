"""Pages and site are valid HTML by the Nu checker, where there is a Java to run it with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lessons import every
from upheaval.publish import page

ROOT = Path(__file__).resolve().parents[2]
JAVA = shutil.which("java")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        JAVA is None, reason="The Nu checker needs Java: apt-get install default-jre"
    ),
]


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
    ]


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<!doctype html><title>x</title><a href=x><button>y</button></a>"
    )
    assert any("button" in one for one in faults(tmp_path))


def test_every_page_of_the_site_is_valid(whole_site: Path) -> None:
    assert faults(whole_site) == []


def test_every_lesson_as_one_page_is_valid(tmp_path: Path) -> None:
    for lesson in every():
        page.build(lesson.path, "student", tmp_path)
    assert len(list(tmp_path.glob("*.html"))) > 9
    assert faults(tmp_path) == []
