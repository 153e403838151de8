"""Pictures of every chart's first state, pixel by pixel.

    python tests/net/pictures.py --against fd52f63    that commit and this tree, in one browser
    python tests/net/pictures.py --unpack             the committed pictures, to look at
    python tests/net/record.py --pictures             renew the committed pictures on purpose

The committed pictures hold for one browser with its fonts (`environment` says which). Everywhere
else the older tree is photographed anew in the same browser. What differs is written to
results/net/: was, is, and where they differ.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import lzma
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from browser.find import chromium, how_to_get
from net import adapter, record

#: Rows of pixels, each red, green and blue from 0 to 255.
Picture = Any

RESULTS = record.ROOT / "results" / "net"
#: Pixels of the page on which charts are photographed.
WIDTH, HEIGHT = 1000, 900
#: How often a picture that differs is taken again: a browser now and then draws one pixel
#: otherwise.
TIMES = 3
#: Seconds that a busy computer may take for anything.
PATIENCE = 120

_PROBE = """<!doctype html><meta charset="utf-8"><body style="margin:8px;width:700px;
font:16px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif">
<p>Soldiers, 12,000 – “at least” 1/4 fi AVAT</p><b>Bold 0123</b> <i>slanted</i> <code>code</code>
<h2>Heading ● △ ✕ ◇ ○ ━ ╌ ┈ ▶ → ✓ ✗ ✎ Росія 조선 朝鲜</h2><svg width="300" height="60">
<circle cx="30.3" cy="30" r="20.5" fill="#2b7bb9"/><text x="70" y="40" font-size="14">tick</text>
<path d="M120 50L290 10" stroke="#c25e10" stroke-width="1.5"/></svg>"""


#: A chart alone at a whole pixel of the window, as wide as it was in the page: what stands above it
#: changes none of its pixels then. Gives its place.
_ALONE = """(el) => {
  const { x, width, height } = el.getBoundingClientRect();
  document.body.style.visibility = 'hidden';
  Object.assign(el.style, { visibility: 'visible', position: 'fixed', margin: 0, top: '10px',
    left: `${Math.round(x)}px`, width: `${width}px`, boxSizing: 'border-box', zIndex: 9999 });
  return { x: Math.round(x), y: 10, width: Math.ceil(width), height: Math.ceil(height) };
}"""
_BACK = "(el) => { el.removeAttribute('style'); document.body.style.visibility = ''; }"


# -- taking them -----------------------------------------------------------------------------------
# ----------------
def build(tree: Path, folder: Path) -> list[Path]:
    """Every lesson of `tree` as a page in `folder`, made by that tree's own code."""
    folder.mkdir(parents=True, exist_ok=True)
    lessons = sorted((tree / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    command = adapter.page_command(lessons, folder)
    subprocess.run(
        [sys.executable, "-m", "upheaval", *command],
        env=record.environment(tree),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return sorted(folder.glob("*.html"))


@contextmanager
def launched() -> Iterator[Any]:
    """The system's Chromium, as the tests start it."""
    from playwright.sync_api import sync_playwright

    from browser.drive import launch

    if chromium() is None:
        raise SystemExit(how_to_get())
    with sync_playwright() as playwright:
        one = launch(playwright)
        yield one
        one.close()


@contextmanager
def profile(browser: Any) -> Iterator[Any]:
    """A new reader's browser in the light look, with the network cut."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=1,
        offline=True,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-US",
        timezone_id="UTC",
    )
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(adapter.OPEN_HOOD)
    yield context
    context.close()


class Camera:
    """A tab in which one page from disk is opened after another.

    A new tab would read plotly.js anew, which takes longer than all the rest.
    """

    def __init__(self, context: Any):
        self.page = context.new_page()

    @classmethod
    @contextmanager
    def of(cls, browser: Any) -> Iterator[Camera]:
        """A camera in a new reader's browser; closed after use."""
        with profile(browser) as context:
            yield cls(context)

    def taken(self, path: Path) -> dict[str, Picture]:
        """Every chart of the page `path`, by the number of the lesson and the name of the chart."""
        names = adapter.charts_in(path.read_text(encoding="utf-8"))
        self.page.goto("about:blank")
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        self.page.goto(path.as_uri())
        self.page.wait_for_function(adapter.READY)
        self.page.evaluate("() => document.fonts.ready")
        charts = self.page.locator(adapter.CHART)
        count = charts.count()
        assert count == len(names), f"{path.name} shows {count} charts and names {len(names)}"
        found: dict[str, Picture] = {}
        for at, name in enumerate(names):
            picture = f"{path.name[:2]}-{name}"
            while picture in found:
                picture += "-again"
            height = charts.nth(at).evaluate("(el) => Math.ceil(el.getBoundingClientRect().height)")
            # The window is as high as the chart: to paint a whole lesson for each would take
            # minutes.
            self.page.set_viewport_size({"width": WIDTH, "height": max(HEIGHT, height + 40)})
            box = charts.nth(at).evaluate(_ALONE)
            shot = self.page.screenshot(clip=box, animations="disabled", caret="hide")
            charts.nth(at).evaluate(_BACK)
            found[picture] = pixels(shot)
        return found


def environment(browser: Any) -> dict[str, str]:
    """What the pixels depend on beside the page: the browser, and a picture of its fonts and
    lines.
    """
    with Camera.of(browser) as camera:
        camera.page.set_content(_PROBE)
        probe = pixels(camera.page.screenshot())
    return {
        "browser": browser.version,
        "system": f"{platform.system()} {platform.machine()}",
        "probe": hashlib.sha256(probe.tobytes()).hexdigest(),
        "fonts": _fonts(),
    }


def _fonts() -> str:
    """For people: what the names of fonts in our styles stand for here. The probe is what is
    compared.
    """
    if not shutil.which("fc-match"):
        return ""
    asked = ("system-ui", "sans-serif", "monospace")
    return "; ".join(
        f"{one}: "
        + subprocess.run(["fc-match", one], capture_output=True, text=True).stdout.strip()
        for one in asked
    )


def alike(one: dict[str, str], other: dict[str, str]) -> bool:
    """Do two environments draw the same pixels?"""
    return all(one.get(part) == other.get(part) for part in ("browser", "system", "probe"))


# -- files -----------------------------------------------------------------------------------------
# --------------------
def pixels(shot: bytes) -> Picture:
    """The pixels in a PNG file."""
    with Image.open(io.BytesIO(shot)) as image:
        return np.asarray(image.convert("RGB"))


def packed(pictures: dict[str, Picture]) -> bytes:
    """All pictures in one file that loses nothing.

    One file with one palette for all, because letters come again and again: 47 PNG files are four
    times as large.
    """
    flat = {name: _numbers(one) for name, one in pictures.items()}
    colours, counts = np.unique(
        np.concatenate([one.ravel() for one in flat.values()]), return_counts=True
    )
    # The commonest 256 colours come first: then of the two bytes of a pixel one is nearly always
    # zero.
    order = np.argsort(-counts, kind="stable")
    index = np.empty(len(colours), np.uint16)
    index[order] = np.arange(len(colours))
    head = {
        "pictures": {name: list(one.shape[:2]) for name, one in pictures.items()},
        "colours": colours[order].tolist(),
    }
    text = json.dumps(head, separators=(",", ":")).encode()
    found = [index[np.searchsorted(colours, one.ravel())] for one in flat.values()]
    planes = [(one & 255).astype(np.uint8).tobytes() for one in found] + [
        (one >> 8).astype(np.uint8).tobytes() for one in found
    ]
    preset = 9 | lzma.PRESET_EXTREME
    filters = [{"id": lzma.FILTER_LZMA2, "preset": preset, "lc": 4, "lp": 0, "pb": 0}]
    return lzma.compress(struct.pack(">I", len(text)) + text + b"".join(planes), filters=filters)


def unpacked(data: bytes) -> dict[str, Picture]:
    """What `packed` was given."""
    whole = lzma.decompress(data)
    length = struct.unpack(">I", whole[:4])[0]
    head = json.loads(whole[4 : 4 + length])
    colours = np.array(head["colours"], np.uint32)
    planes = np.frombuffer(whole[4 + length :], np.uint8)
    low, high = np.split(planes, 2)
    indices = low.astype(np.uint16) | high.astype(np.uint16) << 8
    found, at = {}, 0
    for name, (height, width) in head["pictures"].items():
        one = colours[indices[at : at + height * width]].reshape(height, width)
        found[name] = np.stack([one >> 16, one >> 8 & 255, one & 255], axis=2).astype(np.uint8)
        at += height * width
    return found


def _numbers(picture: Picture) -> Any:
    wide = picture.astype(np.uint32)
    return wide[:, :, 0] << 16 | wide[:, :, 1] << 8 | wide[:, :, 2]


# -- comparing -------------------------------------------------------------------------------------
# ------------------
def compare(name: str, was: Picture, now: Picture, folder: Path = RESULTS) -> str:
    """Where two pictures differ, as text, with three files to look at in `folder`; empty where
    they do not.
    """
    if was.shape == now.shape and np.array_equal(was, now):
        return ""
    height, width = (max(one.shape[side] for one in (was, now)) for side in (0, 1))
    numbers = []
    for one in (was, now):
        canvas = np.full(
            (height, width), 1 << 24, np.uint32
        )  # no colour: beyond the smaller picture all differs
        canvas[: one.shape[0], : one.shape[1]] = _numbers(one)
        numbers.append(canvas)
    differs = numbers[0] != numbers[1]
    # What is alike stays as a pale ground, so that a person sees where the red stands.
    shown = np.full((height, width, 3), 255, np.uint8)
    shown[: now.shape[0], : now.shape[1]] = (
        204 + now.mean(axis=2, keepdims=True).astype(np.uint8) // 5
    )
    shown[differs] = (220, 0, 0)
    folder.mkdir(parents=True, exist_ok=True)
    for word, one in (("was", was), ("is", now), ("difference", shown)):
        Image.fromarray(one).save(folder / f"{name}-{word}.png")
    rows, columns = np.nonzero(differs)
    (a, b), (c, d) = was.shape[:2], now.shape[:2]
    size = f", size {b}×{a}, now {d}×{c}" if (a, b) != (c, d) else ""
    area = f"from ({columns.min()}, {rows.min()}) to ({columns.max()}, {rows.max()}){size}"
    where = folder / f"{name}-difference.png"
    return f"{name}: {len(rows)} pixels differ, {area}; look at {where}"


def differences(
    camera: Camera, was: dict[str, Picture], pages: Iterable[Path], folder: Path = RESULTS
) -> list[str]:
    """What differs between pictures and the charts of pages, a line each."""
    lines: list[str] = []
    for path in pages:
        tries = [camera.taken(path)]
        gone = [name for name in was if name[:2] == path.name[:2] and name not in tries[0]]
        lines += [f"{name}: is gone" for name in gone]
        for name in tries[0]:
            if name not in was:
                lines.append(f"{name}: is new")
                continue
            at, line = 0, compare(name, was[name], tries[0][name], folder)
            while line and (at := at + 1) < TIMES:
                tries += [camera.taken(path)] if len(tries) == at else []
                line = compare(name, was[name], tries[at][name], folder)
            lines += [line] if line else []
    return lines


@cache
def recorded(folder: Path = record.RECORDED) -> tuple[dict[str, str], dict[str, Picture]]:
    """The environment of the committed pictures, and these."""
    about = json.loads((folder / "pictures.json").read_text(encoding="utf-8"))
    return about, unpacked((folder / "pictures.xz").read_bytes())


def base_commit() -> str:
    """The commit whose tree the committed pictures show: the last that changed them, or the
    starting commit.
    """
    where = str((record.RECORDED / "pictures.xz").relative_to(record.ROOT))
    log = ["git", "-C", str(record.ROOT), "log", "-1", "--format=%H", "--", where]
    found = subprocess.run(log, capture_output=True, text=True).stdout.strip()
    return found or record.START


def of_commit(camera: Camera, commit: str) -> dict[str, Picture]:
    """The pictures of a commit, taken now. Raises `record.NoCommit`."""
    with record.checked_out(commit) as tree, tempfile.TemporaryDirectory() as folder:
        found: dict[str, Picture] = {}
        for path in build(tree, Path(folder)):
            found |= camera.taken(path)
        return found


def write(tree: Path, out: Path, pages: list[Path] | None = None) -> None:
    """Record the pictures of `tree` in `out`; where all are as they were, nothing is written."""
    found: dict[str, Picture] = {}
    with tempfile.TemporaryDirectory() as made, launched() as browser:
        with Camera.of(browser) as camera:
            for path in pages or build(tree, Path(made)):
                found |= camera.taken(path)
        about = environment(browser)
    file = out / "pictures.xz"
    same = (
        file.exists()
        and (old := unpacked(file.read_bytes())).keys() == found.keys()
        and all(np.array_equal(old[name], found[name]) for name in found)
    )
    if not same:
        file.write_bytes(packed(found))
        text = json.dumps(about, indent=2, ensure_ascii=False)
        (out / "pictures.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(found)} pictures{', all as they were' if same else ''}: {file}")


def main() -> int:
    """Compare a commit and the present tree in this machine's browser."""
    command = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    command.add_argument("--against", default=record.START, help="the commit to compare with")
    command.add_argument(
        "--unpack", action="store_true", help="only write the committed pictures as PNG files"
    )
    given = command.parse_args()
    shutil.rmtree(RESULTS, ignore_errors=True)
    if given.unpack:
        RESULTS.mkdir(parents=True)
        for name, one in recorded()[1].items():
            Image.fromarray(one).save(RESULTS / f"{name}.png")
        print(f"The committed pictures: {RESULTS}")
        return 0
    made = tempfile.TemporaryDirectory()
    with launched() as browser, Camera.of(browser) as camera, made as folder:
        try:
            was = of_commit(camera, given.against)
        except record.NoCommit as problem:
            print(problem, file=sys.stderr)
            return 1
        found = differences(camera, was, build(record.ROOT, Path(folder)))
    print("\n".join(found) if found else f"All {len(was)} charts are equal to the pixel.")
    return int(bool(found))


if __name__ == "__main__":
    os.environ.pop("UPHEAVAL_DATA", None)
    sys.exit(main())
