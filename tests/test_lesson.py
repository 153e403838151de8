"""What a notebook needs beside its charts, and plain words where Python would show a traceback."""

from __future__ import annotations

import atexit
import html
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from upheaval import lesson
from upheaval.facts import addresses, tables


def test_the_header_tells_question_time_objectives_and_words() -> None:
    block = lesson.begin("02")._repr_mimebundle_()
    about = lesson.about("02")
    for form in ("text/html", "text/plain"):
        text = html.unescape(block[form])
        assert about["question"] in text and "20 minutes together, 30 minutes on your own" in text
        assert tables.spell(tables.knowledge_as_of()) in text
        assert all(one in text for one in about["objectives"])
    assert f"Words you will meet ({len(about['words'])})" in block["text/html"]


def test_the_end_tells_key_points_and_what_comes_next() -> None:
    text = lesson.end("02")._repr_mimebundle_()
    assert all(one in html.unescape(text["text/html"]) for one in lesson.about("02")["key_points"])
    assert lesson.about("02")["next"] in text["text/plain"]


def test_an_unknown_lesson_is_named_with_those_there_are() -> None:
    with pytest.raises(LookupError, match=r"There is no lesson “99”.*00, .*02"):
        lesson.begin("99")


def test_rows_that_rest_on_one_weak_page_are_left_out_unless_asked_for() -> None:
    strong, every = lesson.table("events"), lesson.table("events", weak=True)
    assert 0 < len(strong) < len(every) and not strong["weak"].any()
    assert list(strong.index) == list(range(len(strong)))
    assert len(lesson.table("glossary")) == len(tables.read("glossary"))


def test_references_list_each_document_once_in_order() -> None:
    events = lesson.table("events").head(20)
    block = lesson.references(events["sources"], events["sources"].iloc[0][0])
    lines = block.text.splitlines()
    assert len(lines) == len(set(lines)) == len({one for row in events["sources"] for one in row})
    assert lines == sorted(lines, key=str.casefold)
    assert f"References ({len(lines)})" in block.markup and block.markup.count("<li>") == len(lines)


def test_cards_are_alike_and_name_speaker_place_day_and_source() -> None:
    quotes = lesson.table("quotes")
    quotes = quotes[(quotes["sources"].map(len) == 1) & ~quotes["weak"]].head(6)
    block = lesson.cards(quotes)
    # The folded sentence is no part of it: some rows have none.
    folded = r'<details class="face-says">.*?</details>|<p class="face-unread">[^<]*</p>'
    bare = re.sub(rf'{folded}| href="[^"]*"|“[^<]*', "", block.markup)
    shapes = {
        re.sub(r">[^<]*(?=<)", ">", card) for card in re.findall("<article.*?</article>", bare)
    }
    assert block.markup.count("<article") == len(quotes) and len(shapes) == 1, shapes
    assert all(f"“{text}”" in block.text for text in quotes["text"])


def test_cards_of_a_day_link_to_nothing_later() -> None:
    quote = lesson.table("quotes").query("id == 'zelensky-number-will-increase'")
    assert "2025" in lesson.cards(quote).markup
    then = lesson.cards(quote, known_by="2024-11-27").markup
    assert "2025" not in then and "<a href=" in then


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '<img src=x onerror="alert(1)">'])
def test_text_in_the_data_stays_text(text: str) -> None:
    quotes = (
        lesson.table("quotes").head(1).assign(text=text, role_at_time=text, outlet_or_setting=text)
    )
    assert (
        "<script" not in lesson.cards(quotes).markup and "<img" not in lesson.cards(quotes).markup
    )
    markup = lesson.events_in_words(lesson.table("events").head(1).assign(title=text)).markup
    assert "<script" not in markup and "<img" not in markup


def test_only_web_addresses_become_links() -> None:
    assert 'href="https://x.org/?a=1&amp;b=2"' in addresses.anchor("x", "https://x.org/?a=1&b=2")
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "",
        " https://x.org",
        "JAVASCRIPT:1",
    ):
        assert "<a" not in addresses.anchor("x", address)
    assert addresses.anchor("<i>", "javascript:1") == "&lt;i&gt;"


# -- in a notebook ---------------------------------------------------------------------------------
def said_by_a_notebook(*cells: str) -> str:
    """What an IPython shell shows for the last of some cells."""
    shell = InteractiveShell.instance()
    try:
        shell.run_cell("from upheaval import lesson")
        shell.run_cell("from upheaval.lessons import errors; errors.explain_errors()")
        for cell in cells[:-1]:
            shell.run_cell(cell)
        with capture_output() as captured:
            shell.run_cell(cells[-1])
    finally:
        InteractiveShell.clear_instance()
        # At the end of the run every shell would collect all garbage there is: ten seconds.
        atexit.unregister(shell.atexit_operations)
    return re.sub(r"\x1b\[[0-9;]*m", "", captured.stdout + captured.stderr)


def test_a_cell_out_of_order_gets_a_sentence() -> None:
    said = said_by_a_notebook("evnts.head()")
    assert "The name “evnts” is not known yet. Run the cells above this one first" in said
    assert "Traceback" not in said and "---" not in said


def test_a_name_unknown_inside_a_function_is_told_too() -> None:
    said = said_by_a_notebook("def f():\n    return nothing_here", "f()")
    assert "“nothing_here” is not known yet" in said and "Traceback" not in said


def test_a_data_problem_gets_its_sentence() -> None:
    said = said_by_a_notebook("lesson.table('evnts')")
    assert 'no table called "evnts". Did you mean events?' in said and "Traceback" not in said


def test_other_errors_keep_their_traceback() -> None:
    assert "ZeroDivisionError" in said_by_a_notebook("1 / 0")


#: Calls with one wrong word, and what is said of each.
WRONG_WORDS = [
    (
        "from upheaval.charts import policies\n"
        'policies.contrasts(lesson.table("policies"), "nato")',
        "nato-burden-sharing",
    ),
    (
        "from upheaval.methods import weighing\n"
        'weighing.leaders(lesson.table("option_ratings"), {"hold": 5, "widden": 3})',
        "“widden” is no criterion",
    ),
    (
        "from upheaval.methods import voting\n"
        'voting.agreement(lesson.table("roll_calls"), "RUS", "VEN", "abstention")',
        "as_abstention",
    ),
    (
        'lesson.table("events")["them"]',
        "This table has no column “them”. Did you mean “theme”?",
    ),
    (
        'lesson.table("events")["theme"].value_counts()["ally"]',
        "This table has no row “ally”. Did you mean “allies”?",
    ),
    (
        'from upheaval.charts import timeline\ntimeline.swimlane(lesson.table("events"))',
        "There is no “swimlane” to use. Did you mean “swimlanes”?",
    ),
    (
        "from upheaval.methods.estimates import independant",
        "There is no “independant” to use. Did you mean “independent”?",
    ),
    ('lesson.table("events)', "Line 1 of this cell: a quotation mark is missing."),
    ('lesson.table("events"', "Line 1 of this cell: a bracket is missing."),
    ('lesson table("events")', "Line 1 of this cell cannot be read."),
    ("lesson.table(events)", 'it needs quotation marks, "events".'),
    ('lesson.check("02.dealy")', "02.yaml has no check “dealy”. Did you mean “delay”?"),
    (
        'from upheaval.charts import timeline\ntimeline.swimlanes("events")',
        "“swimlanes” takes a table as its “events”, and was given a word. Give it events ="
        ' lesson.table("events"), or rows of it.',
    ),
    (
        'from upheaval.charts import timeline\ntimeline.swimlanes(lesson.table("claims"))',
        "The table given to “swimlanes” as its “events” has no column “date”. Give it events =",
    ),
    (
        "from upheaval.charts import exchange\n"
        'exchange.flows(lesson.table("exchange").drop(columns="category"))',
        'has no column “category”. Give it items = lesson.table("exchange"), or rows of it.',
    ),
    (
        "from upheaval.charts.likelihood import likelihood\n"
        'likelihood(lesson.table("probability_words"), lesson.table("probability_words"))',
        "The table given to “likelihood” as its “quotes” has no column “text”.",
    ),
    (
        "from upheaval.charts import timeline\n"
        'timeline.swimlanes(lesson.table("events"), ["october"])',
        "['october'] is no period; choose one of “october”, “2024”",
    ),
    (
        "from upheaval.charts import timeline\n"
        'timeline.swimlanes(lesson.table("events"), perod="2024")',
        "“swimlanes” has no “perod” to set. Did you mean “period”?",
    ),
    (
        "from upheaval.charts import timeline\ntimeline.swimlanes()",
        "was given too little or too much. Call it as swimlanes(events, period).",
    ),
    (
        'from upheaval.charts import ties\nties.network(lesson.table("ties"), "four", year="2021")',
        "“network” takes a whole number as its “year”, and was given a word.",
    ),
    (
        'from upheaval.charts import ties\nties.network(lesson.table("ties"), year=3000)',
        "3000 is after what the tables know",
    ),
    (
        "from upheaval.methods import weighing\n"
        'weighing.leaders(lesson.table("option_ratings"), [5, 3])',
        "“leaders” takes weights by their names",
    ),
    (
        'from upheaval.methods.forecasting import brier\nbrier(0.8, "no")',
        "“brier” takes True or False as its “happened”, and was given a word.",
    ),
    (
        "from upheaval.methods.forecasting import brier\nbrier(None, True)",
        "“brier” takes a number as its “forecast”, and was given nothing.",
    ),
    (
        'from upheaval.methods.language import hedges\nhedges(["it may rain"])',
        "Give the words of one, in quotation marks.",
    ),
    (
        "from upheaval.methods.estimates import intervals\n"
        'intervals(lesson.table("estimates"), "estimator")',
        'The column "estimator" holds words; name a column of numbers.',
    ),
]


@pytest.mark.parametrize(("cell", "said"), WRONG_WORDS)
def test_a_wrong_word_gets_one_sentence_with_what_there_is(cell: str, said: str) -> None:
    shown = said_by_a_notebook(cell)
    assert said in shown and len(shown.strip().splitlines()) == 1, shown
    assert "Traceback" not in shown and "---" not in shown


@pytest.mark.parametrize(
    "cell",
    [
        "from upheaval.charts.claims import no_longer_there",
        "from upheaval.charts import timeline\ntimeline.no_longer_there()",
        "from upheaval.charts import no_longer_there",
        "import upheaval.no_longer_there",
        "from upheaval.widgets import Check\nfrom upheaval.widgets.core.seal import seal\n"
        "Check.sealed(seal('from upheaval.charts.claims import gone\\n\\ngone()'))",
    ],
)
def test_a_copy_of_an_earlier_version_is_told_how_to_get_the_lesson_anew(cell: str) -> None:
    shown = said_by_a_notebook(cell)
    assert "python start.py fresh" in shown and len(shown.strip().splitlines()) == 1, shown


def test_an_error_that_is_ours_keeps_its_traceback() -> None:
    assert "Traceback" in said_by_a_notebook('import json\njson.loads("{")')
    assert "Traceback" in said_by_a_notebook("import no_such_package")
    assert "Traceback" in said_by_a_notebook("len(5)")
    fault = "import pandas as pd\npd.to_datetime(['nonsense'])"
    assert "Traceback" in said_by_a_notebook(fault)
