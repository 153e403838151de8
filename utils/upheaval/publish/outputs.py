"""What a page shows of a cell's output: pandas' tables as valid and readable HTML."""

from __future__ import annotations

import re

_STYLE = re.compile(r"<style scoped[^>]*>.*?</style>\s*", re.DOTALL)


def readable(output: str) -> str:
    """HTML of an output without what pandas puts into its tables and no browser knows any more.

    A `scoped` style and a border are left to the page's own style; the corner is no heading, which
    a screen reader would announce; and a wide table can be reached by keyboard, for it scrolls.
    """
    return (
        _STYLE.sub("", output)
        .replace('<table border="1" class="dataframe', '<table class="dataframe')
        .replace("<th></th>", "<td></td>")
        .replace('class="dataframe"', 'class="dataframe" tabindex="0"')
    )
