"""What a reader takes from a chart: its picture, a citation, a link to this very state; and its
marks, one by one, by the keyboard.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from browser.drive import (
    LESSONS,
    Expected,
    Tab,
    alone,
    choose,
    painted,
    shows,
    wide,
    widget_data,
    widget_page,
)
from net.pictures import pixels
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.widgets import Explorer, Filter

pytestmark = pytest.mark.browser

Json = Any
Built = Callable[..., Path]
#: Where the pages stand on the web; what follows `?` is nobody else's business.
SITE = "https://unit.example.org/lessons/"
SECRET = "?verifier=secret"
#: Of the widths in CSS pixels that a picture has: its chart and two margins.
WIDE, NARROW = 926 + 48, 400 + 48
lessons = pytest.mark.parametrize(
    "notebook", LESSONS, ids=lambda path: path.stem[:2], scope="module"
)


@pytest.fixture(scope="module")
def web(browser: Browser, built: Built) -> Iterator[Page]:
    """A page that finds every lesson on a site, may copy, and asks the network for nothing."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])

    def answer(route: Route) -> None:
        number = route.request.url.removeprefix(SITE)[:2]
        lesson = next((one for one in LESSONS if one.name.startswith(number)), LESSONS[0])
        body = built(lesson).read_text(encoding="utf-8")
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    context.route("**/*", answer)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    yield page
    context.close()


def visit(page: Page, notebook: Path, behind: str = "", width: int = 1280) -> list[Locator]:
    """Open a lesson on the web; its charts."""
    page.goto("about:blank")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{SITE}{notebook.stem[:2]}.html{SECRET}{behind}")
    painted(page)
    return page.locator("figure.face-figure").all()


def opened(figure: Locator) -> Locator:
    """What opens under *Save and cite*."""
    part = figure.locator(".face-parts button", has_text="Save and cite")
    if part.get_attribute("aria-expanded") != "true":
        part.click()
    return figure.locator(".face-panel")


def saved(figure: Locator, label: str, folder: Path) -> Path:
    """The file that a button under *Save and cite* saves."""
    button = opened(figure).get_by_role("button", name=label)
    with figure.page.expect_download() as saving:
        button.click()
    path = folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return path


def squashed(text: str) -> str:
    """`text` without blanks, so that it does not matter where a line ends."""
    return re.sub(r"\s", "", text)


def lesson_of(page: Page) -> str:
    return page.locator("h1").evaluate("(one) => one.firstChild.textContent.trim()")


def holds_all(svg: Path, figure: Locator, payload: Json) -> ElementTree.Element:
    """The picture in an SVG file says what stands around the chart, where, and as of which day."""
    root = ElementTree.parse(svg).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    around = squashed("".join("".join(one.itertext()) for one in root if one.tag.endswith("text")))
    count = len(payload["references"])
    sources = (
        [f"{count} documents, named under the chart in the lesson."]
        if count > 3
        else [one["text"] for one in payload["references"]]
    )
    for text in (
        payload["title"],
        payload["subtitle"],
        *(f"{sign} {label}" for sign, label in payload["legend"]),
        f"Data as of {payload['asOf']}.",
        *sources,
        lesson_of(figure.page),
        SITE + lesson_of(figure.page)[:2] + ".html",
    ):
        assert squashed(text) in around, text
    assert "secret" not in around
    if rows := payload.get("markedRows"):
        holds_rows(root, rows)
    else:
        drawn = root.findall(".//{http://www.w3.org/2000/svg}path")
        assert len(drawn) > 3, "the chart itself is in it"
    return root


def holds_rows(root: ElementTree.Element, rows: Json) -> None:
    """The drawing of rows says every word of every row, and has all of its signs and bars."""
    drawing = root.find("./{*}g/{*}svg")
    assert drawing is not None and root.find(".//{*}foreignObject") is None
    texts = [squashed("".join(one.itertext())) for one in drawing.findall("{*}text")]
    words, signs = "".join(texts), Counter("".join(texts))
    lines = [line for group in rows["groups"] for line in group["lines"]]
    for text in (rows["unit"], *(group["title"] for group in rows["groups"])):
        assert squashed(text) in words, text
    for line in lines:
        for text in (line["title"], line["text"], line["note"]):
            assert squashed(text) in words, text
    marks = [mark for line in lines for mark in (line.get("sign"), *line.get("cells", [])) if mark]
    units = [mark for line in lines for mark, count in line.get("units", []) for _ in range(count)]
    wanted = Counter("".join(mark[0] for mark in [*marks, *units]))
    assert wanted <= signs, "every sign of every row"
    bars = [one for line in lines for one in line.get("track", []) if one[1] > one[0]]
    shapes = [*drawing.findall("{*}line"), *drawing.findall("{*}rect")]
    assert len(shapes) >= len(lines) + len(bars), "a bar each, and a line under each row"


def right(figure: Locator, payload: Json, folder: Path, width: int) -> None:
    """The pictures of a chart are whole: SVG and PNG, of the same size, on light paper."""
    root = holds_all(saved(figure, "Save drawing (SVG)", folder), figure, payload)
    assert float(root.attrib["width"]) == width
    picture = pixels(saved(figure, "Save picture (PNG)", folder).read_bytes())
    assert picture.shape[:2] == (2 * float(root.attrib["height"]), 2 * width)
    assert (picture[:40] == 255).all() and (picture[:, :40] == 255).all(), "margins of white paper"
    assert (picture[60:] < 128).any(), "ink on it"


# -- pictures --------------------------------------------------------------------------------------
def look_at(web: Page, built: Built, notebook: Path, folder: Path, width: int, some: slice) -> None:
    """The pictures of `some` of a lesson's charts that are drawn, and of those that are rows."""
    explorers = [Expected(data) for data in widget_data(built(notebook), "explorer")]
    figures = visit(web, notebook, width=width)
    assert len(figures) == len(explorers)
    # Charts under the hood stand in a fold.
    web.evaluate("() => document.querySelectorAll('.hood').forEach((one) => one.open = true)")
    web.emulate_media(color_scheme="dark")  # a picture is light all the same
    payloads = [expected.payload(expected.start) for expected in explorers]
    shown = list(zip(figures, payloads, strict=True))
    for has_rows in (False, True):
        alike = [
            one for one in shown if not one[1]["empty"] and ("markedRows" in one[1]) == has_rows
        ]
        for figure, payload in alike[some]:
            right(figure, payload, folder, WIDE if width > 600 else NARROW)
    web.emulate_media(color_scheme="light")


@lessons
def test_the_picture_of_a_chart_holds_all_that_makes_it_understood(
    web: Page, built: Built, notebook: Path, tmp_path: Path
) -> None:
    look_at(web, built, notebook, tmp_path, 1280, slice(1))


@pytest.mark.slow
@lessons
def test_the_picture_of_every_chart_holds_all_that_makes_it_understood(
    web: Page, built: Built, notebook: Path, tmp_path: Path
) -> None:
    """The first of either kind has its test above at the larger width, and here at the smaller one;
    the others have turns, which halves the time.
    """
    look_at(web, built, notebook, tmp_path, 390, slice(0, None, 2))
    look_at(web, built, notebook, tmp_path, 1280, slice(1, None, 2))


def test_a_picture_and_a_drawing_are_copied_where_the_browser_can(web: Page) -> None:
    figure = visit(web, LESSONS[2])[0]
    panel = opened(figure)
    panel.get_by_role("button", name="Copy picture").click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    size = web.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const picture = await createImageBitmap(await item.getType('image/png'));
      return [picture.width, picture.height];
    }""")
    assert size[0] == 2 * WIDE and size[1] > 800
    panel.get_by_role("button", name="Copy drawing").click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    web.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('<svg')")


def sample(folder: Path) -> Path:
    """A page with a chart and a choice, in a folder with somebody's name."""
    home = folder / "Kim Min-ji"
    home.mkdir()
    events = tables.read("events").head(12)
    chart = Explorer(
        partial(timeline.swimlanes, events, "background"),
        name="timeline",
        theme=Filter("theme", timeline.theme_options(events), "Lane"),
    )
    return widget_page(home / "page.html", chart)


def test_where_nothing_can_be_copied_the_picture_is_shown(browser: Browser, tmp_path: Path) -> None:
    with alone(browser, sample(tmp_path)) as page:
        page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        panel = opened(page.locator("figure.face-figure"))
        panel.get_by_role("button", name="Copy picture").click()
        expect(panel).to_contain_text("Your browser does not let this page copy it.")
        image = panel.get_by_role("img", name=page.locator(".face-title").first.inner_text())
        assert image.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 2 * WIDE
        panel.get_by_role("button", name="Copy drawing").click()
        expect(panel.get_by_label("The text of timeline-background.svg")).to_have_value(
            re.compile("^<svg ")
        )


def test_in_a_frame_that_may_not_download_the_picture_stands_in_the_page(
    browser: Browser, tmp_path: Path
) -> None:
    outer = tmp_path / "course.html"
    outer.write_text(
        '<!doctype html><title>Course</title><iframe sandbox="allow-scripts" width="1000"'
        f' height="1500" src="{sample(tmp_path).as_uri()}"></iframe>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.on("download", lambda one: pytest.fail("this frame may not download"))
    page.goto(outer.as_uri())
    frame = page.frames[1]
    frame.locator(".main-svg").first.wait_for()
    frame.get_by_role("button", name="Save and cite").click()
    frame.get_by_role("button", name="Save picture").click()
    expect(frame.locator(".face-saved").first).to_contain_text("was asked to save timeline")
    frame.get_by_text("If no file came, take the picture here").click()
    image = frame.locator(".face-saved img")
    expect(image).to_be_visible()
    assert image.evaluate("(one) => one.naturalWidth") == 2 * WIDE
    frame.get_by_role("button", name="Copy picture").click()
    expect(frame.locator(".face-saved").first).to_contain_text("does not let this page copy it")
    page.close()


def test_where_no_picture_may_be_drawn_it_says_that_the_drawing_works(
    browser: Browser, tmp_path: Path
) -> None:
    """A site whose rules for all its pages forbid pictures that stand in an address."""
    path = sample(tmp_path)
    page = browser.new_page()
    page.route(
        "http://school.test/**",
        lambda route: route.fulfill(
            path=path, headers={"Content-Security-Policy": "img-src 'self'"}
        ),
    )
    page.goto("http://school.test/page.html")
    panel = opened(page.locator("figure.face-figure"))
    for name in ("Save picture (PNG)", "Copy picture"):
        panel.get_by_role("button", name=name).click()
        expect(panel).to_contain_text("“Save drawing (SVG)” and “Copy drawing” work here")
    assert saved(page.locator("figure.face-figure"), "Save drawing (SVG)", tmp_path).exists()
    page.close()


# -- citation and link -----------------------------------------------------------------------------
@lessons
def test_a_citation_names_the_choices_and_its_link_leads_back_to_them(
    web: Page, built: Built, notebook: Path
) -> None:
    explorers = [Expected(data) for data in widget_data(built(notebook), "explorer")]
    which = next(at for at, one in enumerate(explorers) if one.controls)
    expected = explorers[which]
    figure = visit(web, notebook)[which]
    chosen = dict(expected.start)
    for control in expected.controls:
        chosen[control["name"]] = (control["start"] + 1) % len(control["options"])
        choose(figure, control["name"], chosen[control["name"]])
    payload = expected.payload(chosen)
    shows(figure, payload)
    panel = opened(figure)
    cited = panel.locator(".face-cite").inner_text()
    for text in (
        f"“{payload['title']}”",
        lesson_of(web),
        f"data as of {payload['asOf']}",
        *(f"{one['label']}: {one['options'][chosen[one['name']]]}" for one in expected.controls),
    ):
        assert text in cited
    found = re.search(rf"{re.escape(SITE)}\S+$", cited)
    assert found and "secret" not in cited
    assert panel.get_by_role("link").inner_text() == found[0]
    panel.get_by_role("button", name="Copy link").click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    assert web.evaluate("() => navigator.clipboard.readText()") == found[0]
    web.goto("about:blank")
    web.goto(found[0])
    painted(web)
    shows(web.locator("figure.face-figure").nth(which), payload)


def test_a_page_from_disk_tells_no_folder_and_still_says_how_to_come_back(
    browser: Browser, tmp_path: Path
) -> None:
    path = sample(tmp_path)
    with alone(browser, path) as page:
        figure = page.locator("figure.face-figure")
        panel = opened(figure)
        assert "address" not in panel.inner_text(), "the start needs no address"
        choose(figure, "theme", 2)
        title = figure.locator(".face-title").first.inner_text()
        expect(panel).to_contain_text("This page has no address that others can open.")
        assert panel.get_by_role("link").count() == 0
        svg = saved(figure, "Save drawing (SVG)", tmp_path).read_text(encoding="utf-8")
        for text in (panel.inner_text(), svg):
            assert not re.search(r"Kim|file:|page\.html|/tmp", text)
        behind = panel.locator(".face-address").inner_text()
        page.goto("about:blank")
        page.goto(path.as_uri() + behind)
        painted(page)
        assert page.locator(".face-title").first.inner_text() == title
        expect(page.locator('select[name="theme"]')).to_have_js_property("selectedIndex", 2)


# -- marks by the keyboard -------------------------------------------------------------------------
_WORDS = """(figure) => [...figure.querySelectorAll('.hoverlayer .hovertext text')]
  .map((one) => one.textContent).join('')"""


def spoken(trace: Json) -> list[str]:
    """What hovering over the marks of a trace says, where its figure says it in full."""
    template = trace.get("hovertemplate") or ""
    if template != "%{hovertext}<extra></extra>":
        return []
    return [
        html.unescape(re.sub(r"<(?!br)[^>]+>", "", text)).replace("<br>", " ")
        for text, x, y in zip(trace["hovertext"], trace["x"], trace["y"], strict=True)
        if x is not None and y is not None
    ]


def walked(figure: Locator) -> list[str]:
    """The words of all marks of a chart, in the order in which the keyboard comes to them."""
    place, said = figure.locator(".face-marks"), figure.locator(".face-unseen")
    page = figure.page
    place.focus()
    page.keyboard.press("End")
    last = re.fullmatch(r".* \((\d+) of \1\)", said.inner_text())
    assert last, said.inner_text()
    page.keyboard.press("Home")
    words = []
    for at in range(1, int(last[1]) + 1):
        text, number = said.inner_text().rsplit(" (", 1)
        assert number == f"{at} of {last[1]})"
        assert squashed(text) == squashed(figure.evaluate(_WORDS)), "heard is what is seen"
        words.append(text)
        page.keyboard.press("ArrowRight")
    assert said.inner_text().endswith(f"({last[1]} of {last[1]})"), "the last is the last"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert said.inner_text() == "" and figure.evaluate(_WORDS) == ""
    return words


@lessons
def test_every_mark_is_walked_to_with_the_words_of_hover(
    tab: Tab, built: Built, notebook: Path
) -> None:
    with tab.opened(built(notebook)) as page:
        explorers = [Expected(data) for data in widget_data(built(notebook), "explorer")]
        figures = page.locator("figure.face-figure").all()
        able = 0
        for figure, expected in zip(figures, explorers, strict=True):
            payload = expected.payload(expected.start)
            traces = [] if payload["empty"] else payload["figure"]["data"]
            silent = ("skip", "none")
            hovers = [one for one in traces if one.get("hoverinfo") not in silent and one.get("x")]
            place = figure.locator(".face-marks")
            assert bool(hovers) == (place.get_attribute("tabindex") == "0")
            if not hovers:
                continue
            able += 1
            words = walked(figure)
            assert all(words) and len(words) >= max(len(one["x"]) for one in hovers) // 2
            wanted = Counter(squashed(text) for one in hovers for text in spoken(one))
            assert wanted <= Counter(map(squashed, words))
        rows_first = ("03", "05", "09", "10", "11", "12")  # no mark of a figure in any first state
        assert able or notebook.stem[:2] in rows_first


def test_keys_lead_into_a_chart_through_it_and_out_again(browser: Browser, tmp_path: Path) -> None:
    with alone(browser, sample(tmp_path)) as page:
        figure = page.locator("figure.face-figure")
        place, hint = figure.locator(".face-marks"), figure.locator(".face-hint")
        page.locator('select[name="theme"]').focus()
        expect(hint).to_be_hidden()
        page.keyboard.press("Tab")
        expect(place).to_be_focused()
        expect(hint).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(hint).to_be_hidden()
        first = figure.locator(".face-unseen").inner_text()
        page.keyboard.press("Enter")
        picked = figure.locator("li.face-picked")
        assert squashed(picked.locator(".face-title").inner_text()) in squashed(first)
        expect(place).to_be_focused()
        choose(figure, "theme", 1)  # another chart: the walk begins anew
        expect(figure.locator(".face-unseen")).to_have_text("")
        place.focus()
        page.keyboard.press("ArrowRight")
        expect(figure.locator(".face-unseen")).to_contain_text("(1 of ")
        page.keyboard.press("Tab")
        expect(place).not_to_be_focused()
        assert figure.evaluate(_WORDS) == "", "who leaves takes the words along"
        page.keyboard.press("Shift+Tab")
        expect(place).to_be_focused()


def test_the_words_of_a_mark_are_in_the_window_and_in_the_chart(tab: Tab, built: Built) -> None:
    with tab.opened(built(LESSONS[2])) as page:
        wide(page, 1280, height=400)
        figure = page.locator("figure.face-figure").first
        figure.locator(".face-marks").focus()
        for key in ("End", "Home"):
            page.keyboard.press(key)
            label = figure.locator(".hoverlayer .hovertext").first.bounding_box()
            assert label and label["y"] >= 0 and label["y"] + label["height"] <= 401
