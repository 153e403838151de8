"""What of a lesson is saved: a server extension of Jupyter that needs nothing but Python.

A widget's view is alive with its kernel only: in a notebook that is opened again it says "model not
found", and a print or an export leaves it out. So each widget has a *saved form* beside its view:
its chart as plotly has it and as it was drawn, with its words, or its question with the answer
given. On every save the view is dropped and the saved form takes its place; the notebook on the
screen stays as it is. No script is among it: JupyterLab exports a page without any, if it is not
asked to do otherwise.

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
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = Any

VIEW = "application/vnd.jupyter.widget-view+json"
PLOTLY = "application/vnd.plotly.v1+json"
HTML = "text/html"
PNG = "image/png"
#: What JupyterLab's plotly is told: no bar of buttons, for one of them would send the chart to
#: plotly's own server.
PLOTLY_CONFIG = {"displayModeBar": False, "responsive": True}
#: Where the metadata of outputs and notebooks hold what is ours.
KEY = "upheaval"
#: The class of what holds an answer, by which a notebook with answers is known.
ANSWER = "face-answer"
#: The type of what is said under each part. JupyterLab shows it as text, and nbconvert leaves it
#: out: on paper and in a page nothing can be brought to life.
NOTE = "application/vnd.jupyter.stdout"
WAKE = (
    "As it was when this notebook was saved. A page that was loaded anew (F5) sleeps like this,"
    " too, though its kernel runs. To bring it to life: menu Run, then Run All Cells. Your answers"
    " are kept and come back."
)
#: In the place of a drawing that had not come when the notebook was saved.
UNDRAWN = (
    "The drawing of this chart is missing here. Open the notebook in JupyterLab, run all cells,"
    " wait a moment, and save it again."
)
#: Wide enough to read, and narrow enough for a sheet of paper.
WIDTH = 680
#: HTML that does nothing but divide text: see `clean_html`.
HARMLESS = [
    *("abbr", "b", "code", "del", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong"),
    *("sub", "sup", "u", "a", "blockquote", "br", "details", "div", "hr", "p", "pre", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "dd", "dl", "dt", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("article", "aside", "cite", "figcaption", "figure", "footer", "header", "section", "time"),
]
#: What takes the focus in a saved form. JupyterLab keeps its keys off an element with this mark;
#: else, in its command mode, "x" on a summary cuts the cell. Live, the faces set it
#: (``widgets/core/jupyterlab.ts``); in a notebook that is opened again no script of ours runs.
KEYS = "data-lm-suppress-shortcuts"
_TAKES_KEYS = re.compile(rf"<(summary|a)(?=[\s>])(?![^>]*{KEYS})")
ATTRIBUTES = {"*": ["class", "colspan", "dir", "id", "lang", "rowspan", "title"], "a": ["href"]}


def titled(figure: Json, title: str, subtitle: str) -> Json:
    """The plotly JSON ``figure`` with its title inside, for a front end that has only plotly."""
    big, small = (html.escape(text, quote=False) for text in (title, subtitle))
    text = {"text": f"<b>{big}</b><br><sup>{small}</sup>", "automargin": True, "yref": "container"}
    return {**figure, "layout": {**figure["layout"], "title": text}}


def rows_html(rows: Json) -> str:
    """The rows of a chart that is a list or a table (`MarkedRows`), as HTML without a script."""

    def said(mark: Json) -> str:
        return f"{mark[0]} {mark[2]}" if mark else ""

    def line(one: Json) -> str:
        units = [f"{said(mark)}: {count}" for mark, count in one.get("units", [])]
        first = " ".join(part for part in (said(one.get("sign")), one["title"]) if part)
        texts = [f"<strong>{_escaped(first)}</strong>", *map(_escaped, (one["text"], one["note"]))]
        marks = one.get("cells", [])
        numbers = [f" {at}" if at else "" for at in one.get("numbers", [None] * len(marks))]
        cells = "".join(
            f"<td>{_escaped(f'{said(mark)}{number}')}</td>"
            for mark, number in zip(marks, numbers, strict=True)
        )
        words = " ".join(part for part in (*texts, _escaped("; ".join(units))) if part)
        return f"<tr><td>{words}</td>{cells}</tr>"

    heads = "".join(f"<th>{_escaped(' '.join(filter(None, one)))}</th>" for one in rows["columns"])
    parts = [f"<tr><th></th>{heads}</tr>"] if heads else []
    for group in rows["groups"]:
        parts += [f"<tr><th>{_escaped(group['title'])}</th></tr>"] if group["title"] else []
        parts += map(line, group["lines"])
    return f"<table>{''.join(parts)}</table>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


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
    for cell in (one for one in notebook.get("cells", []) if one.get("outputs")):
        holders = [_part(output, "metadata", KEY) for output in cell["outputs"]]
        forms = {str(one.get("model_id")): _part(one, "data") for one in holders if one}
        kept = [one for one, holder in zip(cell["outputs"], holders, strict=True) if not holder]
        cell["outputs"] = [part for one in kept for part in _settled(one, forms, lesson)]
        if lesson:
            _keep_keys(cell["outputs"])


def _keep_keys(outputs: list[Json]) -> None:
    """Mark what takes the focus in the HTML of a lesson's `outputs`: its keys stay there."""
    for data in (_part(one, "data") for one in outputs):
        if isinstance(data.get(HTML), str | list):
            data[HTML] = _TAKES_KEYS.sub(rf'<\1 {KEYS}="true"', "".join(data[HTML]))


def _part(value: Json, *names: str) -> Json:
    """What stands under `names` in one another, where that is an object; else an empty one."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _settled(output: Json, forms: dict[str, Json], lesson: bool) -> list[Json]:
    """`output` without its view; before a chart, which is drawn without words, its words."""
    data = _part(output, "data")
    model = str(_part(data, VIEW).get("model_id"))
    if VIEW not in data or not (lesson or model in forms):
        return [output]
    data |= forms.get(model, {})
    del data[VIEW]
    wake = _display({NOTE: WAKE})
    if HTML not in data:  # a control of ipywidgets itself
        return [wake]
    if PLOTLY not in data:
        return [output, wake]
    _part(data, PLOTLY, "layout").pop("title", None)  # the words above the drawing say it
    words = _display({HTML: data.pop(HTML)})
    if PNG in data:
        title = "".join(data.get("text/plain", "")).partition("\n")[0]
        output["metadata"] = {PNG: {"width": WIDTH, "alt": title}}
    else:
        data["text/plain"] = UNDRAWN
    return [words, output, wake]


def _display(data: dict[str, str]) -> Json:
    return {"output_type": "display_data", "data": data, "metadata": {}}


def clean_html(text: object) -> str:
    """``text`` as HTML without whatever could run, for “Sanitize HTML output” of an export.

    nbconvert's own filter of that name knows no paragraph, heading or head of a table: their marks
    stand among the words then.
    """
    import bleach  # nbconvert brings it

    return str(bleach.clean(str(text), tags=HARMLESS, attributes=ATTRIBUTES))


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
    exports = server.web_app.settings["config"].HTMLExporter
    exports.filters = {"clean_html": clean_html, **exports.get("filters", {})}
