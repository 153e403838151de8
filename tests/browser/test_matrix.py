"""The grid of marks in a browser: what a reader does is scored, kept and saved."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import alone, deafen, kept_work, load, refuses, save, widget_page
from samples import GRID_COLUMNS, grid_row
from upheaval.widgets.matrix import Matrix

pytestmark = pytest.mark.browser

EVIL = '<img src=x onerror=alert(1)> =1+1, "a|b"'
ROWS = [
    grid_row("r1", "One", "2024", ("high", "high"), "Because."),
    grid_row("r2", EVIL, EVIL, ("low", "high"), EVIL),
    grid_row("r3", "Three", "2026", ("low", "low"), "So."),
]
#: By hand: Alpha 1 × 2 + 2 × 0.5 = 3, Beta 2 × 1 + 1 × 0.5 = 2.5; unweighted 3 and 3.
WORKED = {"r1": {"a": "I", "b": "CC"}, "r2": {"a": "C", "b": "II"}, "r3": {"a": "II", "b": "I"}}


def made() -> Matrix:
    return Matrix(
        "99.grid",
        "Why?",
        ROWS,
        GRID_COLUMNS,
        worked=WORKED,
        row_word="Evidence",
        column_word="Explanation",
    )


# -- the view --------------------------------------------------------------------------------------
@pytest.fixture
def page(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page from disk with a grid twice: what is kept in one shows in the other."""
    path = widget_page(tmp_path / "grid.html", made(), made())
    with alone(browser, path, viewport={"width": 320, "height": 800}) as one:
        yield one


def test_a_row_counts_when_it_is_complete_and_says_what_it_does(page: Page) -> None:
    widget = page.locator('[data-face="matrix"]').first
    summary, row = widget.locator(".face-text"), widget.locator(".grid-row").first
    expect(summary).to_have_text(
        "Complete and counted: 0 of 3 rows. Mark one row in every column, and the score begins."
    )
    row.get_by_label("Alpha").select_option("I")
    expect(row.locator(".grid-verdict")).to_have_text(
        "Not complete: 1 mark is missing, so it does not count yet."
    )
    row.get_by_label("Beta").select_option("I")
    expect(row.locator(".grid-verdict")).to_have_text("No diagnostic value: the same mark for all.")
    expect(summary).to_have_text(
        "Complete and counted: 1 of 3 rows. Nothing tells the 2 apart yet: 2.00 speaks against"
        " each."
    )
    row.get_by_label("Beta").select_option("CC")
    expect(row.locator(".grid-verdict")).to_have_text(
        "Diagnosticity 3.00. It carries the result: without it, Alpha and Beta would stand best."
    )
    expect(summary).to_contain_text("Least speaks against Beta (0.00); most against Alpha (2.00).")
    row.locator("summary").click()
    row.get_by_label("Relevance").select_option("low")
    expect(summary).to_contain_text("most against Alpha (1.00).")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_our_marks_weights_leaving_out_and_undo(page: Page) -> None:
    widget, other = (page.locator('[data-face="matrix"]').nth(index) for index in range(2))
    widget.get_by_role("button", name="Begin with our marks").click()
    expect(widget.locator(".face-text")).to_contain_text(
        "Least speaks against Beta (2.50); most against Alpha (3.00)."
    )
    expect(other.locator(".face-text")).to_contain_text("Least speaks against Beta (2.50)")
    widget.get_by_label("Weigh rows").uncheck()
    expect(widget.locator(".face-text")).to_contain_text(
        "Nothing tells the 2 apart yet: 3.00 speaks against each."
    )
    widget.locator(".grid-row").first.get_by_label("Leave this row out").check()
    expect(widget.locator(".face-text")).to_contain_text(
        "Least speaks against Alpha (2.00); most against Beta (3.00)."
    )
    expect(widget.locator(".grid-verdict").first).to_have_text("Left out: it does not count.")
    widget.get_by_role("button", name="Empty the grid").click()
    expect(widget.locator(".face-text")).to_contain_text("0 of 3 rows")
    widget.get_by_role("button", name="Undo").click()
    expect(widget.locator(".face-text")).to_contain_text("2 of 3 rows. Least speaks against Alpha")
    expect(widget.get_by_role("button", name="Undo")).to_be_disabled()
    page.reload()
    expect(widget.locator(".face-text")).to_contain_text("2 of 3 rows", timeout=30_000)


def test_files_hold_the_grid_and_bring_it_back(page: Page, tmp_path: Path) -> None:
    widget = page.locator('[data-face="matrix"]').first
    widget.get_by_role("button", name="Begin with our marks").click()
    kept = json.loads(save(widget, "Save as JSON", tmp_path).read_text(encoding="utf-8"))
    value = kept["work"]["99.grid"]
    assert kept["lesson"] == "99" and value["marks"] == WORKED
    assert made().validate(value) == value
    table = save(widget, "Save as CSV", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert rows[0] == [
        "Id",
        "Evidence",
        "Credibility",
        "Relevance",
        "Alpha",
        "Beta",
        "Diagnosticity",
        "Left out",
    ]
    assert rows[2] == ["r2", EVIL, "low", "high", "C", "II", "3", "no"]
    text = save(widget, "Save as Markdown", tmp_path).read_text(encoding="utf-8")
    assert "| Alpha | 3.00 | 1 |\n| Beta | 2.50 | 1 |" in text and 'a\\|b"' in text
    widget.get_by_role("button", name="Empty the grid").click()
    load(widget, "Load a saved grid", tmp_path / "grid-99-grid.json")
    expect(widget.locator(".face-message")).to_contain_text("was loaded")
    expect(widget.locator(".face-text")).to_contain_text("3 of 3 rows")
    other = '{"grid": "98.grid", "value": {"marks": {}}}'
    empty = '{"grid": "99.grid", "value": {"marks": {}}}'
    wrong = ["{", "[]", other, '{"grid": "99.grid", "value": 3}', empty]
    refuses(widget, "Load a saved grid", tmp_path, wrong, "3 of 3 rows")
    theirs = {"grid": "99.grid", "value": {"marks": {"r2": {"a": "II"}}}}
    (tmp_path / "theirs.json").write_text(json.dumps(theirs), encoding="utf-8")
    load(widget, "Load a saved grid", tmp_path / "theirs.json")
    expect(widget).to_contain_text("Cells that both of you marked: 1. Alike: 0.")
    expect(widget.locator(".face-text")).to_contain_text("3 of 3 rows")
    widget.get_by_role("button", name="Take all of theirs").click()
    expect(widget.locator(".face-text")).to_contain_text("0 of 3 rows")


def test_every_field_has_a_name_and_the_keyboard_reaches_it(page: Page) -> None:
    widget = page.locator('[data-face="matrix"]').first
    for field in widget.locator("select, input:not([type=file])").all():
        assert field.evaluate("(one) => one.labels.length") == 1
    assert widget.locator(".grid-row legend").all_text_contents()[1] == f"2. {EVIL}"
    widget.locator("select").first.focus()
    page.keyboard.press("ArrowDown")
    expect(widget.locator("select").first).to_have_value("CC")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Beta"


def test_two_tabs_that_mark_one_grid_keep_the_marks_of_both(page: Page) -> None:
    grid = page.locator('[data-face="matrix"]').first
    other = page.context.new_page()
    deafen(other)
    other.goto(page.url)
    grid.locator(".grid-row").nth(0).get_by_label("Alpha").select_option("I")
    grid.locator(".grid-row").nth(0).get_by_label("Leave this row out").check()
    theirs = other.locator('[data-face="matrix"]').first
    theirs.locator(".grid-row").nth(1).get_by_label("Beta").select_option("CC")
    theirs.locator(".grid-row").nth(1).get_by_label("Leave this row out").check()
    ids = [row["id"] for row in ROWS[:2]]
    kept = kept_work(page)["99.grid"]
    assert kept["marks"] == {ids[0]: {"a": "I"}, ids[1]: {"b": "CC"}} and kept["left"] == ids
    expect(theirs.locator(".grid-row").nth(0).get_by_label("Alpha")).to_have_value("I")
    other.close()
