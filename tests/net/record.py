"""Record what the unit says and draws, so that a later tree can be compared with it.

    python tests/net/record.py --commit fd52f63    from that commit, with that commit's own code
    python tests/net/record.py                     from this tree: renews the record on purpose

What is recorded and where it lies is said in README.md. Without options only texts, tables and
figures are recorded; ``--pictures`` records the pictures as well, ``--kept`` what readers keep
(both need Chromium).
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
if __name__ == "__main__":
    # The net itself is always this one. Of another tree (`--tree`) the code comes by PYTHONPATH,
    # see `environment`.
    sys.path[:0] = [str(HERE.parent), *([] if "--tree" in sys.argv else [str(ROOT / "utils")])]

from net import adapter  # noqa: E402
from net.adapter import Control, Drawn, Shown  # noqa: E402

Json = Any

#: The commit that the record was first made from.
START = "fd52f63"
#: The last commit whose recorder knows the names that the package had at `START`.
RECORDER = "7421a1f"
RECORDED = HERE / "recorded"
#: How many pairs of filter options are drawn by lot for a chart that has filters.
PAIRS = 24
#: The seed of that lot; with the name of the chart, so that one chart's lot does not depend on
#: another's.
SEED = 2024


@dataclass
class Record:
    """What was found: texts by lesson, thing and state, and the tables, sources and figures of
    charts' states.
    """

    texts: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Json] = field(default_factory=dict)
    figures: dict[str, Json] = field(default_factory=dict)
    computed: int = 0

    def only(self, lessons: list[str]) -> Record:
        """The part of it that is about these lessons; all of it for none."""
        parts = (
            {key: one[key] for key in one if not lessons or key in lessons}
            for one in (self.texts, self.tables, self.figures)
        )
        return Record(*parts, computed=self.computed)


# -- states ----------------------------------------------------------------------------------------
# --------------------
def states(name: str, controls: list[Control]) -> Iterator[dict[str, int]]:
    """Every computed state, each option of each filter (the rest at its start), and pairs of
    options by lot.
    """
    start = {one.name: one.start for one in controls}
    computed = [one for one in controls if not one.filters]
    filters = [one for one in controls if one.filters]
    for indices in itertools.product(*(range(len(one.options)) for one in computed)):
        yield {**start, **{one.name: index for one, index in zip(computed, indices, strict=True)}}
    for one in filters:
        for index in range(len(one.options)):
            if index != one.start:
                yield {**start, one.name: index}
    pairs = list(itertools.combinations(filters, 2))
    lot = random.Random(f"{SEED} {name}")
    for _ in range(PAIRS if pairs else 0):
        moved = [*lot.choice(pairs), *computed]
        yield {**start, **{one.name: lot.randrange(len(one.options)) for one in moved}}


def state_name(controls: list[Control], chosen: dict[str, int]) -> str:
    """A state as text: ``period=2024, theme=Korea``."""
    return (
        ", ".join(f"{one.name}={one.options[chosen[one.name]]}" for one in controls) or "as it is"
    )


# -- recording -------------------------------------------------------------------------------------
# ----------------
def recorded_now(tree: Path, lessons: list[str] | None = None) -> Record:
    """The record of the tree whose ``utils`` is on the path; with `lessons`, of these numbers
    only.
    """
    import upheaval

    home = Path(upheaval.__file__).resolve()
    if not home.is_relative_to(tree.resolve()):
        raise RuntimeError(f"the code that would be recorded is {home}, which is not in {tree}")
    made = Record()
    with tempfile.TemporaryDirectory() as folder, adapter.mode("page", Path(folder)):
        for lesson in adapter.lessons_of(tree):
            if not lessons or lesson.number in lessons:
                _lesson(made, lesson)
    return made


def _lesson(made: Record, lesson: adapter.Lesson) -> None:
    parts = [f"Lesson {lesson.number}: {lesson.path.name}"]
    tables: dict[str, Json] = {}
    figures: dict[str, Json] = {}
    before = ""
    for heading, one in adapter.things(lesson):
        if one.kind == "chart":
            name = one.name
            while name in tables:
                name += " again"
            drawn = {
                state_name(one.controls, at): one.draw(at) for at in states(name, one.controls)
            }
            made.computed += _computed(one) if one.controls else 0
            tables[name] = {state: _table(found) for state, found in drawn.items()}
            figures[name] = {state: _figure(found) for state, found in drawn.items()}
            parts.append(_chart_text(name, one, drawn))
            before = ""
            continue
        title = (
            f"=== text under “{heading}”" if one.kind == "text" else f"=== {one.kind} {one.name}"
        )
        if title != before or one.kind != "text":
            parts.append(f"\n{title}")
        before = title
        parts += [f"  {line(label, text)}" for label, text in one.lines]
    made.texts[lesson.number] = "\n".join(parts) + "\n"
    made.tables[lesson.number], made.figures[lesson.number] = tables, figures


def _computed(one: Shown) -> int:
    count = 1
    for control in one.controls:
        count *= 1 if control.filters else len(control.options)
    return count


def line(label: str, text: str) -> str:
    """A labelled line of words as it is recorded."""
    flat = " ⏎ ".join(text.splitlines())
    return f"{label}: {flat}" if label else flat


def _chart_text(name: str, one: Shown, drawn: dict[str, Drawn]) -> str:
    """A chart's texts: first what every state says alike, then for each state what is its own."""
    every = [dict(found.lines) for found in drawn.values()]
    alike = {
        label: text
        for label, text in every[0].items()
        if all(it.get(label) == text for it in every)
    }
    if len(every) == 1:
        alike = {}
    lines = [f"\n=== chart {name}"]
    lines += [
        f"  control {own.name} “{own.label}”: {' | '.join(own.options)}" for own in one.controls
    ]
    lines += [f"  {line(label, text)}" for label, text in alike.items()]
    for state, texts in zip(drawn, every, strict=True):
        lines.append(f"--- {state}")
        lines += [f"  {line(label, text)}" for label, text in texts.items() if label not in alike]
    return "\n".join(lines)


def _table(found: Drawn) -> Json:
    return {"columns": found.columns, "rows": found.rows, "sources": found.sources}


def _figure(found: Drawn) -> Json:
    return {"figure": found.figure, "narrow": found.mobile}


# -- reading and writing
# -------------------------------------------------------------------------------------------
def write(made: Record, folder: Path = RECORDED) -> None:
    """Write a record to `folder`; a file whose content is the same stays as it is, byte by byte."""
    texts = folder / "words"
    texts.mkdir(parents=True, exist_ok=True)
    for old in texts.glob("*.txt"):
        if old.stem not in made.texts:
            old.unlink()
    for number, text in made.texts.items():
        (texts / f"{number}.txt").write_text(text, encoding="utf-8")
    write_packed(folder / "tables.json.xz", pooled(made.tables, 3))
    write_packed(folder / "figures.json.xz", pooled(made.figures, 2))
    about = {"first made from": START, "computed states": made.computed}
    (folder / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def read(folder: Path = RECORDED) -> Record:
    """The record in `folder`."""
    texts = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((folder / "words").glob("*.txt"))
    }
    tables, figures = (
        unpooled(read_packed(folder / f"{name}.json.xz")) for name in ("tables", "figures")
    )
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return Record(texts, tables, figures, about["computed states"])


def pooled(value: Json, depth: int) -> Json:
    """`value` with what stands `depth` objects deep and below, and each row, stored once: {"pool",
    "value"}.
    """
    pool: dict[str, int] = {}

    def pooled_index(inner: Json) -> int:
        text = json.dumps(inner, ensure_ascii=False, separators=(",", ":"))
        return pool.setdefault(text, len(pool))

    def walk(inner: Json, level: int) -> Json:
        if isinstance(inner, dict) and level >= 0:
            return {name: walk(each, level - 1) for name, each in inner.items()}
        if isinstance(inner, list) and all(isinstance(each, list | str) for each in inner):
            return [pooled_index(each) for each in inner]
        return pooled_index(inner)

    whole = walk(value, depth)
    return {"pool": [json.loads(text) for text in pool], "value": whole}


def unpooled(packed: Json) -> Json:
    """What `pooled` was given."""
    pool = packed["pool"]

    def walk(inner: Json) -> Json:
        if isinstance(inner, dict):
            return {name: walk(each) for name, each in inner.items()}
        return [pool[each] for each in inner] if isinstance(inner, list) else pool[inner]

    return walk(packed["value"])


def write_packed(path: Path, value: Json) -> None:
    """Write `value` as JSON, compressed. Another version of the compressor may give other bytes:
    then they stay.
    """
    if path.is_file() and read_packed(path) == value:
        return
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(lzma.compress(text.encode(), preset=9))


def read_packed(path: Path) -> Json:
    """The value in a file that `write_packed` wrote."""
    return json.loads(lzma.decompress(path.read_bytes()))


# -- another tree ----------------------------------------------------------------------------------
# ------------------
class NoCommit(Exception):
    """The commit is not in this clone's history; the message says what to do."""


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """The tree of a commit in a folder that is gone afterwards. Raises `NoCommit`."""
    git = ["git", "-C", str(ROOT)]
    known = subprocess.run([*git, "cat-file", "-e", f"{commit}^{{commit}}"], capture_output=True)
    if known.returncode:
        raise NoCommit(
            f"{commit} is not in the history of this clone. Fetch it: git fetch --unshallow"
        )
    with tempfile.TemporaryDirectory(prefix="net-") as folder:
        tree = Path(folder) / "tree"
        # `git archive` rather than a work tree: nothing is left in .git when this is broken off.
        packed = subprocess.run(
            [*git, "archive", "--format=tar", commit], check=True, capture_output=True
        )
        tree.mkdir()
        subprocess.run(["tar", "-x", "-C", str(tree)], input=packed.stdout, check=True)
        yield tree


@contextmanager
def recorder_for(tree: Path) -> Iterator[Path]:
    """The folder ``tests`` whose recorder knows the names in `tree`: its own, where it has one."""
    if (tree / "tests/net/record.py").is_file():
        yield tree / "tests"
        return
    with checked_out(RECORDER) as other:
        yield other / "tests"


def environment(tree: Path, tests: Path = HERE.parent) -> dict[str, str]:
    """The variables for a Python that runs the code of `tree`, whatever is set here."""
    kept = {
        key: value for key, value in os.environ.items() if key not in ("UPHEAVAL_DATA", "FACE_MODE")
    }
    return {**kept, "PYTHONPATH": os.pathsep.join([str(tree / "utils"), str(tests)])}


def main() -> int:
    """Record, from a commit or from the present tree."""
    command = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    command.add_argument("--commit", help="record from this commit instead of the present tree")
    command.add_argument("--pictures", action="store_true", help="record the pictures too")
    command.add_argument("--kept", action="store_true", help="record what readers keep too")
    command.add_argument(
        "--shown", action="store_true", help="record what is shown of the work readers have kept"
    )
    command.add_argument("--out", type=Path, default=RECORDED, help="the folder to write to")
    command.add_argument(
        "--tree", type=Path, help=argparse.SUPPRESS
    )  # set by --commit, in a process of its own
    given = command.parse_args()
    if given.commit:
        options = [f"--{one}" for one in ("pictures", "kept") if getattr(given, one)]
        options += ["--out", str(given.out.absolute())]
        try:
            with checked_out(given.commit) as tree, recorder_for(tree) as tests:
                script = str(tests / "net" / "record.py")
                command_line = [sys.executable, script, *options, "--tree", str(tree)]
                return subprocess.run(command_line, env=environment(tree, tests)).returncode
        except NoCommit as problem:
            print(problem, file=sys.stderr)
            return 1
    tree = given.tree or ROOT
    made = recorded_now(tree)
    write(made, given.out)
    from net import checks

    checks.write(checks.specs_now(tree), given.out)
    print(f"{made.computed} computed states in {len(made.texts)} lessons: {given.out}")
    if given.pictures:
        from net import pictures

        pictures.write(tree, given.out)
    if given.kept or given.shown:
        from net import kept

        (kept.write if given.kept else kept.show_again)(tree, given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
