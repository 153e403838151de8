"""The agreement of coders on the data page, counted here in another way."""

from __future__ import annotations

import pandas as pd

from upheaval.facts import dictionary, tables
from upheaval.publish import site_content


def test_equal_codes_are_counted_for_every_pair_of_coders() -> None:
    again, quotes = tables.read("second_codings"), tables.read("quotes")
    parts = {name: rows.set_index("quote") for name, rows in again.groupby("coder")}
    parts["our codes"] = quotes.set_index("id")
    told = {
        (row["what"], row["who"]): (row["same"], row["items"]) for row in site_content._codings()
    }
    assert len(told) == 9
    for column, label in site_content.CODED.items():
        for one, other in [
            ("coder A", "coder B"),
            ("coder A", "our codes"),
            ("coder B", "our codes"),
        ]:
            both = pd.concat([parts[one][column], parts[other][column]], axis=1).dropna()
            same = int((both.iloc[:, 0] == both.iloc[:, 1]).sum())
            assert told[label, f"{one} and {other}"] == (same, len(both))


def test_the_cells_that_no_sentence_carries_are_on_the_data_page_with_their_reasons() -> None:
    told, rows = site_content._ungrounded(), tables.records(tables.read("unread_cells"))
    assert told["cells"] == sum(len(row["columns"]) for row in rows) > 50
    shown = {(one["table"], row) for one in told["reasons"] for row in one["rows"].split(", ")}
    assert shown == {(row["table"], row["row"]) for row in rows}
    names = tables.names()
    page = (
        site_content.page_templates()
        .get_template("data.md.j2")
        .render(
            {
                **dict.fromkeys(("as_of", "next_look", "name", "schema_org"), "x"),
                "package": tables.package(),
                "counts": dict.fromkeys(names, 1),
                "codings": site_content._codings(),
                "excerpted": [one for one in names if tables.resource(one).get("excerpted")],
                "grounds": dictionary.GROUNDS,
                "ungrounded": told,
            }
        )
    )
    assert f"{told['cells']} cells of {told['rows']} rows" in page
    assert "cnc-prewar-share" in page and page.count("A sentence carries it.") > 40
