"""start.py: what it installs, what it starts, and what it says when something is in the way.

The installs here are real ones, of one tiny package that lies on the disk, so no test asks the
network.
"""

import ast
import base64
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from browser import find

ROOT = Path(__file__).resolve().parents[1]
SPEAKING = (
    "import os, sys, upheaval\n"
    "print('started', *sys.argv[1:], sep='|')\n"
    "print(os.getcwd()); print(upheaval.__file__); print(sys.prefix)\n"
    "sys.exit(3 if 'fail' in sys.argv else 0)\n"
)


def tiny_wheel(folder: Path) -> str:
    """Write a package of one module into the folder; gives its line for a lock."""
    info = "tiny_thing-1.0.dist-info"
    files = {
        "tiny_thing.py": "VALUE = 1\n",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: tiny-thing\nVersion: 1.0\n",
        f"{info}/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    rows = []
    wheel = folder / "tiny_thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
            digest = (
                base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
                .rstrip(b"=")
                .decode()
            )
            rows.append(f"{name},sha256={digest},{len(text)}")
        archive.writestr(f"{info}/RECORD", "\n".join([*rows, f"{info}/RECORD,,"]) + "\n")
    return f"tiny-thing==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Collection:
    """A small collection in a folder of its own: start.py, and a package that tells how it was
    started.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "utils" / "upheaval").mkdir(parents=True)
        (home / "tests" / "browser").mkdir(parents=True)
        self.wheels = home.parent / "wheels"  # pip splits the variable that names it at spaces
        self.wheels.mkdir()
        shutil.copy(ROOT / "start.py", home)
        shutil.copy(ROOT / "tests" / "browser" / "find.py", home / "tests" / "browser")
        (home / "utils" / "upheaval" / "__init__.py").write_text("", "utf-8")
        (home / "utils" / "upheaval" / "__main__.py").write_text(SPEAKING, "utf-8")
        self.lock = tiny_wheel(self.wheels)
        (home / "requirements.txt").write_text(self.lock, "utf-8")
        (home / "requirements-test.txt").write_text(self.lock, "utf-8")

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run start.py from another folder, with the wheel as pip's only source."""
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "PYTHONPATH"))
        }
        env |= {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }
        env |= {"PYTHONIOENCODING": "utf-8", **variables}
        command = [sys.executable, str(self.home / "start.py"), *arguments]
        return subprocess.run(
            command, cwd=self.home.parent, env=env, capture_output=True, text=True, encoding="utf-8"
        )


def load(file: Path) -> ModuleType:
    """A file as a module of its own."""
    spec = importlib.util.spec_from_file_location(f"{file.stem}_under_test", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """A collection after its first start, in a folder with a space and letters of other scripts."""
    collection = Collection(tmp_path_factory.mktemp("start") / "my course сбор-수업")
    first = collection.run("validate", "a b")
    assert first.returncode == 0, first.stderr
    assert "Installing" in first.stdout
    return collection


@pytest.fixture
def start(tmp_path: Path) -> ModuleType:
    """start.py as a module, in a collection where nothing is installed."""
    home = Collection(tmp_path / "course").home
    return load(home / "start.py")


def test_jupyter_lab_in_the_environment_gets_the_same_settings(
    start: ModuleType, tmp_path: Path
) -> None:
    source = start.HERE / "utils" / "upheaval" / "jupyter"
    shutil.copytree(ROOT / "utils" / "upheaval" / "jupyter", source)
    target = tmp_path / "venv" / "etc" / "jupyter"
    for _ in range(2):  # the second start finds an older version there
        start.add_jupyter_settings(tmp_path / "venv")
        found = {path.relative_to(target): path.read_bytes() for path in target.rglob("*.json")}
        assert found == {
            path.relative_to(source): path.read_bytes() for path in source.rglob("*.json")
        }
        assert found
        (target / "labconfig" / "default_setting_overrides.json").write_text("{}")


def test_second_start_installs_nothing_and_passes_arguments_on(installed: Collection) -> None:
    done = installed.run("page", "a b.ipynb", "--edition", "instructor")
    started, folder, package, prefix = done.stdout.splitlines()  # and nothing is installed
    assert started == "started|page|a b.ipynb|--edition|instructor"
    assert folder == str(installed.home.parent), (
        "the reader's own folder, so that paths mean what they say"
    )
    assert package == str(installed.home / "utils" / "upheaval" / "__init__.py")
    assert prefix == str(installed.home / ".venv")


def test_nothing_said_means_lab(installed: Collection) -> None:
    assert installed.run().stdout.startswith("started|lab\n")


def test_only_options_mean_lab_with_them(installed: Collection) -> None:
    said = installed.run("--edition", "instructor", "--no-browser").stdout
    assert said.startswith("started|lab|--edition|instructor|--no-browser\n")


def test_exit_code_is_passed_on(installed: Collection) -> None:
    assert installed.run("validate", "fail").returncode == 3


def test_activated_environment_finds_the_package(installed: Collection) -> None:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    bins = installed.home / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    done = subprocess.run(
        [bins / "python", "-m", "upheaval"],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith("started"), done.stderr


def test_path_file_is_readable_in_every_encoding(installed: Collection) -> None:
    (file,) = (installed.home / ".venv").rglob("upheaval.pth")
    assert file.read_bytes().isascii()


def test_changed_lock_is_installed(installed: Collection) -> None:
    lock = installed.home / "requirements.txt"
    lock.write_text("# newer\n" + installed.lock, "utf-8")
    assert "Installing" in installed.run("validate").stdout
    assert "Installing" not in installed.run("validate").stdout


def test_broken_install_is_told_and_leaves_no_stamp(installed: Collection) -> None:
    lock = installed.home / "requirements.txt"
    lock.write_text(installed.lock[:-8] + "0000000\n", "utf-8")
    (site,) = (installed.home / ".venv").rglob("tiny_thing.py")
    site.unlink()
    shutil.rmtree(next((installed.home / ".venv").rglob("tiny_thing-1.0.dist-info")))
    done = installed.run("validate")
    assert done.returncode == 1
    assert done.stderr.strip().startswith(
        "A downloaded file is not the one that this collection names."
    )
    assert "pip said:" in done.stderr and "Traceback" not in done.stderr
    assert not list((installed.home / ".venv").glob("installed-for-*"))
    lock.write_text(installed.lock, "utf-8")
    assert installed.run("validate").returncode == 0


def test_an_environment_behind_a_link_is_never_emptied(start: ModuleType, tmp_path: Path) -> None:
    other = tmp_path / "another .venv"
    other.mkdir()
    (other / "theirs").touch()
    (start.HERE / ".venv").symlink_to(other)
    with pytest.raises(start.SetupError, match="Delete the link"):
        start.install("lessons")
    assert [path.name for path in other.iterdir()] == ["theirs"]


def test_no_network_is_told(installed: Collection) -> None:
    lock = installed.home / "requirements.txt"
    lock.write_text(installed.lock.replace("tiny-thing", "other-thing"), "utf-8")
    nowhere = {"PIP_NO_INDEX": "0", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    done = installed.run("validate", **nowhere)
    lock.write_text(installed.lock, "utf-8")
    assert done.returncode == 1
    assert "could not be downloaded. Check the connection" in done.stderr


def test_moved_folder_is_made_anew(start: ModuleType, tmp_path: Path) -> None:
    venv = tmp_path / "moved"
    venv.mkdir()
    start.stamp_of(venv, "lessons").write_text(
        start.wanted(tmp_path / "before", "lessons"), "utf-8"
    )
    assert not start.usable(venv)


def test_doctor_installs_nothing(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "course")
    assert collection.run("doctor").stdout.startswith("started|doctor\n")
    assert not (collection.home / ".venv").exists()


def test_stopped_install_leaves_no_stamp(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    venv = start.HERE / ".venv"
    venv.mkdir()
    start.stamp_of(venv, "lessons").write_text("of an older lock", "utf-8")
    monkeypatch.setattr(start, "usable", lambda _: True)
    monkeypatch.setattr(start, "pip_install", stopped)
    with pytest.raises(KeyboardInterrupt):
        start.install("lessons")
    assert list(venv.iterdir()) == []


def test_read_only_folder_installs_into_the_cache(
    start: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    calls = []
    monkeypatch.setattr(start, "writable", lambda folder: folder != start.HERE)
    monkeypatch.setattr(start, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(start, "make_venv", lambda venv: venv.mkdir(parents=True))
    monkeypatch.setattr(start, "pip_install", lambda venv, level: calls.append(venv))
    monkeypatch.setattr(start, "add_to_path", lambda venv: None)
    venv = start.install("lessons")
    assert venv.parent == tmp_path / "cache" and calls == [venv]
    assert f"This folder cannot be written, so the packages go to {venv}" in capsys.readouterr().out


def test_writable_tells_a_folder_from_none(start: ModuleType, tmp_path: Path) -> None:
    assert start.writable(tmp_path)
    assert not start.writable(tmp_path / "missing")


def test_debian_without_venv_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert start.main(["validate"]) == 1
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert f"sudo apt install {version}" in capsys.readouterr().err


def test_old_python_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert start.main([]) == 1
    assert "Python 3.11 or newer is needed; this is Python 3.9." in capsys.readouterr().err


@pytest.mark.parametrize(
    "file", ["start.py", "utils/upheaval/doctor.py", "utils/upheaval/__main__.py"]
)
def test_an_old_python_can_read_it(file: str) -> None:
    ast.parse((ROOT / file).read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate", "security certificates"),
        (
            "Failed to establish a new connection: [Errno -3] NewConnectionError",
            "Check the connection",
        ),
        ("ReadTimeoutError: Read timed out.", "Check the connection"),
        ("ERROR: Could not find a version (from versions: none)", "Check the connection"),
        (
            (
                "HINT: This error might have occurred since this system does not have Windows Long"
                " Path"
            ),
            "short place",
        ),
        ("PermissionError: [WinError 32] used by another process", "Close JupyterLab"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "no ready-made file"),
        ("something never seen", "as given"),
    ],
)
def test_advice(start: ModuleType, said: str, advice: str) -> None:
    assert advice in start.advice_for(said, "as given")


def test_a_stop_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "run", stopped)
    assert start.main([]) == 130
    assert "Run the same command again to go on." in capsys.readouterr().err


def test_tests_run_two_files_at_a_time(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    two = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    assert start.test_command(["--all", "-q"]) == ["-m", "pytest", *two, "-q"]
    assert start.test_command(["--all", "-n", "0"]) == ["-m", "pytest", "-n", "0"]
    no_xdist = ["-p", "no:xdist"]
    assert start.test_command(["--all", *no_xdist]) == ["-m", "pytest", *no_xdist]
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert start.test_command(["--all"]) == ["-m", "pytest"]


def test_an_option_chooses_tests_by_their_marks(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    fast = ["-m", "not (browser or net or site or thorough or slow)"]
    assert start.test_command([]) == ["-m", "pytest", "-m", "not slow"]
    assert start.test_command(["tests/facts", "--fast"]) == ["-m", "pytest", *fast, "tests/facts"]
    assert start.test_command(["--all", "-x"]) == ["-m", "pytest", "-x"]
    with pytest.raises(start.SetupError, match="one of --fast and --all"):
        start.test_command(["--fast", "--all"])
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    marks = {one.partition(":")[0] for one in named["ini_options"]["markers"]}
    assert marks == set(re.findall(r"browser|net|site|thorough|slow", fast[1]))
    # What the fast run leaves out needs no browser.
    monkeypatch.setenv("UPHEAVAL_BROWSER", "/nowhere")
    capsys.readouterr()
    start.test_command(["--fast"])
    assert capsys.readouterr().out == ""


def test_ci_runs_the_longest_command_of_the_readme() -> None:
    last = (ROOT / ".ci" / "run").read_text("utf-8").strip().splitlines()[-1]
    assert last == "python3 start.py test --all"
    assert last.replace("python3", "python") in (ROOT / "README.md").read_text("utf-8").splitlines()


# The browser for the tests.


def test_bundling_has_what_the_tests_need(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels: list[str] = []
    monkeypatch.setattr(start, "install", lambda level: levels.append(level) or Path("venv"))
    monkeypatch.setattr(start, "hand_over", lambda command, env: 0)
    for arguments in (["bundle"], ["page", "a.ipynb"]):
        assert start.run(arguments) == 0
    assert levels == ["tests", "lessons"], "deno is in the test group"


def test_named_browser_is_the_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "browser"
    program.touch()
    monkeypatch.setenv("UPHEAVAL_BROWSER", str(program))
    assert find.chromium() == program
    monkeypatch.setenv("UPHEAVAL_BROWSER", str(tmp_path / "none"))
    assert find.chromium() is None


def test_playwrights_own_browser_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPHEAVAL_BROWSER", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert find.chromium() is None
    program = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    program.parent.mkdir(parents=True)
    program.touch()
    assert find.chromium() == program


def test_missing_browser_is_one_line(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("UPHEAVAL_BROWSER", "/nowhere")
    start.test_command([])
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("No Chromium, Chrome or Edge was found") and "To get one," in line


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_missing_browser_skips_and_fails_in_ci(
    ci: str,
    outcome: type[BaseException],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = load(ROOT / "tests" / "browser" / "conftest.py").pytest_runtest_setup
    monkeypatch.setenv("UPHEAVAL_BROWSER", "/nowhere")
    monkeypatch.setenv("CI", ci)
    rule(request.node)  # this test drives no browser
    request.node.add_marker("browser")
    with pytest.raises(outcome, match="To get one,"):
        rule(request.node)
