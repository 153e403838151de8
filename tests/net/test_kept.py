"""Work that readers kept with an earlier version loads: nothing is lost, and the verdicts are the
same.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from net import adapter, compare, kept, record
from net.kept import Json
from rules import evaluate
from upheaval.widgets.core import legacy, legacy_addresses

pytestmark = pytest.mark.net

#: Checks whose right answer is another since a row was mended. What readers answered is still
#: theirs; the verdict on it is not.
MENDED = (
    *("02.turning-points (order)", "05.precedents (order)", "06.memo (order)"),
    *("01.label (match)", "02.evidence (choice)"),
    *("03.twiddle (number)", "04.twiddle (number)", "06.tweak (number)", "06.twiddle (number)"),
    *("09.tweak (number)", "03.tweak (number)", "12.load (number)"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the file of an earlier version, as a reader has it."""
    made = tmp_path_factory.mktemp("kept")
    shutil.copy(record.RECORDED / "kept" / adapter.WORK_FILE, made)
    return made


@pytest.fixture(scope="module")
def was() -> dict[str, Json]:
    found: dict[str, Json] = kept.read("kernel", record.RECORDED)
    return found


def test_a_file_of_work_loads_and_nothing_is_lost(folder: Path, was: dict[str, Json]) -> None:
    differences = kept.differs(
        without(was, "right", "steps"),
        without(kept.returning(record.ROOT, folder), "right", "steps"),
    )
    if differences:
        pytest.fail(
            f"{len(differences)} things differ from what readers kept:\n"
            + "\n".join(differences[: compare.SHOWN]),
            pytrace=False,
        )
    there, before = (path / adapter.WORK_FILE for path in (folder, record.RECORDED / "kept"))
    assert there.read_bytes() == before.read_bytes(), "coming back writes nothing"


@pytest.mark.slow
def test_what_is_answered_today_loads_with_the_same_verdicts(
    was: dict[str, Json], tmp_path: Path
) -> None:
    """The same answers, given to the lessons as they are now: only their form is another."""
    kept.used(record.ROOT, tmp_path)
    now = kept.returning(record.ROOT, tmp_path)
    before = {name: {**one, "kept": as_today(name, one["kept"])} for name, one in was.items()}
    parts = ("kept", "right", "steps")
    assert kept.differs(without(before, *parts), without(now, *parts)) == []


def without(found: dict[str, Json], *parts: str) -> dict[str, Json]:
    """What was found, without the reasons of checks, and without these parts of `MENDED`.

    What a reason says changes with the words and rows that it is made from; `test_net.py` tells it.
    """
    return {
        name: {
            key: [{**step, "text": ""} for step in part] if key == "steps" else part
            for key, part in one.items()
            if not ("right" in one and key == "text") and not (name in MENDED and key in parts)
        }
        for name, one in found.items()
    }


def as_today(name: str, value: Json) -> Json:
    """What was kept of a check, with the ids of the frozen table in the place of positions."""
    frozen = legacy.table().get(name.partition(" ")[0])
    if not frozen:
        return value
    answer = value["answer"]
    ids = [frozen[at]["id"] for at in answer] if isinstance(answer, list) else frozen[answer]["id"]
    return {**value, "answer": ids}


def test_the_record_has_one_of_every_kind_of_thing(was: dict[str, Json]) -> None:
    kinds = {name.rpartition("(")[2].rstrip(")") for name in was}
    assert kinds == {
        "choice",
        "number",
        "order",
        "match",
        "predict",
        "write",
        "again",
        "coding",
        "grid",
        "weigh",
        "memo",
        "forecast",
    }
    assert all(one["kept"] is not None for one in was.values())
    checks = [one for one in was.values() if "right" in one]
    assert {one["right"] for one in checks} == {True, False}
    assert {one["kept"]["tries"] for one in checks} == {1, 2}
    work = json.loads((record.RECORDED / "kept" / adapter.WORK_FILE).read_text(encoding="utf-8"))[
        "work"
    ]
    assert (
        work["evidence"] and work["10.forecast"]["locked"] and not work["10.forecast"]["revealed"]
    )
    browser = kept.read("browser", record.RECORDED)
    assert {*work} <= {*browser["work"]} | {"evidence"}
    forms = browser["forecasts"]
    assert (forms["open"]["locked"], forms["locked"]["revealed"]) == (None, None) and forms[
        "revealed"
    ]["revealed"]


def test_a_verdict_that_turned_and_an_answer_that_is_lost_are_reported() -> None:
    was = {
        "02.x (choice)": {"kept": {"answer": 1}, "right": True},
        "02.y (write)": {"kept": {"a": "b"}},
    }
    assert kept.differs(was, was) == []
    assert kept.differs(was, {**was, "02.x (choice)": {"kept": {"answer": 1}, "right": False}}) == [
        "02.x (choice): right was true and is false"
    ]
    assert kept.differs(was, {"02.x (choice)": was["02.x (choice)"]}) == [
        "02.y (write) is gone, and with it what readers kept there"
    ]
    shown = {"02.x (check)": {"boxes": ["✓ Yes"], "lines": ["✓ Yes. Ten."]}}
    more = {"02.x (check)": {"boxes": ["✓ Yes"], "lines": ["New", "✓ Yes. Ten."]}}
    assert kept.lost(shown, more) == [] and len(kept.lost(shown, {})) == 2
    chosen = {"02.p (note)": {"boxes": ["✓ Soon"], "lines": []}}
    told = {"02.p (note)": {"boxes": [], "lines": ["You predicted before: “Soon”."]}}
    other = {"02.p (note)": {"boxes": [], "lines": ["You predicted before: “Late”."]}}
    assert kept.lost(chosen, told) == [] and len(kept.lost(chosen, other)) == 1


def test_labels_of_kept_addresses_are_in_the_list_which_is_frozen() -> None:
    code = "(hash) => [...rules.address.entriesIn(hash)]"
    for one in kept.read("addresses", record.RECORDED):
        for name, label in evaluate(code, one["fragment"]):
            assert label in legacy_addresses.labels(*name.split("."))
    # A checkout on Windows may have other line ends.
    text = legacy_addresses.TABLE.read_text(encoding="utf-8")
    assert hashlib.sha256(text.encode()).hexdigest() == (
        "7d78a1a4174b1b936f12f1269b17c034f61b979253fc3afe9b0f7a149822aa2f"
    ), "addresses that readers kept hold these labels: the list is never changed"
