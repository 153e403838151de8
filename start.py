#!/usr/bin/env python3
"""Install the collection and start it, with nothing but Python 3.11 to 3.14.

    python start.py              install what the lessons need, and open JupyterLab on lesson 00:
                                 your own copies of the lessons, in the folder my_lessons
    python start.py fresh 04     bring lesson 04 anew, and keep your copy of it beside
    python start.py --edition instructor   open the notebooks with solutions and notes
    python start.py test         install what the tests need too, and run them (ten minutes)
    python start.py test --fast  only what a minute has room for: no browser, no site
    python start.py test --all   everything, as before a release
    python start.py changed      after an edit of a table, say which sentences of the lessons change
    python start.py pages        make one ZIP of all lessons as pages, which need no Python
    python start.py browser      build the lessons with Python in the browser, for a server of files
    python start.py doctor       say what is wrong with this computer's set-up, and what to do
    python start.py page|...     any other command of `python -m upheaval`

Everything goes into the folder .venv beside this file (or, where that is read-only, synced or on a
network drive, into one that is named). To remove it all, delete the folder.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # `signal` loads more first: Ctrl+C may be faster
import os
import sys

STOPPED = "Stopped. Run the same command again to go on."


def stopped_while_loading(number: int, frame: object) -> None:
    """What Ctrl+C does until `attempt` can answer it: modules are still loaded, nothing is made.

    Without a way back: an import turns the KeyboardInterrupt that it gets into other errors.
    """
    try:
        os.write(2, f"\n{STOPPED}\n".encode())
    finally:
        os._exit(128 + number)


if __name__ == "__main__" and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, stopped_while_loading)

import contextlib
import hashlib
import importlib
import json
import re
import runpy
import shutil
import signal
import subprocess
from collections import deque
from pathlib import Path
from types import ModuleType

# On Windows, resolve() would turn a drive's letter into an address that cmd cannot work in.
HERE = (Path(os.path.abspath(__file__)) if os.name == "nt" else Path(__file__).resolve()).parent
NEEDED = (3, 11)
# -P: a file of the folder where the reader stands (notebooks/upheaval.py) is not taken for it.
PACKAGE = ["-P", "-m", "upheaval"]
LOCKS = {
    "lessons": ["requirements.txt"],
    "browser": ["requirements.txt", "requirements-browser.txt"],
    "tests": ["requirements.txt", "requirements-browser.txt", "requirements-test.txt"],
}
# What else a command needs than the lessons do: deno is in the tests' lock.
LEVELS = {"browser": "browser", "bundle": "tests"}

# Which tests each option runs, by their marks in pyproject.toml; by default all but the slow ones.
MARKS = {"--fast": "not (browser or net or site or thorough or slow)", "--all": ""}

# A copy of the collection has these; start.py alone can do nothing.
WHOLE = ["notebooks", "data", "requirements.txt"]
WHOLE += ["utils/upheaval/preflight.py", "utils/upheaval/__main__.py"]
# Folders in which programs for archives lay a file that is opened inside of one.
UNPACKED_FOR_NOW = (
    r"Temp\d+_.+|.+\.(zip|7z|rar|tar|tgz|gz)\.\w{3}|7z[OES]\w+|Rar\$.+|wz\w{4}|BNZ\..+|\.fr-\w+"
    r"|ark[-_.]\w+|peazip-tmp.*|archive:host=.+"
)

NO_OUTPUT = (
    "What start.py prints cannot be written to where it was sent (a full disk, or a program that no"
    " longer reads). Send it elsewhere, or nowhere: run the same command without > and |."
)


class SetupError(Exception):
    """What went wrong, in one sentence or two a person can act on."""


def python_of(venv: Path) -> Path:
    """The Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def cache_folder() -> Path:
    """Where this system keeps a user's files that can be made again."""
    try:
        home = Path.home()
    except RuntimeError:  # a user of no name, as in a container
        import tempfile

        home = Path(tempfile.gettempdir())
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "upheaval"


def environments() -> list[Path]:
    """`.venv` beside this file, and the one in the user's cache folder for where that cannot be."""
    place = hashlib.sha256(str(HERE).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return [HERE / ".venv", cache_folder() / place]


def not_whole() -> str:
    """What to do where start.py stands alone, or in a folder that passes; empty if all is here."""
    passing = re.search(r"[\\/](te?mp|\.?cache|gvfs)[\\/]", str(HERE), re.IGNORECASE) and any(
        re.fullmatch(UNPACKED_FOR_NOW, part) for part in HERE.parts
    )
    missing = [name for name in WHOLE if not (HERE / name).exists()]
    if passing or len(missing) == len(WHOLE):
        return (
            "start.py was opened inside a ZIP, or without the rest of the collection. Unpack the"
            " whole ZIP first (Windows: right-click it, then Extract All; elsewhere: double-click"
            " it), and run start.py in the folder that comes out."
        )
    if missing:
        return (
            f"This copy of the collection is not whole: {', '.join(missing)} is missing in {HERE}."
            " Take a whole copy; your own folder my_lessons can be copied into it."
        )
    return ""


def preflight() -> ModuleType:
    """What looks before anything is made, and knows advice; loaded only where it is needed."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(HERE / "utils"))
    try:
        return importlib.import_module("upheaval.preflight")
    finally:
        sys.path.remove(str(HERE / "utils"))
        sys.dont_write_bytecode = before


def wanted(venv: Path, level: str) -> str:
    """What the stamp of a finished install says: the locks, the Python, and the place of both."""
    locks = [hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in LOCKS[level]]
    return json.dumps(
        {"python": sys.version, "base": sys.base_prefix, "venv": str(venv), "locks": locks}
    )


def stamp_of(venv: Path, level: str) -> Path:
    """The file that says that an install was finished; it is written last."""
    return venv / f"installed-for-{level}.json"


def ready(venv: Path, level: str) -> bool:
    """Is everything of this level installed, by this Python, from these very locks?"""
    try:
        stamp = stamp_of(venv, level).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return stamp == wanted(venv, level) and python_of(venv).exists()


def usable(venv: Path) -> bool:
    """Was the environment made here, does its Python start, is it this version, has it pip?"""
    try:
        if json.loads(stamp_of(venv, "lessons").read_text("utf-8"))["venv"] != str(venv):
            return False  # its programs name the folder they were made in
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no whole stamp: an install that was broken off, and can go on
    probe = f"import pip, sys; print(sys.version_info[:2] == {tuple(sys.version_info[:2])})"
    try:
        done = subprocess.run(
            [str(python_of(venv)), "-I", "-c", probe], capture_output=True, text=True
        )
    except OSError:
        return False
    return done.stdout.strip() == "True"


def make_venv(venv: Path, lock: Path) -> None:
    """Make the virtual environment anew, if the packages of the lock can be had for it.

    Raises SetupError (or what `preflight` raises) where Python, the network or the disk does not
    let it, and for a link: what it leads to would be emptied.
    """
    if venv.is_symlink():
        raise SetupError(
            f"{venv} is a link to another folder, which would be emptied. Delete the link (not the"
            " folder), then run the same command again."
        )
    known = preflight()
    known.download(lock)
    import venv as maker

    print(f"Making a Python environment in {venv} ...", flush=True)
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        maker.create(str(venv), clear=True, with_pip=True, symlinks=os.name != "nt")
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        text = getattr(error, "output", None) or str(error)
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        import shutil

        shutil.rmtree(str(venv), ignore_errors=True)  # half an environment helps nobody
        otherwise = f"Python could not make an environment in {venv} ({said.strip()})."
        raise SetupError(f"{known.advice_for(said, otherwise)} {known.PAGES}") from None


def pip_install(venv: Path, level: str) -> None:
    """Install the locks of a level, by hash.

    Raises SetupError with advice and the end of what pip said.
    """
    known = preflight()
    command = [*known.pip_of(str(python_of(venv))), "install", "--require-hashes"]
    for name in LOCKS[level]:
        command += ["-r", str(HERE / name)]
    tail = deque(maxlen=12)  # type: deque[str]
    count = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=known.pip_environment()
    ) as process:
        assert process.stdout is not None
        for raw in process.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            tail.append(line)
            if line.startswith(("Collecting", "Requirement already")):
                count += 1
                progress(f"  {count} packages found")
            elif line.startswith("Installing collected"):
                progress(f"  {count} packages found; unpacking them")
    progress("")
    if process.returncode:
        said = "\n".join(tail)
        if "from versions: none" in said:  # pip does not say why; asked anew, it does
            known.download(HERE / LOCKS[level][-1])
        otherwise = "pip could not install the packages. Its last words are below."
        raise SetupError(f"{known.advice_for(said, otherwise)} {known.PAGES}\n\npip said:\n{said}")


def progress(text: str) -> None:
    """Show one line that the next one overwrites; nothing where no person watches."""
    if sys.stdout and sys.stdout.isatty():
        print("\r" + text.ljust(60), end="\r" if not text else "", flush=True)


def add_to_path(venv: Path) -> None:
    """Let `python -m upheaval` work in the activated environment too.

    Python reads .pth files in an encoding that depends on the system, and one that it cannot read
    stops it from starting. So only a path of plain letters is written: inside the collection's
    folder a relative one always is. Elsewhere it may be missing, and PYTHONPATH serves.
    """
    if os.name == "nt":
        packages = venv / "Lib" / "site-packages"
    else:
        packages = venv / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
    utils = HERE / "utils"
    path = os.path.relpath(str(utils), str(packages)) if venv.parent == HERE else str(utils)
    if path.isascii():
        (packages / "upheaval.pth").write_text(path + "\n", "ascii")


def install(level: str) -> Path:
    """Make sure that everything of a level is installed; gives the environment's folder."""
    there = next((one for one in environments() if ready(one, level)), None)
    if there:
        return there
    if missing := [name for name in LOCKS[level] if not (HERE / name).exists()]:
        raise SetupError(
            f"{', '.join(missing)} is missing in {HERE}: the copy that students get cannot do this."
            " Take a whole copy of the collection."
        )
    known = preflight()
    try:
        venv: Path = known.place(*environments(), level)
        if not usable(venv):
            make_venv(venv, HERE / LOCKS[level][0])
        for stale in LOCKS:
            stamp_of(venv, stale).unlink(missing_ok=True)
        print("Installing the packages (a minute or two the first time) ...", flush=True)
        pip_install(venv, level)
    except known.RefusedError as error:
        raise SetupError(str(error)) from None
    set_aside(venv)
    add_to_path(venv)
    for done in LOCKS:
        if set(LOCKS[done]) <= set(LOCKS[level]):
            stamp_of(venv, done).write_text(wanted(venv, done), "utf-8")
    return venv


def set_aside(venv: Path) -> None:
    """Keep JupyterLite's kernel where only `browser` looks: it is an extension of JupyterLab too,
    and every JupyterLab that finds it fails to load it, with an error in the browser's console.
    """
    jupyter = venv / "share" / "jupyter"
    found, aside = (jupyter / one / "@jupyterlite" for one in ("labextensions", "lite-extensions"))
    if found.is_dir():
        shutil.rmtree(aside, ignore_errors=True)
        aside.parent.mkdir(exist_ok=True)
        found.rename(aside)


def add_jupyter_settings(venv: Path) -> None:
    """Let `jupyter lab` save lessons whole too, where a reader starts it in the environment."""
    source = HERE / "utils" / "upheaval" / "jupyter"
    for path in source.rglob("*.json"):
        target = venv / "etc" / "jupyter" / path.relative_to(source)
        if not target.exists() or target.read_bytes() != path.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


def environment_for(venv: Path) -> dict[str, str]:
    """The variables for what is started: as if `.venv` were activated and `upheaval` found."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    env["VIRTUAL_ENV"] = str(venv)
    env["PATH"] = os.pathsep.join([str(python_of(venv).parent), env.get("PATH", os.defpath)])
    paths = [str(HERE / "utils"), env.get("PYTHONPATH", "")]
    env["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return env


def test_command(arguments: list[str]) -> list[str]:
    """pytest with the reader's arguments; two at a time where there is more than one processor.

    ``--fast`` and ``--all`` choose the tests (see `MARKS`); everything else is passed on. Raises
    SetupError for both at once.
    """
    chosen = [word for word in MARKS if word in arguments]
    if len(chosen) > 1:
        raise SetupError(f"Choose one of {' and '.join(chosen)}.")
    marks = MARKS[chosen[0]] if chosen else "not slow"
    arguments = [word for word in arguments if word not in MARKS]
    if marks:
        arguments = ["-m", marks, *arguments]  # a -m of the reader's own comes later, and wins
    if chosen == ["--fast"]:
        arguments = ["-p", "no:nbval", "-p", "no:anyio", *arguments]  # nothing for them to do
    find = runpy.run_path(str(HERE / "tests" / "browser" / "find.py"))
    if chosen != ["--fast"] and find["chromium"]() is None:
        print(find["how_to_get"](), flush=True)
    spread = any(word.startswith("-n") or word == "no:xdist" for word in arguments)
    # tests/conftest.py deals out single lessons, too; in the order of the files, which has the long
    # ones first.
    two = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    workers = [] if spread or (os.cpu_count() or 1) < 2 else two
    return ["-m", "pytest", *workers, *arguments]


def run(arguments: list[str]) -> int:
    """Do what the command line says; gives the exit code of what was started."""
    if not arguments or arguments[0].startswith("-"):
        arguments = ["lab", *arguments]
    command = arguments[0]
    if command == "doctor":
        # It examines a set-up and changes none, so it runs with whatever is there.
        venv = next((one for one in environments() if python_of(one).exists()), None)
        python = str(python_of(venv)) if venv else sys.executable
        started = [*PACKAGE, *arguments]
    elif command == "test":
        venv = install("tests")
        python = str(python_of(venv))
        started = test_command(arguments[1:])
    else:
        venv = install(LEVELS.get(command, "lessons"))
        with contextlib.suppress(OSError):  # an environment of the school's: it cannot be written
            add_jupyter_settings(venv)
        python = str(python_of(venv))
        started = [*PACKAGE, *arguments]
    env = environment_for(venv) if venv else {**os.environ, "PYTHONPATH": str(HERE / "utils")}
    # Paths in the arguments are the reader's own; only pytest has to start in the collection's
    # folder.
    if command == "test":
        os.chdir(str(HERE))
        # Compiling every test anew takes longer than a tenth of the fast loop.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
    return hand_over([python, *started], env)


def hand_over(command: list[str], env: dict[str, str]) -> int:
    """Become the command, so that every signal reaches it.

    On Windows, and in a window that closes with this program, wait for it; gives its exit code.
    """
    if sys.stdout:  # none where the output was closed
        sys.stdout.flush()
    if os.name != "nt" and not own_window():
        if command[1:4] == PACKAGE:  # which lets Ctrl+C through as soon as it can answer
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execve(command[0], command, env)
    with subprocess.Popen(command, env=env) as process:  # Windows cannot replace a running program
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass  # it reaches what was started too; JupyterLab then asks its own question


def own_window() -> bool:
    """Does the window close with this program, as after a double click?

    That is so where nobody but Python has the terminal: no shell, and no program that tests.
    """
    try:
        if not sys.stdin.isatty() or os.environ.get("CI"):
            return False
        if os.name != "nt":
            return os.getsid(0) == os.getpid() != 1
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        ids = (ctypes.c_uint32 * 64)()
        names = []
        for number in ids[: kernel.GetConsoleProcessList(ids, 64)]:
            path, length = ctypes.create_unicode_buffer(1024), ctypes.c_uint32(1024)
            handle = kernel.OpenProcess(0x1000, False, number)  # may ask for no more than its name
            kernel.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(length))
            kernel.CloseHandle(handle)
            names.append(path.value.replace("\\", "/").rsplit("/", 1)[-1].lower())
        return all(name.startswith("py") for name in names)
    except Exception:  # it cannot be known: then nobody is made to wait
        return False


def about(error: OSError) -> str:
    """Which file an error is about, as the end of a sentence; empty where it names none."""
    return f" for {error.filename}" if isinstance(error.filename, str) else ""


def main(arguments: list[str]) -> int:
    """Do what is asked; a window that would close with this program stays until it was read."""
    try:
        code = attempt(arguments)
    except Exception:
        import traceback

        traceback.print_exc()
        code = 1
    if code not in (0, 130) and own_window():
        sys.stderr.flush()
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            input("\nPress Enter to close this window. ")
    return code


def attempt(arguments: list[str]) -> int:
    """Run, and turn every foreseeable trouble into a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a console that lacks the letters of a path
    try:
        if signal.getsignal(signal.SIGINT) is stopped_while_loading:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if arguments and arguments[0] in ("-h", "--help", "help"):
            print(__doc__, flush=True)
            return 0
        trouble = not_whole()
        if not trouble and sys.version_info < NEEDED:
            trouble = f"{preflight().python()} {preflight().PAGES}"
        if trouble:
            raise SetupError(trouble)
        return run(arguments)
    except SetupError as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        if output_refused():
            print(NO_OUTPUT, file=sys.stderr)
            return 1
        said = f"The computer answered “{error.strerror or error}”{about(error)}."
        otherwise = f"{said} Run: python start.py doctor"
        print("\n" + preflight().advice_for(str(error), otherwise), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if __name__ == "__main__":
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is impatient presses it twice
        print(f"\n{STOPPED}", file=sys.stderr)
        return 130


def output_refused() -> bool:
    """Does what this program prints go where nothing more can be written (a full disk, a pipe)?

    Then what is left of it is dropped, over which Python would fail once more at its end.
    """
    try:
        if not sys.stdout.isatty():
            print(flush=True)  # an error of writing does not say of what; no screen is ever full
    except OSError:
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        return True
    except (AttributeError, ValueError):
        pass  # it was closed
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
