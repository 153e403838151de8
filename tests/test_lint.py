"""The commands that CONTRIBUTING names under "Write code" find no fault, and can find one."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = [
    "ruff check",
    "ruff format --check",
    "mypy",
    "lint-imports",
    "rumdl check .",
    "yamllint --strict .",
]
#: Those for which the fast loop has no room.
LONG = {"mypy", "yamllint"}


def said(command: str, folder: Path = ROOT) -> str:
    """What a command of the environment says in `folder`; empty when it finds no fault."""
    name, *arguments = command.split()
    path = shutil.which(name, path=str(Path(sys.executable).parent))
    assert path, f"{name} is not installed beside {sys.executable}"
    done = subprocess.run(
        [path, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "utils")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(one, marks=pytest.mark.thorough) if one.split()[0] in LONG else one
        for one in COMMANDS
    ],
)
def test_the_tool_has_nothing_to_say(command: str) -> None:
    assert not (found := said(command)), found


def test_the_document_names_these_commands() -> None:
    chapter = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("\n## Write code\n")[1]
    block = re.search(r"  ```shell\n(.*?)  ```", chapter.split("\n## ")[0], re.DOTALL)
    assert block, "CONTRIBUTING, Write code: no block of commands"
    assert [line.strip() for line in block[1].splitlines()] == COMMANDS


@pytest.mark.thorough
def test_the_tools_can_find_fault(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "utils" / "upheaval"
    shutil.copytree(
        ROOT / "utils" / "upheaval", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    (package / "facts" / "bad.py").write_text(
        'import os\nfrom .. import row_filters\nlong = "' + 50 * "x " + '"\n', encoding="utf-8"
    )
    (package / "charts" / "bad.py").write_text(
        "def half(x: int) -> float:\n    return x / 2\n\n\nhalf('2')\n", encoding="utf-8"
    )
    ruff = said("ruff check --no-cache", tmp_path)
    assert "F401" in ruff and "E501" in ruff
    layout = said("ruff format --check --no-cache", tmp_path)
    assert "facts/bad.py" in layout.replace("\\", "/")
    # One file that imports nothing: all of the package takes half a minute without a cache.
    assert "[arg-type]" in said("mypy --cache-dir=.types utils/upheaval/charts/bad.py", tmp_path)
    assert "upheaval.facts.bad -> upheaval.row_filters" in said("lint-imports --no-cache", tmp_path)


#: What start.py and the doctor import of the package.
STANDALONE = ("preflight", "os_errors")


@pytest.mark.parametrize(
    "name",
    ["start.py", *(f"utils/upheaval/{one}.py" for one in ("doctor", *STANDALONE))],
)
def test_what_runs_where_nothing_is_installed_imports_nothing_installed(name: str) -> None:
    imports: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imports |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level == 1 and (node.module or node.names[0].name) in STANDALONE:
                continue  # which is held to the same
            imports.add("." * node.level or str(node.module).split(".")[0])
    assert imports <= set(sys.stdlib_module_names)


RUMDL = "rumdl check --no-cache ."
YAMLLINT = "yamllint --strict ."


@pytest.mark.parametrize(
    ("file", "text", "command", "rule"),
    [
        ("README.md", "# Title\n\n### Too deep\n", RUMDL, "MD001"),
        ("README.md", f"# Title\n\n{'long ' * 30}\n", RUMDL, "MD013"),
        ("ci.yml", "on: [push]\njobs: {}\non: [pull_request]\n", YAMLLINT, "key-duplicates"),
        (".github/ci.yml", "jobs:\n  tests: yes\n", YAMLLINT, "truthy"),
        ("CITATION.cff", "title: One\ntitle: Two\n", YAMLLINT, "key-duplicates"),
    ],
)
def test_the_linters_of_documents_can_find_fault(
    tmp_path: Path, file: str, text: str, command: str, rule: str
) -> None:
    for settings in ("pyproject.toml", ".yamllint", ".gitignore"):
        shutil.copy(ROOT / settings, tmp_path)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert rule in said(command, tmp_path)
