"""What is said before anything is made: of the Python, the folder, the disk, and the network.

Windows, macOS and their services are not at hand here, so what they show to a program is set up:
folders by their names and marks, drives and versions by what the system answers. pip, the proxy
and the small environment are real.
"""

import os
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from upheaval import doctor, preflight

INSTALL = "from python.org"
#: A disk with room.
ROOMY = {"f_bavail": 10**9, "f_bfree": 10**9, "f_blocks": 10**9, "f_frsize": 4096}


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate", "security certificates"),
        (
            "Failed to establish a new connection: [Errno -3] NewConnectionError",
            "Check the connection",
        ),
        ("ReadTimeoutError: Read timed out.", "Check the connection"),
        ("Tunnel connection failed: 407 Proxy Authentication Required", "a name and a password"),
        ("Tunnel connection failed: 403 Forbidden", "does not let pip download"),
        ("ERROR: HTTP error 403 while getting https://files.pythonhosted.org/x", "does not let"),
        ("certificate verify failed: certificate is not yet valid", "Set date and time"),
        ("OSError: Could not find a suitable TLS CA certificate bundle: /x", "that is not there"),
        ("Missing dependencies for SOCKS support.", "of a kind that pip cannot use"),
        ("OSError: [WinError 1260] This program is blocked by group policy", "lets no program run"),
        ("x.so: failed to map segment from shared object", "lets no program run"),
        ("OSError: [Errno 122] Disk quota exceeded", "The disk is full"),
        ("OSError: [Errno 36] File name too long: '/home/x'", "short place"),
        ("numpy (from versions: none)", "no ready-made file"),
        (
            (
                "HINT: This error might have occurred since this system does not have Windows Long"
                " Path"
            ),
            "short place",
        ),
        ("PermissionError: [WinError 32] used by another process", "Close JupyterLab"),
        ("ERROR: No matching distribution found for numpy==2.4.6", "no ready-made file"),
        ("Configuration file could not be loaded.", "pip's own settings"),
        ("Could not open requirements file: [Errno 2] No such file: '/c'", "pip's own settings"),
        ("The user requested (constraint) numpy<2", "pip's own settings"),
        ("something never seen", "as given"),
    ],
)
def test_advice(said: str, advice: str) -> None:
    assert advice in preflight.advice_for(said, "as given")


# -- the Python ------------------------------------------------------------------------------------
def version(*numbers: int) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(sys, "version_info", (*numbers, "final", 0))


def configured(name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    asked = preflight.sysconfig.get_config_var
    return lambda patch: patch.setattr(
        preflight.sysconfig, "get_config_var", lambda one: value if one == name else asked(one)
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (version(3, 8, 20), "Python 3.8.20, which is too old: 3.11 or newer is needed"),
        (version(3, 10, 1), "which is too old"),
        (version(3, 15, 0), "Python 3.15.0, which is newer than the packages of the lessons"),
        (version(4, 0, 0), "which is newer"),
        (lambda patch: patch.setattr(sys, "maxsize", 2**31 - 1), "built for 32 bits"),
        (configured("Py_GIL_DISABLED", 1), "the free-threaded build"),
        (
            lambda patch: patch.setattr(sys, "implementation", SimpleNamespace(name="pypy")),
            r"of another make \(pypy\)",
        ),
        (
            lambda patch: patch.setattr(sys, "platform", "emscripten"),
            "made for phones, tablets or browsers",
        ),
        (
            lambda patch: patch.setattr(sys, "platform", "android"),
            "made for phones, tablets or browsers",
        ),
        (lambda patch: patch.setattr(sys, "platform", "cygwin"), "Cygwin or MSYS2"),
        (
            lambda patch: patch.setattr(
                preflight.sysconfig, "get_platform", lambda: "mingw_x86_64_ucrt_gnu"
            ),
            "Cygwin or MSYS2",
        ),
        (
            lambda patch: patch.setattr(preflight.importlib.util, "find_spec", lambda name: None),
            "without the part that reads secure addresses",
        ),
    ],
)
def test_a_python_that_will_not_do_is_told(
    make: Callable[[pytest.MonkeyPatch], None],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make(monkeypatch)
    with pytest.raises(preflight.RefusedError, match=said) as refusal:
        preflight.place(tmp_path / ".venv", tmp_path / "cache", "lessons")
    assert INSTALL in str(refusal.value) and str(refusal.value).endswith(preflight.PAGES)
    assert list(tmp_path.iterdir()) == []
    finding = doctor.python_version(tmp_path)
    assert finding.level == "problem"
    assert f"{finding.said} {finding.todo} {preflight.PAGES}" == str(refusal.value), "one message"


@pytest.mark.parametrize("numbers", [(3, 11, 0), (3, 12, 9), (3, 14, 7)])
def test_a_python_that_will_do_is_let_pass(
    numbers: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    version(*numbers)(monkeypatch)
    assert preflight.python() == ""


def test_python_of_the_store_is_told_and_may_not_put_packages_where_it_hides_them(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        assert preflight.from_store() is None
        program = "C:\\Program Files\\WindowsApps\\PythonSoftwareFoundation.Python.3.13_x64"
        patch.setattr(sys, "base_prefix", program)
        store = preflight.from_store()
    assert store and INSTALL in store.way
    monkeypatch.setattr(preflight, "from_store", lambda: store)
    assert doctor.python_version(home).said == str(store)
    assert preflight.place(home / ".venv", cache, "lessons") == home / ".venv"
    assert capsys.readouterr().out == f"{store}\n"
    monkeypatch.setattr(preflight, "writable", lambda folder: False)
    with pytest.raises(preflight.RefusedError):
        preflight.place(home / ".venv", cache, "lessons")


# -- the folder ------------------------------------------------------------------------------------
@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a collection; a user's home is beside it, and nothing is known of either."""
    user = tmp_path / "user"
    folder = tmp_path / "my course"
    for one in (user, folder):
        one.mkdir()
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.setenv("USERPROFILE", str(user))
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial", "APPDATA"):
        monkeypatch.delenv(variable, raising=False)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "upheaval" / "0123"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"a{os.pathsep}b", f"has “{os.pathsep}” in it"),
        ("a\udcff", "letters in another encoding than UTF-8"),
    ],
)
def test_a_name_that_ends_a_path_is_told(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(preflight.RefusedError, match=said) as refusal:
        preflight.place(tmp_path / name / ".venv", tmp_path / "cache", "lessons")
    str(refusal.value).encode("utf-8")  # a console can show it
    assert "Give it another name" in str(refusal.value)
    finding = doctor.place(tmp_path / name)
    assert finding.level == "problem" and finding.said in str(refusal.value)
    assert finding.todo and finding.todo in str(refusal.value)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("OneDrive/Documents/unit", "OneDrive"),
        ("OneDrive - Lycée Nord/unit", "OneDrive"),
        ("onedrive/unit", "OneDrive"),
        ("Dropbox/unit", "Dropbox"),
        ("Dropbox (School)/unit", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs/unit", "iCloud"),
        ("iCloudDrive/unit", "iCloud"),
        ("Google Drive/unit", "Google Drive"),
        ("My Drive/unit", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-a@b.org/My Drive/unit", "Google Drive"),
        ("Library/CloudStorage/Other-Thing/unit", "another service"),
        ("Box Sync/unit", "Box"),
        ("Nextcloud2/unit", "Nextcloud"),
        ("ownCloud/unit", "ownCloud"),
        ("MEGA/unit", "MEGA"),
        ("unit/Dropboxes", ""),
        ("My Drives/unit", ""),
        ("icloudy/box/unit", ""),
    ],
)
def test_a_synced_folder_is_known_by_its_name(home: Path, path: str, service: str) -> None:
    assert preflight.synced(home / path) == service


@pytest.mark.parametrize(("mark", "service"), preflight.MARKS.items())
def test_a_synced_folder_is_known_by_its_mark(home: Path, mark: str, service: str) -> None:
    unit = home / "somewhere" / "unit"
    unit.mkdir(parents=True)
    assert preflight.synced(unit) == ""
    (home / mark).touch()
    assert preflight.synced(unit) == service


def test_a_synced_folder_is_known_by_what_the_service_says(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = Path.home()
    for text in ("{", "[]", '{"personal": 5}', '{"personal": {"path": "/nowhere"}}'):
        (user / ".dropbox").mkdir(exist_ok=True)
        (user / ".dropbox" / "info.json").write_text(text, "utf-8")
        assert preflight.synced(home) == ""
    said = preflight.json.dumps({"business": {"path": str(home)}})
    (user / ".dropbox" / "info.json").write_text(said, "utf-8")
    assert preflight.synced(home / "unit") == "Dropbox"
    shutil.rmtree(user / ".dropbox")
    monkeypatch.setenv("OneDriveCommercial", str(home))
    assert preflight.synced(home / "unit") == "OneDrive"
    monkeypatch.delenv("OneDriveCommercial")
    assert preflight.synced(user / "Desktop" / "unit") == ""
    (user / "Library/Mobile Documents/com~apple~CloudDocs/Desktop").mkdir(parents=True)
    assert preflight.synced(user / "Desktop" / "unit") == "iCloud"
    assert preflight.synced(user / "Downloads" / "unit") == ""


MOUNTS = [("/", "ext4"), ("/home", "nfs4"), ("/home/local", "xfs"), ("/mnt/c", "9p")]
MOUNTS += [
    ("/media/x", "fuse.sshfs"),
    ("/media/stick", "fuseblk"),
    ("/run/gvfs", "fuse.gvfsd-fuse"),
]


@pytest.mark.parametrize(
    ("path", "far"),
    [
        ("/srv/unit", ""),
        ("/home/amina/unit", "network drive"),
        ("/home/local/unit", ""),
        ("/mnt/c/Users/unit", "another system"),
        ("/media/x/unit", "network drive"),
        ("/media/stick/unit", ""),
        ("/run/gvfs/smb-share:server=h,share=unit", "network drive"),
    ],
)
def test_a_network_drive_is_known_by_its_file_system(
    path: str, far: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "_mounts", lambda: iter(MOUNTS))
    said = preflight.network(Path(path))
    assert far in said and bool(far) is bool(said)


@pytest.mark.parametrize(
    ("path", "kind", "far"),
    [
        ("H:/unit", 4, True),
        ("C:/unit", 3, False),
        ("//server/home$/unit", 0, True),
        ("//?/C:/unit", 0, False),
    ],
)
def test_a_network_drive_is_known_on_windows(
    path: str, kind: int, far: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=lambda drive: kind))
    monkeypatch.setattr("ctypes.windll", kernel, raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(os, "name", "nt")
        said = preflight.network(PureWindowsPath(path))
    assert bool(said) is far


def test_mounts_are_read_as_linux_and_macos_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    linux = "server:/home /home/my\\040home nfs4 rw,relatime 0 0\nproc /proc proc rw 0 0\n"
    monkeypatch.setattr(Path, "exists", lambda path: True)
    monkeypatch.setattr(Path, "read_text", lambda path, *_: linux)
    assert list(preflight._mounts()) == [("/home/my home", "nfs4"), ("/proc", "proc")]
    monkeypatch.setattr(Path, "exists", lambda path: False)
    monkeypatch.setattr(sys, "platform", "darwin")
    mac = b"/dev/disk1 on / (apfs, local)\n//a@h/x on /Volumes/My share (smbfs, nodev)\n"
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=mac))
    assert list(preflight._mounts()) == [("/", "apfs"), ("/Volumes/My share", "smbfs")]


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own table")
def test_this_computers_mounts_can_be_read() -> None:
    assert preflight._file_system(Path("/proc")) == "proc"
    assert preflight.shared_by(Path("/proc")) == ""


def test_packages_of_a_shared_folder_go_to_this_computers_own_disk(
    home: Path, cache: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = home / "OneDrive" / "unit"
    unit.mkdir(parents=True)
    assert preflight.place(unit / ".venv", cache, "lessons") == cache
    said = capsys.readouterr().out
    assert said == (
        "This folder is kept in step with other computers (by OneDrive). So the packages go to"
        f" {cache}\n"
    )
    assert not cache.parent.parent.exists() and list(unit.iterdir()) == [], "nothing is made yet"
    assert doctor.place(unit).level == "note" and "by OneDrive" in doctor.place(unit).said
    (unit / ".venv").mkdir()
    preflight.place(unit / ".venv", cache, "lessons")
    assert "is not used then, and can be deleted" in capsys.readouterr().out
    # A home on a network drive has no better place.
    monkeypatch.setattr(preflight, "network", lambda folder: "is on a network drive")
    assert preflight.place(home / ".venv", cache, "lessons") == home / ".venv"
    said = capsys.readouterr().out
    assert said.startswith("This folder is on a network drive, and the packages go there too.")


@pytest.mark.parametrize(
    ("attribute", "answer", "said"),
    [
        ("disk_usage", lambda path: SimpleNamespace(free=20_000_000), "20 MB are free, 800 MB are"),
        (
            "statvfs",
            lambda path: SimpleNamespace(f_files=100, f_favail=7, f_flag=0, **ROOMY),
            "room for 7 more files only",
        ),
    ],
)
def test_a_full_disk_is_told_and_another_one_taken(
    home: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    attribute: str,
    answer: Callable[[str], object],
    said: str,
) -> None:
    module = shutil if attribute == "disk_usage" else os
    known = getattr(module, attribute)
    with monkeypatch.context() as patch:
        patch.setattr(module, attribute, answer)
        with pytest.raises(preflight.RefusedError, match=said) as refusal:
            preflight.place(home / ".venv", cache, "lessons")
    assert f"The disk of {home} is full" in str(refusal.value)
    with monkeypatch.context() as patch:
        patch.setattr(module, attribute, lambda one: (answer if one == str(home) else known)(one))
        assert preflight.place(home / ".venv", cache, "lessons") == cache
    assert "is full: " in (told := capsys.readouterr().out) and "run the same" not in told
    assert list(home.iterdir()) == []


def test_a_full_folder_for_passing_files_is_told(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = home.parent / "passing"
    passing.mkdir()
    monkeypatch.setattr(preflight.tempfile, "gettempdir", lambda: str(passing))
    known = shutil.disk_usage
    small = SimpleNamespace(free=1_000_000)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda one: small if one == str(passing) else known(one)
    )
    with pytest.raises(preflight.RefusedError, match=f"The disk of {passing} is full"):
        preflight.place(home / ".venv", cache, "lessons")


def test_no_folder_for_passing_files_is_told(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(preflight.tempfile, "gettempdir", none)
    with pytest.raises(preflight.RefusedError, match="Name one in the variable TMPDIR"):
        preflight.place(home / ".venv", cache, "lessons")


def test_no_place_is_told_with_the_way_out(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "writable", lambda folder: False)
    said = f"Nothing can be written in {home}"
    with pytest.raises(preflight.RefusedError, match=said) as refusal:
        preflight.place(home / ".venv", cache, "lessons")
    assert "Copy the whole collection into a folder of your own" in str(refusal.value)


def test_a_file_in_the_place_of_the_packages_is_told(home: Path, cache: Path) -> None:
    (home / ".venv").write_text("mine", "utf-8")
    cache.parent.mkdir(parents=True)
    cache.touch()
    with pytest.raises(preflight.RefusedError, match="is no folder, and the packages go into one"):
        preflight.place(home / ".venv", cache, "lessons")
    assert (home / ".venv").read_text("utf-8") == "mine"


def test_a_folder_that_lets_no_program_run_is_told(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def blocked(command: list[str], **_: object) -> None:
        raise PermissionError(13, "Access is denied")  # as WinError 5 and 1260 arrive

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", blocked)
        with pytest.raises(preflight.RefusedError, match="lets no program run from your folders"):
            preflight.place(home / ".venv", cache, "lessons")
    with monkeypatch.context() as patch:
        failed = SimpleNamespace(returncode=1)
        patch.setattr(subprocess, "run", lambda *_, **__: failed)
        with pytest.raises(preflight.RefusedError, match="lets no program run from your folders"):
            preflight.place(home / ".venv", cache, "lessons")
    assert list(home.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "ST_NOEXEC"), reason="a flag of Linux")
def test_a_disk_that_lets_no_program_run_is_left_alone(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = os.statvfs
    flags = SimpleNamespace(f_flag=os.ST_NOEXEC, f_files=0, f_favail=0, **ROOMY)
    monkeypatch.setattr(os, "statvfs", lambda one: flags if one == str(home) else known(one))
    assert preflight.place(home / ".venv", cache, "lessons") == cache
    assert capsys.readouterr().out.startswith("This computer lets no program run from your folders")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(1, "Operation not permitted"),
            r"could not make an environment in .*not permitted",
        ),
        (OSError(28, "No space left on device"), "The disk is full"),
        (ValueError("Refusing to create a venv"), "Refusing to create a venv"),
    ],
)
def test_an_environment_that_is_refused_is_told(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("venv.create", refuse)
    with pytest.raises(preflight.RefusedError, match=said):
        preflight.place(home / ".venv", cache, "lessons")
    assert list(home.iterdir()) == []


def test_a_path_too_long_is_told_or_a_shorter_one_taken(
    home: Path, cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = home
    while len(str(deep)) < os.pathconf("/", "PC_PATH_MAX") - 150:
        deep = deep / ("d" * 100)
        deep.mkdir()
    assert preflight.place(deep / ".venv", cache, "lessons") == cache
    assert capsys.readouterr().out.startswith("The path of this folder is too long")
    with pytest.raises(preflight.RefusedError, match="Move the folder to a short place"):
        preflight.place(deep / ".venv", deep / "cache", "lessons")
    assert list(deep.iterdir()) == []


def test_nothing_stays_of_what_was_tried(home: Path, cache: Path) -> None:
    assert preflight.place(home / ".venv", cache, "lessons") == home / ".venv"
    assert list(home.iterdir()) == [] and not cache.exists()


# -- the network -----------------------------------------------------------------------------------
@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock, and no settings of pip's but those that a test makes."""
    for name in os.environ:
        if name.startswith("PIP_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_DEFAULT_TIMEOUT", "5")
    file = tmp_path / "requirements.txt"
    file.write_text("other==2.0 \\\n    --hash=sha256:00\npandas==3.1.1 \\\n", "utf-8")
    return file


class Answers(BaseHTTPRequestHandler):
    """A proxy, or an index, that gives one answer to everything."""

    status, body = 407, b""

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(self.body)))
        if self.status == 407:
            self.send_header("Proxy-Authenticate", "Negotiate")
        self.end_headers()
        self.wfile.write(self.body)

    do_CONNECT = do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Starts a server that answers with a status and a body; gives its address."""
    servers = []

    def start(status: int, body: bytes = b"", certificate: Path | None = None) -> str:
        kind = type("Answer", (Answers,), {"status": status, "body": body})
        server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def refusal(lock: Path) -> str:
    with pytest.raises(preflight.RefusedError) as refused:
        preflight.download(lock)
    assert str(refused.value).endswith(preflight.PAGES)
    return str(refused.value)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("status", "said"),
    [
        (407, "has a proxy that asks for a name and a password"),
        (403, "does not let pip download packages"),
        (502, "Check the connection to the internet (and the proxy"),
    ],
)
def test_a_proxy_that_refuses_is_told(
    lock: Path,
    monkeypatch: pytest.MonkeyPatch,
    answering: Callable[..., str],
    status: int,
    said: str,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", answering(status))
    assert said in refusal(lock)


@pytest.mark.thorough
def test_a_proxy_of_another_kind_is_told(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    assert "of a kind that pip cannot use" in refusal(lock)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (403, b"", "does not let pip download packages"),
        (401, b"", "does not let pip download packages"),
        (200, b"<html><form>Sign in</form></html>", "A network where you have to sign in first"),
        (404, b"", "So does a wrong index-url in pip's settings"),
        (200, b'<a href="pandas-2.0.tar.gz">pandas-2.0.tar.gz</a>', "no ready-made file"),
    ],
)
def test_an_index_that_has_nothing_is_told(
    lock: Path,
    monkeypatch: pytest.MonkeyPatch,
    answering: Callable[..., str],
    status: int,
    body: bytes,
    said: str,
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", answering(status, body))
    assert said in refusal(lock)


@pytest.mark.thorough
def test_a_network_that_replaces_certificates_is_told(
    lock: Path, monkeypatch: pytest.MonkeyPatch, answering: Callable[..., str], tmp_path: Path
) -> None:
    file = tmp_path / "school.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout - -out -"
    )
    made = subprocess.run(command.split(), capture_output=True, check=True)
    file.write_bytes(made.stdout)
    monkeypatch.setenv(
        "PIP_INDEX_URL", answering(200, certificate=file).replace("127.0.0.1", "localhost")
    )
    assert "replaces security certificates" in refusal(lock)


@pytest.mark.thorough
def test_certificates_that_are_not_there_are_told(
    lock: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "gone.pem"))
    monkeypatch.setenv("PIP_INDEX_URL", "https://localhost:9/")
    assert "a file of certificates that is not there" in refusal(lock)


@pytest.mark.thorough
def test_no_network_is_told(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    assert "could not be downloaded. Check the connection" in refusal(lock)


@pytest.mark.thorough
def test_pip_that_may_download_nothing_is_told(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert "pip is set to download nothing" in refusal(lock)


def test_what_is_not_understood_stops_nobody(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = SimpleNamespace(returncode=2, stdout=b"something never seen")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: odd)
    preflight.download(lock)


@pytest.mark.thorough
def test_settings_that_send_packages_elsewhere_are_set_aside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pip.conf").write_text(
        f"[install]\nuser = true\ntarget = {tmp_path}\n[global]\nrequire-virtualenv = true\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_CONSTRAINT", str(tmp_path / "nowhere.txt"))
    command = [*preflight.pip_of(sys.executable), "install", "--no-index", "--ignore-installed"]
    command += ["--dry-run", "--no-deps", "pip", "--find-links"]
    command.append(str(Path(preflight._bundled()).parent.parent))
    for changed, well in ((os.environ, False), (preflight.pip_environment(), True)):
        done = subprocess.run(command, env=dict(changed), capture_output=True, text=True)
        assert (done.returncode == 0) is well, done.stderr
