"""Questions in GIFT, the text form that Moodle imports.

The form is told by Moodle's documentation and read by its importer (``question/format/gift``): a
name between double colons, the question, then its answers in curly brackets. A reason stands after
a ``#``; ``=`` is a right answer, ``~`` a wrong one. Blank lines part questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..own_files import CATEGORY
from .questions import Choice, Lesson, Match, Number, Question

#: Where the numbers begin that are too little: the form has no sign for "less than".
LEAST = "-1000000000000"
#: What means something in GIFT, and is written with a backslash where it is meant as itself.
_SPECIAL = re.compile(r"([\\~=#{}:])")


def text(lessons: Iterable[Lesson]) -> str:
    """One file for all lessons, a category for each, and in it one for what comes back later."""
    parts = []
    for bank in (bank for lesson in lessons for bank in lesson.banks):
        within = "/".join(one.replace("/", "-") for one in bank.titles)
        parts.append(f"{CATEGORY}{within}")
        parts += map(_question, bank.questions)
    return "\n\n".join(parts) + "\n"


def escaped(words: str) -> str:
    """Words as themselves, in one line. An arrow (``->``) would part a pair, and cannot be kept."""
    kept = words.strip().replace("->", "→")
    return re.sub(r"\s*\n\s*", r"\\n", _SPECIAL.sub(r"\\\1", kept))


def _question(question: Question) -> str:
    head = f"::{escaped(question.name)}::[markdown]{escaped(question.text)} {{"
    if isinstance(question, Choice):
        lines = [
            f"{'=' if one.right else '~'}{escaped(one.text)}#{escaped(one.why)}"
            for one in question.answers
        ]
    elif isinstance(question, Number):
        lines = _number(question)
    else:
        lines = _match(question)
    return "\n".join([head, *(f"  {line}" for line in lines), "}"])


def _number(question: Number) -> list[str]:
    """Moodle takes the first answer that fits: the right one, the slips, what is too little."""
    lines = [f"#={question.low:.15g}..{question.high:.15g}#{escaped(question.why)}"]
    lines += [
        f"=%0%{slip.low:.15g}..{slip.high:.15g}#{escaped(slip.why)}" for slip in question.slips
    ]
    if question.below:
        lines.append(f"=%0%{LEAST}..{question.low:.15g}#{escaped(question.below)}")
    return lines + ([f"~#{escaped(question.above)}"] if question.above else [])


def _match(question: Match) -> list[str]:
    """Each text with the first option that is right; an option of no text stands alone.

    Moodle has one right answer a text, and no reason for a wrong one: reasons and second right
    answers stand in the general feedback.
    """
    lines = [
        f"={escaped(pair.text)} -> {escaped(question.options[pair.right[0]])}"
        for pair in question.pairs
    ]
    used = {pair.right[0] for pair in question.pairs}
    lines += [f"= -> {escaped(one)}" for key, one in question.options.items() if key not in used]
    reasons = [
        f"{pair.text} {' or '.join(question.options[one] for one in pair.right)}: "
        f"{' '.join(pair.why[one] for one in pair.right)}"
        for pair in question.pairs
    ]
    return [*lines, f"####{escaped(' '.join(reasons))}"]
