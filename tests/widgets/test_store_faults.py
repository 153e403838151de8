"""What is told "Kept" is there.

Kernels at once, kernels that are killed, files that are held, full disks, clearings elsewhere.
"""

from __future__ import annotations

import errno
import itertools
import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from upheaval.charts.draw import Chart, Group, Line, Rows
from upheaval.widgets import Explorer, FreeResponse, Portfolio, Predict
from upheaval.widgets.core import file_lock, storage
from upheaval.widgets.core.file_lock import FileLock
from upheaval.widgets.core.storage import HEAD, Store
from upheaval.widgets.memo import Memo, rules

HERE = "Kept in my_work.json, in the folder of this notebook."

#: A kernel that writes answers in a tight loop, and says of each that it was told "Kept".
KERNEL = """
import sys
from pathlib import Path
from upheaval.widgets.core.storage import Store

folder, name, first, last = sys.argv[1:]
store = Store(Path(folder))
for number in range(int(first), int(last)):
    if store.put(f"{name}.{number}", number).startswith("Kept in my_work.json"):
        print(number, flush=True)
"""
#: Before either: the packages without what they import, for a kernel that need not import all
#: widgets begins at once.
ALONE = """
import sys, types
for name, path in {packages}:
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [path]
sys.modules["upheaval"].__version__ = "0"
"""
WIDGETS = Path(storage.__file__).parents[1]
PACKAGES = [("upheaval", str(WIDGETS.parent)), ("upheaval.widgets", str(WIDGETS))]


def kept(folder: Path, name: str = "my_work.json") -> dict[str, Any]:
    return json.loads((folder / name).read_text(encoding="utf-8"))["work"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def kernel(folder: Path, name: str, first: int, last: int) -> subprocess.Popen[str]:
    return spawned(KERNEL, str(folder), name, str(first), str(last))


def spawned(script: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ALONE.format(packages=PACKAGES) + script, *words],
        stdout=subprocess.PIPE,
        text=True,
    )


def told(process: subprocess.Popen[str], name: str) -> dict[str, int]:
    """What a kernel was told "Kept" of; a line that was cut by its end was not told."""
    lines = process.communicate()[0].splitlines(keepends=True)
    return {f"{name}.{line.strip()}": int(line) for line in lines if line.endswith("\n")}


#: A kernel that writes until it is killed, and says of what it was told "Kept" in which era; its
#: disk is full now and then.
HARRIED = """
import errno, random, sys
from pathlib import Path
from upheaval.widgets.core import storage

folder, name, seed = sys.argv[1:]
chance, whole = random.Random(seed), storage._write

def write(path, work):
    if chance.random() < 0.1:
        raise OSError(errno.ENOSPC, "No space left on device")
    whole(path, work)

storage._write = write
store = storage.Store(Path(folder))
for number in range(10_000):
    era, key = store.era, f"{name}.{number}"
    try:
        told = store.update(key, lambda _kept: era, era)
    except ValueError:
        continue
    if told.startswith("Kept in my_work.json"):
        print(key, era, flush=True)
"""


# -- kernels at once -------------------------------------------------------------------------------
@pytest.mark.thorough
def test_four_kernels_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = {name: kernel(tmp_path, name, 0, 100) for name in "abcd"}
    answers = {
        key: value for name, one in processes.items() for key, value in told(one, name).items()
    }
    assert len(answers) == 400 and kept(tmp_path) == answers


@pytest.mark.thorough
def test_kernels_that_are_killed_at_random_lose_nothing_that_was_told(tmp_path: Path) -> None:
    chance, answers, begun = random.Random(11), dict[str, int](), dict.fromkeys("abc", 0)
    while sum(begun.values()) < 1_000:
        processes = {name: kernel(tmp_path, name, first, 10_000) for name, first in begun.items()}
        time.sleep(chance.uniform(0.05, 0.25))
        for name, process in processes.items():
            time.sleep(chance.uniform(0, 0.01))
            process.kill()
            new = told(process, name)
            answers |= new
            begun[name] += len(new) + 1  # the last may have been written, and not told
    found = kept(tmp_path)  # whole JSON
    assert {key: found.get(key) for key in answers} == answers
    assert len(found) <= sum(begun.values())
    assert Store(tmp_path).put("a.last", 0) == HERE, "no lock of a dead kernel keeps one waiting"


@pytest.mark.thorough
def test_a_thousand_writes_among_kills_clearings_and_full_disks(tmp_path: Path) -> None:
    """Nothing that was told "Kept" is lost, and nothing that was cleared comes back."""
    chance, store, answers = random.Random(7), Store(tmp_path), dict[str, str]()
    for turn in itertools.count():
        if len(answers) >= 1_000:
            break
        processes = [
            spawned(HARRIED, str(tmp_path), f"{name}{turn}", str(chance.random())) for name in "ab"
        ]
        for _ in range(2):
            time.sleep(chance.uniform(0.1, 0.4))
            store.clear()
        for process in processes:
            time.sleep(chance.uniform(0, 0.1))
            process.kill()
            lines = process.communicate()[0].splitlines(keepends=True)
            answers |= dict(one.split() for one in lines if one.endswith("\n"))
    files = [kept(tmp_path, path.name) for path in tmp_path.glob("my_work*.json")]
    found = {key: era for file in files for key, era in file.items()}
    assert len(found) == sum(map(len, files)), "nothing stands in two files"
    assert {key: found.get(key) for key in answers} == answers, "all that was told is there"
    assert all(len(set(file.values())) <= 1 for file in files), "each file is of one era"
    assert set(store.all().values()) <= {store.era} and len(files) > 10


def _evidence(folder: str, name: str) -> None:
    storage.store = Store(Path(folder))
    for number in range(20):
        storage.add_evidence([{"id": f"{name}.{number}"}])


@pytest.mark.thorough
def test_findings_that_two_kernels_keep_at_once_are_all_there(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_evidence, args=(str(tmp_path), name)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len(kept(tmp_path)["evidence"]) == 40


def test_a_kernel_that_hangs_holds_nobody_up_for_long(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store._lock.patience = 0.1
    with FileLock(tmp_path / storage.LOCK) as other:
        assert other.held and store.put("02.x", "mine") == HERE
    assert store.get("02.x") == "mine" and names(tmp_path) == ["my_work.json"]


@pytest.mark.parametrize("error", [OSError(errno.ENOLCK, "No locks"), ImportError("no fcntl")])
def test_where_a_lock_is_impossible_answers_are_kept_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(_handle: int) -> None:
        raise error

    monkeypatch.setattr(file_lock, "_lock", refused)
    started = time.monotonic()
    assert Store(tmp_path).put("02.x", "mine") == HERE
    assert time.monotonic() - started < 1


def test_a_thread_that_has_the_lock_may_take_it_again(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock", patience=0)
    with lock:
        with lock:
            assert lock.held
        with other:
            assert lock.held and not other.held
    with other:
        assert other.held and not lock.held


# -- a file that a sync or a scanner holds ---------------------------------------------------------
def held(times: int, act: Callable[..., Any]) -> Callable[..., Any]:
    """`act` that is refused so many times first, as Windows does with a file that is open."""
    left = [times]

    def refused(*parts: Any, **named: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "Access is denied")
        return act(*parts, **named)

    return refused


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_file_that_is_held_for_a_moment_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(storage.os, "replace", held(times, os.replace))
    started = time.monotonic()
    assert Store(tmp_path).put("02.x", "mine") == HERE
    assert time.monotonic() - started < 0.8


def test_a_file_that_stays_held_is_told_truly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put("02.x", "first")
    with monkeypatch.context() as scanner:
        scanner.setattr(storage.os, "replace", held(9, os.replace))
        message = store.put("02.x", "second")
    assert "Another program holds my_work.json" in message and "Copy it" in message
    assert "folder" not in message and store.get("02.x") == "second"
    assert kept(tmp_path) == {"02.x": "first"} and names(tmp_path) == ["my_work.json"]
    assert store.put("02.y", "later") == HERE
    assert kept(tmp_path) == {"02.x": "second", "02.y": "later"}


def test_a_file_that_cannot_be_read_for_a_moment_is_not_stepped_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = Store(tmp_path), Store(tmp_path)
    store.put("02.x", "mine")
    examine, left = storage._examine, ["closed", "closed"]
    monkeypatch.setattr(
        storage, "_examine", lambda *asked: (left.pop(), {}) if left else examine(*asked)
    )
    assert other.put("02.y", "too") == HERE and names(tmp_path) == ["my_work.json"]

    def closed(*_: Any, **__: Any) -> str:
        raise PermissionError

    with monkeypatch.context() as scanner:
        scanner.setattr(Path, "read_text", closed)
        assert "Another program holds" in store.put("02.x", "again")
        assert store.all() == {"02.x": "again"}, "what it saw last"
    assert store.put("02.z", "3") == HERE
    assert kept(tmp_path) == {"02.x": "again", "02.y": "too", "02.z": "3"}


def test_a_clearing_waits_for_a_file_that_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put("02.x", "mine")
    monkeypatch.setattr(Path, "rename", held(2, Path.rename))
    assert store.clear() == "Cleared. What was there is in my_work.before-1.json."


# -- what a killed kernel leaves -------------------------------------------------------------------
def test_what_killed_kernels_left_half_written_goes_with_the_next_answer(tmp_path: Path) -> None:
    old, young, others = ".my_work-ab12_z.tmp", ".my_work_2-x.tmp", "my_work-notes.tmp"
    for name in (old, young, others):
        (tmp_path / name).write_text(f'{{"about": "{HEAD}", "work": {{"02.x": "a sec')
    for name in (old, others):
        os.utime(tmp_path / name, (time.time() - 61,) * 2)
    store = Store(tmp_path)
    store.get("02.x")
    assert old in names(tmp_path), "looking removes nothing"
    assert store.put("02.x", "mine") == HERE
    assert names(tmp_path) == sorted([young, others, "my_work.json"])
    store.clear()
    assert young not in names(tmp_path), "a clearing leaves no half of an answer, however young"


# -- no room ---------------------------------------------------------------------------------------
def disk(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which no file has more than `room` letters."""
    whole = storage._write

    def write(path: Path, work: dict[str, Any]) -> None:
        if len(json.dumps(work)) > room:
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(path, work)

    monkeypatch.setattr(storage, "_write", write)


def test_an_answer_without_room_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, large = Store(tmp_path), "x" * 5_000
    with monkeypatch.context() as full:
        disk(1_000, full)
        assert store.put("02.a", "small") == HERE
        message = store.put("02.b", large)
        assert "disk is full" in message and "cannot be written" in message
        assert store.put("02.c", "small").startswith(f"{HERE} An earlier answer has no room")
        assert store.put("02.d", "small").startswith(HERE)
        assert kept(tmp_path) == {"02.a": "small", "02.c": "small", "02.d": "small"}
        assert store.get("02.b") == large, "it is kept in memory"
    assert store.put("02.e", "room again") == HERE and kept(tmp_path)["02.b"] == large


def test_small_answers_that_waited_are_written_with_the_next_that_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    with monkeypatch.context() as full:
        disk(10, full)
        for key, value in {"a": "1" * 50, "b": "2" * 5_000, "c": "3" * 50}.items():
            assert "disk is full" in store.put(key, value)
    disk(1_000, monkeypatch)
    assert store.put("d", "4").startswith(HERE) and kept(tmp_path).keys() == {"a", "c", "d"}


def test_a_first_answer_without_room_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk(10, monkeypatch)
    assert "disk is full" in Store(tmp_path).put("02.a", "x" * 50) and names(tmp_path) == []


# -- cleared by another kernel ---------------------------------------------------------------------
@pytest.mark.parametrize("next_reader", [False, True], ids=["empty", "begun-anew"])
@pytest.mark.parametrize("tidy", [False, True], ids=["set-aside", "deleted"])
def test_what_another_kernel_cleared_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, next_reader: bool, tidy: bool
) -> None:
    first, second, seen = Store(tmp_path), Store(tmp_path), []
    second.put("02.a", "a secret")
    with monkeypatch.context() as full:
        disk(40, full)
        second.put("02.b", "a secret that never reached the file")
    second.observe(lambda keys, cleared: seen.append((keys, cleared)))
    first.clear()
    if tidy:
        (tmp_path / "my_work.before-1.json").unlink()
    if next_reader:
        first.put("03.x", "of the next reader")
    assert second.put("02.c", "of the next reader") == HERE
    assert seen == [({"02.a", "02.b"}, True), ({"02.c"}, False)], "who is on the screen is told"
    assert "secret" not in (tmp_path / "my_work.json").read_text()
    assert second.all().keys() == {"02.c"} | ({"03.x"} if next_reader else set())


@pytest.mark.thorough
def test_clearings_among_kernels_that_write_lose_nothing_and_bring_nothing_back(
    tmp_path: Path,
) -> None:
    processes = {name: kernel(tmp_path, name, 0, 150) for name in "abc"}
    store = Store(tmp_path)
    while any(process.poll() is None for process in processes.values()):
        time.sleep(0.05)
        store.clear()
    answers = {key: one for name, run in processes.items() for key, one in told(run, name).items()}
    files = [kept(tmp_path, path.name) for path in tmp_path.glob("my_work*.json")]
    assert {key: one for file in files for key, one in file.items()} == answers
    assert len(answers) == sum(map(len, files)) == 450, "each answer is in one file"
    assert len(files) > 2


def test_a_clearing_is_noticed_by_looking_and_told_once(tmp_path: Path) -> None:
    first, second, seen = Store(tmp_path), Store(tmp_path), []
    second.put("02.a", "a secret")
    second.observe(lambda keys, cleared: seen.append((keys, cleared)))
    for _ in range(2):
        first.clear()
        assert second.get("02.a") is None and second.all() == {}
        second.put("02.a", "another")
    assert seen == [({"02.a"}, True), ({"02.a"}, False)] * 2
    third = Store(tmp_path)
    third.observe(lambda *_: pytest.fail("what was cleared before it began concerns it not"))
    assert third.all() == {"02.a": "another"}


def test_a_damaged_file_brings_nothing_back_that_was_cleared(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    second.put("02.a", "a secret")
    first.clear()
    (tmp_path / "my_work.json").write_text("{")
    second.put("02.b", "next")
    assert kept(tmp_path) == {"02.b": "next"}


def test_a_file_that_its_reader_moved_away_for_a_time_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, seen = Store(tmp_path), []
    store.put("02.a", "kept")
    with monkeypatch.context() as full:
        disk(40, full)
        store.put("02.b", "waits for a file that has room for it")
    store.observe(lambda _keys, cleared: seen.append(cleared))
    (tmp_path / "my_work.json").rename(tmp_path / "elsewhere.json")
    assert store.all().keys() == {"02.b"}, "what never reached the file is not lost with it"
    (tmp_path / "elsewhere.json").rename(tmp_path / "my_work.json")
    store.put("02.c", "later")
    assert kept(tmp_path).keys() == {"02.a", "02.b", "02.c"} and seen == [False]


def test_work_that_is_brought_back_by_hand_after_a_clearing_is_read_again(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    second.put("02.a", "cleared by mistake")
    first.clear()
    assert second.all() == {}
    (tmp_path / "my_work.before-1.json").rename(tmp_path / "my_work.json")
    (tmp_path / storage.CLEARED).unlink()  # by a reader who tidies up
    second.put("02.b", "later")
    assert first.all() == second.all() == {"02.a": "cleared by mistake", "02.b": "later"}


def test_a_face_that_still_shows_what_was_cleared_sends_none_of_it_back(
    work_folder: Path, live_mode: None
) -> None:
    fields = {"notice": "What do you notice?", "wonder": "And wonder?"}
    note, exit_ticket = FreeResponse("02.notice", "Write", fields), Predict("02.exit", "?", ["a"])
    note.selected = {"value": {"notice": "the secret of the first", "wonder": ""}, "turn": "1"}
    Store(work_folder).clear()
    gone_on = {"notice": "the secret of the first", "wonder": "says the second"}
    edits = [{"at": ["wonder"], "to": "says the second"}]
    note.selected = {"value": gone_on, "edits": edits, "turn": "2"}
    assert note.state["statusMessage"].startswith("Not kept: all work was cleared in another")
    era = storage.store.era
    assert (note.state["value"], note.state["turn"], note.state["era"]) == (None, "2", era)
    assert exit_ticket.state == {"value": None, "era": era}, "each is told"
    assert note.selected == {}, "nor does the model hold it any more"
    note.selected = {"value": {"notice": "", "wonder": "says the second"}, "turn": "3"}
    exit_ticket.selected = {"value": "a", "turn": "1"}
    assert kept(work_folder) == {
        "02.notice": {"notice": "", "wonder": "says the second"},
        "02.exit": "a",
    }


def test_evidence_that_was_clicked_while_its_kernel_was_busy_is_of_its_era(
    work_folder: Path, live_mode: None
) -> None:
    """The click waits for the kernel; meanwhile another notebook clears all."""
    chart = Explorer(lambda: one_row(), name="one")
    era = chart.state["era"]
    before = time.time() * 1000 - 5
    Store(work_folder).clear()
    sent = {"addEvidence": [{"id": "a", "kind": "event", "title": "A"}], "era": era}
    told: list[Any] = []
    chart.send = told.append
    chart._on_message(None, {**sent, "began": before}, None)
    assert told == [{"evidenceAdded": storage.CLEARED_ELSEWHERE}]
    assert storage.store.get("evidence") is None, "it was another reader's"
    chart._on_message(None, {**sent, "began": time.time() * 1000 + 5}, None)
    assert told[1] == {"evidenceAdded": HERE}, "the next reader's, whose face slept"
    assert [one["id"] for one in kept(work_folder)["evidence"]] == ["a"]
    later = Explorer(lambda: one_row(), name="one")
    assert later.state["era"] == storage.store.era != era


def one_row() -> Chart:
    return Chart(
        None,
        rows=Rows([Group("", [Line(0, "A")])]),
        title="One",
        subtitle="",
        description="One row.",
        table=pd.DataFrame({"What": ["A"]}),
        sources=[],
    )


def test_what_is_answered_anew_after_a_clearing_elsewhere_is_kept(
    work_folder: Path, live_mode: None
) -> None:
    note, exit_ticket = Predict("02.a", "?", ["Soon", "Later"]), Predict("02.exit", "?", ["a"])
    note.selected = {"value": "Soon", "turn": "1"}
    era = note.state["era"]
    before = time.time() * 1000 - 5
    Store(work_folder).clear()
    now = time.time() * 1000 + 5
    # Begun before, it may be the last reader's; begun after, nothing of theirs is in it.
    exit_ticket.selected = {"value": "a", "era": era, "began": before, "turn": "1"}
    assert "answer again" in exit_ticket.state["statusMessage"]
    assert storage.store.all() == {} and exit_ticket.state["value"] is None
    exit_ticket.selected = {"value": "a", "era": era, "began": now, "turn": "2"}
    assert exit_ticket.state["statusMessage"] == HERE
    assert note.state["value"] is None and note.state["era"] == storage.store.era
    note.selected = {"value": "Later", "era": storage.store.era, "turn": "2"}
    assert note.state["statusMessage"] == HERE
    assert kept(work_folder) == {"02.exit": "a", "02.a": "Later"}


def test_what_waited_for_a_kernel_is_of_the_era_in_which_it_was_written(
    work_folder: Path, live_mode: None
) -> None:
    """A browser sends what a kernel never answered to the next one, however late."""
    written = storage.store.era
    eras = [written]
    for _ in range(2):
        Store(work_folder).clear()
        storage.store.look()
        eras.append(storage.store.era)
    assert len(set(eras)) == 3 and len({one.partition("/")[0] for one in eras}) == 1
    elsewhere = eras[2].replace(eras[2][:4], "0000", 1)
    for turn, era in enumerate([*eras[:2], elsewhere]):
        note = Predict("02.a", "?", ["Soon"])
        note.selected = {"value": "Soon", "era": era, "turn": str(turn)}
        assert note.state["statusMessage"] == storage.CLEARED_ELSEWHERE
        assert storage.store.all() == {}
    note.selected = {"value": "Soon", "era": eras[2], "turn": "4"}
    assert storage.store.all() == {"02.a": "Soon"}


def test_a_clearing_that_comes_while_an_answer_is_on_its_way_is_seen_under_the_lock(
    work_folder: Path, live_mode: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = Predict("02.a", "?", ["Soon"])
    other, enter, once = Store(work_folder), FileLock.__enter__, []

    def cleared_first(lock: FileLock) -> FileLock:
        if lock is storage.store._lock and not once:
            once.append(other.clear())
        return enter(lock)

    monkeypatch.setattr(FileLock, "__enter__", cleared_first)
    note.selected = {"value": "Soon", "turn": "1"}
    assert once and storage.store.all() == {} and note.state["value"] is None


def test_what_can_be_brought_back_is_of_its_era(work_folder: Path, live_mode: None) -> None:
    portfolio = Portfolio()
    finding = {"id": "a", "kind": "event", "title": "A"}
    storage.add_evidence([finding])
    before, era = storage.store.all(), storage.store.era
    portfolio.selected = {"clear": True, "turn": "1"}
    after = portfolio.state["era"]
    portfolio.selected = {"work": before, "mine": True, "era": after, "turn": "2"}
    assert storage.store.all() == before, "a moment later the reader may change their mind"
    Store(work_folder).clear()
    portfolio.selected = {"work": before, "mine": True, "era": after, "turn": "3"}
    assert portfolio.state["statusMessage"] == storage.CLEARED_ELSEWHERE
    for message in ({"addEvidence": [finding]}, {"removeEvidence": ["a"]}):
        answer = storage.on_evidence({**message, "era": era})
        assert answer == {"evidenceAdded": storage.CLEARED_ELSEWHERE}
    assert storage.store.all() == {}
    fresh = {"addEvidence": [finding], "era": era, "began": time.time() * 1000 + 5}
    storage.on_evidence(fresh)  # a chart that slept, and whose reader keeps a row of it now
    assert storage.store.all() == {"evidence": [finding]}


def test_where_no_mark_can_be_left_this_kernel_still_knows_that_all_was_cleared(
    work_folder: Path, live_mode: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "_write", held(99, storage._write))
    monkeypatch.setattr(Path, "write_text", held(99, Path.write_text))
    note = Predict("02.a", "?", ["Soon"])
    note.selected = {"value": "Soon", "turn": "1"}
    era = note.state["era"]
    assert note.state["value"] == "Soon", "in memory"
    storage.store.clear()
    assert note.state["value"] is None and note.state["era"] != era
    note.selected = {"value": "Soon", "era": era, "turn": "2"}
    assert note.state["value"] is None
    note.selected = {"value": "Soon", "era": note.state["era"], "turn": "3"}
    assert note.state["value"] == "Soon"


def test_what_another_kernel_keeps_is_seen_when_a_face_has_heard_of_it(
    work_folder: Path, live_mode: None
) -> None:
    note, portfolio = Predict("02.a", "?", ["Soon"]), Portfolio()
    Store(work_folder).put("02.a", "Soon")
    assert note.state["value"] is None
    storage.on_news({"look": True})
    assert note.state["value"] == "Soon" and portfolio.state["all"] == {"02.a": "Soon"}
    Store(work_folder).clear()
    storage.on_news({"look": True})
    assert note.state["value"] is None and portfolio.state["all"] == {}
    assert note.state["era"] == portfolio.state["era"] == storage.store.era


# -- two that write one form -----------------------------------------------------------------------
def test_two_kernels_that_write_fields_of_one_form_keep_both(
    work_folder: Path, live_mode: None
) -> None:
    fields = {"notice": "What do you notice?", "wonder": "And wonder?"}
    note, other = FreeResponse("02.notice", "Write", fields), Store(work_folder)
    note.selected = {"value": {"notice": "", "wonder": "mine"}, "edits": [], "turn": "1"}
    other.put("02.notice", {"notice": "of another kernel", "wonder": "mine"})
    edits = [{"at": ["wonder"], "to": "mine, and more"}]
    stale = {"notice": "", "wonder": "mine, and more"}
    note.selected = {"value": stale, "edits": edits, "turn": "2"}
    both = {"notice": "of another kernel", "wonder": "mine, and more"}
    assert kept(work_folder) == {"02.notice": both} == {"02.notice": note.state["value"]}


def test_something_odd_makes_room_for_an_answer_and_a_bad_edit_for_none(
    work_folder: Path, live_mode: None
) -> None:
    note = Memo(
        "11.memo",
        "?",
        [{"name": "a", "label": "A"}],
        picker={"rows": [], "sources": [], "says": {}},
        rules=rules(["x"], "2024-11-27", [], ["a"]),
        title="",
        foot="",
    )
    memo = {"fields": {"a": "mine"}, "evidence": []}
    storage.store.put("11.memo", 7)
    note.selected = {"value": memo, "edits": [{"at": ["fields", "a"], "to": "mine"}], "turn": "1"}
    assert note.value == memo
    for bad in (["x"], [{"at": "fields"}], [{"at": ["evidence"], "add": 7}], [{"at": [1]}]):
        note.selected = {"value": {"fields": {"a": "other"}, "evidence": []}, "edits": bad}
        assert note.state["statusMessage"].startswith("Not kept: ") and note.value == memo


# -- values and files of every kind ----------------------------------------------------------------
def nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


def circular() -> Any:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [{1, 2}, object(), b"x", float("nan"), 10**5_000, nested(101), nested(100_000), circular()],
    ids=["set", "object", "bytes", "nan", "digits", "deep", "very deep", "circular"],
)
def test_a_value_that_no_file_holds_is_refused_and_costs_nothing(
    tmp_path: Path, value: object
) -> None:
    store = Store(tmp_path)
    store.put("02.x", "mine")
    assert store.put("02.x", value).startswith("Not kept")
    message = store.merge({"02.y": value, "02.z": "too"}, mine=False)
    assert HERE in message and "Not kept" in message
    assert store.all() == kept(tmp_path) == {"02.x": "mine", "02.z": "too"}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("levels", [102, 150, 600, 5_000, 100_000])
def test_a_file_that_is_nested_too_deep_is_set_aside(
    tmp_path: Path, levels: int, indent: int | None
) -> None:
    work = {"02.good": 1, "02.deep": nested(levels if levels < 200 else 1)}
    text = json.dumps({"about": HEAD, "format": 1, "work": work}, indent=indent)
    text = text.replace('"x"', "[" * (levels - 200) + "]" * (levels - 200) or '"x"')
    (tmp_path / "my_work.json").write_text(text)
    store = Store(tmp_path)
    assert levels > 200 or store.get("02.deep") is None, "also who only looks notices"
    message = store.put("02.x", "mine")
    assert "It is now my_work.damaged-1.json, unchanged" in message and HERE in message
    assert (tmp_path / "my_work.damaged-1.json").read_text() == text
    good = {"02.good": 1} if levels < 1_000 else {}
    assert kept(tmp_path) == {**good, "02.x": "mine"} == store.all()


def test_a_number_of_many_digits_in_a_file_costs_no_other_answer(tmp_path: Path) -> None:
    work = f'{{"02.a": "mine", "02.n": {"9" * 5_000}, "02.i": [1, -Infinity, 12]}}'
    (tmp_path / "my_work.json").write_text(f'{{"about": "{HEAD}", "format": 1, "work": {work}}}')
    store = Store(tmp_path)
    assert store.get("02.a") == "mine" and store.put("02.b", 2) == HERE
    whole = {"02.a": "mine", "02.n": "9" * 5_000, "02.i": [1, "-Infinity", 12], "02.b": 2}
    assert store.all() == kept(tmp_path) == whole


def test_a_damaged_file_that_cannot_be_moved_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my_work.json").write_text("{ half")
    monkeypatch.setattr(Path, "rename", held(99, Path.rename))
    assert "Kept in my_work_2.json" in Store(tmp_path).put("02.x", "mine")
    assert (tmp_path / "my_work.json").read_text() == "{ half"


def test_a_closed_folder_raises_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    store = Store(folder)
    store.put("02.x", "mine")
    folder.chmod(0)
    try:
        for act in (lambda: store.put("02.y", "2"), store.clear, store.all):
            act()
    finally:
        folder.chmod(0o700)
