"""The notebooks in a real JupyterLab, in a folder whose name has spaces and letters of other
scripts.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from browser.drive import (
    PATIENCE,
    ROOT,
    Expected,
    Watch,
    choose,
    clean_environment,
    fitted,
    idle,
    lab_server,
    look,
    menu,
    offline,
    open_notebook,
    painted,
    prints_the_memo_alone,
    ran,
    shows,
    walk,
    widget_data,
)

pytestmark = pytest.mark.browser

#: What anywidget says where a computer is slow; `test_a_slow_computer_gets_every_answer` shows that
#: nothing is lost.
SLOW = "[anywidget] Failed to initialize model."
FIRST, TIMELINE = "00_start_here.ipynb", "02_a_timeline.ipynb"
MEMO = "11_you_advise_the_president.ipynb"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the collection as a reader would have it."""
    folder = tmp_path_factory.mktemp("lab") / "Мой курс 数据 & co"
    for part in ("notebooks", "utils", "data"):
        shutil.copytree(
            ROOT / part,
            folder / part,
            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_work*.json"),
        )
    return folder


@pytest.fixture(scope="module")
def server(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab that runs in the copy."""
    with lab_server(collection / "notebooks", tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture
def lab(browser: Browser, server: str) -> Iterator[tuple[Page, str]]:
    """A fresh JupyterLab page; at the end its console must be free of errors."""
    context = browser.new_context(viewport={"width": 1300, "height": 1300})
    page, watch = context.new_page(), Watch()
    watch.listen(page)
    yield page, server
    assert [one for one in watch.errors if one != SLOW] == []
    context.close()


def run_all(page: Page) -> None:
    """Run every cell, and wait for the first chart and the last cell."""
    menu(page, "Run", "Run All Cells")
    page.locator(".face-plot .main-svg").first.wait_for(timeout=PATIENCE * 1000)
    ran(page)


def no_errors(page: Page) -> None:
    """No cell shows a traceback or says that a widget is missing."""
    shown = page.locator(
        '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"], '
        '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'
    )
    assert shown.all_inner_texts() == []
    assert page.get_by_text("Error displaying widget").count() == 0


def expected_of(notebook: Path, which: int, folder: Path) -> Expected:
    """What the explorer number `which` of a notebook has to show, from its own code run here."""
    script = (
        "import json, sys; from upheaval.widgets import Explorer\n"
        "made = []; old = Explorer.__init__\n"
        "def new(self, *given, **named): old(self, *given, **named); made.append(self)\n"
        "Explorer.__init__ = new\n"
        "cells = [one for one in json.load(open(sys.argv[1], encoding='utf-8'))['cells']\n"
        "         if 'Explorer(' in ''.join(one['source'])]\n"
        "for one in cells: exec(''.join(one['source']), {})\n"
        f"print(json.dumps(made[{which}].page_data()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(notebook)],
        cwd=notebook.parent,
        check=True,
        env={**clean_environment(), "FACE_MODE": "page", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return Expected(json.loads(done.stdout))


@pytest.mark.parametrize("name", [FIRST, TIMELINE], ids=["00", "02"])
def test_a_lesson_runs_moves_answers_and_keeps(
    lab: tuple[Page, str], collection: Path, pictures: Path, name: str
) -> None:
    page, server = lab
    open_notebook(page, server, name)
    run_all(page)
    no_errors(page)
    figure = page.locator("figure.face-figure").first
    figure.scroll_into_view_if_needed()
    expected = expected_of(collection / "notebooks" / name, 0, collection)
    start = shows(figure, expected.payload(expected.start))
    page.screenshot(path=pictures / f"lab.{name[:2]}.png")
    looks = [(chosen, shows(figure, expected.payload(chosen))) for chosen in walk(figure, expected)]
    for control in expected.controls:
        assert any(
            seen != start
            for chosen, seen in looks
            if chosen[control["name"]] != expected.start[control["name"]]
        ), control["name"]
    _a_check_answers(page)
    _a_prediction_is_kept(page, collection)
    page.screenshot(path=pictures / f"lab.{name[:2]}.answers.png")


def _a_check_answers(page: Page) -> None:
    form = page.locator("form.face-check").first
    submit, verdict = form.locator("button.face-submit"), form.locator(".face-verdict")
    submit.click()
    expect(verdict).not_to_be_empty()
    asked = verdict.inner_text()
    if form.locator('input[type="radio"]').count():
        form.locator('input[type="radio"]').first.check()
    else:
        form.locator('input[type="text"]').fill("1")
    submit.click()
    expect(verdict).not_to_have_text(asked)
    expect(verdict).to_contain_text("Not yet.")


def _a_prediction_is_kept(page: Page, collection: Path) -> None:
    form = page.locator("form.face-prompts").filter(has=page.locator('input[type="radio"]')).first
    label = str(form.locator("label").nth(1).text_content()).strip()
    form.locator("input").nth(1).check()
    expect(form.locator(".face-message")).to_contain_text("my_work.json")
    kept = json.loads((collection / "notebooks" / "my_work.json").read_text(encoding="utf-8"))
    assert label in kept["work"].values()
    again = page.locator(".face-again").first
    again.scroll_into_view_if_needed()
    expect(again).to_contain_text(label)


def test_a_slow_computer_gets_every_answer(lab: tuple[Page, str]) -> None:
    page, server = lab
    open_notebook(page, server, TIMELINE)
    speed = page.context.new_cdp_session(page)
    speed.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    run_all(page)
    speed.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    for form in page.locator("form.face-check").all():
        # Not by the mouse: charts that are still to come push the button away from under it, and
        # what is asked here is whether an answer gets lost between the face and the kernel.
        form.locator("button.face-submit").dispatch_event("click")
        expect(form.locator(".face-verdict")).not_to_be_empty(timeout=PATIENCE * 1000)
    for box in page.locator("form.face-prompts textarea").all():
        box.fill("slow")
        box.blur()
    for status_message in (
        page.locator("form.face-prompts")
        .filter(has=page.locator("textarea"))
        .locator(".face-message")
        .all()
    ):
        expect(status_message).to_contain_text("my_work.json")


def test_after_a_restart_all_is_as_before(lab: tuple[Page, str], collection: Path) -> None:
    page, server = lab
    open_notebook(page, server, FIRST)
    run_all(page)
    form = page.locator("form.face-prompts").filter(has=page.locator('input[type="radio"]')).first
    form.locator("input").nth(2).check()
    expect(form.locator(".face-message")).to_contain_text("my_work.json")
    check = page.locator("form.face-check").first
    check.locator("input").nth(1).check()
    check.locator("button.face-submit").click()
    verdict = check.locator(".face-verdict")
    expect(verdict.locator(".face-yes")).to_be_visible()
    said = verdict.inner_text()
    figure = page.locator("figure.face-figure").first
    figure.scroll_into_view_if_needed()
    fitted(page)
    before = look(figure)
    page.evaluate(
        "() => { document.querySelectorAll('.face').forEach((one) => { one.dataset.old = ''; }); }"
    )
    menu(page, "Kernel", "Restart Kernel and Run All Cells…")
    page.locator('.jp-Dialog button:has-text("Restart")').click()
    page.wait_for_function(
        """() => document.querySelectorAll('.face:not([data-old]) .main-svg').length > 0
      && document.querySelectorAll('.face[data-old]').length === 0""",
        timeout=PATIENCE * 1000,
    )
    ran(page)
    no_errors(page)
    fitted(page)
    assert look(page.locator("figure.face-figure").first) == before
    expect(page.locator("form.face-prompts input").nth(2)).to_be_checked()
    expect(page.locator("form.face-check input").nth(1)).to_be_checked()
    expect(page.locator(".face-verdict").first).to_have_text(said, use_inner_text=True)
    # Cells run twice, and out of order.
    for index in (8, 3, 8):
        cell = page.locator(".jp-Notebook .jp-Cell").nth(index)
        cell.scroll_into_view_if_needed()
        cell.click(position={"x": 5, "y": 5})
        page.keyboard.press("Escape")
        menu(page, "Run", "Run Selected Cell")
        idle(page)
    no_errors(page)


def test_charts_are_prepared_and_gone_when_their_cell_runs_again(
    lab: tuple[Page, str], collection: Path
) -> None:
    page, server = lab
    page.add_init_script("performance.now = () => 0;")  # no drawing is slow, however busy this is
    # The first cells only: what moves the chart away while later ones run is not what is asked.
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    which = next(at for at, one in enumerate(notebook.cells) if "Explorer(" in one.source)
    notebook.cells = notebook.cells[: which + 1]
    nbformat.write(notebook, collection / "notebooks" / "prepared.ipynb")
    open_notebook(page, server, "prepared.ipynb")
    run_all(page)
    expected = expected_of(collection / "notebooks" / TIMELINE, 0, collection)
    explorer = page.locator(".face", has=page.locator("figure.face-figure"))
    figure = explorer.locator("figure.face-figure")
    figure.scroll_into_view_if_needed()
    expect(explorer).to_have_attribute("data-prepared", "3", timeout=PATIENCE * 1000)
    page.evaluate(
        """() => {
      const { purge, react } = Plotly;
      window.purged = new Set();
      Plotly.purge = (box) => { window.purged.add(box); purge(box); };
      Plotly.react = () => { throw new Error('a chart is drawn'); };
      window.restore = () => { Plotly.react = react; };
    }"""
    )
    for index in (1, 2, 3, 0):
        choose(figure, "period", index)
        shows(figure, expected.payload({**expected.start, "period": index}))
    explorer.evaluate("(el) => { window.restore(); el.dataset.old = ''; }")
    cell = page.locator(".jp-Notebook .jp-Cell").last
    cell.click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    menu(page, "Run", "Run Selected Cell")
    expect(page.locator(".face[data-old]")).to_have_count(0, timeout=PATIENCE * 1000)
    expect(explorer).to_have_attribute("data-prepared", "3", timeout=PATIENCE * 1000)
    assert page.evaluate("() => window.purged.size") == 4, "the one on show, and three more"
    assert page.locator(".js-plotly-plot").count() == 1 and page.locator("[inert]").count() == 0
    idle(page)


def test_a_kernel_knows_from_the_face_which_rows_are_on_show(
    lab: tuple[Page, str], collection: Path
) -> None:
    page, server = lab
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    which = next(at for at, one in enumerate(notebook.cells) if "Explorer(" in one.source)
    chart = notebook.cells[which]
    chart.source = f"{chart.source.replace('Explorer(', 'moving = Explorer(', 1)}\nmoving"
    # Python could compare rows itself: here it may not.
    asked = "painted, now = moving._painted, moving.selected\n"
    asked += (
        "print(f'{len(moving.visible_rows)} on show' if painted and painted[0] == now else '…')"
    )
    notebook.cells = [*notebook.cells[: which + 1], nbformat.v4.new_code_cell(asked)]
    nbformat.write(notebook, collection / "notebooks" / "on_show.ipynb")
    expected = expected_of(collection / "notebooks" / TIMELINE, 0, collection)
    open_notebook(page, server, "on_show.ipynb")
    run_all(page)
    figure = page.locator("figure.face-figure")
    figure.scroll_into_view_if_needed()
    chosen = {**expected.start, "period": 1, "theme": 2}
    choose(figure, "period", 1)
    choose(figure, "theme", 2)
    payload = expected.payload(chosen)
    shows(figure, payload)
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    last = cells.nth(cells.count() - 1)  # running it puts an empty one behind it
    last.click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    menu(page, "Run", "Run Selected Cell")
    expect(last).to_contain_text(f"{len(payload['visibleRows'])} on show")
    no_errors(page)


def test_keys_in_our_controls_are_ours(lab: tuple[Page, str], collection: Path) -> None:
    page, server = lab
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    charts = [one for one in notebook.cells if "Explorer(" in one.source]
    asks = [
        next(one for one in notebook.cells if kind in one.source)
        for kind in ("Predict(", "FreeResponse(")
    ]
    notebook.cells = [*charts[:1], *asks, nbformat.v4.new_code_cell("'the last'")]
    nbformat.write(notebook, collection / "notebooks" / "keys.ipynb")
    open_notebook(page, server, "keys.ipynb")
    run_all(page)
    figure = page.locator("figure.face-figure")
    figure.scroll_into_view_if_needed()

    def cells() -> list[str]:
        """The cells in their order, each by its kind and a number that it was given once."""
        found: list[str] = page.evaluate(
            """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map((one) => {
          one.dataset.number ??= String(window.cells = (window.cells ?? 0) + 1);
          return `${one.classList.contains('jp-CodeCell')} ${one.dataset.number}`;
        })"""
        )
        return found

    before = cells()
    assert len(before) == len(notebook.cells)
    period = figure.locator('select[name="period"]')
    period.select_option(index=1)
    period.focus()
    period.press("ArrowDown")
    expect(period).to_have_js_property("selectedIndex", 2)
    later = figure.get_by_role("button", name="Later ▶")
    for control in (period, later, page.locator('form.face-prompts input[type="radio"]').first):
        if control is not period:  # a click would open it
            control.click()
        for key in ("a", "x", "m", "d", "d", "0", "0", "b", "Shift+Enter", "Control+b"):
            control.press(key)
        assert cells() == before
        assert page.locator(".jp-Dialog").count() == 0, "a kernel would be restarted"
    # A notebook is saved from a control as from anywhere else.
    text = page.locator("form.face-prompts textarea").first
    text.fill("kept")
    with page.expect_request(lambda one: one.method == "PUT" and "keys.ipynb" in one.url):
        text.press("Control+s")
    page.locator(".jp-Notebook .jp-Cell").last.click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    page.keyboard.press("b")  # outside of our controls the notebook's keys are its own
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(len(before) + 1)


def theme(page: Page, name: str, light: str) -> None:
    """Choose a theme of JupyterLab, which keeps it for the next page."""
    page.locator('.lm-MenuBar-itemLabel:text-is("Settings")').click()
    page.locator('.lm-Menu-itemLabel:text-is("Theme")').hover()
    page.locator(f'.lm-Menu-itemLabel:text-is("{name}")').click()
    page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")


def test_the_memo_is_printed_alone_also_in_the_dark_theme(
    lab: tuple[Page, str], tmp_path: Path
) -> None:
    page, address = lab
    open_notebook(page, address, MEMO)
    theme(page, "JupyterLab Dark", light="false")
    run_all(page)
    prints_the_memo_alone(page, tmp_path / "memo.pdf")
    page.emulate_media(media="null")
    theme(page, "JupyterLab Light", light="true")


def test_a_broken_table_is_named_in_a_sentence(
    lab: tuple[Page, str], collection: Path, tmp_path: Path
) -> None:
    page, server = lab
    broken = tmp_path / "data in pieces"
    shutil.copytree(ROOT / "data", broken)
    events = broken / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    chosen = nbformat.v4.new_code_cell(f"import os\nos.environ['UPHEAVAL_DATA'] = {str(broken)!r}")
    notebook.cells = [chosen, *notebook.cells[1:9]]
    nbformat.write(notebook, collection / "notebooks" / "broken.ipynb")
    open_notebook(page, server, "broken.ipynb")
    menu(page, "Run", "Run All Cells")
    said = page.locator(".jp-OutputArea-output", has_text="events.csv").first
    said.wait_for(timeout=PATIENCE * 1000)
    idle(page)
    assert "semicolon" in said.inner_text()
    shown = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert "Traceback" not in shown and "line " not in said.inner_text().partition("events.csv")[0]


# -- the export that everybody knows ---------------------------------------------------------------
def test_plain_nbconvert_gives_a_page_that_works(
    browser: Browser, collection: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "jupyter",
            "nbconvert",
            "--to",
            "html",
            "--execute",
            f"--output-dir={tmp_path}",
            str(collection / "notebooks" / TIMELINE),
        ],
        env=clean_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    path = tmp_path / TIMELINE.replace(".ipynb", ".html")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, watch = offline(context)
    page.goto(path.as_uri())
    painted(page)
    figure, expected = (
        page.locator("figure.face-figure").first,
        Expected(widget_data(path, "explorer")[0]),
    )
    shows(figure, expected.payload(expected.start))
    for control in expected.controls:
        other = (control["start"] + 1) % len(control["options"])
        choose(figure, control["name"], other)
        shows(figure, expected.payload({**expected.start, control["name"]: other}))
        choose(figure, control["name"], control["start"])
    form = page.locator("form.face-check").first
    form.locator("button.face-submit").click()
    expect(form.locator(".face-verdict")).not_to_be_empty()
    # nbconvert's own template asks a content network for MathJax and require.js; nothing of ours
    # does.
    seen = [*watch.outside, *(one for one in watch.errors if "ERR_" not in one)]
    assert [one for one in seen if not re.search("mathjax|require", one, re.IGNORECASE)] == []
    context.close()
