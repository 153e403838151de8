"""Interactive things with one face and two suppliers: a kernel when live, packed states in a page.

    from upheaval.widgets import Explorer, Select, Filter

    Explorer(view, window=Select(["2024", "all years"], "Period"))

`Explorer` makes a chart move, `Check` asks and says why an answer is wrong, `Predict`, `Write` and
`Again` keep what a reader writes. Live, each is an ipywidgets widget (through anywidget): it
composes, has traits, can be observed and linked. In a page the same ES module (``front/``) paints
the same controls without a kernel. The folder knows nothing of any topic: a view is any function
that returns an object with a ``payload()`` of plain JSON.
"""

from .check import Check, Option, Step
from .controls import Choose, Control, Filter, Select, Steps, Until
from .explorer import Explorer
from .work import Again, Kept, Predict, Work, Write

__all__ = [
    "Again",
    "Check",
    "Choose",
    "Control",
    "Explorer",
    "Filter",
    "Kept",
    "Option",
    "Predict",
    "Select",
    "Step",
    "Steps",
    "Until",
    "Work",
    "Write",
]
