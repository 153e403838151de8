"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


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
