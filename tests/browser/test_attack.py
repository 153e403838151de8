"""Text in the data can never run as script: with the page's own policy, and with that policy taken
away.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from browser.drive import offline, open_everything, painted
from upheaval import lesson
from upheaval.charts import timeline
from upheaval.facts import citations, tables
from upheaval.publish import page as publisher
from upheaval.widgets import (
    Check,
    Dropdown,
    Explorer,
    Filter,
    FreeResponse,
    Option,
    Predict,
    RecallPrediction,
    Rule,
)
from upheaval.widgets.core import assets

pytestmark = pytest.mark.browser

RUN = "window.__ran = (window.__ran ?? 0) + 1"
ATTACKS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script><!--",
    f'"><img src="x" onerror="{RUN}">',
    f"<svg onload='{RUN}'></svg>",
    f"<a href='javascript:{RUN}'>click here</a>",
    f"javascript:{RUN}",
    f"<b onmouseover={RUN}>bold</b><iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    (
        "{n} {tally:theme} %{x} %{text}<extra></extra> $\\alpha$ \u2028 ]]> --> &lt;img&gt; {{ 7 *"
        " 7 }}"
    ),
]


def hostile(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """`rows` with an attack in every cell of `columns`."""
    text = [ATTACKS[index % len(ATTACKS)] for index in range(len(rows))]
    return rows.assign(**dict.fromkeys(columns, text))


def checks() -> list[Check]:
    """Every kind of check that an author's words can attack."""
    options = [
        Option(attack, attack, right=index == 0, id=f"attack-{index}")
        for index, attack in enumerate(ATTACKS)
    ]
    return [
        Check.choice(ATTACKS[0], ATTACKS[1], options, hints=ATTACKS),
        Check.number(
            ATTACKS[2],
            ATTACKS[2],
            3,
            3,
            ATTACKS[2],
            below=ATTACKS[2],
            above=ATTACKS[3],
            unit=ATTACKS[4],
            unread=ATTACKS[5],
        ),
        Check.selection(
            ATTACKS[3],
            ATTACKS[3],
            {one.id: one.text for one in options},
            {"one": ATTACKS},
            [Rule("count", ATTACKS[2], ATTACKS[2], value=1)],
            slots=ATTACKS[:2],
            done=ATTACKS[2],
            not_yet=ATTACKS[2],
        ),
        Check.select_all(
            ATTACKS[4], ATTACKS[4], options, done=ATTACKS[2], not_yet=ATTACKS[2], missed=ATTACKS[5]
        ),
        Check.match(
            ATTACKS[5],
            ATTACKS[5],
            {one.id: one.text for one in options},
            {ATTACKS[0]: options},
            done=ATTACKS[2],
            not_yet=ATTACKS[2],
        ),
    ]


def test_every_kind_of_check_is_attacked() -> None:
    registry = Path(assets.__file__).parents[1] / "check/kinds.ts"
    kinds = re.findall(r"export \* as (\w+)", registry.read_text(encoding="utf-8"))
    assert sorted(kinds) == sorted(one.spec["type"] for one in checks())


def outputs() -> list[str]:
    """Every kind of face and block as HTML, full of attacks."""
    events = hostile(tables.read("events"), "title", "description", "place", "why_it_matters")
    names = itertools.cycle(ATTACKS)
    events["landmark"] = [next(names) if pd.notna(old) else None for old in events["landmark"]]
    labels = [
        (f"{attack} {index}", None if index == 0 else "korea", f"lane-{index}")
        for index, attack in enumerate(ATTACKS)
    ]
    made = [
        Explorer(
            lambda period: timeline.swimlanes(events, period),
            name=ATTACKS[2],
            period=Dropdown([(ATTACKS[0], "october"), (ATTACKS[1], "2024")], ATTACKS[2]),
            lane=Filter("theme", labels, ATTACKS[4]),
        ),
        *checks(),
        Predict(ATTACKS[2], ATTACKS[1], ATTACKS),
        RecallPrediction(ATTACKS[2], ATTACKS[2]),
        FreeResponse(ATTACKS[1], ATTACKS[2], {attack: attack for attack in ATTACKS}),
    ]
    quotes = hostile(tables.read("quotes").head(8), "text", "role_at_time", "outlet_or_setting")
    blocks = [lesson.cards(quotes), lesson.events_in_words(events.head(8))]
    return [
        *(one.to_html() for one in made),
        *(one._repr_mimebundle_()["text/html"] for one in blocks),
    ]


@pytest.fixture
def hostile_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources whose names and addresses attack."""
    link, entries = citations.link, citations.entries
    address = f"javascript:{RUN}"
    monkeypatch.setattr(citations, "link", lambda one: (ATTACKS[2] + link(one)[0], address))
    monkeypatch.setattr(
        citations,
        "entries",
        lambda ids: [
            {**one, "text": ATTACKS[index % len(ATTACKS)], "url": address}
            for index, one in enumerate(entries(ids))
        ],
    )


@pytest.fixture
def hostile_page(tmp_path: Path, page_mode: None, work_folder: Path, hostile_sources: None) -> Path:
    """A lesson page full of attacks."""
    cells = [nbformat.v4.new_markdown_cell("# A page under attack")]
    for text in outputs():
        output = nbformat.v4.new_output("display_data", {"text/html": text})
        cells.append(
            nbformat.v4.new_code_cell("1", outputs=[output], metadata={"tags": ["hide-input"]})
        )
    text = publisher.render(nbformat.v4.new_notebook(cells=cells), "student")
    path = tmp_path / "attack.html"
    path.write_text(text, encoding="utf-8")
    return path


def provoke(page: Page) -> None:
    """Do what a reader can do: choose, open, answer, write, hover and click."""
    painted(page)
    for box in page.locator("figure.face-figure select").all():
        for index in range(box.locator("option").count()):
            box.select_option(index=index)
        box.select_option(index=0)
    open_everything(page)
    for form in page.locator("form.face-check").all():
        for answer in form.locator('fieldset :is([type="radio"], [type="checkbox"])').all():
            answer.check()
            form.locator("button.face-submit").click()
        for box in form.locator("select").all():
            box.select_option(index=1)
            form.locator("button.face-submit").click()
    for box in page.locator("textarea").all():
        box.fill(ATTACKS[2])
        box.blur()
    for part in page.locator(".face-parts button:visible").all():
        part.click()
        nothing_ran(page)
    for point in page.locator(".face-plot .point").all()[:8]:
        point.hover(force=True)
    page.mouse.move(0, 0)


def nothing_ran(page: Page) -> None:
    """No script ran, and no element stands in the page that could have run one."""
    assert page.evaluate("() => window.__ran ?? 0") == 0
    made = page.evaluate("""() => [...document.querySelectorAll(
      'main img, main iframe, .face script:not([type]), '
      + 'main [onerror], main [onload], main [onmouseover]')]
      .map((one) => one.outerHTML.slice(0, 100))""")
    assert made == []
    links = page.evaluate("""() => [...document.querySelectorAll('a')]
      .map((one) => one.getAttribute('href') ?? one.getAttribute('xlink:href') ?? '')
      .filter((address) => !/^(https?:|#|blob:|$)/.test(address))""")
    assert links == []


@pytest.mark.parametrize(
    "policy", ["with policy", pytest.param("without policy", marks=pytest.mark.slow)]
)
def test_nothing_in_the_data_runs(browser: Browser, hostile_page: Path, policy: str) -> None:
    context = browser.new_context(bypass_csp=policy == "without policy")
    page, watch = offline(context)
    page.on("dialog", lambda dialog: watch.errors.append(dialog.message))
    page.goto(hostile_page.as_uri())
    provoke(page)
    nothing_ran(page)
    assert page.locator(".face-title").first.inner_text()
    assert page.get_by_text("<script>window.__ran", exact=False).count() > 5, (
        "the attacks are shown as text"
    )
    drawn = str(page.locator(".face-plot").first.text_content())
    # plotly.js would take these for markup of its own.
    assert "<a href=" in drawn or "<b onmouseover=" in drawn, (
        "the attacks are shown as text in the figure too"
    )
    watch.quiet()
    context.close()


def test_a_script_that_is_not_ours_is_refused(browser: Browser, hostile_page: Path) -> None:
    """The policy itself: a page into which somebody put a script does not run it."""
    text = hostile_page.read_text(encoding="utf-8")
    bad = hostile_page.with_name("put-in.html")
    put_in = f"<script>{RUN}</script><img src='x' onerror='{RUN}'>"
    # The first one only: the script that writes a memo as a page holds these words, too.
    bad.write_text(text.replace("</main>", f"{put_in}</main>", 1), encoding="utf-8")
    context = browser.new_context()
    page, watch = offline(context)
    page.goto(bad.as_uri())
    painted(page)
    assert page.evaluate("() => window.__ran ?? 0") == 0
    assert any("Content Security Policy" in error for error in watch.errors)
    assert watch.outside == []
    context.close()


@pytest.mark.slow
def test_a_plain_export_is_as_safe(
    browser: Browser, tmp_path: Path, page_mode: None, work_folder: Path, hostile_sources: None
) -> None:
    """What `nbconvert` puts into a page of its own, where no policy stands guard."""
    body = "".join(outputs())
    path = tmp_path / "plain.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><main>{body}</main><style>{assets.style()}</style>"
        f"<script>{assets.plotly()}</script><script>{assets.script()}</script>",
        encoding="utf-8",
    )
    context = browser.new_context()
    page, watch = offline(context)
    page.goto(path.as_uri())
    provoke(page)
    nothing_ran(page)
    watch.quiet()
    context.close()
