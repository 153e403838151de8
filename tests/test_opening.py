"""The way into a lesson on a hub, and what sets a hub up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest

from browser.drive import lab_server
from lessons import NOTEBOOKS
from upheaval import opening
from upheaval.publish import execution, site_content

ROOT = NOTEBOOKS.parent
TIMELINE = "02_a_timeline.ipynb"
unix = pytest.mark.skipif(os.name == "nt", reason="hubs run on Linux")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A student's home folder, into which nbgitpuller has fetched two lessons."""
    folder = tmp_path / "home" / "war unit" / "notebooks"
    folder.mkdir(parents=True)
    for name in ("00_start_here.ipynb", TIMELINE, "upheaval.py"):
        shutil.copy(NOTEBOOKS / name, folder)
    return tmp_path / "home"


def test_the_way_leads_to_the_students_own_copy(home: Path) -> None:
    assert opening.opened(home, "war unit", "02") == f"lab/tree/war%20unit/my_lessons/{TIMELINE}"
    copy = home / "war unit" / "my_lessons" / TIMELINE
    assert "solution" not in copy.read_text(encoding="utf-8")


def test_an_edited_copy_stays_and_others_are_renewed(home: Path) -> None:
    for number in ("00", "02"):
        opening.opened(home, "war unit", number)
    own = home / "war unit" / "my_lessons" / TIMELINE
    mine = own.read_text(encoding="utf-8").replace("A timeline", "My timeline")
    own.write_text(mine, encoding="utf-8")
    for name in ("00_start_here.ipynb", TIMELINE):
        source = home / "war unit" / "notebooks" / name
        notebook = json.loads(source.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] = ["# Newer"]
        source.write_text(json.dumps(notebook), encoding="utf-8")
    opening.opened(home, "war unit", "02")
    assert own.read_text(encoding="utf-8") == mine
    assert "# Newer" in (own.parent / "00_start_here.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["nothing", "..", "war unit/..", "../home/war unit", "/etc", ""])
def test_no_other_folder_is_opened(home: Path, folder: str) -> None:
    with pytest.raises(ValueError, match=r"There is no folder .* with the lessons here\."):
        opening.opened(home, folder, "02")


def test_a_lesson_that_is_not_there_is_told(home: Path) -> None:
    with pytest.raises(ValueError, match=r"There is no lesson 07; there are 00, 02\."):
        opening.opened(home, "war unit", "07")


def test_what_was_fetched_is_not_run(home: Path) -> None:
    # A link may name any repository: that it was pressed must not run what is in it.
    package = home / "war unit" / "utils" / "upheaval"
    package.mkdir(parents=True)
    trap = f"open({str(home / 'ran')!r}, 'w')\n"
    for path in (package / "__init__.py", package / "copies.py", home / "upheaval.py"):
        path.write_text(trap, encoding="utf-8")
    finder = home / "war unit" / "notebooks" / "upheaval.py"
    finder.write_text(trap, encoding="utf-8")
    command = [sys.executable, "-P", "-m", "upheaval.opening", str(home), "war unit", "02"]
    env = os.environ | {"PYTHONPATH": str(execution.UTILS)}
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True)
    assert done.stdout.strip().endswith(TIMELINE), done.stderr
    assert not (home / "ran").exists()


@unix
@pytest.mark.thorough
def test_a_server_sends_whoever_comes_to_the_lesson(home: Path, tmp_path: Path) -> None:
    with lab_server(home, tmp_path / "settings") as address:
        with urllib.request.urlopen(f"{address}/upheaval/war%20unit/02", timeout=60) as answer:
            assert answer.url == f"{address}/lab/tree/war%20unit/my_lessons/{TIMELINE}"
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(f"{address}/upheaval/nothing/02", timeout=60)
        assert raised.value.code == 404
        assert "There is no folder nothing with the lessons here." in raised.value.read().decode()


# -- a version of the collection and git -----------------------------------------------------------
def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=A teacher", "-c", "user.email=teacher@example.org"]
    done = subprocess.run(
        ["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The repository that students get, as docs/hubs.md says how to make it: two lessons of it."""
    paths = [NOTEBOOKS / "00_start_here.ipynb", NOTEBOOKS / TIMELINE]
    notebooks = {path: execution.read(path) for path in paths}
    folder = tmp_path / "repository"
    for name, content in site_content.collection(notebooks, "student").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The student edition")
    return folder


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_sees_nothing_of_what_a_student_does(repository: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    git(home, "clone", "-q", str(repository), "unit")
    opening.opened(home, "unit", "02")
    unit = home / "unit"
    own = unit / "my_lessons" / TIMELINE
    own.write_text(own.read_text(encoding="utf-8").replace("timeline", "Timeline"), "utf-8")
    (unit / "notebooks" / "my_work.json").write_text("{}", encoding="utf-8")
    assert git(unit, "status", "--porcelain") == "", "a merge could meet this"


# -- what sets a hub up ----------------------------------------------------------------------------
def test_repo2docker_reads_environment_yml_and_postbuild() -> None:
    # A folder binder or .binder, or a Dockerfile, would hide both from it.
    for name in ("binder", ".binder", "Dockerfile", "runtime.txt", "start"):
        assert not (ROOT / name).exists(), f"{name}: see docs/hubs.md"
    script = ROOT / "postBuild"
    assert script.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")
    assert {"postBuild", "environment.yml", ".gitignore"} <= set(site_content.COLLECTION)
    settings = ROOT / "utils" / "upheaval" / "jupyter" / "jupyter_server_config.d" / "upheaval.json"
    asked = json.loads(settings.read_text(encoding="utf-8"))["ServerApp"]["jpserver_extensions"]
    assert asked == {"upheaval.opening": True, "upheaval.saving": True}


@unix
def test_postbuild_can_be_run() -> None:
    assert os.access(ROOT / "postBuild", os.X_OK)


@unix
@pytest.mark.thorough
def test_postbuild_sets_a_python_up(repository: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, symlinks=True)
    packages = str(Path(pytest.__file__).parents[1])
    python = environment / "bin" / "python"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), "postBuild"],
        cwd=repository,
        env=env | {"PYTHONPATH": packages},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"The lessons: {repository / 'my_lessons'}\n"
    assert (repository / "my_lessons" / TIMELINE).is_file()
    assert (environment / "etc/jupyter/jupyter_server_config.d/upheaval.json").is_file()
    assert (environment / "etc/jupyter/labconfig/default_setting_overrides.json").is_file()
    code = "import upheaval; print(upheaval.__file__)"
    found = subprocess.run(
        [str(python), "-P", "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert found.stdout.strip() == str(repository / "utils" / "upheaval" / "__init__.py")
