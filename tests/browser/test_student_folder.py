"""A student's day in the folder `my_lessons`, in the JupyterLab that the start opens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.drive import PATIENCE, ROOT, lab_server, menu, open_notebook, ran
from lessons import SECRET_TAGS, Lesson
from upheaval import copies

pytestmark = pytest.mark.browser
TIMELINE = "02_a_timeline.ipynb"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """The collection as it is downloaded, with answers that were kept by an earlier version."""
    folder = tmp_path / "Мой курс 数据 & co"
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_work*.json")
    for part in ("notebooks", "utils", "data"):
        shutil.copytree(ROOT / part, folder / part, ignore=leave)
    shutil.copy(ROOT / "tests" / "net" / "recorded" / "kept" / "my_work.json", folder / "notebooks")
    return folder


@pytest.fixture
def server(collection: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the JupyterLab that `python start.py` starts."""
    utils = str(collection / "utils")
    program = ("upheaval", "lab")
    with lab_server(collection, tmp_path / "settings", program, PYTHONPATH=utils) as address:
        yield address


@pytest.mark.slow
def test_a_student_s_day(server: str, collection: Path, browser: Browser, pictures: Path) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 1300})
    lesson, copy = Lesson(collection / "notebooks" / TIMELINE), collection / "my_lessons" / TIMELINE
    work = collection / "notebooks" / "my_work.json"
    before = json.loads(work.read_text(encoding="utf-8"))["work"]
    open_notebook(page, server, f"my_lessons/{TIMELINE}")
    menu(page, "Run", "Run All Cells")
    ran(page)
    assert page.get_by_text("Traceback").count() == 0
    kept_back = [cell.id for cell in lesson.cells if cell.tags & SECRET_TAGS]
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    assert kept_back and not {cell["id"] for cell in cells} & set(kept_back)
    assert page.get_by_text("Likely misconceptions").count() == 0

    form = page.locator("form.face-prompts").filter(has=page.get_by_role("slider")).first
    expect(form).to_contain_text(f"You predicted before: “{before['02.predict']}”.")
    form.locator(".face-guess-box").fill("20")
    form.locator(".face-guess-box").blur()
    expect(form.locator(".face-message")).to_have_text(
        "Kept in my_work.json, in the folder notebooks.", timeout=PATIENCE * 1000
    )
    after = json.loads(work.read_text(encoding="utf-8"))["work"]
    assert after == before | {"02.predict": "20 days later"}
    check = page.locator("form.face-check", has=page.locator("input[type=text]")).first
    check.locator("input[type=text]").fill("1")
    check.locator("button.face-submit").click()
    expect(check.locator(".face-verdict")).to_contain_text("Not yet.")
    page.screenshot(path=pictures / "student_folder.png")

    # JupyterLab's own way of storing a notebook is no change of the student's.
    menu(page, "File", "Save Notebook")
    expect(page.locator(".jp-mod-current.jp-mod-dirty")).to_have_count(0)
    page.wait_for_function(
        """async ([address]) => (await (await fetch(address)).json()).content.cells
          .some((cell) => (cell.outputs ?? []).length > 0)""",
        arg=[f"{server}/api/contents/my_lessons/{TIMELINE}"],
        timeout=PATIENCE * 1000,
    )
    newer = json.loads(lesson.path.read_text(encoding="utf-8"))
    newer["cells"][0]["source"] = ["# 02 · A newer title"]
    lesson.path.write_text(json.dumps(newer), encoding="utf-8")
    assert copies.prepare(collection).told == []
    cells = json.loads(copy.read_text(encoding="utf-8"))["cells"]
    assert "".join(cells[0]["source"]) == "# 02 · A newer title"
    assert any(cell.get("outputs") for cell in cells)
    page.close()
