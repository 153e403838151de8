"""Sphinx's settings for one edition of the site.

`upheaval.publish.site` writes the pages and calls Sphinx.
"""

from __future__ import annotations

import os
from typing import Any

import upheaval

edition = os.environ["UPHEAVAL_EDITION"]
project = "Axis of Upheaval: a teaching unit"
author = "The Axis of Upheaval teaching unit contributors"
copyright = "text and data CC BY 4.0, code MIT"
version = release = upheaval.__version__
language = "en"
extensions = ["myst_nb", "upheaval.publish.site_sphinx"]

# The lessons come with their outputs; Sphinx runs nothing.
nb_execution_mode = "off"
nb_merge_streams = True
# Never the widget view: it would need a kernel, and scripts from a content network.
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]
nb_ipywidgets_js: dict[str, Any] = {}
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline"]
suppress_warnings = ["mystnb.unknown_mime_type", "myst.header"]

html_theme = "sphinx_book_theme"
html_title = "Axis of Upheaval" + (" (instructors)" if edition == "instructor" else "")
exclude_patterns = ["_extra", "_templates"]
templates_path = ["_templates"]
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_extra_path = ["_extra"]
html_css_files = ["face.css", "site.css"]
html_js_files = [
    ("face.js", {"defer": "defer", "fetchpriority": "high"}),
    ("site.js", {"defer": "defer"}),
]
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # summaries are fetched, which a page opened from disk may not do
html_last_updated_fmt = None
# "shared" is a digest of what shows on every page: Sphinx writes all pages anew when it changes.
html_context = {"default_mode": "auto", "shared": os.environ["UPHEAVAL_SHARED"]}
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "toc_title": "On this page",
    "search_bar_text": "Search the lessons …",
    "navigation_with_keys": False,
    "extra_footer": f"<p>{edition.capitalize()} edition. Text and data CC BY 4.0, code MIT.</p>",
}
