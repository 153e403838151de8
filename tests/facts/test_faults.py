"""Faults of data, drawn by Hypothesis over every table: told with file, row and column.

The seed is fixed. The counts stand at the end of the run (see `pytest_terminal_summary`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers import STEPS, few
from upheaval.facts import plain_text, tables
from upheaval.facts.causes import folded
from upheaval.facts.problems import UNGROUNDED

from .fault_kinds import GOOD, KINDS, MARKUP, MIXED, PLACEHOLDERS, Field, Kind, Row, fixed
from .workbench import Workbench

COUNTED = ("found", "harmless", "missed", "traceback", "false alarm")
FEW, MANY = 1, 16
"""How many faults of one kind are drawn in the fast loop, and with --all."""


@dataclass
class Bench(Workbench):
    """A workbench with what each kind of fault can break, and what was told of those broken."""

    places: dict[str, list[tuple[str, Field]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

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
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.of(tmp_path_factory.mktemp("faults") / "data")


@st.composite
def changes(draw: Callable[[Any], Any], bench: Bench, kind: Kind) -> tuple[str, int, Row]:
    """A table, the place of a row in it, and the new cells of that row."""
    name, one = draw(st.sampled_from(bench.fields(kind)))
    fitting = [at for at, row in enumerate(bench.rows[name]) if kind.fits(name, one, row)]
    at = draw(st.sampled_from(fitting))
    return name, at, draw(kind.cells(one, bench.rows[name][at]))


def judge(bench: Bench, kind: Kind, change: tuple[str, int, Row]) -> None:
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
        # Another number than its sentence or its erratum says, or one that no sentence says, is
        # told of these, and rightly so.
        of_rows = ("excerpts.csv", "errata.csv", "unread_cells.csv")
        alarms = [one for one in problems if one.file not in of_rows and one.kind != UNGROUNDED]
        bench.counts["false alarm" if alarms else "harmless"] += 1
        assert not alarms, told
    else:
        bench.counts["found" if here else "missed"] += 1
        assert here, told or "No problem found."
        assert told.replace("\n", "").replace("\xa0", "").isprintable(), ascii(told)
        assert len(folded(problems)) == 1, told  # one cause, one message


@pytest.fixture
def counted(bench: Bench, record_property: Callable[[str, object], None]) -> Iterator[Bench]:
    """The workbench with its counts at zero, which the report of the test takes along."""
    bench.counts.clear()
    yield bench
    record_property("faults", {name: bench.counts[name] for name in COUNTED})


def run(bench: Bench, kind: Kind, examples: int) -> None:
    """Draw this many changes of one kind."""

    @fixed(examples)
    @given(changes(bench, kind))
    def one_change(change: tuple[str, int, Row]) -> None:
        judge(bench, kind, change)

    one_change()


@pytest.mark.parametrize("kind", few(KINDS, 6), ids=lambda kind: kind.name)
def test_a_few_of_each_kind(counted: Bench, kind: Kind) -> None:
    run(counted, kind, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_many_of_each_kind_in_every_table(counted: Bench, kind: Kind) -> None:
    run(counted, kind, MANY)
    assert counted.counts["found"] + counted.counts["harmless"] > 0


@STEPS
def test_every_sound_sentence_is_let_pass(counted: Bench, step: int) -> None:
    kind = next(one for one in KINDS if one.name == "plain words in any script")
    for sentence in GOOD[::step]:
        judge(counted, kind, ("events", 0, {"note": f"Seen twice. {sentence}"}))


@pytest.mark.parametrize(
    "text", [*PLACEHOLDERS, *(f"Kim went. {one}" for one in (*MARKUP, *MIXED))]
)
def test_each_placeholder_markup_and_mixed_word_is_told(text: str) -> None:
    assert plain_text.faults(text)
