"""Two coders: shares and kappa against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from upheaval.methods.agreement import coders


def pairs(counts: dict[tuple[str, str], int]) -> tuple[list[str], list[str]]:
    """Two lists of codes from how often each pair of codes occurs."""
    whole = [pair for pair, often in counts.items() for _ in range(often)]
    return [one for one, _ in whole], [other for _, other in whole]


def test_fifty_items_with_two_codes() -> None:
    # Both yes 20, both no 15, apart 5 and 10: agreed 35 of 50. By chance 0.5 × 0.6 + 0.5 × 0.4 =
    # 0.5, so kappa is (0.7 - 0.5) / 0.5.
    found = coders(
        *pairs({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    )
    assert (found.items, found.same) == (50, 35)
    assert found.share == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)


def test_three_codes() -> None:
    # Agreed 8 of 10; by chance (4 × 5 + 3 × 3 + 3 × 2) / 100 = 0.35: (0.8 - 0.35) / 0.65.
    found = coders(list("aaaabbbccc"), list("aaaabbbcca")[:8] + list("ab"))
    assert found.same == 8
    assert found.kappa == pytest.approx((0.8 - 0.35) / 0.65)


def test_the_order_of_coders_makes_no_difference() -> None:
    first, second = list("aabbc"), list("abbbc")
    assert coders(first, second) == coders(second, first)


def test_less_than_chance_is_below_zero_and_full_agreement_one() -> None:
    assert coders(list("ab"), list("ba")).kappa == pytest.approx(-1)
    assert coders(list("abc"), list("abc")).kappa == pytest.approx(1)


def test_one_code_alone_has_no_kappa() -> None:
    found = coders(list("aaa"), list("aaa"))
    assert found.share == 1
    assert math.isnan(found.kappa)


@pytest.mark.parametrize(("first", "second"), [("ab", "a"), ("", "")])
def test_missing_codes_are_told(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="one of each coder for every item"):
        coders(list(first), list(second))
