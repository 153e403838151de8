"""Driving a real Chromium and a real JupyterLab, and looking into what they show.

Used by the tests and benchmarks.
"""

from __future__ import annotations

import html
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Route, expect

from browser.find import chromium
from net import adapter
from rules import filtered
from upheaval.publish import page as publisher
from upheaval.widgets.core.base import BaseWidget
from upheaval.widgets.core.pack import unpack

Json = Any

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
#: Seconds that anything in a kernel may take on a busy machine.
PATIENCE = 90


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, without a window."""
    return playwright.chromium.launch(
        executable_path=chromium(),
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    )


# -- a page from disk, with the network cut --------------------------------------------------------
@dataclass
class Watch:
    """What a page did that it should not do: requests to anywhere, and errors in its console."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Write down what `page` complains about from now on."""
        page.on(
            "console", lambda one: self.errors.append(one.text) if one.type == "error" else None
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def guard(self, route: Route) -> None:
        """Let only files and data of the page itself through."""
        if route.request.url.startswith(("file:", "data:", "blob:")):
            return route.continue_()
        self.outside.append(route.request.url)
        return route.abort()

    def forget(self) -> None:
        """Begin anew."""
        self.outside.clear()
        self.errors.clear()

    def quiet(self) -> None:
        """Nothing was asked of the network and nothing failed."""
        assert self.outside == [], "the page asked the network for something"
        assert self.errors == [], "the console has errors"


def offline(context: BrowserContext) -> tuple[Page, Watch]:
    """A new page in `context` with the network cut, and the watch over it.

    The hood of a lesson lies open in it: what stands there is looked at like all else.
    """
    watch = Watch()
    context.set_offline(True)
    context.add_init_script(adapter.OPEN_HOOD)
    context.route("**/*", watch.guard)
    page = context.new_page()
    watch.listen(page)
    return page, watch


@dataclass
class Tab:
    """A tab with the network cut, in which one page is opened after another.

    A new tab reads plotly.js anew, which takes several times as long as all the rest of opening a
    lesson.
    """

    page: Page
    watch: Watch

    @classmethod
    @contextmanager
    def of(cls, browser: Browser) -> Iterator[Tab]:
        """A tab in a browser profile of its own; closed after use."""
        context = browser.new_context()
        yield cls(*offline(context))
        context.close()

    @contextmanager
    def opened(self, path: Path, address: str = "") -> Iterator[Page]:
        """The HTML file `path` as a new reader opens it: nothing is kept from before.

        At the end all must be quiet.
        """
        self.page.evaluate("() => { if (location.protocol === 'file:') localStorage.clear(); }")
        # From one file straight to another, Chromium would begin in a new process, and read
        # plotly.js anew there too.
        self.page.goto("about:blank")
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
        self.watch.forget()
        open_lesson(self.page, path, address)
        yield self.page
        assert holes(self.page.locator("html")) == []
        self.watch.quiet()


def open_lesson(page: Page, path: Path, address: str = "") -> None:
    """Open the HTML file `path`; come back when every chart is painted."""
    page.goto(path.as_uri() + address)
    painted(page)


#: Words of programs that no reader should meet: in a text or an attribute, shown or hidden. What a
#: reader writes, what scripts hold and the tables that a reader's own code gives under the hood are
#: not looked at.
_HOLES = r"""(root) => {
  const word = /(?<![\p{L}_-])(?:undefined|null|NaN|Infinity|nan|NaT)(?![\p{L}_-])|\[object/u;
  const found = [];
  for (const one of [root, ...root.querySelectorAll("*")]) {
    if (one.matches("script, style, template, pre, code, .dataframe *, .face-said *")) continue;
    const inside = [...one.childNodes].filter((node) => node.nodeType === 3);
    const texts = inside.map((node) => node.data);
    // An address is somebody else's: one of data/sources.csv has "/undefined/" in it.
    const values = [...one.attributes].filter(({ name }) => name !== "href")
      .map(({ name, value }) => `${name}=${value}`);
    for (const text of [...texts, ...values]) {
      if (!word.test(text)) continue;
      found.push(`${one.tagName.toLowerCase()}: ${text.trim().slice(0, 80)}`);
    }
  }
  return [...new Set(found)];
}"""


def holes(where: Locator) -> list[str]:
    """Where a value that a program has not stands in what a page says: “undefined (0)”."""
    found: list[str] = where.evaluate(_HOLES)
    return found


def kept_work(page: Page) -> dict[str, Json]:
    """All that the browser keeps of a reader's work, by key; answers without their day."""
    found: dict[str, Json] = page.evaluate(
        """() => Object.fromEntries(Object.keys(localStorage)
          .filter((name) => name.startsWith('my-work/'))
          .map((name) => [name.slice('my-work/'.length), JSON.parse(localStorage[name])]))"""
    )
    for one in found.values():
        if isinstance(one, dict) and "tries" in one:
            one.pop("day", "")
    return found


def keep_work(page: Page, work: dict[str, Json]) -> None:
    """Put `work` into the browser's storage, as another tab would; this page is not told."""
    page.evaluate(
        """(work) => Object.entries(work).forEach(([key, value]) =>
          localStorage.setItem(`my-work/${key}`, JSON.stringify(value)))""",
        work,
    )


def deafen(page: Page) -> None:
    """From the next opening on `page` is not told what other tabs keep, as one that is asleep."""
    page.add_init_script(
        """{
          const listen = window.addEventListener;
          window.addEventListener = (type, ...more) =>
            ["storage", "visibilitychange"].includes(type) || listen.call(window, type, ...more);
        }"""
    )


def again(page: Page) -> None:
    """Open the page anew as it is, kept work and all; come back when every chart is painted."""
    page.reload()
    painted(page)


def painted(page: Page) -> None:
    """Wait until every widget is there and every chart has its marks or says that it has none."""
    page.wait_for_function(
        """() => !document.querySelector('[data-face]:not([data-started])')
      && [...document.querySelectorAll('.face-plot')].every(
        (box) => box.hidden || box.querySelector('.main-svg'))"""
    )


# -- widgets on a page of their own ----------------------------------------------------------------
def widget_page(path: Path, *widgets: BaseWidget) -> Path:
    """Write a page that shows `widgets` and nothing else, as a page builder does; return `path`."""
    outputs = [
        nbformat.v4.new_output("display_data", {"text/html": one.to_html()}) for one in widgets
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# Workbench"),
        *(nbformat.v4.new_code_cell("", outputs=[one]) for one in outputs),
    ]
    path.write_text(
        publisher.render(nbformat.v4.new_notebook(cells=cells), "student"), encoding="utf-8"
    )
    return path


@contextmanager
def alone(browser: Browser, path: Path, **context: Any) -> Iterator[Page]:
    """The page `path` in a profile of its own with the network cut; text that runs as script fails
    the test.
    """
    profile = browser.new_context(**context)
    page, watch = offline(profile)
    page.on("dialog", lambda dialog: pytest.fail("text has run as script"))
    open_lesson(page, path)
    yield page
    assert holes(page.locator("html")) == []
    watch.quiet()
    profile.close()


def save(where: Page | Locator, button: str, folder: Path) -> Path:
    """Press a button that saves a file, in a page or a widget; the file, in `folder`."""
    page = where.page if isinstance(where, Locator) else where
    with page.expect_download() as saving:
        where.get_by_role("button", name=button).click()
    path = folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return path


def load(where: Page | Locator, button: str, path: Path) -> None:
    """Press a button that asks for a file, in a page or a widget, and give it `path`."""
    page = where.page if isinstance(where, Locator) else where
    with page.expect_file_chooser() as choosing:
        where.get_by_role("button", name=button).click()
    choosing.value.set_files(path)


def refuses(
    widget: Locator, button: str, folder: Path, contents: Iterable[str], still: str
) -> None:
    """Load each of `contents` as a file that is none of the widget's: it says so, and its text is
    `still` there.
    """
    for number, content in enumerate(contents):
        # A file each: one that is written anew while the page reads it cannot be read.
        path = folder / f"wrong-{number}.json"
        path.write_text(content, encoding="utf-8")
        load(widget, button, path)
        expect(widget.locator(".face-message").first).to_contain_text(f"{path.name} was not loaded")
        expect(widget.locator(".face-text")).to_contain_text(still)


# -- what a page holds -----------------------------------------------------------------------------
_WIDGET = re.compile(
    r'<div class="face"(?: data-draws="")? data-face="([a-z]+)">.*?'
    r'<script type="application/json">(.*?)</script>',
    re.S,
)


def widget_data(path: Path, kind: str) -> list[Json]:
    """The data of every widget of a `kind` in the HTML file `path`, in order.

    A chart of several has its states with it, which the first of them carries in the file.
    """
    text = path.read_text(encoding="utf-8")
    found = [json.loads(data) for one, data in _WIDGET.findall(text) if html.unescape(one) == kind]
    together = [unpack(one["packed"]) for one in found if "packed" in one and "chart" in one]
    return [
        {**one, "states": together[0][str(one["chart"])]} if "chart" in one else one
        for one in found
    ]


class Expected:
    """What an explorer of a page has to show, by the rule of the front end and the data that the
    page carries.
    """

    def __init__(self, data: Json):
        self.controls = data["spec"]["controls"]
        self.name = data["spec"]["name"]
        self.states = data["states"] if "states" in data else unpack(data["packed"])
        self.start = {one["name"]: one["start"] for one in self.controls}
        self.ghost = data["spec"].get("ghost")

    def with_guess(self, chosen: dict[str, int], guess: str) -> Json:
        """The payload with a reader's `guess` in its key, which is kept for this explorer."""
        placed = all(chosen[name] == at for name, at in self.ghost["state"].items())
        words = f"your guess: {guess}" + ("" if placed else ", not in this picture")
        payload = self.payload(chosen)
        return payload | {"legend": [*payload["legend"], ["◌", words]]}

    def payload(self, chosen: dict[str, int]) -> Json:
        """The payload for the options `chosen`, as numbers."""
        names = [one["name"] for one in self.controls if not one.get("column")]
        state = self.states[",".join(str(chosen[name]) for name in names)]
        filters = [
            self._filter(one, chosen[one["name"]]) for one in self.controls if one.get("column")
        ]
        return filtered(state, filters)

    @staticmethod
    def _filter(control: Json, at: int) -> Json:
        """The filter of a control at an option; one of days has the stop before."""
        options, values = control["options"], control["values"]
        made = {name: control[name] for name in ("name", "column", "rule")}
        if control["rule"] == "lte" and at:
            made["earlier"] = [values[at - 1], options[at - 1]]
        return made | {"value": values[at], "label": options[at]}

    def choices(self) -> Iterator[dict[str, int]]:
        """From the start, each option of each control in turn."""
        for control in self.controls:
            for index in range(len(control["options"])):
                yield {**self.start, control["name"]: index}


def address(expected: Expected, chosen: dict[str, int]) -> str:
    """The part of a page's address that opens the state; empty at the start."""
    parts = [
        f"{expected.name}.{one['name']}={one['ids'][chosen[one['name']]]}"
        for one in expected.controls
        if chosen[one["name"]] != one["start"]
    ]
    return f"#{'&'.join(parts)}" if parts else ""


def marks(payload: Json) -> int:
    """How many marks a payload draws: the points of its scatter traces that are more than text or a
    line.
    """
    traces = [] if payload["empty"] else payload["figure"]["data"]
    return sum(
        len(one["x"])
        for one in traces
        if one.get("type", "scatter") == "scatter" and "markers" in one.get("mode", "")
    )


_LOOK = """(figure) => {
  const box = figure.querySelector('.face-plot');
  const text = (name) => figure.querySelector(name).textContent;
  const drawn = box.hidden ? [] : [...box.querySelectorAll('.cartesianlayer path')];
  const parts = [...figure.querySelectorAll('.face-parts button')].filter((one) => !one.hidden);
  return { title: text('.face-head > .face-title'), description: text('.face-text'),
    subtitle: text(':scope > .face-subtitle'), asOf: text(':scope > .face-as-of'),
    legend: [...figure.querySelectorAll('.face-legend > span')].map((one) => one.textContent),
    hidden: box.hidden,
    rows: figure.querySelectorAll('.face-rows :is(li, tbody tr)').length,
    marks: box.hidden ? 0 : box.querySelectorAll('.scatterlayer .point').length,
    counts: parts.map((one) => one.textContent).filter((one) => /^(Table|Sources)/.test(one)),
    drawn: drawn.map((path) => path.getAttribute('d') + path.getAttribute('transform')).join()
      + (figure.querySelector('.face-rows')?.textContent ?? '') };
}"""


def look(figure: Locator) -> dict[str, Json]:
    """What a figure shows: title, description, marks, counts on its buttons, and the places of all
    that is drawn.
    """
    return figure.evaluate(_LOOK)


def promised(payload: Json) -> dict[str, Json]:
    """What `look` has to find (all but ``drawn``) where `payload` is shown."""
    return {
        "title": payload["title"],
        "description": payload["description"],
        "subtitle": payload["subtitle"],
        "asOf": f"Data as of {payload['asOf']}.",
        "legend": [f"{sign} {label}" for sign, label in payload["legend"]],
        "hidden": payload["empty"] or "markedRows" in payload,
        "rows": sum(len(one["lines"]) for one in payload.get("markedRows", {}).get("groups", [])),
        "marks": marks(payload),
        "counts": [
            f"Table ({len(payload['table']['rows'])})",
            f"Sources ({len(payload['references'])})",
        ],
    }


def shows(figure: Locator, payload: Json) -> dict[str, Json]:
    """Wait until the figure shows what Python worked out, or fail; gives what it shows."""
    wanted = promised(payload)
    deadline = time.monotonic() + 15
    while True:
        seen = look(figure)
        if (short := {name: seen[name] for name in wanted}) == wanted:
            assert holes(figure) == []
            return seen
        if time.monotonic() > deadline:
            assert short == wanted, "the page does not show what Python says"
        time.sleep(0.05)


def choose(figure: Locator, name: str, index: int) -> None:
    """Choose option number `index` of the control `name`, as a reader does."""
    box = figure.locator(f'select[name="{name}"]')
    if box.count():
        box.select_option(index=index)
    else:
        figure.locator(f'.face-radio input[name*="{name}"]').nth(index).check()


def walk(figure: Locator, expected: Expected) -> Iterator[dict[str, int]]:
    """Take a figure that stands at its start through each option of each control; gives the choice
    at every stop.
    """
    now = dict(expected.start)
    for chosen in expected.choices():
        for name in [name for name in chosen if chosen[name] != now[name]]:
            choose(figure, name, chosen[name])
        now = chosen
        yield chosen


def wide(page: Page, width: int, scheme: str = "light", height: int = 900) -> None:
    """Give the page another width and colour scheme, and wait until the charts have followed."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    fitted(page)


def fitted(page: Page) -> None:
    """Wait until every chart is as wide as its box."""
    page.wait_for_function("""() => [...document.querySelectorAll('.face-plot')].every((box) => {
      const plot = box.querySelector('.main-svg');
      return box.hidden || !plot
        || Math.abs(plot.getBoundingClientRect().width - box.clientWidth) < 2;
    })""")


_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES = {
    "runOnly": {"type": "tag", "values": _TAGS},
    "resultTypes": ["violations"],
    "preload": False,
}


def violations(page: Page, where: str = "html", leave_out: str | None = None) -> list[str]:
    """What axe finds in the elements `where` but not in `leave_out` (selectors), one line each."""
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    parts = {"include": [where], "exclude": [leave_out] if leave_out else []}
    found = page.evaluate(
        "([parts, rules]) => axe.run(parts, rules).then((all) => all.violations)", [parts, _RULES]
    )
    return [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for one in found
        for node in one["nodes"]
    ]


_TOO_WIDE = """(figure) => {
  // These scroll, or clip.
  const elsewhere = '.face-scroll, .main-svg, .face-plot, .page-input, .dataframe';
  const parts = figure ? figure.querySelectorAll('*') : document.querySelectorAll('.face, .face *');
  const wide = [...parts].filter((one) => !one.closest(elsewhere) && one.checkVisibility()
    && one.getBoundingClientRect().right > innerWidth + 1);
  const page = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
  return [...page, ...wide.map((one) => one.outerHTML.slice(0, 120))].slice(0, 5);
}"""


def too_wide(where: Page | Locator) -> list[str]:
    """What reaches beyond the window: the page itself, and parts of `where`, a page or a figure."""
    return where.evaluate(_TOO_WIDE)


_OPEN = """() => {
  const notify = (box) => {
    for (const name of ['input', 'change']) box.dispatchEvent(new Event(name, { bubbles: true }));
  };
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const form of document.querySelectorAll('form.face-check')) {
    form.querySelector('fieldset :is([type="radio"], [type="checkbox"])')?.click();
    for (const box of form.querySelectorAll('select')) { box.selectedIndex = 1; notify(box); }
    for (const box of form.querySelectorAll('input[type="text"]')) { box.value = '1'; notify(box); }
    form.querySelector('.face-submit').click();
  }
  for (const form of document.querySelectorAll('form.face-prompts:not(.face-portfolio)')) {
    form.querySelector('input[type="radio"]')?.click();
  }
}"""


def open_everything(page: Page) -> None:
    """Open every disclosure and answer every check and note with something, all at once."""
    page.evaluate(_OPEN)
    page.wait_for_function(
        """() => [...document.querySelectorAll('form.face-check .face-verdict')].every(
      (one) => one.querySelector('p'))"""
    )


# -- JupyterLab ------------------------------------------------------------------------------------
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """The environment of this process without what the tests or a build may have set in it."""
    ours = ("FACE_MODE", "UPHEAVAL_DATA", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in ours}


def end_kernels(context: BrowserContext, server: str) -> None:
    """End every kernel, as a hub does in the night."""
    context.request.get(f"{server}/lab")  # which gives the token
    token = next(one["value"] for one in context.cookies(server) if one["name"] == "_xsrf")
    for one in context.request.get(f"{server}/api/kernels").json():
        answer = context.request.delete(
            f"{server}/api/kernels/{one['id']}", headers={"X-XSRFToken": token}
        )
        assert answer.ok


@contextmanager
def lab_server(
    folder: Path, settings: Path, program: Sequence[str] = (), **variables: str
) -> Iterator[str]:
    """A JupyterLab server in `folder`, with settings of its own in `settings`; gives its address,
    ends it after use.

    ``program`` is a module, and its words, that starts JupyterLab with options of its own;
    ``variables`` are for its environment.
    """
    address = f"http://127.0.0.1:{free_port()}"
    environment = clean_environment()
    environment |= {
        f"JUPYTER_{name}_DIR": str(settings / name) for name in ("CONFIG", "DATA", "RUNTIME")
    }
    environment |= {
        "JUPYTER_CONFIG_PATH": str(ROOT / "utils" / "upheaval" / "jupyter"),
        "PYTHONPATH": str(ROOT / "utils"),
    }
    environment |= {
        f"JUPYTERLAB_{name}_DIR": str(settings / name) for name in ("SETTINGS", "WORKSPACES")
    }
    environment |= variables
    plain = [
        "jupyterlab",
        "--allow-root",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.root_dir={folder}",
    ]
    command = [
        sys.executable,
        "-m",
        *(program or plain),
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={address.rpartition(':')[2]}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--ServerApp.log_level=ERROR",
    ]
    server = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    try:
        _answers(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _answers(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start (exit code {server.poll()})")


def menu(page: Page, name: str, item: str) -> None:
    """Choose an item of JupyterLab's menu bar."""
    page.locator(f'.lm-MenuBar-itemLabel:text-is("{name}")').click()
    page.locator(f'.lm-Menu-itemLabel:text-is("{item}")').click()


def open_notebook(page: Page, address: str, name: str) -> None:
    """Open the notebook called `name` in JupyterLab; come back when its kernel is ready."""
    page.goto(f"{address}/lab/tree/{name}?reset", wait_until="load")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE * 1000)
    # The mark above the notebook rests before there is a kernel; the bar below it tells one from
    # the other.
    page.locator("#jp-main-statusbar").get_by_text("(ipykernel) | Idle").wait_for(
        timeout=PATIENCE * 1000
    )


def idle(page: Page) -> None:
    """Wait until the kernel has nothing more to do."""
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(
        timeout=PATIENCE * 1000, state="attached"
    )


def ran(page: Page) -> None:
    """Wait until the last cell shows what it made and the kernel rests: cells run in order, so all
    have run.

    JupyterLab puts the cells into the page bit by bit, in its idle time: the last that is there
    need not be the notebook's last, so its status bar ("Cell 1/41") is asked how many there are.
    """
    counted = page.get_by_text(re.compile(r"^Cell \d+/\d+$"))
    count = int(counted.inner_text().rpartition("/")[2])
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(count, timeout=PATIENCE * 1000)
    last = page.locator(".jp-Notebook .jp-CodeCell").last
    last.locator(".jp-OutputArea-output").first.wait_for(timeout=PATIENCE * 1000, state="attached")
    idle(page)


def saved(page: Page, notebook: Path, *texts: str, pictures: int = 0) -> None:
    """Save, until the file holds what the kernel said a moment after `texts` were given, and the
    ``pictures`` of as many charts, each of which comes when its reader rests.
    """
    for _ in range(60):
        with page.expect_response(lambda one: one.request.method == "PUT" and one.ok):
            menu(page, "File", "Save Notebook")
        content = notebook.read_text(encoding="utf-8")
        if all(text in content for text in texts) and content.count('"image/png"') >= pictures:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{texts} and {pictures} pictures were never saved")


def converted(form: str, notebook: Path, folder: Path, *options: str) -> Path:
    """`notebook` as ``jupyter nbconvert`` makes it; gives the file, in `folder`."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", form, *options]
    done = subprocess.run(
        [*command, f"--output-dir={folder}", str(notebook)],
        env=clean_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return folder / notebook.name.replace(".ipynb", {"slides": ".slides.html"}.get(form, ".html"))


# -- on paper --------------------------------------------------------------------------------------
INK = """() => ['.face-title', '.face-plot .main-svg text', '.face', 'h1'].map((name) => {
  const style = getComputedStyle(document.querySelector(name));
  const colour = name === '.face' ? style.backgroundColor
    : name.includes('svg') ? style.fill : style.color;
  return colour.match(/\\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 3;
})"""

#: Are the title, the drawing and the heading dark on a light ground, or light on a dark one?
_LIGHT = f"""(light) => {{
  const [title, drawn, ground, heading] = ({INK})();
  const ink = [title, drawn, heading];
  return light ? Math.max(...ink) < 110 && ground > 240 : Math.min(...ink) > 150 && ground < 60;
}}"""


def on_paper_and_back(page: Page) -> None:
    """In a page with the dark look: dark on light while it is printed, light on dark after.

    A chart is drawn anew for each, which takes its time.
    """
    page.wait_for_function(_LIGHT, arg=False)
    page.emulate_media(media="print")
    page.wait_for_function(_LIGHT, arg=True)
    page.emulate_media(media="null")
    page.wait_for_function(_LIGHT, arg=False)


_PRINTED = """() => {
  const paper = document.querySelector('.face-paper');
  const others = [...document.querySelectorAll('body *')].filter((one) => !paper.contains(one));
  const dark = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
    return alpha > 0 && [red, green, blue].every((one) => one < 110);
  };
  const grounds = [document.documentElement, document.body, paper];
  return {
    alone: others.every((one) => one === paper || !one.getClientRects().length),
    ink: dark(getComputedStyle(paper.querySelector('.face-title')).color),
    ground: grounds.some((one) => dark(getComputedStyle(one).backgroundColor)),
  };
}"""


#: A browser that prints says so first; the sheet stays in the page until it says that it has.
PRINTS = "() => { window.print = () => dispatchEvent(new Event('beforeprint')); }"


def prints_the_memo_alone(page: Page, pdf: Path) -> None:
    """Fill the memo of lesson 11 with three pages, press its Print, and look at the paper."""
    memo = page.locator(".face-memo")
    memo.get_by_label("Bottom line").fill("Hold the line.\n" * 130 + "The last line.")
    prints_alone(memo, "Print", pdf)


def prints_alone(where: Page | Locator, button: str, pdf: Path) -> None:
    """Press a button that prints three pages or so of a page, and look at the paper."""
    page = where.page if isinstance(where, Locator) else where
    page.evaluate(PRINTS)
    where.get_by_role("button", name=button, exact=True).click()
    page.emulate_media(media="print")
    shown = page.evaluate(_PRINTED)
    assert shown == {"alone": True, "ink": True, "ground": False}
    page.pdf(path=pdf, format="A4", print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))
    assert 2 <= pages <= 5, f"{pages} pages: what was to be printed, and nothing else"


# -- predictions -----------------------------------------------------------------------------------
def predictions(page: Page) -> Locator:
    """The forms in which something is predicted, by an option or on a scale."""
    return page.locator("form.face-prompts:not(.face-portfolio)").filter(
        has=page.locator('input[type="radio"], .face-guess-box')
    )


def predict(form: Locator, said: str = "Kept") -> str:
    """Predict the second option, or a number that every scale has; gives it in words.

    ``said`` is a part of what the form then tells.
    """
    box = form.locator(".face-guess-box")
    if box.count():
        box.fill("5")
        box.blur()
        words = form.get_by_role("slider").get_attribute("aria-valuetext")
    else:
        form.locator("input").nth(1).check()
        words = form.locator("label").nth(1).inner_text().strip()
    expect(form.locator(".face-message")).to_contain_text(said)
    return str(words)


def shows_prediction(form: Locator) -> None:
    """What `predict` predicted is there."""
    if form.locator(".face-guess-box").count():
        expect(form.locator(".face-guess-box")).to_have_value("5")
    else:
        expect(form.locator("input").nth(1)).to_be_checked()
