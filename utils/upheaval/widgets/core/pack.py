"""States packed for a page: as columns and words, deflated, in base 85; and JSON for a script."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

from . import columns, word_codes

Json = Any

#: What `pack` writes with: 85 signs that mean nothing in a script, in JSON or in Markdown. Five of
#: them hold what takes base64 five and a third.
DIGITS = b"!#%()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz|~"
#: The signs that Python writes base 85 with, in their order.
_PYTHONS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"


def pack(states: Json) -> str:
    """`states` (plain JSON) as text of few characters; `unpack` is the way back.

    So is ``unpack.ts``. deflate alone looks back 32 kB only, less than one state of a large chart,
    and knows neither that a part stood there before nor what a word is. `columns` and `word_codes`
    do: with them before it, a page grows with what differs between its states and not with their
    number. The same states make the same text, as long as zlib is the same. A tuple is a list.
    """
    numbers, texts = columns.written(states)
    packer = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    squeezed = packer.compress(columns.in_bytes(numbers) + word_codes.coded(texts))
    squeezed += packer.flush()
    return base64.b85encode(squeezed).translate(bytes.maketrans(_PYTHONS, DIGITS)).decode()


def unpack(packed: str) -> Json:
    """The states that `pack` was given; what they share is one object."""
    squeezed = base64.b85decode(packed.encode().translate(bytes.maketrans(DIGITS, _PYTHONS)))
    plain = zlib.decompress(squeezed, wbits=-zlib.MAX_WBITS)
    numbers, end = columns.from_bytes(plain)
    return columns.read(numbers, word_codes.decoded(plain[end:]))


def script_json(value: Json) -> str:
    """`value` as JSON for a ``<script>`` element: no ``<``, so no data can end it."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
