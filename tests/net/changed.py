"""``python -m upheaval changed``: which sentences of the unit a mended table or notebook changes,
was and is.
"""

from __future__ import annotations

from net import adapter, compare, record


def main(lessons: list[str]) -> int:
    """Compare the lessons (by number; none means all) with the recorded words and print what
    changes; 1 if anything does.
    """
    was = record.read()
    lessons = [one.zfill(2) for one in lessons]
    # A lesson that was just added is in no record yet, and one that was taken out still is.
    there = sorted({*was.texts, *(one.number for one in adapter.lessons_of(record.ROOT))})
    if unknown := [one for one in lessons if one not in there]:
        print(f"There is no lesson {', '.join(unknown)}. The lessons are {', '.join(there)}.")
        return 1
    which, time = (
        (f"lesson {', '.join(lessons)}", "takes some seconds")
        if lessons
        else ("every lesson", "takes about half a minute")
    )
    print(f"Reading {which} in all choices. This {time}.", flush=True)
    try:
        was, now = was.only(lessons), record.recorded_now(record.ROOT, lessons)
    except Exception as error:  # whatever a lesson raises has a message of its own
        print(f"A lesson could not be run, so nothing was compared. {error}")
        return 1
    rows = compare.tables(was, now)
    new = [one for one in rows if one.what.startswith(compare.NEW)]
    sentences = compare.texts(was, now)
    rest = [
        (rows, "cell or row of a table", "cells and rows of tables"),
        (compare.figures(was, now), "part of a drawing", "parts of drawings"),
    ]
    others = " and ".join(compare.counted(found, one, many) for found, one, many in rest if found)
    if new:
        print(f"{compare.counted(new, 'row of a table is', 'rows of tables are')} new:\n")
        print(f"{compare.report(new)}\n")
    if not sentences:
        print(
            "No sentence of the unit changes."
            + (f" There change, though: {others}." if others else "")
        )
        return int(bool(others))
    print(f"{compare.counted(sentences, 'sentence changes', 'sentences change')}:\n")
    print("\n".join(map(str, sentences)))
    print(f"\nBeside these change: {others}." if others else "")
    print(f"Read each sentence as a reader would. {compare.RENEW}")
    return 1
