"""What ten thousand students would take, from what twenty of them took: static, browser, hub."""

from __future__ import annotations

import json
import math
import statistics
from dataclasses import dataclass
from typing import Any

import in_browser
from hub_server import Hub
from results import RESULTS

Json = Any
#: How many, and how long the moment lasts in which all of them open the lesson.
STUDENTS, MINUTES = 10_000, 10
#: A machine that hosts of servers rent out: processors and GB, and the part that students may use.
PROCESSORS, MEMORY, USABLE = 16, 64, 0.8


@dataclass(frozen=True)
class Measured:
    """What one student took, in MB and seconds of processor time."""

    page: float
    browser: float
    pyodide_host: float
    front_end: float
    memory: float
    seconds: float

    @classmethod
    def of(cls, stored: Json) -> Measured:
        """Out of what benchmarks/hub.py stored: medians."""
        rows = {
            name: statistics.median(cells[0]) for name, cells in stored["table"]["rows"].items()
        }
        return cls(
            **stored["others"],
            front_end=stored["front end"] + rows["sent by the kernel, MB"],
            memory=rows["both, MB"],
            seconds=rows["processor time of both, s"],
        )


def others() -> dict[str, float]:
    """MB that a first visit of the other two ways loads, as it was measured last."""
    weight = json.loads(RESULTS.read_text(encoding="utf-8"))["weight"]["table"]
    rows = in_browser.stored()["table"]["rows"]
    loaded, of_host = (
        statistics.median(rows[name][0]) for name in (in_browser.LOADED, in_browser.OF_HOST)
    )
    found = {"browser": loaded - of_host, "pyodide_host": of_host}
    return {"page": weight["rows"]["02_a_timeline"][0][0] / 1000, **found}


def front_end(hub: Hub, name: str, path: str) -> float:
    """MB that a browser loads which opens a lesson at a hub for the first time."""
    from playwright.sync_api import sync_playwright

    from browser.drive import launch

    loaded = 0

    def add(event: Json) -> None:
        nonlocal loaded
        loaded += event["encodedDataLength"]

    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(extra_http_headers={"Authorization": f"token {hub.token}"})
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", add)
        page.goto(f"{hub.address}/user/{name}/lab/tree/{path}", timeout=300_000)
        page.wait_for_selector(".jp-Notebook .jp-MarkdownOutput h1", timeout=300_000)
        browser.close()
    return round(loaded / 1e6, 1)


def machines(one: Measured) -> tuple[int, int, int]:
    """GB and processors that all students take on a hub, and how many machines have these."""
    memory = STUDENTS * one.memory / 1000
    processors = STUDENTS * one.seconds / (MINUTES * 60)
    count = max(memory / (MEMORY * USABLE), processors / (PROCESSORS * USABLE))
    return round(memory), math.ceil(processors), math.ceil(count)


def table(one: Measured) -> str:
    """The three ways side by side, in Markdown."""
    memory, processors, count = machines(one)

    def sent(megabytes: float) -> str:
        return f"{STUDENTS * megabytes / 1000:,.0f} GB"

    rows = [
        (f"{STUDENTS:,} students", "pages", "Python in the browser", "hub"),
        ("---", "---", "---", "---"),
        ("Python", "none", "in each student's browser", "on your servers"),
        (
            "a first visit loads",
            f"{one.page:.1f} MB",
            f"{one.browser:.1f} MB, and {one.pyodide_host:.1f} MB from Pyodide's host",
            f"{one.front_end:.1f} MB",
        ),
        (
            "all first visits load",
            sent(one.page),
            f"{sent(one.browser)}, and {sent(one.pyodide_host)} from Pyodide's host",
            sent(one.front_end),
        ),
        ("memory of servers", "none", "none", f"{memory:,} GB"),
        (f"processors, if all begin within {MINUTES} minutes", "none", "none", f"{processors:,}"),
        (
            f"machines of {PROCESSORS} processors and {MEMORY} GB",
            "any server of files",
            "any server of files",
            f"{count:,}",
        ),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
