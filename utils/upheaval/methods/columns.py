"""What a method needs of a table, said in plain words when it is not there."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def require(frame: pd.DataFrame, *columns: str) -> None:
    """Raise ValueError, naming the missing ones, unless `frame` has all these columns."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise ValueError(
            f"This table has no column {quoted_list(missing)}; the method needs the columns"
            f" {quoted_list(columns)}."
        )


def quoted_list(values: Iterable[object]) -> str:
    """Values in quotation marks with commas between them, for an error message."""
    return ", ".join(f'"{value}"' for value in values)
