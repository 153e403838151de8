"""Which addresses a page may link to, and that every template asks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from upheaval.facts import addresses
from upheaval.publish import site_content

from .fault_kinds import ADDRESSES

PAGES = Path(site_content.__file__).parent / "site_source" / "pages"


@pytest.mark.parametrize("address", ADDRESSES, ids=ascii)
def test_no_link_is_made_of_a_bad_address(address: str) -> None:
    assert addresses.address_fault(address).endswith(".")
    assert addresses.safe(address) == ""
    assert addresses.anchor("a <b>", address) == "a &lt;b&gt;"
    assert site_content._link("a <b>", address, "copy") == "a &lt;b&gt;"


@pytest.mark.parametrize("address", ["https://un.org/a?b=1&c=2#d", "http://россия.рф/путь"])
def test_a_good_address_is_a_link(address: str) -> None:
    escaped = address.replace("&", "&amp;")
    assert addresses.safe(address) == address
    assert f'href="{escaped}"' in addresses.anchor("x", address)
    assert 'aria-label="A copy of x"' in site_content._link("x", address, "A copy of x")


def test_no_template_writes_an_address_that_nobody_looked_at() -> None:
    """An address of the data goes through the filter `link`, never into an attribute by itself."""
    for template in PAGES.glob("*.j2"):
        text = template.read_text(encoding="utf-8")
        assert not re.findall(r"href=[\"']?{{[^}]*(?:url|archive)", text), template.name
