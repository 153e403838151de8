"""Tick all that apply, in a page from disk: by keys alone, kept, and there again next time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import again, alone, kept_work, too_wide, violations, widget_page
from upheaval.widgets import Check, Option

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path) -> Iterator[Page]:
    """A page with one check."""
    options = [
        Option("A treaty", "It was signed in June.", right=True, id="treaty"),
        Option("A parade", "A parade gives nothing away.", id="parade"),
        Option("A vote", "Moscow voted so in March.", right=True, id="vote"),
    ]
    check = Check.select_all(
        "02.all", "What did Moscow give?", options, done="Both.", not_yet="Not these."
    )
    with alone(browser, widget_page(tmp_path / "all.html", check)) as one:
        yield one


def test_keys_alone_tick_and_the_verdict_says_why(page: Page) -> None:
    group = page.get_by_role("group", name="What did Moscow give?")
    lines = page.locator(".face-verdict li")
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.locator(".face-verdict")).to_have_text("Tick at least one first.")
    group.get_by_label("A treaty").press("Space")
    group.get_by_label("A treaty").press("Tab")
    expect(group.get_by_label("A parade")).to_be_focused()
    group.get_by_label("A parade").press("Space")
    group.get_by_label("A parade").press("Enter")  # sends a form off, as in any other
    expect(page.locator(".face-verdict > p")).to_have_text("✗ Not yet. Not these.")
    expect(lines).to_have_text(
        [
            "✓ “A treaty”: It was signed in June.",
            "✗ “A parade”: A parade gives nothing away.",
            "✗ Something that applies is not ticked yet.",
        ]
    )
    group.get_by_label("A parade").press("Space")
    group.get_by_label("A vote").press("Space")
    page.get_by_role("button", name="Check", exact=True).press("Enter")
    expect(page.locator(".face-verdict > p")).to_have_text("✓ Yes. Both.")
    expect(lines).to_have_count(2)


def test_axe_finds_nothing_and_it_fits_a_small_screen(page: Page) -> None:
    page.get_by_label("A parade").check()
    page.get_by_role("button", name="Check", exact=True).click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page, "[data-face=check]") == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) == []


def test_what_was_ticked_is_kept_and_stands_there_again(page: Page) -> None:
    page.get_by_label("A vote").check()
    page.get_by_label("A treaty").check()
    page.get_by_role("button", name="Check", exact=True).click()
    kept = kept_work(page)
    assert kept == {"02.all": {"answer": ["treaty", "vote"], "right": True, "tries": 1}}
    again(page)
    expect(page.get_by_label("A treaty")).to_be_checked()
    expect(page.get_by_label("A parade")).not_to_be_checked()
    expect(page.get_by_label("A vote")).to_be_checked()
    expect(page.locator(".face-verdict > p")).to_have_text("✓ Yes. Both.")
