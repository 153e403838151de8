"""Every notebook runs from top to bottom under nbval, as a student would run it, and a broken one
is noticed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons import NOTEBOOKS, Lesson, every

pytestmark = pytest.mark.thorough

UTILS = NOTEBOOKS.parent / "utils"
#: Seconds of a processor (a clock on the wall would also measure what else the machine does). A
#: lesson should need less than 10, and the time is printed; Windows does not tell, so there nothing
#: is asserted.
LIMIT = 30


def nbval(notebook: Path) -> tuple[str, float, float]:
    """What pytest says of a notebook under nbval, in a process of its own, and its seconds on the
    wall and at work.

    A process of its own, because nbval starts a kernel for each notebook, and a kernel inherits its
    variables. Live, as a student runs it: a page would compute every state of every explorer, which
    `test_lessons.py` does already.
    """
    paths = os.pathsep.join([str(UTILS), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--nbval-lax",
        "--nbval-current-env",
        "--nbval-cell-timeout",
        "120",
        "--rootdir",
        str(notebook.parent),
        "-c",
        os.devnull,
        str(notebook),
    ]
    begin, before = time.perf_counter(), os.times()
    done = subprocess.run(
        command,
        cwd=notebook.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "FACE_MODE": "live", "PYTHONPATH": paths, "PYTEST_ADDOPTS": ""},
    )
    wall, after = time.perf_counter() - begin, os.times()
    work = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr), wall, work


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_every_cell_runs(lesson: Lesson, record_property: Callable[[str, object], None]) -> None:
    said, wall, work = nbval(lesson.path)
    print(f"{lesson}: {wall:.1f} s under nbval, {work:.1f} s of them at work")
    record_property("seconds", round(wall, 1))
    last = said.strip().splitlines()[-1]
    assert re.search(rf"\b{len(lesson.code)} passed", last), said
    assert "failed" not in last and "error" not in last, said
    assert work < LIMIT


def test_a_broken_copy_is_noticed(tmp_path: Path) -> None:
    """One cell that fails, and one whose stored words are no longer what it prints."""
    lesson = next(one for one in every() if any("lesson.say(" in cell.source for cell in one.code))
    begin = next(cell.raw for cell in lesson.code)
    compared = next(cell.raw for cell in lesson.code if "lesson.say(" in cell.source)
    assert compared["outputs"] and "nbval-check-output" in compared["metadata"]["tags"]
    compared["outputs"][0]["data"]["text/plain"] = ["Washington spoke in May."]
    wrong = {
        "cell_type": "code",
        "id": "wrong",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": ["lesson.table('evnts')"],
    }
    compared["execution_count"] = 1
    notebook = lesson.raw | {"cells": [begin, wrong, compared]}
    (tmp_path / "broken.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    said, *_ = nbval(tmp_path / "broken.ipynb")
    assert "2 failed, 1 passed" in said, said
    assert "Did you mean events?" in said and "Washington spoke in May." in said, said
