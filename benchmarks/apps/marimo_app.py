"""The timeline in marimo, as its documents recommend: a cell that reads a control runs again."""

import marimo

app = marimo.App()


@app.cell
def _():
    import marimo as mo

    from upheaval.charts import timeline
    from upheaval.facts import tables

    events = tables.read("events")
    return events, mo, timeline


@app.cell
def _(mo, timeline):
    period = mo.ui.dropdown(
        list(timeline.PERIODS), value=next(iter(timeline.PERIODS)), label="Period"
    )
    period
    return (period,)


@app.cell
def _(events, period, timeline):
    timeline.swimlanes(events, period.value).figure
    return


if __name__ == "__main__":
    app.run()
