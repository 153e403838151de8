"""Contesting a coding in a browser: what a reader changes is kept, saved, loaded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import alone, load, save, workbench
from upheaval.widgets.coding import Cell, Coding, Scale

pytestmark = pytest.mark.browser

EVIL = '<img src=x onerror=alert(1)> =1+1, "a|b"'
REASON = "The letter of May says otherwise"
COLUMNS = {"a": "Alpha", "b": "Beta", "c": "Gamma"}


def cell(warmth: int, size: int = 1) -> Cell:
    return Cell({"warmth": warmth, "size": size}, EVIL, "Evidence.", "Because.")


def made() -> Coding:
    return Coding(
        "99.coding",
        "Contest it",
        columns=COLUMNS,
        scales=[
            Scale("warmth", "Warmth", -2, 2, {-2: "cold", 2: "warm"}),
            Scale("size", "Size", 0, 3, {}),
        ],
        rows={
            "r1": ("Row one", {"a": cell(2), "b": cell(-1), "c": cell(-1)}),
            "r2": (EVIL, {"a": cell(1), "b": cell(1)}),
            "r3": ("Row three", {"c": cell(0)}),
        },
    )


def change(
    row: str = "r1", column: str = "a", code: Any = -1, reason: Any = REASON, scale: str = "warmth"
) -> Any:
    return {"scale": scale, "row": row, "column": column, "code": code, "reason": reason}


# -- the face --------------------------------------------------------------------------------------
@pytest.fixture
def page(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page from disk with a coding twice: what is kept in one shows in the other."""
    path = workbench(tmp_path / "coding.html", made(), made())
    with alone(browser, path, viewport={"width": 320, "height": 800}) as one:
        yield one


def contest(face: Locator, code: str, reason: str) -> None:
    face.get_by_label("Your code").select_option(code)
    face.get_by_label("Your reason").fill(reason)
    face.get_by_role("button", name="Keep this change").click()


def test_a_change_needs_a_reason_and_moves_the_summary(page: Page) -> None:
    face, other = page.locator('[data-face="coding"]').all()
    says, told = face.locator(".face-text"), face.locator(".face-message").first
    expect(says).to_contain_text("you changed none of 6 codes. The columns agree on 1 of 3")
    contest(face, "-1", "No.")
    expect(told).to_have_text(
        "Say in at least 4 words why Row one × Alpha should have another code."
    )
    contest(face, "2", REASON)
    expect(told).to_contain_text("has the code +2 already")
    contest(face, "-1", REASON)
    expect(told).to_contain_text("Kept in this browser")
    for one in (face, other):
        expect(one.locator(".face-text")).to_contain_text(
            "you changed 1 of 6 codes. The columns agree on 2 of 3"
        )
        expect(
            one.get_by_role("button", name="Row one × Alpha: +2 → −1 ✎, changed")
        ).to_be_visible()
        expect(one.locator("tbody").first.locator("tr").first).to_contain_text("✎ 0.00")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.reload()
    expect(page.locator('[data-face="coding"]').first.locator(".face-text")).to_contain_text(
        "you changed 1 of 6"
    )


def test_rows_are_reset_and_single_changes_taken_back(page: Page) -> None:
    face = page.locator('[data-face="coding"]').first
    contest(face, "-1", REASON)
    face.get_by_role("button", name="Row one × Beta: −1").click()
    expect(face.get_by_label("Column")).to_have_value("b")
    contest(face, "0", REASON)
    face.get_by_label("Row", exact=True).select_option("r2")
    contest(face, "0", REASON)
    expect(face.locator(".coding-changes li")).to_have_count(3)
    face.get_by_role("button", name="Take back").last.click()
    expect(face.locator(".coding-changes li")).to_have_count(2)
    face.get_by_role("button", name="Reset this row").click()
    expect(face.locator(".face-message").first).to_have_text(
        "You have changed no code in this row."
    )
    face.get_by_label("Row", exact=True).select_option("r1")
    face.get_by_role("button", name="Reset this row").click()
    expect(face.locator(".face-text")).to_contain_text("you changed none of 6")
    face.get_by_label("Row", exact=True).select_option("r3")
    expect(face.locator(".coding-card")).to_contain_text("No code here")
    expect(face.get_by_label("Your code")).to_be_hidden()
    face.get_by_label("Scale").select_option("size")
    expect(face.locator(".face-text")).to_contain_text(
        "Size: you changed none of 6 codes. The columns agree on 2 of 3"
    )


def test_files_hold_the_changes_and_bring_them_back(page: Page, tmp_path: Path) -> None:
    face = page.locator('[data-face="coding"]').first
    face.get_by_label("Row", exact=True).select_option("r2")
    contest(face, "0", f"{EVIL} is my reason")
    kept = json.loads(save(face, "Save my changes (JSON)", tmp_path).read_text(encoding="utf-8"))
    assert kept["coding"] == "99.coding"
    assert kept["changes"] == [{**change("r2", "a", 0, f"{EVIL} is my reason"), "before": 1}]
    table = save(face, "Save my changes (CSV)", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert rows == [
        ["Row", "Column", "Scale", "Code before", "My code", "My reason"],
        [EVIL, "Alpha", "Warmth", "1", "0", f"{EVIL} is my reason"],
    ]
    text = save(face, "Save my changes (Markdown)", tmp_path).read_text(encoding="utf-8")
    assert "a\\|b" in text and "\\<img" in text and "| Warmth | Alpha | +1.50 | +1.00 |" in text
    face.get_by_role("button", name="Reset this row").click()
    expect(face.locator(".face-text")).to_contain_text("none of 6")
    (tmp_path / "my_coding.json").write_text(
        json.dumps({**kept, "changes": [*kept["changes"], change("r9")]}), encoding="utf-8"
    )
    load(face, "Load changes (JSON)", tmp_path / "my_coding.json")
    expect(face.locator(".face-message").first).to_contain_text(
        "1 change from my_coding.json was loaded. 1 did not fit"
    )
    expect(face.locator(".face-text")).to_contain_text("you changed 1 of 6")
    for content in (
        "{",
        "[]",
        "null",
        '{"coding": "98.coding", "changes": []}',
        '{"coding": "99.coding"}',
    ):
        (tmp_path / "wrong.json").write_text(content, encoding="utf-8")
        load(face, "Load changes (JSON)", tmp_path / "wrong.json")
        expect(face.locator(".face-message").first).to_contain_text("wrong.json was not loaded")
        expect(face.locator(".face-text")).to_contain_text("you changed 1 of 6")


def test_work_that_was_edited_by_hand_does_no_harm(page: Page) -> None:
    for kept in ('"x"', "null", '{"changes": "x"}', '{"changes": [null, 3, {"row": "r9"}]}'):
        page.evaluate("(kept) => localStorage.setItem('my-work/99.coding', kept)", kept)
        page.reload()
        expect(page.locator('[data-face="coding"]').first.locator(".face-text")).to_contain_text(
            "none of 6"
        )


def test_a_reason_that_is_not_kept_yet_outlives_what_others_keep(page: Page) -> None:
    face = page.locator('[data-face="coding"]').first
    face.get_by_label("Your code").select_option("-1")
    face.get_by_label("Your reason").fill(REASON)
    face.get_by_role("button", name="Reset this row").click()  # the focus is elsewhere now
    other_tab = """() => {
      localStorage.setItem('my-work/02.exit', '"something else"');
      dispatchEvent(new StorageEvent('storage', { key: 'my-work/02.exit' }));
    }"""
    page.evaluate(other_tab)
    expect(face.get_by_label("Your reason")).to_have_value(REASON)
    expect(face.get_by_label("Your code")).to_have_value("-1")
    face.get_by_role("button", name="Keep this change").click()
    expect(face.locator(".face-text")).to_contain_text("you changed 1 of 6 codes.")
