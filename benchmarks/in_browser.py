"""A first and a second visit to Python in the browser; writes the table of docs/browser.md.

    python benchmarks/in_browser.py            three readers and lesson 00, some minutes
    python benchmarks/in_browser.py --print    the same, and no file is changed
    python benchmarks/in_browser.py --tables   write the table anew from what was measured

The site is built with every file of Pyodide in it and served on this computer. A reader opens the
lesson, presses Run All Cells as soon as the notebook is there, closes the page, and does the same
again in the same browser. What is loaded is counted by the server.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import results
from timing import ROOT

# isort: split
from playwright.sync_api import BrowserContext, sync_playwright

from browser import pyodide_files
from browser.drive import launch, menu, ran
from upheaval.publish import browser as lite
from upheaval.publish import serving
from upheaval.publish.browser import pyodide

STORED = Path(__file__).resolve().parent / "in_browser.json"
DOCUMENT = ROOT / "docs" / "browser.md"
LESSON = "00_start_here.ipynb"
READERS = 3
#: Milliseconds that nothing of it may take.
PATIENCE = 300_000
BEGIN = "<!-- visits: written by benchmarks/in_browser.py -->"
END = "<!-- end of visits -->"
#: The rows, which benchmarks/hub_costs.py reads, too.
LOADED = "loaded, MB"
OF_HOST = "of that numpy and pandas, MB"
Json = Any


@contextmanager
def counted(folder: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """The address of `folder`, served, and the bytes that were sent of each file."""
    sent: dict[str, int] = {}
    with serving.server(folder, 0) as server:
        plain = server.RequestHandlerClass.func  # type: ignore[attr-defined]

        class Counting(plain):  # type: ignore[misc,valid-type]
            def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:
                data = source.read()
                sent[self.path] = sent.get(self.path, 0) + len(data)
                outputfile.write(data)

        handler: Any = partial(Counting, directory=str(folder))
        server.RequestHandlerClass = handler
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


def visit(context: BrowserContext, address: str) -> dict[str, float]:
    """Seconds after the page was opened; the whole lesson runs without an error."""
    page = context.new_page()
    start = time.perf_counter()
    seconds = {}

    def there(what: str) -> None:
        seconds[what] = time.perf_counter() - start

    page.goto(f"{address}/lab/index.html?path=notebooks/{LESSON}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE)
    there("notebook shown, s")
    menu(page, "Run", "Run All Cells")
    page.locator(".face-plot .main-svg").first.wait_for(timeout=PATIENCE)
    there("first chart, s")
    ran(page)
    there("whole lesson has run, s")
    errors = page.locator('[data-mime-type="application/vnd.jupyter.error"]').all_inner_texts()
    if errors:
        raise RuntimeError(errors[0])
    page.close()
    return seconds


def run() -> Json:
    """Measure all readers; gives what is stored."""
    visits: list[dict[str, list[float]]] = [{}, {}]
    with tempfile.TemporaryDirectory(prefix="lite-") as name, sync_playwright() as playwright:
        files = pyodide_files.given() or Path(name) / "pyodide"
        if not files.exists():
            pyodide_files.make(files)
        lite.build(Path(name) / "out", files)
        browser = launch(playwright)
        with counted(Path(name) / "out") as (address, sent):
            for _ in range(READERS):
                with browser.new_context() as context:
                    for found in visits:
                        sent.clear()
                        for what, value in visit(context, address).items():
                            found.setdefault(what, []).append(value)
                        compiled = [
                            size
                            for path, size in sent.items()
                            if path.rpartition("/")[2].startswith(tuple(pyodide.COMPILED))
                        ]
                        found.setdefault(LOADED, []).append(sum(sent.values()) / 1e6)
                        found.setdefault(OF_HOST, []).append(sum(compiled) / 1e6)
        version = browser.version
        browser.close()
    columns = [results.Column("first visit", 1), results.Column("second visit", 1)]
    table = results.Table("median (range)", columns)
    for what in (LOADED, OF_HOST, *list(visits[0])[:-2]):
        table.add(what, *(found[what] for found in visits))
    return {
        "measured": date.today().isoformat(),
        "readers": READERS,
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "system": platform.system(),
        "chromium": version,
        "pyodide": pyodide.VERSION,
        "table": asdict(table),
    }


def documented(text: str, stored: Json) -> str:
    """The text of docs/browser.md with the table of what is `stored`."""
    tools = f"Chromium {stored['chromium']}, Pyodide {stored['pyodide']}"
    how = f"Measured {stored['readers']} times"
    said = results.sentence(how, stored["measured"], stored, tools)
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n\n{said}\n\n{results.render(stored['table'])}\n\n{END}{after}"


def stored() -> Json:
    """What was measured last."""
    return json.loads(STORED.read_text(encoding="utf-8"))


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--print", action="store_true", help="change no file")
    parser.add_argument("--tables", action="store_true", help="measure nothing")
    given = parser.parse_args()
    found = stored() if given.tables else run()
    print(results.render(found["table"]))
    if not given.print:
        STORED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        DOCUMENT.write_text(documented(DOCUMENT.read_text("utf-8"), found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
