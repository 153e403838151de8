"""The notebooks in a real JupyterLab, in a folder whose name has spaces and letters of other
scripts.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import (
    PATIENCE,
    ROOT,
    Expected,
    Watch,
    choose,
    clean_environment,
    converted,
    end_kernels,
    fitted,
    idle,
    lab_server,
    look,
    menu,
    offline,
    open_notebook,
    painted,
    predict,
    predictions,
    prints_the_memo_alone,
    ran,
    saved,
    shows,
    shows_prediction,
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
def lab(browser: Browser, server: str, collection: Path) -> Iterator[tuple[Page, str]]:
    """A fresh JupyterLab page, with no kernel and no work yet: also for a test that is tried again.
    At the end its console must be free of errors.
    """
    context = browser.new_context(viewport={"width": 1300, "height": 1300})
    end_kernels(context, server)
    for kept in (collection / "notebooks").glob("my_work*"):
        kept.unlink()
    page, watch = context.new_page(), Watch()
    watch.listen(page)
    yield page, server
    assert [one for one in watch.errors if one != SLOW] == []
    context.close()


def run_all(page: Page) -> None:
    """Run every cell, and wait for the first chart and the last cell."""
    menu(page, "Run", "Run All Cells")
    page.locator(".face-plot .main-svg, .face-rows").first.wait_for(timeout=PATIENCE * 1000)
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
        "         if 'lesson.explorer(' in ''.join(one['source'])]\n"
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


@pytest.mark.parametrize(
    "name",
    [pytest.param(FIRST, id="00", marks=pytest.mark.slow), pytest.param(TIMELINE, id="02")],
)
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
    options = form.locator('fieldset input[type="radio"]')
    if options.count():
        options.first.check()
    else:
        form.locator('input[type="text"]').fill("1")
    submit.click()
    expect(verdict).not_to_have_text(asked)
    expect(verdict).to_contain_text("Not yet.")


def _a_prediction_is_kept(page: Page, collection: Path) -> None:
    text = predict(predictions(page).first, "my_work.json")
    kept = json.loads((collection / "notebooks" / "my_work.json").read_text(encoding="utf-8"))
    assert text in kept["work"].values()
    again = page.locator(".face-again").first
    again.scroll_into_view_if_needed()
    expect(again).to_contain_text(text)


@pytest.mark.slow
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


@pytest.mark.slow
def test_after_a_restart_all_is_as_before(lab: tuple[Page, str], collection: Path) -> None:
    page, server = lab
    open_notebook(page, server, FIRST)
    run_all(page)
    predict(predictions(page).first, "my_work.json")
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
    shows_prediction(predictions(page).first)
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


@pytest.mark.slow
def test_charts_are_prepared_and_gone_when_their_cell_runs_again(
    lab: tuple[Page, str], collection: Path
) -> None:
    page, server = lab
    page.add_init_script("performance.now = () => 0;")  # no drawing is slow, however busy this is
    # The first cells only: what moves the chart away while later ones run is not what is asked.
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    which = next(at for at, one in enumerate(notebook.cells) if "lesson.explorer(" in one.source)
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


@pytest.mark.slow
def test_a_kernel_knows_from_the_face_which_rows_are_on_show(
    lab: tuple[Page, str], collection: Path
) -> None:
    page, server = lab
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    which = next(at for at, one in enumerate(notebook.cells) if "lesson.explorer(" in one.source)
    chart = notebook.cells[which]
    call = "lesson.explorer("
    chart.source = f"{chart.source.replace(call, f'moving = {call}')}\nmoving"
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
    rows = re.compile(rf"{len(payload['visibleRows'])} on show")
    for _ in range(10):  # what the face says reaches the kernel in its own time
        last.click(position={"x": 5, "y": 5})
        page.keyboard.press("Escape")
        menu(page, "Run", "Run Selected Cell")
        idle(page)
        if rows.search(last.inner_text()):
            break
    expect(last).to_contain_text(rows)
    no_errors(page)


def _cells(page: Page) -> list[str]:
    """The cells in their order, each by its kind and a number that it was given once."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map((one) => {
      one.dataset.number ??= String(window.cells = (window.cells ?? 0) + 1);
      return `${one.classList.contains('jp-CodeCell')} ${one.dataset.number}`;
    })"""
    )
    return found


@pytest.mark.slow
def test_keys_in_our_controls_are_ours(lab: tuple[Page, str], collection: Path) -> None:
    page, server = lab
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    charts = [one for one in notebook.cells if "lesson.explorer(" in one.source]
    asks = [
        next(one for one in notebook.cells if f'lesson.prompt("02.{name}")' in one.source)
        for name in ("predict", "notice")
    ]
    begins = next(one for one in notebook.cells if "lesson.begin(" in one.source)
    notebook.cells = [begins, *charts[:1], *asks, nbformat.v4.new_code_cell("'the last'")]
    nbformat.write(notebook, collection / "notebooks" / "keys.ipynb")
    open_notebook(page, server, "keys.ipynb")
    run_all(page)
    figure = page.locator("figure.face-figure")
    figure.scroll_into_view_if_needed()

    before = _cells(page)
    assert len(before) == len(notebook.cells)
    period = figure.locator('select[name="period"]')
    period.select_option(index=1)
    period.focus()
    period.press("ArrowDown")
    expect(period).to_have_js_property("selectedIndex", 2)
    later = figure.get_by_role("button", name="Later ▶")
    marks = figure.locator(".face-marks")
    guess = page.get_by_role("slider").first
    words = page.locator(".face.lesson summary").first  # which no script of ours has made
    for control in (period, later, marks, guess, words):
        if control is not period:  # a click would open it
            control.click()
        _keys_reach_no_cell(control, before)
    _a_chart_is_walked_and_taken(figure, marks)
    # A notebook is saved from a control as from anywhere else.
    text = page.locator("form.face-prompts textarea").first
    text.fill("kept")
    with page.expect_request(lambda one: one.method == "PUT" and "keys.ipynb" in one.url):
        text.press("Control+s")
    page.locator(".jp-Notebook .jp-Cell").last.click(position={"x": 5, "y": 5})
    page.keyboard.press("Escape")
    page.keyboard.press("b")  # outside of our controls the notebook's keys are its own
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(len(before) + 1)


def _keys_reach_no_cell(control: Locator, before: list[str]) -> None:
    control.focus()
    for key in ("a", "x", "m", "d", "d", "0", "0", "b", "Shift+Enter", "Control+b"):
        control.page.keyboard.press(key)  # the control itself may be gone, with its cell
    assert _cells(control.page) == before
    assert control.page.locator(".jp-Dialog").count() == 0, "a kernel would be restarted"


@pytest.mark.slow
def test_keys_in_a_notebook_that_was_opened_again_reach_no_cell(
    lab: tuple[Page, str], collection: Path
) -> None:
    """No script of ours runs there: what the reader opens carries the mark itself."""
    page, server = lab
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    wanted = ("lesson.begin(", "02.timeline", "02.predict", "02.references")
    ours = [one for one in notebook.cells if any(name in one.source for name in wanted)]
    notebook.cells = [*ours, nbformat.v4.new_code_cell("'the last'")]
    path = collection / "notebooks" / "keys_again.ipynb"
    nbformat.write(notebook, path)
    open_notebook(page, server, path.name)
    run_all(page)
    saved(page, path, "lesson-references")
    menu(page, "Kernel", "Shut Down Kernel")
    page.locator("#jp-main-statusbar").get_by_text("No Kernel").wait_for()
    open_notebook(page, server, path.name)
    before = _cells(page)
    page.locator(".jp-OutputArea-output summary").first.wait_for()
    for kind in ("summary", "a[href]", "[tabindex='0']"):
        stops = page.locator(f".jp-OutputArea-output {kind}").all()
        seen = [one for one in stops if one.is_visible()]
        assert seen or kind == "[tabindex='0']", kind
        for control in [*seen[:2], *seen[2:][-1:]]:
            _keys_reach_no_cell(control, before)


def _a_chart_is_walked_and_taken(figure: Locator, marks: Locator) -> None:
    page = figure.page
    marks.focus()
    marks.press("Home")
    expect(figure.locator(".face-unseen")).to_contain_text("(1 of ")
    marks.press("Escape")
    expect(marks).to_be_focused()
    figure.get_by_role("button", name="Save and cite").click()
    panel = figure.locator(".face-panel")
    expect(panel.locator(".face-cite")).to_contain_text("choices: Period: ")
    assert "localhost" not in panel.inner_text() and panel.get_by_role("link").count() == 0
    with page.expect_download() as saving:
        panel.get_by_role("button", name="Save picture (PNG)").click()
    assert saving.value.path().read_bytes().startswith(b"\x89PNG")


def theme(page: Page, name: str, light: str) -> None:
    """Choose a theme of JupyterLab, which keeps it for the next page."""
    page.locator('.lm-MenuBar-itemLabel:text-is("Settings")').click()
    page.locator('.lm-Menu-itemLabel:text-is("Theme")').hover()
    page.locator(f'.lm-Menu-itemLabel:text-is("{name}")').click()
    page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")


@pytest.mark.slow
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


@pytest.mark.slow
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
    assert "those below did not run" in said.inner_text()
    shown = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert "Traceback" not in shown and "line " not in said.inner_text().partition("events.csv")[0]


# -- the export that everybody knows ---------------------------------------------------------------
@pytest.mark.slow
def test_plain_nbconvert_gives_a_page_that_works(
    browser: Browser, collection: Path, tmp_path: Path
) -> None:
    path = converted("html", collection / "notebooks" / TIMELINE, tmp_path, "--execute")
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


# -- opened again, printed and exported ------------------------------------------------------------
ANSWER = "Three horses went home."


def _reader_works(page: Page) -> str:
    """Choose a period, answer a check and write a text; gives the check's answer."""
    figure = page.locator("figure.face-figure").first
    figure.scroll_into_view_if_needed()
    choose(figure, "period", 2)
    check = page.locator("form.face-check").filter(has=page.locator('input[type="radio"]')).first
    check.locator('input[type="radio"]').first.check()
    check.locator("button.face-submit").click()
    expect(check.locator(".face-verdict")).not_to_be_empty()
    form = page.locator("form.face-prompts", has=page.locator("textarea")).first
    form.locator("textarea").first.fill(ANSWER)
    expect(form.locator(".face-message")).to_contain_text("my_work.json")
    return check.locator("label").first.inner_text().strip()


#: The timeline, the map, and the chart under the hood.
CHARTS = 3


@pytest.mark.slow
def test_opened_again_printed_and_exported_a_lesson_is_as_it_was(
    browser: Browser, lab: tuple[Page, str], collection: Path, pictures: Path, tmp_path: Path
) -> None:
    page, server = lab
    name = "again.ipynb"
    shutil.copy(collection / "notebooks" / TIMELINE, collection / "notebooks" / name)
    open_notebook(page, server, name)
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    expect(page.get_by_text("official Jupyter news")).to_have_count(0)
    run_all(page)
    expect(page.get_by_role("heading", name="02 · A timeline")).to_be_in_viewport()
    answer = _reader_works(page)
    title = page.locator("figure.face-figure .face-title").first.inner_text()
    texts = (f"Your answer: {answer}", ANSWER)
    saved(page, collection / "notebooks" / name, *texts, pictures=CHARTS)
    menu(page, "Kernel", "Shut Down Kernel")
    page.locator("#jp-main-statusbar").get_by_text("No Kernel").wait_for()
    open_notebook(page, server, name)
    # JupyterLab puts what is further down into the page in its idle time. Its own plotly shows the
    # picture, and draws the chart where the pointer or a change of size has woken it.
    chart = page.locator(".jp-RenderedPlotly").first
    chart.wait_for(timeout=PATIENCE * 1000, state="attached")
    chart.scroll_into_view_if_needed()
    chart.locator("img, .main-svg").first.wait_for(timeout=PATIENCE * 1000)
    shown = page.locator(".jp-Notebook")
    for text in (title, f"Your answer: {answer}", ANSWER, "menu Run, then Run All Cells"):
        found = shown.get_by_text(text).first
        found.scroll_into_view_if_needed()
        expect(found).to_be_visible()
    no_errors(page)
    page.screenshot(path=pictures / "lab.again.png")
    # File > Print asks the server for the first of these pages, Save and Export for both.
    sheet, _watch = offline(browser.new_context())
    for asked in ("", "?sanitize_html=true"):
        exported = tmp_path / "exported.html"
        text = page.evaluate(
            "(url) => fetch(url).then((one) => one.text())", f"/nbconvert/html/{name}{asked}"
        )
        exported.write_text(text, encoding="utf-8")
        sheet.goto(exported.as_uri())
        _is_exported(sheet, title, answer)
        sheet.screenshot(path=pictures / f"lab.exported{asked[1:9]}.png", full_page=True)
    sheet.context.close()
    path = converted("slides", collection / "notebooks" / name, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert ANSWER in text and answer in text and text.count('src="data:image/png') == CHARTS


def _is_exported(page: Page, title: str, answer: str) -> None:
    for text in (title, f"Your answer: {answer}", ANSWER):
        expect(page.locator("body").get_by_text(text).locator("visible=true").first).to_be_visible()
    expect(page.locator('img[src^="data:image/png"]')).to_have_count(CHARTS)
    expect(page.get_by_text("menu Run, then Run All Cells")).to_have_count(0)
    assert not re.search(r"</?\w+[^<>]*>", page.locator("body").inner_text())


# -- a kernel that is gone -------------------------------------------------------------------------
def _few_cells(collection: Path, name: str) -> None:
    """The chart, a check and a text of the timeline, as a notebook of their own."""
    notebook = nbformat.read(collection / "notebooks" / TIMELINE, as_version=4)
    wanted = ("02.timeline", "02.notice", "02.status", "00.portfolio")
    found = [next((c for c in notebook.cells if one in c.source), None) for one in wanted]
    notebook.cells = [one for one in found if one]
    nbformat.write(notebook, collection / "notebooks" / name)


@pytest.mark.parametrize("how", ["restarted", "stopped"])
@pytest.mark.slow
def test_without_its_kernel_every_button_says_so_and_nothing_is_lost(
    lab: tuple[Page, str], collection: Path, how: str
) -> None:
    page, server = lab
    name = f"{how}.ipynb"
    _few_cells(collection, name)
    open_notebook(page, server, name)
    run_all(page)
    if how == "restarted":
        menu(page, "Kernel", "Restart Kernel…")
        page.locator('.jp-Dialog button:has-text("Restart")').click()
        page.locator("#jp-main-statusbar").get_by_text("(ipykernel) | Idle").wait_for()
    else:  # it is there, and never answers
        with urllib.request.urlopen(f"{server}/api/sessions") as answer:
            sessions = json.load(answer)
        kernel = next(one["kernel"]["id"] for one in sessions if one["path"] == name)
        processes = psutil.process_iter(["cmdline"])
        next(
            one for one in processes if any(kernel in word for word in one.info["cmdline"] or ())
        ).suspend()
    text = page.locator("form.face-prompts textarea").first
    text.fill(f"written when it was {how}")
    text.blur()
    check = page.locator("form.face-check").first
    check.locator("input").first.check()
    check.locator("button.face-submit").click()
    choose(page.locator("figure.face-figure").first, "period", 2)
    # A stopped kernel may have sent the next chart before it was wanted.
    parts = "form.face-check, form.face-prompts" + (", figure" if how == "restarted" else "")
    faces = page.locator(".face", has=page.locator(parts)).all()
    assert len(faces) >= 2
    for face in faces:
        expect(face.get_by_text("Run All Cells").last).to_be_visible(timeout=8000)
    menu(page, "Kernel", "Restart Kernel and Run All Cells…")
    page.locator('.jp-Dialog button:has-text("Restart")').click()
    kept, deadline = collection / "notebooks" / "my_work.json", time.monotonic() + PATIENCE
    text_kept = f"written when it was {how}"
    while not kept.exists() or text_kept not in kept.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, "the text never reached the next kernel"
        page.wait_for_timeout(200)
    fresh = page.locator("form.face-prompts textarea").first
    expect(fresh).to_have_value(text_kept)
    expect(page.get_by_text("The kernel ")).to_have_count(0)
    expect(page.locator("form.face-check input").first).to_be_checked()


@pytest.mark.parametrize("kept", ["saved", "not saved"])
@pytest.mark.slow
def test_reloaded_beside_its_kernel_a_lesson_is_there_and_runs_again(
    lab: tuple[Page, str], collection: Path, kept: str
) -> None:
    page, server = lab
    name = f"reload {kept}.ipynb"
    _few_cells(collection, name)
    open_notebook(page, server, name)
    run_all(page)
    text = f"written before the reload, {time.monotonic_ns()}"  # another one when tried again
    form = page.locator("form.face-prompts", has=page.locator("textarea")).first
    form.locator("textarea").first.fill(text)
    expect(form.locator(".face-message")).to_contain_text("my_work.json")
    check = page.locator("form.face-check").first
    check.locator("input").nth(1).check()
    check.locator("button.face-submit").click()
    expect(check.locator(".face-verdict")).not_to_be_empty()
    answer = check.locator("label").nth(1).inner_text().strip()
    if kept == "saved":
        texts = (f"Your answer: {answer}", text)
        saved(page, collection / "notebooks" / name, *texts, pictures=1)
    page.on("dialog", lambda one: one.accept())  # leave, although there is something unsaved
    page.reload(wait_until="load")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE * 1000)
    page.locator("#jp-main-statusbar").get_by_text("(ipykernel) | Idle").wait_for()
    if kept == "saved":  # what JupyterLab has no more of from the kernel, the file has
        for words in (f"Your answer: {answer}", text):
            found = page.locator(".jp-Notebook").get_by_text(words).locator("visible=true").first
            found.scroll_into_view_if_needed()
            expect(found).to_be_visible()
        expect(page.locator(".jp-RenderedPlotly img").first).to_be_visible()
    no_errors(page)
    assert page.get_by_text("model not found").count() == 0
    run_all(page)
    no_errors(page)
    expect(page.locator("form.face-prompts textarea").first).to_have_value(text)
    expect(page.locator("form.face-check input").nth(1)).to_be_checked()
    expect(page.locator("figure.face-figure").first).to_be_visible()


@pytest.mark.slow
def test_rows_of_a_chart_are_taken_as_a_picture(lab: tuple[Page, str], collection: Path) -> None:
    page, server = lab
    name = "rows.ipynb"
    notebook = nbformat.read(collection / "notebooks" / "06_the_exchange.ipynb", as_version=4)
    call = 'lesson.explorer("06.counters")'
    notebook.cells = [one for one in notebook.cells if call in one.source]
    nbformat.write(notebook, collection / "notebooks" / name)
    open_notebook(page, server, name)
    run_all(page)
    figure = page.locator("figure.face-figure")
    expect(figure.locator(".face-rows")).to_be_visible()
    figure.get_by_role("button", name="Save and cite").click()
    panel = figure.locator(".face-panel")
    with page.expect_download() as saving:
        panel.get_by_role("button", name="Save drawing (SVG)").click()
    drawing = saving.value.path().read_text(encoding="utf-8")
    row = figure.locator(".face-rows li, .face-rows th[scope=row]").first.inner_text()
    assert row.split()[0] in drawing and "<svg" in drawing
    with page.expect_download() as saving:
        panel.get_by_role("button", name="Save picture (PNG)").click()
    picture = Image.open(saving.value.path())
    colours = picture.convert("RGB").resize((200, 200)).getcolors(200 * 200)
    assert colours is not None and len(colours) > 10, "an empty sheet"
    assert picture.width >= 1000


@pytest.mark.slow
def test_changes_in_quick_succession_are_all_answered(
    lab: tuple[Page, str], collection: Path
) -> None:
    """While a message is under way ipywidgets sends only the last of several changes."""
    page, server = lab
    _few_cells(collection, "quick.ipynb")
    open_notebook(page, server, "quick.ipynb")
    run_all(page)
    form = page.locator("form.face-prompts", has=page.locator("textarea")).first
    form.locator("textarea").evaluate_all(
        """(boxes) => boxes.forEach((box, at) => {
          box.value = `thought ${at}`;
          box.dispatchEvent(new Event('change'));
        })"""
    )
    expect(form.locator(".face-message")).to_contain_text("my_work.json")
    page.wait_for_timeout(5000)  # longer than a silent kernel is given
    expect(page.get_by_text("The kernel ")).to_have_count(0)
    kept = json.loads((collection / "notebooks" / "my_work.json").read_text(encoding="utf-8"))
    values = list(kept["work"]["02.notice"].values())
    assert values == [f"thought {at}" for at in range(len(values))] and len(values) == 3
