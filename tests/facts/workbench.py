"""A copy of the data folder in which tests break one table at a time, and ask the rules."""

from __future__ import annotations

import csv
import shutil
from copy import copy as shallow
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from upheaval.facts import tables, validate
from upheaval.facts.problems import Problem

Row = dict[str, str]


@dataclass
class Workbench:
    """The copy (``home``), what is sound of it (``base``), and the rows of all tables as text."""

    home: Path
    base: validate.Folder
    rows: dict[str, list[Row]]

    @classmethod
    def of(cls, home: Path) -> Self:
        """One in the folder ``home``, which it makes."""
        shutil.copytree(tables.folder(), home)
        rows = {}
        for name in tables.names(home):
            with (home / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows[name] = list(csv.DictReader(file))
        return cls(home, validate.Folder(home), rows)

    def problems(self, table: str, rows: list[Row]) -> list[Problem]:
        """What validate says of the folder with these rows of one table, by way of its file."""
        path = self.home / f"{table}.csv"
        whole = path.read_bytes()
        with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        try:
            changed = tables.parse(tables.resource(table, self.home), self.home)
        finally:
            path.write_bytes(whole)
        data = shallow(self.base)
        data.tables = {**self.base.tables, table: changed}
        data.sound = {name: one for name, one in data.tables.items() if not one.problems}
        return changed.problems + [one for rule in validate._RULES for one in rule(data)]
