"""The theme's style sheets without the rules that no page of the site can ever use.

A browser reads every rule before it paints anything. The theme brings 376 kB for all that a site
could have (badges, carousels, a hundred shades of margin); a lesson's first chart waited for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import tinycss2
from tinycss2 import ast

__all__ = ["names_in", "without_unused_rules"]

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_NEEDED = re.compile(r"[.#]((?:[A-Za-z0-9_-]|\\.)+)")
#: `:not(…)`, `:is(…)`, `:has(…)`: what stands inside need not be there for the rule to hold.
_FUNCTION = re.compile(r":[a-z-]+\([^()]*\)")
_NESTED = ("media", "supports", "layer", "container")


def names_in(texts: Iterable[str]) -> set[str]:
    """Every word of ``texts`` (pages, and scripts that set classes) that may name a class or id."""
    return {name for text in texts for name in _NAME.findall(text)}


def without_unused_rules(css: str, used: set[str]) -> str:
    """The style sheet ``css`` without rules for classes and ids that are not in ``used``.

    A rule stays where at least one of its selectors asks for nothing but what is used: so what
    depends on tags, attributes, and states (hover, the reader's own settings) is never lost. All
    else (fonts, variables, moves, the notes of licences) stays, in its order.
    """
    nodes = tinycss2.parse_stylesheet(css, skip_whitespace=True)
    return "".join(_kept(nodes, lambda selector: _needed(selector) <= used))


def _needed(selector: str) -> set[str]:
    """The classes and ids without which `selector` finds nothing."""
    found = 1
    while found:  # one function may stand inside of another
        selector, found = _FUNCTION.subn("", selector)
    return {name.replace("\\", "") for name in _NEEDED.findall(selector)}


def _kept(nodes: Iterable[ast.Node], wanted: Callable[[str], bool]) -> list[str]:
    kept: list[str] = []
    for node in nodes:
        if isinstance(node, ast.QualifiedRule):
            if any(map(wanted, _selectors(node.prelude))):
                kept.append(node.serialize())
        elif (
            isinstance(node, ast.AtRule)
            and node.content is not None
            and node.lower_at_keyword in _NESTED
        ):
            rules = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            if inside := _kept(rules, wanted):
                head = f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}"
                kept.append(f"{head}{{{''.join(inside)}}}")
        elif not isinstance(node, ast.Comment) or node.value.startswith("!"):
            kept.append(node.serialize())
    return kept


def _selectors(prelude: Iterable[ast.Node]) -> Iterable[str]:
    """The selectors of a rule: a comma inside of brackets parts none."""
    one: list[ast.Node] = []
    for node in prelude:
        if isinstance(node, ast.LiteralToken) and node.value == ",":
            yield tinycss2.serialize(one)
            one = []
        else:
            one.append(node)
    yield tinycss2.serialize(one)
