"""The timeline with 100, 1,000 and 10,000 events: what making, carrying and moving it costs.

python benchmarks/timeline_scale.py
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from results import Column, Table, render
from timing import timed, watch

# isort: split
import nbformat
import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from browser.drive import launch, offline, open_lesson
from upheaval.charts import timeline
from upheaval.facts import tables
from upheaval.publish import page as publisher
from upheaval.widgets import DateLimit, Explorer, Filter

SIZES = (100, 1_000, 10_000)


def enlarged(count: int) -> pd.DataFrame:
    """`count` events that look like ours: real rows drawn again and again, each a few days away
    from its original.
    """
    events = tables.read("events")
    events = events[(events["date"].str.len() == 10) & (events["date"] > "2022")]
    rows = events.sample(count, replace=True, random_state=23, ignore_index=True)
    shift = pd.to_timedelta([index % 61 - 30 for index in range(count)], unit="D")
    rows["date"] = (pd.to_datetime(rows["date"]) + shift).dt.strftime("%Y-%m-%d")
    rows["id"] = [f"event-{index}" for index in range(count)]
    # As many names as the chart of the real table has: more would hide one another.
    rows.loc[rows.index[20:], ["landmark", "why_it_matters"]] = None
    return rows.assign(first_reported=None, status_since=pd.NaT, status_before=None)


def row(browser: Browser, count: int, folder: Path) -> list[list[float] | float | None]:
    """The cells of one row of the table."""
    events = enlarged(count)
    start = time.perf_counter()
    chart = timeline.swimlanes(events, "war")
    made = time.perf_counter() - start
    explorer = Explorer(
        lambda: chart,
        name="timeline",
        theme=Filter("theme", timeline.theme_options(events), "Lane"),
        as_of=DateLimit("known", timeline.as_of_options(), "Known by", start=None),
    )
    output = nbformat.v4.new_output("display_data", {"text/html": explorer.to_html()})
    cells = [
        nbformat.v4.new_markdown_cell("# Scale"),
        nbformat.v4.new_code_cell("1", outputs=[output]),
    ]
    path = folder / f"{count}.html"
    path.write_text(
        publisher.render(nbformat.v4.new_notebook(cells=cells), "student"), encoding="utf-8"
    )
    page, _ = offline(browser.new_context(viewport={"width": 1300, "height": 1300}))
    page.set_default_timeout(120_000)
    start = time.perf_counter()
    open_lesson(page, path)
    opened = time.perf_counter() - start
    watch(page)
    boxes = [page.locator(f'select[name="{name}"]') for name in ("theme", "as_of")]
    filtered = [
        timed(page, lambda index=index: boxes[0].select_option(index=index % 2))
        for index in range(1, 9)
    ]
    stepped = [
        timed(page, lambda index=index: boxes[1].select_option(index=index))
        for index in (6, 8, 10, 12)
    ]
    page.context.close()
    weight = len(output["data"]["text/html"].encode()) / 1000
    height = float(chart.figure.layout.height)
    return [made * 1000, weight, height, opened, filtered, stepped]


def measure(quick: bool = False) -> Table:
    """Measure every size; to try it, only the smallest."""
    columns = [Column("making the chart, ms"), Column("data in the page, kB")]
    columns += [Column("height, px"), Column("page opens, s", 1)]
    columns += [Column("a lane, ms"), Column("a step, ms")]
    table = Table("events", columns)
    os.environ["FACE_MODE"] = "page"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = launch(playwright)
        for count in SIZES[: 1 if quick else None]:
            table.add(f"{count:,}", *row(browser, count, Path(name)))
        browser.close()
    del os.environ["FACE_MODE"]
    return table


if __name__ == "__main__":
    print(render(asdict(measure())))
