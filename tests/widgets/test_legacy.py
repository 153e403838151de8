"""Answers that were kept when options had no ids are read as what they were, or told in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rules import attempt, evaluate, mark
from upheaval.widgets import Check, Dropdown, Option
from upheaval.widgets.core import legacy, legacy_addresses, storage
from upheaval.widgets.core.seal import seal

#: The table is of one day, as readers' files are: it never changes.
FROZEN = "f0ea8e9e683d6927e1f6917b1e0836474baecd643b5851fac961854a3d40f11f"


def test_the_table_is_frozen() -> None:
    text = legacy.TABLE.read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(text).hexdigest() == FROZEN


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A frozen table of one check, which has lost an option since and got others in front."""
    path = tmp_path / "legacy.json"
    options = [{"id": "no", "text": "No"}, {"id": "never", "text": "Never “ever”"}]
    path.write_text(json.dumps({"99.x": options}), encoding="utf-8")
    monkeypatch.setattr(legacy, "TABLE", path)
    legacy.table.cache_clear()
    yield
    legacy.table.cache_clear()


def check(name: str = "99.x") -> Check:
    options = [
        Option("Yes", "It is.", right=True, id="yes"),
        Option("Perhaps", "No doubt about it.", id="perhaps"),
        Option("No", "It only looks so.", id="no"),
    ]
    return Check.choice(name, "Is it?", options)


def read(one: Check, kept: Any) -> tuple[Any, list[str], bool | None]:
    """What the face makes of a kept answer: the answer, what vanished, whether it is right."""
    answer = evaluate(
        "([spec, kept]) => rules.checkOptions.withIds(spec.legacy, kept)", [one.spec, kept]
    )
    gone = evaluate("([spec, one]) => rules.checkOptions.vanished(spec, one)", [one.spec, answer])
    return answer, gone, mark(one.answer_key, answer)["right"]


@pytest.mark.usefixtures("small", "live_mode", "work_folder")
def test_a_position_an_id_a_vanished_option_and_nothing() -> None:
    one = check()
    assert one.spec["legacy"] == [{"id": "no"}, {"id": "never", "text": "Never “ever”"}]
    assert read(one, 0) == ("no", [], False)
    assert read(one, 1) == ("never", ["Never “ever”"], None)
    assert read(one, "never") == ("never", ["Never “ever”"], None)
    assert read(one, 2) == read(one, -1) == (None, [], None), "there was no such position"
    assert read(one, "yes") == ("yes", [], True)


@pytest.mark.usefixtures("small", "live_mode", "work_folder")
def test_a_check_that_is_younger_than_the_table_has_no_positions() -> None:
    one = check("99.younger")
    assert one.spec["legacy"] == []
    assert read(one, 0) == (None, [], None)


@pytest.mark.usefixtures("small", "live_mode", "work_folder")
def test_what_is_answered_today_is_there_tomorrow_and_in_a_sealed_copy() -> None:
    storage.store.put("99.x", {"answer": 0, "right": False, "tries": 2})
    one = check()
    one.selected = {"value": attempt(one.value, "yes", True), "turn": "1"}
    assert storage.store.get("99.x") == {"answer": "yes", "right": True, "tries": 3}
    for again in (check(), Check.sealed(seal("check()")), Check.sealed(seal(one.spec))):
        assert again.spec == one.spec and read(again, again.value["answer"]) == ("yes", [], True)


@pytest.mark.usefixtures("small", "page_mode", "work_folder")
def test_a_sealed_copy_reads_the_table_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [seal(check().spec), seal("check()")]
    monkeypatch.setattr(legacy, "options", lambda check, ids: [])
    assert [Check.sealed(text).spec["legacy"] for text in texts] == [[], []]


CODE = """more = " Now?"
Check.choice("99.x", word + more, [Option("Yes", "It is.", right=True, id="yes")])"""


def test_the_code_under_a_seal_runs_among_the_names_around_it() -> None:
    names: dict[str, Any] = {"Check": Check, "Option": Option, "word": "Ready?"}
    code = f'made = Check.sealed("{seal(CODE)}")'
    exec(code, names)
    assert names["made"].spec["question"] == "Ready? Now?" and names["more"] == " Now?"


@pytest.mark.parametrize(
    "value",
    [
        {"spec": {"name": "99.x", "type": "choice", "options": ["a"]}, "key": {}},
        "5",
        5,
    ],
)
def test_an_older_sealed_copy_says_what_to_do(value: object) -> None:
    with pytest.raises(ValueError, match="Get the notebook anew; what you answered is kept"):
        Check.sealed(seal(value))


def test_without_a_table_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(legacy, "TABLE", tmp_path / "none.json")
    legacy.table.cache_clear()
    assert legacy.table() == {} and legacy.options("99.x", {"a"}) == []
    legacy.table.cache_clear()


# -- addresses -------------------------------------------------------------------------------------
def test_an_address_of_an_option_that_is_gone_leads_to_the_one_with_its_rows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By its id as by its older label; an option that stayed keeps what leads to it."""
    table, moved = tmp_path / "legacy_addresses.json", tmp_path / "moved_options.json"
    labels = {"State media": "state-media", "Official": "official", "Scholar": "scholar"}
    table.write_text(json.dumps({"voices": {"who": labels}}), encoding="utf-8")
    moved.write_text(json.dumps({"voices": {"who": {"state-media": "official"}}}), encoding="utf-8")
    monkeypatch.setattr(legacy_addresses, "TABLE", table)
    monkeypatch.setattr(legacy_addresses, "MOVED", moved)
    known = legacy_addresses.labels("voices", "who")
    who = Dropdown([("Scholars", "scholar"), ("Officials", "official")], "Who")
    spec = {"name": "voices", "controls": [who.spec("who", known)]}
    code = "({ spec, words }) => words.map((word) => rules.address.selectionIn(word, spec).who)"
    words = [f"#voices.who={one}" for one in ("state-media", "State%20media", "Official", "other")]
    assert evaluate(code, {"spec": spec, "words": words}) == [1, 1, 1, 0]
    assert legacy_addresses.labels("voices", "when") == {}
