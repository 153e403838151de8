"""A site of tables that attack, with every gate before it opened: nothing in it can run."""

from __future__ import annotations

import csv
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from lessons import every
from upheaval.facts import tables, validate
from upheaval.publish import site

RUN = "window.__ran=1"
ATTACKS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script><!--",
    f'"><img src=x onerror="{RUN}">',
    f"<svg onload='{RUN}'></svg>",
    f"[click](javascript:{RUN}) ![p](https://evil.example/p.png) <https://evil.example>",
    f"{{{{ 7*7 }}}} {{% raw %}} {{raw}}`x` ```{{raw}} html <b onclick={RUN}>```",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe><base href=//evil.example>",
    "<form action=//evil.example><meta http-equiv=refresh content=0><object data=//evil.example>",
    "$\\href{javascript:x}{y}$ %x <a href='javascript:1'>a</a>",
)
ADDRESSES = (
    f"javascript:{RUN}",
    "data:text/html,<script>1</script>",
    "//evil.example",
    'https://user:p@evil.example/"><script>1</script>',
    "JaVaScRiPt:alert(1)",
    'https://evil.example/a" onclick="x',
    "vbscript:x",
)
#: Lessons whose own cells can run on such rows.
LESSONS = ("02", "03", "05", "09", "11")
#: Words of the schema that give a text a form, which the lessons count on.
FORMS = {"itemsIn", "rowsIn", "rowOf", "partialDate", "differsFrom"}


def is_free(field: dict[str, Any], keys: list[list[str]]) -> bool:
    """Whether a column takes any text."""
    rules = field.get("constraints", {})
    return (
        field["type"] == "string"
        and not {"enum", "pattern"} & set(rules)
        and not FORMS & set(field)
        and field["name"] not in ("id", "date", "iso3", "period")
        and [field["name"]] not in keys
    )


def attacked(entry: dict[str, Any], folder: Path, texts: Iterator[str]) -> None:
    """Write a table with an attack in every free text, and addresses that nobody should open."""
    keys = [key["fields"] for key in entry["schema"].get("foreignKeys", [])]
    path = folder / entry["path"]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    addresses = itertools.cycle(ADDRESSES)
    for field in entry["schema"]["fields"]:
        name = field["name"]
        address = "url" in name or "archive" in name
        for row in rows:
            if row[name] and address:
                row[name] = next(addresses)
            elif row[name] and is_free(field, keys):
                row[name] = f"{row[name][:20]} {next(texts)}"
        loosen(field, address, texts)
    entry["title"] += f" {next(texts)}"
    entry["description"] = f"{entry.get('description', '')} {next(texts)}"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def loosen(field: dict[str, Any], address: bool, texts: Iterator[str]) -> None:
    """Take away from a column what would refuse the attacks; its description attacks as well."""
    rules = field.get("constraints", {})
    rules.pop("maxLength", None)
    if address:
        field.pop("format", None)
        for word in ("pattern", "unique"):
            rules.pop(word, None)
    if "constraints" in field and not rules:
        del field["constraints"]
    field["description"] += f" {next(texts)}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("hostile")
    data = home / "data"
    shutil.copytree(tables.folder(), data)
    package = json.loads((data / tables.PACKAGE).read_text(encoding="utf-8"))
    texts = itertools.cycle(ATTACKS)
    for entry in package["resources"]:
        attacked(entry, data, texts)
    (data / tables.PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPHEAVAL_DATA", str(data))
        assert validate.check(), "else no gate stands there to be opened"
        patch.setattr(validate, "check", list)
        lessons = [one.path for one in every() if one.path.name[:2] in LESSONS]
        site.build(home / "site", notebooks=lessons, cache=home / "cache")
        yield home / "site"


class Look(HTMLParser):
    """Collects what could run or lead somewhere that nobody looked at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.script = values.get("type", "script") if tag == "script" else ""
        foreign = tag in ("iframe", "object", "embed", "base", "frame")
        sends = tag == "form" and not re.match(r"#|(\.\./)*search|$", values.get("action", ""))
        if foreign or sends:
            self.found.append(f"<{tag} {values}>")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.found.append("a page that leads elsewhere by itself")
        for name, value in values.items():
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction", "xlink:href", "data", "poster"):
                scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):|\s*//", value)
                image = tag in ("img", "link") and value.startswith("data:image/")
                allowed = scheme and (scheme[1] or "//").lower() in ("http", "https", "mailto")
                if (scheme and not allowed and not image) or "evil" in value:
                    self.found.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.script = ""

    def handle_data(self, data: str) -> None:
        if "__ran" in data and self.script and not self.script.startswith("application/"):
            self.found.append(f"a script: {data[:80]}")


@pytest.mark.slow
def test_nothing_in_a_site_of_hostile_tables_can_run(hostile: Path) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in hostile.rglob("*.html")}
    assert sum(text.count("__ran") for text in texts.values()) > 1000, "the attacks are there"
    for path, text in texts.items():
        look = Look()
        look.feed(text)
        assert look.found == [], path.relative_to(hostile)
        assert "Content-Security-Policy" in text, path.relative_to(hostile)


@pytest.mark.parametrize(
    "text",
    [
        "<a href='javascript:1'>x</a>",
        "<b onclick=x>",
        "<iframe>",
        "<form action=x>",
        "<script>__ran</script>",
        "<a href=//x>",
        "<img src='data:text/html,x'>",
    ],
)
def test_what_could_run_is_seen(text: str) -> None:
    look = Look()
    look.feed(text)
    assert look.found
