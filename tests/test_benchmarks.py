"""The figures in the documents are those that were measured, and stand nowhere else."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
README = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
STORED = json.loads((BENCHMARKS / "results.json").read_text(encoding="utf-8"))
#: A number with a unit of what is measured here.
FIGURE = re.compile(r"\d[\d.,]*\s*(?:ms|s|seconds?|kB|MB|px)\b")


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """What benchmarks/results.py defines."""
    found = importlib.util.spec_from_file_location("results", BENCHMARKS / "results.py")
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    sys.modules["results"] = module  # dataclasses look their module up
    found.loader.exec_module(module)
    return vars(module)


def table(results: dict[str, Any], **rows: list[list[float]]) -> dict[str, Any]:
    columns = [{"head": "ms", "digits": 0}, {"head": "MB", "digits": 1}]
    return {"first": "what", "columns": columns, "rows": rows}


def test_the_tables_of_the_document_are_what_was_measured(results: dict[str, Any]) -> None:
    documented: Callable[[str, dict[str, Any]], str] = results["documented"]
    again = "Run: python benchmarks/peers.py"
    assert documented(README, STORED) == README, again


def test_every_part_has_its_place() -> None:
    places = re.findall(
        r"^<!-- ([\w-]+): written by benchmarks/peers.py -->$", README, re.MULTILINE
    )
    assert set(STORED) == set(places)
    assert places == re.findall(r"^<!-- end of ([\w-]+) -->$", README, re.MULTILINE)
    code = (BENCHMARKS / "peers.py").read_text(encoding="utf-8")
    assert places == re.findall(r'^    "([\w-]+)": \w+\.measure', code, re.MULTILINE)


def test_no_figure_stands_in_the_words_around_the_tables() -> None:
    prose = re.sub(r"(<!-- ([\w-]+): .*? -->).*?<!-- end of \2 -->", "", README, flags=re.DOTALL)
    assert "## From input to painted chart" in prose
    assert FIGURE.findall(prose) == []
    assert FIGURE.search("It takes 36 ms."), "this test could find one"


def test_ours_is_measured_beside_the_others() -> None:
    code = (BENCHMARKS / "latency.py").read_text(encoding="utf-8")
    for one in ("our page, static", "a filter", "our explorer, live", "interact", "FigureWidget"):
        assert one in code
    for one in ("Panel served", "Panel embedded", "marimo served"):
        assert one in code
    lock = (BENCHMARKS / "requirements-peers.txt").read_text(encoding="utf-8")
    assert all(f"\n{name}==" in lock for name in ("panel", "marimo", "plotly", "pandas"))


def test_a_cell_shows_the_median_and_the_range(results: dict[str, Any]) -> None:
    shown = results["render"](
        table(results, ours=[[30.0, 10.0, 1200.0], [1.25]], other=[[], [2.0]])
    )
    assert shown.splitlines() == [
        "| what | ms | MB |",
        "| --- | --- | --- |",
        "| ours | 30 (10 to 1,200) | 1.2 |",
        "| other | | 2.0 |",
    ]


def test_a_table_without_a_place_is_refused(results: dict[str, Any]) -> None:
    part = next(iter(STORED.values()))
    with pytest.raises(ValueError, match="0 places for the table lost"):
        results["documented"](README, {"lost": part})


@pytest.mark.thorough
def test_the_command_names_its_parts() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "peers.py"), "nothing"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert all(name in done.stderr for name in ("latency", "first-chart", "builds", "memory"))


SAME = """
import importlib, sys
sys.path.insert(0, "benchmarks")
one = importlib.import_module(sys.argv[1])
text = one.DOCUMENT.read_text(encoding="utf-8")
sys.exit(one.documented(text, one.stored()) != text)
"""


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["hub", "in_browser"])
def test_the_tables_of_a_document_are_what_was_measured(name: str) -> None:
    root, command = BENCHMARKS.parent, [sys.executable, "-c", SAME, name]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr or f"Run: python benchmarks/{name}.py --tables"


def test_figures_on_hubs_stand_in_its_tables() -> None:
    text = (BENCHMARKS.parent / "docs" / "hubs.md").read_text(encoding="utf-8")
    prose = re.sub(r"(<!-- ([\w-]+): .*? -->).*?<!-- end of \2 -->", "", text, flags=re.DOTALL)
    bound = re.search(r"^BOUND = (\d+)$", (BENCHMARKS / "hub.py").read_text("utf-8"), re.MULTILINE)
    assert bound and FIGURE.findall(prose) == [f"{bound[1]} seconds"]
