"""Lessons on paper: a handout of at most four sheets, with its answers on a last one.

`handout` says what stands on it, `forms` how a question is put on paper, `drawn` how a chart is;
`chromium` prints.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from ... import os_errors
from ...widgets.core import assets
from .. import execution, own_files, page
from . import chromium, handout

SIZES = ("a4", "letter")
#: What a handout has beside the parts of its lesson, and can be left out by name as well.
ANSWERS = "answers"
#: What a handout may cost: sheets with the lesson, and pages with its answers.
SHEETS, PAGES_OF_ANSWERS = 4, 2


class Written(NamedTuple):
    """The files of a handout: the page, and the PDF where a browser could make one."""

    html: Path
    pdf: Path | None


def build(
    notebook: Path | str,
    out: Path | str | None = None,
    size: str = SIZES[0],
    left_out: Iterable[str] = (),
) -> Written:
    """Write the handout of a lesson as a page to print, and as a PDF where a Chromium is.

    ``size`` is one of `SIZES`, ``left_out`` names parts, checks, or `ANSWERS`. ``out`` is a file or
    a folder, by default the file ``<lesson>.handout.html`` in the working folder. Raises
    `page.PageError`.
    """
    path = Path(notebook)
    gone = list(left_out)
    source = execution.read(path)
    target = own_files.target_of(out, f"{path.stem}.handout.html")
    own_files.keep_what_is_not_ours(target.with_suffix(".pdf"))
    made = handout.of(source, gone)
    if ANSWERS in gone:
        made.back.clear()
    pdf = _written(render(made, size), target)
    return Written(target, pdf)


def _written(text: str, target: Path) -> Path | None:
    """Write the page, and its PDF where one can be made; gives that one. Both, or nothing new.

    The PDF comes first, of a passing copy of the page: it is what may fail late.
    """
    pdf = target.with_suffix(".pdf")
    was_there = pdf.exists()
    try:
        own_files.make_folder(target.parent)
        with tempfile.TemporaryDirectory() as passing:
            copy = Path(passing) / target.name
            copy.write_text(text, encoding="utf-8")
            printed = chromium.print_page(copy, pdf)
        own_files.write(target, text)
    except OSError as error:
        if not was_there:
            pdf.unlink(missing_ok=True)
        where = Path(os_errors.place(error, target))
        raise execution.not_written(where, error) from error
    return printed


def render(made: handout.Handout, size: str = SIZES[0]) -> str:
    """A handout as the text of a page that prints on paper of a size."""
    draws = any("data-drawing" in one for one in made.front)
    scripts = [assets.plotly(), assets.paper()] if draws else []
    return _template().render(
        handout=handout.Handout(
            made.number, made.title, [*map(Markup, made.front)], [*map(Markup, made.back)]
        ),
        generator=own_files.GENERATOR,
        size="letter" if size == "letter" else "A4",
        policy=page.policy(scripts),
        style=Markup(_style()),
        scripts=[*map(Markup, scripts)],
    )


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(page.TEMPLATES / "lesson_page")
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return made.get_template("handout.html.j2")


def _style() -> str:
    return (page.TEMPLATES / "lesson_page" / "handout.css").read_text(encoding="utf-8")
