"""What a reader writes is kept, merged, and never costs a file that somebody else wrote."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from upheaval import __version__
from upheaval.widgets import (
    FreeResponse,
    PersistedWidget,
    Portfolio,
    Predict,
    RecallPrediction,
)
from upheaval.widgets.core import storage
from upheaval.widgets.core.storage import HEAD, Store


def kept(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))["work"]


def test_answers_are_kept_in_one_readable_file(tmp_path: Path) -> None:
    status_message = Store(tmp_path).put("02.predict", 'Später – 나중에 🙂 "x" </script>')
    assert status_message == "Kept in my_work.json, in the folder of this notebook."
    text = (tmp_path / "my_work.json").read_text(encoding="utf-8")
    assert HEAD in text and "나중에" in text and "\n" in text
    assert Store(tmp_path).get("02.predict") == 'Später – 나중에 🙂 "x" </script>'
    assert Store(tmp_path).get("02.exit") is None
    assert [path.name for path in tmp_path.iterdir()] == ["my_work.json"], (
        "nothing half-written is left"
    )


@pytest.mark.parametrize(
    "value",
    ["", " ", None, {}, {"a": ""}, ["x"], 3, "9" * 9_000, "\x00\x1b\u2028", "\ud800", "٣٠٠٠"],
    ids=lambda value: ascii(value)[:20],
)
def test_an_answer_of_any_kind_is_kept_without_a_word_lost(tmp_path: Path, value: object) -> None:
    assert "Kept in my_work.json" in Store(tmp_path).put("02.x", value)
    Store(tmp_path).put("02.y", "later")
    assert Store(tmp_path).get("02.y") == "later"
    if value != "\ud800":  # half a letter, which no file can hold
        assert Store(tmp_path).get("02.x") == value


@pytest.mark.parametrize(
    "content",
    ["[1, 2]", '{"work": {"a": 1}}', '{"about": "my diary", "work": {}}', "12", '"text"', "null"],
)
def test_a_file_that_is_not_ours_is_never_written_over(tmp_path: Path, content: str) -> None:
    (tmp_path / "my_work.json").write_text(content, encoding="utf-8")
    store = Store(tmp_path)
    assert store.get("a") is None
    assert store.put("02.x", "mine") == "Kept in my_work_2.json, in the folder of this notebook."
    assert (tmp_path / "my_work.json").read_text(encoding="utf-8") == content
    assert Store(tmp_path).get("02.x") == "mine" and kept(tmp_path / "my_work_2.json") == {
        "02.x": "mine"
    }


def test_a_file_of_a_newer_version_stays_as_it_is(tmp_path: Path) -> None:
    """This version does not know its form, and would write it anew in the old one."""
    newer = json.dumps({"about": storage.HEAD, "format": 2, "work": {"02.x": {"new": "form"}}})
    (tmp_path / storage.FILE).write_text(newer, encoding="utf-8")
    assert "my_work_2.json" in Store(tmp_path).put("02.x", "mine")
    assert (tmp_path / storage.FILE).read_text(encoding="utf-8") == newer
    assert Store(tmp_path).get("02.x") == "mine"


def test_a_folder_of_that_name_is_stepped_around(tmp_path: Path) -> None:
    (tmp_path / "my_work.json").mkdir()
    assert "my_work_2.json" in Store(tmp_path).put("02.x", "mine")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"about": "What I wr',
        b"\xff\xfe\x00",
        b"<<<<<<< HEAD\n{}\n=======\n",
        b"\x00" * 50,
        b"[" * 200_000,
    ],
)
def test_a_damaged_file_is_set_aside_unchanged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "my_work.json").write_bytes(content)
    (tmp_path / "my_work.damaged-1.json").write_text("an earlier one")
    status_message = Store(tmp_path).put("02.x", "mine")
    assert (
        "could not be read. It is now my_work.damaged-2.json, unchanged" in status_message
        and "Kept in my_work.json" in status_message
    )
    assert (tmp_path / "my_work.damaged-2.json").read_bytes() == content
    assert (tmp_path / "my_work.damaged-1.json").read_text() == "an earlier one"
    assert kept(tmp_path / "my_work.json") == {"02.x": "mine"}


def test_a_file_that_an_editor_marked_loads(tmp_path: Path) -> None:
    Store(tmp_path).put("02.x", "mine")
    path = tmp_path / "my_work.json"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert Store(tmp_path).get("02.x") == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["my_work.json"]


def test_a_damaged_file_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "my_work.json").write_text("{")
    store = Store(tmp_path)
    assert store.get("02.x") is None, "looking is enough to notice"
    assert "could not be read" in store.put("02.x", "a") and "could not be read" not in store.put(
        "02.x", "b"
    )


@pytest.mark.parametrize("fault", ["file", "missing", "locked"])
def test_where_nothing_can_be_written_answers_last_as_long_as_the_kernel(
    tmp_path: Path, fault: str
) -> None:
    folder = tmp_path / fault
    if fault == "file":
        folder.write_text("a file, where a folder should be")
    if fault == "locked":
        folder.mkdir()
        folder.chmod(0o500)
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write everywhere")
    store = Store(folder)
    status_message = store.put("02.x", "mine")
    assert "cannot be written" in status_message and "Copy it" in status_message
    assert store.get("02.x") == "mine"
    store.put("02.y", "too")
    assert (store.get("02.x"), store.get("02.y")) == ("mine", "too")


def test_a_full_disk_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put("02.x", "first")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(storage.os, "replace", full)
        assert "cannot be written" in store.put("02.x", "second")
        assert kept(tmp_path / "my_work.json") == {"02.x": "first"}
        assert [path.name for path in tmp_path.iterdir()] == ["my_work.json"]
        assert store.get("02.x") == "second", "what cannot be written stands before the old answer"
    store.put("02.y", "room again")
    assert kept(tmp_path / "my_work.json") == {"02.x": "second", "02.y": "room again"}


def test_two_notebooks_in_one_folder_keep_each_other_s_answers(tmp_path: Path) -> None:
    one, other = Store(tmp_path), Store(tmp_path)
    one.put("02.a", "1")
    other.put("03.b", "2")
    one.put("02.a", "3")
    other.put("03.c", "4")
    assert kept(tmp_path / "my_work.json") == {"02.a": "3", "03.b": "2", "03.c": "4"}
    assert other.get("02.a") == "3"


def test_what_a_reader_deletes_by_hand_stays_deleted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("02.a", "1")
    (tmp_path / "my_work.json").unlink()
    assert Store(tmp_path).get("02.a") is None
    assert store.get("02.a") is None, "nor does the kernel that wrote it bring it back"


# -- the widgets -----------------------------------------------------------------------------------
def test_a_prediction_is_kept_told_and_shown_again(work_folder: Path, live_mode: None) -> None:
    predict, again = (
        Predict("02.predict", "When?", ["Soon", "Later"]),
        RecallPrediction("02.predict", "Why?"),
    )
    era = storage.store.era
    assert predict.state == again.state == {"value": None, "era": era}
    predict.selected = {"value": "Later", "turn": "1-1"}
    assert predict.state == {
        "value": "Later",
        "era": era,
        "turn": "1-1",
        "statusMessage": "Kept in my_work.json, in the folder of this notebook.",
    }
    assert again.state["value"] == "Later", "also where it is already on the screen"
    assert RecallPrediction("02.predict", "Why?").state["value"] == "Later"
    assert kept(work_folder / "my_work.json") == {"02.predict": "Later"}


@pytest.mark.parametrize(
    "text", ["", "3,000", "нет", "<script>alert(1)</script>", "x" * 50_000, "\ud800"]
)
def test_free_text_of_any_kind_is_kept(work_folder: Path, live_mode: None, text: str) -> None:
    write = FreeResponse(
        "02.notice", "In your own words", {"notice": "What do you notice?", "wonder": "And wonder?"}
    )
    write.selected = {"value": {"notice": text, "wonder": ""}, "turn": "1"}
    assert write.state["turn"] == "1" and "Kept in" in write.state["statusMessage"]


def test_in_words_everything_offered_is_named(work_folder: Path, page_mode: None) -> None:
    assert Predict("a", "When?", ["Soon", "Later"]).to_text() == "When?\n– Soon\n– Later"
    assert FreeResponse("b", "Write", {"x": "Label"}).to_text() == "Write\n– Label"
    assert RecallPrediction("a", "Why?").to_text() == "Why?"
    assert not list(work_folder.iterdir()), "looking writes nothing"


# -- what is kept by any face, and all of it together ----------------------------------------------
class Counter(PersistedWidget):
    face = "prompts"
    linked_keys = ("evidence",)

    def validate(self, value: object) -> object:
        if not isinstance(value, int):
            raise ValueError("A count is a whole number.")
        return value

    def to_text(self) -> str:
        return "Count"


def test_a_face_of_one_s_own_keeps_what_it_accepts(work_folder: Path, live_mode: None) -> None:
    one, other = Counter("09.count", question="How many?"), Counter("09.count")
    assert one.spec == {"kind": "prompts", "storageKey": "09.count", "question": "How many?"}
    one.selected = {"value": 3, "turn": "1"}
    assert (
        one.state["statusMessage"].startswith("Kept in")
        and one.value == other.value == other.state["value"] == 3
    )
    one.selected = {"value": "three", "turn": "2"}
    assert (
        one.state["statusMessage"] == "A count is a whole number."
        and one.state["value"] == 3
        and one.state["turn"] == "2"
    )
    with pytest.raises(ValueError, match="whole number"):
        other.value = "four"
    other.value = 5
    assert one.state["value"] == 5 and kept(work_folder / "my_work.json") == {"09.count": 5}
    one.selected = {"value": 1, "storageKey": "02.predict", "turn": "3"}
    assert "does not keep" in one.state["statusMessage"] and kept(work_folder / "my_work.json") == {
        "09.count": 5
    }


def test_a_finding_is_kept_as_evidence_once_and_told_to_who_reads_it(
    work_folder: Path, live_mode: None
) -> None:
    reader = Counter("11.memo")
    assert reader.state["linked"] == {"evidence": None}
    storage.add_evidence([{"id": "a", "title": "First"}])
    storage.add_evidence([{"id": "b", "title": "Second"}])
    storage.add_evidence([{"id": "a", "title": "First, again"}])
    assert [one["title"] for one in reader.state["linked"]["evidence"]] == [
        "Second",
        "First, again",
    ]
    reader.selected = {"value": [], "storageKey": "evidence", "turn": "1"}
    assert reader.state["linked"] == {"evidence": []} == {"evidence": storage.store.get("evidence")}


@pytest.mark.parametrize("odd", [None, "x", 5, {"a": 1}, [None], ["x"], [[1]], [{"id": ["a"]}]])
def test_a_finding_is_kept_beside_what_is_none(odd: Any, work_folder: Path) -> None:
    storage.store.put("evidence", odd)
    storage.add_evidence([{"id": "a", "title": "First"}])
    before = odd if isinstance(odd, list) else [] if odd is None else [odd]
    assert storage.store.get("evidence") == [*before, {"id": "a", "title": "First"}]


@pytest.mark.parametrize(("mine", "expected"), [(True, "here"), (False, "file")])
def test_a_file_of_work_is_merged_by_the_reader_s_rule(
    work_folder: Path, live_mode: None, mine: bool, expected: str
) -> None:
    storage.store.put("02.predict", "here")
    portfolio, note = Portfolio(), Predict("02.predict", "When?", ["here", "file"])
    assert portfolio.state == {"all": {"02.predict": "here"}, "era": storage.store.era}
    assert portfolio.spec["head"] == {"about": HEAD, "version": __version__}
    portfolio.selected = {
        "work": {"02.predict": "file", "03.notice": {"notice": "x"}},
        "mine": mine,
        "turn": "1",
    }
    assert kept(work_folder / "my_work.json") == {
        "02.predict": expected,
        "03.notice": {"notice": "x"},
    }
    assert (
        portfolio.state["all"] == storage.store.all()
        and portfolio.state["turn"] == "1"
        and "Kept in" in portfolio.state["statusMessage"]
    )
    assert note.state["value"] == expected, "what is on the screen follows"


# -- a new reader ----------------------------------------------------------------------------------
def test_clearing_sets_the_file_aside_and_begins_anew(tmp_path: Path) -> None:
    store, seen = Store(tmp_path), []
    store.observe(lambda keys, cleared: seen.append((keys, cleared)))
    for name, number in (("first", 1), ("second", 2)):
        store.put("02.a", name)
        assert store.clear() == f"Cleared. What was there is in my_work.before-{number}.json."
        assert store.all() == {} and kept(tmp_path / f"my_work.before-{number}.json") == {
            "02.a": name
        }
    assert seen == [({"02.a"}, False), ({"02.a"}, True)] * 2, "what is on the screen is told"
    assert store.clear() == "Cleared."


def test_what_one_notebook_clears_no_other_brings_back(tmp_path: Path) -> None:
    first, second = Store(tmp_path), Store(tmp_path)
    first.put("02.predict", "of the reader before")
    second.put("03.predict", "of the reader before")
    first.clear()
    assert second.all() == {}
    first.put("02.exit", "of the next reader")
    second.put("03.exit", "of the next reader")
    assert (
        first.all()
        == second.all()
        == {
            "02.exit": "of the next reader",
            "03.exit": "of the next reader",
        }
    )


def test_a_file_that_cannot_be_moved_is_not_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path)
    store.put("02.a", "1")

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refused)
    assert "nothing was cleared" in store.clear() and store.all() == {"02.a": "1"}


def test_work_is_cleared_and_what_is_on_the_screen_follows(
    work_folder: Path, live_mode: None
) -> None:
    portfolio, note = Portfolio(), Predict("02.predict", "When?", ["Soon", "Later"])
    storage.store.put("02.predict", "Soon")
    portfolio.selected = {"clear": True, "turn": "1"}
    assert (
        portfolio.state["all"] == {}
        and portfolio.state["statusMessage"].startswith("Cleared.")
        and note.state["value"] is None
    )
