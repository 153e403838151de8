"""The version is one, and the documents of a release agree with it and name real commands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

import upheaval

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
RELEASE = (ROOT / "docs" / "release.md").read_text(encoding="utf-8")
SECTIONS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def released() -> list[tuple[str, str]]:
    """Version and day of every release that the changelog names, in its order."""
    heads = re.findall(r"^## (.+)$", CHANGELOG, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    found = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in heads[1:]]
    assert all(found), heads
    return [(one[1], one[2]) for one in found if one]


def test_the_changelog_has_the_usual_form() -> None:
    versions = [tuple(map(int, version.split("."))) for version, _ in released()]
    days = [date.fromisoformat(day) for _, day in released()]
    assert versions == sorted(set(versions), reverse=True)
    assert days == sorted(days, reverse=True)
    for part in re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]:
        sections = re.findall(r"^### (.+)$", part, re.MULTILINE)
        assert sections == [one for one in SECTIONS if one in sections], part.splitlines()[0]


def test_the_newest_release_is_the_version_of_the_package() -> None:
    assert released()[0][0] == upheaval.__version__


def test_the_citation_names_the_version_and_its_day() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["date-released"].isoformat()) == released()[0]


class Plain(yaml.SafeLoader):
    """YAML whose days stay text, as the schema of citation files has them."""


Plain.add_constructor("tag:yaml.org,2002:timestamp", Plain.construct_yaml_str)


def test_the_citation_passes_the_schema_of_citation_files() -> None:
    # cffconvert validates by this very file, but wants a jsonschema too old for frictionless.
    schema = ROOT / "tests" / "schemas" / "citation-file-format-1.2.0.json"
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    rules = jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert [one.message for one in rules.iter_errors(yaml.load(text, Plain))] == []
    broken = yaml.load(text.replace("authors:", "author:", 1), Plain)
    assert not rules.is_valid(broken)


def test_the_version_is_written_nowhere_else() -> None:
    one_source = ROOT / "utils" / "upheaval" / "__init__.py"
    others = [ROOT / "pyproject.toml", ROOT / "environment.yml"]
    others += [
        path for folder in (".", "docs", "teaching") for path in (ROOT / folder).glob("*.md")
    ]
    others += [path for path in one_source.parent.rglob("*.py") if path != one_source]
    word = re.compile(rf"(?<![\w.]){re.escape(upheaval.__version__)}(?![\w.])")
    assert word.search(one_source.read_text(encoding="utf-8"))
    naming = [path for path in others if word.search(path.read_text(encoding="utf-8"))]
    assert naming == [ROOT / "CHANGELOG.md"]


@pytest.mark.parametrize("document", ["docs/release.md", "CHANGELOG.md", "SECURITY.md"])
def test_links_within_the_collection_lead_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (path.parent / link).exists()] == []


def commands(text: str) -> list[list[str]]:
    """The words of every call of start.py in the blocks of a document."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [
        line.split()[2:] for block in blocks for line in block.splitlines() if "start.py" in line
    ]


@pytest.mark.thorough
def test_the_commands_of_a_release_exist() -> None:
    found = commands(RELEASE)
    assert len(found) > 5
    done = subprocess.run(
        [sys.executable, "-m", "upheaval", "--help"], capture_output=True, text=True, check=True
    )
    known = set(re.findall(r"^    (\w+)", done.stdout, re.MULTILINE)) | {"test"}
    for name, *options in found:
        assert name in known
        if name == "test":
            files = [one for one in options if one.startswith("tests/")]
            assert all((ROOT / one).is_file() for one in files)
            continue
        help_text = subprocess.run(
            [sys.executable, "-m", "upheaval", name, "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert all(one in help_text for one in options if one.startswith("--")), f"{name} {options}"


def test_the_release_says_that_the_workflow_has_not_run() -> None:
    """When it has run for the first time, this sentence and this test go."""
    assert "**It has not run:" in RELEASE
