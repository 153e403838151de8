"""What the words of a lesson have to be, said for people: file, line, what is there, what is right.

`problems` looks at the words alone; `computed_problems` also runs the functions of the lesson's
module, and sees that every name in curly brackets has a value and every value a use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ..facts import tables
from ..facts.problems import Problem, quoted
from ..widgets.check.options import ID
from . import build, computed, frames, timing
from .plain_yaml import Place
from .words import ANSWER, HOME, NAME, SHARED, TOURS, Words, WordsError, choose_from, load

Json = Any

#: The longest text of each kind, in letters.
LONGEST = {
    "title": 80,
    "question": 700,
    "text": 400,
    "why": 900,
    "hint": 300,
    "label": 40,
    "slot": 40,
    "says": 320,
    "asks": 160,
}
OTHER = 500

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
#: What a number in a text may be without being computed: all else is counted, and can be outdated.
NO_COUNTS = [
    rf"\b\d{{1,2}}(?: (?:to|and|or) \d{{1,2}})?(?: {MONTH}(?: \d{{4}})?)",
    rf"\b{MONTH} \d{{4}}",
    r"\b(?:19|20)\d\ds?\b",
    r"\b[Ll]essons? \d\d\b",
    r"\b0\d\b",
    r"\bICD 203\b",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"for example \d[\d.,]*(?: (?:or|to) \d[\d.,]*)*",
]

#: The id of a row, with its table: no text.
_REFERENCE = re.compile(r"[a-z_]+/[a-z0-9-]+")

ABOUT = (
    *("lesson", "title", "question", "minutes", "time"),
    *("objectives", "words", "key_points", "next"),
)
#: What a lesson may say for instructors and for paper: see `Look.for_class`.
FOR_CLASS = {
    "short": ("leave_out", "without", "never"),
    "paper": ("without", "said", "charts", "marks"),
}
SECTIONS = ("prompts", "checks", "come_back", "said", "shown", TOURS)
#: How many steps a tour has: fewer show nothing, more are no first look.
STEPS = (3, 6)
#: What an entry of any kind may have beside its own fields.
ANY = ("texts", "as_said")
#: What may stand with the sentences on the card of a prediction: the places of the options that
#: came true, what is said to who chose one of them or another, and words on a fold around it all.
BESIDE_ANSWER = ("right", "at", "same", "other", "folded")
#: What a scale has on which a guess is set, and what places that guess on a chart.
SCALE = ((*build.SCALE_NUMBERS, "unit"), ("one", "most", "end", "ghost"))
GHOST = (("chart", "axis", "zero", "per"), ("row", "state"))
AXES = ("x", "y", "track")
RULES = ("count", "ordered", "lte", "distinct", "includes")


def problems(words: Words) -> list[Problem]:
    """All that is wrong with the words of a lesson, in the order of the file."""
    look = Look(words)
    look.about()
    for section in SECTIONS:
        for name, entry in look.entries((section,)):
            look.entry(section, name, entry)
    return sorted(look.found, key=lambda one: int(re.findall(r"\d+", one.row)[0]))


class Look:
    """A reader of one file of words, who writes down what is wrong."""

    def __init__(self, words: Words):
        self.words, self.found = words, list[Problem]()
        self.as_said: list[str] = []

    def wrong(self, place: Place, found: str, expected: str) -> None:
        """Write a problem down; ``place`` leads to the value that is meant."""
        line = next(
            (
                self.words.lines[place[:end]]
                for end in range(len(place), -1, -1)
                if place[:end] in self.words.lines
            ),
            1,
        )
        names = [one for one in place if isinstance(one, str)]
        where = f"line {line}, {' > '.join(names)}" if names else f"line {line}"
        self.found.append(Problem(f"words/{self.words.path.name}", where, "", found, expected))

    def at(self, place: Place) -> Json:
        """The value at ``place``; nothing where there is none."""
        value: Json = self.words.content
        for one in place:
            try:
                value = value[one]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    # -- small pieces ------------------------------------------------------------------------------
    def fields(
        self, place: Place, needed: Sequence[str], may: Sequence[str] = ()
    ) -> dict[str, Json]:
        """The fields at ``place``: all that are needed, and no others but those that may be."""
        value = self.at(place)
        if not isinstance(value, dict):
            self.wrong(place, _shown(value), f"It needs the fields {', '.join(needed)}.")
            return {}
        for name in needed:
            if name not in value:
                self.wrong(place, f"no “{name}”", f"Add “{name}:”.")
        for name in value:
            if name not in (*needed, *may):
                known = choose_from(name, [*needed, *may])
                self.wrong((*place, name), f"the field “{name}”", f"There is none here. {known}")
        return value

    def text(self, place: Place, kind: str = "") -> None:
        """A text: not empty, not too long, with no number that was counted by hand."""
        value = self.at(place)
        if not isinstance(value, str) or not value.strip():
            self.wrong(place, _shown(value), "It needs a text.")
            return
        longest = LONGEST.get(kind, OTHER)
        if len(value) > longest:
            self.wrong(place, f"{len(value)} letters", f"{longest} are enough: say it shorter.")
        if numbers := counted(value, self.as_said):
            self.wrong(
                place,
                f"the number {', '.join(numbers)}",
                "A number comes from the tables: put a word in curly brackets, which the lesson's"
                " module computes. If it is somebody else's word or an example, list it under"
                " “as_said:”.",
            )
        if "{" in NAME.sub("", value) or "}" in NAME.sub("", value):
            self.wrong(
                place, "a curly bracket", "Between two of them stands one name: {days_until_told}."
            )

    def texts(self, place: Place, least: int, most: int, kind: str = "") -> list[Json]:
        """A list of texts; the list may be computed."""
        value = self.at(place)
        if self.computed(place):
            return []
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.wrong(place, _shown(value), f"It needs a list of {least} to {most} texts.")
            return []
        for index in range(len(value)):
            self.text((*place, index), kind)
        return value

    def computed(self, place: Place) -> bool:
        """Is the value there nothing but a computed word?"""
        value = self.at(place)
        return isinstance(value, str) and bool(NAME.fullmatch(value))

    def entries(self, place: Place) -> Iterable[tuple[str, Json]]:
        """The entries of a section, by name."""
        value = self.at(place) or {}
        if not isinstance(value, dict):
            self.wrong(place, _shown(value), "It needs entries, each with a name.")
            return ()
        for name in value:
            if not ID.fullmatch(name):
                what = "A name has small letters, digits and hyphens."
                self.wrong((*place, name), f"the name “{name}”", what)
        return value.items()

    # -- a lesson ----------------------------------------------------------------------------------
    def about(self) -> None:
        """What the lesson says of itself."""
        value = self.fields((), ABOUT, (*SECTIONS, *FOR_CLASS, "frames", "as_said"))
        self.for_class(value)
        self.as_said = list(value.get("as_said", []))
        for name in ("title", "question", "next"):
            if name in value:
                self.text((name,), name)
        for name, most in (("objectives", 3), ("key_points", 5)):
            if name in value:
                self.texts((name,), 2, most)
        if not isinstance(value.get("words", []), list):
            self.wrong(
                ("words",), _shown(value["words"]), "It needs a list of ids of the glossary."
            )
        if value.get("lesson") != self.words.number:
            self.wrong(("lesson",), _shown(value.get("lesson")), f'It is "{self.words.number}".')
        if not str(value.get("question", "?")).endswith("?"):
            self.wrong(("question",), "no question mark", "A question ends with one.")
        minutes = value.get("minutes")
        if not (
            isinstance(minutes, list)
            and len(minutes) == 2
            and all(isinstance(one, int) and one > 0 for one in minutes)
        ):
            self.wrong(("minutes",), _shown(minutes), "It needs two numbers: [together, alone].")
        elif "time" in value:
            self.time(value, sum(minutes))

    def for_class(self, value: dict[str, Json]) -> None:
        """What is left out when time or paper is short, and how charts stand on paper."""
        for part, known in FOR_CLASS.items():
            if part in value:
                self.fields((part,), (), known)
        self.frames(value.get("frames", []), value.get("time"))
        charts = (value.get("paper") or {}).get("charts") or {}
        for name in charts:
            place = ("paper", "charts", name)
            told = self.fields(place, (), ("states", "steps", "half", "table"))
            tour = self.at((TOURS, name, "steps"))
            if "states" in told and tour:
                what = "Its tour has states: name their places from 1, as in “steps: [1, 3]”."
                self.wrong((*place, "states"), "states of a chart with a tour", what)
            there = range(1, len(tour or []) + 1)
            if "steps" in told and not all(one in there for one in told["steps"]):
                what = f"The tour of “{name}” has {len(there) or 'no'} steps."
                self.wrong((*place, "steps"), _shown(told["steps"]), what)
        for at in range(len((value.get("paper") or {}).get("said") or [])):
            self.fields(("paper", "said", at), ("on_screen", "on_paper"))

    def frames(self, value: Json, time: Json) -> None:
        """Which frames of frameworks for teaching the lesson serves, in which part, and how."""
        if not isinstance(value, list):
            self.wrong(
                ("frames",), _shown(value), "It needs a list; each has a code, part and how."
            )
            return
        parts = list(time) if isinstance(time, dict) else []
        for index in range(len(value)):
            place = ("frames", index)
            one = self.fields(place, ["code", "part", "how"])
            for name, known in (("code", list(frames.every())), ("part", parts)):
                if name in one and one[name] not in known:
                    found = choose_from(str(one[name]), known)
                    self.wrong((*place, name), _shown(one[name]), found)
            if "how" in one:
                self.text((*place, "how"), "hint")

    def tour(self, place: Place) -> None:
        """Steps through an explorer: a state, a sentence, a question."""
        self.fields(place, ["steps"], ANY)
        steps, (least, most) = self.at((*place, "steps")), STEPS
        if not isinstance(steps, list) or not least <= len(steps) <= most:
            count = f"{len(steps)} steps" if isinstance(steps, list) else _shown(steps)
            self.wrong((*place, "steps"), count, f"A tour has {least} to {most} steps.")
            return
        for index in range(len(steps)):
            inner = (*place, "steps", index)
            one = self.fields(inner, ["says", "asks", *(["state"] if index else [])])
            self.text((*inner, "says"), "says")
            self.text((*inner, "asks"), "asks")
            if not str(one.get("asks", "?")).endswith("?"):
                self.wrong((*inner, "asks"), "no question mark", "A question ends with one.")
            if index and not isinstance(one.get("state", {}), dict):
                what = "It needs options by control: {as_of: “2024-10-23”}."
                self.wrong((*inner, "state"), _shown(one.get("state")), what)

    def time(self, value: dict[str, Json], promised: int) -> None:
        """How long each part takes: those of the core take what the lesson has promised."""
        parts = value["time"]
        if not isinstance(parts, dict) or not parts:
            self.wrong(("time",), _shown(parts), "It needs the parts: “Predict: [core, 3]”.")
            return
        wrong = [name for name, one in parts.items() if not _is_time(one)]
        for name in wrong:
            expected = "It needs core or more, and the minutes: [core, 3]."
            self.wrong(("time", name), _shown(parts[name]), expected)
        core = promised if wrong else timing.minutes(value, timing.CORE)
        if core != promised:
            what = f"The parts of the core take as long as “minutes:” promises: {promised}."
            self.wrong(("time",), f"{core} minutes", what)

    def entry(self, section: str, name: str, entry: Json) -> None:
        """One entry of a section."""
        place = (section, name)
        self.as_said = list(entry.get("as_said", [])) if isinstance(entry, dict) else []
        if isinstance(entry, dict):
            for one in entry.get("texts") or {}:
                self.text((*place, "texts", one), "why")
        if section == "checks":
            self.check(place)
        elif section == "come_back":
            if not name.startswith("back-"):
                what = f"What comes back is called so, as no check is: “back-{name}”."
                self.wrong(place, f"the name “{name}”", what)
            self.check(place)
        elif section == "prompts":
            self.prompt(place)
        elif section == "said":
            self.said(place, entry)
        elif section == TOURS:
            self.tour(place)
        else:
            self.words_of(place)

    def said(self, place: Place, entry: Json) -> None:
        """Sentences that a lesson says: one text, or a list of them; for `ANSWER` see there."""
        if isinstance(entry, dict):
            answer = place[-1] == ANSWER
            self.fields(place, ["text"], [*(BESIDE_ANSWER if answer else ()), *ANY])
            for name in (one for one in ("same", "other", "folded") if one in entry):
                self.text((*place, name))
            place, entry = (*place, "text"), entry.get("text")
        if isinstance(entry, list):
            self.texts(place, 1, 20, "why")
        else:
            self.text(place, "why")

    def words_of(self, place: Place) -> None:
        """Words of something that the module shows: whatever it asks for, but texts."""
        value = self.at(place)
        if isinstance(value, dict | list) and value:
            for name in value if isinstance(value, dict) else range(len(value)):
                if name not in ANY:
                    self.words_of((*place, name))
        elif not isinstance(value, int):
            self.text(place, "why")

    def prompt(self, place: Place) -> None:
        """A prediction with options, or fields to write in."""
        value = self.at(place)
        if isinstance(value, dict) and "options" in value:
            self.fields(place, ["question", "options", "recall"], ["scale", *ANY])
            self.texts((*place, "options"), 2, 6, "text")
            self.text((*place, "recall"))
            if "scale" in value:
                self.scale((*place, "scale"), value["options"])
        else:
            self.fields(place, ["question", "fields"], ANY)
            for name, _ in self.entries((*place, "fields")):
                self.text((*place, "fields", name))
        self.text((*place, "question"), "question")

    def scale(self, place: Place, options: Json) -> None:
        """The scale of a prediction: numbers, of which each but the first option has an end."""
        value = self.fields(place, *SCALE)
        for name in build.SCALE_NUMBERS:
            each = value.get(name)
            whole = (*place, name)
            if name in value and not self.computed(whole):
                several = name in ("ends", "ticks")
                for at in range(len(each)) if several and isinstance(each, list) else [None]:
                    self.amount((*whole, at) if at is not None else whole)
        ends = value.get("ends")
        if isinstance(ends, list) and isinstance(options, list) and len(ends) != len(options) - 1:
            what = "It needs one fewer than there are options: where the second begins, the third …"
            self.wrong((*place, "ends"), f"{len(ends)} ends of {len(options)} options", what)
        for name in (one for one in ("unit", "one", "most", "end") if one in value):
            self.text((*place, name), "label")
        if "ghost" in value:
            ghost = self.fields((*place, "ghost"), *GHOST)
            self.amount((*place, "ghost", "per"))
            if ghost.get("axis") not in AXES:
                what = f"It is one of {', '.join(AXES)}."
                self.wrong((*place, "ghost", "axis"), _shown(ghost.get("axis")), what)

    def amount(self, place: Place) -> None:
        """A number, which may have decimals, or a computed one."""
        value = self.at(place)
        if not self.computed(place) and not re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
            self.wrong(place, _shown(value), "It needs a number.")

    # -- a check -----------------------------------------------------------------------------------
    def check(self, place: Place) -> None:
        """A question, by its kind."""
        value = self.at(place)
        kind = value.get("kind") if isinstance(value, dict) else None
        if kind not in KINDS:
            known = f"It is one of {', '.join(KINDS)}."
            self.wrong((*place, "kind"), _shown(kind), known)
            return
        needed, may, look = KINDS[kind]
        self.fields(place, ["kind", "question", *needed], [*may, "hints", *ANY])
        self.text((*place, "question"), "question")
        for name in ("done", "not_yet", "missed", "why", "below", "above", "unread", "unit"):
            if name in value and name in (*needed, *may):
                self.text((*place, name), "why")
        if "hints" in value:
            self.texts((*place, "hints"), 1, 4, "hint")
        look(self, place, value)

    def options(self, place: Place, value: dict[str, Json]) -> None:
        """Options with reasons, and how many of them are right."""
        if self.computed((*place, "options")):
            return
        options = value.get("options")
        if not isinstance(options, list) or len(options) < 2:
            self.wrong((*place, "options"), _shown(options), "It needs two options or more.")
            return
        right = 0
        for index in range(len(options)):
            one = self.fields((*place, "options", index), ["id", "text", "why"], ["right"])
            self.option_id((*place, "options", index), one)
            self.text((*place, "options", index, "text"), "text")
            self.text((*place, "options", index, "why"), "why")
            right += one.get("right") is True
        self.apart(place, [one.get("why") for one in options if isinstance(one, dict)])
        self.how_many_right(place, value, right)

    def how_many_right(self, place: Place, value: dict[str, Json], right: int) -> None:
        """One option is right, or with `select_all` some and not all; or it is computed."""
        if "right" in value:
            if not self.computed((*place, "right")) or right:
                what = "Either one option has “right: true”, or this is one computed word."
                self.wrong((*place, "right"), _shown(value["right"]), what)
        elif value["kind"] == "choice" and right != 1:
            what = "Exactly one option has “right: true”."
            self.wrong((*place, "options"), f"{right or 'no'} right options", what)
        elif value["kind"] == "select_all" and not 0 < right < len(value["options"]):
            what = "At least one is right, and at least one is not."
            self.wrong((*place, "options"), f"{right or 'no'} right options", what)

    def option_id(self, place: Place, one: dict[str, Json]) -> None:
        """An id of small letters, digits and hyphens."""
        if "id" in one and not ID.fullmatch(str(one["id"])):
            what = "An id has small letters, digits and hyphens, and is never changed."
            self.wrong((*place, "id"), _shown(one["id"]), what)

    def apart(self, place: Place, reasons: Sequence[Json]) -> None:
        """No two options share a reason."""
        for one in {str(one) for one in reasons if reasons.count(one) > 1}:
            what = "Each option has a reason of its own."
            self.wrong(place, f"the same reason twice: {quoted(one)}", what)

    def number(self, place: Place, value: dict[str, Json]) -> None:
        """A number or a range, and the mistakes that lead to others."""
        self.ends(place, value, 'The right answer is computed, as in answer: "{days}".', False)
        mistakes = value.get("mistakes", [])
        for index in range(len(mistakes) if isinstance(mistakes, list) else 0):
            inner = (*place, "mistakes", index)
            one = self.fields(inner, ["why"], ["answer", "low", "high"])
            self.ends(inner, one, "It needs “answer:”, or “low:” and “high:”.", True)
            self.text((*inner, "why"), "why")
        self.apart(place, [one.get("why") for one in mistakes if isinstance(one, dict)])

    def ends(self, place: Place, value: dict[str, Json], expected: str, by_hand: bool) -> None:
        """Either an answer or its two ends; an end may be a pair, within which it has to lie."""
        names = ["answer"] if "answer" in value else ["low", "high"]
        for name in names:
            given = value.get(name)
            ends = given if isinstance(given, list) else [given]
            for end in ends:
                computed = isinstance(end, str) and NAME.fullmatch(end)
                if not computed and not (isinstance(end, int) and (by_hand or len(ends) == 2)):
                    self.wrong((*place, name), _shown(given), expected)

    def match(self, place: Place, value: dict[str, Json]) -> None:
        """Items, each with a reason for every option."""
        options = value.get("options")
        if not self.computed((*place, "options")):
            for name, _ in self.entries((*place, "options")):
                self.text((*place, "options", name), "text")
        if self.computed((*place, "items")):
            return
        items = value.get("items")
        for index in range(len(items) if isinstance(items, list) else 0):
            inner = (*place, "items", index)
            one = self.fields(inner, ["text", "right", "why"], ["label"])
            self.text((*inner, "text"), "text")
            if isinstance(options, dict):
                self.item(inner, one, options)

    def item(self, place: Place, one: dict[str, Json], options: dict[str, Json]) -> None:
        """One item: what is right is among the options, and each option has its own reason."""
        self.fields((*place, "why"), list(options))
        reasons = one.get("why") if isinstance(one.get("why"), dict) else {}
        for name in reasons or {}:
            self.text((*place, "why", name), "why")
        self.apart(place, list((reasons or {}).values()))
        right = one.get("right")
        for name in right if isinstance(right, list) else [right]:
            if not self.computed((*place, "right")) and name not in options:
                self.wrong((*place, "right"), _shown(name), choose_from(str(name), options))

    def selection(self, place: Place, value: dict[str, Json]) -> None:
        """Slots, options with marks, and the rules that look at these."""
        self.texts((*place, "slots"), 1, 8, "slot")
        options = value.get("options")
        if not self.computed((*place, "options")) and isinstance(options, list):
            for index in range(len(options)):
                inner = (*place, "options", index)
                self.option_id(inner, self.fields(inner, ["id", "text", "marks"]))
                self.text((*inner, "text"), "text")
        rules = value.get("rules")
        for index in range(len(rules) if isinstance(rules, list) else 0):
            inner = (*place, "rules", index)
            rule = self.fields(inner, ["rule", "met", "missed"], ["column", "value"])
            if rule.get("rule") not in RULES:
                what = f"It is one of {', '.join(RULES)}."
                self.wrong((*inner, "rule"), _shown(rule.get("rule")), what)
            for name in ("met", "missed"):
                self.text((*inner, name), "why")


#: What a check of each kind needs, what it may have, and who looks at it.
KINDS: dict[str, tuple[list[str], list[str], Callable[[Look, Place, dict[str, Json]], None]]] = {
    "choice": (["options"], ["right"], Look.options),
    "select_all": (["options", "done", "not_yet"], ["missed"], Look.options),
    "number": (
        ["why", "below", "above"],
        ["answer", "low", "high", "unit", "unread", "mistakes"],
        Look.number,
    ),
    "match": (["options", "items", "done", "not_yet"], [], Look.match),
    "selection": (
        ["slots", "options", "rules", "done", "not_yet"],
        ["columns"],
        Look.selection,
    ),
}


def _is_time(one: Json) -> bool:
    kinds = (timing.CORE, timing.MORE)
    return (
        isinstance(one, list)
        and len(one) == 2
        and one[0] in kinds
        and isinstance(one[1], int)
        and one[1] > 0
    )


def counted(text: str, as_said: Sequence[object] = ()) -> list[str]:
    """Numbers in a text that look counted; those of ``as_said`` are somebody else's words."""
    if _REFERENCE.fullmatch(text):
        return []
    text = NAME.sub(" ", text)
    for one in sorted(map(str, as_said), key=len, reverse=True):
        text = re.sub(rf"(?<![\d,.]){re.escape(one)}(?!\d)", " ", text)
    for allowed in NO_COUNTS:
        text = re.sub(allowed, " ", text)
    return [found.strip('.,;:?!()[]“”‘’"') for found in re.findall(r"\S*\d\S*", text)]


def _shown(value: Json) -> str:
    if value is None:
        return "nothing"
    return quoted(value) if isinstance(value, str) else f"“{value}”"


# -- with what is computed -------------------------------------------------------------------------
def computed_problems(words: Words) -> list[Problem]:
    """Names without a value, and values without a use: what shows only when the module runs."""
    found = []
    for section in SECTIONS:
        for name in words.content.get(section) or {}:
            if section != "shown" or name in computed.functions(words.number, computed.SHOWN):
                found += _of_entry(words, section, name)
    return found + _of_states(words) + _without_words(words)


def _of_states(words: Words) -> list[Problem]:
    """Steps of tours, charts on paper, guesses on charts that choose what their chart has not."""
    found = []
    paper = (words.content.get("paper") or {}).get("charts") or {}
    guesses = {
        one["scale"]["ghost"]["chart"]: ("prompts", name)
        for name, one in (words.content.get("prompts") or {}).items()
        if "ghost" in one.get("scale", {})
    }
    for name in {**(words.content.get(TOURS) or {}), **paper, **guesses}:
        toured = name in (words.content.get(TOURS) or {})
        section = (TOURS, name) if toured else guesses.get(name, ("paper",))
        row = f"line {words.lines.get(section, 1)}, {' > '.join(section)}"
        try:
            explorer = build.explorer(words.number, name)
            for chosen in build.paper_states(words.number, name):
                explorer.selection_of(chosen)
        except LookupError as error:
            file = f"words/{words.path.name}"
            found.append(Problem(file, row, "", "a state that the chart does not have", str(error)))
    return found


def _of_entry(words: Words, section: str, name: str) -> list[Problem]:
    file = f"words/{words.path.name}"
    row = f"line {words.lines.get((section, name), 1)}, {section} > {name}"
    try:
        _, filler = computed.filled(words.number, section, name)
    except WordsError as error:
        return [Problem(file, row, "", "a name without value", str(error))]
    unused = [one for one in (*filler.values, *filler.texts) if one not in filler.used]
    if section == "shown":  # what its own function says, it says when it runs
        unused = [one for one in unused if one not in filler.texts]
    return [
        Problem(
            file,
            row,
            "",
            f"no use of {{{one}}}",
            "Say it in a text, or no longer compute or keep it.",
        )
        for one in unused
    ]


def _without_words(words: Words) -> list[Problem]:
    """Functions that compute values for an entry that is not there."""
    tours = words.content.get(TOURS) or {}
    entries = [name for one in SECTIONS if one != TOURS for name in words.content.get(one) or {}]
    return [
        Problem(
            f"lessons/l{words.number}.py",
            f"@{kind}(“{name}”)",
            "",
            "no such entry in the words",
            choose_from(name, there),
        )
        for kind, where, there in (
            ("computed", computed.COMPUTED, entries),
            ("toured", computed.TOURED, tours),
        )
        for name in computed.functions(words.number, where)
        if name not in there
    ]


def shared_problems(folder: Path, numbers: Iterable[str]) -> list[Problem]:
    """Texts of ``shared.yaml`` that are empty, or that nobody says."""
    words = load(SHARED, folder)
    look = Look(words)
    own = Path(__file__).with_name("lesson.py").read_text("utf-8")
    for other in ("blocks.py", "come_back.py"):
        own += Path(__file__).with_name(other).read_text("utf-8")
    said = "\n".join(load(number, folder).path.read_text("utf-8") for number in numbers)
    for name in words.content:
        look.text((name,))
        if f"{{{name}}}" not in said and f'"{name}"' not in own and f"'{name}'" not in own:
            look.wrong((name,), f"no use of {{{name}}}", "Say it in a lesson, or take it out.")
    return look.found


def glossary_problems(folder: Path, numbers: Iterable[str]) -> list[Problem]:
    """Words at the head of a lesson that the glossary does not have, or does not say are there."""
    named = {row["id"]: row["lessons"] for row in tables.records(tables.read("glossary"))}
    found: list[Problem] = []
    for number in numbers:
        look = Look(load(number, folder))
        listed = look.words.content.get("words", [])
        for word in listed if isinstance(listed, list) else ():
            if word not in named:
                look.wrong(("words",), f'"{word}"', "It should be an id of glossary.csv.")
            elif number not in named[word]:
                look.wrong(
                    ("words",),
                    f'"{word}", and its row of glossary.csv does not name this lesson',
                    f"Add {number} to lessons there.",
                )
        found += look.found
    return found


def check(folder: Path = HOME) -> list[Problem]:
    """All problems of all words; none where they are under a seal.

    What is computed is asked of the words of this collection only.
    """
    numbers = sorted(path.stem for path in folder.glob("[0-9][0-9].yaml"))
    if not numbers:
        return []
    found: list[Problem] = []
    for number in numbers:
        try:
            words = load(number, folder)
            own = problems(words)
            found += own or (computed_problems(words) if folder == HOME else [])
        except WordsError as error:
            found.append(Problem(f"words/{number}.yaml", "", "", "what cannot be read", str(error)))
    if not found:
        found += glossary_problems(folder, numbers)
    return found + shared_problems(folder, numbers)
