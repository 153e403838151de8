"""Every lesson as a page, opened from disk with the network cut: all of it has to work."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.drive import (
    INK,
    LESSONS,
    Expected,
    Tab,
    address,
    again,
    choose,
    holes,
    offline,
    on_paper_and_back,
    open_lesson,
    painted,
    predict,
    predictions,
    save,
    shows,
    shows_prediction,
    too_wide,
    violations,
    walk,
    wide,
    widget_data,
)
from drawing.checker import hover_text
from lessons import SECRET_TAGS
from rules import mark
from upheaval.publish import editions
from upheaval.publish import page as publisher
from upheaval.widgets.core import assets
from upheaval.widgets.core.seal import unseal

pytestmark = pytest.mark.browser

#: The lesson that stands for all where one is enough.
TIMELINE = next(path for path in LESSONS if path.stem.startswith("02"))
Built = Callable[..., Path]
lessons = pytest.mark.parametrize(
    "notebook", LESSONS, ids=lambda path: path.stem[:2], scope="module"
)


@pytest.fixture(scope="module")
def lesson(tab: Tab, built: Built, notebook: Path) -> Iterator[Page]:
    """The student page of a lesson, opened once for all tests that leave no trace but the choices
    in its address.

    It is opened by an address that no browser can read;
    `test_any_other_address_leaves_the_charts_alone` looks first.
    """
    with tab.opened(built(notebook), "#%E0%A4%A=%") as page:
        yield page


@pytest.fixture
def page(lesson: Page) -> Page:
    """The lesson's page with every chart at its start."""
    lesson.evaluate("() => { location.hash = ''; }")
    return lesson


def test_words_of_programs_are_noticed_shown_or_hidden(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        '<button hidden>undefined (0)</button><p title="NaN">None of them, nullified: not annulled.'
        '</p><ul><li>[object Object]</li></ul><a href="x/undefined/y">x</a><pre>NaN</pre>'
    )
    found = holes(page.locator("html"))
    assert found == ["button: undefined (0)", "p: title=NaN", "li: [object Object]"]
    page.close()


# -- charts ----------------------------------------------------------------------------------------
@lessons
def test_any_other_address_leaves_the_charts_alone(
    lesson: Page, built: Built, notebook: Path
) -> None:
    explorers = [Expected(data) for data in widget_data(built(notebook), "explorer")]
    first = explorers[0]
    odd = ("", "#a=b", f"#{first.name}.{first.controls[0]['name']}=%", "#=&==&&", "#__proto__=1")
    for other in (
        None,
        *(odd if notebook == TIMELINE else ()),
        f"#{first.name}.{first.controls[0]['name']}=no%20such%20option",
        "#lesson",
    ):
        if other is not None:
            lesson.evaluate("(other) => { location.hash = other; }", other)
        for figure, expected in zip(
            lesson.locator("figure.face-figure").all(), explorers, strict=True
        ):
            shows(figure, expected.payload(expected.start))
    expect(lesson.locator("#lesson")).to_be_focused()
    assert lesson.evaluate("() => location.hash") == "#lesson"


@lessons
def test_every_option_shows_what_python_says_and_fits_320_pixels(
    page: Page, built: Built, notebook: Path
) -> None:
    path = built(notebook)
    wide(page, 320)
    figures = page.locator("figure.face-figure")
    for figure, data in zip(figures.all(), widget_data(path, "explorer"), strict=True):
        expected = Expected(data)
        seen: dict[str, list[Any]] = {one["name"]: [] for one in expected.controls}
        for chosen in walk(figure, expected):
            now_seen = shows(figure, expected.payload(chosen))
            assert too_wide(figure) == [], chosen
            moved = [name for name in chosen if chosen[name] != expected.start[name]]
            for name in moved or chosen:
                seen[name].append(now_seen)
        for name, looks in seen.items():
            assert any(one != looks[0] for one in looks[1:]), f"{name} changes nothing"
    wide(page, 1280)


@lessons
def test_a_pointer_on_a_mark_calls_up_what_the_mark_says(
    page: Page, built: Built, notebook: Path
) -> None:
    figures = page.locator("figure.face-figure").all()
    for figure, data in zip(figures, widget_data(built(notebook), "explorer"), strict=True):
        payload = Expected(data).payload(Expected(data).start)
        labels = {"".join(label.split()) for label in hover_labels(payload)}
        if not labels:
            continue
        figure.locator(".face-plot").scroll_into_view_if_needed()
        shown = figure.locator(".hoverlayer .hovertext")
        for drawn in figure.locator(".scatterlayer .point, .barlayer .point path").all()[:40]:
            drawn.hover(force=True)
            if shown.count():
                break
        expect(shown.first).to_be_visible()
        said = {"".join((one or "").split()) for one in shown.all_text_contents()}
        assert said <= labels, payload["title"]
        page.mouse.move(0, 0)


def hover_labels(payload: Any) -> Iterator[str]:
    """What the marks of a payload say to a pointer, as plotly.js writes it; not those of lines."""
    traces = [] if payload["empty"] else payload["figure"]["data"]
    for trace in (one for one in traces if one.get("mode") != "lines"):
        for at in range(len(trace.get("x") or trace.get("y") or ())):
            if label := hover_text(trace, at):
                yield label


@lessons
def test_earlier_and_later_walk_the_whole_way_and_stop(page: Page, notebook: Path) -> None:
    for stepper in page.locator(".face-steps").all():
        box = stepper.locator("select")
        last = box.locator("option").count() - 1
        for label, end in (("Earlier", 0), ("Later", last)):
            button = stepper.locator("button", has_text=label)
            steps = 0
            while button.is_enabled():
                button.click()
                steps += 1
                assert steps <= last
            expect(box).to_have_js_property("selectedIndex", end)
        assert steps == last
        expect(stepper.locator("button", has_text="Earlier")).to_be_enabled()
        expect(stepper.locator("button", has_text="Later")).to_be_disabled()


@lessons
def test_a_link_opens_its_choice_and_a_reload_keeps_it_and_what_was_written(
    second_tab: Tab, built: Built, notebook: Path
) -> None:
    path = built(notebook)
    expected = Expected(widget_data(path, "explorer")[0])
    others = {one["name"]: (one["start"] + 1) % len(one["options"]) for one in expected.controls}
    # As a reader may have kept it from before options had ids.
    pasted = "&".join(
        f"{expected.name}.{one['name']}={quote(one['options'][others[one['name']]])}"
        for one in expected.controls
    )
    with second_tab.opened(path, f"#{pasted}") as page:
        figure = page.locator("figure.face-figure").first
        shows(figure, expected.payload(others))
        # Back to the start by hand: the address is empty again.
        for name, index in expected.start.items():
            choose(figure, name, index)
        shows(figure, expected.payload(expected.start))
        assert page.evaluate("() => location.hash") == ""
        for name, index in others.items():
            choose(figure, name, index)
        assert page.evaluate("() => location.hash") == address(expected, others)
        predicted = _write(page)
        again(page)
        if expected.ghost:  # the lesson's one prediction stands on its first chart
            shows(figure, expected.with_guess(others, *predicted))
        else:
            shows(figure, expected.payload(others))
        _written(page, predicted)


WORDS = "Пхеньян <b>“3,000”</b>\nline two"


def _write(page: Page) -> list[str]:
    """Predict everywhere, and fill every box for free words; gives the words of predictions."""
    expect(page.locator(".face-again").first).to_contain_text("You made no prediction")
    predicted = [predict(form) for form in predictions(page).all()]
    for text in predicted:
        expect(page.locator(".face-again").filter(has_text=text)).not_to_have_count(0)
    for box in page.locator("form.face-prompts textarea").all():
        box.fill(WORDS)
        box.blur()
    return predicted


def _written(page: Page, predicted: list[str]) -> None:
    """What `_write` wrote is there."""
    for form in predictions(page).all():
        shows_prediction(form)
    for box in page.locator("form.face-prompts textarea").all():
        expect(box).to_have_value(WORDS)
    for text in predicted:
        expect(page.locator(".face-again").filter(has_text=text)).not_to_have_count(0)


@lessons
def test_parts_open_and_close_and_rows_are_saved(
    page: Page, built: Built, notebook: Path, tmp_path: Path
) -> None:
    path = built(notebook)
    for figure, data in zip(
        page.locator("figure.face-figure").all(), widget_data(path, "explorer"), strict=True
    ):
        payload = Expected(data).payload(Expected(data).start)
        panel, rows = figure.locator(".face-panel"), payload["table"]["rows"]
        for button in figure.locator(".face-parts button:visible").all():
            if button.get_attribute("aria-expanded") == "true":
                button.click()
                expect(panel).to_be_empty()
            button.click()
            expect(button).to_have_attribute("aria-expanded", "true")
            expect(figure.locator(".face-parts button[aria-expanded=true]")).to_have_count(1)
            expect(panel).not_to_be_empty()
        part = figure.locator(".face-parts")
        part.locator("button", has_text="Table").click()
        expect(panel.locator("tbody tr")).to_have_count(len(rows))
        part.locator("button", has_text="Sources").click()
        expect(panel.locator("li")).to_have_count(len(payload["references"]))
        expect(panel.locator('a:not([href^="http"])')).to_have_count(0)
        if payload["listColumns"]:
            part.locator("button", has_text=re.compile("^List")).click()
            expect(panel.locator("li")).to_have_count(len(rows))
        part.locator("button", has_text="Save and cite").click()
        expect(panel).to_contain_text(payload["title"])
        with page.expect_download() as saving:
            panel.locator("button.face-csv").click()
        file = tmp_path / saving.value.suggested_filename
        saving.value.save_as(file)
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert read[0] == columns_of_file(payload) and len(read) == len(rows) + 1
        assert [row[1] for row in read[1:]] == [str(row[1]) for row in rows]


def columns_of_file(payload: dict[str, Any]) -> list[str]:
    """The columns of a file of rows: those of the table, and what their sources say."""
    says = ["What the source says", "Where it says so"] if "rowSays" in payload else []
    return [*payload["table"]["columns"], *says]


def test_rows_open_in_columns_where_the_decimal_mark_is_a_comma(
    browser: Browser, built: Built, tmp_path: Path
) -> None:
    path = built(TIMELINE)
    first = Expected(widget_data(path, "explorer")[0])
    payload = first.payload(first.start)
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(path.as_uri())
    figure = page.locator("figure.face-figure").first
    figure.locator(".face-parts button", has_text="Save and cite").click()
    with page.expect_download() as saving:
        figure.locator("button.face-csv").click()
    saving.value.save_as(tmp_path / "rows.csv")
    text = (tmp_path / "rows.csv").read_bytes().decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read[0] == columns_of_file(payload)
    assert {len(row) for row in read} == {len(read[0])}
    expect(figure).to_contain_text("in one column: open an empty workbook")
    context.close()


# -- checks ----------------------------------------------------------------------------------------
ODD = [
    "",
    "   ",
    "three thousand",
    "3,000",
    "3 000",
    "10–12k",
    "٣٠٠٠",
    "三千",
    "-5",
    "1/2",
    "½",
    "NaN",
    "9" * 400,
    "<img src=x onerror=alert(1)>",
    "\ud83d",
    "🙂",
    "\u202e12",
]


def submit(form: Locator) -> str:
    """Press Check; the verdict's words."""
    form.locator("button.face-submit").click()
    verdict = form.locator(".face-verdict")
    expect(verdict).not_to_be_empty()
    return verdict.inner_text()


def solved(answer_key: Any, slots: int) -> list[str]:
    """Picks that meet every rule of a check of steps: those of a match, else found by lot."""
    if "items" in answer_key:
        return [one["right"][0] for one in answer_key["items"]]
    order = next((one["column"] for one in answer_key["rules"] if one["kind"] == "ordered"), None)
    lot = random.Random(1)
    for _ in range(100_000):
        picks = lot.sample(answer_key["options"], slots)
        if order:
            picks.sort(key=lambda pick: answer_key["columns"][order][pick])
        if mark(answer_key, picks)["right"]:
            return picks
    raise AssertionError("no answer meets every rule")


@lessons
def test_every_check_says_why_and_yes(page: Page, built: Built, notebook: Path) -> None:
    path = built(notebook)
    forms = page.locator("form.face-check").all()
    for form, data in zip(forms, widget_data(path, "check"), strict=True):
        answer_key, kind = unseal(data["spec"]["answerKey"]), data["spec"]["type"]
        assert submit(form) == mark(answer_key, None)["text"]  # empty: asks for an answer
        by_kind = {"choice": _choices, "number": _numbers, "select_all": _ticked}
        by_kind.get(kind, _selections)(form, answer_key)
    assert forms, "a lesson has checks"


def _choices(form: Locator, answer_key: Any) -> None:
    for one, why in answer_key["why"].items():
        form.locator(f'input[value="{one}"]').check()
        yes = "✓" if why.startswith("Yes") else "✓ Yes."
        assert submit(form) == f"{yes if one in answer_key['right'] else '✗ Not yet.'} {why}"


def _ticked(form: Locator, answer_key: Any) -> None:
    for one in answer_key["options"]:
        form.locator(f'input[value="{one["id"]}"]').check()
    assert submit(form).startswith("✗ Not yet.")
    expect(form.locator(".face-verdict li")).to_have_count(len(answer_key["options"]))
    for one in answer_key["options"]:
        form.locator(f'input[value="{one["id"]}"]').set_checked(one["right"])
    assert submit(form).startswith("✓ Yes") and answer_key["done"] in form.inner_text()


#: Each text is put into the box and sent off; gives the verdicts. In the page, for every step there
#: from here takes longer than the answer does.
_ANSWERED = """async (form, texts) => {
  const [box, button, verdict] = ['input[type="text"]', 'button.face-submit', '.face-verdict']
    .map((one) => form.querySelector(one));
  const verdicts = [];
  for (const text of texts) {
    verdict.replaceChildren();
    box.value = text;
    button.click();
    for (let turn = 0; !verdict.textContent && turn < 100; turn += 1)
      await new Promise((go) => setTimeout(go, 10 * Math.sign(turn)));
    verdicts.push(verdict.textContent);
  }
  return verdicts;
}"""


def _numbers(form: Locator, answer_key: Any) -> None:
    low, high = answer_key["low"][0], answer_key["high"][0]
    texts = [
        *ODD,
        "-1000000",
        "99999999999",
        *(f"{one['low']:.0f}" for one in answer_key["mistakes"]),
        f"{low:.10g}" if answer_key["low"] == answer_key["high"] else f"{low:.10g} to {high:.10g}",
    ]
    verdicts = form.evaluate(_ANSWERED, texts)
    for text, said in zip(texts, verdicts, strict=True):
        assert mark(answer_key, text)["text"] in said and len(said) > 10, ascii(text)
    assert said.startswith("✓ Yes"), "the last one is right"


def _selections(form: Locator, answer_key: Any) -> None:
    boxes = form.locator("select").all()
    boxes[0].select_option(index=1)
    assert submit(form).startswith("✗ Not yet.")
    rules = answer_key.get("rules", answer_key.get("items"))
    expect(form.locator(".face-verdict li")).to_have_count(len(rules))
    for box, pick in zip(boxes, solved(answer_key, len(boxes)), strict=True):
        box.select_option(value=pick)
    assert submit(form).startswith("✓ Yes") and answer_key["done"] in form.inner_text()


def test_a_browser_that_keeps_nothing_says_so(browser: Browser, built: Built) -> None:
    context = browser.new_context()
    page, watch = offline(context)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    )
    open_lesson(page, built(LESSONS[0]))
    predicted = predict(predictions(page).first, "until you close this page")
    expect(page.locator(".face-again").first).to_contain_text(f"“{predicted}”")
    watch.quiet()
    context.close()


def test_a_browser_that_cannot_unpack_keeps_the_words_and_says_so(
    browser: Browser, built: Built
) -> None:
    context = browser.new_context()
    page, watch = offline(context)
    page.add_init_script("delete window.DecompressionStream")
    path = built(LESSONS[0])
    page.goto(path.as_uri())
    page.wait_for_function("() => !document.querySelector('[data-face]:not([data-started])')")
    expected = Expected(widget_data(path, "explorer")[0])
    chart = page.locator('[data-face="explorer"]').first
    expect(chart).to_contain_text(expected.payload(expected.start)["description"])
    expect(chart).to_contain_text("Your browser is too old for the controls here.")
    assert page.locator("figure.face-figure").count() == 0
    page.locator("form.face-check button.face-submit").first.click()
    expect(page.locator(".face-verdict").first).not_to_be_empty()
    watch.quiet()
    context.close()


def test_what_is_written_in_a_lesson_leaves_its_page_as_a_file(
    tab: Tab, built: Built, tmp_path: Path
) -> None:
    """A browser may keep it for that file alone, so no other page can save it."""
    with tab.opened(built(TIMELINE)) as page:
        predict(predictions(page).first)
        assert '"02.predict"' in save(page, "Save my work as a file", tmp_path).read_text(
            encoding="utf-8"
        )
    with tab.opened(built(LESSONS[0])) as page:
        assert page.locator(".face-portfolio").count() == 1, "the lesson shows it itself"


@pytest.mark.parametrize("theme", ["", "dark"], ids=["system", "button"])
def test_paper_is_light_and_the_dark_look_comes_back(
    browser: Browser, built: Built, theme: str
) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(built(LESSONS[2]).as_uri())
    if theme:
        page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    page.locator("[data-face]:not([data-started])").first.wait_for(state="detached")
    on_paper_and_back(page)
    # A browser that prints says so before the page has the colours of paper.
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    page.wait_for_function(f"() => ({INK})()[1] < 90")
    page.evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    page.wait_for_function(f"() => ({INK})()[1] > 150")
    page.close()


ASLEEP = "Charts and questions are asleep here"
_SANDBOX = '<!doctype html><title>Course</title><iframe sandbox="{leave}" width="900" src="{src}">'


def test_a_viewer_without_scripts_is_told_on_top_and_nobody_else(
    browser: Browser, built: Built, tmp_path: Path
) -> None:
    path = built(LESSONS[2])
    page = browser.new_page()
    for leave in ("", "allow-scripts"):
        outer = tmp_path / "course.html"
        outer.write_text(_SANDBOX.format(leave=leave, src=path.as_uri()), encoding="utf-8")
        page.goto(outer.as_uri())
        line = page.frames[1].locator(".face-asleep")
        if leave:
            page.frames[1].locator(".main-svg").first.wait_for()
            expect(line).to_be_hidden()
            continue
        expect(line).to_be_visible()
        expect(line).to_contain_text(ASLEEP)
        above = "(one) => one.getBoundingClientRect().top < document.querySelector('h1').offsetTop"
        assert line.evaluate(above)
        page.emulate_media(media="print")
        expect(line).to_be_hidden()
        page.emulate_media(media="null")
    page.close()


def test_the_line_on_top_never_flashes_and_comes_back_where_the_faces_do_not_start(
    browser: Browser, built: Built, tmp_path: Path
) -> None:
    page = browser.new_page()
    # Looks at every frame that is painted, from the first on.
    page.add_init_script(
        """window.seen = [];
    const look = () => {
      const line = document.querySelector('.face-asleep');
      if (line) window.seen.push(line.checkVisibility());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);"""
    )
    page.goto(built(LESSONS[2]).as_uri())
    painted(page)
    assert True not in page.evaluate("() => window.seen"), "it is seen for a moment"
    old = tmp_path / "old.html"
    text = built(LESSONS[2]).read_text(encoding="utf-8")
    script = assets.script("check", "explorer", "prompts")
    assert script in text
    old.write_text(text.replace(script, "let too = ;"), encoding="utf-8")
    page.goto(old.as_uri())
    expect(page.locator(".face-asleep")).to_be_visible()
    page.close()


@pytest.mark.slow
def test_without_scripts_the_page_still_reads(browser: Browser, built: Built) -> None:
    path = built(LESSONS[-1])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    for data in widget_data(path, "explorer"):
        expected = Expected(data)
        expect(page.locator("main")).to_contain_text(
            expected.payload(expected.start)["description"]
        )
    for data in widget_data(path, "check"):
        expect(page.locator("main")).to_contain_text(data["spec"]["question"])
    context.close()


@lessons
def test_plotly_js_can_draw_every_trace_of_every_state(built: Built, notebook: Path) -> None:
    states = [
        state
        for data in widget_data(built(notebook), "explorer")
        for state in Expected(data).states.values()
    ]
    drawn = {trace.get("type", "scatter") for state in states for trace in state["figure"]["data"]}
    rows = any("markedRows" in state for state in states)  # a list or a table has no traces
    assert (drawn or rows) and drawn <= assets.trace_types()


@lessons
def test_a_page_keeps_its_weight(built: Built, notebook: Path) -> None:
    assert built(notebook).stat().st_size <= 1_600_000, "with everything inside"


@lessons
def test_hints_are_there_and_stay_folded_until_asked_for(
    page: Page, built: Built, notebook: Path
) -> None:
    promised = [
        hint
        for kind in ("check", "memo", "forecast")
        for data in widget_data(built(notebook), kind)
        for hint in data["spec"].get("hints", [])
    ]
    shown = page.locator(".face details").filter(has=page.locator("summary", has_text="Hint "))
    assert shown.count() == len(promised)
    for fold, words in zip(shown.all(), promised, strict=True):
        text = fold.locator("p")
        assert not text.is_visible()
        fold.locator("summary").click()
        expect(text).to_be_visible()
        assert text.inner_text().split() == words.split()
        fold.locator("summary").click()


# -- editions --------------------------------------------------------------------------------------
def _only_instructors(notebook: Path) -> list[str]:
    """Every longer line of the cells that students do not get, in the form in which a page would
    hold it.
    """
    cells = nbformat.read(notebook, as_version=4).cells
    kept_back = [cell for cell in cells if editions.tags(cell) & SECRET_TAGS]
    rest = "\n".join(cell.source for cell in cells if cell not in kept_back)
    lines = [
        part.strip()
        for cell in kept_back
        for part in re.split(r"[*_`\n\[\]()<>&\"']+", cell.source)
    ]
    return [line for line in lines if len(line) > 30 and line not in rest]


@lessons
def test_students_get_nothing_of_the_instructors(built: Built, notebook: Path) -> None:
    secrets = _only_instructors(notebook)
    assert secrets, "a lesson has words for instructors"
    student = built(notebook).read_text(encoding="utf-8")
    assert [line for line in secrets if line in student] == []
    assert "For the instructor" not in student and ">Solution<" not in student


@lessons
def test_instructors_get_it_and_axe_finds_nothing_in_it(
    second_tab: Tab, built: Built, notebook: Path
) -> None:
    secrets = _only_instructors(notebook)
    with second_tab.opened(built(notebook, "instructor")) as page:
        expect(page.locator(".page-label").first).to_be_visible()
        expect(page).to_have_title(re.compile("instructor edition"))
        text = page.locator("main").inner_text()
        prose = [line for line in secrets if line.rstrip(".") in text]
        assert len(prose) > len(secrets) / 2
        # All these cells share one style, so one lesson stands for the other look.
        found = violations(page, ".page-instructor") if notebook == TIMELINE else []
        wide(page, 320, "dark")
        found += violations(page, ".page-instructor") + violations(
            page, "header, footer, main > :first-child"
        )
        assert found == []


@pytest.mark.slow
def test_a_student_page_is_the_same_when_built_alone(built: Built, tmp_path: Path) -> None:
    alone = publisher.build(TIMELINE, "student", tmp_path)
    assert alone.read_text(encoding="utf-8") == built(TIMELINE).read_text(encoding="utf-8")
