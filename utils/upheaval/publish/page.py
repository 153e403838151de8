"""One lesson as one HTML file that works from disk, with no kernel, no server and no network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import nbformat
from nbconvert.exporters import HTMLExporter

from ..lessons import writings
from ..widgets import Portfolio
from ..widgets.core import assets
from ..widgets.portfolio import Part
from . import contents, editions, hood, key, own_files, parts, run_sheet
from .execution import PageError as PageError
from .execution import execute, not_written, read
from .outputs import charts_together, readable

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


def build(
    notebook: Path | str,
    edition: str = "student",
    out: Path | str | None = None,
    left_out: Iterable[str] = (),
) -> Path:
    """Run `notebook` and write it as one self-contained HTML file; give back the file's path.

    ``edition`` is ``student`` or ``instructor``; ``out`` a file or a folder, by default the file
    ``<lesson>.<edition>.html`` in the working directory; ``left_out`` are names of `parts`. The
    notebook itself is not changed, and a page that was there before stays as it was unless the new
    one is whole. Raises `PageError`.
    """
    path = Path(notebook)
    source = read(path)
    target = own_files.target_of(out, f"{path.stem}.{edition}.html")
    ran = execute(editions.for_page(source, edition), path)
    ran.cells = parts.without(ran.cells, left_out)
    if edition == "instructor":
        ran = for_instructors(ran)
    page = render(ran, edition)
    try:
        own_files.write(target, page)
    except OSError as error:
        raise not_written(target, error) from error
    return target


def for_instructors(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy of an executed lesson that begins with its run sheet and tells the key of each check.

    A notebook that is no lesson of the collection has neither.
    """
    made = nbformat.from_dict(notebook)
    if number := number_of(made):
        made.cells = run_sheet.cells(key.cells(made.cells), number)
    return made


def render(
    notebook: nbformat.NotebookNode,
    edition: str,
    take_away: bool = True,
    own_scripts: Sequence[str] = (),
) -> str:
    """The executed `notebook` as the text of an HTML page.

    With ``take_away`` it ends with what the reader wrote, as a file. ``own_scripts`` are the texts
    of scripts that run behind those of the faces.
    """
    exporter = HTMLExporter(
        template_name="lesson_page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        filters={"readable": readable},
    )
    notebook = nbformat.from_dict(notebook)  # a copy: what it is of may be shown elsewhere, too
    charts_together(notebook.cells)
    notebook.cells = hood.folds(notebook.cells)
    headings = contents.of(one.source for one in notebook.cells if one.cell_type == "markdown")
    to_come = list(contents.in_order(headings))
    exporter.register_filter("anchored", lambda html: contents.anchored(html, to_come))
    work = my_work(notebook) if take_away else ""
    shown = [*html_outputs(notebook), work]
    kinds = assets.kinds_in(shown)
    draws = any(' data-draws=""' in text for text in shown)
    # The face comes first: it can do much before plotly.js, which is large, has been read.
    scripts = [*([assets.script(*kinds)] if kinds else []), *([assets.plotly()] if draws else [])]
    scripts += own_scripts
    resources = {
        "page": {
            "title": title(notebook),
            "generator": own_files.GENERATOR,
            "contents": contents.markup(headings),
            "edition": edition,
            "work": work,
            "hood": hood.opening(hood.way(number_of(notebook))),
            "hood_end": hood.CLOSING,
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


def number_of(notebook: nbformat.NotebookNode) -> str:
    """The number of the lesson that a notebook is."""
    return str(notebook.metadata.get("upheaval", {}).get("lesson", ""))


_CHECK = re.compile(
    r'data-face="check">.*<script type="application/json">(.*?)</script>', re.DOTALL
)


def checks_in(cells: list[nbformat.NotebookNode]) -> tuple[str, ...]:
    """The names of the checks that executed `cells` show a student."""
    shown = nbformat.v4.new_notebook(cells=editions.without_instructors(cells))
    found = filter(None, map(_CHECK.search, html_outputs(shown)))
    return tuple(json.loads(one[1])["spec"]["storageKey"] for one in found)


def part(notebook: nbformat.NotebookNode, url: str = "") -> Part:
    """An executed lesson as a part of the reader's work; checks under the hood are apart."""
    under = [cell for cell in notebook.cells if "hood" in editions.tags(cell)]
    rest = [cell for cell in notebook.cells if "hood" not in editions.tags(cell)]
    number = number_of(notebook)
    # What it asks of earlier lessons is no progress in this one.
    checks = tuple(one for one in checks_in(rest) if one.startswith(f"{number}."))
    below = checks_in(under)
    return Part(number, title(notebook), checks, url, below, writings.of(number))


def my_work(notebook: nbformat.NotebookNode) -> str:
    """For the end of a lesson's page: how far the reader is in it, and what they wrote, as a file.

    Empty where the lesson shows that itself.

    It stands on every page, because a browser may keep what is written in a file from disk for that
    file alone.
    """
    if "portfolio" in assets.kinds_in(html_outputs(notebook)):
        return ""
    parts = [part(notebook)] if number_of(notebook) else ()
    return Portfolio("What I wrote", parts).to_html()


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
    # Without a word, `script-src` is no policy by its grammar.
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:;"
        " font-src data:"
    )
