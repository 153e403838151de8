"""Links that open a lesson elsewhere: right where addresses are said, absent where they are not."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lessons import NOTEBOOKS
from upheaval import __main__ as command_line
from upheaval.publish import execution, open_in, site_content

TIMELINE = "02_a_timeline.ipynb"
REPOSITORY, HUB = "https://github.com/school/war-unit", "https://hub.school.org"


def addresses(edition: str = "student", **given: str) -> dict[str, str]:
    links = open_in.Places(**given).links(TIMELINE, edition)
    return {one.label.split()[-1]: one.address for one in links}


def asked(address: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def test_what_is_not_said_has_no_link() -> None:
    assert addresses() == {}
    assert list(addresses(repository=REPOSITORY)) == ["Binder"]
    assert list(addresses(repository=REPOSITORY, hub=HUB)) == ["Binder", "hub"]
    assert list(addresses(browser="https://www.school.org/live")) == ["install"]


@pytest.mark.parametrize("repository", [REPOSITORY, f"{REPOSITORY}.git", f"{REPOSITORY}/"])
def test_a_link_to_a_hub_fetches_and_then_opens_the_own_copy(repository: str) -> None:
    address = addresses(repository=repository, hub=f"{HUB}/", branch="autumn")["hub"]
    assert address.startswith(f"{HUB}/hub/user-redirect/git-pull?")
    assert asked(address) == {
        "repo": repository,
        "branch": "autumn",
        "targetPath": "war-unit",
        "urlpath": "upheaval/war-unit/02",
    }


def test_an_instructor_opens_the_notebook_itself() -> None:
    found = addresses("instructor", repository=REPOSITORY, hub=HUB, browser="https://x.org")
    assert list(found) == ["Binder", "hub"], "the browser's build is the student edition"
    assert asked(found["hub"])["urlpath"] == f"lab/tree/war-unit/notebooks/{TIMELINE}"
    assert asked(found["Binder"])["urlpath"] == f"lab/tree/notebooks/{TIMELINE}"


@pytest.mark.parametrize(
    ("repository", "path"),
    [
        (REPOSITORY, "/v2/gh/school/war-unit/main"),
        (f"{REPOSITORY}.git", "/v2/gh/school/war-unit/main"),
        ("https://gitlab.com/a/b/war-unit", "/v2/gl/a%2Fb%2Fwar-unit/main"),
        (
            "https://git.school.org/war-unit.git",
            "/v2/git/https%3A%2F%2Fgit.school.org%2Fwar-unit.git/main",
        ),
    ],
)
def test_binder_is_told_whose_repository_it_is(repository: str, path: str) -> None:
    address = addresses(repository=repository)["Binder"]
    assert urlsplit(address).path == path
    assert asked(address) == {"urlpath": f"lab/tree/my_lessons/{TIMELINE}"}


def test_the_browser_opens_the_lesson_of_its_build() -> None:
    address = addresses(browser="https://www.school.org/live/")["install"]
    assert address.startswith("https://www.school.org/live/lab/index.html?")
    assert asked(address) == {"path": f"notebooks/{TIMELINE}"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"repository": "github.com/school/war-unit"},
            "--repository: “github.com/school/war-unit”",
        ),
        ({"repository": "https://github.com"}, "names a site and no repository"),
        ({"repository": "javascript:alert(1)//x"}, "--repository"),
        ({"repository": "https://me:secret@git.school.org/x"}, "take out the name"),
        ({"repository": 'https://x.org/a"onclick'}, "cannot be used"),
        ({"hub": HUB}, "Add --repository"),
        ({"repository": REPOSITORY, "hub": "https://hub.school.org?a=1"}, "--hub"),
        ({"repository": REPOSITORY, "branch": "a b"}, "--branch: “a b”"),
        ({"repository": REPOSITORY, "branch": "../x"}, "--branch"),
        ({"browser": "file:///tmp"}, "--browser"),
    ],
)
def test_an_address_that_cannot_be_used_is_told(given: dict[str, str], said: str) -> None:
    with pytest.raises(open_in.AddressError) as raised:
        open_in.Places(**given)
    assert said in str(raised.value) and str(raised.value).endswith(".")


def test_the_markup_holds_what_it_is_given_and_nothing_else() -> None:
    assert open_in.markup([]) == ""
    shown = open_in.markup([open_in.Link("on <our> hub", "https://x.org/?a=1&b=2")])
    assert '<a href="https://x.org/?a=1&amp;b=2" rel="noopener noreferrer">' in shown
    assert "on &lt;our&gt; hub" in shown and "\n\n" not in shown


def test_a_page_has_the_links_only_where_they_are_said() -> None:
    path = NOTEBOOKS / "00_start_here.ipynb"
    notebook = execution.read(path)
    lesson = site_content.Lesson(path, notebook, execution.ExecutedNotebook(notebook, (), ()))
    without = site_content._lesson_page(lesson, "student", open_in.Places(), "")
    assert "open-in" not in without
    places = open_in.Places(repository=REPOSITORY, hub=HUB)
    page = site_content._lesson_page(lesson, "student", places, "")
    assert page.count("user-redirect/git-pull") == 1 and page.count("/v2/gh/") == 1


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = command_line.main(["open-in", *words])
    out, trouble = capsys.readouterr()
    return code, out, trouble


def test_the_command_lists_all_lessons(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "--repository", REPOSITORY, "--hub", HUB)
    lines = out.splitlines()
    assert code == 0 and len(lines) == len(list(NOTEBOOKS.glob("[0-9]*.ipynb")))
    assert lines[2].startswith("- 02 · A timeline")
    for at, line in enumerate(lines):
        assert f"upheaval%2Fwar-unit%2F{at:02}" in line and line.count("](") == 2


@pytest.mark.parametrize("words", [(), ("--hub", HUB), ("--edition", "instructor")])
def test_the_command_says_what_it_needs(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, out, trouble = said(capsys, *words)
    assert (code, out) == (1, "") and trouble.startswith("No links were made")
    assert "--repository" in trouble and trouble.count("\n") == 1


def test_a_site_with_a_bad_address_is_not_built(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert command_line.main(["site", "--out", str(out), "--repository", "x"]) == 1
    assert "--repository: “x” cannot be used" in capsys.readouterr().err and not out.exists()
