"""Memo: a decision paper with numbered evidence.

What a reader does is kept (see `core.storage`). What the check says of it is computed where the
reader is, by ``rules.ts``; here stand its laws and its sentences. It knows no topic: words, rows
and limits come in by the spec.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict

from ..core import storage
from ..core.base import BaseWidget
from ..core.persisted import PersistedWidget
from ..core.protocol import FileHead, Link, SaysInMemo

#: A memo longer than this is refused, so that one paste cannot make the file of a reader's work
#: unusable.
MOST_LETTERS = 50_000
MOST_EVIDENCE = 60


# -- what goes in, and what is kept: the same in core/protocol.ts ----------------------------------
class MemoFieldSpec(TypedDict):
    """A field of a memo.

    ``help`` explains it, ``start`` is its first text; one with ``head`` stands above the text, one
    with ``rows`` is a large box of so many lines, one with ``options`` a list to choose from.
    """

    name: str
    label: str
    help: NotRequired[str]
    start: NotRequired[str]
    head: NotRequired[bool]
    rows: NotRequired[int]
    options: NotRequired[list[str]]


class Evidence(TypedDict):
    """A piece of evidence: ``known`` is the ISO day on which it was public.

    ``says`` is what a source says of it, where it was kept under a chart of rows.
    """

    id: str
    kind: str
    title: str
    status: str
    known: str
    sources: list[Link]
    says: NotRequired[SaysInMemo]


class KeptMemo(TypedDict):
    """What is kept of a memo: texts by the names of their fields, and the evidence in its order."""

    fields: dict[str, str]
    evidence: list[Evidence]


class TermBand(TypedDict):
    """Words for a likelihood, and the percentages they stand for."""

    terms: list[str]
    low: float
    high: float


class MemoRules(TypedDict):
    """The laws of a memo, from `rules`.

    ``texts`` is what is said of a rule that is met and of one that is not, ``{"good", "bad"}``;
    ``order`` names all fields. ``rivals`` are names of whom a writer may want to hurt, and does not
    want to help; ``attributes`` words that may stand between a number and what it counts.
    """

    options: list[str]
    day: str
    likelihood: list[TermBand]
    prose: list[str]
    rivals: list[str]
    attributes: list[str]
    confidence: list[str]
    status: dict[str, list[str]]
    least: dict[str, int]
    most: dict[str, int]
    texts: dict[str, dict[str, str]]
    order: list[str]


#: A row that can be evidence: id, kind, day public, title, status, numbers of its sources.
PickerRow = tuple[str, str, str, str, str, list[int]]


class Picker(TypedDict):
    """What can be evidence, and all its sources, as texts with addresses.

    ``since`` is the ISO day from which all rows are there; those from before were chosen. ``says``
    has, by the id of a row, what a source says of it; also of rows that are kept elsewhere.
    """

    since: NotRequired[str]
    rows: list[PickerRow]
    sources: list[tuple[str, str]]
    says: dict[str, SaysInMemo]


class MemoPreset(TypedDict):
    """Texts to start from."""

    label: str
    fields: dict[str, str]


class MemoSpec(Picker):
    """What the face of a memo is told."""

    question: str
    head: FileHead
    title: str
    foot: str
    file: str
    fields: list[MemoFieldSpec]
    presets: list[MemoPreset]
    rules: MemoRules
    hints: list[str]


class SampleSpec(TypedDict):
    """What the face of a finished memo is told."""

    kind: Literal["memo"]
    question: str
    sample: KeptMemo
    rules: MemoRules


# -- the widgets -----------------------------------------------------------------------------------


class Memo(PersistedWidget):
    """A memo: fields, evidence with numbers, a check with reasons, a preview, files to take away.

    ``presets`` maps labels of roles to texts of fields. ``rules`` come from `rules`. ``title``
    heads the memo, ``foot`` ends it and ``file`` names its files. The basket of the other lessons
    is read from the store. Kept is a `KeptMemo`, or ``None``.
    """

    face = "memo"
    linked_keys = ("evidence", storage.SIGN)
    large = ("rows", "sources", "says")

    def __init__(
        self,
        storage_key: str,
        question: str,
        fields: Sequence[MemoFieldSpec],
        *,
        picker: Picker,
        rules: MemoRules,
        title: str,
        foot: str,
        file: str = "memo",
        presets: Mapping[str, Mapping[str, str]] | None = None,
        hints: Sequence[str] = (),
    ):
        spec: MemoSpec = {
            "question": question,
            "head": storage.head(),
            "title": title,
            "foot": foot,
            "file": file,
            "fields": list(fields),
            "presets": [
                {"label": label, "fields": dict(texts)} for label, texts in (presets or {}).items()
            ],
            "rules": {**rules, "order": [one["name"] for one in fields]},
            "hints": list(hints),
            **picker,
        }
        super().__init__(storage_key, **spec)
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        if answer := storage.on_evidence(message):
            self.send(answer)

    def validate(self, value: object) -> KeptMemo:
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
            raise ValueError("Not kept: this is not the text of a memo. Write it again.")
        if not isinstance(evidence, list) or not all(map(_is_evidence, evidence)):
            raise ValueError("Not kept: this is not a list of evidence. Choose it again.")
        if sum(map(len, fields.values())) > MOST_LETTERS or len(evidence) > MOST_EVIDENCE:
            raise ValueError(
                f"Not kept: a memo has at most {MOST_LETTERS:,} letters and {MOST_EVIDENCE} pieces"
                " of evidence. Make it shorter."
            )
        return {
            "fields": {name: fields.get(name, "") for name in names},
            "evidence": [_evidence(one) for one in evidence],
        }

    def question_in_words(self) -> str:
        """The question alone: each field stands with its text."""
        return str(self.spec["question"])

    def answer_in_words(self, value: KeptMemo) -> list[str]:
        """The memo: its fields, and its evidence by number."""
        fields = [
            f"{one['label']}: {value['fields'].get(one['name'], '')}" for one in self.spec["fields"]
        ]
        evidence = [f"[{at}] {one['title']}" for at, one in enumerate(value["evidence"], 1)]
        return fields + evidence

    def to_text(self) -> str:
        """The question and the parts of the memo, in words."""
        return f"{self.spec['question']}\n" + "\n".join(
            f"– {one['label']}" for one in self.spec["fields"]
        )


class SampleMemo(BaseWidget):
    """A finished memo, its evidence by number, and what the rules say of it; nothing is kept.

    ``label`` names it for a screen reader; ``fields`` are its texts by the names of their fields;
    ``rules`` come from `rules`.
    """

    face = "memo"

    def __init__(
        self, label: str, fields: Mapping[str, str], evidence: Iterable[Evidence], rules: MemoRules
    ):
        spec: SampleSpec = {
            "kind": "memo",
            "question": label,
            "sample": {"fields": {**fields}, "evidence": [*evidence]},
            "rules": {**rules, "order": list(fields)},
        }
        super().__init__(spec=spec)

    def to_text(self) -> str:
        """The texts and the titles of the evidence; what is said of them needs the face."""
        sample: KeptMemo = self.spec["sample"]
        titles = (f"[{at}] {one['title']}" for at, one in enumerate(sample["evidence"], 1))
        return "\n\n".join([*sample["fields"].values(), *titles])


# -- the laws --------------------------------------------------------------------------------------
#: What is said of each rule that is met and of each that is not; ``{found}`` is what was found.
TEXTS: dict[str, dict[str, str]] = {
    "recommendation": {
        "good": "The recommendation names an option: {found}.",
        "bad": (
            "The recommendation names more than one option: {found}. A reader in a hurry reads only"
            " this part: say which one you recommend, and of the others that you do not."
        ),
        "refused": (
            "The recommendation names no option that it is for: it refuses {found}, or only talks"
            " of it. Say which one you recommend, by its name."
        ),
        "none": (
            "The recommendation names no option. A reader in a hurry reads only this part: say"
            " which one you recommend, by its name."
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
        "bad": "There is no row in your list for {found}. Add the evidence, or correct the number.",
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
            "The word and the number do not agree, or one of them is missing: {found}. Take the"
            " word of the number, or a number in the band of the word."
        ),
    },
    "confidence": {
        "good": "The confidence is named: {found}.",
        "bad": "Say how good your evidence is: low, moderate or high confidence, and why.",
        "refused": (
            "No confidence of your own is named: {found}. Say how good your evidence is, as in “We"
            " have moderate confidence in this, because …”."
        ),
    },
    "apart": {
        "good": "Likelihood and confidence stand in different sentences.",
        "bad": (
            "Likelihood and confidence share a sentence: {found}. How likely it is and how good the"
            " evidence is are two things: take two sentences."
        ),
    },
    "numbers": {
        "good": "Every number has its citation in the same sentence.",
        "bad": (
            "A number stands without a citation: {found}. Who counted it? Put the number of the row"
            " behind it, in square brackets."
        ),
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

#: Words by which a sentence says whose word a thing is; "…" stands for some words of its clause.
_SAID = (
    "claim, claims, claimed, claiming, allegedly, alleged, alleges, told, say, says, said,"
    " saying, according to, assert, asserts, asserted, estimate, estimates, estimated, insists,"
    " insisted, announces, announced, declares, declared, argues, argued, speak of, speaks of,"
    " spoke of, in the words of, in the view of, in … account, maintains, maintained, holds that,"
    " believes, believed, puts … number at, puts it at, put … number at, put it at, reports that,"
    " reported that, by … count, as … put it, as … puts it, in … telling"
)
_REPORTED = (
    "report, reports, reported, reportedly, reporting, study, studies, newspaper, newspapers,"
    " wrote, writes, journalists, think tank, think tanks, the press, found by, researchers, found"
    " that, finds that, investigation, investigations"
)
_DISPUTED = (
    "dispute, disputed, disputes, disputing, deny, denies, denied, denying, denial, denials,"
    " contest, contests, contested, rejects, rejected, untrue, contradict, contradicts,"
    " contradicted, disagree, disagrees, disagreed, doubts, doubted, says … none, dismiss … as,"
    " dismisses … as, dismissed … as, dismissed it, dismisses it, refute, refutes, refuted,"
    " refuting, fabricated, fabrication, disinformation, hoax, called … rumour, called … rumor,"
    " called … lie, called … false, called … fake, calls … rumour, calls … rumor, calls … lie,"
    " calls … false, calls … fake"
)
#: Words by which it says that nobody has shown it.
_UNSHOWN = (
    "unconfirmed, unverified, unproven, not shown, not confirmed, not verified, not proven, not …"
    " confirmed, not … verified, not … checked, cannot be … checked, cannot be … confirmed, cannot"
    " be … verified, perhaps, maybe, rumour, rumours, rumoured, rumor, rumors, rumored, if … true,"
    " if … right, if … correct, unclear, uncertain, supposedly, nobody … confirmed, no one …"
    " confirmed"
)
_SPECULATED = (
    "speculate, speculates, speculated, speculation, speculative, possible, possibly, expect,"
    " expects, expected, may, might, could, guess, guesses, guessed, suspect, suspects, suspected,"
    " assume, assumes, assumed, presumably, probably, likely, conceivably, seems, appears,"
    " believe, believes, believed, it is feared, feared that, fear that, fears that, fearing that,"
    " anticipate, anticipates, anticipated, it is thought, think that, thinks that, thought to"
)


def _words(*lists: str) -> list[str]:
    return [word for one in lists for word in one.split(", ")]


#: Words in a sentence that tell a reader how well a thing is known, by its status.
STATUS_WORDS = {
    "claimed": _words(_SAID, _UNSHOWN),
    "disputed": _words(_DISPUTED),
    "reported": _words(_REPORTED, _SAID, _UNSHOWN),
    "speculated": _words(_SPECULATED, _UNSHOWN),
}


def rules(
    options: Sequence[str],
    day: str,
    likelihood: Sequence[TermBand],
    prose: Sequence[str],
    *,
    rivals: Sequence[str] = (),
    attributes: Sequence[str] = (),
) -> MemoRules:
    """The rules of a memo, as `Memo` takes them.

    ``options`` are names, one of which the recommendation has to name; ``day`` is an ISO day, after
    which what became public is hindsight; ``likelihood`` are bands in per cent; ``prose`` names the
    fields whose numbers need a citation. ``rivals`` and ``attributes`` are as in `MemoRules`.
    """
    return {
        "options": list(options),
        "day": day,
        "likelihood": list(likelihood),
        "prose": list(prose),
        "rivals": list(rivals),
        "attributes": list(attributes),
        "confidence": ["low confidence", "moderate confidence", "high confidence"],
        "status": STATUS_WORDS,
        "least": {"cited": 3, "kinds": 2, "counter": 15, "flashpoint": 8, "words": 250},
        "most": {"words": 900},
        "texts": TEXTS,
        "order": [],  # the names of the fields, which the widget knows
    }


# -- the shape of what the face sends --------------------------------------------------------------
_PARTS = ("id", "kind", "title", "status", "known")


def _is_evidence(one: object) -> bool:
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


def _evidence(one: Mapping[str, Any]) -> Evidence:
    """A piece of evidence without what does not belong there."""
    kept: Evidence = {
        "id": one["id"],
        "kind": one["kind"],
        "title": one["title"],
        "status": one["status"],
        "known": one["known"],
        "sources": one["sources"],
    }
    match one.get("says"):
        case [str(), str(), str()] as says:
            kept["says"] = says
    return kept
