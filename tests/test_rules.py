"""The rules of the front end as tests run them: what is asked comes back, and faults are told."""

from __future__ import annotations

import pytest

import rules


def test_what_a_rule_gives_comes_back_whole() -> None:
    odd = ["\ud83d", "\u2028", "a\nb", "三千", None, True, 1.5, {"x": []}]
    assert rules.evaluate("(one) => one", odd) == odd
    assert rules.evaluate("async () => undefined") is None
    assert rules.evaluate("(text) => text.length", "x" * 300_000) == 300_000


def test_what_a_rule_throws_is_told_and_the_next_one_runs() -> None:
    with pytest.raises(rules.RuleError, match="no such"):
        rules.evaluate("() => { throw new Error('no such') }")
    with pytest.raises(rules.RuleError, match="SyntaxError"):
        rules.evaluate("(")
    assert rules.evaluate("() => Object.keys(rules)")[:2] == ["address", "check"]
