"""Texts as bytes in which a word that occurs often takes one byte or two.

deflate, which comes after, sees such a word as one sign. So its 32 kB reach further, and signs are
what it is best at: a word-replacing transform, as in Skibiński, Grabowski and Deorowicz,
"Revisiting dictionary-based compression", Software: Practice and Experience 35 (2005).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from .leb128 import number_in, number_of

#: A byte that ends a text, and one before any character that is neither ASCII nor a word, or is one
#: of these two: three bytes with its number in Unicode follow.
END, CHARACTER = 0, 1
#: From here on bytes mean words: so many of one byte, the others of two.
FIRST, SHORT = 128, 110
#: How many words there may be.
MOST = SHORT + (256 - FIRST - SHORT) * 256
#: A word with the space before it; anything else is taken sign by sign.
_TOKEN = re.compile(r" ?[^\W\d_]+|\d+|.", re.DOTALL)
#: A word that occurs less often costs more in the list of words than it saves.
OFTEN = 5
#: The words of an address are parted by hyphens. With spaces in their place they are the same words
#: as those of the title that the address is made of.
ADDRESS = "http"
_SWAPPED = str.maketrans("- ", " -")


def coded(texts: Iterable[str]) -> bytes:
    """`texts` as bytes; `decoded` is the way back, and ``word_codes.ts``."""
    parted = [_TOKEN.findall(_swapped(text)) for text in texts]
    words = _words(Counter(token for tokens in parted for token in tokens))
    codes = {word: _code(index) for index, word in enumerate(words)}
    listed = "\n".join(words).encode()
    out = bytearray(number_in(len(listed)) + listed)
    for tokens in parted:
        for token in tokens:
            out += codes.get(token) or b"".join(map(_spelt, token))
        out.append(END)
    return bytes(out)


def decoded(data: bytes) -> list[str]:
    """The texts that `coded` was given."""
    length, at = number_of(data, 0)
    words = data[at : at + length].decode().split("\n")
    texts, text = [], ""
    at += length
    while at < len(data):
        byte, at = data[at], at + 1
        if byte == END:
            texts.append(_swapped(text))
            text = ""
        elif byte == CHARACTER:
            text, at = text + chr(int.from_bytes(data[at : at + 3], "big")), at + 3
        elif byte < FIRST:
            text += chr(byte)
        elif byte < FIRST + SHORT:
            text += words[byte - FIRST]
        else:
            text += words[SHORT + (byte - FIRST - SHORT) * 256 + data[at]]
            at += 1
    return texts


def _words(counts: Counter[str]) -> list[str]:
    """The words that get codes: the most frequent, which are short, and others as in a dictionary.

    In a list in that order neighbours begin alike, which deflate takes once.
    """
    worth = [
        word
        for word, count in counts.items()
        if count >= OFTEN and count * (len(word.encode()) - 1.5) > len(word) + 1
    ]
    worth.sort(key=lambda word: (-counts[word], word))
    return worth[:SHORT] + sorted(worth[SHORT:MOST])


def _code(index: int) -> bytes:
    if index < SHORT:
        return bytes([FIRST + index])
    lead, rest = divmod(index - SHORT, 256)
    return bytes([FIRST + SHORT + lead, rest])


def _spelt(letter: str) -> bytes:
    number = ord(letter)
    plain = CHARACTER < number < FIRST
    return bytes([number]) if plain else bytes([CHARACTER]) + number.to_bytes(3, "big")


def _swapped(text: str) -> str:
    return text.translate(_SWAPPED) if text.startswith(ADDRESS) else text
