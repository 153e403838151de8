"""What the site asks of Sphinx beyond settings: plotly.js with charts, words explained in place."""

from __future__ import annotations

import html
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from ..facts import tables
from ..widgets.core import assets

Json = Any


class Words(SphinxPostTransform):
    """Makes the first mention of each word of a lesson's word list a button that shows its meaning.

    Which words: ``words`` in the lesson's words, which `site` hands on as the page's
    ``words``.
    """

    default_priority = 400
    formats = ("html",)

    def run(self, **_: Json) -> None:
        """Look for each word in the paragraphs and list items of the page, in order."""
        wanted = str(self.env.metadata.get(self.env.docname, {}).get("words", "")).split()
        if not wanted:
            return
        glossary = tables.read("glossary").set_index("id")
        notes = [
            note
            for word in wanted
            if word in glossary.index
            and (
                note := self._mark(
                    word, str(glossary.at[word, "term"]), str(glossary.at[word, "definition"])
                )
            )
        ]
        self.document += [nodes.raw("", note, format="html") for note in notes]

    def _mark(self, word: str, term: str, meaning: str) -> str:
        # "status: claimed" is looked up as "claimed"; "drawdown (PDA)" as "drawdown".
        bare = re.sub(r"\s*\(.*\)", "", term)
        pattern = re.compile(rf"\b{re.escape(bare)}(?:s|['’]s)?\b", re.IGNORECASE)
        for paragraph in self.document.findall(nodes.paragraph):
            if isinstance(paragraph.parent, nodes.Admonition):
                continue
            for text in list(paragraph.findall(nodes.Text)):
                found = pattern.search(text.astext())
                if not found or not isinstance(
                    text.parent, nodes.paragraph | nodes.emphasis | nodes.strong
                ):
                    continue
                if isinstance(text.parent.parent, nodes.reference):  # a link holds no button
                    continue
                before, after = text.astext()[: found.start()], text.astext()[found.end() :]
                button = (
                    f'<button type="button" class="term" popovertarget="term-{word}"'
                    f' popovertargetaction="show">{html.escape(found[0])}</button>'
                )
                made = nodes.raw("", button, format="html")
                parts = [nodes.Text(before), made, nodes.Text(after)]
                text.parent.replace(text, [part for part in parts if part.astext()])
                _keep_together(made)
                return (
                    f'<div popover id="term-{word}"'
                    f' class="term-meaning"><p><strong>{html.escape(term)}</strong>'
                    f" {html.escape(meaning)}</p></div>"
                )
        return ""


def _keep_together(button: nodes.Node) -> None:
    """Put a button and the brackets or stops around it on one line: else a line ends at a "("."""
    whole = button
    while isinstance(whole.parent, nodes.emphasis | nodes.strong) and len(whole.parent) == 1:
        whole = whole.parent
    at = whole.parent.index(whole)
    around = {"before": whole.parent[:at][-1:], "after": whole.parent[at + 1 :][:1]}
    taken = {"before": "", "after": ""}
    for side, pattern in (("before", r"[^\w\s]*$"), ("after", r"^[^\w\s]*")):
        for text in around[side]:
            if isinstance(text, nodes.Text):
                taken[side] = re.findall(pattern, text.astext())[0]
                rest = text.astext().removesuffix(taken[side])
                if side == "after":
                    rest = text.astext().removeprefix(taken[side])
                whole.parent.replace(text, [nodes.Text(rest)] if rest else [])
    if any(taken.values()):
        first, last = (html.escape(one) for one in taken.values())
        begin = nodes.raw("", f'<span class="unbroken">{first}', format="html")
        whole.parent.replace(whole, [begin, whole, nodes.raw("", f"{last}</span>", format="html")])


def draws(
    app: Sphinx, page: str, template: str, context: dict[str, Json], doctree: nodes.document | None
) -> None:
    """Load plotly.js, the one large file, only where a face draws with it, and after the face;
    before the styles' pictures and fonts, so that it is read while the page is laid out.
    """
    if 'data-draws=""' in context.get("body", ""):
        app.add_js_file(assets.PLOTLY, priority=900, loading_method="defer", fetchpriority="high")


def setup(app: Sphinx) -> dict[str, Json]:
    """Called by Sphinx."""
    app.add_post_transform(Words)
    app.connect("html-page-context", draws)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
