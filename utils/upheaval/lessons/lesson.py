"""What a notebook's cells call: a lesson's header and end, its questions, what it shows.

    from upheaval import lesson
    lesson.begin("02")

Each thing has a name: the number of its lesson and the entry in ``notebooks/words/02.yaml``, as in
``lesson.check("02.delay")``. So a cell runs alone, and says what it holds when it is folded.
"""

from __future__ import annotations

from typing import Any

from ..charts.options import DECISION
from ..facts import tables
from ..widgets import Check, Explorer, FreeResponse, Predict, RecallPrediction
from . import build, computed, timing, words
from .blocks import Block, cards, escaped, events_in_words, paragraphs, references, table
from .errors import explain_errors

__all__ = [
    "Block",
    "about",
    "begin",
    "cards",
    "check",
    "come_back",
    "end",
    "events_in_words",
    "explorer",
    "paragraphs",
    "prompt",
    "recall",
    "references",
    "say",
    "show",
    "table",
]

Json = Any
Explorer.memo_day = DECISION  # evidence is kept for the memo of lesson 11


def about(number: str) -> dict[str, Json]:
    """What lesson ``number`` ("02") says of itself: title, question, minutes, objectives …

    Raises `words.WordsError`, a ``LookupError``, with the lessons that are there.
    """
    return words.load(number).content


def begin(number: str) -> Block:
    """A lesson's header: question, time, objectives, and words to meet, from the glossary."""
    lesson, glossary = about(number), table("glossary").set_index("id")
    together, alone = lesson["minutes"]
    values = {"together": together, "alone": alone}
    values["more"] = timing.minutes(lesson, timing.MORE)
    values["as_of"] = tables.spell(tables.knowledge_as_of())
    said = words.Filler("shared.yaml", values, words.shared()).say
    parts = said("core_and_more")
    terms = [
        (str(glossary.at[word, "term"]), str(glossary.at[word, "definition"]))
        for word in lesson["words"]
    ]
    objectives = "".join(f"<li>{escaped(one)}</li>" for one in lesson["objectives"])
    definitions = "".join(
        f"<dt>{escaped(term)}</dt><dd>{escaped(meaning)}</dd>" for term, meaning in terms
    )
    return Block(
        f'<p class="face-question">{escaped(lesson["question"])}</p><p>{said("minutes")} ·'
        f" {said('knowledge')}</p><p>{parts}</p><p><strong>{said('objectives')}</strong></p>"
        f"<ul>{objectives}</ul><details><summary>{said('words_to_meet')}"
        f" ({len(terms)})</summary><dl>{definitions}</dl></details>",
        "\n".join(
            [
                lesson["question"],
                f"{said('minutes')}; {said('knowledge')}.",
                parts,
                said("objectives"),
                *(f"- {one}" for one in lesson["objectives"]),
                said("words_to_meet"),
                *(f"- {term}: {meaning}" for term, meaning in terms),
            ]
        ),
    )


def end(number: str) -> Block:
    """The key points of a lesson and what comes next."""
    lesson, said = about(number), words.shared()
    points = "".join(f"<li>{escaped(one)}</li>" for one in lesson["key_points"])
    after = f"<p><strong>{said['next']}</strong> {escaped(lesson['next'])}</p>"
    return Block(
        f"<p><strong>{said['key_points']}</strong></p><ul>{points}</ul>{after}",
        "\n".join(
            [
                said["key_points"],
                *(f"- {one}" for one in lesson["key_points"]),
                f"{said['next']} {lesson['next']}",
            ]
        ),
    )


# -- by name ---------------------------------------------------------------------------------------
def check(name: str) -> Check:
    """The question ``name`` ("02.delay"). Raises `words.WordsError` where there is none."""
    return build.check(*_parts(name))


def come_back(name: str) -> Check:
    """The question ``name`` ("02.back-lanes") of an earlier lesson, which comes back here.

    It says which lesson it is from. Raises `words.WordsError` where there is none.
    """
    number, entry = _parts(name)
    said = words.Filler("shared.yaml", {"lesson": number}, words.shared()).say("from_lesson")
    return build.come_back(number, entry, said)


def prompt(name: str) -> Predict | FreeResponse:
    """The prediction or the free text ``name``. Raises `words.WordsError` where there is none."""
    return build.prompt(*_parts(name))


def recall(name: str) -> RecallPrediction:
    """What was predicted under ``name``, again. Raises `words.WordsError` where nothing was."""
    return build.recall(*_parts(name))


def explorer(name: str) -> Explorer:
    """The chart ``name`` with its controls and its tour.

    Raises `words.WordsError` where there is none.
    """
    return build.explorer(*_parts(name))


def show(name: str) -> Json:
    """The cards, the table to fill, the references … of that ``name``.

    Raises `words.WordsError` where there is none.
    """
    return computed.show(*_parts(name))


def say(name: str) -> Block:
    """The sentences ``name``, or the list or table that they are best read in.

    Raises `words.WordsError` where there are none.
    """
    number, entry = _parts(name)
    text = computed.filled(number, "said", entry)[0]["text"]
    if isinstance(text, Block):
        return text
    return paragraphs(*([text] if isinstance(text, str) else text))


def _parts(name: str) -> tuple[str, str]:
    """Lesson and entry of a name such as ``02.delay``."""
    number, _, entry = name.partition(".")
    return number, entry


explain_errors()
