"""Packages for course platforms: their manifest is in order, and they hold what students get."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pytest

from lessons import every, kept_back_pieces, plain_words
from upheaval.__main__ import main
from upheaval.publish import archive, execution, page
from upheaval.publish.platforms import scorm
from upheaval.widgets.core import assets

LESSONS = every()
P, A, S = (f"{{{one}}}" for one in (scorm.PACKAGE, scorm.ADL, scorm.SEQUENCING))
#: What may stand in each element, in this order (Content Aggregation Model, 3.4).
CHILDREN = {
    f"{P}manifest": [f"{P}metadata", f"{P}organizations", f"{P}resources"],
    f"{P}metadata": [f"{P}schema", f"{P}schemaversion"],
    f"{P}organizations": [f"{P}organization"],
    f"{P}organization": [f"{P}title", f"{P}item", f"{S}sequencing"],
    f"{P}item": [f"{P}title", f"{S}sequencing"],
    f"{S}sequencing": [f"{S}controlMode", f"{S}deliveryControls"],
    f"{P}resources": [f"{P}resource"],
    f"{P}resource": [f"{P}file"],
}
NEEDED = {f"{S}sequencing": 0}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lessons that are one sentence, so that nothing has to run."""

    def students(paths: list[Path], _cache: Path) -> dict[Path, nbformat.NotebookNode]:
        cells = [nbformat.v4.new_markdown_cell("# A lesson", id="one")]
        return {path: nbformat.v4.new_notebook(cells=cells) for path in paths}

    monkeypatch.setattr(archive, "for_students", students)


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def manifests() -> list[ET.Element]:
    return [ET.fromstring(scorm.manifest(lesson.path)) for lesson in LESSONS]


def test_elements_stand_where_the_schema_has_them() -> None:
    for root in manifests():
        assert root.tag == f"{P}manifest"
        for element in root.iter():
            there, allowed = [one.tag for one in element], CHILDREN.get(element.tag, [])
            assert there == [tag for tag in allowed if tag in there], element.tag
            least = NEEDED.get(element.tag, len(allowed))
            assert len(there) >= least, (element.tag, there)
        said = [root.findtext(f"{P}metadata/{P}{name}") for name in ("schema", "schemaversion")]
        assert said == ["ADL SCORM", "2004 4th Edition"]


def test_identifiers_are_names_that_no_other_has_and_lead_to_what_is_there() -> None:
    seen: set[str] = set()
    for root in manifests():
        names = [one.attrib["identifier"] for one in root.iter() if "identifier" in one.attrib]
        assert len(names) == 4 and len(set(names)) == 4 and not seen & set(names)
        assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in names)
        seen |= set(names)
        (organizations,) = root.iter(f"{P}organizations")
        (organization,) = root.iter(f"{P}organization")
        (item,) = root.iter(f"{P}item")
        (resource,) = root.iter(f"{P}resource")
        assert organizations.attrib["default"] == organization.attrib["identifier"]
        assert item.attrib["identifierref"] == resource.attrib["identifier"]
        assert resource.attrib[f"{A}scormType"] == "sco"
        assert resource.attrib["type"] == "webcontent"


def test_titles_are_those_of_the_lessons() -> None:
    for lesson, root in zip(LESSONS, manifests(), strict=True):
        titles = {one.text for one in root.iter(f"{P}title")}
        assert titles == {f"{lesson.number} {lesson.about['title']}"}


@pytest.mark.usefixtures("small")
def test_all_that_is_in_a_package_is_listed_and_nothing_leads_out(tmp_path: Path) -> None:
    (made,) = scorm.build(["03"], tmp_path)
    assert made.name == "axis-of-upheaval-03.scorm.zip"
    files = content(made)
    root = ET.fromstring(files.pop("imsmanifest.xml"))
    assert {one.attrib["href"] for one in root.iter(f"{P}file")} == files.keys()
    hrefs = [one.attrib["href"] for one in root.iter() if "href" in one.attrib]
    assert set(hrefs) <= files.keys() and len(hrefs) == 2
    texts = [*(one.text or "" for one in root.iter()), *(v for e in root.iter() for v in e.attrib)]
    assert not [text for text in texts if "//" in re.sub(r"\{[^}]*\}", "", text)]
    shown = files["index.html"].decode()
    assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", shown)


@pytest.mark.usefixtures("small")
def test_a_package_has_the_students_page_and_one_more_script(tmp_path: Path) -> None:
    (made,) = scorm.build(["03"], tmp_path)
    (plain,) = scorm.build(["03"], tmp_path, plain=True)
    assert plain.name == "axis-of-upheaval-03.page.zip" and content(plain).keys() == {"index.html"}
    more, less = (content(path)["index.html"].decode() for path in (made, plain))
    assert f"<script>{assets.scorm()}</script>" in more
    without = more.replace(f"<script>{assets.scorm()}</script>\n", "")
    assert re.sub(r"script-src [^;]*;", "", without) == re.sub(r"script-src [^;]*;", "", less)
    assert "student edition" in less
    # The policy of the page has to let the script run.
    policy = page.policy([assets.scripts_run(), assets.scorm()])
    assert re.search(r"'sha256-[^']+' 'sha256-[^']+'", policy)
    (said,) = re.findall(r"script-src ([^;]*);", more)
    assert set(re.findall(r"'sha256-[^']+'", policy)) <= set(said.split())


def test_the_script_tells_how_far_a_reader_is_and_nothing_else() -> None:
    script = assets.scorm()
    assert set(re.findall(r'"(cmi\.[a-z_.]+)"', script)) == {"cmi.completion_status", "cmi.exit"}
    for word in ("fetch", "XMLHttpRequest", "sendBeacon", "localStorage", "cmi.score", "://"):
        assert word not in script


@pytest.mark.usefixtures("small")
def test_all_lessons_go_into_a_folder_each_as_a_package_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scorm", "--out", str(tmp_path / "new")]) == 0
    made = {path.name for path in (tmp_path / "new").iterdir()}
    assert made == {f"axis-of-upheaval-{one.number}.scorm.zip" for one in LESSONS}
    assert capsys.readouterr().out.count("Written: ") == len(LESSONS)
    before = (tmp_path / "new" / "axis-of-upheaval-03.scorm.zip").read_bytes()
    assert main(["scorm", "03", "--out", str(tmp_path / "one.zip")]) == 0
    assert (tmp_path / "one.zip").read_bytes() == before, "the same lesson, the same bytes"


@pytest.mark.usefixtures("small")
def test_what_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scorm", "99", "--out", str(tmp_path)]) == 1
    assert "There is no lesson “99”. Name some of: 00, 01" in capsys.readouterr().err
    (tmp_path / "here.txt").write_text("mine", encoding="utf-8")
    assert main(["scorm", "03", "--out", str(tmp_path / "here.txt")]) == 1
    assert "is of another kind, so it stays" in capsys.readouterr().err
    assert main(["scorm", "02", "03", "--out", str(tmp_path / "here.txt")]) == 1
    assert (tmp_path / "here.txt").read_text(encoding="utf-8") == "mine"
    with pytest.raises(execution.PageError, match="missing is no folder"):
        scorm.build(["03"], tmp_path / "missing" / "a.zip")


@pytest.mark.site
def test_no_solution_is_in_a_package(tmp_path: Path, runs: Path) -> None:
    kept_back = kept_back_pieces()
    some = [one for one in LESSONS if one.number in ("03", "07", "11")]
    for lesson in some:
        (made,) = scorm.build([lesson.number], tmp_path, cache=runs)
        text = plain_words(content(made)["index.html"].decode())
        pieces = [one for found in kept_back.values() for one in found]
        assert len(pieces) > 100 and len(text) > 10_000
        assert [one for one in pieces if one in text] == []
        assert "instructor edition" not in text
