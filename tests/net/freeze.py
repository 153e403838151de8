"""Freeze which option stood at which position of every check.

    PYTHONPATH=utils:tests python tests/net/freeze.py

It was run once, on the day when options got ids, and made ``utils/upheaval/legacy.json``. Before
that day answers were kept as positions; these are in readers' files, so the table is never made
anew, also when options come and go. Ids are those of the notebooks, in their order; that order and
the texts are those of the record of the starting commit, or nothing is written.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "utils")]

from net import adapter, record  # noqa: E402
from upheaval.widgets.core import legacy  # noqa: E402


def frozen() -> dict[str, list[dict[str, str]]]:
    """The options of every check that has any, in their order.

    Raises ``ValueError`` for a check that is not as it was recorded.
    """
    found = {}
    with tempfile.TemporaryDirectory() as folder, adapter.mode("page", Path(folder)):
        for lesson in adapter.lessons_of(record.ROOT):
            path = record.RECORDED / "words" / f"{lesson.number}.txt"
            words = path.read_text(encoding="utf-8")
            for name, one in adapter.readers_own(lesson):
                if one.spec["kind"] != "check" or "options" not in one.spec:
                    continue
                lines = adapter.described(one, "").lines
                text_lines = "".join(f"\n  {record.line(label, text)}" for label, text in lines)
                if f"=== check {name}{text_lines}\n" not in words:
                    raise ValueError(f"{name} is not what was recorded")
                found[name] = one.spec["options"]
    return found


def main() -> int:
    """Write the table, unless it is there."""
    if legacy.TABLE.exists():
        print(f"{legacy.TABLE} is frozen: it stays as it is.")
        return 1
    text = json.dumps(frozen(), ensure_ascii=False, indent=1)
    legacy.TABLE.write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"Written: {legacy.TABLE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
