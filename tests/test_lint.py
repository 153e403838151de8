"""Code and documents are clean by the tools that pyproject.toml and .yamllint set."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = [name for name in ("utils", "tests", "benchmarks", "start.py") if (ROOT / name).exists()]


def tool(*words: str, folder: Path = ROOT) -> str:
    """What a tool says; empty when it has nothing to say against what is in `folder`."""
    # rumdl is a program that its wheel lays beside Python, with no module that could start it.
    program = shutil.which(words[0], path=str(Path(sys.executable).parent))
    assert program, f"{words[0]} is not installed"
    done = subprocess.run(
        [program, *words[1:]], cwd=folder, capture_output=True, text=True, encoding="utf-8"
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


RUMDL = ("rumdl", "check", "--no-cache", ".")
YAMLLINT = ("yamllint", "--strict", ".")


def test_rumdl_has_nothing_to_say() -> None:
    assert not (said := tool(*RUMDL)), said


def test_yamllint_has_nothing_to_say() -> None:
    assert not (said := tool(*YAMLLINT)), said


@pytest.mark.parametrize(
    ("file", "text", "words", "rule"),
    [
        ("README.md", "# Title\n\n### Too deep\n", RUMDL, "MD001"),
        ("README.md", f"# Title\n\n{'long ' * 30}\n", RUMDL, "MD013"),
        ("ci.yml", "on: [push]\njobs: {}\non: [pull_request]\n", YAMLLINT, "key-duplicates"),
        (".github/ci.yml", "jobs:\n  tests: yes\n", YAMLLINT, "truthy"),
        ("CITATION.cff", "title: One\ntitle: Two\n", YAMLLINT, "key-duplicates"),
    ],
)
def test_the_linters_of_documents_can_find_fault(
    tmp_path: Path, file: str, text: str, words: tuple[str, ...], rule: str
) -> None:
    for settings in ("pyproject.toml", ".yamllint", ".gitignore"):
        shutil.copy(ROOT / settings, tmp_path)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert rule in tool(*words, folder=tmp_path)
