"""Running notebooks for a page by a fresh kernel, and again only if what they rest on changed."""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import importlib.metadata
import json
import logging
import os
import shutil
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from .. import os_errors
from ..facts import citations, tables
from ..lessons import words
from ..widgets.core import files
from . import editions

Json = Any

UTILS = Path(__file__).resolve().parents[2]
#: Seconds a cell may take before the build gives up on it.
PATIENCE = 120
#: Packages whose version can change an output.
PACKAGES = ("nbclient", "pandas", "plotly", "upheaval")
_WHAT_FOR = (
    "import json\nfrom upheaval.facts import citations, tables\n"
    "print(json.dumps({'tables': tables.used(), 'sources': citations.used()}))"
)


_KERNEL_DIED = (
    "the process that ran its cells has ended. Mostly there was not enough memory: close other"
    " programs, then run the same command again."
)
_CELL_WITHOUT_MEMORY = (
    "there was not enough memory for its cells. Close other programs, then run the same command"
    " again."
)
_NO_KERNEL = (
    "no process could be started to run its cells{}. Close other programs, then run the same"
    " command again; if it fails again, run: python start.py doctor"
)


class PageError(Exception):
    """A page could not be made; the message names the notebook, the cell and the reason."""


@dataclass(frozen=True)
class ExecutedNotebook:
    """A notebook that ran: cells with outputs, the tables it read, the source ids it cited."""

    notebook: nbformat.NotebookNode
    tables: tuple[str, ...]
    sources: tuple[str, ...]


def read(path: Path) -> nbformat.NotebookNode:
    """The notebook at `path`. Raises `PageError`."""
    if not path.is_file():
        raise PageError(
            f"There is no notebook {path}. Name one of the files in notebooks/, for example "
            "notebooks/02_a_timeline.ipynb."
        )
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat has many, and says them for developers
        why = f" ({os_errors.reason(error)})" if isinstance(error, OSError) else ""
        raise PageError(
            f"{path.name} is not a notebook that can be read{why}. Take it from a fresh copy of the"
            " collection, or name another."
        ) from error


def lessons() -> list[Path]:
    """The notebooks of all lessons, in their order."""
    return sorted((UTILS.parent / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def not_written(path: Path, error: OSError) -> PageError:
    """What is told where `path` could not be written."""
    return PageError(
        f"{path} could not be written: {os_errors.reason(error)}. {os_errors.way_out(error)}"
    )


def execute(
    notebook: nbformat.NotebookNode, path: Path, mode: str = "page"
) -> nbformat.NotebookNode:
    """`notebook` (file: `path`) with outputs, run in its folder by a fresh kernel in `mode`.

    For the modes see `upheaval.widgets.core.base`. Raises `PageError`.
    """
    if threading.current_thread() is threading.main_thread():
        # nbclient takes Ctrl+C for itself there, and would only say that the kernel died.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(execute, notebook, path, mode).result()
    if little := os_errors.short_of_memory(os_errors.NEEDED_MEMORY):
        # Looked at before: what a kernel speaks through ends the whole program, with its own words.
        raise PageError(f"{path.name} cannot be run. {little}")
    paths = [str(UTILS), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "FACE_MODE": mode, "PYTHONPATH": os.pathsep.join(paths)}
    client = NotebookClient(
        notebook,
        timeout=PATIENCE,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.resolve().parent)}},
        log=_silent(),
    )
    try:
        # What a kernel prints while it fails to start is for developers.
        return client.execute(env=environment, stdout=DEVNULL, stderr=DEVNULL)
    except CellExecutionError as error:
        if os_errors.of_memory(error):
            raise PageError(f"{path.name}: {_no_memory(_CELL_WITHOUT_MEMORY)}") from error
        raise PageError(f"{path.name}: {_failed_cell(notebook, path, error)}") from error
    except CellTimeoutError as error:
        what = f"a cell took longer than {PATIENCE} seconds. Make it do less, then run this again."
        raise PageError(f"{path.name}: {what}") from error
    except DeadKernelError as error:
        raise PageError(f"{path.name}: {_no_memory(_KERNEL_DIED)}") from error
    except Exception as error:  # what keeps a kernel from starting comes from many packages
        why = f" ({os_errors.reason(error)})" if isinstance(error, OSError) else ""
        raise PageError(f"{path.name}: {_no_memory(_NO_KERNEL.format(why))}") from error
    finally:
        atexit.unregister(client._cleanup_kernel)  # nbclient forgets it where no kernel starts


def _no_memory(said: str) -> str:
    """What may have to do with memory, and that there is a limit of it where there is one."""
    return f"{said} {os_errors.short_of_memory()}".rstrip()


def _silent() -> logging.Logger:
    """A log that nobody reads: what went wrong is told in a sentence."""
    log = logging.getLogger("upheaval.kernels")
    log.propagate = False
    log.handlers = [logging.NullHandler()]
    return log


def _failed_cell(notebook: nbformat.NotebookNode, path: Path, error: CellExecutionError) -> str:
    """The cell, what it said, and what to do next."""
    words = str(error.evalue).strip().rstrip(".:").strip("'\"")
    said = f" It says: {words}." if words else ""
    return (
        f"{_failing(notebook, path)} failed.{said} To see all of it, open the notebook in"
        " JupyterLab and run it up to this cell."
    )


def _failing(notebook: nbformat.NotebookNode, path: Path) -> str:
    cell = next(
        (
            cell
            for cell in notebook.cells
            if any(output.output_type == "error" for output in cell.get("outputs", []))
        ),
        None,
    )
    if cell is None:
        return "a cell"
    # An edition leaves cells out, so a cell's number there is not the one that an author counts to.
    numbers = (
        {one.get("id"): number for number, one in enumerate(read(path).cells, 1)}
        if path.is_file()
        else {}
    )
    first = cell.source.strip().splitlines()[0]
    return f"cell {numbers.get(cell.id, '?')} ({first})"


def execute_lesson(path: Path, cache: Path | None = None) -> ExecutedNotebook:
    """The lesson at `path` run once with all its cells, from which both editions are cut.

    With a folder ``cache``, what ran before is taken from there while the notebook, its words, the
    code, the tables that it read and the sources that it cited are as they were. Raises
    `PageError`.
    """
    source = editions.for_page(read(path), "instructor")
    cache_file = cache / f"{path.stem}.json" if cache else None
    if cache_file and (found := _cached(cache_file, source)):
        return found
    whole = nbformat.from_dict(source)
    whole.cells.append(nbformat.v4.new_code_cell(_WHAT_FOR))
    used = json.loads(execute(whole, path).cells.pop().outputs[0].text)
    executed = ExecutedNotebook(whole, tuple(used["tables"]), tuple(used["sources"]))
    if cache_file:
        _store(cache_file, source, executed)
    return executed


# -- what ran before -------------------------------------------------------------------------------
def cache_folder() -> Path:
    """Where runs are kept: the collection's ``.cache``, or a passing folder if read-only."""
    wish = UTILS.parent / ".cache" / "pages"
    if not os_errors.room_in(wish):
        with contextlib.suppress(OSError):
            wish.mkdir(parents=True, exist_ok=True)
            return wish
    passing = tempfile.mkdtemp(prefix="upheaval-")
    atexit.register(shutil.rmtree, passing, ignore_errors=True)
    return Path(passing)


def _cached(path: Path, source: nbformat.NotebookNode) -> ExecutedNotebook | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        executed = ExecutedNotebook(
            nbformat.from_dict(found["notebook"]), tuple(found["tables"]), tuple(found["sources"])
        )
        return (
            executed
            if found["key"] == _cache_key(source, executed.tables, executed.sources)
            else None
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None  # nothing there, or torn: it runs again


def _store(path: Path, source: nbformat.NotebookNode, executed: ExecutedNotebook) -> None:
    """Keep a run for the next time, where there is room; without it a lesson only runs again."""
    content = {
        "key": _cache_key(source, executed.tables, executed.sources),
        "tables": executed.tables,
        "sources": executed.sources,
        "notebook": executed.notebook,
    }
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(path, json.dumps(content, ensure_ascii=False))


def _cache_key(source: nbformat.NotebookNode, used: tuple[str, ...], cited: tuple[str, ...]) -> str:
    """A digest of all that the outputs of `source` come from."""
    home = tables.folder()
    parts = [
        json.dumps(source, sort_keys=True),
        words.digest_of(source["metadata"].get("upheaval", {}).get("lesson", "")),
        code(),
        (home / tables.PACKAGE).read_bytes().hex(),
        json.dumps(citations.csl_json(cited), sort_keys=True),
    ]
    # Every table is checked against the sources; of these, only the ones that are cited can show.
    parts += [
        (home / tables.resource(name)["path"]).read_bytes().hex()
        for name in used
        if name != "sources"
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@functools.cache
def code() -> str:
    """A digest of the code that makes outputs: this package and what it stands on.

    Left out is what only presents outputs: pages, scripts and styles.
    """
    presents = UTILS / "upheaval" / "publish"
    modules = (UTILS / "upheaval").rglob("*.py")
    files = [path for path in sorted(modules) if presents not in path.parents]
    files += sorted((UTILS / "upheaval").glob("*.json"))
    versions = [f"{name} {_version(name)}" for name in PACKAGES] + [sys.version]
    return hashlib.sha256(
        b"\0".join([*(path.read_bytes() for path in files), *map(str.encode, versions)])
    ).hexdigest()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
