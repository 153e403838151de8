"""Explorer: a chart that moves. Defined once, alive with a kernel and in a page."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pandas as pd
import traitlets

from ... import row_filters, saving
from ...protocol import Filter, Payload
from ..core import legacy_addresses, storage
from ..core.base import BaseWidget, in_html
from ..core.pack import pack
from ..core.protocol import ExplorerSpec, ExplorerState, Selection
from .controls import Control, Dropdown

MAX_STATES = 600


class Drawn(Protocol):
    """What an explorer needs to know of a chart (see `upheaval.chart.Chart`)."""

    def payload(self) -> Payload:
        """All that a face paints."""


class Explorer(BaseWidget):
    """Controls over a view.

    ``view(**choices)`` returns a chart (`Drawn`). Each further keyword is a control: a `Control`,
    or a plain list of options. Controls with a column (`Filter`, `DateLimit`) select rows of a
    chart with row filters; all others are arguments of the view, and every combination of them is
    one state. ``name`` is how the page's address calls this explorer; by default the name of the
    view.

    Every control is also a trait of the widget that holds the value selected (``explorer.window``):
    set it, observe it, link it. Raises ``ValueError`` when the states are more than 600 or a
    control's name is taken.
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
        taken = [key for key in self.controls if hasattr(type(self), key) or key in vars(self)]
        if taken:
            raise ValueError(f"a widget has {taken[0]!r} already; call that control something else")
        count = math.prod(len(self.controls[key].values) for key in self._state_controls)
        if count > MAX_STATES:
            raise ValueError(
                f"the controls make {count} states and at most {MAX_STATES} are kept: make a Filter"
                " of those that only select rows, or offer fewer options"
            )
        self._payload = functools.cache(self._compute)
        #: Which rows the face painted last, as it says, and at which choice.
        self._painted: tuple[Selection, list[int]] | None = None
        start = {key: one.start for key, one in self.controls.items()}
        own = name or _name_of(view)
        spec: ExplorerSpec = {
            "kind": "explorer",
            "name": own,
            "controls": [
                one.spec(key, legacy_addresses.labels(own, key))
                for key, one in self.controls.items()
            ],
        }
        if self.memo_day:
            spec["memoDay"] = self.memo_day
        first: ExplorerState = {
            "stateKey": ",".join(map(str, self._indices(start))),
            "payload": self._payload(*self._indices(start)),
        }
        super().__init__(spec=spec, selected=start, state=first)
        self.add_traits(
            **{key: traitlets.Any(self.controls[key].values[index]) for key, index in start.items()}
        )
        self.observe(self._on_selection, "selected")
        self.observe(self._on_trait, list(self.controls))
        self.on_msg(self._on_message)

    # -- what the view says ------------------------------------------------------------------------
    def _compute(self, *indices: int) -> Payload:
        selection = zip(self._state_controls, indices, strict=True)
        values = {key: self.controls[key].values[index] for key, index in selection}
        return self.view(**values).payload()

    def _indices(self, selection: Selection) -> tuple[int, ...]:
        return tuple(selection[key] for key in self._state_controls)

    def filters(self, selection: Selection) -> list[Filter]:
        """The filters for the options ``selection`` (numbers), as `row_filters` has them."""
        return [
            {
                "name": key,
                "column": one.column,
                "rule": one.rule,
                "value": one.values[selection[key]],
                "label": one.labels[selection[key]],
            }
            for key, one in self.controls.items()
            if one.column and one.rule
        ]

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

    def _on_message(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        """Keep evidence (`storage.on_evidence`), note which rows are on show (``visibleRows`` at a
        ``selection``), or send a likely next state (``prefetch``: its key).
        """
        if answer := storage.on_evidence(message):
            self.send(answer)
        elif "visibleRows" in message:
            self._on_visible(message["visibleRows"], message.get("selection"))
        else:
            state_key = str(message.get("prefetch", ""))
            indices = [int(index) for index in state_key.split(",") if index]
            if len(indices) == len(self._state_controls):
                self.send(self._answer(dict(zip(self._state_controls, indices, strict=True))))

    def _on_visible(self, rows: Any, selection: Any) -> None:
        # What was painted before another choice was made says nothing of this one.
        if selection == self.selected and isinstance(rows, list):
            there = range(len(self.payload()["table"]["rows"]))
            if all(isinstance(row, int) and row in there for row in rows):
                self._painted = (selection, rows)

    def _on_selection(self, change: dict[str, Any]) -> None:
        selection = change["new"]
        if change["old"] and self._indices(selection) != self._indices(change["old"]):
            self.state = self._answer(selection)
        for key, one in self.controls.items():
            setattr(self, key, one.values[selection[key]])

    def _on_trait(self, change: dict[str, Any]) -> None:
        key, value = change["name"], change["new"]
        one = self.controls[key]
        if value not in one.values:
            setattr(self, key, change["old"])
            raise traitlets.TraitError(
                f"{value!r} is not an option of {key}; they are: {', '.join(one.labels)}"
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
        """The chart on show in plotly's own form, and its words as HTML."""
        payload = self.payload()
        title, _, description = self.to_text().partition("\n")
        asked = "; ".join(
            f"{one.label}: {one.labels[self.selected[key]]}" for key, one in self.controls.items()
        )
        signs = "   ".join(f"{sign} {label}" for sign, label in payload["legend"])
        as_of = f"Data as of {payload['asOf']}."
        words = [title, payload["subtitle"], asked, signs, description, as_of]
        form: dict[str, Any] = {
            saving.HTML: in_html("\n".join(words), "face-saved"),
            "text/plain": f"{title}\n{description}",
        }
        if payload["empty"] or not self._visible():
            return {**form, saving.HTML: form[saving.HTML] + saving.WAKE}
        figure = saving.titled(payload["figure"], title, payload["subtitle"])
        if "rowFilters" in payload:
            figure = row_filters.marks_of(figure, self._visible())
        config = {"displaylogo": False, "responsive": True}
        return {**form, saving.PLOTLY: {**figure, "config": config}}

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
