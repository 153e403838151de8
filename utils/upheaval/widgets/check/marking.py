"""How an answer is read and marked: pure functions, with their twins in ``rules.ts``.

`tests/browser/test_rules.py` holds the two equal over the same odd answers.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

Json = Any

SUFFIX = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
# Groups of three ("3,000", "3 000", "3.000", "3'000"), or digits with a decimal point or comma;
# then a size. Spaces are listed because \s means other characters in JavaScript than in Python.
_NUMBER = re.compile(
    r"([1-9][0-9]{0,2}(?:[,.' \u2019\u00a0\u202f_][0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)?)"
    r"(?:[ \t\r\n]*(k|thousand|mn|million|m|bn|billion)(?![a-z]))?"
)


def read_number(text: object) -> tuple[float, float] | None:
    """The number or range that a reader wrote, as (low, high); ``None`` if it is neither.

    Takes "3000", "3,000", "3 000", "about 3.000", "10–12k", "10 to 12 thousand", digits of any
    script. Never raises.
    """
    if isinstance(text, bool) or text is None:
        return None
    ascii_digits = "".join(
        str(unicodedata.decimal(one)) if unicodedata.decimal(one, None) is not None else one
        for one in unicodedata.normalize("NFKC", str(text)).lower()
    )
    if "\u2044" in ascii_digits:  # a fraction sign: "½" is no count
        return None
    found = _NUMBER.findall(ascii_digits)
    if not 1 <= len(found) <= 2:
        return None
    values, sizes = [], [SUFFIX.get(size, 1.0) for _, size in found]
    if len(found) == 2 and not found[0][1] and _value(found[0][0]) < 1000:
        sizes[0] = sizes[1]  # "10–12k" means thousands twice
    for (digits, _), size in zip(found, sizes, strict=True):
        values.append(_value(digits) * size)
    if re.match(r"[ \t\r\n]*[-\u2212][0-9]", ascii_digits):
        values[0] = -values[0]
    return min(values), max(values)


def _value(digits: str) -> float:
    grouped = re.fullmatch(r"[1-9][0-9]{0,2}(?:[,.' \u2019\u00a0\u202f_][0-9]{3})+", digits)
    return float(re.sub(r"[^0-9]", "", digits) if grouped else digits.replace(",", "."))


def mark(key: Mapping[str, Json], answer: Json) -> dict[str, Json]:
    """The verdict: ``{"right": True | False | None, "text", "rules": [{"ok", "text"}, …]}``.

    ``right`` is ``None`` when there is nothing to mark yet (no answer, or one that cannot be read).
    ``key`` is a check's key: see `check`. Never raises on an answer of any kind.
    """
    kinds = {"choice": _choice, "number": _number, "selection": _selection}
    return {"rules": [], **kinds[key["type"]](key, answer)}


def _choice(key: Mapping[str, Json], answer: Json) -> dict[str, Json]:
    why = key["why"]
    if isinstance(answer, bool) or not isinstance(answer, int) or not 0 <= answer < len(why):
        return {"right": None, "text": "Choose an answer first."}
    return {"right": answer in key["right"], "text": why[answer]}


def _number(key: Mapping[str, Json], answer: Json) -> dict[str, Json]:
    got = read_number(answer)
    if got is None:
        return {"right": None, "text": key["unread"]}
    low, high = got
    if key["low"][0] <= low <= key["low"][1] and key["high"][0] <= high <= key["high"][1]:
        return {"right": True, "text": key["why"]}
    for mistake in key["mistakes"]:
        if mistake["low"] <= low and high <= mistake["high"]:
            return {"right": False, "text": mistake["why"]}
    if low < key["low"][0] or high < key["high"][0]:
        return {"right": False, "text": key["below"]}
    return {"right": False, "text": key["above"]}


def _selection(key: Mapping[str, Json], answer: Json) -> dict[str, Json]:
    given = answer if isinstance(answer, list) else []
    slots = [one if _is_option(one, key["options"]) else None for one in given]
    picks = [one for one in slots if one is not None]
    if not picks:
        return {"right": None, "text": "Choose first."}
    rules = [
        (
            _matched(rule, slots)
            if rule["kind"] == "match"
            else {"ok": ok, "text": rule["good"] if ok else rule["why"]}
        )
        for rule in key["rules"]
        for ok in [rule["kind"] != "match" and _meets(key, rule, picks)]
    ]
    done = all(rule["ok"] for rule in rules)
    return {"right": done, "rules": rules, "text": key["done"] if done else key["not_yet"]}


def _is_option(one: Json, options: int) -> bool:
    return isinstance(one, int) and not isinstance(one, bool) and 0 <= one < options


def _matched(rule: Mapping[str, Json], slots: list[int | None]) -> dict[str, Json]:
    """The verdict on a slot with a right answer of its own; every option has its own reason."""
    pick = slots[rule["slot"]] if rule["slot"] < len(slots) else None
    if pick is None:
        return {"ok": False, "text": f"{rule['label']}: not chosen yet."}
    return {"ok": pick in rule["value"], "text": f"{rule['label']}: {rule['why'][pick]}"}


def _meets(key: Mapping[str, Json], rule: Mapping[str, Json], picks: list[int]) -> bool:
    kind, value = rule["kind"], rule["value"]
    if kind == "count":
        return len(picks) == value and len(set(picks)) == value
    cells = [key["columns"][rule["column"]][pick] for pick in picks]
    if kind == "ordered":
        return all(one <= other for one, other in itertools.pairwise(cells))
    if kind == "lte":
        return all(one <= value for one in cells)
    held = [one for cell in cells for one in (cell if isinstance(cell, list) else [cell])]
    if kind == "distinct":
        return len(set(held)) >= value
    return all(one in held for one in value)  # "includes"


def attempted(before: Json, answer: Json, right: bool) -> dict[str, Json]:
    """What to keep of one more ``answer`` after ``before`` (``None``, or what a file had)."""
    tries = before.get("tries") if isinstance(before, dict) else None
    counted = tries if isinstance(tries, int) and not isinstance(tries, bool) else 0
    return {"answer": answer, "right": right, "tries": counted + 1}
