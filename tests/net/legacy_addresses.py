"""Make ``utils/upheaval/legacy_addresses.json``: which option a label in an older address means.

    python tests/net/legacy_addresses.py

It was run once, when options got ids, and is kept to show where the list comes from: labels stood
in addresses before, and a reader may have kept one. The labels are those of the record, which was
made from commit `record.START`; the ids are those of the options in the same places. Where labels
have changed since, the places are no longer known: so it does not write over labels that differ.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parent), str(ROOT / "utils")]

from net import adapter, record  # noqa: E402

TABLE = ROOT / "utils/upheaval/legacy_addresses.json"

_CONTROL = re.compile(r"  control (\w+) “.*?”: (.*)")


def recorded_labels(number: str) -> Iterator[tuple[str, str, list[str]]]:
    """Chart, control and labels for every control of a lesson, as they were recorded."""
    chart = ""
    words = (record.RECORDED / "words" / f"{number}.txt").read_text(encoding="utf-8")
    for line in words.splitlines():
        if line.startswith("=== chart "):
            chart = line.removeprefix("=== chart ")
        elif found := _CONTROL.fullmatch(line):
            yield chart, found[1], found[2].split(" | ")


def option_ids(lesson: adapter.Lesson) -> dict[tuple[str, str], dict[str, str]]:
    """The ids of today's options by their labels, for every control of a lesson."""
    from upheaval.widgets import Explorer

    return {
        (one.spec["name"], name): dict(zip(control.labels, control.ids, strict=True))
        for _, shown in adapter.played(lesson)
        for one in shown
        if isinstance(one, Explorer)
        for name, control in one.controls.items()
    }


def made() -> dict[str, dict[str, dict[str, str]]]:
    """Explorer, control, label, id. Raises ``LookupError`` for labels that have changed since."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    with tempfile.TemporaryDirectory() as folder, adapter.mode("page", Path(folder)):
        for lesson in adapter.lessons_of(ROOT):
            today = option_ids(lesson)
            for chart, control, labels in recorded_labels(lesson.number):
                if list(today.get((chart, control), {})) != labels:
                    raise LookupError(f"{chart}.{control} has other labels now than were recorded")
                if control in table.setdefault(chart, {}):
                    raise LookupError(f"two charts are called {chart}")
                table[chart][control] = today[chart, control]
    return table


if __name__ == "__main__":
    TABLE.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
