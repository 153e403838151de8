"""What is wrong with this set-up, in plain words, and the one thing to do about it.

`examine` looks at everything and changes nothing; `summary` puts it into words. Both work when
nothing but Python itself is installed, on an older Python too, and neither ever raises: that is
when they are needed.
"""

from __future__ import annotations

import contextlib
import html
import importlib
import importlib.metadata
import importlib.util
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

from . import preflight
from .os_errors import reason

ROOT = Path(__file__).resolve().parents[2]
FREE_MEGABYTES = 200
START = "In a terminal, go to the collection's folder and run: python start.py"
# A student's file of one of these names would be taken for the package.
PACKAGES = {
    "anywidget",
    "IPython",
    "ipykernel",
    "ipywidgets",
    "jupyterlab",
    "nbconvert",
    "nbformat",
    "nbval",
}
PACKAGES |= {"numpy", "pandas", "plotly", "pytest", "traitlets"}
#: The folder of a student's own copies of the lessons; `upheaval.files` says more.
COPIES = "my_lessons"
SIGNS = {"good": "ok  ", "note": "note", "problem": "FIX "}


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    `level` is "good", "note" (works, but worth knowing) or "problem"; `said` is a sentence for the
    reader; `todo` says what to do, and is empty where there is nothing to do.
    """

    level: str
    name: str
    said: str
    todo: str = ""


def examine(root: Path = ROOT) -> list[Finding]:
    """Look at everything that has to be right for the lessons to run; the most basic comes first.

    `root` is the collection's folder. A check that fails itself becomes a note. Nothing is raised.
    """
    if sys.platform == "emscripten":
        return [python_in_browser()]
    checks: list[tuple[str, Callable[[Path], Finding]]] = [
        ("Python", python_version),
        ("Place", place),
        ("Environment", environment),
        ("Packages", packages),
        ("JupyterLab", jupyterlab),
        ("Kernel", kernel),
        ("Cells", cells),
        ("File names", shadows),
        ("Data", data),
        ("Saving", saving),
        ("Disk", disk),
        ("Browser", browser),
    ]
    findings = []
    for name, check in checks:
        try:
            findings.append(check(root))
        except Exception as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            findings.append(Finding("note", name, f"could not be looked at ({why})."))
    return findings


def summary(findings: list[Finding]) -> str:
    """A line a finding, then the one thing to do: the first problem's; others often follow."""
    lines = [f"{SIGNS[one.level]}  {one.name}: {one.said}" for one in findings]
    problems = [one for one in findings if one.level == "problem"]
    if not problems:
        return "\n".join([*lines, "", "Everything that the lessons need is here."])
    lines += ["", f"Do this: {problems[0].todo}"]
    if len(problems) > 1:
        lines.append("Then look again; the other problems may be gone with it.")
    return "\n".join(lines)


class Report(str):
    """A `summary` that a notebook shows in its page's own letters, a paragraph a line."""

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self.splitlines() if line)
        return f'<div class="face">{lines}</div>'


def report() -> Report:
    """What `examine` finds here, for a cell."""
    return Report(summary(examine()))


def python_version(root: Path) -> Finding:
    """Is this a Python that the packages are made for?"""
    sentence = preflight.python()
    if sentence:
        said, _, todo = sentence.partition(". ")
        return Finding("problem", "Python", said + ".", todo)
    store = preflight.from_store()
    if store:
        return Finding("note", "Python", str(store))
    return Finding("good", "Python", f"version {'.'.join(map(str, sys.version_info[:3]))}.")


def python_in_browser() -> Finding:
    """What there is to say where Python runs in a browser: whether it keeps what is written."""
    version = ".".join(map(str, sys.version_info[:3]))
    runs = f"version {version} runs in this browser, and nothing is installed on your computer."
    if Path.cwd().parts[:2] == ("/", "drive"):
        return Finding("good", "Python", runs)
    return Finding(
        "problem",
        "Python",
        f"version {version} runs, but this window keeps nothing that you write.",
        "Open the lesson in an ordinary window of your browser, not in a private one.",
    )


def place(root: Path) -> Finding:
    """Is the collection in a folder where it can stay?"""
    sentence = preflight.name(root)
    if sentence:
        said, _, todo = sentence.partition("). ")
        return Finding("problem", "Place", said + ").", todo)
    shared = preflight.shared_by(root)
    if not shared:
        return Finding("good", "Place", f"{root}.")
    said = f"{root} {shared}. A start, or saving, can be slow, and fail while a file is held there."
    return Finding(
        "note",
        "Place",
        f"{said} If it does, move the collection to a folder of this computer alone.",
    )


def kernel(root: Path) -> Finding:
    """Would Jupyter run lessons by this Python, or by another that has the same name there?"""
    try:
        paths = importlib.import_module("jupyter_core.paths").jupyter_path("kernels")
    except ImportError:
        return Finding("note", "Kernel", "not looked at, for Jupyter is not installed here.")
    own = Path(sys.prefix, "share", "jupyter", "kernels")
    first = next((Path(one) for one in paths if Path(one, "python3", "kernel.json").is_file()), own)
    if first == own:
        return Finding("good", "Kernel", "lessons run by this Python.")
    said = (
        f"a kernel named python3 in {first / 'python3'} comes before the collection's own, where"
        " Jupyter is not started by start.py."
    )
    return Finding("note", "Kernel", f"{said} Start it with start.py, which takes its own.")


def environment(root: Path) -> Finding:
    """Which Python is running, and is it the collection's own?"""
    own = root / ".venv"
    if Path(sys.prefix).resolve() == own.resolve():
        return Finding("good", "Environment", f"the collection's own, {own}.")
    if own.exists():
        said = (
            f"running {sys.executable}, not the collection's own Python in {own}. That is fine on a"
            " hub."
        )
    else:
        said = f"running {sys.executable}."
    return Finding("note", "Environment", said)


def packages(root: Path) -> Finding:
    """Is every package of the lock here, in the version that the lock names?"""
    lock = root / "requirements.txt"
    if not lock.is_file():
        return Finding(
            "note", "Packages", f"the list of packages, {lock}, is not here to compare with."
        )
    wanted = dict(locked(lock.read_text("utf-8")))
    here = installed()
    missing = sorted(name for name in wanted if name not in here)
    other = sorted(
        f"{name} {here[name]} (not {wanted[name]})"
        for name in wanted
        if here.get(name, "") not in ("", wanted[name])
    )
    if missing:
        return Finding("problem", "Packages", f"{len(missing)} missing: {some(missing)}.", START)
    if other:
        said = f"{len(other)} of another version than the lessons were tested with: {some(other)}."
        return Finding("note", "Packages", said)
    return Finding(
        "good", "Packages", f"all {len(wanted)} are here, in the versions that were tested."
    )


def jupyterlab(root: Path) -> Finding:
    """Is JupyterLab here?

    It is looked up and not loaded, which would take a notebook a second or more.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        return Finding("problem", "JupyterLab", "not installed for this Python.", START)
    return Finding("good", "JupyterLab", f"version {importlib.metadata.version('jupyterlab')}.")


def cells(root: Path) -> Finding:
    """Can a process be started that runs the cells of a lesson? In a notebook one runs already."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        return Finding("good", "Cells", "this one runs.")
    try:
        manager = importlib.import_module("jupyter_client.manager")
    except ImportError:
        return Finding("note", "Cells", "not looked at, for packages are missing.")
    silent = logging.Logger("silent", logging.CRITICAL + 1)
    kernel = manager.KernelManager(kernel_name="python3", log=silent)
    client = None
    try:
        kernel.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = kernel.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
    except Exception as error:  # what keeps it from starting comes from many packages
        why = f" ({reason(error)})" if isinstance(error, OSError) else ""
        said = f"no process could be started to run them{why}."
        todo = (
            "Close other programs, and let Python speak with itself on this computer (127.0.0.1):"
            " a firewall or a virus scanner may forbid it. Then run: python start.py doctor"
        )
        return Finding("problem", "Cells", said, todo)
    finally:
        with contextlib.suppress(Exception):
            if client is not None:
                client.stop_channels()
            kernel.shutdown_kernel(now=True)
    return Finding("good", "Cells", "a process that runs them starts.")


def shadows(root: Path) -> Finding:
    """Does a file of the student's have a package's name, so that Python takes it instead?"""
    names = PACKAGES | set(getattr(sys, "stdlib_module_names", ()))
    found = []
    for folder in {root / "notebooks", root / COPIES, Path.cwd()}:
        entries = sorted(folder.iterdir()) if folder.is_dir() else []
        found += [path for path in entries if path.suffix == ".py" and path.stem in names]
        found += [
            path for path in entries if path.name in names and (path / "__init__.py").is_file()
        ]
    if not found:
        return Finding("good", "File names", "no file of yours hides a package.")
    said = (
        f"{some([str(path) for path in found])} has the name of a package, and Python loads it"
        " instead."
    )
    todo = f"Give {found[0]} another name, such as my_{found[0].name}, then restart the kernel."
    return Finding("problem", "File names", said, todo)


def data(root: Path) -> Finding:
    """Are the tables there, readable and right?"""
    folder = Path(os.environ.get("UPHEAVAL_DATA") or root / "data")
    again = "Download the collection again, or take the data folder from a fresh copy."
    tables = sorted(folder.glob("*.csv"))
    if not tables or not (folder / "datapackage.json").is_file():
        return Finding("problem", "Data", f"the tables are not in {folder}.", again)
    for table in tables:
        try:
            table.read_bytes()
        except OSError as error:
            return Finding("problem", "Data", f"{table} cannot be read ({reason(error)}).", again)
    try:
        validate = importlib.import_module("upheaval.facts.validate")
    except ImportError as error:
        said = f"{len(tables)} tables in {folder}; they were not checked ({error})."
        return Finding("note", "Data", said)
    problems = validate.check(folder)
    if not problems:
        return Finding("good", "Data", f"{len(tables)} tables in {folder}, all valid.")
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    said = f"{count} in {folder}. The first: {problems[0]}"
    return Finding("problem", "Data", said, "Mend that row, or take the file from a fresh copy.")


def saving(root: Path) -> Finding:
    """Can JupyterLab save the lessons that are open?"""
    own = [folder for folder in (Path.cwd(), root / COPIES) if folder.name == COPIES]
    folder = next((one for one in own if one.is_dir()), root / "notebooks")
    try:
        with tempfile.TemporaryFile(dir=str(folder)):
            return Finding("good", "Saving", f"notebooks can be saved in {folder}.")
    except OSError:
        said = (
            f"nothing can be saved in {folder}. The lessons run, but what you write is lost when"
            " you close them. To keep it, copy the whole collection to your own folder and start"
            " it there."
        )
        return Finding("note", "Saving", said)


def disk(root: Path) -> Finding:
    """Is there room?"""
    free = shutil.disk_usage(str(root)).free // 1_000_000
    if free < FREE_MEGABYTES:
        todo = f"Free at least {FREE_MEGABYTES} MB on the disk."
        return Finding("problem", "Disk", f"only {free:,} MB are free.", todo)
    return Finding("good", "Disk", f"{free / 1000:,.1f} GB are free.")


def browser(root: Path) -> Finding:
    """Can Python open a web browser for JupyterLab?"""
    try:
        webbrowser.get()
    except webbrowser.Error:
        said = (
            "none that Python can open. Copy the address that JupyterLab prints into your browser."
        )
        return Finding("note", "Browser", said)
    return Finding("good", "Browser", "found.")


def locked(text: str) -> Iterator[tuple[str, str]]:
    """Names and versions in a lock, as far as they apply to this computer."""
    for name, version, marker in re.findall(
        r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", text, re.MULTILINE
    ):
        if applies(marker.strip()):
            yield normal(name), version


def applies(marker: str) -> bool:
    """Does a lock's condition, such as `sys_platform == 'win32'`, hold here?

    No, if nothing can tell.
    """
    if not marker:
        return True
    for module in ("packaging.markers", "pip._vendor.packaging.markers"):
        try:
            found = importlib.import_module(module)
        except ImportError:
            continue
        return bool(found.Marker(marker).evaluate())
    return False


def installed() -> dict[str, str]:
    """Names and versions of what this Python has."""
    found: dict[str, str] = {}
    for distribution in importlib.metadata.distributions():
        name = distribution.metadata["Name"]
        if name:
            found.setdefault(
                normal(name), distribution.version
            )  # the first on the path is the one loaded
    return found


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def some(items: list[str], most: int = 4) -> str:
    """The first few, and how many more."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more} more" if more > 0 else "")
