"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    # pytest-xdist does the same; without it, or with `-p no:xdist`, nobody would know the mark.
    config.addinivalue_line("markers", "xdist_group(name): tests of one group run in one process, one after another")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What one process does at a time: a file, or, where a file goes through the lessons, its tests of one lesson."""
    for item in items:
        named = item.callspec.params if hasattr(item, "callspec") else {}
        about = named.get("lesson", named.get("notebook", ""))  # a `Lesson`, or the path of a notebook
        number = getattr(about, "number", getattr(about, "stem", "")[:2])
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {number}".strip()))


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
    """A folder of its own for what readers write, so that no test leaves `my_work.json` anywhere."""
    from upheaval.widgets import work

    monkeypatch.setattr(work, "store", work.Store(tmp_path))
    yield tmp_path
