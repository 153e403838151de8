"""Links that lead out are all listed; what a server answers becomes a state; without a network
nothing changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlparse

import pytest

from upheaval import __main__ as command
from upheaval.publish import links
from upheaval.publish.links import Link

DAY = date(2026, 2, 1)


class _Web(BaseHTTPRequestHandler):
    """A small web: /works, /gone, /moved, /detour, /refused, /broken, and an archive that knows
    /gone.
    """

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        path = urlparse(self.path).path
        code = {
            "/works": 200,
            "/moved": 301,
            "/detour": 302,
            "/gone": 404,
            "/refused": 403,
            "/broken": 500,
            "/archive": 200,
        }[path]
        body = b"x"
        if path == "/archive":
            asked = parse_qs(urlparse(self.path).query)["url"][0]
            closest = (
                {"available": True, "url": "http://web.example.org/2024/x"}
                if asked.endswith("/gone")
                else {}
            )
            body = json.dumps(
                {"archived_snapshots": {"closest": closest} if closest else {}}
            ).encode()
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", f"{here}/works")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Web) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_a_server_answers_becomes_a_state(web: str) -> None:
    names = ["broken", "detour", "gone", "moved", "refused", "works"]
    given = [Link(f"{web}/{name}") for name in names]
    found = {
        one.url.rpartition("/")[2]: one
        for one in links.check(given, DAY, timeout=5, archive=f"{web}/archive")
    }
    assert {name: (one.state, one.answer) for name, one in found.items()} == {
        "works": ("works", ""),
        "detour": ("works", ""),
        "moved": ("moved", f"{web}/works"),
        "gone": ("gone", "404"),
        "refused": ("refused", "403"),
        "broken": ("silent", "500"),
    }
    assert {one.checked for one in found.values()} == {"2026-02-01"}
    assert {name for name, one in found.items() if one.archive} == {"gone"}
    assert found["gone"].archive == "https://web.example.org/2024/x"


def test_without_a_network_nothing_is_known() -> None:
    with pytest.raises(links.NoNetwork, match="The list is as it was"):
        links.check(
            [Link("http://no-such-host.invalid/a"), Link("http://no-such-host.invalid/b")],
            DAY,
            timeout=5,
        )


def test_the_committed_list_names_every_link_that_leads_out() -> None:
    assert sorted(links.recorded()) == links.outgoing(), "Run: python start.py links"


@pytest.fixture
def listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(links, "LIST", tmp_path / "links.csv")
    return tmp_path / "links.csv"


def test_the_list_keeps_what_is_known(listing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Link(
        "https://b.example/?a=1,2", "gone", "2026-02-01", '404, "x"', "https://web.example/é"
    )
    links.write([kept, Link("https://a.example/")])
    assert links.recorded() == {"https://a.example/": Link("https://a.example/"), kept.url: kept}
    monkeypatch.setattr(links, "outgoing", lambda: [kept.url, "https://c.example/"])
    assert links.listed() == [kept, Link("https://c.example/")]
    assert [path.name for path in listing.parent.iterdir()] == ["links.csv"]


def test_links_of_prose_are_found() -> None:
    text = (
        'A [link](https://a.example/x_(y)#part "title"), <https://b.example/>, [inside](other.md),'
        ' `https://no.example`, <a href="https://c.example/?a=1">c</a>\n\n>'
        " [quoted](http://d.example)\n"
    )
    assert links._in_markdown(text) == {
        "https://a.example/x_(y)",
        "https://b.example/",
        "https://c.example/?a=1",
        "http://d.example",
    }


def test_the_command_says_what_is_known(
    listing: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    links.write([])
    monkeypatch.setattr(links, "outgoing", lambda: ["https://a.example/", "https://b.example/"])
    assert command.main(["links"]) == 0
    assert "    2  unchecked: " in capsys.readouterr().out

    def none(*_: object) -> list[Link]:
        raise links.NoNetwork("No address answered.")

    before = listing.read_bytes()
    monkeypatch.setattr(links, "check", none)
    assert command.main(["links", "--check"]) == 1
    assert "No address answered." in capsys.readouterr().err and listing.read_bytes() == before
    gone = Link("https://a.example/", "gone", "2026-02-01", "404", "https://web.example/a")
    monkeypatch.setattr(links, "check", lambda *_: [gone])
    assert command.main(["links", "--check"]) == 0
    assert "gone: https://a.example/ (a copy: https://web.example/a)" in capsys.readouterr().out
