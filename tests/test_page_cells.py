"""Cells of a lesson that run in a page, where there is IPython and no kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from lessons import NOTEBOOKS

#: In a process of its own: IPython has one shell in each, and others of these tests have theirs.
CODE = """
import json, sys
from upheaval.lessons import page_cells
print(json.dumps([json.loads(page_cells.run(one)) for one in json.loads(sys.argv[1])]))
"""
CELLS = [
    'from upheaval import lesson\nfrom upheaval.charts import timeline\nlesson.begin("02")',
    'timeline.swimlanes(lesson.table("events"), period="october")',
    "print('written'); 40 + 2",
    "1 / 0",
    "events",
    "print('a'",
    'lesson.table("events")["statu"]',
    "still = 3",
]


@pytest.mark.thorough
def test_a_page_gets_outputs_sentences_and_the_traceback_of_its_own_cell() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, json.dumps(CELLS)],
        cwd=NOTEBOOKS,
        env={**os.environ, "FACE_MODE": "page"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    _, chart, number, zero, name, bracket, column, silent = json.loads(done.stdout)
    ((form, markup),) = chart["outputs"]
    assert form == "text/html" and 'data-face="explorer"' in markup and chart["error"] is None
    assert number["outputs"] == [["text/plain", "written\n"], ["text/plain", "42"]]
    assert zero["error"]["said"] == "ZeroDivisionError: division by zero"
    assert "1 / 0" in zero["error"]["trace"] and "interactiveshell" not in zero["error"]["trace"]
    assert name["error"]["said"].startswith("The name “events” is not known yet.")
    assert bracket["error"]["said"].endswith("Each ( or [ or { has its ) or ] or }.")
    assert "no column “statu”" in column["error"]["said"]
    assert silent == {"outputs": [], "error": None}
