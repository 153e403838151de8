"""What of a lesson is saved: a server extension of Jupyter that needs nothing but Python.

A widget's view is alive with its kernel only: in a notebook that is opened again it says "model not
found", and a print or an export leaves it out. So each widget has a *saved form* beside its view:
its chart as plotly draws it, or its question with the answer given, as HTML. On every save the view
is dropped and the saved form takes its place; the notebook on the screen stays as it is.

An answer is given after its cell has run, so the kernel sends the saved form anew whenever
something changes (`widgets.core.base`): not to the view, which would be built anew under the
reader's hands, but to an empty output beside it, by Jupyter's own `update_display_data`. The form
travels in that output's metadata, under `KEY`. So what is saved is what the kernel knew, whichever
file or folder it keeps work in, and a notebook counts as changed when an answer was given.

The server reads this file in an environment that may lack pandas and plotly: it imports neither.
"""

from __future__ import annotations

import contextlib
import copy
import html
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = Any

VIEW = "application/vnd.jupyter.widget-view+json"
PLOTLY = "application/vnd.plotly.v1+json"
HTML = "text/html"
#: Where the metadata of outputs and notebooks hold what is ours.
KEY = "upheaval"
#: The class of what holds an answer, by which a notebook with answers is known.
ANSWER = "face-answer"
#: Between the words of a chart and its drawing.
DRAWING = "<!-- drawing -->"
#: Pages that nbconvert makes have the first or the second around all; JupyterLab has neither.
WAKE = (
    "<style>body.jp-Notebook .face-wake, .reveal .face-wake {display: none}</style>"
    '<p class="face-wake"><em>As it was when this notebook was saved. To bring it to life: menu'
    " Run, then Run All Cells.</em></p>"
)
#: Wide enough to read, and narrow enough for a sheet of paper.
WIDTH = 680
LIBRARY = Path(__file__).parent / "widgets" / "dist" / "plotly-basic.min.js"


def titled(figure: Json, title: str, subtitle: str) -> Json:
    """The plotly JSON ``figure`` with its title inside, for a front end that has only plotly."""
    big, small = (html.escape(text, quote=False) for text in (title, subtitle))
    text = {"text": f"<b>{big}</b><br><sup>{small}</sup>", "automargin": True, "yref": "container"}
    return {**figure, "layout": {**figure["layout"], "title": text}}


def has_answers(folder: Path) -> bool:
    """Whether a notebook in ``folder`` was saved with answers in it."""
    with contextlib.suppress(OSError):
        for path in folder.glob("*.ipynb"):
            if ANSWER in path.read_text(encoding="utf-8", errors="replace"):
                return True
    return False


def settle(notebook: Json) -> None:
    """Put the saved forms of widgets into ``notebook`` (as JSON) in the place of their views.

    What is somebody else's stays as it is: the server saves every notebook of its folder by this.
    """
    lesson = KEY in _part(notebook, "metadata")
    cells = [cell for cell in notebook.get("cells", []) if cell.get("outputs")]
    for cell in cells:
        holders = [_part(output, "metadata", KEY) for output in cell["outputs"]]
        forms = {str(one.get("model_id")): _part(one, "data") for one in holders if one}
        kept = [one for one, holder in zip(cell["outputs"], holders, strict=True) if not holder]
        cell["outputs"] = [part for one in kept for part in _settled(one, forms, lesson)]
    shown = [_part(one, "data") for cell in cells for one in cell["outputs"]]
    _draw([one for one in shown if PLOTLY in one and DRAWING in "".join(one.get(HTML, ""))])


def _part(value: Json, *names: str) -> Json:
    """What stands under `names` in one another, where that is an object; else an empty one."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _settled(output: Json, forms: dict[str, Json], lesson: bool) -> list[Json]:
    """`output` without its view; before a chart, which plotly draws without words, its words."""
    data = _part(output, "data")
    model = str(_part(data, VIEW).get("model_id"))
    if VIEW not in data or not (lesson or model in forms):
        return [output]
    data |= forms.get(model, {})
    del data[VIEW]
    if PLOTLY not in data:
        if HTML not in data:  # a control of ipywidgets itself
            data[HTML] = WAKE
        return [output]
    _part(data, PLOTLY, "layout").pop("title", None)  # the words above the drawing say it
    words = "".join(data.get(HTML, ""))
    data[HTML] = words + DRAWING
    above = f'<div class="face-wake">{words}</div>{WAKE}'
    return [{"output_type": "display_data", "data": {HTML: above}, "metadata": {}}, output]


def _draw(charts: list[Json]) -> None:
    """Give the HTML of ``charts`` a drawing, for exports; plotly.js comes with the first."""
    library = LIBRARY.read_text(encoding="utf-8") if charts else ""
    for number, data in enumerate(charts):
        figure = _part(data, PLOTLY)
        layout = {**_part(figure, "layout"), "width": WIDTH, "autosize": False}
        name = f"upheaval-chart-{number}"
        parts = json.dumps([name, figure.get("data", []), layout, {"staticPlot": True}])
        script = f"Plotly.newPlot(...{parts});".replace("</", "<\\/")
        words = "".join(data[HTML]).partition(DRAWING)[0]
        drawing = f'<div id="{name}"></div><script>{script}</script>'
        before = f"<script>{library}</script>" if not number else ""
        data[HTML] = f"{words}{DRAWING}{before}{drawing}"


def _on_save(model: Json, **_about: Any) -> None:
    if model.get("type") == "notebook" and isinstance(model.get("content"), dict):
        notebook = copy.deepcopy(model["content"])  # what cannot be settled is saved as it came
        settle(notebook)
        model["content"] = notebook


def _as_run(notebook: Json) -> None:
    """Name the very Python in a lesson's metadata.

    JupyterLab writes it there when the kernel starts, and with another one the lesson would count
    as changed before its reader did anything.
    """
    with contextlib.suppress(ImportError):  # where kernels live elsewhere
        from ipykernel.ipkernel import IPythonKernel

        if KEY in _part(notebook, "metadata"):
            notebook["metadata"]["language_info"] = dict(IPythonKernel.language_info)


def _with_as_run(get: Callable[..., Any]) -> Callable[..., Any]:
    """A server's ``get``, after which a lesson opens unchanged."""

    async def get_as_run(*given: Any, **named: Any) -> Json:
        model = get(*given, **named)
        if inspect.isawaitable(model):
            model = await model
        if model.get("type") == "notebook" and isinstance(model.get("content"), dict):
            _as_run(model["content"])
        return model

    return get_as_run


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    # A hook that fails is logged by the server, and the notebook is saved as it is.
    manager = server.contents_manager
    manager.register_pre_save_hook(_on_save)
    manager.get = _with_as_run(manager.get)
