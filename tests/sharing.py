"""What several workers of a test run need, made once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

#: Seconds that another worker may take to make it.
PATIENCE = 600


def once(name: Path, make: Callable[[], object]) -> None:
    """Call `make` in the first process that asks for `name`; the others wait until it has ended."""
    lock, done = name.with_name(f"{name.name}.lock"), name.with_name(f"{name.name}.done")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        problem = done.read_text(encoding="utf-8") if done.exists() else "no answer in time"
        if problem:
            pytest.fail(f"{name.name} was not made: {problem}")
        return
    try:
        make()
    except BaseException as error:
        done.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
        raise
    done.write_text("", encoding="utf-8")
