"""Browser tests where no browser is: skipped with the way to get one, and failed in CI. And what the tests share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from browser.find import chromium, how_to_get

#: Seconds that another worker may take to build the pages of a lesson.
PATIENCE = 240


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or chromium() is not None:
        return
    if os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"{how_to_get()} In CI that is a failure.", pytrace=False)
    pytest.skip(how_to_get())


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One Chromium for all tests of a worker."""
    from playwright.sync_api import sync_playwright

    from browser.drive import launch

    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "pages"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def built(shared: Path) -> Callable[[Path, str], Path]:
    """``built(notebook, edition)``: the lesson's page, made by whichever worker asks first, once a run."""
    from upheaval.publish import page

    def give(notebook: Path, edition: str = "student") -> Path:
        target = shared / f"{notebook.stem}.{edition}.html"
        return once(target, lambda: page.build(notebook, edition, target))

    return give


def once(target: Path, make: Callable[[], object]) -> Path:
    """The file `target`, made by `make` in the first process that asks; the others wait until it is there."""
    lock = target.with_name(target.name + ".lock")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not target.exists():
            if time.monotonic() > deadline or lock.read_text(encoding="utf-8"):
                pytest.fail(f"{target.name} was not made: {lock.read_text(encoding='utf-8') or 'no answer in time'}")
            time.sleep(0.1)
        return target
    try:
        make()
    except BaseException as error:
        lock.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        raise
    return target


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for pictures that people look at: results/ (git-ignored)."""
    folder = Path(__file__).resolve().parents[2] / "results"
    folder.mkdir(exist_ok=True)
    return folder
