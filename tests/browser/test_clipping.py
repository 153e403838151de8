"""Nothing drawn is cut off or overprinted, on a phone, a tablet, a laptop and a large screen.

The boxes are worked out in Chromium, from what plotly.js drew: each line of text by its ink, each
mark by its box. A line of text or a mark that reaches beyond its picture, or beyond what cuts it
there, two lines that lie on each other, and a mark that hides a line are faults, put into words.
Bars may begin below an axis, as those of the bug hunt do on purpose.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page

from browser.drive import LESSONS, Expected, Tab, address, alone, wide, widget_data, widget_page
from upheaval.charts.draw import Chart, theme
from upheaval.widgets import Explorer

pytestmark = pytest.mark.browser

Built = Callable[..., Path]
Choice = dict[str, int]
#: A page of this width gives its charts the 321 pixels that they have in a page of the site on a
#: phone of 390, which has a margin of its own.
SITE_PHONE = 364
WIDTHS = [SITE_PHONE, 390, 768, 1280, 1920]
#: Widths at which row filters are tried too: they take rows away, and seldom move anything.
FILTERED = [SITE_PHONE, 390, 1280]
#: Faults of one explorer that a failure names; the others are counted.
NAMED = 12
lessons = pytest.mark.parametrize(
    "notebook", LESSONS, ids=lambda path: path.stem[:2], scope="module"
)

#: Gives the faults of one picture, each as a sentence. Pixels below the tolerances are rounding.
_FAULTS = """(box) => {
  const CUT = 1, OVER = 2, HIDDEN = 0.5;
  const SIDES = ['left', 'top', 'right', 'bottom'];
  const canvas = document.createElement('canvas').getContext('2d');
  const corners = (matrix, left, top, right, bottom) =>
    [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x, y]) => {
      const point = new DOMPoint(x, y).matrixTransform(matrix);
      return [point.x, point.y];
    });
  const around = (points) => {
    const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
    return { left: Math.min(...xs), top: Math.min(...ys),
      right: Math.max(...xs), bottom: Math.max(...ys) };
  };
  // What cuts `node`: the box of the plot, its svg, and the clip paths of all that it stands in.
  const cutters = (node) => {
    const found = [box.getBoundingClientRect()];
    for (let one = node; one !== box; one = one.parentElement) {
      if (one.tagName === 'svg') found.push(one.getBoundingClientRect());
      const id = /url\\(["']?#([^"')]+)/.exec(one.getAttribute('clip-path') ?? '')?.[1];
      const rect = id && document.getElementById(id)?.querySelector('rect');
      if (!rect) continue;
      const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => rect[name].baseVal.value);
      found.push(around(corners(one.getScreenCTM(), x, y, x + w, y + h)));
    }
    return found;
  };
  const beyond = (own, by, side) =>
    (side === 'left' || side === 'top' ? by[side] - own[side] : own[side] - by[side]);
  const cutOff = (own, by) => SIDES
    .map((side) => [side, Math.max(...by.map((one) => beyond(own, one, side)))])
    .filter(([, much]) => much > CUT)
    .map(([side, much]) => `cut off by ${Math.round(much)} px at the ${side}`).join(' and ');
  const seen = (node) =>
    node.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const lines = [];
  for (const text of box.querySelectorAll('.main-svg text')) {
    if (text.closest('.hoverlayer') || !seen(text)) continue;
    const parts = text.querySelectorAll('tspan.line');
    for (const line of parts.length ? parts : [text]) {
      const content = line.textContent;
      if (!content.trim()) continue;
      // Blanks before and after keep a text away from its mark: they may lie on it.
      const start = line.getStartPositionOfChar(content.search(/\\S/));
      const end = line.getEndPositionOfChar(content.trimEnd().length - 1);
      const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(line);
      canvas.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      const ink = canvas.measureText(content);
      const quad = corners(line.getScreenCTM(), start.x, start.y - ink.actualBoundingBoxAscent,
        end.x, start.y + ink.actualBoundingBoxDescent);
      lines.push({ text, content: content.trim(), quad, around: around(quad), by: cutters(text) });
    }
  }
  const shared = (one, other) => [
    Math.min(one.right, other.right) - Math.max(one.left, other.left),
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)];
  // How deep two boxes lie in each other, also turned ones: the least over the sides of both.
  const depth = (one, other) => {
    if (Math.min(...shared(one.around, other.around)) <= OVER) return 0;
    return Math.min(...[one.quad, other.quad].flatMap((quad) => [0, 1].map((at) => {
      const [x, y] = [0, 1].map((axis) => quad[at + 1][axis] - quad[at][axis]);
      const length = Math.hypot(x, y) || 1;
      const [a, b] = [one.quad, other.quad].map((points) =>
        points.map((point) => (point[0] * x + point[1] * y) / length));
      return Math.min(Math.max(...a), Math.max(...b)) - Math.max(Math.min(...a), Math.min(...b));
    })));
  };

  const faults = [];
  lines.forEach((one, at) => {
    const cut = cutOff(one.around, one.by);
    if (cut) faults.push(`“${one.content}” is ${cut}`);
    for (const other of lines.slice(at + 1)) {
      const deep = one.text === other.text ? 0 : depth(one, other);
      if (deep > OVER) {
        faults.push(`“${one.content}” and “${other.content}” overprint each other by ${
          Math.round(deep)} px`);
      }
    }
  });
  for (const mark of box.querySelectorAll('.scatterlayer .points path, .barlayer .point path')) {
    const own = mark.getBoundingClientRect();
    if (!seen(mark) || !(own.width || own.height)) continue;
    const by = cutters(mark);
    const bar = mark.closest('.barlayer') !== null;
    const cut = bar ? '' : cutOff(own, by);
    if (cut) faults.push(`a mark is ${cut}`);
    const left = Object.fromEntries(SIDES.map((side) => {
      const all = [own, ...by].map((one) => one[side]);
      return [side, side === 'left' || side === 'top' ? Math.max(...all) : Math.min(...all)];
    }));
    for (const line of lines) {
      const [w, h] = shared(left, line.around);
      const size = (line.around.right - line.around.left) * (line.around.bottom - line.around.top);
      if (w > 0 && h > 0 && w * h > HIDDEN * size) {
        faults.push(`“${line.content}” lies under or on a ${bar ? 'bar' : 'mark'} by ${
          Math.round((100 * w * h) / size)} %`);
      }
    }
  }
  return faults;
}"""

#: Goes through addresses of one figure, and gives the faults at each. The page paints when its
#: address changes, before it tells us of that: it draws (`react` says when it has), or puts a chart
#: in place that was drawn before.
_VISIT = """async (figure, addresses) => {
  const visit = (address) => new Promise((done) => {
    const { react } = Plotly;
    let drawing = null;
    Plotly.react = (...all) => {
      drawing = react(...all);
      return drawing;
    };
    addEventListener('hashchange', () => {
      Plotly.react = react;
      Promise.resolve(drawing).then(done);
    }, { once: true });
    location.hash = address;
  });
  const found = [];
  for (const address of addresses) {
    if (location.hash !== address) await visit(address);
    found.push((FAULTS)(figure.querySelector('.face-plot')));
  }
  return found;
}""".replace("FAULTS", _FAULTS)


# -- the states of an explorer ---------------------------------------------------------------------
def computed(expected: Expected) -> list[Choice]:
    """Every choice for which a chart of its own is drawn; row filters stand at their start."""
    options = {
        one["name"]: range(len(one["options"]))
        for one in expected.controls
        if not one.get("column")
    }
    return [
        {**expected.start, **dict(zip(options, indices, strict=True))}
        for indices in itertools.product(*options.values())
    ]


def filtered(expected: Expected) -> Iterator[Choice]:
    """Each option of each row filter, at the start and with the other controls anywhere.

    Where "anywhere" is comes from the explorer's name, and so is the same in every run.
    """
    chance = random.Random(expected.name)
    for control in expected.controls:
        for index in range(len(control["options"])) if control.get("column") else ():
            yield {**expected.start, control["name"]: index}
            anywhere = {
                one["name"]: chance.randrange(len(one["options"])) for one in expected.controls
            }
            yield {**anywhere, control["name"]: index}


def faults(figure: Locator, expected: Expected, choices: list[Choice]) -> list[str]:
    """What is cut off or overprinted in a figure that stands at its start, in all of `choices`.

    What shows no chart is left out. Comes back to the start.
    """
    drawn = [one for one in choices if not expected.payload(one)["empty"]]
    addresses = list(dict.fromkeys(address(expected, one) for one in drawn))
    home = [] if expected.payload(expected.start)["empty"] else [""]
    found = figure.evaluate(_VISIT, [*addresses, *home])
    return [
        f"{expected.name} {where or '(start)'}: {fault}"
        for where, all_here in zip(addresses, found, strict=False)
        for fault in all_here
    ]


def summary(found: list[str]) -> str:
    """The faults as the message of a failure, not longer than one can read."""
    more = [f"… and {len(found) - NAMED} more"] if len(found) > NAMED else []
    return "\n".join([*found[:NAMED], *more])


def look_through(page: Page, path: Path, choices: Callable[[Expected, int], list[Choice]]) -> None:
    """Fail with what is wrong in any figure of the page at any width."""
    found: list[str] = []
    figures = page.locator("figure.face-figure").all()
    explorers = [Expected(data) for data in widget_data(path, "explorer")]
    for width in WIDTHS:
        wide(page, width)
        for figure, expected in zip(figures, explorers, strict=True):
            found += [
                f"{path.stem[:2]} at {width} px, {one}"
                for one in faults(figure, expected, choices(expected, width))
            ]
    assert not found, summary(found)


# -- the lessons -----------------------------------------------------------------------------------
@lessons
def test_nothing_drawn_is_cut_off_or_overprinted_where_a_reader_begins(
    tab: Tab, built: Built, notebook: Path
) -> None:
    path = built(notebook)
    with tab.opened(path) as page:
        look_through(page, path, lambda expected, width: [expected.start])


@pytest.mark.slow
@lessons
def test_nothing_drawn_is_cut_off_or_overprinted_in_any_state(
    tab: Tab, built: Built, notebook: Path
) -> None:
    path = built(notebook)

    def choices(expected: Expected, width: int) -> list[Choice]:
        return [*computed(expected), *(filtered(expected) if width in FILTERED else ())]

    with tab.opened(path) as page:
        look_through(page, path, choices)


@pytest.mark.slow
@lessons
def test_every_computed_state_that_a_page_holds_is_among_those_looked_at(
    built: Built, notebook: Path
) -> None:
    for data in widget_data(built(notebook), "explorer"):
        expected = Expected(data)
        drawn = [one["name"] for one in expected.controls if not one.get("column")]
        state_keys = [",".join(str(one[name]) for name in drawn) for one in computed(expected)]
        assert sorted(state_keys) == sorted(expected.states)


# -- the checker itself ----------------------------------------------------------------------------
def sample(**settings: Any) -> Chart:
    """A chart of two bars with room for all, or with `settings` that take it away."""
    layout = {
        "height": 200,
        "showlegend": False,
        "margin": {"l": 60, "r": 60, "t": 30, "b": 30, "autoexpand": False},
        "yaxis": {"automargin": False, "tickformat": ",", "range": [0, 4500]},
        **settings.get("layout", {}),
    }
    bars = {"type": "bar", "x": ["one", "two"], "y": [4000, 2000]}
    return Chart(
        theme.figure(bars, *settings.get("traces", []), **layout),
        subtitle="A subtitle",
        table=pd.DataFrame({"n": [4000, 2000]}),
        sources=[],
        title="A title",
        description="A description of the sample, long enough to be one.",
    )


def note(x: float, text: str, **more: Any) -> dict[str, Any]:
    """An annotation in a free place over the bars, at the fraction `x` of the width."""
    position = {"x": x, "y": 0.95, "xref": "paper", "yref": "paper", "xanchor": "left"}
    return {**position, "text": text, "showarrow": False, **more}


def mark(x: list[Any], **more: Any) -> dict[str, Any]:
    """A large mark or text at the places `x`, below the top of the picture."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [3000],
        "marker": {"size": 40},
        **more,
    }


SAMPLES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "sound": ({}, []),
    "a margin too narrow for its tick labels": (
        {"layout": {"margin": {"l": 20, "r": 60, "t": 30, "b": 30, "autoexpand": False}}},
        [f"“{one},000” is cut off by" for one in (1, 2, 3, 4)],
    ),
    "a label beyond the right edge": (
        {"layout": {"annotations": [note(1, "a label much too long")]}},
        ["“a label much too long” is cut off by"],
    ),
    "one line of two beyond the edge": (
        {"layout": {"annotations": [note(1, "short<br>and a much longer one", align="left")]}},
        ["“and a much longer one” is cut off by"],
    ),
    "two labels on one another": (
        {"layout": {"annotations": [note(0.6, "First troops"), note(0.65, "Treaty signed")]}},
        ["“First troops” and “Treaty signed” overprint each other by"],
    ),
    "two labels side by side": (
        {"layout": {"annotations": [note(0.55, "First"), note(0.8, "Treaty")]}},
        [],
    ),
    "a turned label whose box but not its ink lies on another": (
        {
            "layout": {
                "annotations": [
                    note(0.55, "a long turned label", textangle=30, yanchor="top"),
                    note(0.7, "Up", yanchor="middle"),
                ]
            }
        },
        [],
    ),
    "a text that its axis cuts": (
        {
            "traces": [mark(["two"], mode="text", text=["cut by the axis"], cliponaxis=True)],
            "layout": {"xaxis": {"range": [-0.5, 1.05]}},
        },
        ["“cut by the axis” is cut off by"],
    ),
    "a mark that its axis cuts": (
        {"traces": [mark(["two"], cliponaxis=True)], "layout": {"xaxis": {"range": [-0.5, 1]}}},
        ["a mark is cut off by 20 px at the right"],
    ),
    "a mark on a label": (
        {
            "traces": [
                mark(["two"], cliponaxis=False),
                mark(["two"], mode="text", text=["hid"], cliponaxis=False),
            ]
        },
        ["“hid” lies under or on a mark by 100 %"],
    ),
    "a text beside its mark, kept away by blanks": (
        {
            "traces": [
                mark(["two"], marker={"size": 10}),
                mark(["two"], mode="text", text=["\u00a0" * 3 + "by"], textposition="middle right"),
            ]
        },
        [],
    ),
    "a bar under a label": (
        {"traces": [mark(["one"], mode="text", text=["value"])]},
        ["“value” lies under or on a bar by 100 %"],
    ),
}


@pytest.fixture(scope="module")
def samples(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    explorers = [
        Explorer(partial(sample, **settings), name=f"sample-{number}")
        for number, (settings, _) in enumerate(SAMPLES.values())
    ]
    path = widget_page(tmp_path_factory.mktemp("samples") / "samples.html", *explorers)
    with alone(browser, path, viewport={"width": 390, "height": 900}) as page:
        yield page


@pytest.mark.parametrize("name", SAMPLES)
def test_the_checker_finds_what_is_wrong_with_a_sample_and_nothing_else(
    samples: Page, name: str
) -> None:
    figure = samples.locator("figure.face-figure").nth(list(SAMPLES).index(name))
    (found,) = figure.evaluate(_VISIT, [""])
    wanted = SAMPLES[name][1]
    assert len(found) == len(wanted), found
    assert [one[: len(begin)] for one, begin in zip(found, wanted, strict=True)] == wanted


def test_the_checker_goes_through_the_states_it_is_given_and_names_the_faulty_one(
    browser: Browser, tmp_path: Path
) -> None:
    room = {"wide": 60, "narrow": 20}
    moving = Explorer(
        lambda room: sample(
            layout={"margin": {"l": room, "r": 60, "t": 30, "b": 30, "autoexpand": False}}
        ),
        name="moving",
        room=list(room.items()),
    )
    path = widget_page(tmp_path / "moving.html", moving)
    expected = Expected(widget_data(path, "explorer")[0])
    with alone(browser, path) as page:
        found = faults(page.locator("figure.face-figure"), expected, computed(expected))
        assert len(found) == 4
        assert all(one.startswith("moving #moving.room=20: “") for one in found)
        assert page.evaluate("() => location.hash") == ""


def test_a_failure_names_some_faults_and_counts_the_others() -> None:
    assert summary(["one"]) == "one"
    assert summary(["one"] * (NAMED + 3)).endswith("one\n… and 3 more")
