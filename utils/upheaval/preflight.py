"""Before anything is installed: what stands in the way here, and the way out.

`start.py` asks before it makes anything, and the doctor asks the same questions, so that one cause
has one message. This runs where nothing is installed, on an older Python too. What cannot be known
beforehand is not claimed: then the install goes on, and `advice_for` reads what it says.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Iterator, NamedTuple

NEEDED = (3, 11)
#: The newest Python that the packages of the lock have ready-made files for.
NEWEST = (3, 14)
INSTALL = (
    f"Install Python 3.{NEWEST[1] - 1} or 3.{NEWEST[1]} (64-bit), from python.org or your system's"
    " packages, then run start.py with it."
)
#: The way out of every trouble: it needs nothing but a browser.
PAGES = (
    "Or read the lessons as ready pages, which need no Python: ask your teacher, who can make them"
    " with `python start.py pages` on a computer where it runs."
)
#: The way out of a folder that cannot be written.
COPY = "Copy the whole collection into a folder of your own, and start it there."
#: What an install takes on the disk, in megabytes, and in files.
ROOM = {"lessons": 800, "browser": 1000, "tests": 1400}
FILES = 45_000
#: The longest path and the longest name inside an environment, with some room to grow.
LONGEST_PATH, LONGEST_NAME = 180, 90

# What pip or the system says (a pattern), and what a person can do about it. The first that fits is
# told.
REMEDIES = [
    (
        "No space left|Errno 28|not enough space|WinError 112|[Qq]uota exceeded|Errno 122",
        "The disk is full, or what you may use of it. Free about 1 GB, then run the same command"
        " again.",
    ),
    (
        "WinError (1260|4551|225|577)|group policy|AppLocker|failed to map segment",
        "This computer lets no program run from your folders, as some schools set it up. Ask the"
        " people who run it.",
    ),
    (
        r"\b407\b|Proxy Authentication",
        "The network here has a proxy that asks for a name and a password, and it does not take"
        " what pip sends. Ask the people who run it how programs get through, or use another"
        " network.",
    ),
    (
        "certificate (has expired|is not yet valid)",
        "The network's security certificate is not valid on the date that this computer has. Set"
        " date and time, then run the same command again.",
    ),
    (
        "suitable TLS CA certificate bundle",
        "pip is told of a file of certificates that is not there (PIP_CERT, REQUESTS_CA_BUNDLE, or"
        " pip's settings). Ask the people who run this computer where it is.",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError|SSLZeroReturn",
        "The network here replaces security certificates, as some schools and companies do. Try"
        " another network, or ask the people who run it how pip can trust theirs.",
    ),
    (
        "DO NOT MATCH THE HASHES",
        "A downloaded file is not the one that this collection names. Run `python -m pip cache"
        " purge`, then the same command again.",
    ),
    (
        r"Tunnel connection failed: 4|\b(40[13]|451) Client Error|HTTP error (40[13]|451)",
        "The network here does not let pip download packages. Use another network, or ask the"
        " people who run it to allow pypi.org and files.pythonhosted.org.",
    ),
    (
        "Missing dependencies for SOCKS|InvalidProxyURL|Proxy URL|proxy URL|InvalidSchema",
        "The proxy that this computer names (HTTPS_PROXY, ALL_PROXY, or pip's settings) is of a"
        " kind that pip cannot use. Ask the people who run the network for its http address.",
    ),
    (
        "no-index|Ignoring indexes",
        "pip is set to download nothing on this computer (no-index in its settings). Ask the people"
        " who run it.",
    ),
    (
        r"Configuration file|Could not open requirements file|\(constraint\)",
        "pip's own settings on this computer (pip.ini or pip.conf, or variables that begin with"
        " PIP_) cannot be read, or forbid this. Ask the people who run it, or take them away.",
    ),
    (
        "ProxyError|NewConnection|NameResolution|Max retries|getaddrinfo|[Tt]ime(d )?out"
        "|Connection(Error|Reset|Refused)|Connection (broken|aborted|refused)|Remote end closed",
        "The packages could not be downloaded. Check the connection to the internet (and the proxy,"
        " if there is one), then run the same command again.",
    ),
    (
        r"[Ll]ong [Pp]ath|Errno 36|WinError 206|[Ff]ile ?name too long",
        "The path of this folder is too long for this system. Move the folder to a short place such"
        " as C:\\upheaval or ~/upheaval, then run the same command there.",
    ),
    (
        "Permission denied|PermissionError|Access is denied|Errno 13|WinError (5|32)\\b",
        "A file could not be written. Close JupyterLab and every other program that uses this"
        " folder, then run the same command again.",
    ),
    (
        "No matching distribution|metadata-generation-failed|[Ff]ailed building"
        " wheel|failed-wheel-build|from versions: none",
        "A package has no ready-made file for this Python and computer where pip looked. "
        + INSTALL,
    ),
]


class Obstacle(NamedTuple):
    """What stands in the way (`fact`), and what to do about it (`way`), each in a sentence."""

    fact: str
    way: str

    def __str__(self) -> str:
        return f"{self.fact} {self.way}".strip()


class RefusedError(Exception):
    """Nothing was made; the message says why, and what to do."""


def refused(sentence: str) -> RefusedError:
    """An error that says `sentence`, and that there are pages."""
    return RefusedError(f"{sentence} {PAGES}")


def advice_for(said: str, otherwise: str) -> str:
    """The advice that fits what a program said, or else the given sentence."""
    return next((advice for pattern, advice in REMEDIES if re.search(pattern, said)), otherwise)


# -- the Python ------------------------------------------------------------------------------------
def python() -> str:
    """Why this Python cannot run the lessons; empty if nothing speaks against it."""
    version = ".".join(map(str, sys.version_info[:3]))
    this = f"This is Python {version}"
    if tuple(sys.version_info) < NEEDED:
        return f"{this}, which is too old: 3.{NEEDED[1]} or newer is needed. {INSTALL}"
    if tuple(sys.version_info[:2]) > NEWEST:
        return f"{this}, which is newer than the packages of the lessons. {INSTALL}"
    kind = _kind()
    return f"{this}, {kind}. {INSTALL}" if kind else ""


def _kind() -> str:
    """What is unusual about this Python, so that packages have no files for it."""
    if sys.implementation.name != "cpython":
        return f"of another make ({sys.implementation.name}) than the packages are made for"
    if sys.platform in ("emscripten", "wasi", "ios", "android") or hasattr(
        sys, "getandroidapilevel"
    ):
        return f"made for phones, tablets or browsers ({sys.platform}), as the packages are not"
    if sys.maxsize < 2**32:
        return "built for 32 bits, for which packages have no ready-made files any more"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "the free-threaded build, with which the lessons were not tested"
    if importlib.util.find_spec("_ssl") is None:
        return "built without the part that reads secure addresses (ssl)"
    if sys.platform in ("cygwin", "msys") or sysconfig.get_platform().startswith("mingw"):
        return "built for Cygwin or MSYS2, for which packages have no ready-made files"
    return ""


def from_store() -> Obstacle | None:
    """A Python of the Microsoft Store: it writes a user's program folders to another place."""
    store = r"[\\/]WindowsApps[\\/]|PythonSoftwareFoundation"
    if os.name != "nt" or not re.search(store, sys.base_prefix):
        return None
    fact = "This Python is the Microsoft Store's, which keeps some files elsewhere than it says."
    return Obstacle(fact, "If something does not start: " + INSTALL[0].lower() + INSTALL[1:])


# -- the folder ------------------------------------------------------------------------------------
def name(home: Path) -> str:
    """Why Python cannot find its way in a folder of this name; empty if it can."""
    shown = f"“{os.pathsep}” in it, which ends a path" if os.pathsep in str(home) else ""
    try:
        str(home).encode("utf-8")
    except UnicodeEncodeError:
        shown = "letters in another encoding than UTF-8"
    if not shown:
        return ""
    return (
        f"The name of this folder, or of one that it is in, has {shown}. With it programs do"
        f" not find their way ({str(home)!a}). Give it another name, then run the same"
        " command again."
    )


def place(own: Path, cache: Path, level: str) -> Path:
    """Where the packages can go: `own`, the folder ``.venv`` of the collection, or `cache`.

    Thousands of small files make a synced folder or a network drive slow, so they go to this
    computer's own disk where that can be, and the reader is told. ``level`` is ``lessons`` or
    ``tests``. Raises `RefusedError` where this Python will not do, or no place.
    """
    home = own.parent
    sentence = python() or name(home)
    if sentence:
        raise refused(sentence)
    store = from_store()
    if store:
        print(store, flush=True)
    shared, here = shared_by(home), unfit(own, ROOM[level])
    if not shared and not here:
        return own
    there = store or unfit(cache, ROOM[level])
    if not here and (there or shared_by(cache)):
        slow = "They are thousands of small files, so a start can take minutes."
        print(f"This folder {shared}, and the packages go there too. {slow}", flush=True)
        return own
    if there:
        raise refused(str(there if not here or (here.way == COPY != there.way) else here))
    fact = here.fact if here else f"This folder {shared}."
    unused = f" ({own} is not used then, and can be deleted.)" if own.exists() else ""
    print(f"{fact} So the packages go to {cache}{unused}", flush=True)
    return cache


def unfit(venv: Path, megabytes: int) -> Obstacle | None:
    """Why the packages cannot go into the folder `venv`; None if nothing speaks against it."""
    if os.path.lexists(str(venv)) and not venv.is_dir():
        return Obstacle(
            f"{venv} is no folder, and the packages go into one.", "Give it another name."
        )
    folder = next((one for one in (venv, *venv.parents) if one.exists()), venv)
    if not writable(folder):
        return Obstacle(f"Nothing can be written in {folder}.", COPY)
    megabytes = megabytes // 4 if folder == venv else megabytes  # it is brought up to date
    try:
        passing = Path(tempfile.gettempdir())
    except OSError:
        return Obstacle(
            "No folder for passing files can be written.",
            "Name one in the variable TMPDIR (on Windows: TEMP), then run the same command again.",
        )
    return full(folder, megabytes) or full(passing, 150) or tried(venv, folder)


def writable(folder: Path) -> bool:
    """Can a file be made in this folder?

    Tried, because the permission bits do not tell on every system.
    """
    try:
        with tempfile.TemporaryFile(dir=str(folder)):
            return True
    except OSError:
        return False


def full(folder: Path, megabytes: int) -> Obstacle | None:
    """Can less than so much be written at `folder`, or too few files?"""
    free = shutil.disk_usage(str(folder)).free // 1_000_000
    if free < megabytes:
        return Obstacle(
            f"The disk of {folder} is full: {free:,} MB are free, {megabytes:,} MB are needed.",
            "Free as much, then run the same command again.",
        )
    if hasattr(os, "statvfs"):
        disk = os.statvfs(str(folder))
        if disk.f_files and disk.f_favail < FILES * megabytes // ROOM["tests"]:
            return Obstacle(
                f"The disk of {folder} is full: it has room for {disk.f_favail:,} more files only.",
                "Delete some, then run the same command again.",
            )
    return None


def tried(venv: Path, folder: Path) -> Obstacle | None:
    """What goes wrong when a small environment is made in `folder`, and taken away again."""
    try:
        import ensurepip  # noqa: F401 - Debian's python3 lacks it until python3-venv is installed
        import venv as maker
    except ImportError:
        debian = "On Debian and Ubuntu, run: sudo apt install python{}.{}-venv"
        way = debian.format(*sys.version_info) if os.path.exists("/etc/debian_version") else INSTALL
        return Obstacle("This Python cannot make virtual environments.", way)
    if hasattr(os, "ST_NOEXEC") and os.statvfs(str(folder)).f_flag & os.ST_NOEXEC:
        return _known("AppLocker")
    try:
        with tempfile.TemporaryDirectory(prefix=".try", dir=str(folder)) as made:
            _reach(made, len(str(venv)) + LONGEST_PATH)
            small = Path(made, "e")
            maker.create(str(small), symlinks=os.name != "nt")
            return _runs(python_of(small))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return _known(str(error)) or Obstacle(
            f"Python could not make an environment in {folder} ({error}).",
            "Copy the whole collection into a folder of your own disk, and start it there.",
        )


def python_of(venv: Path) -> Path:
    """The Python inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def _reach(folder: str, length: int) -> None:
    """Make a file whose path is so long, with a name as long as the longest. Raises OSError."""
    try:
        while len(folder) < length - LONGEST_NAME - 1:
            folder = os.path.join(folder, "x" * min(40, length - LONGEST_NAME - 1 - len(folder)))
            os.mkdir(folder)
        with open(os.path.join(folder, "y" * LONGEST_NAME), "w", encoding="utf-8"):
            pass
    except FileNotFoundError:  # what Windows says of a long path
        raise OSError("file name too long") from None


def _runs(program: Path) -> Obstacle | None:
    """Does a program in a reader's folder run?"""
    try:
        done = subprocess.run([str(program), "-I", "-c", "pass"], capture_output=True)
    except OSError:
        return _known("AppLocker")
    return _known("AppLocker") if done.returncode else None


def _known(said: str) -> Obstacle | None:
    """What is known of a trouble, from what the system said."""
    fact, _, way = advice_for(said, "").partition(". ")
    return Obstacle(fact + ".", way) if fact else None


# -- folders that are not of this computer alone ---------------------------------------------------
SYNCED = {
    "OneDrive": r"OneDrive\b.*|SkyDrive",
    "Dropbox": r"Dropbox( \(.+\))?",
    "iCloud": r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents",
    "Google Drive": r"Google ?Drive\b.*|My Drive|Shared drives",
    "Box": r"Box( Sync|-Box)",
    "Nextcloud": r"Nextcloud\d*",
    "ownCloud": r"ownCloud",
    "MEGA": r"MEGA(sync)?",
    "another service": r"CloudStorage|pCloud ?Drive|Yandex\.?Disk|SynologyDrive|Seafile"
    r"|Proton ?Drive|Syncthing|kDrive|HiDrive|Jottacloud|Tresorit.*",
}
#: Files by which a service knows its folder.
MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".sync-exclude.lst": "Nextcloud",
    ".SynologyWorkingDirectory": "Synology Drive",
}
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afs", "afpfs", "ncpfs", "webdav"}
NETWORK |= {"davfs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"}
#: How WSL and virtual machines show the disk of the system around them.
HOST = {"9p", "drvfs", "vboxsf", "fuse.vmhgfs-fuse"}
NETWORK_FUSE = r"fuse\.(sshfs|rclone|gvfsd-fuse|davfs2?|glusterfs|s3fs|smbnetfs|.*drive.*)"


def shared_by(folder: Path) -> str:
    """How a folder is not of this computer alone, as the end of a sentence; empty if it is."""
    service = synced(folder)
    if service:
        return f"is kept in step with other computers (by {service})"
    return network(folder)


def synced(folder: Path) -> str:
    """The service that keeps `folder` in step with other computers; empty if none is known."""
    above = [folder, *folder.parents]
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        if os.environ.get(variable) and Path(os.environ[variable]) in above:
            return "OneDrive"
    if any(root in above for root in _dropboxes()):
        return "Dropbox"
    home = Path(os.path.expanduser("~"))  # Path.home() raises for a user of no name
    if (home / "Library/Mobile Documents/com~apple~CloudDocs/Desktop").exists() and (
        home / "Desktop" in above or home / "Documents" in above
    ):
        return "iCloud"
    for one in above:
        for service, pattern in SYNCED.items():
            if re.fullmatch(pattern, one.name, re.IGNORECASE):
                return service
        for mark, service in MARKS.items():
            if os.path.lexists(str(one / mark)):
                return service
    return ""


def _dropboxes() -> Iterator[Path]:
    """The folders that Dropbox says it keeps in step."""
    bases = [os.environ.get("APPDATA"), os.environ.get("LOCALAPPDATA")]
    files = [Path(base) / "Dropbox" / "info.json" for base in bases if base]
    for file in [*files, Path(os.path.expanduser("~/.dropbox/info.json"))]:
        try:
            accounts = json.loads(file.read_text("utf-8")).values()
            yield from [Path(one["path"]) for one in accounts if one.get("path")]
        except (OSError, ValueError, AttributeError, TypeError, KeyError):
            continue


def network(folder: Path) -> str:
    """What of another computer's disk `folder` is on, as the end of a sentence; or nothing."""
    if os.name == "nt":
        if str(folder).startswith("\\\\"):
            return "" if str(folder).startswith("\\\\?\\") else "is on a network drive"
        import ctypes

        kernel = vars(ctypes)["windll"].kernel32
        return "is on a network drive" if kernel.GetDriveTypeW(folder.drive + "\\") == 4 else ""
    kind = _file_system(folder)
    if kind in HOST:
        return "is on a disk of another system (of Windows, or of a virtual machine's host)"
    far = kind in NETWORK or re.fullmatch(NETWORK_FUSE, kind)
    return "is on a network drive" if far else ""


def _file_system(folder: Path) -> str:
    """The kind of the file system that `folder` is on; empty if it cannot be known."""
    try:
        mounts = list(_mounts())
    except (OSError, subprocess.SubprocessError):
        return ""
    above = [str(folder), *map(str, folder.parents)]
    kinds = {point: kind for point, kind in mounts if point in above}  # a later one covers it
    return next((kinds[one] for one in above if one in kinds), "")


def _mounts() -> Iterator[tuple[str, str]]:
    """Where file systems are mounted, and of what kind they are."""
    table = Path("/proc/self/mounts")
    if table.exists():
        for line in table.read_text("utf-8", "surrogateescape").splitlines():
            _, point, kind, *_ = line.split(" ")
            yield re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), point), kind
    elif sys.platform == "darwin":
        said = subprocess.run(["/sbin/mount"], stdout=subprocess.PIPE, timeout=5).stdout
        for found in re.finditer(r"^.* on (/.*) \((\w+)", said.decode("utf-8", "replace"), re.M):
            yield found[1], found[2]


# -- the network -----------------------------------------------------------------------------------
#: What is asked for: a package with a file of its own for each Python and system.
ASKED = "pandas"


def download(lock: Path) -> None:
    """Find out whether pip can download the packages of `lock`.

    Asked by the pip that a new environment gets, with the reader's own settings; nothing stays.
    Raises `RefusedError` where it cannot. Of what is not understood nothing is said.
    """
    entries = re.findall(r"^([\w.-]+==[^\s;]+)", lock.read_text("utf-8"), re.MULTILINE)
    entry = next((one for one in entries if one.startswith(ASKED + "==")), entries[0])
    print("Asking whether the packages can be downloaded ...", flush=True)
    command = [*pip_of(sys.executable, _bundled()), "install", "--dry-run", "--no-deps", "-vv"]
    command += ["--ignore-installed", "--only-binary=:all:", "--retries=1", entry]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=pip_environment()
    )
    said = done.stdout.decode("utf-8", "replace")
    if not done.returncode or "no such option" in said:
        return
    nothing = "from versions: none" in said and not re.search(
        "Found link|Skipping link: (?!not a file)", said
    )
    if nothing:  # not one file of any version was named
        said = said.replace("from versions: none", "").replace("No matching distribution", "")
    sentence = advice_for(said, NO_LIST if nothing else "")
    if sentence:
        raise refused(sentence)


NO_LIST = (
    "pip got no list of packages where it looked. A network where you have to sign in first does"
    " that: open any web page, and sign in. So does a wrong index-url in pip's settings."
)


def pip_of(python: str, wheel: str = "") -> list[str]:
    """How to call pip, apart from the reader's own modules and from files in the working folder."""
    return [python, "-I", "-X", "utf8", *([wheel] if wheel else ["-m", "pip"])]


def pip_environment() -> dict[str, str]:
    """The variables for pip: the reader's, but for those that send packages to another place."""
    other = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    other.update({"PIP_TARGET": "", "PIP_PREFIX": "", "PIP_ROOT": "", "PIP_NO_INPUT": "1"})
    other.update({"PIP_CONSTRAINT": "", "PIP_REQUIREMENT": "", "PIP_NO_BINARY": ""})
    return {name: value for name, value in {**os.environ, **other}.items() if name != "PYTHONHOME"}


def _bundled() -> str:
    """The pip that Python brings for new environments; empty if it is nowhere."""
    import ensurepip

    folders = [
        sysconfig.get_config_var("WHEEL_PKG_DIR"),
        Path(ensurepip.__file__).parent / "_bundled",
    ]
    wheels = [one for folder in folders if folder for one in sorted(Path(folder).glob("pip-*.whl"))]
    return str(wheels[0] / "pip") if wheels else ""
