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
from upheaval import lesson, stories
from upheaval.charts import timeline, timeline_rows
from upheaval.charts.draw import Chart, theme
from upheaval.facts import tables
from upheaval.phrases import LONGEST

EVENTS = lesson.table("events")
#: What each event is called on the chart, by its id.
NAMES = {row.id: timeline_rows.name_of(row) for row in tables.tuples(EVENTS)}
PERIODS = list(timeline_rows.PERIODS)
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
    return {row[at["Event"]]: row[at["Status"]].split(" ")[1] for row in table["rows"]}


def inside(period: str, events: pd.DataFrame = EVENTS) -> pd.DataFrame:
    """The events that a period shows, worked out afresh."""
    window, span = timeline_rows.PERIODS[period], tables.span(events["date"])
    within = (span["end"] >= window.first) & (span["start"] <= window.last)
    return events[within & (events["landmark"].notna() | (events["date"] < window.landmarks_from))]


@each_period
def test_every_event_of_the_period_is_a_mark_and_counted_once(period: str) -> None:
    chart = chart_of(period)
    drawn = marks(period)
    assert sorted(mark["row"] for mark in drawn) == list(range(len(chart.table)))
    assert set(chart.table["Event"]) == {NAMES[one] for one in inside(period)["id"]}
    assert chart.row_filters["total"] == len(inside(period)) > 0
    assert all(
        chart.row_filters["columns"]["status"][mark["row"]] == mark["status"] for mark in drawn
    )
    json.dumps(payload_of(period), allow_nan=False)


@each_period
def test_no_two_marks_of_a_row_touch(period: str) -> None:
    window = timeline_rows.PERIODS[period]
    titles = chart_of(period).table["Event"]
    drawn = sorted(marks(period), key=lambda mark: (mark["y"], mark["x"]))
    for one, other in itertools.pairwise(drawn):
        if one["y"] != other["y"] or titles[one["row"]] == titles[other["row"]]:
            continue  # phases of one event stand on the same place, and never show together
        at, beside = (window.panel_of(mark["x"]).at(mark["x"]) for mark in (one, other))
        apart = beside - at
        assert apart >= (one["size"] + other["size"]) / 2, (
            titles[one["row"]],
            titles[other["row"]],
            apart,
        )


@each_period
def test_names_of_landmarks_keep_clear_of_marks(period: str) -> None:
    """By the width that the chart reckons a letter with, on the width that it is stacked for."""
    window = timeline_rows.PERIODS[period]
    table, drawn = chart_of(period).table, marks(period)
    rows = timeline_rows.rows_of(EVENTS, window)
    names = [timeline_rows.label_of(row, window) for row in tables.tuples(rows)]
    boxes = []
    for mark in drawn:
        x, name = (
            window.panel_of(mark["x"]).at(mark["x"]),
            names[mark["row"]],
        )
        length = len(name) * timeline_rows.LETTER
        after = x + length <= timeline_rows.WIDTH
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


def test_every_mark_around_23_october_has_its_name_beside_it() -> None:
    (labels,) = (
        trace
        for trace in payload_of("october")["figure"]["data"]
        if trace.get("ids") and trace["mode"] == "text"
    )
    assert sorted(map(int, labels["ids"])) == list(range(len(chart_of("october").table)))
    assert all(text.strip() for text in labels["text"])
    landmarks = EVENTS["landmark"].notna().sum()
    war = [one for one in payload_of("war")["figure"]["data"] if one["mode"] == "text"]
    assert max(len(one["ids"]) for one in war if "ids" in one) < 2 * landmarks, "no room for all"
    phone = payload_of("october")["mobile"]["layout"]["height"]
    assert phone < payload_of("october")["figure"]["layout"]["height"]


def test_names_of_events_are_short_and_say_no_other_number() -> None:
    named = EVENTS[EVENTS["label"].notna()]
    for row in tables.records(named):
        name = row["label"]
        assert pd.isna(row["landmark"]), name
        said = re.findall(r"\d(?:[\d,.]*\d)?", f"{row['title']} {row['description']}")
        assert set(re.findall(r"\d(?:[\d,.]*\d)?", name)) <= set(said), name
    assert len(named) > 20 and named["label"].is_unique


def test_what_was_long_before_has_a_panel_of_its_own() -> None:
    """Seven decades have a third of the width, and the years since 2022 the rest."""
    layout = chart_of("background").figure.layout
    assert layout.xaxis.range[1] == layout.xaxis2.range[0] == "2022-01-01"
    assert layout.xaxis.domain[1] < layout.xaxis2.domain[0] < 0.5
    traces = payload_of("background")["figure"]["data"]
    sides = {trace["xaxis"]: trace["x"] for trace in traces if trace.get("ids")}
    assert max(sides["x"]) < "2022" <= min(sides["x2"])
    # The line of the day chosen is moved by the face: it belongs to the panel of those days.
    (line,) = (one for one in layout.shapes if one.name == "at:as_of")
    assert line.xref == "x2" and min(timeline.AS_OF) > "2022"
    assert "xaxis2" not in payload_of("war")["figure"]["layout"]


@each_period
def test_lanes_stand_in_their_order_and_apart(period: str) -> None:
    themes = chart_of(period).row_filters["columns"]["theme"]
    reach = {}
    for mark in marks(period):
        low, high = reach.get(themes[mark["row"]], (mark["y"], mark["y"]))
        reach[themes[mark["row"]]] = min(low, mark["y"]), max(high, mark["y"])
    lanes = [lane for lane in timeline_rows.THEMES if lane in reach]
    assert set(lanes) == set(reach)
    for one, other in itertools.pairwise(lanes):
        assert reach[other][0] - reach[one][1] >= timeline_rows.ROW + timeline_rows.LANE_HEAD
    drawn = " ".join(texts(period))
    assert all(f"<b>{theme.escape_html(timeline_rows.THEMES[lane])}</b>" in drawn for lane in lanes)


@each_period
def test_the_landmarks_of_a_period_are_named_and_larger(period: str) -> None:
    here = inside(period)
    names = here.set_index(here["id"].map(NAMES))["landmark"].dropna()
    drawn = [text.strip("\u00a0 ") for text in texts(period)]
    assert len(names) and all(theme.escape_html(name) in drawn for name in names)
    table = chart_of(period).table["Event"]
    sizes = {(table[mark["row"]] in names, mark["size"]) for mark in marks(period)}
    assert (
        sizes <= {(True, timeline_rows.LANDMARK), (False, timeline_rows.MARK)}
        and timeline_rows.LANDMARK > timeline_rows.MARK
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
    precise = EVENTS.set_index(EVENTS["id"].map(NAMES))["date"].str.fullmatch(r"\d{4}-\d\d-\d\d")
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
        ("2025-04-26", "claimed"),
        (None, "claimed"),
    ],
)
def test_the_first_sailing_is_disputed_until_moscow_admits_the_soldiers(
    day: str | None, status: str | None
) -> None:
    assert statuses(day).get(NAMES["dprk-troops-embark"]) == status


@pytest.mark.parametrize("day", timeline.AS_OF)
def test_the_chart_and_the_table_agree_on_what_was_known(day: str) -> None:
    then = inside("war", tables.as_of(EVENTS, day))
    assert statuses(day) == dict(zip(then["id"].map(NAMES), then["status"], strict=True))


def test_without_a_day_everything_shows_as_it_stands_now() -> None:
    now = inside("war")
    assert statuses(None) == dict(zip(now["id"].map(NAMES), now["status"], strict=True))


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
    assert set(timeline.swimlanes(events, "war").table["Event"]) == {f"{odd[:40]}: {odd}"}, (
        "in the table it is text, and stays as it is"
    )


def test_no_events_is_told_and_not_raised() -> None:
    chart = timeline.swimlanes(EVENTS.iloc[:0], "october")
    assert chart.title == "No event fits these choices" and "Choose" in chart.description
    assert chart.payload()["empty"] is True


def test_one_event() -> None:
    chart = timeline.swimlanes(EVENTS[EVENTS["id"] == "us-confirms-3000"], "october")
    said = "23 October 2024: White House says at least 3,000 North Korean soldiers are in Russia"
    assert chart.title == said
    assert chart.description.startswith(f"{said} (△ claimed). On show: one of the 1 events")
    admitted = timeline.swimlanes(EVENTS[EVENTS["id"] == "nis-announces-dispatch"], "october")
    assert "(● confirmed: the presence, not the number)" in admitted.description


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


# -- the story -------------------------------------------------------------------------------------
def told(period: str, day: str | None, before: str, **other: str) -> dict[str, Any]:
    """What the chart tells at a stop, after the stop ``before``."""
    chosen = [
        {"name": name, "column": name, "rule": "contains", "value": value, "label": value}
        for name, value in other.items()
    ]
    stop = {"name": "as_of", "column": "known", "rule": "lte", "value": day, "label": "today"}
    return filtered(payload_of(period), [*chosen, stop | {"earlier": [before, "before"]}])


def test_a_title_tells_what_became_public_and_who_had_denied_it_by_then() -> None:
    early, late = (
        told("october", "2024-10-18", "2024-10-08"),
        told("war", "2025-04-28", "2025-01-20"),
    )
    silent = "soldiers are in Russia. Moscow had denied such reports."
    assert early["title"].endswith(silent), "Moscow spoke eight days before, and not that day"
    assert late["title"].startswith("28 April 2025: North Korea confirms")
    assert late["title"].endswith("; 10 marks change"), "all that change, whatever they become"


def test_what_changed_is_named_ringed_and_in_the_key() -> None:
    chart = told("october", "2025-04-28", "2025-01-20")
    assert chart["title"].startswith("today: 8 marks change, 6 from ✕ to △ and 2 from ✕ to ●")
    assert "NATO: units in Kursk" in chart["news"] and "Nothing new" in chart["news"]
    assert ["◯", "changed since before"] in chart["legend"]
    ring = chart["figure"]["data"][-1]
    assert ring["marker"]["symbol"] == "circle-open" and len(ring["x"]) == 8
    assert "NIS: troops in Russia [the presence, not the number]" in chart["news"]
    calm = told("october", "2024-11-27", "2024-11-05", theme="us-policy")
    assert "State Department says North Korean troops have begun fighting" in calm["title"], (
        "what is about the deployment leads, and no other landmark"
    )


def test_nobody_denies_in_a_title_what_was_said_only_later() -> None:
    """Of every headline at every stop: who "denies it" spoke on its day or after, and by the stop;
    who "had denied such reports" spoke before."""
    days = {"Moscow": timeline_rows.denial_days()["RUS"]}
    days["Pyongyang"] = timeline_rows.denial_days()["PRK"]
    rows, found = timeline_rows.rows_of(EVENTS, timeline_rows.PERIODS["war"]), 0
    story = payload_of("war")["rowFilters"]["story"]
    for at, stop in itertools.product(range(len(rows)), timeline.AS_OF):
        public, row = str(rows["known"][at]), rows.loc[at]
        if public > stop or not story["denials"].get(str(at)):
            continue
        here = stories.Stop([at], list(rows["date"]), list(rows["status"]), moment=stop)
        title = stories.title(story, here)
        for capital, verb in re.findall(
            r"(Moscow|Pyongyang)[^.;]* (den(?:y|ies)|had denied)", title
        ):
            spoke = days[capital] if timeline_rows.about_deployment(row) else [public]
            held = [
                day for day in spoke if day <= stop and (day < public) == (verb == "had denied")
            ]
            found += 1
            assert held, f"{title} ({stop})"
    assert found


def test_no_headline_has_two_statuses() -> None:
    """The Times "reports" only until Washington itself has said so."""
    period = payload_of("war")["rowFilters"]
    status, headlines = period["columns"]["status"], period["story"]["headlines"]
    said = {(status[at], one) for at, one in enumerate(headlines) if "fire ATACMS" in one}
    assert said == {
        ("reported", "Biden lets Ukraine fire ATACMS missiles into Russia, New York Times reports"),
        ("confirmed", "Biden lets Ukraine fire ATACMS missiles into Russia"),
    }


def test_no_number_is_called_confirmed_where_only_the_presence_is() -> None:
    story = payload_of("war")["rowFilters"]["story"]
    rows = timeline_rows.rows_of(EVENTS, timeline_rows.PERIODS["war"])
    for row in tables.tuples(rows):
        number = bool(re.search(r"\d", row.headline))
        admitted = row.status == "confirmed" and timeline_rows.about_deployment(row)
        assert (str(row.Index) in story["objects"]) == (number and admitted), row.id


def test_what_is_new_has_the_name_that_it_has_in_the_list() -> None:
    table = chart_of("war").table["Event"]
    for at, name in payload_of("war")["rowFilters"]["story"]["names"].items():
        assert table[int(at)].startswith(name)


def test_rows_of_one_matter_have_one_status_in_both_tables() -> None:
    items = lesson.table("exchange").set_index("id")
    events = EVENTS.set_index("id")
    for event, item in {"rok-air-defence-claim": "rus-sam-missiles"}.items():
        for column in ("status", "status_before", "status_since"):
            assert events.at[event, column] == items.at[item, column], (event, column)


@pytest.mark.thorough
@each_period
def test_every_title_is_short_enough_to_be_read(period: str) -> None:
    for before, day in itertools.pairwise([*timeline.AS_OF, None]):
        for theme_of in [None, *timeline_rows.THEMES]:
            other = {"theme": theme_of} if theme_of else {}
            assert len(told(period, day, str(before), **other)["title"]) <= LONGEST
