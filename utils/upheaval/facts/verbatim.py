"""Quoted words, held against the sentences that carry them: not one word may differ.

Sentences of other pages may have other words (another translation): every word of the cell stands
in one of them, or where one leaves something out; and one of them has no word more, inside, than
the cell has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

COLUMNS = frozenset({("quotes", "text"), ("treaty_clauses", "excerpt")})
"""The columns whose words are those of somebody else."""
_CUT = "…"
_MARKS = (
    (re.compile(r"\[[^\]]{0,25}\]|…"), f" {_CUT} "),
    (re.compile(r"(?<=\b\w)\.(?=\w)|[’'‘]"), ""),
)
_WORD = re.compile(rf"{_CUT}|[^\W_]+")
_MOST = 50_000
"""Pairs of like words in two texts; a page of prose has some thousands, and these take seconds."""


@lru_cache(maxsize=2048)
def unsaid(cell: str, sentences: tuple[str, ...], notes: tuple[str, ...]) -> str:
    """The first words of a quotation that no sentence says; or that all have and it lacks.

    `notes` may say words that were cut from a sentence for its length. Empty: all is said.
    """
    words = _words(cell)
    left = {at for at, word in enumerate(words) if word != _CUT}
    lacking = []
    for sentence in sentences:
        said, lacks = _compared(words, _words(sentence))
        left -= said
        lacking.append(lacks)
    for note in notes:
        left -= _compared(words, _words(note))[0]
    if left:
        run = [at for at in range(min(left), len(words)) if at in left and at - min(left) < 4]
        return " ".join(words[at] for at in run)
    return "" if not all(lacking) else f"… {lacking[0]} …"


def _words(text: str) -> list[str]:
    for pattern, plain in _MARKS:
        text = pattern.sub(plain, text)
    return _WORD.findall(text.casefold())


def _compared(words: Sequence[str], said: Sequence[str]) -> tuple[set[int], str]:
    """The places of the words that a sentence says, or leaves out; and what it has besides them."""
    if words == said:
        return set(range(len(words))), ""
    often = Counter(said)
    if sum(often[word] for word in words) > _MOST:  # the same few words, again and again
        return set(), ""
    found: set[int] = set()
    besides = ""
    steps = SequenceMatcher(None, words, said, autojunk=False).get_opcodes()
    for nth, (kind, start, end, first, last) in enumerate(steps):
        own = [one for one in said[first:last] if one != _CUT]
        if kind == "equal":
            found |= set(range(start, end)) if end - start > 1 or len(words) < 3 else set()
        elif not own and _CUT in said[max(first - 1, 0) : last + 1]:
            found |= set(range(start, end))
        elif own and 0 < nth < len(steps) - 1 and _CUT not in words[max(start - 1, 0) : end + 1]:
            besides = besides or " ".join(own)
    return found, besides
