"""What all tests share."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sharing import once

#: Files whose tests go through the lessons, and so can be shared out lesson by lesson.
BY_LESSON = re.compile(r"test_(?:lessons|notebooks|access|clipping|engines|page|site)\.py$")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """For ``--dist loadfile``: one worker gets a whole file, but of a file that goes through the
    lessons one lesson.
    """
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByLesson(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, name = nodeid.partition("::")
            lesson = re.search(r"\[(\d\d)", name) if BY_LESSON.search(file) else None
            return f"{file} {lesson[1]}" if lesson else file

    return ByLesson(config, log)


#: What a test that asks for a fixture is marked with, so that no mark can be forgotten.
MARK_OF = {"browser": "browser", "whole_site": "site", "installed": "thorough"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures they ask for, before pytest selects by marks."""
    for item in items:
        for name in MARK_OF.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARK_OF[name])


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "pages"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def runs(shared: Path) -> Path:
    """Where runs of the lessons are kept while the tests run: a lesson runs once for its pages and
    for the site.
    """
    folder = shared / "runs"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def whole_site(shared: Path, runs: Path) -> Path:
    """The site with both editions and all lessons, built by whichever worker asks first, once a
    run.
    """
    from upheaval.publish import site

    once(shared / "site.built", lambda: site.build(shared / "site", cache=runs))
    return shared / "site"


@pytest.fixture
def page_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces as a page builder makes them: no kernel answers, no comm is opened."""
    monkeypatch.setenv("FACE_MODE", "page")


@pytest.fixture
def live_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces as JupyterLab has them; without a kernel their comms lead nowhere."""
    monkeypatch.setenv("FACE_MODE", "live")


@pytest.fixture
def work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for what readers write, so that no test leaves `my_work.json` anywhere."""
    from upheaval.widgets.core import storage

    monkeypatch.setattr(storage, "store", storage.Store(tmp_path))
    yield tmp_path


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The counts of the faults of data that were tried, over all workers, as one line."""
    counts: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "faults" and getattr(report, "when", "") == "teardown":
                    counts.update(value)
    if counts:
        said = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        terminalreporter.write_line(f"Faults of data: {said}")
