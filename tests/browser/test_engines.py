"""Every lesson's student page, opened from disk in two other families of browsers: Firefox, and
WebKitGTK for Safari.

What the pages show is compared with Python in Chromium (`test_page.py`). Here all of it has to
start, be drawn, move and answer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from browser.drive import LESSONS, Expected, marks, widget_data
from browser.engines import ENGINES, Engine, watched
from browser.find import firefox, how_to_get_engine, webkit
from upheaval.lessons import blocks
from upheaval.widgets.core import assets

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOUND = {"firefox": firefox, "webkit": webkit}
engines = pytest.mark.parametrize("name", ENGINES)
lessons = pytest.mark.parametrize("notebook", LESSONS, ids=lambda path: path.stem[:2])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """``engine(name)``: started when it is first asked for, and ended with the file."""
    running: dict[str, Engine] = {}
    with ExitStack() as stack:

        def give(name: str) -> Engine:
            if sys.platform != "linux":
                pytest.skip("Firefox and WebKitGTK are driven on Linux only.")
            if FOUND[name]() is None:
                if os.environ.get("CI", "").lower() in ("true", "1"):
                    pytest.fail(f"{how_to_get_engine(name)} In CI that is a failure.", False)
                pytest.skip(how_to_get_engine(name))
            if name not in running:
                running[name] = stack.enter_context(ENGINES[name](tmp_path_factory.mktemp(name)))
            return running[name]

        yield give


#: What every script below may use. A wait ends at its deadline, and sooner when anything failed.
_TOOLS = """
const all = (what, from = document) => [...from.querySelectorAll(what)];
const frame = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
const until = async (done, waited, seconds = 60) => {
  const end = Date.now() + seconds * 1000;
  while (!done()) {
    if (watched.length) throw new Error(`${watched.join("; ")} (while waiting: ${waited()})`);
    if (Date.now() > end) throw new Error(`waited ${seconds} s: ${waited()}`);
    await new Promise((go) => setTimeout(go, 10));
  }
};
const painted = async (seconds) => {
  const waiting = () => all("[data-face]:not([data-started])");
  const blank = () =>
    all(".face-plot").filter((one) => !one.hidden && !one.querySelector(".main-svg"));
  await until(() => document.readyState === "complete" && !waiting().length, () =>
    `faces that do not start: ${waiting().map((one) => one.dataset.face)}`, seconds);
  await until(() => !blank().length, () =>
    `charts that are not drawn: ${blank().map((one) => one.parentElement.textContent)}`, seconds);
};
const changed = (input) => input.dispatchEvent(new Event("change", { bubbles: true }));
const notes = () => all("form.face-prompts:not(.face-portfolio)").filter((one) =>
  one.querySelector("input[type=radio], .face-guess-box, textarea"));
const written = () => notes().map((form) => [
  ...all("input[type=radio]", form).map((one) => one.checked),
  ...all(".face-guess-box, textarea", form).map((one) => one.value)]);
"""

#: Each control, until one of its options moves the chart, and back; gives how many each chart has.
_MOVED = """
const text = (figure) =>
  all(".face-head > .face-title, :scope > .face-subtitle, .face-text", figure).map((one) =>
    one.textContent).join(" ");
const look = (figure) => JSON.stringify([
  text(figure),
  all(".face-rows", figure).map((one) => one.textContent),
  figure.querySelector(".face-plot").hidden,
  all(".face-plot:not([hidden]) .cartesianlayer path", figure).map((one) =>
    one.getAttribute("d") + one.getAttribute("transform")).sort()]); // plotly.js may reorder them
const tried = [];
for (const figure of all("figure.face-figure")) {
  const controls = [
    ...all(".face-controls select", figure).map((box) => ({
      name: box.name, start: box.selectedIndex, count: box.options.length,
      choose: (at) => { box.selectedIndex = at; changed(box); } })),
    ...all(".face-radio", figure).map((group) => [group, all("input", group)]).map(
      ([group, buttons]) => ({
        name: group.querySelector("legend").textContent,
        start: buttons.findIndex((one) => one.checked), count: buttons.length,
        choose: (at) => { buttons[at].checked = true; changed(buttons[at]); } })),
  ];
  for (const { name, start, count, choose } of controls) {
    const [before, said] = [look(figure), text(figure)];
    let moves = false;
    for (let at = 0; at < count && !moves; at += 1) {
      if (at === start) continue;
      choose(at);
      await frame();
      moves = look(figure) !== before;
    }
    if (!moves) throw new Error(`${name} changes nothing: ${said}`);
    choose(start);
    await until(() => look(figure) === before, () => `${name} does not come back to: ${said}`);
  }
  tried.push(controls.length);
}
return tried;
"""

#: Each check, empty and answered; gives the verdicts.
_ANSWERED = """
const said = [];
for (const form of all("form.face-check")) {
  const verdict = form.querySelector(".face-verdict");
  const press = async () => {
    verdict.replaceChildren();
    form.querySelector("button.face-submit").click();
    await until(() => verdict.textContent, () =>
      `no verdict: ${form.querySelector("legend, label").textContent}`);
    return verdict.textContent;
  };
  const empty = await press();
  const [button, text, list] =
    ["fieldset :is([type=radio], [type=checkbox])", "input[type=text]", "select"].map((one) =>
      form.querySelector(one));
  if (button) button.checked = true;
  else if (text) text.value = "7";
  else list.selectedIndex = 1;
  said.push([empty, await press()]);
}
return said;
"""

#: Something in each note; gives what the page says of where it is kept, and what stands in them.
_WRITTEN = """
const messages = [];
for (const form of notes()) {
  const status = form.querySelector(".face-message");
  for (const radio of all("input[type=radio]", form).slice(1, 2)) {
    radio.checked = true;
    changed(radio);
  }
  for (const box of all(".face-guess-box", form)) {
    box.value = "3";
    changed(box);
  }
  for (const box of all("textarea", form)) {
    box.value = "Пхеньян <b>“3,000”</b>";
    changed(box);
  }
  await until(() => status.textContent, () =>
    `nothing is said of: ${form.querySelector("legend").textContent}`);
  messages.push(status.textContent);
}
return { messages, written: written() };
"""


def opened(engine: Engine, address: str, seconds: int = 60) -> None:
    """Open a page that has the watcher; come back when every face is started and every chart is
    drawn.
    """
    engine.open(address)
    engine.evaluate(f"{_TOOLS} await painted({seconds});")


@engines
@lessons
def test_a_lesson_starts_is_drawn_moves_and_answers(
    engine: Callable[[str], Engine],
    built: Callable[..., Path],
    tmp_path: Path,
    notebook: Path,
    name: str,
) -> None:
    one = engine(name)
    page = watched(built(notebook), tmp_path / f"{notebook.stem}.html")
    explorers = [Expected(data) for data in widget_data(page, "explorer")]
    opened(one, page.as_uri())
    # As many as the page's data promises: charts are unpacked, and no loop ran empty.
    assert one.evaluate(_TOOLS + _MOVED) == [len(chart.controls) for chart in explorers]
    verdicts = one.evaluate(_TOOLS + _ANSWERED)
    assert len(verdicts) == len(widget_data(page, "check")) > 0
    for empty, answer in verdicts:
        assert not empty.startswith(("✓", "✗")), "nothing was answered"
        assert answer.startswith(("✓", "✗")), "something was answered"
    kept = one.evaluate(_TOOLS + _WRITTEN)
    assert len(kept["messages"]) == sum(asks(data["spec"]) for data in widget_data(page, "prompts"))
    assert one.errors() == []
    opened(one, page.as_uri())
    if any(message.startswith("Kept in this browser") for message in kept["messages"]):
        assert one.evaluate(f"{_TOOLS} return written();") == kept["written"]
    else:
        assert all(message.startswith("Kept until you close") for message in kept["messages"])
    assert one.errors() == []


def asks(spec: Any) -> bool:
    """A note that takes something in, and does not only show it again."""
    return spec["type"] in ("predict", "write")


#: The first list of the first chart, when all of its options are drawn ahead; gives the titles and
#: the numbers of marks from the second option on, and of the first one again.
_PREPARED = """
performance.now = () => 0; // no drawing is slow, however busy this computer is
const [explorer] = all("[data-face=explorer]");
explorer.scrollIntoView();
const list = explorer.querySelector("select");
const last = list.options.length - 1;
for (let waited = 0; explorer.dataset.prepared !== String(last); waited += 1) {
  if (waited > 200) throw new Error(`prepared are ${explorer.dataset.prepared} of ${last}`);
  await new Promise((go) => setTimeout(go, 200)); // a browser that is asked more often is not idle
}
Plotly.react = () => { throw new Error("a chart is drawn"); };
const shown = [];
for (let at = 1; at <= last + 1; at += 1) {
  list.selectedIndex = at % (last + 1);
  changed(list);
  await frame();
  shown.push([explorer.querySelector(".face-title").textContent,
    all(".face-plot .scatterlayer .point", explorer).length]);
}
return shown;
"""


@engines
def test_charts_that_were_drawn_ahead_take_their_place(
    engine: Callable[[str], Engine], built: Callable[..., Path], tmp_path: Path, name: str
) -> None:
    one = engine(name)
    page = watched(built(LESSONS[2]), tmp_path / "prepared.html")
    expected = Expected(widget_data(page, "explorer")[0])
    control = expected.controls[0]
    opened(one, page.as_uri())
    shown = one.evaluate(_TOOLS + _PREPARED)
    indices = [*range(1, len(control["options"])), 0]
    payloads = [expected.payload({**expected.start, control["name"]: at}) for at in indices]
    assert shown == [[payload["title"], marks(payload)] for payload in payloads]
    assert one.errors() == []


# -- the test itself -------------------------------------------------------------------------------
#: From a file, WebKit says that a script failed, and no more.
@engines
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<script>throw new Error('a broken script');</script>", "a broken script|Script error"),
        ("<script>Promise.reject('nobody listens');</script>", "nobody listens"),
        ("", "faces that do not start: explorer"),
        ("<script>document.querySelector('div').dataset.started = '';</script>", "not drawn"),
    ],
    ids=["throws", "rejects", "never starts", "is not drawn"],
)
def test_a_broken_page_is_seen(
    engine: Callable[[str], Engine], tmp_path: Path, name: str, body: str, problem: str
) -> None:
    page = tmp_path / "broken.html"
    face = '<div data-face="explorer"><div class="face-plot">A chart</div></div>'
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8">{face}{body}', encoding="utf-8")
    with pytest.raises(AssertionError, match=problem):
        opened(engine(name), watched(page, page).as_uri(), seconds=1)


@engines
def test_a_table_whose_rows_are_cards_on_a_phone_is_heard_as_a_table(
    engine: Callable[[str], Engine], tmp_path: Path, name: str
) -> None:
    """No role is written out (a valid table has none), and no engine drops those of its own."""
    grid = blocks.grid(["A", "B"], [("First", ["one", "two"]), ("Second", ["three", "four"])])
    look = (assets.DIST / "core.css").read_text(encoding="utf-8")
    page = tmp_path / "table.html"
    page.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Table</title>'
        f'<style>{look}</style><div class="face lesson" style="width: 300px">{grid.markup}</div>',
        encoding="utf-8",
    )
    one = engine(name)
    one.open(page.as_uri())
    shown = "return getComputedStyle(document.querySelector('tbody td')).display;"
    assert one.evaluate(shown) == "block", "a card"
    assert [one.heard(role, "tbody th, tbody td") for role in ("rowheader", "cell")] == [2, 4]
    assert [one.heard("row", "tbody tr"), one.heard("table", "table")] == [2, 1]
