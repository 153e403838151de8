"""The site: whole, the same from the same sources, nothing for instructors in the student edition,
no dead link.
"""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urldefrag

import nbformat
import pytest

from lessons import SITE_PAGES, Printed, kept_back_pieces, plain_words
from upheaval import copies
from upheaval.facts import tables
from upheaval.publish import editions, execution, links, serving, site, site_content
from upheaval.widgets.core import assets
from upheaval.widgets.core.seal import unseal

pytestmark = pytest.mark.site

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


class Page(HTMLParser):
    """The links, ids, and scripts of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name in ("id", "name") and value:
                self.ids.add(value)
            if name.startswith("on"):
                self.handlers.append(f"{tag} {name}")


@pytest.fixture(scope="session")
def parsed(whole_site: Path) -> dict[Path, Page]:
    return {
        path: Page(path.read_text(encoding="utf-8"))
        for path in sorted(whole_site.rglob("*.html"))
        if "_static" not in path.parts
    }


def test_every_lesson_has_its_page_in_both_editions(
    whole_site: Path, parsed: dict[Path, Page]
) -> None:
    for edition in editions.EDITIONS:
        made = {path.stem for path in (whole_site / edition / "lessons").glob("*.html")}
        assert made == {one.stem for one in LESSONS}
    for name in SITE_PAGES:
        assert whole_site / "student" / f"{name}.html" in parsed, name
    assert whole_site / "instructor" / "teaching" / "guide.html" in parsed


def test_what_was_wrong_stands_on_a_page_with_the_day_of_the_next_look(whole_site: Path) -> None:
    page = (whole_site / "student" / "errata.html").read_text(encoding="utf-8")
    found = tables.read("errata")
    assert all(f'<li id="{one}">' in page for one in found["id"])
    for name in ("errata", "data"):
        text = (whole_site / "student" / f"{name}.html").read_text(encoding="utf-8")
        assert f"the next look at all rows is on {tables.spell(tables.next_look())}" in text
    assert 'href="errata.html"' in text


def test_where_nothing_was_wrong_the_page_says_so() -> None:
    about = {"errata": [], "as_of": "February 2026", "next_look": "1 March 2027"}
    text = site_content.page_templates().get_template("errata.md.j2").render(about)
    assert "Nothing so far" in text and "1 March 2027" in text and "<ul" not in text


def test_every_link_inside_the_site_resolves(parsed: dict[Path, Page]) -> None:
    broken = []
    for path, content in parsed.items():
        for link in content.links:
            address, anchor = urldefrag(unquote(link))
            if re.match(r"[a-z]+:", address) or (not address and not anchor):
                continue
            target = (path.parent / address.partition("?")[0]).resolve() if address else path
            if not target.is_file():
                broken.append(f"{path.name}: {link}")
            elif anchor and target in parsed and anchor not in parsed[target].ids:
                broken.append(f"{path.name}: {link} (no such place)")
    assert broken == []


def test_every_link_that_leads_out_is_on_the_list(
    whole_site: Path, parsed: dict[Path, Page]
) -> None:
    shown = {
        html.unescape(urldefrag(link).url)
        for content in parsed.values()
        for link in content.links
        if link.startswith(("http://", "https://"))
    }
    assert len(shown) > 900
    assert sorted(shown - set(links.recorded())) == [], "Run: python start.py links"


def test_a_page_needs_nothing_from_outside_and_runs_nothing_that_is_not_the_site_s(
    parsed: dict[Path, Page],
) -> None:
    for path, content in parsed.items():
        text = path.read_text(encoding="utf-8")
        assert content.handlers == [], path
        outside = re.findall(r'<(?:script|img|iframe|link)[^>]* (?:src|href)="https?:[^"]*"', text)
        assert [one for one in outside if 'rel="canonical"' not in one] == [], path
        assert (
            text.count('http-equiv="Content-Security-Policy"') == 1 and "default-src 'none'" in text
        ), path
        assert "unsafe-eval" not in text and "script-src 'self' 'sha256-" in text, path


def test_no_script_asks_for_what_is_kept_before_the_browser_knows_the_page(
    parsed: dict[Path, Page],
) -> None:
    """Why it matters: see `test_a_page_from_disk_always_finds_what_was_kept`."""
    for path in parsed:
        before, first, _ = path.read_text(encoding="utf-8").partition(
            f"<script>{assets.storage_bootstrap()}</script>"
        )
        assert first and "<script" not in before, path


def test_no_page_shows_prose_as_a_print_or_asks_for_what_it_cannot_do(whole_site: Path) -> None:
    for path in sorted(whole_site.glob("*/lessons/*.html")):
        text = path.read_text(encoding="utf-8")
        assert Printed(text).found == [], path.name
        assert not re.search(r">Set up<|Run All Cells", text), path.name
        assert ('<details class="hood">' in text) == ("00_" not in path.name)


def test_printed_prose_is_noticed() -> None:
    said, code = "<pre>It was.</pre>", '<div class="cell_input"><pre>x</pre></div>'
    for cell in ('<div class="cell">', '<section class="page-code">'):
        end = "</section>" if "section" in cell else "</div>"
        assert Printed(f"{cell}{said}{end}").found == ["It was."]
        assert Printed(f"{cell}<p><br>{said}</p>{end}").found == ["It was."]
        assert Printed(f"{cell}{code}{said}{end}").found == []
        assert Printed(f"{cell}{code}{end}{cell}{said}{end}").found == ["It was."]
        assert Printed(f'<details class="hood">{cell}{said}{end}</details>').found == []


def test_lesson_pages_keep_their_weight(whole_site: Path) -> None:
    heavy = {
        path.name: size
        for path in (whole_site / "student" / "lessons").glob("*.html")
        if (size := path.stat().st_size) > 250_000
    }
    # 220 before there were tours and questions that come back; 250 is the house's last word.
    assert heavy == {}, "at most 250 kB, without the scripts that all pages share"
    scripts = [path.name for path in (whole_site / "student").rglob("*.js")]
    assert scripts.count(assets.PLOTLY) == 1, "one copy a site"


# -- what a student must not find ------------------------------------------------------------------
def test_spaces_go_only_where_nobody_sees_them() -> None:
    page = (
        "<p>\n  one\n\n   two</p>\n <pre>\n  kept\n\n  here</pre>\n\n<script>a\n  b</script>\n  <p>"
    )
    assert site.without_indentation(page) == (
        "<p>\none\ntwo</p>\n<pre>\n  kept\n\n  here</pre>\n<script>a\n  b</script>\n<p>"
    )


def _student_texts(folder: Path) -> dict[str, str]:
    """Every text that the student edition holds, also inside its zips and its notebooks."""
    texts = {}
    for path in sorted(folder.rglob("*")):
        if (
            path.suffix in (".html", ".js", ".ipynb", ".md", ".txt", ".json")
            and "plotly" not in path.name
        ):
            texts[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                texts |= {
                    f"{path.name}/{name}": archive.read(name).decode("utf-8", "replace")
                    for name in archive.namelist()
                    if not name.endswith((".py", ".png"))
                }
    notebooks = {name: text for name, text in texts.items() if name.endswith(".ipynb")}
    return texts | {name: _sources(text) for name, text in notebooks.items()}


def _sealed_words(texts: dict[str, str]) -> dict[str, str]:
    """The words under a seal that are in what students download, without it."""
    return {
        name: json.dumps(unseal(text), ensure_ascii=False)
        for name, text in texts.items()
        if name.endswith(".sealed")
    }


def _sources(notebook: str) -> str:
    """What stands in the cells of a notebook, as its author wrote it."""
    return "\n".join(cell.source for cell in nbformat.reads(notebook, as_version=4).cells)


def test_the_student_edition_holds_nothing_of_an_instructor_s(whole_site: Path) -> None:
    found = _student_texts(whole_site / "student")
    assert not [name for name in found if "/words/" in name and not name.endswith(".sealed")]
    sealed = _sealed_words(found)
    assert len(sealed) == len(LESSONS) + 1, "one for each lesson, and what all say alike"
    texts = {name: plain_words(text) for name, text in {**found, **sealed}.items()}
    kept_back = kept_back_pieces()
    assert sum(map(len, kept_back.values())) > 100
    everything = "\n".join(texts.values())
    leaks = [
        f"{lesson}: {piece}"
        for lesson, pieces in kept_back.items()
        for piece in pieces
        if piece in everything
    ]
    assert leaks == []
    shown = plain_words(
        (whole_site / "instructor" / "lessons" / f"{LESSONS[2].stem}.html").read_text(
            encoding="utf-8"
        )
    )
    assert sum(piece in shown for piece in kept_back[LESSONS[2].stem]) > 3, (
        "the measure finds what is there"
    )


def test_no_reason_of_a_check_can_be_read_before_it_is_earned(whole_site: Path) -> None:
    reasons: set[str] = set()
    for path in (whole_site / "student" / "lessons").glob("*.html"):
        for data in re.findall(
            r'data-face="check">.*?<script type="application/json">(.*?)</script>',
            path.read_text(encoding="utf-8"),
            re.DOTALL,
        ):
            answer_key = unseal(json.loads(data)["spec"]["answerKey"])
            said = (
                answer_key["why"]
                if isinstance(answer_key.get("why"), list)
                else [answer_key.get("why", ""), answer_key.get("below", "")]
            )
            reasons |= {plain_words(one) for one in said if len(one) > 60}
    assert len(reasons) > 60
    texts = _student_texts(whole_site / "student")
    everything = "\n".join(
        plain_words(text) for name, text in texts.items() if "/data/" not in name
    )
    assert [reason for reason in reasons if reason in everything] == []


def test_the_student_s_zip_runs(whole_site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(
        whole_site / "student" / "downloads" / f"{site_content.NAME}-student.zip"
    ) as archive:
        archive.extractall(tmp_path)
    home = tmp_path / site_content.NAME
    assert (
        not (home / "teaching").exists()
        and (home / "start.py").is_file()
        and (home / "data").is_dir()
    )
    notebook = home / "notebooks" / LESSONS[0].name
    assert not list(home.rglob("*.yaml")), "words are under a seal"
    copies.prepare(home)
    copy = home / "my_lessons" / notebook.name
    given, own = (json.loads(one.read_text(encoding="utf-8")) for one in (notebook, copy))
    assert own == given
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "UPHEAVAL_DATA")
    }
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", notebook.name],
        cwd=copy.parent,
        env={**environment, "FACE_MODE": "page"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    page = copy.with_suffix(".html").read_text(encoding="utf-8")
    assert 'data-face="check"' in page and 'data-face="explorer"' in page


# -- building --------------------------------------------------------------------------------------
WORDS = """lesson: "99"
title: Small
question: Why?
minutes: [1, 2]
words: [claim]
"""


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """A site of one small lesson of its own, built fast: ``small("1 + 1")``."""
    folder = tmp_path / "notebooks"
    folder.mkdir()

    def make(
        source: str = "print(len(tables.read('nuclear_tests')))", name: str = "site", **more: object
    ) -> Path:
        setup = (
            "from upheaval.facts import tables\nfrom upheaval.charts import timeline\n"
            "from upheaval.widgets import Explorer\nevents = tables.read('events').head(9)\n"
            "Explorer(lambda: timeline.swimlanes(events, 'background'), name='t')"
        )
        cells = [
            nbformat.v4.new_markdown_cell("# 99 · Small", id="a"),
            nbformat.v4.new_code_cell(setup, id="b"),
            nbformat.v4.new_code_cell(source, id="c"),
        ]
        (folder / "words").mkdir(exist_ok=True)
        (folder / "words" / "99.yaml").write_text(WORDS, encoding="utf-8")
        path = folder / "99_small.ipynb"
        about = {"upheaval": {"lesson": "99"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=about), path)
        return site.build(tmp_path / name, notebooks=[path], cache=tmp_path / "cache", **more)[
            0
        ].parent  # type: ignore[arg-type]

    return make


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.slow
def test_the_same_sources_make_the_same_bytes_and_a_broken_one_leaves_the_site(
    small: Callable[..., Path], tmp_path: Path
) -> None:
    first = _bytes(small())
    again = _bytes(small())
    assert first == again, "kept runs and pages"
    shutil.rmtree(tmp_path / "cache")
    shutil.rmtree(tmp_path / "site")
    cold = _bytes(small())
    assert [
        name for name in first if first[name] != cold.get(name)
    ] == [] and first.keys() == cold.keys()
    with pytest.raises(
        site.SiteError, match=r"99_small\.ipynb: cell 3 \(1 / 0\) failed\. It says: division"
    ):
        small("1 / 0")
    assert _bytes(tmp_path / "site") == first, "the last good site stays"
    assert not list(tmp_path.glob(".site*")), "nothing half-made is left"


@pytest.mark.slow
def test_a_lesson_runs_anew_when_a_table_it_reads_changes_and_only_then(
    small: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(tables.folder(), data)
    monkeypatch.setenv("UPHEAVAL_DATA", str(data))
    ran: list[Path] = []
    run = execution.execute

    def noted(*given: Any) -> nbformat.NotebookNode:
        if len(given) == 2:  # with a third, a thread has handed it on to another one
            ran.append(given[1])
        return run(*given)

    monkeypatch.setattr(execution, "execute", noted)
    path = small(wanted=["student"]) and tmp_path / "notebooks" / "99_small.ipynb"
    cache = tmp_path / "cache"
    used = execution.execute_lesson(path, cache).tables
    assert (
        {"events", "nuclear_tests"} <= set(used) and "missile_tests" not in used and len(ran) == 1
    )
    missiles = data / "missile_tests.csv"
    missiles.write_text(missiles.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    execution.execute_lesson(path, cache)
    assert len(ran) == 1, "another table"
    tests = data / "nuclear_tests.csv"
    tests.write_text(
        "".join(tests.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )
    fresh = execution.execute_lesson(path, cache)
    assert len(ran) == 2 and fresh.notebook.cells[-1].outputs[0].text == "5\n"
    monkeypatch.setattr(execution, "code", lambda: "other code")
    execution.execute_lesson(path, cache)
    assert len(ran) == 3, "the code changed"
    (cache / "99_small.json").write_text("{", encoding="utf-8")
    execution.execute_lesson(path, cache)
    assert len(ran) == 4, "a torn file is no run"


def test_a_broken_table_stops_the_build_by_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(tables.folder(), data)
    monkeypatch.setenv("UPHEAVAL_DATA", str(data))
    events = data / "events.csv"
    events.write_text(
        events.read_text(encoding="utf-8").replace("2024-10-23", "23.13.2024", 1), encoding="utf-8"
    )
    with pytest.raises(
        site.SiteError, match=r"(?s)The tables have problems.*events\.csv.*23\.13\.2024"
    ):
        site.build(tmp_path / "site", notebooks=LESSONS[:1], cache=tmp_path / "cache")


def test_a_folder_of_somebody_else_s_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(site.SiteError, match="holds something that is no site of ours"):
        site.build(tmp_path, notebooks=[])
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_zipped_twice_is_the_same() -> None:
    made = site_content.zipped({"b.txt": b"2", "a.txt": b"1"})
    assert made == site_content.zipped({"a.txt": b"1", "b.txt": b"2"})
    assert zipfile.ZipFile(io.BytesIO(made)).namelist() == [
        f"{site_content.NAME}/a.txt",
        f"{site_content.NAME}/b.txt",
    ]


def test_a_page_s_policy_names_its_inline_scripts() -> None:
    text = (
        '<meta charset="utf-8"/><script>go()</script><script'
        ' type="application/json">{}</script><script src="a.js">'
    )
    add_csp = site.add_csp(text)
    assert add_csp.count("sha256-") == 1 and add_csp.index(
        "Content-Security-Policy"
    ) < add_csp.index("<script>")


def test_a_site_is_served_to_this_computer_only(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>here</p>", encoding="utf-8")
    with (
        serving.server(tmp_path, 0) as server,
        serving.server(tmp_path, server.server_port) as other,
    ):
        assert server.server_address[0] == "127.0.0.1" and other.server_port != server.server_port
        Thread(target=server.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/") as answer:
            assert answer.read() == b"<p>here</p>" and answer.headers["Cache-Control"] == "no-store"
        server.shutdown()
