"""Faults of data, drawn by Hypothesis over every table: told with file, row and column.

The seed is fixed. The counts stand at the end of the run (see `pytest_terminal_summary`).
"""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy as shallow
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers import STEPS, few
from upheaval.facts import plain_text, tables, validate
from upheaval.facts.causes import folded
from upheaval.facts.problems import Problem

from .fault_kinds import GOOD, KINDS, MARKUP, MIXED, PLACEHOLDERS, Field, Kind, Row, fixed

COUNTED = ("found", "harmless", "missed", "traceback", "false alarm")
FEW, MANY = 1, 16
"""How many faults of one kind are drawn in the fast loop, and with --all."""


@dataclass
class Workbench:
    """A copy of the data folder, and what its sound tables are: one table at a time is broken."""

    home: Path
    base: validate.Folder
    rows: dict[str, list[Row]]
    places: dict[str, list[tuple[str, Field]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def problems(self, table: str, rows: list[Row]) -> list[Problem]:
        """What validate says of the folder with these rows of one table, by way of its file."""
        path = self.home / f"{table}.csv"
        whole = path.read_bytes()
        with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        try:
            changed = tables.parse(tables.resource(table, self.home), self.home)
        finally:
            path.write_bytes(whole)
        data = shallow(self.base)
        data.tables = {**self.base.tables, table: changed}
        data.sound = {name: one for name, one in data.tables.items() if not one.problems}
        return changed.problems + [one for rule in validate._RULES for one in rule(data)]

    def fields(self, kind: Kind) -> list[tuple[str, Field]]:
        """The columns, of all tables, with a cell that the kind can break."""
        if kind.name not in self.places:
            self.places[kind.name] = [
                (name, one)
                for name, rows in self.rows.items()
                for one in tables.schema(name)["fields"]
                if any(kind.fits(name, one, row) for row in rows)
            ]
        return self.places[kind.name]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    home = tmp_path_factory.mktemp("faults") / "data"
    shutil.copytree(tables.folder(), home)
    rows = {}
    for name in tables.names(home):
        with (home / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return Workbench(home, validate.Folder(home), rows)


@st.composite
def changes(draw: Callable[[Any], Any], bench: Workbench, kind: Kind) -> tuple[str, int, Row]:
    """A table, the place of a row in it, and the new cells of that row."""
    name, one = draw(st.sampled_from(bench.fields(kind)))
    fitting = [at for at, row in enumerate(bench.rows[name]) if kind.fits(name, one, row)]
    at = draw(st.sampled_from(fitting))
    return name, at, draw(kind.cells(one, bench.rows[name][at]))


def judge(bench: Workbench, kind: Kind, change: tuple[str, int, Row]) -> None:
    """Break one row, count what validate says, and fail on what it should have said."""
    name, at, cells = change
    rows = [dict(row) for row in bench.rows[name]]
    if all(rows[at][column] == cell for column, cell in cells.items()):
        return
    rows[at].update(cells)
    try:
        problems = bench.problems(name, rows)
        told = "\n".join(map(str, problems))
    except Exception:
        bench.counts["traceback"] += 1
        raise
    where = f'row "{rows[at]["id"]}" (line '
    here = [
        one
        for one in problems
        if one.file == f"{name}.csv"
        and one.row.startswith(where)
        and one.column in {*cells, *kind.also}
    ]
    if kind.harmless:
        # Another number than its sentence or its erratum says is told of these, and rightly so.
        alarms = [one for one in problems if one.file not in ("excerpts.csv", "errata.csv")]
        bench.counts["false alarm" if alarms else "harmless"] += 1
        assert not alarms, told
    else:
        bench.counts["found" if here else "missed"] += 1
        assert here, told or "No problem found."
        assert told.replace("\n", "").replace("\xa0", "").isprintable(), ascii(told)
        assert len(folded(problems)) == 1, told  # one cause, one message


@pytest.fixture
def counted(
    bench: Workbench, record_property: Callable[[str, object], None]
) -> Iterator[Workbench]:
    """The workbench with its counts at zero, which the report of the test takes along."""
    bench.counts.clear()
    yield bench
    record_property("faults", {name: bench.counts[name] for name in COUNTED})


def run(bench: Workbench, kind: Kind, examples: int) -> None:
    """Draw this many changes of one kind."""

    @fixed(examples)
    @given(changes(bench, kind))
    def one_change(change: tuple[str, int, Row]) -> None:
        judge(bench, kind, change)

    one_change()


@pytest.mark.parametrize("kind", few(KINDS, 6), ids=lambda kind: kind.name)
def test_a_few_of_each_kind(counted: Workbench, kind: Kind) -> None:
    run(counted, kind, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_many_of_each_kind_in_every_table(counted: Workbench, kind: Kind) -> None:
    run(counted, kind, MANY)
    assert counted.counts["found"] + counted.counts["harmless"] > 0


@STEPS
def test_every_sound_sentence_is_let_pass(counted: Workbench, step: int) -> None:
    kind = next(one for one in KINDS if one.name == "plain words in any script")
    for sentence in GOOD[::step]:
        judge(counted, kind, ("events", 0, {"note": f"Seen twice. {sentence}"}))


@pytest.mark.parametrize(
    "text", [*PLACEHOLDERS, *(f"Kim went. {one}" for one in (*MARKUP, *MIXED))]
)
def test_each_placeholder_markup_and_mixed_word_is_told(text: str) -> None:
    assert plain_text.faults(text)
