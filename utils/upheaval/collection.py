"""Where the collection's own files are: beside the package, or in it where it came as a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
#: The folder of the package in which a wheel brings what else belongs to the collection.
CARRIED = "collection"


def folder(name: str) -> Path:
    """The folder `name` (``data``, ``notebooks``) of the collection."""
    carried = PACKAGE / CARRIED / name
    return carried if carried.is_dir() else PACKAGE.parents[1] / name
