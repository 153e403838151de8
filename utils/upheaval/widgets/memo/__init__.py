"""Memo: a decision paper with numbered evidence.

A check of the memo gives reasons. What a reader does is kept (see `core.storage`). It knows no
topic: words, rows and limits come in by the spec.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..core.persisted import PersistedWidget

Json = Any

#: A memo longer than this is refused, so that one paste cannot make the file of a reader's work
#: unusable.
MOST_LETTERS = 50_000
MOST_EVIDENCE = 60

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATES = [rf"[0-9]{{1,2}} {_MONTH}(?: [0-9]{{4}})?", rf"{_MONTH} [0-9]{{4}}", "(?:19|20)[0-9]{2}"]
_SHARE = re.compile(r"[0-9]+(?= ?(?:%|per ?cent))")


class Memo(PersistedWidget):
    """A memo: fields, evidence with numbers, a check with reasons, a preview, files to take away.

    ``fields`` are ``{"name", "label"}`` with, as wanted, ``help``, ``start`` (its first text),
    ``head`` (stands above the text), ``rows`` (a large box of so many lines) and ``options`` (a
    list to choose from). ``presets`` maps labels of roles to texts of fields. ``picker`` is
    ``{"sources": [[text, address]], "rows": [[id, kind, day public, title, status, [places of
    sources]]]}``. ``rules`` come from `rules`. ``title`` heads the memo, ``foot`` ends it and
    ``file`` names its files. The basket of the other lessons is read from the store. Kept is
    ``{"fields": {name: text}, "evidence": [{"id", "kind", "title", "status", "known",
    "sources"}]}``.
    """

    face = "memo"
    linked_keys = ("evidence",)
    large = ("rows", "sources")

    def __init__(
        self,
        key: str,
        question: str,
        fields: Sequence[Mapping[str, Json]],
        *,
        picker: Mapping[str, Json],
        rules: Mapping[str, Json],
        title: str,
        foot: str,
        file: str = "memo",
        presets: Mapping[str, Mapping[str, str]] | None = None,
        hints: Sequence[str] = (),
    ):
        names = [one["name"] for one in fields]
        super().__init__(
            key,
            question=question,
            title=title,
            foot=foot,
            file=file,
            fields=[dict(one) for one in fields],
            presets=[
                {"label": label, "fields": dict(texts)} for label, texts in (presets or {}).items()
            ],
            rules={**rules, "order": names},
            hints=list(hints),
            **picker,
        )

    def validate(self, value: Json) -> Json:
        """Texts of the fields and pieces of evidence.

        Raises ``ValueError`` with a sentence for anything else.
        """
        fields, evidence = (
            value.get(part) if isinstance(value, dict) else None for part in ("fields", "evidence")
        )
        names = [one["name"] for one in self.spec["fields"]]
        if not isinstance(fields, dict) or not all(
            isinstance(fields.get(name, ""), str) for name in names
        ):
            raise ValueError("Not kept: this is not the text of a memo.")
        if not isinstance(evidence, list) or not all(map(_is_evidence, evidence)):
            raise ValueError("Not kept: this is not a list of evidence.")
        if sum(map(len, fields.values())) > MOST_LETTERS or len(evidence) > MOST_EVIDENCE:
            raise ValueError(
                f"Not kept: a memo has at most {MOST_LETTERS:,} letters and {MOST_EVIDENCE} pieces"
                " of evidence. Make it shorter."
            )
        return {
            "fields": {name: fields.get(name, "") for name in names},
            "evidence": [
                {part: one[part] for part in _PARTS} | {"sources": one["sources"]}
                for one in evidence
            ],
        }

    def lint(self) -> list[dict[str, Json]]:
        """What a careful reader says of the memo that is kept: see `lint`."""
        return lint(self.value or {}, self.spec["rules"])

    def to_text(self) -> str:
        """The question and the parts of the memo, in words."""
        return f"{self.spec['question']}\n" + "\n".join(
            f"– {one['label']}" for one in self.spec["fields"]
        )


#: What is said of each rule that is met and of each that is not; ``{found}`` is what was found.
TEXTS: dict[str, dict[str, str]] = {
    "recommendation": {
        "good": "The recommendation names an option: {found}.",
        "bad": (
            "The recommendation names no option. A reader in a hurry reads only this part: say"
            " which option you recommend, by its name."
        ),
    },
    "cited": {
        "good": "Enough evidence: {found}.",
        "bad": (
            "Too little evidence in the text: {found}. Cite at least three rows of at least two"
            " kinds, so that not all of it can fall at once."
        ),
    },
    "markers": {
        "good": "Every number in square brackets has its row in the list.",
        "bad": "There is no row in your list for {found}. Add the evidence, or mend the number.",
    },
    "counter": {
        "good": "The strongest counter-argument is there ({found}).",
        "bad": (
            "The counter-argument is missing or too short ({found}). Put the best case of those who"
            " disagree; your reader will hear it anyway."
        ),
    },
    "likelihood": {
        "good": "The likelihood stands in a word and in per cent: {found}.",
        "bad": (
            "Say how likely it is that the option does what you expect, in one of the words of ICD"
            " 203 and in per cent, for example “likely (70%)”. Found: {found}."
        ),
    },
    "band": {
        "good": "The word and the number agree: {found}.",
        "bad": (
            "The word and the number do not agree, or one of them is missing. What the word means:"
            " {found}."
        ),
    },
    "confidence": {
        "good": "The confidence is named: {found}.",
        "bad": "Say how good your evidence is: low, moderate or high confidence, and why.",
    },
    "apart": {
        "good": "Likelihood and confidence stand in different sentences.",
        "bad": (
            "Likelihood and confidence share a sentence (“{found} …”). How likely it is and how"
            " good the evidence is are two things: take two sentences."
        ),
    },
    "numbers": {
        "good": "Every number has its citation in the same sentence.",
        "bad": "A number stands without a citation: “{found} …”. Who counted it?",
    },
    "known": {
        "good": "All evidence was public on the day of the memo.",
        "bad": "{found} became public after the day of the memo. You could not have known it then.",
    },
    "status": {
        "good": "Where evidence is less than confirmed, the text says so.",
        "bad": (
            "The text does not tell the status of {found}. Write who claims it, that it is"
            " disputed, or that it is only reported, in the sentence that cites it."
        ),
    },
    "flashpoint": {
        "good": "The flashpoint says what would change the course ({found}).",
        "bad": "Say what would make you change course: “If …, then …” ({found}).",
    },
    "length": {
        "good": "The length is right: {found}, one to two pages.",
        "bad": "The length is {found}. One to two pages are 250 to 900 words.",
    },
}

#: Words in a sentence that tell a reader how well a thing is known, by its status.
STATUS_WORDS = {
    "claimed": [
        "claim",
        "claims",
        "claimed",
        "say",
        "says",
        "said",
        "according to",
        "assert",
        "asserts",
        "estimates",
        "estimated",
    ],
    "disputed": [
        "dispute",
        "disputed",
        "disputes",
        "deny",
        "denies",
        "denied",
        "denial",
        "contested",
    ],
    "reported": ["report", "reports", "reported", "according to", "study", "newspaper"],
    "speculated": [
        "speculated",
        "speculation",
        "expect",
        "expects",
        "expected",
        "may",
        "might",
        "not shown",
    ],
}


def rules(
    options: Sequence[str], day: str, likelihood: Sequence[Mapping[str, Json]], prose: Sequence[str]
) -> dict[str, Json]:
    """The rules of a memo, as `Memo` and `lint` take them.

    ``options`` are names, one of which the recommendation has to name; ``day`` is an ISO day, after
    which what became public is hindsight; ``likelihood`` are bands ``{"terms", "low", "high"}`` in
    per cent; ``prose`` names the fields whose numbers need a citation.
    """
    return {
        "options": list(options),
        "day": day,
        "likelihood": [dict(one) for one in likelihood],
        "prose": list(prose),
        "confidence": ["low confidence", "moderate confidence", "high confidence"],
        "status": STATUS_WORDS,
        "least": {"cited": 3, "kinds": 2, "counter": 15, "flashpoint": 8, "words": 250},
        "most": {"words": 900},
        "texts": TEXTS,
    }


_PARTS = ("id", "kind", "title", "status", "known")


def _is_evidence(one: Json) -> bool:
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(part), str) for part in _PARTS)
        and isinstance(one.get("sources"), list)
        and all(
            isinstance(source, dict)
            and isinstance(source.get("text"), str)
            and isinstance(source.get("url"), str)
            for source in one["sources"]
        )
    )


# -- the rules, the same as in rules.ts ------------------------------------------------------------
def lint(memo: Mapping[str, Json], rules: Mapping[str, Json]) -> list[dict[str, Json]]:
    """What a careful reader says of a memo, ``[{"rule", "ok", "text"}]``, as ``rules["texts"]``.

    ``rules`` come from `rules`, with ``order`` (the names of all fields). A rule never raises: what
    is missing counts as empty.
    """
    fields, evidence = memo.get("fields") or {}, memo.get("evidence") or []
    text = "\n".join(fields.get(name) or "" for name in rules["order"])
    numbers = sorted({number for number in markers(text) if 1 <= number <= len(evidence)})
    draft = {"fields": fields, "evidence": evidence, "text": text, "numbers": numbers}
    found = []
    for rule, texts in rules["texts"].items():
        ok, what = _RULES[rule](draft, rules)
        found.append(
            {
                "rule": rule,
                "ok": ok,
                "text": texts["good" if ok else "bad"].replace("{found}", what),
            }
        )
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text; a marker behind a full stop belongs to the sentence before it."""
    joined = re.sub(r"([.!?])[ \t]*((?:\[[0-9]+\])+)", r"\2\1", text)
    parts = re.split(r"(?<=[.!?])(?<![A-Z]\.)[ \t]+|[\n\r]+", joined)
    return [part.strip(" \t") for part in parts if part.strip(" \t")]


def markers(text: str) -> list[int]:
    """The numbers of the markers [1], [2] … in a text."""
    return [int(number) for number in re.findall(r"\[([0-9]{1,3})\]", text)]


def _words(text: str) -> list[str]:
    return re.findall(r"[^ \t\n\r]+", text)


def _opening(text: str) -> str:
    return " ".join(_words(text)[:8])


def _found(text: str, terms: Sequence[str]) -> list[str]:
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.findall(
        rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])", text.lower()
    )


def _bare(sentence: str) -> str:
    """A sentence without markers and dates."""
    rest = re.sub(r"\[[0-9]+\]", " ", sentence)
    for one in _DATES:
        rest = re.sub(rf"\b{one}\b", " ", rest, flags=re.ASCII)
    return rest


def _recommendation(draft: Json, rules: Json) -> tuple[bool, str]:
    text = draft["fields"].get("recommendation") or ""
    named = [name for name in rules["options"] if _found(text, [name.lower()])]
    return bool(named), ", ".join(named)


def _cited(draft: Json, rules: Json) -> tuple[bool, str]:
    kinds = {draft["evidence"][number - 1]["kind"] for number in draft["numbers"]}
    count = len(draft["numbers"])
    return (
        count >= rules["least"]["cited"] and len(kinds) >= rules["least"]["kinds"],
        f"{count} cited, {len(kinds)} kinds",
    )


def _markers(draft: Json, rules: Json) -> tuple[bool, str]:
    stray = dict.fromkeys(
        one for one in markers(draft["text"]) if not 1 <= one <= len(draft["evidence"])
    )
    return not stray, ", ".join(f"[{one}]" for one in stray)


def _counter(draft: Json, rules: Json) -> tuple[bool, str]:
    count = len(_words(draft["fields"].get("counter") or ""))
    return count >= rules["least"]["counter"], f"{count} words"


def _terms(rules: Json) -> list[str]:
    return [term for band in rules["likelihood"] for term in band["terms"]]


def _likelihood(draft: Json, rules: Json) -> tuple[bool, str]:
    text = draft["fields"].get("likelihood") or ""
    terms, shares = _found(text, _terms(rules)), _SHARE.findall(text)
    return bool(terms and shares), ", ".join([*terms, *(f"{share}%" for share in shares)])


def _band(draft: Json, rules: Json) -> tuple[bool, str]:
    text = draft["fields"].get("likelihood") or ""
    terms, shares = _found(text, _terms(rules)), [int(share) for share in _SHARE.findall(text)]
    bands = [band for band in rules["likelihood"] if set(band["terms"]) & set(terms)]
    fits = all(band["low"] <= share <= band["high"] for band in bands for share in shares)
    return (
        bool(bands and shares and fits),
        ", ".join(f"{band['terms'][0]} {band['low']}–{band['high']}%" for band in bands),
    )


def _confidence(draft: Json, rules: Json) -> tuple[bool, str]:
    found = _found(draft["fields"].get("confidence") or "", rules["confidence"])
    return bool(found), ", ".join(found)


def _apart(draft: Json, rules: Json) -> tuple[bool, str]:
    mixed = [
        one
        for one in sentences(draft["text"])
        if _found(one, ["confidence", "confident"]) and _found(one, _terms(rules))
    ]
    return not mixed, _opening(mixed[0]) if mixed else ""


def _numbers(draft: Json, rules: Json) -> tuple[bool, str]:
    prose = [one for name in rules["prose"] for one in sentences(draft["fields"].get(name) or "")]
    bare = [one for one in prose if re.search("[0-9]", _bare(one)) and not markers(one)]
    return not bare, _opening(bare[0]) if bare else ""


def _known(draft: Json, rules: Json) -> tuple[bool, str]:
    late = [
        number
        for number in draft["numbers"]
        if draft["evidence"][number - 1]["known"] > rules["day"]
    ]
    return not late, ", ".join(f"[{number}]" for number in late)


def _status(draft: Json, rules: Json) -> tuple[bool, str]:
    silent = []
    for number in draft["numbers"]:
        status = draft["evidence"][number - 1]["status"]
        words = rules["status"].get(status)
        told = words and any(
            number in markers(one) and _found(one, words) for one in sentences(draft["text"])
        )
        if words and not told:
            silent.append(f"[{number}] {status}")
    return not silent, ", ".join(silent)


def _flashpoint(draft: Json, rules: Json) -> tuple[bool, str]:
    text = draft["fields"].get("flashpoint") or ""
    count = len(_words(text))
    named = _found(text, ["if", "when", "once", "unless"])
    return count >= rules["least"]["flashpoint"] and bool(named), f"{count} words"


def _length(draft: Json, rules: Json) -> tuple[bool, str]:
    count = len(_words(draft["text"]))
    return rules["least"]["words"] <= count <= rules["most"]["words"], f"{count} words"


_RULES = {
    "recommendation": _recommendation,
    "cited": _cited,
    "markers": _markers,
    "counter": _counter,
    "likelihood": _likelihood,
    "band": _band,
    "confidence": _confidence,
    "apart": _apart,
    "numbers": _numbers,
    "known": _known,
    "status": _status,
    "flashpoint": _flashpoint,
    "length": _length,
}
