"""Writing XML, as the packages for course platforms need it."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def added(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A new element within `parent`, with its text and attributes; none where they are empty."""
    made = ET.SubElement(parent, tag, attributes)
    made.text = text or None
    return made


def written(root: ET.Element) -> bytes:
    """The document of `root`, indented."""
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root) + b"\n"
