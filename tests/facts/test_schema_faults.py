"""Faults of the schema itself, drawn by Hypothesis: none ends in a traceback, none is passed over.

A word that is misspelt would else switch its rule off without a sound.
"""

from __future__ import annotations

import copy
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers import few
from upheaval import __main__ as command_line
from upheaval.facts import dictionary, kept_rules, package, tables, validate

from .fault_kinds import fixed

Json = Any
GOOD = json.loads((tables.folder() / package.NAME).read_text(encoding="utf-8"))
FREE = ("contributors", "sources")
"""Words of the package whose content nobody but a reader of the file reads."""


def groups(value: Json, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Json]]:
    """Every group of words in the schema, by the way to it."""
    if isinstance(value, dict):
        yield path, value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from groups(inner, (*path, key))


GROUPS = [(path, list(group)) for path, group in groups(GOOD)]
EVERY = sorted({(path, word) for path, words in GROUPS for word in words}, key=str)
WORDS = [(path, word) for path, word in EVERY if not (path and path[0] in FREE)]
TABLES = range(len(GOOD["resources"]))


def at(schema: Json, path: tuple[Any, ...]) -> Json:
    """The group that a way leads to."""
    for step in path:
        schema = schema[step]
    return schema


def renamed(path: tuple[Any, ...], word: str, new: str) -> Json:
    """The schema with one word called otherwise, in its place."""
    schema = copy.deepcopy(GOOD)
    group = at(schema, path)
    words = {new if name == word else name: value for name, value in group.items()}
    group.clear()
    group.update(words)
    return schema


def with_value(path: tuple[Any, ...], word: str, value: Json) -> Json:
    """The schema with one value replaced."""
    schema = copy.deepcopy(GOOD)
    at(schema, path)[word] = value
    return schema


def without(path: tuple[Any, ...], word: str) -> Json:
    """The schema without one word."""
    schema = copy.deepcopy(GOOD)
    del at(schema, path)[word]
    return schema


def doubled(table: int, column: bool) -> Json:
    """The schema with a table, or the first column of one, listed twice."""
    schema = copy.deepcopy(GOOD)
    listed = schema["resources"][table]["schema"]["fields"] if column else schema["resources"]
    listed.append(copy.deepcopy(listed[0 if column else table]))
    return schema


any_word = st.sampled_from(WORDS)
KINDS: dict[str, st.SearchStrategy[Json]] = {
    "a misspelt word": st.builds(
        lambda place, change: renamed(*place, change(place[1])),
        any_word,
        st.sampled_from(
            [
                lambda w: w + "X",
                lambda w: w[1:] or "q",
                lambda w: w.upper() + "_",
                lambda w: f"{w} ",
            ]
        ),
    ),
    "another word": st.builds(
        lambda place, word: renamed(*place, word),
        any_word,
        st.sampled_from(["rule", "checks", "Constraints_", "must", "größe"]),
    ),
    "a word left out": st.sampled_from(EVERY).map(lambda place: without(*place)),
    "a value of another kind": st.builds(
        lambda place, value: with_value(*place, value),
        any_word,
        st.sampled_from([None, [], {}, "", [[]], [None], {"a": {}}, [{"a": 1}], "\ud800 "]),
    ),
    "a table twice": st.sampled_from(TABLES).map(lambda table: doubled(table, column=False)),
    "a column twice": st.sampled_from(TABLES).map(lambda table: doubled(table, column=True)),
    "a name that does not exist": st.sampled_from(
        [place for place in WORDS if place[1] in ("resource", "dateColumn", "notBefore", "rowOf")]
        + [place for place in WORDS if place[1] in ("differsFrom", "atMost")]
    ).map(lambda place: with_value(*place, "nowhere")),
    "a path that leads elsewhere": st.builds(
        lambda table, path: with_value(("resources", table), "path", path),
        st.sampled_from(TABLES),
        st.sampled_from(
            ["../x.csv", "/etc/passwd", "a/b.csv", "C:\\x.csv", "events", "http://x.csv"]
        ),
    ),
}
TEXTS = {
    "cut off": json.dumps(GOOD)[:-40],
    "empty": "",
    "a list": "[]",
    "a number": "1",
    "nothing": "null",
    "deep": "[" * 100_000,
    "deep and closed": '{"resources":' + "[" * 50_000 + "]" * 50_000 + "}",
    "deep in a word": json.dumps(GOOD)[:-1] + ', "x-deep": ' + "[" * 3_000 + "]" * 3_000 + "}",
    "a word twice": json.dumps(GOOD)[:-1] + ', "resources": []}',
    "no number": json.dumps(GOOD).replace('"minimum": 0', '"minimum": NaN', 1),
    "no end": json.dumps(GOOD).replace('"minimum": 0', '"minimum": 1e999', 1),
    "digits without end": json.dumps(GOOD).replace('"minimum": 0', f'"minimum": {"9" * 5000}', 1),
    "a pattern that is none": json.dumps(GOOD).replace('"pattern": "', '"pattern": "(', 1),
    "comments": "// mine\n" + json.dumps(GOOD),
    "Python": str(GOOD),
}
MAY_PASS = {"deep in a word"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "data"
    shutil.copytree(tables.folder(), path)
    return path


def said_of(home: Path, text: str) -> list[str]:
    """What validate says with this text as the schema; the schema comes first."""
    path = home / package.NAME
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    tables._packages.clear()  # two texts of one length within a tick of the clock
    problems = validate.check(home)
    assert all(str(one).isprintable() for one in problems)
    return [str(one) for one in problems]


@pytest.mark.parametrize("kind", few(KINDS, 3))
@pytest.mark.parametrize("examples", [8, pytest.param(60, marks=pytest.mark.slow)])
def test_no_fault_of_the_schema_is_passed_over(
    home: Path, kind: str, examples: int, record_property: Callable[[str, object], None]
) -> None:
    counts: Counter[str] = Counter()

    @fixed(examples)
    @given(KINDS[kind])
    def one_fault(schema: Json) -> None:
        if schema == GOOD:
            return
        counts["traceback"] += 1
        said = said_of(home, json.dumps(schema))
        counts["traceback"] -= 1
        told = any(package.NAME in one for one in said)
        counts["found" if told else "missed"] += 1
        assert told, said

    try:
        one_fault()
    finally:
        record_property("faults", dict(counts))
    assert counts["found"] > 0


@pytest.mark.parametrize("value", ["", "confirmed", "confirmed\u200b", " "], ids=ascii)
def test_an_allowed_word_that_nobody_sees_or_that_is_there_twice_is_told(
    home: Path, value: str
) -> None:
    schema = json.loads(json.dumps(GOOD))
    fields = schema["resources"][0]["schema"]["fields"]
    status = next(one for one in fields if one["name"] == "status")
    status["constraints"]["enum"].append(value)
    said = said_of(home, json.dumps(schema))
    assert len(said) == 1 and 'column "status"' in said[0] and "in enum" in said[0]


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_no_schema_gives_a_sentence(home: Path, name: str) -> None:
    said = said_of(home, TEXTS[name])
    assert (name in MAY_PASS and not said) or package.NAME in said[0], said


def test_one_misspelt_word_is_one_message_with_its_place_and_the_nearest(home: Path) -> None:
    path = ("resources", 0, "schema", "fields", 0)
    said = said_of(home, json.dumps(renamed(path, "constraints", "constraint")))
    assert len(said) == 1, said
    assert 'table "events", column "id"' in said[0]
    assert 'the word "constraint", which nothing reads. Did you mean "constraints"?' in said[0]


def test_words_of_ones_own_are_let_pass(home: Path) -> None:
    schema = copy.deepcopy(GOOD) | {"x-mine": [1], "homepage": "https://example.org"}
    schema["resources"][0]["x-mine"] = {}
    assert said_of(home, json.dumps(schema)) == []


@pytest.mark.parametrize("place", few(range(0, len(WORDS), 97), 6))
def test_a_schema_that_passes_can_be_written_as_a_dictionary(home: Path, place: int) -> None:
    if not said_of(home, json.dumps(without(*WORDS[place]))):
        assert dictionary.render(home)


#: One of each word, where nothing else is asked: every place in the whole run.
SAMPLE = list({word: (path, word) for path, word in EVERY}.values())


@pytest.mark.parametrize("places", [SAMPLE, pytest.param(EVERY, marks=pytest.mark.slow)])
def test_every_rule_that_goes_is_missed(home: Path, places: list[tuple[Any, str]]) -> None:
    """Whichever word is taken out, one by one: a rule that nobody asks makes no sound."""
    silent = []
    schema = copy.deepcopy(GOOD)
    for path, word in places:
        group = at(schema, path)
        whole = dict(group)
        del group[word]
        if not package.faults(schema) and not kept_rules.faults(schema, home):
            silent.append((path, word))
        group.clear()
        group.update(whole)
    assert silent == [] and schema == GOOD and len(places) > 40


ROWS_IN = next(place for place in EVERY if place[1] == "rowsIn")
REQUIRED = next(place for place in EVERY if place[1] == "required")


@pytest.mark.parametrize(
    "schema, said",
    [
        (without(*ROWS_IN), 'no "rowsIn", which rules.json has. Write it back: "['),
        (with_value(*REQUIRED, False), 'column "id": found an id without "required"'),
        (
            with_value(*ROWS_IN, ["events"]),
            'found "["events"]" as "rowsIn". It should be "["events", "',
        ),
        (without(("contributors", 0), "roles"), 'no "roles of contributors, number 1"'),
    ],
)
def test_a_rule_that_goes_is_told_with_what_would_put_it_back(
    home: Path, schema: Json, said: str
) -> None:
    told = said_of(home, json.dumps(schema))
    assert len(told) == 1 and said in told[0], told


def test_a_rule_that_goes_is_missed_without_the_folders_own_list(home: Path) -> None:
    (home / kept_rules.LIST).rename(home / "aside")
    try:
        assert len(said_of(home, json.dumps(without(*ROWS_IN)))) == 1
        (home / kept_rules.LIST).write_text("[]", encoding="utf-8")
        assert said_of(home, json.dumps(GOOD))[0].startswith("rules.json: found no list")
    finally:
        (home / "aside").replace(home / kept_rules.LIST)


def test_a_change_that_is_meant_is_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = (home / kept_rules.LIST).read_bytes()
    try:
        assert said_of(home, json.dumps(without(*ROWS_IN)))
        assert command_line.main(["validate", str(home), "--rules"]) == 0
        said = capsys.readouterr().out.splitlines()
        assert said[0].startswith("gone: ") and "rowsIn" in said[0] and len(said) == 3
        assert said_of(home, json.dumps(without(*ROWS_IN))) == []
    finally:
        (home / kept_rules.LIST).write_bytes(kept)


def test_the_list_has_every_rule() -> None:
    """A new rule belongs on it: `python start.py validate --rules`."""
    listed = (tables.folder() / kept_rules.LIST).read_text(encoding="utf-8")
    assert listed == kept_rules.text(GOOD)
