"""The timeline in Panel, as its documents recommend: `pn.bind` a function to a widget.

panel serve panel_app.py        a server, and a Python process for each reader
python panel_app.py OUT.html    one file with every state embedded, which needs neither
"""

from __future__ import annotations

import sys

import panel as pn
import plotly.graph_objects as go
from bokeh.resources import INLINE

from upheaval.charts import timeline
from upheaval.facts import tables

pn.extension("plotly")

events = tables.read("events")
period = pn.widgets.Select(name="Period", options=list(timeline.PERIODS))


def chart(period: str) -> go.Figure:
    """The figure of a period."""
    return timeline.swimlanes(events, period).figure


app = pn.Column(period, pn.pane.Plotly(pn.bind(chart, period)))

if len(sys.argv) > 1:
    app.save(sys.argv[1], embed=True, resources=INLINE, progress=False)
else:
    app.servable()
