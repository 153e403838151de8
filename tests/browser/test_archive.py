"""The ZIP of all pages, unpacked and opened from disk with the network cut."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.drive import alone, painted
from lessons import every
from upheaval.publish import archive, site_content

SOME = [one.path for one in every()[1:3]]


@pytest.mark.slow
def test_the_list_leads_to_pages_that_work(browser: Browser, runs: Path, tmp_path: Path) -> None:
    made = archive.build(tmp_path, SOME, runs)
    with zipfile.ZipFile(made) as opened:
        opened.extractall(tmp_path)
    with alone(browser, tmp_path / site_content.NAME / "index.html") as page:
        leads = (
            page.get_by_role("main")
            .get_by_role("link")
            .evaluate_all("(links) => links.map((one) => one.getAttribute('href'))")
        )
        assert leads == [*(f"{one.stem}.student.html" for one in SOME), archive.COME_BACK]
        assert "(50 minutes)" in page.get_by_role("main").inner_text()
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("link", name="02 A timeline").click()
        painted(page)
        assert page.locator(".face-plot .main-svg").count() > 0
        assert page.get_by_role("button", name="Check").first.is_enabled()
