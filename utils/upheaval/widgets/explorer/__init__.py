"""Explorer: a chart that moves. Defined once, alive with a kernel and in a page."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import pandas as pd
import traitlets

from ... import row_filters, saving
from ...protocol import Filter, Payload
from ..core import legacy_addresses, storage
from ..core.base import BaseWidget, in_html, mode
from ..core.pack import pack
from ..core.protocol import ExplorerSpec, ExplorerState, GhostSpec, Selection, TourStep
from .controls import Control, Dropdown

MAX_STATES = 600


class Drawn(Protocol):
    """What an explorer needs to know of a chart (see `upheaval.charts.draw.spec.Chart`)."""

    def payload(self) -> Payload:
        """All that a face paints."""


class UnknownState(LookupError):
    """Somebody's words name a control or an option that a chart does not have."""


class Explorer(BaseWidget):
    """Controls over a view.

    ``view(**choices)`` returns a chart (`Drawn`). Each further keyword is a control: a `Control`,
    or a plain list of options. Controls with a column (`Filter`, `DateLimit`) select rows of a
    chart with row filters; all others are arguments of the view, and every combination of them is
    one state. ``name`` is how the page's address calls this explorer; by default the name of the
    view.

    Every control is also a trait of the widget that holds the value selected (``explorer.window``):
    set it, observe it, link it. Raises ``ValueError`` when the states are more than 600 or a
    control's name is taken (a tour's address has the name ``tour``).
    """

    face = "explorer"
    draws = True
    #: The ISO day of the memo that evidence is kept for; what is later is said to be.
    memo_day = ""

    def __init__(self, view: Callable[..., Drawn], *, name: str = "", **controls: Any):
        self.view = view
        self.controls: dict[str, Control] = {
            key: one if isinstance(one, Control) else Dropdown(one, key)
            for key, one in controls.items()
        }
        self._state_controls = [key for key, one in self.controls.items() if not one.column]
        own = {*vars(self), "tour"}
        taken = [key for key in self.controls if hasattr(type(self), key) or key in own]
        if taken:
            raise ValueError(f"a widget has “{taken[0]}” already; call that control something else")
        count = math.prod(len(self.controls[key].values) for key in self._state_controls)
        if count > MAX_STATES:
            raise ValueError(
                f"the controls make {count} states and at most {MAX_STATES} are kept: make a Filter"
                " of those that only select rows, or offer fewer options"
            )
        self._payload = functools.cache(self._compute)
        #: Which rows the face painted last, as it says, and at which choice.
        self._painted: tuple[Selection, list[int]] | None = None
        self._painted_ahead: tuple[Any, list[Any]] | None = None
        #: What the face drew last, and at which choice.
        self._picture: tuple[Any, Any] = (None, None)
        start = {key: one.start for key, one in self.controls.items()}
        called = name or _name_of(view)
        spec: ExplorerSpec = {
            "kind": "explorer",
            "name": called,
            "controls": [
                one.spec(key, legacy_addresses.labels(called, key))
                for key, one in self.controls.items()
            ],
        }
        if self.memo_day:
            spec["memoDay"] = self.memo_day
        first: ExplorerState = {
            "stateKey": ",".join(map(str, self._indices(start))),
            "payload": self._payload(*self._indices(start)),
        }
        super().__init__(spec=spec, selected=start, state=self._in_era(first))
        self.add_traits(
            **{key: traitlets.Any(self.controls[key].values[index]) for key, index in start.items()}
        )
        self.observe(self._on_selection, "selected")
        if self.controls:  # no name at all would stand for every trait
            self.observe(self._on_trait, list(self.controls))
        self.on_msg(self._on_message)

    def set_tour(self, steps: Sequence[tuple[Mapping[str, object], str, str]]) -> None:
        """Lead the reader through the chart first.

        Each step is what it chooses (ids of options by control; the others are at their start), a
        sentence, and a question. The first is the chart as it begins. Raises `UnknownState` for a
        choice there is not, and for a first step that chooses.
        """
        tour: list[TourStep] = [
            {"state": self.selection_of(chosen), "says": says, "asks": asks}
            for chosen, says, asks in steps
        ]
        if tour and tour[0]["state"]:
            raise UnknownState(
                f"The tour of the chart “{self.spec['name']}” has to begin with the chart as it"
                " begins: take the choice out of its first step."
            )
        self.spec = {**self.spec, "tour": tour}

    def set_ghost(self, ghost: GhostSpec) -> None:
        """Let the guess that a reader keeps under ``ghost["storageKey"]`` stand on the chart.

        It is theirs, and no data: the face puts it on, no payload has it.
        """
        self.spec = {**self.spec, "ghost": ghost}
        self.state = self._in_era(self.state)
        storage.store.observe(self._stored)

    def _stored(self, keys: set[str], cleared: bool) -> None:
        if cleared or self.spec["ghost"]["storageKey"] in keys:
            self.state = self._in_era(self.state)

    def selection_of(self, chosen: Mapping[str, object]) -> Selection:
        """The numbers of options by control, for their ids. Raises `UnknownState`."""
        return {key: self._at(key, str(one)) for key, one in chosen.items()}

    def _at(self, key: str, chosen: str) -> int:
        name = self.spec["name"]
        if key not in self.controls:
            there = ", ".join(self.controls)
            raise UnknownState(f"The chart “{name}” has no control “{key}”. There are: {there}.")
        ids = self.controls[key].ids
        if chosen not in ids:
            raise UnknownState(
                f"“{chosen}” is no option of “{key}” in the chart “{name}”."
                f" There are: {', '.join(ids)}."
            )
        return ids.index(chosen)

    # -- what the view says ------------------------------------------------------------------------
    def _compute(self, *indices: int) -> Payload:
        selection = zip(self._state_controls, indices, strict=True)
        values = {key: self.controls[key].values[index] for key, index in selection}
        return self.view(**values).payload()

    def _indices(self, selection: Selection) -> tuple[int, ...]:
        return tuple(selection[key] for key in self._state_controls)

    def filters(self, selection: Selection) -> list[Filter]:
        """The filters for the options ``selection`` (numbers), as `row_filters` has them."""
        found: list[Filter] = []
        for key, one in self.controls.items():
            at = selection[key]
            if one.column and one.rule:
                found.append(
                    {
                        "name": key,
                        "column": one.column,
                        "rule": one.rule,
                        "value": one.values[at],
                        "label": one.labels[at],
                    }
                )
                if one.rule == "lte" and at > 0:
                    found[-1]["earlier"] = (one.values[at - 1], one.labels[at - 1])
        return found

    def payload(self, selection: Selection | None = None) -> Payload:
        """The chart that the view gives for the options ``selection`` (numbers; else the reader's).

        As plain JSON, with all rows: filters are applied by the face.
        """
        return self._payload(*self._indices({**self.selected, **(selection or {})}))

    @property
    def visible_rows(self) -> pd.DataFrame:
        """The rows on show now, with the columns that the table under the chart has.

        Which rows filters leave is what the face says of its last painting; where none has painted
        this choice, Python compares the rows itself.
        """
        table = self.payload()["table"]
        rows = pd.DataFrame(table["rows"], columns=table["columns"])
        return rows.iloc[self._visible()].reset_index(drop=True)

    def _visible(self) -> list[int]:
        """Numbers of the rows on show."""
        payload = self.payload()
        if "rowFilters" not in payload:
            return list(range(len(payload["table"]["rows"])))
        if self._painted and self._painted[0] == self.selected:
            return self._painted[1]
        return row_filters.visible_rows(payload["rowFilters"], self.filters(self.selected))

    def states(self) -> Iterator[Selection]:
        """Every combination of the controls that are arguments of the view, as option numbers."""
        sizes = (range(len(self.controls[key].values)) for key in self._state_controls)
        return (
            dict(zip(self._state_controls, indices, strict=True))
            for indices in itertools.product(*sizes)
        )

    def combinations(self) -> Iterator[Selection]:
        """Every combination of all controls, filters too, as option numbers."""
        sizes = (range(len(one.values)) for one in self.controls.values())
        return (
            dict(zip(self.controls, indices, strict=True)) for indices in itertools.product(*sizes)
        )

    # -- live --------------------------------------------------------------------------------------
    def _answer(self, selection: Selection) -> ExplorerState:
        """The state for the face.

        A view that fails is told to the reader in a sentence; the notebook goes on.
        """
        indices = self._indices(selection)
        state_key = ",".join(map(str, indices))
        try:
            return {"stateKey": state_key, "payload": self._payload(*indices)}
        except (
            Exception
        ) as error:  # the first painting, the tests and every build go past here and see it raised
            problem = f"This choice cannot be drawn: {error} Choose another, or tell your teacher."
            return {"stateKey": state_key, "problem": problem}

    def _in_era(self, answer: ExplorerState) -> ExplorerState:
        """`answer`, with the era that evidence belongs to which is kept while it is on show.

        A click that waits for a busy kernel while all is cleared must not come after it. With it
        goes the guess that stands on the chart.
        """
        if mode() != "live":
            return answer
        found: ExplorerState = {**answer, "era": storage.store.era}
        if ghost := self.spec.get("ghost"):
            key = ghost["storageKey"]
            found["linked"] = {key: storage.store.get(key)}
        return found

    def _on_message(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        """Keep evidence (`storage.on_evidence`), look what other kernels did (``look``), note which
        rows are on show (``visibleRows`` at a ``selection``) or how it is drawn (``picture``, a PNG
        in base64, to be saved), or send a likely next state (``prefetch``: its key).
        """
        if answer := storage.on_evidence(message):
            self.send(answer)
        elif "look" in message:
            storage.on_news(message)
        elif "visibleRows" in message:
            self._on_visible(message["visibleRows"], message.get("selection"))
        elif "picture" in message:
            self._picture = (message.get("selection"), message["picture"])
            self._resave_soon(None)
        else:
            state_key = str(message.get("prefetch", ""))
            indices = [int(index) for index in state_key.split(",") if index]
            if len(indices) == len(self._state_controls):
                self.send(self._answer(dict(zip(self._state_controls, indices, strict=True))))

    def _on_visible(self, rows: Any, selection: Any) -> None:
        if not isinstance(rows, list):
            return
        if selection != self.selected:
            # ipywidgets holds changes back while the kernel is at work, and messages not: this may
            # have come before the choice that it is about.
            self._painted_ahead = (selection, rows)
            return
        there = range(len(self.payload()["table"]["rows"]))
        if all(isinstance(row, int) and row in there for row in rows):
            self._painted = (selection, rows)

    def _on_selection(self, change: dict[str, Any]) -> None:
        selection = change["new"]
        if change["old"] and self._indices(selection) != self._indices(change["old"]):
            self.state = self._in_era(self._answer(selection))
        for key, one in self.controls.items():
            setattr(self, key, one.values[selection[key]])
        if self._painted_ahead and self._painted_ahead[0] == selection:
            self._on_visible(self._painted_ahead[1], selection)

    def _on_trait(self, change: dict[str, Any]) -> None:
        key, value = change["name"], change["new"]
        one = self.controls[key]
        if value not in one.values:
            setattr(self, key, change["old"])
            raise traitlets.TraitError(
                f"“{value}” is not an option of {key}; they are: {', '.join(one.labels)}"
            )
        index = one.values.index(value)
        if self.selected[key] != index:
            self.selected = {**self.selected, key: index}

    # -- in a page ---------------------------------------------------------------------------------
    def page_data(self) -> dict[str, Any]:
        """The states of all combinations of the view's arguments, packed; the face filters."""
        states = {
            ",".join(map(str, self._indices(one))): self._payload(*self._indices(one))
            for one in self.states()
        }
        return {"spec": self.spec, "packed": pack(states)}

    def saved_form(self) -> dict[str, Any]:
        """The chart on show in plotly's own form and as the face drew it, its words as HTML."""
        payload = self.payload()
        title, _, description = self.to_text().partition("\n")
        asked = "; ".join(
            f"{one.label}: {one.labels[self.selected[key]]}" for key, one in self.controls.items()
        )
        signs = "   ".join(f"{sign} {label}" for sign, label in payload["legend"])
        as_of = f"Data as of {payload['asOf']}."
        words = [title, payload["subtitle"], asked, signs, self._news(), description, as_of]
        form: dict[str, Any] = {
            saving.HTML: in_html("\n".join(filter(None, words)), "face-saved"),
            "text/plain": f"{title}\n{description}",
        }
        if payload["empty"] or not self._visible():
            return form
        if "markedRows" in payload:
            marked = row_filters.lines_of(
                payload["markedRows"], self._visible(), self.filters(self.selected)
            )
            drawn = saving.rows_html(marked)
            return {**form, saving.HTML: form[saving.HTML] + drawn}
        figure = saving.titled(payload["figure"], title, payload["subtitle"])
        if "rowFilters" in payload:
            figure = row_filters.marks_of(figure, self._visible())
        form[saving.PLOTLY] = {**figure, "config": saving.PLOTLY_CONFIG}
        selection, picture = self._picture
        if selection == self.selected and isinstance(picture, str):
            form[saving.PNG] = picture
        return form

    def _news(self) -> str:
        """What is new since the last stop of a stepper, where the chart tells it."""
        payload = self.payload()
        if "rowFilters" not in payload:
            return payload.get("news", "")
        filters = self.filters(self.selected)
        return row_filters.news(payload["rowFilters"], filters, self._visible())

    def to_text(self) -> str:
        """The title and description of the chart on show."""
        payload = self.payload()
        if "rowFilters" not in payload:
            return f"{payload['title']}\n{payload['description']}"
        filters, rows = self.filters(self.selected), self._visible()
        return "\n".join(
            row_filters.text(payload["rowFilters"], which, filters, rows)
            for which in ("title", "description")
        )


def _name_of(view: Callable[..., Any]) -> str:
    """The view's name, also when arguments were fixed with `functools.partial`."""
    while isinstance(view, functools.partial):
        view = view.func
    return getattr(view, "__name__", type(view).__name__).strip("<>_").replace("_", "-")
