"""What has room in the fast loop of a test with very many cases: a sample; `test` has them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

#: For a test that goes through very many choices itself: it looks at every ``step``-th.
STEPS = pytest.mark.parametrize(
    "step",
    [pytest.param(7, id="every 7th"), pytest.param(1, id="every", marks=pytest.mark.thorough)],
)


def few(
    cases: Sequence[Any], keep: int, others: pytest.MarkDecorator = pytest.mark.thorough
) -> list[Any]:
    """The cases of a parametrized test: `keep` of them, spread evenly, stay in the fast loop, or in
    that of ten minutes where the `others` are marked slow.
    """
    kept = {round(at * (len(cases) - 1) / max(keep - 1, 1)) for at in range(keep)}
    return [case if at in kept else _marked(case, others) for at, case in enumerate(cases)]


def _marked(case: Any, mark: pytest.MarkDecorator) -> Any:
    if isinstance(case, type(pytest.param())):
        return case._replace(marks=[*case.marks, mark])
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=mark)
