"""Browser tests where no browser is: skipped with the way to get one, and failed in CI.

And what the tests share.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.find import chromium, how_to_get

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from browser.drive import Tab


ROOT = Path(__file__).resolve().parents[2]
#: The browser of this process, for what is kept when a test fails.
BROWSER = pytest.StashKey["Browser"]()
#: Milliseconds that a page on a busy computer may take to show what it is expected to show. Only a
#: test that fails waits so long; Playwright's own 5 seconds were too short once in 6,000 tests.
BUSY = 20_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--trace-pages", action="store_true", help="keep a Playwright trace of a failing test, too"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the pages of a failing test show, and say where."""
    report = yield
    browser = item.config.stash.get(BROWSER, None)
    if report.failed and browser is not None:
        name = re.sub(r"[^\w.-]+", "-", item.nodeid.removeprefix("tests/browser/")).strip("-")
        folder = item.config.rootpath / "results" / "failures" / name
        if kept := keep_pages(browser, folder):
            again = f"python start.py test {item.nodeid!r} --all --trace-pages"
            if not item.config.getoption("--trace-pages"):
                kept.append(f"A trace beside them, of every step: {again}")
            report.sections.append(("What the pages showed", "\n".join(kept)))
    return report


def keep_pages(browser: Browser, folder: Path) -> list[str]:
    """Write picture, HTML and trace (where there is one) of all open pages; returns their paths.

    The newest comes last: before it stand the tab that tests share, and what failed tests left.
    """
    from playwright.sync_api import Error

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kept: list[str] = []
    for number, context in enumerate(browser.contexts, 1):
        for index, page in enumerate(context.pages, 1):
            path = folder / f"page-{number}-{index}"
            try:
                path.with_suffix(".html").write_text(page.content(), encoding="utf-8")
                page.screenshot(path=path.with_suffix(".png"), timeout=10_000)
            except Error as error:  # such as a page that is closing
                kept.append(f"{path}: {error}")
            kept += [str(one) for one in sorted(folder.glob(f"{path.name}.*"))]
        try:
            trace = folder / f"trace-{number}.zip"
            context.tracing.stop_chunk(path=trace)
            kept.append(f"{trace}  (python -m playwright show-trace {trace})")
            context.tracing.start_chunk()
        except Error:
            pass  # nothing is traced, unless --trace-pages asks for it
    return kept


def traced(make: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """`make`, a browser's ``new_context``, with a trace of all that happens in the context."""

    def new_context(**options: Any) -> BrowserContext:
        context = make(**options)
        context.tracing.start(screenshots=True, snapshots=True)
        return context

    return new_context


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"{how_to_get()} In CI that is a failure.", pytrace=False)
    pytest.skip(how_to_get())


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    from playwright.sync_api import expect, sync_playwright

    from browser.drive import launch

    expect.set_options(timeout=BUSY)
    with sync_playwright() as playwright:
        one = launch(playwright)
        pytestconfig.stash[BROWSER] = one
        if pytestconfig.getoption("--trace-pages"):
            one.new_context = traced(one.new_context)  # type: ignore[method-assign]
        yield one
        one.close()
        del pytestconfig.stash[BROWSER]


@pytest.fixture(scope="session")
def pyodide_folder(shared: Path) -> Path:
    """Pyodide's files, as `browser --local-pyodide` takes them; a test that asks needs a network,
    and is skipped without one, except in CI.
    """
    from browser import pyodide_files
    from sharing import once
    from upheaval.bundle import BundleError

    if given := pyodide_files.given():
        return given
    folder = shared / "pyodide"
    try:
        once(folder, lambda: pyodide_files.make(folder))
    except (subprocess.CalledProcessError, BundleError) as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"PyPI or npm cannot be reached, which have Pyodide's files: {error}")
    return folder


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
def pictures() -> Path:
    """The folder for pictures that people look at: results/ (git-ignored)."""
    folder = Path(__file__).resolve().parents[2] / "results"
    folder.mkdir(exist_ok=True)
    return folder
