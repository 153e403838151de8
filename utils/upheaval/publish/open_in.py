"""“Open in”: the addresses that open a lesson as a live notebook elsewhere.

There are three such places: Python in the browser, Binder, and a hub of one's own. Whoever
publishes the collection says where they are; nothing is guessed, and what is not said has no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import jinja2

#: The public BinderHub, which builds the environment of a public repository for whoever asks.
BINDER = "https://mybinder.org/v2"
_PARTIAL = "open_in.html.j2"
#: What stands in no address that a page may link to.
_STRANGE = re.compile(r"[\s\\\"'<>`]|[^\x21-\x7e]")
_BRANCH = re.compile(r"[\w][\w./-]*", re.ASCII)


class AddressError(Exception):
    """An address or a branch that cannot be used; the message says which, and what would be."""


@dataclass(frozen=True)
class Link:
    """One place where a lesson opens: its `label`, and the `address`."""

    label: str
    address: str


@dataclass(frozen=True)
class Places:
    """Where lessons open live. Raises `AddressError` for what is no such address.

    ``repository`` is the address of the git repository that readers get, ``branch`` the branch of
    it; ``hub`` is that of a JupyterHub with nbgitpuller, and ``browser`` that of the folder which
    ``python start.py browser`` wrote. Any of them may be missing.
    """

    repository: str = ""
    branch: str = "main"
    hub: str = ""
    browser: str = ""

    def __post_init__(self) -> None:
        _look("--repository", self.repository, "https://github.com/ORGANISATION/NAME")
        _look("--hub", self.hub, "https://hub.school.org")
        _look("--browser", self.browser, "https://www.school.org/lessons")
        if not _BRANCH.fullmatch(self.branch) or ".." in self.branch:
            raise AddressError(f"--branch: “{self.branch}” is no name of a branch, such as main.")
        if self.repository and not self.folder:
            raise AddressError(
                f"--repository: “{self.repository}” names a site and no repository on it. It looks"
                " like https://github.com/ORGANISATION/NAME."
            )
        if self.hub and not self.repository:
            raise AddressError(
                "--hub: a link to a hub says which repository it fetches. Add --repository, and"
                " its address."
            )

    @property
    def folder(self) -> str:
        """The name of the repository, and so of the folder that a hub fetches it into."""
        return urlsplit(self.repository).path.rstrip("/").rpartition("/")[2].removesuffix(".git")

    def links(self, notebook: str, edition: str = "student") -> list[Link]:
        """The places in which the lesson ``notebook`` (a file name) opens, in a fixed order.

        For students their own copy is opened; the instructor edition has no copies, and is not in
        the browser's build.
        """
        student = edition == "student"
        found = []
        if self.browser and student:
            path = quote(f"notebooks/{notebook}", safe="")
            address = f"{self.browser.rstrip('/')}/lab/index.html?path={path}"
            found.append(Link("in this browser, with nothing to install", address))
        if self.repository:
            found.append(Link("on Binder", self._on_binder(notebook, student)))
        if self.hub:
            found.append(Link("on our hub", self._on_hub(notebook, student)))
        return found

    def _on_binder(self, notebook: str, student: bool) -> str:
        parts = urlsplit(self.repository)
        name = parts.path.strip("/").removesuffix(".git")
        provider = {"github.com": f"gh/{name}", "gitlab.com": f"gl/{quote(name, safe='')}"}.get(
            str(parts.hostname), f"git/{quote(self.repository, safe='')}"
        )
        path = f"lab/tree/{'my_lessons' if student else 'notebooks'}/{notebook}"
        branch = quote(self.branch, safe="")
        return f"{BINDER}/{provider}/{branch}?{urlencode({'urlpath': path})}"

    def _on_hub(self, notebook: str, student: bool) -> str:
        """A link of nbgitpuller. For students it ends at `upheaval.opening`."""
        path = f"lab/tree/{self.folder}/notebooks/{notebook}"
        asked = {
            "repo": self.repository,
            "branch": self.branch,
            "targetPath": self.folder,
            "urlpath": f"upheaval/{self.folder}/{notebook[:2]}" if student else path,
        }
        return f"{self.hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(asked)}"


def _look(option: str, address: str, right: str) -> None:
    """Raises `AddressError` where `address` is neither empty nor one of the web."""
    if not address:
        return
    try:
        parts = urlsplit(address)
        well = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well = False
    if not well or _STRANGE.search(address) or parts.query or parts.fragment:
        raise AddressError(
            f"{option}: “{address}” cannot be used. It is an address like {right}, with nothing"
            " behind a ? or #."
        )
    if parts.username is not None or parts.password is not None:
        raise AddressError(
            f"{option}: take out the name and the password before the @. Everyone would read them."
        )


def markup(links: Iterable[Link]) -> str:
    """The links of a lesson's page, in HTML; empty where there are none."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "site_source" / "partials")
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    made.trim_blocks = made.lstrip_blocks = True
    return made.get_template(_PARTIAL).render(links=list(links)).strip()


def listed(places: Places, lessons: Iterable[tuple[str, str]], edition: str = "student") -> str:
    """The links of all ``lessons`` (file name and title of each) as a list in Markdown."""
    lines = []
    for notebook, title in lessons:
        ways = ", ".join(f"[{one.label}]({one.address})" for one in places.links(notebook, edition))
        lines.append(f"- {title}: {ways}")
    return "\n".join(lines)
