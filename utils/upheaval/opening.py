"""The way into a lesson on a hub: a server extension of Jupyter that needs nothing but Python.

``…/upheaval/FOLDER/02`` brings the student's own copies in ``FOLDER/my_lessons`` up to date, and
opens the one of lesson 02. A link of nbgitpuller ends here: it first merges a new version of the
collection into ``FOLDER``. No merge can meet a student's edits, for the copies are in no version.

A link must not run what it has just fetched. So nothing of ``FOLDER`` is imported: its notebooks
are read as data, by the package that the server was installed with, in a process of its own, since
a server has no room for pandas.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

#: The address below the server's own: a folder, and the number of a lesson.
ADDRESS = r"/upheaval/(?P<folder>.+)/(?P<number>[0-9]{2})/?"


def opened(top: Path, folder: str, number: str) -> str:
    """The address of the student's copy of a lesson, below the server's own.

    `top` is the folder that the server shows, `folder` the collection's in it. Copies are made
    where they are missing. Raises ``ValueError``, whose text is for the student.
    """
    from . import copies

    parts = folder.split("/")
    root = top.joinpath(*parts)
    if {"", ".", ".."} & set(parts) or not (root / "notebooks").is_dir():
        raise ValueError(
            f"There is no folder {folder} with the lessons here. Open the link that your teacher"
            " gave you once more: it fetches them."
        )
    try:
        there = {source.name[:2]: source.name for source in copies.lessons(root)}
        if number not in there:
            raise ValueError(f"There is no lesson {number}; there are {', '.join(there)}.")
        copy = copies.prepare(root).path / there[number]
    except copies.CopyError as error:
        raise ValueError(str(error)) from None
    if top not in copy.parents:
        raise ValueError(
            f"Your lessons are in {copy.parent}, which this server does not show. Ask whoever runs"
            " it to start it in a folder above them."
        )
    return f"lab/tree/{quote(copy.relative_to(top).as_posix())}"


async def _ask(top: Path, folder: str, number: str) -> tuple[bool, str]:
    """Whether `opened` went well, asked in a process of its own; and what it said."""
    words = [sys.executable, "-P", "-m", __name__, str(top), folder, number]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*words, stdout=pipe, stderr=pipe)
    said, trouble = await process.communicate()
    text = (trouble if process.returncode else said).decode("utf-8", "replace").strip()
    return not process.returncode, text


def _handler() -> type:
    """What answers at `ADDRESS`: who is not signed in is sent to sign in first."""
    from jupyter_server.base.handlers import JupyterHandler
    from jupyter_server.utils import url_path_join
    from tornado import web

    class LessonHandler(JupyterHandler):  # type: ignore[misc,unused-ignore]
        @web.authenticated
        async def get(self, folder: str, number: str) -> None:
            top = Path(self.contents_manager.root_dir).absolute()
            well, said = await _ask(top, folder, number)
            if well:
                self.redirect(url_path_join(self.base_url, said))
                return
            # The server's own page for 404 leaves out what went wrong.
            self.set_status(404)
            told: dict[str, object] = {"status_code": 404, "status_message": "Not opened"}
            told["message"] = said
            page = self.render_template("error.html", **told)  # type: ignore[no-untyped-call]
            self.finish(page)

    return LessonHandler


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    from jupyter_server.utils import url_path_join

    address = url_path_join(server.web_app.settings["base_url"], ADDRESS)
    server.web_app.add_handlers(".*$", [(address, _handler())])


if __name__ == "__main__":
    try:
        print(opened(Path(sys.argv[1]), *sys.argv[2:]))
    except ValueError as trouble:
        sys.exit(str(trouble))
