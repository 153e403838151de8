#!/usr/bin/env python3
"""Install the collection and start it, with nothing but Python 3.11 or newer.

    python start.py              install what the lessons need, and open JupyterLab on lesson 00:
                                 your own copies of the lessons, in the folder my_lessons
    python start.py fresh 04     bring lesson 04 anew, and keep your copy of it beside
    python start.py --edition instructor   open the notebooks with solutions and notes
    python start.py test         install what the tests need too, and run them (ten minutes)
    python start.py test --fast  only what a minute has room for: no browser, no site
    python start.py test --all   everything, as before a release
    python start.py changed      after an edit of a table, say which sentences of the lessons change
    python start.py doctor       say what is wrong with this computer's set-up, and what to do
    python start.py page|...     any other command of `python -m upheaval`

Everything goes into the folder .venv beside this file. To remove it all, delete the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import runpy
import subprocess
import sys
import tempfile
from collections import deque
from pathlib import Path

HERE = Path(__file__).resolve().parent
NEEDED = (3, 11)
LOCKS = {"lessons": ["requirements.txt"], "tests": ["requirements.txt", "requirements-test.txt"]}

# Which tests each option runs, by their marks in pyproject.toml; by default all but the slow ones.
MARKS = {"--fast": "not (browser or net or site or thorough or slow)", "--all": ""}

# What pip or the system says (a pattern), and what a person can do about it. The first that fits is
# told.
REMEDIES = [
    (
        "No space left|Errno 28|not enough space",
        "The disk is full. Free about 1 GB, then run the same command again.",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        (
            "The network here replaces security certificates, as some schools and companies do. "
            "Try another network, or ask the people who run it how pip can trust theirs."
        ),
    ),
    (
        "DO NOT MATCH THE HASHES",
        (
            "A downloaded file is not the one that this collection names. "
            "Run `python -m pip cache purge`, then the same command again."
        ),
    ),
    (
        (
            "ProxyError|NewConnection|NameResolution|Max retries|getaddrinfo|[Tt]ime(d )?out"
            "|Connection(Error|Reset)|from versions: none"
        ),
        (
            "The packages could not be downloaded. Check the connection to the internet "
            "(and the proxy, if there is one), then run the same command again."
        ),
    ),
    (
        "[Ll]ong [Pp]ath",
        (
            "Windows refuses such a long file name. Move this folder to a short place such as"
            " C:\\upheaval, then run the same command there."
        ),
    ),
    (
        "Permission denied|PermissionError|Access is denied|Errno 13|WinError (5|32)",
        (
            "A file could not be written. Close JupyterLab and every other program that uses this"
            " folder, then run the same command again."
        ),
    ),
    (
        (
            "No matching distribution|metadata-generation-failed|[Ff]ailed building"
            " wheel|failed-wheel-build"
        ),
        (
            "One package has no ready-made file for this Python and computer. "
            "Install Python 3.12 (64-bit), then run the same command with it."
        ),
    ),
]


class SetupError(Exception):
    """What went wrong, in one sentence or two a person can act on."""


def python_of(venv: Path) -> Path:
    """The Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def cache_folder() -> Path:
    """Where this system keeps a user's files that can be made again."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "upheaval"


def writable(folder: Path) -> bool:
    """Can a file be made in this folder?

    Tried, because the permission bits do not tell on every system.
    """
    try:
        with tempfile.TemporaryFile(dir=str(folder)):
            return True
    except OSError:
        return False


def venv_folder() -> Path:
    """`.venv` beside this file, or one in the user's cache folder if that cannot be written."""
    if writable(HERE):
        return HERE / ".venv"
    return (
        cache_folder()
        / hashlib.sha256(str(HERE).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    )


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
        done = subprocess.run([str(python_of(venv)), "-c", probe], capture_output=True, text=True)
    except OSError:
        return False
    return done.stdout.strip() == "True"


def make_venv(venv: Path) -> None:
    """Make the virtual environment anew.

    Raises SetupError where Python or the disk does not let it, and for a link: what it leads to
    would be emptied.
    """
    if venv.is_symlink():
        raise SetupError(
            f"{venv} is a link to another folder, which would be emptied. Delete the link (not the"
            " folder), then run the same command again."
        )
    advice = "On Debian and Ubuntu, run: sudo apt install python{}.{}-venv".format(
        *sys.version_info
    )
    try:
        import ensurepip  # noqa: F401 - Debian's python3 lacks it until python3-venv is installed
        import venv as maker
    except ImportError:
        raise SetupError("This Python cannot make virtual environments. " + advice) from None
    print(f"Making a Python environment in {venv} ...", flush=True)
    try:
        venv.parent.mkdir(parents=True, exist_ok=True)
        maker.create(str(venv), clear=True, with_pip=True, symlinks=os.name != "nt")
    except subprocess.CalledProcessError as error:
        text = error.output or ""
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        raise SetupError(advice_for(said, "Python could not set up pip. " + advice)) from None
    except OSError as error:
        advice = (
            "Close JupyterLab and every program that uses this folder, or move it to your home"
            " folder."
        )
        said = f"{venv} could not be written ({error}). {advice}"
        raise SetupError(advice_for(str(error), said)) from None


def advice_for(said: str, otherwise: str) -> str:
    """The advice that fits what a program said, or else the given sentence."""
    return next((advice for pattern, advice in REMEDIES if re.search(pattern, said)), otherwise)


def pip_install(venv: Path, level: str) -> None:
    """Install the locks of a level, by hash.

    Raises SetupError with advice and the end of what pip said.
    """
    command = [
        str(python_of(venv)),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
    ]
    command += ["--require-hashes"]
    for name in LOCKS[level]:
        command += ["-r", str(HERE / name)]
    tail = deque(maxlen=12)  # type: deque[str]
    count = 0
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
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
        advice = advice_for(said, "pip could not install the packages. Its last words are below.")
        raise SetupError(f"{advice}\n\npip said:\n{said}")


def progress(text: str) -> None:
    """Show one line that the next one overwrites; nothing where no person watches."""
    if sys.stdout.isatty():
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
    own = HERE / ".venv"
    if ready(own, level):
        return own
    venv = venv_folder()
    if ready(venv, level):
        return venv
    if venv != own:
        print(f"This folder cannot be written, so the packages go to {venv}", flush=True)
    if not usable(venv):
        make_venv(venv)
    for stale in LOCKS:
        stamp_of(venv, stale).unlink(missing_ok=True)
    print("Installing the packages (a minute or two the first time) ...", flush=True)
    pip_install(venv, level)
    add_to_path(venv)
    for done in LOCKS if level == "tests" else [level]:
        stamp_of(venv, done).write_text(wanted(venv, done), "utf-8")
    return venv


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
        venv = next((v for v in (HERE / ".venv", venv_folder()) if python_of(v).exists()), None)
        python = str(python_of(venv)) if venv else sys.executable
        started = ["-m", "upheaval", *arguments]
    elif command == "test":
        venv = install("tests")
        python = str(python_of(venv))
        started = test_command(arguments[1:])
    else:
        venv = install("tests" if command == "bundle" else "lessons")
        with contextlib.suppress(OSError):  # an environment of the school's: it cannot be written
            add_jupyter_settings(venv)
        python = str(python_of(venv))
        started = ["-m", "upheaval", *arguments]
    env = environment_for(venv) if venv else {**os.environ, "PYTHONPATH": str(HERE / "utils")}
    # Paths in the arguments are the reader's own; only pytest has to start in the collection's
    # folder.
    if command == "test":
        os.chdir(str(HERE))
    return hand_over([python, *started], env)


def hand_over(command: list[str], env: dict[str, str]) -> int:
    """Become the command, so that every signal reaches it.

    On Windows, wait for it and give its exit code.
    """
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, env)
    with subprocess.Popen(command, env=env) as process:  # Windows cannot replace a running program
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass  # it reaches what was started too; JupyterLab then asks its own question


def main(arguments: list[str]) -> int:
    """Run, and turn every foreseeable trouble into a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a console that lacks the letters of a path
    if sys.version_info < NEEDED:
        sentence = (
            "Python {}.{} or newer is needed; this is Python {}.{}. Install a newer one from"
            " python.org."
        )
        print(sentence.format(*NEEDED, *sys.version_info[:2]), file=sys.stderr)
        return 1
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    try:
        return run(arguments)
    except SetupError as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        print("\n" + advice_for(str(error), f"The computer answered: {error}."), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to go on.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
