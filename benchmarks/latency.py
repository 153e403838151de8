"""From input to painted chart: ours, static and live, beside what a reader would otherwise use.

    python benchmarks/latency.py

Every contender draws the same timeline from the same table with the same version of plotly, and is
moved by the same choice, the period. All are opened several times in turn, so that what else the
machine does falls on all alike. `peers.py` runs this with everything else and keeps the result.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import environment
from results import Column, Table, render
from timing import ROOT, add_script, moving, running_browser, timed, watch

# isort: split
from dataclasses import asdict

import nbformat
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

from browser.drive import lab_server, launch, menu, open_notebook
from upheaval.publish import page as publisher

APPS = Path(__file__).resolve().parent / "apps"
#: How often each contender is opened, and how often it then goes through all periods.
OPENINGS, ROUNDS = 3, 3
PERIODS = 4
#: Milliseconds that we want ours to need at most.
TARGETS = {"our page, static": 30, "our explorer, live": 35}

SETUP = f"""import sys
sys.path.insert(0, {str(ROOT / "utils")!r})
from functools import partial
from upheaval import lesson
from upheaval.charts import timeline
events = lesson.table("events")"""

EXPLORER = """from upheaval.widgets import Explorer, Dropdown
period = Dropdown(timeline.period_options(), "Period")
Explorer(partial(timeline.swimlanes, events), name="timeline", period=period)"""

INTERACT = """from ipywidgets import interact
@interact(period=list(timeline.PERIODS))
def show(period):
    timeline.swimlanes(events, period).figure.show()"""

FIGURE_WIDGET = """import ipywidgets
import plotly.graph_objects as go
choice = ipywidgets.Dropdown(options=list(timeline.PERIODS))
chart = go.FigureWidget(timeline.swimlanes(events, choice.value).figure)
def moved(change):
    figure = timeline.swimlanes(events, change["new"]).figure
    with chart.batch_update():
        for trace, new in zip(chart.data, figure.data):
            trace.update(new.to_plotly_json(), overwrite=True)
        chart.layout = figure.layout
choice.observe(moved, "value")
ipywidgets.VBox([choice, chart])"""

#: In JupyterLab: the cell, and the list that is moved.
LIVE = {
    "our explorer, live": (EXPLORER, 'select[name="period"]'),
    "ipywidgets interact + fig.show()": (INTERACT, ".widget-dropdown select"),
    "FigureWidget by hand": (FIGURE_WIDGET, ".widget-dropdown select"),
}
PANEL: tuple[str, ...] = (
    "panel",
    "serve",
    str(APPS / "panel_app.py"),
    "--address=127.0.0.1",
    "--port={port}",
)
PANEL += ("--allow-websocket-origin=127.0.0.1:{port}",)
MARIMO: tuple[str, ...] = (
    "marimo",
    "run",
    "--headless",
    "--no-token",
    "--host=127.0.0.1",
    "--port={port}",
)
MARIMO += (str(APPS / "marimo_app.py"),)

#: Every option in turn, round after round, from the second on: the first is where all begin.
STEPS = [index % PERIODS for index in range(1, ROUNDS * PERIODS + 1)]

Took = dict[str, list[list[float]]]


def static_pages(folder: Path) -> Iterator[tuple[str, Path]]:
    """The pages that need no server, with a script that moves them and reports how long it took."""
    ours = publisher.build(ROOT / "notebooks" / "02_a_timeline.ipynb", out=folder)
    add_script(
        ours,
        moving(
            period=('select[name="period"]', STEPS),
            filter=('select[name="theme"]', [1, 0] * PERIODS),
        ),
    )
    yield "our page, static", ours
    embedded = folder / "panel.html"
    command = [str(environment.python()), str(APPS / "panel_app.py"), str(embedded)]
    subprocess.run(command, env=environment.variables(folder), check=True, capture_output=True)
    add_script(embedded, moving(period=("select", STEPS)))
    yield "Panel embedded in one file", embedded


def static(folder: Path, openings: int) -> Took:
    """Milliseconds of every step in every opening, from disk, with no debugger attached."""
    pages = dict(static_pages(folder))
    took: Took = {name: [] for name in pages}
    filtered = []
    for _ in range(openings):
        for name, path in pages.items():
            with running_browser() as open_page:
                measured = open_page(path)
            took[name].append(measured["period"])
            filtered += measured.get("filter", [])
    return took | {"our page, static: a filter": [filtered]}


def moves(page: Page, selector: str) -> list[float]:
    """Milliseconds of every step through the periods in a page that shows a chart with marks."""
    page.locator(".js-plotly-plot .scatterlayer .point").first.wait_for(timeout=60_000)
    page.wait_for_timeout(1500)  # as in the pages from disk: what is made ahead is made by then
    box = page.locator(selector).first
    box.scroll_into_view_if_needed()
    watch(page)
    took = []
    for option in STEPS:
        took.append(timed(page, lambda option=option: box.select_option(index=option)))
        page.wait_for_timeout(200)
    return took


def tried(
    browser: Browser, name: str, show: Callable[[Page], object], selector: str
) -> list[list[float]]:
    """The steps of one opening in a new tab, or none where three tabs in a row draw nothing: on a
    very busy machine a FigureWidget sometimes stays empty.
    """
    for _ in range(3):
        with browser.new_context(viewport={"width": 1300, "height": 1300}) as context:
            try:
                page = context.new_page()
                show(page)
                return [moves(page, selector)]
            except TimeoutError as error:
                print(f"{name} drew nothing: {error.message.splitlines()[0]}", file=sys.stderr)
    return []


def live(browser: Browser, folder: Path, openings: int) -> Took:
    """Milliseconds of every step: each contender in JupyterLab in a notebook and a kernel of its
    own, and each server with a new page, one after another, several times.
    """
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    for number, (code, _) in enumerate(LIVE.values()):
        cells = [nbformat.v4.new_code_cell(SETUP), nbformat.v4.new_code_cell(code)]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        for opening in range(openings):
            nbformat.write(notebook, folder / f"{number}-{opening}.ipynb")
    took: Took = {name: [] for name in (*LIVE, "Panel served", "marimo served")}
    with ExitStack() as servers:
        lab = servers.enter_context(lab_server(folder, folder / "settings"))
        panel = servers.enter_context(environment.served(folder, *PANEL, path="/panel_app"))
        marimo = servers.enter_context(environment.served(folder, *MARIMO))

        def cell(page: Page, number: int, opening: int) -> None:
            open_notebook(page, lab, f"{number}-{opening}.ipynb")
            menu(page, "Run", "Run All Cells")

        for opening in range(openings):
            for number, (name, (_, selector)) in enumerate(LIVE.items()):
                show = partial(cell, number=number, opening=opening)
                took[name] += tried(browser, name, show, selector)
            for name, address in (("Panel served", panel), ("marimo served", marimo)):
                go = partial(Page.goto, url=address)
                took[name] += tried(browser, name, go, "select")
    return took


def measure(quick: bool = False) -> Table:
    """Measure all contenders; where it is only to be tried, open each once."""
    count = 1 if quick else OPENINGS
    os.environ.pop("FACE_MODE", None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as one:
        folder = Path(name)
        browser = launch(one)
        took = static(folder, count) | live(browser, folder, count)
        browser.close()
    columns = [Column("first visit, ms"), Column("again, ms"), Column("target, ms")]
    table = Table("what moves: median (range)", columns)
    for name, openings in took.items():
        target = next((ms for ours, ms in TARGETS.items() if name.startswith(ours)), None)
        if name.endswith("a filter"):
            table.add(name, None, openings[0], target)
            continue
        first = [ms for steps in openings for ms in steps[: PERIODS - 1]]
        again = [ms for steps in openings for ms in steps[PERIODS - 1 :]]
        table.add(name, first, again, target)
    return table


if __name__ == "__main__":
    print(render(asdict(measure())))
