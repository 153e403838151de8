"""A class that handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

import classes


@pytest.fixture(scope="module")
def a_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a made-up class."""
    return classes.made(tmp_path_factory.mktemp("handed-in") / "class")
