"""The code is clean by the two tools whose settings stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = [name for name in ("utils", "tests", "benchmarks", "start.py") if (ROOT / name).exists()]


def tool(*words: str) -> str:
    """What a tool says; empty when it has nothing to say against the code."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_has_nothing_to_say() -> None:
    assert not (said := tool("ruff", "check", "--output-format", "concise", *CODE)), said


def test_mypy_has_nothing_to_say() -> None:
    assert not (said := tool("mypy")), said


def test_the_linters_can_find_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        "import os\n\ndef twice(x: int) -> str:\n    return 2 * x\n", encoding="utf-8"
    )
    settings = str(ROOT / "pyproject.toml")
    assert "F401" in tool(
        "ruff", "check", "--no-cache", "--config", settings, str(tmp_path / "bad.py")
    )
