"""pyproject.toml names what is needed; locks, environment.yml and the rest agree with it."""

import json
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
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import upheaval
from tiers import few
from upheaval import preflight

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.txt", "requirements-test.txt", "benchmarks/requirements-peers.txt"]
LOCKS += ["requirements-browser.txt", "requirements-pyodide.txt"]
LOCKS += ["benchmarks/requirements-hub.txt"]
SYSTEMS = [
    {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
    {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "arm64",
    },
    {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
    {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    },
]


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Each entry of a lock with its hashes."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = line.split("--hash=")
        found.append((Requirement(requirement.strip()), [one.strip() for one in hashes]))
    return found


def on(system: dict[str, str], python: str) -> dict[str, str]:
    return {**system, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}


def pythons(project: dict[str, Any]) -> list[str]:
    """The Pythons that the project says it works with."""
    named = [
        one.rsplit(" ", 1)[1] for one in project["project"]["classifiers"] if "Python :: 3." in one
    ]
    assert named
    return named


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"\bhttps?\b", text)
    assert not re.search(
        r"^\s*-", re.sub(r"^\s+--hash=sha256:.*$", "", text, flags=re.MULTILINE), re.MULTILINE
    )
    assert not re.search(r"(^|\s)/\w|file:|\b(index|find-links|trusted-host)\b", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_pinned_and_hashed(lock: str) -> None:
    found = entries(lock)
    assert len(found) > 5
    for requirement, hashes in found:
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), f"{requirement} is not pinned"
        assert requirement.url is None
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), (
            f"{requirement}: hash?"
        )


def test_locks_agree_with_each_other() -> None:
    lessons = {(one.name, str(one.specifier)) for one, _ in entries(LOCKS[0])}
    names = {name for name, _ in lessons}
    for lock in LOCKS[1:]:
        for one, _ in entries(lock):
            assert one.name not in names or (one.name, str(one.specifier)) in lessons
    browser = {one.name: str(one.specifier) for one, _ in entries("requirements-browser.txt")}
    for one, _ in entries("requirements-test.txt"):  # both are installed for the tests
        assert browser.get(one.name, str(one.specifier)) == str(one.specifier)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "system", SYSTEMS, ids=lambda one: f"{one['sys_platform']}-{one['platform_machine']}"
)
def test_every_dependency_is_locked_on_every_system(
    project: dict[str, Any], system: dict[str, str]
) -> None:
    named = [(LOCKS[0], one) for one in project["project"]["dependencies"]]
    named += [(LOCKS[1], one) for one in project["dependency-groups"]["test"]]
    named += [(LOCKS[2], one) for one in project["dependency-groups"]["peers"]]
    named += [(LOCKS[3], one) for one in project["dependency-groups"]["browser"]]
    named += [(LOCKS[4], one) for one in project["dependency-groups"]["pyodide"]]
    named += [(LOCKS[5], one) for one in project["dependency-groups"]["hub"]]
    for lock, text in named:
        wanted = Requirement(text)
        for python in pythons(project):
            environment = on(system, python)
            if wanted.marker and not wanted.marker.evaluate(environment):
                continue
            fitting = [
                one
                for one, _ in entries(lock)
                if one.name == wanted.name
                and (one.marker is None or Marker(str(one.marker)).evaluate(environment))
            ]
            assert len(fitting) == 1, (
                f"{wanted.name} is {len(fitting)} times in {lock} for {environment}"
            )
            version = str(fitting[0].specifier).removeprefix("==")
            assert wanted.specifier.contains(version), (
                f"{lock} has {version}, pyproject.toml wants {wanted}"
            )


def test_environment_yml_installs_the_lock(project: dict[str, Any]) -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    pip = [one["pip"] for one in environment["dependencies"] if isinstance(one, dict)]
    assert pip == [["-r requirements.txt"]], (
        "the lock and nothing beside it: pip refuses unhashed names there"
    )
    plain = [one for one in environment["dependencies"] if isinstance(one, str)]
    assert plain[0].startswith("python=") and plain[1:] == ["pip"]
    python = plain[0].removeprefix("python=")
    assert SpecifierSet(project["project"]["requires-python"]).contains(f"{python}.0")
    assert python in pythons(project)


def test_the_same_pythons_are_named_everywhere(project: dict[str, Any]) -> None:
    needed = project["project"]["requires-python"].removeprefix(">=")
    for file in ("start.py", "utils/upheaval/preflight.py"):
        found = re.search(
            r"^NEEDED = \((\d+), (\d+)\)", (ROOT / file).read_text("utf-8"), re.MULTILINE
        )
        assert found and ".".join(found.groups()) == needed
    newest = max(tuple(map(int, one.split("."))) for one in pythons(project))
    assert newest == preflight.NEWEST
    said = f"Python {needed} to {'.'.join(map(str, newest))}"
    for file in ("start.py", "README.md", "utils/upheaval/publish/site_source/pages/about.md.j2"):
        assert said in (ROOT / file).read_text("utf-8"), file


def test_one_version_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == upheaval.__version__
    data = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    assert data.get("version", upheaval.__version__) == upheaval.__version__


def test_what_is_written_in_javascript_is_packaged(project: dict[str, Any]) -> None:
    patterns = project["tool"]["setuptools"]["package-data"]["upheaval"]
    package = ROOT / "utils" / "upheaval"
    packaged = {path for pattern in patterns for path in package.glob(pattern)}
    others = {
        path
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md")
    }
    assert {path.relative_to(package) for path in others - packaged} == set()


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "NOTICE.md"])
def test_links_within_the_collection_lead_somewhere(file: str) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", (ROOT / file).read_text("utf-8"))
    inside = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in inside if not (ROOT / link).exists()] == []


# The shim beside the notebooks: `upheaval` is found with nothing installed.


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of what the notebooks need, in a folder with a space and letters of other scripts."""
    home = tmp_path / "my course сбор-수업"
    for folder in ("notebooks", "utils"):
        shutil.copytree(
            ROOT / folder, home / folder, ignore=shutil.ignore_patterns("__pycache__", "*.ipynb")
        )
    return home


def ask(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter that knows nothing of the package."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["PYTHONIOENCODING"] = "utf-8"
    # start.py's .pth file must not help here, so its folder is taken off the path.
    code = f"import sys; sys.path[:] = [p for p in sys.path if not p.endswith('utils')]\n{code}"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_shim_finds_the_package(bare: Path) -> None:
    code = (
        "from upheaval import doctor\n"
        "import upheaval\n"
        "from upheaval import doctor as again\n"
        "assert doctor is again and upheaval.__version__\n"
        "print(upheaval.__file__); print(doctor.__file__)"
    )
    done = ask(code, bare / "notebooks")
    assert done.returncode == 0, done.stderr
    package = bare / "utils" / "upheaval"
    assert done.stdout.splitlines() == [str(package / "__init__.py"), str(package / "doctor.py")]


def test_shim_works_again_after_the_kernel_forgets(bare: Path) -> None:
    code = (
        "import importlib, sys, upheaval\nfor name in [n for n in sys.modules if n.split('.')[0] =="
        " 'upheaval']: del sys.modules[name]\nimport"
        " upheaval.doctor\nimportlib.reload(upheaval)\nprint(upheaval.__file__)"
    )
    done = ask(code, bare / "notebooks")
    assert done.stdout.strip() == str(bare / "utils" / "upheaval" / "__init__.py"), done.stderr


@pytest.mark.thorough
def test_a_command_typed_beside_the_shim_is_the_packages(bare: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "upheaval", "page", "none.ipynb"]
    done = subprocess.run(
        command, cwd=bare / "notebooks", env=env, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stderr.startswith("No page was written. There is no notebook none.ipynb.")


def test_a_students_own_utils_does_no_harm(bare: Path) -> None:
    (bare / "notebooks" / "utils.py").write_text("mine = True\n", "utf-8")
    done = ask("from upheaval import doctor; import utils; print(utils.mine)", bare / "notebooks")
    assert done.stdout.strip() == "True", done.stderr


def test_shim_says_what_is_missing(bare: Path) -> None:
    shutil.rmtree(bare / "utils")
    done = ask("import upheaval", bare / "notebooks")
    assert done.returncode == 1
    assert "keep the folders notebooks, utils and data together" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("number", few(range(13), 3), ids="{:02}".format)
def test_a_lesson_alone_says_in_one_sentence_what_is_missing(
    bare: Path, tmp_path: Path, number: int
) -> None:
    (lesson,) = (ROOT / "notebooks").glob(f"{number:02}_*.ipynb")
    cells = json.loads(lesson.read_text("utf-8"))["cells"]
    first = next("".join(one["source"]) for one in cells if one["cell_type"] == "code")
    show = f"try:\n    exec({first!r})\nexcept ModuleNotFoundError as error:\n"
    show += "    print(*error._render_traceback_(), sep='\\n')"
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.rmtree(bare / "utils")
    for folder, missing in ((alone, "No module named 'upheaval': "), (bare / "notebooks", "The ")):
        said = ask(show, folder).stdout.splitlines()
        assert len(said) == 1 and said[0].startswith(missing)
        assert "the whole folder" in said[0] and "as a page" in said[0]
