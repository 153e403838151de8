"""What all tests share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


#: Files whose tests go through the lessons, and so can be shared out lesson by lesson.
BY_LESSON = re.compile(r"test_(?:lessons|notebooks|access|page)\.py$")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """For ``--dist loadfile``: one worker gets a whole file, but of a file that goes through the lessons one lesson."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByLesson(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file, _, name = nodeid.partition("::")
            lesson = re.search(r"\[(\d\d)", name) if BY_LESSON.search(file) else None
            return f"{file} {lesson[1]}" if lesson else file

    return ByLesson(config, log)


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
