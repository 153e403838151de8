"""The theme's style, cut to what the pages use: no rule is lost that could hold for an element."""

from __future__ import annotations

import pytest

from upheaval.publish.theme_style import names_in, without_unused_rules

USED = names_in(
    ['<p class="used also-used" id="here">', "box.classList.add('set-by-script', \"md:two\")"]
)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".used{a:b}.gone{a:b}", ".used{a:b}"),
        (".gone,.used{a:b}", ".gone,.used{a:b}"),
        (".used .gone{a:b}", ""),
        ("#here>p{a:b}#gone>p{a:b}", "#here>p{a:b}"),
        (".set-by-script{a:b}", ".set-by-script{a:b}"),
        ("html[data-theme=dark] p:hover{a:b}", "html[data-theme=dark] p:hover{a:b}"),
        # What stands in a function need not be there for the rule to hold.
        (".used:not(.gone){a:b}", ".used:not(.gone){a:b}"),
        (":is(.gone,.used) p{a:b}", ":is(.gone,.used) p{a:b}"),
        ("p:not(.gone:is(.g,.h)){a:b}", "p:not(.gone:is(.g,.h)){a:b}"),
        (".gone:not(.used){a:b}", ""),
        ("@media print{.gone{a:b}.used{a:b}}", "@media print{.used{a:b}}"),
        ("@media print{.gone{a:b}}", ""),
        (
            "@supports (a:b){@media print{p{a:b}.gone{a:b}}}",
            "@supports (a:b){@media print{p{a:b}}}",
        ),
        ("@font-face{a:b}@keyframes gone{to{a:b}}", "@font-face{a:b}@keyframes gone{to{a:b}}"),
        (":root{--gone:1}", ":root{--gone:1}"),
        ("/*! MIT */p{a:b}/* a remark */", "/*! MIT */p{a:b}"),
        ('.used::after{content:".gone{}"}', '.used::after{content:".gone{}"}'),
    ],
)
def test_only_rules_that_cannot_hold_go(css: str, left: str) -> None:
    assert without_unused_rules(css, USED).replace(" ", "") == left.replace(" ", "")
