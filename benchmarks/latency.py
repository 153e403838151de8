"""From input to painted chart: ours, static and live, beside what a reader would otherwise use, in one run.

    python benchmarks/latency.py [rounds]

Every contender draws the same timeline from the same table and is moved by the same choice, the period.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from timing import ROOT, machine, summary, timed, watch

# isort: split
import nbformat
from playwright.sync_api import Browser, Page, sync_playwright

from browser.drive import lab_server, launch, menu, offline, open_lesson, open_notebook, painted
from upheaval.publish import page as publisher

SETUP = f"""import sys
sys.path.insert(0, {str(ROOT / "utils")!r})
from functools import partial
from upheaval import lesson
from upheaval.charts import timeline
events = lesson.table("events")"""

EXPLORER = """from upheaval.widgets import Explorer, Select
Explorer(partial(timeline.swimlanes, events), name="timeline", period=Select(timeline.period_options(), "Period"))"""

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

LIVE = {"our explorer, live": (EXPLORER, ".face-controls select"),
        "ipywidgets interact + fig.show()": (INTERACT, ".widget-dropdown select"),
        "FigureWidget by hand": (FIGURE_WIDGET, ".widget-dropdown select")}
PERIODS = 4


def moves(page: Page, selector: str, rounds: int) -> list[float]:
    """Milliseconds of every step through the periods, `rounds` times around."""
    box = page.locator(selector).first
    box.scroll_into_view_if_needed()
    watch(page)
    return [timed(page, lambda place=place: box.select_option(index=place % PERIODS))
            for place in range(1, rounds * PERIODS + 1)]


def static(browser: Browser, folder: Path, rounds: int) -> list[tuple[str, list[float]]]:
    """The lesson's page from disk, with the network cut."""
    path = publisher.build(ROOT / "notebooks" / "02_a_timeline.ipynb", out=folder)
    page, _ = offline(browser.new_context(viewport={"width": 1300, "height": 1300}))
    open_lesson(page, path)
    periods = moves(page, ".face-controls select", rounds)
    box = page.locator(".face-controls select").nth(1)
    # A filter: “All lanes” and the first lane in turn.
    lanes = [timed(page, lambda place=place: box.select_option(index=place % 2)) for place in range(1, rounds * 4 + 1)]
    page.context.close()
    return [("our page, static: period, first visit", periods[:PERIODS]),
            ("our page, static: period, again", periods[PERIODS:]), ("our page, static: a filter", lanes)]


def live(browser: Browser, folder: Path, rounds: int) -> list[tuple[str, list[float]]]:
    """Each contender in a notebook and a kernel of its own, one after another in the same JupyterLab."""
    rows = []
    for number, (code, _) in enumerate(LIVE.values()):
        cells = [nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(code)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / f"{number}.ipynb")
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
        rows = [*static(browser, Path(name), rounds), *live(browser, Path(name), rounds)]
        browser.close()
    print(f"{machine()}\n\n| what moves | ms, median (range) |\n| --- | --- |")
    for what, values in rows:
        print(f"| {what} | {summary(values)} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
