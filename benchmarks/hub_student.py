"""What a student does on a hub, through the interfaces that JupyterLab uses, at a stopwatch."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlencode

from hub_server import Hub, Repository
from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClosedError, websocket_connect

Json = Any
# By itself it asks ten things at a time, and the students would wait for one another.
AsyncHTTPClient.configure(None, max_clients=1000)
#: Seconds after which a student gives up: a fault then, and no measurement.
PATIENCE = 900
#: How often a connection to a kernel that has ended is made again: as often as JupyterLab does.
RECONNECTS = 7
#: The kind of message by which a widget's model comes to the front end.
OPENED = "comm_open"


@dataclass
class Visit:
    """Seconds since a student pressed the link, and what came of it."""

    name: str
    seconds: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    kernel: str = ""
    path: str = ""
    cells: int = 0
    longest: float = 0.0
    received: int = 0
    reconnected: int = 0


class Student:
    """One student of `hub`, named ``name``, who opens lessons out of `repository`."""

    def __init__(self, hub: Hub, repository: Repository, name: str):
        self.hub, self.repository, self.name = hub, repository, name
        self.headers = {"Authorization": f"token {hub.token}"}

    async def ask(
        self, method: str, path: str, body: Json = None, *, follow: bool = True
    ) -> HTTPResponse:
        """What the hub, or the student's server on it, answers at `path`."""
        request = HTTPRequest(
            f"{self.hub.address}/{path}",
            method=method,
            headers=self.headers | {"Content-Type": "application/json"},
            body=None if method in ("GET", "DELETE") else json.dumps(body or {}),
            follow_redirects=follow,
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,
        )
        return await AsyncHTTPClient().fetch(request, raise_error=follow)

    async def sign_in(self) -> None:
        """Have a server, started where there is none, and wait until it answers."""
        try:
            await self.ask("POST", f"hub/api/users/{self.name}")
        except HTTPError as error:
            if error.code != 409:  # somebody of that name is there
                raise
        await self.ask("POST", f"hub/api/users/{self.name}/server")
        while True:
            user = json.loads((await self.ask("GET", f"hub/api/users/{self.name}")).body)
            if user["servers"].get("", {}).get("ready"):
                return
            await asyncio.sleep(0.5)

    async def leave(self) -> None:
        """End the student's server, and wait until it has gone."""
        await self.ask("DELETE", f"hub/api/users/{self.name}/server")
        while True:
            user = json.loads((await self.ask("GET", f"hub/api/users/{self.name}")).body)
            if not user["servers"]:
                return
            await asyncio.sleep(0.5)

    async def pull(self) -> list[str]:
        """Fetch the lessons, as nbgitpuller's page does; gives what it said. Raises on an error."""
        asked = {
            "repo": self.repository.address,
            "branch": self.repository.branch,
            "targetpath": self.repository.name,
        }
        answer = await self.ask("GET", f"user/{self.name}/git-pull/api?{urlencode(asked)}")
        events = [
            json.loads(line.removeprefix("data: "))
            for line in answer.body.decode().splitlines()
            if line.startswith("data: ")
        ]
        if events[-1]["phase"] != "finished":
            raise RuntimeError(f"{self.name}: {events[-1]}")
        return [one["output"] for one in events if "output" in one]

    async def open(self, number: str) -> str:
        """The path of the student's own copy of a lesson, to which the link leads in the end."""
        way = f"user/{self.name}/upheaval/{self.repository.name}/{number}"
        answer = await self.ask("GET", way, follow=False)
        place = answer.headers.get("Location", "")
        if answer.code != 302 or "/lab/tree/" not in place:
            raise RuntimeError(f"{self.name}: {answer.code} {answer.body[-2000:]!r}")
        return unquote(place.partition("/lab/tree/")[2])

    async def notebook(self, path: str) -> Json:
        """A notebook as the student's server gives it."""
        answer = await self.ask("GET", f"user/{self.name}/api/contents/{path}?content=1")
        return json.loads(answer.body)["content"]

    async def save(self, path: str, notebook: Json) -> None:
        """Save a notebook through the student's server."""
        body = {"type": "notebook", "format": "json", "content": notebook}
        await self.ask("PUT", f"user/{self.name}/api/contents/{path}", body)

    async def visit(self, number: str) -> Visit:
        """Press the link to a lesson, and run it from top to bottom; answer one question."""
        began, visit = time.monotonic(), Visit(self.name)

        def reached(what: str) -> None:
            visit.seconds[what] = time.monotonic() - began

        await self.sign_in()
        reached("server")
        await self.pull()
        reached("pulled")
        visit.path = await self.open(number)
        reached("lesson")
        notebook = await self.notebook(visit.path)
        body = {
            "path": visit.path,
            "name": PurePosixPath(visit.path).name,
            "type": "notebook",
            "kernel": {"name": "python3"},
        }
        session = json.loads((await self.ask("POST", f"user/{self.name}/api/sessions", body)).body)
        visit.kernel = session["kernel"]["id"]
        kernel = await Kernel.of(self, visit.kernel)
        await kernel.run_all(notebook, visit, reached)
        await kernel.write(visit)
        reached("answered")
        visit.received, visit.reconnected = kernel.received, kernel.reconnected
        kernel.connection.close()
        return visit


class Kernel:
    """A kernel of a student's server, at its websocket; connected again where that has ended."""

    def __init__(self, student: Student, kernel: str):
        self.session = uuid.uuid4().hex
        # By its session the server knows who comes back, and sends what was said in the meantime.
        way = f"user/{student.name}/api/kernels/{kernel}/channels?session_id={self.session}"
        self.address = f"{student.hub.address.replace('http', 'ws', 1)}/{way}"
        self.headers = student.headers
        self.received = self.reconnected = 0
        self.models: dict[str, Json] = {}

    @classmethod
    async def of(cls, student: Student, kernel: str) -> Kernel:
        """The kernel with this id."""
        found = cls(student, kernel)
        await found._connect()
        return found

    async def _connect(self) -> None:
        # As long as a browser would wait: twenty seconds are too few where all begin at once.
        patience = {"connect_timeout": PATIENCE, "request_timeout": PATIENCE}
        request = HTTPRequest(self.address, headers=self.headers, **patience)
        self.connection = await websocket_connect(request, max_message_size=2**28)

    async def _connect_again(self) -> None:
        """As JupyterLab does, which waits longer each time. Raises after the last try."""
        if self.reconnected == RECONNECTS:
            raise RuntimeError("The connection to the kernel has ended.")
        await asyncio.sleep(2**self.reconnected)
        self.reconnected += 1
        await self._connect()

    async def send(self, kind: str, content: Json) -> str:
        """Send a message on the shell channel; gives its id."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self.session, "username": ""}
        message = {"header": header | {"version": "5.3"}, "content": content, "channel": "shell"}
        text = json.dumps(message | {"parent_header": {}, "metadata": {}})
        while True:
            try:
                await self.connection.write_message(text)
            except WebSocketClosedError:
                await self._connect_again()
            else:
                return number

    async def heard(self) -> Json:
        """The next message. Raises where the kernel has gone, or says nothing for too long."""
        while (text := await asyncio.wait_for(self.connection.read_message(), PATIENCE)) is None:
            await self._connect_again()
        self.received += len(text)
        message = json.loads(text if isinstance(text, str) else _unpacked(text))
        if message["header"]["msg_type"] == OPENED:
            content = message["content"]
            self.models[content["comm_id"]] = content["data"].get("state", {})
        return message

    async def run_all(self, notebook: Json, visit: Visit, reached: Any) -> None:
        """Run every cell in order, as *Run All Cells* does; an error is noted, and ends nothing."""
        cells = [
            cell
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
            and "skip-execution" not in cell["metadata"].get("tags", [])
        ]
        for cell in cells:
            began = time.monotonic()
            code = "".join(cell["source"])
            number = await self.send("execute_request", {"code": code, "stop_on_error": False})
            while not _ended(message := await self.heard(), number):
                kind, content = message["header"]["msg_type"], message["content"]
                if kind == "error":
                    visit.errors.append(f"{content['ename']}: {content['evalue']}")
                elif "chart" not in visit.seconds and _is_chart(content):
                    reached("chart")
            visit.longest = max(visit.longest, time.monotonic() - began)
        visit.cells = len(cells)
        reached("ran")

    async def write(self, visit: Visit) -> None:
        """Write into the lesson's first open question, as its box does; wait until it is kept."""
        specs = {model: state.get("spec") or {} for model, state in self.models.items()}
        boxes = [
            (model, spec)
            for model, spec in specs.items()
            if spec.get("kind") == "prompts" and spec.get("fields")
        ]
        if not boxes:
            raise RuntimeError(f"{visit.name}: the lesson has no question to write to")
        model, spec = boxes[0]
        value = {one["name"]: f"Written by {visit.name}" for one in spec["fields"]}
        data = {"method": "update", "state": {"selected": {"value": value}}, "buffer_paths": []}
        number = await self.send("comm_msg", {"comm_id": model, "data": data})
        while not _ended(await self.heard(), number):
            pass


def _unpacked(data: bytes) -> bytes:
    """The JSON of a message that came with buffers: their number, offsets, and then the parts."""
    count = int.from_bytes(data[:4], "big")
    ends = [int.from_bytes(data[4 * at : 4 * at + 4], "big") for at in range(1, count + 1)]
    return data[ends[0] : ends[1] if count > 1 else None]


def _ended(message: Json, number: str) -> bool:
    """Whether a message says that the kernel has done what it was asked by message `number`."""
    return bool(
        message["parent_header"].get("msg_id") == number
        and message["header"]["msg_type"] == "status"
        and message["content"]["execution_state"] == "idle"
    )


def _is_chart(content: Json) -> bool:
    return "application/vnd.plotly.v1+json" in content.get("data", {})
