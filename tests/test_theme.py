"""Colours that can be seen on both papers, marks that differ in shape, and text that stays text."""

from __future__ import annotations

import re

import pytest

from upheaval.charts.draw import theme

COLOURS = {*theme.PALETTE, theme.GREY, *(mark.colour for mark in theme.STATUS.values())}


@pytest.mark.parametrize("paper", theme.PAPER.values(), ids=theme.PAPER)
@pytest.mark.parametrize("colour", sorted(COLOURS))
def test_every_colour_stands_out_on_both_papers(colour: str, paper: str) -> None:
    assert theme.contrast(colour, paper) >= 3


def test_contrast_agrees_with_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#ffffff", "#777777") == theme.contrast("#777777", "#ffffff")
    assert theme.contrast("#123456", "#123456") == 1
    assert theme.contrast("#ffdd00", "#ffffff") < 3


def test_every_status_has_a_shape_of_its_own() -> None:
    for part in ("symbol", "sign", "meaning"):
        assert len({getattr(mark, part) for mark in theme.STATUS.values()}) == len(theme.STATUS)
    assert len(theme.PALETTE) <= 4


def test_the_template_draws_nothing_that_could_be_dragged_or_uploaded() -> None:
    layout = theme.figure(title="x").layout
    assert layout.title.text == "x" and layout.template.layout.dragmode is False
    assert layout.template.layout.xaxis.fixedrange and layout.template.layout.yaxis.showgrid


@pytest.mark.parametrize(
    "markup", ["<b>x</b>", '<a href="javascript:alert(1)">x</a>', "a & b < c", "<script>"]
)
def test_plain_leaves_no_markup(markup: str) -> None:
    assert not re.search(r"<|&(?!amp;|lt;|gt;)", theme.escape_html(markup))


def test_wrapped_breaks_at_spaces_and_escapes() -> None:
    text = "one two three four five six seven <b>eight</b> nine ten eleven twelve"
    lines = theme.wrapped(text, 20).split("<br>")
    assert len(lines) > 1 and all(
        len(line.replace("&lt;", "<").replace("&gt;", ">")) <= 20 for line in lines
    )
    assert " ".join(lines) == theme.escape_html(text)
    assert theme.wrapped("") == "" and theme.wrapped("a" * 90) == "a" * 90
