"""The hood in a page: folded under the way to where it runs, and nothing that no page can do."""

from __future__ import annotations

import re

import nbformat
import pytest

from lessons import Lesson, every
from upheaval.publish import editions, execution, hood, page, site_content


def cell(kind: str, source: str, *tags: str, name: str = "") -> nbformat.NotebookNode:
    make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
    return make(source, id=name or f"cell-{abs(hash(source)) % 10**8}", metadata={"tags": [*tags]})


def marks(cells: list[nbformat.NotebookNode]) -> list[tuple[str, bool, bool]]:
    return [
        (one.source, "hood_opens" in one.metadata, "hood_closes" in one.metadata) for one in cells
    ]


def test_a_heading_stands_before_its_fold_and_what_prepares_it_inside() -> None:
    cells = [
        cell("markdown", "## Set up\n\nIt loads a table.", "set-up"),
        cell("code", "table = 1", "set-up"),
        cell("markdown", "## Look"),
        cell("code", "alone", "hood"),
        cell("markdown", "## Look under the hood\n\nChange it.", "hood"),
        cell("code", "table", "hood"),
        cell("markdown", "## Talk"),
    ]
    assert marks(hood.folds(cells)) == [
        ("## Look", False, False),
        ("alone", True, True),
        ("## Look under the hood", False, False),
        ("It loads a table.", True, False),
        ("table = 1", False, False),
        ("Change it.", False, False),
        ("table", False, True),
        ("## Talk", False, False),
    ], "a heading begins a fold of its own"
    assert cells[0].source.startswith("## Set up"), "the notebook stays as it is"


def test_two_folds_are_two_and_a_fold_may_be_one_cell() -> None:
    cells = [
        cell("code", "one", "hood"),
        cell("markdown", "Between"),
        cell("markdown", "## Look under the hood\n\nChange it.", "hood"),
        cell("code", "two", "hood"),
    ]
    assert marks(hood.folds(cells)) == [
        ("one", True, True),
        ("Between", False, False),
        ("## Look under the hood", False, False),
        ("Change it.", True, False),
        ("two", False, True),
    ]


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_a_page_asks_for_nothing_that_it_cannot_do(lesson: Lesson) -> None:
    """No heading for a cell that prepares what nobody runs, no menu of another program; what is to
    be changed is inside a fold, and so are the checks that ask what came of it.
    """
    notebook = editions.for_page(execution.read(lesson.path), "student")
    inside, folds, open_now = [], 0, False
    for one in hood.folds(notebook.cells):
        open_now |= "hood_opens" in one.metadata
        folds += "hood_opens" in one.metadata
        if open_now:
            inside.append(one.source)
            assert not re.search(r"^#+ ", one.source, re.M), "a fold holds no heading"
        else:
            assert "hood" not in editions.tags(one), one.source
            assert "Set up" not in one.source and "JupyterLab" not in one.source, one.source
            assert not re.search(r"\b[Rr]un (this|it)\b|run the cell", one.source), one.source
        open_now &= "hood_closes" not in one.metadata
    assert not open_now
    assert folds == {"00": 0, "12": 2}.get(lesson.number, 1)
    if lesson.number != "00":
        assert lesson.cells and any(".tweak" in one for one in inside)
        assert any("lesson.table(" in one for one in inside), "what the code below needs"


def test_names_of_checks_stay_and_their_words_stand_in_a_dictionary() -> None:
    """Names are keys of kept work; the words above them are for a reader."""
    for lesson in every()[1:]:
        said = "\n".join(one.source for one in lesson.cells if one.kind == "markdown")
        assert not re.search(r"tweak|twiddle|frob", said, re.I), lesson
        for part, name in (("a value", "tweak"), ("a filter", "twiddle"), ("a step", "frob")):
            assert f"**Change {part}.**" in said, lesson
            assert any(
                f'lesson.check("{lesson.number}.{name}")' in one.source for one in lesson.code
            )


def test_the_way_leads_to_files_where_there_are_any_and_else_to_who_has_them() -> None:
    alone = hood.way("03")
    assert "Ask whoever gave you this page" in alone and "<a " not in alone
    assert "<pre>python start.py</pre>" in alone and "lesson 03" in alone
    there = hood.way("03", "03.ipynb", "all.zip", "unit")
    assert 'href="03.ipynb"' in there and 'href="all.zip"' in there
    assert "<pre>cd unit\npython start.py</pre>" in there and "Ask whoever" not in there


def test_a_page_folds_its_hood_and_counts_its_checks_apart() -> None:
    def check(name: str) -> nbformat.NotebookNode:
        markup = (
            '<div class="face" data-face="check"><script type="application/json">'
            f'{{"spec": {{"storageKey": "{name}"}}}}</script></div>'
        )
        return nbformat.v4.new_output("display_data", {"text/html": markup})

    cells = [cell("markdown", "# 99 · A lesson"), cell("code", "a", "hide-input")]
    cells += [cell("markdown", "## Look under the hood\n\nChange it.", "hood")]
    cells += [cell("code", "b", "hood", "hide-input"), cell("code", "c", "hide-input", "solution")]
    for one, name in ((cells[1], "99.a"), (cells[3], "99.b"), (cells[4], "99.c")):
        one.outputs = [check(name)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"upheaval": {"lesson": "99"}})
    part = page.part(notebook)
    assert (part.name, part.title, part.checks, part.hood) == (
        *("99", "99 · A lesson", ("99.a",), ("99.b",)),
    )
    text = page.render(notebook, "student")
    before, _, rest = text.partition('<details class="hood">')
    fold, _, after = rest.partition("</details>")
    assert "Look under the hood</h2>" in before and "99.a" in before
    assert f"<summary>{hood.TITLE}</summary>" in fold and "Change it." in fold and "99.b" in fold
    assert '"hood": ["99.b"]' in after or '"hood":["99.b"]' in after


@pytest.mark.parametrize(
    ("given", "from_lesson"),
    [
        ("", ""),
        ("../../browser", "../../../browser/"),
        ("https://a.org/live/", "https://a.org/live/"),
        ("/live", "/live/"),
    ],
)
def test_a_page_of_a_lesson_names_the_browser_from_where_it_is(
    given: str, from_lesson: str
) -> None:
    assert site_content._from_lesson(given) == from_lesson


def test_the_note_in_a_fold_carries_addresses_and_no_markup() -> None:
    note = hood.run_note('../a"b/', "02.ipynb")
    assert note == '<p data-python="../a&quot;b/" data-notebook="02.ipynb"></p>'
