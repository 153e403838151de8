"""Browser tests where no browser is: skipped with the way to get one, and failed in CI.

And what the tests share.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.find import chromium, how_to_get
from sharing import once

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from browser.drive import Tab


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"{how_to_get()} In CI that is a failure.", pytrace=False)
    pytest.skip(how_to_get())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    from playwright.sync_api import sync_playwright

    from browser.drive import launch

    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Tab]:
    """The tab in which the tests of a file share a lesson's page."""
    from browser.drive import Tab

    with Tab.of(browser) as one:
        yield one


@pytest.fixture(scope="session")
def second_tab(browser: Browser) -> Iterator[Tab]:
    """A tab beside it, for a test that wants a page as a new reader has it."""
    from browser.drive import Tab

    with Tab.of(browser) as one:
        yield one


@pytest.fixture(scope="session")
def built(shared: Path, runs: Path) -> Callable[..., Path]:
    """``built(notebook, edition)``: the lesson's page, made by whichever worker asks first, once a
    run.

    Both editions come from one run of the instructors' cells, which are all there are: it halves
    the time, and `test_a_student_page_is_the_same_when_built_alone` shows that it makes no
    difference.
    """
    from upheaval.publish import editions, execution, page

    def make(notebook: Path, student: Path, instructor: Path) -> None:
        whole = execution.run(notebook, runs).notebook
        instructor.write_text(page.render(whole, "instructor"), encoding="utf-8")
        whole.cells = [cell for cell in whole.cells if not editions.tags(cell) & editions.KEPT_BACK]
        student.write_text(page.render(whole, "student"), encoding="utf-8")

    def give(notebook: Path, edition: str = "student") -> Path:
        paths = [shared / f"{notebook.stem}.{one}.html" for one in ("student", "instructor")]
        once(shared / notebook.stem, lambda: make(notebook, *paths))
        return paths[edition == "instructor"]

    return give


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for pictures that people look at: results/ (git-ignored)."""
    folder = Path(__file__).resolve().parents[2] / "results"
    folder.mkdir(exist_ok=True)
    return folder
