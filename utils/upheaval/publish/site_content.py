"""What the site holds before Sphinx sees it: lessons for myst-nb, other pages, downloads."""

from __future__ import annotations

import base64
import io
import json
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import nbformat

from .. import __version__
from ..facts import citations, dictionary, tables
from ..facts.addresses import safe
from ..facts.files import without_formulas
from ..lessons import come_back, words
from ..methods import agreement
from ..widgets import Portfolio
from ..widgets.core import assets
from . import editions, errata_page, execution, hood, links, open_in, page
from .outputs import charts_together, readable
from .own_files import EPOCH

Json = Any

ROOT = execution.UTILS.parent
SOURCE = Path(__file__).parent / "site_source"
NAME = "axis-of-upheaval"
#: What both editions of the collection to download hold, beside their notebooks.
COLLECTION = (
    "start.py",
    "requirements.txt",
    "environment.yml",
    "postBuild",
    ".gitignore",
    "pyproject.toml",
    "README.md",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-CONTENT",
    "NOTICE.md",
    "data",
    "utils",
    "notebooks/upheaval.py",
)
INSTRUCTORS = (
    "teaching",
    "CONTRIBUTING.md",
    "benchmarks",
    "tests",
    "requirements-browser.txt",
    "requirements-pyodide.txt",
    "requirements-test.txt",
    ".ci",
)


class SiteError(Exception):
    """The site could not be built; the message names the lesson or the file, and the reason.

    The old site stays.
    """


@dataclass(frozen=True)
class Lesson:
    """One lesson: its notebook's path, the notebook, what it says of itself, how it ran."""

    path: Path
    notebook: nbformat.NotebookNode
    executed: execution.ExecutedNotebook

    @property
    def about(self) -> dict[str, Json]:
        """What the lesson says of itself: number, title, question, minutes, words."""
        number = self.notebook.metadata["upheaval"]["lesson"]
        return words.load(number, self.path.parent / "words").content

    @property
    def title(self) -> str:
        """The heading of its page."""
        return page.title(self.notebook)

    @property
    def short(self) -> str:
        """Its heading up to where it could end, for a side bar: "04 · Who said what"."""
        return re.split(r"(?<=\?) |[:,]", self.title, maxsplit=1)[0]


def sources(
    lessons: Sequence[Lesson],
    edition: str,
    places: open_in.Places | None = None,
    browser: str = "",
) -> dict[str, str | bytes]:
    """All that Sphinx reads for an `edition`: file names and their content.

    ``places`` are where lessons open live, by default nowhere; ``browser`` is where the lessons
    with Python in the browser are, if pages are to lead there: an address, or the way to that
    folder from the first page of the edition.
    """
    places = places or open_in.Places()
    files: dict[str, str | bytes] = {
        f"lessons/{lesson.path.name}": _lesson_page(lesson, edition, places, _from_lesson(browser))
        for lesson in lessons
    }
    if browser:
        files |= {f"_static/{name}": text for name, text in assets.run_in_page().items()}
    files |= _pages(lessons, edition)
    files |= {
        f"_extra/downloads/{name}": content
        for name, content in _downloads(lessons, edition).items()
    }
    return files | {
        "conf.py": (SOURCE / "conf.py").read_bytes(),
        **{
            f"_templates/{path.name}": path.read_bytes()
            for path in sorted((SOURCE / "templates").iterdir())
        },
        f"_static/{assets.PLOTLY}": assets.plotly(),
        "_static/face.js": assets.script(),
        "_static/face.css": assets.style(),
        "_static/site.js": assets.site(),
        **{
            f"_static/{path.name}": path.read_bytes()
            for path in sorted((SOURCE / "static").iterdir())
            if path.suffix != ".woff2"
        },
        "_static/site.css": _style(),
    }


def _style() -> str:
    """The site's style with its letters inside: a page from disk may read no font beside it."""
    style = (SOURCE / "static" / "site.css").read_text(encoding="utf-8")

    def inside(found: re.Match[str]) -> str:
        data = base64.b64encode((SOURCE / "static" / found[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{data}")'

    return re.sub(r'url\("([\w-]+\.woff2)"\)', inside, style)


def _from_lesson(browser: str) -> str:
    """The address of the lessons with Python in the browser as pages of lessons name it."""
    if not browser:
        return ""
    away = re.match(r"https?://|/", browser)
    return ("" if away else "../") + browser.rstrip("/") + "/"


def _lesson_page(lesson: Lesson, edition: str, places: open_in.Places, browser: str) -> str:
    """The lesson as myst-nb reads it: outputs in, hidden code out, instructor notes apart."""
    notebook = nbformat.from_dict(lesson.executed.notebook)
    if edition == "student":
        notebook.cells = editions.without_instructors(notebook.cells)
    else:
        notebook = page.for_instructors(notebook)
    charts_together(notebook.cells)
    work = page.my_work(notebook)
    notebook.cells = _folded(lesson, edition, notebook.cells, browser)
    if browser:
        notebook.cells.insert(1, _raw(_live(lesson, browser), "live-notebook"))
    for cell in notebook.cells:
        tags = editions.tags(cell)
        kept_back = sorted(tags & editions.INSTRUCTOR_TAGS)
        if cell.cell_type == "markdown" and kept_back:
            name = {"instructor": "For the instructor", "solution": "Solution"}[kept_back[0]]
            cell.source = f"::::{{admonition}} {name}\n:class: {kept_back[0]}\n{cell.source}\n::::"
        cell.metadata = {
            "tags": sorted("remove-input" if tag == "hide-input" else tag for tag in tags)
        }
        for output in cell.get("outputs", []):
            _tidy(output)
    terms = " ".join(lesson.about["words"])
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "words": terms,
    }
    if live := open_in.markup(places.links(lesson.path.name)):
        notebook.cells.insert(1, _raw(live, "open-in"))
    taken = _take_away(lesson, edition, work)
    notebook.cells.append(nbformat.v4.new_markdown_cell(taken, id="take-away"))
    return nbformat.writes(notebook)


def _live(lesson: Lesson, browser: str) -> str:
    """The button that opens the lesson in the browser's Python; ``site.ts`` shows it."""
    target = f"{browser}lab/index.html?path=notebooks/{quote(lesson.path.name)}"
    return (
        f'<p class="live-notebook" hidden><a href="{escape(target)}">Open this lesson as a live'
        " notebook</a> in your browser, with nothing installed.</p>"
    )


def _folded(lesson: Lesson, edition: str, cells: list[Json], browser: str) -> list[Json]:
    """The cells with the hood folded: what opens a fold and what closes it are cells of their own.

    Both stand in one section of the page, since a fold holds no heading.
    """
    notebook, collection = (f"../downloads/{name}" for name in _taken(lesson, edition))
    way = hood.way(str(lesson.about["lesson"]), notebook, collection, NAME)
    if browser:
        way += hood.run_note(browser, lesson.path.name)
    found: list[Json] = []
    for cell in hood.folds(cells):
        if cell.metadata.get("hood_opens"):
            found.append(_raw(hood.opening(way), f"{cell.id}-opens"))
        found.append(cell)
        if cell.metadata.get("hood_closes"):
            found.append(_raw(hood.CLOSING, f"{cell.id}-closes"))
    return found


def _raw(markup: str, name: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(f"```{{raw}} html\n{markup}\n```", id=name)


def _taken(lesson: Lesson, edition: str) -> tuple[str, str]:
    """What of the downloads is this lesson as a notebook, and the whole collection."""
    return f"notebooks/{lesson.path.name}", f"{NAME}-{edition}.zip"


def _tidy(output: nbformat.NotebookNode) -> None:
    """Keep the forms of an output that a page shows."""
    data = output.get("data", {})
    for kind in [
        kind
        for kind in data
        if kind not in ("text/html", "text/plain", "text/markdown", "image/png")
    ]:
        del data[kind]
    if "text/html" in data:
        data["text/html"] = readable(data["text/html"])
    if "execution_count" in output:
        output.execution_count = None


def _take_away(lesson: Lesson, edition: str, work: str) -> str:
    written = f"```{{raw}} html\n{work}\n```\n\n" if work else ""
    notebook, collection = (f"../downloads/{name}" for name in _taken(lesson, edition))
    return (
        f'## Take it with you\n\n{written}- <a href="{notebook}" download>This lesson as a'
        f' notebook</a>\n- <a href="{collection}" download>The whole'
        " collection</a>: all lessons, data and code in one file, with two commands that start"
        ' it\n- <button type="button" class="print" hidden>Print this lesson</button> or press'
        " Ctrl+P: charts come out in black and white, folded parts unfolded"
    )


# -- pages that are no lessons ---------------------------------------------------------------------
def _pages(lessons: Sequence[Lesson], edition: str) -> dict[str, str | bytes]:
    """Landing page, glossary, data, bibliography and the rest, from ``site_source/pages``."""
    templates = page_templates()
    parts = [page.part(one.executed.notebook, f"lessons/{one.path.stem}.html") for one in lessons]
    facts = {
        "edition": edition,
        "lessons": lessons,
        "name": NAME,
        "version": __version__,
        "as_of": tables.spell(tables.knowledge_as_of()),
        "next_look": tables.spell(tables.next_look()),
        "errata": errata_page.tables_of(),
        "errata_kinds": errata_page.counts(),
        "hero_chart": _hero_chart(lessons),
        "work": Portfolio("My work", parts).to_html(),
        "come_back": come_back.content(),
        "package": tables.package(),
        "counts": {name: len(tables.read(name)) for name in tables.names()},
        "glossary": _glossary(),
        "sources": _bibliography(lessons),
        "codings": _codings(),
        "excerpted": [one for one in tables.names() if tables.resource(one).get("excerpted")],
        "grounds": dictionary.GROUNDS,
        "ungrounded": _ungrounded(),
        "schema_org": _schema_org(),
        "links": links.listed(),
        "states": links.STATES,
    }
    pages: dict[str, str | bytes] = {}
    for path in sorted((SOURCE / "pages").glob("*.md.j2")):
        name = path.name.removesuffix(".j2")
        if name.startswith("instructor-") and edition != "instructor":
            continue
        pages[name] = templates.get_template(path.name).render(facts)
    if edition == "instructor":
        for path in sorted((ROOT / "teaching").glob("*.md")):
            pages[f"teaching/{path.name}"] = path.read_text(encoding="utf-8")
        pages |= {
            f"teaching/pictures/{path.name}": path.read_bytes()
            for path in sorted((ROOT / "teaching" / "pictures").glob("*.png"))
        }
    return pages


def page_templates() -> jinja2.Environment:
    """What makes the pages of ``site_source/pages``."""
    loader = jinja2.FileSystemLoader(SOURCE / "pages")
    made = jinja2.Environment(
        loader=loader,
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"cell": _cell, "text": _escaped, "link": _link, "spell": tables.spell}
    return made


def _link(label: object, address: str, name: str = "") -> str:
    """A link that leads out, with what a screen reader says of it where the label does not do.

    The label alone where the address is none that a page may link to.
    """
    if not (target := safe(address)):
        return _escaped(label)
    named = f' aria-label="{_escaped(name)}"' if name else ""
    attributes = f'href="{_escaped(target)}" rel="noopener noreferrer"{named}'
    return f"<a {attributes}>{_escaped(label)}</a>"


def _escaped(text: object) -> str:
    """Text for HTML and for Markdown alike: no mark in it means anything."""
    escaped = (
        str(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
    )
    return re.sub(r"([\\`*_{}\[\]$~|])", lambda found: f"&#{ord(found[0])};", escaped)


def _cell(text: object) -> str:
    """Text for a cell of a Markdown table."""
    return _escaped(" ".join(str(text).split()))


#: What the first page of the site shows: the map, or in a site without its lesson any chart.
_HERO = '"name":"map"'


def _hero_chart(lessons: Sequence[Lesson]) -> str:
    """The first map of the lessons; where there is none, their first chart."""
    charts = [
        markup
        for lesson in lessons
        for cell in lesson.executed.notebook.cells
        for output in cell.get("outputs", [])
        if 'data-face="explorer"' in (markup := str(output.get("data", {}).get("text/html", "")))
    ]
    if not charts:
        raise SiteError(
            "No lesson has a chart for the first page of the site. Add lesson 00 from a fresh copy."
        )
    return next((one for one in charts if _HERO in one), charts[0])


def _glossary() -> list[dict[str, Json]]:
    rows = tables.read("glossary").sort_values("term", key=lambda terms: terms.str.casefold())
    return [
        {
            **{str(name): cell for name, cell in row.items()},
            "references": citations.entries(row["sources"]),
        }
        for row in rows.to_dict("records")
    ]


def _bibliography(lessons: Sequence[Lesson]) -> list[dict[str, Json]]:
    """Every source in alphabetical order, with its kind and the lessons that cite it."""
    used: dict[str, list[str]] = {}
    for lesson in lessons:
        for one in lesson.executed.sources:
            used.setdefault(one, []).append(str(lesson.about["lesson"]))
    rows = tables.read("sources")
    entries = citations.entries(rows["id"])
    states = links.recorded()
    made = [
        {**entry, "kind": kind, "used": used.get(entry["id"], []), "link": states.get(entry["url"])}
        for entry, kind in zip(entries, rows["kind"], strict=True)
    ]
    return sorted(made, key=lambda entry: str(entry["text"]).casefold())


CODED = {
    "stance_on_deployment": "stance",
    "claim_type": "kind of statement",
    "is_prediction": "forecast or not",
}
"""The columns of quotes that were coded again, with a label."""


def _ungrounded() -> dict[str, Any]:
    """The cells that no sentence carries: how many, and the rows that have one reason together."""
    frame = tables.read("unread_cells")
    alike: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for row in tables.records(frame):
        alike.setdefault((row["table"], row["columns"], row["why"]), []).append(row["row"])
    return {
        "cells": int(frame["columns"].map(len).sum()),
        "rows": len(frame[["table", "row"]].drop_duplicates()),
        "reasons": [
            {"table": table, "columns": ", ".join(columns), "rows": ", ".join(rows), "why": why}
            for (table, columns, why), rows in alike.items()
        ],
    }


def _codings() -> list[dict[str, Any]]:
    """How alike the coders of quotations code: a pair of them and a column a row."""
    again = tables.read("second_codings").pivot(index="quote", columns="coder", values=list(CODED))
    ours = tables.read("quotes").set_index("id").loc[again.index]
    found = []
    for column, label in CODED.items():
        by = {name: again[column][name].tolist() for name in again[column].columns}
        by["our codes"] = ours[column].tolist()
        for one, other in combinations(by, 2):
            told = agreement.coders(by[one], by[other])
            kappa = "not defined" if math.isnan(told.kappa) else f"{told.kappa:.2f}"
            who = f"{one} and {other}"
            found.append(
                {"what": label, "who": who, "same": told.same, "items": told.items, "kappa": kappa}
            )
    return found


def _schema_org() -> str:
    """The data as a schema.org Dataset in JSON-LD, which search engines for data read."""
    package = tables.package()
    return json.dumps(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "name": package["title"],
            "description": package["description"],
            "version": __version__,
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "creator": {
                "@type": "Organization",
                "name": "The Axis of Upheaval teaching unit contributors",
            },
            "isAccessibleForFree": True,
            "temporalCoverage": f"1950/{tables.knowledge_as_of()}",
            "keywords": ["DPRK", "Ukraine", "Russia", "open educational resource"],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": entry["title"],
                    "encodingFormat": "text/csv",
                    "contentUrl": f"downloads/data/{entry['path']}",
                }
                for entry in package["resources"]
            ],
            "variableMeasured": [
                {
                    "@type": "PropertyValue",
                    "name": entry["name"],
                    "description": entry["description"],
                }
                for entry in package["resources"]
            ],
        },
        ensure_ascii=False,
    ).replace("<", "\\u003c")


# -- downloads -------------------------------------------------------------------------------------
def _downloads(lessons: Sequence[Lesson], edition: str) -> dict[str, bytes]:
    """Notebooks, tables and the whole collection, by their names below ``downloads/``."""
    notebooks = {lesson.path: lesson.notebook for lesson in lessons}
    data = data_files()
    whole = collection(notebooks, edition)
    return (
        {f"notebooks/{path.name}": whole[f"notebooks/{path.name}"] for path in notebooks}
        | {f"data/{name}": content for name, content in data.items()}
        | {f"{NAME}-data.zip": zipped(data), f"{NAME}-{edition}.zip": zipped(whole)}
    )


def collection(notebooks: Mapping[Path, nbformat.NotebookNode], edition: str) -> dict[str, bytes]:
    """The whole collection as an ``edition`` has it: the content of each file, by its name.

    ``notebooks`` are its lessons, by their paths.
    """
    files = _beside_notebooks(edition)
    for path, notebook in notebooks.items():
        files[f"notebooks/{path.name}"] = _notebook(notebook, edition)
    words = _words(notebooks, edition)
    return files | {f"notebooks/words/{name}": content for name, content in words.items()}


def data_files() -> dict[str, bytes]:
    """The tables and their schema as others get them, by their names."""
    return {
        path.name: _handed_on(path) for path in sorted(tables.folder().iterdir()) if path.is_file()
    }


def _words(notebooks: Mapping[Path, nbformat.NotebookNode], edition: str) -> dict[str, bytes]:
    """The files with the words of lessons: for students under their seal."""
    folder = next(iter(notebooks)).parent / "words"
    if edition == "instructor":
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    return words_for_students(notebooks)


def words_for_students(notebooks: Mapping[Path, nbformat.NotebookNode]) -> dict[str, bytes]:
    """The sealed words of what students get of the ``notebooks``, by their names in ``words``."""
    folder = next(iter(notebooks)).parent / "words"
    sources = {
        notebook.metadata["upheaval"]["lesson"]: "\n".join(
            cell.source for cell in editions.select(notebook, "student").cells
        )
        for notebook in notebooks.values()
    }
    return words.sealed_files(folder, sources)


def _notebook(notebook: nbformat.NotebookNode, edition: str) -> bytes:
    given = (
        editions.select(notebook, edition)
        if edition == "instructor"
        else editions.for_students(notebook)
    )
    return (nbformat.writes(given) + "\n").encode()


def _beside_notebooks(edition: str) -> dict[str, bytes]:
    files = {}
    for name in [*COLLECTION, *(INSTRUCTORS if edition == "instructor" else ())]:
        start = tables.folder() if name == "data" else ROOT / name
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            inner = path.relative_to(start).as_posix() if start.is_dir() else ""
            if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts):
                files["/".join(part for part in (name, inner) if part)] = _handed_on(path)
    return files


def _handed_on(path: Path) -> bytes:
    content = path.read_bytes()
    return without_formulas(content) if path.suffix == ".csv" else content


def zipped(files: dict[str, bytes], folder: str = f"{NAME}/") -> bytes:
    """A zip of `files` in one folder, or in none (""); the same files make the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}{name}", EPOCH)
            entry.create_system = 3  # else it would tell, and differ by, the system
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
