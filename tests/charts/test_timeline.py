"""The timeline: what stands where, what was known when, and that text stays text."""

from __future__ import annotations

import functools
import itertools
import json
import re
from typing import Any

import pandas as pd
import pytest

from rules import filtered
from upheaval import lesson, theme
from upheaval.chart import Chart
from upheaval.charts import timeline
from upheaval.facts import tables

EVENTS = lesson.table("events")
PERIODS = list(timeline.PERIODS)
each_period = pytest.mark.parametrize("period", PERIODS)


@functools.cache
def chart_of(period: str) -> Chart:
    """The timeline of all events; made once."""
    return timeline.swimlanes(EVENTS, period)


@functools.cache
def payload_of(period: str) -> dict[str, Any]:
    """The same as its face gets it."""
    return chart_of(period).payload()


def payload(period: str, events: pd.DataFrame) -> dict[str, Any]:
    """A timeline as its face gets it."""
    return payload_of(period) if events is EVENTS else timeline.swimlanes(events, period).payload()


def marks(period: str, events: pd.DataFrame = EVENTS) -> list[dict[str, Any]]:
    """Every mark of a timeline: its row, status, day in the middle, half length in days, y and size
    in pixels.
    """
    return [
        {
            "row": int(row),
            "status": trace["name"],
            "x": pd.Timestamp(x),
            "y": y,
            "size": size,
            "half": half / timeline.DAY,
        }
        for trace in payload(period, events)["figure"]["data"]
        if "markers" in trace["mode"]
        for row, x, y, size, half in zip(
            trace["ids"],
            trace["x"],
            trace["y"],
            trace["marker"]["size"],
            trace["error_x"]["array"],
            strict=True,
        )
    ]


def texts(period: str, events: pd.DataFrame = EVENTS) -> list[str]:
    """Every text that plotly would read as markup."""
    figure = payload(period, events)["figure"]
    found = [item["text"] for item in figure["layout"].get("annotations", [])]
    for trace in figure["data"]:
        for part in ("text", "hovertext"):
            found += trace[part] if isinstance(trace.get(part), list) else [trace.get(part, "")]
    return found


def statuses(day: str | None) -> dict[str, str]:
    """Titles and statuses on show since 2022 when the reader has chosen a day."""
    rule = {"name": "as_of", "column": "known", "rule": "lte", "value": day, "label": ""}
    table = filtered(payload_of("war"), [rule])["table"]
    at = {name: table["columns"].index(name) for name in ("Event", "Status")}
    assert len({row[at["Event"]] for row in table["rows"]}) == len(table["rows"]), (
        "an event shows once"
    )
    return {row[at["Event"]]: row[at["Status"]].split(" ")[1].strip(",") for row in table["rows"]}


def inside(period: str, events: pd.DataFrame = EVENTS) -> pd.DataFrame:
    """The events that a period shows, worked out afresh."""
    window, span = timeline.PERIODS[period], tables.span(events["date"])
    within = (span["end"] >= window.first) & (span["start"] <= window.last)
    return events[within & (events["landmark"].notna() | (events["date"] < window.landmarks_from))]


@each_period
def test_every_event_of_the_period_is_a_mark_and_counted_once(period: str) -> None:
    chart = chart_of(period)
    drawn = marks(period)
    assert sorted(mark["row"] for mark in drawn) == list(range(len(chart.table)))
    assert set(chart.table["Event"]) == set(inside(period)["title"])
    assert chart.row_filters["total"] == len(inside(period)) > 0
    assert all(
        chart.row_filters["columns"]["status"][mark["row"]] == mark["status"] for mark in drawn
    )
    json.dumps(payload_of(period), allow_nan=False)


@each_period
def test_no_two_marks_of_a_row_touch(period: str) -> None:
    window = timeline.PERIODS[period]
    first, last = pd.Timestamp(window.first), pd.Timestamp(window.last)
    titles = chart_of(period).table["Event"]
    drawn = sorted(marks(period), key=lambda mark: (mark["y"], mark["x"]))
    for one, other in itertools.pairwise(drawn):
        if one["y"] != other["y"] or titles[one["row"]] == titles[other["row"]]:
            continue  # phases of one event stand on the same place, and never show together
        apart = (other["x"] - one["x"]) / (last - first) * timeline.WIDTH
        assert apart >= (one["size"] + other["size"]) / 2, (
            titles[one["row"]],
            titles[other["row"]],
            apart,
        )


@each_period
def test_names_of_landmarks_keep_clear_of_marks(period: str) -> None:
    """By the width that the chart reckons a letter with, on the width that it is stacked for."""
    window = timeline.PERIODS[period]
    scale = timeline.WIDTH / (pd.Timestamp(window.last) - pd.Timestamp(window.first)).days
    table, drawn = chart_of(period).table, marks(period)
    names = EVENTS.set_index("title")["landmark"]
    boxes = []
    for mark in drawn:
        x, name = (
            (mark["x"] - pd.Timestamp(window.first)).days * scale,
            names[table["Event"][mark["row"]]],
        )
        length = 0 if pd.isna(name) else len(name) * timeline.LETTER
        after = x + length <= timeline.WIDTH
        boxes.append(
            (
                mark["y"],
                x if after else x - length,
                x + length if after else x,
                table["Event"][mark["row"]],
            )
        )
    for one, other in itertools.pairwise(sorted(boxes)):
        assert one[0] != other[0] or one[3] == other[3] or one[2] <= other[1], (one, other)


@each_period
def test_lanes_stand_in_their_order_and_apart(period: str) -> None:
    themes = chart_of(period).row_filters["columns"]["theme"]
    reach = {}
    for mark in marks(period):
        low, high = reach.get(themes[mark["row"]], (mark["y"], mark["y"]))
        reach[themes[mark["row"]]] = min(low, mark["y"]), max(high, mark["y"])
    lanes = [lane for lane in timeline.THEMES if lane in reach]
    assert set(lanes) == set(reach)
    for one, other in itertools.pairwise(lanes):
        assert reach[other][0] - reach[one][1] >= timeline.ROW + timeline.LANE_HEAD
    drawn = " ".join(texts(period))
    assert all(f"<b>{theme.escape_html(timeline.THEMES[lane])}</b>" in drawn for lane in lanes)


@each_period
def test_the_landmarks_of_a_period_are_named_and_larger(period: str) -> None:
    names = inside(period).set_index("title")["landmark"].dropna()
    drawn = [text.strip("\u00a0 ") for text in texts(period)]
    assert len(names) and all(theme.escape_html(name) in drawn for name in names)
    table = chart_of(period).table["Event"]
    sizes = {(table[mark["row"]] in names, mark["size"]) for mark in marks(period)}
    assert (
        sizes <= {(True, timeline.LANDMARK), (False, timeline.MARK)}
        and timeline.LANDMARK > timeline.MARK
    )


def test_a_month_is_drawn_as_long_as_a_month() -> None:
    events = EVENTS[EVENTS["date_precision"] == "day"].iloc[:1]
    for date, middle, half in (
        ("2024-10-23", "2024-10-23", 0),
        ("2024-10", "2024-10-16", 15),
        ("2024", "2024-07-01", 182.5),
    ):
        (mark,) = marks("2024", events.assign(date=date, first_reported=None))
        assert abs((mark["x"] - pd.Timestamp(middle)).days) <= 1 and mark["half"] == pytest.approx(
            half, abs=0.6
        ), date


@each_period
def test_only_dates_that_are_not_days_have_a_line(period: str) -> None:
    chart = chart_of(period)
    precise = EVENTS.set_index("title")["date"].str.fullmatch(r"\d{4}-\d\d-\d\d")
    for mark in marks(period):
        assert (mark["half"] == 0) == precise[chart.table["Event"][mark["row"]]], mark
    in_legend = any("not known" in label for _, label in chart.legend)
    assert in_legend == any(mark["half"] for mark in marks(period))


# -- what was known --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-10-08", None),
        ("2024-10-17", None),
        ("2024-10-18", "disputed"),
        ("2024-10-23", "disputed"),
        ("2025-04-25", "disputed"),
        ("2025-04-26", "confirmed"),
        (None, "confirmed"),
    ],
)
def test_the_first_sailing_is_disputed_until_moscow_admits_it(
    day: str | None, status: str | None
) -> None:
    title = EVENTS.set_index("id").at["dprk-troops-embark", "title"]
    assert statuses(day).get(title) == status


@pytest.mark.parametrize("day", timeline.AS_OF)
def test_the_chart_and_the_table_agree_on_what_was_known(day: str) -> None:
    then = inside("war", tables.as_of(EVENTS, day))
    assert statuses(day) == dict(zip(then["title"], then["status"], strict=True))


def test_without_a_day_everything_shows_as_it_stands_now() -> None:
    now = inside("war")
    assert statuses(None) == dict(zip(now["title"], now["status"], strict=True))


def test_the_line_of_the_day_stands_at_the_day() -> None:
    rule = {"name": "as_of", "column": "known", "rule": "lte", "value": "2024-10-23", "label": ""}

    def line(day: str | None) -> list[tuple[str, str]]:
        shapes = filtered(payload_of("october"), [{**rule, "value": day}])["figure"]["layout"][
            "shapes"
        ]
        return [(one["x0"], one["x1"]) for one in shapes if one.get("name") == "at:as_of"]

    assert line("2024-10-23") == [("2024-10-23", "2024-10-23")]
    assert line(None) == []


# -- words and choices -----------------------------------------------------------------------------
def test_text_in_the_data_is_never_markup() -> None:
    odd = (
        '<script>alert(1)</script> <a href="javascript:alert(1)">x</a> <img src=x onerror=alert(1)>'
        " & <b>bold"
    )
    events = EVENTS[EVENTS["landmark"].notna()].assign(
        title=odd, landmark=odd[:40], description=odd
    )
    for text in texts("war", events):
        assert not re.search(r"<(?!/?b>|br>)", text), text
        assert text.count("<b>") == text.count("</b>") <= 1, (
            "only what the chart itself sets in bold"
        )
    assert set(timeline.swimlanes(events, "war").table["Event"]) == {odd}, (
        "in the table it is text, and stays as it is"
    )


def test_no_events_is_told_and_not_raised() -> None:
    chart = timeline.swimlanes(EVENTS.iloc[:0], "october")
    assert chart.title == "No event fits these choices" and "Choose" in chart.description
    assert chart.payload()["empty"] is True


def test_one_event() -> None:
    chart = timeline.swimlanes(EVENTS[EVENTS["id"] == "us-confirms-3000"], "october")
    assert chart.title.startswith("One event fits: 23 October 2024, in the lane")
    assert (
        chart.description.startswith("One of the 1 events") and "confirmed 1" in chart.description
    )


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(KeyError, match="1812"):
        timeline.swimlanes(EVENTS, "1812")


def test_the_events_given_are_not_changed() -> None:
    before = EVENTS.copy()
    timeline.swimlanes(EVENTS, "war")
    pd.testing.assert_frame_equal(EVENTS, before)


def test_the_order_of_the_rows_given_does_not_matter() -> None:
    mixed = EVENTS.sample(frac=1, random_state=5)
    assert timeline.swimlanes(mixed, "war").payload() == payload_of("war")


def test_choices_lead_to_events() -> None:
    for rule, options in (
        ("theme", timeline.theme_options(EVENTS)),
        ("actors", timeline.actor_options(EVENTS)),
        ("status", timeline.status_options()),
    ):
        labels, values = zip(*options, strict=True)
        assert (
            values[0] is None
            and len(set(labels)) == len(labels)
            and len(set(values)) == len(values)
        )
        held = set(EVENTS[rule].explode() if rule == "actors" else EVENTS[rule])
        assert rule == "status" or set(values[1:]) <= held
    assert [value for _, value in timeline.period_options()] == PERIODS
    *days, last = timeline.as_of_options()
    assert last[1] is None and [value for _, value in days] == sorted(timeline.AS_OF)
    frequent = EVENTS["actors"].explode().value_counts()
    assert all(frequent[code] >= 5 for _, code in timeline.actor_options(EVENTS)[1:])


def test_the_subtitle_names_the_period_in_words() -> None:
    assert (
        chart_of("october").subtitle
        == "Dated events by theme, 24 September 2024 to 1 December 2024"
    )
    assert "landmarks only" in chart_of("background").subtitle
