"""One lesson as one HTML file that works from disk, with no kernel, no server and no network."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter

from ..widgets import Portfolio
from ..widgets.core import assets
from . import editions
from .execution import PageError, execute, read
from .outputs import readable

TEMPLATES = Path(__file__).parent

#: What a page says where no script runs (a preview of a phone, a viewer): scripts hide it.
ASLEEP = (
    "<strong>Charts and questions are asleep here:</strong> this preview runs no scripts,"
    " or the browser is too old. You can read everything."
)
#: How to wake a page that is one file.
AWAKE_PAGE = (
    "To wake them, download the page and open the file in a browser (Chrome, Edge, Firefox or"
    " Safari). On an iPad or iPhone: open the page from your course site in Safari. In JupyterLab:"
    " press “Trust HTML” above the page."
)


def build(notebook: Path | str, edition: str = "student", out: Path | str | None = None) -> Path:
    """Run `notebook` and write it as one self-contained HTML file; give back the file's path.

    ``edition`` is ``student`` or ``instructor``; ``out`` a file or a folder, by default the file
    ``<lesson>.<edition>.html`` in the working directory. The notebook itself is not changed, and a
    page that was there before stays as it was unless the new one is whole. Raises `PageError`.
    """
    path = Path(notebook)
    if not path.is_file():
        raise PageError(
            f"There is no notebook {path}. Name one of the files in notebooks/, for example "
            "notebooks/02_a_timeline.ipynb."
        )
    name = f"{path.stem}.{edition}.html"
    target = Path(out) if out else Path.cwd() / name
    target = target / name if target.is_dir() else target
    if not target.parent.is_dir():
        raise PageError(
            f"{target.parent} is no folder. Make it first, or name another place for the page."
        )
    source = read(path)
    page = render(execute(editions.for_page(source, edition), path), edition)
    half = target.with_name(target.name + ".part")
    try:
        half.write_text(page, encoding="utf-8")
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise PageError(
            f"{target} could not be written ({error}). Name another place with --out."
        ) from error
    return target


def render(notebook: nbformat.NotebookNode, edition: str) -> str:
    """The executed `notebook` as the text of an HTML page."""
    exporter = HTMLExporter(
        template_name="lesson_page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        filters={"readable": readable},
    )
    shown = html_outputs(notebook)
    work = my_work(notebook)
    shown.append(work)
    kinds = assets.kinds_in(shown)
    draws = any(' data-draws=""' in text for text in shown)
    # The face comes first: it can do much before plotly.js, which is large, has been read.
    scripts = [*([assets.script()] if kinds else []), *([assets.plotly()] if draws else [])]
    resources = {
        "page": {
            "title": title(notebook),
            "edition": edition,
            "work": work,
            "style": assets.style(*kinds) + page_style(),
            "scripts": scripts,
            "scripts_run": assets.scripts_run(),
            "asleep": f"{ASLEEP} {AWAKE_PAGE}" if scripts else "",
            "policy": policy([assets.scripts_run(), *scripts]),
        }
    }
    body, _ = exporter.from_notebook_node(notebook, resources=resources)
    return body


def html_outputs(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells of an executed `notebook` show as HTML, in order."""
    return [
        str(output.get("data", {}).get("text/html", ""))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]


def my_work(notebook: nbformat.NotebookNode) -> str:
    """For the end of a lesson's page: what the reader wrote, as a file.

    Empty where the lesson shows that itself.

    It stands on every page, because a browser may keep what is written in a file from disk for that
    file alone.
    """
    return (
        ""
        if "portfolio" in assets.kinds_in(html_outputs(notebook))
        else Portfolio("What I wrote").to_html()
    )


def title(notebook: nbformat.NotebookNode) -> str:
    """The first heading of a notebook, without its mark."""
    for cell in notebook.cells:
        if found := (
            re.search(r"^# (.+)$", cell.source, re.MULTILINE)
            if cell.cell_type == "markdown"
            else None
        ):
            return found[1].strip()
    return "Lesson"


def page_style() -> str:
    """The style of a page around the faces."""
    return (TEMPLATES / "lesson_page" / "page.css").read_text(encoding="utf-8")


def policy(scripts: list[str]) -> str:
    """A Content-Security-Policy that lets exactly `scripts` run and nothing be fetched.

    With it, text in the data could not run even if it reached the page as markup. plotly.js adds a
    style element of its own, hence ``unsafe-inline`` for styles.
    """
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts
    ]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:;"
        " font-src data:"
    )
