"""Words of rows, as titles, lists and tables have them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ...facts import tables
from ...facts.wording import listed


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The text with a small letter at its beginning."""
    return text[:1].lower() + text[1:]


def today() -> str:
    """The day of the data in words, as subtitles say it."""
    return tables.spell(tables.knowledge_as_of())


def quoted(names: Iterable[str], joint: str = "and") -> str:
    """Names in quotation marks, as a sentence has them: `“A” and “B”`."""
    return listed([f"“{name}”" for name in names], joint)


def short_names(countries: pd.DataFrame | None = None) -> dict[str, str]:
    """The short name of each state and body by its code, of ``countries`` or the table of them."""
    frame = tables.read("countries") if countries is None else countries
    return dict(zip(frame["id"], frame["short_name"], strict=True))


def signed(value: float, digits: int) -> str:
    """A difference with its sign, a true minus: `+0.57`, `−0.27`."""
    return f"{value:+.{digits}f}".replace("-", "−")


def words(cell: object) -> str:
    """A cell of text, empty where the table has none."""
    return cell if isinstance(cell, str) else ""
