"""start.py: what it installs, what it starts, and what it says when something is in the way.

The installs here are real ones, of one tiny package that lies on the disk, so no test asks the
network.
"""

import ast
import base64
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

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
        (home / "notebooks").mkdir()
        (home / "data").mkdir()
        shutil.copy(ROOT / "start.py", home)
        for module in ("preflight.py", "browsers.py"):
            shutil.copy(ROOT / "utils" / "upheaval" / module, home / "utils" / "upheaval")
        shutil.copy(ROOT / "tests" / "browser" / "find.py", home / "tests" / "browser")
        (home / "utils" / "upheaval" / "__init__.py").write_text("", "utf-8")
        (home / "utils" / "upheaval" / "__main__.py").write_text(SPEAKING, "utf-8")
        self.lock = tiny_wheel(self.wheels)
        (home / "requirements.txt").write_text(self.lock, "utf-8")
        (home / "requirements-browser.txt").write_text(self.lock, "utf-8")
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


# Where it was opened.
UNPACK = "start.py was opened inside a ZIP, or without the rest of the collection. Unpack the"


def test_start_py_alone_says_so_and_makes_nothing(tmp_path: Path) -> None:
    """As Windows opens it inside a ZIP: nothing of the collection is beside it."""
    folder = tmp_path / "Temp1_axis-of-upheaval.zip"
    folder.mkdir()
    shutil.copy(ROOT / "start.py", folder)
    for words in ([], ["doctor"], ["pages"]):
        command = [sys.executable, str(folder / "start.py"), *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 1 and done.stdout == ""
        assert done.stderr.strip().startswith(UNPACK) and "Extract All" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["start.py"]


@pytest.mark.parametrize(
    ("folder", "passing"),
    [
        ("C:/Users/a/AppData/Local/Temp/Temp1_unit.zip/unit", True),
        ("C:/Users/a/AppData/Local/Temp/3f2a_unit.zip.9d1/unit", True),
        ("C:/Users/a/AppData/Local/Temp/7zO8C2A/unit", True),
        ("C:/Users/a/AppData/Local/Temp/Rar$DIa12.34/unit", True),
        ("/home/a/.cache/.fr-AbC123/unit", True),
        ("/run/user/1000/gvfs/archive:host=file%3A%2F%2Funit.zip/unit", True),
        ("/tmp/ark-x1/unit", True),
        ("/tmp/course/unit", False),
        ("/tmp/unit.zip/unit", False),
        ("/home/a/unit.zip/unit", False),
        ("C:/Users/a/Desktop/Temp1_unit/unit", False),
    ],
)
def test_a_whole_collection_in_an_archives_passing_folder_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: str, passing: bool
) -> None:
    monkeypatch.setattr(Path, "exists", lambda path: True)
    monkeypatch.setattr(start, "HERE", Path(folder))
    assert start.not_whole().startswith(UNPACK) is passing


@pytest.mark.parametrize("part", ["notebooks", "data", "utils/upheaval/__main__.py"])
def test_a_part_of_the_collection_is_named(tmp_path: Path, part: str) -> None:
    collection = Collection(tmp_path / "course")
    (collection.home / part).rename(tmp_path / "away")
    done = collection.run()
    assert done.returncode == 1 and f"not whole: {part} is missing" in done.stderr
    assert not (collection.home / ".venv").exists()


def test_a_second_file_of_the_packages_name_is_not_taken(installed: Collection) -> None:
    """In the folders of notebooks upheaval.py lies beside the reader, and leads to the package."""
    folder = installed.home / "notebooks"
    (folder / "upheaval.py").write_text("raise SystemExit('the file beside')", "utf-8")
    command = [sys.executable, str(installed.home / "start.py"), "validate"]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    (folder / "upheaval.py").unlink()
    assert done.stdout.startswith("started|validate\n"), done.stderr


# The window.
@pytest.mark.skipif(os.name == "nt", reason="a terminal of another kind")
@pytest.mark.parametrize("leader", [True, False], ids=["double click", "from a shell"])
def test_a_window_that_closes_with_it_stays_until_it_was_read(tmp_path: Path, leader: bool) -> None:
    """In a terminal of its own start.py waits for Enter; under a shell it does not."""
    import pty

    shutil.copy(ROOT / "start.py", tmp_path)
    command = [sys.executable, str(tmp_path / "start.py")]
    shell = ["/bin/sh", "-c", f"'{command[0]}' '{command[1]}'; echo ended"]
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("CI", None)
        chosen = command if leader else shell
        os.execv(chosen[0], chosen)
    said = b""
    while (b"to close this window" if leader else b"ended") not in said:
        said += os.read(terminal, 1000)
    assert UNPACK.encode() in said.replace(b"\r\n", b"\n")
    if leader:
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "it waits"
        os.write(terminal, b"\n")
    else:
        assert b"to close this window" not in said
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == (1 if leader else 0)


class Windows:
    """What Windows answers about the programs of a console."""

    def __init__(self, *programs: str) -> None:
        self.programs = programs

    def GetConsoleProcessList(self, ids: Any, size: int) -> int:
        ids[: len(self.programs)] = range(len(self.programs))
        return len(self.programs)

    def OpenProcess(self, rights: int, inherit: bool, number: int) -> int:
        return number

    def QueryFullProcessImageNameW(self, handle: int, flags: int, path: Any, size: Any) -> int:
        path.value = self.programs[handle]
        return 1

    def CloseHandle(self, handle: int) -> int:
        return 1


@pytest.mark.parametrize(
    ("programs", "own"),
    [
        (["C:\\Python313\\python.exe"], True),
        (["C:\\Windows\\py.exe", "C:\\Python313\\python.exe"], True),
        (["C:\\Windows\\System32\\cmd.exe", "C:\\Python313\\python.exe"], False),
        (["C:\\Program Files\\PowerShell\\7\\pwsh.exe", "C:\\Python313\\python.exe"], False),
        ([""], False),
    ],
)
def test_windows_tells_a_double_click_from_a_terminal(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, programs: list[str], own: bool
) -> None:
    monkeypatch.setenv("CI", "")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    kernel = SimpleNamespace(kernel32=Windows(*programs))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        found = start.own_window()
    assert found is own


def test_only_trouble_makes_a_window_wait(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(start, "own_window", lambda: True)
    monkeypatch.setattr("builtins.input", lambda text: asked.append(text) or "")
    for code in (0, 130):
        monkeypatch.setattr(start, "attempt", lambda _, code=code: code)
        assert start.main([]) == code
    assert asked == []
    monkeypatch.setattr(start, "attempt", lambda _: 1 / 0)
    assert start.main([]) == 1 and len(asked) == 1
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_in_a_window_of_its_own_the_program_is_waited_for(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "own_window", lambda: True)
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("the window would close"))
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    assert start.hand_over(command, dict(os.environ)) == 3


# What is made.
@pytest.mark.thorough
def test_what_stands_in_the_way_is_told_before_an_environment_is_made(tmp_path: Path) -> None:
    collection = Collection(tmp_path / "course")
    lock = collection.home / "requirements.txt"
    lock.write_text(collection.lock.replace("tiny-thing", "other-thing"), "utf-8")
    done = collection.run("validate", PIP_FIND_LINKS="", PYTHONDONTWRITEBYTECODE="")
    assert done.returncode == 1
    assert done.stderr.strip().startswith("pip is set to download nothing on this computer")
    assert (
        done.stderr.strip().endswith("on a computer where it runs.")
        and "Traceback" not in done.stderr
    )
    assert not list(collection.home.glob(".*")) and not list(
        collection.home.rglob("__pycache__")
    ), "not even a trace of having looked"


def test_half_an_environment_does_not_stay(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: str, **_: object) -> None:
        Path(folder, "half").mkdir(parents=True)
        raise OSError(122, "Disk quota exceeded")

    monkeypatch.setattr(start.preflight(), "download", lambda lock: None)
    monkeypatch.setattr("venv.create", broken)
    with pytest.raises(start.SetupError, match="The disk is full, or what you may use of it"):
        start.make_venv(start.HERE / ".venv", start.HERE / "requirements.txt")
    assert not (start.HERE / ".venv").exists()


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


def test_jupyterlite_s_kernel_is_set_aside_where_no_jupyterlab_looks(
    start: ModuleType, tmp_path: Path
) -> None:
    jupyter = tmp_path / "share" / "jupyter"
    for times in range(2):  # a second installation replaces it
        (jupyter / "labextensions" / "@jupyterlite").mkdir(parents=True)
        (jupyter / "labextensions" / "@jupyterlite" / str(times)).touch()
        start.set_aside(tmp_path)
    assert [one.name for one in (jupyter / "lite-extensions" / "@jupyterlite").iterdir()] == ["1"]
    assert not list((jupyter / "labextensions").iterdir())
    start.set_aside(tmp_path)


def test_read_only_folder_installs_into_the_cache(
    start: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    calls = []
    preflight = start.preflight()
    writable = preflight.writable
    monkeypatch.setattr(preflight, "writable", lambda one: one != start.HERE and writable(one))
    monkeypatch.setattr(start, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(start, "make_venv", lambda venv, lock: venv.mkdir(parents=True))
    monkeypatch.setattr(start, "pip_install", lambda venv, level: calls.append(venv))
    monkeypatch.setattr(start, "add_to_path", lambda venv: None)
    venv = start.install("lessons")
    assert venv.parent == tmp_path / "cache" and calls == [venv]
    said = capsys.readouterr().out
    assert f"Nothing can be written in {start.HERE}. So the packages go to {venv}" in said


def test_a_user_of_no_name_has_a_place_for_packages_too(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nobody)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert len(set(start.environments())) == 2


def test_debian_without_venv_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert start.main(["validate"]) == 1
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    way = f"sudo apt install {version}" if Path("/etc/debian_version").exists() else "python.org"
    assert way in capsys.readouterr().err


def test_old_python_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert start.main([]) == 1
    said = capsys.readouterr().err
    assert "This is Python 3.9.2, which is too old: 3.11 or newer is needed. Install Python" in said


@pytest.mark.parametrize(
    "file",
    [
        "start.py",
        "utils/upheaval/__init__.py",
        "utils/upheaval/preflight.py",
        "utils/upheaval/doctor.py",
        "utils/upheaval/__main__.py",
    ],
)
def test_an_old_python_can_read_it(file: str) -> None:
    ast.parse((ROOT / file).read_text("utf-8"), feature_version=(3, 8))


def test_a_stop_is_told(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "run", stopped)
    assert start.main([]) == 130
    assert "Run the same command again to go on." in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
def test_ctrl_c_while_modules_are_loaded_is_told_without_a_traceback(tmp_path: Path) -> None:
    home = Collection(tmp_path / "course").home
    early = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    (home / "hashlib.py").write_text(early, "utf-8")  # in the place of Python's own
    # -S: what is installed here may load the module before start.py begins.
    command = [sys.executable, "-S", str(home / "start.py"), "doctor"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 130, done.stderr
    assert done.stderr == "\nStopped. Run the same command again to go on.\n"


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix's")
@pytest.mark.parametrize(
    ("words", "held"),
    [(["-P", "-m", "upheaval", "doctor"], True), (["-m", "pytest", "-k", "upheaval"], False)],
)
def test_ctrl_c_between_two_programs_is_held_back_for_who_can_answer_it(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, words: list[str], held: bool
) -> None:
    seen: list[set[signal.Signals | int]] = []
    monkeypatch.setattr(start, "own_window", lambda: False)
    monkeypatch.setattr(
        os, "execve", lambda *_: seen.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))
    )
    monkeypatch.setattr(start.subprocess, "Popen", MagicMock())
    try:
        start.hand_over([sys.executable, *words], {})
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    assert [signal.SIGINT in mask for mask in seen] == [held]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a full disk to write to: Linux")
@pytest.mark.parametrize("words", [["--help"], ["validate"]])
def test_output_that_cannot_be_written_is_named(tmp_path: Path, words: list[str]) -> None:
    home = Collection(tmp_path / "course").home
    command = [sys.executable, str(home / "start.py"), *words]
    if words != ["--help"]:  # what is said before an install, which is never begun
        (home / "utils" / "upheaval" / "preflight.py").open("a").write(
            "def place(*_): print('So the packages go elsewhere.', flush=True)\n"
        )
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("What start.py prints cannot be written")


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
    fast = [
        "-p",
        "no:nbval",
        "-p",
        "no:anyio",
        "-m",
        "not (browser or net or site or thorough or slow)",
    ]
    assert start.test_command([]) == ["-m", "pytest", "-m", "not slow"]
    assert start.test_command(["tests/facts", "--fast"]) == ["-m", "pytest", *fast, "tests/facts"]
    assert start.test_command(["--all", "-x"]) == ["-m", "pytest", "-x"]
    with pytest.raises(start.SetupError, match="one of --fast and --all"):
        start.test_command(["--fast", "--all"])
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    marks = {one.partition(":")[0] for one in named["ini_options"]["markers"]}
    assert marks == set(re.findall(r"browser|net|site|thorough|slow", fast[-1]))
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
    for arguments in (["bundle"], ["page", "a.ipynb"], ["browser"]):
        assert start.run(arguments) == 0
    assert levels == ["tests", "lessons", "browser"], "deno is in the test group"


def test_what_a_students_copy_cannot_do_is_told(start: ModuleType) -> None:
    (start.HERE / "requirements-browser.txt").unlink()
    with pytest.raises(start.SetupError, match=r"requirements-browser\.txt is missing .* Take a"):
        start.install("browser")


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
