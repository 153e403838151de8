"""The memo and the weights: what is kept, what is refused, and that the rules take these laws.

Each rule by hand is tested beside the rules (``rules_test.ts``).
"""

from __future__ import annotations

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest

import rules
from rules import lint
from upheaval import briefing
from upheaval.facts import tables
from upheaval.lessons import l11
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


def test_the_laws_that_python_makes_are_met_by_a_good_memo() -> None:
    said = lint(good(), RULES)
    assert [one["rule"] for one in said] == list(memo.TEXTS)
    assert all(one["ok"] for one in said)
    assert all("{" not in one["text"] for one in [*said, *lint({}, RULES)])


def sentences(text: str) -> list[str]:
    found: list[str] = rules.evaluate("rules.memo.sentences", text)
    return found


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


# -- sentences judged one by one -------------------------------------------------------------------
JUDGED = json.loads(
    Path(__file__).parents[1].joinpath("cases", "memo_sentences.json").read_text(encoding="utf-8")
)
del JUDGED["about"]
#: The laws of lesson 11, with the scale of ICD 203.
LAWS = {
    **memo.rules(
        ["Raise support", "Hold the line", "Offer talks", "Target the exchange"],
        "2024-11-27",
        briefing.bands(tables.read("probability_words")),
        ["background"],
        rivals=l11.rivals(),
        attributes=l11.attributes(),
    ),
    "order": ["recommendation", "background", "likelihood", "confidence"],
    "texts": {rule: {"good": "{found}", "bad": "{found}"} for rule in memo.TEXTS},
}
#: Where a sentence of a group is written, and by which rules it is judged.
JUDGES = {
    "recommendation": ("recommendation", ["recommendation"]),
    "numbers": ("background", ["numbers"]),
    "status": ("background", ["status"]),
    "confidence": ("confidence", ["confidence"]),
    "likelihood": ("likelihood", ["likelihood", "band"]),
    "apart": ("background", ["apart"]),
}


def judged(group: str) -> list[Any]:
    """What the rules of a group say of its cases: whether they pass, or the option they are for."""
    field, by = JUDGES[group]
    drafts = [
        {
            "fields": {field: case[-1]},
            "evidence": [item("a", status=case[0])] if group == "status" else [],
        }
        for case in JUDGED[group]
    ]
    code = "([drafts, laws]) => drafts.map((one) => rules.memo.lint(one, laws))"
    verdicts = []
    for lines in rules.evaluate(code, [drafts, LAWS]):
        said = {one["rule"]: one for one in lines if one["rule"] in by}
        met = all(one["ok"] for one in said.values())
        option = said[group]["text"] if group == "recommendation" and met else None
        verdicts.append(option if group == "recommendation" else met)
    return verdicts


@pytest.mark.parametrize("group", JUDGES)
def test_sentences_are_judged_as_a_careful_reader_would(group: str) -> None:
    cases = JUDGED[group]
    wrong = [(case, got) for case, got in zip(cases, judged(group), strict=True) if got != case[-2]]
    assert not wrong, f"{len(wrong)} of {len(cases)}: {wrong}"
    assert {bool(case[-2]) for case in cases} == {True, False}, "some pass, and some do not"


@pytest.mark.parametrize(
    "unit",
    [
        "Hold the line then raise support only if we were to two ",
        "As The ",
        "Confidence is high in ",
    ],
)
def test_a_pasted_text_without_a_full_stop_is_judged_at_once(unit: str) -> None:
    text = (unit * memo.MOST_LETTERS)[: memo.MOST_LETTERS]
    fields = {"recommendation": text, "background": f"{text} [1]", "confidence": text}
    began = time.monotonic()
    lint({"fields": fields, "evidence": [item("a", status="reported")]}, LAWS)
    assert time.monotonic() - began < 20, "half a minute and more where time grows with the square"


def test_what_is_missing_is_told_with_the_words_that_it_stumbled_over() -> None:
    fields = {
        "recommendation": "Offer talks is premature.",
        "background": "They need twice as many. It is beyond dispute that they fight [1]."
        " We say with confidence that it is likely.",
        "likelihood": "It is likely (thirty per cent).",
        "confidence": "We lack high confidence.",
    }
    laws = {**LAWS, "texts": memo.TEXTS}
    lines = lint({"fields": fields, "evidence": [item("a", status="disputed")]}, laws)
    said = {one["rule"]: one["text"] for one in lines if not one["ok"]}
    assert "it refuses “Offer talks is premature”" in said["recommendation"]
    assert "“twice as” in “They need twice as many”" in said["numbers"]
    assert "[1] disputed, cited in “It is beyond dispute" in said["status"]
    assert "“likely” with 30% (likely 55–80%)" in said["band"]
    assert "“We lack high confidence”" in said["confidence"]
    assert "“likely” and “confidence” in “We say with" in said["apart"]
    both = lint({"fields": {"recommendation": "Raise support and offer talks."}}, laws)
    assert "more than one option: Raise support, Offer talks" in both[0]["text"]
    assert "names no option. A reader" in lint({}, laws)[0]["text"]


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
        picker={"sources": [], "rows": [], "says": {}},
        rules=RULES,
    )


def test_a_memo_is_kept_and_there_again(paper: Memo, work_folder: Path) -> None:
    assert paper.value is None
    paper.value = good()
    assert paper.value == good() and all(one["ok"] for one in lint(paper.value, RULES))
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


def test_a_memo_keeps_the_sentence_that_came_with_a_row(paper: Memo) -> None:
    said = copy.deepcopy(good())
    said["evidence"][0]["says"] = ["They went.", "", "KBS, 1 May"]
    assert paper.validate(said) == said
    for odd in ("They went.", ["They went."], ["a", "b", 3], None):
        said["evidence"][0]["says"] = odd
        assert paper.validate(said) == good(), "what is no sentence is left out"


def test_a_memo_reads_the_basket_of_the_other_lessons(paper: Memo) -> None:
    from upheaval.widgets.core import storage

    storage.add_evidence([{"id": "chart", "kind": "chart", "title": "T"}])
    assert paper.state["linked"]["evidence"][0]["title"] == "T"
    assert "Write" in paper.to_text() and "Counter" in paper.to_text()


def test_a_sample_tells_its_texts_and_leaves_the_verdict_to_the_face() -> None:
    laws = {name: law for name, law in RULES.items() if name != "order"}
    made: Any = memo.SampleMemo
    sample = made("A good one", good()["fields"], good()["evidence"], laws)
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


def test_ratings_that_a_reader_moved_are_kept_and_told(scales: WeightedScoring) -> None:
    one = {"low": 1, "high": 2}
    moved = {"a": {"x": one, "gone": one}, "nobody": {"x": one}}
    kept = scales.validate({"from": "", "weights": {"x": 1, "y": 1}, "ratings": moved})
    assert kept["ratings"] == {"a": {"x": one}}, "of what is here"
    assert "Your rating: A, Ex: 1 to 2" in scales.answer_in_words(kept)
    assert "ratings" not in scales.validate({"from": "", "weights": {"x": 1, "y": 1}})


@pytest.mark.parametrize(
    "bad",
    [
        None,
        {},
        {"weights": {"x": 1, "y": 1}, "ratings": {"a": {"x": {"low": 5, "high": 4}}}},
        {"weights": {"x": 1, "y": 1}, "ratings": {"a": {"x": {"low": 0, "high": 4}}}},
        {"weights": {"x": 1, "y": 1}, "ratings": {"a": {"x": [1, 4]}}},
        {"weights": {"x": 1, "y": 1}, "ratings": [3]},
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


def test_a_kernel_takes_evidence_out_and_puts_it_back(
    paper: Memo, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, str]] = []
    monkeypatch.setattr(paper, "send", told.append)
    for one in ("a", "b"):
        paper._on_message(paper, {"addEvidence": [{"id": one, "kind": "event", "title": one}]}, [])
    paper._on_message(paper, {"removeEvidence": ["a"]}, [])
    assert [one["id"] for one in paper.state["linked"]["evidence"]] == ["b"]
    assert len(told) == 3 and all("Kept in" in one["evidenceAdded"] for one in told)
    paper._on_message(paper, {"something": "else"}, [])
    assert len(told) == 3
