"""From source ids to what a reader can follow: links, reference lists and CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..protocol import Reference
from . import tables
from .addresses import safe
from .dates import bounds, spell
from .problems import DataProblem, Problem, quoted
from .wording import listed


@dataclass(frozen=True)
class _Source:
    """One row of the table of sources, with empty text for an empty cell."""

    id: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    date: str
    url: str
    kind: str


_indexes: dict[Path, tuple[object, dict[str, _Source]]] = {}
_used: set[str] = set()


def reference(source: str, folder: Path | str | None = None) -> str:
    """One source as a plain line: author or publisher, date, title, publisher, address.

    Raises DataProblem when there is no source with this id.
    """
    found = _find(source, folder)
    return f"{_line(found)} {found.url}"


def _line(found: _Source) -> str:
    lead = _people(found.authors) or found.publisher
    parts = [f"{lead} ({spell(found.date) or 'no date'})", found.title]
    if found.authors:
        parts.append(found.publisher)
    return " ".join(_closed(part) for part in parts)


def entries(sources: Iterable[str], folder: Path | str | None = None) -> list[Reference]:
    """The sources in the order given as `id`, `text` (the reference without its address) and `url`.

    For a reader who gets the line as a link: the address is empty where it is none that a page may
    link to. Raises DataProblem.
    """
    index = _index(folder)  # looked up once: it asks the disk whether the file is as it was
    found = [index[source] if source in index else _find(source, folder) for source in sources]
    _used.update(one.id for one in found)
    return [{"id": one.id, "text": _line(one), "url": safe(one.url)} for one in found]


def references(sources: Iterable[str], folder: Path | str | None = None) -> list[str]:
    """The reference lines of several sources, each once, in alphabetical order.

    Raises DataProblem.
    """
    return sorted({reference(source, folder) for source in sources}, key=str.casefold)


def link(source: str, folder: Path | str | None = None) -> tuple[str, str]:
    """A short label for a source, publisher and date, and its address; empty if it is no link.

    Raises DataProblem.
    """
    found = _find(source, folder)
    return ", ".join(part for part in (found.publisher, spell(found.date)) if part), safe(found.url)


def public_by(
    sources: Iterable[str], day: str, folder: Path | str | None = None
) -> tuple[str, ...]:
    """Those of the sources that were public on `day` (an ISO day), in the order given.

    One whose date is a month or a year counts from its last day; one without a date is left out.
    Raises DataProblem.
    """
    ends = {
        source: bounds(found.date)[1] for source in sources if (found := _find(source, folder)).date
    }
    return tuple(source for source, end in ends.items() if end and end.isoformat() <= day)


def csl_json(sources: Iterable[str], folder: Path | str | None = None) -> list[dict[str, Any]]:
    """The sources as items of CSL-JSON, which reference managers read. Raises DataProblem."""
    return [_item(_find(source, folder)) for source in dict.fromkeys(sources)]


def used() -> list[str]:
    """The ids of all sources that this process has looked up, sorted."""
    return sorted(_used)


def _find(source: str, folder: Path | str | None) -> _Source:
    index = _index(folder)
    if source not in index:
        expected = tables.advice(str(source), index, "sources")
        raise DataProblem(
            Problem("sources.csv", "", "id", f"no source called {quoted(str(source))}", expected)
        )
    _used.add(source)
    return index[source]


def _index(folder: Path | str | None) -> dict[str, _Source]:
    """All sources by id, made once for each state of the file."""
    home = tables.located(folder)
    stamp = tables.stamp("sources", home)
    if home not in _indexes or _indexes[home][0] != stamp:
        frame = tables.read("sources", home)
        columns = ["id", "title", "publisher", "authors", "date", "url", "kind"]
        filled = frame[columns].astype(object).where(frame[columns].notna(), "")
        _indexes[home] = (
            stamp,
            {row[0]: _Source(*row) for row in filled.itertuples(index=False, name=None)},
        )
    return _indexes[home][1]


def _people(authors: tuple[str, ...]) -> str:
    return listed(authors) if authors else ""


def _closed(part: str) -> str:
    """A part of a reference with a full stop, unless it ends in a mark of its own."""
    return part if re.search(r"[.?!…][\"'”’)\]]*$", part) else f"{part}."


_CSL_TYPES = {
    "official": "report",
    "think-tank": "report",
    "dataset": "dataset",
    "academic": "article-journal",
    "news": "article-newspaper",
    "state-media": "article-newspaper",
    "reference": "webpage",
}


def _item(source: _Source) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": source.id,
        "type": _CSL_TYPES[source.kind],
        "title": source.title,
        "publisher": source.publisher,
        "URL": source.url,
    }
    if item["type"].startswith("article"):
        item["container-title"] = source.publisher
    if source.authors:
        item["author"] = [{"literal": name} for name in source.authors]
    if source.date:
        item["issued"] = {"date-parts": [[int(part) for part in source.date.split("-")]]}
    return item
