"""The options of a check. Each has an id, by which answers are kept: its text may be mended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from ..core import legacy, protocol
from ..core.legacy import LegacyOption

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Option:
    """One answer: its ``text``, ``why`` for those who chose it, and whether it is ``right``.

    A reader's answer is kept by its ``id``: small letters, digits and hyphens, one in a check only
    once, and never changed.
    """

    text: str
    why: str
    right: bool = False
    id: str = ""


class OptionSpec(TypedDict):
    """An option as the face knows it."""

    id: str
    text: str


class OptionsPart(TypedDict):
    """The part of a spec that is about options."""

    options: list[OptionSpec]
    legacy: list[LegacyOption]


class OptionsSpec(protocol.CheckSpec, OptionsPart):
    """What the face of a check with options knows of itself."""


def offered(name: str, options: Mapping[str, str]) -> OptionsPart:
    """The options of the check ``name``, given as id and text.

    Raises ``ValueError`` for texts without ids and for ids that are none. An id is not made of its
    text: the next one to mend the text would lose what readers answered.
    """
    if not isinstance(options, Mapping):
        raise ValueError(
            f"check “{name}”: options are id and text, as in {{'at-least': 'At least'}}"
        )
    for one in options:
        if not ID.fullmatch(one):
            raise ValueError(
                f"check “{name}”: “{one}” is no id of an option; use small letters, digits and"
                " hyphens, as in 'at-least'"
            )
    return {
        "options": [{"id": one, "text": text} for one, text in options.items()],
        "legacy": legacy.options(name, options),
    }


def with_reasons(name: str, options: Sequence[Option]) -> OptionsPart:
    """The same for options that bring their reasons.

    Raises ``ValueError`` unless every option has an id of its own and a reason, and at least one is
    right.
    """
    if not any(one.right for one in options):
        raise ValueError(f"check “{name}”: no option is right; mark one with right=True")
    for one in options:
        if not one.why.strip():
            raise ValueError(f"check “{name}”: the option “{one.text}” needs a reason (why=…)")
        if not one.id:
            raise ValueError(
                f"check “{name}”: the option “{one.text}” needs an id (id=…), by which answers are"
                f" kept, for example id='{suggested(one.text)}'"
            )
    for part in ("text", "id"):
        if len({getattr(one, part) for one in options}) < len(options):
            raise ValueError(f"check “{name}”: two options have the same {part}")
    return offered(name, {one.id: one.text for one in options})


def suggested(text: str) -> str:
    """An id that an author may take for an option with this text."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:4]) or "other"
