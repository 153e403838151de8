"""The lessons in JupyterLite, with the real Pyodide: from top to bottom, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.drive import LESSONS, menu, ran
from sharing import once
from upheaval.publish import browser as lite
from upheaval.publish import serving

pytestmark = pytest.mark.browser

#: Milliseconds until Python is there and a lesson has run: it is loaded, compiled and imported.
PATIENCE = 240_000
#: The lessons for which ten minutes have room; `--all` runs each.
TWO = ("00", "02")


@pytest.fixture(scope="session")
def address(shared: Path, pyodide_folder: Path) -> Iterator[str]:
    """Where all lessons are, on this computer, with every file of Pyodide beside them."""
    out = shared / "lite"
    once(shared / "lite.built", lambda: lite.build(out, pyodide_folder))
    with serving.server(out, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose browser has seen nothing yet."""
    with browser.new_context(viewport={"width": 1300, "height": 1300}) as context:
        yield context


@pytest.mark.parametrize(
    "notebook",
    [
        pytest.param(one, id=one.name[:2], marks=() if one.name[:2] in TWO else pytest.mark.slow)
        for one in LESSONS
    ],
)
def test_a_lesson_runs_from_top_to_bottom_moves_and_answers(
    visitor: BrowserContext, address: str, notebook: Path
) -> None:
    page = visitor.new_page()
    errors: list[str] = []
    elsewhere: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda one: elsewhere.append(one.url) if _leaves(one.url, address) else None)
    page.goto(f"{address}/lab/index.html?path=notebooks/{notebook.name}")
    # What is run before there is a kernel is run by nobody, as in every JupyterLab.
    ready = page.locator("#jp-main-statusbar").get_by_text("(Pyodide) | Idle")
    ready.wait_for(timeout=PATIENCE)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE)
    menu(page, "Run", "Run All Cells")
    page.locator(".face").first.wait_for(timeout=PATIENCE)
    ran(page)
    failed = page.locator('[data-mime-type="application/vnd.jupyter.error"]')
    assert failed.all_inner_texts() == []
    _every_chart_moves(page)
    check = page.locator("form.face-check").first
    check.locator("button.face-submit").click()
    expect(check.locator(".face-verdict")).not_to_be_empty()
    assert errors == [] and elsewhere == []
    page.close()


def _leaves(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))


def _every_chart_moves(page: Page) -> None:
    """A list of each explorer takes another option, and what Python makes of it is shown."""
    for figure in page.locator("figure.face-figure:has(.face-controls select)").all():
        figure.scroll_into_view_if_needed()
        box = figure.locator(".face-controls select").first
        before, count = figure.inner_text(), box.locator("option").count()
        now = int(box.evaluate("(one) => one.selectedIndex"))
        box.select_option(index=(now + 1) % count)
        expect(figure).not_to_have_text(before, use_inner_text=True)
