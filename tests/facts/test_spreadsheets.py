"""Tables that went through a spreadsheet program: read as they were, or told once a cause."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from facts.spreadsheet_saves import COUNTRIES, saves
from upheaval.facts import tables

#: Many saves of many tables: longer than the fast loop has room for.
pytestmark = pytest.mark.thorough


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two tables hold the same values."""
    try:
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(
    "country",
    [pytest.param(name, marks={"de": ()}.get(name, pytest.mark.slow)) for name in COUNTRIES],
)
def test_every_table_through_every_program_is_read_or_told_once(
    country: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for name in (one for one in tables.names() if one != "errata"):  # see test_errata.py
        entry, original = tables.resource(name), tables.read(name)
        text = (tables.folder() / entry["path"]).read_text(encoding="utf-8")
        for program, data in saves(text, COUNTRIES[country]):
            (tmp_path / entry["path"]).write_bytes(data)
            table = tables.parse(entry, tmp_path)
            causes = [problem.expected for problem in table.problems]
            if not causes and same(table.frame, original):
                counts["read"] += 1
            elif causes and len(causes) == len(set(causes)) <= 3:
                counts["told"] += 1
                counts[f"told: {program}"] += 1
            else:
                counts["wrong"] += 1
                wrong.append((name, program, [str(problem) for problem in table.problems][:4]))
    with capsys.disabled():
        print(f"\n{country}: {dict(counts)}")
    assert not wrong, wrong[:20]
