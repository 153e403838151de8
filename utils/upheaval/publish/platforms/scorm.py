"""Lessons as packages that course platforms open and count: SCORM 2004, 4th edition.

"SCORM 2004 4th Edition, Content Aggregation Model" and "Run-Time Environment" (Advanced Distributed
Learning, 2009): a ZIP with a manifest and what it lists. A package holds one lesson, the students'
page in one file, whose only further script (``widgets/scorm.ts``) tells the platform that the page
was opened and that its end was reached. The schema files that a strict validator wants beside a
manifest are not in it: they belong to others, and platforms have their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from ...lessons import words
from ...widgets.core import assets
from .. import archive, execution, own_files, page
from ..site_content import NAME, zipped
from .xml import added, written

PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADL = "http://www.adlnet.org/xsd/adlcp_v1p3"
SEQUENCING = "http://www.imsglobal.org/xsd/imsss"
MANIFEST, START = "imsmanifest.xml", "index.html"


def build(
    numbers: Sequence[str] = (),
    out: Path | str | None = None,
    plain: bool = False,
    cache: Path | None = None,
) -> list[Path]:
    """Write a package for each lesson; gives the paths.

    ``numbers`` are lessons ("02"), by default all of them; ``out`` is a folder, or a file where
    there is one lesson, by default the working folder. A ``plain`` one is a ZIP with nothing but
    the page. Raises `page.PageError` where there is no such lesson, where one fails, or where a
    file cannot be written; what was written before that stays.
    """
    paths = archive.notebooks(numbers)
    targets = [own_files.target_of(out, name(path, plain), {".zip"}) for path in paths]
    students = archive.for_students(paths, cache or execution.cache_folder())
    for (path, notebook), target in zip(students.items(), targets, strict=True):
        own = () if plain else (assets.scorm(),)
        made = {START: page.render(notebook, "student", own_scripts=own).encode()}
        if not plain:
            made[MANIFEST] = manifest(path)
        try:
            own_files.write(target, zipped(made, ""))
        except OSError as error:
            raise execution.not_written(target, error) from error
    return targets


def name(path: Path, plain: bool) -> str:
    """What the file of a lesson is called: one for a platform, or a ``plain`` ZIP."""
    return f"{NAME}-{path.stem[:2]}.{'page' if plain else 'scorm'}.zip"


def manifest(path: Path) -> bytes:
    """The manifest of the package with the lesson at ``path``: one item, one page."""
    about = words.load(path.stem[:2], path.parent / "words").content
    title = f"{about['lesson']} {about['title']}"
    lesson = f"lesson-{about['lesson']}"
    root = ET.Element(
        "manifest",
        {
            "xmlns": PACKAGE,
            "xmlns:adlcp": ADL,
            "xmlns:imsss": SEQUENCING,
            "identifier": f"{NAME}-{lesson}",
            "version": "1.0",
        },
    )
    metadata = added(root, "metadata")
    added(metadata, "schema", "ADL SCORM")
    added(metadata, "schemaversion", "2004 4th Edition")
    organizations = added(root, "organizations", default=f"{lesson}-organization")
    organization = added(organizations, "organization", identifier=f"{lesson}-organization")
    added(organization, "title", title)
    item = added(
        organization, "item", identifier=f"{lesson}-item", identifierref=f"{lesson}-resource"
    )
    added(item, "title", title)
    _says_itself(item)
    added(added(organization, "imsss:sequencing"), "imsss:controlMode", choice="true", flow="true")
    attributes = {"type": "webcontent", "adlcp:scormType": "sco", "href": START}
    resource = added(
        added(root, "resources"), "resource", identifier=f"{lesson}-resource", **attributes
    )
    added(resource, "file", href=START)
    return written(root)


def _says_itself(item: ET.Element) -> None:
    """What is complete only the page says; and a platform makes up no success of its own."""
    added(
        added(item, "imsss:sequencing"),
        "imsss:deliveryControls",
        completionSetByContent="true",
        objectiveSetByContent="true",
    )
