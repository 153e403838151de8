"""The data dictionary is the schema in words."""

from __future__ import annotations

from upheaval.facts import dictionary, tables

from .conftest import Copy


def test_the_committed_dictionary_is_what_the_schema_says() -> None:
    committed = (tables.folder() / dictionary.NAME).read_text(encoding="utf-8")
    again = 'Run: python -c "from upheaval.facts import dictionary; dictionary.write()"'
    assert committed == dictionary.render(), again


def test_every_table_and_column_is_described() -> None:
    text = dictionary.render()
    for name in tables.names():
        assert f"\n### {name}\n" in text
        for field in tables.schema(name)["fields"]:
            assert field["description"].endswith("."), (name, field["name"])
            assert f"| `{field['name']}` |" in text


def test_each_line_of_a_table_has_the_same_number_of_cells() -> None:
    for line in dictionary.render().splitlines():
        if line.startswith("| `"):
            assert line.replace("\\|", "").count("|") == 4, line


def test_it_is_written_into_the_folder(copy: Copy) -> None:
    (copy.path / dictionary.NAME).unlink()
    path = dictionary.write(copy.path)
    assert path.read_text(encoding="utf-8") == dictionary.render(copy.path)
