"""Teaching unit on the DPRK's deployment of troops to Russia's war against Ukraine.

Notebooks write ``from upheaval import lesson``. The rooms of the house, ground floor first (an
import only ever points down, and `lint-imports` holds it): ``facts``, ``methods``, ``row_filters``
with ``encoding``, ``charts`` on its drawing layer ``charts.draw``, ``widgets``, ``lessons``,
``publish``, ``classroom``. This file imports no package, so that ``python -m upheaval doctor`` can
speak when packages are missing.
"""

import sys

__version__ = "0.1.0"

if getattr(sys, "argv", [])[:1] == ["-m"]:  # so Python says while it looks for `-m upheaval`
    from .early_stop import begin

    begin()


def __getattr__(name: str) -> object:
    """``lesson``, when a notebook asks for it."""
    if name != "lesson":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return importlib.import_module(".lessons.lesson", __name__)
