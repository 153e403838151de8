"""BaseWidget: the base of every widget here.

One ES module paints it; who answers depends on where it is shown.

``FACE_MODE`` in the environment says where:

``live``
    a kernel answers (JupyterLab): the widget view, with its saved form beside it (`saving`);
``page``
    a page builder includes style, face and plotly.js once: the output is an HTML element with
    packed states;
``inline``
    nobody includes anything (plain ``nbconvert --execute``): the first output of the kernel brings
    them along.

Without it, a kernel that an exporter started is ``inline`` and any other ``live``.
"""

from __future__ import annotations

import asyncio
import functools
import html
import os
import sys
import uuid
from typing import Any

import anywidget
import ipywidgets
import traitlets
from IPython.core.getipython import get_ipython
from IPython.display import DisplayHandle

from ... import saving
from . import assets
from .pack import pack, script_json

Json = Any

MODES = ("live", "page", "inline")
#: Programs that run a notebook to export it; a kernel whose parent is one of them has no reader.
EXPORTERS = ("nbconvert", "papermill", "jupyter-execute", "voila")
#: Seconds after a change until the form to be saved follows: who moves a control moves it on.
PAUSE = 0.3


def mode() -> str:
    """Where widgets show: ``live``, ``page`` or ``inline``. ``ValueError`` for a bad wish."""
    wish = os.environ.get("FACE_MODE", "")
    if wish and wish not in MODES:
        raise ValueError(f"FACE_MODE is “{wish}”; it may be {', '.join(MODES)}, or unset")
    return wish or ("inline" if _exporting() else "live")


@functools.cache
def _exporting() -> bool:
    """Whether an exporter started this process.

    An export shows no widget view without a network, so it must know.
    """
    if sys.platform == "emscripten":  # in a browser: no processes there, and a reader before it
        return False
    import psutil  # ipykernel brings it; only needed here

    try:
        command = " ".join(psutil.Process(os.getppid()).cmdline())
    except (psutil.Error, OSError):
        return False
    return any(name in command for name in EXPORTERS)


@functools.cache
def library() -> ipywidgets.Textarea:
    """plotly.js as the value of a widget model: sent once a kernel, however many charts there are.

    A model of ipywidgets' core rather than of anywidget, which gives up on a model that is not
    ready in two seconds.
    """
    return ipywidgets.Textarea(value=assets.plotly())


class BaseWidget(anywidget.AnyWidget):
    """A widget whose reader selects (``selected`` goes out) and is answered (``state`` returns).

    ``spec`` is what does not change: the kind of face, its texts, its controls.
    """

    library = traitlets.Any(allow_none=True).tag(sync=True, **ipywidgets.widget_serialization)
    spec = traitlets.Dict().tag(sync=True)
    selected = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    #: The model's own id, by which the face finds it (`attachCommHandler` in kernel_backend.ts).
    widget_id = traitlets.Unicode().tag(sync=True)

    #: The kind of face: the name of its folder.
    face = ""
    #: Whether the face draws charts, and so needs plotly.js.
    draws = False
    #: The parts of the spec that are large: a page holds them packed.
    large: tuple[str, ...] = ()

    def __init_subclass__(cls, **options: Any):
        """Give each class the part of the face that it needs."""
        if "face" in vars(cls):  # not the classes that traitlets makes as it adds traits
            cls._esm, cls._css = assets.module(cls.face), assets.style(cls.face)
        super().__init_subclass__(**options)

    def __init__(self, **traits: Any):
        widget_id = uuid.uuid4().hex
        spec = {"kind": self.face, **traits.pop("spec", {})}
        shared = library() if self.draws and mode() == "live" else None
        super().__init__(
            library=shared,
            model_id=widget_id,
            widget_id=widget_id,
            spec=spec,
            _dom_classes=("face",),  # where the script does not come, `style.css` says so
            **traits,
        )

        self._saved: DisplayHandle | None = None
        self._resaving: asyncio.TimerHandle | None = None
        self.observe(self._resave_soon, ["selected", "state"])

    def open(self) -> None:
        """Open a comm to the front end, if there is a reader at the other end of it."""
        if mode() == "live":
            super().open()

    def to_text(self) -> str:
        """The widget as text, for a terminal and pages without scripts; here its question."""
        return str(self.spec.get("question", ""))

    def page_data(self) -> Json:
        """What a page needs: ``spec``, and its large parts packed."""
        spec = {name: part for name, part in self.spec.items() if name not in self.large}
        large = {name: self.spec[name] for name in self.large}
        return {"spec": spec, "large": pack(large)} if large else {"spec": spec}

    def question_in_words(self) -> str:
        """What stands above `answer_lines`."""
        return self.to_text()

    def answer_lines(self) -> list[str]:
        """What its reader did here, in words."""
        return []

    def saved_form(self) -> dict[str, Json]:
        """The output for a front end without widgets, as it is now: see `saving`."""
        question, answer = self.question_in_words(), "\n".join(self.answer_lines())
        shown = in_html(question, "face-saved")
        if answer:
            shown += f"<blockquote>{in_html(answer, saving.ANSWER)}</blockquote>"
        elif "storageKey" in self.spec:
            shown += "<p><em>Not answered yet.</em></p>"
        return {saving.HTML: shown, "text/plain": f"{question}\n{answer}".strip()}

    def _hold_saved_form(self) -> None:
        """Show the output that what is to be saved travels in; nothing of it is seen."""
        if getattr(get_ipython(), "kernel", None) is None:  # a terminal has nothing to save
            return
        self._saved = DisplayHandle(display_id=self._saved.display_id if self._saved else None)
        self._saved.display({saving.HTML: ""}, raw=True, metadata=self._holder())

    def _holder(self, **data: Json) -> dict[str, Json]:
        return {saving.KEY: {"model_id": self.widget_id, **data}}

    def _resave_soon(self, _change: object) -> None:
        if self._saved is None or self._resaving is not None:
            return
        try:
            self._resaving = asyncio.get_running_loop().call_later(PAUSE, self._resave)
        except RuntimeError:  # a thread of the reader's own
            self._resave()

    def _resave(self) -> None:
        self._resaving = None
        if self._saved:
            holder = self._holder(data=self.saved_form())
            self._saved.update({saving.HTML: ""}, raw=True, metadata=holder)

    def to_html(self) -> str:
        """The widget as an HTML element with its data; a script-less reader sees it as text."""
        draws = ' data-draws=""' if self.draws else ""
        return (
            f'<div class="face"{draws} data-face="{self.face}">'
            f"{in_html(self.to_text(), 'face-plain')}<script"
            f' type="application/json">{script_json(self.page_data())}</script></div>'
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Json]:
        where = mode()
        if where == "live":
            view = super()._repr_mimebundle_(**kwargs)
            self._hold_saved_form()
            return {**(view[0] if isinstance(view, tuple) else view or {}), **self.saved_form()}
        runtime = _runtime_once(self.draws) if where == "inline" else ""
        return {"text/plain": self.to_text(), saving.HTML: self.to_html() + runtime}


def in_html(text: str, look: str) -> str:
    """Lines of text as paragraphs in an element of the class `look`."""
    lines = (html.escape(line) for line in text.splitlines() if line.strip())
    return f'<div class="{look}">{"".join(f"<p>{line}</p>" for line in lines)}</div>'


_sent: set[str] = set()


def _runtime_once(draws: bool) -> str:
    """What a page without a builder needs, each with the first output that needs it."""
    parts = {"face": f"<style>{assets.style()}</style><script>{assets.script()}</script>"}
    if draws:
        parts["plotly"] = f"<script>{assets.plotly()}</script>"
    new = [name for name in parts if name not in _sent]
    _sent.update(new)
    return "".join(parts[name] for name in new)
