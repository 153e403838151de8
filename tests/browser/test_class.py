"""The page of a class: from disk, with the network cut, with files that are dropped on it."""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import classes
from browser.drive import offline, too_wide, violations
from upheaval.classroom import page as class_page
from upheaval.publish import execution

pytestmark = pytest.mark.browser

DROP = """(files) => {
  const held = new DataTransfer();
  for (const [name, packed] of files) {
    const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
    held.items.add(new File([bytes], name));
  }
  dispatchEvent(new DragEvent("drop", {dataTransfer: held, cancelable: true, bubbles: true}));
}"""

#: Opens the first fold of each part: all of them together would take axe a minute.
OPEN = """() => {
  for (const part of document.querySelectorAll('.class-part')) {
    const fold = part.querySelector('details');
    if (fold) fold.open = true;
  }
}"""


def part(page: Page, title: str) -> str:
    """What stands in a part of the page."""
    return page.get_by_role("region", name=title).inner_text()


@pytest.fixture
def two_lessons(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page has the questions of two lessons: those of all take seconds to compute."""
    class_page.questions.cache_clear()
    paths = [path for path in execution.lessons() if path.name[:2] in ("02", "03")]
    monkeypatch.setattr(execution, "lessons", lambda: paths)
    yield
    class_page.questions.cache_clear()


def test_a_class_is_read_marked_pooled_and_given_back(
    browser: Browser, tmp_path: Path, two_lessons: None
) -> None:
    path = class_page.build(classes.made(tmp_path / "class")).path
    context = browser.new_context(accept_downloads=True, viewport={"width": 320, "height": 700})
    page, watch = offline(context)
    page.goto(path.as_uri())
    summary = page.locator(".face-text").first
    expect(summary).to_have_text("class: 20 students, 22 files read.")
    told = part(page, "What was read")
    for name in ("half.json", "theirs.json", "broken.zip", "essay.docx", "Amina Bello handed in 2"):
        assert name in told
    assert "of 20 students right in the end" in page.get_by_role("region", name="Checks").evaluate(
        "(one) => one.textContent"
    )
    assert "Krippendorff's alpha is" in part(page, "Codings, compared")
    assert "steps apart" in part(page, "Grids of hypotheses, joined")
    page.evaluate(OPEN)
    assert too_wide(page) == [] and violations(page) == []
    # What is dropped comes in beside what is there.
    late = classes.file({"02.predict": "<b>Late</b>"}, name="=Zed")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("my_work.json", late)
    packed = base64.b64encode(held.getvalue()).decode()
    page.evaluate(DROP, [["late.zip", packed], ["odd.json", base64.b64encode(b"{").decode()]])
    expect(summary).to_have_text("class: 21 students, 23 files read.")
    assert "odd.json was left out" in part(page, "What was read")
    expect(page.get_by_text("Rubric: Amina Bello")).to_be_visible()  # what was open stays so
    page.locator("summary", has_text="Ben Adler").click()
    page.get_by_label("Bottom line").nth(1).select_option("2")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save it as a file").nth(1).click()
    assert saving.value.suggested_filename == "feedback-Ben-Adler.txt"
    page.get_by_label("Leave names out").check()
    assert not any(name in page.locator("main").text_content() for name in (*classes.NAMES, "Zed"))
    page.get_by_label("Leave names out").uncheck()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save for a gradebook").click()
    text = saving.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 22 and "'=Zed" in [row[0] for row in rows]
    assert watch.outside == [] and watch.errors == []
    context.close()
