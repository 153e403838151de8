"""One table: what happens on a school day, in every place where a lesson is shown.

A row is something that happens, a column is a host, and each cell says what the reader then reads
there: that it works, or the sentence with what to do. Every cell is tried in Chromium.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Download,
    Error,
    Frame,
    Locator,
    Page,
    Route,
    expect,
)

from browser.drive import (
    LESSONS,
    ROOT,
    end_kernels,
    lab_server,
    menu,
    offline,
    open_notebook,
    ran,
    saved,
)
from upheaval import saving
from upheaval.publish import page as publisher
from upheaval.widgets.core import storage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DISK, SITE, VIEWER = "a file from disk", "a page of the site", "JupyterLab's viewer of pages"

#: What an attribute `sandbox` leaves to a page in a frame.
FRAMES = {
    "a preview": "",
    "a strict course platform": "allow-scripts",
    VIEWER: "allow-scripts allow-same-origin allow-popups",
    "a course platform": "allow-scripts allow-same-origin allow-forms allow-popups allow-downloads",
}

ASLEEP = "Charts and questions are asleep here"
KEPT = "Kept in this browser, on this computer only."
FLEETING = "Kept until you close this page: your browser does not let it store anything."
ODD = {"answer": {"x": [1]}}
PROMPTS = '"kind":"prompts"'
FAILED = "This part could not start here. The others work."


@dataclass
class Opened:
    """A lesson in a host: ``outer`` is the tab, and the lesson may stand in a frame of it.

    ``file_of`` gives the file that stands behind an address.
    """

    context: BrowserContext
    outer: Page
    file_of: Callable[[str], Path]

    def ready(self) -> Frame:
        """The lesson when every part of it has started."""
        lesson = self.outer.frames[-1]
        lesson.locator("[data-face]").first.wait_for(state="attached")
        lesson.locator("[data-face]:not([data-started])").first.wait_for(state="detached")
        return lesson

    def again(self) -> Frame:
        """The lesson, opened anew."""
        self.outer.reload()
        return self.ready()

    def another(self) -> Frame:
        """The same in another tab of the same browser."""
        page = self.context.new_page()
        page.goto(self.outer.url)
        return Opened(self.context, page, self.file_of).ready()

    def fill_storage(self, lesson: Frame) -> None:
        """From now on nothing more can be stored."""
        lesson.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException(); } }")

    def keep_odd(self, keys: list[str]) -> None:
        """What no version ever wrote is kept under `keys`."""
        self.ready().evaluate(
            """([keys, odd]) => {
              for (const key of keys) localStorage.setItem(`my-work/${key}`, odd);
            }""",
            [keys, json.dumps(ODD)],
        )

    def spoil(self) -> Frame:
        """The lesson anew, with one kind of part that no page knows."""

        def serve(route: Route) -> None:
            text = self.file_of(route.request.url).read_text(encoding="utf-8")
            assert PROMPTS in text
            route.fulfill(body=text.replace(PROMPTS, '"kind":"unknown"'), content_type="text/html")

        self.context.route("**/02_*.html", serve)
        return self.again()


class OpenedInJupyterLab(Opened):
    """The lesson as the notebook `path`, with a kernel of the `server` whose root is `root`."""

    server: str
    root: Path
    path: Path

    def ready(self) -> Frame:
        if not self.path.exists():
            few_cells(self.path)
        self.open()
        menu(self.outer, "Run", "Run All Cells")
        self.outer.locator(".face-plot .main-svg").first.wait_for()
        ran(self.outer)
        return self.outer.main_frame

    def open(self) -> None:
        """Open the notebook and run nothing."""
        open_notebook(self.outer, self.server, self.path.relative_to(self.root).as_posix())

    def again(self) -> Frame:
        self.outer.goto("about:blank")
        end_kernels(self.context, self.server)
        return self.ready()

    def another(self) -> Frame:
        other = OpenedInJupyterLab(self.context, self.context.new_page(), self.file_of)
        other.server, other.root = self.server, self.root
        other.path = self.path.with_name("other.ipynb")
        return other.ready()

    def fill_storage(self, lesson: Frame) -> None:
        (self.path.parent / "full").touch()

    def keep_odd(self, keys: list[str]) -> None:
        work = {"about": storage.HEAD, "format": 1, "work": dict.fromkeys(keys, ODD)}
        few_cells(self.path)
        (self.path.parent / storage.FILE).write_text(json.dumps(work), encoding="utf-8")

    def spoil(self) -> Frame:
        few_cells(self.path, UNKNOWN)
        return self.ready()


#: Code after which a lesson's free texts are of a kind that no face knows.
UNKNOWN = """\
from upheaval.widgets import FreeResponse
def make(self, *given, _make=FreeResponse.__init__):
    _make(self, *given)
    self.spec = {**self.spec, "type": "unknown"}
FreeResponse.__init__ = make"""
#: And then a check whose script does not come, and no program that draws.
BROKEN = f"""\
{UNKNOWN}
from upheaval.widgets import Check
from upheaval.widgets.core import base
Check._esm = "no script"
base.library().value = "no script" """
#: Code that finds the disk full when there is a file called ``full``.
FULL = """\
import errno, os
from upheaval.widgets.core import storage
def write(*given, _write=storage.write_whole, **named):
    if os.path.exists("full"):
        raise OSError(errno.ENOSPC, "No space left on device")
    _write(*given, **named)
storage.write_whole = write"""


def few_cells(path: Path, code: str = FULL) -> None:
    """The chart, a check, texts and the kept work of lesson 02 behind ``code``, as a notebook."""
    notebook = nbformat.read(LESSONS[2], as_version=4)
    start = nbformat.read(LESSONS[0], as_version=4)  # which has the kept work
    wanted = ("02.timeline", "02.status", "02.notice", "00.portfolio")
    all_cells = notebook.cells + start.cells
    cells = [next(cell for cell in all_cells if one in cell.source) for one in wanted]
    notebook.cells = [nbformat.v4.new_code_cell(code), *cells]
    path.parent.mkdir(exist_ok=True)
    nbformat.write(notebook, path)


# -- what happens ----------------------------------------------------------------------------------
def box_in(lesson: Frame) -> Locator:
    return lesson.locator("form.face-prompts textarea").first


def typed(lesson: Frame, text: str) -> str:
    """What stands beside a box that `text` was typed into, when it rests."""
    box_in(lesson).fill(text)
    message = lesson.locator("form.face-prompts:has(textarea) .face-message").first
    expect(message).to_have_text("Not kept yet …")
    expect(message).not_to_have_text("Not kept yet …")
    return message.inner_text()


def answered(lesson: Frame) -> str:
    check = lesson.locator("form.face-check:has(fieldset input[type=radio])").first
    check.locator("input").first.check()
    check.get_by_role("button", name="Check", exact=True).click()
    expect(check.locator(".face-verdict")).not_to_be_empty()
    return "a verdict"


def a_check_is_answered(host: Opened) -> str:
    return answered(host.ready())


def a_list_is_moved(host: Opened) -> str:
    figure = host.ready().locator("figure.face-figure").first
    # Two periods may have the same story: their first and last day differ.
    period = figure.locator("> .face-subtitle")
    before = period.inner_text()
    figure.locator("select").first.select_option(index=1)
    expect(period).not_to_have_text(before)
    expect(figure.locator(".main-svg").first).to_be_visible()
    return "another chart"


def text_is_typed(host: Opened) -> str:
    return typed(host.ready(), "a sentence")


def the_lid_is_shut_over_half_a_sentence(host: Opened) -> str:
    box_in(host.ready()).fill("half a sentence")
    return box_in(host.again()).input_value() or "nothing"


def the_storage_is_full(host: Opened) -> str:
    lesson = host.ready()
    host.fill_storage(lesson)
    return typed(lesson, "a sentence")


def something_odd_is_kept(host: Opened) -> str:
    host.keep_odd(["02.predict", "02.notice", "02.delay", "02.status", "02.turning-points"])
    return typed(host.again(), "a sentence")


def all_is_cleared_in_another_tab(host: Opened) -> str:
    lesson = host.ready()
    typed(lesson, "a secret")
    clear = host.another().get_by_role("button", name="Clear")
    clear.click()
    clear.click()
    answered(lesson)  # a kernel notices when it is asked next
    expect(box_in(lesson)).to_have_value("")
    return "nothing"


def a_part_is_broken(host: Opened) -> str:
    lesson = host.spoil()
    expect(lesson.locator("figure.face-figure .main-svg").first).to_be_visible()
    return lesson.locator(".face-message", has_text=FAILED).first.inner_text()


# -- the table -------------------------------------------------------------------------------------
#: What a reader reads in every host, but where `ELSEWHERE` says what it is there.
EVERYWHERE: dict[Callable[[Opened], str], str] = {
    a_check_is_answered: "a verdict",
    a_list_is_moved: "another chart",
    text_is_typed: KEPT,
    the_lid_is_shut_over_half_a_sentence: "half a sentence",
    the_storage_is_full: FLEETING,
    something_odd_is_kept: KEPT,
    all_is_cleared_in_another_tab: "nothing",
    a_part_is_broken: FAILED,
}
#: A frame without an origin of its own has no storage, and one of another site has none where the
#: browser keeps sites apart: what is typed there is told to be fleeting, and nothing odd can be
#: kept, nor anything seen in another tab.
WITHOUT_STORAGE: dict[Callable[[Opened], str], str | None] = {
    text_is_typed: FLEETING,
    the_lid_is_shut_over_half_a_sentence: "nothing",
    something_odd_is_kept: None,
    all_is_cleared_in_another_tab: None,
}
ELSEWHERE = {"a strict course platform": WITHOUT_STORAGE, "a course platform": WITHOUT_STORAGE}


@contextmanager
def opened(browser: Browser, host: str, page: Path, site: Path) -> Iterator[Opened]:
    """Lesson 02 in ``host``: its single file ``page``, or its page of ``site``."""
    context = browser.new_context(viewport={"width": 1200, "height": 1000})

    def file_of(url: str) -> Path:
        path = url.partition(".test/")[2].partition("?")[0]
        return page if Path(url).name == page.name and host != SITE else site / path

    def serve(route: Route) -> None:
        if route.request.url.endswith("/course.html"):
            frame = f'<iframe sandbox="{FRAMES[host]}" width="1000" height="900" src="{address}">'
            return route.fulfill(body=f"<!doctype html><title>x</title>{frame}")
        return route.fulfill(path=file_of(route.request.url))

    context.route("http://*.test/**", serve)
    address = f"http://host.test/{page.name}"
    outer = context.new_page()
    if host == DISK:
        outer.goto(page.as_uri())
    elif host == SITE:
        outer.goto(f"http://site.test/lessons/{LESSONS[2].stem}.html")
    elif host == VIEWER:
        outer.goto("http://host.test/course.html")  # JupyterLab itself serves the page
    else:
        outer.goto("http://course.test/course.html")
    yield Opened(context, outer, file_of)
    context.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publisher.build(LESSONS[2], out=tmp_path_factory.mktemp("hosts"))


@pytest.mark.parametrize("happens", EVERYWHERE, ids=lambda one: one.__name__)
@pytest.mark.parametrize("host", [DISK, SITE, *(name for name in FRAMES if FRAMES[name])])
def test_in_every_host_it_works_or_says_what_to_do(
    browser: Browser,
    page: Path,
    whole_site: Path,
    host: str,
    happens: Callable[[Opened], str],
) -> None:
    promised = ELSEWHERE.get(host, {}).get(happens, EVERYWHERE[happens])
    with opened(browser, host, page, whole_site / "student") as shown:
        if promised is None:  # it cannot happen there, because nothing can be kept
            with pytest.raises(Error, match="SecurityError"):
                shown.ready().evaluate("() => localStorage")
        else:
            assert happens(shown).startswith(promised)


@pytest.mark.parametrize("host", [name for name in FRAMES if not FRAMES[name]])
def test_where_no_script_runs_one_line_says_so(
    browser: Browser, page: Path, whole_site: Path, host: str
) -> None:
    with opened(browser, host, page, whole_site / "student") as shown:
        line = shown.outer.frames[-1].locator(".face-asleep")
        expect(line).to_be_visible()
        expect(line).to_contain_text(ASLEEP)


def test_a_server_that_refuses_our_styles_leaves_no_line_that_scripts_are_asleep(
    browser: Browser, page: Path
) -> None:
    shown = browser.new_page()
    shown.route(
        "http://school.test/**",
        lambda route: route.fulfill(
            body=page.read_text(encoding="utf-8"),
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": "style-src 'none'",
            },
        ),
    )
    shown.goto("http://school.test/02_a_timeline.html")
    shown.locator("[data-face]:not([data-started])").first.wait_for(state="detached")
    expect(shown.locator(".face-asleep")).to_be_hidden()
    shown.close()


def test_a_page_in_the_text_of_another_moves(browser: Browser, page: Path) -> None:
    """In ``srcdoc`` a page has no address that it could change."""
    outer, errors = browser.new_page(), []
    outer.on("pageerror", lambda error: errors.append(str(error)))
    outer.evaluate(
        """(text) => {
          const frame = Object.assign(document.createElement("iframe"), { srcdoc: text });
          Object.assign(frame.style, { width: "1000px", height: "900px" });
          document.body.append(frame);
        }""",
        page.read_text(encoding="utf-8"),
    )
    chart = outer.frame_locator("iframe").locator("figure.face-figure").first
    title = chart.locator(".face-head > .face-title")
    before = title.inner_text()
    chart.get_by_role("button", name="Earlier").click()
    expect(title).not_to_have_text(before)
    assert not errors
    outer.close()


# -- JupyterLab, live and afterwards ---------------------------------------------------------------
#: What a running kernel keeps it keeps in a file.
IN_JUPYTERLAB: dict[Callable[[Opened], str], str] = {
    text_is_typed: "Kept in my_work.json, in the folder of this notebook.",
    the_storage_is_full: "The disk is full and my_work.json cannot be written, so your answer is ",
    something_odd_is_kept: "Kept in my_work.json, in the folder of this notebook.",
}
#: What stands where the answer was, in the notebook without its kernel and in what is exported.
AS_SAVED: dict[Callable[[Opened], str], str] = {
    a_check_is_answered: "Your answer: ",
    a_list_is_moved: "Not answered yet.",
    text_is_typed: "a sentence",
    the_lid_is_shut_over_half_a_sentence: "half a sentence",
    the_storage_is_full: "a sentence",
    something_odd_is_kept: "a sentence",
    all_is_cleared_in_another_tab: "Not answered yet.",
    a_part_is_broken: "Not answered yet.",
}
AS_IT_WAS = "As it was when this notebook was saved"
LIVE, REOPENED = "JupyterLab", "JupyterLab, opened again without its kernel"
EXPORTED, CONVERTED = "Save and Export as HTML", "nbconvert of the saved notebook"


@dataclass
class Lived:
    """What became of a row: what was read live, the chart then, and what was saved."""

    happens: Callable[[Opened], str]
    said: str
    title: str
    notebook: OpenedInJupyterLab
    exported: Path

    def is_as_saved(self, sheet: Page) -> None:
        """The chart and the answer stand in ``sheet``, and nothing that would not answer."""
        for text in (self.title, AS_SAVED[self.happens]):
            found = sheet.get_by_text(text).locator("visible=true").first
            found.scroll_into_view_if_needed()
            expect(found).to_be_visible()
        assert sheet.get_by_text("a secret").count() == 0
        assert sheet.get_by_text("Error displaying widget").count() == 0
        dead = ".jp-OutputArea-output :is(button, input, select, textarea)"
        assert sheet.locator(dead).locator("visible=true").count() == 0


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """One JupyterLab for the whole table: its address and its folder."""
    root = tmp_path_factory.mktemp("school") / "day"
    root.mkdir()
    with lab_server(root, root.parent / "settings", UPHEAVAL_DATA=str(ROOT / "data")) as server:
        yield server, root


@pytest.fixture
def notebook(
    browser: Browser, jupyterlab: tuple[str, Path], tmp_path: Path
) -> Iterator[OpenedInJupyterLab]:
    """A lesson in a folder of its own, not opened yet."""
    yield from _notebook(browser, jupyterlab, tmp_path.name)


def _notebook(
    browser: Browser, jupyterlab: tuple[str, Path], name: str
) -> Iterator[OpenedInJupyterLab]:
    context = browser.new_context(viewport={"width": 1200, "height": 1600}, accept_downloads=True)
    shown = OpenedInJupyterLab(context, context.new_page(), Path)
    shown.server, shown.root = jupyterlab
    shown.path = shown.root / name / "lesson.ipynb"
    yield shown
    end_kernels(context, shown.server)
    context.close()


@pytest.fixture(scope="module", params=EVERYWHERE, ids=lambda one: one.__name__)
def lived(
    request: pytest.FixtureRequest, browser: Browser, jupyterlab: tuple[str, Path]
) -> Iterator[Lived]:
    """A row of the table in JupyterLab: it happens, the notebook is saved, exported and left."""
    happens: Callable[[Opened], str] = request.param
    for shown in _notebook(browser, jupyterlab, happens.__name__):
        said = happens(shown)
        lesson = shown.outer
        title = lesson.locator("figure.face-figure .face-title").first.inner_text()
        saved(lesson, shown.path, title, AS_SAVED[happens], '"image/png"')
        exported = shown.path.with_name("exported.html")
        export(lesson).save_as(exported)
        lesson.goto("about:blank")
        end_kernels(shown.context, shown.server)
        yield Lived(happens, said, title, shown, exported)


def export(page: Page) -> Download:
    """File > Save and Export Notebook As > HTML: what the browser gets."""
    page.locator('.lm-MenuBar-itemLabel:text-is("File")').click()
    page.locator('.lm-Menu-itemLabel:text-is("Save and Export Notebook As")').hover()
    page.locator('.lm-Menu-itemLabel:text-is("HTML")').click()
    with page.context.expect_event("download") as saving:
        page.locator('.jp-Dialog button:has-text("Ok")').click()
    return saving.value


def test_in_jupyterlab_it_works_or_says_what_to_do(lived: Lived) -> None:
    assert lived.said.startswith({**EVERYWHERE, **IN_JUPYTERLAB}[lived.happens])


def test_opened_again_without_its_kernel_it_is_as_it_was_and_says_what_to_do(lived: Lived) -> None:
    lived.notebook.open()
    sheet = lived.notebook.outer
    lived.is_as_saved(sheet)
    drawing = sheet.locator(".jp-RenderedPlotly img")  # a click makes it a chart of plotly's
    expect(drawing).to_have_js_property("naturalWidth", 2 * saving.WIDTH)
    parts = sheet.get_by_text(AS_IT_WAS).locator("visible=true")
    expect(parts).to_have_count(4)  # chart, check, texts, kept work
    expect(parts.first).to_contain_text("menu Run, then Run All Cells")


@pytest.mark.parametrize("host", [EXPORTED, CONVERTED])
def test_exported_it_is_as_it_was(browser: Browser, lived: Lived, host: str) -> None:
    path = lived.exported
    if host == CONVERTED:
        path = path.with_name("converted.html")
        text, _resources = HTMLExporter().from_filename(lived.notebook.path)
        path.write_text(text, encoding="utf-8")
    sheet, watch = offline(browser.new_context(viewport={"width": 1200, "height": 1600}))
    sheet.goto(path.as_uri())
    lived.is_as_saved(sheet)
    drawing = sheet.locator('img[src^="data:image/png"]')
    expect(drawing).to_have_js_property("naturalWidth", 2 * saving.WIDTH)
    assert sheet.locator("script:has-text('Plotly')").count() == 0
    assert not re.search("</?(p|div|table|style)\\b", sheet.locator("body").inner_text())
    assert sheet.get_by_text(AS_IT_WAS).locator("visible=true").count() == 0
    assert [one for one in watch.errors if "ERR_" not in one] == []
    sheet.context.close()


def test_what_was_kept_after_the_last_save_comes_back(notebook: OpenedInJupyterLab) -> None:
    lesson = notebook.ready()
    saved(notebook.outer, notebook.path, "Not answered yet.")
    assert typed(lesson, "written later").startswith(IN_JUPYTERLAB[text_is_typed])
    notebook.outer.goto("about:blank")
    end_kernels(notebook.context, notebook.server)
    notebook.open()
    expect(notebook.outer.get_by_text("Your answers are kept and come back").first).to_be_visible()
    assert notebook.outer.get_by_text("written later").count() == 0
    menu(notebook.outer, "Run", "Run All Cells")
    ran(notebook.outer)
    expect(box_in(notebook.outer.main_frame)).to_have_value("written later")


# -- a computer that many use, in JupyterLab -------------------------------------------------------
SECRET = "secret of the first reader"
#: A part that hears nothing of what other notebooks do, as in a browser of its own.
DEAF = """
window.BroadcastChannel = undefined;
Storage.prototype.getItem = new Proxy(Storage.prototype.getItem, {
  apply: (get, storage, [name]) =>
    name.startsWith('upheaval-era') ? null : Reflect.apply(get, storage, [name]),
});
"""


def clear_all(lesson: Frame, times: int = 1) -> None:
    clear = lesson.get_by_role("button", name="Clear")
    for _ in range(times):
        clear.click()
        clear.click()
        expect(lesson.locator(".face-portfolio .face-message").first).to_contain_text("Cleared.")


def keeps(notebook: OpenedInJupyterLab) -> str:
    """All that is kept in the notebook's folder now."""
    path = notebook.path.parent / storage.FILE
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize("hears", [True, False], ids=["told", "not told"])
def test_what_was_typed_for_a_dead_kernel_before_a_clearing_never_comes_back(
    notebook: OpenedInJupyterLab, hears: bool
) -> None:
    if not hears:
        notebook.outer.add_init_script(DEAF)
    lesson, sheet = notebook.ready(), notebook.outer
    other = notebook.another()
    menu(sheet, "Kernel", "Restart Kernel…")
    sheet.locator('.jp-Dialog button:has-text("Restart")').click()
    sheet.locator("#jp-main-statusbar").get_by_text("(ipykernel) | Idle").wait_for()
    box_in(lesson).press_sequentially(SECRET)  # and the cursor stays in the box
    prompt = lesson.locator(".face", has=lesson.locator("form.face-prompts textarea")).first
    expect(prompt.get_by_text("waits in this browser")).to_be_visible()
    clear_all(other, times=2)
    if hears:
        expect(box_in(lesson)).to_have_value("")
        expect(prompt.get_by_text("waits in this browser")).to_have_count(0)
    menu(sheet, "Run", "Run All Cells")
    sheet.locator(".face:not(:has(.face-message:text('asleep'))) textarea").first.wait_for()
    ran(sheet)
    expect(box_in(lesson)).to_have_value("")
    sheet.wait_for_timeout(1000)  # longer than the pause after which text is kept
    assert SECRET not in keeps(notebook)
    left = "() => Object.values(localStorage).join()"
    assert SECRET not in other.evaluate(left) and SECRET not in lesson.evaluate(left)
    assert typed(lesson, "of the next").startswith(IN_JUPYTERLAB[text_is_typed])
    assert "of the next" in keeps(notebook)


def test_the_first_words_after_a_clearing_elsewhere_are_kept(notebook: OpenedInJupyterLab) -> None:
    lesson = notebook.ready()
    other = notebook.another()
    typed(lesson, SECRET)
    clear_all(other)
    expect(box_in(lesson)).to_have_value("")
    assert typed(lesson, "of the next").startswith(IN_JUPYTERLAB[text_is_typed])
    expect(box_in(lesson)).to_have_value("of the next")
    assert "of the next" in keeps(notebook) and SECRET not in keeps(notebook)


def test_a_part_that_was_not_told_of_a_clearing_says_why_it_is_empty(
    notebook: OpenedInJupyterLab,
) -> None:
    notebook.outer.add_init_script(DEAF)
    lesson = notebook.ready()
    other = notebook.another()
    typed(lesson, SECRET)
    # A moment after an answer the kernel looks at what is kept once more, for the notebook's file:
    # then it would learn of the clearing before the key is pressed.
    saved(notebook.outer, notebook.path, SECRET)
    clear_all(other)
    # One key: on a slow computer the box is emptied before a second one.
    box_in(lesson).press("!")
    said = lesson.get_by_text("Not kept: all work was cleared in another notebook")
    expect(said).to_be_visible()
    expect(box_in(lesson)).to_have_value("")
    # Another part that was empty all the time, where the next reader begins.
    check = lesson.locator("form.face-check").first
    check.locator("input").first.check()
    check.get_by_role("button", name="Check", exact=True).click()
    typed(lesson, "of the next")
    expect(said).to_have_count(0)
    assert SECRET not in keeps(notebook) and "of the next" in keeps(notebook)
    assert '"02.status"' in keeps(notebook)


def test_two_kernels_on_one_form_write_only_what_was_typed_in_each(
    notebook: OpenedInJupyterLab,
) -> None:
    lesson = notebook.ready()
    other = notebook.another()
    boxes = "form.face-prompts textarea"
    lesson.locator(boxes).nth(0).fill("Horses")
    expect(other.locator(boxes).nth(0)).to_have_value("Horses")
    other.locator(boxes).nth(1).fill("Who rides?")
    expect(lesson.locator(boxes).nth(1)).to_have_value("Who rides?")
    lesson.locator(boxes).nth(0).press_sequentially("!")
    expect(other.locator(boxes).nth(0)).to_have_value("Horses!")
    texts = list(json.loads(keeps(notebook))["work"]["02.notice"].values())
    assert texts == ["Horses!", "Who rides?", ""]


def test_every_kind_of_broken_part_says_so_in_jupyterlab(notebook: OpenedInJupyterLab) -> None:
    few_cells(notebook.path, BROKEN)
    written = nbformat.read(notebook.path, as_version=4)
    missing = 'from upheaval import lesson\nlesson.check("02.nowhere")'
    written.cells.append(nbformat.v4.new_code_cell(missing))
    nbformat.write(written, notebook.path)
    notebook.open()
    sheet = notebook.outer
    menu(sheet, "Run", "Run All Cells")
    ran(sheet)
    figure = sheet.locator("figure.face-figure")
    undrawn = "The chart could not be drawn: read its rows in the table"
    expect(figure.locator(".face-text")).to_contain_text(undrawn)
    figure.locator("select").first.select_option(index=1)
    expect(figure.locator("> .face-subtitle")).not_to_contain_text("24 September 2024")
    expect(figure.locator(".face-text")).to_contain_text(undrawn)
    expect(figure.locator(".face-plot")).to_be_hidden()
    prompt = sheet.locator(".face", has_text="In your own words")
    expect(prompt.get_by_text(FAILED)).to_be_visible()
    sheet.wait_for_function(
        """() => {
          const { content, visibility } = getComputedStyle(
            document.querySelector('.face:empty'), '::before');
          return visibility === 'visible' && content.includes('This part has not started');
        }"""
    )
    said = sheet.locator(".jp-OutputArea-output", has_text="02.yaml has no check “nowhere”")
    expect(said).to_be_visible()
    expect(sheet.get_by_role("button", name="Save my work")).to_be_visible()  # others work


def test_a_chart_that_cannot_be_drawn_says_so_when_it_is_chosen(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    with opened(browser, DISK, page, tmp_path) as shown:
        lesson = shown.ready()
        figure = lesson.locator("figure.face-figure").first
        figure.locator(".main-svg").first.wait_for()
        lesson.evaluate(
            """() => {
              window.draw = Plotly.react;
              Plotly.react = () => { throw new Error('a chart that cannot be drawn'); };
            }"""
        )
        shown.outer.set_viewport_size({"width": 1000, "height": 1000})
        # What was drawn ahead for another width is gone.
        expect(lesson.locator("[data-prepared]").first).to_have_attribute("data-prepared", "0")
        choices, words = figure.locator("select").first, figure.locator(".face-text")
        choices.select_option(index=1)
        expect(words).to_contain_text("The chart could not be drawn")
        expect(figure.locator(".face-plot")).to_be_hidden()  # it is the chart of another choice
        lesson.evaluate("() => { Plotly.react = window.draw; }")
        choices.select_option(index=2)
        expect(words).not_to_contain_text("could not be drawn")
        expect(figure.locator(".face-plot")).to_be_visible()
