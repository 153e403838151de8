"""What goes over the wire between a widget's face and Python, as types.

The same types stand in ``protocol.ts``, which says what each field means;
`tests/widgets/test_protocol.py` compares the two field by field. What a chart is stands in
`upheaval.protocol`.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from ...protocol import Payload

#: The numbers of the options chosen, by control.
Selection = dict[str, int]


class Control(TypedDict):
    """A control of an explorer; one with a column only selects rows."""

    name: str
    label: str
    kind: Literal["dropdown", "radio", "stepper"]
    options: list[str]
    ids: list[str]
    start: int
    column: NotRequired[str]
    rule: NotRequired[Literal["contains", "lte"]]
    values: NotRequired[list[str | None]]
    legacyLabels: NotRequired[dict[str, str]]


class TourStep(TypedDict):
    """A step of a tour through a chart."""

    state: Selection
    says: str
    asks: str


class GuessScale(TypedDict):
    """A scale on which a guess is set."""

    low: float
    high: float
    step: float
    unit: str
    one: NotRequired[str]
    ends: list[float]
    ticks: list[float]
    most: NotRequired[str]
    end: NotRequired[str]


class GhostSpec(TypedDict):
    """Where a guess stands on a chart."""

    storageKey: str
    scale: GuessScale
    options: list[str]
    axis: Literal["x", "y", "track"]
    row: NotRequired[str]
    zero: str | float
    per: float
    state: Selection


class ExplorerSpec(TypedDict):
    """What an explorer's face knows of itself."""

    kind: Literal["explorer"]
    name: str
    controls: list[Control]
    memoDay: NotRequired[str]
    tour: NotRequired[list[TourStep]]
    ghost: NotRequired[GhostSpec]


class ExplorerState(TypedDict):
    """What a kernel answers to a choice: a chart, or a sentence that says why there is none."""

    stateKey: str
    payload: NotRequired[Payload]
    problem: NotRequired[str]
    era: NotRequired[str]
    linked: NotRequired[dict[str, Any]]


class CheckSpec(TypedDict):
    """What every check's face knows of itself; its answers are sealed. Each kind adds its own."""

    kind: Literal["check"]
    type: str
    storageKey: str
    answerKey: str
    question: str
    hints: list[str]


class AnswerKey(TypedDict):
    """The answers to a check, before they are sealed. Each kind adds its own."""

    type: str


class Came(TypedDict):
    """What came of a prediction, and which of its options that is."""

    text: list[str]
    options: list[str]
    right: list[str]
    same: str
    other: str
    folded: str
    scale: NotRequired[GuessScale]
    at: NotRequired[float]


class PromptSpec(TypedDict):
    """What a prompt's face knows of itself."""

    kind: Literal["prompts"]
    type: Literal["predict", "write", "again"]
    storageKey: str
    question: str
    options: NotRequired[list[str]]
    scale: NotRequired[GuessScale]
    fields: NotRequired[list[dict[str, str]]]
    came: NotRequired[Came]


class Writing(TypedDict):
    """Something to write: its storage key, its kind, and labels for the names that are kept."""

    key: str
    kind: str
    question: str
    labels: dict[str, dict[str, str]]


class Part(TypedDict):
    """A part of the collection, as a reader's progress lists it."""

    name: str
    title: str
    checks: list[str]
    url: str
    hood: list[str]
    writings: list[Writing]


class FileHead(TypedDict):
    """What every file begins with that a reader saves: the mark of our files, our version."""

    about: str
    version: str


class PortfolioSpec(TypedDict):
    """What a portfolio's face knows of itself."""

    kind: Literal["portfolio"]
    question: str
    head: FileHead
    parts: NotRequired[list[Part]]


class Edit(TypedDict):
    """A change of what is kept: ``Edit`` in ``protocol.ts``."""

    at: list[str]
    to: NotRequired[Any]
    take: NotRequired[list[Any]]
    add: NotRequired[list[Any]]


class Sureness(TypedDict):
    """How sure a reader said to be, and whether that answer was right."""

    said: str
    right: bool


class Attempt(TypedDict):
    """The last answer to a check, as it is kept."""

    answer: Any
    right: bool
    tries: int
    day: NotRequired[str]
    sure: NotRequired[Sureness]


class Link(TypedDict):
    """A source of something a reader keeps: text and an address."""

    text: str
    url: str


#: What is printed of a row: a sentence of a source, its English, its publisher and day.
SaysInMemo = tuple[str, str, str]


class Finding(TypedDict):
    """What an explorer hands on as evidence.

    ``says`` is what a source says of a row.
    """

    id: str
    kind: str
    title: str
    text: NotRequired[str]
    status: NotRequired[str]
    asOf: str
    known: NotRequired[str]
    sources: NotRequired[list[Link]]
    says: NotRequired[SaysInMemo]
