"""What students get and what instructors get, from one notebook."""

from __future__ import annotations

import copy

import nbformat
import pytest

from lessons import SECRET_TAGS, Lesson, every
from upheaval.publish import editions


def read(lesson: Lesson) -> nbformat.NotebookNode:
    return nbformat.read(lesson.path, as_version=4)


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_students_get_nothing_that_is_kept_back(lesson: Lesson) -> None:
    notebook = read(lesson)
    kept_back = [cell for cell in notebook.cells if editions.tags(cell) & SECRET_TAGS]
    student, text = editions.select(notebook, "student"), ""
    for cell in student.cells:
        assert not editions.tags(cell) & SECRET_TAGS
        text += cell.source
    assert kept_back and not [cell for cell in kept_back if cell.source in text]
    assert len(student.cells) == len(notebook.cells) - len(kept_back)


@pytest.mark.parametrize("lesson", every(), ids=repr)
@pytest.mark.parametrize("edition", editions.EDITIONS)
def test_an_edition_has_no_outputs_and_leaves_the_notebook_alone(
    lesson: Lesson, edition: str
) -> None:
    notebook = read(lesson)
    notebook.metadata["widgets"] = {"state": {}}
    before = copy.deepcopy(notebook)
    selected = editions.select(notebook, edition)
    assert notebook == before and "widgets" not in selected.metadata
    for cell in selected.cells:
        assert cell.cell_type != "code" or (cell.outputs == [] and cell.execution_count is None)
    nbformat.validate(selected)


@pytest.mark.parametrize("lesson", every(), ids=repr)
def test_instructors_get_every_cell_and_pages_none_about_the_reader_s_computer(
    lesson: Lesson,
) -> None:
    notebook = read(lesson)
    assert [cell.id for cell in editions.select(notebook, "instructor").cells] == [
        cell.id for cell in notebook.cells
    ]
    shown = {cell.id for cell in editions.for_page(notebook, "instructor").cells}
    assert {cell.id for cell in notebook.cells} - shown == {
        cell.id for cell in notebook.cells if "live-only" in editions.tags(cell)
    }


def test_an_unknown_edition_is_refused() -> None:
    with pytest.raises(
        ValueError, match="there is no edition “pupil”; choose student or instructor"
    ):
        editions.select(nbformat.v4.new_notebook(), "pupil")
