"""Web addresses: which of them a page may make a link of, and what is wrong with the others."""

from __future__ import annotations

import html
import ipaddress
import re
from urllib.parse import urlsplit

from .plain_text import blank, visible

SCHEMES = ("https://", "http://")
"""How an address begins that a page may link to."""

_HOST = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?", re.UNICODE)
#: Names that only one network, one computer or one test knows.
_INNER = {"arpa", "corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost"}
_INNER |= {"onion", "test"}
_NO_DOMAIN = re.compile(r"[0-9]+|0x[0-9a-f]*|.*_.*")
_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})|%(?:[01][0-9A-Fa-f]|7[Ff])")


def safe(address: str) -> str:
    """The address as it is where a page may link to it; empty text for any other.

    What makes a link asks here, so that no scheme but the two of the web ever stands in a page.
    """
    return address if address.startswith(SCHEMES) and not address_fault(address) else ""


def anchor(label: object, address: str) -> str:
    """A link in HTML that leads out in a tab of its own, or the label where there is none to make.

    Both are escaped.
    """
    text, target = html.escape(str(label)), html.escape(safe(address))
    if not target:
        return text
    return f'<a href="{target}" target="_blank" rel="noopener noreferrer">{text}</a>'


def address_fault(text: str) -> str:
    """What would be right, as a sentence; empty where `text` is a web address others can open."""
    if not text.startswith(SCHEMES):
        return "It should be a web address that starts with https:// or http://."
    if visible(text) != text or re.search(r"[\s\\\"'<>`]", text) or blank(text):
        return "Take out the space, or the sign that no address has."
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "What follows // should be the name of a site, such as www.un.org."
    if parts.username is not None or parts.password is not None:
        return "Take out the name and the password before the @: everyone would read them."
    if port == 0 or parts.netloc.endswith(":") or not _names_a_site(host):
        return "What follows // should be the name of a site that others can open: www.un.org."
    if found := _ENCODED.search(text):
        return f"Copy the address again: {found.group()} stands for no letter in it."
    return ""


def _names_a_site(host: str) -> bool:
    """Whether a host is a public one: a name with a dot, or a number that the net can reach."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    labels = host.removesuffix(".").split(".")
    if len(labels) < 2 or len(host) > 253 or not all(map(_HOST.fullmatch, labels)):
        return False
    last = labels[-1]
    return len(last) > 1 and last not in _INNER and not _NO_DOMAIN.fullmatch(last)
