"""A failing browser test keeps what its page showed, where its message says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FAILING = """
def test_on_purpose(browser):
    page = browser.new_context().new_page()
    page.set_content("<h1>What the page said</h1>")
    assert page.title() == "another"


def test_that_passes(browser):
    browser.new_context().new_page()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "traced",
    [pytest.param(False, id="plain"), pytest.param(True, id="traced")],
)
def test_a_failing_test_keeps_picture_html_and_trace(tmp_path: Path, traced: bool) -> None:
    (tmp_path / "test_small.py").write_text(FAILING, encoding="utf-8")
    plugins = ["-p", "browser.conftest", "-p", "no:xdist", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", ".", *plugins]
        + ["--trace-pages"] * traced,
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "PYTEST_ADDOPTS": "",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    said = done.stdout.split("What the pages showed")[1]
    kept = [Path(one) for one in re.findall(r"^(/\S+|[A-Z]:\\\S+)", said, re.MULTILINE)]
    assert {one.suffix for one in kept} == {".html", ".png"} | ({".zip"} if traced else set())
    assert all(
        one.parent == tmp_path / "results/failures/test_small.py-test_on_purpose" for one in kept
    )
    page, picture = (next(one for one in kept if one.suffix == end) for end in (".html", ".png"))
    assert "What the page said" in page.read_text("utf-8")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert traced or "--trace-pages" in said
    assert len(list((tmp_path / "results" / "failures").iterdir())) == 1, "one of two tests failed"
