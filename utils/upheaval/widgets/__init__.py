"""Interactive things with one face and two backends: a kernel when live, packed states in a page.

    from upheaval.widgets import Dropdown, Explorer

    Explorer(view, window=Dropdown(["2024", "all years"], "Period"))

`Explorer` makes a chart move, `Check` asks and says why an answer is wrong, `Predict`,
`FreeResponse` and `RecallPrediction` keep what a reader writes. Live, each is an ipywidgets widget
(through anywidget): it composes, has traits, can be observed and linked. In a page the same ES
module (``view.ts``) paints the same controls without a kernel. The folder knows nothing of any
topic: a view is any function that returns an object with a ``payload()`` of plain JSON.
"""

from .check import Check, Option, Rule
from .core.persisted import PersistedWidget
from .explorer import Explorer
from .explorer.controls import Control, DateLimit, Dropdown, Filter, RadioButtons, Stepper
from .portfolio import Portfolio
from .prompts import FreeResponse, Outcome, Predict, RecallPrediction

__all__ = [
    "Check",
    "Control",
    "DateLimit",
    "Dropdown",
    "Explorer",
    "Filter",
    "FreeResponse",
    "Option",
    "Outcome",
    "PersistedWidget",
    "Portfolio",
    "Predict",
    "RadioButtons",
    "RecallPrediction",
    "Rule",
    "Stepper",
]
