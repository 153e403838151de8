"""Code under the hood of a served page: offered, loaded when it is asked for, and run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from upheaval.publish import browser as lite
from upheaval.publish import execution, hood, serving, site
from upheaval.publish.browser import pyodide, wheels
from upheaval.widgets.core import assets

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTEBOOK = "02_a_timeline.ipynb"
CELL = """<div class="cell {tag}"><div class="cell_input"><pre>{code}</pre></div></div>"""
CHART = """from upheaval import lesson
from upheaval.charts import timeline

timeline.swimlanes(lesson.table("events"), period="october")
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of a site with a hood, as Sphinx makes its cells, beside where Python may be."""
    folder = tmp_path_factory.mktemp("public")
    (folder / "site" / "lessons").mkdir(parents=True)
    scripts = {"face.js": assets.script(), "site.js": assets.site(), "plotly.js": assets.plotly()}
    for name, text in {**scripts, **assets.run_in_page(), "face.css": assets.style()}.items():
        (folder / "site" / name).write_text(text, encoding="utf-8")
    head = "".join(f'<script defer src="../{name}"></script>' for name in scripts)
    head += '<link rel="icon" href="data:,"><link rel="stylesheet" href="../face.css">'
    fold = hood.opening(hood.way("02") + hood.run_note("../../browser/", NOTEBOOK))
    fold += CELL.format(tag="tag_hood", code=CHART)
    fold += CELL.format(tag="tag_skip-execution", code="interact()") + hood.CLOSING
    page = f'<html lang="en"><head><meta charset="utf-8">{head}</head><body>{fold}</body></html>'
    path = folder / "site" / "lessons" / "page.html"
    path.write_text("<!DOCTYPE html>" + site.add_csp(page), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(public: Path) -> Iterator[str]:
    """Where the folder is served."""
    with serving.server(public, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/lessons/page.html"
        server.shutdown()


def test_nothing_of_python_is_loaded_before_run_is_pressed(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url.rpartition("/")[2]))
        page.goto(address)
        page.click("summary")
        button = page.locator(".run-row button").first
        expect(page.locator(".run-row")).to_have_count(1)  # none for what needs a kernel
        there = {"page.html", "face.js", "face.css", "site.js", "plotly.js"}
        assert {one for one in asked if not one.startswith("data:")} <= there
        button.click()
        # No Python is there, and that is told with what works all the same.
        expect(page.locator("[role=status]")).to_contain_text("Python could not be loaded")
        assert {"run.js", "run_worker.js", "python.json"} <= set(asked)
        assert page.locator("textarea").input_value() == CHART.rstrip()


def test_from_disk_one_sentence_stands_in_place_of_the_buttons(
    browser: Browser, public: Path
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((public / "site" / "lessons" / "page.html").as_uri())
        page.click("summary")
        expect(page.locator("p[data-python]")).to_contain_text("From disk, a page runs no code.")
        assert page.locator(".run-row").count() == 0


def test_a_cell_draws_its_chart_and_a_changed_one_tells_its_error(
    browser: Browser, public: Path, address: str, pyodide_folder: Path
) -> None:
    python = pyodide.in_folder(pyodide_folder)
    others = wheels.of_others(execution.cache_folder() / "browser" / "wheels")
    folder = public / "browser"
    lite._write(folder, lite._sources(python, others))
    (folder / "python.json").write_bytes(lite._json(lite._plan(folder, ["upheaval"])))
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.click("summary")
        page.locator(".run-row button").first.click()
        expect(page.locator(".run-output .main-svg").first).to_be_visible(timeout=120_000)
        page.locator("textarea").fill('lesson.table("events")["statu"]')
        page.locator("textarea").press("Control+Enter")
        expect(page.locator(".run-error")).to_contain_text("no column “statu”", timeout=60_000)
        assert errors == []
