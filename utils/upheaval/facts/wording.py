"""Lists and numbers as sentences and tables have them."""

from __future__ import annotations

from ..phrases import LONGEST
from ..phrases import listed as listed

#: What the five words of status mean: the one place that says it. Whatever else says it (the
#: schema, the glossary, lesson 00, the site, the rules for a new row) is held to it by a test.
STATUSES = {
    "confirmed": "acknowledged by the actor itself, or by several independent governments while"
    " no party with standing denies it",
    "claimed": "asserted by one side",
    "disputed": "denied by a party with standing, one that it is about and that must know: the"
    " weaker word, which holds however many others assert it",
    "reported": "by the press or a think tank only",
    "speculated": "expected, nothing shown",
}


def fitting(head: str, *tails: str, most: int = LONGEST) -> str:
    """A title: its head, and of the tails, in their order, what there is room for.

    What a title has no room for stands in the description of its chart.
    """
    for tail in tails:
        if len(head) + len(tail) > most:
            return head
        head += tail
    return head


def inside_quotes(text: str) -> str:
    """`text` for use inside quotation marks: its own become single ones."""
    return text.replace("“", "‘").replace("”", "’")


def whole(value: float) -> float:
    """The value, as a whole number where it is one: so a page and Python write it alike."""
    return int(value) if value == int(value) else float(value)


def of_them(count: int) -> str:
    """How many of several, at the beginning of a sentence: `None`, `One`, `3`."""
    return {0: "None", 1: "One"}.get(count, str(count))


def counted(count: int, what: str) -> str:
    """A count with its noun: `1 more row`, `3 more rows`."""
    return f"{count} {what}{'' if count == 1 else 's'}"
