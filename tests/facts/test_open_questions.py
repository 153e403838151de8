"""A question that is still open can be entered, and the lesson lists it and does not score it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from upheaval.facts import tables, validate
from upheaval.lessons import computed
from upheaval.lessons.lesson import show
from upheaval.widgets.core.seal import unseal

from .conftest import Copy

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
OPEN = {
    "id": "far-ahead",
    "question": "Will a ceasefire hold for 1,000 days by 31 December 2030?",
    "closes": "2030-12-31",
    "outcome": "",
    "settled": "",
    "what_happened": "",
    "why": "",
}


def ask(copy: Copy, **cells: str) -> None:
    """Add a question to the copy: an open one but for `cells`, with where it was looked for."""
    rows = copy.rows("forecast_questions")
    like = next(row for row in rows if row["id"] == "ceasefire-100-days")
    own = {"sources": like["known_sources"], **OPEN, **cells}
    copy.save("forecast_questions", [*rows, like | own])
    excerpts = copy.rows("excerpts")
    looked = {
        "id": "forecast-questions-far-ahead-1",
        "table": "forecast_questions",
        "row": "far-ahead",
        "note": "It is open: no page says how it ends.",
        "read": excerpts[0]["read"],
    }
    copy.save("excerpts", [*excerpts, {**dict.fromkeys(excerpts[0], ""), **looked}])


def told(copy: Copy) -> list[str]:
    return [f"{one.column}: {one.found}. {one.expected}" for one in validate.check(copy.path)]


def test_an_open_question_is_entered_with_an_empty_end(copy: Copy) -> None:
    ask(copy)
    assert told(copy) == []
    assert tables.read("forecast_questions", copy.path)["outcome"].isna().sum() == 1


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"closes": "2025-12-31"}, "outcome", "write yes or no, and fill settled, what_happened"),
        ({"why": "Hard."}, "outcome", "or none, while the question is open"),
        ({"outcome": "yes", "settled": "2025-12-01"}, "what_happened", "Fill all of outcome,"),
        (
            {
                "outcome": "no",
                "settled": "2025-12-01",
                "what_happened": "No ceasefire.",
                "why": "Hard.",
            },
            "settled",
            "Until then it is open: leave outcome, settled, what_happened, why empty.",
        ),
        ({"opens": "2026-11-27"}, "opens", "Leave it out"),
    ],
)
def test_what_is_half_open_is_told_once(
    copy: Copy, cells: dict[str, str], column: str, expected: str
) -> None:
    ask(copy, **cells)
    found = told(copy)
    assert len(found) == 1, found
    (problem,) = validate.check(copy.path)
    assert (problem.file, problem.column) == ("forecast_questions.csv", column)
    assert expected in problem.expected


def test_an_end_is_not_taken_away(copy: Copy) -> None:
    copy.change("forecast_questions", lambda row: row["id"] == "icbm-test", outcome="")
    assert [one for one in told(copy) if one.startswith("outcome: nothing, though settled says")]


def test_the_lesson_lists_an_open_question_and_does_not_score_it(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: filled(name) for name in ("answer", "predict")}
    ask(copy, opens="2025-11-27")
    monkeypatch.setenv("UPHEAVAL_DATA", str(copy.path))
    spec = show("10.forecast").spec
    assert "13 questions, as they stood on 27 November 2024" in spec["question"]
    assert spec["questions"][-1]["rule"].endswith(" Asked on 27 November 2025.")
    assert "Asked on" not in spec["questions"][0]["rule"]
    end = unseal(spec["sealed"])[-1]
    assert end == {"outcome": None, "happened": "", "why": "", "links": []}
    answer = filled("answer").replace(" One more is still open, and is not counted here.", "")
    assert answer == before["answer"] != filled("answer"), "the scores are those of the others"
    assert "One more question is still open" in filled("predict")
    assert solution().endswith(f"Still open, and not counted: {OPEN['question']}")


def filled(name: str) -> str:
    """All words of an entry of lesson 10, as a reader meets them."""
    return str(computed.filled("10", "prompts" if name == "predict" else "said", name)[0])


def solution() -> str:
    """What the solution of lesson 10 prints, which is code in its notebook."""
    notebook = json.loads((NOTEBOOKS / "10_forecast_it.ipynb").read_text(encoding="utf-8"))
    (source,) = ("".join(one["source"]) for one in notebook["cells"] if "nlargest" in str(one))
    there: dict[str, object] = {}
    exec(source.replace("lesson.Block(", "block = lesson.Block("), there)
    return str(there["lines"][-1])  # type: ignore[index]


def test_the_outcome_of_a_prediction_needs_its_sentence(copy: Copy) -> None:
    rows = [row for row in copy.rows("excerpts") if "outcome" not in row["carries"].split(";")]
    copy.save("excerpts", rows)
    found = [one for one in validate.check(copy.path) if one.file == "quotes.csv"]
    assert found and {one.column for one in found} == {"outcome"}
    assert all("an outcome that no sentence carries" in str(one) for one in found)
