"""From input to painted chart: ours, static and live, beside what a reader would otherwise use, in
one run.

    python benchmarks/latency.py [rounds]

Every contender draws the same timeline from the same table and is moved by the same choice, the
period.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from pathlib import Path

from timing import ROOT, WATCH, machine, running_browser, summary, timed, watch

# isort: split
import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

from browser.drive import lab_server, launch, menu, open_notebook, painted
from upheaval.publish import page as publisher

SETUP = f"""import sys
sys.path.insert(0, {str(ROOT / "utils")!r})
from functools import partial
from upheaval import lesson
from upheaval.charts import timeline
events = lesson.table("events")"""

EXPLORER = """from upheaval.widgets import Explorer, Select
period = Select(timeline.period_options(), "Period")
Explorer(partial(timeline.swimlanes, events), name="timeline", period=period)"""

INTERACT = """from ipywidgets import interact
@interact(period=list(timeline.PERIODS))
def show(period):
    timeline.swimlanes(events, period).figure.show()"""

FIGURE_WIDGET = """import ipywidgets
import plotly.graph_objects as go
figures = {period: timeline.swimlanes(events, period).figure for period in timeline.PERIODS}
chart = go.FigureWidget(figures["october"])
choice = ipywidgets.Dropdown(options=list(timeline.PERIODS))
def moved(change):
    figure = timeline.swimlanes(events, change["new"]).figure
    with chart.batch_update():
        chart.data = []
        chart.add_traces(figure.data)
        chart.layout = figure.layout
choice.observe(moved, "value")
ipywidgets.VBox([choice, chart])"""

LIVE = {
    "our explorer, live": (EXPLORER, ".face-controls select"),
    "ipywidgets interact + fig.show()": (INTERACT, ".widget-dropdown select"),
    "FigureWidget by hand": (FIGURE_WIDGET, ".widget-dropdown select"),
}
PERIODS = 4


def moves(page: Page, selector: str, rounds: int) -> list[float]:
    """Milliseconds of every step through the periods, `rounds` times around."""
    box = page.locator(selector).first
    box.scroll_into_view_if_needed()
    watch(page)
    return [
        timed(page, lambda place=place: box.select_option(index=place % PERIODS))
        for place in range(1, rounds * PERIODS + 1)
    ]


# What a reader does in a page, done by the page: the first list through its options, then a filter
# to and fro.
_MOVE = """(rounds, periods) => {
  const step = (box, place) => new Promise((done) => {
    box.selectedIndex = place;
    box.dispatchEvent(new Event('change', { bubbles: true }));
    const look = () => {
      if (window.clock.now === null) setTimeout(look, 5);
      else setTimeout(() => done(window.clock.now), 200);
    };
    look();
  });
  const run = async () => {
    const [period, filter] = document.querySelectorAll('.face-controls select');
    const took = { period: [], filter: [] };
    for (let at = 1; at <= rounds * periods; at += 1)
      took.period.push(await step(period, at % periods));
    for (let at = 1; at <= rounds * 4; at += 1) took.filter.push(await step(filter, at % 2));
    document.title = `told ${JSON.stringify(took)}`;
  };
  const drawn = () => document.querySelector('.js-plotly-plot .main-svg');
  const ready = () => (drawn() ? setTimeout(run, 1500) : setTimeout(ready, 50));
  ready();
}"""


def static(folder: Path, rounds: int) -> list[tuple[str, list[float]]]:
    """The lesson's page from disk, with no debugger attached."""
    path = publisher.build(ROOT / "notebooks" / "02_a_timeline.ipynb", out=folder)
    text = re.sub(
        r"<meta[^>]*http-equiv[^>]*>", "", path.read_text(encoding="utf-8")
    )  # it would forbid this script
    path.write_text(
        f"{text}<script>({WATCH})(); ({_MOVE})({rounds}, {PERIODS})</script>", encoding="utf-8"
    )
    with running_browser() as open_page:
        took = json.loads(open_page(path))
    return [
        ("our page, static: period, first visit", took["period"][:PERIODS]),
        ("our page, static: period, again", took["period"][PERIODS:]),
        ("our page, static: a filter", took["filter"]),
    ]


def live(browser: Browser, folder: Path, rounds: int) -> list[tuple[str, list[float]]]:
    """Each contender in a notebook and a kernel of its own, one after another in the same
    JupyterLab.
    """
    rows = []
    for number, (code, _) in enumerate(LIVE.values()):
        cells = [nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(code)]
        kernel = {
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
            }
        }
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / f"{number}.ipynb"
        )
    with lab_server(folder, folder / "settings") as address:
        for number, (name, (_, selector)) in enumerate(LIVE.items()):
            page = browser.new_context(viewport={"width": 1300, "height": 1300}).new_page()
            open_notebook(page, address, f"{number}.ipynb")
            menu(page, "Run", "Run All Cells")
            page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=120_000)
            painted(page)
            took = moves(page, selector, rounds)
            rows += [(f"{name}: first visit", took[:PERIODS]), (f"{name}: again", took[PERIODS:])]
            page.context.close()
    return rows


def main(rounds: int = 5) -> None:
    """Measure and print the table."""
    os.environ.pop("FACE_MODE", None)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = launch(playwright)
        rows = [*static(Path(name), rounds), *live(browser, Path(name), rounds)]
        browser.close()
    print(f"{machine()}\n\n| what moves | ms, median (range) |\n| --- | --- |")
    for what, values in rows:
        print(f"| {what} | {summary(values)} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
