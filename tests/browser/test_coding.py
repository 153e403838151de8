"""Contesting a coding in a browser: what a reader changes is kept, saved, loaded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import again, alone, deafen, kept_work, load, refuses, save, widget_page
from samples import REASON, change, coding
from upheaval.widgets.coding import Coding

pytestmark = pytest.mark.browser

EVIL = '<img src=x onerror=alert(1)> =1+1, "a|b"'


def made() -> Coding:
    return coding(EVIL, EVIL)


# -- the view --------------------------------------------------------------------------------------
@pytest.fixture
def page(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page from disk with a coding twice: what is kept in one shows in the other."""
    path = widget_page(tmp_path / "coding.html", made(), made())
    with alone(browser, path, viewport={"width": 320, "height": 800}) as one:
        yield one


def contest(widget: Locator, code: str, reason: str) -> None:
    widget.get_by_label("Your code").select_option(code)
    widget.get_by_label("Your reason").fill(reason)
    widget.get_by_role("button", name="Keep this change").click()


def test_a_change_needs_a_reason_and_moves_the_summary(page: Page) -> None:
    widget, other = page.locator('[data-face="coding"]').all()
    says, status_message = widget.locator(".face-text"), widget.locator(".face-message").first
    expect(says).to_contain_text("you changed none of 6 codes. The columns agree on 1 of 3")
    contest(widget, "-1", "No.")
    expect(status_message).to_have_text(
        "Say in at least 4 words why Row one × Alpha should have another code."
    )
    contest(widget, "2", REASON)
    expect(status_message).to_contain_text("has the code +2 already")
    contest(widget, "-1", REASON)
    expect(status_message).to_contain_text("Kept in this browser")
    for one in (widget, other):
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
    widget = page.locator('[data-face="coding"]').first
    contest(widget, "-1", REASON)
    widget.get_by_role("button", name="Row one × Beta: −1").click()
    expect(widget.get_by_label("Column")).to_have_value("b")
    contest(widget, "0", REASON)
    widget.get_by_label("Row", exact=True).select_option("r2")
    contest(widget, "0", REASON)
    expect(widget.locator(".coding-changes li")).to_have_count(3)
    widget.get_by_role("button", name="Take back").last.click()
    expect(widget.locator(".coding-changes li")).to_have_count(2)
    widget.get_by_role("button", name="Reset this row").click()
    expect(widget.locator(".face-message").first).to_have_text(
        "You have changed no code in this row."
    )
    widget.get_by_label("Row", exact=True).select_option("r1")
    widget.get_by_role("button", name="Reset this row").click()
    expect(widget.locator(".face-text")).to_contain_text("you changed none of 6")
    widget.get_by_label("Row", exact=True).select_option("r3")
    expect(widget.locator(".coding-card")).to_contain_text("No code here")
    expect(widget.get_by_label("Your code")).to_be_hidden()
    widget.get_by_label("Scale").select_option("size")
    expect(widget.locator(".face-text")).to_contain_text(
        "Size: you changed none of 6 codes. The columns agree on 2 of 3"
    )


def test_files_hold_the_changes_and_bring_them_back(page: Page, tmp_path: Path) -> None:
    widget = page.locator('[data-face="coding"]').first
    widget.get_by_label("Row", exact=True).select_option("r2")
    contest(widget, "0", f"{EVIL} is my reason")
    kept = json.loads(save(widget, "Save my changes (JSON)", tmp_path).read_text(encoding="utf-8"))
    changes = kept["work"]["99.coding"]["changes"]
    assert changes == [{**change("r2", "a", 0, f"{EVIL} is my reason"), "before": 1}]
    table = save(widget, "Save my changes (CSV)", tmp_path).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert rows == [
        ["Row", "Column", "Scale", "Code before", "My code", "My reason"],
        [EVIL, "Alpha", "Warmth", "1", "0", f"{EVIL} is my reason"],
    ]
    text = save(widget, "Save my changes (Markdown)", tmp_path).read_text(encoding="utf-8")
    assert "a\\|b" in text and "\\<img" in text and "| Warmth | Alpha | +1.50 | +1.00 |" in text
    widget.get_by_role("button", name="Reset this row").click()
    expect(widget.locator(".face-text")).to_contain_text("none of 6")
    (tmp_path / "my_coding.json").write_text(
        json.dumps({**kept, "work": {"99.coding": {"changes": [*changes, change("r9")]}}}),
        encoding="utf-8",
    )
    load(widget, "Load changes (JSON)", tmp_path / "my_coding.json")
    expect(widget.locator(".face-message").first).to_contain_text(
        "1 change from my_coding.json was loaded. 1 did not fit"
    )
    expect(widget.locator(".face-text")).to_contain_text("you changed 1 of 6")
    wrong = ["{", "[]", "null", '{"coding": "98.coding", "changes": []}', '{"coding": "99.coding"}']
    refuses(widget, "Load changes (JSON)", tmp_path, wrong, "you changed 1 of 6")
    # Somebody else's stands beside the reader's own, in whichever form it was saved.
    theirs = {"coding": "99.coding", "changes": [change("r2", "a", -1, "this is what I think")]}
    (tmp_path / "theirs.json").write_text(json.dumps(theirs), encoding="utf-8")
    load(widget, "Load changes (JSON)", tmp_path / "theirs.json")
    expect(widget).to_contain_text("theirs.json was loaded beside your coding, below.")
    beside = widget.get_by_role("group", name="Table: both codings")
    assert beside.locator("tbody td").all_text_contents() == ["0", "−1", "this is what I think"]
    expect(widget.locator(".coding-changes")).to_contain_text("+1 → 0.")
    widget.get_by_role("button", name="Take all of theirs").click()
    expect(widget.locator(".coding-changes")).to_contain_text("+1 → −1. this is what I think")
    expect(beside).to_have_count(0)


def test_work_that_was_edited_by_hand_does_no_harm(page: Page) -> None:
    for kept in ('"x"', "null", '{"changes": "x"}', '{"changes": [null, 3, {"row": "r9"}]}'):
        page.evaluate("(kept) => localStorage.setItem('my-work/99.coding', kept)", kept)
        page.reload()
        expect(page.locator('[data-face="coding"]').first.locator(".face-text")).to_contain_text(
            "none of 6"
        )


def test_a_reason_that_is_not_kept_yet_outlives_what_others_keep(page: Page) -> None:
    widget = page.locator('[data-face="coding"]').first
    widget.get_by_label("Your code").select_option("-1")
    widget.get_by_label("Your reason").fill(REASON)
    widget.get_by_role("button", name="Reset this row").click()  # the focus is elsewhere now
    other_tab = """() => {
      localStorage.setItem('my-work/02.exit', '"something else"');
      dispatchEvent(new StorageEvent('storage', { key: 'my-work/02.exit' }));
    }"""
    page.evaluate(other_tab)
    expect(widget.get_by_label("Your reason")).to_have_value(REASON)
    expect(widget.get_by_label("Your code")).to_have_value("-1")
    widget.get_by_role("button", name="Keep this change").click()
    expect(widget.locator(".face-text")).to_contain_text("you changed 1 of 6 codes.")


def test_a_reason_is_kept_while_it_is_typed_and_counts_when_the_reader_says_so(page: Page) -> None:
    widget = page.locator('[data-face="coding"]').first
    status, reason = widget.locator(".face-message").first, widget.get_by_label("Your reason")
    reason.press_sequentially("Because it")
    expect(status).to_have_text("Not kept yet …")
    expect(status).to_contain_text("It counts when you press “Keep this change”. Kept")
    reason.press_sequentially(" says so")
    widget.get_by_label("Row", exact=True).select_option("r2")  # at once: nothing was paused for
    expect(reason).to_have_value("")
    widget.get_by_label("Row", exact=True).select_option("r1")
    expect(reason).to_have_value("Because it says so")
    expect(widget.locator(".face-text")).to_contain_text("you changed none of 6")
    again(page)
    expect(reason).to_have_value("Because it says so")
    contest(widget, "-1", REASON)
    expect(widget.locator(".face-text")).to_contain_text("you changed 1 of 6")
    assert kept_work(page)["99.coding"] == {"changes": [change("r1", "a", -1, REASON)]}


def test_two_tabs_that_contest_codes_keep_the_changes_of_both(page: Page) -> None:
    widget = page.locator('[data-face="coding"]').first
    other = page.context.new_page()
    deafen(other)
    other.goto(page.url)
    contest(widget, "-1", REASON)
    theirs = other.locator('[data-face="coding"]').first
    theirs.get_by_label("Row", exact=True).select_option("r2")
    contest(theirs, "0", REASON)
    expect(theirs.locator(".coding-changes li")).to_have_count(2)
    expect(widget.locator(".coding-changes li")).to_have_count(2)
    other.close()
