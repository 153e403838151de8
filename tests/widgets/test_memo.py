"""The memo and the weights: what is kept, what is refused, and each rule of the memo by hand, as
the face ships it.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

import rules
from rules import lint
from upheaval.widgets import memo
from upheaval.widgets.core.storage import Store
from upheaval.widgets.memo import Memo
from upheaval.widgets.weights import WeightedScoring

pytestmark = pytest.mark.usefixtures("page_mode", "work_folder")

BANDS = [
    {"terms": ["unlikely", "improbable"], "low": 20, "high": 45},
    {"terms": ["likely", "probable"], "low": 55, "high": 80},
    {"terms": ["very likely"], "low": 80, "high": 95},
]
FIELDS = ["to", "recommendation", "background", "counter", "likelihood", "confidence", "flashpoint"]
RULES = {
    **memo.rules(
        ["Bring an umbrella", "Stay"], "2024-11-27", BANDS, ["recommendation", "background"]
    ),
    "order": FIELDS,
}


def item(
    name: str, kind: str = "event", status: str = "confirmed", known: str = "2024-10-01"
) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "title": f"Title {name}",
        "status": status,
        "known": known,
        "sources": [{"text": "A page", "url": "https://example.org/a"}],
    }


def good() -> dict[str, Any]:
    """A memo that meets every rule."""
    return {
        "fields": {
            "to": "The head",
            "recommendation": "Bring an umbrella: it costs little.",
            "background": (
                "Clouds came on 3 October 2024. The office says that 12 drops fell [1]. It rained"
                " before [2], and a neighbour saw it [3]." + " More words." * 110
            ),
            "counter": (
                "It may stay dry, and an umbrella is one more thing to carry and to forget"
                " somewhere on the way."
            ),
            "likelihood": "It is likely (70%) that it rains by noon.",
            "confidence": "We have low confidence in this: one office only.",
            "flashpoint": "If the sun is out at nine, we leave it at home.",
        },
        "evidence": [item("a", status="claimed"), item("b", "estimate"), item("c")],
    }


def missed(draft: dict[str, Any]) -> set[str]:
    return {one["rule"] for one in lint(draft, RULES) if not one["ok"]}


def changed(field: str, text: str) -> dict[str, Any]:
    draft = good()
    draft["fields"][field] = text
    return draft


def test_a_good_memo_meets_every_rule() -> None:
    assert missed(good()) == set()
    assert [one["rule"] for one in lint(good(), RULES)] == list(memo.TEXTS)


def test_an_empty_memo_gets_reasons_and_no_error() -> None:
    for draft in ({}, {"fields": {}, "evidence": []}, {"fields": None, "evidence": None}):
        assert missed(draft) == {
            "recommendation",
            "cited",
            "counter",
            "likelihood",
            "band",
            "confidence",
            "flashpoint",
            "length",
        }
    assert all("{" not in one["text"] for one in lint({}, RULES))


@pytest.mark.parametrize(
    ("field", "text", "broken"),
    [
        ("recommendation", "Let us see.", {"recommendation"}),
        ("recommendation", "We BRING AN UMBRELLA.", set()),
        ("recommendation", "bring an umbrella", set()),
        ("recommendation", "Stayed.", {"recommendation"}),
        ("recommendation", "Stay. There are 12 of us.", {"numbers"}),
        ("recommendation", "Stay. There are 12 of us [2].", set()),
        ("recommendation", "Stay. There are 12 of us. [2]", set()),
        ("recommendation", "Stay until 20 January 2025, as in 2024 or in March 1999.", set()),
        ("recommendation", "Stay with the 12 U.S. offices of [3].", set()),
        ("recommendation", "Stay [9].", {"markers"}),
        ("recommendation", "Stay [0].", {"markers"}),
        ("counter", "No.", {"counter"}),
        ("likelihood", "It may rain.", {"likelihood", "band"}),
        ("likelihood", "It is likely that it rains.", {"likelihood", "band"}),
        ("likelihood", "It is likely (90%) that it rains.", {"band"}),
        ("likelihood", "It is very likely, 90 per cent, that it rains.", set()),
        ("likelihood", "It is unlikely (70%) that it rains.", {"band"}),
        ("likelihood", "It is likely (70%), and we have high confidence.", {"apart"}),
        ("confidence", "We trust it.", {"confidence"}),
        ("flashpoint", "Nothing.", {"flashpoint"}),
        ("flashpoint", "One two three four five six seven eight nine.", {"flashpoint"}),
    ],
)
def test_each_rule_notices_what_it_is_for(field: str, text: str, broken: set[str]) -> None:
    assert missed(changed(field, text)) == broken


def test_evidence_is_counted_by_what_is_cited() -> None:
    few = changed("background", "It rained [1]." + " More words." * 110)
    assert missed(few) == {"cited", "status"}, "the only citation does not say who claims it"
    same = good()
    same["evidence"][1]["kind"] = "event"
    assert missed(same) == {"cited"}


def test_what_came_later_and_what_is_less_than_confirmed_is_named() -> None:
    late = good()
    late["evidence"][2]["known"] = "2024-11-28"
    found = next(one for one in lint(late, RULES) if one["rule"] == "known")
    assert not found["ok"] and found["text"].startswith("[3] became public")
    late["evidence"][2]["known"] = RULES["day"]
    assert missed(late) == set(), "the day itself is not too late"
    disputed = good()
    disputed["evidence"][0]["status"] = "disputed"
    found = next(one for one in lint(disputed, RULES) if one["rule"] == "status")
    assert not found["ok"] and "[1] disputed" in found["text"]
    disputed["fields"]["background"] += " The neighbour denies that it rained [1]."
    assert "status" not in missed(disputed)


def test_too_long_is_too_long() -> None:
    assert missed(changed("background", good()["fields"]["background"] + " word" * 700)) == {
        "length"
    }


def sentences(text: str) -> list[str]:
    found: list[str] = rules.evaluate("rules.memo.sentences", text)
    return found


def test_sentences_and_markers() -> None:
    assert sentences("One. Two! [1] [2] Three?\nFour U.S. words.  Five") == [
        "One.",
        "Two[1]!",
        "[2] Three?",
        "Four U.S. words.",
        "Five",
    ]
    assert rules.evaluate("rules.memo.markers", "a [1] b [23] c [x] [1234]") == [1, 23]


# -- drafts drawn by lot ---------------------------------------------------------------------------
DRAWN = json.loads(
    Path(__file__).parents[1].joinpath("cases", "memo.json").read_text(encoding="utf-8")
)
#: Laws under which short drafts can be right, and which say nothing but what was found.
SHORT = {
    **memo.rules(
        ["Stay"],
        "2024-11-27",
        [
            {"terms": ["unlikely"], "low": 20, "high": 45},
            {"terms": ["likely", "probable"], "low": 55, "high": 80},
        ],
        ["recommendation", "background"],
    ),
    "order": FIELDS,
    "least": {"cited": 3, "kinds": 2, "counter": 6, "flashpoint": 8, "words": 30},
    "most": {"words": 60},
    "texts": {rule: {"good": "✓ {found}", "bad": "✗ {found}"} for rule in memo.TEXTS},
}


@pytest.mark.parametrize("drawn", DRAWN["drafts"])
def test_drafts_drawn_by_lot_are_judged_as_ever(drawn: dict[str, Any]) -> None:
    evidence = [item("x", *parts) for parts in drawn["evidence"]]
    said = lint({"fields": drawn["fields"], "evidence": evidence}, SHORT)
    assert {one["rule"]: one["text"].strip() for one in said} == drawn["says"]
    assert all(one["ok"] == one["text"].startswith("✓") for one in said)


def test_the_drawn_drafts_meet_and_miss_every_rule() -> None:
    seen = {(rule, said[0]) for drawn in DRAWN["drafts"] for rule, said in drawn["says"].items()}
    assert len(seen) == 2 * len(memo.TEXTS)


def test_sentences_of_drafts_drawn_by_lot() -> None:
    for text, wanted in DRAWN["sentences"]:
        assert sentences(text) == wanted


# -- kept ------------------------------------------------------------------------------------------
@pytest.fixture
def paper() -> Memo:
    fields = [{"name": name, "label": name.title()} for name in FIELDS]
    return Memo(
        "11.memo",
        "Write",
        fields,
        title="Memo",
        foot="Foot",
        picker={"sources": [], "rows": []},
        rules=RULES,
    )


def test_a_memo_is_kept_and_there_again(paper: Memo, work_folder: Path) -> None:
    assert paper.value is None and missed(paper.value or {})
    paper.value = good()
    assert paper.value == good() and missed(paper.value) == set()
    assert Store(work_folder).get("11.memo") == good(), "another kernel goes on with it"
    paper.selected = {"value": {**good(), "evidence": []}, "turn": "1"}
    assert paper.value["evidence"] == [] and paper.state["statusMessage"].startswith(
        "Kept in my_work.json"
    )


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        "text",
        {},
        {"fields": {}},
        {"fields": {"to": 1}, "evidence": []},
        {"fields": {}, "evidence": {}},
        {"fields": {}, "evidence": [{"id": "a"}]},
        {"fields": {}, "evidence": [{**item("a"), "sources": ["x"]}]},
        {"fields": {"to": "x" * 60_000}, "evidence": []},
        {"fields": {}, "evidence": [item(str(at)) for at in range(61)]},
    ],
)
def test_what_is_no_memo_is_refused_in_a_sentence(paper: Memo, bad: Any) -> None:
    paper.value = good()
    with pytest.raises(ValueError, match=r"^Not kept: .*\.$"):
        paper.validate(bad)
    paper.selected = {"value": bad, "turn": "2"}
    assert paper.value == good() and paper.state["statusMessage"].startswith("Not kept:")


def test_what_a_memo_does_not_know_is_left_out(paper: Memo) -> None:
    more = copy.deepcopy(good())
    more["fields"]["extra"] = "x"
    more["evidence"][0]["extra"] = "y"
    assert paper.validate(more) == good()


def test_a_memo_reads_the_basket_of_the_other_lessons(paper: Memo) -> None:
    from upheaval.widgets.core import storage

    storage.add_evidence({"id": "chart", "kind": "chart", "title": "T"})
    assert paper.state["linked"]["evidence"][0]["title"] == "T"
    assert "Write" in paper.to_text() and "Counter" in paper.to_text()


def test_a_sample_tells_its_texts_and_leaves_the_verdict_to_the_face() -> None:
    laws = {name: law for name, law in RULES.items() if name != "order"}
    sample = memo.SampleMemo("A good one", good()["fields"], good()["evidence"], laws)  # type: ignore[arg-type]
    assert sample.to_text().startswith("The head\n\nBring an umbrella")
    assert sample.to_text().endswith("[1] Title a\n\n[2] Title b\n\n[3] Title c")
    data = sample.page_data()["spec"]
    assert data["rules"]["order"] == list(good()["fields"]) and data["kind"] == "memo"
    assert all(one["ok"] for one in lint(data["sample"], data["rules"]))
    assert not hasattr(sample, "value") and "storageKey" not in data, "nothing is kept"


@pytest.fixture
def scales() -> WeightedScoring:
    return WeightedScoring(
        "11.weights",
        "How much?",
        {"x": "Ex", "y": "Why"},
        {"a": "A", "b": "B"},
        {"a": {"x": (4, 5), "y": (1, 1)}, "b": {"x": (2, 2), "y": (3, 4)}},
        {"Alike": {"x": 3, "y": 3}},
    )


def test_weights_are_kept(scales: WeightedScoring) -> None:
    scales.value = {"from": "Alike", "weights": {"x": 0, "y": 5}}
    assert scales.value == {"from": "Alike", "weights": {"x": 0, "y": 5}}
    assert "Why" in scales.to_text()


@pytest.mark.parametrize(
    "bad",
    [
        None,
        {},
        {"weights": {}},
        {"weights": {"x": 1}},
        {"weights": {"x": 1, "y": 6}},
        {"weights": {"x": True, "y": 1}},
        {"weights": {"x": 1.5, "y": 1}},
        {"from": 3, "weights": {"x": 1, "y": 1}},
    ],
)
def test_other_weights_are_refused_in_a_sentence(scales: WeightedScoring, bad: Any) -> None:
    scales.value = {"from": "Alike", "weights": {"x": 0, "y": 5}}
    with pytest.raises(ValueError, match=r"^Not kept: "):
        scales.validate(bad)
    scales.selected = {"value": bad, "turn": "1"}
    assert scales.value["weights"] == {"x": 0, "y": 5}
    assert scales.state["statusMessage"].startswith("Not kept: ")


def test_every_option_needs_every_rating() -> None:
    with pytest.raises(ValueError, match="needs a rating for each"):
        WeightedScoring("k", "?", {"x": "X"}, {"a": "A", "b": "B"}, {"a": {"x": (1, 2)}}, {})
