"""One lesson as one HTML file that works from disk, with no kernel, no server and no network."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.exporters import HTMLExporter
from plotly.offline import get_plotlyjs

from ..widgets import front
from . import editions

TEMPLATES = Path(__file__).parent
UTILS = Path(__file__).resolve().parents[2]
#: Seconds a cell may take before the build gives up on it.
PATIENCE = 120


class PageError(Exception):
    """A page could not be made; the message names the notebook, the cell and the reason."""


def build(notebook: Path | str, edition: str = "student", out: Path | str | None = None) -> Path:
    """Run `notebook` and write it as one self-contained HTML file; give back the file's path.

    ``edition`` is ``student`` or ``instructor``; ``out`` a file or a folder, by default the file
    ``<lesson>.<edition>.html`` in the working directory. The notebook itself is not changed, and a page that was there
    before stays as it was unless the new one is whole. Raises `PageError`.
    """
    path = Path(notebook)
    if not path.is_file():
        raise PageError(f"There is no notebook {path}. Name one of the files in notebooks/, for example "
                        "notebooks/02_a_timeline.ipynb.")
    name = f"{path.stem}.{edition}.html"
    target = Path(out) if out else Path.cwd() / name
    target = target / name if target.is_dir() else target
    if not target.parent.is_dir():
        raise PageError(f"{target.parent} is no folder. Make it first, or name another place for the page.")
    try:
        source = nbformat.read(path, as_version=4)
    except Exception as error:
        raise PageError(f"{path.name} is not a notebook that can be read: {error}") from error
    page = render(executed(editions.for_page(source, edition), path), edition)
    half = target.with_name(target.name + ".part")
    try:
        half.write_text(page, encoding="utf-8")
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise PageError(f"{target} could not be written ({error}). Name another place with --out.") from error
    return target


def executed(notebook: nbformat.NotebookNode, path: Path, mode: str = "page") -> nbformat.NotebookNode:
    """`notebook` (its file is `path`) with outputs, run in its own folder by a fresh kernel in `mode` (see `face`)."""
    paths = [str(UTILS), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "FACE_MODE": mode, "PYTHONPATH": os.pathsep.join(paths)}
    client = NotebookClient(notebook, timeout=PATIENCE, kernel_name="python3", extra_arguments=["--log-level=ERROR"],
                            resources={"metadata": {"path": str(path.resolve().parent)}})
    try:
        return client.execute(env=environment)
    except CellExecutionError as error:
        raise PageError(f"{path.name}: {_failed_cell(notebook, error)}") from error
    except (CellTimeoutError, DeadKernelError) as error:
        what = f"the kernel stopped or a cell took longer than {PATIENCE} seconds"
        raise PageError(f"{path.name}: {what}. {error}") from error


def _failed_cell(notebook: nbformat.NotebookNode, error: CellExecutionError) -> str:
    number = next((at for at, cell in enumerate(notebook.cells, 1)
                   if any(output.output_type == "error" for output in cell.get("outputs", []))), None)
    where = f"cell {number}" if number else "a cell"
    first = notebook.cells[number - 1].source.strip().splitlines()[0] if number else ""
    return f"{where} ({first}) failed. {error.ename}: {error.evalue}"


def render(notebook: nbformat.NotebookNode, edition: str) -> str:
    """The executed `notebook` as the text of an HTML page."""
    exporter = HTMLExporter(template_name="lesson_page", extra_template_basedirs=[str(TEMPLATES)],
                            exclude_anchor_links=True, exclude_input_prompt=True, exclude_output_prompt=True)
    shown = [output.get("data", {}).get("text/html", "")
             for cell in notebook.cells for output in cell.get("outputs", [])]
    kinds = front.shown_in(shown)
    draws = any(' data-draws=""' in text for text in shown)
    scripts = [*([get_plotlyjs()] if draws else []), *([front.script(*kinds)] if kinds else [])]
    resources = {"page": {
        "title": title(notebook), "edition": edition, "style": front.style(*kinds) + page_style(), "scripts": scripts,
        "policy": policy(scripts)}}
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    return body


def title(notebook: nbformat.NotebookNode) -> str:
    """The first heading of a notebook, without its mark."""
    for cell in notebook.cells:
        if found := re.search(r"^# (.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None:
            return found[1].strip()
    return "Lesson"


def page_style() -> str:
    """The style of a page around the faces."""
    return (TEMPLATES / "lesson_page" / "page.css").read_text(encoding="utf-8")


def policy(scripts: list[str]) -> str:
    """A Content-Security-Policy that lets exactly `scripts` run and nothing be fetched from anywhere.

    With it, text in the data could not run even if it reached the page as markup. plotly.js adds a style element of its
    own, hence ``unsafe-inline`` for styles.
    """
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
