"""What the site holds before Sphinx sees it: lessons for myst-nb, other pages, downloads."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import nbformat

from .. import __version__
from ..facts import citations, tables
from ..facts.addresses import safe
from ..facts.files import without_formulas
from ..widgets import Portfolio
from ..widgets.core import assets
from ..widgets.portfolio import Part
from . import editions, execution, links, page
from .outputs import readable

Json = Any

ROOT = execution.UTILS.parent
SOURCE = Path(__file__).parent / "site_source"
NAME = "axis-of-upheaval"
#: What both editions of the collection to download hold, beside their notebooks.
COLLECTION = (
    "start.py",
    "requirements.txt",
    "environment.yml",
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
INSTRUCTORS = ("teaching", "CONTRIBUTING.md", "benchmarks", "tests", "requirements-test.txt", ".ci")
#: Every file in a zip has this time, so that the same content makes the same bytes.
EPOCH = (2024, 11, 27, 0, 0, 0)


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
        """The lesson's metadata: number, title, question, minutes, words."""
        return dict(self.notebook.metadata["upheaval"])

    @property
    def title(self) -> str:
        """The heading of its page."""
        return page.title(self.notebook)


def sources(lessons: Sequence[Lesson], edition: str) -> dict[str, str | bytes]:
    """All that Sphinx reads for an `edition`: file names and their content."""
    files: dict[str, str | bytes] = {
        f"lessons/{lesson.path.name}": _lesson_page(lesson, edition) for lesson in lessons
    }
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
        },
    }


def _lesson_page(lesson: Lesson, edition: str) -> str:
    """The lesson as myst-nb reads it: outputs in, hidden code out, instructor notes apart."""
    notebook = nbformat.from_dict(lesson.executed.notebook)
    if edition == "student":
        notebook.cells = [
            cell for cell in notebook.cells if not editions.tags(cell) & editions.INSTRUCTOR_TAGS
        ]
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
    words = " ".join(lesson.about["words"])
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "words": words,
    }
    taken = _take_away(lesson, edition, page.my_work(notebook))
    notebook.cells.append(nbformat.v4.new_markdown_cell(taken, id="take-away"))
    return nbformat.writes(notebook)


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
    notebook = f"../downloads/notebooks/{lesson.path.name}"
    return (
        f'## Take it with you\n\n{written}- <a href="{notebook}" download>This lesson as a'
        f' notebook</a>\n- <a href="../downloads/{NAME}-{edition}.zip" download>The whole'
        " collection</a>: all lessons, data and code in one file, with two commands that start"
        ' it\n- <button type="button" class="print" hidden>Print this lesson</button> or press'
        " Ctrl+P: charts come out in black and white, folded parts unfolded"
    )


# -- pages that are no lessons ---------------------------------------------------------------------
def _pages(lessons: Sequence[Lesson], edition: str) -> dict[str, str | bytes]:
    """Landing page, glossary, data, bibliography and the rest, from ``site_source/pages``."""
    loader = jinja2.FileSystemLoader(SOURCE / "pages")
    templates = jinja2.Environment(
        loader=loader,
        autoescape=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {"cell": _cell, "text": _escaped, "link": _link, "spell": tables.spell}
    facts = {
        "edition": edition,
        "lessons": lessons,
        "name": NAME,
        "version": __version__,
        "as_of": tables.spell(tables.knowledge_as_of()),
        "first_chart": _first_chart(lessons),
        "work": Portfolio("My work", [_part(lesson) for lesson in lessons]).to_html(),
        "package": tables.package(),
        "counts": {name: len(tables.read(name)) for name in tables.names()},
        "glossary": _glossary(),
        "sources": _bibliography(lessons),
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


def _first_chart(lessons: Sequence[Lesson]) -> str:
    """The first chart of the first lesson that has one."""
    for lesson in lessons:
        for cell in lesson.executed.notebook.cells:
            for output in cell.get("outputs", []):
                markup = str(output.get("data", {}).get("text/html", ""))
                if 'data-face="explorer"' in markup:
                    return markup
    raise SiteError("No lesson has a chart for the landing page.")


_CHECK = re.compile(
    r'data-face="check">.*<script type="application/json">(.*?)</script>', re.DOTALL
)


def _part(lesson: Lesson) -> Part:
    """The lesson as a part of the reader's work: its checks are those that its page shows."""
    outputs = [
        str(output.get("data", {}).get("text/html", ""))
        for cell in lesson.executed.notebook.cells
        if not editions.tags(cell) & editions.INSTRUCTOR_TAGS
        for output in cell.get("outputs", [])
    ]
    found = [_CHECK.search(output) for output in outputs]
    checks = [json.loads(one[1])["spec"]["storageKey"] for one in found if one]
    return Part(
        str(lesson.about["lesson"]), lesson.title, tuple(checks), f"lessons/{lesson.path.stem}.html"
    )


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
    notebooks = {lesson.path.name: _notebook(lesson, edition) for lesson in lessons}
    data = {
        path.name: _handed_on(path) for path in sorted(tables.folder().iterdir()) if path.is_file()
    }
    collection = _collection(edition) | {
        f"notebooks/{name}": content for name, content in notebooks.items()
    }
    return (
        {f"notebooks/{name}": content for name, content in notebooks.items()}
        | {f"data/{name}": content for name, content in data.items()}
        | {f"{NAME}-data.zip": _zip(data), f"{NAME}-{edition}.zip": _zip(collection)}
    )


def _notebook(lesson: Lesson, edition: str) -> bytes:
    notebook = (
        editions.select(lesson.notebook, edition)
        if edition == "instructor"
        else editions.for_students(lesson.notebook)
    )
    return (nbformat.writes(notebook) + "\n").encode()


def _collection(edition: str) -> dict[str, bytes]:
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


def _zip(files: dict[str, bytes]) -> bytes:
    """A zip of `files` in one folder; the same files make the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(
                zipfile.ZipInfo(f"{NAME}/{name}", EPOCH), content, zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()
